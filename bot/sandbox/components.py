"""Embeds and components: walking them, reading their text, and completing them the way Discord shows them back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.model import Json

__all__ = ["ComponentType", "complete_components", "complete_embed", "embed_text", "texts", "walk"]


class ComponentType:
    """Component types (Discord reference, "Component Object")."""

    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18

    SELECTS = frozenset({3, 5, 6, 7, 8})
    #: Those that need the IS_COMPONENTS_V2 flag in a message.
    V2_ONLY = frozenset({9, 10, 11, 12, 13, 14, 17})


Path = tuple[str | int, ...]


def walk(components: list[Json], path: Path = ("components",)) -> Iterator[tuple[Path, Json]]:
    """Every component with its place in the request, outer ones first, accessories and label contents included."""
    for index, component in enumerate(components):
        here = (*path, index)
        yield here, component
        inner = component.get("components")
        if isinstance(inner, list):
            yield from walk(inner, (*here, "components"))
        for key in ("accessory", "component"):
            if isinstance(component.get(key), dict):
                yield (*here, key), component[key]


def texts(components: list[Json]) -> list[str]:
    """Contents of all text displays, in order."""
    return [
        str(component.get("content") or "")
        for _, component in walk(components)
        if component.get("type") == ComponentType.TEXT_DISPLAY
    ]


def embed_text(embed: Json) -> list[str]:
    """The texts that count towards the 6,000 of a message: title, description, fields, footer, author."""
    found = [embed.get("title"), embed.get("description")]
    for field in embed.get("fields") or []:
        found += [field.get("name"), field.get("value")]
    found.append((embed.get("footer") or {}).get("text"))
    found.append((embed.get("author") or {}).get("name"))
    return [text for text in found if text]


def complete_embed(embed: Json, files: dict[str, str]) -> Json:
    """An embed as Discord shows it back: `type` set, unknown keys dropped, attachment references resolved.

    Args:
        embed: As the bot sent it.
        files: File name to address, of the files of the message.
    """
    made: Json = {"type": "rich"}
    for key in ("title", "description", "url", "color", "timestamp"):
        if embed.get(key) is not None:
            made[key] = embed[key]
    if embed.get("fields"):
        made["fields"] = [
            {"name": field["name"], "value": field["value"], "inline": bool(field.get("inline"))}
            for field in embed["fields"]
        ]
    for key in ("image", "thumbnail"):
        url = (embed.get(key) or {}).get("url")
        if url:
            resolved = files.get(_file_name(url) or "", url)
            made[key] = {"url": resolved, "proxy_url": resolved, "width": 0, "height": 0, "flags": 0}
    for key, required in (("footer", "text"), ("author", "name")):
        part = embed.get(key) or {}
        if part.get(required):
            made[key] = {name: value for name, value in part.items() if value}
            if part.get("icon_url"):
                made[key]["icon_url"] = files.get(_file_name(part["icon_url"]) or "", part["icon_url"])
    return made


def complete_components(components: list[Json], files: dict[str, str], *, first_id: int = 1) -> list[Json]:
    """Components as Discord shows them back: each with an id, defaults filled in, files resolved.

    Args:
        components: As the bot sent them; not changed.
        files: File name to address, of the files of the message.
        first_id: Ids are given in walking order from here to components that bring none.
    """
    counter = iter(range(first_id, first_id + 1000))
    return [_complete(component, files, counter) for component in components]


_DEFAULTS: dict[int, Json] = {
    ComponentType.SEPARATOR: {"spacing": 1, "divider": True},
    ComponentType.CONTAINER: {"accent_color": None, "spoiler": False},
    ComponentType.THUMBNAIL: {"description": None, "spoiler": False},
    ComponentType.FILE: {"name": None, "size": None, "spoiler": False},
    **{kind: {"min_values": 1, "max_values": 1} for kind in ComponentType.SELECTS},
}


def _complete(component: Json, files: dict[str, str], counter: Iterator[int]) -> Json:
    made: Json = {key: value for key, value in component.items() if value is not None}
    kind = int(component.get("type") or 0)
    number = next(counter)
    made["id"] = component.get("id") or number
    for key, value in _DEFAULTS.get(kind, {}).items():
        made.setdefault(key, value)
    if "components" in made:
        made["components"] = [_complete(inner, files, counter) for inner in made["components"]]
    for key in ("accessory", "component"):
        if key in made:
            made[key] = _complete(made[key], files, counter)
    if kind == ComponentType.THUMBNAIL:
        made["media"] = _media(made["media"], files)
    elif kind == ComponentType.FILE:
        made["name"] = _file_name(made["file"]["url"])
        made["file"] = _media(made["file"], files)
    elif kind == ComponentType.MEDIA_GALLERY:
        made["items"] = [
            {
                "media": _media(item["media"], files),
                "description": item.get("description"),
                "spoiler": bool(item.get("spoiler")),
            }
            for item in made["items"]
        ]
    return made


def _media(media: Json, files: dict[str, str]) -> Json:
    url = str(media["url"])
    resolved = files.get(_file_name(url) or "", url)
    return {"id": "1", "url": resolved, "proxy_url": resolved, "width": 0, "height": 0, "content_type": None}


def _file_name(url: Any) -> str | None:
    """Name in `attachment://name`, else `None`."""
    parts = urlsplit(str(url))
    return (parts.netloc + parts.path) if parts.scheme == "attachment" else None

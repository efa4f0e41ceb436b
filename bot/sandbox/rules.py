"""What Discord refuses in messages and modals, beyond the types its API description states.

The stance: where Discord does not say how it counts, the stricter reading holds (UTF-16 units), so that what passes
here passes there. Sources: Discord resource "Message" and reference "Component Object", unless a constant says
otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.sandbox.components import ComponentType, embed_text, texts, walk
from bot.sandbox.errors import ApiError, Problem
from bot.sandbox.model import Json

__all__ = ["check_message", "check_modal", "check_processed_size", "length"]

CONTENT_MAX = 2000
EMBEDS_MAX = 10
EMBED_SUM_MAX = 6000
EMBED_FIELDS_MAX = 25
EMBED_TEXT_MAX = {"title": 256, "description": 4096}
FIELD_NAME_MAX, FIELD_VALUE_MAX = 256, 1024
FOOTER_MAX, AUTHOR_MAX = 2048, 256
EMBED_URL_MAX = 2048
ROWS_MAX = 5
ROW_BUTTONS_MAX = 5
V2_COMPONENTS_MAX = 40
#: Text of all text displays together (Discord documentation change of 2026-08; library documentation).
V2_TEXT_MAX = 4000
#: UTF-8 bytes of the texts plus 12 for each; more is answered with HTTP 500 (discord-api-docs issue 8554, open).
V2_PROCESSED_MAX_BYTES, V2_PROCESSED_PER_TEXT = 10_170, 12
LABEL_MAX, CUSTOM_ID_MAX, LINK_URL_MAX = 80, 100, 512
OPTIONS_MAX, OPTION_TEXT_MAX, PLACEHOLDER_MAX = 25, 100, 150
GALLERY_MAX, SECTION_TEXTS_MAX, ALT_TEXT_MAX = 10, 3, 1024
NONCE_MAX = 25
MENTIONS_MAX = 100
FILES_MAX = 10
MODAL_TITLE_MAX, MODAL_COMPONENTS_MAX, MODAL_LABEL_MAX = 45, 5, 45
TEXT_INPUT_MAX, TEXT_INPUT_PLACEHOLDER_MAX = 4000, 100

_SCHEMES = frozenset({"http", "https", "attachment"})
Found = Iterator[Problem]


def length(text: object) -> int:
    """UTF-16 units of a text; 0 for nothing."""
    return len(str(text or "").encode("utf-16-le", "surrogatepass")) // 2


def check_message(state: Json, *, v2: bool, file_names: list[str]) -> list[Problem]:
    """Broken limits of a message as it would stand after the request.

    Args:
        state: `content`, `embeds`, `components` after merging, plus `nonce`, `allowed_mentions`, `poll`, `sticker_ids`
            of the request.
        v2: Whether the message has the Components V2 flag, from the request or from before.
        file_names: Names of the files of the message, for references to them.

    Returns:
        Empty if Discord would take it. Emptiness of the message itself (50006) is the caller's to check.
    """
    found = [*_too_long(("content",), state.get("content"), CONTENT_MAX)]
    found += _embeds(state.get("embeds") or [])
    found += _components(state.get("components") or [], v2=v2, file_names=file_names)
    found += _mentions(state.get("allowed_mentions") or {})
    nonce = state.get("nonce")
    if isinstance(nonce, str):
        found += _too_long(("nonce",), nonce, NONCE_MAX)
    if len(file_names) > FILES_MAX:
        found.append(
            Problem(("attachments",), "BASE_TYPE_MAX_LENGTH", f"Must be {FILES_MAX} or fewer in length.")
        )
    if v2:
        for key in ("content", "embeds", "poll", "sticker_ids"):
            if state.get(key):
                code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
                found.append(
                    Problem(
                        (key,), code, f"The '{key}' field cannot be used with MessageFlags.IS_COMPONENTS_V2"
                    )
                )
    return found


def check_processed_size(components: list[Json]) -> None:
    """Answer 500 for Components V2 whose processed text is too large, as Discord does.

    Raises:
        ApiError: HTTP 500; the library retries it five times, which is why posts must stay below.
    """
    size = sum(len(text.encode("utf-8", "replace")) + V2_PROCESSED_PER_TEXT for text in texts(components))
    if size > V2_PROCESSED_MAX_BYTES:
        raise ApiError(0, status=500, message="500: Internal Server Error")


def check_modal(data: Json) -> list[Problem]:
    """Broken limits of a modal's `data`: `custom_id`, `title`, `components`."""
    found = [
        *_between(("title",), data.get("title"), 1, MODAL_TITLE_MAX),
        *_between(("custom_id",), data.get("custom_id"), 1, CUSTOM_ID_MAX),
    ]
    components = data.get("components") or []
    if not 1 <= len(components) <= MODAL_COMPONENTS_MAX:
        text = f"Must be between 1 and {MODAL_COMPONENTS_MAX} in length."
        found.append(Problem(("components",), "BASE_TYPE_BAD_LENGTH", text))
    for path, component in walk(components):
        kind = component.get("type")
        if kind == ComponentType.LABEL:
            found += _between((*path, "label"), component.get("label"), 1, MODAL_LABEL_MAX)
            found += _too_long((*path, "description"), component.get("description"), OPTION_TEXT_MAX)
        elif kind == ComponentType.TEXT_INPUT:
            found += _too_long((*path, "label"), component.get("label"), MODAL_LABEL_MAX)
            found += _too_long((*path, "value"), component.get("value"), TEXT_INPUT_MAX)
            found += _too_long(
                (*path, "placeholder"), component.get("placeholder"), TEXT_INPUT_PLACEHOLDER_MAX
            )
        elif kind in ComponentType.SELECTS:
            found += _select(path, component)
    return [*found, *_custom_ids(components)]


def _embeds(embeds: list[Json]) -> Found:
    if len(embeds) > EMBEDS_MAX:
        yield Problem(("embeds",), "BASE_TYPE_MAX_LENGTH", f"Must be {EMBEDS_MAX} or fewer in length.")
    for index, embed in enumerate(embeds):
        yield from _embed(("embeds", index), embed)
    # The sum runs over all embeds of one message.
    if sum(length(text) for embed in embeds for text in embed_text(embed)) > EMBED_SUM_MAX:
        yield Problem(
            ("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_SUM_MAX}"
        )


def _embed(path: tuple[str | int, ...], embed: Json) -> Found:
    for key, maximum in EMBED_TEXT_MAX.items():
        yield from _too_long((*path, key), embed.get(key), maximum)
    fields = embed.get("fields") or []
    if len(fields) > EMBED_FIELDS_MAX:
        yield Problem(
            (*path, "fields"), "BASE_TYPE_MAX_LENGTH", f"Must be {EMBED_FIELDS_MAX} or fewer in length."
        )
    for index, field in enumerate(fields):
        yield from _between((*path, "fields", index, "name"), field.get("name"), 1, FIELD_NAME_MAX)
        yield from _between((*path, "fields", index, "value"), field.get("value"), 1, FIELD_VALUE_MAX)
    yield from _too_long((*path, "footer", "text"), (embed.get("footer") or {}).get("text"), FOOTER_MAX)
    yield from _too_long((*path, "author", "name"), (embed.get("author") or {}).get("name"), AUTHOR_MAX)
    yield from _url((*path, "url"), embed.get("url"), EMBED_URL_MAX)
    for key, name in (("image", "url"), ("thumbnail", "url"), ("footer", "icon_url"), ("author", "icon_url")):
        yield from _url((*path, key, name), (embed.get(key) or {}).get(name), EMBED_URL_MAX)
    yield from _url((*path, "author", "url"), (embed.get("author") or {}).get("url"), EMBED_URL_MAX)
    if not embed_text(embed) and not any(embed.get(key) for key in ("image", "thumbnail")):
        yield Problem((*path, "description"), "BASE_TYPE_REQUIRED", "This field is required")


def _components(components: list[Json], *, v2: bool, file_names: list[str]) -> Found:
    everything = list(walk(components))
    if v2 and len(everything) > V2_COMPONENTS_MAX:
        text = f"The total number of components cannot exceed {V2_COMPONENTS_MAX}"
        yield Problem(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", text)
    if not v2 and len(components) > ROWS_MAX:
        yield Problem(("components",), "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {ROWS_MAX} in length.")
    if v2 and sum(length(text) for text in texts(components)) > V2_TEXT_MAX:
        text = f"The total displayable text size exceeds {V2_TEXT_MAX}"
        yield Problem(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", text)
    for path, component in everything:
        kind = component.get("type")
        if kind in ComponentType.V2_ONLY and not v2:
            yield Problem((*path, "type"), "UNION_TYPE_CHOICES", "Needs the IS_COMPONENTS_V2 flag.")
        yield from _component(path, component)
        yield from _media(path, component, file_names)
    yield from _custom_ids(components)


def _component(path: tuple[str | int, ...], component: Json) -> Found:
    kind = component.get("type")
    inner = component.get("components") or []
    if kind == ComponentType.ACTION_ROW:
        buttons = [item for item in inner if item.get("type") == ComponentType.BUTTON]
        if not inner or len(buttons) > ROW_BUTTONS_MAX or (len(inner) > 1 and len(buttons) != len(inner)):
            text = f"Must hold one select or 1 to {ROW_BUTTONS_MAX} buttons."
            yield Problem((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", text)
    elif kind == ComponentType.BUTTON:
        yield from _button(path, component)
    elif kind in ComponentType.SELECTS:
        yield from _select(path, component)
    elif kind == ComponentType.TEXT_DISPLAY:
        yield from _between((*path, "content"), component.get("content"), 1, V2_TEXT_MAX)
    elif kind == ComponentType.SECTION:
        if not 1 <= len(inner) <= SECTION_TEXTS_MAX or not component.get("accessory"):
            text = f"Must hold 1 to {SECTION_TEXTS_MAX} texts and an accessory."
            yield Problem((*path, "components"), "BASE_TYPE_BAD_LENGTH", text)
    elif kind == ComponentType.MEDIA_GALLERY:
        items = component.get("items") or []
        if not 1 <= len(items) <= GALLERY_MAX:
            text = f"Must be between 1 and {GALLERY_MAX} in length."
            yield Problem((*path, "items"), "BASE_TYPE_BAD_LENGTH", text)
        for index, item in enumerate(items):
            yield from _too_long(
                (*path, "items", index, "description"), item.get("description"), ALT_TEXT_MAX
            )
    elif kind == ComponentType.THUMBNAIL:
        yield from _too_long((*path, "description"), component.get("description"), ALT_TEXT_MAX)


def _button(path: tuple[str | int, ...], button: Json) -> Found:
    yield from _too_long((*path, "label"), button.get("label"), LABEL_MAX)
    if not button.get("label") and not button.get("emoji"):
        yield Problem((*path, "label"), "BUTTON_COMPONENT_INVALID", "A button must have a label or an emoji")
    # Style 5 is a link: an address instead of a custom_id.
    if button.get("style") == 5:
        yield from _url((*path, "url"), button.get("url"), LINK_URL_MAX)
        if not button.get("url") or button.get("custom_id"):
            yield Problem(
                (*path, "url"), "BUTTON_COMPONENT_INVALID_URL", "A link button has a url and no custom_id"
            )
    else:
        yield from _between((*path, "custom_id"), button.get("custom_id"), 1, CUSTOM_ID_MAX)


def _select(path: tuple[str | int, ...], select: Json) -> Found:
    yield from _between((*path, "custom_id"), select.get("custom_id"), 1, CUSTOM_ID_MAX)
    yield from _too_long((*path, "placeholder"), select.get("placeholder"), PLACEHOLDER_MAX)
    if select.get("type") != ComponentType.STRING_SELECT:
        return
    options = select.get("options") or []
    if not 1 <= len(options) <= OPTIONS_MAX:
        text = f"Must be between 1 and {OPTIONS_MAX} in length."
        yield Problem((*path, "options"), "BASE_TYPE_BAD_LENGTH", text)
    for index, option in enumerate(options):
        for key in ("label", "value", "description"):
            yield from _too_long((*path, "options", index, key), option.get(key), OPTION_TEXT_MAX)
    values = [option.get("value") for option in options]
    if len(set(values)) != len(values):
        yield Problem(
            (*path, "options"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The option values must be unique"
        )


def _media(path: tuple[str | int, ...], component: Json, file_names: list[str]) -> Found:
    items = [component.get("media"), component.get("file")]
    items += [item.get("media") for item in component.get("items") or []]
    for item in items:
        parts = urlsplit(str((item or {}).get("url") or ""))
        if parts.scheme == "attachment" and parts.netloc + parts.path not in file_names:
            code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
            yield Problem(path, code, "The referenced attachment was not found")


def _custom_ids(components: list[Json]) -> Found:
    seen: set[str] = set()
    for path, component in walk(components):
        custom_id = component.get("custom_id")
        if custom_id is None:
            continue
        if custom_id in seen:
            code = "COMPONENT_CUSTOM_ID_DUPLICATED"
            yield Problem((*path, "custom_id"), code, "Component custom id cannot be duplicated")
        seen.add(custom_id)


def _mentions(allowed: Json) -> Found:
    for kind in ("users", "roles"):
        ids = allowed.get(kind) or []
        if len(ids) > MENTIONS_MAX:
            path = ("allowed_mentions", kind)
            yield Problem(path, "BASE_TYPE_MAX_LENGTH", f"Must be {MENTIONS_MAX} or fewer in length.")
        if ids and kind in (allowed.get("parse") or []):
            text = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            yield Problem(("allowed_mentions",), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)


def _url(path: tuple[str | int, ...], url: object, maximum: int) -> Found:
    if not url:
        return
    yield from _too_long(path, url, maximum)
    text = str(url)
    parts = urlsplit(text) if not re.search(r"\s", text) else urlsplit("")
    if parts.scheme not in _SCHEMES or not parts.netloc:
        known = ", ".join(repr(scheme) for scheme in sorted(_SCHEMES))
        yield Problem(path, "URL_TYPE_INVALID_SCHEME", f"Not a well formed URL with a scheme of {known}.")


def _too_long(path: tuple[str | int, ...], text: object, maximum: int) -> Found:
    if length(text) > maximum:
        yield Problem(path, "BASE_TYPE_MAX_LENGTH", f"Must be {maximum} or fewer in length.")


def _between(path: tuple[str | int, ...], text: object, minimum: int, maximum: int) -> Found:
    if not minimum <= length(str(text or "").strip() and text) <= maximum:
        yield Problem(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {minimum} and {maximum} in length.")

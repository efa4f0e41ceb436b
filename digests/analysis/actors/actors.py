"""Which speakers of several articles are one actor: name variants, misspellings, institutions by other names.

Stance: two actors shown apart cost a line, two people taken for one are an error. A person stays apart from the
body that he or she speaks for.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digests.analysis.actors.aliases import holders, initials, short_names, title_of
from digests.analysis.actors.people import People, fold_name, name_words
from digests.extract.speakers.roles import load_roles, plain
from digests.rules import load_rules
from digests.rules.gazetteer import STATE_KINDS, country_names, look_up
from digests.types import ActorKind, Speaker


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of a story; `key` groups what its variants say."""

    key: str
    name: str
    role: str | None
    affiliation: str | None
    country: str | None
    kind: ActorKind


def join_actors(speakers: Sequence[Speaker]) -> list[Actor]:
    """The actor of each speaker, in the same order; equal actors have equal keys and equal details."""
    people = People()
    keys: list[str] = []
    for speaker in speakers:
        keys.append(_body_key(speaker) or "")
    for index in sorted(range(len(speakers)), key=lambda i: -len(name_words(speakers[i]))):
        if not keys[index]:
            keys[index] = people.key(speakers[index])
    groups = _grouped(keys, speakers)
    other = holders(groups)
    bodies = {key: [s.name for s in group if s.role is None] for key, group in groups.items()}
    other |= initials(bodies) | short_names(bodies)
    if other:
        keys = [other.get(key, key) for key in keys]
        groups = _grouped(keys, speakers)
    actors = {key: _actor(key, group) for key, group in groups.items()}
    return [actors[key] for key in keys]


def _grouped(keys: Sequence[str], speakers: Sequence[Speaker]) -> dict[str, list[Speaker]]:
    groups: dict[str, list[Speaker]] = {}
    for key, speaker in zip(keys, speakers, strict=True):
        groups.setdefault(key, []).append(speaker)
    return groups


def _actor(key: str, group: Sequence[Speaker]) -> Actor:
    """The fullest description that the variants give; the commonest spelling of the longest name."""
    names = [speaker.name for speaker in group]
    if key.startswith("country:"):
        code = key.removeprefix("country:")
        name = country_names().get(code, names[0])
    elif key.startswith("body:"):
        name = max(
            names, key=lambda n: (bool(_first_country(n)), n[:1].isupper(), names.count(n), -names.index(n))
        )
    else:
        named = [s.name for s in group if title_of(s) is None] or names
        most = max(map(_length, named))
        full = [name for name in named if _length(name) == most]
        name = max(full, key=lambda n: (full.count(n), -full.index(n)))
    kinds = [s.kind for s in group if s.kind is not ActorKind.OTHER]
    return Actor(
        key=key,
        name=name,
        role=_role(name, group),
        affiliation=max((s.affiliation for s in group if s.affiliation), key=len, default=None),
        country=_commonest(s.country for s in group),
        kind=max(kinds, key=lambda k: (kinds.count(k), -kinds.index(k))) if kinds else ActorKind.OTHER,
    )


def _length(name: str) -> int:
    """The words of a name without an honorific in front: "Mr. Bell" tells less than "Ana Bell"."""
    first, *rest = name.split()
    return len(rest) if rest and plain(first) in load_roles().words["honorifics"] else 1 + len(rest)


def _role(name: str, group: Sequence[Speaker]) -> str | None:
    """The commonest role, where it tells more than the name: "police" need not be called police."""
    role = _commonest(s.role for s in group)
    bare = fold_name(name).removeprefix("the ").removeprefix("a ")
    return None if role is None or fold_name(role) == bare else role


def _commonest(values: Iterable[str | None]) -> str | None:
    told = [value for value in values if value]
    return max(told, key=lambda v: (told.count(v), -told.index(v))) if told else None


def _body_key(speaker: Speaker) -> str | None:
    """The key of a state or one of its institutions; `None` for people and everybody else."""
    if speaker.role is not None:
        return None
    place = look_up(speaker.name)
    if place is not None and place.kind in STATE_KINDS:
        return f"country:{place.country}"
    plain = fold_name(speaker.name)
    kind = next((k for words, k in institution_kinds() if re.search(rf"\b{words}\b", plain)), None)
    if kind is None or speaker.kind not in {ActorKind.OFFICIAL, ActorKind.OTHER}:
        return None
    return f"body:{kind}:{speaker.country or ''}"


@functools.cache
def institution_kinds() -> tuple[tuple[str, str], ...]:
    """Patterns of institutions with the kind that they are, longest first."""
    table = load_rules("roles").meaning["institution_kinds"]
    ordered = sorted(table.items(), key=lambda item: (-len(item[0]), item[0]))
    return tuple((re.escape(name), str(kind)) for name, kind in ordered)


def _first_country(name: str) -> str | None:
    for word in name.replace("’", "'").split():
        entry = look_up(word.removesuffix("'s"))
        if entry is not None:
            return entry.country
    return None

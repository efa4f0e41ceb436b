"""Speakers whom a text tells of before it names them, or by a body it named before.

"Its chairman, Ana Bell," is of the body that was spoken of; "Chile's foreign minister said so. Ana Bell told the
radio ..." has one speaker. Stance: an office and a name are one only where the name is new, bare and next to speak.
"""

from __future__ import annotations

import functools
import re

from digests.extract.speakers.names import ArticleNames, Known
from digests.extract.speakers.profiles import Profile, merge
from digests.extract.speakers.roles import load_roles
from digests.extract.speakers.words import name_key
from digests.rules.alternation import alternation
from digests.rules.gazetteer import look_up
from digests.text.document import Document
from digests.types import ActorKind, Span

# Sentences from an article's start in which an office opens the news before the next ones name who holds it.
_LEADING_SENTENCES = 4
# Sentences from the office to the name.
_NEXT_SENTENCES = 2
# Characters in which an age stands behind a name.
_AGE_REACH = 8
_AGE = re.compile(r",\s(\d{1,3})\b")
_PERSONS = re.compile(r"(?:,\s)?(his|her)\s")
# Kinds that a body gives to whoever speaks for it.
_GIVEN_KINDS = frozenset({ActorKind.ARMED_GROUP, ActorKind.INTERNATIONAL, ActorKind.OTHER, ActorKind.ANALYST})
# Kinds of offices that are named a sentence later.
_OFFICE_KINDS = frozenset({ActorKind.OFFICIAL, ActorKind.INTERNATIONAL, ActorKind.ARMED_GROUP})


@functools.cache
def _owned() -> re.Pattern[str]:
    """What leads to the holder of an office of the body that was spoken of, in small letters."""
    heads = alternation(sorted(load_roles().words["bare_heads"]))
    return re.compile(rf"(?:,\s)?(?:its|the\s{heads}'s)\s")


def is_of_body(document: Document, span: Span) -> bool:
    """Whether a speaker is told by a body named before: "its chairman", "the group's spokesman", "Bell, its head,"."""
    return any(_owned().match(document.low, at) for at in (span.start, span.end))


def is_spokesman(profile: Profile) -> bool:
    """Whether somebody speaks for somebody else by his or her role."""
    return (profile.role or "").lower() in load_roles().words["spokes_roles"]


def sex_of_owner(document: Document, span: Span) -> str | None:
    """Whether "his" (`m`) or "her" (`f`) begins a phrase or the apposition behind it: "his spokeswoman"."""
    found = next((m for at in (span.start, span.end) if (m := _PERSONS.match(document.low, at))), None)
    return {"his": "m", "her": "f"}[found.group(1)] if found else None


def of_body(profile: Profile, body: Known) -> Profile:
    """The profile of somebody who speaks for a body: its name, country and, where it is no state's, its kind.

    Who speaks for a person speaks for that one's body, if the text told it.
    """
    told = body.profile
    if told.is_person:
        kind = told.kind if told.kind in _GIVEN_KINDS else profile.kind
        return profile._replace(
            affiliation=told.affiliation, country=profile.country or told.country, kind=kind
        )
    entry = look_up(body.name)
    kind = told.kind if told.kind in _GIVEN_KINDS else profile.kind
    return profile._replace(
        affiliation=body.name if entry is None else profile.affiliation,
        country=profile.country or told.country,
        kind=kind,
    )


def named_later(names: ArticleNames, office: Known | None, profile: Profile, span: Span) -> Profile | None:
    """The profile of a full name that is new at a span, with the office that spoke before; `None` where it has none.

    Args:
        names: Of the article.
        office: Who spoke last.
        profile: Of the phrase with the name.
        span: Where that phrase stands.
    """
    document, name = names.document, profile.name or ""
    if office is None or not (profile.is_person and " " in name) or profile.role or profile.affiliation:
        return None
    if profile.kind is not ActorKind.OTHER or not _is_open_office(office):
        return None
    if name_key(name.partition(" ")[0]) in load_roles().words["honorifics"]:
        # "Mr. Dahl" has a name in full elsewhere.
        return None
    told, here = document.sentence_index(office.at), document.sentence_index(span.start)
    if told >= _LEADING_SENTENCES or not 0 < here - told <= _NEXT_SENTENCES:
        # Who speaks in the same sentence is somebody else.
        return None
    at = document.text.find(name)
    if at < span.start or age_behind(document, at + len(name)) is not None:
        # Named before, or told by an age: a witness.
        return None
    other = names.full_name(name.split()[-1])
    if other is not None and other.profile.role:
        return None
    return merge(office.profile, profile)._replace(name=name, is_person=True, is_definite=False)


def _is_open_office(known: Known) -> bool:
    """Whether somebody is known by one person's office alone: "Chile's foreign minister", no "official"."""
    profile = known.profile
    if profile.is_person or profile.role is None or not profile.is_definite:
        return False
    lists, last = load_roles().words, profile.role.lower().split()[-1]
    is_one = any(last in lists[name] for name in ("sole_roles", "spokes_roles", "single_heads"))
    return profile.kind in _OFFICE_KINDS and is_one


def age_behind(document: Document, end: int) -> str | None:
    """The age that stands right behind a name: "Ana Bell, 46, "."""
    found = _AGE.match(document.folded, end, end + _AGE_REACH)
    return found.group(1) if found else None


def is_other_age(document: Document, known: Known, age: str) -> bool:
    """Whether the text gives somebody another age than a phrase does ("the 46-year-old")."""
    at = document.text.find(known.name)
    told = age_behind(document, at + len(known.name)) if at >= 0 else None
    return told is not None and told != age and age.isdigit()

"""Whether a name, a pronoun or a rank may be somebody's: the sex that is known, the rank in full.

Stance: where nothing tells the sex of a given name, either pronoun may stand for it.
"""

from __future__ import annotations

import functools

from digests.extract.speakers.names import Known
from digests.extract.speakers.profiles import Profile
from digests.extract.speakers.roles import load_roles, plain
from digests.extract.speakers.words import name_key
from digests.extract.speech.lexicon import load_lexicon
from digests.rules import load_rules
from digests.rules.given_names import usual_sex
from digests.text.outlets import press_name
from digests.types import ActorKind

# Letters of an initial with its full stop.
_INITIAL = 2


@functools.lru_cache(maxsize=1024)
def full_rank(head: str | None) -> str:
    """The last word of an office with a rank in full: "gen" and "general"."""
    last = (head or "").rpartition(" ")[2]
    return str(load_rules("roles").meaning["full_ranks"].get(last, last))


def may_hold(profile: Profile, office: str) -> bool:
    """Whether somebody of whom a text told may hold an office: "the foreign minister" is no prime minister.

    Something in front of an office's last word must stand in what was told, where that has a field at all.
    """
    head = plain(office.split()[-1])
    if head not in load_roles().words["field_heads"]:
        return True
    neutral = load_roles().words["past_grades"]
    fields = {plain(word) for word in office.split()[:-1]} - neutral
    told = {plain(word) for word in (profile.role or "").split()[:-1]} - neutral
    body = {plain(word) for word in (profile.affiliation or "").split()}
    return not fields or not told or not fields.isdisjoint(told | body)


def may_be_called(told: Profile, office: Profile) -> bool:
    """Whether an office behind "the" takes up somebody whom the text named: by its last word, as "the official", and as
    "the head of state"."""
    words, role = load_roles().words, (office.role or "").lower()
    if not told.is_person or not told.role:
        return False
    if role in words["any_official"]:
        return told.kind is ActorKind.OFFICIAL
    if role == "head of state":
        return (told.head or "") in words["heads_of_state"]
    return full_rank(told.head) == full_rank(office.head) and may_hold(told, office.role or "")


def runs_on(name: str) -> bool:
    """Whether a full stop inside what looks like a name ends a sentence: "Mr. Lund. There"."""
    return any(
        word.endswith(".")
        and len(word) > _INITIAL
        and name_key(word) not in load_lexicon().words["titles"]
        and "." not in word[:-1]
        for word in name.split()[:-1]
    )


def may_be_of(known: Known, sex: str) -> bool:
    """Whether "he" (`m`) or "she" (`f`) may stand for somebody: by what the text told, else by the given name."""
    if known.profile.sex is not None:
        return known.profile.sex == sex
    given, _, family = known.name.partition(" ")
    borne = usual_sex(given)
    if borne is None and family and press_name(known.name.replace("-", " ")) is not None:
        # "..., the Bern Sun-Times reported": a paper is no "he".
        return False
    return not family or borne in {None, sex}


def is_surely(known: Known, sex: str | None) -> bool:
    """Whether somebody is a person by full name whose given name is one of a sex."""
    given, _, family = known.name.partition(" ")
    return known.profile.is_person and bool(family) and usual_sex(given) == sex

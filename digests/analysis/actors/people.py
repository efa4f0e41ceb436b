"""Which names of a story are one person's.

Stance: a surname that two people bear is nobody's in particular; two whose names are spelled differently are one only
where their offices agree.
"""

from __future__ import annotations

import re
import unicodedata

from digests.analysis.actors.spellings import (
    is_short_form,
    near,
    near_given,
    near_long,
    slips,
    sound,
    sounds_like,
)
from digests.extract.speakers.roles import find_entries, is_body, load_roles, plain
from digests.extract.speech.lexicon import load_lexicon
from digests.rules import load_rules
from digests.types import Speaker

_WORD = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")


def fold_name(name: str) -> str:
    """Lower case without accents, marks and possessives: for comparing names."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode()
    return re.sub(r"'s?\b", "", plain.lower()).strip()


def name_words(speaker: Speaker) -> tuple[str, ...]:
    """The plain words of a name, without an article or honorific in front."""
    words = tuple(_WORD.findall(fold_name(speaker.name).replace("-", " ")))
    leading = load_roles().words["honorifics"] | load_lexicon().words["small_starts"]
    while len(words) > 1 and words[0] in leading:
        words = words[1:]
    written = load_rules("names").meaning["short_words"]
    return (*words[:1], *(str(written.get(word, word)) for word in words[1:]))


class People:
    """Keys of people and of everybody without a state, by folded names."""

    def __init__(self) -> None:
        self.known: list[tuple[str, ...]] = []
        self.roles: dict[tuple[str, ...], str] = {}
        # Where in `known` a name stands that may be meant, by what both would share.
        self._at: dict[tuple[str, ...], list[int]] = {}

    def key(self, speaker: Speaker) -> str:
        """The key of the one whose name this is, new where nobody known fits."""
        words = name_words(speaker)
        role = (speaker.role or "").lower()
        same = [
            other
            for other in self._candidates(words, role)
            if _same_name(words, other) or self._respelled(words, other, role)
        ]
        if words in same:
            same = [words]
        if len(words) == 1 and len(same) > 1:
            # "Team Bell" and "the Bell camp" bear nobody's surname.
            same = [other for other in same if not _is_body(other[0])] or same
        if not same and _has_surname(speaker):
            # "Mr Ban", "Ban Ki-moon"
            same = [other for other in self.known if len(other) > 1 and other[0] == words[0]]
        # A surname that two people of the story bear is nobody's in particular.
        if len(same) == 1 or (same and len(words) > 1):
            return "name:" + " ".join(same[0])
        for trait in _traits(words, role):
            self._at.setdefault(trait, []).append(len(self.known))
        self.known.append(words)
        self.roles[words] = role
        return "name:" + " ".join(words)

    def _candidates(self, words: tuple[str, ...], role: str) -> list[tuple[str, ...]]:
        """The names that may be one with a name, in the order in which they came."""
        found = {place for trait in _traits(words, role) for place in self._at.get(trait, ())}
        return [self.known[place] for place in sorted(found)]

    def _respelled(self, words: tuple[str, ...], other: tuple[str, ...], role: str) -> bool:
        """Whether two people whose offices agree have one name in two forms or spellings."""
        if min(len(words), len(other)) < 2:
            return False
        roles = (role, self.roles.get(other, ""))
        is_one_office = bool(role) and role.split()[-1] == roles[1].rpartition(" ")[2]
        is_alike = (
            is_short_form(words[0], other[0])
            or sounds_like(words[0], other[0])
            or near_given(words[0], other[0])
        )
        if words[-1] == other[-1] or _begins(words, other):
            return is_alike and (is_one_office or not all(roles) or _share_office(*roles))
        if not is_one_office:
            return False
        is_spelled = near_long(words[-1], other[-1]) and words[0][0] == other[0][0]
        return is_spelled or (is_alike and (near(words[-1], other[-1]) or sounds_like(words[-1], other[-1])))


def _has_surname(speaker: Speaker) -> bool:
    """Whether a single name has a title that only stands in front of surnames: "Mr Ban"."""
    first, _, rest = speaker.name.partition(" ")
    return rest.istitle() and " " not in rest and plain(first) in load_roles().words["surname_titles"]


def _is_body(word: str) -> bool:
    return any(is_body(entry) for entry in find_entries([word]))


def _begins(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether of two names one goes on behind the other: "Ana Ruiz", "Ana Ruiz de la Torre"."""
    size = min(len(one), len(other))
    return one[1:size] == other[1:size]


def _share_office(one: str, other: str) -> bool:
    return not set(one.split()).isdisjoint(other.split())


def _traits(words: tuple[str, ...], role: str) -> list[tuple[str, ...]]:
    """What two names share in any case where they are one person's: see `_same_name` and `_respelled`."""
    if not words:
        return [("none",)]
    traits: list[tuple[str, ...]] = [("last", form) for form in slips(words[-1])]
    if len(words) > 1:
        traits += [("first", form) for form in slips(words[0])]
        traits += [("joined", "".join(words)), ("heard", *sound(words[-1])), ("second", words[1])]
        if role:
            traits.append(("role", role.split()[-1], words[0][0]))
    return traits


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names are one: equal, one a surname of the other, or spelled one letter apart."""
    if one == other:
        return True
    if not one or not other:
        return False
    if len(one) == 1 and len(other) > 1:
        # "The government and the Front" are no Front.
        return near(one[0], other[-1]) and "and" not in other
    if len(one) > 1 and len(other) > 1:
        if one[0] in load_roles().words["name_particles"] and other[-len(one) :] == one:
            # "Van Dahl", "Pieter Van Dahl"
            return True
        joined, against = "".join(one), "".join(other)
        if joined == against or (near(joined, against) and near_given(one[0], other[0])):
            return True
        return near_given(one[0], other[0]) and near(one[-1], other[-1])
    return False

"""Which speakers of several articles are one actor: name variants, misspellings, institutions by other names.

Stance: two actors shown apart cost a line, two people taken for one are an error. A person stays apart from the
body that he or she speaks for.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digests.analysis.actors.aliases import holders, initials, near_long, title_of
from digests.extract.speakers.roles import load_roles
from digests.extract.speech.lexicon import load_lexicon
from digests.rules import load_rules
from digests.rules.gazetteer import NameKind, country_names, look_up
from digests.types import ActorKind, Speaker

# Letters a name must have before one wrong letter in it is taken for a misspelling.
_FUZZY_LENGTH = 5
_WORD = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")


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
    people = _People()
    keys: list[str] = []
    for speaker in speakers:
        keys.append(_body_key(speaker) or "")
    for index in sorted(range(len(speakers)), key=lambda i: -len(_name_words(speakers[i]))):
        if not keys[index]:
            keys[index] = people.key(speakers[index])
    groups = _grouped(keys, speakers)
    other = holders(groups)
    other |= initials({key: [s.name for s in group if s.role is None] for key, group in groups.items()})
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
        most = max(len(name.split()) for name in named)
        full = [name for name in named if len(name.split()) == most]
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
    if place is not None and place.kind in {NameKind.COUNTRY, NameKind.CAPITAL, NameKind.DEMONYM}:
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


def fold_name(name: str) -> str:
    """Lower case without accents, marks and possessives: for comparing names."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode()
    return re.sub(r"'s?\b", "", plain.lower()).strip()


def _name_words(speaker: Speaker) -> tuple[str, ...]:
    """The plain words of a name, without an article or honorific in front."""
    words = tuple(_WORD.findall(fold_name(speaker.name).replace("-", " ")))
    leading = load_roles().words["honorifics"] | load_lexicon().words["small_starts"]
    while len(words) > 1 and words[0] in leading:
        words = words[1:]
    return words


class _People:
    """Keys of people and of everybody without a state, by folded names."""

    def __init__(self) -> None:
        self.known: list[tuple[str, ...]] = []
        self.roles: dict[tuple[str, ...], str] = {}
        # Where in `known` a name stands that may be meant, by what both would share.
        self._at: dict[tuple[str, ...], list[int]] = {}

    def key(self, speaker: Speaker) -> str:
        words = _name_words(speaker)
        role = (speaker.role or "").lower()
        same = [
            other
            for other in self._candidates(words, role)
            if _same_person(words, other) or self._respelled(words, other, role)
        ]
        if words in same:
            same = [words]
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
        """Whether two people of one role have one long surname in two spellings, and like first names."""
        return (
            bool(role)
            and min(len(words), len(other)) > 1
            and role.split()[-1] == self.roles.get(other, "").rpartition(" ")[2]
            and near_long(words[-1], other[-1])
            and words[0][0] == other[0][0]
        )


def _traits(words: tuple[str, ...], role: str) -> list[tuple[str, ...]]:
    """What two names share in any case where they are one person's: see `_same_person` and `_respelled`."""
    if not words:
        return [("none",)]
    traits: list[tuple[str, ...]] = [("last", form) for form in _slips(words[-1])]
    if len(words) > 1:
        traits += [("first", form) for form in _slips(words[0])]
        traits.append(("joined", "".join(words)))
        if role:
            traits.append(("role", role.split()[-1], words[0][0]))
    return traits


def _slips(word: str) -> list[str]:
    """A word, and each form of a long one without a letter: two words that are `near` share one of them."""
    if len(word) < _FUZZY_LENGTH - 1:
        return [word]
    return [word, *sorted({word[:place] + word[place + 1 :] for place in range(len(word))})]


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names are one: equal, one a surname of the other, or spelled one letter apart."""
    if one == other:
        return True
    if not one or not other:
        return False
    if len(one) == 1 and len(other) > 1:
        return near(one[0], other[-1])
    if len(one) > 1 and len(other) > 1:
        joined, against = "".join(one), "".join(other)
        if joined == against or (near(joined, against) and (one[0] == other[0] or near(one[0], other[0]))):
            return True
        first = near(one[0], other[0]) or (len(one[0]) == 1 and other[0].startswith(one[0]))
        return first and near(one[-1], other[-1])
    return False


def near(one: str, other: str) -> bool:
    """Equal, or one letter more, less or other in names long enough for a slip."""
    if one == other:
        return True
    if min(len(one), len(other)) < _FUZZY_LENGTH or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    index = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    if len(short) == len(long):
        return short[index + 1 :] == long[index + 1 :]
    return short[index:] == long[index + 1 :]

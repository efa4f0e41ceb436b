"""Who is counted: nouns for people, and their normal forms ("children", "police", "people").

Stance: a group is named only where its noun says so; what is unknown counts as "people".
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digests.rules import data_lines, load_rules

PEOPLE = "people"
NATIONALS = "nationals"
# "foreign nationals", "tourists"
ABROAD = "foreigners"
OTHERS = "others"
CIVILIANS = "civilians"
ATTACKERS = "attackers"
MILITANTS = "militants"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleLexicon:
    """`groups` maps every noun for people, singular and plural, to its normal form."""

    groups: Mapping[str, str]
    plurals: frozenset[str]
    plural_only: frozenset[str]
    attributive: frozenset[str]
    nationals: frozenset[str]


@functools.cache
def people_lexicon() -> PeopleLexicon:
    """Nouns for people from the rule file, inhabitants' names from the table of countries."""
    rules = load_rules("casualties")
    odd: Mapping[str, str] = rules.meaning["plural"]
    groups: dict[str, str] = {}
    plurals: set[str] = set()
    for group, nouns in rules.meaning["person"].items():
        for noun in nouns:
            groups.setdefault(noun, group)
            for plural in odd[noun].split() if noun in odd else (plural_of(noun),):
                groups.setdefault(plural, group)
                plurals.add(plural)
    nationals = frozenset(_inhabitants())
    for noun in sorted(nationals):
        groups.setdefault(noun, NATIONALS)
        plurals.add(noun)
    return PeopleLexicon(
        groups=groups,
        plurals=frozenset(plurals),
        plural_only=frozenset(rules.words["plural_only"]),
        attributive=frozenset(rules.words["attributive"]),
        nationals=nationals,
    )


@functools.cache
def crowd_groups() -> frozenset[str]:
    """Groups that may be the whole crowd told by another name: "12 passengers", "12 Belgians", "12 people"."""
    return frozenset(load_rules("casualties").words["crowd"])


@functools.cache
def fighting_groups() -> frozenset[str]:
    """Groups that civilians are told apart from: where one of them has dead too, civilians are not all of the dead."""
    return frozenset(load_rules("casualties").words["fighting"])


def plural_of(noun: str) -> str:
    """The regular English plural; "-man" becomes "-men"."""
    if (noun.endswith("man") and noun not in ("human", "woman")) or noun.endswith("woman"):
        return noun[:-3] + "men"
    if noun.endswith(("s", "sh", "ch", "x")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _inhabitants() -> Iterable[str]:
    """ "Iranians", "Filipinos": demonyms in the plural."""
    for _, _, demonyms, _ in data_lines("countries.tsv"):
        for name in filter(None, demonyms.split("|")):
            if not name.endswith(("ese", "ish", "ch", "ss")):
                yield name.lower() + "s"


@functools.cache
def _demonyms() -> frozenset[str]:
    return frozenset(
        name.lower()
        for _, _, demonyms, _ in data_lines("countries.tsv")
        for name in demonyms.split("|")
        if name
    )


def is_demonym(word: str) -> bool:
    """Whether a word names a nation as an adjective ("british")."""
    return word in _demonyms()


@functools.cache
def person_nouns() -> frozenset[str]:
    """Nouns for people, but for those that are adjectives as often ("national", "minor")."""
    lexicon = people_lexicon()
    return frozenset(lexicon.groups) - lexicon.plural_only


def is_person(word: str) -> bool:
    """Whether a word is a noun for people (not one that is an adjective as often)."""
    return word in person_nouns()


def is_plural(word: str) -> bool:
    return word in people_lexicon().plurals


def group_of(words: Iterable[str]) -> str:
    """The normal form of the victims' words ("11 Iranian police officers" gives "police"), "people" when unknown."""
    lexicon = people_lexicon()
    found = [lexicon.groups[word] for word in words if word in lexicon.groups]
    for preferred in ("police", "soldiers", "children"):
        if preferred in found and found[-1] in (
            "police",
            "soldiers",
            "officials",
            "children",
            "people",
            "guards",
            "rescuers",
        ):
            return preferred
    if len(found) > 1 and found[-1] == PEOPLE:
        # "crew members", "student victims"; "seven other people" may be anybody.
        return PEOPLE if found[-2] == OTHERS else found[-2]
    return found[-1] if found else PEOPLE


def group_of_members(name: str) -> str:
    """Of whom a body is made that counts its own, by its name: "the army" of soldiers; `PEOPLE` where that is open."""
    rules = load_rules("casualties")
    members: Mapping[str, str] = rules.meaning["made_of"]
    words = name.lower().replace("-", " ").replace("'s", " ").split()
    found = {members[word] for word in words if word in members}
    return next(iter(found)) if len(found) == 1 else PEOPLE


def spoken_noun(victims: str | None) -> tuple[str, str] | None:
    """The noun for people in the words for victims, in the singular and the plural: "three young colleagues".

    None where they hold none; what stands behind "of" tells whose they are.
    """
    found = None
    for word in (victims or "").lower().split():
        if found is not None and word == "of":
            break
        found = _forms().get(word, found)
    return found


@functools.cache
def victim_groups() -> frozenset[str]:
    """The normal forms."""
    return frozenset(load_rules("casualties").meaning["person"])


@functools.cache
def _forms() -> Mapping[str, tuple[str, str]]:
    """Each noun for people, singular or plural, with both of its forms."""
    rules = load_rules("casualties")
    odd: Mapping[str, str] = rules.meaning["plural"]
    forms: dict[str, tuple[str, str]] = {}
    for nouns in rules.meaning["person"].values():
        for noun in nouns:
            plural = odd[noun].split()[0] if noun in odd else plural_of(noun)
            forms.setdefault(noun, (noun, plural))
            forms.setdefault(plural, (noun, plural))
    return forms


def named_victims(words: str | None) -> str | None:
    """Victims without what only adds to a count: "more victims" are victims, "more" names nobody."""
    left = (words or "").split()
    while left and left[0].lower() in _adds_to():
        left = left[1:]
    return " ".join(left) or None


@functools.cache
def _adds_to() -> frozenset[str]:
    return frozenset(load_rules("casualties").words["adds_to"])

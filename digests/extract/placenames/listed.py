"""Names of the gazetteer that a text uses as places, by the words around them.

Stance: a person's surname read as a city puts an incident into the wrong country, so a small city's name needs a
sign that it is a place (a preposition, its region behind it, "the town of"); large cities and countries only fall
to a sign that they are none.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import NamedTuple

from digests.rules import RuleSet, load_rules
from digests.rules.gazetteer import GeoMatch, GeoName, NameKind, city_size, look_up, region_named
from digests.text.document import Document
from digests.types import Span

# Bound here: a member looked up in its enumeration costs three times as much, and every name asks for some.
_CITY, _REGION = NameKind.CITY, NameKind.REGION
_NATIONAL = frozenset({NameKind.COUNTRY, NameKind.CAPITAL})
_WITHIN_COUNTRY = frozenset({NameKind.REGION, NameKind.CITY})
# Inhabitants from which a city's name stands without a sign that it is a place.
_WELL_KNOWN = 400_000
_REGION_BEHIND = re.compile(r"([A-Z][\w.-]+(?: [A-Z][\w.-]+)?)")
# Characters in which "of" and the noun before it stand.
_OF_REACH = 24
_BEFORE = re.compile(r"([^\W\d_][\w.-]*)(?:'s)?( |, |\. | \(|-)$")
_AFTER = re.compile(r"(?:'s)? ([^\W\d_][\w'-]*)")


@dataclass(frozen=True, slots=True)
class PlaceLexicon:
    """The words and rules of `places.toml`."""

    rules: RuleSet
    settlement: tuple[str, ...]
    before: frozenset[str]
    struck: frozenset[str]
    area: frozenset[str]
    not_given_names: frozenset[str]
    bodies: frozenset[str]
    people_too: frozenset[str]
    too_wide: frozenset[str]
    happenings: frozenset[str]
    no_places: frozenset[str]
    titles: frozenset[str]
    of_people: frozenset[str]
    of_a_state: frozenset[str]
    # What stands between an area and the country around it: " region of ", " province in southern ".
    area_of: re.Pattern[str]


@functools.cache
def load_places() -> PlaceLexicon:
    """Read the family `places` once. Raises RulesError."""
    rules = load_rules("places")
    return PlaceLexicon(
        rules=rules,
        settlement=tuple(sorted(set(rules.words["settlement"]))),
        before=frozenset(rules.words["before"]),
        struck=frozenset(rules.words["struck"]),
        area=frozenset(rules.words["area"]),
        not_given_names=frozenset(rules.words["not_given_names"]),
        bodies=frozenset(rules.words["bodies"]),
        people_too=frozenset(rules.words["people_too"]),
        too_wide=frozenset(rules.words["too_wide"]),
        happenings=frozenset(rules.words["happenings"]),
        no_places=frozenset(rules.words["no_places"]),
        titles=frozenset(rules.words["titles"]),
        of_people=frozenset(rules.words["of_people"]),
        of_a_state=frozenset(rules.words["of_a_state"]),
        area_of=re.compile(rf" {rules.alternation('area')} (?:in|of)(?: [a-z-]{{3,15}}){{0,3}} "),
    )


class Candidate(NamedTuple):
    """A name that the text uses as a place; `country` is open where neither gazetteer nor text tells it."""

    span: Span
    canonical: str
    country: str | None
    kind: NameKind
    rule: str


def accept_known(document: Document, matches: list[GeoMatch]) -> list[Candidate]:
    """The gazetteer's names that the text uses as places."""
    people: set[str] = set()
    sure: set[str] = set()
    verdicts: list[bool | None] = []
    for match in matches:
        verdict = _judge(document.folded, match)
        verdicts.append(verdict)
        if verdict is not None:
            (sure if verdict else people).add(match.name.canonical)
    accepted: list[Candidate] = []
    for match, verdict in zip(matches, verdicts, strict=True):
        name = _as_region(document.folded, match)
        if verdict is None:
            verdict = name.canonical in sure or (name.canonical not in people and _is_well_known(match))
        if verdict:
            accepted.append(
                Candidate(
                    match.span,
                    name.canonical,
                    name.country or None,
                    name.kind,
                    f"places.gazetteer.{name.kind}",
                )
            )
    return accepted


def _as_region(text: str, match: GeoMatch) -> GeoName:
    """The province where the text says so: "Niger state" is none of the country Niger."""
    if match.name.kind in _NATIONAL:
        after = _AFTER.match(text, match.span.end, match.span.end + 30)
        if after and after.group(1).casefold() in ("state", "province", "region", "county", "department"):
            written = text[match.span.start : match.span.end]
            region = region_named(written)
            if region is None and _names_a_body(text, after.end()):
                return match.name
            # An area named like a country that the gazetteer lacks: which country it lies in, the text must say.
            return region or GeoName(canonical=written, kind=NameKind.REGION, country="")
    return match.name


def _names_a_body(text: str, end: int) -> bool:
    """Whether "state" or "department" before `end` belongs to a body: "the US state department", "Iran state media"."""
    after = _AFTER.match(text, end, end + 30)
    return after is not None and after.group(1).casefold() in load_places().of_a_state


def _is_well_known(match: GeoMatch) -> bool:
    name = match.name
    return name.kind in _NATIONAL or city_size(name.canonical) >= _WELL_KNOWN


def _judge(text: str, match: GeoMatch) -> bool | None:
    """Whether the words around a name make it a place (True), something else (False), or leave it open."""
    lexicon = load_places()
    span, kind = match.span, match.name.kind
    before = _word_before(text, span.start)
    after = _AFTER.match(text, span.end, span.end + 30)
    word = before.group(1).casefold().rstrip(".") if before else ""
    follower = after.group(1) if after else ""
    shouting = text[span.start : span.end].isupper() and span.end - span.start > 3
    if before and before.group(2) in (" ", ". ") and word in lexicon.titles and kind is not NameKind.COUNTRY:
        return False
    if kind in _WITHIN_COUNTRY and match.name.canonical.casefold() in lexicon.too_wide:
        return False
    if follower.casefold() in lexicon.area or (kind is _REGION and before and before.group(2) == ", "):
        return True
    if follower[:1].isupper() and follower.casefold() in lexicon.bodies:
        return False
    if kind is _CITY and word == "the" and follower[:1].isupper() and not _is_headline(text, span):
        # "the Springfield Valley Authority" is a body.
        return False
    if kind is _CITY and word == "of" and follower[:1].isupper() and _names_a_person(text, match.span.start):
        return False
    if word in lexicon.before and before and before.group(2) == " ":
        return True
    if (
        word in lexicon.struck
        and match.name.canonical.casefold() not in lexicon.people_too
        and not follower[:1].isupper()
    ):
        return True
    if _names_its_region(text, span) or _is_owned(text, match, word):
        return True
    if kind is NameKind.COUNTRY and match.name.canonical.casefold() not in lexicon.people_too:
        return None
    capital_before = bool(
        before
        and before.group(2) == " "
        and before.group(1)[0].isupper()
        and not before.group(1).isupper()
        and word not in lexicon.not_given_names
    )
    capital_after = bool(
        follower and follower[0].isupper() and not follower.isupper() and not _is_headline(text, span)
    )
    if (
        not shouting
        and (capital_before or (capital_after and kind is _CITY))
        and not _is_headline(text, span)
    ):
        neighbour = look_up(before.group(1)) if capital_before and before else None
        return None if neighbour else False
    return None


def _names_a_person(text: str, start: int) -> bool:
    """Whether "of" right before `start` leads to somebody: "the death of Houston Bell"."""
    before = text[max(0, start - _OF_REACH) : start].casefold().split()
    return len(before) > 1 and before[-2] in load_places().of_people


def _is_owned(text: str, match: GeoMatch, word: str) -> bool:
    """Whether a town or region stands behind its own country in the genitive: "Peru's Lima bombing"."""
    if match.name.kind in _NATIONAL or text[match.span.start - 3 : match.span.start] != "'s ":
        return False
    owner = look_up(word)
    return owner is not None and owner.kind in _NATIONAL and owner.country == match.name.country


# Letters that stand right before a name which a word leads to, and how many letters back that word ends.
_LEADS = {" ": 1, "(": 2, "-": 0}


def _word_before(text: str, at: int) -> re.Match[str] | None:
    """The word in front of an offset with what separates it; searched from the blank before it, to be quick."""
    back = _LEADS.get(text[at - 1 : at])
    if back is None:
        return None
    start = max(0, at - 30)
    return _BEFORE.search(text, text.rfind(" ", start, max(start, at - back)) + 1 or start, at)


def _is_headline(text: str, span: Span) -> bool:
    """Whether the line around a name writes nearly every word with a capital: then a capital says nothing."""
    start = text.rfind("\n", max(0, span.start - 120), span.start) + 1
    end = text.find("\n", span.end, span.end + 120)
    words = [
        w
        for w in text[max(start, span.start - 120) : end if end >= 0 else span.end + 60].split()
        if len(w) > 3
    ]
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.75 * len(words)


def _names_its_region(text: str, span: Span) -> bool:
    """ "Springfield, Missouri" and "Springfield, Mo.": a gazetteer name follows the comma."""
    if text[span.end : span.end + 2] != ", ":
        return False
    match = _REGION_BEHIND.match(text, span.end + 2, span.end + 34)
    if not match:
        return False
    written = match.group(1)
    return look_up(written) is not None or look_up(written.split()[0]) is not None

"""Where things happened: names of the gazetteer that the text uses as places, and settlements named by their kind.

Stance: a person's surname read as a city puts an incident into the wrong country, so a small city's name needs a
sign that it is a place (a preposition, its region behind it, "the town of"); large cities and countries only fall
to a sign that they are none.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from digests.rules import Rule, RuleSet, load_rules
from digests.rules.gazetteer import (
    GeoMatch,
    GeoName,
    NameKind,
    city_size,
    find_names,
    look_up,
    region_named,
)
from digests.text.document import Document, lower_case
from digests.types import Evidence, PlaceMention, Span

# Inhabitants from which a city's name stands without a sign that it is a place.
_WELL_KNOWN = 400_000
# Inhabitants from which a city of the gazetteer is the one meant, and names of other countries that make one doubt.
_UNMISTAKABLE = 1_000_000
_OTHER_COUNTRIES = 2
# Characters between a place and the region named around it ("Rivermouth, in the northern province of Tarvo").
_WITHIN_REACH = 48
# Letters of an abbreviation.
_ABBREVIATION = 5
# Characters around a word for a settlement in which its name stands.
_KIND_REACH = 80
_LINK = re.compile(
    r"(?:,|\(| \(|'s|,? ?(?:in|of|near)\b)(?: ?(?:in|of|near|the|which|is|situated|located|[a-z-]{5,15})\b){0,5} ?\(?"
)
_OWNED = re.compile(r"'s(?: [a-z-]+){0,4} ")
_INSIDE = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Oo]utside) (?P<place>[A-Z][\w-]{1,24}(?: [A-Z][\w-]{1,24}){0,2})"
    r"(?:, | in (?:the )?(?:[a-z-]{4,15} ){0,3}(?:of )?)$"
)
# Begins with a blank, so that the search is quick.
_WHERE = re.compile(
    r" (?:in|near|outside) (?P<place>[A-Z][a-z][\w-]{1,24}(?: [A-Z][a-z][\w-]{1,24}){0,2})"
    r"(?!'s|\w| [A-Z])"
)
# Characters of the longest word for a happening, with its blank.
_WORD_REACH = 16
# Names of one text that are judged; the longest features hold about a thousand.
_MOST_NAMES = 4_000
# New names whose further mentions are looked for: each costs a walk over the text.
_MOST_NEW_NAMES = 12
_REGION_BEHIND = re.compile(r"([A-Z][\w.-]+(?: [A-Z][\w.-]+)?)")
_BEFORE = re.compile(r"([^\W\d_][\w.-]*)(?:'s)?( |, |\. | \(|-)$")
_AFTER = re.compile(r"(?:'s)? ([^\W\d_][\w'-]*)")


@dataclass(frozen=True, slots=True)
class _Lexicon:
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
    # What stands between an area and the country around it: " region of ", " province in southern ".
    area_of: re.Pattern[str]


@functools.cache
def _lexicon() -> _Lexicon:
    rules = load_rules("places")
    return _Lexicon(
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
        area_of=re.compile(rf" {rules.alternation('area')} (?:in|of)(?: [a-z-]{{3,15}}){{0,3}} "),
    )


class _Candidate(NamedTuple):
    span: Span
    canonical: str
    country: str | None
    kind: NameKind
    rule: str


def find_places(document: Document) -> tuple[PlaceMention, ...]:
    """The places that a text names, in order; a place inside a longer one ("Tarvo" in "Tarvo province") once."""
    if not document.sentences:
        return ()
    names = (match for match in find_names(document.folded) if match.name.kind is not NameKind.DEMONYM)
    known = list(itertools.islice(names, _MOST_NAMES))
    accepted = _accept(document, known)
    new = _named_by_kind(document, accepted)
    # "Tarvo and Kolm province" is one place, whatever the gazetteer knows of its parts.
    accepted = [c for c in accepted if not any(n.span.covers(c.span) for n in new)] + new
    accepted += _named_in_region(document, accepted)
    accepted += _named_by_happening(document, accepted)
    accepted += _named_again(document, accepted)
    accepted = _in_the_texts_country(document, accepted)
    accepted.sort(key=lambda c: c.span.start)
    return tuple(_mention(document, accepted, index) for index in range(len(accepted)))


def _accept(document: Document, matches: list[GeoMatch]) -> list[_Candidate]:
    """The gazetteer's names that the text uses as places."""
    people: set[str] = set()
    sure: set[str] = set()
    verdicts: list[bool | None] = []
    for match in matches:
        verdict = _judge(document.folded, match)
        verdicts.append(verdict)
        if verdict is not None:
            (sure if verdict else people).add(match.name.canonical)
    accepted: list[_Candidate] = []
    for match, verdict in zip(matches, verdicts, strict=True):
        name = _as_region(document.folded, match)
        if verdict is None:
            verdict = name.canonical in sure or (name.canonical not in people and _is_well_known(match))
        if verdict:
            accepted.append(
                _Candidate(
                    match.span, name.canonical, name.country, name.kind, f"places.gazetteer.{name.kind}"
                )
            )
    return accepted


def _as_region(text: str, match: GeoMatch) -> GeoName:
    """The province where the text says so: "Niger state" is none of the country Niger."""
    if match.name.kind in (NameKind.COUNTRY, NameKind.CAPITAL):
        after = _AFTER.match(text, match.span.end, match.span.end + 30)
        if after and after.group(1).casefold() in ("state", "province", "region", "county", "department"):
            written = text[match.span.start : match.span.end]
            # An area named like a country that the gazetteer lacks: which country it lies in, the text must say.
            return region_named(written) or GeoName(canonical=written, kind=NameKind.REGION, country="")
    return match.name


def _in_the_texts_country(document: Document, places: list[_Candidate]) -> list[_Candidate]:
    """Leave a smaller city's country open where the text speaks of other countries alone.

    The gazetteer holds one city of each name; a namesake elsewhere may be meant.
    """
    if not any(place.kind is NameKind.CITY and place.country for place in places):
        return places
    spoken = Counter(
        match.name.country
        for match in find_names(document.folded)
        if match.name.kind in (NameKind.COUNTRY, NameKind.DEMONYM, NameKind.REGION)
    )
    settled: list[_Candidate] = []
    for place in places:
        is_open = place.kind is NameKind.CITY and place.country is not None and not spoken[place.country]
        if (
            is_open
            and sum(spoken.values()) >= _OTHER_COUNTRIES
            and city_size(place.canonical) < _UNMISTAKABLE
        ):
            place = place._replace(country=None)
        settled.append(place)
    return settled


def _is_well_known(match: GeoMatch) -> bool:
    name = match.name
    return name.kind in (NameKind.COUNTRY, NameKind.CAPITAL) or city_size(name.canonical) >= _WELL_KNOWN


def _judge(text: str, match: GeoMatch) -> bool | None:
    """Whether the words around a name make it a place (True), something else (False), or leave it open."""
    lexicon = _lexicon()
    span, kind = match.span, match.name.kind
    before = _word_before(text, span.start)
    after = _AFTER.match(text, span.end, span.end + 30)
    word = before.group(1).casefold().rstrip(".") if before else ""
    follower = after.group(1) if after else ""
    shouting = text[span.start : span.end].isupper() and span.end - span.start > 3
    if before and before.group(2) in (" ", ". ") and word in lexicon.titles and kind is not NameKind.COUNTRY:
        return False
    if kind in (NameKind.REGION, NameKind.CITY) and match.name.canonical.casefold() in lexicon.too_wide:
        return False
    if follower.casefold() in lexicon.area or (
        kind is NameKind.REGION and before and before.group(2) == ", "
    ):
        return True
    if follower[:1].isupper() and follower.casefold() in lexicon.bodies:
        return False
    if kind is NameKind.CITY and word == "the" and follower[:1].isupper() and not _is_headline(text, span):
        # "the Springfield Valley Authority" is a body.
        return False
    if word in lexicon.before and before and before.group(2) == " ":
        return True
    if (
        word in lexicon.struck
        and match.name.canonical.casefold() not in lexicon.people_too
        and not follower[:1].isupper()
    ):
        return True
    if _names_its_region(text, span):
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
        and (capital_before or (capital_after and kind is NameKind.CITY))
        and not _is_headline(text, span)
    ):
        neighbour = look_up(before.group(1)) if capital_before and before else None
        return None if neighbour else False
    return None


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


def _windows(text: str) -> list[tuple[Rule, Span]]:
    """Where the rules are worth trying: around the words for settlements and areas."""
    lexicon = _lexicon()
    lowered = lower_case(text)
    cues = sorted(
        at
        for word in lexicon.settlement
        for at in _finds(lowered, word)
        if _may_name(text, at) or _NAMED_BEHIND.match(text, at + len(word))
    )
    windows: list[Span] = []
    for cue in cues:
        start, end = max(0, cue - _KIND_REACH), cue + _KIND_REACH
        if windows and start <= windows[-1].end:
            start = windows.pop().start
        windows.append(Span(start=start, end=end))
    return [(rule, window) for window in windows for rule in lexicon.rules.rules]


# "village of E", "towns called E": what stands behind a word for a settlement.
_NAMED_BEHIND = re.compile(r"[a-z]{0,3} (?:of|called|named) [A-Z]")


def _may_name(text: str, at: int) -> bool:
    """Whether a name may stand before a word for a settlement: most stand behind "the", "a", "his"."""
    return text[at - 1 : at] == " " and not text[text.rfind(" ", 0, at - 1) + 1 : at - 1].islower()


def _finds(text: str, word: str) -> Iterator[int]:
    """Every offset of a word; the interpreter's own search is faster here than one pattern for all words."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _named_by_kind(document: Document, known: list[_Candidate]) -> list[_Candidate]:
    """Settlements and areas told by their kind that the gazetteer does not hold."""
    taken = {offset for c in known for offset in (c.span.start, c.span.end)}
    found: list[_Candidate] = []
    for rule, window in _windows(document.folded):
        for match in rule.pattern.finditer(document.folded, window.start, window.end):
            span = Span(start=match.start("place"), end=match.end("place"))
            if look_up(match.group("place")) or (span.start in taken and span.end in taken):
                continue
            first = match.group("place").split()[0].casefold()
            # "The Gulf island of X", "the Baltic coast": the sea names no place of its own.
            if match.group("place").casefold() in _lexicon().too_wide:
                continue
            if any(
                first in words for words in (_lexicon().not_given_names, _lexicon().before, _lexicon().titles)
            ):
                continue
            taken |= {span.start, span.end}
            found.append(_Candidate(span, document.words(span), None, NameKind.REGION, rule.id))
    return found


def _named_in_region(document: Document, known: list[_Candidate]) -> list[_Candidate]:
    """Unknown names right before a known region: "in Ekenstad in Tarvo province", "near Kolm Bara, Kenya"."""
    lexicon = _lexicon()
    taken = {c.span.end for c in known}
    found: list[_Candidate] = []
    for region in known:
        if region.kind not in (NameKind.COUNTRY, NameKind.REGION):
            continue
        match = _INSIDE.search(document.folded, max(0, region.span.start - 70), region.span.start)
        if match is None or match.end("place") in taken or look_up(match.group("place")):
            continue
        name = match.group("place")
        # "the UN, Haiti": an abbreviation in ordinary text is a body.
        is_body = name.isupper() and len(name) <= _ABBREVIATION
        if is_body or name.casefold() in lexicon.not_given_names:
            continue
        taken.add(match.end("place"))
        span = Span(start=match.start("place"), end=match.end("place"))
        found.append(
            _Candidate(span, document.words(span), region.country, NameKind.CITY, "places.named.inside")
        )
    return found


def _named_by_happening(document: Document, known: list[_Candidate]) -> list[_Candidate]:
    """Unknown names that something happened in: "the bombing in Ekenstad", "nine people died near Kolm Bara"."""
    lexicon = _lexicon()
    taken = {c.span.start for c in known}
    found: list[_Candidate] = []
    for match in _WHERE.finditer(document.folded):
        if match.start("place") in taken:
            continue
        at = match.start()
        what = document.folded[document.folded.rfind(" ", max(0, at - _WORD_REACH), at) + 1 : at]
        if what.casefold() not in lexicon.happenings:
            continue
        name = match.group("place")
        first = name.split()[0].casefold()
        if name.isupper() or look_up(name) or first in lexicon.not_given_names or first in lexicon.no_places:
            continue
        if name.split()[-1].casefold() in lexicon.bodies or first in lexicon.titles:
            continue
        span = Span(start=match.start("place"), end=match.end("place"))
        found.append(_Candidate(span, document.words(span), None, NameKind.CITY, "places.named.happening"))
    return found


def _named_again(document: Document, known: list[_Candidate]) -> list[_Candidate]:
    """Further mentions of a settlement that the text introduced by its kind."""
    taken = {c.span.start for c in known}
    found: list[_Candidate] = []
    new = {c.canonical: c for c in known if c.rule.startswith("places.named")}
    for name, first in list(new.items())[:_MOST_NEW_NAMES]:
        for at in _finds(document.text, name):
            if at in taken or not (_is_edge(document.text, at) and _is_edge(document.text, at + len(name))):
                continue
            taken.add(at)
            span = Span(start=at, end=at + len(name))
            found.append(_Candidate(span, name, first.country, first.kind, "places.named.again"))
    return found


def _is_edge(text: str, at: int) -> bool:
    """Whether a word begins or ends at an offset."""
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    return (before.isalnum() or before == "_") != (after.isalnum() or after == "_")


def _mention(document: Document, places: list[_Candidate], index: int) -> PlaceMention:
    """A place with the region that the text names right behind (or as "X's" right before) it."""
    place = places[index]
    outer = _around(document.folded, places, index)
    country = place.country
    if (
        outer is not None
        and outer.country
        and place.kind in (NameKind.CITY, NameKind.REGION, NameKind.CAPITAL)
    ):
        # "Birmingham, Alabama": the text knows better than the gazetteer which one is meant.
        country = outer.country
    return PlaceMention(
        name=document.words(place.span),
        canonical=place.canonical,
        country=country,
        within=outer.canonical if outer else None,
        evidence=Evidence(
            article_id=document.article_id,
            span=place.span,
            sentence=document.sentence_at(place.span.start),
            rule=place.rule,
        ),
    )


def _around(text: str, places: list[_Candidate], index: int, *, depth: int = 2) -> _Candidate | None:
    place = places[index]
    larger = (NameKind.COUNTRY, NameKind.REGION)
    if place.kind is NameKind.COUNTRY:
        return None
    if index + 1 < len(places):
        after = places[index + 1]
        gap = text[place.span.end : after.span.start]
        # "The Mérida area of Venezuela" is not the gazetteer's. An area that only the text knows stays open: its name
        # may go over the border.
        is_namesake = place.country and _lexicon().area_of.fullmatch(gap)
        if after.kind in larger and len(gap) <= _WITHIN_REACH and (_LINK.fullmatch(gap) or is_namesake):
            further = None
            if after.kind is NameKind.REGION and depth:
                further = _around(text, places, index + 1, depth=depth - 1)
            if after.country is None and further is not None:
                return _Candidate(after.span, after.canonical, further.country, after.kind, after.rule)
            return after
    if index:
        before = places[index - 1]
        gap = text[before.span.end : place.span.start]
        if before.kind in larger and _OWNED.fullmatch(gap):
            return before
    return None

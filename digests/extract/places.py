"""Where things happened: the places that a text names, each with the country and the region that the text gives it.

The gazetteer's names (`placenames`) come first, then those that only the text knows (`newplaces`).
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter

from digests.extract.placenames.listed import Candidate, accept_known, load_places
from digests.extract.placenames.unlisted import (
    named_again,
    named_by_happening,
    named_by_kind,
    named_in_region,
)
from digests.rules.gazetteer import NameKind, city_size, find_names, look_up
from digests.text.document import Document
from digests.types import Evidence, PlaceMention

# Bound here: a member looked up in its enumeration costs three times as much, and every name asks for some.
_CITY, _COUNTRY, _DEMONYM = NameKind.CITY, NameKind.COUNTRY, NameKind.DEMONYM
_LARGER = frozenset({NameKind.COUNTRY, NameKind.REGION})
_OF_COUNTRY = _LARGER | {NameKind.DEMONYM}
# Inhabitants from which a city of the gazetteer is the one meant, and names of other countries that make one doubt.
_UNMISTAKABLE = 1_000_000
_OTHER_COUNTRIES = 2
# Inhabitants from which a city of another country is not looked for in the one that "owns" it.
_KNOWN_ABROAD = 300_000
# Characters between a place and the region named around it ("Rivermouth, in the northern province of Tarvo").
_WITHIN_REACH = 48
_LINK = re.compile(
    r"(?:,|\(| \(|'s|,? ?(?:in|of|near)\b)(?: ?(?:in|of|near|the|which|is|situated|located|[a-z-]{5,15})\b){0,5} ?\(?"
)
_OWNED = re.compile(r"'s(?: [a-z-]+){0,4} ")
# Names of one text that are judged; the longest features hold about a thousand.
_MOST_NAMES = 4_000


def find_places(document: Document) -> tuple[PlaceMention, ...]:
    """The places that a text names, in order; a place inside a longer one ("Tarvo" in "Tarvo province") once."""
    if not document.sentences:
        return ()
    names = (match for match in find_names(document.folded) if match.name.kind is not _DEMONYM)
    known = list(itertools.islice(names, _MOST_NAMES))
    accepted = accept_known(document, known)
    new = named_by_kind(document, accepted)
    # "Tarvo and Kolm province" is one place, whatever the gazetteer knows of its parts.
    accepted = [c for c in accepted if not any(n.span.covers(c.span) for n in new)] + new
    accepted += named_in_region(document, accepted)
    accepted += named_by_happening(document, accepted)
    accepted += named_again(document, accepted)
    accepted = _in_the_texts_country(document, accepted)
    accepted.sort(key=lambda c: c.span.start)
    return tuple(_mention(document, accepted, index) for index in range(len(accepted)))


def _in_the_texts_country(document: Document, places: list[Candidate]) -> list[Candidate]:
    """Leave a smaller city's country open where the text speaks of other countries alone.

    The gazetteer holds one city of each name; a namesake elsewhere may be meant.
    """
    if not any(map(_may_have_namesake, places)):
        return places
    places = [_of_people(document.folded, place) if _may_have_namesake(place) else place for place in places]
    spoken = Counter(
        match.name.country for match in find_names(document.folded) if match.name.kind in _OF_COUNTRY
    )
    if sum(spoken.values()) < _OTHER_COUNTRIES:
        return places
    return [
        place._replace(country=None) if _may_have_namesake(place) and place.country not in spoken else place
        for place in places
    ]


def _of_people(text: str, place: Candidate) -> Candidate:
    """A city in the country of the people named in front of it: "the Peruvian town of San Carlos"."""
    start = place.span.start
    found = _of_a_people().search(text, max(0, start - _WITHIN_REACH), start)
    name = look_up(found.group(1)) if found is not None else None
    is_other = name is not None and name.kind is _DEMONYM and name.country != place.country
    return place._replace(country=name.country) if name is not None and is_other else place


@functools.cache
def _of_a_people() -> re.Pattern[str]:
    """A name and a word for a settlement in front of a place."""
    settlements = "|".join(map(re.escape, load_places().settlement))
    return re.compile(rf"\b([A-Z][a-z]+) (?:[a-z-]+ ){{0,2}}(?:{settlements}) of $")


def _may_have_namesake(place: Candidate) -> bool:
    is_city = place.kind is _CITY and place.country is not None
    return is_city and city_size(place.canonical) < _UNMISTAKABLE


def _mention(document: Document, places: list[Candidate], index: int) -> PlaceMention:
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


def _around(text: str, places: list[Candidate], index: int, *, depth: int = 2) -> Candidate | None:
    place = places[index]
    if place.kind is _COUNTRY:
        return None
    if index + 1 < len(places):
        after = places[index + 1]
        gap = text[place.span.end : after.span.start]
        # "The Mérida area of Venezuela" is not the gazetteer's. An area that only the text knows stays open: its name
        # may go over the border.
        is_namesake = place.country and load_places().area_of.fullmatch(gap)
        if after.kind in _LARGER and len(gap) <= _WITHIN_REACH and (_LINK.fullmatch(gap) or is_namesake):
            further = None
            if after.kind is NameKind.REGION and depth:
                further = _around(text, places, index + 1, depth=depth - 1)
            if after.country is None and further is not None:
                return Candidate(after.span, after.canonical, further.country, after.kind, after.rule)
            return after
    if index:
        before = places[index - 1]
        gap = text[before.span.end : place.span.start]
        # "Iran's Erbil strike" is one in Erbil by Iran.
        is_abroad = (
            place.country not in (None, before.country) and city_size(place.canonical) >= _KNOWN_ABROAD
        )
        if before.kind in _LARGER and _OWNED.fullmatch(gap) and not is_abroad:
            return before
    return None

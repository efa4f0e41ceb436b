"""What an article is about, as clustering needs it: kind, place and days of its main incident.

Stance: two reports of one thing may share few words ("coach falls off cliff", "road accident near Ayala"), so what was
read from them speaks besides. It only brings articles together that already share some words: what an article was
read to be about is wrong now and then, and most news tells of no incident at all. Two places part items of a feed
alone, which name one place and share their few words with every look-alike; long reports name several, and parting
them by places costs more reports of one event than it parts look-alikes (measured). Two days part what is over in a
day or two, where both texts name them: the day of publication says nothing of when it was.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digests.extract.dates import find_dates
from digests.extract.incidents import find_incidents, main_incident
from digests.extract.places import find_places
from digests.extract.tellings.likeness import days_fit, is_spreading, kinds_fit, lasting_days, places_fit
from digests.rules.gazetteer import NameKind, look_up
from digests.text.document import make_document
from digests.types import Article, Facts, IncidentMention

# Characters of a text up to which it is an item of a feed, a few lines beside a headline.
_ITEM = 400
# Days within which something must have happened to be told from others of its kind.
_FEW_DAYS = dt.timedelta(days=3)
_A_DAY = dt.timedelta(days=1)
# What lasts no longer beyond its first day is told with the day it was on, weeks later too.
_SOON_OVER = dt.timedelta(days=2)
# Happenings of a group that are held against those of another, the commonest: one that is told in many ways is an
# affair, and all pairs would cost the square of them.
_MOST = 6
# Pairs of happenings whose likeness is remembered: the groups that grow are held against each other again and again.
_REMEMBERED = 16_384


@dataclass(frozen=True, slots=True)
class Happening:
    """A main incident: what, where ("Ayala", "PE") and when; `None` where the article does not say."""

    kind: str
    place: str | None
    country: str | None
    first: dt.date | None
    last: dt.date | None
    # Read from an item of a feed: a headline and a few lines.
    is_item: bool = False
    # Its days stand in the text, and are not those of the news.
    is_told: bool = False

    def to_json(self) -> list[str | bool | None]:
        """Plain values in order of the fields; `from_json` gives the same back."""
        days = [day.isoformat() if day else None for day in (self.first, self.last)]
        return [self.kind, self.place, self.country, *days, self.is_item, self.is_told]

    @classmethod
    def from_json(cls, data: Sequence[Any]) -> Happening:
        """Raises ValueError or TypeError for anything that `to_json` did not write."""
        kind, place, country, first, last, is_item, *later = data
        begun, ended = (dt.date.fromisoformat(day) if day else None for day in (first, last))
        # Stores of before know nothing of the last.
        is_told = bool(later and later[0])
        return cls(str(kind), place, country, begun, ended, is_item=bool(is_item), is_told=is_told)


def find_happening(article: Article, facts: Facts, places: Sequence[str] = ()) -> Happening | None:
    """What an article is about; `None` where it tells of no incident, or only of older ones.

    `places` are what headline and opening name ("PE", "PE/Lima"): where it is set, if nothing else says so.

    Of a feed's item the headline says half, and its facts are read from the text alone: it is read once more with it.
    """
    is_item = len(article.text) <= _ITEM
    found = _happening(facts.incidents, article.published_on, places, is_item=is_item)
    title = article.title or ""
    if not is_item or (found and found.place) or not title or article.text.startswith(title):
        return found
    whole = make_document(article.id, f"{title}.\n\n{article.text}", published=article.published_on)
    incidents = find_incidents(whole, find_dates(whole), find_places(whole))
    return _happening(incidents, article.published_on, places, is_item=True) or found


def _happening(
    incidents: Sequence[IncidentMention], published: dt.date | None, places: Sequence[str], *, is_item: bool
) -> Happening | None:
    if not incidents:
        return None
    main = main_incident(incidents)
    if main.is_background or not main.kind:
        return None
    first, last = main.first, main.last
    if first is None and published is not None:
        # What is told without a day is news: of the day or of the night before.
        first, last = published - _A_DAY, published
    countries = [place for place in places if "/" not in place]
    country = main.country or (countries[0] if len(countries) == 1 else None)
    is_told = main.first is not None
    return Happening(main.kind, main.place, country, first, last, is_item=is_item, is_told=is_told)


def are_one(one: Happening, other: Happening) -> bool:
    """Whether two may well be one: the same kind of thing on one day in one country, or in one exact place.

    Where one does not say what kind it was ("deaths"), both day and exact place must be the same.
    """
    kinds = kinds_fit(one.kind, other.kind)
    if kinds is False:
        return False
    where = places_fit((one.place, one.country), (other.place, other.country))
    same_days = days_fit(_days(one), _days(other), strict=False)
    if where is False or same_days is False:
        return False
    are_dated = same_days is True and _is_brief(one) and _is_brief(other)
    if where is True and _is_exact(one) and _is_exact(other):
        return kinds is True or are_dated
    return (
        kinds is True
        and are_dated
        and (where is True or (one.country is not None and one.country == other.country))
    )


def are_apart(one: Happening, other: Happening) -> bool:
    """Whether two items of feeds tell of two places."""
    if not (one.is_item and other.is_item and one.place and other.place):
        return False
    return places_fit((one.place, one.country), (other.place, other.country)) is False


def on_other_days(one: Happening, other: Happening) -> bool:
    """Whether both texts name days, and these part them: only of what is over in a day or two."""
    if not (one.is_told and other.is_told and _is_soon_over(one.kind) and _is_soon_over(other.kind)):
        return False
    return days_fit(_days(one), _days(other), strict=False) is False


def share_on_other_days(ours: Mapping[Happening, int], theirs: Mapping[Happening, int], pairs: int) -> float:
    """The share of the pairs of articles whose main incidents were on other days, 0 to 1; arguments as `balance`."""
    if not ours or not theirs:
        return 0.0
    few = _commonest(theirs)
    parted = sum(
        _are_on_other_days(one, other) * count * number
        for one, count in _commonest(ours)
        for other, number in few
    )
    return parted / pairs


def balance(ours: Mapping[Happening, int], theirs: Mapping[Happening, int], pairs: int) -> float:
    """The share of the pairs of articles that may be about one happening less those told apart, -1 to 1.

    Args:
        ours: How many articles of a group are about what.
        theirs: The same of another group.
        pairs: All pairs across the two groups, those with articles about nothing too.
    """
    if not ours or not theirs:
        return 0.0
    few = _commonest(theirs)
    return (
        sum(_verdict(one, other) * count * number for one, count in _commonest(ours) for other, number in few)
        / pairs
    )


@functools.lru_cache(maxsize=_REMEMBERED)
def _verdict(one: Happening, other: Happening) -> int:
    return are_one(one, other) - are_apart(one, other)


@functools.lru_cache(maxsize=_REMEMBERED)
def _are_on_other_days(one: Happening, other: Happening) -> bool:
    return on_other_days(one, other)


@functools.cache
def _is_soon_over(kind: str) -> bool:
    return lasting_days(kind) <= _SOON_OVER and not is_spreading(kind)


def _commonest(counts: Mapping[Happening, int]) -> list[tuple[Happening, int]]:
    if len(counts) <= _MOST:
        return list(counts.items())
    return sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))[:_MOST]


def _days(happening: Happening) -> tuple[dt.date | None, dt.date | None]:
    """Its days, with those for which its kind may go on: reports of one outbreak name days weeks apart."""
    ended = happening.last or happening.first
    return happening.first, ended + lasting_days(happening.kind) if ended else None


def _is_brief(happening: Happening) -> bool:
    first, last = happening.first, happening.last
    return first is not None and (last or first) - first <= _FEW_DAYS


def _is_exact(happening: Happening) -> bool:
    """Whether its place is less than a country."""
    if happening.place is None:
        return False
    entry = look_up(happening.place)
    return entry is None or entry.kind is not NameKind.COUNTRY

"""Whether two counts of two articles are tied to one happening by more than the story that they came into.

Stance: a story may hold two shootings of one town. Where nothing that the articles tell (a day, a place, a doer) ties
what they count, their numbers stand beside each other, and no conflict is made of them; not so in a story whose
articles all hold one incident as theirs.
"""

from __future__ import annotations

import functools
import re

from digests.analysis.occurrences.occurrences import DEATHS
from digests.extract.tellings.likeness import (
    actors_fit,
    days_fit,
    has_doer,
    is_spreading,
    kinds_fit,
    places_fit,
)
from digests.extract.times.words import weekday_number
from digests.rules import load_rules
from digests.types import Claim, IncidentMention

# Days.
_WEEK = 7


def are_tied(one: Claim, other: Claim) -> bool:
    """Whether one day, place or doer ties what two claims count, or one disaster; within an article all is tied."""
    if one.citation.article_id == other.citation.article_id:
        return True
    ours, theirs = one.figure.incident, other.figure.incident
    if other.citation.article_id in one.apart_from and may_be_twice(ours.kind, theirs.kind):
        # Two shootings of one town: no street, name or hour of the one report is in the other.
        return False
    is_dated = ours.first is not None and theirs.first is not None
    if not is_dated and _are_weekdays_apart(one, other):
        # "shot on Wednesday night", "on Saturday a man opened fire"
        return False
    return one.is_of_one or are_one(ours, theirs)


def may_be_twice(*kinds: str) -> bool:
    """Whether a town may have several of such a happening within days: a shooting or a fire, not a quake or a war."""
    return not any(is_spreading(kind) for kind in kinds)


def are_one(ours: IncidentMention, theirs: IncidentMention) -> bool:
    """Whether what two articles tell of an incident ties it: a place, a day, a doer, one kind of disaster."""
    if _tells_nothing(ours) or _tells_nothing(theirs):
        # A line or two of news that leans on the others.
        return True
    place = places_fit((ours.place, ours.country), (theirs.place, theirs.country))
    if place:
        return True
    day = days_fit((ours.first, ours.last), (theirs.first, theirs.last))
    if place is None and (day or (day is None and actors_fit(ours.actor, theirs.actor))):
        # One army makes many raids, each in its place on its day.
        return True
    is_one_kind = kinds_fit(ours.kind, theirs.kind) is True
    return is_one_kind and not has_doer(ours.kind) and place is not False


def _tells_nothing(mention: IncidentMention) -> bool:
    """Whether a mention gives nothing to hold against another: no kind, no place, or that somebody died alone."""
    if mention.kind in ("", DEATHS):
        return mention.place is None
    return mention.place is None and mention.country is None and mention.first is None


def _are_weekdays_apart(one: Claim, other: Claim) -> bool:
    """Whether the words around two claims name days of the week of which none is near another."""
    ours, theirs = _weekdays_in(one.sentence), _weekdays_in(other.sentence)
    return bool(ours and theirs) and all(_steps(a, b) > 1 for a in ours for b in theirs)


def _steps(a: int, b: int) -> int:
    """Days from one day of the week to another, the shorter way round."""
    return min((a - b) % _WEEK, (b - a) % _WEEK)


@functools.lru_cache(maxsize=4096)
def _weekdays_in(text: str) -> frozenset[int]:
    return frozenset(map(weekday_number, _weekday().findall(text)))


@functools.cache
def _weekday() -> re.Pattern[str]:
    """A day of the week as it stands in a text: with a capital."""
    return re.compile(
        rf"\b(?:{'|'.join(name.capitalize() for name in load_rules('dates').words['weekday'])})\b"
    )

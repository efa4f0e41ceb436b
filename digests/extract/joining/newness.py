"""What is news by its day: how far back an incident may lie, and the day that an article's lead names.

Hides the windows, in days before publication, within which things are news.

Stance: without a day nothing is called old.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence

from digests.extract.speech.lexicon import load_lexicon
from digests.extract.tellings.likeness import is_vague
from digests.rules import load_rules
from digests.text.document import Document
from digests.types import DateMention, Span

# Sentences (the headline among them) in which an article says what its news is.
LEAD = 4
# Days before publication from which an incident is no news any more.
OLD_NEWS = dt.timedelta(days=10)
# An undated main incident happened within these days before publication.
FRESH = dt.timedelta(days=3)
# Characters in front of a day in which the verb of telling stands that it belongs to.
_TALK_REACH = 24


def is_past(days: tuple[dt.date, dt.date] | None, published: dt.date | None) -> bool:
    """Whether days are no news any more; of an undated article every vague time is none."""
    if days is None:
        return False
    return is_vague(days) if published is None else days[1] < published - OLD_NEWS


def lead_day(
    document: Document, dates: Sequence[DateMention], *, but_of_talk: bool = False
) -> tuple[dt.date, dt.date] | None:
    """The day the lead names, be it only the day of the talking: the news is of that day or the night before.

    `but_of_talk`: not that of the talking; who counts the dead on Tuesday does not tell when they died.
    """
    if document.published is None:
        return None
    for date in dates:
        if document.sentence_index(date.evidence.span.start) >= LEAD:
            return None
        if date.first is None or date.last is None or date.is_planned or not date.names_day:
            continue
        if document.published - FRESH <= date.first <= document.published:
            if but_of_talk and _is_of_talk(document, date.evidence.span):
                continue
            return (date.first, date.last)
    return None


def _is_of_talk(document: Document, day: Span) -> bool:
    """Whether a day stands right behind a verb of telling: "said on Tuesday"."""
    before = document.low[max(0, day.start - _TALK_REACH) : day.start].split()
    if before[-1:] and before[-1] in load_lexicon().words["prepositions"]:
        before.pop()
    return bool(before) and before[-1] in _told_verbs()


@functools.cache
def _told_verbs() -> frozenset[str]:
    return frozenset(load_rules("claims").words["tells_that"])

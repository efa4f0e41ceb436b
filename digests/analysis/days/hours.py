"""The days of hours: "at 16:50" and "at noon" name no day, and take one from the words around them.

Stance: an hour whose day is only guessed from the page dates nothing where the page tells of an earlier day as its news
("the gates were closed at 16:50", in a report two days after): a wrong day misleads more than a missing line.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from digests.analysis.days.clauses import role
from digests.text.document import fold
from digests.types import DateMention, StoryArticle

# Characters behind a mention that say of what it is the evening.
_BEHIND = 30
# Characters before an hour in which the day stands that it goes on from.
_REACH = 700
# Characters before a day in which a verb of saying makes it that of the words.
_SPOKEN = 40
# Rules of expressions that are a time of some day.
_HOURS = ("dates.clock.alone", "dates.deictic.part_alone")
_PARTS = "dates.deictic.part"


def settle_hours(mentions: Sequence[DateMention], item: StoryArticle) -> list[DateMention]:
    """The mentions of one sentence, each hour with the day beside it; hours of no known day are left out."""
    own = [mention for mention in mentions if not _is_hour(mention)]
    days = [m for m in own if m.names_day]
    settled: list[DateMention] = []
    for mention in mentions:
        if mention not in own:
            if days:
                at = mention.evidence.span.start
                told = [day for day in days if not _is_of_words(day, item.article.text)]
                # "It was found at 11 p.m., the mayor said on Monday": on the night that was just told of, if on any.
                just_told = None if told else _day_just_told(mention, item)
                beside = min(told or days, key=lambda day: abs(day.evidence.span.start - at))
                day = just_told or beside.first
                mention = dataclasses.replace(mention, first=day, last=day)
            elif own:
                continue
            elif not _has_day(mention, item):
                day = _day_just_told(mention, item)
                if day is None:
                    continue
                mention = dataclasses.replace(mention, first=day, last=day)
        settled.append(mention)
    return settled


def _is_hour(mention: DateMention) -> bool:
    rule = mention.evidence.rule
    return rule in _HOURS or (rule == _PARTS and role("inherits").match(fold(mention.words)) is not None)


def _has_day(mention: DateMention, item: StoryArticle) -> bool:
    """Whether the day of an hour without one in its sentence is known: one spoken of before, or the page's own."""
    text, span = item.article.text, mention.evidence.span
    if role("of_event").match(fold(text[span.end : span.end + _BEHIND])):
        return False
    published, title = item.article.published_on, item.article.title
    if title and span.end <= len(title) and text.startswith(title):
        # "They came in the night": a headline's night is any.
        return False
    if mention.first != published or role("live").search(fold(title or "")):
        return True
    days = [
        (m.evidence.span.start, m.first)
        for m in item.facts.dates
        if m.names_day and m.first is not None and not _is_hour(m) and not _is_of_words(m, text)
    ]
    # An "overnight" behind the day before is the night of the news.
    back = 1 if role("overnight").match(fold(mention.words)) else 0
    if any(
        published is not None and 0 <= (published - day).days <= back and 0 < span.start - start < _REACH
        for start, day in days
    ):
        return True
    news = next((day for _, day in days if published is not None and day <= published), None)
    return news is None or news == published


def _is_of_words(mention: DateMention, text: str) -> bool:
    """Whether a day is that on which somebody spoke: "sank late on Friday, the port said on Saturday. It was 23:40"."""
    start = mention.evidence.span.start
    return role("saying").search(fold(text[max(0, start - _SPOKEN) : start])) is not None


def _day_just_told(mention: DateMention, item: StoryArticle) -> dt.date | None:
    """The one day of the sentence right before that of an hour; of what was said on the day after it, the former."""
    text, start = item.article.text, mention.evidence.sentence.start
    told = {
        m.first
        for m in item.facts.dates
        if m.names_day
        and m.first is not None
        and not _is_hour(m)
        and m.evidence.sentence.end <= start
        and not text[m.evidence.sentence.end : start].strip()
        and not _is_of_words(m, text)
    }
    day = told.pop() if len(told) == 1 else None
    published = item.article.published_on
    return day if day is not None and published is not None and day <= published else None

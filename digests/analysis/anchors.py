"""A day for articles that do not say when they appeared, from the story around them.

Stance: every relative date of the article hangs on this day, so nothing is assumed unless most of the story appeared
on one day and the article's own words do not speak against it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from digests.extract import extract
from digests.text.document import make_document
from digests.types import Precision, StoryArticle

# Share of the dated articles that must have appeared on the story's commonest day.
_SHARE = 0.5
# How many dated articles there must be at least.
_LEAST = 1


def date_undated(articles: Sequence[StoryArticle]) -> tuple[StoryArticle, ...]:
    """The articles in the same order, each undated one with the story's day and facts read again by it.

    An article stays undated where the story has no common day or its own dates contradict it.
    `published_from` stays `None`: the day is ours, not the outlet's.
    """
    day = common_day(articles)
    return tuple(
        _date(item, day)
        if item.article.published_on is None and day is not None and fits(item, day)
        else item
        for item in articles
    )


def common_day(articles: Sequence[StoryArticle]) -> dt.date | None:
    """The day on which most of the story's dated articles appeared; the earliest among equals."""
    days = Counter(item.article.published_on for item in articles if item.article.published_on is not None)
    total = sum(days.values())
    if total < _LEAST:
        return None
    day, count = min(days.items(), key=lambda pair: (-pair[1], pair[0]))
    return day if count >= _SHARE * total else None


def fits(item: StoryArticle, day: dt.date) -> bool:
    """Whether nothing in an undated article speaks against a day: no later date, and the day's weekday (or the one
    before) among the weekdays that it names, where it names any."""
    weekdays: set[int] = set()
    for mention in item.facts.dates:
        is_day = mention.precision in (Precision.DAY, Precision.TIME) and not mention.is_relative
        if is_day and mention.first is not None and mention.first > day and not mention.is_planned:
            return False
        found = re.match(r"XXXX-WXX-(\d)", mention.value)
        if found:
            weekdays.add(int(found[1]))
    before = (day - dt.timedelta(days=1)).isoweekday()
    return not weekdays or day.isoweekday() in weekdays or before in weekdays


def _date(item: StoryArticle, day: dt.date) -> StoryArticle:
    article = dataclasses.replace(
        item.article, published_on=day, published=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    )
    document = make_document(
        article.id, article.text, published=day, title=article.title, outlet=article.outlet
    )
    return dataclasses.replace(item, article=article, facts=extract(document))

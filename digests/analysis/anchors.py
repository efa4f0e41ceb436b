"""A day for articles that do not say when they appeared, from the story around them.

Stance: every relative date of the article hangs on this day, so it is one on which another article of the story
appeared, and the article's own weekdays must fall into the story's days when they are read from it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from digests.extract import extract
from digests.extract.dates import find_dates
from digests.extract.tense import Tense, tense_at
from digests.text.document import Document, make_document
from digests.types import DateMention, Precision, StoryArticle

# Share of the dated articles that must have appeared on a day which the article's words do not name.
_SHARE = 0.5
# Days before the story's first article in which what it tells may have happened.
_BEFORE = dt.timedelta(days=3)
_WEEKDAY = re.compile(r"XXXX-WXX-(\d)")


def date_undated(articles: Sequence[StoryArticle]) -> tuple[StoryArticle, ...]:
    """The articles in the same order, each undated one with a day of the story and facts read again by it.

    An article stays undated where no day fits its words. `published_from` stays `None`: the day is ours, not the
    outlet's.
    """
    days = Counter(item.article.published_on for item in articles if item.article.published_on is not None)
    if not days:
        return tuple(articles)
    return tuple(_date(item, days) if item.article.published_on is None else item for item in articles)


def choose_day(item: StoryArticle, days: Counter[dt.date]) -> dt.date | None:
    """The day that fits an undated article: most articles' first, the earliest among equals.

    Args:
        item: The article, its facts read without a day.
        days: How many articles of the story appeared on each day; at least one.
    """
    named = {int(found[1]) for mention in item.facts.dates if (found := _WEEKDAY.match(mention.value))}
    first, total = min(days), sum(days.values())
    for day, count in sorted(days.items(), key=lambda pair: (-pair[1], pair[0])):
        if named and not named & {day.isoweekday(), (day - dt.timedelta(days=1)).isoweekday()}:
            continue
        if day.isoweekday() not in named and count < _SHARE * total:
            continue
        document = _document(item, day)
        if all(_fits(mention, document, first - _BEFORE) for mention in find_dates(document)):
            return day
    return None


def _fits(mention: DateMention, document: Document, start: dt.date) -> bool:
    """Whether a mention agrees with the document's day: no written day after it but a planned one, and no weekday
    before the story began."""
    day = document.published
    if mention.first is None or day is None or mention.precision not in (Precision.DAY, Precision.TIME):
        return True
    if mention.is_relative:
        is_weekday = mention.evidence.rule.startswith("dates.weekday")
        return not is_weekday or mention.is_planned or mention.first >= start
    told = mention.evidence
    return mention.first <= day or tense_at(document.folded, told.sentence, told.span) is Tense.FUTURE


def _document(item: StoryArticle, day: dt.date) -> Document:
    article = item.article
    return make_document(article.id, article.text, published=day, title=article.title, outlet=article.outlet)


def _date(item: StoryArticle, days: Counter[dt.date]) -> StoryArticle:
    day = choose_day(item, days)
    if day is None:
        return item
    published = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    article = dataclasses.replace(item.article, published_on=day, published=published)
    return dataclasses.replace(item, article=article, facts=extract(_document(item, day)))

"""A day for articles that do not say when they appeared, from the story around them.

Stance: every relative date of the article hangs on this day, so it is one on which another article of the story
appeared, or shortly after it, and the article's own words must fit: the last weekday that it tells of is that day or
the day before, and no weekday falls before the story began.
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
from digests.rules import load_rules
from digests.text.document import Document, fold, make_document
from digests.types import DateMention, Precision, StoryArticle

# Share of the dated articles of which more must have appeared on a day which the article's words do not name.
_SHARE = 0.8
# Days before the story's first article in which what it tells may have happened.
_BEFORE = dt.timedelta(days=3)
# Days after one of the story's days on which a straggler may have appeared.
_AFTER_DAYS = 2
# How often the last weekday that a text tells of is the day it appeared, and the day before: two thirds and a third of
# sixty such reports of Timeline17.
_SAME_DAY, _NEXT_DAY = 0.65, 0.35
# What a day counts on which no article appeared, in articles; and how much "yesterday" or "today" adds where it makes
# the day fit the story's main event.
_EMPTY_DAY, _CUE = 0.4, 4.0
# Days tried: each costs a reading of the article's dates.
_MOST_TRIED = 8
# Characters of a text that say how old its news is.
_OPENING = 700
# Days from a story's first day within which a dateline without a year is of that year.
_NEAR_DAYS = 60
# "Friday, March 14": written out but for its year.
_WRITTEN_DAY = re.compile(r"[A-Za-z]{3,9}\.? \d{1,2}\b|\b\d{1,2} [A-Z][a-z]{2,8}")
_MONTH_DAY = re.compile(r"-(\d\d)-(\d\d)$")
_WEEKDAY_FIRST = re.compile(r"[A-Z][a-z]{2,8},? [A-Z0-9]")
# The place of a dateline and what stands behind its day.
_PLACE_BEFORE = re.compile(r"[A-Z][A-Z .,'/()-]{2,60}?(?:, [A-Z][A-Za-z. ]{2,30})?[,(] ?")
_DASH_BEHIND = re.compile(r"[.)]{0,2}(?: ?\([^()\n]{2,30}\))? ?(?:-|–|—)")
_WEEKDAY = re.compile(r"XXXX-WXX-(\d)")


def date_undated(articles: Sequence[StoryArticle]) -> tuple[StoryArticle, ...]:
    """The articles in the same order, each undated one with a day of the story and facts read again by it.

    An article stays undated where no day fits its words. `published_from` stays `None`: the day is ours, not the
    outlet's.
    """
    days = Counter(item.article.published_on for item in articles if item.article.published_on is not None)
    if not days or days.total() == len(articles):
        return tuple(articles)
    event = _main_day(articles)
    return tuple(_date(item, days, event) if item.article.published_on is None else item for item in articles)


def _main_day(articles: Sequence[StoryArticle]) -> dt.date | None:
    """The day of which most dated articles tell; the earliest among equals."""
    told: Counter[dt.date] = Counter()
    for item in articles:
        published = item.article.published_on
        if published is None:
            continue
        named = {
            m.first
            for m in item.facts.dates
            if m.first is not None and m.first == m.last and not m.is_planned
        }
        told.update(day for day in named if day <= published)
    return min(told, key=lambda day: (-told[day], day), default=None)


def choose_day(item: StoryArticle, days: Counter[dt.date], event: dt.date | None = None) -> dt.date | None:
    """The day that fits an undated article best: by its last weekday, by "today" and "yesterday" of the story's main
    event, and by how many articles appeared then; the earliest among equals.

    Args:
        item: The article, its facts read without a day.
        days: How many articles of the story appeared on each day; at least one.
        event: The day of the story's main event, where it is known.
    """
    named, first = _weekdays(item), min(days)
    stated = _dateline_day(item, first) or (_follow_up_day(item, event) if event else None)
    if stated is not None:
        return stated
    rated = _rate(item, days, event, named)
    whole = sum(score for score, _ in rated)
    ages = _ages(item)
    for score, day in sorted(rated, key=lambda pair: (-pair[0], pair[1]))[:_MOST_TRIED]:
        if not named and score <= _SHARE * whole and not (event and (day - event).days in ages):
            return None
        document = _document(item, day)
        if all(_fits(mention, document, first - _BEFORE) for mention in find_dates(document)):
            return day
    return None


def _dateline_day(item: StoryArticle, first: dt.date) -> dt.date | None:
    """The day of a dateline without a year ("BRUME, MAR 11 -") or of a heading ("What we know on Friday, March 14:"),
    in the year that is near the story's first day."""
    text = item.article.text
    for mention in item.facts.dates:
        told = mention.evidence
        found = _MONTH_DAY.search(mention.value)
        if told.span.start > _OPENING:
            break
        line = text[text.rfind("\n", 0, told.span.start) + 1 : told.span.start]
        is_dateline = _PLACE_BEFORE.fullmatch(line) and _DASH_BEHIND.match(text, told.span.end)
        is_heading = _WEEKDAY_FIRST.match(mention.words) and text[told.span.end : told.span.end + 1] in ":\n"
        if found is None or not (is_dateline or is_heading):
            continue
        for year in (first.year, first.year + 1, first.year - 1):
            try:
                day = dt.date(year, int(found[1]), int(found[2]))
            except ValueError:
                continue
            if abs((day - first).days) <= _NEAR_DAYS:
                return day
    return None


def _follow_up_day(item: StoryArticle, event: dt.date) -> dt.date | None:
    """The day of a report that puts the main event on "last Friday": the first of the weekdays that it tells of, in the
    week behind that."""
    number, told, is_last = event.isoweekday(), None, False
    for mention in item.facts.dates:
        found = _WEEKDAY.match(mention.value)
        if found is None:
            continue
        is_last = is_last or (mention.words.lower().startswith("last ") and int(found[1]) == number)
        told = told or (int(found[1]) if int(found[1]) != number else None)
    if not is_last or told is None:
        return None
    return event + dt.timedelta(days=(told - number) % 7)


def _rate(
    item: StoryArticle, days: Counter[dt.date], event: dt.date | None, named: set[int]
) -> list[tuple[float, dt.date]]:
    """The days that the weekdays allow, each with how likely it is (no probability: only its order matters)."""
    ages = _ages(item)
    after = range(_AFTER_DAYS + 1 if named else 1)
    rated: list[tuple[float, dt.date]] = []
    for day in sorted({day + dt.timedelta(days=n) for day in days for n in after}):
        gap = min(((day.isoweekday() - number) % 7 for number in named), default=0)
        if gap > 1 or (gap and not days[day]):
            continue
        score = (_SAME_DAY if gap == 0 else _NEXT_DAY) * (days[day] or _EMPTY_DAY)
        rated.append((score * (_CUE if event and (day - event).days in ages else 1.0), day))
    return rated


def _weekdays(item: StoryArticle) -> set[int]:
    """The weekdays of which an article does not tell as ahead (1 is Monday)."""
    folded = fold(item.article.text)
    told: set[int] = set()
    for mention in item.facts.dates:
        if found := _WEEKDAY.match(mention.value):
            tense = tense_at(folded, mention.evidence.sentence, mention.evidence.span)
            if tense is not Tense.FUTURE:
                told.add(int(found[1]))
    return told


def _ages(item: StoryArticle) -> set[int]:
    """How many days old an article's opening says that its news is ("yesterday", "a day after": 1)."""
    opening = fold(item.article.text[:_OPENING])
    return {
        int(rule.yields["age"])
        for rule in load_rules("timeline").rules
        if rule.yields["role"] == "age" and rule.pattern.search(opening)
    }


def _fits(mention: DateMention, document: Document, start: dt.date) -> bool:
    """Whether a mention agrees with the document's day: no written day after it but a planned one, and no weekday
    before the story began."""
    day = document.published
    if mention.first is None or day is None or mention.precision not in (Precision.DAY, Precision.TIME):
        return True
    if mention.is_relative and not _WRITTEN_DAY.search(mention.words):
        is_weekday = mention.evidence.rule.startswith("dates.weekday")
        return not is_weekday or mention.is_planned or mention.first >= start
    told = mention.evidence
    return mention.first <= day or tense_at(document.folded, told.sentence, told.span) is Tense.FUTURE


def _document(item: StoryArticle, day: dt.date) -> Document:
    article = item.article
    return make_document(article.id, article.text, published=day, title=article.title, outlet=article.outlet)


def _date(item: StoryArticle, days: Counter[dt.date], event: dt.date | None) -> StoryArticle:
    day = choose_day(item, days, event)
    if day is None:
        return item
    published = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    article = dataclasses.replace(item.article, published_on=day, published=published)
    return dataclasses.replace(item, article=article, facts=extract(_document(item, day)))

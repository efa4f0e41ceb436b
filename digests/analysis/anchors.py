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
from typing import NamedTuple

from digests.analysis.days.echoes import Echoes
from digests.analysis.days.signs import (
    OPENING,
    WEEKDAY,
    Signs,
    is_written,
    largest_toll,
    rate,
    read_signs,
    told_days,
)
from digests.extract import extract
from digests.extract.times.tense import Tense, tense_at
from digests.extract.times.values import make_day
from digests.rules import load_rules
from digests.text.document import Document, fold, make_document
from digests.types import Measure, StoryArticle

# Share of the days' scores that a day needs which the article's weekdays name, and one that no word of it names.
_NAMED_SHARE, _SHARE = 0.55, 0.8
# Days before the first of the story's days on which an article may have appeared, down to the main event, and days for
# which what happened is news.
_BEFORE, _NEWS = dt.timedelta(days=7), dt.timedelta(days=14)
# Days before the first dated page on which one may have appeared that counts fewer dead.
_EARLIER = dt.timedelta(days=3)
# Days before the event on which a page may have said that it would be.
_AHEAD = dt.timedelta(days=6)
# What an undated article adds to a day by telling of its weekday, in dated ones.
_UNDATED = 0.5
# Days after the last of the story's days on which a straggler may have appeared, and where a weekday heads it.
_AFTER_DAYS, _HEADED_DAYS = 2, 6
# Days from a story's first day within which a dateline without a year is of that year.
_NEAR_DAYS = 60
# Years after the last one that a story names within which "Wednesday, 2 April" is sought: most dates come back to
# their weekday after five, six or eleven.
_YEARS = 5
# How much better a day of the week after the story's fits that puts an article's own day in doubt.
_WEEK_AFTER = 4.0
# The same where the article shows that it is later than the story's other pages.
_BEHIND = 2.0
# What makes an incident a story's event: harm to people.
_HARM = frozenset({Measure.KILLED, Measure.INJURED, Measure.MISSING, Measure.ABDUCTED})
# Undated articles of a story up to which they are dated one after the other.
_MOST_ROUNDS = 12
_MONTH_DAY = re.compile(r"-(\d\d)-(\d\d)(?:$|T)")
# The place of a dateline, in capitals or not, and what stands behind its day.
_PLACE_BEFORE = re.compile(r"\(?[A-Z][A-Za-z .,'/()-]{2,60}?[,(] ?|[A-Z][A-Z .'/-]{2,60} ")
# A word that no place has: "Ann Bell at home, July 24" stands below a picture.
_LOWER = re.compile(r"\b(?!of\b|the\b|de\b|la\b|on\b|and\b|al-)[a-z]{2,}")
_DASH_BEHIND = re.compile(r"[.)]{0,2}(?: ?\([^()\n]{2,30}\))? ?(?:-|–|—)")
# The rest of a line that holds a place and a day alone, or a day and its hour.
_LINE_BEHIND = re.compile(r"(?:,? \d{1,2}[:.h]\d\d(?: ?[A-Za-z.]{2,5})?)?[.)]?(?:\n|$)")


def date_undated(articles: Sequence[StoryArticle]) -> tuple[StoryArticle, ...]:
    """The articles in the same order, each undated one with a day of the story and facts read again by it.

    An article stays undated where no day fits its words. `published_from` stays `None`: the day is ours, not the
    outlet's.
    """
    known = Counter(item.article.published_on for item in articles if item.article.published_on is not None)
    if not articles or known.total() == len(articles):
        return tuple(articles)
    if known:
        # Days that pages state without a year help to date the others.
        articles = [_stated(item, min(known)) for item in articles]
    days = Counter(item.article.published_on for item in articles if item.article.published_on is not None)
    event = _main_day(articles) if days else _written_day(articles)
    if event is None and not days:
        return tuple(articles)
    return tuple(_date_all(list(articles), days, event))


def _date_all(items: list[StoryArticle], days: Counter[dt.date], event: dt.date | None) -> list[StoryArticle]:
    """Every undated article with its day, the surest first: what is known of one helps to date the next."""
    undated = [i for i, item in enumerate(items) if item.article.published_on is None]
    echoes = Echoes(item for item in items if item.article.published_on is not None)
    tolls = [
        (item.article.published_on, toll)
        for item in items
        if item.article.published_on is not None and (toll := largest_toll(item)) is not None
    ]
    one_by_one = len(undated) <= _MOST_ROUNDS
    signs = {i: read_signs(items[i]) for i in undated}
    until = max([*days, *([event] if event is not None else [])])
    # An affair without an event goes on for weeks, and one page that is dated wrongly would lead the others on.
    of_event = event is not None and (not days or event in map(_harm_day, items))
    while undated:
        chosen = {
            i: choose_day(items[i], days, event, tolls, echoes, signs[i], until, of_event=of_event)
            for i in undated
        }
        found = [i for i in undated if chosen[i].day is not None]
        if not found:
            break
        if one_by_one:
            found = [max(found, key=lambda i: (chosen[i].share, -i))]
        for i in found:
            day = chosen[i].day
            if day is not None:
                items[i] = _on_day(items[i], day)
                echoes.add(items[i])
                until = max(until, day) if of_event and day - until <= _NEWS else until
        if not one_by_one:
            break
        undated = [i for i in undated if i not in found]
    return items


def _stated(item: StoryArticle, first: dt.date) -> StoryArticle:
    """An article with the day that its dateline or heading gives without a year; else as it is."""
    day = _dateline_day(item, first) if item.article.published_on is None else None
    return item if day is None else _on_day(item, day)


def _main_day(articles: Sequence[StoryArticle]) -> dt.date | None:
    """The day of which most dated articles tell, and undated ones by its weekday; among equals the one of the incidents
    with victims, that most tell of first, that most openings tell of, then the earliest."""
    told: Counter[dt.date] = Counter()
    harmed: Counter[dt.date] = Counter()
    opened: Counter[dt.date] = Counter()
    led: Counter[dt.date] = Counter()
    weekdays: Counter[int] = Counter()
    for item in articles:
        published = item.article.published_on
        if published is None:
            weekdays.update(read_signs(item).told)
            continue
        named: dict[dt.date, bool] = {}
        for m in item.facts.dates:
            if m.first is not None and m.first == m.last and not m.is_planned and m.first <= published:
                named.setdefault(m.first, m.evidence.span.start < OPENING)
        harm = _harm_day(item)
        if harm is not None and harm <= published:
            # "A day after five were killed" names no day.
            named.setdefault(harm, True)
            harmed[harm] += 1
        recent = {day: is_opening for day, is_opening in named.items() if published - day <= _NEWS}
        told.update(recent or named)
        led.update([*(recent or named)][:1])
        opened.update(day for day, is_opening in (recent or named).items() if is_opening)
    return min(
        told,
        key=lambda day: (
            -told[day] - _UNDATED * weekdays[day.isoweekday()],
            -harmed[day],
            -led[day],
            -opened[day],
            day,
        ),
        default=None,
    )


def _harm_day(item: StoryArticle) -> dt.date | None:
    """The day of the incident whose victims an article counts first."""
    for figure in item.facts.figures:
        incident = figure.incident
        if figure.measure in _HARM and incident is not None and not incident.is_background:
            return incident.last or incident.first
    return None


def _written_day(articles: Sequence[StoryArticle]) -> dt.date | None:
    """The day of the news where no article says when it appeared: the last day that an opening writes out in full, or
    with its weekday and no year, where some article tells of that weekday alone ("on Wednesday").

    The year of "Wednesday, 2 April" is the first one from the last that the story names in which it is a Wednesday.
    """
    told = {number for item in articles for number in read_signs(item).told}
    years = [
        mention.first.year
        for item in articles
        for mention in item.facts.dates
        if mention.first is not None and not mention.is_planned
    ]
    found: set[dt.date] = set()
    for item in articles:
        for mention in item.facts.dates:
            if mention.is_planned:
                continue
            is_opening = mention.evidence.span.start < OPENING
            day = mention.first if is_opening and is_written(mention) else None
            if found_day := _MONTH_DAY.search(mention.value) if mention.first is None else None:
                day = _year_of(int(found_day[1]), int(found_day[2]), mention.words, max(years, default=None))
            if day is not None and day.isoweekday() in told:
                found.add(day)
    day = max(found, default=None)
    return day if day is not None and day.year >= max(years, default=day.year) else None


def _year_of(month: int, day: int, words: str, year: int | None) -> dt.date | None:
    """A day with its weekday in the years from one on; `None` without a weekday or a year to count from."""
    number = load_rules("dates").meaning["weekday"].get(words[:3].lower())
    for later in range(_YEARS + 1 if year is not None and number else 0):
        try:
            found = dt.date((year or 0) + later, month, day)
        except ValueError:
            continue
        if found.isoweekday() == number:
            return found
    return None


class Choice(NamedTuple):
    """The day of an undated article, and how sure it is, 0 to 1."""

    day: dt.date | None
    share: float


def choose_day(
    item: StoryArticle,
    days: Counter[dt.date],
    event: dt.date | None = None,
    tolls: Sequence[tuple[dt.date, int]] = (),
    echoes: Echoes | None = None,
    signs: Signs | None = None,
    until: dt.date | None = None,
    *,
    of_event: bool = True,
) -> Choice:
    """The day that fits an undated article best: by its weekdays, by "today" and "yesterday" of the story's main event,
    by how many articles appeared then and by their counts of the dead; the earliest among equals.

    Args:
        item: The article, its facts read without a day.
        days: How many articles of the story appeared on each day; none where `event` is known.
        event: The day of the story's main event, where it is known.
        tolls: The counts of the dead of the dated articles, with their days.
        echoes: What the dated articles tell of their days.
        signs: Those of the article, where they were read before.
        until: The last day that the story is known to reach.
        of_event: Whether the story is of one event. An affair goes on for weeks: there a page whose words name no
            day may be of any.
    """
    known = list(days) or ([event] if event is not None else [])
    first = min(known)
    if event is not None and event < first:
        first = max(event, first - _BEFORE)
    stated = _dateline_day(item, first) or (_follow_up_day(item, event) if event else None)
    if stated is not None:
        return Choice(stated, 1.0)
    signs = signs or read_signs(item)
    if signs.years and event is not None:
        # Who looks back on the event after a year is not of its days; with weekdays, the day itself is open.
        again = make_day(event.year + signs.years, event.month, event.day)
        return Choice(None if signs.told else again, 1.0)
    echo = echoes.of(item) if echoes is not None else None
    after = _HEADED_DAYS if signs.headed else _AFTER_DAYS if signs.told else 0
    # A weekday of its opening is of its news; one farther down may be of anything, and says nothing of so late a day.
    reach = (max(until if until and signs.lead else first, *known) - first).days + after
    if event is not None and signs.told:
        # "Five days after the fire" may be later than all that the story holds.
        reach = max(reach, (event - first).days + max(signs.ages, default=0))
        if signs.is_week_old:
            # To the Sunday of the week after the event's.
            reach = max(reach, (event - first).days + 13 - event.weekday())

    counted = [count for _, count in tolls]
    began = event
    if signs.lead and 1 < (signs.toll or 0) < min(counted, default=0) and (event is None or event in known):
        # It counts fewer than every dated page: it came before them, and what they go on from before their news.
        first, reach, began = first - _EARLIER, reach + _EARLIER.days, None

    if event is not None and event in known and event.isoweekday() in signs.to_come - signs.told:
        # What is told of the event is ahead.
        first, reach, began = first - _AHEAD, reach + _AHEAD.days, None

    early: list[dt.date] = []
    if not of_event and echoes is not None and signs.lead:
        # An affair may have begun weeks before: what another page tells of that day brings it back.
        told = echoes.days_told(item, first)
        early = sorted({day + dt.timedelta(days=n) for day in told for n in (0, 1)} - {first})
        early = [day for day in early if day < first]

    def rated_to(reach: int) -> list[tuple[float, dt.date]]:
        return [
            (rate(day, signs, days=days, event=began, tolls=tolls) * (echo(day) if echo else 1.0), day)
            for day in (first + dt.timedelta(days=n) for n in range(reach + 1))
            if signs.told or signs.headed or days[day] or not days
        ] + [
            (rate(day, signs, days=days, event=None, tolls=tolls) * (echo(day) if echo else 1.0), day)
            for day in early
        ]

    rated = rated_to(reach)
    looks_back = event is not None and (event.month, event.day) in signs.written
    is_behind = bool(signs.lead) and (looks_back or 0 < max(counted, default=0) <= (signs.toll or 0))
    score, day = min(rated, key=lambda pair: (-pair[0], pair[1]), default=(0.0, first))
    is_early = began is not None and score > 0 and min(told_days(day, signs), default=began) < began
    if is_early or is_behind:
        # What it tells of came before the event on every day so near, or it writes out the event's day or counts no
        # fewer dead: it may be of the week after.
        later = rated_to(reach + _HEADED_DAYS)
        best, other = min(later, key=lambda pair: (-pair[0], pair[1]))
        if (is_early and echo is not None and echo(other) > max(1.0, echo(day))) or (
            is_behind and best > _BEHIND * score
        ):
            rated = later
        elif is_early and best > _WEEK_AFTER * score:
            return Choice(None, 0.0)
    whole = sum(score for score, _ in rated)
    score, day = min(rated, key=lambda pair: (-pair[0], pair[1]), default=(0.0, first))
    # Days by which the weekdays mean the same are as good as one.
    alike = told_days(day, signs)
    share = sum(s for s, other in rated if told_days(other, signs) == alike) if alike else score
    is_named = signs.headed or signs.told or (event and (day - event).days in signs.ages)
    if not (is_named or of_event):
        return Choice(None, 0.0)
    if share <= (_NAMED_SHARE if is_named else _SHARE) * whole or _is_later(item, day):
        return Choice(None, 0.0)
    return Choice(day, share / whole)


def _dateline_day(item: StoryArticle, first: dt.date) -> dt.date | None:
    """The day of a dateline without a year ("BRUME, MAR 11 -") or of a heading ("What we know on Friday, March 14:"),
    in the year that is near the story's first day."""
    text = item.article.text
    for mention in item.facts.dates:
        told = mention.evidence
        found = _MONTH_DAY.search(mention.value)
        if told.span.start > OPENING:
            break
        start = text.rfind("\n", 0, told.span.start) + 1
        before = _PLACE_BEFORE.fullmatch(text, start, told.span.start)
        is_dateline = before and _DASH_BEHIND.match(text, told.span.end)
        is_place = before and not _LOWER.search(before.group())
        is_line = (is_place or start == told.span.start) and _LINE_BEHIND.match(text, told.span.end)
        is_heading = _names_weekday(mention.words) and text[told.span.end : told.span.end + 1] in ":\n"
        if found is None or not (is_dateline or is_line or is_heading):
            continue
        for year in (first.year, first.year + 1, first.year - 1):
            try:
                day = dt.date(year, int(found[1]), int(found[2]))
            except ValueError:
                continue
            if abs((day - first).days) <= _NEAR_DAYS:
                return day
    return None


def _names_weekday(words: str) -> bool:
    """Whether a date begins with its weekday ("Friday, March 14")."""
    return words[:3].lower() in load_rules("dates").meaning["weekday"] and " " in words


def _follow_up_day(item: StoryArticle, event: dt.date) -> dt.date | None:
    """The day of a report that puts the main event on "last Friday": the last of the weekdays that its opening tells
    of, in the week behind that."""
    number, later, is_last = event.isoweekday(), 0, False
    for mention in item.facts.dates:
        found = WEEKDAY.match(mention.value)
        if found is None:
            continue
        is_last = is_last or (mention.words.lower().startswith("last ") and int(found[1]) == number)
        if mention.evidence.span.start < OPENING or not later:
            later = max(later, (int(found[1]) - number) % 7)
    return event + dt.timedelta(days=later) if is_last and later else None


def _is_later(item: StoryArticle, day: dt.date) -> bool:
    """Whether an article writes out a day after that one which is not ahead."""
    folded = fold(item.article.text)
    return any(
        mention.first is not None
        and mention.first > day
        and is_written(mention)
        and tense_at(folded, mention.evidence.sentence, mention.evidence.span) is not Tense.FUTURE
        for mention in item.facts.dates
    )


def _document(item: StoryArticle, day: dt.date) -> Document:
    article = item.article
    return make_document(article.id, article.text, published=day, title=article.title, outlet=article.outlet)


def _on_day(item: StoryArticle, day: dt.date) -> StoryArticle:
    """An article on a day that is ours, with its facts read again by it."""
    published = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    article = dataclasses.replace(item.article, published_on=day, published=published)
    return dataclasses.replace(item, article=article, facts=extract(_document(item, day)))

"""The day on which a page says that it was published.

Stance: no day rather than a wrong one, because every "Thursday" of the text is counted from it; a date that can be read
in two ways is taken only where something on the page decides.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests.extract.dates import find_dates
from digests.extract.pages.outlets import is_month_first, own_lines
from digests.extract.pages.stamps import find_posts, find_stamp
from digests.extract.times.tense import Tense, tense_at
from digests.extract.times.values import is_evening, make_day, move
from digests.rules import load_rules
from digests.text.document import fold, make_document
from digests.text.furniture import tidy_dates
from digests.text.page import LineKind, PageLine
from digests.types import Precision

# Characters at a text's start in which a dateline may name the day.
_DATELINE = 120
# The rule for a day that stands alone in its line.
_DAY_ALONE = "furniture.dated.alone"
# Lines, the headline among them, in which a text says when its news happened.
_OPENING = 4
# Days after the day of a picture that an article may still be published.
_PICTURE_DAYS = 1
# Days between a page's dates that speak for one reading, and from its news to its publication.
_CLOSE_DAYS, _NEWS_DAYS = 14, 1
# Days after which a page that was brought up to date is no longer the same report.
_UPDATE_DAYS = 3


@dataclass(frozen=True, slots=True)
class _Dated:
    """A full date in a line, with both readings where the order of day and month is open: day first, then month first.

    `is_morning` where the line gives an hour before noon.
    """

    day: dt.date | None
    other: dt.date | None = None
    is_morning: bool = False


def find_published(lines: Sequence[PageLine], *, outlet: str | None = None) -> dt.date | None:
    """The day of publication that a page's own dates give: its date line, a stamp in its text, its dateline, else its
    newest picture.

    A picture's day holds only when the text names no later day and, where the text names weekdays, one of them is the
    picture's or the day after it.
    """
    body = [line.text for line in lines if line.kind in (LineKind.TITLE, LineKind.BODY)]
    body_days = _full_days("\n\n".join(text for text in body if _HAS_YEAR.search(text)))
    stated = [dated for line in _own_date_lines(lines) for dated in _line_dates(line)]
    hints = body_days + [d for line in lines if line.kind is LineKind.CAPTION for d in _full_days(line.text)]
    for dated in stated:
        day = _settle(dated, stated, hints, body, outlet)
        if day is not None:
            return _updated(day, stated, body)
    dateline = find_stamp(body) or _dateline_day(body, hints, outlet)
    if dateline is not None:
        return dateline
    return _picture_day(lines, body, body_days) or _lead_day(body, body_days) or _credited_day(lines, body)


def _own_date_lines(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines that date the page; a masthead's day ("Today's paper | 4 May 2021") after those of the article."""
    own = list(own_lines(lines, (LineKind.DATED, LineKind.BYLINE)))
    title = next((line for line in lines if line.kind is LineKind.TITLE), None)
    above = list(itertools.takewhile(lambda line: line is not title, lines)) if title and len(own) > 1 else []
    mastheads = [line for line in own if line.rule == _DAY_ALONE and any(line is one for one in above)]
    return [line for line in own if not any(line is one for one in mastheads)] + mastheads


def _updated(day: dt.date, stated: Sequence[_Dated], body: Sequence[str]) -> dt.date:
    """The day to which a page was brought up ("Last updated"), where its text tells of that weekday as past.

    A page of a Saturday that says "on Sunday" was written on.
    """
    later = [d.day for d in stated if d.other is None and d.day and 0 < (d.day - day).days <= _UPDATE_DAYS]
    if not later:
        return day
    told = {number for number, _ in _told_weekdays(body)}
    return max(later) if max(later).isoweekday() in told else day


# A cheap test before a text is read for dates.
_HAS_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d\d [A-Z]{3} \d\d\b")


def _full_days(text: str) -> list[dt.date]:
    """The days that a text writes out in full, in order."""
    if not _HAS_YEAR.search(text):
        return []
    return [
        mention.first
        for mention in find_dates(make_document("", text))
        if mention.first is not None and mention.names_day
    ]


# A word that may be a weekday.
_WORD = re.compile(r"[A-Za-z]{3,9}")
# A date in numbers; dots always put the day first.
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d/])")
_MORNING = re.compile(r"\b(?:0?\d|1[01])[:.]\d\d(?!\d| ?p\.?m|[./-]\d)", re.IGNORECASE)
# Years of two digits below this are of this century.
_CENTURY_TURN = 70


def _line_dates(line: PageLine) -> list[_Dated]:
    """The dates of a "Published:" line."""
    text = tidy_dates(fold(line.text))
    numeric = _NUMERIC.search(text)
    if numeric is None:
        return [_Dated(day) for day in _full_days(text)[:1]]
    a, mark, b, year = int(numeric[1]), numeric[2], int(numeric[3]), int(numeric[4])
    year += 0 if year > 99 else 2000 if year < _CENTURY_TURN else 1900
    readings = [make_day(year, b, a)] if mark == "." else [make_day(year, b, a), make_day(year, a, b)]
    days = list(dict.fromkeys(day for day in readings if day is not None))
    if not days:
        return []
    if len(days) > 1:
        # "Tuesday 09/06/2026" says which, and so does a zone that goes with one way of writing.
        weekday = next((n for word in _WORD.findall(text) if (n := _weekday_of(word))), None)
        named = [day for day in days if day.isoweekday() == weekday]
        if len(named) == 1:
            return [_Dated(named[0])]
        zones = set(re.findall(r"\b[A-Z]{2,5}\b", text))
        words = load_rules("outlets").words
        month, day = bool(zones & set(words["month_first_zone"])), bool(zones & set(words["day_first_zone"]))
        if month != day:
            return [_Dated(days[1] if month else days[0])]
    return [_Dated(days[0], days[1] if len(days) > 1 else None, bool(_MORNING.search(text)))]


def _settle(
    dated: _Dated, stated: Sequence[_Dated], hints: Sequence[dt.date], body: Sequence[str], outlet: str | None
) -> dt.date | None:
    """One day of a date with two readings: the page's other dates decide, then the weekdays that its text names as its
    news, then the way in which its outlet writes; else none is taken."""
    if dated.other is None or dated.day is None:
        return dated.day
    sure = [other.day for other in stated if other.other is None and other.day is not None]
    near = [*sure, *hints]
    readings = (dated.day, dated.other)
    close = [any(abs((day - hint).days) <= _CLOSE_DAYS for hint in near) for day in readings]
    if close[0] != close[1]:
        return readings[close.index(True)]
    month_first = is_month_first(outlet)
    named = _told_weekdays(body)
    for weekdays in (named[:1], named):
        gaps = [_gap(day, weekdays, is_morning=dated.is_morning) for day in readings]
        if (gaps[0] <= _NEWS_DAYS) != (gaps[1] <= _NEWS_DAYS):
            return readings[gaps[1] <= _NEWS_DAYS]
        if weekdays and gaps == [0, 1] and not month_first:
            # Both would do; news is told on its day, and most of the world writes the day first.
            return dated.day
    return None if month_first is None else readings[month_first]


def _gap(day: dt.date, weekdays: Sequence[tuple[int, bool]], *, is_morning: bool) -> int:
    """Days from the nearest of the weekdays to a day; no evening is told in the morning before it."""
    gaps = [(day.isoweekday() - number) % 7 for number, is_late in weekdays]
    return min(
        (
            7 if gap == 0 and is_morning and late else gap
            for gap, (_, late) in zip(gaps, weekdays, strict=True)
        ),
        default=7,
    )


def _told_weekdays(body: Sequence[str]) -> list[tuple[int, bool]]:
    """The weekdays that a text tells of as past, in order (1 is Monday), and whether it speaks of their evening."""
    document = make_document("", "\n\n".join(body))
    late = frozenset(load_rules("date_context").words["late"])
    named: list[tuple[int, bool]] = []
    for mention in find_dates(document):
        found = re.match(r"XXXX-WXX-(\d)", mention.value)
        told = mention.evidence
        if found and tense_at(document.folded, told.sentence, told.span) is not Tense.FUTURE:
            around = document.folded[max(0, told.span.start - 8) : told.span.end]
            named.append((int(found[1]), not late.isdisjoint(re.findall(r"[a-z]+", around.lower()))))
    return named


# The place of a dateline, in front of its day; and what stands behind the day of one whose place is no capitals.
_DATELINE_PLACE = re.compile(r"\(?[A-Z][\w .,'/()-]{2,60}?[,(] ?(?=\d|[A-Z][a-z]{2,8}\.? \d)")
_CAPITAL_PLACE = re.compile(r"[A-Z][A-Z ,.'()/-]{2,60}?[,(]? ?(?=\d|[A-Z]{3})")
_DATELINE_END = re.compile(r"\)?\s?(?:\([^()\n]{2,40}\)\s?)?(?:(?:[-–—]{1,2}|:)\s|[–—](?=[A-Z\"]))")


def _dateline_day(body: Sequence[str], hints: Sequence[dt.date], outlet: str | None) -> dt.date | None:
    """The full date of a dateline: "PORT, March 3, 2021 (Reuters) -", "BOGOTA, 12 JAN 90", "(Alma, 3 May 2021) -"."""
    for text in body[:3]:
        if _CAPITAL_PLACE.match(text):
            head = re.split(r"\s[-–—]{1,2}\s|\(Reuters\)|\(AP\)|\(AFP\)|--", text[:_DATELINE])[0]
            days = _full_days(head)
            if days and len(head) < _DATELINE:
                return days[0]
        if place := _DATELINE_PLACE.match(text):
            day = _day_at(text[: _DATELINE + place.end()], place.end(), hints, body, outlet)
            if day is not None:
                return day
    return None


def _day_at(
    text: str, start: int, hints: Sequence[dt.date], body: Sequence[str], outlet: str | None
) -> dt.date | None:
    """The full date that begins at an offset, where a dateline ends right behind it."""
    if numeric := _NUMERIC.match(text, start):
        if not _DATELINE_END.match(text, numeric.end()):
            return None
        dated = _line_dates(PageLine(numeric.group(), LineKind.DATED))
        return _settle(dated[0], dated, hints, body, outlet) if dated else None
    if not _HAS_YEAR.search(text):
        return None
    return next(
        (
            mention.first
            for mention in find_dates(make_document("", text))
            if mention.first is not None
            and mention.precision is Precision.DAY
            and mention.evidence.span.start == start
            and _DATELINE_END.match(text, mention.evidence.span.end)
        ),
        None,
    )


def _picture_day(
    lines: Sequence[PageLine], body: Sequence[str], body_days: Sequence[dt.date]
) -> dt.date | None:
    days = [day for line in lines if line.kind is LineKind.CAPTION for day in _full_days(line.text)]
    posts = find_posts([line.text for line in lines])
    days += posts
    if not days:
        return None
    day = max(days)
    if any(other > day for other in body_days if other not in posts):
        return None
    weekdays = _weekdays(body)
    if not weekdays:
        return day
    for offset in range(_PICTURE_DAYS + 1):
        moved = move(day, offset)
        if moved is not None and moved.isoweekday() in weekdays:
            return moved
    # A post is told of on its day, of an evening or the day before.
    before = move(day, -1) if day in posts else None
    return day if before is not None and before.isoweekday() in weekdays else None


def _lead_day(body: Sequence[str], body_days: Sequence[dt.date]) -> dt.date | None:
    """The day that a text's opening writes out with weekday and year ("on Saturday, Aug. 3, 2019"), where it is the
    latest of the text; a weekday named alone just after it moves the publication on ("police said Sunday"), and so
    does its evening ("at 9:05 p.m. on Saturday, Aug. 3, 2019")."""
    opening = "\n\n".join(text for text in body[:_OPENING] if _HAS_YEAR.search(text))
    for mention in find_dates(make_document("", opening)) if opening else ():
        number = next((n for word in _WORD.findall(mention.words) if (n := _weekday_of(word))), None)
        if mention.first is None or number != mention.first.isoweekday() or mention.is_relative:
            continue
        if mention.first != max(body_days, default=mention.first):
            continue
        named = _weekdays(body)
        later = [moved for n in (2, 1) if (moved := move(mention.first, n)) and moved.isoweekday() in named]
        evening = move(mention.first, 1) if is_evening(mention.value) else None
        return later[0] if later else evening or mention.first
    return None


# The year of a page's rights ("Copyright 2021 North Press", "© 2021").
_RIGHTS_YEAR = re.compile(
    r"(?:©|\([cC]\)|\b[Cc]opyright|\bCOPYRIGHT)[^\n\d]{0,40}?((?:19|20)\d\d)\b(?! ?[-–])"
)


def _credited_day(lines: Sequence[PageLine], body: Sequence[str]) -> dt.date | None:
    """The day of a dateline without a year, in the year of the page's rights, where the first weekday that is told is
    that day's or the one before's: the year of the rights may be that in which the page was fetched."""
    years = {int(found[1]) for line in lines if (found := _RIGHTS_YEAR.search(line.text))}
    if len(years) != 1:
        return None
    weekdays = _told_weekdays(body)[:1]
    for text in body[:3]:
        document = make_document("", text[:_DATELINE])
        for mention in find_dates(document):
            span, found = mention.evidence.span, re.fullmatch(r"XXXX-(\d\d)-(\d\d)", mention.value)
            before = document.folded[: span.start]
            is_place = re.fullmatch(r"\(?[A-Z][A-Za-z .,'/()-]{2,60}?,? ", before)
            if found and is_place and _DATELINE_END.match(document.folded, span.end):
                day = make_day(min(years), int(found[1]), int(found[2]))
                return day if day and _gap(day, weekdays, is_morning=False) <= _NEWS_DAYS else None
    return None


def _weekday_of(words: str) -> int | None:
    """The number of the weekday that a date begins with (1 is Monday)."""
    return load_rules("dates").meaning["weekday"].get(words[:3].lower())


def _weekdays(body: Sequence[str]) -> set[int]:
    """The weekdays that a text names without a date (1 is Monday)."""
    document = make_document("", "\n\n".join(body))
    named = (re.match(r"XXXX-WXX-(\d)", mention.value) for mention in find_dates(document))
    return {int(found[1]) for found in named if found}

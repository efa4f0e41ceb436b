"""Readers of days and hours: calendar dates, weekdays, today and its neighbours, parts of days, clocks, holidays."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from digests.extract.times.tense import Tense
from digests.extract.times.values import holiday_day, make_day, move, shift_month, week_value
from digests.extract.times.words import (
    Groups,
    Moment,
    Reader,
    Reading,
    as_date,
    clock_code,
    meaning,
    month_number,
    part_code,
    step_of,
    weekday_number,
    word_list,
    year_of,
)

# Years around the publication in which two digits name one.
_NEAR_YEARS = 20
# A day against the tense counts as so many times as far: "payable Dec. 15" in a sentence of the past is still ahead,
# because whoever means a day of last winter writes its year.
_AGAINST_TENSE = 3
# Days back at which "overnight" still follows on the day last spoken of.
_NIGHT_DAYS = 3


def _nearest_year(moment: Moment, month: int, day: int) -> int | None:
    """The year of a month and day without one: by tense, else the nearest to the publication day."""
    published = moment.published
    if moment.year is not None:
        return moment.year
    if published is None:
        return None
    candidates = [
        (candidate, year)
        for year in (published.year - 1, published.year, published.year + 1)
        if (candidate := make_day(year, month, day)) is not None
    ]
    if not candidates:
        return None

    return min(candidates, key=lambda c: _distance_by_tense(c[0], moment))[1]


def _distance_by_tense(day: dt.date, moment: Moment) -> int:
    """Days between a day and the publication; more when the tense speaks against it."""
    days = (day - moment.published).days if moment.published else 0
    against = Tense.PAST if days > 0 else Tense.FUTURE
    return abs(days) * (_AGAINST_TENSE if moment.tense is against and days else 1)


def _calendar(groups: Groups, moment: Moment) -> Reading | None:
    number = groups.get("month_number")
    month = int(number) if number else month_number(groups["month"] or "")
    day = int(re.sub(r"\D", "", groups["day"] or "0") or 0)
    year = year_of(groups)
    if year is not None and len(groups.get("year") or "") == 2 and moment.published is not None:
        # "23 September 28 men": two digits far from our time are a number.
        year = year if abs(year - moment.published.year) <= _NEAR_YEARS else None
    relative = year is None
    year = year if year is not None else _nearest_year(moment, month, day)
    if make_day(year or 2000, month, day) is None:
        return None
    clock = f"T{groups['clock']}" if groups.get("clock") else part_code(groups.get("part"))
    stem = f"{year:04d}" if year is not None else "XXXX"
    return as_date(f"{stem}-{month:02d}-{day:02d}{clock}", relative=relative)


def _numeric(groups: Groups, moment: Moment) -> Reading | None:
    """A date of three numbers. Which of the first two is the day: the one above 12, the page's habit, else the one near
    the day of publication; else only its year is known."""
    a, b = int(groups["a"] or 0), int(groups["b"] or 0)
    year = year_of(groups)
    if year is None or not (1 <= max(a, b) <= 31) or min(a, b) < 1:
        return None
    if groups["mark"] == "." and len(groups["year"] or "") == 2 and moment.published is None:
        # "1.2.10" is as often a section or a version.
        return None
    day_first, month_first = make_day(year, b, a), make_day(year, a, b)
    day = day_first if month_first is None else month_first if day_first is None else None
    if day_first is None and month_first is None:
        return None
    if day is None and day_first == month_first:
        day = day_first
    if day is None and moment.day_first is not None:
        day = day_first if moment.day_first else month_first
    if day is None and moment.published is not None and day_first and month_first:
        near = [d for d in (day_first, month_first) if abs((d - moment.published).days) <= 20]
        day = near[0] if len(near) == 1 else None
    stamp = groups.get("stamp")
    clock = f"T{stamp[:2]}:{stamp[2:]}" if stamp and day else ""
    return as_date((day.isoformat() if day else f"{year:04d}") + clock, relative=False)


def weekday_day(number: int, step: str | None, moment: Moment) -> dt.date | None:
    """The day that a weekday names, seen from the publication day."""
    published = moment.published
    if published is None:
        return None
    word = (step or "").lower()
    base = published
    if word in word_list("from_spoken") and word != "the next" and moment.spoken:
        base = moment.spoken
    back = (base.isoweekday() - number) % 7
    ahead = (number - base.isoweekday()) % 7
    sense = step_of(step)
    if word in ("the same", "that"):
        return moment.spoken if moment.spoken and moment.spoken.isoweekday() == number else move(base, -back)
    if sense < 0:
        return move(base, -(back or 7))
    if sense > 0:
        return move(base, ahead or 7)
    if word == "this":
        return move(base, ahead) if moment.tense is not Tense.PAST else move(base, -back)
    return move(base, ahead) if moment.tense is Tense.FUTURE else move(base, -back)


def _weekday_reading(groups: Groups, moment: Moment) -> Reading | None:
    number = weekday_number(groups["weekday"] or "")
    part = part_code(groups.get("part"))
    if not part and re.search("dawn", groups.get("phase") or "", re.IGNORECASE):
        part = "TMO"
    day = weekday_day(number, groups.get("step"), moment)
    if day is None:
        return as_date(f"XXXX-WXX-{number}{part}")
    return as_date(day.isoformat() + part)


def _weekday_week(groups: Groups, moment: Moment) -> Reading | None:
    """ "Tuesday of last week", "Monday next week", "a week ago Friday"."""
    named = next(name for name in ("back", "ahead", "back_from", "next_from") if groups.get(name))
    number = weekday_number(groups[named] or "")
    published = moment.published
    if published is None:
        return as_date(f"XXXX-WXX-{number}")
    if named == "ahead":
        # British "Friday week": a week after the Friday to come.
        day = move(published, ((number - published.isoweekday()) % 7 or 7) + 7)
        return as_date(day.isoformat()) if day else None
    monday = published - dt.timedelta(days=published.isoweekday() - 1)
    weeks = -1 if named in ("back", "back_from") else 1
    day = move(monday, 7 * weeks + number - 1)
    return as_date(day.isoformat()) if day else None


def deictic_day(word: str, published: dt.date | None) -> dt.date | None:
    plain = word.lower()
    offset = -2 if "before yesterday" in plain else 2 if "after tomorrow" in plain else 0
    if not offset:
        offset = -1 if plain.startswith(("yest", "last")) else 1 if plain.startswith(("tom", "tmr")) else 0
    return move(published, offset) if published else None


def _deictic(groups: Groups, moment: Moment) -> Reading | None:
    day = deictic_day(groups["deictic"] or "", moment.published)
    part = part_code(groups.get("part"))
    return as_date((day.isoformat() if day else "XXXX-XX-XX") + part)


def _part_reading(groups: Groups, moment: Moment) -> Reading | None:
    """ "last night", "this morning", "the evening", "noon"."""
    step = (groups.get("step") or "").lower()
    word = groups.get("part") or groups.get("alone") or ("night" if groups.get("tonight") else "overnight")
    part = part_code(word)
    spoken = moment.spoken or moment.published
    if groups.get("overnight") and _is_old(moment):
        # "Seized in December, released overnight": the night before the news.
        spoken = moment.published
    if step in ("", "the", "that", "the same") and not groups.get("tonight"):
        day = spoken
        if moment.is_late and part == "TMO" and moment.spoken is not None:
            # "It broke out late on Tuesday and was put out at dawn".
            day = move(moment.spoken, 1)
    elif step in ("the previous", "the following", "the next"):
        day = move(spoken, step_of(step)) if spoken else None
    elif step == "last":
        day = move(moment.published, -1) if moment.published else None
    else:
        day = moment.published
    return as_date((day.isoformat() if day else "XXXX-XX-XX") + part)


def _is_old(moment: Moment) -> bool:
    """Whether the day last spoken of lies too far back for an "overnight" behind it."""
    if moment.spoken is None or moment.published is None:
        return False
    return abs((moment.published - moment.spoken).days) > _NIGHT_DAYS


def _day_of_step(groups: Groups, moment: Moment) -> Reading | None:
    """ "The 14th of this month"."""
    if moment.published is None:
        return None
    year, month = shift_month(moment.published, step_of(groups.get("step")))
    day = make_day(year, month, int(re.sub(r"\D", "", groups["day"] or "")))
    return as_date(day.isoformat()) if day else None


def _ordinal_day(groups: Groups, moment: Moment) -> Reading | None:
    """ "The 23rd" of the month that was last spoken of, else the last 23rd before the paper."""
    number = int(re.sub(r"\D", "", groups["day"] or ""))
    spoken, published = moment.spoken, moment.published
    if spoken is None and published is not None:
        month = shift_month(published, 0 if number <= published.day else -1)
        day = make_day(*month, number)
    else:
        day = make_day(spoken.year, spoken.month, number) if spoken else None
    return as_date(day.isoformat()) if day else None


def _week_of(groups: Groups, moment: Moment) -> Reading | None:
    """ "The week of May 6": the week of the calendar that the day lies in."""
    named = {**groups, "month": groups.get("month") or groups.get("month_last")}
    reading = _calendar({**named, "day": groups.get("day") or groups.get("day_first")}, moment)
    if reading is None or reading.value.startswith("XXXX"):
        return as_date("XXXX-WXX") if reading else None
    ending = "-WE" if groups.get("weekend") else ""
    return as_date(week_value(dt.date.fromisoformat(reading.value)) + ending, relative=reading.is_relative)


def _clock_reading(groups: Groups, moment: Moment) -> Reading | None:
    """A time of the clock, on the day that stands beside it, else on the day last spoken of."""
    words = groups.get("clock") or groups.get("clock_last") or ""
    clock = clock_code(words)
    if clock is None:
        return None
    part = (groups.get("part") or "").lower()
    if part in ("afternoon", "evening", "night") and clock < "T12" and clock >= "T01":
        clock = f"T{int(clock[1:3]) + 12:02d}{clock[3:]}"
    month, day_number = (
        groups.get("month") or groups.get("month_last"),
        groups.get("day") or groups.get("day_first"),
    )
    deictic = groups.get("deictic") or groups.get("deictic_first")
    if month and day_number:
        reading = _calendar({"month": month, "day": day_number, "year": groups.get("year")}, moment)
        return as_date(reading.value + clock, relative=reading.is_relative) if reading else None
    if groups.get("weekday"):
        number = weekday_number(groups["weekday"] or "")
        weekday = weekday_day(number, None, moment)
        return as_date((weekday.isoformat() if weekday else f"XXXX-WXX-{number}") + clock)
    day = deictic_day(deictic, moment.published) if deictic else moment.spoken or moment.published
    return as_date((day.isoformat() if day else "XXXX-XX-XX") + clock)


def _holiday(groups: Groups, moment: Moment) -> Reading | None:
    """A holiday, its eve or the day after it."""
    rule = str(meaning("holiday")[(groups["holiday"] or "").lower()])
    beside = 1 if groups.get("after") else -1 if groups.get("eve") else 0
    year = year_of(groups)
    if year is None and moment.published is None:
        is_fixed = rule.count("-") == 1 and rule[0].isdigit() and not beside
        return as_date(f"XXXX-{rule}" if is_fixed else "XXXX-XX-XX")
    if year is not None:
        found = holiday_day(rule, year)
    else:
        around = moment.published.year if moment.published else 0
        days = [holiday_day(rule, around + step) for step in (-1, 0, 1)]
        known = [day for day in days if day is not None]
        found = min(known, key=lambda day: _distance_by_tense(day, moment)) if known else None
    day = move(found, beside) if found else None
    return as_date(day.isoformat(), relative=year is None) if day else None


DAY_READERS: Mapping[str, Reader] = {
    "calendar": _calendar,
    "calendar_range": _calendar,
    "day_of_step": _day_of_step,
    "ordinal_day": _ordinal_day,
    "week_of": _week_of,
    "numeric": _numeric,
    "weekday": _weekday_reading,
    "weekday_week": _weekday_week,
    "deictic": _deictic,
    "part": _part_reading,
    "clock": _clock_reading,
    "holiday": _holiday,
}

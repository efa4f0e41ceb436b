# ruff: noqa: ARG001 - every reader takes the same two arguments
"""Readers of lengths: distances from a day ("two days ago"), durations, what recurs, and vague times."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping

from digests.extract.times.days import deictic_day, weekday_day
from digests.extract.times.periods import OPEN_VALUES, read_quarter_ago, shift_unit
from digests.extract.times.values import make_day, month_value, move, shift_month, week_value
from digests.extract.times.words import (
    Groups,
    Moment,
    Reader,
    Reading,
    as_date,
    as_duration,
    meaning,
    month_number,
    number_of,
    part_code,
    season_code,
    step_of,
    unit_code,
    weekday_number,
)
from digests.rules import load_rules
from digests.types import TimexType

# A count that the text does not give.
_UNKNOWN = "X"


def _distance(base: dt.date | None, unit: str, count: float | None, sign: int) -> Reading | None:
    """So many units before or after a day: a day for days and weeks, else the month or the year itself."""
    if count is None:
        return as_date("PAST_REF" if sign < 0 else "FUTURE_REF")
    if unit in ("TH", "TM", "TS", "TX", "SEASON", "H", "ML"):
        return None
    if base is None:
        return as_date(OPEN_VALUES.get(unit, "XXXX"))
    if unit in ("W", "FN", "WE"):
        day = move(base, sign * round(count * (14 if unit == "FN" else 7)))
        return as_date(day.isoformat()) if day else None
    if unit in ("DE", "CE"):
        years = int(count * (10 if unit == "DE" else 100))
        value = shift_unit(base, "Y", sign * years)
        return as_date((value or "")[: 3 if unit == "DE" else 2]) if value else None
    value = shift_unit(base, unit, sign * int(count))
    return as_date(value) if value else None


def _ago(groups: Groups, moment: Moment) -> Reading | None:
    unit = unit_code(groups["unit"] or "")
    count = number_of(groups["count"])
    sign = 1 if (groups.get("side") or "ago").lower() == "from" else -1
    base = moment.published
    if unit == "Y" and sign < 0 and count == 1 and moment.quarter:
        # Results are held against the same quarter of the year before.
        return read_quarter_ago(groups, moment)
    anchor = (groups.get("anchor") or "").lower()
    if anchor and anchor != "now" and base is not None:
        is_weekday = anchor[:3] in meaning("weekday")
        if is_weekday:
            base = weekday_day(weekday_number(anchor), "next", moment)
        elif not anchor.startswith("this"):
            base = deictic_day(anchor, base)
        if base is not None and unit in ("M", "Y") and count and not is_weekday:
            # "A year ago today" is a day, "a year ago this week" a week.
            return _same_day(base, sign * int(count) * (12 if unit == "Y" else 1), within=anchor)
    if unit in ("TH", "TM", "TS"):
        # "Hours ago" is the day of publication or the one before: only the length is sure.
        return as_duration(_duration_value(count, unit))
    return _distance(base, unit, count, sign)


def _same_day(base: dt.date, months: int, *, within: str) -> Reading | None:
    """The same day of a month so many months away, or its week or month."""
    year, month = shift_month(base, months)
    day = make_day(year, month, base.day) if 0 < year < 10000 else None
    if day is None:
        return None
    if within.endswith("week"):
        return as_date(week_value(day))
    return as_date(month_value(year, month) if within.endswith("month") else day.isoformat())


def _later(groups: Groups, moment: Moment) -> Reading | None:
    """ "two days later": counted from the day last spoken of. Where there is none, only the length is known."""
    unit = unit_code(groups["unit"] or "")
    count = number_of(groups["count"])
    side = (groups.get("side") or "").lower()
    sign = 1 if side in ("later", "afterwards", "after that", "hence") else -1
    if count is None or side == "before":
        return as_duration(_duration_value(count, unit))
    if unit == "Y" and sign < 0 and moment.quarter and count == 1:
        return read_quarter_ago(groups, moment)
    if unit == "Y" and moment.spoken_year is not None:
        return as_date(f"{moment.spoken_year + sign * int(count):04d}")
    base = moment.spoken
    if moment.spoken_month is not None:
        # "In May the mine was shut. Two months later ...": a month is known, two weeks behind it no day.
        base = moment.spoken_month if unit in ("M", "Y") else None
    if base is None and unit == "Y" and sign < 0:
        base = moment.published
    if base is None or unit in ("TH", "TM", "TS"):
        return as_duration(_duration_value(count, unit))
    return _distance(base, unit, count, sign)


def _day_before(groups: Groups, moment: Moment) -> Reading | None:
    """ "the previous day", "the day after", "the next morning": counted from the day last spoken of."""
    word = (groups.get("count") or groups.get("count_last") or "").lower()
    sign = {"previous": -1, "preceding": -1, "before": -1, "earlier": -1, "same": 0}.get(word, 1)
    unit = (groups.get("unit") or groups.get("unit_first") or "day").lower()
    part = part_code(groups.get("part") or ("" if unit == "day" else unit))
    # Without a day spoken of, only the day before the news is meant; "the next day" is of a story that we cannot date.
    base = moment.spoken or (moment.published if sign <= 0 else None)
    day = move(base, sign) if base else None
    return as_date((day.isoformat() if day else "XXXX-XX-XX") + part)


def _unit_before(groups: Groups, moment: Moment) -> Reading | None:
    """ "the year before", "the month after": counted from the time last spoken of, else back from the news."""
    unit = unit_code(groups["unit"] or "")
    sign = -1 if (groups["side"] or "").lower() in ("before", "earlier") else 1
    if unit == "Y" and moment.spoken_year is not None:
        return as_date(f"{moment.spoken_year + sign:04d}")
    base = moment.spoken or (moment.published if sign < 0 else None)
    value = shift_unit(base, unit, sign) if base else OPEN_VALUES[unit]
    return as_date(value) if value else None


def _that(groups: Groups, moment: Moment) -> Reading | None:
    unit = (groups["unit"] or "").lower()
    if unit == "year" and moment.spoken_year is not None:
        return as_date(f"{moment.spoken_year:04d}")
    base = moment.spoken or moment.published
    if unit in ("week", "month", "year"):
        value = shift_unit(base, unit_code(unit), 0) if base else OPEN_VALUES[unit_code(unit)]
        return as_date(value) if value else None
    return as_date((base.isoformat() if base else "XXXX-XX-XX") + ("" if unit == "day" else part_code(unit)))


def _vague_distance(groups: Groups, moment: Moment) -> Reading | None:
    side = (groups["side"] or "").lower()
    unit = unit_code((groups["days"] or "").split()[-1])
    if side == "ago":
        return as_date("PAST_REF")
    return as_duration(_duration_value(None, unit))


# The same few lengths come again and again.
@functools.lru_cache(maxsize=256)
def _duration_value(count: float | None, unit: str) -> str:
    """ "P2D", "PT90M", "PXY"; half a unit becomes the next smaller one."""
    letter = {"FN": "W", "H": "M", "ML": "Y"}.get(unit, unit)
    if count is None:
        return f"PT{_UNKNOWN}{unit[1]}" if unit.startswith("T") else f"P{_UNKNOWN}{letter}"
    factor = {"FN": 2, "H": 6, "ML": 1000}.get(unit, 1)
    amount = count * factor
    if amount != int(amount):
        smaller = {
            "TH": ("T", 60, "M"),
            "TM": ("T", 60, "S"),
            "Y": ("", 12, "M"),
            "D": ("T", 24, "H"),
            "DE": ("", 10, "Y"),
        }.get(unit)
        if smaller and (amount * smaller[1]).is_integer():
            return f"P{smaller[0]}{int(amount * smaller[1])}{smaller[2]}"
        shown = f"{amount:g}"
    else:
        shown = str(int(amount))
    return f"PT{shown}{unit[1]}" if unit.startswith("T") else f"P{shown}{letter}"


def _duration_reading(groups: Groups, moment: Moment) -> Reading | None:
    unit = unit_code(groups["unit"] or "")
    count = number_of(groups["count"])
    words = (groups["count"] or "").lower()
    if unit in ("TX", "SEASON"):
        return None
    if unit == "TS" and words in ("a", "an", "another", "one"):
        # "a second": mostly the ordinal.
        return None
    if groups.get("half") and count is not None:
        if unit in ("TH", "TM"):
            return as_duration(f"PT{int(count)}{unit[1]}30{'M' if unit == 'TH' else 'S'}")
        count += 0.5
    if words in ("a", "an") and _per_amount(moment.before):
        # "$33 million a year" is a rate.
        return None
    return as_duration(_duration_value(count, unit))


def _per_amount(before: str) -> bool:
    """Whether an amount stands right before ("$33 million a year", "80 times a day")."""
    return _amount().search(before) is not None


@functools.cache
def _amount() -> re.Pattern[str]:
    rules = load_rules("date_context").rules
    return next(rule.pattern for rule in rules if rule.id == "date_context.rate.amount")


def _window(groups: Groups, moment: Moment) -> Reading | None:
    """ "the past three months", "recent weeks", "the coming days"."""
    unit = unit_code(groups["unit"] or "")
    step = (groups["step"] or "").lower().split()[-1]
    plural = (groups["unit"] or "").lower().endswith("s")
    words = (groups["count"] or "").lower()
    if not words and not plural:
        if step in ("recent", "latest"):
            # "One recent evening".
            return as_date("PAST_REF")
        if step in ("final", "first", "opening") or moment.published is None:
            return _determined(groups, moment) if step in ("final", "first", "opening") else None
        # "The next year or so".
        value = shift_unit(moment.published, unit, step_of(step))
        return as_date(value) if value else None
    if not words or words in ("few", "several", "many"):
        if step in ("recent", "latest") and unit != "D":
            return as_date("PAST_REF")
        if step == "future":
            return as_date("FUTURE_REF")
        return as_duration(_duration_value(None, unit))
    return as_duration(_duration_value(number_of(words), unit))


def _vague_duration(groups: Groups, moment: Moment) -> Reading | None:
    unit = unit_code(groups["vague"] or "")
    return as_duration(_duration_value(None, unit))


def _determined(groups: Groups, moment: Moment) -> Reading | None:
    """ "the year", "the whole day": the running one."""
    unit = unit_code(groups["unit"] or "")
    words = (groups.get("words") or "").lower()
    if re.match(r"(?:the )?(?:first|second|third|fourth|opening|final)", words) or unit in ("TH", "TM", "DE"):
        return as_duration(_duration_value(1, unit))
    if moment.published is None:
        return as_duration(_duration_value(1, unit))
    if unit == "D":
        # "The day" may be any day.
        return as_date(moment.published.isoformat()) if words.startswith("this") else None
    value = shift_unit(moment.published, unit, 0)
    return as_date(value) if value else None


def _long(groups: Groups, moment: Moment) -> Reading | None:
    stem = (groups["long"] or "").lower().removesuffix("long").rstrip("-")
    unit = unit_code(stem)
    return as_duration(_duration_value(None if stem.endswith("s") else 1, unit))


def _set(value: str) -> Reading:
    return Reading(type=TimexType.SET, value=value)


def _set_month(groups: Groups, moment: Moment) -> Reading | None:
    return _set(f"XXXX-{month_number(groups['month'] or ''):02d}")


def _set_season(groups: Groups, moment: Moment) -> Reading | None:
    return _set(f"XXXX-{season_code(groups['season'] or '')}")


def _set_weekday(groups: Groups, moment: Moment) -> Reading | None:
    words = (groups.get("words") or "").lower()
    number = next(
        (weekday_number(word) for word in words.split() if word[:3] in meaning("weekday") and len(word) > 2),
        None,
    )
    return _set(f"XXXX-WXX-{number}{part_code(groups.get('part'))}") if number else None


def _set_unit(groups: Groups, moment: Moment) -> Reading | None:
    unit = unit_code(groups["unit"] or "")
    words = groups.get("count")
    if words and words.lower() in ("second", "third"):
        return _set(_duration_value({"second": 2, "third": 3}[words.lower()], unit))
    return _set(_duration_value(number_of(words) if words else 1, unit))


def _set_adverb(groups: Groups, moment: Moment) -> Reading | None:
    return _set(str(meaning("adverb")[(groups["adverb"] or "").lower()]))


def _now(groups: Groups, moment: Moment) -> Reading | None:
    return as_date("PRESENT_REF")


def _past(groups: Groups, moment: Moment) -> Reading | None:
    return as_date("PAST_REF")


def _future(groups: Groups, moment: Moment) -> Reading | None:
    return as_date("FUTURE_REF")


LENGTH_READERS: Mapping[str, Reader] = {
    "ago": _ago,
    "later": _later,
    "day_before": _day_before,
    "unit_before": _unit_before,
    "that": _that,
    "vague_distance": _vague_distance,
    "duration": _duration_reading,
    "window": _window,
    "vague_duration": _vague_duration,
    "determined": _determined,
    "long": _long,
    "set_month": _set_month,
    "set_season": _set_season,
    "set_weekday": _set_weekday,
    "set_unit": _set_unit,
    "set_adverb": _set_adverb,
    "now": _now,
    "past": _past,
    "future": _future,
}

# ruff: noqa: ARG001 - every reader takes the same two arguments
"""Readers of stretches of the calendar: weeks, months, quarters, seasons, years, decades, centuries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from digests.extract.times.tense import Tense
from digests.extract.times.values import month_value, move, shift_month, week_value
from digests.extract.times.words import (
    Groups,
    Moment,
    Reader,
    Reading,
    as_date,
    as_duration,
    meaning,
    month_number,
    season_code,
    step_of,
    unit_code,
    word_list,
    year_of,
)

# Months back at which a month is meant rather than the one a year on, even by a sentence about what will be.
_JUST_OVER = 2
# Values of a unit whose place in the calendar nobody knows.
OPEN_VALUES = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "FN": "XXXX-WXX",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
}


def _month_reading(groups: Groups, moment: Moment) -> Reading | None:
    month = month_number(groups["month"] or "")
    year = year_of(groups)
    published = moment.published
    if year is not None:
        return as_date(month_value(year, month), relative=False)
    if published is None:
        return as_date(f"XXXX-{month:02d}")
    step = groups.get("step")
    sense = step_of(step)
    if step and "year" in (groups.get("words") or "").lower():
        # "April of the following year" counts from the year that is spoken of.
        spoken = moment.spoken.year if moment.spoken is not None else published.year
        is_from_spoken = (step or "").lower() in word_list("from_spoken")
        base = (moment.spoken_year or spoken) if is_from_spoken else published.year
        return as_date(month_value(base + sense, month))
    behind = published.year if month <= published.month else published.year - 1
    ahead = published.year if month >= published.month else published.year + 1
    if sense < 0:
        year = behind if month != published.month else published.year - 1
    elif sense > 0:
        year = ahead if month != published.month else published.year + 1
    elif moment.year is not None:
        year = moment.year
    elif moment.tense is Tense.FUTURE:
        # "Will pay January salaries", in February: a month just over is meant.
        gone = (published.month - month) % 12
        year = behind if 0 < gone <= _JUST_OVER else ahead
    elif moment.tense is Tense.PAST:
        year = behind
    elif step:
        year = published.year
    else:
        # Nothing tells: a month close ahead is ahead, else it is the last one.
        year = ahead if ahead == published.year and month - published.month <= 2 else behind
    return as_date(month_value(year, month))


def _year_reading(groups: Groups, moment: Moment) -> Reading | None:
    year = year_of(groups)
    return as_date(f"{year:04d}", relative=False) if year is not None else None


def _year_span(groups: Groups, moment: Moment) -> Reading | None:
    first = int(groups["year"] or 0)
    last = int((groups["year"] or "")[: 4 - len(groups["year_to"] or "")] + (groups["year_to"] or ""))
    return as_date(f"{first:04d}", relative=False) if first < last <= first + 60 else None


def _decade(groups: Groups, moment: Moment) -> Reading | None:
    if groups.get("spoken_decade"):
        return as_date(str(meaning("decade")[(groups["spoken_decade"] or "").lower()]), relative=False)
    digits = (groups["decade"] or "").lstrip("'")
    return as_date(
        digits[:3] if len(digits) == 4 else ("20" if digits == "00" else f"19{digits[0]}"), relative=False
    )


def _century(groups: Groups, moment: Moment) -> Reading | None:
    word = (groups["ordinal"] or "").lower()
    number = int(re.sub(r"\D", "", word) or 0) or int(meaning("ordinal").get(word, 0))
    return as_date(f"{number - 1:02d}", relative=False) if number else None


def _season_value(groups: Groups) -> str:
    return season_code(groups.get("season") or groups.get("season_bare") or groups.get("season_in") or "")


def _season(groups: Groups, moment: Moment) -> Reading | None:
    season = _season_value(groups)
    year = year_of(groups)
    published = moment.published
    if year is not None:
        return as_date(f"{year:04d}-{season}", relative=False)
    if published is None:
        return as_date(f"XXXX-{season}")
    if groups.get("step_year"):
        return as_date(f"{published.year + step_of(groups['step_year']):04d}-{season}")
    sense = step_of(groups.get("step"))
    start = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    # The latest season that has begun; a winter that began last December is last year's.
    begun = published.year if published.month >= start else published.year - 1
    running = (published.month - start) % 12 < 3
    if sense < 0:
        year = begun - 1 if running else begun
    elif sense > 0:
        year = begun + 1
    elif groups.get("step"):
        year = begun if running else published.year
    else:
        year = begun + 1 if moment.tense is Tense.FUTURE and not running else begun
    return as_date(f"{year:04d}-{season}")


def shift_unit(published: dt.date, unit: str, count: int) -> str | None:
    """The value of the unit so many units away from a day."""
    if unit == "D":
        day = move(published, count)
        return day.isoformat() if day else None
    if unit in ("W", "WE", "FN"):
        day = move(published, 7 * count * (2 if unit == "FN" else 1))
        return week_value(day) + ("-WE" if unit == "WE" else "") if day else None
    if unit == "M":
        year, month = shift_month(published, count)
        return month_value(year, month) if 0 < year < 10000 else None
    if unit == "Q":
        year, month = shift_month(published, 3 * count)
        return f"{year:04d}-Q{(month - 1) // 3 + 1}"
    if unit == "Y":
        return f"{published.year + count:04d}" if 0 < published.year + count < 10000 else None
    if unit == "DE":
        return f"{published.year // 10 + count:03d}"
    if unit == "CE":
        return f"{published.year // 100 + count:02d}"
    return None


def _step(groups: Groups, moment: Moment) -> Reading | None:
    unit = unit_code(groups["unit"] or "")
    step = (groups["step"] or "").lower()
    sense = step_of(step)
    if unit in ("TH", "TM", "TS"):
        return as_duration(f"PT1{unit[1]}") if sense else as_date("PRESENT_REF")
    if unit == "TX":
        return as_date("PRESENT_REF") if step in ("this", "the current") else None
    if unit == "SEASON":
        return as_date("PAST_REF") if sense < 0 else None
    if moment.published is None:
        return as_date(OPEN_VALUES.get(unit, "XXXX"))
    base = moment.published
    if step in word_list("from_spoken"):
        if unit == "Y" and moment.spoken_year is not None:
            return as_date(f"{moment.spoken_year + sense:04d}")
        if unit == "D" and moment.spoken_year is not None:
            # "He fled in March 2005. Later that day ..." has no day, whatever was spoken of before.
            return as_date(OPEN_VALUES["D"])
        base = moment.spoken or base
    if unit == "D" and sense > 0 and moment.spoken is None:
        # "The next day" of a story whose day nobody told.
        return as_date(OPEN_VALUES["D"])
    if unit == "D" and step in ("last", "the last"):
        # "Monday is the last day to register".
        return as_duration("P1D")
    if unit == "WE":
        return _weekend_step(base, sense, moment)
    if unit == "DE" and sense and step.endswith("past"):
        return as_duration("P1DE")
    value = shift_unit(base, unit, sense)
    return as_date(value) if value else None


def _weekend_step(base: dt.date, sense: int, moment: Moment) -> Reading | None:
    """ "this weekend" on a Monday told as past is the one before."""
    weekday = base.isoweekday()
    weeks = sense
    if sense == 0 and weekday <= 4 and moment.tense is Tense.PAST:
        weeks = -1
    value = shift_unit(base, "WE", weeks)
    return as_date(value) if value else None


def _weekend(groups: Groups, moment: Moment) -> Reading | None:
    published = moment.published
    if (groups.get("words") or "").lower().startswith("mid"):
        return as_date(week_value(published) if published else "XXXX-WXX")
    if published is None:
        return as_date("XXXX-WXX-WE")
    back = published.isoweekday() <= 4 and moment.tense is not Tense.FUTURE
    day = move(published, -7 if back else 0)
    return as_date(week_value(day) + "-WE") if day else None


def _the_unit(groups: Groups, moment: Moment) -> Reading | None:
    """ "the end of the month", "later in the day"."""
    unit = unit_code(groups["unit"] or "")
    base = (moment.spoken or moment.published) if unit == "D" else moment.published
    if base is None:
        return as_date(OPEN_VALUES.get(unit, "XXXX"))
    value = shift_unit(base, unit, 0)
    return as_date(value) if value else None


def _year_end(groups: Groups, moment: Moment) -> Reading | None:
    return as_date(f"{moment.published.year:04d}" if moment.published else "XXXX")


def _quarter_year(number: int, moment: Moment) -> int | None:
    """The year of a quarter without one: the last that has begun, or the next to come by tense."""
    published = moment.published
    if published is None:
        return None
    current = (published.month - 1) // 3 + 1
    # The quarter just over is always meant: its results are what a company "will report".
    if moment.tense is Tense.FUTURE and number != current - 1:
        return published.year if number >= current else published.year + 1
    return published.year if number <= current else published.year - 1


def _quarter(groups: Groups, moment: Moment) -> Reading | None:
    word = (groups["ordinal"] or "").lower()
    number = int(re.sub(r"\D", "", word) or 0) or int(meaning("ordinal")[word])
    year = year_of(groups)
    step = groups.get("step_year") or groups.get("step")
    if year is None and step and moment.published:
        year = moment.published.year + step_of(step)
    if year is None:
        if number == 4 and moment.published and moment.published.month >= 10:
            year = moment.published.year
        else:
            year = _quarter_year(number, moment)
        if year is not None and groups.get("earlier"):
            year -= 1
    return as_date(f"{year:04d}-Q{number}" if year is not None else f"XXXX-Q{number}")


def _half(groups: Groups, moment: Moment) -> Reading | None:
    number = (
        2
        if (groups["half"] or "").lower() == "last"
        else int(meaning("ordinal")[(groups["half"] or "").lower()])
    )
    year = year_of(groups)
    if year is None and moment.published:
        year = moment.published.year + step_of(groups.get("step"))
    return as_date(f"{year:04d}-H{number}" if year is not None else f"XXXX-H{number}")


def _last_quarter(moment: Moment) -> str | None:
    """The quarter last spoken of, else the last that is over."""
    if moment.quarter:
        return moment.quarter
    return shift_unit(moment.published, "Q", -1) if moment.published else None


def read_quarter_ago(groups: Groups, moment: Moment) -> Reading | None:
    quarter = _last_quarter(moment)
    if quarter is None:
        return as_date("XXXX-QX")
    return as_date(f"{int(quarter[:4]) - 1:04d}{quarter[4:]}")


def _quarter_latest(groups: Groups, moment: Moment) -> Reading | None:
    return as_date(_last_quarter(moment) or "XXXX-QX")


PERIOD_READERS: Mapping[str, Reader] = {
    "month": _month_reading,
    "year": _year_reading,
    "year_span": _year_span,
    "decade": _decade,
    "century": _century,
    "season": _season,
    "step": _step,
    "weekend": _weekend,
    "the_unit": _the_unit,
    "year_end": _year_end,
    "quarter": _quarter,
    "half": _half,
    "quarter_ago": read_quarter_ago,
    "quarter_latest": _quarter_latest,
}

# ruff: noqa: ARG001 - every reader takes the same two arguments
"""The value of a time expression: one function for each `kind` of rule in `dates.toml`.

Stance: a reading without a publication day keeps its open form ("XXXX-WXX-4"); nothing is measured from today's date.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from digests.extract.tense import Tense
from digests.extract.timevalues import (
    days_of,
    holiday_day,
    make_day,
    month_value,
    move,
    shift_month,
    week_value,
)
from digests.rules import load_rules
from digests.types import TimexType

Groups = Mapping[str, "str | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a time expression is read against.

    `spoken` is the day that the text last spoke of, `year` a year written out in the same sentence, `quarter` the
    quarter last spoken of ("1989-Q3"); `day_first` says how the page writes 03/04. `before` and `after` are the
    words around the expression.
    """

    published: dt.date | None = None
    tense: Tense | None = None
    spoken: dt.date | None = None
    year: int | None = None
    quarter: str | None = None
    day_first: bool | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    type: TimexType
    value: str
    is_relative: bool = True


_Reader = Callable[[Groups, Moment], "Reading | None"]
# Steps of "last", "this", "next" and their like.
_UNKNOWN = "X"
# Years around the publication in which two digits name one.
_NEAR_YEARS = 20
# A day against the tense counts as so many times as far: "payable Dec. 15" in a sentence of the past is still ahead,
# because whoever means a day of last winter writes its year.
_AGAINST_TENSE = 3


@functools.cache
def _meaning(name: str) -> Mapping[str, Any]:
    return load_rules("dates").meaning[name]


def read(kind: str, groups: Groups, moment: Moment) -> Reading | None:
    """The reading of a match; `None` when its words turn out not to name a time."""
    return _READERS[kind](groups, moment)


def _date(value: str, *, relative: bool = True) -> Reading:
    kind = (
        TimexType.TIME
        if "T" in value and value[:4] != "PAST" and not value.endswith("_REF")
        else TimexType.DATE
    )
    return Reading(type=kind, value=value, is_relative=relative)


def _duration(value: str) -> Reading:
    return Reading(type=TimexType.DURATION, value=value)


# --------------------------------------------------------------------------- words to numbers


def _month(word: str) -> int:
    return int(_meaning("month")[word[:3].lower()])


def _weekday(word: str) -> int:
    return int(_meaning("weekday")[word[:3].lower()])


def _number(words: str | None) -> float | None:
    """The number that words name; `None` for a vague one ("several")."""
    plain = (words or "a").lower().replace("-", " ").strip()
    if re.fullmatch(r"\d+(?:[.,]\d+)?", plain):
        return float(plain.replace(",", "."))
    if plain.startswith("half") or plain == "a half":
        return 0.5
    total, group = 0, 0
    seen = False
    for word in plain.split():
        value = _meaning("number").get(word)
        if value is None:
            continue
        seen = True
        if value >= 100:
            group = max(group, 1) * value
        elif word in ("a", "an") and len(plain.split()) > 1:
            continue
        else:
            group += value
    total += group
    if not seen or (plain.startswith("a ") and not total):
        return None
    return float(total) if total else None


def _year_of(groups: Groups) -> int | None:
    spoken = groups.get("spoken")
    if spoken:
        words = spoken.lower().replace("-", " ")
        if words.startswith("two thousand"):
            return 2000 + int(
                _number(words.removeprefix("two thousand").replace("and", "").strip() or "zero") or 0
            )
        return 1900 + int(_number(words.removeprefix("nineteen").strip()) or 0)
    written = groups.get("year")
    if not written:
        return None
    digits = written.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    return _century_of(int(digits))


def _century_of(number: int) -> int:
    """The year of two digits: 70 to 99 are the last century's."""
    return number + (1900 if number >= 70 else 2000)


def _unit(word: str) -> str:
    plain = word.lower()
    table = _meaning("unit")
    return str(table.get(plain) or table.get(plain.removesuffix("s"), "D"))


def _part(word: str | None) -> str:
    return str(_meaning("part").get((word or "").lower().removesuffix("s"), "")) if word else ""


def _clock(words: str) -> str | None:
    """ "4.30am" to "T04:30"; `None` for an hour that no clock shows."""
    plain = words.lower().replace(".m", "m").replace("m.", "m")
    found = re.match(r"(\d{1,2})[:.](\d{2})|(\d{2})(\d{2})\b|(\d)(\d{2})\b|(\d{1,2})", plain)
    if found:
        digits = [group for group in found.groups() if group]
        hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    else:
        number = _number(plain.split()[0])
        if number is None:
            return None
        hour, minute = int(number), 0
    if re.search(r"p\.?m", plain) and hour < 12:
        hour += 12
    elif re.search(r"a\.?m", plain) and hour == 12:
        hour = 0
    return f"T{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def _is_past_step(step: str | None) -> int:
    """-1, 0 or 1 for the words before a unit."""
    word = (step or "").lower()
    if re.search(r"\b(?:last|previous|past|preceding|prior)\b", word):
        return -1
    if re.search(r"\b(?:next|coming|following|upcoming)\b", word):
        return 1
    return 0


# --------------------------------------------------------------------------- days


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
    month = int(number) if number else _month(groups["month"] or "")
    day = int(re.sub(r"\D", "", groups["day"] or "0") or 0)
    year = _year_of(groups)
    if year is not None and len(groups.get("year") or "") == 2 and moment.published is not None:
        # "23 September 28 men": two digits far from our time are a number.
        year = year if abs(year - moment.published.year) <= _NEAR_YEARS else None
    relative = year is None
    year = year if year is not None else _nearest_year(moment, month, day)
    if make_day(year or 2000, month, day) is None:
        return None
    clock = f"T{groups['clock']}" if groups.get("clock") else ""
    stem = f"{year:04d}" if year is not None else "XXXX"
    return _date(f"{stem}-{month:02d}-{day:02d}{clock}", relative=relative)


def _calendar_range(groups: Groups, moment: Moment) -> Reading | None:
    return _calendar(groups, moment)


def _numeric(groups: Groups, moment: Moment) -> Reading | None:
    """A date of three numbers. Which of the first two is the day: the one above 12, the page's habit, else the one near
    the day of publication; else only its year is known."""
    a, b = int(groups["a"] or 0), int(groups["b"] or 0)
    year = _year_of(groups)
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
    return _date(day.isoformat() if day else f"{year:04d}", relative=False)


def _weekday_day(number: int, step: str | None, moment: Moment) -> dt.date | None:
    """The day that a weekday names, seen from the publication day."""
    published = moment.published
    if published is None:
        return None
    word = (step or "").lower()
    base = published
    if word in ("the previous", "the preceding", "previous", "the following", "following") and moment.spoken:
        base = moment.spoken
    back = (base.isoweekday() - number) % 7
    ahead = (number - base.isoweekday()) % 7
    sense = _is_past_step(step)
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
    number = _weekday(groups["weekday"] or "")
    part = _part(groups.get("part"))
    if not part and re.search("dawn", groups.get("phase") or "", re.IGNORECASE):
        part = "TMO"
    day = _weekday_day(number, groups.get("step"), moment)
    if day is None:
        return _date(f"XXXX-WXX-{number}{part}")
    return _date(day.isoformat() + part)


def _weekday_week(groups: Groups, moment: Moment) -> Reading | None:
    """ "Tuesday of last week", "Monday next week", "a week ago Friday"."""
    named = next(name for name in ("back", "ahead", "back_from", "next_from") if groups.get(name))
    number = _weekday(groups[named] or "")
    published = moment.published
    if published is None:
        return _date(f"XXXX-WXX-{number}")
    monday = published - dt.timedelta(days=published.isoweekday() - 1)
    weeks = -1 if named in ("back", "back_from") else 1
    day = move(monday, 7 * weeks + number - 1)
    return _date(day.isoformat()) if day else None


def _deictic_day(word: str, published: dt.date | None) -> dt.date | None:
    plain = word.lower()
    offset = -2 if "before yesterday" in plain else 2 if "after tomorrow" in plain else 0
    if not offset:
        offset = -1 if plain.startswith(("yest", "last")) else 1 if plain.startswith(("tom", "tmr")) else 0
    return move(published, offset) if published else None


def _deictic(groups: Groups, moment: Moment) -> Reading | None:
    day = _deictic_day(groups["deictic"] or "", moment.published)
    part = _part(groups.get("part"))
    return _date((day.isoformat() if day else "XXXX-XX-XX") + part)


def _part_reading(groups: Groups, moment: Moment) -> Reading | None:
    """ "last night", "this morning", "the evening", "noon"."""
    step = (groups.get("step") or "").lower()
    word = groups.get("part") or groups.get("alone") or ("night" if groups.get("tonight") else "overnight")
    part = _part(word)
    spoken = moment.spoken or moment.published
    if step in ("", "the", "that", "the same") and not groups.get("tonight"):
        day = spoken
    elif step in ("the previous", "the following", "the next"):
        day = move(spoken, _is_past_step(step)) if spoken else None
    elif step == "last":
        day = move(moment.published, -1) if moment.published else None
    else:
        day = moment.published
    return _date((day.isoformat() if day else "XXXX-XX-XX") + part)


def _clock_reading(groups: Groups, moment: Moment) -> Reading | None:
    """A time of the clock, on the day that stands beside it, else on the day last spoken of."""
    words = groups.get("clock") or groups.get("clock_last") or ""
    clock = _clock(words)
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
        return _date(reading.value + clock, relative=reading.is_relative) if reading else None
    if groups.get("weekday"):
        number = _weekday(groups["weekday"] or "")
        weekday = _weekday_day(number, None, moment)
        return _date((weekday.isoformat() if weekday else f"XXXX-WXX-{number}") + clock)
    day = _deictic_day(deictic, moment.published) if deictic else moment.spoken or moment.published
    return _date((day.isoformat() if day else "XXXX-XX-XX") + clock)


# --------------------------------------------------------------------------- months, years, seasons


def _month_reading(groups: Groups, moment: Moment) -> Reading | None:
    month = _month(groups["month"] or "")
    year = _year_of(groups)
    published = moment.published
    if year is not None:
        return _date(month_value(year, month), relative=False)
    if published is None:
        return _date(f"XXXX-{month:02d}")
    step = groups.get("step")
    sense = _is_past_step(step)
    if step and "year" in (groups.get("words") or "").lower():
        return _date(month_value(published.year + sense, month))
    behind = published.year if month <= published.month else published.year - 1
    ahead = published.year if month >= published.month else published.year + 1
    if sense < 0:
        year = behind if month != published.month else published.year - 1
    elif sense > 0:
        year = ahead if month != published.month else published.year + 1
    elif moment.year is not None:
        year = moment.year
    elif moment.tense is Tense.FUTURE:
        year = ahead
    elif moment.tense is Tense.PAST:
        year = behind
    elif step:
        year = published.year
    else:
        # Nothing tells: a month close ahead is ahead, else it is the last one.
        year = ahead if ahead == published.year and month - published.month <= 2 else behind
    return _date(month_value(year, month))


def _year_reading(groups: Groups, moment: Moment) -> Reading | None:
    year = _year_of(groups)
    return _date(f"{year:04d}", relative=False) if year is not None else None


def _year_span(groups: Groups, moment: Moment) -> Reading | None:
    first = int(groups["year"] or 0)
    last = int((groups["year"] or "")[: 4 - len(groups["year_to"] or "")] + (groups["year_to"] or ""))
    return _date(f"{first:04d}", relative=False) if first < last <= first + 60 else None


def _decade(groups: Groups, moment: Moment) -> Reading | None:
    digits = (groups["decade"] or "").lstrip("'")
    return _date(
        digits[:3] if len(digits) == 4 else ("20" if digits == "00" else f"19{digits[0]}"), relative=False
    )


def _century(groups: Groups, moment: Moment) -> Reading | None:
    word = (groups["ordinal"] or "").lower()
    number = int(re.sub(r"\D", "", word) or 0) or int(_meaning("ordinal").get(word, 0))
    return _date(f"{number - 1:02d}", relative=False) if number else None


def _season_value(groups: Groups) -> str:
    word = (groups.get("season") or groups.get("season_bare") or "").lower().removesuffix("time")
    return str(_meaning("season")[word])


def _season(groups: Groups, moment: Moment) -> Reading | None:
    season = _season_value(groups)
    year = _year_of(groups)
    published = moment.published
    if year is not None:
        return _date(f"{year:04d}-{season}", relative=False)
    if published is None:
        return _date(f"XXXX-{season}")
    if groups.get("step_year"):
        return _date(f"{published.year + _is_past_step(groups['step_year']):04d}-{season}")
    sense = _is_past_step(groups.get("step"))
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
    return _date(f"{year:04d}-{season}")


# --------------------------------------------------------------------------- units around a day


def _shift(published: dt.date, unit: str, count: int) -> str | None:
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


_OPEN = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "FN": "XXXX-WXX",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
}


def _step(groups: Groups, moment: Moment) -> Reading | None:
    unit = _unit(groups["unit"] or "")
    step = (groups["step"] or "").lower()
    sense = _is_past_step(step)
    if unit in ("TH", "TM", "TS"):
        return _duration(f"PT1{unit[1]}") if sense else _date("PRESENT_REF")
    if unit == "TX":
        return _date("PRESENT_REF") if step in ("this", "the current") else None
    if unit == "SEASON":
        return _date("PAST_REF") if sense < 0 else None
    if moment.published is None:
        return _date(_OPEN.get(unit, "XXXX"))
    base = moment.published
    if step in (
        "the previous",
        "the following",
        "the same",
        "that",
        "the preceding",
        "previous",
        "following",
        "the next",
    ):
        base = moment.spoken or base
    if unit == "WE":
        return _weekend_step(base, sense, moment)
    if unit == "DE" and sense and step.endswith("past"):
        return _duration("P1DE")
    value = _shift(base, unit, sense)
    return _date(value) if value else None


def _weekend_step(base: dt.date, sense: int, moment: Moment) -> Reading | None:
    """ "this weekend" on a Monday told as past is the one before."""
    weekday = base.isoweekday()
    weeks = sense
    if sense == 0 and weekday <= 4 and moment.tense is Tense.PAST:
        weeks = -1
    value = _shift(base, "WE", weeks)
    return _date(value) if value else None


def _weekend(groups: Groups, moment: Moment) -> Reading | None:
    published = moment.published
    if (groups.get("words") or "").lower().startswith("mid"):
        return _date(week_value(published) if published else "XXXX-WXX")
    if published is None:
        return _date("XXXX-WXX-WE")
    back = published.isoweekday() <= 4 and moment.tense is not Tense.FUTURE
    day = move(published, -7 if back else 0)
    return _date(week_value(day) + "-WE") if day else None


def _the_unit(groups: Groups, moment: Moment) -> Reading | None:
    """ "the end of the month", "later in the day"."""
    unit = _unit(groups["unit"] or "")
    base = (moment.spoken or moment.published) if unit == "D" else moment.published
    if base is None:
        return _date(_OPEN.get(unit, "XXXX"))
    value = _shift(base, unit, 0)
    return _date(value) if value else None


def _year_end(groups: Groups, moment: Moment) -> Reading | None:
    return _date(f"{moment.published.year:04d}" if moment.published else "XXXX")


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
    number = int(re.sub(r"\D", "", word) or 0) or int(_meaning("ordinal")[word])
    year = _year_of(groups)
    step = groups.get("step_year") or groups.get("step")
    if year is None and step and moment.published:
        year = moment.published.year + _is_past_step(step)
    if year is None:
        if number == 4 and moment.published and moment.published.month >= 10:
            year = moment.published.year
        else:
            year = _quarter_year(number, moment)
        if year is not None and groups.get("earlier"):
            year -= 1
    return _date(f"{year:04d}-Q{number}" if year is not None else f"XXXX-Q{number}")


def _half(groups: Groups, moment: Moment) -> Reading | None:
    number = (
        2
        if (groups["half"] or "").lower() == "last"
        else int(_meaning("ordinal")[(groups["half"] or "").lower()])
    )
    year = _year_of(groups)
    if year is None and moment.published:
        year = moment.published.year + _is_past_step(groups.get("step"))
    return _date(f"{year:04d}-H{number}" if year is not None else f"XXXX-H{number}")


def _last_quarter(moment: Moment) -> str | None:
    """The quarter last spoken of, else the last that is over."""
    if moment.quarter:
        return moment.quarter
    return _shift(moment.published, "Q", -1) if moment.published else None


def _quarter_ago(groups: Groups, moment: Moment) -> Reading | None:
    quarter = _last_quarter(moment)
    if quarter is None:
        return _date("XXXX-QX")
    return _date(f"{int(quarter[:4]) - 1:04d}{quarter[4:]}")


def _quarter_latest(groups: Groups, moment: Moment) -> Reading | None:
    return _date(_last_quarter(moment) or "XXXX-QX")


# --------------------------------------------------------------------------- distances


def _distance(base: dt.date | None, unit: str, count: float | None, sign: int) -> Reading | None:
    """So many units before or after a day: a day for days and weeks, else the month or the year itself."""
    if count is None:
        return _date("PAST_REF" if sign < 0 else "FUTURE_REF")
    if unit in ("TH", "TM", "TS", "TX", "SEASON", "H", "ML"):
        return None
    if base is None:
        return _date(_OPEN.get(unit, "XXXX"))
    if unit in ("W", "FN", "WE"):
        day = move(base, sign * round(count * (14 if unit == "FN" else 7)))
        return _date(day.isoformat()) if day else None
    if unit in ("DE", "CE"):
        years = int(count * (10 if unit == "DE" else 100))
        value = _shift(base, "Y", sign * years)
        return _date((value or "")[: 3 if unit == "DE" else 2]) if value else None
    value = _shift(base, unit, sign * int(count))
    return _date(value) if value else None


def _ago(groups: Groups, moment: Moment) -> Reading | None:
    unit = _unit(groups["unit"] or "")
    count = _number(groups["count"])
    sign = 1 if (groups.get("side") or "ago").lower() == "from" else -1
    base = moment.published
    if unit == "Y" and sign < 0 and count == 1 and moment.quarter:
        # Results are held against the same quarter of the year before.
        return _quarter_ago(groups, moment)
    anchor = (groups.get("anchor") or "").lower()
    if anchor and anchor not in ("now", "today") and base is not None:
        base = (
            _deictic_day(anchor, base)
            if anchor in ("yesterday", "tomorrow")
            else _weekday_day(_weekday(anchor), "next", moment)
        )
    if unit in ("TH", "TM", "TS"):
        # "Hours ago" is the day of publication or the one before: only the length is sure.
        return _duration(_duration_value(count, unit))
    return _distance(base, unit, count, sign)


def _later(groups: Groups, moment: Moment) -> Reading | None:
    """ "two days later": counted from the day last spoken of. Where there is none, only the length is known."""
    unit = _unit(groups["unit"] or "")
    count = _number(groups["count"])
    side = (groups.get("side") or "").lower()
    sign = 1 if side in ("later", "afterwards", "after that", "hence") else -1
    if count is None or side == "before":
        return _duration(_duration_value(count, unit))
    if unit == "Y" and sign < 0 and moment.quarter and count == 1:
        return _quarter_ago(groups, moment)
    base = moment.spoken
    if base is None and unit == "Y" and sign < 0:
        base = moment.published
    if base is None or unit in ("TH", "TM", "TS"):
        return _duration(_duration_value(count, unit))
    return _distance(base, unit, count, sign)


def _day_before(groups: Groups, moment: Moment) -> Reading | None:
    """ "the previous day", "the day after", "the next morning": counted from the day last spoken of."""
    word = (groups.get("count") or groups.get("count_last") or "").lower()
    sign = {"previous": -1, "preceding": -1, "before": -1, "earlier": -1, "same": 0}.get(word, 1)
    unit = (groups.get("unit") or groups.get("unit_first") or "day").lower()
    part = "" if unit == "day" else _part(unit)
    base = moment.spoken or moment.published
    day = move(base, sign) if base else None
    return _date((day.isoformat() if day else "XXXX-XX-XX") + part)


def _that(groups: Groups, moment: Moment) -> Reading | None:
    unit = (groups["unit"] or "").lower()
    base = moment.spoken or moment.published
    if unit in ("week", "month", "year"):
        value = _shift(base, _unit(unit), 0) if base else _OPEN[_unit(unit)]
        return _date(value) if value else None
    return _date((base.isoformat() if base else "XXXX-XX-XX") + ("" if unit == "day" else _part(unit)))


def _vague_distance(groups: Groups, moment: Moment) -> Reading | None:
    side = (groups["side"] or "").lower()
    unit = _unit((groups["days"] or "").split()[-1])
    if side == "ago":
        return _date("PAST_REF")
    return _duration(_duration_value(None, unit))


# --------------------------------------------------------------------------- durations and sets


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
    unit = _unit(groups["unit"] or "")
    count = _number(groups["count"])
    words = (groups["count"] or "").lower()
    if unit in ("TX", "SEASON"):
        return None
    if unit == "TS" and words in ("a", "an", "another", "one"):
        # "a second": mostly the ordinal.
        return None
    if groups.get("half") and count is not None:
        if unit in ("TH", "TM"):
            return _duration(f"PT{int(count)}{unit[1]}30{'M' if unit == 'TH' else 'S'}")
        count += 0.5
    if words in ("a", "an") and _per_amount(moment.before):
        # "$33 million a year" is a rate.
        return None
    return _duration(_duration_value(count, unit))


def _per_amount(before: str) -> bool:
    """Whether an amount stands right before ("$33 million a year", "80 times a day")."""
    return bool(
        re.search(
            r"(?:\d|%|\b(?:million|billion|thousand|percent|cent|times|cents|dollars|barrels|tons|tonnes|people))\s*$",
            before,
        )
    )


def _window(groups: Groups, moment: Moment) -> Reading | None:
    """ "the past three months", "recent weeks", "the coming days"."""
    unit = _unit(groups["unit"] or "")
    step = (groups["step"] or "").lower().split()[-1]
    plural = (groups["unit"] or "").lower().endswith("s")
    words = (groups["count"] or "").lower()
    if not words and not plural:
        return _determined(groups, moment) if step in ("final", "first", "opening") else None
    if not words or words in ("few", "several", "many"):
        if step in ("recent", "latest") and unit != "D":
            return _date("PAST_REF")
        if step == "future":
            return _date("FUTURE_REF")
        return _duration(_duration_value(None, unit))
    return _duration(_duration_value(_number(words), unit))


def _vague_duration(groups: Groups, moment: Moment) -> Reading | None:
    unit = _unit(groups["vague"] or "")
    return _duration(_duration_value(None, unit))


def _determined(groups: Groups, moment: Moment) -> Reading | None:
    """ "the year", "the whole day": the running one."""
    unit = _unit(groups["unit"] or "")
    words = (groups.get("words") or "").lower()
    if re.match(r"(?:the )?(?:first|second|third|fourth|opening|final)", words) or unit in ("TH", "TM", "DE"):
        return _duration(_duration_value(1, unit))
    if moment.published is None:
        return _duration(_duration_value(1, unit))
    if unit == "D":
        # "The day" may be any day.
        return _date(moment.published.isoformat()) if words.startswith("this") else None
    value = _shift(moment.published, unit, 0)
    return _date(value) if value else None


def _long(groups: Groups, moment: Moment) -> Reading | None:
    stem = (groups["long"] or "").lower().removesuffix("long").rstrip("-")
    unit = _unit(stem)
    return _duration(_duration_value(None if stem.endswith("s") else 1, unit))


def _set(value: str) -> Reading:
    return Reading(type=TimexType.SET, value=value)


def _set_month(groups: Groups, moment: Moment) -> Reading | None:
    return _set(f"XXXX-{_month(groups['month'] or ''):02d}")


def _set_weekday(groups: Groups, moment: Moment) -> Reading | None:
    words = (groups.get("words") or "").lower()
    number = next(
        (_weekday(word) for word in words.split() if word[:3] in _meaning("weekday") and len(word) > 2), None
    )
    return _set(f"XXXX-WXX-{number}{_part(groups.get('part'))}") if number else None


def _set_unit(groups: Groups, moment: Moment) -> Reading | None:
    unit = _unit(groups["unit"] or "")
    words = groups.get("count")
    if words and words.lower() in ("second", "third"):
        return _set(_duration_value({"second": 2, "third": 3}[words.lower()], unit))
    return _set(_duration_value(_number(words) if words else 1, unit))


def _set_adverb(groups: Groups, moment: Moment) -> Reading | None:
    return _set(str(_meaning("adverb")[(groups["adverb"] or "").lower()]))


def _now(groups: Groups, moment: Moment) -> Reading | None:
    return _date("PRESENT_REF")


def _past(groups: Groups, moment: Moment) -> Reading | None:
    return _date("PAST_REF")


def _future(groups: Groups, moment: Moment) -> Reading | None:
    return _date("FUTURE_REF")


def _holiday(groups: Groups, moment: Moment) -> Reading | None:
    rule = str(_meaning("holiday")[(groups["holiday"] or "").lower()])
    year = _year_of(groups)
    if year is not None:
        day = holiday_day(rule, year)
        return _date(day.isoformat(), relative=False) if day else None
    if moment.published is None:
        return _date(f"XXXX-{rule}" if rule.count("-") == 1 and rule[0].isdigit() else "XXXX-XX-XX")
    days = [holiday_day(rule, moment.published.year + step) for step in (-1, 0, 1)]
    known = [d for d in days if d is not None]
    return _date(min(known, key=lambda d: _distance_by_tense(d, moment)).isoformat()) if known else None


_READERS: Mapping[str, _Reader] = {
    "calendar": _calendar, "calendar_range": _calendar_range, "numeric": _numeric, "weekday": _weekday_reading,
    "weekday_week": _weekday_week, "deictic": _deictic, "part": _part_reading, "clock": _clock_reading,
    "month": _month_reading, "year": _year_reading, "year_span": _year_span, "decade": _decade, "century": _century,
    "season": _season, "step": _step, "weekend": _weekend, "the_unit": _the_unit, "year_end": _year_end,
    "quarter": _quarter, "half": _half, "quarter_ago": _quarter_ago, "quarter_latest": _quarter_latest, "ago": _ago,
    "later": _later, "day_before": _day_before, "that": _that, "vague_distance": _vague_distance,
    "duration": _duration_reading, "window": _window, "vague_duration": _vague_duration, "determined": _determined,
    "long": _long, "set_month": _set_month, "set_weekday": _set_weekday, "set_unit": _set_unit,
    "set_adverb": _set_adverb, "now": _now, "past": _past, "future": _future, "holiday": _holiday,
}  # fmt: skip


def covers(value: str) -> bool:
    """Whether a value names days of the calendar."""
    return days_of(value) is not None

"""TIMEX3 values: building them and the days they cover.

A value is a string of ISO-TimeML ("2024-01-18", "2024-W03", "2024-01-18T04:30", "198", "P2D", "PAST_REF").
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re

from digests.types import Precision

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(T.*)?$")
_WEEK = re.compile(r"(\d{4})-W(\d{2})(-WE)?$")
_MONTH = re.compile(r"(\d{4})-(\d{2})$")
_PART_OF_YEAR = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)$")
_YEAR = re.compile(r"\d{4}$")
_DECADE = re.compile(r"\d{3}$")
_EVENING = re.compile(r"T(?:1[7-9]|2\d|NI|EV)")

# First and last month of what divides a year. Winter is the one that the year begins with and ends with; the
# journalist's "winter of 2013" reaches into the next year, so its days are left as December to February.
_MONTHS = {
    "Q1": (1, 3),
    "Q2": (4, 6),
    "Q3": (7, 9),
    "Q4": (10, 12),
    "H1": (1, 6),
    "H2": (7, 12),
    "SP": (3, 5),
    "SU": (6, 8),
    "FA": (9, 11),
}


def is_evening(value: str) -> bool:
    """Whether it is an hour or a part of a day of which no report tells on the same day."""
    return _EVENING.search(value) is not None


def month_value(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def week_value(day: dt.date) -> str:
    """The ISO week of a day ("2024-W03")."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def shift_month(day: dt.date, months: int) -> tuple[int, int]:
    """Year and month so many months away."""
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """A day of the calendar, `None` where there is none (31 June)."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def move(day: dt.date, days: int) -> dt.date | None:
    """A day so many days away; `None` beyond the calendar."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


@functools.lru_cache(maxsize=2048)
def days_of(value: str) -> tuple[dt.date, dt.date, Precision] | None:
    """First day, last day and precision of a value; `None` for durations, sets, vague and open values."""
    for pattern, reader in _READERS:
        found = pattern.match(value)
        if found:
            try:
                return reader(found)
            except ValueError:
                return None
    return None


def _read_day(found: re.Match[str]) -> tuple[dt.date, dt.date, Precision]:
    day = dt.date(int(found[1]), int(found[2]), int(found[3]))
    return day, day, Precision.TIME if found[4] else Precision.DAY


def _read_week(found: re.Match[str]) -> tuple[dt.date, dt.date, Precision]:
    first = dt.date.fromisocalendar(int(found[1]), int(found[2]), 6 if found[3] else 1)
    last = dt.date.fromisocalendar(int(found[1]), int(found[2]), 7)
    return first, last, Precision.WEEK


def _read_month(found: re.Match[str]) -> tuple[dt.date, dt.date, Precision]:
    year, month = int(found[1]), int(found[2])
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), Precision.MONTH


def _read_part(found: re.Match[str]) -> tuple[dt.date, dt.date, Precision]:
    year, part = int(found[1]), found[2]
    if part == "WI":
        return dt.date(year, 12, 1), dt.date(year + 1, 2, 28), Precision.QUARTER
    first, last = _MONTHS[part]
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]), Precision.QUARTER


def _read_year(found: re.Match[str]) -> tuple[dt.date, dt.date, Precision]:
    year = int(found[0])
    return dt.date(year, 1, 1), dt.date(year, 12, 31), Precision.YEAR


def _read_decade(found: re.Match[str]) -> tuple[dt.date, dt.date, Precision]:
    year = int(found[0]) * 10
    return dt.date(year, 1, 1), dt.date(year + 9, 12, 31), Precision.DECADE


_READERS = (
    (_DAY, _read_day),
    (_WEEK, _read_week),
    (_MONTH, _read_month),
    (_PART_OF_YEAR, _read_part),
    (_YEAR, _read_year),
    (_DECADE, _read_decade),
)


def easter(year: int) -> dt.date:
    """Easter Sunday of a Gregorian year (the anonymous algorithm, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def holiday_day(rule: str, year: int) -> dt.date | None:
    """The day of a holiday rule in a year: "12-25", "11-4-4" (fourth Thursday), "05-L-1" (last Monday), "easter-2"."""
    if rule.startswith("easter"):
        return move(easter(year), int(rule.removeprefix("easter")))
    month, *rest = rule.split("-")
    if len(rest) == 1:
        return make_day(year, int(month), int(rest[0]))
    days_in_month = calendar.monthrange(year, int(month))[1]
    days = [
        day
        for number in range(1, days_in_month + 1)
        if (day := dt.date(year, int(month), number)).isoweekday() == int(rest[1])
    ]
    return days[-1] if rest[0] == "L" else days[int(rest[0]) - 1]

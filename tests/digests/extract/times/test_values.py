"""TIMEX3 values and the days they cover."""

import datetime as dt

import pytest

from digests.extract.times.values import days_of, easter, holiday_day, make_day, move, shift_month, week_value
from digests.types import Precision


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-01-18", ("2024-01-18", "2024-01-18", Precision.DAY)),
        ("2024-01-18T04:30", ("2024-01-18", "2024-01-18", Precision.TIME)),
        ("2024-W03", ("2024-01-15", "2024-01-21", Precision.WEEK)),
        ("2024-W03-WE", ("2024-01-20", "2024-01-21", Precision.WEEK)),
        ("2024-02", ("2024-02-01", "2024-02-29", Precision.MONTH)),
        ("2024-Q4", ("2024-10-01", "2024-12-31", Precision.QUARTER)),
        ("2024-H1", ("2024-01-01", "2024-06-30", Precision.QUARTER)),
        ("2024-WI", ("2024-12-01", "2025-02-28", Precision.QUARTER)),
        ("198", ("1980-01-01", "1989-12-31", Precision.DECADE)),
        ("2024", ("2024-01-01", "2024-12-31", Precision.YEAR)),
    ],
)
def test_value_covers_days(value: str, expected: tuple[str, str, Precision]) -> None:
    """First day, last day, precision."""
    covered = days_of(value)
    assert covered is not None
    assert expected == (str(covered[0]), str(covered[1]), covered[2])


@pytest.mark.parametrize(
    "value", ["P2D", "PAST_REF", "XXXX-WXX-4", "2024-13-01", "2024-02-31", "0000", "19", ""]
)
def test_value_without_days(value: str) -> None:
    """Durations, vague and impossible values cover nothing."""
    assert days_of(value) is None


def test_easter_and_moving_holidays() -> None:
    """Known days of well-known years."""
    assert [dt.date(2019, 4, 21), dt.date(2024, 3, 31)] == [easter(2019), easter(2024)]
    assert dt.date(2014, 11, 27) == holiday_day("11-4-4", 2014)
    assert dt.date(2021, 5, 31) == holiday_day("05-L-1", 2021)
    assert dt.date(2019, 4, 19) == holiday_day("easter-2", 2019)
    assert dt.date(2020, 12, 25) == holiday_day("12-25", 2020)


def test_calendar_edges() -> None:
    """Nothing beyond the calendar raises."""
    assert move(dt.date(9999, 12, 31), 1) is None
    assert make_day(2023, 2, 29) is None
    assert (2023, 12) == shift_month(dt.date(2024, 1, 31), -1)
    assert "2020-W53" == week_value(dt.date(2021, 1, 1))

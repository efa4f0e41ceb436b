"""Days keep their order and their labels never touch."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from digests.charts.axis import MOST_COLUMNS, DayAxis


def moment(day: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(2025, 6, 1, hour, tzinfo=dt.UTC) + dt.timedelta(days=day)


def test_few_days_are_columns() -> None:
    """Each day has its column, as wide as what is said on it needs."""
    axis = DayAxis.over([[moment(0), moment(0), moment(0), moment(3)]], 100, 700)
    assert [(day.day, right - left) for day, left, right in axis.columns] == [(1, 360), (4, 240)]
    assert [words for _, words in axis.labels()] == ["1 Jun", "4 Jun"]


@pytest.mark.parametrize("days", [1, 3, MOST_COLUMNS, MOST_COLUMNS + 1, 40, 400])
def test_marks_stand_apart_and_in_order(days: int) -> None:
    """However many days there are, no mark covers the next and none leaves the plot."""
    moments = [moment(index * days // 7, index % 5) for index in range(7)]
    axis = DayAxis.over([sorted(moments), [moment(day) for day in range(days)][:7]], 100, 700)
    places = axis.places(sorted(moments))
    assert all(right - left >= 20 for left, right in itertools.pairwise(places))
    assert places[0] >= 100
    assert places[-1] <= 700


def test_many_days_are_in_proportion() -> None:
    """Between the ends, a day in the middle stands in the middle."""
    axis = DayAxis.over([[moment(day) for day in range(0, 21)]], 100, 700)
    first, middle, last = axis.places([moment(0, 12), moment(10, 12), moment(20, 12)])
    assert axis.columns == ()
    assert middle == pytest.approx((first + last) / 2)


def test_labels_leave_room() -> None:
    """Of many days only some are named, the last always."""
    labels = DayAxis.over([[moment(day) for day in (*range(12), 60)]], 100, 700).labels()
    assert labels[-1][1] == "31 Jul"
    assert all(right - left >= 90 for (left, _), (right, _) in itertools.pairwise(labels))

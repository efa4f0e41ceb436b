"""What a source states of an article: its moment, in the zone that it gives."""

from __future__ import annotations

import datetime as dt

import pytest

from digests.sources.stated import parse_moment

WEST = dt.timezone(dt.timedelta(hours=-5))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-01-18", dt.date(2024, 1, 18)),
        ("2024-01-18T23:30:00", dt.datetime(2024, 1, 18, 23, 30, tzinfo=dt.UTC)),
        ("2024-01-18T23:30:00-05:00", dt.datetime(2024, 1, 18, 23, 30, tzinfo=WEST)),
        ("Thu, 18 Jan 2024 23:30:00 -0500", dt.datetime(2024, 1, 18, 23, 30, tzinfo=WEST)),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("today", None),
        (20240118, None),
    ],
)
def test_a_moment_keeps_its_zone(value: object, expected: dt.date | None) -> None:
    """The outlet's day is counted from, not ours: an evening in the west is our next morning."""
    found = parse_moment(value)
    assert expected == found
    if isinstance(expected, dt.datetime) and isinstance(found, dt.datetime):
        assert expected.utcoffset() == found.utcoffset()

"""When a server may be asked again: seconds, dates, and what makes no sense."""

from __future__ import annotations

import datetime as dt

import pytest

from digests.sources.headers import MAX_FRESH, MAX_RETRY, fresh_seconds, retry_seconds

NOW = dt.datetime(2026, 6, 12, 9, tzinfo=dt.UTC)
# The server's clock is an hour behind ours.
DATE = "Fri, 12 Jun 2026 08:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("1", 1),
        ("86400", 86_400),
        ("86401", MAX_RETRY),
        ("999999999999999999", MAX_RETRY),
        ("9" * 5_000, None),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("1e9", None),
        ("inf", None),
        ("soon", None),
        ("", None),
        ("²", None),
        ("Fri, 12 Jun 2026 09:10:00 GMT", 600),
        ("Fri, 12 Jun 2026 08:59:00 GMT", None),
        ("Mon, 01 Jan 2126 00:00:00 GMT", MAX_RETRY),
        ("Fri, 31 Feb 2026 09:10:00 GMT", None),
        ("Fri, 12 Jun 99999 09:10:00 GMT", None),
        ("2026-06-12T09:10:00Z", None),
    ],
)
def test_how_long_to_wait(value: str, expected: int | None) -> None:
    """Seconds and dates are honoured up to a day; what is absurd counts as not said."""
    assert expected == retry_seconds({"Retry-After": value}, now=NOW)


def test_a_date_counts_from_the_servers_own_clock() -> None:
    """Clocks need not agree: what counts is the distance that the server names."""
    headers = {"Retry-After": "Fri, 12 Jun 2026 08:05:00 GMT", "Date": DATE}
    assert retry_seconds(headers, now=NOW) == 300


def test_nothing_said_is_nothing() -> None:
    """Neither header: no wait is known, and the answer holds no time."""
    assert retry_seconds({}, now=NOW) is None
    assert fresh_seconds({}, now=NOW) == 0


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Cache-Control": "max-age=900"}, 900),
        ({"Cache-Control": 'public, Max-Age = "900"'}, 900),
        ({"Cache-Control": "s-maxage=900"}, 0),
        ({"Cache-Control": "max-age=31536000"}, MAX_FRESH),
        ({"Cache-Control": "max-age=900", "Age": "300"}, 600),
        ({"Cache-Control": "max-age=900", "Age": "5000"}, 0),
        ({"Cache-Control": "max-age=900", "Age": "old"}, 900),
        ({"Cache-Control": "no-cache, max-age=900"}, 0),
        ({"Cache-Control": "max-age=900, no-store"}, 0),
        ({"Cache-Control": "max-age=-1"}, 0),
        ({"Cache-Control": "x" * 100_000}, 0),
        ({"Expires": "Fri, 12 Jun 2026 09:20:00 GMT"}, 1200),
        ({"Expires": "Fri, 12 Jun 2026 08:20:00 GMT", "Date": DATE}, 1200),
        ({"Expires": "Fri, 12 Jun 2026 07:00:00 GMT"}, 0),
        ({"Expires": "0"}, 0),
        ({"Expires": "-1"}, 0),
        ({"Cache-Control": "max-age=60", "Expires": "Fri, 12 Jun 2026 09:20:00 GMT"}, 60),
    ],
)
def test_how_long_an_answer_holds(headers: dict[str, str], expected: int) -> None:
    """max-age before Expires, less the age, at most an hour; never longer than the server says."""
    assert expected == fresh_seconds(headers, now=NOW)

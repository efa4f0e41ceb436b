"""The ladder of a failing source, and the words for how a source is doing. No network, no store."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from digests.errors import SourceError, SourceGone, SourceInvalid, SourceRateLimited, SourceUnavailable
from digests.health import (
    WALLS,
    Checks,
    SourceState,
    after_failure,
    after_success,
    describe_health,
    quiet_limit,
    span_words,
)
from digests.sources.walls import REASONS
from digests.types import Source, SourceKind

NOW = dt.datetime(2026, 6, 12, 9, tzinfo=dt.UTC)
DOWN = SourceUnavailable("wire", "the server cannot answer now (502)")
GONE = SourceGone("wire", "gone")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def fail(checks: Checks, now: dt.datetime, failures: int, error: SourceError = DOWN) -> Checks:
    return after_failure(checks, now, source_id="wire", failures=failures, error=error)


def waits(source_id: str) -> list[float]:
    """Minutes from each failure to the next try, twelve in a row."""
    found = []
    for failures in range(1, 13):
        checks = after_failure(Checks(), NOW, source_id=source_id, failures=failures, error=DOWN)
        assert checks.next_check_at is not None
        found.append((checks.next_check_at - NOW).total_seconds() / 60)
    return found


def test_each_failure_doubles_the_wait_up_to_a_day() -> None:
    """5 minutes, 10, 20 ... a day; at most a fifth less, and never shorter than the step before."""
    for minutes, full in zip(waits("wire"), [5 * 2**n for n in range(12)], strict=True):
        assert 0.8 * min(full, 1440) <= minutes <= min(full, 1440)
    assert all(later > earlier for earlier, later in itertools.pairwise(waits("wire")[:9]))


def test_sources_that_fall_together_are_spread_without_dice() -> None:
    """The same source waits the same each time; a hundred sources wait differently."""
    assert waits("wire") == waits("wire")
    assert len({waits(f"wire-{number}")[3] for number in range(100)}) == 100


def test_a_dead_server_gets_at_most_twenty_requests_in_its_first_week() -> None:
    """And is given up then, with the reason."""
    checks, now, failures = Checks(), NOW, 0
    while checks.paused_because is None:
        failures += 1
        checks = fail(checks, now, failures)
        assert checks.next_check_at is not None
        now = checks.next_check_at
        assert failures <= 20
    assert now - NOW >= 7 * DAY
    assert checks.paused_because == "failed for 7 days: the server cannot answer now (502)"


def test_a_machine_that_slept_does_not_give_up_at_its_first_try() -> None:
    """One failure, two weeks without any check, a second one: that is not two weeks of failures."""
    assert fail(fail(Checks(), NOW, 1), NOW + 14 * DAY, 2).paused_because is None


def test_gone_for_good_is_believed_on_the_third_day() -> None:
    """Asked once a day; several answers of one day count once; another failure between begins anew."""
    first = fail(Checks(), NOW, 1, GONE)
    assert first.next_check_at == NOW + DAY
    again = fail(first, NOW + HOUR, 2, GONE)
    assert (again.gone_days, again.paused_because) == (1, None)
    second = fail(again, NOW + DAY, 3, GONE)
    third = fail(second, NOW + 2 * DAY, 4, GONE)
    assert third.paused_because == "gone, on 3 days"
    assert fail(second, NOW + 2 * DAY, 4).gone_days == 0


@pytest.mark.parametrize(("seconds", "expected"), [(90, 90), (86_400, 86_400)])
def test_a_server_that_asks_for_time_gets_it(seconds: int, expected: int) -> None:
    """The wait is the server's own, and a state of its own; it is no failure that counts towards giving up."""
    checks = fail(Checks(), NOW, 1, SourceRateLimited("wire", "fewer", retry_seconds=seconds))
    assert checks.next_check_at == NOW + dt.timedelta(seconds=expected)
    assert checks.limited_seconds(NOW) == expected
    assert checks.limited_seconds(NOW + dt.timedelta(seconds=expected)) == 0
    assert checks.failing_since is None


def test_fewer_requests_without_a_time_climb_the_ladder() -> None:
    """The wait doubles as with any failure."""
    checks = fail(Checks(), NOW, 4, SourceRateLimited("wire", "fewer", retry_seconds=None))
    assert checks.next_check_at == fail(Checks(), NOW, 4).next_check_at == checks.limited_until


def test_one_good_answer_forgets_everything() -> None:
    """What remains is when it last brought something."""
    brought = Checks(brought_at=NOW - DAY)
    for bad in (fail(brought, NOW, 3), fail(brought, NOW, 3, GONE)):
        good = after_success(bad, NOW + HOUR, fresh_seconds=0, has_news=False, moved_to=None)
        assert good == brought
    assert after_success(brought, NOW, fresh_seconds=0, has_news=True, moved_to=None).brought_at == NOW


def test_an_answer_that_holds_is_not_asked_for_again() -> None:
    """A minute is given to schedules that tick in whole minutes."""
    checks = after_success(Checks(), NOW, fresh_seconds=900, has_news=False, moved_to=None)
    assert not checks.is_due(NOW + dt.timedelta(seconds=839))
    assert checks.is_due(NOW + dt.timedelta(seconds=840))
    assert Checks().is_due(NOW)


def test_a_move_counts_when_it_is_said_three_times_in_a_row() -> None:
    """A misconfigured hour of a server must not carry a source away for good."""

    def answers(*targets: str | None) -> Checks:
        checks = Checks()
        for target in targets:
            checks = after_success(checks, NOW, fresh_seconds=0, has_news=False, moved_to=target)
        return checks

    assert answers("a", "a", "a").has_moved
    assert not answers("a", "a").has_moved
    assert not answers("a", "a", None, "a").has_moved
    assert not answers("a", "a", "b").has_moved


def test_a_wall_stands_until_pages_are_read_again() -> None:
    """A round without new articles asks for no page and knows no better; one that reads some does."""

    def answered(checks: Checks, pages: int, wall: str | None) -> Checks:
        return after_success(
            checks, NOW, fresh_seconds=0, has_news=True, moved_to=None, pages=pages, wall=wall
        )

    walled = answered(Checks(), 3, "paywall")
    assert answered(walled, 0, None).wall == "paywall"
    assert answered(walled, 2, None).wall is None
    assert set(WALLS) == REASONS.keys() - {"missing"}


def times(gap: dt.timedelta, count: int, newest: dt.datetime = NOW) -> tuple[dt.datetime, ...]:
    return tuple(newest - gap * n for n in range(count))


@pytest.mark.parametrize(
    ("gap", "count", "expected"),
    [
        (HOUR, 20, 2 * DAY),
        (DAY, 20, 5 * DAY),
        (7 * DAY, 20, 30 * DAY),
        (HOUR, 3, 7 * DAY),
        (HOUR, 0, 7 * DAY),
        (dt.timedelta(), 20, 2 * DAY),
    ],
)
def test_silence_is_measured_by_a_feeds_own_rhythm(
    gap: dt.timedelta, count: int, expected: dt.timedelta
) -> None:
    """A weekly is not silent after three days; an hourly wire is after two."""
    assert quiet_limit(times(gap, count)) == expected


def source(**changes: object) -> Source:
    known = {
        "id": "wire",
        "kind": SourceKind.FEED,
        "name": "Wire",
        "location": "https://a.example/",
        "checked_at": NOW,
    }
    return Source(**{**known, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "checks", "published", "expected"),
    [
        ({}, Checks(), times(HOUR, 20), (SourceState.WORKING, "")),
        ({"checked_at": None}, Checks(), (), (SourceState.NEW, "not read yet")),
        (
            {"error": "down", "failures": 1},
            Checks(failing_since=NOW),
            (),
            (SourceState.FAILING, "once: down"),
        ),
        ({"error": "down", "failures": 3}, Checks(), (), (SourceState.FAILING, "3 times in a row: down")),
        (
            {"error": "fewer", "failures": 2},
            Checks(limited_until=NOW),
            (),
            (SourceState.RATE_LIMITED, "fewer"),
        ),
        ({"paused": True, "error": "x"}, Checks(), (), (SourceState.PAUSED, "paused by an admin")),
        ({"paused": True}, Checks(paused_because="gone"), (), (SourceState.PAUSED, "gone")),
        (
            {},
            Checks(),
            times(HOUR, 20, NOW - 3 * DAY),
            (SourceState.SILENT, "answers, but nothing new for 3 days"),
        ),
        ({}, Checks(), (), (SourceState.SILENT, "answers, but has brought nothing yet")),
        ({}, Checks(brought_at=NOW - DAY), (), (SourceState.WORKING, "")),
        ({"kind": SourceKind.FOLDER}, Checks(), (), (SourceState.WORKING, "")),
    ],
)
def test_states_and_why(
    changes: dict[str, object],
    checks: Checks,
    published: tuple[dt.datetime, ...],
    expected: tuple[SourceState, str],
) -> None:
    """Paused before rate limited before failing before silent; a folder may be quiet for ever."""
    health = describe_health(source(**changes), checks, NOW, times=published, articles_day=0)
    assert (health.state, health.why) == expected


def test_when_next() -> None:
    """Only a moment to come is told, and none for what is paused."""
    later = Checks(next_check_at=NOW + HOUR)
    assert describe_health(source(), later, NOW, times=(), articles_day=0).next_check_at == NOW + HOUR
    assert describe_health(source(), later, NOW + DAY, times=(), articles_day=0).next_check_at is None
    assert describe_health(source(paused=True), later, NOW, times=(), articles_day=0).next_check_at is None


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "less than a minute"),
        (60, "1 minute"),
        (7199, "1 hour"),
        (172_800, "2 days"),
        (-5, "less than a minute"),
    ],
)
def test_spans_in_words(seconds: int, expected: str) -> None:
    """The largest whole unit."""
    assert expected == span_words(dt.timedelta(seconds=seconds))


def test_a_page_in_place_of_a_feed_is_a_failure_like_others() -> None:
    """It arrived and is no feed: the ladder holds for it too."""
    checks = fail(Checks(), NOW, 1, SourceInvalid("wire", "not a feed: a web page"))
    assert checks.next_check_at == fail(Checks(), NOW, 1).next_check_at

"""How a source is doing, why, and when it is asked again. Pure decisions over what its checks gave.

Stance: a server in trouble is asked less and less, and nothing stops without being said. A failing source is tried
again after 5 minutes, 10, 20 ... up to a day; after a week of failures, or when the server says on three days that
the feed is gone for good, it is paused and that is told once. One good answer forgets it all.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from digests.errors import SourceError, SourceGone, SourceRateLimited
from digests.types import Source, SourceKind

# The ladder of RELIABILITY, L2 to L5.
_FIRST_WAIT = dt.timedelta(minutes=5)
_LONGEST_WAIT = dt.timedelta(days=1)
_JITTER = 0.2
_GIVE_UP_AFTER = dt.timedelta(days=7)
# So that a machine which slept for a week does not give up at its first try.
_FEWEST_FAILURES = 5
_GONE_DAYS = 3
_MOVED_TIMES = 3
# How much too early a check may be: schedules tick in whole minutes.
_TOLERANCE = dt.timedelta(seconds=60)

# A feed is silent when nothing came for so many of its usual gaps, within these limits; and the limit of one whose
# rhythm is not known.
_SILENT_GAPS = 5
_SHORTEST_SILENCE = dt.timedelta(days=2)
_LONGEST_SILENCE = dt.timedelta(days=30)
_UNKNOWN_SILENCE = dt.timedelta(days=7)
_FEWEST_TIMES = 4
# How many of a source's last publication times tell its rhythm.
RHYTHM_TIMES = 20

# What a source's pages may stand behind, by the kinds that `digests.sources.walls` finds. A page that is missing is
# one article's own misfortune.
WALLS = {
    "consent": "a consent page",
    "paywall": "a paywall",
    "script": "a page that needs JavaScript",
    "human": "a captcha",
    "login": "a sign-in page",
}


class SourceState(StrEnum):
    NEW = "new"
    WORKING = "working"
    RATE_LIMITED = "rate limited"
    FAILING = "failing"
    PAUSED = "paused"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What the checks of a source left behind, beside what `Source` says of the last one.

    `limited_until` stands while the server's wish to be left alone was the last word; `moved_to` is the address that
    it named `moved_times` times in a row.
    """

    next_check_at: dt.datetime | None = None
    limited_until: dt.datetime | None = None
    failing_since: dt.datetime | None = None
    gone_on: dt.date | None = None
    gone_days: int = 0
    # When a check last brought something new or changed.
    brought_at: dt.datetime | None = None
    paused_because: str | None = None
    moved_to: str | None = None
    moved_times: int = 0
    # What stands in front of its articles' pages, as of the last time that some were asked for ("consent").
    wall: str | None = None

    @property
    def has_moved(self) -> bool:
        """The server has said often enough that the address changed for good."""
        return self.moved_times >= _MOVED_TIMES

    def is_due(self, now: dt.datetime) -> bool:
        """Whether the regular round asks this source."""
        return self.next_check_at is None or self.next_check_at <= now + _TOLERANCE

    def limited_seconds(self, now: dt.datetime) -> int:
        """How long the server still wants to be left alone; 0: it may be asked."""
        return max(0, int((self.limited_until - now).total_seconds())) if self.limited_until else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """A source as an admin sees it. `why` is a phrase, empty while all is well; times are aware UTC.

    `next_check_at` is `None` when it is asked with the next regular round, or not at all (paused). `wall` is what
    stands in front of its articles' pages, in words.
    """

    source: Source
    state: SourceState
    why: str = ""
    next_check_at: dt.datetime | None = None
    newest_at: dt.datetime | None = None
    articles_day: int = 0
    moved_to: str | None = None
    wall: str | None = None


def after_success(
    checks: Checks,
    now: dt.datetime,
    *,
    fresh_seconds: int,
    has_news: bool,
    moved_to: str | None,
    pages: int = 0,
    wall: str | None = None,
) -> Checks:
    """A good answer: what went wrong before is forgotten, and the next check waits while the answer holds.

    What stands before its pages is known anew where `pages` were asked for.
    """
    is_same_move = moved_to is not None and moved_to == checks.moved_to
    return Checks(
        next_check_at=now + dt.timedelta(seconds=fresh_seconds) if fresh_seconds else None,
        brought_at=now if has_news else checks.brought_at,
        moved_to=moved_to,
        moved_times=checks.moved_times + 1 if is_same_move else int(moved_to is not None),
        wall=wall if pages else checks.wall,
    )


def after_failure(
    checks: Checks, now: dt.datetime, *, source_id: str, failures: int, error: SourceError
) -> Checks:
    """A failed check, the `failures`-th in a row: when to try again, or (`paused_because`) that it is given up."""
    if isinstance(error, SourceRateLimited):
        wait = (
            dt.timedelta(seconds=error.retry_seconds) if error.retry_seconds else _wait(source_id, failures)
        )
        return replace(checks, next_check_at=now + wait, limited_until=now + wait)
    if isinstance(error, SourceGone):
        days = checks.gone_days + (checks.gone_on != now.date())
        return replace(
            checks,
            # Asked once a day: a server in repair says "gone" too.
            next_check_at=now + _LONGEST_WAIT,
            limited_until=None,
            failing_since=checks.failing_since or now,
            gone_on=now.date(),
            gone_days=days,
            paused_because=f"{error.problem}, on {days} days" if days >= _GONE_DAYS else None,
        )
    since = checks.failing_since or now
    is_over = now - since >= _GIVE_UP_AFTER and failures >= _FEWEST_FAILURES
    return replace(
        checks,
        next_check_at=now + _wait(source_id, failures),
        limited_until=None,
        failing_since=since,
        gone_on=None,
        gone_days=0,
        paused_because=f"failed for {(now - since).days} days: {error.problem}" if is_over else None,
    )


def _wait(source_id: str, failures: int) -> dt.timedelta:
    """5 minutes, doubled with each failure, up to a day; less up to a fifth, always the same for one source.

    The fifth spreads sources that fell together (one network, one host), without a throw of dice.
    """
    digest = hashlib.sha256(f"{source_id} {failures}".encode()).digest()
    share = int.from_bytes(digest[:4], "big") / 2**32
    doubled = _FIRST_WAIT * (1 << min(max(failures, 1) - 1, 12))
    return min(doubled, _LONGEST_WAIT) * (1 - _JITTER * share)


def describe_health(
    source: Source,
    checks: Checks,
    now: dt.datetime,
    *,
    times: Sequence[dt.datetime],
    articles_day: int,
) -> SourceHealth:
    """A source's state and why.

    Args:
        source: With the outcome of its last check.
        checks: What the earlier ones left.
        now: The clock.
        times: Publication times of its last articles, newest first, at most `RHYTHM_TIMES`.
        articles_day: How many it published in the last day.
    """
    state, why = _state(source, checks, now, times)
    is_asked = (
        state is not SourceState.PAUSED and checks.next_check_at is not None and checks.next_check_at > now
    )
    return SourceHealth(
        source=source,
        state=state,
        why=why,
        next_check_at=checks.next_check_at if is_asked else None,
        newest_at=times[0] if times else None,
        articles_day=articles_day,
        moved_to=checks.moved_to if checks.has_moved else None,
        wall=WALLS.get(checks.wall or ""),
    )


def _state(
    source: Source, checks: Checks, now: dt.datetime, times: Sequence[dt.datetime]
) -> tuple[SourceState, str]:
    if source.paused:
        return SourceState.PAUSED, checks.paused_because or "paused by an admin"
    if source.error and checks.limited_until:
        return SourceState.RATE_LIMITED, source.error
    if source.error:
        often = f"{source.failures} times in a row" if source.failures > 1 else "once"
        return SourceState.FAILING, f"{often}: {source.error}"
    if source.checked_at is None:
        return SourceState.NEW, "not read yet"
    if source.kind is SourceKind.FEED:
        newest = times[0] if times else checks.brought_at
        if newest is None:
            return SourceState.SILENT, "answers, but has brought nothing yet"
        if now - newest > quiet_limit(times):
            return SourceState.SILENT, f"answers, but nothing new for {span_words(now - newest)}"
    wall = WALLS.get(checks.wall or "")
    return SourceState.WORKING, f"its pages stand behind {wall}; the feed's own text is used" if wall else ""


def quiet_limit(times: Sequence[dt.datetime]) -> dt.timedelta:
    """How long nothing new is usual for a feed that published at these times, newest first."""
    if len(times) < _FEWEST_TIMES:
        return _UNKNOWN_SILENCE
    gaps = sorted(later - earlier for later, earlier in itertools.pairwise(times))
    usual = gaps[len(gaps) // 2]
    return min(max(usual * _SILENT_GAPS, _SHORTEST_SILENCE), _LONGEST_SILENCE)


def span_words(span: dt.timedelta) -> str:
    """A length of time in its largest whole unit: "3 days", "1 hour", "12 minutes"."""
    seconds = max(0, int(span.total_seconds()))
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return "less than a minute"

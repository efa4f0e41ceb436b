"""One round over the sources: fetched side by side; what waits is taken in together, and what came of each is recorded.

A source that fails is a row of the report, never an exception. What a check came to goes through `digests.health`,
which decides when the source is asked again, and whether it is given up.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.clock import Clock
from digests.errors import NotFound, SourceError, SourceRateLimited, StoreError
from digests.health import (
    RHYTHM_TIMES,
    SourceHealth,
    after_failure,
    after_success,
    describe_health,
    span_words,
)
from digests.ingest import Ingest, ProgressHook
from digests.sources import SOURCE_KINDS, Fetched, Request, Tools
from digests.store import sources as stored_sources
from digests.store.connection import Database
from digests.store.sources import Outcome, StoredSource
from digests.types import SourceKind, SourceResult

log = logging.getLogger(__name__)


# Entries from which waiting feeds are taken in in two goes: articles of half a minute are not held in memory alone.
_TOGETHER = 512


@dataclass(slots=True, eq=False)
class _Arrival:
    """What a source gave, waiting to be taken in, and then what came of it."""

    stored: StoredSource
    answer: Fetched | SourceError
    result: SourceResult | None = None

    @property
    def is_quick(self) -> bool:
        """Whether nothing more has to be read for it: no pages of other servers, no folder of any size."""
        return self.stored.source.kind is SourceKind.FEED and not self.stored.pages

    @property
    def entries(self) -> int:
        """How many entries wait, where that is known without reading them."""
        items = self.answer.items if isinstance(self.answer, Fetched) else ()
        return len(items) if isinstance(items, tuple) else 0


class Refresher:
    """Runs rounds over the sources of a store. One at a time: the engine holds the lock."""

    def __init__(self, database: Database, clock: Clock, tools: Tools, ingest: Ingest) -> None:
        self._database = database
        self._clock = clock
        self._tools = tools
        self._ingest = ingest

    async def choose(self, source_ids: Sequence[str] | None, *, only_due: bool) -> list[StoredSource]:
        """The sources of a round: all that are not paused, or those named, paused ones too.

        Raises NotFound for a named one that is not there. `only_due` leaves those out whose time has not come.
        """
        known = await self._database.read(stored_sources.load_sources)
        if source_ids is None:
            chosen = [stored for stored in known if not stored.source.paused]
        else:
            by_id = {stored.source.id: stored for stored in known}
            for source_id in source_ids:
                if source_id not in by_id:
                    raise NotFound("source", source_id)
            chosen = [by_id[source_id] for source_id in dict.fromkeys(source_ids)]
        return [one for one in chosen if not only_due or one.checks.is_due(self._clock())]

    async def run(
        self, chosen: Sequence[StoredSource], progress: ProgressHook | None, *, force: bool
    ) -> list[SourceResult]:
        """Check some sources; results in their order."""
        gate = asyncio.Semaphore(self._tools.config.at_once)
        taking_in = asyncio.Lock()
        arrived: list[_Arrival] = []
        unchanged: list[Outcome] = []

        async def one(stored: StoredSource) -> SourceResult:
            limit = self._limit(stored)
            if limit:
                return SourceResult(source_id=stored.source.id, name=stored.source.name, error=limit.problem)
            async with gate:
                try:
                    answer: Fetched | SourceError = await self.fetch(stored, force=force)
                except SourceError as exc:
                    answer = exc
            mine = _Arrival(stored, answer)
            arrived.append(mine)
            async with taking_in:
                # Another one may have been taken in with this one.
                if mine.result is None:
                    await self._take_in(_next_batch(arrived, mine), progress, unchanged)
            assert mine.result is not None
            return mine.result

        # Those that worked first: many that only run into their deadlines must not hold them up.
        order = sorted(range(len(chosen)), key=lambda n: chosen[n].source.failures > 0)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = {number: group.create_task(one(chosen[number])) for number in order}
        except BaseExceptionGroup as failed:
            raise _of_the_store(failed) from failed
        if unchanged:
            await self._database.write(stored_sources.record_checks, unchanged)
        return [tasks[number].result() for number in range(len(chosen))]

    async def fetch(self, stored: StoredSource, *, force: bool) -> Fetched:
        """What a source gives now; `force` asks for all of it. Raises SourceError, with the reason.

        A server that still wants to be left alone is not asked: that is SourceRateLimited.
        """
        limit = self._limit(stored)
        if limit:
            raise limit
        return await SOURCE_KINDS[stored.source.kind](self._tools).fetch(
            Request(
                source=stored.source,
                now=self._clock(),
                # The operator's own, from the file or the command line.
                is_configured=stored.source.owner is None,
                etag=None if force else stored.etag,
                last_modified=None if force else stored.last_modified,
            )
        )

    def _limit(self, stored: StoredSource) -> SourceRateLimited | None:
        """Why a source is not asked at all: its server said so, and the time is not over."""
        left = stored.checks.limited_seconds(self._clock())
        if not left:
            return None
        words = span_words(dt.timedelta(seconds=left))
        return SourceRateLimited(
            stored.source.id,
            f"not asked: the server wants to be left alone for {words} more",
            retry_seconds=left,
        )

    async def _take_in(
        self, batch: Sequence[_Arrival], progress: ProgressHook | None, unchanged: list[Outcome]
    ) -> None:
        """Keep what came, all of it at once, then record the checks: what a server said of the next request is only
        kept when its articles are. Checks that found nothing new are noted in `unchanged`.
        """
        brought = [
            (one.stored, one.answer.items)
            for one in batch
            if isinstance(one.answer, Fetched) and not one.answer.is_unchanged
        ]
        loaded = iter(await self._ingest.load(brought, progress) if brought else ())
        outcomes: list[Outcome] = []
        for one in batch:
            source, answer = one.stored.source, one.answer
            if isinstance(answer, SourceError):
                one.result = await self._record_failure(one.stored, answer, self._clock())
                continue
            nothing = SourceResult(source_id=source.id, name=source.name)
            result = nothing if answer.is_unchanged else next(loaded)
            result = replace(result, unchanged=result.unchanged + answer.unchanged)
            outcome = _judge(one.stored, answer, result, self._clock())
            if outcome.checks.has_moved and not one.stored.checks.has_moved:
                moved = f"the server says that it has moved to {outcome.checks.moved_to}"
                result = replace(result, notice=_tell(source.id, moved))
            (outcomes if result.new or result.changed or source.error else unchanged).append(outcome)
            one.result = result
        if outcomes:
            await self._database.write(stored_sources.record_checks, outcomes)

    async def _record_failure(
        self, stored: StoredSource, error: SourceError, now: dt.datetime
    ) -> SourceResult:
        source = stored.source
        log.info("refresh failed source=%s error=%s", source.id, error.problem)
        checks = after_failure(
            stored.checks, now, source_id=source.id, failures=source.failures + 1, error=error
        )
        outcome = Outcome(source_id=source.id, checked_at=now, checks=checks, error=error.problem)
        await self._database.write(stored_sources.record_checks, [outcome])
        notice = None
        if checks.paused_because and not source.paused:
            notice = _tell(source.id, f"paused: {checks.paused_because}")
        return SourceResult(source_id=source.id, name=source.name, error=error.problem, notice=notice)

    async def health(self, known: Sequence[StoredSource]) -> tuple[SourceHealth, ...]:
        """How some sources are doing, in their order."""
        now = self._clock()
        found = []
        for stored in known:
            rhythm = await self._database.read(
                stored_sources.load_rhythm, stored.source.id, now, RHYTHM_TIMES
            )
            found.append(
                describe_health(
                    stored.source, stored.checks, now, times=rhythm.times, articles_day=rhythm.articles_day
                )
            )
        return tuple(found)


def _of_the_store(failed: BaseExceptionGroup[BaseException]) -> BaseException:
    """What ended a round: where that was the store alone, its first error, which the operator can help."""
    is_stores = all(isinstance(one, StoreError) for one in failed.exceptions)
    return failed.exceptions[0] if is_stores else failed


def _next_batch(arrived: list[_Arrival], mine: _Arrival) -> list[_Arrival]:
    """What is taken in with one arrival: the other quick ones that wait, up to a limit. They leave the list."""
    waiting = [mine, *(one for one in arrived if one is not mine and one.is_quick and mine.is_quick)]
    so_far = itertools.accumulate(one.entries for one in waiting)
    batch = [one for one, entries in zip(waiting, so_far, strict=True) if one is mine or entries <= _TOGETHER]
    arrived[:] = [one for one in arrived if one not in batch]
    return batch


def _judge(stored: StoredSource, answer: Fetched, result: SourceResult, now: dt.datetime) -> Outcome:
    """What a good answer means for the next check."""
    log.info(
        "refreshed source=%s new=%d changed=%d failed=%d",
        stored.source.id,
        result.new,
        result.changed,
        result.failed,
    )
    return Outcome(
        source_id=stored.source.id,
        checked_at=now,
        checks=after_success(
            stored.checks,
            now,
            fresh_seconds=answer.fresh_seconds,
            has_news=bool(result.new or result.changed),
            moved_to=answer.moved_to,
            pages=result.pages,
            wall=result.wall,
        ),
        etag=_etag(answer, result) or (stored.etag if answer.is_unchanged else None),
        last_modified=answer.last_modified or (stored.last_modified if answer.is_unchanged else None),
    )


def _etag(answer: Fetched, result: SourceResult) -> str | None:
    """What makes the next request conditional: the server's word, or a stamp where all could be read."""
    if answer.etag or answer.stamp is None or result.failed:
        return answer.etag
    return f"{answer.stamp} {result.new + result.changed + result.unchanged}"


def _tell(source_id: str, notice: str) -> str:
    """A decision about a source, once in the log and once in the report."""
    log.warning("source=%s %s", source_id, notice)
    return notice

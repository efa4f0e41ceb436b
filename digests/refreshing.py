"""One round over the sources: fetched side by side, taken in one after the other, and what came of each is recorded.

A source that fails is a row of the report, never an exception. What a check came to goes through `digests.health`,
which decides when the source is asked again, and whether it is given up.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import replace

from digests.config import Clock
from digests.errors import NotFound, SourceError, SourceRateLimited
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
from digests.types import SourceResult

log = logging.getLogger(__name__)


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
            async with taking_in:
                return await self._take_in(stored, answer, progress, unchanged)

        async with asyncio.TaskGroup() as group:
            # Those that worked first: many that only run into their deadlines must not hold them up.
            order = sorted(range(len(chosen)), key=lambda n: chosen[n].source.failures > 0)
            tasks = {number: group.create_task(one(chosen[number])) for number in order}
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
        self,
        stored: StoredSource,
        answer: Fetched | SourceError,
        progress: ProgressHook | None,
        unchanged: list[Outcome],
    ) -> SourceResult:
        """Keep what came and record the check; one that found nothing new is only noted in `unchanged`."""
        source, now = stored.source, self._clock()
        if isinstance(answer, SourceError):
            return await self._record_failure(stored, answer, now)
        (result,) = await self._ingest.load([(stored, answer.items)], progress)
        result = replace(result, unchanged=result.unchanged + answer.unchanged)
        has_news = bool(result.new or result.changed)
        checks = after_success(
            stored.checks,
            now,
            fresh_seconds=answer.fresh_seconds,
            has_news=has_news,
            moved_to=answer.moved_to,
        )
        outcome = Outcome(
            source_id=source.id,
            checked_at=now,
            checks=checks,
            etag=_etag(answer, result) or (stored.etag if answer.is_unchanged else None),
            last_modified=answer.last_modified or (stored.last_modified if answer.is_unchanged else None),
        )
        if has_news or source.error:
            await self._database.write(stored_sources.record_checks, [outcome])
        else:
            unchanged.append(outcome)
        log.info(
            "refreshed source=%s new=%d changed=%d failed=%d",
            source.id,
            result.new,
            result.changed,
            result.failed,
        )
        if checks.has_moved and not stored.checks.has_moved:
            return replace(
                result, notice=_tell(source.id, f"the server says that it has moved to {checks.moved_to}")
            )
        return result

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


def _etag(answer: Fetched, result: SourceResult) -> str | None:
    """What makes the next request conditional: the server's word, or a stamp where all could be read."""
    if answer.etag or answer.stamp is None or result.failed:
        return answer.etag
    return f"{answer.stamp} {result.new + result.changed + result.unchanged}"


def _tell(source_id: str, notice: str) -> str:
    """A decision about a source, once in the log and once in the report."""
    log.warning("source=%s %s", source_id, notice)
    return notice

"""The ways in, one at a time: rounds over the sources, files and folders, JSON Lines. `Engine` tells of each."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from pathlib import Path

from digests.clock import Clock
from digests.errors import RefreshInProgress, SourceError
from digests.ingest import Ingest, ProgressHook
from digests.refreshing import Refresher
from digests.sources.folder import check_path, read_jsonl, read_path
from digests.sources.pages import pages_through
from digests.sources.worker import Worker
from digests.store import settings
from digests.store.connection import Database
from digests.store.sources import Origin, StoredSource
from digests.types import RefreshReport, Source, SourceKind, SourceResult

_LAST = "last_refresh"


class Loading:
    """Takes in articles.

    Args:
        database: The store.
        clock: Gives aware times.
        worker: The process in which pages are read.
        ingest: What takes articles in.
        refresher: What asks the sources.
        on_end: Called when a load has ended, however it ended, before the next one may begin.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        worker: Worker,
        ingest: Ingest,
        refresher: Refresher,
        on_end: Callable[[], Awaitable[None]],
    ) -> None:
        self._database = database
        self._clock = clock
        self._worker = worker
        self._ingest = ingest
        self._refresher = refresher
        self._on_end = on_end
        self._lock = asyncio.Lock()

    @property
    def is_running(self) -> bool:
        return self._lock.locked()

    @contextlib.asynccontextmanager
    async def alone(self) -> AsyncIterator[dt.datetime]:
        """Nothing else loads meanwhile; gives the time at which that began. Raises RefreshInProgress."""
        if self.is_running:
            raise RefreshInProgress("a refresh is running")
        async with self._lock:
            try:
                yield self._clock()
            finally:
                await self._on_end()

    async def refresh(
        self,
        source_ids: Sequence[str] | None,
        *,
        force: bool,
        only_due: bool,
        progress: ProgressHook | None,
    ) -> RefreshReport:
        """One round over the sources; what older rules read is read again first."""
        async with self.alone() as started:
            chosen = await self._refresher.choose(source_ids, only_due=only_due)
            await self._ingest.reread_outdated(progress)
            return await self._round(started, chosen, progress, force=force)

    async def first_read(self, add: Callable[[], Awaitable[Source]]) -> RefreshReport:
        """Add a source and read it before any other round can: its report tells all that it brought."""
        async with self.alone() as started:
            chosen = await self._refresher.choose([(await add()).id], only_due=False)
            return await self._round(started, chosen, None, force=False)

    async def _round(
        self,
        started: dt.datetime,
        chosen: Sequence[StoredSource],
        progress: ProgressHook | None,
        *,
        force: bool,
    ) -> RefreshReport:
        results = await self._refresher.run(chosen, progress, force=force)
        await self._database.write(settings.save_setting, _LAST, self._clock().isoformat())
        return self._report(started, results)

    async def last_refresh(self) -> dt.datetime | None:
        """When the last round ended, in this process or an earlier one."""
        last = await self._database.read(settings.load_setting, _LAST)
        return dt.datetime.fromisoformat(last) if last else None

    async def paths(self, paths: Sequence[Path | str], progress: ProgressHook | None) -> RefreshReport:
        """Files and folders, one row of the report each."""
        async with self.alone() as started:
            results: dict[Path, SourceResult] = {}
            readable: dict[Path, StoredSource] = {}
            # In order of their names: an id that two folders share goes to the same one each time.
            for path in sorted({Path(path) for path in paths}):
                source = _loaded(path.name or str(path), f"file:{path.absolute()}", str(path))
                try:
                    await asyncio.to_thread(check_path, path, source_id=str(path))
                    readable[path] = source
                except SourceError as exc:
                    results[path] = SourceResult(
                        source_id=source.source.id, name=str(path), error=exc.problem
                    )
            pages = pages_through(self._worker)
            items = [
                (source, read_path(path, source_id=source.source.id, pages=pages))
                for path, source in readable.items()
            ]
            results |= zip(readable, await self._ingest.load(items, progress), strict=True)
            return self._report(started, [results[path] for path in dict.fromkeys(map(Path, paths))])

    async def jsonl(
        self, lines: Iterable[str | bytes], name: str, progress: ProgressHook | None
    ) -> RefreshReport:
        """JSON Lines, one article a line."""
        async with self.alone() as started:
            source = _loaded(name, f"jsonl:{name}", name)
            pages = pages_through(self._worker)
            items = read_jsonl(lines, name=name, source_id=source.source.id, pages=pages)
            return self._report(started, await self._ingest.load([(source, items)], progress))

    def _report(self, started: dt.datetime, results: Sequence[SourceResult]) -> RefreshReport:
        return RefreshReport(started=started, finished=self._clock(), results=tuple(results))


def _loaded(name: str, source_id: str, location: str) -> StoredSource:
    source = Source(id=source_id, kind=SourceKind.FOLDER, name=name, location=location)
    return StoredSource(source=source, origin=Origin.LOADED)

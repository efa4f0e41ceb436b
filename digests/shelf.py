"""Findings and cards where they are quickest to get: in memory, in the store, else made now.

Stance: what is shown was made from the story as it is. Everything is filed under the story's revision, and under the
articles that are seen of it; what was made from an older state is not found any more.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from digests.cards import build_card
from digests.catalogue import Catalogue, Entry
from digests.preparation import DRAWN, Preparer, maker, prepare_story, warm_up
from digests.recent import Recent
from digests.store import articles as stored_articles
from digests.store.chronicles import find_untold
from digests.store.connection import Database
from digests.store.pictures import find_undrawn
from digests.store.prepared import (
    Glance,
    Prepared,
    find_unprepared,
    load_findings,
    load_glance,
    part_of,
    save_prepared,
)
from digests.tongues import ENGLISH, Tongue
from digests.types import Card, Findings
from digests.views import Key, Seen

log = logging.getLogger(__name__)

T = TypeVar("T")

# Stories whose findings are held in memory, the last asked for; about 350 kB each.
_KEPT = 108
# Stories whose cards are; about 60 kB each.
_KEPT_CARDS = 256
# The most important stories, which are held beside them, whoever asks for what.
_READY = 20


class Shelf:
    """What the engine answers from.

    Args:
        database: The store.
        catalogue: The stories as they stand there.
        prepares: Keep what is made, and have a child process make what is missing. Not worth it for a command that
            ends at once.
    """

    def __init__(self, database: Database, catalogue: Catalogue, *, prepares: bool) -> None:
        self._database = database
        self._catalogue = catalogue
        self._prepares = prepares
        self._findings: Recent[Key, Findings] = Recent(_KEPT)
        self._cards: Recent[Key, Glance] = Recent(_KEPT_CARDS)
        self._ready: dict[Key, Glance] = {}
        # Cards in other languages than English, a few kB each.
        self._spoken: Recent[Key, Card] = Recent(_KEPT)
        # What is being made now: who asks for the same waits for it.
        self._making: dict[Key, asyncio.Task[Prepared]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._preparer = Preparer(database.path, self._on_round)
        self._first: Sequence[Entry] = ()
        self._filling: asyncio.Task[None] | None = None
        self._revision = -1

    # ------------------------------------------------------------------ answering

    async def findings(self, seen: Seen) -> Findings:
        """What analysis says of a story, as it is seen."""
        key = seen.key
        if key in self._findings:
            return self._findings[key]
        found = await self._load(load_findings, seen)
        if found is None:
            return (await self._thought(seen)).findings
        self._findings[key] = found
        return found

    async def glance(self, seen: Seen) -> Glance:
        """What a card shows of a story, as it is seen."""
        key = seen.key
        if key in self._ready:
            return self._ready[key]
        if key in self._cards:
            return self._cards[key]
        found = await self._load(load_glance, seen)
        if found is None:
            return (await self._thought(seen)).glance
        self._cards[key] = found
        return found

    async def _thought(self, seen: Seen) -> Prepared:
        """A story thought through now, or a moment ago: while the store was asked for it."""
        key = seen.key
        if key in self._findings and key in self._cards:
            return Prepared(findings=self._findings[key], glance=self._cards[key])
        if key not in self._making:
            task = asyncio.create_task(self._make(seen))
            self._making[key] = task
            task.add_done_callback(lambda _: self._making.pop(key, None))
        # Whoever gives up waiting does not stop it for the others.
        return await asyncio.shield(self._making[key])

    async def card(self, seen: Seen, tongue: Tongue) -> Card:
        """The card of a story in a language; those of other languages than English are held in memory alone."""
        if tongue is ENGLISH:
            return (await self.glance(seen)).card
        key = (tongue.code, "of", *seen.key)
        if key not in self._spoken:
            findings = await self.findings(seen)
            articles = await self._database.read(stored_articles.load_articles, seen.story.article_ids)
            self._spoken[key] = await asyncio.to_thread(
                build_card, seen.story, findings, articles, tongue=tongue
            )
        return self._spoken[key]

    async def _make(self, seen: Seen) -> Prepared:
        """Only what no correction has touched is kept in the store."""
        read = await self._database.read_long(stored_articles.load_with_facts, seen.story.article_ids)
        prepared = await asyncio.to_thread(prepare_story, seen.story, read, seen.corrections)
        if self._prepares and self._is_common(seen):
            self._start(self._save(seen, prepared))
        self._findings[seen.key] = prepared.findings
        self._cards[seen.key] = prepared.glance
        return prepared

    def _is_common(self, seen: Seen) -> bool:
        return not seen.corrections and self._catalogue.find(seen.entry.story.id) is seen.entry

    async def _load(self, loader: Callable[..., T | None], seen: Seen) -> T | None:
        """What the store keeps of a story as it is seen; nothing where somebody has put something right in it."""
        if not self._is_common(seen):
            return None
        part = part_of(seen.story, seen.entry.story)
        return await self._database.read(loader, seen.story.id, part, seen.entry.revision, maker())

    async def _save(self, seen: Seen, prepared: Prepared) -> None:
        part = part_of(seen.story, seen.entry.story)
        await self._database.write(save_prepared, seen.story.id, part, seen.entry.revision, maker(), prepared)

    # ------------------------------------------------------------------ preparing

    async def keep_ready(self) -> None:
        """Have the cards of new and changed stories made in the background. Costs nothing when nothing has changed."""
        if not self._prepares or self._catalogue.revision == self._revision:
            return
        if self._revision < 0:
            self._start(asyncio.to_thread(_warm_up))
        self._revision = self._catalogue.revision
        self._first = self._catalogue.by_importance()[:_READY]
        drawn = tuple(entry.story.id for entry in self._catalogue.by_importance()[:DRAWN])
        if await self._database.read(_is_anything_missing, maker(), drawn):
            self._preparer.wake()
        self._on_round()

    async def ready(self) -> None:
        """Wait until everything that was missing has been made."""
        await self._preparer.finished()
        if self._filling is not None:
            await self._filling

    async def close(self) -> None:
        """Stop what is being made; what is made is kept."""
        await self._preparer.close()
        for task in (*self._making.values(), *([self._filling] if self._filling else [])):
            task.cancel()
        await asyncio.gather(*self._making.values(), return_exceptions=True)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _on_round(self) -> None:
        """Some cards were made: those of the first stories are fetched."""
        if self._filling is None or self._filling.done():
            self._filling = self._start(self._fill())

    async def _fill(self) -> None:
        first = {(seen := Seen(entry, entry.story)).key: seen for entry in self._first}
        self._ready = {key: made for key, made in self._ready.items() if key in first}
        for key, seen in first.items():
            if key in self._ready:
                continue
            found = self._cards[key] if key in self._cards else await self._load(load_glance, seen)
            if found is not None:
                self._ready[key] = found

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something beside the questions; what goes wrong in it is logged."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._end)
        return task

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("card not kept reason=%s", error, exc_info=error)


def _is_anything_missing(db: sqlite3.Connection, maker: str, drawn: Sequence[str]) -> bool:
    return bool(
        find_unprepared(db, maker, limit=1)
        or find_untold(db, maker, limit=1)
        or find_undrawn(db, drawn, maker)
    )


def _warm_up() -> None:
    """What is loaded now and then stays to the end: the collector, which stops every thread, never walks it."""
    gc.freeze()
    warm_up()
    gc.freeze()

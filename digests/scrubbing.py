"""Reading the store over, a little with each round, so that damage is found before the words are needed.

Stance: what was found stays found. The place is kept in the store and not moved past a damaged row, so that the next
start finds it again with its first step; nothing is mended by guessing, a backup is put back.
"""

from __future__ import annotations

import json
import logging
import sqlite3

from digests.store import settings
from digests.store.articles import last_number
from digests.store.connection import Database
from digests.store.sums import KINDS, look_over

log = logging.getLogger(__name__)

# Rows of one step; a store is read over in so many steps at most: with a round each quarter of an hour in four days,
# with one an hour in seventeen (RELIABILITY Q5: within thirty).
_ROWS = 200
_STEPS = 400
# Rows read at once: questions wait for them.
_PIECE = 50
_SETTING = "scrub.place"
# Damaged rows that are named; one is enough to act upon.
_NAMED = 10


class Scrubber:
    """Reads over a store, step by step. `damage` names what is not as it was written; empty while all is."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.damage: tuple[str, ...] = ()

    async def step(self) -> tuple[str, ...]:
        """Read the next rows; returns all damage that is known. Raises StoreError where the file cannot be read."""
        if self.damage:
            return self.damage
        kind, after = await self._place()
        left = max(_ROWS, await self._database.read(last_number) // _STEPS)
        while left > 0:
            read = await self._database.read(_look, KINDS[kind], after=after, limit=_PIECE)
            self.damage = tuple(problem for _, problem in read if problem)[:_NAMED]
            if self.damage:
                log.error("the store is damaged problem=%s", self.damage[0])
                break
            left -= len(read)
            after = read[-1][0] if read else 0
            if not read:
                kind = (kind + 1) % len(KINDS)
                if kind == 0:
                    break
        await self._database.write(settings.save_setting, _SETTING, json.dumps([kind, after]))
        return self.damage

    async def _place(self) -> tuple[int, int]:
        """Which kind of rows, and behind which of them."""
        kept = await self._database.read(settings.load_setting, _SETTING)
        kind, after = json.loads(kept) if kept else (0, 0)
        return kind % len(KINDS), after


def _look(db: sqlite3.Connection, kind: str, *, after: int, limit: int) -> list[tuple[int, str | None]]:
    return list(look_over(db, kind, after=after, limit=limit))

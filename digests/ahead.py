"""The child process that makes ahead what will be asked for: the cards of stories, what they tell of affairs, pictures.

It is started by `digests.preparation.Preparer`, with a low priority and connections of its own, says a line after each
round, and ends when nothing is left or when its parent has. It may be killed at any time: what it makes is kept by one
transaction each.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from digests.catalogue import Catalogue, Entry
from digests.charts import Sketch, sketch_timeline, sketch_toll
from digests.pictures import mark_of
from digests.preparation import DRAWN, maker, prepare_one
from digests.store.chronicles import Kept, load_all_kept, load_kept, save_kept, save_known
from digests.store.connection import Database, open_database, open_plainly
from digests.store.pictures import find_undrawn, save_pictures
from digests.store.prepared import find_unprepared, load_findings
from digests.store.stories import load_changed
from digests.telling import Sight, Teller
from digests.types import Chart, Chronicle, Measure
from digests.views import Seen

log = logging.getLogger(__name__)

# The most important stories and the largest ones come first: those are asked for, and these take seconds.
_FIRST = 25
# Stories between two looks at what is left, which may have changed meanwhile.
_ROUND = 25
# How much the child steps back for others (nice).
_NICE = 10


def serve(path: str) -> None:
    """Make what is missing, with a line of output after each round, until nothing is left."""
    os.nice(_NICE)
    try:
        asyncio.run(_serve(Path(path), os.getppid()))
    except (BrokenPipeError, _Orphaned):
        # The parent was killed a moment ago.
        return


class _Orphaned(Exception):
    """The parent has ended."""


async def _serve(path: Path, parent: int) -> None:
    database = await open_database(path)
    try:
        with contextlib.closing(open_plainly(path)) as db:
            catalogue, teller = Catalogue(), Teller(database)
            cards = _Cards(db, catalogue, parent)
            while True:
                cards.make_all()
                if await _tell_all(database, catalogue, teller, cards) and await _draw_all(
                    database, catalogue, cards
                ):
                    return
    finally:
        await database.close()


class _Cards:
    """Makes the cards that are missing; the catalogue learns what is new."""

    def __init__(self, db: sqlite3.Connection, catalogue: Catalogue, parent: int) -> None:
        self._db = db
        self._catalogue = catalogue
        self._parent = parent
        self._failed: set[str] = set()

    def make_all(self) -> None:
        while todo := self.missing():
            for entry in todo[:_ROUND]:
                self.require_parent()
                if not prepare_one(self._db, entry):
                    self._failed.add(entry.story.id)
            self.say(len(todo))

    def missing(self) -> list[Entry]:
        """What has to be prepared, the first to be asked for first."""
        missing = set(find_unprepared(self._db, maker())) - self._failed
        self._catalogue.learn(load_changed(self._db, self._catalogue.revision))
        if not missing:
            return []
        ranked = [entry for entry in self._catalogue.by_importance() if entry.story.id in missing]
        largest = sorted(ranked, key=lambda entry: -len(entry.story.article_ids))[:_FIRST]
        return list(dict.fromkeys((*ranked[:_FIRST], *largest, *ranked)))

    def require_parent(self) -> None:
        if os.getppid() != self._parent:
            raise _Orphaned

    def say(self, left: int) -> None:
        # Unbuffered: what a dead parent does not read must not be tried again at the end.
        os.write(sys.stdout.fileno(), f"{left}\n".encode())


async def _tell_all(database: Database, catalogue: Catalogue, teller: Teller, cards: _Cards) -> bool:
    """Tell what no story tells yet, or would tell differently now; `False` when cards come first again."""
    kept = await database.read(load_all_kept, maker())
    revision = catalogue.revision
    same: dict[str, int] = {}
    done = 0
    for entry in list(catalogue.by_importance()):
        story_id = entry.story.id
        known = kept.get(story_id)
        if known is not None and known.revision == entry.revision:
            if known.known == revision:
                continue
            if await teller.would_tell_the_same(known, catalogue):
                same[story_id] = revision
                continue
        await _tell_one(database, catalogue, teller, entry)
        done += 1
        if done % _ROUND == 0:
            cards.require_parent()
            cards.say(done)
            if cards.missing():
                return False
    if same:
        await database.write(save_known, same)
    return not cards.missing()


async def _own(database: Database, entry: Entry) -> Chronicle | None:
    """The timeline of a story that tells no affair: read alone, it is a tenth of the findings."""
    story_id = entry.story.id
    findings = await database.read(load_findings, story_id, "", entry.revision, maker())
    return Chronicle(entries=findings.timeline, story_ids=(story_id,)) if findings is not None else None


async def _tell_one(database: Database, catalogue: Catalogue, teller: Teller, entry: Entry) -> None:
    """Tell and keep one story's affair; what fails is logged, and told again to who asks for it."""

    async def see(other: Entry) -> Seen | None:
        # What belongs to one server is told to nobody from here: it only makes the answer one for each server.
        return Seen(other, other.story) if not other.stored.owners else None

    known = catalogue.revision
    try:
        told = await teller.tell(Seen(entry, entry.story), Sight(catalogue.find, see))
        if told.chronicle is None and told.is_common:
            told = replace(told, chronicle=await _own(database, entry))
        kept = Kept(story_id=entry.story.id, revision=entry.revision, maker=maker(), known=known, told=told)
        await database.write(save_kept, kept)
    except sqlite3.Error:
        raise
    except Exception:  # a bug in one story's analysis: who asks for it will see it
        log.exception("chronicle failed story=%s", entry.story.id)


async def _draw_all(database: Database, catalogue: Catalogue, cards: _Cards) -> bool:
    """Draw the missing pictures of the stories that come first; `False` when cards come first again."""
    first = {entry.story.id: entry for entry in catalogue.by_importance()[:DRAWN]}
    undrawn = await database.read(find_undrawn, tuple(first), maker())
    for number, story_id in enumerate(undrawn, 1):
        await _draw_one(database, first[story_id])
        if number % _ROUND == 0:
            cards.require_parent()
            cards.say(len(undrawn) - number)
            if cards.missing():
                return False
    return not cards.missing()


async def _draw_one(database: Database, entry: Entry) -> None:
    """Draw and keep what most people see of a story, in English: nothing filtered, and the killed alone.

    What fails is logged, and left.
    """
    story, revision = entry.story, entry.revision
    findings = await database.read(load_findings, story.id, "", revision, maker())
    if findings is None:
        return
    kept = await database.read(load_kept, story.id, revision, maker())
    chronicle = kept.told.chronicle if kept is not None else None
    entries = findings.timeline if chronicle is None else chronicle.entries
    plans: dict[str, Callable[[], Sketch | None]] = {
        "toll": lambda: sketch_toll(story, findings),
        "timeline": lambda: sketch_timeline(story, entries),
    }
    drawn = {kind: _drawn(plan, f"{kind} of {story.id}") for kind, plan in plans.items()}
    if toll := drawn["toll"]:
        # Where nobody else is counted, it is the picture of all.
        plan = partial(sketch_toll, story, findings, measure=Measure.KILLED)
        alone = _drawn(plan, f"toll killed of {story.id}", but=toll[0])
        drawn |= {"toll killed": alone} if alone else {}
    await database.write(save_pictures, story.id, revision, maker(), drawn)


def _drawn(plan: Callable[[], Sketch | None], name: str, *, but: str = "") -> tuple[str, Chart] | None:
    """A picture and what it is filed under; `None` where there is too little to draw, or it is that of `but`."""
    try:
        sketch = plan()
        mark = mark_of(sketch) if sketch is not None else but
        return None if sketch is None or mark == but else (mark, sketch.draw())
    except Exception:  # a bug in one picture: the others are drawn, and who asks for it gets the words
        log.exception("picture failed: %s", name)
        return None

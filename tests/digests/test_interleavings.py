"""Sources removed, paused and brought back while they are read: whatever the order, nothing is left half done."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from digests.config import SourceConfig
from digests.engine import Engine
from digests.errors import NotFound, RefreshInProgress
from digests.store.sources import Origin, StoredSource, save_source
from digests.types import Source, SourceKind
from tests.digests.engine_case import DAM, STRIKE, article, engine_at

SOURCES = ("coast", "hills")
#: Turns of the event loop within which a change comes.
TURNS = 200
#: Rows that refer to nothing, and articles without a story that holds them.
ORPHANS = """
SELECT count(*)
FROM articles
LEFT JOIN facts ON facts.article_number = articles.number
LEFT JOIN stories ON stories.id = articles.story_id
LEFT JOIN sources ON sources.id = articles.source_id
WHERE facts.article_number IS NULL OR stories.id IS NULL OR sources.id IS NULL OR stories.voices = 0
"""


async def interleave(engine: Engine, folder: Path, chance: random.Random, number: int) -> None:
    """One round with news in both folders, and a change of a source somewhere in it."""
    for name in SOURCES:
        row = article(number * 10 + SOURCES.index(name), chance.choice((DAM, STRIKE)), id=f"{name}-{number}")
        (folder / name / f"{number}.jsonl").write_text(json.dumps(row), encoding="utf-8")
    name = chance.choice(SOURCES)

    async def change() -> None:
        for _ in range(chance.randrange(TURNS)):
            await asyncio.sleep(0)
        with contextlib.suppress(NotFound):
            if chance.random() < 0.5:
                await engine.remove_source(name)
            else:
                await engine.pause_source(name)
        # A second round at the same time is refused, and breaks nothing.
        with contextlib.suppress(RefreshInProgress, NotFound):
            await engine.refresh([name])

    refreshing = asyncio.create_task(engine.refresh())
    await asyncio.gather(refreshing, change())
    is_there = name in {source.id for source in await engine.sources()}
    report = await engine.refresh()
    assert is_there or name not in {row.source_id for row in report.results}
    assert [] == [row.error for row in report.results if row.error]
    location = str(folder / name)
    source = Source(id=name, kind=SourceKind.FOLDER, name=name, location=location)
    await engine._database.write(save_source, StoredSource(source=source, origin=Origin.CONFIG))
    await engine.resume_source(name)


async def go(folder: Path, rounds: int, seed: int) -> None:
    for name in SOURCES:
        (folder / name).mkdir()
    sources = tuple(SourceConfig(id=name, kind="folder", path=folder / name) for name in SOURCES)
    chance = random.Random(seed)
    async with engine_at(folder, sources=sources) as engine:
        for number in range(rounds):
            await interleave(engine, folder, chance, number)
        await engine.refresh()
    with closing(sqlite3.connect(folder / "a.db")) as db:
        assert (0,) == db.execute(ORPHANS).fetchone()
        assert (2 * rounds,) == db.execute("SELECT count(*) FROM articles").fetchone()
        assert None is db.execute("PRAGMA foreign_key_check").fetchone()
        assert ("ok",) == db.execute("PRAGMA integrity_check").fetchone()


@pytest.mark.slow
async def test_sources_that_change_while_they_are_read(tmp_path: Path) -> None:
    """Thirty rounds: every article is there once and whole, a removed source is not read."""
    await go(tmp_path, 30, 7)


@pytest.mark.long
async def test_a_thousand_rounds(tmp_path: Path) -> None:
    """The same, for long; a tenth of the rounds in each of ten stores, since each round lies in its folder."""
    for seed in range(10):
        (tmp_path / str(seed)).mkdir()
        await go(tmp_path / str(seed), 100, seed)

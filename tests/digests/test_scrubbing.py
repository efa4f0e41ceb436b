"""Scrubbing: the whole store is read over in steps, and damage stops the taking in until a backup is put back."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from digests import scrubbing
from digests.errors import StoreError
from tests.digests.engine_case import article, engine_at, lines


def damage(store: Path) -> None:
    with contextlib.closing(sqlite3.connect(store)) as db:
        db.execute("UPDATE articles SET text = replace(text, 'killed', 'kissed') WHERE id = 'a5'")
        db.commit()


async def test_every_row_is_read_within_the_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one row a step, damage in the last article is found after as many steps, also over restarts."""
    monkeypatch.setattr(scrubbing, "_ROWS", 1)
    monkeypatch.setattr(scrubbing, "_PIECE", 1)
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(*map(article, range(1, 6))), name="wire")
        for _ in range(30):
            assert () == await engine.scrub()
    damage(tmp_path / "a.db")
    found: list[bool] = []
    while not any(found):
        async with engine_at(tmp_path) as engine:
            found.append(bool(await engine.scrub()))
        assert len(found) < 30
    async with engine_at(tmp_path) as engine:
        assert "article a5 (row 5) is not what was written" in (await engine.scrub())[0]


async def test_a_damaged_store_takes_nothing_in(tmp_path: Path) -> None:
    """It says so with what to do; what is asked is answered, and the status tells."""
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(*map(article, range(1, 6))), name="wire")
        assert () == await engine.scrub() == (await engine.status()).damage
        damage(tmp_path / "a.db")
        assert 1 == len(await engine.scrub()) == len((await engine.status()).damage)
        with pytest.raises(StoreError, match=r"a\.db: is damaged: article a5 .* put a backup in its place"):
            await engine.refresh()
        assert 1 == len(await engine.stories())


async def test_an_empty_store_is_read_over(tmp_path: Path) -> None:
    """Nothing is there, nothing is wrong."""
    async with engine_at(tmp_path) as engine:
        assert () == await engine.scrub() == await engine.scrub()

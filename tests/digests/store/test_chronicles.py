"""What stories tell, kept: read back as it was written, under its own state alone, and what touches it is found."""

from __future__ import annotations

import contextlib
import dataclasses
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from digests.store.chronicles import (
    Kept,
    Telling,
    find_untold,
    load_all_kept,
    load_kept,
    save_kept,
    save_known,
    touches,
)
from digests.types import Chronicle
from tests.digests.engine_case import FIVE, engine_at, lines


@pytest.fixture
async def store(tmp_path: Path) -> Path:
    """Three articles of a dam that burst, two of a strike."""
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(*FIVE), name="wire")
    return tmp_path / "a.db"


@pytest.fixture
def db(store: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(store)) as opened:
        yield opened


def story_of(db: sqlite3.Connection, article_id: str) -> tuple[str, int]:
    """Id and revision of an article's story."""
    sql = "SELECT stories.id, revision FROM stories JOIN articles ON story_id = stories.id WHERE articles.id = ?"
    story_id, revision = db.execute(sql, (article_id,)).fetchone()
    return story_id, revision


async def test_a_chronicle_comes_back_as_it_was(tmp_path: Path) -> None:
    """With its entries, the articles of other stories, and what it depends on; only under its state and maker."""
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(*FIVE), name="wire")
        dam, strike = [(await engine.stories(find=word))[0] for word in ("dam", "walkout")]
        entries = (await engine.findings(dam.id)).timeline
        chronicle = Chronicle(
            entries=entries, story_ids=(dam.id, strike.id), articles=await engine.articles(strike.id)
        )
    told = Telling(
        chronicle=chronicle, stems=(("dam", "burst"), ("dam",)), around=(strike.id,), is_common=False
    )
    with contextlib.closing(sqlite3.connect(tmp_path / "a.db")) as db:
        _, revision = story_of(db, "a1")
        kept = Kept(story_id=dam.id, revision=revision, maker="m", known=revision, told=told)
        save_kept(db, kept)
        assert kept == load_kept(db, dam.id, revision, "m")
        assert {dam.id: kept} == load_all_kept(db, "m")
        assert load_kept(db, dam.id, revision + 1, "m") is None
        assert load_kept(db, dam.id, revision, "other") is None
        save_known(db, {dam.id: revision + 3})
        save_known(db, {dam.id: revision + 1})
        assert dataclasses.replace(kept, known=revision + 3) == load_kept(db, dam.id, revision, "m")


def test_nothing_is_kept_of_a_story_that_has_moved_on(db: sqlite3.Connection) -> None:
    """Nor of one that is not there."""
    story_id, revision = story_of(db, "a1")
    save_kept(db, Kept(story_id=story_id, revision=revision - 1, maker="m", known=9, told=Telling()))
    save_kept(db, Kept(story_id="nobody", revision=1, maker="m", known=9, told=Telling()))
    assert {} == load_all_kept(db, "m")
    assert 2 == len(find_untold(db, "m"))
    save_kept(db, Kept(story_id=story_id, revision=revision, maker="m", known=9, told=Telling()))
    assert 1 == len(find_untold(db, "m"))
    assert 2 == len(find_untold(db, "other"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("dam", "valley"), True),
        (("dam", "walkout"), False),
        (("walkout", "suburb"), False),
        (("rescu", "flood", "nowhere"), True),
        (("dam",), False),
    ],
)
def test_what_a_search_would_find_touches(
    db: sqlite3.Connection, words: tuple[str, ...], expected: bool
) -> None:
    """An article with two of the words, of these stories alone."""
    dam, _ = story_of(db, "a1")
    assert expected is touches(db, [("wrong", "words"), words], [dam])


def test_what_is_spread_wide_counts_as_touched(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking through all of it would cost more than telling anew."""
    monkeypatch.setattr("digests.store.chronicles._MOST_RUNS", 0)
    dam, _ = story_of(db, "a1")
    assert touches(db, [("wrong", "words")], [dam])
    assert not touches(db, [("wrong", "words")], [])

"""The road of an article: stories described, hashes that mean unchanged. Killed on it: test_kills."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from digests import ingest
from digests.ingest import Ingest, content_hash
from digests.store import articles as stored_articles
from digests.store.articles import ArticleRow
from digests.store.stories import StoryRow
from digests.stories.cluster import StoryIndex
from digests.types import RawArticle
from tests.digests.engine_case import STRIKE, article, engine_at, lines

RAW = RawArticle(source_id="s", external_id="e", body="b", title="t", published=dt.date(2026, 6, 9))


@pytest.mark.parametrize(
    ("changes", "is_same"),
    [
        ({"source_id": "other"}, True),
        ({"external_id": "other"}, True),
        ({"body": "c"}, False),
        ({"title": None}, False),
        ({"published": dt.datetime(2026, 6, 9, tzinfo=dt.UTC)}, False),
        ({"url": "https://a.example/"}, False),
        ({"authors": ("x",)}, False),
    ],
)
def test_hash_covers_what_is_read(changes: dict[str, object], is_same: bool) -> None:
    """Equal means that nothing has to be read again; where it came from does not count."""
    data = {name: getattr(RAW, name) for name in RawArticle.__slots__} | changes
    assert (content_hash(RawArticle(**data)) == content_hash(RAW)) is is_same


async def test_the_index_is_built_when_another_process_has_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not for what the engine itself writes between two loads: over a large store that takes seconds."""
    built: list[int] = []
    build = Ingest._build_index

    async def counting(self: Ingest) -> StoryIndex:
        built.append(1)
        return await build(self)

    monkeypatch.setattr(Ingest, "_build_index", counting)
    async with engine_at(tmp_path) as engine, engine_at(tmp_path) as other:
        for number in (1, 2, 3):
            await engine.load_jsonl(lines(article(number)), name=f"wire{number}")
            await engine.set_setting("between", str(number))
        assert 1 == len(built)
        await other.load_jsonl(lines(article(4, STRIKE)), name="other")
        assert 2 == len(built)
        await engine.load_jsonl(lines(article(5, STRIKE)), name="late")
        assert 3 == len(built)
        assert [3, 2] == [len(story.article_ids) for story in await engine.stories()]


async def test_a_write_in_the_middle_of_a_load_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Revisions that are missing between two batches are another process's."""
    monkeypatch.setattr(ingest, "_BATCH", 1)
    save = stored_articles.save_articles
    async with engine_at(tmp_path) as engine, engine_at(tmp_path) as other:

        def saving(db: sqlite3.Connection, rows: Sequence[ArticleRow], stories: Sequence[StoryRow]) -> int:
            if rows[0].article.id == "a2":
                db.execute("UPDATE stories SET revision = revision + 1")
            return save(db, rows, stories)

        await engine.load_jsonl(lines(article(1)), name="first")
        monkeypatch.setattr(stored_articles, "save_articles", saving)
        await engine.load_jsonl(lines(article(2), article(4, STRIKE)), name="wire")
        monkeypatch.setattr(stored_articles, "save_articles", save)
        assert engine._ingest._index is None
        await other.load_jsonl(lines(article(5, STRIKE)), name="late")
        assert [2, 2] == [len(story.article_ids) for story in await engine.stories()]

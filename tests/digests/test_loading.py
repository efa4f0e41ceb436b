"""Articles that come in: what is new, changed, unchanged or odd; one load at a time."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import sqlite3
from pathlib import Path

import pytest

from digests import ingest, reading
from digests.errors import RefreshInProgress
from tests.digests.engine_case import (
    DAM,
    FIVE,
    STRIKE,
    article,
    counts,
    engine_at,
    lines,
    load,
)


async def test_articles_become_stories_with_findings_and_facts(tmp_path: Path) -> None:
    """The whole road on five articles about two events."""
    async with engine_at(tmp_path) as engine:
        assert counts(await load(engine, *FIVE)) == [(5, 0, 0, 0)]
        stories = await engine.stories()
        assert sorted(story.article_ids for story in stories) == [("a3", "a1", "a2"), ("a4", "a5")]
        dam = next(story for story in stories if len(story.article_ids) == 3)
        assert (dam.first_published, dam.last_published) == (
            dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC),
            dt.datetime(2026, 6, 11, 10, tzinfo=dt.UTC),
        )
        assert "dam" in dam.title
        assert [a.id for a in await engine.articles(dam.id)] == ["a3", "a1", "a2"]
        findings = await engine.findings(dam.id)
        assert findings.story_id == dam.id
        assert any(group.measure == "killed" for group in findings.figure_groups)


async def test_a_second_load_writes_nothing(tmp_path: Path) -> None:
    """Unchanged input costs a look, not a write: the file stays as it is, byte for byte."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
    before = (tmp_path / "a.db").read_bytes()
    async with engine_at(tmp_path) as engine:
        watcher = sqlite3.connect(tmp_path / "a.db")
        version = watcher.execute("PRAGMA data_version").fetchone()
        assert counts(await load(engine, *FIVE)) == [(0, 0, 5, 0)]
        assert watcher.execute("PRAGMA data_version").fetchone() == version
        watcher.close()
    assert (tmp_path / "a.db").read_bytes() == before


async def test_a_changed_article_keeps_its_id_and_story(tmp_path: Path) -> None:
    """An outlet corrects its text; its old words are no longer found."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        (before,) = await engine.stories(find="Falk")
        changed = {**FIVE[0], "text": DAM.format(count=19).replace("Ida Falk", "Jonas Brandt")}
        assert counts(await load(engine, changed)) == [(0, 1, 0, 0)]
        after = await engine.story(before.id)
        assert after.article_ids == before.article_ids
        assert [story.id for story in await engine.stories(find="Brandt")] == [before.id]
        texts = [a.text for a in await engine.articles(before.id) if a.id == "a1"]
        assert "19 people" in texts[0]


async def test_odd_files_are_named_and_the_others_loaded(tmp_path: Path) -> None:
    """One row for the folder, with each failure's name and reason."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "good.txt").write_text(DAM.format(count=7))
    (inbox / "empty.txt").touch()
    (inbox / "binary.txt").write_bytes(bytes(range(256)))
    (inbox / "broken.jsonl").write_text("\n".join([*lines(article(5, STRIKE, id="j1")), "{broken"]))
    async with engine_at(tmp_path) as engine:
        report = await engine.load_paths([inbox, tmp_path / "none"])
        assert counts(report) == [(2, 0, 0, 3), (0, 0, 0, 0)]
        assert [where for where, _ in report.results[0].failures] == [
            "binary.txt",
            "broken.jsonl:2",
            "empty.txt",
        ]
        assert report.results[1].error == "no such file or directory"
        found = {a.id for story in await engine.stories() for a in await engine.articles(story.id)}
        assert found == {"good.txt", "j1"}


async def test_one_id_in_two_folders_is_two_articles(tmp_path: Path) -> None:
    """`001.txt` of two outlets: neither takes the place of the other, and both stay what they are."""
    for name, text in (("north", DAM), ("south", STRIKE)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "001.txt").write_text(text.format(count=8))
    async with engine_at(tmp_path) as engine:
        paths = [tmp_path / "north", tmp_path / "south"]
        assert counts(await engine.load_paths(paths)) == [(1, 0, 0, 0), (1, 0, 0, 0)]
        ids = {article_id for story in await engine.stories() for article_id in story.article_ids}
        assert len(ids) == 2
        assert "001.txt" in ids
        assert counts(await engine.load_paths(paths)) == [(0, 0, 1, 0), (0, 0, 1, 0)]


async def test_the_same_folder_at_another_place_adds_nothing(tmp_path: Path) -> None:
    """A corpus that was moved is the same corpus."""
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_text(DAM.format(count=8))
    async with engine_at(tmp_path) as engine:
        await engine.load_paths([tmp_path / "here"])
        assert counts(await engine.load_paths([tmp_path / "there"])) == [(0, 0, 1, 0)]


async def test_the_order_of_input_does_not_matter(tmp_path: Path) -> None:
    """Shuffled lines give the same stories with the same ids, titles and voices."""
    articles = [article(n, DAM if n % 2 else STRIKE) for n in range(1, 20)]
    seen = []
    for turn in range(3):
        random.Random(turn).shuffle(articles)
        folder = tmp_path / str(turn)
        async with engine_at(folder) as engine:
            await load(engine, *articles)
            seen.append(await engine.stories())
    assert seen[0] == seen[1] == seen[2]


async def test_an_article_that_cannot_be_read_stays_its_own_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug in one extractor on one text must not cost the others."""
    real = reading.extract

    def failing(document: object) -> object:
        if "walkout" in getattr(document, "text", ""):
            raise ZeroDivisionError("odd text")
        return real(document)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "extract", failing)
    async with engine_at(tmp_path) as engine:
        report = await load(engine, *FIVE)
        assert counts(report) == [(3, 0, 0, 2)]
        assert report.results[0].failures[0] == ("a4", "could not be read (ZeroDivisionError: odd text)")


async def test_new_rules_read_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refresh after an update reads stored articles again without their source; ids and stories stay."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        before = await engine.stories()
        monkeypatch.setattr(ingest, "rules_fingerprint", lambda: "9-new")
        read: list[str] = []
        real = reading.extract
        monkeypatch.setattr(reading, "extract", lambda d: read.append(d.article_id) or real(d))
        await engine.refresh()
        assert sorted(read) == ["a1", "a2", "a3", "a4", "a5"]
        assert await engine.stories() == before
        assert {a.rules_fingerprint for a in await engine.articles(before[0].id)} == {"9-new"}
        read.clear()
        await engine.refresh()
        assert read == []


async def test_rereading_ends_where_an_article_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What new rules cannot read keeps its old facts and is not tried for ever."""

    def broken(document: object) -> object:
        raise RuntimeError("always")

    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        (dam,) = await engine.stories(find="governor")
        before = await engine.findings(dam.id)
        monkeypatch.setattr(ingest, "rules_fingerprint", lambda: "9-new")
        monkeypatch.setattr(reading, "extract", broken)
        await asyncio.wait_for(engine.refresh(), 60)
        assert await engine.findings(dam.id) == before


async def test_progress_counts_every_article(tmp_path: Path) -> None:
    """New and unchanged ones, as they are done."""
    async with engine_at(tmp_path) as engine:
        for _ in range(2):
            done: list[int] = []
            await engine.load_jsonl(lines(*FIVE), name="wire", progress=done.append)
            assert sum(done) == 5


async def test_one_load_at_a_time(tmp_path: Path) -> None:
    """The second is told so at once; the first goes on."""
    async with engine_at(tmp_path) as engine:
        first = asyncio.create_task(load(engine, *FIVE))
        await asyncio.sleep(0)
        with pytest.raises(RefreshInProgress):
            await engine.refresh()
        with pytest.raises(RefreshInProgress):
            await load(engine, article(9))
        assert (await engine.status()).is_refreshing
        assert counts(await first) == [(5, 0, 0, 0)]
        assert counts(await load(engine, *FIVE)) == [(0, 0, 5, 0)]


@pytest.mark.parametrize("turns", [1, 5, 20, 60])
async def test_a_cancelled_load_leaves_nothing_half_done(tmp_path: Path, turns: int) -> None:
    """Cancelled at some moment: no open transaction, whole articles only, and the next load does the rest."""
    async with engine_at(tmp_path) as engine:
        task = asyncio.create_task(load(engine, *FIVE))
        for _ in range(turns):
            await asyncio.sleep(0.002)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        (report,) = counts(await load(engine, *FIVE))
        assert report[0] + report[2] == 5
        assert len(await engine.stories()) == 2
        database = engine._database
        assert not any(c._conn.in_transaction for c in (database._writer, database._ledger, database._reader))

"""The engine: what it answers, what another process does, the ledger."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from digests import analysis
from digests.errors import NotFound
from digests.shelf import Shelf
from digests.store import stories as stored_stories
from digests.store.deliveries import NewPart
from digests.store.stories import StoryRow
from digests.types import Findings, Story, StoryArticle
from digests.views import Seen
from tests.digests.engine_case import (
    FIVE,
    NOW,
    STRIKE,
    article,
    counts,
    engine_at,
    load,
)


async def test_stories_by_day_words_and_number(tmp_path: Path) -> None:
    """`since` looks at the newest article, `find` at all words of all articles."""
    async with engine_at(tmp_path) as engine:
        await load(engine, article(1), article(3), article(4, STRIKE))
        dam = "dam burst"
        assert [len(s.article_ids) for s in await engine.stories()] == [2, 1]
        assert [s.article_ids for s in await engine.stories(limit=1)] == [("a3", "a1")]
        assert [s.article_ids for s in await engine.stories(find="wages talks")] == [("a4",)]
        assert [s.article_ids for s in await engine.stories(find="walk")] == [("a4",)]
        assert await engine.stories(find="nowhere") == ()
        assert await engine.stories(find="!!") == ()
        assert len(await engine.stories(find=dam, since=dt.date(2026, 6, 10))) == 1
        assert await engine.stories(since=dt.date(2026, 6, 11)) == ()


async def test_what_many_tell_stands_above_what_one_tells(tmp_path: Path) -> None:
    """At the same time voices decide; a story of weeks ago falls below."""
    old = [article(n, STRIKE, id=f"o{n}", published="2026-05-01") for n in range(4)]
    async with engine_at(tmp_path) as engine:
        fire = "A warehouse fire in Port Elmsted closed the harbour road on Tuesday, the fire brigade said."
        await load(engine, article(1), article(2, published="2026-06-10"), article(1, fire, id="f1"), *old)
        assert [s.article_ids[0][0] for s in await engine.stories()] == ["a", "f", "o"]


async def test_unknown_stories_are_not_found(tmp_path: Path) -> None:
    """Every question about a story says so the same way."""
    async with engine_at(tmp_path) as engine:
        for question in (engine.story, engine.articles, engine.findings, engine.card):
            with pytest.raises(NotFound, match="no story 'nope'"):
                await question("nope")


async def test_a_merged_story_is_found_under_its_old_id(tmp_path: Path) -> None:
    """Messages that refer to it keep working; lists show it once."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        target, *_ = await engine.stories()

        def merge(db: sqlite3.Connection) -> None:
            row = StoryRow(story=Story(id="old", title="t", article_ids=(), merged_into=target.id), figures=0)
            stored_stories.save_stories(db, [row], stored_stories.next_revision(db))

        await engine._database.write(merge)
        assert await engine.story("old") == target
        assert "old" not in [story.id for story in await engine.stories()]
        assert (await engine.status()).stories == 2


async def test_another_process_is_noticed(tmp_path: Path) -> None:
    """The command line loads into the store of a running bot."""
    async with engine_at(tmp_path) as bot, engine_at(tmp_path) as cli:
        await load(bot, article(1))
        await load(cli, article(2), article(4, STRIKE))
        assert [len(s.article_ids) for s in await bot.stories()] == [2, 1]
        assert counts(await load(bot, article(3), article(5, STRIKE))) == [(2, 0, 0, 0)]
        assert sorted(len(s.article_ids) for s in await cli.stories()) == [2, 3]


async def test_titles_come_from_memory(tmp_path: Path) -> None:
    """Autocomplete must answer while the store is busy: no await in it."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        assert engine.story_titles() == tuple((s.id, s.title) for s in await engine.stories())


async def test_status_counts(tmp_path: Path) -> None:
    """What an operator reads first."""
    async with engine_at(tmp_path) as engine:
        assert (await engine.status()).last_refresh is None
        await load(engine, *FIVE)
        await engine.refresh()
        status = await engine.status()
        assert (status.articles, status.stories, status.sources, status.failing) == (5, 2, 0, ())
        assert status.last_refresh == NOW
        assert status.store_bytes > 10_000


# --------------------------------------------------------------------------- ledger and settings


async def test_the_ledger_survives_a_restart(tmp_path: Path) -> None:
    """What was frozen is there again, as far as it got."""
    day = dt.date(2026, 6, 12)
    parts = [NewPart(payload=json.dumps({"n": n}), nonce=f"n{n}", mark=f"m{n}") for n in range(3)]
    async with engine_at(tmp_path) as engine:
        assert await engine.open_slot("news", day, "09:00", "c1", parts)
        first, second, _ = await engine.unfinished_parts()
        await engine.mark_sending(first.id)
        await engine.mark_sent(first.id, "msg1")
        await engine.mark_sending(second.id)
    async with engine_at(tmp_path, now=NOW + dt.timedelta(hours=1)) as engine:
        assert not await engine.open_slot("news", day, "09:00", "c1", parts)
        assert await engine.has_slot("news", day, "09:00")
        unfinished = await engine.unfinished_parts()
        assert [(p.number, p.state, p.nonce, p.changed_at) for p in unfinished] == [
            (2, "sending", "n1", NOW),
            (3, "ready", "n2", NOW),
        ]
        await engine.mark_unsure(second.id, "history unreadable")
        await engine.mark_skipped(unfinished[1].id, "channel gone")
        assert [p.state for p in await engine.recent_deliveries(5)] == ["sent", "unsure", "skipped"]
        assert await engine.unfinished_parts() == ()


async def test_the_ledger_works_while_articles_are_loaded(tmp_path: Path) -> None:
    """A post at its minute does not wait for a load, nor fail because of it."""
    async with engine_at(tmp_path) as engine:
        loading = asyncio.create_task(load(engine, *(article(n) for n in range(1, 60))))
        for n in range(20):
            part = NewPart(payload="{}", nonce=f"n{n}", mark="m")
            assert await engine.open_slot("news", dt.date(2026, 6, 1 + n), "09:00", "c1", [part])
        assert counts(await loading) == [(59, 0, 0, 0)]
        assert len(await engine.unfinished_parts()) == 20


async def test_settings_are_kept(tmp_path: Path) -> None:
    """Small things the bot must remember."""
    async with engine_at(tmp_path) as engine:
        assert await engine.setting("tree") is None
        await engine.set_setting("tree", "a")
        await engine.set_setting("tree", "b")
    async with engine_at(tmp_path) as engine:
        assert await engine.setting("tree") == "b"


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the stories that were analysed, in order."""
    ids: list[str] = []
    real = analysis.analyse

    def counting(story_id: str, items: Sequence[StoryArticle]) -> Findings:
        ids.append(story_id)
        return real(story_id, items)

    monkeypatch.setattr(analysis, "analyse", counting)
    return ids


async def test_nothing_is_analysed_twice(tmp_path: Path, analysed: list[str]) -> None:
    """Who asks while a card is in the making waits for that one."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        stories = await engine.stories()
        await asyncio.gather(*(engine.card(story.id) for story in stories * 3))
        assert sorted(analysed) == sorted(story.id for story in stories)


async def test_nothing_is_analysed_again_for_a_late_reader(
    tmp_path: Path, analysed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card that was made while the store was asked for it is taken as it is."""
    is_made = asyncio.Event()
    real = Shelf._load
    asked: list[Seen] = []

    async def load_late(self: Shelf, loader: Callable[..., object], seen: Seen) -> object:
        asked.append(seen)
        is_late = len(asked) == 1
        found = await real(self, loader, seen)
        if is_late:
            await is_made.wait()
        return found

    monkeypatch.setattr(Shelf, "_load", load_late)
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        story = (await engine.stories())[0]
        readers = [asyncio.create_task(engine.card(story.id)) for _ in range(2)]
        done, waiting = await asyncio.wait(readers, return_when=asyncio.FIRST_COMPLETED)
        assert len(done) == len(waiting) == 1
        is_made.set()
        first, late = await asyncio.gather(*readers)
        assert first == late
        assert analysed == [story.id]

"""Cards made ahead: by which rules and code, in a process of their own, and never an old one."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest

from digests import analysis, preparation
from digests.ahead import serve
from digests.engine import Engine
from digests.preparation import maker
from digests.types import Findings, StoryArticle
from tests.digests.engine_case import DAM, STRIKE, article, engine_at, lines

FIVE = [article(1), article(2), article(3), article(4, STRIKE), article(5, STRIKE)]


async def load(engine: Engine, *articles: dict[str, object], name: str = "wire") -> None:
    await engine.load_jsonl(lines(*articles), name=name)


def kept(path: Path) -> list[str]:
    """Ids of the stories with a card in the store."""
    with closing(sqlite3.connect(path)) as db, db:
        return [row[0] for row in db.execute("SELECT story_id FROM prepared_cards ORDER BY story_id")]


def refuse(story_id: str, items: Sequence[StoryArticle]) -> Findings:
    raise AssertionError(f"{story_id} was thought through again")


def test_other_code_is_another_maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash is over the code itself, in every package."""
    before = maker.__wrapped__()
    assert before == maker.__wrapped__()
    copy = shutil.copytree(Path(preparation.__file__).parent, tmp_path / "digests")
    monkeypatch.setattr(resources, "files", lambda _: copy)
    assert before == maker.__wrapped__()
    with (copy / "analysis" / "figures.py").open("a") as file:
        file.write("# changed\n")
    assert before != maker.__wrapped__()


async def test_everything_is_made_and_read_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child makes the cards; they are the same as those made here, and nobody thinks twice."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        stories = [story.id for story in await engine.stories()]
        cards = [await engine.card(story_id) for story_id in stories]
        findings = [await engine.findings(story_id) for story_id in stories]
        assert [] == kept(tmp_path / "a.db")
    async with engine_at(tmp_path, prepare=True) as engine:
        await engine.ready()
        assert sorted(stories) == kept(tmp_path / "a.db")
    monkeypatch.setattr(analysis, "analyse", refuse)
    async with engine_at(tmp_path) as engine:
        assert cards == [await engine.card(story_id) for story_id in stories]
        assert findings == [await engine.findings(story_id) for story_id in stories]


async def test_what_an_answer_does_not_show_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card, the words above it and a timeline: none of them reads the findings, which take ten times as long."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        stories = [story.id for story in await engine.stories()]
        expected = [
            (await engine.card(one), await engine.standing(one), await engine.timeline(one))
            for one in stories
        ]
    async with engine_at(tmp_path, prepare=True) as engine:
        await engine.ready()

    def refused(_db: sqlite3.Connection, story_id: str, *_: object) -> None:
        raise AssertionError(f"the findings of {story_id} were read")

    monkeypatch.setattr("digests.shelf.load_findings", refused)
    async with engine_at(tmp_path) as engine:
        assert expected == [
            (await engine.card(one), await engine.standing(one), await engine.timeline(one))
            for one in stories
        ]


async def test_a_new_article_makes_a_new_card(tmp_path: Path) -> None:
    """The card that was kept is not shown again."""
    async with engine_at(tmp_path, prepare=True) as engine:
        await load(engine, *FIVE)
        await engine.ready()
        (story, *_) = await engine.stories(find="dam")
        before = await engine.card(story.id)
        await load(engine, article(7, DAM), name="late")
        assert len(before.sources) + 1 == len((await engine.card(story.id)).sources)
        await engine.ready()
    async with engine_at(tmp_path) as engine:
        assert len(before.sources) + 1 == len((await engine.card(story.id)).sources)


async def test_other_rules_make_a_new_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version wrote is not shown."""
    async with engine_at(tmp_path, prepare=True) as engine:
        await load(engine, *FIVE)
        await engine.ready()
        (story, *_) = await engine.stories()
    monkeypatch.setattr("digests.shelf.maker", lambda: "another")
    monkeypatch.setattr(analysis, "analyse", refuse)
    async with engine_at(tmp_path) as engine:
        with pytest.raises(AssertionError):
            await engine.card(story.id)


async def test_a_question_keeps_its_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks before the child was there leaves the card for the next start."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        (story, *_) = await engine.stories()
    monkeypatch.setattr("digests.preparation.Preparer.wake", lambda _: None)
    async with engine_at(tmp_path, prepare=True) as engine:
        await engine.card(story.id)
    assert [story.id] == kept(tmp_path / "a.db")


async def test_one_broken_story_is_logged_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The others are made, and the child ends."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        broken, *others = [story.id for story in await engine.stories()]
    real = analysis.analyse

    def analyse(story_id: str, items: Sequence[StoryArticle]) -> Findings:
        return refuse(story_id, items) if story_id == broken else real(story_id, items)

    monkeypatch.setattr(analysis, "analyse", analyse)
    monkeypatch.setattr(os, "nice", lambda _: 0)
    with caplog.at_level(logging.ERROR):
        await asyncio.to_thread(serve, str(tmp_path / "a.db"))
    assert sorted(others) == kept(tmp_path / "a.db")
    assert f"card failed story={broken}" in caplog.text


async def test_a_child_whose_parent_was_killed_says_nothing(tmp_path: Path) -> None:
    """Nobody reads its lines any more: it ends without a traceback in the log that it shares."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
    code = "import sys; from digests.ahead import serve; serve(sys.argv[1])"
    reading, writing = os.pipe()
    os.close(reading)
    command = (sys.executable, "-c", code, str(tmp_path / "a.db"))
    try:
        child = await asyncio.create_subprocess_exec(*command, stdout=writing, stderr=asyncio.subprocess.PIPE)
    finally:
        os.close(writing)
    async with asyncio.timeout(60):
        _, complaints = await child.communicate()
    assert (0, b"") == (child.returncode, complaints)


async def test_a_stop_in_the_middle_leaves_a_sound_store(tmp_path: Path) -> None:
    """The child is ended wherever it is; the next start makes the rest."""
    for number in range(3):
        async with engine_at(tmp_path, prepare=True) as engine:
            await load(engine, *(article(10 * number + n) for n in range(4)), name=f"part{number}")
    async with engine_at(tmp_path, prepare=True) as engine:
        await engine.ready()
        assert sorted(story.id for story in await engine.stories()) == kept(tmp_path / "a.db")

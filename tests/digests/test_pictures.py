"""Pictures drawn ahead: read where they show what is asked for, drawn where they do not, and gone with their words."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from digests import ahead
from digests.ahead import _serve
from digests.charts import canvas
from digests.engine import Engine
from digests.preparation import maker
from digests.store.pictures import find_undrawn
from digests.types import Chart, Measure
from tests.digests.engine_case import DAM, STRIKE, article, engine_at, lines

FOUR = [article(1), article(2), article(3, STRIKE), article(4, STRIKE)]
#: Says nothing that could be drawn.
BARE = article(9, "The council of Norhaven met to speak about its new library.")


async def load(engine: Engine, *articles: dict[str, object], name: str = "wire") -> None:
    await engine.load_jsonl(lines(*articles), name=name)


async def pictures(engine: Engine, **options: object) -> list[Chart | None]:
    """Toll and timeline of each story, in the order of their ids."""
    found = []
    for story in sorted(await engine.stories(), key=lambda one: one.id):
        found += [
            await engine.toll_chart(story.id, **options),  # type: ignore[arg-type]
            await engine.timeline_chart(story.id, **options),  # type: ignore[arg-type]
        ]
    return found


def rows(path: Path) -> list[tuple[str, str, bool]]:
    """Story, kind and whether there is a picture, of everything that is kept."""
    sql = "SELECT story_id, kind, mark IS NOT NULL FROM prepared_pictures ORDER BY story_id, kind"
    with closing(sqlite3.connect(path)) as db, db:
        return [(story, kind, bool(drawn)) for story, kind, drawn in db.execute(sql)]


@pytest.fixture
def no_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever draws, fails."""

    def refuse(*_: object) -> None:
        raise RuntimeError("no paper")

    monkeypatch.setattr(canvas.Canvas, "finish", refuse)


async def test_what_was_drawn_ahead_is_read(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """After a restart nobody draws; what is read is what would be drawn, and another server gets the same."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FOUR, BARE)
        here = await pictures(engine)
    assert [] == rows(tmp_path / "a.db")
    async with engine_at(tmp_path, prepare=True) as engine:
        await engine.ready()
    request.getfixturevalue("no_paper")
    async with engine_at(tmp_path) as engine:
        assert here == await pictures(engine)
        assert here == await pictures(engine, owner="g1")
    drawn = [bool(chart) for chart in here]
    assert {True, False} == set(drawn)
    assert drawn == [is_drawn for *_, is_drawn in sorted(rows(tmp_path / "a.db"), key=_as_asked)]


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ("{count} people were killed and {more} were injured", ["timeline", "toll", "toll killed"]),
        ("{count} people were killed", ["timeline", "toll"]),
    ],
)
async def test_the_killed_alone_are_drawn_too(
    tmp_path: Path, request: pytest.FixtureRequest, told: str, kinds: list[str]
) -> None:
    """What is asked for most beside all counts; where nobody else is counted it is the same picture, and kept once."""
    text = told + " when a bridge fell in Norhaven on Tuesday, police said."
    async with engine_at(tmp_path, prepare=True) as engine:
        await load(engine, *(article(n, text.format(count=n, more=3 * n)) for n in (5, 8)))
        await engine.ready()
    assert kinds == [kind for _, kind, _ in rows(tmp_path / "a.db")]
    request.getfixturevalue("no_paper")
    async with engine_at(tmp_path) as engine:
        (story,) = await engine.stories()
        assert await engine.toll_chart(story.id, measure=Measure.KILLED)


def _as_asked(row: tuple[str, str, bool]) -> tuple[str, bool]:
    return row[0], row[1] == "timeline"


@pytest.mark.usefixtures("no_paper")
async def test_a_language_nobody_drew_is_drawn_for_who_asks(tmp_path: Path) -> None:
    """What is kept is in English, and never shown for anything else."""
    async with engine_at(tmp_path, prepare=True) as engine:
        await load(engine, *FOUR)
        await engine.ready()
        assert any(await pictures(engine))
        with pytest.raises(RuntimeError, match="no paper"):
            await pictures(engine, language="de")


async def test_a_changed_story_never_shows_its_old_picture(tmp_path: Path) -> None:
    """Not before the new one is drawn ahead, nor after; and the old words do not stay in the store."""
    async with engine_at(tmp_path, prepare=True) as engine:
        await load(engine, *FOUR)
        await engine.ready()
        before = await pictures(engine)
    async with engine_at(tmp_path) as engine:
        await load(engine, article(5, DAM.replace("nine", "forty")), name="late")
        now = await pictures(engine)
    assert before != now
    async with engine_at(tmp_path, prepare=True) as engine:
        await engine.ready()
        assert now == await pictures(engine)
    with closing(sqlite3.connect(tmp_path / "a.db")) as db, db:
        stories = [row[0] for row in db.execute("SELECT id FROM stories WHERE merged_into IS NULL")]
        assert () == find_undrawn(db, stories, maker())
        assert sorted([*stories, *stories]) == [row[0] for row in rows(tmp_path / "a.db")]


async def test_one_that_cannot_be_drawn_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The others are drawn, it is logged, and not tried again until its story changes."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FOUR)

    def failing(*_: object) -> None:
        raise RuntimeError("no paper")

    monkeypatch.setattr(ahead, "sketch_timeline", failing)
    await _serve(tmp_path / "a.db", os.getppid())
    kept = rows(tmp_path / "a.db")
    assert 4 == len(kept)
    assert {"toll"} == {kind for _, kind, drawn in kept if drawn}
    assert "picture failed: timeline of " in caplog.text
    caplog.clear()
    await _serve(tmp_path / "a.db", os.getppid())
    assert not caplog.records

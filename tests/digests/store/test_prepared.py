"""Prepared cards: read only for the story as it is, by the rules and code that made them."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from digests.cards import build_card
from digests.cards.standing import standing_of
from digests.store.connection import open_plainly, prepare_file, write_plainly
from digests.store.prepared import (
    Glance,
    Prepared,
    find_unprepared,
    load_findings,
    load_glance,
    part_of,
    save_prepared,
)
from digests.store.stories import StoryRow, save_stories
from digests.types import Standing
from tests.digests.cards.ferry import ARTICLES, FINDINGS, STORY

CARD = build_card(STORY, FINDINGS, ARTICLES)
MADE = Prepared(findings=FINDINGS, glance=Glance(card=CARD, standing=standing_of(FINDINGS)))
NEWER = dataclasses.replace(
    MADE, glance=dataclasses.replace(MADE.glance, card=dataclasses.replace(CARD, title="Newer"))
)
REVISION = 3


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A store with one story."""
    prepare_file(tmp_path / "a.db")
    db = open_plainly(tmp_path / "a.db")
    save_stories(db, [StoryRow(story=STORY, figures=0)], REVISION)
    yield db
    db.close()


def save(db: sqlite3.Connection, made: Prepared, *, part: str = "", revision: int = REVISION) -> None:
    write_plainly(db, save_prepared, STORY.id, part, revision, "m1", made)


def move_on(db: sqlite3.Connection) -> None:
    """The story changes."""
    save_stories(db, [StoryRow(story=STORY, figures=0)], REVISION + 1)


def test_what_was_made_comes_back(db: sqlite3.Connection) -> None:
    """Every value of a card and of its findings."""
    save(db, MADE)
    assert MADE.findings == load_findings(db, STORY.id, "", REVISION, "m1")
    assert MADE.glance == load_glance(db, STORY.id, "", REVISION, "m1")
    assert MADE.glance.standing != Standing()


@pytest.mark.parametrize(
    ("story_id", "part", "revision", "maker"),
    [
        ("s0", "", REVISION, "m1"),
        (STORY.id, "some", REVISION, "m1"),
        (STORY.id, "", REVISION + 1, "m1"),
        (STORY.id, "", REVISION - 1, "m1"),
        (STORY.id, "", REVISION, "m2"),
    ],
    ids=["story", "part", "newer", "older", "maker"],
)
def test_nothing_else_is_shown(
    db: sqlite3.Connection, story_id: str, part: str, revision: int, maker: str
) -> None:
    """Another story, part, state of the story, or other rules and code: it has to be made anew."""
    save(db, MADE)
    assert load_findings(db, story_id, part, revision, maker) is None
    assert load_glance(db, story_id, part, revision, maker) is None


def test_a_story_that_has_moved_on_is_left(db: sqlite3.Connection) -> None:
    """Who was slow writes nothing: an article may have been deleted meanwhile."""
    move_on(db)
    save(db, MADE)
    assert (0,) == db.execute("SELECT count(*) FROM prepared_cards").fetchone()


def test_older_parts_go(db: sqlite3.Connection) -> None:
    """What servers saw of an older state is never read again."""
    save(db, MADE, part="p1")
    move_on(db)
    save(db, NEWER, revision=REVISION + 1)
    assert [("", REVISION + 1)] == db.execute("SELECT part, revision FROM prepared_cards").fetchall()


def test_an_unknown_story_is_left(db: sqlite3.Connection) -> None:
    """It may have gone since the work began."""
    write_plainly(db, save_prepared, "s0", "", REVISION, "m1", MADE)
    assert (0,) == db.execute("SELECT count(*) FROM prepared_cards").fetchone()


def test_what_is_missing_is_found(db: sqlite3.Connection) -> None:
    """No card, one of an older state, one by other rules; not a story that was merged away, nor a part."""
    assert (STORY.id,) == find_unprepared(db, "m1")
    save(db, MADE, part="p1")
    assert (STORY.id,) == find_unprepared(db, "m1")
    save(db, MADE)
    assert () == find_unprepared(db, "m1")
    assert (STORY.id,) == find_unprepared(db, "m2")
    merged = dataclasses.replace(STORY, id="s-merged", merged_into=STORY.id)
    save_stories(db, [StoryRow(story=STORY, figures=0), StoryRow(story=merged, figures=0)], REVISION + 1)
    assert (STORY.id,) == find_unprepared(db, "m1")


def test_parts_have_names() -> None:
    """All of a story is "", each other selection of its articles something else."""
    first, second = (dataclasses.replace(STORY, article_ids=STORY.article_ids[:n]) for n in (1, 2))
    assert "" == part_of(STORY, STORY)
    assert 3 == len({part_of(story, STORY) for story in (STORY, first, second)})

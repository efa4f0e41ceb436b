"""Stories in the store: what has changed is found without walking over what has not."""

from __future__ import annotations

from pathlib import Path

import pytest

from digests.store import stories
from digests.store.connection import open_plainly, prepare_file
from digests.store.stories import StoryRow, last_revision, load_changed, save_stories
from digests.types import Story


def row(story_id: str) -> StoryRow:
    return StoryRow(story=Story(id=story_id, title=story_id, article_ids=()), figures=0)


def test_changes_since_a_revision(tmp_path: Path) -> None:
    """By id; nothing when nothing has changed."""
    prepare_file(tmp_path / "a.db")
    db = open_plainly(tmp_path / "a.db")
    assert (0, ()) == (last_revision(db), load_changed(db, 0))
    save_stories(db, [row("s2"), row("s1")], 1)
    save_stories(db, [row("s3"), row("s1")], 2)
    assert ["s1", "s2", "s3"] == [stored.story.id for stored in load_changed(db, 0)]
    assert ["s1", "s3"] == [stored.story.id for stored in load_changed(db, 1)]
    assert (2, ()) == (last_revision(db), load_changed(db, 2))
    db.close()


@pytest.mark.parametrize("question", [stories._CHANGED, stories._MEMBERS], ids=["stories", "members"])
def test_no_question_after_a_write_walks_over_everything(tmp_path: Path, question: str) -> None:
    """The plan goes from the index of revisions to the articles of those stories."""
    prepare_file(tmp_path / "a.db")
    db = open_plainly(tmp_path / "a.db")
    plan = [step[3] for step in db.execute(f"EXPLAIN QUERY PLAN {question}", (1,))]
    assert "stories_by_revision" in plan[0]
    assert [] == [step for step in plan if step.startswith("SCAN")]
    db.close()

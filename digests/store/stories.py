"""Stories in the store. Each change gives its stories a higher revision, so that readers ask for what is new only."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from digests.store.sums import save_story_sum
from digests.types import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """One story as it is saved; `figures` counts the figures in its articles."""

    story: Story
    figures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStory:
    """A story as it stands in the store.

    `owners` names, for each article of a source that belongs to one server, that server; shared articles are not in
    it. `titles` are all headlines, where there is an owner. `revision` grows with each change of the story.
    """

    story: Story
    figures: int
    revision: int
    owners: tuple[tuple[str, str], ...] = ()
    titles: tuple[tuple[str, str], ...] = ()


def next_revision(db: sqlite3.Connection) -> int:
    """The revision of the change that is being written (inside its transaction)."""
    return last_revision(db) + 1


def last_revision(db: sqlite3.Connection) -> int:
    """The revision of the last change of stories and their articles; 0 in an empty store."""
    return int(db.execute("SELECT coalesce(max(revision), 0) FROM stories").fetchone()[0])


_SAVE = """
INSERT INTO stories (
    id, title, first_published, last_published, keywords, voices, copies, figures, merged_into, revision
) VALUES (
    :id, :title, :first_published, :last_published, :keywords, :voices, :copies, :figures, :merged_into, :revision
)
ON CONFLICT (id) DO UPDATE SET
    title = excluded.title,
    first_published = excluded.first_published,
    last_published = excluded.last_published,
    keywords = excluded.keywords,
    voices = excluded.voices,
    copies = excluded.copies,
    figures = excluded.figures,
    merged_into = excluded.merged_into,
    revision = excluded.revision
"""


def save_stories(db: sqlite3.Connection, rows: Sequence[StoryRow], revision: int) -> None:
    """Insert or replace stories; their articles are linked by `articles.story_id`."""
    for row in rows:
        story = row.story
        db.execute(
            _SAVE,
            {
                "id": story.id,
                "title": story.title,
                "first_published": _time(story.first_published),
                "last_published": _time(story.last_published),
                "keywords": json.dumps(story.keywords, ensure_ascii=False),
                "voices": story.voices,
                "copies": json.dumps(story.copies, ensure_ascii=False),
                "figures": row.figures,
                "merged_into": story.merged_into,
                "revision": revision,
            },
        )
        save_story_sum(db, story.id)


_CHANGED = """
SELECT
    id, title, first_published, last_published, keywords, voices, copies, figures, merged_into, revision
FROM stories
WHERE revision > ?
"""

# Oldest first, undated last: the order in which a story's articles are read everywhere. Joined from the few stories
# that have changed: from the articles it would be a walk over all of them, at each question after each write.
_MEMBERS = """
SELECT
    articles.story_id,
    articles.id,
    sources.owner,
    articles.title
FROM stories
CROSS JOIN articles
CROSS JOIN sources
WHERE stories.revision > ? AND articles.story_id = stories.id AND sources.id = articles.source_id
ORDER BY articles.published IS NULL, articles.published, articles.id
"""


def load_changed(db: sqlite3.Connection, since: int) -> tuple[StoredStory, ...]:
    """Stories that changed after a revision (0: all), by id."""
    if last_revision(db) <= since:
        return ()
    members: defaultdict[str, list[str]] = defaultdict(list)
    owners: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    titles: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for story_id, article_id, owner, title in db.execute(_MEMBERS, (since,)):
        members[story_id].append(article_id)
        if owner is not None:
            owners[story_id].append((article_id, owner))
        if title:
            titles[story_id].append((article_id, title))
    return tuple(
        StoredStory(
            story=Story(
                id=row[0],
                title=row[1],
                article_ids=tuple(members[row[0]]),
                first_published=_moment(row[2]),
                last_published=_moment(row[3]),
                keywords=tuple(json.loads(row[4])),
                voices=row[5],
                copies=tuple((copy, original) for copy, original in json.loads(row[6])),
                merged_into=row[8],
            ),
            figures=row[7],
            revision=row[9],
            owners=tuple(owners[row[0]]),
            titles=tuple(titles[row[0]]) if owners[row[0]] else (),
        )
        for row in sorted(db.execute(_CHANGED, (since,)), key=lambda row: str(row[0]))
    )


def load_copies(db: sqlite3.Connection, story_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Copy to original of some stories; unknown ones are not in the result."""
    sql = "SELECT id, copies FROM stories WHERE id = ?"
    rows = [db.execute(sql, (story_id,)).fetchone() for story_id in story_ids]
    return {row[0]: dict(json.loads(row[1])) for row in rows if row is not None}


def _time(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).isoformat() if moment else None


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None

"""Which servers the bot has left, and forgetting all that belongs to one.

Every table with rows of one server is named here: a table that is missing keeps its rows for ever. The test of this
module looks through the schema for columns that hold a server's id.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Collection, Sequence

from digests.store.pictures import forget_pictures
from digests.store.stories import StoryRow, next_revision, save_stories

# Table and column of what one server has, but for its articles and its place in the ledger.
OWNED = (
    ("subscriptions", "server"),
    ("grants", "server"),
    ("actions", "server"),
    ("corrections", "owner"),
    ("reports", "owner"),
    ("watches", "owner"),
    ("sources", "owner"),
    ("servers", "id"),
)


def load_known(db: sqlite3.Connection) -> tuple[str, ...]:
    """Every server of which something is kept."""
    found: set[str] = set()
    for table, column in OWNED:
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608
        found.update(row[0] for row in db.execute(sql))
    return tuple(sorted(found))


_LEFT = """
INSERT INTO servers (id, left_at)
VALUES (:id, :now)
ON CONFLICT (id) DO UPDATE SET left_at = coalesce(left_at, excluded.left_at)
"""


def mark_left(db: sqlite3.Connection, servers: Collection[str], now: dt.datetime) -> None:
    """The bot is not there any more; what was known to be left keeps its time."""
    db.executemany(_LEFT, [{"id": server, "now": now.isoformat()} for server in sorted(servers)])


def mark_present(db: sqlite3.Connection, servers: Collection[str]) -> None:
    """The bot is there, maybe again."""
    sql = "UPDATE servers SET left_at = NULL WHERE id = ? AND left_at IS NOT NULL"
    db.executemany(sql, [(server,) for server in sorted(servers)])


def load_left_before(db: sqlite3.Connection, moment: dt.datetime) -> tuple[str, ...]:
    """The servers that were left at `moment` or earlier."""
    rows = db.execute("SELECT id, left_at FROM servers WHERE left_at IS NOT NULL ORDER BY id")
    return tuple(row[0] for row in rows if dt.datetime.fromisoformat(row[1]) <= moment)


_ARTICLES = """
SELECT articles.id, articles.story_id
FROM articles
JOIN sources ON sources.id = articles.source_id
WHERE sources.owner = ?
ORDER BY articles.number
"""


def load_own_articles(db: sqlite3.Connection, server: str) -> tuple[tuple[str, str], ...]:
    """Id and story of each article that only this server's sources brought."""
    return tuple((row[0], row[1]) for row in db.execute(_ARTICLES, (server,)))


# Its digests are called `<server>-<number>` in the ledger, its alerts and follows by the number of their watch.
_SLOTS = """
SELECT id FROM slots
WHERE subscription LIKE :server || '-%'
    OR subscription IN (SELECT 'watch-' || id FROM watches WHERE owner = :server)
    OR subscription IN (SELECT 'watch-' || id || '-card' FROM watches WHERE owner = :server)
"""

# In this order: what refers to something goes before it. Facts, checks and what was told go with their rows.
_FORGET = (
    f"DELETE FROM parts WHERE slot_id IN ({_SLOTS})",  # noqa: S608
    f"DELETE FROM slots WHERE id IN ({_SLOTS})",  # noqa: S608
    "DELETE FROM settings WHERE key LIKE 'schedule.' || :server || '-%'",
    "DELETE FROM settings WHERE key LIKE 'pending.%' AND value LIKE '%\"owner\": \"' || :server || '\"%'",
    "DELETE FROM articles WHERE source_id IN (SELECT id FROM sources WHERE owner = :server)",
)


def forget_server(db: sqlite3.Connection, server: str, stories: Sequence[StoryRow]) -> None:
    """Delete everything of a server; `stories` are those that its articles stood in, as they are without them.

    A story that has no article left stays as a bare id, which messages may still refer to.
    """
    for sql in _FORGET:
        db.execute(sql, {"server": server})
    for table, column in OWNED:
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (server,))  # noqa: S608
    for row in stories:
        db.execute("DELETE FROM prepared_cards WHERE story_id = ?", (row.story.id,))
        db.execute("DELETE FROM prepared_chronicles WHERE story_id = ?", (row.story.id,))
        forget_pictures(db, row.story.id)
    save_stories(db, stories, next_revision(db))
    if stories:
        # Words of what was deleted stay in the search index until its pieces are put together.
        db.execute("INSERT INTO article_words (article_words) VALUES ('optimize')")


def forget_channels(db: sqlite3.Connection, channels: Collection[str]) -> None:
    """What the last cards in these channels showed."""
    db.executemany("DELETE FROM shown_cards WHERE channel = ?", [(channel,) for channel in sorted(channels)])

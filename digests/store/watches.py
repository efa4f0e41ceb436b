"""Who wants to be told when a story moves, and what each was told: kept with the ledger, on disk when it returns.

A message and the state that says it was told are one transaction: killed before it, it is found again; killed after
it, the ledger brings it out. Run the changes with `Database.record`.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from digests.errors import NotFound
from digests.store.deliveries import NewPart, open_slot
from digests.store.facts import dump, load
from digests.types import Told, Watch, Watched, WatchKind

_ADD = """
INSERT INTO watches (kind, owner, channel, made_by, watch, paused)
VALUES (:kind, :owner, :channel, :made_by, :watch, NULL)
RETURNING id
"""


def add_watch(db: sqlite3.Connection, watch: Watch, limit: int) -> Watch | None:
    """Keep a watch; `None` when there are `limit` already: of a server's channels, or of one member."""
    by, whose = ("made_by", watch.made_by) if watch.kind is WatchKind.FOLLOW else ("owner", watch.owner)
    sql = f"SELECT count(*) FROM watches WHERE kind = ? AND {by} = ?"  # noqa: S608
    if db.execute(sql, (watch.kind.value, whose)).fetchone()[0] >= limit:
        return None
    row = {
        "kind": watch.kind.value,
        "owner": watch.owner,
        "channel": watch.channel,
        "made_by": watch.made_by,
        "watch": dump(watch),
    }
    (number,) = db.execute(_ADD, row).fetchone()
    return replace(watch, id=number)


def change_watch(db: sqlite3.Connection, watch: Watch) -> None:
    """Keep another channel or cooldown. Raises NotFound."""
    sql = "UPDATE watches SET channel = ?, watch = ? WHERE id = ?"
    _check(db.execute(sql, (watch.channel, dump(watch), watch.id)), watch.id)


def remove_watch(db: sqlite3.Connection, watch_id: int) -> None:
    """End a watch; what was told by it goes too. Raises NotFound."""
    _check(db.execute("DELETE FROM watches WHERE id = ?", (watch_id,)), watch_id)


def pause_watch(db: sqlite3.Connection, watch_id: int, reason: str | None) -> None:
    """Tell nothing, with the reason; `None` tells again, at once, since the last message did not arrive.

    Raises NotFound.
    """
    _check(db.execute("UPDATE watches SET paused = ? WHERE id = ?", (reason, watch_id)), watch_id)
    if reason is None:
        db.execute("UPDATE watched SET told_at = NULL WHERE watch_id = ?", (watch_id,))


def load_watches(db: sqlite3.Connection) -> tuple[Watch, ...]:
    """All of them, paused ones too, in order of making."""
    rows = db.execute("SELECT id, watch, paused FROM watches ORDER BY id")
    return tuple(replace(load(Watch, row[1]), id=row[0], paused=row[2]) for row in rows)


_ACTIVE = """
SELECT watches.id, watches.watch
FROM watches
LEFT JOIN servers ON servers.id = watches.owner
WHERE watches.paused IS NULL AND servers.left_at IS NULL
ORDER BY watches.id
"""


def load_active(db: sqlite3.Connection) -> tuple[Watch, ...]:
    """Those that are not paused, without those of servers that the bot has left."""
    return tuple(replace(load(Watch, row[1]), id=row[0], paused=None) for row in db.execute(_ACTIVE))


def load_watched(db: sqlite3.Connection, watch_id: int) -> dict[str, Watched]:
    """What was told by a watch, by story."""
    sql = "SELECT story_id, told, told_at, card FROM watched WHERE watch_id = ?"
    return {
        row[0]: Watched(
            watch_id=watch_id,
            story_id=row[0],
            told=load(Told, row[1]),
            told_at=dt.datetime.fromisoformat(row[2]) if row[2] else None,
            card=row[3],
        )
        for row in db.execute(sql, (watch_id,))
    }


_SAVE = """
INSERT INTO watched (watch_id, story_id, told, told_at, card)
VALUES (:watch_id, :story_id, :told, :told_at, :card)
ON CONFLICT (watch_id, story_id) DO UPDATE SET
    told = excluded.told,
    told_at = excluded.told_at,
    card = excluded.card
"""


def save_watched(
    db: sqlite3.Connection,
    watched: Watched,
    *,
    slot: tuple[str, dt.date, str, str] | None = None,
    parts: Sequence[NewPart] = (),
    now: dt.datetime,
) -> bool:
    """Keep what was told; with a slot (subscription, day, at, destination) its message is frozen along with it.

    `False` when the slot exists: the message was opened before, by a state that this store had forgotten.
    """
    is_new = True
    if slot is not None:
        subscription, day, at, destination = slot
        is_new = open_slot(db, subscription, day, at, destination, parts, now)
    values = {
        "watch_id": watched.watch_id,
        "story_id": watched.story_id,
        "told": dump(watched.told),
        "told_at": watched.told_at.isoformat() if watched.told_at else None,
        "card": watched.card,
    }
    db.execute(_SAVE, values)
    return is_new


def _check(cursor: sqlite3.Cursor, watch_id: int) -> None:
    if cursor.rowcount == 0:
        raise NotFound("watch", str(watch_id))

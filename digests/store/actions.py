"""Who changed what in a server: written by every admin action, read by its admins, kept for a year."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

# How long an entry can be read.
KEPT = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One entry; `actor` is an opaque id, `None` for the bot itself; `details` are words by name, in order."""

    server: str
    actor: str | None
    action: str
    details: tuple[tuple[str, str], ...]
    done_at: dt.datetime


def save_action(
    db: sqlite3.Connection,
    server: str,
    actor: str | None,
    action: str,
    details: Mapping[str, str],
    now: dt.datetime,
) -> None:
    sql = "INSERT INTO actions (server, actor, action, details, done_at) VALUES (?, ?, ?, ?, ?)"
    text = json.dumps(dict(details), ensure_ascii=False)
    db.execute(sql, (server, actor, action, text, _time(now)))


_LOAD = """
SELECT server, actor, action, details, done_at
FROM actions
WHERE server = :server AND done_at > :since AND (:actor IS NULL OR actor = :actor)
ORDER BY done_at DESC, id DESC
LIMIT :limit
"""


def load_actions(
    db: sqlite3.Connection, server: str, now: dt.datetime, limit: int, actor: str | None = None
) -> tuple[Action, ...]:
    """A server's log, newest first, a year back at most; with `actor` only what they did."""
    values = {"server": server, "since": _time(now - KEPT), "actor": actor, "limit": limit}
    return tuple(
        Action(
            server=row[0],
            actor=row[1],
            action=row[2],
            details=tuple(json.loads(row[3]).items()),
            done_at=dt.datetime.fromisoformat(row[4]),
        )
        for row in db.execute(_LOAD, values)
    )


def remove_old_actions(db: sqlite3.Connection, now: dt.datetime) -> int:
    """Forget what is older than a year; how many that were."""
    return db.execute("DELETE FROM actions WHERE done_at <= ?", (_time(now - KEPT),)).rowcount


def _time(moment: dt.datetime) -> str:
    # One length and one zone, so that text sorts like time.
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")

"""Digests that servers have set up for their channels. What one is made of is the bot's; here it is a JSON text.

Every question and change names the server: a number alone leads nowhere.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass

from digests.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSubscription:
    """One subscription of a server; `pause_reason` is `None` while it posts, and when an admin paused it."""

    server: str
    number: int
    settings: str
    paused_at: dt.datetime | None = None
    pause_reason: str | None = None


_COUNT_UP = """
INSERT INTO servers (id, subscriptions)
VALUES (:server, 1)
ON CONFLICT (id) DO UPDATE SET subscriptions = subscriptions + 1
RETURNING subscriptions
"""


def add_subscription(db: sqlite3.Connection, server: str, settings: str, limit: int) -> int | None:
    """Keep a new one and return its number, which no other one of this server ever had; `None` at the limit."""
    row = db.execute("SELECT count(*) FROM subscriptions WHERE server = ?", (server,)).fetchone()
    if row[0] >= limit:
        return None
    number = int(db.execute(_COUNT_UP, {"server": server}).fetchone()[0])
    sql = "INSERT INTO subscriptions (server, number, settings) VALUES (?, ?, ?)"
    db.execute(sql, (server, number, settings))
    return number


_LOAD = """
SELECT subscriptions.server, subscriptions.number, subscriptions.settings, subscriptions.paused_at,
    subscriptions.pause_reason
FROM subscriptions
JOIN servers ON servers.id = subscriptions.server
"""


def load_subscriptions(db: sqlite3.Connection, server: str) -> tuple[StoredSubscription, ...]:
    """Those of one server, by number."""
    sql = _LOAD + "WHERE subscriptions.server = ? ORDER BY subscriptions.number"
    return tuple(_subscription(row) for row in db.execute(sql, (server,)))


def load_active(db: sqlite3.Connection) -> tuple[StoredSubscription, ...]:
    """Those of all servers where the bot is, that are not paused."""
    sql = _LOAD + (
        "WHERE servers.left_at IS NULL AND subscriptions.paused_at IS NULL "
        "ORDER BY subscriptions.server, subscriptions.number"
    )
    return tuple(_subscription(row) for row in db.execute(sql))


def change_subscription(db: sqlite3.Connection, server: str, number: int, settings: str) -> None:
    """New settings under the same number. Raises NotFound."""
    sql = "UPDATE subscriptions SET settings = ? WHERE server = ? AND number = ?"
    _check(db.execute(sql, (settings, server, number)), number)


def pause_subscription(
    db: sqlite3.Connection, server: str, number: int, now: dt.datetime, reason: str | None
) -> None:
    """Post nothing until it is resumed; `reason` says what the bot met. Raises NotFound."""
    sql = "UPDATE subscriptions SET paused_at = ?, pause_reason = ? WHERE server = ? AND number = ?"
    _check(db.execute(sql, (now.isoformat(), reason, server, number)), number)


def resume_subscription(db: sqlite3.Connection, server: str, number: int) -> None:
    """Post again. Raises NotFound."""
    sql = "UPDATE subscriptions SET paused_at = NULL, pause_reason = NULL WHERE server = ? AND number = ?"
    _check(db.execute(sql, (server, number)), number)


def remove_subscription(db: sqlite3.Connection, server: str, number: int) -> None:
    """Forget it; what it posted stays in the ledger. Raises NotFound."""
    _check(db.execute("DELETE FROM subscriptions WHERE server = ? AND number = ?", (server, number)), number)


def _check(cursor: sqlite3.Cursor, number: int) -> None:
    if cursor.rowcount == 0:
        raise NotFound("subscription", str(number))


def _subscription(row: tuple[str, int, str, str | None, str | None]) -> StoredSubscription:
    return StoredSubscription(
        server=row[0],
        number=row[1],
        settings=row[2],
        paused_at=dt.datetime.fromisoformat(row[3]) if row[3] else None,
        pause_reason=row[4],
    )

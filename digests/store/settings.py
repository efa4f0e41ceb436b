"""Small values by key: what the program must remember beside articles and deliveries."""

from __future__ import annotations

import sqlite3


def load_setting(db: sqlite3.Connection, key: str) -> str | None:
    row = db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def save_setting(db: sqlite3.Connection, key: str, value: str) -> None:
    sql = "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    db.execute(sql, (key, value))

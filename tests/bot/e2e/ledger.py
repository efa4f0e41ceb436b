"""The delivery ledger read from outside, while the bot may be running or dead."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Part", "is_sound", "read_parts"]

_PARTS = """
SELECT slots.subscription, slots.local_date, slots.local_time, slots.destination,
       parts.number, parts.mark, parts.state, parts.reference
FROM slots LEFT JOIN parts ON parts.slot_id = slots.id
ORDER BY slots.id, parts.number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message of a digest; `number` is `None` for a slot without messages."""

    subscription: str
    day: str
    at: str
    destination: str
    number: int | None
    mark: str | None
    state: str | None
    reference: str | None

    @property
    def slot(self) -> tuple[str, str, str]:
        return self.subscription, self.day, self.at


def read_parts(database: Path) -> list[Part]:
    """Everything in the ledger, in order of posting; empty while there is no store yet."""
    if not database.exists():
        return []
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5.0)) as connection:
        try:
            rows = connection.execute(_PARTS).fetchall()
        except sqlite3.OperationalError as exc:
            if "no such table" in str(exc):
                return []
            raise
    names = ("subscription", "day", "at", "destination", "number", "mark", "state", "reference")
    return [Part(**dict(zip(names, row, strict=True))) for row in rows]


def is_sound(database: Path) -> bool:
    """Whether SQLite finds nothing broken in the file."""
    with closing(sqlite3.connect(database, timeout=5.0)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

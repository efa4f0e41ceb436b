"""Sources in the store: from the configuration, added at run time, or a path that was loaded once."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from digests.errors import NotFound
from digests.types import Source, SourceKind


class Origin(StrEnum):
    """Who named a source."""

    CONFIG = "config"
    ADDED = "added"
    LOADED = "loaded"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """A source with what only fetching needs: `etag` and `last_modified` of the last answer, `pages` (full text)."""

    source: Source
    origin: Origin
    pages: bool = False
    etag: str | None = None
    last_modified: str | None = None


_COLUMNS = """
    id, kind, name, location, owner, paused, checked_at, succeeded_at, failures, error,
    origin, pages, etag, last_modified
"""


def load_sources(db: sqlite3.Connection) -> tuple[StoredSource, ...]:
    """Sources that are refreshed (not the loaded paths), by name and id."""
    sql = f"""
    SELECT {_COLUMNS} FROM sources
    WHERE origin IN ('config', 'added') AND removed_at IS NULL
    ORDER BY name, id
    """  # noqa: S608
    return tuple(_stored(row) for row in db.execute(sql))


def load_source(db: sqlite3.Connection, source_id: str) -> StoredSource | None:
    """One source of any origin, removed ones too."""
    sql = f"SELECT {_COLUMNS} FROM sources WHERE id = ?"  # noqa: S608
    row = db.execute(sql, (source_id,)).fetchone()
    return _stored(row) if row else None


_SAVE = """
INSERT INTO sources (id, kind, name, location, origin, owner, pages)
VALUES (:id, :kind, :name, :location, :origin, :owner, :pages)
ON CONFLICT (id) DO UPDATE SET
    kind = excluded.kind,
    name = excluded.name,
    location = excluded.location,
    origin = excluded.origin,
    owner = excluded.owner,
    pages = excluded.pages,
    etag = NULL,
    last_modified = NULL,
    removed_at = NULL
"""


def save_source(db: sqlite3.Connection, stored: StoredSource) -> None:
    """Insert a source or give a known id its new location; its articles stay."""
    source = stored.source
    db.execute(
        _SAVE,
        {
            "id": source.id,
            "kind": source.kind,
            "name": source.name,
            "location": source.location,
            "origin": stored.origin,
            "owner": source.owner,
            "pages": stored.pages,
        },
    )


def ensure_source(db: sqlite3.Connection, stored: StoredSource) -> None:
    """As `save_source`, but a source that is known stays untouched."""
    if load_source(db, stored.source.id) is None:
        save_source(db, stored)


def outdated_config(db: sqlite3.Connection, wanted: Sequence[StoredSource]) -> bool:
    """Whether the configured sources differ from those in the store."""
    known = {s.source.id: _identity(s) for s in load_sources(db) if s.origin is Origin.CONFIG}
    return known != {s.source.id: _identity(s) for s in wanted}


def sync_config(db: sqlite3.Connection, wanted: Sequence[StoredSource], now: dt.datetime) -> None:
    """Make the configured sources those of the configuration; one that left it is removed, its articles stay."""
    known = {s.source.id: s for s in load_sources(db)}
    for stored in wanted:
        before = known.get(stored.source.id)
        if before is None or _identity(before) != _identity(stored):
            save_source(db, stored)
    for source_id in known.keys() - {s.source.id for s in wanted}:
        if known[source_id].origin is Origin.CONFIG:
            remove_source(db, source_id, now)


def remove_source(db: sqlite3.Connection, source_id: str, now: dt.datetime) -> None:
    """Stop a source; its articles stay. Raises NotFound for an unknown or removed one."""
    sql = """
    UPDATE sources SET removed_at = ?
    WHERE id = ? AND removed_at IS NULL AND origin IN ('config', 'added')
    """
    if db.execute(sql, (now.isoformat(), source_id)).rowcount == 0:
        raise NotFound("source", source_id)


def record_success(
    db: sqlite3.Connection, source_id: str, now: dt.datetime, etag: str | None, last_modified: str | None
) -> None:
    """A source answered; what it said for the next conditional request is kept."""
    sql = """
    UPDATE sources
    SET checked_at = :now, succeeded_at = :now, failures = 0, error = NULL,
        etag = :etag, last_modified = :last_modified
    WHERE id = :id
    """
    db.execute(sql, {"id": source_id, "now": now.isoformat(), "etag": etag, "last_modified": last_modified})


def record_failure(db: sqlite3.Connection, source_id: str, now: dt.datetime, error: str) -> None:
    sql = "UPDATE sources SET checked_at = ?, failures = failures + 1, error = ? WHERE id = ?"
    db.execute(sql, (now.isoformat(), error, source_id))


def _identity(stored: StoredSource) -> tuple[object, ...]:
    source = stored.source
    return (source.kind, source.name, source.location, source.owner, stored.pages, stored.origin)


def _stored(row: tuple[object, ...]) -> StoredSource:
    return StoredSource(
        source=Source(
            id=str(row[0]),
            kind=SourceKind(str(row[1])),
            name=str(row[2]),
            location=str(row[3]),
            owner=_text(row[4]),
            paused=bool(row[5]),
            checked_at=_moment(row[6]),
            succeeded_at=_moment(row[7]),
            failures=int(str(row[8])),
            error=_text(row[9]),
        ),
        origin=Origin(str(row[10])),
        pages=bool(row[11]),
        etag=_text(row[12]),
        last_modified=_text(row[13]),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _moment(value: object) -> dt.datetime | None:
    return None if value is None else dt.datetime.fromisoformat(str(value))

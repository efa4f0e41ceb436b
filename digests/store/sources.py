"""Sources in the store: from the configuration, added at run time, or a path that was loaded once."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from digests.errors import NotFound
from digests.health import Checks
from digests.types import Source, SourceKind


class Origin(StrEnum):
    """Who named a source."""

    CONFIG = "config"
    ADDED = "added"
    LOADED = "loaded"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """A source with what only fetching needs.

    `etag` and `last_modified` are of the last answer, `pages` asks for the full text, `checks` is what is left of
    the earlier ones.
    """

    source: Source
    origin: Origin
    pages: bool = False
    etag: str | None = None
    last_modified: str | None = None
    checks: Checks = field(default_factory=Checks)


_COLUMNS = """
    id, kind, name, location, owner, paused, checked_at, succeeded_at, failures, error,
    origin, pages, etag, last_modified,
    next_check_at, limited_until, failing_since, gone_on, gone_days, brought_at, paused_because,
    moved_to, moved_times, wall
"""
_WITH_CHECKS = "sources LEFT JOIN source_checks ON source_id = id"


def load_sources(db: sqlite3.Connection) -> tuple[StoredSource, ...]:
    """Sources that are refreshed (not the loaded paths), by name and id."""
    sql = f"""
    SELECT {_COLUMNS} FROM {_WITH_CHECKS}
    WHERE origin IN ('config', 'added') AND removed_at IS NULL
    ORDER BY name, id
    """  # noqa: S608
    return tuple(_stored(row) for row in db.execute(sql))


def load_source(db: sqlite3.Connection, source_id: str) -> StoredSource | None:
    """One source of any origin, removed ones too."""
    sql = f"SELECT {_COLUMNS} FROM {_WITH_CHECKS} WHERE id = ?"  # noqa: S608
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one check of a source came to: `error` is `None` where it answered."""

    source_id: str
    checked_at: dt.datetime
    checks: Checks
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None


_ANSWERED = """
UPDATE sources
SET checked_at = :now, succeeded_at = :now, failures = 0, error = NULL,
    etag = :etag, last_modified = :last_modified
WHERE id = :id
"""

# The parts of the last answer that make a request conditional stay: what it said then still holds.
_FAILED = """
UPDATE sources
SET checked_at = :now, failures = failures + 1, error = :error, paused = MAX(paused, :is_given_up)
WHERE id = :id
"""

_MOVED = """
UPDATE sources SET location = :moved_to, etag = NULL, last_modified = NULL
WHERE id = :id AND origin = 'added'
"""

_SAVE_CHECKS = """
INSERT OR REPLACE INTO source_checks (
    source_id, next_check_at, limited_until, failing_since, gone_on, gone_days,
    brought_at, paused_because, moved_to, moved_times, wall
) VALUES (
    :id, :next_check_at, :limited_until, :failing_since, :gone_on, :gone_days,
    :brought_at, :paused_because, :moved_to, :moved_times, :wall
)
"""


def record_checks(db: sqlite3.Connection, outcomes: Sequence[Outcome]) -> None:
    """What the checks of some sources came to; a source added at run time follows where its server has moved it."""
    for one in outcomes:
        values: dict[str, object] = {
            "id": one.source_id,
            "now": one.checked_at.isoformat(),
            "error": one.error,
            "etag": one.etag,
            "last_modified": one.last_modified,
            "is_given_up": one.checks.paused_because is not None,
            "moved_to": one.checks.moved_to,
        }
        db.execute(_ANSWERED if one.error is None else _FAILED, values)
        if one.checks.has_moved:
            db.execute(_MOVED, values)
        _save_checks(db, one.source_id, one.checks)


def _save_checks(db: sqlite3.Connection, source_id: str, checks: Checks) -> None:
    db.execute(
        _SAVE_CHECKS,
        {
            "id": source_id,
            "next_check_at": _iso(checks.next_check_at),
            "limited_until": _iso(checks.limited_until),
            "failing_since": _iso(checks.failing_since),
            "gone_on": _iso(checks.gone_on),
            "gone_days": checks.gone_days,
            "brought_at": _iso(checks.brought_at),
            "paused_because": checks.paused_because,
            "moved_to": checks.moved_to,
            "moved_times": checks.moved_times,
            "wall": checks.wall,
        },
    )


def pause_source(db: sqlite3.Connection, source_id: str, *, paused: bool) -> None:
    """Leave a source alone, or read it again, with what went wrong before forgotten. Raises NotFound."""
    stored = load_source(db, source_id)
    if stored is None or not db.execute(_PAUSE, {"id": source_id, "paused": paused}).rowcount:
        raise NotFound("source", source_id)
    _save_checks(db, source_id, Checks(brought_at=stored.checks.brought_at))


_PAUSE = """
UPDATE sources
SET paused = :paused,
    failures = CASE WHEN :paused THEN failures ELSE 0 END,
    error = CASE WHEN :paused THEN error ELSE NULL END
WHERE id = :id AND removed_at IS NULL AND origin IN ('config', 'added')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a source last published, newest first, and how many articles of the last day it has."""

    times: tuple[dt.datetime, ...]
    articles_day: int


def load_rhythm(db: sqlite3.Connection, source_id: str, now: dt.datetime, limit: int) -> Rhythm:
    """The last publication times of a source, at most `limit`, and its articles of the last 24 hours."""
    newest = """
    SELECT published FROM articles
    WHERE source_id = ? AND published IS NOT NULL
    ORDER BY published DESC LIMIT ?
    """
    recent = "SELECT count(*) FROM articles WHERE source_id = ? AND published > ? AND published <= ?"
    days = ((now - dt.timedelta(days=1)).isoformat(), now.isoformat())
    return Rhythm(
        times=tuple(dt.datetime.fromisoformat(row[0]) for row in db.execute(newest, (source_id, limit))),
        articles_day=int(db.execute(recent, (source_id, *days)).fetchone()[0]),
    )


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
        checks=Checks(
            next_check_at=_moment(row[14]),
            limited_until=_moment(row[15]),
            failing_since=_moment(row[16]),
            gone_on=dt.date.fromisoformat(str(row[17])) if row[17] else None,
            gone_days=int(str(row[18] or 0)),
            brought_at=_moment(row[19]),
            paused_because=_text(row[20]),
            moved_to=_text(row[21]),
            moved_times=int(str(row[22] or 0)),
            # Of pages that are not asked for any more nothing is known.
            wall=_text(row[23]) if row[11] else None,
        ),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _moment(value: object) -> dt.datetime | None:
    return None if value is None else dt.datetime.fromisoformat(str(value))


def _iso(moment: dt.datetime | dt.date | None) -> str | None:
    return None if moment is None else moment.isoformat()

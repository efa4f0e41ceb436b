"""What members report and what admins put right: one server's rows, which no other server is ever shown."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace

from digests.errors import NotFound
from digests.store.facts import dump, load
from digests.types import Correction, Report, ReportKind

_ADD = """
INSERT INTO corrections (owner, made_at, correction) VALUES (:owner, :made_at, :correction) RETURNING id
"""


def add_correction(db: sqlite3.Connection, correction: Correction) -> Correction:
    """Keep a correction; returned with its id."""
    values = {
        "owner": correction.owner,
        "made_at": correction.made_at.isoformat(),
        "correction": dump(correction),
    }
    (number,) = db.execute(_ADD, values).fetchone()
    return replace(correction, id=number)


def undo_correction(
    db: sqlite3.Connection, owner: str, correction_id: int, *, by: str, now: dt.datetime
) -> Correction:
    """Take one back; it stays in the store. Raises NotFound when it is not in force for this server."""
    row = db.execute(
        "SELECT id, correction FROM corrections WHERE id = ? AND owner = ? AND undone_at IS NULL",
        (correction_id, owner),
    ).fetchone()
    if row is None:
        raise NotFound("correction", str(correction_id))
    sql = "UPDATE corrections SET undone_at = ?, undone_by = ? WHERE id = ?"
    db.execute(sql, (now.isoformat(), by, correction_id))
    return _correction(row)


def load_corrections(db: sqlite3.Connection) -> tuple[Correction, ...]:
    """Every correction that is in force, of every server, in order of making."""
    sql = "SELECT id, correction FROM corrections WHERE undone_at IS NULL ORDER BY id"
    return tuple(_correction(row) for row in db.execute(sql))


def _correction(row: tuple[int, str]) -> Correction:
    return replace(load(Correction, row[1]), id=row[0])


_REPORT = """
INSERT INTO reports (owner, story_id, kind, words, reader, sent_at)
VALUES (:owner, :story_id, :kind, :words, :reader, :sent_at)
"""


def add_report(db: sqlite3.Connection, report: Report, *, most: int, since: dt.datetime) -> bool:
    """Put a report into the queue; `False` when its reader has sent `most` since a moment already."""
    sql = "SELECT count(*) FROM reports WHERE owner = ? AND reader = ? AND sent_at > ?"
    (sent,) = db.execute(sql, (report.owner, report.reader, since.isoformat())).fetchone()
    if sent >= most:
        return False
    values = {
        "owner": report.owner,
        "story_id": report.story_id,
        "kind": report.kind.value,
        "words": report.words,
        "reader": report.reader,
        "sent_at": report.sent_at.isoformat(),
    }
    db.execute(_REPORT, values)
    return True


_OPEN = """
SELECT id, owner, story_id, kind, words, reader, sent_at
FROM reports
WHERE owner = :owner AND closed_at IS NULL
ORDER BY id
LIMIT :limit
"""


def load_reports(db: sqlite3.Connection, owner: str, *, limit: int) -> tuple[Report, ...]:
    """The reports that wait for a server's admins, oldest first."""
    return tuple(
        Report(
            id=row[0],
            owner=row[1],
            story_id=row[2],
            kind=ReportKind(row[3]),
            words=row[4],
            reader=row[5],
            sent_at=dt.datetime.fromisoformat(row[6]),
        )
        for row in db.execute(_OPEN, {"owner": owner, "limit": limit})
    )


def close_report(db: sqlite3.Connection, owner: str, report_id: int, *, by: str, now: dt.datetime) -> None:
    """Take a report out of the queue. Raises NotFound when it does not wait in this server's."""
    sql = "UPDATE reports SET closed_at = ?, closed_by = ? WHERE id = ? AND owner = ? AND closed_at IS NULL"
    if db.execute(sql, (now.isoformat(), by, report_id, owner)).rowcount == 0:
        raise NotFound("report", str(report_id))

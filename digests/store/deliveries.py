"""The delivery ledger: what was to be posted, frozen, and how far each message got.

A slot is one scheduled digest of one local day and time and exists once; its parts are the messages. The protocol
over it (own nonce, look-back) is the bot's; the ledger holds what a new start must know. Run every change with
`Database.record`: it is on disk when it returns.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from digests.errors import NotFound


class PartState(StrEnum):
    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    # It may have been posted and cannot be looked up: a person decides.
    UNSURE = "unsure"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPart:
    """One message to be: `payload` is JSON text, `nonce` at most 25 characters, `mark` stands in the message."""

    payload: str
    nonce: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPart:
    """One message of a slot as the ledger knows it.

    `changed_at` of a part in `sending` is when it was first sent: the age of its nonce. `opened` is the reference of
    the slot's first message, once that is sent.
    """

    id: int
    slot_id: int
    subscription: str
    day: dt.date
    at: str
    destination: str
    number: int
    of: int
    payload: str
    nonce: str
    mark: str
    state: PartState
    reference: str | None
    reason: str | None
    changed_at: dt.datetime
    opened: str | None = None


_OPEN_SLOT = """
INSERT INTO slots (subscription, local_date, local_time, destination, opened_at)
VALUES (:subscription, :day, :at, :destination, :now)
ON CONFLICT (subscription, local_date, local_time) DO NOTHING
RETURNING id
"""

_ADD_PART = """
INSERT INTO parts (slot_id, number, payload, nonce, mark, changed_at)
VALUES (:slot_id, :number, :payload, :nonce, :mark, :now)
"""


def open_slot(
    db: sqlite3.Connection,
    subscription: str,
    day: dt.date,
    at: str,
    destination: str,
    parts: Sequence[NewPart],
    now: dt.datetime,
) -> bool:
    """Freeze a slot with its parts. `False`, and nothing changed, when the slot exists."""
    values = {
        "subscription": subscription,
        "day": day.isoformat(),
        "at": at,
        "destination": destination,
        "now": now.isoformat(),
    }
    row = db.execute(_OPEN_SLOT, values).fetchone()
    if row is None:
        return False
    for number, part in enumerate(parts, start=1):
        db.execute(
            _ADD_PART,
            {
                "slot_id": row[0],
                "number": number,
                "payload": part.payload,
                "nonce": part.nonce,
                "mark": part.mark,
                "now": now.isoformat(),
            },
        )
    return True


def has_slot(db: sqlite3.Connection, subscription: str, day: dt.date, at: str) -> bool:
    sql = "SELECT 1 FROM slots WHERE subscription = ? AND local_date = ? AND local_time = ?"
    return db.execute(sql, (subscription, day.isoformat(), at)).fetchone() is not None


_PARTS = """
SELECT
    parts.id, parts.slot_id, slots.subscription, slots.local_date, slots.local_time, slots.destination,
    parts.number, (SELECT count(*) FROM parts AS others WHERE others.slot_id = parts.slot_id),
    parts.payload, parts.nonce, parts.mark, parts.state, parts.reference, parts.reason, parts.changed_at,
    (SELECT reference FROM parts AS firsts WHERE firsts.slot_id = parts.slot_id AND firsts.number = 1)
FROM parts
JOIN slots ON slots.id = parts.slot_id
"""


def unfinished_parts(db: sqlite3.Connection) -> tuple[DeliveryPart, ...]:
    """Parts that are `ready` or `sending`, in the order in which they are to be posted."""
    sql = _PARTS + "WHERE parts.state IN ('ready', 'sending') ORDER BY parts.slot_id, parts.number"
    return tuple(_part(row) for row in db.execute(sql))


def slot_parts(db: sqlite3.Connection, subscription: str, day: dt.date, at: str) -> tuple[DeliveryPart, ...]:
    """The messages of one slot, in order; none for an unknown slot and for one that says nothing."""
    sql = _PARTS + (
        "WHERE slots.subscription = ? AND slots.local_date = ? AND slots.local_time = ? ORDER BY parts.number"
    )
    return tuple(_part(row) for row in db.execute(sql, (subscription, day.isoformat(), at)))


def recent_parts(db: sqlite3.Connection, limit: int) -> tuple[DeliveryPart, ...]:
    """The last parts of any state, newest slot first."""
    sql = _PARTS + "ORDER BY parts.slot_id DESC, parts.number LIMIT ?"
    return tuple(_part(row) for row in db.execute(sql, (limit,)))


def mark_sending(db: sqlite3.Connection, part_id: int, now: dt.datetime) -> None:
    """About to be sent. A part that is `sending` already keeps its time: its nonce is as old as the first try."""
    sql = "UPDATE parts SET state = 'sending', changed_at = ? WHERE id = ? AND state = 'ready'"
    if db.execute(sql, (now.isoformat(), part_id)).rowcount == 0:
        _check_exists(db, part_id)


def mark_sent(db: sqlite3.Connection, part_id: int, reference: str, now: dt.datetime) -> None:
    """Posted; `reference` is the message's id on the platform."""
    _change(db, part_id, PartState.SENT, reference, None, now)


def mark_unsure(db: sqlite3.Connection, part_id: int, reason: str, now: dt.datetime) -> None:
    """It may stand there and cannot be looked up; it is not sent again by itself."""
    _change(db, part_id, PartState.UNSURE, None, reason, now)


def mark_skipped(db: sqlite3.Connection, part_id: int, reason: str, now: dt.datetime) -> None:
    """Given up, with the reason."""
    _change(db, part_id, PartState.SKIPPED, None, reason, now)


def _change(
    db: sqlite3.Connection,
    part_id: int,
    state: PartState,
    reference: str | None,
    reason: str | None,
    now: dt.datetime,
) -> None:
    # What was sent stays sent, whatever a late answer says.
    sql = """
    UPDATE parts SET state = ?, reference = ?, reason = ?, changed_at = ?
    WHERE id = ? AND state != 'sent'
    """
    if db.execute(sql, (state, reference, reason, now.isoformat(), part_id)).rowcount == 0:
        _check_exists(db, part_id)


def _check_exists(db: sqlite3.Connection, part_id: int) -> None:
    if db.execute("SELECT 1 FROM parts WHERE id = ?", (part_id,)).fetchone() is None:
        raise NotFound("delivery part", str(part_id))


def _part(row: tuple[object, ...]) -> DeliveryPart:
    return DeliveryPart(
        id=int(str(row[0])),
        slot_id=int(str(row[1])),
        subscription=str(row[2]),
        day=dt.date.fromisoformat(str(row[3])),
        at=str(row[4]),
        destination=str(row[5]),
        number=int(str(row[6])),
        of=int(str(row[7])),
        payload=str(row[8]),
        nonce=str(row[9]),
        mark=str(row[10]),
        state=PartState(str(row[11])),
        reference=None if row[12] is None else str(row[12]),
        reason=None if row[13] is None else str(row[13]),
        changed_at=dt.datetime.fromisoformat(str(row[14])),
        opened=None if row[15] is None else str(row[15]),
    )

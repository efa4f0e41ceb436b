"""The delivery ledger: a slot exists once, a part goes its way, what was sent stays sent."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from digests.errors import NotFound
from digests.store import deliveries
from digests.store.connection import prepare_file
from digests.store.deliveries import NewPart, PartState

DAY = dt.date(2026, 6, 9)
NOW = dt.datetime(2026, 6, 9, 7, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=5)
PARTS = (NewPart(payload='{"n":1}', nonce="n1", mark="m1"), NewPart(payload='{"n":2}', nonce="n2", mark="m2"))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    prepare_file(tmp_path / "a.db")
    connection = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


def test_a_slot_opens_once(db: sqlite3.Connection) -> None:
    """A second tick, or a second process, finds the slot taken and changes nothing."""
    assert deliveries.open_slot(db, "news", DAY, "07:00", "c1", PARTS, NOW) is True
    assert deliveries.open_slot(db, "news", DAY, "07:00", "c2", PARTS[:1], LATER) is False
    found = deliveries.unfinished_parts(db)
    assert [(part.destination, part.number, part.of, part.payload) for part in found] == [
        ("c1", 1, 2, '{"n":1}'),
        ("c1", 2, 2, '{"n":2}'),
    ]


@pytest.mark.parametrize(
    ("subscription", "day", "at"),
    [("other", DAY, "07:00"), ("news", DAY + dt.timedelta(days=1), "07:00"), ("news", DAY, "19:00")],
)
def test_other_slots_are_free(db: sqlite3.Connection, subscription: str, day: dt.date, at: str) -> None:
    """Subscription, local day and local time make a slot."""
    deliveries.open_slot(db, "news", DAY, "07:00", "c1", PARTS, NOW)
    assert deliveries.has_slot(db, "news", DAY, "07:00")
    assert not deliveries.has_slot(db, subscription, day, at)
    assert deliveries.open_slot(db, subscription, day, at, "c1", PARTS, NOW)


def test_a_slot_without_parts_is_remembered(db: sqlite3.Connection) -> None:
    """Nothing new to post is decided once as well."""
    assert deliveries.open_slot(db, "news", DAY, "07:00", "c1", (), NOW)
    assert deliveries.has_slot(db, "news", DAY, "07:00")
    assert deliveries.unfinished_parts(db) == ()


def test_sending_keeps_the_time_of_the_first_try(db: sqlite3.Connection) -> None:
    """The platform forgets a nonce minutes after the first try, not after the last."""
    deliveries.open_slot(db, "news", DAY, "07:00", "c1", PARTS, NOW)
    part = deliveries.unfinished_parts(db)[0]
    deliveries.mark_sending(db, part.id, NOW)
    deliveries.mark_sending(db, part.id, LATER)
    part = deliveries.unfinished_parts(db)[0]
    assert (part.state, part.changed_at) == (PartState.SENDING, NOW)


def test_sent_is_final(db: sqlite3.Connection) -> None:
    """A late error must not open a message again that stands in the channel."""
    deliveries.open_slot(db, "news", DAY, "07:00", "c1", PARTS, NOW)
    part = deliveries.unfinished_parts(db)[0]
    deliveries.mark_sending(db, part.id, NOW)
    deliveries.mark_sent(db, part.id, "msg1", LATER)
    deliveries.mark_sending(db, part.id, LATER)
    deliveries.mark_unsure(db, part.id, "late", LATER)
    deliveries.mark_skipped(db, part.id, "late", LATER)
    found = {p.id: p for p in deliveries.recent_parts(db, 10)}[part.id]
    assert (found.state, found.reference, found.reason) == (PartState.SENT, "msg1", None)


@pytest.mark.parametrize(
    ("mark", "state"),
    [(deliveries.mark_unsure, PartState.UNSURE), (deliveries.mark_skipped, PartState.SKIPPED)],
)
def test_given_up_parts_are_not_unfinished(db: sqlite3.Connection, mark: object, state: PartState) -> None:
    """They are listed with their reason, and no start sends them again."""
    deliveries.open_slot(db, "news", DAY, "07:00", "c1", PARTS[:1], NOW)
    part = deliveries.unfinished_parts(db)[0]
    assert callable(mark)
    mark(db, part.id, "history unreadable", LATER)
    assert deliveries.unfinished_parts(db) == ()
    (found,) = deliveries.recent_parts(db, 10)
    assert (found.state, found.reason, found.changed_at) == (state, "history unreadable", LATER)


def test_recent_parts_are_newest_first_and_bounded(db: sqlite3.Connection) -> None:
    """The status page shows the last posts, a slot's parts in order."""
    for hour in ("07:00", "12:00"):
        deliveries.open_slot(db, "news", DAY, hour, "c1", PARTS, NOW)
    found = [(part.at, part.number) for part in deliveries.recent_parts(db, 3)]
    assert found == [("12:00", 1), ("12:00", 2), ("07:00", 1)]


@pytest.mark.parametrize("mark", [deliveries.mark_unsure, deliveries.mark_skipped, deliveries.mark_sent])
def test_unknown_parts_are_named(db: sqlite3.Connection, mark: object) -> None:
    """A wrong id is a bug that must not pass in silence."""
    assert callable(mark)
    with pytest.raises(NotFound, match="no delivery part '99'"):
        mark(db, 99, "x", NOW)
    with pytest.raises(NotFound):
        deliveries.mark_sending(db, 99, NOW)

"""Each message once: the protocol over the ledger, against a channel that loses, doubles and forgets."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from bot.delivery import (
    AlreadyRemoved,
    Blocked,
    ChannelClosed,
    Delivery,
    NotNow,
    Rejected,
    Unreadable,
    make_parts,
)
from bot.render.limits import NONCE
from bot.render.page import Page, Posting
from digests import PartState
from tests.bot.fakes import FakeLedger, FakeSender

DAY = dt.date(2025, 6, 4)
PAGES = tuple(Page(blocks=(f"part {number}",), footer="small") for number in range(3))


async def open_slot(ledger: FakeLedger, at: str = "08:00", channel: str = "1") -> None:
    await ledger.open_slot("morning", DAY, at, channel, make_parts("morning", DAY, at, PAGES))


def deliver(ledger: FakeLedger, sender: FakeSender) -> Delivery:
    return Delivery(ledger, sender, ledger.now)


def states(ledger: FakeLedger) -> list[str]:
    return [part.state.value for part in ledger.parts]


def test_nonce_and_mark_follow_from_slot_and_number() -> None:
    """The same slot gives the same ids in every process; other times, days and digests give others."""
    parts = make_parts("morning", DAY, "08:00", PAGES)
    assert parts == make_parts("morning", DAY, "08:00", PAGES)
    others = (
        *make_parts("morning", DAY, "09:00", PAGES),
        *make_parts("morning", DAY + dt.timedelta(days=1), "08:00", PAGES),
        # Of two digests that are due in one channel at one minute, one would be taken for the other.
        *make_parts("weather", DAY, "08:00", PAGES),
    )
    assert 12 == len({part.nonce for part in (*parts, *others)})
    assert 12 == len({part.mark for part in (*parts, *others)})
    assert all(len(part.nonce) <= NONCE and part.mark in part.payload for part in parts)


async def test_parts_are_sent_in_order_once() -> None:
    """Three messages, their marks in their last lines, and nothing more at the next pass."""
    ledger, sender = FakeLedger(), FakeSender()
    await open_slot(ledger)
    delivery = deliver(ledger, sender)
    await delivery.finish()
    await delivery.finish()
    assert ["part 0", "part 1", "part 2"] == [page.blocks[0] for _, _, page, _ in sender.posted]
    assert ["sent"] * 3 == states(ledger)


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_lost_request_or_reply_is_tried_again_with_the_same_nonce(moment: str) -> None:
    """Whether it arrived or not, the next pass leads to exactly one message; later parts wait for it."""
    ledger, sender = FakeLedger(), FakeSender(faults=[(moment, NotNow("reset"))])
    await open_slot(ledger)
    delivery = deliver(ledger, sender)
    await delivery.finish()
    assert ["sending", "ready", "ready"] == states(ledger)
    await delivery.finish()
    assert ["sent"] * 3 == states(ledger)
    assert 3 == len(sender.posted)


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_after_the_nonce_is_forgotten_the_channel_is_looked_through(moment: str) -> None:
    """Ten minutes later a new process finds the mark, or sends."""
    ledger, sender = FakeLedger(), FakeSender(faults=[(moment, NotNow("reset"))])
    await open_slot(ledger)
    await deliver(ledger, sender).finish()
    sender.remembers_nonces = False
    ledger.clock += dt.timedelta(minutes=10)
    await deliver(ledger, sender).finish()
    assert ["sent"] * 3 == states(ledger)
    assert 3 == len(sender.posted)


async def test_a_channel_that_fails_for_now_holds_up_no_other() -> None:
    """Of two digests that are due at one minute the second goes out, whatever Discord answers to the first."""
    ledger, sender = FakeLedger(), FakeSender(faults=[("before", NotNow("503"))])
    await open_slot(ledger, at="08:00", channel="1")
    await open_slot(ledger, at="08:01", channel="2")
    await deliver(ledger, sender).finish()
    assert ["sending", "ready", "ready", "sent", "sent", "sent"] == states(ledger)


async def test_what_cannot_be_looked_up_is_left_to_a_person() -> None:
    """An old try in a channel without history: unsure, and not sent again."""
    ledger, sender = FakeLedger(), FakeSender(faults=[("after", NotNow("reset"))])
    await open_slot(ledger)
    await deliver(ledger, sender).finish()
    ledger.clock += dt.timedelta(minutes=10)
    sender.readable = Unreadable("403")
    await deliver(ledger, sender).finish()
    assert PartState.UNSURE is ledger.parts[0].state
    assert 1 == [page.blocks[0] for _, _, page, _ in sender.posted].count("part 0")


async def test_a_restored_ledger_posts_nothing_twice() -> None:
    """The ledger forgot a posted slot; the look-back at the first use of a channel finds every part."""
    sender = FakeSender()
    first = FakeLedger()
    await open_slot(first)
    await deliver(first, sender).finish()
    sender.remembers_nonces = False
    restored = FakeLedger()
    await open_slot(restored)
    await deliver(restored, sender).finish()
    assert 3 == len(sender.posted)
    assert ["sent"] * 3 == states(restored)


async def test_a_removed_message_counts_as_posted() -> None:
    """A moderator removed it while we were unsure: it is not posted again."""
    ledger, sender = FakeLedger(), FakeSender(faults=[("before", AlreadyRemoved())])
    await open_slot(ledger)
    await deliver(ledger, sender).finish()
    assert ("sent", "removed") == (ledger.parts[0].state.value, ledger.parts[0].reference)
    assert 2 == len(sender.posted)


async def test_a_closed_channel_is_paused_and_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """One notice, no further send there; other channels go on."""
    ledger, sender = FakeLedger(), FakeSender(faults=[("before", ChannelClosed("gone"))])
    await open_slot(ledger)
    await open_slot(ledger, at="09:00")
    await open_slot(ledger, at="10:00", channel="2")
    delivery = deliver(ledger, sender)
    await delivery.finish()
    assert ["skipped"] * 6 + ["sent"] * 3 == states(ledger)
    assert 1 == caplog.text.count("channel paused")
    assert {"1"} == set(delivery.paused)


async def test_a_refused_message_is_given_up_and_the_rest_goes_on() -> None:
    """What Discord will never take does not hold up what follows."""
    ledger, sender = FakeLedger(), FakeSender(faults=[("before", Rejected("400"))])
    await open_slot(ledger)
    await deliver(ledger, sender).finish()
    assert ["skipped", "sent", "sent"] == states(ledger)


async def test_a_block_stops_everything_for_a_while() -> None:
    """A ban or global limit: no request until the time is over."""
    ledger, sender = FakeLedger(), FakeSender(faults=[("before", Blocked("429", 300))])
    await open_slot(ledger)
    await open_slot(ledger, at="09:00", channel="2")
    delivery = deliver(ledger, sender)
    await delivery.finish()
    looked = sender.looked
    await delivery.finish()
    assert [] == sender.posted
    assert looked == sender.looked


async def test_a_payload_that_cannot_be_read_is_given_up() -> None:
    """A damaged row is named and skipped, not raised."""
    ledger, sender = FakeLedger(), FakeSender()
    await open_slot(ledger)
    ledger.change(1, payload="{}")
    await deliver(ledger, sender).finish()
    assert ["skipped", "sent", "sent"] == states(ledger)


POSTS = tuple(
    dataclasses.replace(page, posting=Posting(title="Digest of the morning", tags=("5",))) for page in PAGES
)


async def open_posts(ledger: FakeLedger) -> None:
    await ledger.open_slot("morning", DAY, "08:00", "1", make_parts("morning", DAY, "08:00", POSTS))


async def test_a_forum_gets_one_post_with_all_messages() -> None:
    """The first message opens it, the others stand in it, also when they are sent by a later life."""
    ledger, sender = FakeLedger(), FakeSender(faults=[("", None), ("before", NotNow("reset"))])  # type: ignore[list-item]
    await open_posts(ledger)
    await deliver(ledger, sender).finish()
    assert ["sent", "sending", "ready"] == states(ledger)
    opened = sender.posted[0][0]
    for part in ledger.parts:
        ledger.change(part.id, opened=opened)
    await deliver(ledger, sender).finish()
    assert ["1", opened, opened] == [where for _, where, _, _ in sender.posted]
    assert ["sent"] * 3 == states(ledger)


async def test_a_forum_post_is_looked_for_before_it_is_tried_again() -> None:
    """There is no nonce for it: a lost reply is looked up at once, however young."""
    ledger, sender = FakeLedger(), FakeSender(faults=[("after", NotNow("reset"))])
    await open_posts(ledger)
    delivery = deliver(ledger, sender)
    await delivery.finish()
    assert ["sending", "ready", "ready"] == states(ledger)
    await delivery.finish()
    assert 3 == len(sender.posted)
    assert ["sent"] * 3 == states(ledger)


async def test_without_its_post_the_rest_is_given_up() -> None:
    """Discord refuses the first message for good: there is nothing that the others could stand in."""
    ledger, sender = FakeLedger(), FakeSender(faults=[("before", Rejected("no such tag"))])
    await open_posts(ledger)
    await deliver(ledger, sender).finish()
    assert ["skipped"] * 3 == states(ledger)
    assert [] == sender.posted


async def test_messages_are_passed_on_where_that_is_wanted() -> None:
    """Each one that stands there, with its id."""
    ledger, sender = FakeLedger(), FakeSender()
    pages = [dataclasses.replace(PAGES[0], posting=Posting(crosspost=True)), PAGES[1]]
    await ledger.open_slot("morning", DAY, "08:00", "1", make_parts("morning", DAY, "08:00", pages))
    await deliver(ledger, sender).finish()
    assert [("1", "1000")] == sender.passed_on

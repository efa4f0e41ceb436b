"""Posting unprompted, each message once: the protocol over the delivery ledger.

1. A slot with its messages, finished and frozen, is in the ledger before anything is sent.
2. A message becomes `sending`, on disk, and is sent with its own nonce, the same at every try.
3. `sent`, with the message's id.

What a stop leaves as `sending` is sent again with the same nonce while Discord remembers it (some minutes); later
the channel's own last messages are searched for its mark, and it is sent only when it is not there. What cannot be
looked up is left `unsure`: a person decides. The stance: better once and late than twice, better named than lost.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Protocol

from bot.render.page import Page
from digests import DeliveryPart, NewPart, PartState, ShownLine

log = logging.getLogger(__name__)

#: How long the same nonce is surely remembered; Discord says "the past few minutes" and no more.
NONCE_WINDOW = dt.timedelta(minutes=2)
#: Messages that are looked through for a mark.
LOOK_BACK = 100
#: Longest that one request may take; the library has no deadline of its own.
SEND_SECONDS = 30
#: Rest after Discord or its front has refused us as a whole.
REST_SECONDS = 600.0


#: A part's mark as it stands in a message.
_MARK = re.compile(r"#[0-9a-f]{8}")


class ChannelClosed(Exception):
    """The channel is gone, or the bot may not write there."""


class AlreadyRemoved(Exception):
    """The nonce is known and its message was removed since: it was posted."""


class Unreadable(Exception):
    """The channel's messages cannot be read."""


class NotNow(Exception):
    """Something passing: the message may or may not have arrived."""


class Blocked(Exception):
    """Nothing may be sent for a while."""

    def __init__(self, reason: str, seconds: float = REST_SECONDS) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Rejected(Exception):
    """Discord will never take this message as it is: a mistake of ours."""


class Sender(Protocol):
    """What delivery needs from Discord."""

    async def send(self, destination: str, page: Page, nonce: str) -> str:
        """Post and return the message's id; raises the errors above."""
        ...

    async def own_texts(self, destination: str, limit: int) -> Sequence[tuple[str, str]]:
        """Id and text of the bot's own messages among the last `limit`. Raises Unreadable, NotNow or Blocked."""
        ...

    async def open_post(self, destination: str, page: Page) -> str:
        """Open a forum's post with its first message and return its id, that of both; raises the errors above."""
        ...

    async def own_posts(self, destination: str, title: str) -> Sequence[tuple[str, str]]:
        """Id and first text of the bot's own posts of this name. Raises Unreadable, NotNow or Blocked."""
        ...

    async def pass_on(self, destination: str, reference: str) -> None:
        """Give a message to the channels that follow this one; what goes wrong is logged alone."""
        ...


class DeliveryLedger(Protocol):
    """What delivery keeps in the store."""

    async def unfinished_parts(self) -> tuple[DeliveryPart, ...]: ...

    async def mark_sending(self, part_id: int) -> None: ...

    async def mark_sent(self, part_id: int, reference: str) -> None: ...

    async def mark_unsure(self, part_id: int, reason: str) -> None: ...

    async def mark_skipped(self, part_id: int, reason: str) -> None: ...

    async def note_shown(self, channel: str, lines: Sequence[ShownLine]) -> None: ...


class Step(StrEnum):
    """What the protocol does next for a message."""

    SEND = "send"
    LOOK = "look"


def next_step(part: DeliveryPart, now: dt.datetime, *, has_nonce: bool = True) -> Step:
    """A message that was never tried, or whose nonce is still remembered, is sent; an older try is looked up.

    A forum's post is opened without a nonce: each try but the first is looked up.
    """
    if part.state is PartState.SENDING and (not has_nonce or now - part.changed_at >= NONCE_WINDOW):
        return Step.LOOK
    return Step.SEND


def make_parts(subscription: str, day: dt.date, at: str, pages: Sequence[Page]) -> tuple[NewPart, ...]:
    """Frozen messages of a slot; nonce and mark follow from slot and number, so that a lost ledger finds them again."""
    parts = []
    for number, page in enumerate(pages, 1):
        digest = hashlib.sha256(f"{subscription}\n{day.isoformat()}\n{at}\n{number}".encode()).hexdigest()
        mark = f"#{digest[24:32]}"
        parts.append(NewPart(payload=page.with_mark(mark).to_json(), nonce=digest[:24], mark=mark))
    return tuple(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A part with its page; `opened` is the id of the forum's post that the slot's first message opened."""

    part: DeliveryPart
    page: Page
    opened: str | None

    @property
    def opens_post(self) -> bool:
        return self.page.posting.title is not None and self.part.number == 1

    @property
    def is_in_post(self) -> bool:
        return self.page.posting.title is not None and self.part.number > 1

    @property
    def where(self) -> str:
        """The channel, the thread, or the forum in which the post is opened."""
        return self.opened if self.is_in_post and self.opened is not None else self.part.destination


class Delivery:
    """Brings every unfinished message of the ledger to an end, slot by slot, in order."""

    def __init__(self, ledger: DeliveryLedger, sender: Sender, now: Callable[[], dt.datetime]) -> None:
        self._ledger = ledger
        self._sender = sender
        self._now = now
        # Closed channels and why; they are tried again by the next process.
        self.paused: dict[str, str] = {}
        # Marks and message ids per channel, as found at the first look: the ledger may be behind (a restored backup).
        self._found_first: dict[str, dict[str, str]] = {}
        self._rest_until = 0.0

    async def finish(self) -> None:
        """One pass over what is unfinished. Never raises for what Discord does."""
        if asyncio.get_running_loop().time() < self._rest_until:
            return
        parts = await self._ledger.unfinished_parts()
        for _, slot in groupby(parts, key=lambda part: part.slot_id):
            try:
                await self._finish_slot(list(slot))
            except NotNow as exc:
                log.warning("delivery postponed reason=%s", exc)
            except Blocked as exc:
                self._rest_until = asyncio.get_running_loop().time() + exc.seconds
                log.error("delivery stopped for seconds=%.0f reason=%s", exc.seconds, exc)
                return

    async def _finish_slot(self, parts: Sequence[DeliveryPart]) -> None:
        opened = parts[0].opened
        for part in parts:
            if part.destination in self.paused:
                await self._ledger.mark_skipped(part.id, f"channel paused: {self.paused[part.destination]}")
                continue
            job = await self._job_for(part, opened)
            if job is None:
                continue
            try:
                reference = await self._finish_part(job)
            except ChannelClosed as exc:
                if job.is_in_post:
                    log.warning("delivery given up slot=%s reason=the post: %s", _slot(part), exc)
                else:
                    self._pause(part.destination, str(exc))
                await self._ledger.mark_skipped(part.id, str(exc))
                continue
            if part.number == 1:
                opened = reference

    async def _job_for(self, part: DeliveryPart, opened: str | None) -> _Job | None:
        """Where a part goes; `None` when it goes nowhere, which is noted."""
        try:
            page = Page.from_json(part.payload)
        except ValueError as exc:
            await self._reject(part, f"cannot be read: {exc}")
            return None
        if page.posting.title is not None and part.number > 1 and opened is None:
            await self._reject(part, "the post that it belongs to was not opened")
            return None
        return _Job(part=part, page=page, opened=opened)

    async def _finish_part(self, job: _Job) -> str | None:
        """The id of the message, when it stands there now."""
        part = job.part
        if next_step(part, self._now(), has_nonce=not job.opens_post) is Step.LOOK:
            return await self._look_then_send(job)
        if part.state is PartState.READY and (reference := await self._found_at_first_look(job)):
            log.warning("delivery found already posted slot=%s part=%s", _slot(part), part.number)
            return await self._sent(job, reference)
        return await self._send(job)

    async def _look_then_send(self, job: _Job) -> str | None:
        part = job.part
        try:
            texts = await self._texts(job)
        except Unreadable as exc:
            log.error("delivery unsure slot=%s part=%s reason=%s", _slot(part), part.number, exc)
            await self._ledger.mark_unsure(part.id, f"the channel cannot be read: {exc}")
            return None
        reference = _find(part.mark, texts)
        if reference is None:
            return await self._send(job)
        log.info("delivery found slot=%s part=%s message=%s", _slot(part), part.number, reference)
        return await self._sent(job, reference)

    async def _texts(self, job: _Job) -> Sequence[tuple[str, str]]:
        """What of ours stands where the message would: the channel's last messages, or the forum's posts."""
        if job.opens_post:
            return await self._sender.own_posts(job.where, job.page.posting.title or "")
        return await self._sender.own_texts(job.where, LOOK_BACK)

    async def _found_at_first_look(self, job: _Job) -> str | None:
        """The message, when an earlier life of the bot has posted it without our ledger knowing."""
        key = f"{job.where}/{job.page.posting.title}" if job.opens_post else job.where
        if key not in self._found_first:
            try:
                found = await self._texts(job)
            except (Unreadable, NotNow):
                # A fresh message need not be looked up: nothing says that it was ever tried.
                found = ()
            marked = {mark: reference for reference, text in found for mark in _MARK.findall(text)}
            self._found_first[key] = marked
        return self._found_first[key].get(job.part.mark)

    async def _send(self, job: _Job) -> str | None:
        part, page = job.part, job.page
        await self._ledger.mark_sending(part.id)
        if page.lines and not job.opens_post:
            await self._ledger.note_shown(job.where, page.lines)
        try:
            if job.opens_post:
                reference = await self._sender.open_post(job.where, page)
            else:
                reference = await self._sender.send(job.where, page, part.nonce)
        except AlreadyRemoved:
            log.info("delivery was posted and removed slot=%s part=%s", _slot(part), part.number)
            await self._ledger.mark_sent(part.id, "removed")
        except Rejected as exc:
            await self._reject(part, f"refused by Discord: {exc}")
        else:
            log.info("delivered slot=%s part=%s message=%s", _slot(part), part.number, reference)
            return await self._sent(job, reference)
        return None

    async def _sent(self, job: _Job, reference: str) -> str:
        """Note that it stands there, and pass it on where that is wanted: a second time does no harm."""
        if job.opens_post and job.page.lines:
            await self._ledger.note_shown(reference, job.page.lines)
        if job.page.posting.crosspost and not job.opens_post:
            await self._sender.pass_on(job.where, reference)
        await self._ledger.mark_sent(job.part.id, reference)
        return reference

    async def _reject(self, part: DeliveryPart, reason: str) -> None:
        log.error("delivery given up slot=%s part=%s reason=%s", _slot(part), part.number, reason)
        await self._ledger.mark_skipped(part.id, reason)

    def _pause(self, destination: str, reason: str) -> None:
        if destination not in self.paused:
            log.error(
                "channel paused channel=%s reason=%s; nothing is posted there until a restart",
                destination,
                reason,
            )
        self.paused[destination] = reason


def _find(mark: str, texts: Sequence[tuple[str, str]]) -> str | None:
    return next((reference for reference, text in texts if mark in text), None)


def _slot(part: DeliveryPart) -> str:
    return f"{part.subscription}/{part.day}/{part.at}"

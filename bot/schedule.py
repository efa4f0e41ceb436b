"""When a digest is due: plain arithmetic over the settings, the time and what the ledger says is done.

A slot is one digest of one local day and time of day. It comes once: a time that the clocks skip means the first
moment after the gap, a time that comes twice means its first coming. After a pause only the newest slot is posted,
if it is not too late; older ones are named as skipped. Nothing here waits or sends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.config import WEEKDAYS, Held, Subscription, lies_in

#: How far back missed slots are counted.
MAX_LOOK_BACK = dt.timedelta(days=60)
#: How far ahead the next slot is looked for: every weekday comes within eight days.
MAX_LOOK_AHEAD = dt.timedelta(days=9)
#: Setting under which the moment of the last slot that was dealt with is kept.
LAST_SETTING = "schedule.{subscription}.last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One digest of one local day and time; `instant` is when that is, in UTC."""

    subscription: Subscription
    day: dt.date
    at: str
    instant: dt.datetime
    # It falls into the quiet hours: `instant` is their end, or it is left out.
    is_held: bool = False
    is_left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be posted now, and what was missed and is not posted any more."""

    due: tuple[Slot, ...]
    skipped: tuple[Slot, ...]


class SlotLedger(Protocol):
    """What the schedule must know from the ledger."""

    async def has_slot(self, subscription: str, day: dt.date, at: str) -> bool: ...

    async def setting(self, key: str) -> str | None: ...


def instant_of(day: dt.date, at: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The moment of a local time, in UTC: its first coming, or the first moment after a gap that swallows it."""
    local = dt.datetime.combine(day, at)
    moment = local.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local:
        return moment
    return _end_of_gap(local, zone)


def _end_of_gap(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The first moment after the gap around a local time that does not exist (PEP 495: fold tells both offsets)."""
    before = local.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)
    after = local.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    offset = before.astimezone(zone).utcoffset()
    # Halving seconds between two moments of at most a day apart ends after some 17 steps.
    while after - before > dt.timedelta(seconds=1):
        middle = before + (after - before) / 2
        middle = middle.replace(microsecond=0)
        if middle <= before:
            break
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def slots_between(subscription: Subscription, start: dt.datetime, end: dt.datetime) -> tuple[Slot, ...]:
    """Slots after `start` and up to `end`, oldest first; both are aware moments."""
    found = [slot for slot in _slots_around(subscription, start, end) if start < slot.instant <= end]
    found.sort(key=lambda slot: (slot.instant, slot.day, slot.at))
    # Of those that wait for one end, or for a slot at that very moment, the last stands for all.
    last = {slot.instant: slot for slot in found if not slot.is_left_out}
    return tuple(slot for slot in found if slot.is_left_out or not slot.is_held or last[slot.instant] is slot)


def quiet_until(subscription: Subscription, instant: dt.datetime) -> dt.datetime | None:
    """When the quiet hours around a moment end; `None` outside of them. Clocks that go back end them but once."""
    hours = subscription.quiet_hours
    return end_of_hours(hours, subscription.timezone, instant) if hours is not None else None


def end_of_hours(hours: tuple[dt.time, dt.time], zone: ZoneInfo, instant: dt.datetime) -> dt.datetime | None:
    """When these hours of a zone end, for a moment in them; `None` outside."""
    local = instant.astimezone(zone)
    if not lies_in(hours, local.time()):
        return None
    end = instant_of(local.date() + dt.timedelta(days=local.time() >= hours[1]), hours[1], zone)
    return end if end > instant else None


def _slots_around(subscription: Subscription, start: dt.datetime, end: dt.datetime) -> Iterator[Slot]:
    zone = subscription.timezone
    day = start.astimezone(zone).date() - dt.timedelta(days=1)
    last = end.astimezone(zone).date() + dt.timedelta(days=1)
    while day <= last:
        if WEEKDAYS[day.weekday()] in subscription.days:
            for at in sorted(set(subscription.times)):
                instant = instant_of(day, at, zone)
                quiet_end = quiet_until(subscription, instant)
                is_left_out = quiet_end is not None and subscription.in_quiet_hours is Held.SKIP
                yield Slot(
                    subscription=subscription,
                    day=day,
                    at=f"{at:%H:%M}",
                    instant=instant if quiet_end is None or is_left_out else quiet_end,
                    is_held=quiet_end is not None,
                    is_left_out=is_left_out,
                )
        day += dt.timedelta(days=1)


def next_slot(subscription: Subscription, now: dt.datetime) -> Slot | None:
    """The first slot after `now`; `None` without any day."""
    slots = slots_between(subscription, now, now + MAX_LOOK_AHEAD)
    return next((slot for slot in slots if not slot.is_left_out), None)


def slot_now(subscription: Subscription, now: dt.datetime) -> Slot:
    """A digest beside the schedule; one a minute, which its `at` says."""
    local = now.astimezone(subscription.timezone)
    return Slot(subscription=subscription, day=local.date(), at=f"{local:%H:%M} now", instant=now)


def previous_instant(slot: Slot) -> dt.datetime:
    """When the digest before this slot was due: what came after is new in this one."""
    earlier = slots_between(slot.subscription, slot.instant - MAX_LOOK_AHEAD, slot.instant)
    instants = [one.instant for one in earlier if one.instant < slot.instant and not one.is_left_out]
    return max(instants, default=slot.instant - dt.timedelta(days=1))


async def plan_digests(now: dt.datetime, subscriptions: Sequence[Subscription], ledger: SlotLedger) -> Plan:
    """What to post at `now` and what to name as skipped, from the settings and the ledger alone."""
    due: list[Slot] = []
    skipped: list[Slot] = []
    for subscription in subscriptions:
        late = dt.timedelta(hours=subscription.late_hours)
        # A slot of exactly `late` ago is still in time, so the open start lies just before it.
        in_time = now - late - dt.timedelta(seconds=1)
        last = await _last_handled(subscription, now, in_time, ledger)
        slots = slots_between(subscription, last or in_time, now)
        newest = max((slot.instant for slot in slots if not slot.is_left_out), default=None)
        if newest is None:
            # What the quiet hours left out is told with the next one.
            continue
        slots = tuple(slot for slot in slots if slot.instant <= newest)
        if last is None:
            # A digest that is new was not expected before.
            slots = tuple(slot for slot in slots if slot.instant == newest)
        for slot in slots:
            if await ledger.has_slot(subscription.id, slot.day, slot.at):
                continue
            is_due = not slot.is_left_out and slot.instant == newest and now - slot.instant <= late
            (due if is_due else skipped).append(slot)
    return Plan(due=tuple(due), skipped=tuple(skipped))


async def _last_handled(
    subscription: Subscription, now: dt.datetime, in_time: dt.datetime, ledger: SlotLedger
) -> dt.datetime | None:
    """After which moment slots count: the last one dealt with; `None` at first sight."""
    text = await ledger.setting(LAST_SETTING.format(subscription=subscription.id))
    if text is None:
        return None
    last = dt.datetime.fromisoformat(text)
    # A clock that was ahead and went back must not hide what is due; the ledger says what was posted.
    return max(min(last, in_time), now - MAX_LOOK_BACK) if last > now else max(last, now - MAX_LOOK_BACK)

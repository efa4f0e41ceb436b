"""When a digest is due: every local day and time once, whatever clocks, restarts and zones do."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.config import Subscription
from bot.schedule import instant_of, next_slot, plan_digests, previous_instant, quiet_until, slots_between
from tests.bot.fakes import FakeLedger

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Africa/Cairo",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Asia/Kathmandu",
)


def make_subscription(**more: object) -> Subscription:
    fields: dict[str, object] = {
        "id": "morning",
        "channel": "123456789012345678",
        "times": ["08:00"],
        "zone": "UTC",
    }
    return Subscription.model_validate({**fields, **more})


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        pytest.param("Europe/Berlin", (2025, 6, 4), (8, 0), utc(2025, 6, 4, 6), id="summer"),
        pytest.param("Europe/Berlin", (2025, 1, 4), (8, 0), utc(2025, 1, 4, 7), id="winter"),
        pytest.param("Europe/Berlin", (2025, 3, 30), (2, 30), utc(2025, 3, 30, 1), id="gap-is-its-end"),
        pytest.param(
            "Europe/Berlin", (2025, 10, 26), (2, 30), utc(2025, 10, 26, 0, 30), id="doubled-is-the-first"
        ),
        pytest.param("Africa/Cairo", (2025, 4, 25), (0, 0), utc(2025, 4, 24, 22), id="cairo-midnight-gap"),
        pytest.param("Africa/Cairo", (2025, 4, 25), (0, 30), utc(2025, 4, 24, 22), id="cairo-inside-gap"),
        pytest.param("Asia/Beirut", (2025, 3, 30), (0, 15), utc(2025, 3, 29, 22), id="beirut-midnight-gap"),
        pytest.param(
            "Australia/Lord_Howe", (2025, 10, 5), (2, 10), utc(2025, 10, 4, 15, 30), id="half-hour-gap"
        ),
    ],
)
def test_local_times_become_moments(
    zone: str, day: tuple[int, int, int], at: tuple[int, int], expected: dt.datetime
) -> None:
    """A time in a gap is the first moment after it, a doubled time its first coming."""
    assert expected == instant_of(dt.date(*day), dt.time(*at), ZoneInfo(zone))


@pytest.mark.parametrize("zone", ZONES)
async def test_every_slot_of_two_years_comes_exactly_once(zone: str) -> None:
    """Looked at every 20 minutes around each change of the clocks, with times in the hours in which they change."""
    times = ["00:00", "00:30", "02:00", "02:30", "08:00"]
    subscription = make_subscription(zone=zone, times=times, late_hours=6)
    ledger = FakeLedger()
    now, end = utc(2025, 1, 1), utc(2027, 1, 1)
    posted: dict[tuple[dt.date, str], int] = {}
    step = dt.timedelta(minutes=20)
    changes = _days_around_changes(zone, now, end)
    while now < end:
        if now.date() not in changes:
            # Ordinary days are alike; every tenth is enough.
            now += dt.timedelta(days=1)
            continue
        ledger.clock = now
        plan = await plan_digests(now, [subscription], ledger)
        assert not [slot for slot in plan.skipped if slot.instant > now - dt.timedelta(minutes=40)]
        for slot in plan.due:
            posted[slot.day, slot.at] = posted.get((slot.day, slot.at), 0) + 1
            await ledger.open_slot(subscription.id, slot.day, slot.at, subscription.channel, ())
        now += step
    assert posted
    assert {1} == set(posted.values())
    zone_info = ZoneInfo(zone)
    for day in _inner_days(changes):
        for at in times:
            moment = instant_of(day, dt.time.fromisoformat(at), zone_info)
            if moment.date() in changes:
                assert (day, at) in posted, (zone, day, at)


def _days_around_changes(zone: str, start: dt.datetime, end: dt.datetime) -> set[dt.date]:
    """UTC days within two of a change of the zone's offset, and one ordinary stretch."""
    found = {start.date() + dt.timedelta(days=offset) for offset in range(5)}
    info, day = ZoneInfo(zone), start
    while day < end:
        if day.astimezone(info).utcoffset() != (day + dt.timedelta(days=1)).astimezone(info).utcoffset():
            found |= {day.date() + dt.timedelta(days=offset) for offset in range(-2, 4)}
        day += dt.timedelta(days=1)
    return found


def _inner_days(days: set[dt.date]) -> list[dt.date]:
    one = dt.timedelta(days=1)
    return sorted(day for day in days if day - one in days and day + one in days)


async def test_a_slot_is_due_from_its_moment_on() -> None:
    """Not a second early; still at its late limit; not after it."""
    subscription = make_subscription(late_hours=3)
    for now, expected in (
        (utc(2025, 6, 4, 7, 59, 59), 0),
        (utc(2025, 6, 4, 8), 1),
        (utc(2025, 6, 4, 11), 1),
        (utc(2025, 6, 4, 11, 0, 2), 0),
    ):
        plan = await plan_digests(now, [subscription], FakeLedger())
        assert expected == len(plan.due), now


@pytest.mark.parametrize("missed", [1, 3, 30])
async def test_after_a_pause_only_the_newest_is_posted(missed: int) -> None:
    """Down over k slots: one post, the older ones named as skipped."""
    subscription = make_subscription(times=["08:00"], late_hours=3)
    ledger = FakeLedger()
    last = utc(2025, 6, 4, 8)
    ledger.settings["schedule.morning.last"] = last.isoformat()
    plan = await plan_digests(last + dt.timedelta(days=missed, hours=1), [subscription], ledger)
    assert [last + dt.timedelta(days=missed)] == [slot.instant for slot in plan.due]
    assert missed - 1 == len(plan.skipped)


async def test_of_several_in_time_only_the_newest_is_posted() -> None:
    """Away from half past six until five past eight: eight o'clock's, though none of the others is too late."""
    ledger = FakeLedger()
    ledger.settings["schedule.morning.last"] = utc(2025, 6, 4, 6).isoformat()
    hourly = make_subscription(times=["06:00", "07:00", "07:30", "08:00"], late_hours=3)
    plan = await plan_digests(utc(2025, 6, 4, 8, 5), [hourly], ledger)
    assert ["08:00"] == [slot.at for slot in plan.due]
    assert ["07:00", "07:30"] == [slot.at for slot in plan.skipped]


async def test_a_new_digest_has_missed_nothing() -> None:
    """At first sight the newest slot in time is due, and nothing before it was promised to anyone."""
    hourly = make_subscription(times=["06:00", "07:00", "08:00"], late_hours=3)
    plan = await plan_digests(utc(2025, 6, 4, 8, 5), [hourly], FakeLedger())
    assert (["08:00"], ()) == ([slot.at for slot in plan.due], plan.skipped)


async def test_too_late_is_skipped_and_said() -> None:
    """A slot that is older than its limit is not posted, but named."""
    ledger = FakeLedger()
    ledger.settings["schedule.morning.last"] = utc(2025, 6, 3, 8).isoformat()
    plan = await plan_digests(utc(2025, 6, 4, 20), [make_subscription(late_hours=3)], ledger)
    assert ((), ["08:00"]) == (plan.due, [slot.at for slot in plan.skipped])


async def test_a_clock_that_was_ahead_hides_nothing() -> None:
    """The last slot dealt with lies in the future after the clock went back: the ledger decides."""
    ledger = FakeLedger()
    ledger.settings["schedule.morning.last"] = utc(2025, 6, 9, 8).isoformat()
    plan = await plan_digests(utc(2025, 6, 4, 8, 5), [make_subscription()], ledger)
    assert 1 == len(plan.due)
    await ledger.open_slot("morning", dt.date(2025, 6, 4), "08:00", "1", ())
    assert () == (await plan_digests(utc(2025, 6, 4, 8, 5), [make_subscription()], ledger)).due


def test_days_and_order() -> None:
    """Only the chosen weekdays, oldest first, several times a day."""
    subscription = make_subscription(times=["18:00", "08:00"], days=["mon", "fri"])
    found = slots_between(subscription, utc(2025, 6, 2), utc(2025, 6, 8))
    assert ["02 08:00", "02 18:00", "06 08:00", "06 18:00"] == [f"{slot.day:%d} {slot.at}" for slot in found]


def test_next_and_previous() -> None:
    """What comes next for /status; what was before for "new since"."""
    subscription = make_subscription(days=["mon"])
    slot = next_slot(subscription, utc(2025, 6, 4))
    assert slot is not None
    assert utc(2025, 6, 9, 8) == slot.instant
    assert utc(2025, 6, 2, 8) == previous_instant(slot)


# --------------------------------------------------------------------------- quiet hours

NIGHT = {"zone": "Europe/Berlin", "times": ["06:00", "12:00", "23:00"], "quiet_hours": ["22:00", "07:00"]}


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        pytest.param("wait", [("06:00", utc(2025, 6, 5, 5)), ("12:00", utc(2025, 6, 5, 10))], id="wait"),
        pytest.param("skip", [("12:00", utc(2025, 6, 5, 10))], id="skip"),
    ],
)
def test_quiet_hours_hold_back_or_leave_out(policy: str, expected: list[tuple[str, dt.datetime]]) -> None:
    """What waits comes once, at the end, however many were due; what is left out is marked."""
    wanted = make_subscription(**NIGHT, in_quiet_hours=policy)
    slots = slots_between(wanted, utc(2025, 6, 4, 20), utc(2025, 6, 5, 18))
    assert expected == [(slot.at, slot.instant) for slot in slots if not slot.is_left_out]
    left_out = [slot.at for slot in slots if slot.is_left_out]
    assert ([] if policy == "wait" else ["23:00", "06:00"]) == left_out


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param((2025, 3, 30), utc(2025, 3, 30, 1), id="the-end-is-skipped-by-the-clocks"),
        pytest.param((2025, 10, 26), utc(2025, 10, 26, 0, 30), id="the-end-comes-twice"),
    ],
)
def test_quiet_hours_end_once_when_clocks_change(day: tuple[int, int, int], expected: dt.datetime) -> None:
    """An end that the clocks skip is the first moment after the gap, one that comes twice its first coming."""
    wanted = make_subscription(zone="Europe/Berlin", times=["01:00"], quiet_hours=["23:00", "02:30"])
    [slot] = slots_between(wanted, utc(*day) - dt.timedelta(hours=2), utc(*day, 12))
    assert (dt.date(*day), "01:00", expected) == (slot.day, slot.at, slot.instant)
    assert quiet_until(wanted, expected) is None


async def test_what_was_left_out_is_told_with_the_next_one() -> None:
    """It is not dealt with alone, so that its number is not lost; the next digest covers what it would have held."""
    wanted, ledger = make_subscription(**NIGHT, in_quiet_hours="skip"), FakeLedger()
    ledger.settings["schedule.morning.last"] = utc(2025, 6, 4, 10).isoformat()
    night = await plan_digests(utc(2025, 6, 5, 5), [wanted], ledger)
    assert ((), ()) == (night.due, night.skipped)
    noon = await plan_digests(utc(2025, 6, 5, 10, 1), [wanted], ledger)
    assert ["12:00"] == [slot.at for slot in noon.due]
    assert ["23:00", "06:00"] == [slot.at for slot in noon.skipped]
    assert utc(2025, 6, 4, 10) == previous_instant(noon.due[0])
    upcoming = next_slot(wanted, utc(2025, 6, 5, 11))
    assert upcoming is not None
    assert utc(2025, 6, 6, 10) == upcoming.instant


def test_quiet_hours_may_not_leave_everything_out() -> None:
    """A digest that would never be posted is a mistake; one that waits is none."""
    with pytest.raises(ValueError, match="nothing would ever be posted"):
        make_subscription(times=["23:00"], quiet_hours=["22:00", "07:00"], in_quiet_hours="skip")
    assert make_subscription(times=["23:00"], quiet_hours=["22:00", "07:00"]).quiet_hours is not None

"""Scheduled digests when something particular goes wrong: lost replies, forgotten nonces, moderators, stop signals."""

from __future__ import annotations

import asyncio
import datetime as dt
import resource
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import LoopbackDiscord
from bot.sandbox.control import CREATE_MESSAGE
from digests.store.backup import back_up, restore
from tests.bot.driver import BotProcess
from tests.bot.e2e.checks import assert_nobody_pinged
from tests.bot.e2e.ledger import read_parts
from tests.bot.e2e.storm import SUBSCRIPTIONS, Storm
from tests.bot.waiting import eventually
from tests.discord_judge import OpenApiJudge

pytestmark = pytest.mark.slow


@pytest.fixture
async def posting(tmp_path: Path, loaded_store: Path) -> AsyncIterator[Storm]:
    """A bot with three digests due, not started yet; everything it said is looked through at the end.

    The judge over Discord's API description sees these messages in the first test only: it is slow.
    """
    async with LoopbackDiscord() as double:
        storm = Storm(double, tmp_path)
        shutil.copy(loaded_store, storm.bot.database)
        async with storm.bot:
            yield storm
        double.check()
        assert_nobody_pinged(double)


def states(storm: Storm) -> Counter[str | None]:
    """How many messages of the ledger are in which state."""
    return Counter(part.state for part in read_parts(storm.bot.database))


async def kill_at(storm: Storm, point: str, count: int = 1) -> None:
    """A life that ends at a named point."""
    await storm.spawn(point, count)
    assert await storm.bot.wait() == -9


async def finish(storm: Storm) -> None:
    """A life that posts what is left; then every digest must stand there once."""
    await storm.finish_hour()
    await storm.next_hour()
    storm.check()


async def test_a_digest_is_posted_as_it_is_due(posting: Storm, discord_judge: OpenApiJudge | None) -> None:
    """Several messages with news in each, in order, and the marks by which they are found again."""
    posting.double.core.judge = discord_judge
    await posting.finish_hour()
    news = posting.double.messages(posting.channels["news"])
    wire = posting.double.messages(posting.channels["wire"])
    assert (4, 1) == (len(news), len(wire))
    titles = ("Port Caldera", "Kisumu", "Austria")
    for title in titles:
        assert sum(title in view.text for view in news) >= 1
        assert title in wire[0].text
    assert any("independent voices" in view.text for view in news)
    await finish(posting)


async def test_the_lost_reply_of_each_message(posting: Storm) -> None:
    """Discord takes every message and no answer arrives: each is tried again with its nonce, none stands twice."""
    lost = posting.double.reset(CREATE_MESSAGE, after=True, times=5)
    await finish(posting)
    assert 5 == lost.hits


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_an_error_after_the_message_was_taken(posting: Storm, status: int) -> None:
    """An error of Discord's says nothing about whether the message stands there."""
    posting.double.fail(CREATE_MESSAGE, status=status, after=True)
    await finish(posting)


async def test_the_channel_is_searched_when_nonces_are_forgotten(posting: Storm) -> None:
    """Sent, killed before the answer was noted, away for long: found by its mark, not sent again."""
    await kill_at(posting, "before mark_sent", 2)
    await posting.stay_away()
    await finish(posting)
    assert "delivery found" in posting.bot.log


async def test_what_was_never_sent_is_sent_after_a_long_time(posting: Storm) -> None:
    """Noted as being sent, killed before it was: searched for in vain, then sent."""
    await kill_at(posting, "before send", 3)
    await posting.stay_away()
    await finish(posting)


async def test_a_ledger_from_a_backup(posting: Storm) -> None:
    """A store that is older than what was posted: the messages are found, not posted again."""
    store = posting.bot.database
    backup = store.with_name("backup.db")
    back_up(store, backup)
    await finish(posting)
    restore(backup, store, now=posting.hour)
    posting.double.forget_nonces()
    posting.hour -= dt.timedelta(hours=1)
    await finish(posting)
    assert "found already posted" in posting.bot.log


async def test_a_moderator_removes_a_message_before_it_was_noted(posting: Storm) -> None:
    """It was posted and somebody did not want it: it does not come back."""
    await kill_at(posting, "before mark_sent")
    [removed] = posting.double.messages(posting.channels["news"])
    await posting.double.delete_message(removed)
    await posting.finish_hour()
    assert {"sent": 5} == states(posting)
    texts = [view.text for view in posting.double.messages(posting.channels["news"])]
    assert 3 == len(texts)
    assert removed.text not in texts
    assert "refused" not in posting.bot.log


async def test_a_channel_that_cannot_be_read(posting: Storm) -> None:
    """Whether the message stands there cannot be known: it is not risked twice, and the log says so."""
    await kill_at(posting, "before mark_sent", 2)
    await posting.double.deny(posting.channels["news"], "read_message_history")
    await posting.stay_away()
    await posting.spawn()
    await eventually(lambda: set(states(posting)) <= {"sent", "unsure"}, within=60, step=0.02)
    assert {"sent": 4, "unsure": 1} == states(posting)
    assert 4 == len(posting.double.messages(posting.channels["news"]))
    assert "delivery unsure" in posting.bot.log


@pytest.mark.parametrize("loss", ["no rights", "gone"])
async def test_a_lost_channel_does_not_stop_the_others(posting: Storm, loss: str) -> None:
    """Its digests are given up after one try, with a line in the log; the other channel gets its own."""
    news = posting.channels["news"]
    if loss == "gone":
        await posting.double.remove_channel(news)
    else:
        await posting.double.deny(news, "send_messages")
    await posting.spawn()
    await eventually(lambda: set(states(posting)) == {"sent", "skipped"}, within=60, step=0.02)
    assert 1 == len(posting.double.messages(posting.channels["wire"]))
    tries = [
        call
        for call in posting.double.calls
        if call.method == "POST" and call.path == f"/channels/{news.id}/messages"
    ]
    assert 1 == len(tries)
    assert "channel paused" in posting.bot.log


async def test_hours_that_were_missed(posting: Storm) -> None:
    """Away for a day: the newest digest comes, the older ones are named as skipped and not posted."""
    await finish(posting)
    before = len(posting.double.messages(posting.channels["wire"]))
    posting.hour += dt.timedelta(hours=23)
    await posting.finish_hour()
    new = posting.double.messages(posting.channels["wire"])[before:]
    assert 1 == len(new)
    assert "23 earlier ones were skipped" in new[0].text
    assert 23 == posting.bot.log.count("digest skipped subscription=short")


async def test_nothing_is_posted_twice_in_quiet_times(posting: Storm) -> None:
    """Restarts in the same hour, and ticks in it, find everything done."""
    await posting.finish_hour()
    for _ in range(2):
        await posting.bot.start()
        await asyncio.sleep(1.2)
        await posting.bot.kill()
    await posting.next_hour()
    posting.check()


@pytest.mark.parametrize("moment", ["at start", "while posting", "while a post hangs", "at rest"])
async def test_a_stop_signal_ends_it_cleanly(posting: Storm, moment: str) -> None:
    """SIGTERM: exit code 0 within ten seconds, and what was begun is finished by the next life, once."""
    create = ("POST", "/channels/{channel_id}/messages")
    if moment == "while a post hangs":
        posting.double.hang(CREATE_MESSAGE, seconds=20, after=True)
    await posting.spawn()
    if moment == "at start":
        await posting.double.until(lambda: posting.double.calls, what="first request")
    elif moment == "at rest":
        await posting.until_posted()
    else:
        await posting.double.until(lambda: posting.double.record.find(*create), what="first post", within=60)
    assert await posting.bot.stop(within=10.0) == 0
    posting.double.faults.clear()
    await finish(posting)


@pytest.mark.parametrize("requests", range(1, 9))
async def test_a_stop_signal_at_any_request_of_the_start(posting: Storm, requests: int) -> None:
    """SIGTERM between logging in, registering the commands and the first post: exit code 0, no traceback."""
    await posting.spawn()
    await posting.double.until(lambda: len(posting.double.calls) >= requests, what="request", within=60)
    assert await posting.bot.stop(within=10.0) == 0
    assert "Traceback" not in posting.bot.log, posting.bot.log
    await finish(posting)


@pytest.mark.long
async def test_a_hundred_stop_signals(posting: Storm) -> None:
    """SIGTERM after any time between the first request and the last message: exit code 0, each digest once."""
    for _ in range(100):
        known = len(posting.double.calls)
        await posting.spawn()
        wanted = known + posting.random.randint(1, 16)
        await posting.until(
            lambda wanted=wanted: len(posting.double.calls) >= wanted or posting.is_over(), "requests"
        )
        assert await posting.bot.stop(within=10.0) == 0
        if posting.is_posted():
            await posting.next_hour()
    assert "Traceback" not in posting.bot.log, posting.bot.log
    await finish(posting)


async def test_a_second_process_is_refused_and_harmless(posting: Storm, tmp_path: Path) -> None:
    """Exit code 75 at once and before any request, while digests are being posted; also after `kill -9`."""
    await posting.spawn()
    async with BotProcess(posting.double, tmp_path, config=posting.bot.config, now=posting.bot.now) as second:
        await posting.double.until(lambda: posting.double.calls, what="first request", within=60)
        for _ in range(3):
            await second.spawn()
            assert await second.wait(within=10) == 75
        await posting.until_posted()
        await posting.bot.kill()
        await second.start()
        assert await second.stop() == 0
    users = [call for call in posting.double.calls if call.path == "/users/@me"]
    assert 2 == len(users)
    await posting.next_hour()
    posting.check()
    assert set(SUBSCRIPTIONS) == {part.subscription for part in read_parts(posting.bot.database)}


def used_by_children() -> float:
    """Processor seconds of all processes of ours that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.long
async def test_a_hundred_second_processes(posting: Storm, tmp_path: Path) -> None:
    """Each is refused before any request; after every tenth the first is killed, and the next start takes the store."""
    holder = posting.bot
    await posting.spawn()
    await posting.until_posted()
    other = BotProcess(posting.double, tmp_path, config=holder.config, now=holder.now)
    seconds = []
    async with other:
        for number in range(1, 101):
            known, used = len(posting.double.calls), used_by_children()
            await other.spawn()
            assert 75 == await other.wait(within=120)
            seconds.append(used_by_children() - used)
            assert "/users/@me" not in {call.path for call in posting.double.calls[known:]}
            if number % 10 == 0:
                await holder.kill()
                await other.start()
                holder, other = other, holder
        assert 0 == await holder.stop()
    users = [call for call in posting.double.calls if call.path == "/users/@me"]
    assert 11 == len(users)
    await posting.next_hour()
    posting.check()
    print(
        f"100 of 100 refused; processor seconds: {sorted(seconds)[50]:.2f} in the middle, {max(seconds):.2f} at most"
    )

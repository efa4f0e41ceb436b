"""What the bot posts by itself stays below Discord's limit for a whole bot."""

from __future__ import annotations

import asyncio
import time

from bot.pace import AT_ONCE, PER_SECOND, Pace
from bot.render.page import Page
from bot.sandbox import LoopbackDiscord
from bot.sandbox.ratelimits import GLOBAL_PER_SECOND
from bot.sender import DiscordSender
from tests.bot.fakes import FakeEngine
from tests.bot.running import running_bot


class Clock:
    """Seconds that pass while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


async def test_no_second_sees_what_discord_takes() -> None:
    """A burst after a rest, then a steady pace; nothing is kept waiting without need."""
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    given = []
    for _ in range(400):
        await pace.turn()
        given.append(clock.now)
    most = max(sum(start <= moment < start + 1 for moment in given) for start in given)
    assert most <= AT_ONCE + PER_SECOND + 1 < GLOBAL_PER_SECOND
    assert given[AT_ONCE - 1] - given[0] < 0.001
    assert given[-1] - given[0] < 400 / PER_SECOND
    clock.now += 60
    before = clock.now
    await pace.turn()
    assert before == clock.now


async def test_turns_come_in_the_order_of_asking() -> None:
    """Also where many wait at once."""
    pace = Pace()
    done: list[int] = []

    async def one(number: int) -> None:
        await pace.turn()
        done.append(number)

    await asyncio.gather(*(one(number) for number in range(AT_ONCE + 5)))
    assert list(range(AT_ONCE + 5)) == done


async def test_many_posts_at_one_minute_meet_no_limit(discord_double: LoopbackDiscord) -> None:
    """As many channels as one second takes, and more, over a line without delay."""
    guild = discord_double.add_guild()
    channels = [discord_double.add_channel(guild, f"news-{number}") for number in range(60)]
    async with running_bot(discord_double, FakeEngine()) as bot:
        sender = DiscordSender(bot)
        start = time.monotonic()
        await asyncio.gather(
            *(sender.send(str(one.id), Page(blocks=("x",)), f"n{one.id}") for one in channels)
        )
        assert time.monotonic() - start < 10
        assert 0 == bot.refusals.count

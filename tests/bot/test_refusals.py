"""Refused requests: counted as Discord counts them, and far below its limit nothing is posted any more."""

from __future__ import annotations

import pytest

from bot.delivery import Blocked, ChannelClosed
from bot.refusals import MOST, WINDOW_S, Refusals
from bot.render.page import Page
from bot.sandbox import CREATE_MESSAGE, LoopbackDiscord
from bot.sender import DiscordSender
from tests.bot.fakes import FakeEngine
from tests.bot.running import running_bot

PAGE = Page(blocks=("## Ferry sinks",))


class Clock:
    """Seconds that a test moves."""

    now = 5_000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("status", "scope", "expected"),
    [
        (401, None, 1),
        (403, None, 1),
        (429, None, 1),
        (429, "user", 1),
        (429, "global", 1),
        (429, "shared", 0),
        (200, None, 0),
        (204, None, 0),
        (400, None, 0),
        (404, None, 0),
        (500, None, 0),
    ],
)
def test_what_counts(status: int, scope: str | None, expected: int) -> None:
    """Discord's own rule: 401, 403 and 429, but those of a limit that others share."""
    refusals = Refusals(Clock())
    refusals.note(status, scope)
    assert expected == refusals.count


def test_a_hundred_in_ten_minutes_are_the_most() -> None:
    """From then on it rests until enough of them are ten minutes old."""
    clock = Clock()
    refusals = Refusals(clock)
    for _ in range(MOST - 1):
        refusals.note(403)
        clock.now += 1
    assert 0 == refusals.rest_s
    refusals.note(403)
    assert WINDOW_S - (MOST - 1) == refusals.rest_s
    for _ in range(2):
        refusals.note(403)
    assert WINDOW_S - (MOST - 1) + 2 == refusals.rest_s
    clock.now += refusals.rest_s
    assert (MOST - 1, 0) == (refusals.count, refusals.rest_s)
    clock.now += WINDOW_S
    assert 0 == refusals.count


async def test_a_storm_of_refusals_ends_far_below_the_limit(discord_double: LoopbackDiscord) -> None:
    """All channels refuse: after the hundredth refusal nothing is sent until ten minutes have passed."""
    guild = discord_double.add_guild()
    channels = [discord_double.add_channel(guild, f"c{number}") for number in range(MOST + 20)]
    async with running_bot(discord_double, FakeEngine()) as bot:
        clock = Clock()
        bot.refusals._clock = clock
        sender = DiscordSender(bot)
        discord_double.refuse(CREATE_MESSAGE, 50013, times=10_000)
        outcomes = [await _send(sender, channel.id) for channel in channels]
        posts = sum(
            call.method == "POST" and call.path.endswith("/messages") for call in discord_double.calls
        )
        assert [ChannelClosed] * MOST + [Blocked] * 20 == outcomes
        assert MOST == bot.refusals.count == posts
        with pytest.raises(Blocked, match="has refused 100 requests in ten minutes"):
            await sender.own_texts(str(channels[0].id), 100)
        clock.now += WINDOW_S
        discord_double.faults.clear()
        assert None is await _send(sender, channels[0].id)
    discord_double.take_problems()


async def _send(sender: DiscordSender, channel: int) -> type[Exception] | None:
    try:
        await sender.send(str(channel), PAGE, f"n{channel}")
    except (ChannelClosed, Blocked) as exc:
        return type(exc)
    return None


async def test_the_library_s_own_tries_count(discord_double: LoopbackDiscord) -> None:
    """It waits out a rate limit and tries again: each 429 has reached Discord."""
    guild = discord_double.add_guild()
    channel = discord_double.add_channel(guild)
    async with running_bot(discord_double, FakeEngine()) as bot:
        discord_double.rate_limit(CREATE_MESSAGE, times=2, retry_after_s=0.05)
        assert await DiscordSender(bot).send(str(channel.id), PAGE, "n1")
        assert 2 == bot.refusals.count
    discord_double.take_problems()

"""The gateway goes away and comes back, in every way it can: digests come once, commands are answered."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from discord.backoff import ExponentialBackoff

from bot.config import BotConfig, Subscription
from bot.sandbox import LoopbackDiscord
from digests import open_engine
from digests.config import EngineConfig, StoreConfig
from tests.bot.cogs.newsdesk import load, settled
from tests.bot.e2e.articles import FERRY
from tests.bot.running import running_bot

pytestmark = pytest.mark.slow

START = dt.datetime(2026, 3, 6, 0, 0, 30, tzinfo=dt.UTC)
WAYS = (
    "abort",
    "close 1000",
    "close 1001",
    "close 4000",
    "reconnect",
    "invalid, resumable",
    "invalid",
    "an hour away",
)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library waits longer after each loss, up to a quarter of an hour: that is its own affair."""
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _self: 0.05)


async def disturb(double: LoopbackDiscord, way: str) -> None:
    """End the session's connection; `an hour away` leaves it away until `gateway.refuse_connections` is undone."""
    gateway = double.gateway
    if way == "reconnect":
        await double.reconnect()
    elif way.startswith("invalid"):
        await double.invalidate(resumable="resumable" in way)
    elif way.startswith("close"):
        await gateway.close(int(way.split()[1]))
    else:
        gateway.refuse_connections = way == "an hour away"
        gateway.abort()


async def go(double: LoopbackDiscord, folder: Path, cycles: int, seed: int) -> None:
    """A digest in each hour, with the connection lost before it, and a command after it."""
    chance = random.Random(seed)
    double.settings.identify_window_s = 0.0
    guild = double.add_guild("Newsroom")
    news = double.add_channel(guild, "news")
    reader = double.add_user("reader", guild)
    times = tuple(dt.time(hour) for hour in range(24))
    digest = Subscription(id="hourly", channel=str(news.id), times=times, size=1)
    clock = [START]
    config = EngineConfig(store=StoreConfig(path=folder / "a.db"), refresh_minutes=1440)
    async with open_engine(config, clock=lambda: clock[0], prepare=False) as engine:
        await load(engine, FERRY)
        async with running_bot(double, engine, BotConfig(digests=(digest,))) as bot:
            await settled(bot)
            await bot.ticker.tick()
            before = len(double.messages(news))
            for number in range(cycles):
                way = WAYS[number % len(WAYS)] if number < len(WAYS) else chance.choice(WAYS)
                sessions = double.gateway.resumes + len(double.gateway.identifies)
                await disturb(double, way)
                clock[0] += dt.timedelta(hours=1)
                await bot.ticker.tick()
                assert before + number + 1 == len(double.messages(news)), way
                double.gateway.refuse_connections = False
                await double.until(
                    lambda known=sessions: (
                        double.gateway.resumes + len(double.gateway.identifies) > known
                        and double.gateway.live_sessions()
                    ),
                    within=30,
                    what=f"session after {way}",
                )
                answer = await reader.slash("digest", private=True, within=30)
                assert "Port Caldera" in answer.text, way
            assert before + cycles == len(double.messages(news))


async def test_digests_and_commands_outlive_the_connection(
    discord_double: LoopbackDiscord, tmp_path: Path
) -> None:
    """Each way once: nothing lost, nothing doubled."""
    await go(discord_double, tmp_path, len(WAYS), 3)


@pytest.mark.long
async def test_a_hundred_lost_connections(discord_double: LoopbackDiscord, tmp_path: Path) -> None:
    """The same, a hundred times in any order."""
    await go(discord_double, tmp_path, 100, 4)

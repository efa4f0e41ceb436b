"""A small town on a loopback Discord with the sample bot in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import discord
import pytest

from bot.sandbox import Channel, Guild, LoopbackDiscord, Player
from tests.bot.conftest import led_to
from tests.bot.sandbox.sample_bot import SampleBot
from tests.bot.waiting import eventually


@dataclass
class Town:
    """The double, a server with a channel, a reader and an admin, and the bots that were started."""

    discord: LoopbackDiscord
    guild: Guild
    news: Channel
    reader: Player
    admin: Player
    running: list[tuple[SampleBot, asyncio.Task[None]]] = field(default_factory=list)

    def room(self, bot: SampleBot) -> discord.TextChannel:
        """The channel as the bot's library sees it."""
        channel = bot.get_channel(self.news.id)
        assert isinstance(channel, discord.TextChannel)
        return channel


@pytest.fixture
async def town(discord_double: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """A town whose bots log in through the library's two addresses; they are closed at the end."""
    # The library's random wait before a reconnect, up to seconds.
    monkeypatch.setattr(discord.backoff.ExponentialBackoff, "delay", lambda _self: 0.0)
    discord_double.settings.identify_window_s = 0.0
    guild = discord_double.add_guild("Exampletown")
    made = Town(
        discord=discord_double,
        guild=guild,
        news=discord_double.add_channel(guild, "news"),
        reader=discord_double.add_user("reader", guild, locale="fr"),
        admin=discord_double.add_user("admin", guild, can="manage_guild"),
    )
    with led_to(discord_double):
        yield made
        for bot, task in made.running:
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def start(town: Town) -> Callable[..., Awaitable[SampleBot]]:
    """Start a sample bot and wait until the library calls itself ready."""

    async def _start(**options: Any) -> SampleBot:
        bot = SampleBot(**options)
        task = asyncio.create_task(bot.start(town.discord.token))
        town.running.append((bot, task))
        # Ready, or ended with its error.
        await eventually(lambda: bot.is_ready() or task.done(), what="ready")
        if task.done():
            await task
            raise AssertionError("the bot ended before it was ready")
        return bot

    return _start


@pytest.fixture
async def bot(start: Callable[..., Awaitable[SampleBot]]) -> SampleBot:
    """A running sample bot with one shard."""
    return await start(shard_count=1)


@pytest.fixture
def quick_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's waits of 1, 3, 5... s before it tries again, shortened."""
    sleep = asyncio.sleep

    async def short(seconds: float) -> None:
        await sleep(min(seconds, 0.01))

    monkeypatch.setattr(discord.http, "asyncio", _with(asyncio, sleep=short))


def _with(module: Any, **changed: Any) -> Any:
    """The module with some names replaced, for one importer only."""
    made = type(asyncio)(module.__name__)
    made.__dict__.update({**module.__dict__, **changed})
    return made

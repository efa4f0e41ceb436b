"""The bot over a real engine with three invented stories: what members' commands are tried on."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import SitrepBot
from bot.config import BotConfig
from bot.sandbox import Channel, Guild, LoopbackDiscord, Player
from digests import Engine, EngineConfig, RefreshInProgress, fixed_clock, open_engine
from digests.config import StoreConfig
from tests.bot.e2e.articles import STORIES, Article
from tests.bot.running import running_bot

#: Seconds that a refresh of nothing may take on a busy machine.
PATIENCE_S = 20.0
NOW = dt.datetime(2026, 3, 6, 8, tzinfo=dt.UTC)


@dataclasses.dataclass
class Desk:
    """One server with a reader and an admin, another with its own admin, and the bot."""

    double: LoopbackDiscord
    engine: Engine
    bot: SitrepBot
    guild: Guild
    news: Channel
    reader: Player
    admin: Player
    stranger: Player

    async def load(self, *articles: Article) -> None:
        """Take in further articles, or new states of known ones."""
        await load(self.engine, articles)

    async def story(self, words: str) -> str:
        """The id of the one story that these words find."""
        [choice] = await self.reader.autocomplete("digest", "story", words)
        return str(choice.value)


async def load(engine: Engine, articles: Sequence[Article]) -> None:
    """Take articles in, once the bot's own refresh at its start is through: there is one load at a time."""
    lines = [json.dumps(article, ensure_ascii=False) for article in articles]
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            await engine.load_jsonl(lines, name="articles")
        except RefreshInProgress:
            assert time.monotonic() < deadline, "the refresh does not end"
            await asyncio.sleep(0.01)
        else:
            return


@asynccontextmanager
async def open_desk(
    double: LoopbackDiscord, folder: Path, *, stories: Sequence[Sequence[Article]] = STORIES
) -> AsyncIterator[Desk]:
    """Built in a double that no bot has logged in to; the store stays in `folder`."""
    here, there = double.add_guild("Newsroom"), double.add_guild("Elsewhere")
    news = double.add_channel(here, "news")
    double.add_channel(there, "general")
    players = (
        double.add_user("reader", here),
        double.add_user("admin", here, can="manage_guild"),
        double.add_user("stranger", there, can="manage_guild"),
    )
    async with engine_in(folder) as engine:
        await load(engine, [article for story in stories for article in story])
        async with running_bot(double, engine) as bot:
            await settled(bot)
            yield Desk(double, engine, bot, here, news, *players)


@asynccontextmanager
async def engine_in(folder: Path, *, now: dt.datetime = NOW) -> AsyncIterator[Engine]:
    """The engine over the folder's store, with a clock that stands still."""
    config = EngineConfig(store=StoreConfig(path=folder / "desk.db"), refresh_minutes=1440)
    async with open_engine(config, clock=fixed_clock(now), prepare=False) as engine:
        yield engine


@asynccontextmanager
async def reopened(
    double: LoopbackDiscord, folder: Path, config: BotConfig | None = None
) -> AsyncIterator[SitrepBot]:
    """A later life of the bot over the same store."""
    # Logins are at least five seconds apart.
    double.clock.advance(10)
    async with engine_in(folder) as engine, running_bot(double, engine, config) as bot:
        await settled(bot)
        yield bot


async def settled(bot: SitrepBot) -> None:
    """The first round of reading sources is over: only then is anything told, and only then can a test load."""
    async with asyncio.timeout(30):
        await bot.ticker._is_loaded.wait()

"""The real bot in this process, logged in to a loopback Discord, over an engine of hand-made values."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from bot.app import SitrepBot
from bot.config import BotConfig
from bot.sandbox import LoopbackDiscord
from digests import Engine
from tests.bot.conftest import led_to
from tests.bot.fakes import FakeEngine
from tests.bot.secrecy import no_secrets_logged


@asynccontextmanager
async def running_bot(
    double: LoopbackDiscord, engine: FakeEngine | Engine, config: BotConfig | None = None
) -> AsyncIterator[SitrepBot]:
    """A bot that is ready; it is closed at the end, whatever happened. What it logs holds no secret."""
    with led_to(double), no_secrets_logged(double):
        bot = SitrepBot(config=config or BotConfig(), engine=cast(Any, engine), shard_count=1)
        bot._connection.guild_ready_timeout = 0.1
        task = asyncio.create_task(bot.start(double.token))
        try:
            await double.ready()
            yield bot
        finally:
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)

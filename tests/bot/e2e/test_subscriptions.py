"""A server's own digest, with the real process and store: set up, killed, started later, posted once."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.sandbox import LoopbackDiscord
from tests.bot.driver import BotProcess
from tests.bot.e2e.conftest import make_newsroom
from tests.bot.e2e.ledger import read_parts
from tests.bot.waiting import eventually
from tests.discord_judge import OpenApiJudge

pytestmark = pytest.mark.slow

CONFIG = "refresh_minutes = 1440\n[discord]\ntick_seconds = 1\n"
ADDED, DUE = "2026-03-05T20:00:00Z", "2026-03-06T07:00:10Z"


async def test_a_digest_outlives_its_process(
    discord_judge: OpenApiJudge | None, loaded_store: Path, tmp_path: Path
) -> None:
    """Added in one life, posted in the next, and not again in a third; another server gets nothing of it."""
    async with LoopbackDiscord(judge=discord_judge) as double:
        desk = make_newsroom(double)
        async with BotProcess(double, tmp_path, config=CONFIG, now=ADDED) as bot:
            shutil.copy(loaded_store, bot.database)
            await bot.start()
            added = await desk.admin.slash(
                "subscriptions add", channel=desk.news, at="08:00", zone="Europe/Berlin", topic="ferry"
            )
            assert "Digest added" in added.text
            bot.now = DUE
            await bot.restart()
            (message,) = await double.posted(desk.news)
            assert "Port Caldera" in message.text
            await eventually(lambda: [part.state for part in read_parts(bot.database)] == ["sent"], within=60)
            await bot.restart()
            now = await desk.admin.slash("subscriptions now", subscription="1")
            assert "Posted in" in now.text
            assert 2 == len(double.messages(desk.news))
            assert "There are no digests yet" in (await desk.stranger.slash("subscriptions list")).text
            assert await bot.stop() == 0
            assert "Traceback" not in bot.log
        double.check()


async def test_a_server_that_threw_the_bot_out_is_forgotten(loaded_store: Path, tmp_path: Path) -> None:
    """30 days later, by the bot's own clockwork; what others have set up stays."""
    async with LoopbackDiscord() as double:
        desk = make_newsroom(double)
        async with BotProcess(double, tmp_path, config=CONFIG, now=ADDED) as bot:
            shutil.copy(loaded_store, bot.database)
            await bot.start()
            for admin in (desk.admin, desk.stranger):
                [place] = [double.world.channels[key] for key in admin.guild.channel_ids][:1]
                await admin.slash("subscriptions add", channel=place, at="08:00")
            await bot.kill()
            # The bot hears of it only when it comes back.
            desk.guild.has_bot = False
            gone, there = str(desk.guild.id), str(desk.stranger.guild.id)
            bot.now = "2026-03-06T00:00:00Z"
            await bot.start()
            await eventually(lambda: {gone} == ask(bot.database, LEFT), within=60)
            assert {gone, there} == ask(bot.database, SUBSCRIBED)
            assert await bot.stop() == 0
            bot.now = "2026-04-05T00:00:00Z"
            await bot.start()
            await eventually(lambda: {there} == ask(bot.database, SUBSCRIBED), within=60)
            assert set() == ask(bot.database, LEFT)
            assert await bot.stop() == 0
        double.check()


SUBSCRIBED = "SELECT server FROM subscriptions"
LEFT = "SELECT id FROM servers WHERE left_at IS NOT NULL"


def ask(database: Path, question: str) -> set[str]:
    """The first column of an answer of the store."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return {row[0] for row in connection.execute(question)}

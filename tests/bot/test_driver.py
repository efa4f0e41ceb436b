"""The driver over the real bot: it logs in to the double, answers, survives being killed, and stops when asked."""

from __future__ import annotations

import pytest

from bot.sandbox import LoopbackDiscord
from tests.bot.driver import BotProcess


@pytest.fixture
def newsroom(discord_double: LoopbackDiscord):
    """A server with a channel and a reader."""
    guild = discord_double.add_guild("Newsroom")
    discord_double.add_channel(guild, "news")
    return discord_double.add_user("reader", guild)


@pytest.mark.slow
async def test_the_bot_lives_dies_and_comes_back(discord_double, newsroom, tmp_path):
    """Start, answer, `kill -9`, start, answer, SIGTERM with exit code 0."""
    async with BotProcess(discord_double, tmp_path) as bot:
        await bot.start()
        first = await newsroom.slash("help")
        assert "/help" in first.text
        await bot.restart()
        assert (await newsroom.slash("help")).text == first.text
        assert await bot.stop() == 0
    assert discord_double.token not in bot.log


@pytest.mark.slow
async def test_a_second_process_is_refused(discord_double, newsroom, tmp_path):
    """Exit code 75 before any login, and the first one goes on."""
    async with BotProcess(discord_double, tmp_path) as bot, BotProcess(discord_double, tmp_path) as second:
        await bot.start()
        calls = len(discord_double.calls)
        await second.spawn()
        assert await second.wait() == 75
        assert len(discord_double.calls) == calls
        assert bot.is_running


@pytest.mark.slow
async def test_a_crash_at_start_is_told(discord_double, tmp_path):
    """The driver shows the end of the log instead of waiting."""
    async with BotProcess(discord_double, tmp_path, config="nonsense = 1") as bot:
        with pytest.raises(AssertionError, match="ended with code 2"):
            await bot.start()
        assert "nonsense" in bot.log

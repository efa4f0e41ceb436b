"""The driver over the sample bot in its own process: kill, restart, stop, crash."""

from __future__ import annotations

import sys

import pytest

from tests.bot.driver import BotProcess

SAMPLE = (sys.executable, "-m", "tests.bot.sandbox.sample_process")


@pytest.fixture
def reader(discord_double):
    """Somebody in a server with a channel."""
    guild = discord_double.add_guild("Newsroom")
    discord_double.add_channel(guild, "news")
    return discord_double.add_user("reader", guild)


async def test_kill_restart_stop(discord_double, reader, tmp_path):
    """A button of the killed process works in the next one; SIGTERM ends it with 0."""
    async with BotProcess(discord_double, tmp_path, command=SAMPLE) as bot:
        await bot.start()
        answer = await (await reader.slash("digest")).until("digest, edited")
        await bot.kill()
        assert not discord_double.gateway.live()
        await bot.start()
        assert (await reader.click(answer, "Conflicts")).text == "two sources differ"
        assert await bot.stop() == 0


async def test_a_crash_is_told(discord_double, tmp_path):
    """The driver gives exit code and log instead of waiting."""
    discord_double.fail("GET /users/@me", status=503)
    async with BotProcess(discord_double, tmp_path, command=SAMPLE) as bot:
        with pytest.raises(AssertionError, match=r"(?s)ended with code 1.*503 Service Unavailable"):
            await bot.start()


async def test_a_process_that_dies_over_an_answer(discord_double, reader, tmp_path):
    """Killed while its post hangs after storing: the message is there, the process is not."""
    async with BotProcess(discord_double, tmp_path, command=SAMPLE) as bot:
        await bot.start()
        fault = discord_double.hang("POST /interactions/*", seconds=30, after=True)
        answer = await reader.slash("hello", name="you", wait=False)
        await discord_double.until(lambda: fault.hits == 1 and answer.text, what="stored answer")
        await bot.kill()
        assert answer.text == "hello you in en-US"
        assert not bot.is_running

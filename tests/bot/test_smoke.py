"""The real process against the loopback Discord, over the bundled sample: asked, pressed, restarted, on schedule."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.sandbox import LoopbackDiscord
from tests.bot.driver import BotProcess
from tests.bot.waiting import eventually

SAMPLE = Path(__file__).parents[2] / "digests" / "sample"
#: Two days after the sample's last article.
NOW = "2026-06-12T08:00:30Z"


@pytest.mark.slow
async def test_a_server_asks_restarts_and_gets_its_digest_once(
    discord_double: LoopbackDiscord, tmp_path: Path
) -> None:
    """Sources from the configuration, figures with their outlets, a button after a restart, one post a slot."""
    guild = discord_double.add_guild()
    news = discord_double.add_channel(guild)
    reader = discord_double.add_user("reader", guild)
    reader.channel = discord_double.add_channel(guild, "talk")
    config = f"""
        [[sources]]
        id = "sample"
        kind = "folder"
        path = {str(SAMPLE)!r}
        [[digests]]
        id = "morning"
        channel = {news.id}
        times = ["10:00"]
        zone = "Europe/Berlin"
        """
    async with BotProcess(discord_double, tmp_path, config=config, now=NOW) as bot:
        await bot.start()
        posted = [view.text for view in await discord_double.posted(news, 2)]
        assert f"Digest of <t:{int(dt.datetime(2026, 6, 12, 8, tzinfo=dt.UTC).timestamp())}:f>" in posted[0]
        assert "independent voice" in posted[1]

        choices = await reader.autocomplete("casualties", "story", "train")
        assert 1 == len(choices)
        figures = await reader.slash("casualties", story=choices[0].value)
        assert "**Killed**" in figures.text
        card = await reader.slash("digest", story=choices[0].value)

        await bot.kill()
        await bot.start()
        assert "**Killed**" in (await reader.click(card, "Figures")).text
        await eventually(lambda: bot.log.count("refreshed sources=") == 2, within=60, what="second life")
        assert posted == [view.text for view in discord_double.messages(news)]
        assert 0 == await bot.stop(within=10)
        assert "Traceback" not in bot.log
        assert discord_double.token not in bot.log

"""The README's pictures: `python -m tools.make_pictures [FOLDER ...] [--out docs/pictures] [--width 720]`.

Loads a folder of articles (the bundled sample by default), starts the bot on the loopback Discord, asks it as a member
does, and takes a picture of each answer with a browser (Chromium). Needs no account and no network.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import subprocess
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import yarl
from PIL import Image, ImageChops

from bot.app import SitrepBot
from bot.config import BotConfig
from bot.sandbox import LoopbackDiscord, View
from digests import EngineConfig, open_engine, parse_now
from digests.config import StoreConfig
from tools.discord_page import message_page

SAMPLE = Path(__file__).parent.parent / "digests" / "sample"
PAPER = (0x31, 0x33, 0x38)
# Name of the picture, command with its options, buttons pressed under its answer.
QUESTIONS: tuple[tuple[str, str, dict[str, Any], tuple[str, ...]], ...] = (
    ("overview", "digest", {}, ()),
    ("card", "digest", {"story": True}, ()),
    ("casualties", "casualties", {"story": True}, ()),
    ("conflicts", "conflicts", {"story": True}, ()),
    ("timeline", "timeline", {"story": True}, ()),
    ("reactions", "reactions", {"story": True}, ()),
    ("articles", "digest", {"story": True}, ("Sources",)),
    ("stories", "story", {}, ()),
    ("help", "help", {}, ()),
    ("status", "status", {}, ()),
    ("sources", "sources list", {}, ()),
    ("unknown", "casualties", {"story": "no such thing"}, ()),
    ("wrong-day", "timeline", {"from_": "yesterday"}, ()),
)
README = ("card", "casualties", "timeline")


@contextlib.asynccontextmanager
async def bot_over(
    folders: list[Path], scratch: Path, now: str | None
) -> AsyncIterator[tuple[Any, Any, Any]]:
    """A member with all rights, the bot and its engine, on a Discord of this process."""
    config = EngineConfig(
        store=StoreConfig(path=scratch / "pictures.db"),
        now=parse_now(now, where="--now") if now else None,
        refresh_minutes=1440,
    )
    async with LoopbackDiscord() as double, open_engine(config) as engine:
        await engine.load_paths(folders)
        guild = double.add_guild("Newsroom")
        double.add_channel(guild)
        member = double.add_user("reader", guild, can="manage_guild")
        discord.http.Route.BASE = double.api_url
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(double.gateway_url)
        bot = SitrepBot(config=BotConfig(), engine=engine, shard_count=1)
        bot._connection.guild_ready_timeout = 0.1
        task = asyncio.create_task(bot.start(double.token))
        try:
            await double.ready()
            yield member, bot, engine
        finally:
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)


async def ask_all(folders: list[Path], now: str | None) -> dict[str, tuple[str, View]]:
    """Each question with its answer, by the picture's name."""
    found: dict[str, tuple[str, View]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        async with bot_over(folders, Path(scratch), now) as (member, _, engine):
            story = engine.story_titles()[0][0]
            for name, command, options, buttons in QUESTIONS:
                wanted = {key: story if value is True else value for key, value in options.items()}
                answer = await member.slash(command, **wanted)
                for label in buttons:
                    answer = await member.click(answer, label)
                found[name] = (f"/{command}", answer.view)
    return found


def photograph(page: str, target: Path, *, width: int) -> None:
    """The page as PNG, cut to what is on it, in 256 colours: a third of the size, and nobody sees it."""
    with tempfile.TemporaryDirectory() as scratch:
        source, shot = Path(scratch) / "page.html", Path(scratch) / "page.png"
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [
                "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-lcd-text", "--hide-scrollbars",
                f"--user-data-dir={scratch}/profile", f"--window-size={width},4000", f"--screenshot={shot}",
                source.as_uri(),
            ],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        image = Image.open(io.BytesIO(shot.read_bytes())).convert("RGB")
    box = ImageChops.difference(image, Image.new("RGB", image.size, PAPER)).getbbox()
    image = image.crop((0, 0, width, min(image.height, (box[3] if box else 0) + 16)))
    target.parent.mkdir(parents=True, exist_ok=True)
    colours = image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    colours.save(target, optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[SAMPLE / "dam", SAMPLE / "train"])
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"))
    parser.add_argument(
        "--width", type=int, default=720, help="of the page, in pixels; a phone has about 390"
    )
    parser.add_argument("--all", action="store_true", help="every kind of answer, not only the README's")
    parser.add_argument("--now", help="the bot's clock, e.g. 2026-06-12T08:00:00Z")
    options = parser.parse_args()
    for name, (asked, view) in asyncio.run(ask_all(options.folders, options.now)).items():
        if options.all or name in README:
            page = message_page([(asked, view.json(), view.files)], width=options.width)
            photograph(page, options.out / f"{name}.png", width=options.width)
            print(options.out / f"{name}.png")


if __name__ == "__main__":
    main()

"""What a scheduled digest says, over a real engine: what has changed comes first."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.config import Subscription
from bot.render.page import Page
from bot.views.channel import NEWS_HEADING, build_channel_digest
from digests import Engine
from tests.bot.cogs.newsdesk import NOW, engine_in, load
from tests.bot.e2e.articles import FERRY, MILL

#: Between the first reports of the ferry and the later ones, before anything of the mill.
BETWEEN = dt.datetime(2026, 3, 4, 11, tzinfo=dt.UTC)


def subscription(**more: object) -> Subscription:
    wanted = {"id": "morning", "channel": "123456789012345678", "times": ["08:00"], **more}
    return Subscription.model_validate(wanted)


async def digest(engine: Engine, since: dt.datetime, **more: object) -> tuple[Page, ...]:
    return await build_channel_digest(engine, subscription(**more), since=since, until=NOW)


async def test_what_has_changed_opens_each_card(tmp_path: Path) -> None:
    """A count that moved or is disputed since; a story that is new is said to be; then the card as always."""
    async with engine_in(tmp_path) as engine:
        await load(engine, [*FERRY, *MILL])
        ferry, mill = await digest(engine, BETWEEN)
        assert NEWS_HEADING in ferry.blocks[1]
        news = ferry.blocks[1].split("\n")[1:]
        assert any(line.startswith("- Killed: ") for line in news)
        assert all("](https://" in line for line in news if line.startswith("- Killed"))
        assert (
            f"### {NEWS_HEADING}\n- new story: 2 articles since <t:{int(BETWEEN.timestamp())}:f>"
            in mill.blocks
        )
        assert any(block.startswith("### Figures") for block in ferry.blocks[2:])


async def test_a_brief_digest_begins_each_story_with_its_news(tmp_path: Path) -> None:
    """In its few lines, before what stands anyway."""
    async with engine_in(tmp_path) as engine:
        await load(engine, [*FERRY, *MILL])
        (page,) = await digest(engine, BETWEEN, style="brief")
        assert "- Killed: " in page.blocks[1]
        assert "- opened: **Killed: 17 or 19?**" in page.blocks[1]
        assert "- new story: 2 articles since" in page.blocks[2]


async def test_news_that_say_nothing_new(tmp_path: Path) -> None:
    """An article that only repeats what is known is counted, and that is said."""
    async with engine_in(tmp_path) as engine:
        again = {**MILL[0], "id": "mill-9", "outlet": "Rift Echo", "published": "2026-03-06T07:00:00Z"}
        await load(engine, [*MILL, again])
        page, *_ = await digest(engine, dt.datetime(2026, 3, 6, 6, tzinfo=dt.UTC))
        assert "- 1 article since" in page.blocks[1]
        assert "no figure or dispute has changed" in page.blocks[1]


@pytest.mark.parametrize("style", ["card", "brief"])
async def test_a_full_first_page_keeps_its_room(
    tmp_path: Path, style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line over a digest goes into a message of its own where the first one is full; the role with it."""
    async with engine_in(tmp_path) as engine:
        await load(engine, MILL)
        monkeypatch.setattr("bot.views.channel._intro", lambda *_: "x" * 3_800)
        intro, page = await digest(engine, BETWEEN, style=style, role="223456789012345678")
        assert ("223456789012345678", None) == (intro.posting.mention, page.posting.mention)
        assert intro.fits
        assert page.fits

"""/changes: what is new since a moment, each with its source."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import LoopbackDiscord
from tests.bot.cogs.newsdesk import Desk, open_desk
from tests.bot.e2e.articles import FERRY

TOLL: dict[str, str] = {
    **FERRY[0],
    "id": "ferry-4",
    "published": "2026-03-05T09:10:00Z",
    "url": "https://coast-wire.example/ferry-4",
    "title": "Divers find more dead in Port Caldera ferry",
    "text": "PORT CALDERA - Twenty-one people were killed when the ferry Santa Brava capsized off Port Caldera on "
    "Wednesday, the navy said on Thursday.\n\nDivers found two bodies in the wreck.",
}


@pytest.fixture
async def desk(discord_double: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(discord_double, tmp_path) as made:
        yield made


async def test_changes_since_a_moment(desk: Desk) -> None:
    """Disputes with their sides, new counts, reactions and events, from the outlets' own times."""
    story = await desk.story("ferry")
    answer = await desk.reader.slash("changes", story=story, since="2026-03-04T10:00")
    assert "2 articles since <t:1772618400:f>" in answer.text
    assert "- opened: **Killed: 17 or 19?** · dispute" in answer.text
    assert "- Injured: new: **23** · Santa Clara hospital, via [Harbour Gazette]" in answer.text
    assert "**Ingrid Solheim** · “Portugal can count on us”" in answer.text
    assert "**planned** · An inquiry is to open on Friday" in answer.text
    assert "Rui Almada" not in answer.text
    assert not answer.is_ephemeral
    private = await desk.reader.slash("changes", story=story, since="2026-03-04T10:00", private=True)
    assert (private.text, True) == (answer.text, private.is_ephemeral)


async def test_without_a_moment_the_last_day_of_news(desk: Desk) -> None:
    """Counted back from the newest article, not from today."""
    answer = await desk.reader.slash("changes", story=await desk.story("ferry"))
    assert "3 articles since <t:1772547600:f>" in answer.text
    assert "Rui Almada" in answer.text


async def test_nothing_new_is_said(desk: Desk) -> None:
    """No article since then, or only articles that say nothing new."""
    story = await desk.story("ferry")
    later = await desk.reader.slash("changes", story=story, since="2026-03-05")
    assert "No article of this story came out since then" in later.text
    await desk.load(
        {**TOLL, "text": "The harbour of Port Caldera was quiet, and the ferry Santa Brava lay on its side."}
    )
    quiet = await desk.reader.slash("changes", story=story, since="2026-03-05")
    assert "1 article since" in quiet.text
    assert "not known before" in quiet.text


async def test_a_count_that_moved(desk: Desk) -> None:
    """From what stood to what stands, who says so and where."""
    await desk.load(TOLL)
    answer = await desk.reader.slash("changes", story=await desk.story("ferry"), since="2026-03-05")
    [line] = [line for line in answer.text.splitlines() if line.startswith("- Killed: ")]
    assert "**21**" in line
    assert "the navy, via [Coast Wire](https://coast-wire.example/ferry-4)" in line


async def test_corrections_of_the_admins_are_told_here_alone(desk: Desk) -> None:
    """They have no article; another server knows nothing of them."""
    story = await desk.story("ferry")
    await desk.admin.slash("digest", story=story)
    await desk.admin.slash("fix suppress", figure=1)
    answer = await desk.reader.slash("changes", story=story, since="2026-03-05")
    assert "- by the admins: withheld · F1 · Killed: 17" in answer.text
    assert "by the admins" not in (await desk.stranger.slash("changes", story=story, since="2026-03-05")).text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param({"since": "yesterdayish"}, "is not a time", id="since"),
        pytest.param({"story": "nosuch"}, "No story matches", id="story"),
    ],
)
async def test_what_matches_nothing_gets_a_sentence(desk: Desk, options: dict[str, str], words: str) -> None:
    """It says what to do."""
    assert words in (await desk.reader.slash("changes", **options)).text

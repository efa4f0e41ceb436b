"""An outlet that changes its own text: what it said before, and until when, in /casualties, /changes and /source."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import LoopbackDiscord
from tests.bot.cogs.newsdesk import Desk, open_desk
from tests.bot.cogs.test_source import number_of
from tests.bot.e2e.articles import FERRY

GAZETTE = next(one for one in FERRY if "Nineteen people died" in one["text"])
#: The clock of the newsroom, as members see it.
UNTIL = "until <t:1772784000:f>"


@pytest.fixture
async def desk(discord_double: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(discord_double, tmp_path) as made:
        yield made


async def edit(desk: Desk, before: str, after: str) -> None:
    """The gazette changes some words; the rest, its address and time of publication stay."""
    assert before in GAZETTE["text"]
    await desk.load({**GAZETTE, "text": GAZETTE["text"].replace(before, after)})


async def test_a_changed_figure_is_told(desk: Desk) -> None:
    """What it said, until when, and what it says since; only by whom it was changed."""
    story = await desk.story("ferry")
    for command in ("casualties", "changes"):
        assert "said **" not in (await desk.reader.slash(command, story=story)).text
    await edit(desk, "Nineteen people died", "Eighteen people died")
    line = f"Killed: said **Nineteen** {UNTIL}, then **Eighteen**"
    figures = await desk.reader.slash("casualties", story=story)
    assert "### Changed by their outlets" in figures.text
    assert f"[Harbour Gazette]({GAZETTE['url']}) · {line}" in figures.text
    assert line not in (await desk.reader.slash("casualties", story=story, measure="injured")).text
    changes = await desk.reader.slash("changes", story=story, since="2026-03-05")
    assert f"### Corrections\n- [Harbour Gazette]({GAZETTE['url']}) · {line}" in changes.text
    assert line not in (await desk.reader.slash("changes", story=story, since="2026-03-07")).text
    card = await desk.reader.slash("digest", story=story)
    assert "1 figure has been changed by its outlet, see behind Figures" in card.text
    answer = await desk.reader.slash("source", figure=number_of(card.text, "**18**"))
    assert line in answer.text


async def test_a_figure_that_is_taken_out_is_told(desk: Desk) -> None:
    """In place of a count there is none."""
    story = await desk.story("ferry")
    await edit(desk, "Another 23 people were injured", "Others were hurt")
    assert (
        f"Injured: said **Another 23** {UNTIL}, then no longer"
        in (await desk.reader.slash("casualties", story=story)).text
    )


async def test_words_that_are_gone_have_their_time(desk: Desk) -> None:
    """A card shown before the edit leads to words that do not stand there any more: until when they did."""
    card = await desk.reader.slash("digest", story=await desk.story("ferry"))
    number = number_of(card.text, "**19**")
    await edit(desk, "Nineteen people died", "Eighteen people died")
    answer = await desk.reader.slash("source", figure=number)
    assert "these words do not stand there any more. They stood there until <t:1772784000:f>." in answer.text


async def test_what_an_admin_withheld_stays_withheld(desk: Desk) -> None:
    """The edits of an article in which a figure was put right are not told in that server; in others they are."""
    story = await desk.story("ferry")
    card = await desk.admin.slash("digest", story=story)
    number = number_of(card.text, "**19**")
    await desk.admin.slash("fix suppress", figure=number)
    await edit(desk, "Another 23 people were injured", "Others were hurt")
    assert "said **Another 23**" not in (await desk.reader.slash("casualties", story=story)).text
    assert "said **Another 23**" in (await desk.stranger.slash("casualties", story=story)).text

"""/source: from a number on a card to the sentence in its article."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import LoopbackDiscord
from digests import StoreError
from tests.bot.cogs.newsdesk import Desk, open_desk, reopened
from tests.bot.e2e.articles import FERRY

SENTENCE = "Nineteen people died when the ferry Santa Brava capsized near Port Caldera on Wednesday"


@pytest.fixture
async def desk(discord_double: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(discord_double, tmp_path) as made:
        yield made


def number_of(text: str, words: str) -> int:
    """The number of the figure whose line holds these words."""
    [line] = [line for line in text.splitlines() if words in line and "`F" in line]
    found = re.search(r"`F(\d+)`", line)
    assert found
    return int(found[1])


async def test_a_figure_leads_to_its_sentence(desk: Desk) -> None:
    """The sentence with its neighbour, the outlet as a link, the time, and the rule."""
    card = await desk.reader.slash("digest", story=await desk.story("ferry"))
    answer = await desk.reader.slash("source", figure=number_of(card.text, "**19**"))
    assert SENTENCE in answer.text
    assert "Another 23 people were injured" in answer.text
    assert "[Harbour Gazette](https://harbour-gazette.example/ferry-2)" in answer.text
    assert "<t:1772631600:f>" in answer.text
    assert re.search(r"read by `casualties\.[\w.]+`", answer.text)
    assert not answer.is_ephemeral
    assert (await desk.reader.slash("source", line=1, private=True)).is_ephemeral


async def test_every_figure_of_a_page_leads_to_its_sentence(desk: Desk) -> None:
    """The page of /casualties is numbered as a card is, parts and earlier counts too; its last showing counts."""
    page = await desk.reader.slash("casualties", story=await desk.story("ferry"))
    rows = [line for line in page.text.splitlines() if line.startswith("- ")]
    assert [f"F{number}" for number in range(1, len(rows) + 1)] == [row.split("`")[1] for row in rows]
    answer = await desk.reader.slash("source", figure=number_of(page.text, "**Nineteen**"))
    assert SENTENCE in answer.text


async def test_every_number_of_a_card_leads_somewhere(desk: Desk) -> None:
    """Each number that is shown has its sentence, whose words stand in an article."""
    card = await desk.reader.slash("digest", story=await desk.story("ferry"))
    texts = [article["text"] for article in FERRY]
    marks = re.findall(r"- `(F?)(\d+)`", card.text)
    assert len(marks) >= 8
    for kind, number in marks:
        answer = await desk.reader.slash("source", **{"figure" if kind else "line": int(number)})
        assert answer.text.startswith(f"### {kind}{number} · ")
        bold = re.findall(r"^> \*\*(.+)\*\*$", answer.text, re.M)
        assert bold
        for sentence in bold:
            assert any(sentence.replace("\\", "") in text for text in texts), sentence


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param({"figure": 99}, "There is no figure F99 on the last card", id="figure"),
        pytest.param({"line": 0}, "There is no line 0 on the last card", id="line"),
        pytest.param({"line": -3}, "There is no line -3 on the last card", id="negative"),
        pytest.param({}, "Say which one", id="none"),
        pytest.param({"figure": 1, "line": 1}, "not both", id="both"),
    ],
)
async def test_wrong_numbers_get_a_sentence(desk: Desk, options: dict[str, int], words: str) -> None:
    """In private, and it says which numbers exist."""
    await desk.reader.slash("digest", story=await desk.story("ferry"))
    answer = await desk.reader.slash("source", **options)
    assert answer.is_ephemeral
    assert words in answer.text
    assert "not both" in words or re.search(r"the figures F1 to F\d+ and the lines 1 to \d+", answer.text)


async def test_without_a_card_it_says_so(desk: Desk) -> None:
    """Also where a card was shown in another channel, or to another reader alone."""
    await desk.admin.slash("digest", story=await desk.story("ferry"), private=True)
    other = desk.double.add_channel(desk.guild, "other")
    await desk.reader.slash("digest", story=await desk.story("mill"), place=other)
    answer = await desk.reader.slash("source", figure=1)
    assert "No card has been shown in this channel yet" in answer.text


async def test_the_card_of_a_button_is_the_last_card(desk: Desk) -> None:
    """What a reader opened in private is what their numbers mean; the channel's card stays everybody else's."""
    overview = await desk.reader.slash("digest")
    assert len(set(re.findall(r"- `(F?\d+)`", overview.text))) == len(re.findall(r"- `F?\d+`", overview.text))
    [label] = [button.label for button in overview.buttons if "mill" in button.label.casefold()]
    opened = await desk.reader.click(overview, label)
    assert (
        "eight"
        in (await desk.reader.slash("source", figure=number_of(opened.text, "**8 workers**"))).text.casefold()
    )
    assert "### F1" in (await desk.admin.slash("source", figure=1)).text


async def test_the_numbers_outlast_a_restart(discord_double: LoopbackDiscord, tmp_path: Path) -> None:
    """A new process knows what the last card showed."""
    async with open_desk(discord_double, tmp_path) as desk:
        card = await desk.reader.slash("digest", story=await desk.story("ferry"))
        number = number_of(card.text, "**19**")
        reader = desk.reader
    async with reopened(discord_double, tmp_path):
        assert SENTENCE in (await reader.slash("source", figure=number)).text


async def test_a_store_that_cannot_be_written_is_no_reason_not_to_answer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The card is shown; its numbers lead nowhere, which the log says."""

    async def full(*_args: object, **_options: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(desk.engine, "note_shown", full)
    card = await desk.reader.slash("digest", story=await desk.story("ferry"))
    assert "`F1`" in card.text
    assert "No card has been shown" in (await desk.reader.slash("source", figure=1)).text
    assert "numbers of a card not kept" in caplog.text


@pytest.mark.hurried
async def test_a_card_does_not_wait_until_its_numbers_are_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process holds the store: the card is there; who asks for a number waits."""
    free, keep = asyncio.Event(), desk.engine.note_shown

    async def slow(*args: Any, **options: Any) -> None:
        await free.wait()
        await keep(*args, **options)

    monkeypatch.setattr(desk.engine, "note_shown", slow)
    card = await desk.reader.slash("digest", story=await desk.story("ferry"))
    number = number_of(card.text, "**19**")
    asked = await desk.reader.slash("source", figure=number, wait=False)
    await desk.double.until(lambda: asked.answered_after_s is not None, what="deferral")
    assert "deferred" == asked.kind
    free.set()
    await asked.until(SENTENCE)


async def test_an_outlet_that_changed_its_text_is_said(desk: Desk) -> None:
    """The words as they were shown, and that they are gone."""
    card = await desk.reader.slash("digest", story=await desk.story("ferry"))
    number = number_of(card.text, "**19**")
    changed = FERRY[1]["text"].replace("Nineteen people died", "Twenty people died")
    await desk.load({**FERRY[1], "text": changed})
    answer = await desk.reader.slash("source", figure=number)
    assert "The outlet has changed its text" in answer.text
    assert "Twenty" not in answer.text

"""The pictures of /casualties and /timeline: there on the first page, described in words, gone with it."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.sandbox import Answer, LoopbackDiscord, Player
from bot.sandbox.components import ComponentType, walk
from digests import Chart
from tests.bot.factories import FINDINGS, STORY, make_claim, make_group
from tests.bot.fakes import FakeEngine
from tests.bot.running import running_bot

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
async def reader(discord_double: LoopbackDiscord, engine: FakeEngine) -> AsyncIterator[Player]:
    """A member of a server with the bot."""
    guild = discord_double.add_guild("Newsroom")
    discord_double.add_channel(guild)
    player = discord_double.add_user("reader", guild)
    async with running_bot(discord_double, engine):
        yield player


def pictures(answer: Answer) -> list[dict[str, Any]]:
    """What the galleries of a message show."""
    return [
        item
        for _, component in walk(answer.view.message.components)
        if component.get("type") == ComponentType.MEDIA_GALLERY
        for item in component["items"]
    ]


@pytest.mark.parametrize(
    ("command", "name", "words"),
    [
        ("casualties", "toll.png", "at least 31"),
        ("timeline", "timeline.png", "Planned: "),
    ],
)
@pytest.mark.parametrize("private", [False, True])
async def test_picture_comes_with_its_words(
    reader: Player, command: str, name: str, words: str, private: bool
) -> None:
    """The file is a PNG, shown in the message, and its description says what is in it."""
    answer = await reader.slash(command, private=private)
    assert list(answer.files) == [name]
    assert answer.files[name].startswith(PNG)
    (picture,) = pictures(answer)
    assert words in picture["description"]
    assert answer.view.message.attachments[0].description == picture["description"]


@pytest.mark.parametrize("command", ["digest", "conflicts", "reactions"])
async def test_other_answers_have_no_picture(reader: Player, command: str) -> None:
    answer = await reader.slash(command, private=True)
    assert answer.files == {}
    assert pictures(answer) == []


async def test_too_little_to_draw_is_an_answer_without_picture(reader: Player, engine: FakeEngine) -> None:
    """One claim is no chart; the words are there all the same."""
    one = (make_group(make_claim("a1", "nine", 9, 9)),)
    engine.findings_known[STORY.id] = dataclasses.replace(FINDINGS, figure_groups=one)
    answer = await reader.slash("casualties")
    assert "nine" in answer.text
    assert answer.files == {}


async def test_filters_hold_for_the_picture(reader: Player) -> None:
    """What was not asked for is not in the picture either."""
    (picture,) = pictures(await reader.slash("casualties", measure="killed"))
    assert "Missing" not in picture["description"]
    late = await reader.slash("timeline", from_="2030-01-01")
    assert late.files == {}


async def test_picture_goes_with_the_page(reader: Player, engine: FakeEngine) -> None:
    """The second page has none, the first has it again, and the card that replaces them has none."""
    groups = [make_group(make_claim("a1", f"figure {n}", n, n), incident_id=f"i{n}") for n in range(1, 13)]
    claims = (make_claim("a1", "20", 20, 20), make_claim("a2", "at least 31", 31, None))
    groups[0] = make_group(*claims, incident_id="i1")
    incidents = [
        dataclasses.replace(FINDINGS.incidents[0], id=f"i{n}", label=f"Incident {n}") for n in range(1, 13)
    ]
    engine.findings_known[STORY.id] = dataclasses.replace(
        FINDINGS, figure_groups=tuple(groups), incidents=tuple(incidents)
    )
    first = await reader.slash("casualties", private=True)
    assert list(first.files) == ["toll.png"]
    second = await reader.click(first, "Next")
    assert (second.files, pictures(second)) == ({}, [])
    again = await reader.click(second, "Previous")
    assert list(again.files) == ["toll.png"]
    card = await reader.click(again, "Card")
    assert (card.files, pictures(card)) == ({}, [])


async def test_buttons_bring_the_picture(reader: Player) -> None:
    """The Figures button under a public card answers as the command does."""
    opened = await reader.click(await reader.slash("digest", story=STORY.id), "Figures")
    assert list(opened.files) == ["toll.png"]


async def test_failed_drawing_costs_only_the_picture(
    reader: Player, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A bug in a picture is logged; the member reads the figures."""

    async def broken(*_args: object, **_options: object) -> Chart | None:
        raise ZeroDivisionError

    monkeypatch.setattr(engine, "toll_chart", broken)
    answer = await reader.slash("casualties")
    assert "at least 31" in answer.text
    assert answer.files == {}
    assert "chart failed" in caplog.text


@pytest.mark.parametrize("route", ["POST /interactions/*/callback", "POST /webhooks/*"])
async def test_a_picture_that_is_too_large_costs_only_the_picture(
    reader: Player, discord_double: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    """Discord refuses the whole message (413): it goes again without, and says so, at once and behind a deferral."""
    if "webhooks" in route:
        monkeypatch.setattr("bot.views.layout._FEW", 0)
    refusal = discord_double.refuse(route, 40005)
    answer = await reader.slash("casualties")
    assert 1 == refusal.hits
    assert "at least 31" in answer.text
    assert "The picture is left out" in answer.text
    assert (answer.files, pictures(answer)) == ({}, [])
    discord_double.take_problems()

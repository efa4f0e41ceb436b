"""Every language, from a member's client to the answer: private in theirs, public in the server's."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import LoopbackDiscord
from digests import LANGUAGES, tongue_of
from tests.bot.cogs.newsdesk import Desk, open_desk

OTHERS = [code for code in LANGUAGES if code != "en"]
#: Words that a card in another language must not hold; those of articles are none of them.
ENGLISH = re.compile(
    r"\b(?:independent voices?|outlets?|as of|What happened|Figures|Conflicting|Timeline|unread|Officials)\b"
)


@pytest.fixture
async def desk(discord_double: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(discord_double, tmp_path) as made:
        yield made


@pytest.mark.parametrize("code", OTHERS)
async def test_a_private_answer_is_in_the_language_of_the_member(desk: Desk, code: str) -> None:
    """Cards, pages, buttons, refusals and help; words of articles stay as they are."""
    tongue, player = tongue_of(code), desk.double.add_user("guest", desk.guild, locale=code)
    story = await desk.story("ferry")
    card = await player.slash("digest", story=story, private=True)
    assert f"### {tongue.say('Figures')}" in card.text
    assert "Santa Brava" in card.text
    assert not ENGLISH.search(card.text)
    pressed = await player.click(card, tongue.say("Conflicts"))
    assert tongue.say("Where accounts conflict") in pressed.text
    for command, heading in (("casualties", "Figures, as they were said"), ("changes", "What is new")):
        page = await player.slash(command, story=story, private=True)
        assert tongue.say(heading) in page.text
        assert not ENGLISH.search(page.text)
    refused = await player.slash("casualties", story="zzz")
    assert refused.text == tongue.say(
        "No story matches “{typed}”. Pick one of the suggestions, or use /story to see the current ones.",
        typed="zzz",
    )
    helped = await player.slash("help")
    assert f"`/{tongue.command('digest')}`" in helped.text


async def test_a_public_answer_is_in_the_language_of_the_server(
    discord_double: LoopbackDiscord, tmp_path: Path
) -> None:
    """What everybody sees has the server's language, the answer to who presses a button under it their own."""
    async with open_desk(discord_double, tmp_path) as desk:
        desk.guild.locale = "fr"
        player = desk.double.add_user("guest", desk.guild, locale="uk")
        card = await player.slash("digest", story=await desk.story("ferry"))
        assert f"### {tongue_of('fr').say('Figures')}" in card.text
        pressed = await player.click(card, tongue_of("fr").say("Timeline"))
        assert pressed.is_ephemeral
        assert tongue_of("uk").say("Timeline") in pressed.text


async def test_arabic_keeps_other_directions_apart(desk: Desk) -> None:
    """Names in Latin letters are isolated, so that the Arabic words around them stay in their place."""
    player = desk.double.add_user("guest", desk.guild, locale="ar")
    page = await player.slash("casualties", story=await desk.story("ferry"), private=True)
    assert "\u2068" in page.text
    assert page.text.count("\u2068") == page.text.count("\u2069")

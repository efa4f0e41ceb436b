"""/follow and /unfollow: a private message when a figure moves, for the member alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import LoopbackDiscord, Player, View
from tests.bot.cogs.newsdesk import Desk, open_desk, reopened
from tests.bot.cogs.test_alerts import mill


@pytest.fixture
async def desk(discord_double: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(discord_double, tmp_path) as made:
        yield made


async def heard(desk: Desk, player: Player) -> list[View]:
    """What the member has in private."""
    await desk.bot.ticker.tick()
    return desk.double.private_messages(player)


async def test_a_followed_story_tells_when_a_figure_moves(desk: Desk) -> None:
    """Silent about what is known; then once, in private, to whoever follows and nobody else."""
    answer = await desk.reader.slash("follow", story=await desk.story("mill"))
    assert "You follow **" in answer.text
    assert answer.is_ephemeral
    assert [] == await heard(desk, desk.reader)
    await desk.load(mill("Eleven"))
    [message] = await heard(desk, desk.reader)
    assert "- Killed, workers: **8** → **11** · Kenyan police, via [Outlet mill-3]" in message.text
    assert "You follow this. /unfollow ends it." in message.text
    assert [message.id] == [view.id for view in await heard(desk, desk.reader)]
    assert [] == desk.double.private_messages(desk.admin)


async def test_words_are_followed_into_new_stories(desk: Desk) -> None:
    """Also a story that did not exist then; what existed is known."""
    assert "“Sandvik tunnel”" in (await desk.reader.slash("follow", words="Sandvik tunnel")).text
    assert "“mill”" in (await desk.reader.slash("follow", words="mill")).text
    assert [] == await heard(desk, desk.reader)
    text = "SANDVIK - Four workers were killed when a roof fell in the Sandvik tunnel on Friday, the fire service said."
    tunnel = {**mill("Eleven"), "id": "tunnel-1", "published": "2026-03-06T07:00:00Z", "text": text,
              "title": "Roof falls in Sandvik tunnel"}  # fmt: skip
    await desk.load(tunnel)
    [message] = await heard(desk, desk.reader)
    assert "Roof falls in Sandvik tunnel" in message.text
    assert "new: **4**" in message.text


async def test_members_list_and_end_their_own(desk: Desk) -> None:
    """With suggestions of what they follow; nobody sees what another one follows."""
    mill_id = await desk.story("mill")
    await desk.reader.slash("follow", story=mill_id)
    await desk.reader.slash("follow", words="ferry")
    listed = await desk.reader.slash("follow")
    assert "- **Fire destroys textile mill in Kisumu" in listed.text
    assert "- “ferry”" in listed.text
    assert listed.is_ephemeral
    assert "You follow nothing" in (await desk.admin.slash("follow")).text
    assert "follow this already" in (await desk.reader.slash("follow", words="ferry")).text
    assert [mill_id] == [one.value for one in await desk.reader.autocomplete("unfollow", "story", "kisumu")]
    assert ["ferry"] == [one.value for one in await desk.reader.autocomplete("unfollow", "words", "")]
    assert [] == await desk.admin.autocomplete("unfollow", "words", "")
    assert "do not follow this" in (await desk.admin.slash("unfollow", words="ferry")).text
    assert "any more" in (await desk.reader.slash("unfollow", story=mill_id)).text
    assert "any more" in (await desk.reader.slash("unfollow", words="Ferry")).text
    assert "You follow nothing" in (await desk.reader.slash("unfollow")).text
    await desk.load(mill("Eleven"))
    assert [] == await heard(desk, desk.reader)


async def test_closed_private_messages_pause_it_in_words(desk: Desk) -> None:
    """The list says so; following again after opening them goes on."""
    story = await desk.story("mill")
    await desk.reader.slash("follow", story=story)
    await heard(desk, desk.reader)
    desk.reader.user.accepts_private = False
    await desk.load(mill("Eleven"))
    assert [] == await heard(desk, desk.reader)
    assert "**paused**: your private messages are closed" in (await desk.reader.slash("follow")).text
    desk.reader.user.accepts_private = True
    assert "You follow **" in (await desk.reader.slash("follow", story=story)).text
    await desk.load(mill("Fourteen", key="mill-4", at="2026-03-05T18:00:00Z"))
    [message] = await heard(desk, desk.reader)
    assert "**14**" in message.text


async def test_who_has_left_the_server_hears_no_more(desk: Desk) -> None:
    """What a server sees is for its members; the list says why it is silent."""
    await desk.reader.slash("follow", story=await desk.story("mill"))
    await heard(desk, desk.reader)
    del desk.guild.members[desk.reader.id]
    await desk.load(mill("Eleven"))
    assert [] == await heard(desk, desk.reader)
    alone = desk.double.in_private(desk.reader)
    assert "**paused**: you are not in that server any more" in (await alone.slash("follow")).text


async def test_it_works_in_a_direct_message_and_after_a_restart(
    discord_double: LoopbackDiscord, tmp_path: Path
) -> None:
    """The common stories; another process knows who follows."""
    async with open_desk(discord_double, tmp_path) as desk:
        alone = discord_double.in_private(desk.reader)
        await alone.slash("follow", story=await desk.story("mill"))
        await desk.bot.ticker.tick()
        await desk.load(mill("Eleven"))
        reader = desk.reader
    async with reopened(discord_double, tmp_path) as bot:
        await bot.ticker.tick()
        [message] = discord_double.private_messages(reader)
        assert "**8** → **11**" in message.text


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        pytest.param("follow", {"story": "nosuch"}, "No story matches", id="story"),
        pytest.param("follow", {"words": "x"}, "Give `words` of 3 to 80 letters", id="words"),
        pytest.param("follow", {"story": "mill", "words": "mill"}, "one at a time", id="both"),
        pytest.param("unfollow", {"words": "nosuch"}, "You do not follow this", id="unfollow"),
        pytest.param("unfollow", {"story": "nosuch"}, "You do not follow this", id="unfollow story"),
    ],
)
async def test_what_matches_nothing_gets_a_sentence(
    desk: Desk, command: str, options: dict[str, str], words: str
) -> None:
    """It says what to do, in private."""
    answer = await desk.reader.slash(command, **options)
    assert words in answer.text
    assert answer.is_ephemeral

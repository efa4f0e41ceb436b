"""Every command as members and admins use it: the real process over a store that the command line has loaded.

One bot serves the whole module; what it says is judged by the double, and nobody may ever be pinged.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.cogs import COMMAND_NAMES
from bot.sandbox import ClientRefused, LoopbackDiscord
from tests.bot.driver import BotProcess
from tests.bot.e2e.articles import FERRY, MILL
from tests.bot.e2e.checks import assert_nobody_pinged
from tests.bot.e2e.conftest import Newsroom, make_newsroom
from tests.discord_judge import OpenApiJudge

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

NOW = "2026-03-06T08:00:00Z"
CARD_BUTTONS = ["Figures", "Conflicts", "Reactions", "Timeline", "Sources"]
READING = ("digest", "casualties", "conflicts", "timeline", "reactions")
CONFIG = "refresh_minutes = 1440\n"


class Desk(Newsroom):
    """A newsroom with the bot that serves it."""

    bot: BotProcess


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(
    discord_judge: OpenApiJudge | None, loaded_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Desk]:
    """The bot, started once."""
    folder = tmp_path_factory.mktemp("desk")
    async with LoopbackDiscord(judge=discord_judge) as double:
        made = make_newsroom(double)
        found = Desk(**{name: getattr(made, name) for name in made.__dataclass_fields__})
        digest = f'[[digests]]\nid = "morning"\nchannel = "{made.news.id}"\ntimes = ["09:00"]\n'
        async with BotProcess(double, folder, config=CONFIG + digest, now=NOW) as bot:
            shutil.copy(loaded_store, bot.database)
            found.bot = bot
            await bot.start()
            yield found
            assert await bot.stop() == 0
        assert double.token not in bot.log
        assert "Traceback" not in bot.log


@pytest.fixture(autouse=True)
def _judged(desk: Desk) -> AsyncIterator[None]:
    """After each test: Discord had nothing to complain about, and nobody was pinged."""
    yield
    problems = desk.double.take_problems()
    assert [] == problems
    assert assert_nobody_pinged(desk.double) > 0


async def story_id(desk: Desk, words: str) -> str:
    """The id of the one story that autocomplete finds."""
    [choice] = await desk.reader.autocomplete("digest", "story", words)
    return str(choice.value)


async def test_the_documented_commands_are_registered(desk: Desk) -> None:
    """Neither more nor less than the contract names."""
    assert set(COMMAND_NAMES) == {command.name for command in desk.double.world.commands.values()}
    answer = await desk.reader.slash("help")
    assert answer.is_ephemeral
    for name in READING:
        assert f"/{name}" in answer.text
    assert "/sources add" not in answer.text
    assert "/sources add" in (await desk.admin.slash("help")).text


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("digest", {}, ["Port Caldera", "Kisumu", "Austria"]),
        ("digest", {"since": "2026-03-05"}, ["Kisumu"]),
        ("digest", {"since": "24h"}, ["Austria"]),
        ("digest", {"story": "ferry"}, ["3 outlets", "Marta Seixas", f"({FERRY[0]['url']})"]),
        ("casualties", {"story": "ferry"}, ["Nineteen", "Seventeen", "Three", "23", "Harbour Gazette"]),
        ("casualties", {"story": "ferry", "measure": "injured"}, ["23", "Santa Clara hospital"]),
        ("casualties", {"story": "ferry", "measure": "all"}, ["Nineteen", "23"]),
        ("casualties", {"story": "ferry", "measure": "detained"}, ["No figure"]),
        ("casualties", {"story": "mill"}, ["Kenya Red Cross", f"({MILL[0]['url']})"]),
        ("conflicts", {"story": "ferry"}, ["dispute", "19", "Marta Seixas"]),
        ("conflicts", {"story": "mill"}, ["Nothing in this story contradicts"]),
        ("timeline", {"story": "ferry"}, ["planned", "background", "inquiry"]),
        ("timeline", {"story": "ferry", "from_": "2026-03-05"}, ["inquiry"]),
        ("timeline", {"story": "ferry", "to": "2012-01-01"}, ["2011"]),
        ("timeline", {"story": "ferry", "from_": "2026-03-04", "to": "2026-03-04"}, ["Santa Brava"]),
        ("reactions", {"story": "ferry"}, ["Ingrid Solheim", "Island Radio", "Marta Seixas"]),
        ("reactions", {"story": "ferry", "country": "NO"}, ["Ingrid Solheim"]),
        ("reactions", {"story": "ferry", "country": "Norway"}, ["Ingrid Solheim"]),
        ("reactions", {"story": "ferry", "who": "official"}, ["Marta Seixas"]),
        ("story", {}, ["Port Caldera", "Kisumu"]),
        ("story", {"list": True}, ["Port Caldera", "Kisumu"]),
        ("story", {"find": "signal staff"}, ["night trains"]),
        ("story", {"find": "zeppelin"}, ["No article holds all the words"]),
    ],
)
async def test_reading(desk: Desk, command: str, options: dict[str, object], words: list[str]) -> None:
    """For everybody in the channel, or privately on request; the same words in both."""
    public = await desk.reader.slash(command, **options)
    private = await desk.reader.slash(command, **options, private=True)
    assert (False, True) == (public.is_ephemeral, private.is_ephemeral)
    for word in words:
        assert word.lower() in public.text.lower()
    assert public.text == private.text
    assert public.answered_after_s is not None
    assert public.answered_after_s < 3


async def test_filters_leave_out(desk: Desk) -> None:
    """What was not asked for is not shown."""
    injured = await desk.reader.slash("casualties", story="ferry", measure="injured")
    assert "Nineteen" not in injured.text
    norway = await desk.reader.slash("reactions", story="ferry", country="NO")
    assert "Seixas" not in norway.text
    early = await desk.reader.slash("timeline", story="ferry", to="2012-01-01")
    assert "inquiry" not in early.text.lower()
    late = await desk.reader.slash("digest", since="2026-03-05T12:00:00Z")
    assert "Kisumu" not in late.text


@pytest.mark.parametrize("command", READING)
async def test_a_story_is_suggested_found_and_refused(desk: Desk, command: str) -> None:
    """By id, by title, by words; a name that matches nothing gets a sentence, in private."""
    choices = await desk.reader.autocomplete(command, "story", "")
    assert 3 == len(choices)
    [found] = await desk.reader.autocomplete(command, "story", "caldera")
    answers = {
        (await desk.reader.slash(command, story=name)).text for name in (found.value, found.name, "caldera")
    }
    assert 1 == len(answers)
    assert [] == await desk.reader.autocomplete(command, "story", "zeppelin")
    unknown = await desk.reader.slash(command, story="zeppelin")
    assert unknown.is_ephemeral
    assert "No story matches “zeppelin”" in unknown.text
    assert "/story" in unknown.text


async def test_the_most_important_story_is_the_default(desk: Desk) -> None:
    """Without `story` the reading commands show the one that the list puts first."""
    first = (await desk.reader.autocomplete("casualties", "story", ""))[0]
    for command in READING[1:]:
        default = await desk.reader.slash(command)
        named = await desk.reader.slash(command, story=first.value)
        assert named.text == default.text


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("digest", {"since": "the day before"}, "is not a time"),
        ("timeline", {"from_": "yesterday"}, "is not a day"),
        ("timeline", {"from_": "2026-03-05", "to": "2026-03-04"}, "`from` is after `to`"),
        ("reactions", {"country": "Atlantis"}, "No country matches"),
    ],
)
async def test_what_cannot_be_read_gets_a_sentence(
    desk: Desk, command: str, options: dict[str, object], words: str
) -> None:
    """In private, with what to do instead."""
    answer = await desk.reader.slash(command, **options)
    assert answer.is_ephemeral
    assert words in answer.text


async def test_options_outside_their_choices(desk: Desk) -> None:
    """A crafted request with a choice that does not exist is answered in words."""
    for command, options in (("casualties", {"measure": "eaten"}), ("reactions", {"who": "ghost"})):
        answer = await desk.reader.slash(command, raw=True, **options)
        assert answer.is_ephemeral
        assert "reference" not in answer.text


async def test_countries_are_suggested(desk: Desk) -> None:
    """Those that speak in the story."""
    names = await desk.reader.autocomplete("reactions", "country", "", story="ferry")
    assert "Norway" in [choice.name for choice in names]
    assert ["Norway"] == [
        choice.name for choice in await desk.reader.autocomplete("reactions", "country", "nor", story="ferry")
    ]


async def test_buttons_lead_everywhere_also_after_a_restart(desk: Desk) -> None:
    """From a card to its views and back, from the digest to a card; privately, and by a later process the same."""
    card = await desk.reader.slash("digest", story="ferry")
    assert [*CARD_BUTTONS, "Something wrong?"] == [button.label for button in card.buttons]
    seen = {}
    for name in CARD_BUTTONS:
        view = await desk.admin.click(card, name)
        assert view.is_ephemeral
        assert view.text
        seen[name] = view.text
    for name, command in zip(
        CARD_BUTTONS, ("casualties", "conflicts", "reactions", "timeline"), strict=False
    ):
        assert (await desk.reader.slash(command, story="ferry")).text == seen[name]
    assert FERRY[2]["url"] in seen["Sources"]

    overview = await desk.reader.slash("digest")
    figures = await desk.reader.click(card, "Figures")
    await desk.bot.restart()
    for name in CARD_BUTTONS:
        assert seen[name] == (await desk.admin.click(card, name)).text
    opened = await desk.reader.click(overview, overview.buttons[0].label)
    assert [*CARD_BUTTONS, "Something wrong?"] == [button.label for button in opened.buttons]
    back = await desk.reader.click(figures, "Card")
    assert "independent voices" in back.text


async def test_crafted_buttons_do_no_harm(desk: Desk) -> None:
    """An id that the message does not carry is let lie by the library; whatever it says, nothing of ours breaks."""
    card = await desk.reader.slash("digest", story="ferry")
    for custom_id in (
        "digest:figures:open:nosuchstory",
        "digest:sources:add:0123456789abcdef",
        f"digest:timeline:open:{await story_id(desk, 'ferry')}:99:f=99999999",
    ):
        await desk.reader.craft(card, custom_id, wait=False)
    assert "Figures" in (await desk.reader.slash("casualties", story="ferry")).text
    assert "failed reference" not in desk.bot.log


async def test_admin_commands_are_closed_to_members(desk: Desk) -> None:
    """The client hides them; a crafted request is refused by the bot, privately, and changes nothing."""
    calls = {
        "sources list": {},
        "sources add": {"url": "https://wire.example/feed"},
        "sources remove": {"source": "coast"},
        "sources reload": {},
        "status": {},
    }
    for command, options in calls.items():
        with pytest.raises(ClientRefused):
            await desk.reader.slash(command, **options)
        answer = await desk.reader.slash(command, raw=True, **options)
        assert answer.is_ephemeral
        assert "it needs the permission Manage Server" in answer.text
    assert [] == await desk.reader.autocomplete("sources remove", "source", "", raw=True)
    assert "audit" not in desk.bot.log


async def test_private_messages(desk: Desk) -> None:
    """Reading works in private with the bot; what belongs to a server does not."""
    alone = desk.double.in_private(desk.reader)
    assert "Marta Seixas" in (await alone.slash("digest", story="ferry")).text
    answer = await desk.double.in_private(desk.admin).slash("sources list", raw=True)
    assert "works in a server" in answer.text


async def test_status(desk: Desk) -> None:
    """Version, store, sources, next posts and gateway, for admins alone."""
    answer = await desk.admin.slash("status")
    assert answer.is_ephemeral
    for words in ("3 from 7 articles", "schema", "morning", f"<#{desk.news.id}>"):
        assert words in answer.text
    assert "morning" not in (await desk.stranger.slash("status")).text


async def test_sources_without_any(desk: Desk) -> None:
    """What to do is said; an unknown source gets a sentence."""
    assert "/sources add" in (await desk.admin.slash("sources list")).text
    for command in ("sources remove", "sources reload"):
        answer = await desk.admin.slash(command, source="nosuch")
        assert answer.is_ephemeral
        assert "No source matches “nosuch”" in answer.text

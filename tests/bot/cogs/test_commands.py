"""The commands as members use them: the real bot, logged in to a loopback Discord, over a hand-made story."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.app import SitrepBot
from bot.cogs import COMMAND_NAMES
from bot.sandbox import ClientRefused, LoopbackDiscord, Player
from digests import Source, SourceKind
from tests.bot.factories import CARD, FINDINGS, STORY, STORY_ID
from tests.bot.fakes import FakeEngine
from tests.bot.running import running_bot

OTHER = dataclasses.replace(STORY, id="s-storm", title="Storm closes the harbour of Sandhaven")


@dataclasses.dataclass
class World:
    """One server with a reader and an admin, another server with its own reader, and the bot."""

    double: LoopbackDiscord
    engine: FakeEngine
    bot: SitrepBot
    reader: Player
    admin: Player
    stranger: Player


@pytest.fixture
async def world(discord_double: LoopbackDiscord) -> AsyncIterator[World]:
    engine = FakeEngine(stories_known=[STORY, OTHER])
    here, there = discord_double.add_guild("Newsroom"), discord_double.add_guild("Elsewhere")
    for guild in (here, there):
        discord_double.add_channel(guild)
    reader = discord_double.add_user("reader", here)
    admin = discord_double.add_user("admin", here, can="manage_guild")
    stranger = discord_double.add_user("stranger", there, can="manage_guild")
    async with running_bot(discord_double, engine) as bot:
        yield World(discord_double, engine, bot, reader, admin, stranger)


async def test_commands_are_the_documented_ones(world: World) -> None:
    """What is registered is what COMMAND_NAMES, and so the README, says."""
    assert sorted(COMMAND_NAMES) == sorted(command.name for command in world.bot.tree.get_commands())


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("digest", {}, "Storm closes the harbour"),
        ("digest", {"story": STORY_ID}, "independent voices"),
        ("casualties", {"story": STORY_ID}, "**at least 31** people · health ministry"),
        ("casualties", {"measure": "missing"}, "about 40"),
        ("conflicts", {}, "overloading or a squall?"),
        ("timeline", {"from_": "2025-06-06"}, "**planned** · Inquiry opens"),
        ("reactions", {"country": "Portugal", "who": "official"}, "No one sails tonight."),
        ("story", {}, "`s-ferry`"),
        ("story", {"find": "storm"}, "Sandhaven"),
        ("story", {"list": True}, "`s-storm`"),
    ],
)
async def test_read_commands_answer_where_they_were_asked(
    world: World, command: str, options: dict[str, object], words: str
) -> None:
    """In the channel for all, privately on request; nobody is pinged."""
    for private in (False, True):
        answer = await world.reader.slash(command, **options, private=private)
        assert words in answer.text
        assert private is answer.is_ephemeral
        assert [] == answer.pings


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("casualties", {"story": "nosuch"}, "No story matches “nosuch”"),
        ("digest", {"since": "tomorrowish"}, "is not a time"),
        ("digest", {"since": "9999-12-31T23:59:59-12:00"}, "is not a time"),
        ("changes", {"since": "0001-01-01T00:00:00+14:00"}, "is not a time"),
        ("digest", {"story": STORY_ID, "since": "1h"}, "Nothing new in this story"),
        ("timeline", {"from_": "18/01"}, "is not a day"),
        ("timeline", {"from_": "2025-06-06", "to": "2025-06-05"}, "`from` is after `to`"),
        ("reactions", {"country": "Atlantis"}, "No country matches"),
        ("story", {"find": "unheard"}, "Try fewer words"),
    ],
)
async def test_what_matches_nothing_gets_a_sentence(
    world: World, command: str, options: dict[str, object], words: str
) -> None:
    """It says what to do next; where memory is enough to know, only the caller sees it."""
    answer = await world.reader.slash(command, **options)
    assert words in answer.text
    assert answer.is_ephemeral or words in ("Try fewer words", "Nothing new in this story")


async def test_no_stories_at_all(world: World) -> None:
    """An empty store is said, with what an admin can do."""
    world.engine.stories_known = []
    assert "/sources add" in (await world.reader.slash("casualties")).text


async def test_autocomplete_offers_stories_by_their_words(world: World) -> None:
    """All when nothing is typed, else those with every word; names are cut to Discord's length."""
    world.engine.stories_known.append(dataclasses.replace(STORY, id="s-long", title="Long title " * 30))
    names = [choice.name for choice in await world.reader.autocomplete("casualties", "story", "")]
    assert [STORY.title, OTHER.title] == names[:2]
    assert len(names[2]) <= 100
    found = await world.reader.autocomplete("timeline", "story", "harbour storm")
    assert ["s-storm"] == [choice.value for choice in found]
    assert 25 >= len(await world.reader.autocomplete("reactions", "country", ""))


async def test_one_server_never_sees_the_stories_of_another(world: World) -> None:
    """Not in lists, not by id, not in suggestions."""
    world.engine.owners[OTHER.id] = str(world.admin.guild.id) if world.admin.guild else ""
    assert "Storm" in (await world.reader.slash("story")).text
    assert "Storm" not in (await world.stranger.slash("story")).text
    assert "No story matches" in (await world.stranger.slash("casualties", story=OTHER.id)).text
    assert [] == await world.stranger.autocomplete("casualties", "story", "storm")


async def test_buttons_answer_in_private_and_turn_private_pages(world: World) -> None:
    """Under a public card: a private answer. Under that: the same message changes."""
    card = await world.reader.slash("digest", story=STORY_ID)
    assert ["Figures", "Conflicts", "Reactions", "Timeline", "Sources", "Something wrong?"] == [
        button.label for button in card.buttons
    ]
    for label, words in (("Figures", "at least 31"), ("Conflicts", "squall"), ("Sources", "repeats 1")):
        opened = await world.admin.click(card, label)
        assert opened.is_ephemeral
        assert words in opened.text
    back = await world.reader.click(await world.reader.click(card, "Timeline"), "Card")
    assert "independent voices" in back.text


async def test_a_button_of_a_story_that_is_gone_says_so(world: World) -> None:
    """Old messages keep their buttons; the story may not."""
    card = await world.reader.slash("digest", story=STORY_ID)
    world.engine.stories_known = [OTHER]
    assert "not there any more" in (await world.reader.click(card, "Figures")).text


async def test_a_button_works_in_a_later_process(discord_double: LoopbackDiscord) -> None:
    """A new bot knows nothing of the message and answers all the same."""
    guild = discord_double.add_guild()
    discord_double.add_channel(guild)
    reader = discord_double.add_user("reader", guild)
    engine = FakeEngine()
    async with running_bot(discord_double, engine):
        card = await reader.slash("digest", story=STORY_ID)
    # Logins are at least five seconds apart.
    discord_double.clock.advance(10)
    async with running_bot(discord_double, engine):
        assert "at least 31" in (await reader.click(card, "Figures")).text


async def test_pages_turn_and_keep_their_filter(world: World) -> None:
    """The measure asked for stays asked for on the next page."""
    from tests.bot.factories import make_claim, make_group

    groups = [make_group(make_claim("a1", f"figure {n}", n, n), incident_id=f"i{n}") for n in range(1, 13)]
    incidents = [
        dataclasses.replace(FINDINGS.incidents[0], id=f"i{n}", label=f"Incident {n}") for n in range(1, 13)
    ]
    world.engine.findings_known[STORY_ID] = dataclasses.replace(
        FINDINGS, figure_groups=tuple(groups), incidents=tuple(incidents)
    )
    first = await world.reader.slash("casualties", measure="killed", private=True)
    assert "page 1 of 2" in first.text
    second = await world.reader.click(first, "Next")
    assert "page 2 of 2" in second.text
    assert "Incident 12" in second.text
    assert "page 1 of 2" in (await world.reader.click(second, "Previous")).text


@pytest.mark.parametrize("command", ["sources list", "sources reload", "status"])
async def test_admin_commands_check_permission_in_code(world: World, command: str) -> None:
    """The client hides them; a crafted request is refused, in private, and changes nothing."""
    with pytest.raises(ClientRefused):
        await world.reader.slash(command)
    answer = await world.reader.slash(command, raw=True)
    assert "Manage Server" in answer.text
    assert answer.is_ephemeral
    assert [None] == world.engine.refreshed


async def test_a_source_is_previewed_then_added_and_loaded_silently(world: World) -> None:
    """The titles first; saved on the button; only the admin of that server may press it; once."""
    asked = await world.admin.slash("sources add", url="https://harbour.example/rss")
    twice = await world.admin.slash("sources add", url="https://harbour.example/rss")
    assert "Pier reopens" in asked.text
    assert asked.is_ephemeral
    assert [] == world.engine.sources_known
    done = await world.admin.click(asked, "Add this source")
    await done.until("3 new")
    assert ["https://harbour.example/rss"] == [source.location for source in world.engine.sources_known]
    assert "answered already" in (await world.admin.click(twice, "Add this source")).text
    assert 1 == len(world.engine.sources_known)


async def test_sources_are_removed_only_by_their_server(world: World) -> None:
    """Shared sources and those of others stay; an unknown name gets a sentence."""
    guild = str(world.admin.guild.id) if world.admin.guild else ""
    world.engine.sources_known = [
        Source(id="shared", kind=SourceKind.FEED, name="Shared", location="https://a.example/rss"),
        Source(id="own", kind=SourceKind.FEED, name="Own", location="https://b.example/rss", owner=guild),
    ]
    assert "shared by all servers" in (await world.admin.slash("sources remove", source="shared")).text
    assert "No source matches" in (await world.stranger.slash("sources remove", source="own")).text
    assert "not read any more" in (await world.admin.slash("sources remove", source="Own")).text
    assert ["shared"] == [source.id for source in world.engine.sources_known]


async def test_reload_reports_and_refuses_a_second(world: World) -> None:
    """A report of what came; while one runs, a sentence."""
    world.engine.sources_known = [
        Source(id="shared", kind=SourceKind.FEED, name="Shared", location="https://a.example/rss")
    ]
    assert "3 new" in (await world.admin.slash("sources reload")).text
    assert ("shared",) == world.engine.refreshed[-1]
    world.engine.is_refreshing = True
    assert "being read right now" in (await world.admin.slash("sources reload", source="Shared")).text


async def test_status_and_help(world: World) -> None:
    """Numbers for admins; help shows admin commands only to admins."""
    assert "Last refresh" in (await world.admin.slash("status")).text
    assert "`/sources add`" in (await world.admin.slash("help")).text
    assert "`/sources add`" not in (await world.reader.slash("help")).text


async def test_a_bug_is_an_apology_with_a_reference(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """The member reads a sentence; the log has the same reference and the traceback."""
    world.engine.cards = {STORY_ID: None}  # type: ignore[dict-item]
    world.engine.findings_known = None  # type: ignore[assignment]
    answer = await world.reader.slash("digest", story=STORY_ID)
    reference = answer.text.rsplit(" ", 1)[-1].rstrip(".")
    assert "Something went wrong on our side" in answer.text
    assert f"reference={reference}" in caplog.text
    assert "Traceback" in caplog.text


async def test_hostile_words_reach_nobody(world: World) -> None:
    """Mentions and links in a title are shown, not followed; no one is pinged."""
    title = "@everyone <@&1> [free](https://evil.example) **now** \u202e"
    world.engine.stories_known = [dataclasses.replace(STORY, title=title)]
    world.engine.cards = {STORY_ID: dataclasses.replace(CARD, title=title)}
    for command in ("digest", "casualties", "conflicts", "timeline", "reactions", "story"):
        answer = await world.reader.slash(command)
        assert "](https://evil" not in answer.text
        assert [] == answer.pings


@pytest.mark.slow
@pytest.mark.hurried
async def test_a_slow_store_is_deferred_in_time(discord_double: LoopbackDiscord) -> None:
    """Every command keeps its place well inside three seconds, whatever the store does; suggestions come empty."""
    gate = asyncio.Event()

    class Slow(FakeEngine):
        """Answers nothing that needs the store until the gate opens."""

        def story_titles(self, owner: str | None = None) -> tuple[tuple[str, str], ...]:
            return ()

        async def stories(self, **options: Any) -> Any:
            await gate.wait()
            return await super().stories(**options)

        async def sources(self, owner: str | None = None) -> Any:
            await gate.wait()
            return await super().sources(owner)

        async def status(self, *, owner: str = "*") -> Any:
            await gate.wait()
            return await super().status(owner=owner)

    guild = discord_double.add_guild()
    discord_double.add_channel(guild)
    admin = discord_double.add_user("admin", guild, can="manage_guild")
    async with running_bot(discord_double, Slow()):
        names = (
            "digest",
            "casualties",
            "conflicts",
            "timeline",
            "reactions",
            "story",
            "sources list",
            "status",
        )
        answers = [await admin.slash(name, wait=False) for name in names]
        suggested = asyncio.create_task(admin.autocomplete("casualties", "story", "ferry"))
        await discord_double.until(
            lambda: all(answer.answered_after_s is not None for answer in answers), what="deferrals"
        )
        assert all((answer.answered_after_s or 9) < 2 for answer in answers)
        assert [] == await suggested
        gate.set()
        for answer in answers:
            await answer.until(lambda view: bool(view.text))


async def test_admin_commands_are_for_servers(world: World) -> None:
    """A crafted request from a direct message is refused in words."""
    alone = world.double.add_user("alone")
    for command in ("sources list", "status"):
        assert "works in a server" in (await alone.slash(command, raw=True)).text


async def test_read_commands_work_in_private(world: World) -> None:
    """In a direct message the common stories are shown, and no server's own."""
    alone = world.double.add_user("alone")
    world.engine.owners[OTHER.id] = "1"
    text = (await alone.slash("story")).text
    assert "s-ferry" in text
    assert "s-storm" not in text


async def test_who_does_not_manage_may_not_add(world: World) -> None:
    """The buttons under the question check the permission again."""
    asked = await world.admin.slash("sources add", url="https://harbour.example/rss")
    refused = await world.reader.click(asked, "Add this source", raw=True)
    assert "Manage Server" in refused.text
    assert [] == world.engine.sources_known

"""Two servers on one bot: whatever the one asks, types, presses or guesses, nothing of the other comes back.

The first server has something of everything. The second one's admin then uses every command with every option, also
with the ids of the first, and every word that the bot says is looked through.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.audit import written
from bot.config import BotConfig
from bot.sandbox import Answer, Channel, Guild, LoopbackDiscord, Player
from digests import Engine
from digests.store.sources import Origin, StoredSource, save_source
from digests.types import Source, SourceKind
from tests.bot.cogs.newsdesk import engine_in, load, settled
from tests.bot.e2e.articles import MILL
from tests.bot.registered import leaves
from tests.bot.running import running_bot

#: Words that stand nowhere but in what the first server has.
SECRETS = (
    "Quillmark",
    "Bulletin",
    "quillmark.example",
    "Zephyrine",
    "Lockhart",
    "Orlo Vantage",
    "lanternfish",
    "war-room",
    "lockbox",
    "insiders",
)
ARTICLE = {
    "id": "secret-1",
    "outlet": "Quillmark Wire",
    "published": "2026-03-05T10:00:00Z",
    "title": "Zephyrine tanker burns off Lockhart Sound",
    "url": "https://quillmark.example/tanker",
    "text": (
        "The tanker Zephyrine burned off Lockhart Sound on Thursday after an explosion in its engine room. At least "
        "nine sailors were killed, the coastguard chief, Orlo Vantage, said. “We have lost friends,” Vantage told "
        "reporters. The owner put the number of dead at four. A hearing is planned for 12 March."
    ),
}
STRING = 3


@dataclasses.dataclass
class World:
    """The server that has everything, and the other one."""

    double: LoopbackDiscord
    engine: Engine
    here: Guild
    there: Guild
    general: Channel
    admin: Player
    stranger: Player
    ids: tuple[str, ...] = ()

    def leaks(self, text: str, *typed: str) -> list[str]:
        """The secrets in a text, but for those that were typed and are quoted back."""
        for word in [word for words in typed for word in (words, *words.split())]:
            text = re.sub(re.escape(word), "", text, flags=re.IGNORECASE)
        return [secret for secret in (*SECRETS, *self.ids) if secret.casefold() in text.casefold()]


@pytest.fixture
async def world(discord_double: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[World]:
    """Set up through the commands where there are some."""
    double = discord_double
    here, there = double.add_guild("Newsroom"), double.add_guild("Elsewhere")
    secret, general = double.add_channel(here, "war-room"), double.add_channel(there, "general")
    insiders = double.world.add_role(here, "insiders", mentionable=True)
    admin = double.add_user("admin", here, can="manage_guild")
    stranger = double.add_user("stranger", there, can="manage_guild")
    async with engine_in(tmp_path) as engine:
        await load(engine, MILL)
        source = Source(
            id="added-lockbox0001",
            kind=SourceKind.FEED,
            name="Quillmark Wire Bulletin",
            location="https://quillmark.example/feed",
            owner=str(here.id),
            paused=True,
        )
        await engine._database.write(save_source, StoredSource(source=source, origin=Origin.ADDED))
        loaded = dataclasses.replace(source, id="jsonl:lockbox", kind=SourceKind.FOLDER, location="lockbox")
        await engine._database.write(save_source, StoredSource(source=loaded, origin=Origin.LOADED))
        await engine.load_jsonl([json.dumps(ARTICLE)], name="lockbox")
        async with running_bot(double, engine, BotConfig()) as bot:
            await settled(bot)
            made = World(double, engine, here, there, general, admin, stranger)
            await made.admin.slash(
                "subscriptions add", channel=secret, at="08:00", topic="lanternfish", role=insiders
            )
            await made.admin.slash("access grant", who=insiders)
            [(story_id, _)] = [one for one in engine.story_titles(str(here.id)) if "Zephyrine" in one[1]]
            card = await made.admin.slash("digest", story=story_id)
            assert "Zephyrine" in card.text
            made.ids = (
                story_id,
                "added-lockbox0001",
                str(secret.id),
                str(insiders.id),
                str(admin.id),
                str(here.id),
            )
            yield made


def harmless(world: World, option: dict[str, Any]) -> Any:
    """A value of the other server's own for an option that must be there."""
    if option.get("choices"):
        return option["choices"][0]["value"]
    known = {"at": "08:00", "url": "http://127.0.0.1:9/feed", "words": "mill"}
    match option["type"]:
        case 4:
            return 1
        case 5:
            return True
        case 6 | 9:
            return world.stranger.user
        case 7:
            return world.general
        case 8:
            return world.there.roles[world.there.id]
        case 11:
            return None
    return known.get(option["name"], "1")


async def use(world: World, name: str, options: dict[str, Any]) -> Answer | None:
    """A command as the other server's admin; `None` where it needs what cannot be typed."""
    if any(value is None for value in options.values()):
        return None
    return await world.stranger.slash(name, raw=True, **options)


def everything(answer: Answer) -> str:
    """All that is shown: texts of every message, buttons, forms."""
    parts = [view.text for view in answer.views] + [str(view.message.components) for view in answer.views]
    return "\n".join([answer.text, *parts, str(answer.modal or "")])


async def test_the_first_server_sees_its_own(world: World) -> None:
    """What is looked for below is really there."""
    for command, words in (
        ("story", "Zephyrine"),
        ("sources list", "Quillmark"),
        ("subscriptions list", "lanternfish"),
        ("access list", world.ids[3]),
        ("log", "insiders"),
    ):
        assert words in (await world.admin.slash(command)).text, command


async def test_no_command_tells_of_another_server(world: World) -> None:
    """Each command with harmless options, then each option with each id and name of the other server.

    What was typed may be quoted, now or in a later list: then the words beside it are what would give a leak away.
    """
    commands = list(leaves(world.double))
    for name, options in commands:
        values = {one["name"]: harmless(world, one) for one in options}
        for given in ({one["name"]: values[one["name"]] for one in options if one.get("required")}, values):
            answer = await use(world, name, given)
            assert answer is None or [] == world.leaks(everything(answer)), f"/{name} {given}"
    typed = (*world.ids[:2], "Quillmark Wire", "Zephyrine", f"{world.here.id}-1")
    asked = 0
    for name, options in commands:
        required = {one["name"]: harmless(world, one) for one in options if one.get("required")}
        for option in options:
            if option["type"] != STRING or option.get("choices"):
                continue
            for words in typed:
                answer = await use(world, name, {**required, option["name"]: words})
                asked += answer is not None
                assert answer is None or [] == world.leaks(everything(answer), *typed), f"/{name} {words}"
    assert asked > 100
    await written()
    await untouched(world)
    world.double.take_problems()


async def untouched(world: World) -> None:
    """What the first server has is as it was."""
    owner = str(world.here.id)
    assert 1 == len(await world.engine.servers.subscriptions(owner))
    assert 1 == len(world.engine.servers.grants(owner))
    assert {"added-lockbox0001"} == {
        one.id for one in await world.engine.sources(owner) if one.owner == owner
    }
    assert ["access.grant", "subscriptions.add"] == [
        one.action for one in await world.engine.servers.log(owner, limit=50)
    ]


async def test_no_suggestion_tells_of_another_server(world: World) -> None:
    """Each option that suggests, with nothing typed and with the other server's words."""
    suggested = 0
    for name, options in list(leaves(world.double)):
        for option in options:
            if not option.get("autocomplete"):
                continue
            for typed in ("", "Quill", "Zephyrine", "war", "lantern", *world.ids[:2]):
                choices = await world.stranger.autocomplete(name, option["name"], typed, raw=True)
                suggested += len(choices)
                shown = "\n".join(f"{choice.name} {choice.value}" for choice in choices)
                assert [] == world.leaks(shown), f"/{name} {option['name']}:{typed}"
    assert suggested > 10


async def test_no_button_tells_of_another_server(world: World) -> None:
    """Ids of the first server in buttons that a message of the second does carry."""
    story_id = world.ids[0]
    own = (await world.stranger.slash("digest", story="mill")).view
    message = own.message
    for button in [button for button in own.buttons if button.custom_id]:
        custom_id = str(button.custom_id)
        forged = (
            custom_id.replace(custom_id.split(":")[3], story_id) if custom_id.count(":") > 2 else custom_id
        )
        relabel(message.components, custom_id, forged)
        answer = await world.stranger.click(own, forged)
        assert [] == world.leaks(everything(answer), story_id), forged
        relabel(message.components, forged, custom_id)
    for forged in (
        "digest:subscriptions:remove:1",
        f"digest:log:page:0:{world.admin.id}",
        "digest:log:page:0",
    ):
        # These change the message that carries them: a new one for each.
        fresh = (await world.stranger.slash("digest", story="mill")).view
        relabel(fresh.message.components, str(fresh.buttons[0].custom_id), forged)
        answer = await world.stranger.click(fresh, forged)
        assert [] == world.leaks(everything(answer)), forged
    await untouched(world)


def relabel(components: Any, before: str, after: str) -> None:
    """Give a button of a message another id, as if the bot had sent it so."""
    if isinstance(components, list):
        for one in components:
            relabel(one, before, after)
    elif isinstance(components, dict):
        if components.get("custom_id") == before:
            components["custom_id"] = after
        for value in components.values():
            relabel(value, before, after)


async def test_every_admin_command_refuses_who_may_not(world: World) -> None:
    """A member without rights and an admin in a direct message, with crafted requests: a sentence, in private."""
    member = world.double.add_user("member", world.here)
    alone = world.double.in_private(world.admin)
    admin = {
        command.name
        for command in world.double.world.commands.values()
        if command.body.get("default_member_permissions") is not None
    }
    stories = {key for key, _ in world.engine.story_titles(str(world.here.id))}
    refused = 0
    for name, options in list(leaves(world.double)):
        if name.split()[0] not in admin:
            continue
        values = {one["name"]: harmless(world, one) for one in options if one.get("required")}
        if any(value is None for value in values.values()):
            continue
        for player, words in ((member, "needs the permission Manage Server"), (alone, "works in a server")):
            answer = await player.slash(name, raw=True, **values)
            assert words in answer.text, name
            assert answer.is_ephemeral or player is alone, name
            refused += 1
        for option in [option for option in options if option.get("autocomplete")]:
            # Stories are for everybody; numbers, sources and the like are not.
            choices = await member.autocomplete(name, option["name"], "", raw=True)
            assert {choice.value for choice in choices} <= stories, name
    assert refused > 40
    await untouched(world)


async def test_counts_are_a_servers_own(world: World) -> None:
    """/status counts the stories, articles and sources that are seen here."""
    mine, theirs = [(await player.slash("status")).text for player in (world.admin, world.stranger)]
    assert f"2 from {len(MILL) + 1} articles" in mine
    assert f"1 from {len(MILL)} articles" in theirs
    assert "**Sources:** 1" in mine
    assert "**Sources:** 0" in theirs


async def test_in_private_only_what_is_common(world: World) -> None:
    """The first server's admin, in private with the bot: no server is around."""
    alone = world.double.in_private(world.admin)
    assert [] == world.leaks((await alone.slash("story")).text)
    answer = await alone.slash("digest", story=world.ids[0])
    assert [] == world.leaks(answer.text, world.ids[0])

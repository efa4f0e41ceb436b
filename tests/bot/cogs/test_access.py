"""/access and /log over a real connection: who is let in, by whom, and what was written down about it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.app import SitrepBot
from bot.audit import written
from bot.sandbox import Guild, LoopbackDiscord, Player
from bot.sandbox.model import Role
from tests.bot.fakes import NOW, FakeEngine
from tests.bot.running import running_bot
from tests.bot.waiting import eventually


@dataclasses.dataclass
class World:
    """A server with an admin, an editor whose role may be let in, and a reader; another server with its own admin."""

    double: LoopbackDiscord
    engine: FakeEngine
    bot: SitrepBot
    guild: Guild
    editors: Role
    admin: Player
    editor: Player
    reader: Player
    stranger: Player

    async def record(self, action: str, server: Guild | None = None, **details: str) -> None:
        await self.engine.servers.record(str((server or self.guild).id), str(self.admin.id), action, details)


@pytest.fixture
async def world(discord_double: LoopbackDiscord) -> AsyncIterator[World]:
    double, engine = discord_double, FakeEngine()
    here, there = double.add_guild("Newsroom"), double.add_guild("Elsewhere")
    for guild in (here, there):
        double.add_channel(guild, "news")
    editors = double.world.add_role(here, "editors")
    made = {
        "admin": double.add_user("admin", here, can="manage_guild"),
        "editor": double.add_user("editor", here, roles=(editors,)),
        "reader": double.add_user("reader", here),
        "stranger": double.add_user("stranger", there, can="manage_guild"),
    }
    async with running_bot(double, engine) as bot:
        yield World(double=double, engine=engine, bot=bot, guild=here, editors=editors, **made)


ADMIN_COMMANDS: dict[str, dict[str, Any]] = {
    "sources list": {},
    "subscriptions list": {},
    "access list": {},
    "log": {},
    "status": {},
}


@pytest.mark.parametrize("command", ADMIN_COMMANDS)
async def test_a_role_is_let_in_and_out(world: World, command: str) -> None:
    """Those who have it may administer until it is taken back; others may not."""
    assert "Manage Server" in (await world.editor.slash(command, raw=True)).text
    granted = await world.admin.slash("access grant", who=world.editors)
    assert granted.is_ephemeral
    assert "may use the admin commands" in granted.text
    assert "needs the permission" not in (await world.editor.slash(command, raw=True)).text
    assert "needs the permission" in (await world.reader.slash(command, raw=True)).text
    assert "may not use" in (await world.admin.slash("access revoke", who=world.editors)).text
    assert "needs the permission" in (await world.editor.slash(command, raw=True)).text


async def test_a_member_is_let_in(world: World) -> None:
    """One person; a later process knows it too; twice is said; what is not there cannot be taken back."""
    await world.admin.slash("access grant", who=world.reader.user)
    assert "has access already" in (await world.admin.slash("access grant", who=world.reader.user)).text
    assert "was not granted" in (await world.admin.slash("access revoke", who=world.editor.user)).text
    await world.engine.servers.load()
    assert "## Sources" in (await world.reader.slash("sources list", raw=True)).text
    listed = (await world.admin.slash("access list")).text
    assert f"- <@{world.reader.id}>" in listed
    assert "`/sources add`" in (await world.reader.slash("help")).text


async def test_nobody_is_listed_at_first(world: World) -> None:
    """Only Manage Server counts, and the command that changes it is named."""
    assert "/access grant lets others in" in (await world.admin.slash("access list")).text


async def test_who_was_let_in_lets_nobody_in(world: World) -> None:
    """Granting and revoking need Manage Server itself."""
    await world.admin.slash("access grant", who=world.editors)
    for command in ("grant", "revoke"):
        answer = await world.editor.slash(f"access {command}", who=world.reader.user, raw=True)
        assert "needs the permission Manage Server" in answer.text
    assert not world.engine.servers.is_granted(str(world.guild.id), str(world.reader.id), ())


async def test_everyone_and_bots_are_refused(world: World) -> None:
    """A role of all members, a bot, a bot's own role."""
    everyone = world.guild.roles[world.guild.id]
    assert "@everyone cannot be granted" in (await world.admin.slash("access grant", who=everyone)).text
    machine = world.double.add_user("machine", world.guild)
    machine.user.bot = True
    assert "is a bot" in (await world.admin.slash("access grant", who=machine.user)).text
    assert () == world.engine.servers.grants(str(world.guild.id))


async def test_grants_hold_in_their_server_alone(world: World) -> None:
    """The same person is nobody in another server, and its list and log say nothing of them."""
    await world.admin.slash("access grant", who=world.editor.user)
    there = world.double.in_guild(world.editor, world.stranger.guild)  # type: ignore[arg-type]
    assert "needs the permission" in (await there.slash("sources list", raw=True)).text
    assert str(world.editor.id) not in (await world.stranger.slash("access list")).text
    assert "Nothing was changed" in (await world.stranger.slash("log")).text


async def test_a_deleted_role_loses_its_access(world: World) -> None:
    """And the log says so."""
    await world.admin.slash("access grant", who=world.editors)
    data = {"guild_id": str(world.guild.id), "role_id": str(world.editors.id)}
    await world.double.gateway.emit("GUILD_ROLE_DELETE", data, guild_id=world.guild.id)
    # The next answer comes after the event: the library handles them in order.
    await world.admin.slash("access list")
    await written()
    assert () == world.engine.servers.grants(str(world.guild.id))
    assert "the role was deleted" in (await world.admin.slash("log")).text


async def test_the_log_says_who_changed_what(world: World) -> None:
    """Every admin command that changes something, newest first, in private; nobody is pinged."""
    await world.admin.slash("access grant", who=world.editors)
    news = next(iter(world.double.world.channels.values()))
    await world.admin.slash("subscriptions add", channel=news, at="08:00")
    await world.editor.slash("subscriptions pause", subscription="1", raw=True)
    log = await world.admin.slash("log")
    assert log.is_ephemeral
    assert [] == log.pings
    time = f"<t:{int(NOW.timestamp())}:f>"
    assert log.text.split("\n")[1:4] == [
        f"- {time} · <@{world.editor.id}> · **subscriptions pause** · number: 1",
        f"- {time} · <@{world.admin.id}> · **subscriptions add** · number: 1 · channel <#{news.id}> · times: 08:00 · "
        "days: mon, tue, wed, thu, fri, sat, sun · zone: UTC",
        f"- {time} · <@{world.admin.id}> · **access grant** · role <@&{world.editors.id}> · name: editors",
    ]
    theirs = (await world.admin.slash("log", who=world.editor.user)).text
    assert "subscriptions pause" in theirs
    assert "access grant" not in theirs


async def test_the_log_has_pages_that_outlive_the_process(world: World) -> None:
    """Older and newer; only who may administer this server turns them, and each sees their own server's."""
    for number in range(20):
        await world.record("sources.add", source=f"feed-{number}")
    first = await world.admin.slash("log")
    assert ["Older"] == [button.label for button in first.buttons]
    assert "feed-19" in first.text
    assert "page 1 of 3" in first.text
    second = await world.admin.click(first, "Older")
    assert ["Newer", "Older"] == [button.label for button in second.buttons]
    assert "feed-11" in second.text
    assert "Manage Server" in (await world.reader.click(second, "Older", raw=True)).text
    assert "feed-19" in (await world.admin.click(second, "Newer")).text


async def test_the_log_shows_hostile_words_as_words(world: World) -> None:
    """Names of feeds are others' words; addresses lose what may be a secret."""
    await world.record("sources.add", name="@everyone [free](https://evil.example)")
    text = (await world.admin.slash("log")).text
    assert "\\@everyone" in text
    assert "](https://evil" not in text
    await world.admin.slash("sources add", url="https://user:pw@harbour.example/rss?key=s3cret#x")
    await world.admin.slash("sources remove", source="nosuch")
    log = (await world.admin.slash("log")).text
    assert "harbour.example/rss" in log
    for secret in ("s3cret", "pw", "user:"):
        assert secret not in log


async def test_old_entries_are_forgotten(world: World) -> None:
    """A year back, no more; the clockwork removes them."""
    await world.record("sources.add", source="old")
    world.engine.clock = NOW + dt.timedelta(days=366)
    await world.bot.ticker.refresh()
    world.engine.clock = NOW
    assert "Nothing was changed" in (await world.admin.slash("log")).text


async def test_leaving_and_coming_back(world: World) -> None:
    """Thrown out: nothing is posted for it any more; invited again: everything is as it was."""
    server = str(world.guild.id)
    news = next(iter(world.double.world.channels.values()))
    await world.admin.slash("subscriptions add", channel=news, at="08:00")
    servers = world.engine.servers
    await world.double.remove_guild(world.guild)
    await eventually(lambda: world.bot.get_guild(world.guild.id) is None)
    await written()
    assert () == await servers.active_subscriptions()
    world.engine.clock = NOW + dt.timedelta(days=30)
    assert (server,) == await servers.to_forget()
    world.guild.has_bot = True
    world.double.world.add_member(world.guild, world.double.world.bot)
    await world.double.announce(world.guild)
    await eventually(lambda: world.bot.get_guild(world.guild.id) is not None)
    await world.admin.slash("subscriptions list")
    assert 1 == len(await servers.active_subscriptions())
    assert () == await servers.to_forget()

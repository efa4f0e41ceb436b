"""Which servers the bot is in, as the store knows it: right at the end, in whatever order events get to write it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest

from bot.cogs.presence import Presence
from bot.sandbox import LoopbackDiscord
from digests.store import servers as stored
from digests.store.connection import Database
from tests.bot.cogs.newsdesk import Desk, open_desk
from tests.bot.waiting import eventually


@pytest.fixture
async def desk(discord_double: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(discord_double, tmp_path) as made:
        await made.admin.slash("alerts", channel=made.news)
        yield made


def hold_reading(monkeypatch: pytest.MonkeyPatch, held: Any, gate: asyncio.Event) -> asyncio.Event:
    """Reading with the function `held` waits for `gate`; set when something waits there."""
    read, waits = Database.read, asyncio.Event()

    async def reading(self: Database, question: Any, *args: Any, **options: Any) -> Any:
        if question is held:
            waits.set()
            await gate.wait()
        return await read(self, question, *args, **options)

    monkeypatch.setattr(Database, "read", reading)
    return waits


def listener(desk: Desk) -> Presence:
    # Extensions are loaded anew for each bot: its class is not the one that is imported here.
    return cast(Presence, desk.bot.get_cog("Presence"))


async def test_a_server_that_comes_back_during_a_slow_start_is_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start has looked around without it, and writes down what it saw after the invitation was."""
    me = desk.guild.members[desk.double.world.bot.id]
    await desk.double.remove_guild(desk.guild)
    await eventually(lambda: desk.bot.get_guild(desk.guild.id) is None, what="server to go")
    gate = asyncio.Event()
    waits = hold_reading(monkeypatch, stored.load_known, gate)
    starting = asyncio.create_task(listener(desk).on_ready())
    await waits.wait()
    desk.guild.has_bot = True
    desk.guild.members[desk.double.world.bot.id] = me
    await desk.double.announce(desk.guild)
    await eventually(lambda: desk.bot.get_guild(desk.guild.id), what="server in memory")
    known = desk.bot.get_guild(desk.guild.id)
    assert known is not None
    back = asyncio.create_task(listener(desk).on_guild_available(known))
    # The invitation gets as far as it can while the start still waits for the store.
    await asyncio.wait({back}, timeout=0.2)
    gate.set()
    await asyncio.gather(starting, back)
    assert 1 == len(await desk.engine.watches.active())


async def test_a_server_that_leaves_during_a_slow_start_is_gone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start has seen it, and writes it down after it was thrown out."""
    gate = asyncio.Event()
    waits = hold_reading(monkeypatch, stored.load_known, gate)
    starting = asyncio.create_task(listener(desk).on_ready())
    await waits.wait()
    known = desk.bot.get_guild(desk.guild.id)
    assert known is not None
    await desk.double.remove_guild(desk.guild)
    await eventually(lambda: desk.bot.get_guild(desk.guild.id) is None, what="server to go")
    gone = asyncio.create_task(listener(desk).on_guild_remove(known))
    await asyncio.wait({gone}, timeout=0.2)
    gate.set()
    await asyncio.gather(starting, gone)
    assert () == await desk.engine.watches.active()


async def test_an_event_that_is_told_late_does_not_bring_a_server_back(desk: Desk) -> None:
    """The library holds back at its start that a server is there; by then it may have thrown the bot out."""
    known = desk.bot.get_guild(desk.guild.id)
    assert known is not None
    await desk.double.remove_guild(desk.guild)
    await eventually(lambda: desk.bot.get_guild(desk.guild.id) is None, what="server to go")
    await listener(desk).on_guild_remove(known)
    await listener(desk).on_guild_available(known)
    assert () == await desk.engine.watches.active()


async def test_a_server_that_left_while_the_connection_was_lost_is_gone(desk: Desk) -> None:
    """The new session does not name it, and the library keeps it in memory; the others stay."""
    ids = {guild.id for guild in desk.bot.guilds}
    assert len(ids) > 1
    desk.guild.has_bot = False
    desk.double.gateway.forget_sessions()
    desk.double.gateway.abort()
    await eventually(lambda: desk.bot.get_guild(desk.guild.id) is None, what="server to go", within=30)
    assert ids - {desk.guild.id} == {guild.id for guild in desk.bot.guilds}
    await until_written(desk)


async def until_written(desk: Desk) -> None:
    """Wait until nobody is told of the server any more."""
    async with asyncio.timeout(30):
        while await desk.engine.watches.active():  # noqa: ASYNC110 (another task writes)
            await asyncio.sleep(0.05)

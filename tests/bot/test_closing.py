"""A place that is closed to the bot: paused at once, told once to whoever set it up, the configuration kept."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Answer, Channel, LoopbackDiscord, Player, payloads
from bot.sandbox.control import CREATE_MESSAGE
from bot.sandbox.model import ChannelType, Role
from bot.subscribing import kept_in
from tests.bot.cogs.newsdesk import NOW, Desk, open_desk
from tests.bot.waiting import eventually

TIMES = {"at": "08:00", "zone": "UTC"}


@pytest.fixture
async def desk(discord_double: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(discord_double, tmp_path) as made:
        yield made


async def new_channel(desk: Desk, name: str) -> Channel:
    """One that the bot knows of, as of every channel of its servers."""
    made = desk.double.add_channel(desk.guild, name)
    await desk.double.announce(made)
    await eventually(lambda: desk.bot.get_channel(made.id), what="channel in memory")
    return made


async def new_role(desk: Desk, name: str) -> Role:
    """One that the bot knows of."""
    role = desk.double.world.add_role(desk.guild, name, mentionable=True)
    data = {"guild_id": str(desk.guild.id), "role": payloads.role(role)}
    await desk.double.gateway.emit("GUILD_ROLE_CREATE", data, guild_id=desk.guild.id)
    known = desk.bot.get_guild(desk.guild.id)
    await eventually(lambda: known and known.get_role(role.id), what="role in memory")
    return role


async def add(desk: Desk, channel: Channel, **options: Any) -> Answer:
    return await desk.admin.slash("subscriptions add", channel=channel, **TIMES, **options)


async def reasons(desk: Desk) -> list[str | None]:
    return [kept.pause_reason for kept in await kept_in(desk.engine, str(desk.guild.id))]


async def told(desk: Desk, player: Player, count: int = 1) -> list[str]:
    """The private messages of the bot, once there are so many."""
    look = desk.double.private_messages
    await desk.double.until(lambda: len(look(player)) >= count, what="private message")
    return [view.text for view in look(player)]


def posts(desk: Desk, channel: Channel) -> int:
    """How often the bot tried to write there."""
    path = f"/channels/{channel.id}/messages"
    return sum(1 for call in desk.double.calls if (call.method, call.path) == ("POST", path))


async def test_a_deleted_channel_pauses_its_digest_at_once(desk: Desk) -> None:
    """Before anything is due; who set it up reads why in private; another channel brings it back."""
    live = await new_channel(desk, "live")
    await add(desk, live, topic="ferry")
    await desk.double.remove_channel(live)
    (notice,) = await told(desk, desk.admin)
    assert "**Newsroom**" in notice
    assert f"Digest 1 in <#{live.id}> is paused: the channel is gone" in notice
    assert ["the channel is gone"] == await reasons(desk)
    (kept,) = await kept_in(desk.engine, str(desk.guild.id))
    assert ("ferry",) == kept.subscription.topics
    (entry, *_) = await desk.engine.servers.log(str(desk.guild.id), limit=1)
    assert (None, "subscriptions.pause") == (entry.actor, entry.action)
    for _ in range(3):
        await desk.bot.ticker.tick()
    assert 0 == posts(desk, live)
    assert 1 == len(await told(desk, desk.admin))
    await desk.admin.slash("subscriptions edit", subscription="1", channel=desk.news)
    assert "Digest resumed" in (await desk.admin.slash("subscriptions resume", subscription="1")).text


async def test_threads_go_with_their_channel(desk: Desk) -> None:
    """Discord tells of the channel alone."""
    talk = await new_channel(desk, "talk")
    thread = desk.double.add_channel(desk.guild, "ferry talk", type=ChannelType.PUBLIC_THREAD)
    thread.parent_id, thread.owner_id = talk.id, desk.reader.id
    await add(desk, thread)
    await desk.double.gateway.emit("THREAD_CREATE", payloads.channel(thread), guild_id=desk.guild.id)
    await eventually(lambda: desk.bot.get_channel(thread.id), what="thread in memory")
    await desk.double.remove_channel(talk)
    assert "is paused: the thread is gone" in (await told(desk, desk.admin))[0]
    assert ["the thread is gone"] == await reasons(desk)


async def test_a_deleted_thread_pauses_its_alerts_at_once(desk: Desk) -> None:
    """Also a thread that slept and is in nobody's memory; /alerts brings them back elsewhere."""
    thread = desk.double.add_channel(desk.guild, "live talk", type=ChannelType.PUBLIC_THREAD)
    thread.parent_id, thread.owner_id = desk.news.id, desk.reader.id
    await desk.admin.slash("alerts", channel=thread)
    await desk.bot.ticker.tick()
    before = posts(desk, thread)
    await desk.double.remove_channel(thread)
    assert f"The alerts in <#{thread.id}> are paused: the thread is gone" in (await told(desk, desk.admin))[0]
    assert "**paused**: the thread is gone" in (await desk.admin.slash("alerts")).text
    await desk.bot.ticker.tick()
    assert before == posts(desk, thread)


async def test_a_deleted_role_pauses_what_mentions_it(desk: Desk) -> None:
    """And takes the right to administer that it gave; resumed once it is replaced or taken away."""
    role = await new_role(desk, "desk")
    await add(desk, desk.news, role=role)
    await desk.admin.slash("access grant", who=role)
    await desk.double.remove_role(desk.guild, role)
    assert "is paused: the role that it mentions is gone" in (await told(desk, desk.admin))[0]
    assert ["the role that it mentions is gone"] == await reasons(desk)
    await eventually(lambda: not desk.engine.servers.grants(str(desk.guild.id)), what="grant to go")
    refused = await desk.admin.slash("subscriptions resume", subscription="1")
    assert "The role that it mentions is gone" in refused.text
    await desk.admin.slash("subscriptions edit", subscription="1", clear="role")
    assert "Digest resumed" in (await desk.admin.slash("subscriptions resume", subscription="1")).text


async def test_a_role_that_nothing_mentions_goes_in_silence(desk: Desk) -> None:
    """Nothing is paused, nobody is told."""
    role = await new_role(desk, "painters")
    await add(desk, desk.news)
    await desk.double.remove_role(desk.guild, role)
    known = desk.bot.get_guild(desk.guild.id)
    await eventually(lambda: known and known.get_role(role.id) is None, what="role to go")
    await desk.bot.ticker.tick()
    assert [None] == await reasons(desk)
    assert [] == desk.double.private_messages(desk.admin)


@pytest.mark.parametrize("code", [10003, 50001, 50013, 160005])
async def test_a_refused_message_pauses_and_tells_once(desk: Desk, code: int) -> None:
    """Channel gone, not visible, forbidden, thread locked: one try, one notice, nothing more."""
    await add(desk, desk.news)
    desk.engine._clock = lambda: NOW + dt.timedelta(days=1, minutes=1)
    desk.bot.ticker.delivery._now = desk.engine._clock
    desk.double.refuse(CREATE_MESSAGE, code, times=1)
    for _ in range(4):
        await desk.bot.ticker.tick()
    assert 1 == posts(desk, desk.news)
    assert [] == desk.double.messages(desk.news)
    assert 1 == len(await told(desk, desk.admin))
    desk.double.take_problems()


async def test_who_has_left_is_not_told_but_the_owner(desk: Desk) -> None:
    """The member to whom the server belongs."""
    await add(desk, desk.news)
    del desk.guild.members[desk.admin.id]
    owner = desk.double.world.users[desk.guild.owner_id]
    await desk.double.remove_channel(desk.news)
    private = desk.double.world.private_channel(owner)
    await desk.double.until(lambda: desk.double.messages(private), what="private message")
    assert "the channel is gone" in desk.double.messages(private)[0].text
    assert [] == desk.double.private_messages(desk.admin)
    desk.double.take_problems()


async def test_who_takes_no_private_messages_reads_it_in_the_list(desk: Desk) -> None:
    """It is paused all the same."""
    live = await new_channel(desk, "live")
    await add(desk, live)
    desk.admin.user.accepts_private = False
    await desk.double.remove_channel(live)
    async with asyncio.timeout(30):
        while await reasons(desk) != ["the channel is gone"]:  # noqa: ASYNC110 (the store rings no bell)
            await asyncio.sleep(0.01)
    assert "**Paused: the channel is gone**" in (await desk.admin.slash("subscriptions list")).text
    desk.double.take_problems()


async def test_alerts_rest_while_the_bot_is_thrown_out(desk: Desk) -> None:
    """Nothing is tried meanwhile, nothing is paused; invited again, they go on."""
    live = await new_channel(desk, "live")
    await desk.admin.slash("alerts", channel=live)
    await desk.bot.ticker.tick()
    before = posts(desk, live)
    me = desk.guild.members[desk.double.world.bot.id]
    await desk.double.remove_guild(desk.guild)
    await eventually(lambda: desk.bot.get_guild(desk.guild.id) is None, what="server to go")
    async with asyncio.timeout(30):
        while await desk.engine.watches.active():  # noqa: ASYNC110 (the store rings no bell)
            await asyncio.sleep(0.01)
    await desk.bot.ticker.tick()
    assert before == posts(desk, live)
    desk.guild.has_bot = True
    desk.guild.members[desk.double.world.bot.id] = me
    await desk.double.announce(desk.guild)
    async with asyncio.timeout(30):
        while not await desk.engine.watches.active():  # noqa: ASYNC110 (the store rings no bell)
            await asyncio.sleep(0.01)
    assert "paused" not in (await desk.admin.slash("alerts")).text

"""The real library logs in to the double, syncs its commands, and sees the servers it is in."""

from __future__ import annotations

import discord
import pytest

from bot.sandbox import ClientRefused, Settings
from tests.bot.sandbox.sample_bot import SampleBot
from tests.bot.waiting import eventually


async def test_login_reaches_ready(town, bot):
    """User, application, server and channel arrive in the library."""
    assert bot.user.id == town.discord.world.bot.id
    assert [guild.name for guild in bot.guilds] == ["Exampletown"]
    assert town.room(bot).name == "news"
    assert town.room(bot).permissions_for(bot.guilds[0].me).send_messages
    assert [call.path for call in town.discord.calls[:2]] == ["/users/@me", "/oauth2/applications/@me"]


async def test_login_asks_for_shards(town, start):
    """Without a shard count the library asks `GET /gateway/bot`, and each shard gets its own servers."""
    town.discord.settings.shards = 2
    other = town.discord.add_guild("Otherville")
    bot = await start()
    assert bot.shard_count == 2
    assert {guild.id for guild in bot.guilds} == {town.guild.id, other.id}
    assert all(guild.shard_id == (guild.id >> 22) % 2 for guild in bot.guilds)
    assert town.discord.gateway.session_start_limit()["remaining"] == 1000 - 2


async def test_wrong_token_is_refused(town):
    """401 becomes the library's LoginFailure, and counts as an invalid request."""
    bot = SampleBot(shard_count=1)
    with pytest.raises(discord.LoginFailure):
        await bot.start("wrong")
    await bot.close()
    assert town.discord.limits.invalid_count == 1


async def test_privileged_intents_are_refused(town, start):
    """4014 when an intent is asked for that the application was not granted."""
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await start(shard_count=1, intents=discord.Intents(guilds=True, members=True))


async def test_sync_keeps_ids_of_unchanged_commands(town, bot):
    """A second sync keeps ids; a changed command gets a new version, a removed one goes."""
    before = {command.name: (command.id, command.version) for command in town.discord.world.commands.values()}
    bot.tree.remove_command("files")
    bot.tree.get_command("hello").description = "Greets in other words"
    await bot.tree.sync()
    after = {command.name: (command.id, command.version) for command in town.discord.world.commands.values()}
    assert set(before) - set(after) == {"files"}
    assert after["hello"][0] == before["hello"][0]
    assert after["hello"][1] != before["hello"][1]
    assert after["digest"] == before["digest"]


async def test_command_creations_are_counted(town, bot):
    """30034 once a day's creations are used up."""
    town.discord.settings.command_creates_per_day = len(town.discord.world.commands)
    bot.tree.add_command(discord.app_commands.Command(name="new", description="n", callback=_new))
    with pytest.raises(discord.HTTPException) as caught:
        await bot.tree.sync()
    assert caught.value.code == 30034


async def _new(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("new")


async def test_guild_commands_are_apart(town, bot):
    """A command synced to one server is offered there only."""
    guild = discord.Object(town.guild.id)
    bot.tree.add_command(
        discord.app_commands.Command(name="local", description="n", callback=_new), guild=guild
    )
    await bot.tree.sync(guild=guild)
    assert (await town.reader.slash("local")).text == "new"
    with pytest.raises(ClientRefused, match="not registered"):
        await town.discord.in_private(town.reader).slash("local")


async def test_a_server_may_come_and_go(town, bot):
    """GUILD_CREATE and GUILD_DELETE reach the library."""
    guild = town.discord.add_guild("Newtown")
    town.discord.add_channel(guild, "general")
    await town.discord.announce(guild)
    await eventually(lambda: bot.get_guild(guild.id) is not None)
    await town.discord.remove_guild(guild)
    await eventually(lambda: bot.get_guild(guild.id) is None)


def test_settings_are_discords_own():
    """The defaults are the figures of the documentation."""
    settings = Settings()
    assert (settings.first_answer_s, settings.interaction_token_s) == (3.0, 900.0)
    assert (settings.heartbeat_interval_ms, settings.session_starts_per_day) == (41_250, 1000)


async def test_a_channel_may_be_made_later(town, bot):
    """CHANNEL_CREATE and its permissions reach the library."""
    late = town.discord.add_channel(town.guild, "late")
    await town.discord.announce(late)
    await eventually(lambda: bot.get_channel(late.id) is not None)
    await town.discord.deny(late, "send_messages")
    channel = bot.get_channel(late.id)
    await eventually(lambda: not channel.permissions_for(channel.guild.me).send_messages)

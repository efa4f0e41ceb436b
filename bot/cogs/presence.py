"""What Discord tells of servers, channels and roles that come and go. No command: it listens.

A server that threw the bot out is forgotten in time; what is posted in a channel that was deleted is paused at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

import discord
from discord.ext import commands

from bot.sender import CLOSED, UNKNOWN_CHANNEL
from bot.services import ServiceBot
from bot.tongue import phrase
from digests import DigestError

log = logging.getLogger(__name__)

CHANNEL_GONE = CLOSED[UNKNOWN_CHANNEL]
THREAD_GONE = phrase("the thread is gone")


class Presence(commands.Cog):
    def __init__(self, bot: ServiceBot) -> None:
        self.bot = bot
        self.servers = bot.services.engine.servers
        # Whether the bot is in a server is written down by one event at a time, as it is at that moment and not as the
        # event told it: events run side by side, wait for the store, and what the slower one knows may be over.
        self._one_at_a_time = asyncio.Lock()
        # What a shard's servers were when its connection was lost.
        self._lost: dict[int, dict[int, discord.Guild]] = {}

    @commands.Cog.listener()
    async def on_shard_disconnect(self, shard_id: int) -> None:
        self._lost[shard_id] = {guild.id: guild for guild in self.bot.guilds if guild.shard_id == shard_id}

    @commands.Cog.listener()
    async def on_shard_connect(self, shard_id: int) -> None:
        """A new session names all servers of the shard; those that it does not name are left in memory by the library.

        Of each that is named the library has made a new object by now. A client without shards starts with none.
        """
        for guild in self._lost.pop(shard_id, {}).values():
            if self.bot.get_guild(guild.id) is guild:
                log.info("left while away server=%s", guild.id)
                self.bot._connection._remove_guild(guild)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """After all shards: what happened while the bot was away. Servers with an outage are among them."""
        async with self._one_at_a_time:
            await self.servers.are_in({str(guild.id) for guild in self.bot.guilds})

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        log.info("joined server=%s", guild.id)
        for place in (*guild.channels, *guild.threads):
            # Closed to the bot while it was not a member.
            self.bot.reopen_channel(str(place.id))
        await self._write_down(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Back after an outage; also how a server may announce itself after an invitation."""
        await self._write_down(guild)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Thrown out, or the server is gone; an outage of Discord's does not come here."""
        log.info("left server=%s", guild.id)
        await self._write_down(guild)

    async def _write_down(self, guild: discord.Guild) -> None:
        """Whether the bot is in this server now."""
        async with self._one_at_a_time:
            if self.bot.get_guild(guild.id) is not None:
                await self.servers.joined(str(guild.id))
                return
            places = [*guild.channels, *guild.threads]
            await self.servers.left(str(guild.id), {str(place.id) for place in places})

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Its threads go with it, and Discord says nothing of them."""
        threads = [thread.id for thread in channel.guild.threads if thread.parent_id == channel.id]
        for place in (channel.id, *threads):
            await self._gone(channel.guild.id, place, CHANNEL_GONE if place == channel.id else THREAD_GONE)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Also one that slept and is not in memory."""
        await self._gone(payload.guild_id, payload.thread_id, THREAD_GONE)

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        log.info("role gone server=%s role=%s", role.guild.id, role.id)
        await self._safely(self.bot.role_gone(str(role.guild.id), str(role.id)))

    async def _gone(self, server: int, place: int, reason: str) -> None:
        log.info("channel gone server=%s channel=%s", server, place)
        await self._safely(self.bot.channel_gone(str(place), reason))

    async def _safely(self, change: Coroutine[Any, Any, None]) -> None:
        try:
            await change
        except DigestError as exc:
            # The next message that is refused finds it again.
            log.error("not paused at once reason=%s", exc)


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Presence(bot))

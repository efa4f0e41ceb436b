"""Which servers the bot is in. No command: it listens, so that a server that threw it out is forgotten in time."""

from __future__ import annotations

import logging

import discord
from discord.ext import commands

from bot.services import ServiceBot

log = logging.getLogger(__name__)


class Presence(commands.Cog):
    def __init__(self, bot: ServiceBot) -> None:
        self.bot = bot
        self.servers = bot.services.engine.servers

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """After all shards: what happened while the bot was away. Servers with an outage are among them."""
        await self.servers.are_in({str(guild.id) for guild in self.bot.guilds})

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        log.info("joined server=%s", guild.id)
        await self.servers.joined(str(guild.id))

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Back after an outage; also how a server may announce itself after an invitation."""
        await self.servers.joined(str(guild.id))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Thrown out, or the server is gone; an outage of Discord's does not come here."""
        log.info("left server=%s", guild.id)
        places = [*guild.channels, *guild.threads]
        await self.servers.left(str(guild.id), {str(place.id) for place in places})


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Presence(bot))

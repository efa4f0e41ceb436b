"""/status: how the bot is, for those who manage a server."""

from __future__ import annotations

import math
from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.checks import owner_of, require_manager
from bot.render.markup import timestamp
from bot.render.status import NextPost, StatusLine, render_status, size_words
from bot.schedule import next_slot
from bot.services import ServiceBot
from bot.views.layout import answer
from digests import EngineStatus


class Status(commands.Cog):
    def __init__(self, bot: ServiceBot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def status(self, interaction: Interaction[Any]) -> None:
        """Show version, store, last refresh, failing sources, next posts and the connection."""
        require_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        status = await self.bot.services.engine.status()
        waiting = len(await self.bot.services.engine.unfinished_parts())
        owner = owner_of(interaction)
        failing = [(one.name, one.error or "unknown") for one in status.failing if one.owner in (None, owner)]
        page = render_status(
            self._lines(status, waiting), failing=failing, next_posts=self._next_posts(owner)
        )
        await answer(interaction, page, private=True)

    def _lines(self, status: EngineStatus, waiting: int) -> list[StatusLine]:
        refreshed = timestamp(status.last_refresh, "R") if status.last_refresh else "never"
        if status.is_refreshing:
            refreshed += ", and one is running now"
        latency = self.bot.latency
        beat = f"{latency * 1000:.0f} ms" if math.isfinite(latency) else "not connected"
        return [
            StatusLine(label="Version", text=status.version),
            StatusLine(label="Stories", text=f"{status.stories:,} from {status.articles:,} articles"),
            StatusLine(label="Store", text=f"{size_words(status.store_bytes)}, schema {status.schema}"),
            StatusLine(label="Sources", text=f"{status.sources}, failing: {len(status.failing)}"),
            StatusLine(label="Last refresh", text=refreshed),
            StatusLine(label="Waiting to be posted", text=f"{waiting} messages"),
            StatusLine(label="Gateway", text=f"{beat}, shards: {self.bot.shard_count or 1}"),
            StatusLine(
                label="Libraries", text=f"SQLite {status.sqlite}, {status.expat.replace('expat_', 'Expat ')}"
            ),
        ]

    def _next_posts(self, owner: str | None) -> list[NextPost]:
        """The next digest of each subscription that posts in this server, soonest first."""
        now = self.bot.services.engine.now()
        found = []
        for subscription in self.bot.services.config.digests:
            slot = next_slot(subscription, now)
            if slot is not None and self._is_in(subscription.channel, owner):
                found.append(NextPost(name=subscription.id, at=slot.instant, channel=subscription.channel))
        return sorted(found, key=lambda post: post.at)

    def _is_in(self, channel: str, owner: str | None) -> bool:
        """Whether a channel belongs to the server that asks."""
        guild = getattr(self.bot.get_channel(int(channel)), "guild", None)
        return guild is not None and str(guild.id) == owner


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Status(bot))

"""/status: how the bot is, for those who manage a server."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.checks import require_manager, server_of
from bot.config import Subscription
from bot.render.card import article_words
from bot.render.markup import timestamp
from bot.render.status import NextPost, PausedPost, StatusLine, render_status, size_words
from bot.schedule import next_slot
from bot.services import ServiceBot
from bot.subscribing import Kept, kept_in
from bot.tongue import say, say_count, tongue
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
        engine, owner = self.bot.services.engine, server_of(interaction)
        status = await engine.status(owner=owner)
        waiting = sum(self._is_in(part.destination, owner) for part in await engine.unfinished_parts())
        failing = [(one.name, one.error or say("unknown")) for one in status.failing]
        kept = await kept_in(engine, owner)
        page = render_status(
            self._lines(status, waiting),
            failing=failing,
            next_posts=self._next_posts(owner, kept),
            paused=self._paused(owner, kept),
        )
        await answer(interaction, page, private=True)

    def _lines(self, status: EngineStatus, waiting: int) -> list[StatusLine]:
        refreshed = timestamp(status.last_refresh, "R") if status.last_refresh else say("never")
        if status.is_refreshing:
            refreshed = say("{moment}, and one is running now", moment=refreshed)
        latency = self.bot.latency
        beat = f"{latency * 1000:.0f} ms" if math.isfinite(latency) else say("not connected")
        return [
            StatusLine(label=say("Version"), text=status.version),
            StatusLine(
                label=say("Stories"),
                text=say(
                    "{stories} from {articles}",
                    stories=tongue().number(status.stories),
                    articles=article_words(status.articles),
                ),
            ),
            StatusLine(
                label=say("Store"),
                text=say(
                    "{size}, schema {schema}",
                    size=size_words(status.store_bytes),
                    schema=status.schema,
                )
                + (
                    " · " + say("damaged: nothing new is read until a backup is put back")
                    if status.damage
                    else ""
                ),
            ),
            StatusLine(
                label=say("Sources"),
                text=say(
                    "{sources}, failing: {failing}", sources=status.sources, failing=len(status.failing)
                ),
            ),
            StatusLine(label=say("Last refresh"), text=refreshed),
            StatusLine(
                label=say("Waiting to be posted"),
                text=say_count("{count} message", "{count} messages", waiting),
            ),
            StatusLine(
                label=say("Gateway"),
                text=say("{beat}, shards: {count}", beat=beat, count=self.bot.shard_count or 1),
            ),
            *self._refused(),
            StatusLine(
                label=say("Libraries"),
                text=f"SQLite {status.sqlite}, {status.expat.replace('expat_', 'Expat ')}",
            ),
        ]

    def _refused(self) -> list[StatusLine]:
        """How many requests Discord refused, where there are any."""
        refusals = self.bot.refusals
        if refusals.count == 0:
            return []
        text = say_count("{count} request in ten minutes", "{count} requests in ten minutes", refusals.count)
        if refusals.rest_s > 0:
            text += " · " + say("nothing is posted until there are fewer")
        return [StatusLine(label=say("Refused by Discord"), text=text)]

    def _configured(self, owner: str) -> list[Subscription]:
        """Digests of the configuration file that post in this server."""
        return [one for one in self.bot.services.config.digests if self._is_in(one.channel, owner)]

    def _next_posts(self, owner: str, kept: Sequence[Kept]) -> list[NextPost]:
        """The next digest of each subscription that posts in this server, soonest first."""
        now = self.bot.services.engine.now()
        closed = self.bot.paused_channels
        posting = [(one.id, one) for one in self._configured(owner) if one.channel not in closed]
        posting += [
            (say("Digest {number}", number=one.number), one.subscription)
            for one in kept
            if one.paused_at is None
        ]
        found = []
        for name, subscription in posting:
            slot = next_slot(subscription, now)
            if slot is not None:
                found.append(NextPost(name=name, at=slot.instant, channel=subscription.channel))
        return sorted(found, key=lambda post: post.at)

    def _paused(self, owner: str, kept: Sequence[Kept]) -> list[PausedPost]:
        """What does not post, and why: the server's own digests, and configured ones whose channel is closed."""
        found = [
            PausedPost(
                name=say("Digest {number}", number=one.number),
                channel=one.subscription.channel,
                reason=one.pause_reason,
            )
            for one in kept
            if one.paused_at is not None
        ]
        for one in self._configured(owner):
            reason = self.bot.paused_channels.get(one.channel)
            if reason is not None:
                until = say("{reason}; nothing is posted there until a restart", reason=say(reason))
                found.append(PausedPost(name=one.id, channel=one.channel, reason=until))
        return found

    def _is_in(self, channel: str, owner: str) -> bool:
        """Whether a channel belongs to the server that asks."""
        guild = getattr(self.bot.get_channel(int(channel)), "guild", None)
        return guild is not None and str(guild.id) == owner


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Status(bot))

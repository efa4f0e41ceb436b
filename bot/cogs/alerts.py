"""/alerts: a channel in which stories are followed live. Always answered in private."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
from discord import Interaction, app_commands
from discord.ext import commands

from bot.audit import record_action
from bot.checks import require_manager, server_of
from bot.errors import Refusal
from bot.places import Chosen, PlaceOption, find_place
from bot.render.alerts import cooldown_words, render_alerts
from bot.render.page import Page
from bot.services import ServiceBot
from bot.tongue import say
from bot.views.layout import answer
from digests import Watch, WatchKind

#: Minutes between two messages about one story, at least; the live card is brought up to date all the while.
COOLDOWN = 30
LONGEST_COOLDOWN = 24 * 60


class Alerts(commands.Cog):
    def __init__(self, bot: ServiceBot) -> None:
        self.bot = bot
        self.engine = bot.services.engine

    @app_commands.command()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    @app_commands.describe(
        channel="Where a live card per story and short alerts are posted; without it the list of such channels",
        cooldown="Minutes between two alerts about one story, at least; without it 30",
        off="End the alerts in this channel",
    )
    async def alerts(
        self,
        interaction: Interaction[Any],
        channel: app_commands.Transform[Chosen, PlaceOption] | None = None,
        cooldown: app_commands.Range[int, 0, LONGEST_COOLDOWN] | None = None,
        off: bool = False,
    ) -> None:
        """Follow stories live in a channel: a card that stays current, and an alert when one moves."""
        require_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        known = await self.engine.watches.alerts(server_of(interaction))
        if channel is None:
            await answer(interaction, render_alerts(known), private=True)
            return
        found = next((one for one in known if one.channel == str(channel.id)), None)
        words = await (
            self._end(interaction, found) if off else self._begin(interaction, channel, found, cooldown)
        )
        await answer(interaction, Page(blocks=(words,)), private=True)

    async def _begin(
        self, interaction: Interaction[Any], chosen: Chosen, found: Watch | None, cooldown: int | None
    ) -> str:
        place = await find_place(interaction, chosen)
        if isinstance(place, discord.ForumChannel):
            raise Refusal(
                say("Live cards need a text channel or a thread, not a forum. Pick another channel.")
            )
        if found is None:
            found = await self.engine.watches.add(
                WatchKind.ALERTS,
                owner=server_of(interaction),
                channel=str(place.id),
                by=str(interaction.user.id),
                cooldown_minutes=COOLDOWN if cooldown is None else cooldown,
            )
            if found is None:
                raise Refusal(
                    say("This server has alerts in many channels already. End one with /alerts and off:true.")
                )
        else:
            found = replace(found, cooldown_minutes=found.cooldown_minutes if cooldown is None else cooldown)
            await self.engine.watches.change(found)
            await self.engine.watches.resume(found.id)
        self.bot.reopen_channel(found.channel)
        await record_action(interaction, "alerts.on", channel=found.channel, cooldown=found.cooldown_minutes)
        return say(
            "<#{id}> gets a card for each story in the news, which stays current in its place, "
            "and one short message when a figure moves or a dispute opens: {pace}, and "
            "none for a figure that goes back and forth.",
            id=place.id,
            pace=cooldown_words(found),
        )

    async def _end(self, interaction: Interaction[Any], found: Watch | None) -> str:
        if found is None:
            raise Refusal(
                say("There are no alerts in this channel. /alerts without options shows where there are.")
            )
        await self.engine.watches.remove(found.id)
        await record_action(interaction, "alerts.off", channel=found.channel)
        return say(
            "No more alerts in <#{channel}>. The cards that stand there stay as they are.",
            channel=found.channel,
        )


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Alerts(bot))

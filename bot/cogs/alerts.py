"""/alerts: a channel in which stories are followed live. Always answered in private."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
from discord import Interaction, app_commands
from discord.ext import commands

from bot.audit import record_action
from bot.checks import require_manager, server_of
from bot.choices import zone_choices
from bot.errors import Refusal
from bot.places import Chosen, PlaceOption, find_place
from bot.render.alerts import cooldown_words, render_alerts
from bot.render.page import Page
from bot.services import ServiceBot
from bot.timetable import find_zone, parse_hours
from bot.tongue import phrase, say
from bot.views.layout import answer
from bot.wishes import LANGUAGE_CHOICES, read_language
from digests import Watch, WatchKind

#: Minutes between two messages about one story, at least; the live card is brought up to date all the while.
COOLDOWN = 30
LONGEST_COOLDOWN = 24 * 60
NO_PLACE = phrase(
    "Live cards need a text channel or a thread; <#{channel_id}> is neither. Pick another channel."
)


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
        language="Language of the cards and alerts; without it that of the server",
        quiet_hours="Hours in which no alert comes: 22:00-07:00; off for none",
        zone="Time zone of the quiet hours, such as Europe/Berlin",
    )
    @app_commands.choices(language=LANGUAGE_CHOICES)
    async def alerts(
        self,
        interaction: Interaction[Any],
        channel: app_commands.Transform[Chosen, PlaceOption] | None = None,
        cooldown: app_commands.Range[int, 0, LONGEST_COOLDOWN] | None = None,
        off: bool = False,
        language: str | None = None,
        quiet_hours: str | None = None,
        zone: str | None = None,
    ) -> None:
        """Follow stories live in a channel: a card that stays current, and an alert when one moves."""
        require_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        known = await self.engine.watches.alerts(server_of(interaction))
        if channel is None:
            await answer(interaction, render_alerts(known), private=True)
            return
        found = next((one for one in known if one.channel == str(channel.id)), None)
        if off:
            words = await self._end(interaction, found)
        else:
            wanted = _read(cooldown, language, quiet_hours, zone)
            words = await self._begin(interaction, channel, found, wanted)
        await answer(interaction, Page(blocks=(words,)), private=True)

    alerts.autocomplete("zone")(zone_choices)

    async def _begin(
        self, interaction: Interaction[Any], chosen: Chosen, found: Watch | None, wanted: dict[str, Any]
    ) -> str:
        place = await find_place(interaction, chosen, no_place=NO_PLACE)
        if isinstance(place, discord.ForumChannel):
            raise Refusal(say(NO_PLACE, channel_id=place.id))
        if found is None:
            found = await self.engine.watches.add(
                WatchKind.ALERTS,
                owner=server_of(interaction),
                channel=str(place.id),
                by=str(interaction.user.id),
                cooldown_minutes=wanted.get("cooldown_minutes", COOLDOWN),
            )
            if found is None:
                raise Refusal(
                    say("This server has alerts in many channels already. End one with /alerts and off:true.")
                )
            found = replace(found, **wanted)
            await self.engine.watches.change(found)
        else:
            found = replace(found, **wanted)
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


def _read(
    cooldown: int | None, language: str | None, quiet_hours: str | None, zone: str | None
) -> dict[str, Any]:
    """What was typed, as fields of a watch. Raises Refusal."""
    found: dict[str, Any] = {}
    if cooldown is not None:
        found["cooldown_minutes"] = cooldown
    if language is not None:
        found["language"] = read_language(language)
    if quiet_hours is not None:
        found["quiet_hours"] = None if quiet_hours.strip().casefold() == "off" else parse_hours(quiet_hours)
    if zone is not None:
        found["zone"] = find_zone(zone)
    return found


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Alerts(bot))

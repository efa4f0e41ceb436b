"""/timeline: the dated events of a story in order."""

from __future__ import annotations

from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.asking import answer_view, parse_day
from bot.choices import suggest_stories
from bot.errors import Refusal
from bot.services import ServiceBot
from bot.tongue import say
from bot.views.story import Filters, StoryView


class Timeline(commands.Cog):
    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.rename(first="from", last="to")
    @app_commands.describe(
        story="Which story; without it the one that matters most now",
        first="From this day on: 2024-01-17",
        last="Up to this day: 2024-01-18",
        private="Show the answer only to you",
    )
    @app_commands.autocomplete(story=suggest_stories)
    async def timeline(
        self,
        interaction: Interaction[Any],
        story: str | None = None,
        first: str | None = None,
        last: str | None = None,
        private: bool = False,
    ) -> None:
        """Show what happened when: dated, planned events marked, background set apart."""
        filters = Filters(first=parse_day(first, "from"), last=parse_day(last, "to"))
        if filters.first and filters.last and filters.first > filters.last:
            raise Refusal(say("`from` is after `to`. Swap them, or leave one out."))
        await answer_view(interaction, StoryView.TIMELINE, story, private=private, filters=filters)


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Timeline())

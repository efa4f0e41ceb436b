"""/changes: what is new in a story since a moment, from the articles' own times."""

from __future__ import annotations

from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.asking import answer_view, parse_since
from bot.choices import suggest_stories
from bot.services import ServiceBot
from bot.views.story import Filters, StoryView


class Changes(commands.Cog):
    def __init__(self, bot: ServiceBot) -> None:
        self.engine = bot.services.engine

    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(
        story="Which story; without it the one that matters most now",
        since="Since when: 24h, 3d, 2024-01-17; without it the story's last day of news",
        private="Show the answer only to you",
    )
    @app_commands.autocomplete(story=suggest_stories)
    async def changes(
        self,
        interaction: Interaction[Any],
        story: str | None = None,
        since: str | None = None,
        private: bool = False,
    ) -> None:
        """Show what is new: figures moved, disputes opened or settled, reactions, events, corrections."""
        filters = Filters(since=parse_since(since, self.engine.now()))
        await answer_view(interaction, StoryView.CHANGES, story, private=private, filters=filters)


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Changes(bot))

"""/conflicts: where accounts of a story cannot both hold, and why."""

from __future__ import annotations

from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.asking import answer_view
from bot.choices import suggest_stories
from bot.services import ServiceBot
from bot.views.story import StoryView


class Conflicts(commands.Cog):
    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(
        story="Which story; without it the one that matters most now", private="Show the answer only to you"
    )
    @app_commands.autocomplete(story=suggest_stories)
    async def conflicts(
        self, interaction: Interaction[Any], story: str | None = None, private: bool = False
    ) -> None:
        """Show where figures and accounts conflict, side by side, and why."""
        await answer_view(interaction, StoryView.CONFLICTS, story, private=private)


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Conflicts())

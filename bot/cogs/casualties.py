"""/casualties: the figures of a story, per incident, with who says them."""

from __future__ import annotations

from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.asking import answer_view
from bot.choices import choose, suggest_stories
from bot.services import ServiceBot
from bot.views.story import Filters, StoryView
from digests import MEASURE_LABELS, Measure

#: The value of `measure` that keeps every kind of figure.
ALL = "all"


class Casualties(commands.Cog):
    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(
        story="Which story; without it the one that matters most now",
        measure="Which figures; without it all of them",
        private="Show the answer only to you",
    )
    @app_commands.autocomplete(story=suggest_stories)
    @app_commands.choices(
        measure=[
            *(
                app_commands.Choice(name=label, value=measure.value)
                for measure, label in MEASURE_LABELS.items()
            ),
            app_commands.Choice(name="All", value=ALL),
        ]
    )
    async def casualties(
        self,
        interaction: Interaction[Any],
        story: str | None = None,
        measure: str = ALL,
        private: bool = False,
    ) -> None:
        """Show who says how many were killed, injured, missing, detained or displaced."""
        filters = Filters(measure=None if measure == ALL else choose(Measure, measure))
        await answer_view(interaction, StoryView.FIGURES, story, private=private, filters=filters)


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Casualties())

"""/digest: the card of a story, or the digest of a server's stories."""

from __future__ import annotations

from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.asking import answer_view, parse_since
from bot.choices import suggest_stories
from bot.services import ServiceBot
from bot.views.story import NO_FILTERS, Filters, StoryView


class Digest(commands.Cog):
    def __init__(self, bot: ServiceBot) -> None:
        self.engine = bot.services.engine

    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(
        story="Which story; without it all stories, the most important first",
        since="Only what is new since then: 24h, 3d, 2024-01-17",
        private="Show the answer only to you",
    )
    @app_commands.autocomplete(story=suggest_stories)
    async def digest(
        self,
        interaction: Interaction[Any],
        story: str | None = None,
        since: str | None = None,
        private: bool = False,
    ) -> None:
        """Show what is known: key facts, figures, conflicts, reactions, timeline, sources."""
        moment = parse_since(since, self.engine.now())
        view = StoryView.OVERVIEW if story is None else StoryView.CARD
        filters = Filters(since=moment) if story is None else NO_FILTERS
        await answer_view(interaction, view, story, private=private, filters=filters, not_before=moment)


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Digest(bot))

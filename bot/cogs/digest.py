"""/digest: the card of a story, or the digest of a server's stories."""

from __future__ import annotations

from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.asking import QUICK_SECONDS, answer_view, find_story, parse_since
from bot.checks import owner_of
from bot.choices import suggest_stories
from bot.errors import Refusal
from bot.render.markup import timestamp
from bot.services import ServiceBot
from bot.views.story import Filters, StoryView


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
        if story is None:
            filters = Filters(since=moment)
            await answer_view(interaction, StoryView.OVERVIEW, None, private=private, filters=filters)
            return
        if moment is not None:
            owner = owner_of(interaction)
            story = await find_story(self.engine, owner, story, QUICK_SECONDS) or story
            found = await self.engine.story(story, owner=owner)
            if found.last_published is not None and found.last_published < moment:
                raise Refusal(
                    f"Nothing new in this story since {timestamp(moment)}. Leave out `since` to see it."
                )
        await answer_view(interaction, StoryView.CARD, story, private=private)


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Digest(bot))

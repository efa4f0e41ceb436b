"""/source: from a number on the last card to the sentence in its article."""

from __future__ import annotations

import asyncio
from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.asking import QUICK_SECONDS
from bot.checks import owner_of
from bot.errors import Refusal
from bot.render.passages import MAX_PASSAGES, render_passages
from bot.services import ServiceBot
from bot.shown import find_line, last_card
from bot.tongue import address, phrase, say
from bot.views.buttons import ANSWER_SECONDS
from bot.views.layout import answer
from digests import NotFound, Passage, ShownLine

GONE = phrase("The article behind this line is not there any more. Use /digest to see what is known now.")


class Source(commands.Cog):
    def __init__(self, bot: ServiceBot) -> None:
        self.engine = bot.services.engine

    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(
        figure="The number of a figure on the last card here: 2 for the one marked F2",
        line="The number of any other line on the last card here",
        private="Show the answer only to you",
    )
    async def source(
        self,
        interaction: Interaction[Any],
        figure: int | None = None,
        line: int | None = None,
        private: bool = False,
    ) -> None:
        """Show the sentence behind a figure or line of the last card here, and the rule that read it."""
        wanted = await self._wanted(interaction, figure, line)
        await interaction.response.defer(ephemeral=private, thinking=True)
        address(interaction, private=private)
        async with asyncio.timeout(ANSWER_SECONDS):
            if wanted is None:
                wanted = find_line(await last_card(interaction), figure=figure, line=line)
            passages = await self._passages(wanted, owner_of(interaction))
            edits = await self.engine.edits([passage.article.id for passage in passages])
        await answer(interaction, render_passages(wanted, passages, edits), private=private)

    async def _wanted(
        self, interaction: Interaction[Any], figure: int | None, line: int | None
    ) -> ShownLine | None:
        """The line that is meant; `None` when that is not known soon. A wrong number is refused in private.

        Behind a deferral that all may see, so would be the refusal.
        """
        try:
            async with asyncio.timeout(QUICK_SECONDS):
                return find_line(await last_card(interaction), figure=figure, line=line)
        except TimeoutError:
            return None

    async def _passages(self, line: ShownLine, owner: str | None) -> list[Passage]:
        found: list[Passage] = []
        for citation in line.evidence[:MAX_PASSAGES]:
            try:
                found.append(await self.engine.passage(citation, owner=owner))
            except NotFound:
                continue
        if not found:
            raise Refusal(say(GONE))
        return found


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Source(bot))

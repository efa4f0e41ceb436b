"""/story: find a story by its words, or list the current ones."""

from __future__ import annotations

import asyncio
from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.checks import owner_of
from bot.choices import NO_STORIES
from bot.render.limits import shorten
from bot.render.markup import clean, escape
from bot.render.stories import render_nothing
from bot.services import ServiceBot
from bot.tongue import address, say
from bot.views.buttons import ANSWER_SECONDS
from bot.views.layout import answer
from bot.views.listing import build_listing, listing_buttons


class Story(commands.Cog):
    def __init__(self, bot: ServiceBot) -> None:
        self.engine = bot.services.engine

    # `list` is the option's public name; as a parameter it would hide the builtin.
    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.rename(words="find", is_list="list")
    @app_commands.describe(
        words="Words that stand in its articles",
        is_list="List all stories, the most important first",
        private="Show the answer only to you",
    )
    async def story(
        self,
        interaction: Interaction[Any],
        words: str | None = None,
        is_list: bool = False,
        private: bool = False,
    ) -> None:
        """Find stories by words in their articles, or list them, with their ids."""
        asked = None if is_list or not (words or "").strip() else words
        await interaction.response.defer(ephemeral=private, thinking=True)
        address(interaction, private=private)
        async with asyncio.timeout(ANSWER_SECONDS):
            pages = await build_listing(self.engine, asked, owner=owner_of(interaction))
        if not pages:
            page = render_nothing(_nothing(asked))
            await answer(interaction, page, private=private)
            return
        await answer(interaction, pages[0], listing_buttons(pages, 0, asked), private=private)


def _nothing(asked: str | None) -> str:
    if asked is None:
        return say(NO_STORIES)
    return say(
        "No article holds all the words of “{asked}”. Try fewer words, or /story without any "
        "to list the stories.",
        asked=escape(shorten(clean(asked), 80)),
    )


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Story(bot))

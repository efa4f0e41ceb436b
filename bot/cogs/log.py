"""/log: who changed what in this server, a year back. Answered in private."""

from __future__ import annotations

from typing import Any

import discord
from discord import Interaction, app_commands
from discord.ext import commands

from bot.checks import require_manager, server_of
from bot.services import ServiceBot
from bot.views.layout import answer
from bot.views.log import build_log, log_buttons


class Log(commands.Cog):
    def __init__(self, bot: ServiceBot) -> None:
        self.engine = bot.services.engine

    @app_commands.command()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    @app_commands.describe(who="Only what this member changed")
    async def log(self, interaction: Interaction[Any], who: discord.User | None = None) -> None:
        """Show who changed what, newest first, a year back."""
        require_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        actor = str(who.id) if who else None
        pages = await build_log(self.engine, server_of(interaction), actor)
        await answer(interaction, pages[0], log_buttons(pages, 0, actor), private=True)


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Log(bot))

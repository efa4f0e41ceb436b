"""/help: every command with its line, read from the commands themselves, so that it cannot fall behind."""

from __future__ import annotations

from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.checks import is_manager
from bot.render.help import CommandLine, render_help
from bot.services import ServiceBot
from bot.tongue import say, tongue
from bot.views.layout import answer


class Help(commands.Cog):
    def __init__(self, bot: ServiceBot) -> None:
        self.bot = bot

    @app_commands.command()
    async def help(self, interaction: Interaction[Any]) -> None:
        """Show the commands, one line each."""
        lines = tuple(
            CommandLine(
                name=tongue().command(command.qualified_name),
                description=say(command.description),
                is_admin=is_admin(command),
            )
            for command in sorted(self.bot.tree.walk_commands(), key=lambda command: command.qualified_name)
            if isinstance(command, app_commands.Command)
        )
        for page in render_help(lines, with_admin=is_manager(interaction)):
            await answer(interaction, page, private=True)


def is_admin(command: app_commands.Command[Any, ..., Any]) -> bool:
    """Whether the command, or the group around it, is for those who manage the server."""
    top = command.root_parent or command
    return top.default_permissions is not None


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Help(bot))

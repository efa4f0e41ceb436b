"""/access: who may use the admin commands beside those with Manage Server. Always answered in private.

Granting and revoking is left to those who have Manage Server themselves: who was let in cannot let others in.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import Interaction, app_commands
from discord.ext import commands

from bot.audit import record, record_action
from bot.checks import require_manage_server, require_manager, server_of
from bot.errors import Refusal
from bot.render.access import render_access
from bot.render.page import Page
from bot.services import ServiceBot
from bot.tongue import say
from bot.views.layout import answer
from digests import GrantKind

Who = discord.Role | discord.Member | discord.User


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class Access(commands.GroupCog, group_name="access", group_description="Who may use the admin commands"):
    def __init__(self, bot: ServiceBot) -> None:
        self.engine = bot.services.engine

    async def interaction_check(self, interaction: Interaction[Any], /) -> bool:
        """Every subcommand: the client's hiding is no check."""
        require_manager(interaction)
        return True

    @app_commands.command(name="grant")
    @app_commands.describe(who="A role or a member")
    async def grant(self, interaction: Interaction[Any], who: Who) -> None:
        """Let a role or a member use the admin commands."""
        require_manage_server(interaction)
        kind = _checked(who)
        await interaction.response.defer(ephemeral=True, thinking=True)
        if not await self.engine.servers.grant(server_of(interaction), kind, str(who.id)):
            raise Refusal(
                say("{mention} has access already. /access list shows everyone who has.", mention=who.mention)
            )
        await record_action(interaction, "access.grant", **{kind.value: who.id, "name": who.name})
        words = say(
            "{mention} may use the admin commands from now on.\nDiscord hides them from people "
            "without Manage Server: to have them offered, open Server Settings, Integrations, "
            "choose this bot, and allow the same role or member there.",
            mention=who.mention,
        )
        await answer(interaction, Page(blocks=(words,)), private=True)

    @app_commands.command(name="revoke")
    @app_commands.describe(who="A role or a member that has access")
    async def revoke(self, interaction: Interaction[Any], who: Who) -> None:
        """Take the access to the admin commands back."""
        require_manage_server(interaction)
        kind = GrantKind.ROLE if isinstance(who, discord.Role) else GrantKind.MEMBER
        await interaction.response.defer(ephemeral=True, thinking=True)
        if not await self.engine.servers.revoke(server_of(interaction), kind, str(who.id)):
            raise Refusal(
                say(
                    "{mention} was not granted access. /access list shows everyone who was.",
                    mention=who.mention,
                )
            )
        await record_action(interaction, "access.revoke", **{kind.value: who.id, "name": who.name})
        words = say(
            "{mention} may not use the admin commands any more, unless Manage Server lets them.",
            mention=who.mention,
        )
        await answer(interaction, Page(blocks=(words,)), private=True)

    @app_commands.command(name="list")
    async def list_access(self, interaction: Interaction[Any]) -> None:
        """Show who may use the admin commands."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        for page in render_access(self.engine.servers.grants(server_of(interaction))):
            await answer(interaction, page, private=True)

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """A role that is gone has no access; nobody could revoke it any more."""
        server = str(role.guild.id)
        if await self.engine.servers.revoke(server, GrantKind.ROLE, str(role.id)):
            await record(
                self.engine, server, None, "access.revoke", role=role.id, reason="the role was deleted"
            )


def _checked(who: Who) -> GrantKind:
    """What kind of grant it is. Raises Refusal for everyone, bots and people of elsewhere."""
    if isinstance(who, discord.Role):
        if who.is_default():
            raise Refusal(say("@everyone cannot be granted access. Choose a role of those whom you trust."))
        if who.is_bot_managed():
            raise Refusal(
                say(
                    "{mention} belongs to a bot, and bots use no commands. Choose another role.",
                    mention=who.mention,
                )
            )
        return GrantKind.ROLE
    if who.bot:
        raise Refusal(
            say(
                "{mention} is a bot, and bots use no commands. Choose a person or a role.",
                mention=who.mention,
            )
        )
    if not isinstance(who, discord.Member):
        raise Refusal(say("{mention} is not a member of this server.", mention=who.mention))
    return GrantKind.MEMBER


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Access(bot))

"""Who may do what, checked in code.

`default_permissions` only hides a command in the client: a server can hand it to anyone, and a crafted interaction
never asks. What holds is `require_manager`, called on every admin command, button and autocomplete: Manage Server, or
what `/access` has granted.
"""

from __future__ import annotations

import discord
from discord import app_commands

from bot.services import services_of


class NotManager(app_commands.CheckFailure):
    """The caller may not administer this server."""


class NotInServer(app_commands.CheckFailure):
    """The command needs a server around it."""


def has_manage_server(interaction: discord.Interaction) -> bool:
    """Whether the caller has Manage Server here, as Discord computed it for this interaction."""
    permissions = interaction.permissions
    return interaction.guild_id is not None and (permissions.manage_guild or permissions.administrator)


def is_manager(interaction: discord.Interaction) -> bool:
    """Whether the caller may administer: by Manage Server, or because `/access` lets them or one of their roles."""
    if interaction.guild_id is None:
        return False
    if has_manage_server(interaction):
        return True
    # The ids as they came: `roles` leaves out what memory does not hold, such as a role made a moment ago.
    roles = [str(role) for role in getattr(interaction.user, "_roles", ())]
    servers = services_of(interaction).engine.servers
    return servers.is_granted(str(interaction.guild_id), str(interaction.user.id), roles)


def require_manager(interaction: discord.Interaction) -> None:
    """Pass, or raise what the error handler puts into words.

    Raises:
        NotInServer: In a direct message.
        NotManager: Without Manage Server and without a grant.
    """
    if interaction.guild_id is None:
        raise NotInServer("needs a server")
    if not is_manager(interaction):
        raise NotManager("needs manage_guild or a grant")


def require_manage_server(interaction: discord.Interaction) -> None:
    """As `require_manager`, but a grant is not enough. Raises NotManager."""
    if not has_manage_server(interaction):
        raise NotManager("needs manage_guild")


def server_of(interaction: discord.Interaction) -> str:
    """The id of the server that an admin command was used in. Raises NotInServer in a direct message."""
    if interaction.guild_id is None:
        raise NotInServer("needs a server")
    return str(interaction.guild_id)


def owner_of(interaction: discord.Interaction) -> str | None:
    """Whose stories and sources the caller sees: the server's, or only the common ones in a direct message."""
    return str(interaction.guild_id) if interaction.guild_id is not None else None

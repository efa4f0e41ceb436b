"""The INTERACTION_CREATE event around what a user did (Discord interactions reference, "Interaction Object")."""

from __future__ import annotations

from bot.sandbox import payloads
from bot.sandbox.core import Core
from bot.sandbox.model import Channel, Guild, Interaction, Json, Message
from bot.sandbox.permissions import ALL

__all__ = ["envelope"]

#: Contexts: in a server, in the private channel with the bot.
GUILD_CONTEXT, BOT_DM_CONTEXT = 0, 1


def envelope(
    core: Core, interaction: Interaction, data: Json, place: Channel, message: Message | None
) -> Json:
    """The event.

    Args:
        core: The double.
        interaction: Who, where, when.
        data: The command, component or form part.
        place: Where it was done.
        message: For components and the forms they opened: the message they stand on.
    """
    world, user = core.world, interaction.user
    guild = world.guilds.get(place.guild_id or 0)
    made: Json = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": interaction.type,
        "token": interaction.token,
        "version": 1,
        "data": data,
        "channel_id": str(place.id),
        "channel": {**payloads.channel(place), "permissions": str(world.bits(user.id, place))},
        "locale": user.locale,
        "app_permissions": str(world.bits(world.bot.id, place) if guild and guild.has_bot else ALL),
        "entitlements": [],
        "attachment_size_limit": core.settings.file_max_bytes,
        # Installed for the user (1) or in the server (0).
        "authorizing_integration_owners": {"1": str(user.id)},
        "context": BOT_DM_CONTEXT,
    }
    if guild is None:
        made["user"] = payloads.user(user)
    else:
        made |= _in_guild(core, interaction, guild, place)
    if message is not None:
        made["message"] = core.show(message)
    return made


def _in_guild(core: Core, interaction: Interaction, guild: Guild, place: Channel) -> Json:
    bits = core.world.bits(interaction.user.id, place)
    made: Json = {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "context": GUILD_CONTEXT,
        "member": payloads.member(guild.members[interaction.user.id], permission_bits=bits),
    }
    if not interaction.user_install_only:
        made["authorizing_integration_owners"] = {"0": str(guild.id)}
    return made

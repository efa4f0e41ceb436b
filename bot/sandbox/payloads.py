"""Records of the world as the JSON objects Discord sends, with every field its API description requires."""

from __future__ import annotations

from bot.sandbox.clock import iso
from bot.sandbox.model import (
    Channel,
    ChannelType,
    Command,
    Guild,
    Json,
    Member,
    Role,
    User,
)
from bot.sandbox.world import World

__all__ = [
    "application",
    "channel",
    "command",
    "guild",
    "guild_create",
    "member",
    "own_user",
    "role",
    "user",
]

#: Bytes of one file without boosts or a subscription (Discord reference, "Uploading files").
ATTACHMENT_LIMIT_BYTES = 10 * 1024 * 1024


def user(of: User) -> Json:
    """A user as others see it."""
    return {
        "id": str(of.id),
        "username": of.username,
        "discriminator": "0000" if of.bot else "0",
        "global_name": None if of.bot else of.username.title(),
        "avatar": None,
        "bot": of.bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def own_user(of: User) -> Json:
    """The bot's own user, as `GET /users/@me` and READY give it."""
    return {**user(of), "mfa_enabled": True, "verified": True, "email": None, "locale": of.locale}


def application(world: World) -> Json:
    """The bot's application, complete."""
    return {
        "id": str(world.application_id),
        "name": world.bot.username,
        "icon": None,
        "description": "",
        "type": None,
        "summary": "",
        "bot": user(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(world.owner),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
        "rpc_origins": [],
    }


def role(of: Role) -> Json:
    """A role."""
    return {
        "id": str(of.id),
        "name": of.name,
        "permissions": str(of.permissions),
        "position": of.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": of.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def member(of: Member, *, permission_bits: int | None = None) -> Json:
    """A member; with `permission_bits` as an interaction carries them."""
    made: Json = {
        "user": user(of.user),
        "roles": [str(role_id) for role_id in of.role_ids],
        "nick": of.nick,
        "avatar": None,
        "banner": None,
        "joined_at": iso(of.joined_at),
        "premium_since": None,
        "communication_disabled_until": None,
        "pending": False,
        "flags": 0,
        "mute": False,
        "deaf": False,
    }
    if permission_bits is not None:
        made["permissions"] = str(permission_bits)
    return made


def channel(of: Channel) -> Json:
    """A guild channel, thread or private channel, in the shape of its kind."""
    made: Json = {
        "id": str(of.id),
        "type": of.type,
        "flags": (1 << 4) if of.tag_required else 0,
        "last_message_id": str(of.last_message_id) if of.last_message_id else None,
    }
    if of.type == ChannelType.DM:
        return {**made, "recipients": [user(recipient) for recipient in of.recipients]}
    made |= {"guild_id": str(of.guild_id), "name": of.name, "parent_id": _optional_id(of.parent_id)}
    if of.is_thread:
        return {**made, **_thread_fields(of)}
    made |= {
        "position": of.position,
        "topic": of.topic,
        "nsfw": of.nsfw,
        "rate_limit_per_user": 0,
        "permission_overwrites": [
            {"id": str(item.target_id), "type": item.kind, "allow": str(item.allow), "deny": str(item.deny)}
            for item in of.overwrites
        ],
    }
    if of.type in ChannelType.POSTS_ONLY:
        made |= {
            "available_tags": of.tags,
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
            "default_thread_rate_limit_per_user": 0,
        }
    return made


def _thread_fields(of: Channel) -> Json:
    return {
        "owner_id": str(of.owner_id),
        "message_count": of.message_count,
        "member_count": 1,
        "total_message_sent": of.message_count,
        "rate_limit_per_user": 0,
        "applied_tags": [str(tag) for tag in of.applied_tags],
        "thread_metadata": {
            "archived": of.archived,
            "archive_timestamp": iso(of.created_at),
            "auto_archive_duration": of.auto_archive_minutes,
            "locked": of.locked,
            "create_timestamp": iso(of.created_at),
        },
    }


def guild(of: Guild) -> Json:
    """A guild as `GET /guilds/{id}` gives it."""
    return {
        "id": str(of.id),
        "name": of.name,
        "owner_id": str(of.owner_id),
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "banner": None,
        "application_id": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [role(item) for item in of.roles.values()],
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": of.locale,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }


def guild_create(world: World, of: Guild) -> Json:
    """The GUILD_CREATE event: the guild with what only the gateway tells. Of the members, only the bot."""
    return {
        **guild(of),
        "joined_at": iso(of.members[world.bot.id].joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(of.members),
        "members": [member(of.members[world.bot.id])],
        "channels": [channel(world.channels[channel_id]) for channel_id in of.channel_ids],
        "threads": [channel(thread) for thread in world.threads_of(of)],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def command(world: World, of: Command) -> Json:
    """A registered command as the API lists it."""
    made = {
        **of.body,
        "id": str(of.id),
        "application_id": str(world.application_id),
        "version": str(of.version),
        "type": of.type,
        "description": of.body.get("description") or "",
        "default_member_permissions": _optional_id(of.body.get("default_member_permissions")),
        "nsfw": bool(of.body.get("nsfw")),
    }
    if of.guild_id is not None:
        made["guild_id"] = str(of.guild_id)
    return {
        key: value for key, value in made.items() if value is not None or key == "default_member_permissions"
    }


def _optional_id(value: object) -> str | None:
    return None if value is None else str(value)

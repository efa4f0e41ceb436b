"""The state of the loopback Discord: who and what exists, and the few questions routes ask about it."""

from __future__ import annotations

import mimetypes
import secrets

from bot.sandbox import permissions
from bot.sandbox.clock import Changes, Clock, Snowflakes
from bot.sandbox.errors import ApiError
from bot.sandbox.model import (
    Attachment,
    Channel,
    ChannelType,
    Command,
    Guild,
    Interaction,
    Member,
    Message,
    Overwrite,
    Role,
    User,
)
from bot.sandbox.permissions import Permission

__all__ = ["World"]

#: Seconds in which `enforce_nonce` finds the first message. Discord says only "in the past few minutes".
NONCE_WINDOW_S = 300.0


class World:
    """Everything that exists, in memory; building it is done here, answering the bot in the route modules.

    `changes` rings after every change a test may wait for.
    """

    def __init__(self, *, token: str, bot_name: str, offset_s: float = 0.0) -> None:
        self.token = token
        self.clock = Clock(offset_s)
        self.changes = Changes()
        self._snowflakes = Snowflakes(self.clock)
        self.application_id = self.new_id()
        self.bot = User(id=self.application_id, username=bot_name, bot=True)
        self.owner = User(id=self.new_id(), username="application-owner")
        self.users: dict[int, User] = {self.bot.id: self.bot, self.owner.id: self.owner}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Message] = {}
        # Files that users gave as options of commands.
        self.uploads: dict[int, Attachment] = {}
        self.commands: dict[int, Command] = {}
        self.interactions: dict[int, Interaction] = {}
        # Webhook addresses carry only the token.
        self.interaction_ids: dict[str, int] = {}
        self.nonce_window_s = NONCE_WINDOW_S
        # (channel, author, nonce) -> (message, seconds since 1970)
        self.nonces: dict[tuple[int, int, str], tuple[int, float]] = {}
        # Scope ("global" or guild id) -> times of command creations, for the limit of 200 a day.
        self.command_creates: dict[str, list[float]] = {}

    def new_id(self) -> int:
        """A snowflake of now."""
        return self._snowflakes.next()

    # Building

    def add_guild(self, name: str, *, bot_permissions: int, locale: str, has_bot: bool = True) -> Guild:
        """A server with @everyone, a role for people, an owner, and the bot in a role of its own; no channel yet."""
        guild_id = self.new_id()
        owner = self.add_user(f"owner-of-{name}".lower().replace(" ", "-")[:32])
        guild = Guild(id=guild_id, name=name, owner_id=owner.id, locale=locale, has_bot=has_bot)
        guild.roles[guild_id] = Role(id=guild_id, name="@everyone", permissions=permissions.EVERYONE_DEFAULT)
        guild.members[owner.id] = Member(user=owner, joined_at=self.clock.now())
        self.guilds[guild_id] = guild
        guild.member_role_id = self.add_role(guild, "people", permissions=permissions.MEMBER_DEFAULT).id
        if has_bot:
            role = self.add_role(guild, self.bot.username, permissions=bot_permissions)
            guild.members[self.bot.id] = Member(user=self.bot, role_ids=[role.id], joined_at=self.clock.now())
        return guild

    def bot_role(self, guild: Guild) -> Role:
        """The bot's own role in a guild."""
        return guild.roles[guild.members[self.bot.id].role_ids[0]]

    def add_role(self, guild: Guild, name: str, *, permissions: int = 0, mentionable: bool = False) -> Role:
        """A role above the existing ones."""
        role = Role(
            id=self.new_id(),
            name=name,
            permissions=permissions,
            position=len(guild.roles),
            mentionable=mentionable,
        )
        guild.roles[role.id] = role
        return role

    def add_user(self, username: str, *, locale: str = "en-US") -> User:
        """A person, in no server yet."""
        user = User(id=self.new_id(), username=username, locale=locale)
        self.users[user.id] = user
        return user

    def add_member(self, guild: Guild, user: User, *role_ids: int) -> Member:
        """Let a person join a server."""
        common = [guild.member_role_id] if guild.member_role_id is not None else []
        member = Member(user=user, role_ids=[*common, *role_ids], joined_at=self.clock.now())
        guild.members[user.id] = member
        return member

    def add_channel(
        self,
        guild: Guild,
        name: str,
        *,
        type: int = ChannelType.TEXT,  # Discord's own word
        overwrites: list[Overwrite] | None = None,
        topic: str | None = None,
        parent_id: int | None = None,
        id: int | None = None,
    ) -> Channel:
        """A channel at the end of the guild's list; with a new id unless one is given."""
        channel = Channel(
            id=self.new_id() if id is None else id,
            type=type,
            name=name,
            guild_id=guild.id,
            position=len(guild.channel_ids),
            overwrites=overwrites or [],
            topic=topic,
            parent_id=parent_id,
            created_at=self.clock.now(),
        )
        self.channels[channel.id] = channel
        guild.channel_ids.append(channel.id)
        return channel

    def private_channel(self, user: User) -> Channel:
        """The private channel of the bot and a person, made at first use."""
        for channel in self.channels.values():
            if channel.type == ChannelType.DM and channel.recipients == [user]:
                return channel
        channel = Channel(id=self.new_id(), type=ChannelType.DM, name=user.username, recipients=[user])
        self.channels[channel.id] = channel
        return channel

    def add_upload(self, filename: str, content: bytes) -> Attachment:
        """A file that a user is about to give as an option of a command."""
        kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        upload = Attachment(id=self.new_id(), filename=filename, content=content, content_type=kind)
        self.uploads[upload.id] = upload
        return upload

    def new_interaction_token(self) -> str:
        """Opaque and unguessable, as Discord's are."""
        return secrets.token_urlsafe(48)

    def add_interaction(self, interaction: Interaction) -> None:
        """Keep an interaction, to be found by id and by token."""
        self.interactions[interaction.id] = interaction
        self.interaction_ids[interaction.token] = interaction.id

    # Questions of the routes; each raises the answer Discord would give

    def channel(self, channel_id: int) -> Channel:
        """An existing channel the bot can see.

        Raises:
            ApiError: 10003 if unknown, 50001 if the bot may not see it.
        """
        channel = self.channels.get(channel_id)
        if channel is None:
            raise ApiError(10003)
        if not self.bot_can(channel, Permission.VIEW_CHANNEL):
            raise ApiError(50001)
        return channel

    def message(self, channel_id: int, message_id: int) -> Message:
        """An existing message of a channel that others than its reader can see.

        Raises:
            ApiError: 10008 if unknown, deleted or ephemeral.
        """
        message = self.messages.get(message_id)
        if message is None or message.deleted or message.channel_id != channel_id or message.is_ephemeral:
            raise ApiError(10008)
        return message

    def guild(self, guild_id: int) -> Guild:
        """A guild the bot is a member of.

        Raises:
            ApiError: 10004 if unknown, 50001 if the bot is no member.
        """
        guild = self.guilds.get(guild_id)
        if guild is None:
            raise ApiError(10004)
        if not guild.has_bot:
            raise ApiError(50001)
        return guild

    def bits(self, user_id: int, channel: Channel) -> int:
        """Permission bits of a user in a channel; a thread takes those of its parent."""
        if channel.guild_id is None:
            return permissions.ALL
        place = self.channels.get(channel.parent_id or 0, channel) if channel.is_thread else channel
        return permissions.compute(self.guilds[channel.guild_id], user_id, place)

    def bot_can(self, channel: Channel, bit: int) -> bool:
        """Whether the bot has a permission in a channel."""
        return bool(self.bits(self.bot.id, channel) & bit)

    def require(self, channel: Channel, bit: int) -> None:
        """Refuse with 50013 if the bot lacks a permission."""
        if not self.bot_can(channel, bit):
            raise ApiError(50013)

    def channel_messages(self, channel_id: int, *, ephemeral: bool = False) -> list[Message]:
        """Messages of a channel that are still there, oldest first."""
        return [
            message
            for message in self.messages.values()
            if message.channel_id == channel_id
            and not message.deleted
            and (ephemeral or not message.is_ephemeral)
        ]

    def threads_of(self, guild: Guild) -> list[Channel]:
        """Threads of a guild that are not archived."""
        return [
            channel
            for channel in self.channels.values()
            if channel.guild_id == guild.id and channel.is_thread and not channel.archived
        ]

    def commands_of(self, guild_id: int | None) -> list[Command]:
        """Commands registered globally (`None`) or in a guild, in order of registration."""
        return [command for command in self.commands.values() if command.guild_id == guild_id]

"""What exists in the double's world, as plain mutable records; ids are integers here and strings on the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "Attachment",
    "Channel",
    "ChannelType",
    "Command",
    "Guild",
    "Interaction",
    "Json",
    "Member",
    "Message",
    "MessageFlag",
    "Overwrite",
    "Role",
    "User",
]

Json = dict[str, Any]


class ChannelType:
    """Channel types in use here (Discord resource "Channel", channel types)."""

    TEXT = 0
    DM = 1
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15
    MEDIA = 16

    THREADS = frozenset({10, 11, 12})
    POSTS_ONLY = frozenset({15, 16})


class MessageFlag:
    """Message flags in use here (Discord resource "Message", message flags)."""

    CROSSPOSTED = 1 << 0
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


@dataclass(slots=True, kw_only=True)
class User:
    """A person or the bot."""

    id: int
    username: str
    bot: bool = False
    locale: str = "en-US"
    # False: a private message is refused with 50007.
    accepts_private: bool = True


@dataclass(slots=True, kw_only=True)
class Role:
    """A role of one guild; the one whose id is the guild's is @everyone."""

    id: int
    name: str
    permissions: int
    position: int = 0
    mentionable: bool = False


@dataclass(slots=True, kw_only=True)
class Overwrite:
    """A channel's exception for a role (kind 0) or a member (kind 1); bits as in Discord's permissions."""

    target_id: int
    kind: int
    allow: int = 0
    deny: int = 0


@dataclass(slots=True, kw_only=True)
class Member:
    """A user in a guild; `role_ids` without @everyone."""

    user: User
    role_ids: list[int] = field(default_factory=list)
    nick: str | None = None
    joined_at: float = 0.0


@dataclass(slots=True, kw_only=True)
class Channel:
    """A guild channel, a thread or a private channel."""

    id: int
    type: int
    name: str
    guild_id: int | None = None
    parent_id: int | None = None
    position: int = 0
    topic: str | None = None
    nsfw: bool = False
    overwrites: list[Overwrite] = field(default_factory=list)
    last_message_id: int | None = None
    recipients: list[User] = field(default_factory=list)
    # Threads only.
    owner_id: int | None = None
    archived: bool = False
    locked: bool = False
    auto_archive_minutes: int = 1440
    created_at: float = 0.0
    message_count: int = 0
    applied_tags: list[int] = field(default_factory=list)
    # Forums only: {"id", "name", "moderated", "emoji_id", "emoji_name"}.
    tags: list[Json] = field(default_factory=list)
    tag_required: bool = False

    @property
    def is_thread(self) -> bool:
        """Whether this is a thread (a forum post is one too)."""
        return self.type in ChannelType.THREADS


@dataclass(slots=True, kw_only=True)
class Guild:
    """A server; roles, members and channels by id."""

    id: int
    name: str
    owner_id: int
    locale: str = "en-US"
    # False: user install only, the bot is no member (Discord reference, "Installation context").
    has_bot: bool = True
    # The role every person here has, with the rights of MEMBER_DEFAULT.
    member_role_id: int | None = None
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channel_ids: list[int] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Attachment:
    """A stored file with its bytes."""

    id: int
    filename: str
    content: bytes
    content_type: str
    description: str | None = None


@dataclass(slots=True, kw_only=True)
class Message:
    """A message; embeds and components are kept as Discord would show them back."""

    id: int
    channel_id: int
    author: User
    created_at: float
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    nonce: str | int | None = None
    edited_at: float | None = None
    deleted: bool = False
    pinned: bool = False
    tts: bool = False
    kind: int = 0
    reference_id: int | None = None
    thread_id: int | None = None
    interaction_id: int | None = None
    # Who was really pinged, after `allowed_mentions`.
    pinged_users: list[int] = field(default_factory=list)
    pinged_roles: list[int] = field(default_factory=list)
    pinged_everyone: bool = False
    # For ephemeral messages: the one user who sees it.
    seen_by: int | None = None
    edits: int = 0

    @property
    def is_ephemeral(self) -> bool:
        """Whether only `seen_by` sees it."""
        return bool(self.flags & MessageFlag.EPHEMERAL)

    @property
    def is_loading(self) -> bool:
        """Whether it is still the "thinking" placeholder."""
        return bool(self.flags & MessageFlag.LOADING)

    @property
    def is_v2(self) -> bool:
        """Whether it is made of Components V2."""
        return bool(self.flags & MessageFlag.COMPONENTS_V2)


@dataclass(slots=True, kw_only=True)
class Command:
    """A registered application command; `guild_id` is `None` for a global one."""

    id: int
    version: int
    guild_id: int | None
    body: Json

    @property
    def name(self) -> str:
        """Registered name."""
        return str(self.body["name"])

    @property
    def type(self) -> int:
        """1 slash, 2 user, 3 message."""
        return int(self.body.get("type") or 1)


@dataclass(slots=True, kw_only=True)
class Interaction:
    """Something a user did that the bot must answer; `answered_with` is the callback type or `None`."""

    id: int
    token: str
    type: int
    created_at: float
    user: User
    channel_id: int
    guild_id: int | None
    # Message the component or modal belongs to.
    message_id: int | None = None
    command_id: int | None = None
    command_name: str | None = None
    answered_with: int | None = None
    answered_after_s: float | None = None
    original_id: int | None = None
    followup_ids: list[int] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    # The update that a type 6 promises has come.
    updated: bool = False
    # The bot is there by user install only: 5 followups.
    user_install_only: bool = False

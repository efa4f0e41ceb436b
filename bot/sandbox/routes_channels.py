"""Routes of channels, threads and forum posts, guilds, users and the application itself."""

from __future__ import annotations

from bot.sandbox import payloads
from bot.sandbox.compose import refuse
from bot.sandbox.core import Core, Reply, Route
from bot.sandbox.errors import ApiError, Problem
from bot.sandbox.model import Channel, ChannelType, Json, MessageFlag
from bot.sandbox.permissions import Permission
from bot.sandbox.record import Call
from bot.sandbox.routes_messages import post
from bot.sandbox.rules import length

__all__ = ["ROUTES"]

THREAD_NAME_MAX = 100
POST_TAGS_MAX = 5
#: Minutes after which a thread may be archived by itself (Discord resource "Channel").
ARCHIVE_MINUTES = frozenset({60, 1440, 4320, 10080})


async def _own_user(core: Core, _call: Call) -> Reply:
    return Reply(body=payloads.own_user(core.world.bot))


async def _user(core: Core, call: Call) -> Reply:
    user = core.world.users.get(call.id("user_id"))
    if user is None:
        raise ApiError(10013)
    return Reply(body=payloads.user(user))


async def _application(core: Core, _call: Call) -> Reply:
    return Reply(body=payloads.application(core.world))


async def _gateway(core: Core, _call: Call) -> Reply:
    return Reply(body={"url": core.gateway_url})


async def _gateway_bot(core: Core, _call: Call) -> Reply:
    limit = core.gateway.session_start_limit()
    return Reply(body={"url": core.gateway_url, "shards": core.settings.shards, "session_start_limit": limit})


async def _private(core: Core, call: Call) -> Reply:
    recipient = str((call.body or {}).get("recipient_id") or "")
    user = core.world.users.get(int(recipient)) if recipient.isdecimal() else None
    if user is None:
        raise ApiError(10013)
    return Reply(body=payloads.channel(core.world.private_channel(user)))


async def _channel(core: Core, call: Call) -> Reply:
    return Reply(body=payloads.channel(core.world.channel(call.id("channel_id"))))


async def _edit_channel(core: Core, call: Call) -> Reply:
    channel = core.world.channel(call.id("channel_id"))
    own = channel.is_thread and channel.owner_id == core.world.bot.id
    if not own:
        core.world.require(
            channel, Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS
        )
    body: Json = call.body or {}
    channel.name = body.get("name") or channel.name
    channel.topic = body.get("topic", channel.topic)
    if channel.is_thread:
        channel.archived = bool(body.get("archived", channel.archived))
        channel.locked = bool(body.get("locked", channel.locked))
        if "applied_tags" in body:
            channel.applied_tags = [int(tag) for tag in body["applied_tags"] or []]
    event = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
    await core.gateway.emit(event, payloads.channel(channel), guild_id=channel.guild_id)
    return Reply(body=payloads.channel(channel))


async def _delete_channel(core: Core, call: Call) -> Reply:
    channel = core.world.channel(call.id("channel_id"))
    core.world.require(
        channel, Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS
    )
    await core.gateway.remove_channel(channel)
    return Reply(body=payloads.channel(channel))


async def _start_thread(core: Core, call: Call) -> Reply:
    """A thread without a message, or a post in a forum."""
    channel = core.world.channel(call.id("channel_id"))
    body: Json = call.body or {}
    if channel.type not in ChannelType.POSTS_ONLY:
        core.world.require(channel, Permission.CREATE_PUBLIC_THREADS)
        kind = int(body.get("type") or ChannelType.PRIVATE_THREAD)
        thread = _thread(core, call, channel, body, kind=kind, thread_id=core.world.new_id())
        await _announce(core, thread)
        return Reply(status=201, body=payloads.channel(thread))
    core.world.require(channel, Permission.SEND_MESSAGES)
    if channel.tag_required and not body.get("applied_tags"):
        raise ApiError(40067)
    # The starter message of a post has the id of its thread.
    thread = _thread(core, call, channel, body, kind=ChannelType.PUBLIC_THREAD, thread_id=core.world.new_id())
    try:
        message = await post(core, call, thread, body.get("message") or {}, starter_id=thread.id)
    except ApiError:
        del core.world.channels[thread.id]
        raise
    await _announce(core, thread)
    return Reply(status=201, body={**payloads.channel(thread), "message": core.show(message)})


async def _start_thread_at(core: Core, call: Call) -> Reply:
    """A thread hanging on a message; it gets the message's id."""
    channel = core.world.channel(call.id("channel_id"))
    core.world.require(channel, Permission.CREATE_PUBLIC_THREADS)
    message = core.world.message(channel.id, call.id("message_id"))
    if message.thread_id is not None:
        raise ApiError(160004)
    news = channel.type == ChannelType.ANNOUNCEMENT
    kind = ChannelType.ANNOUNCEMENT_THREAD if news else ChannelType.PUBLIC_THREAD
    thread = _thread(core, call, channel, call.body or {}, kind=kind, thread_id=message.id)
    message.thread_id = thread.id
    message.flags |= MessageFlag.HAS_THREAD
    await _announce(core, thread)
    return Reply(status=201, body=payloads.channel(thread))


def _thread(core: Core, call: Call, parent: Channel, body: Json, *, kind: int, thread_id: int) -> Channel:
    tags = body.get("applied_tags") or []
    minutes = int(body.get("auto_archive_duration") or 1440)
    problems = []
    if not 1 <= length(body.get("name")) <= THREAD_NAME_MAX:
        text = f"Must be between 1 and {THREAD_NAME_MAX} in length."
        problems.append(Problem(("name",), "BASE_TYPE_BAD_LENGTH", text))
    if len(tags) > POST_TAGS_MAX:
        text = f"Must be {POST_TAGS_MAX} or fewer in length."
        problems.append(Problem(("applied_tags",), "BASE_TYPE_MAX_LENGTH", text))
    if minutes not in ARCHIVE_MINUTES:
        text = f"Value must be one of {sorted(ARCHIVE_MINUTES)}."
        problems.append(Problem(("auto_archive_duration",), "BASE_TYPE_CHOICES", text))
    refuse(core, call, problems)
    thread = Channel(
        id=thread_id,
        type=kind,
        name=str(body["name"]),
        guild_id=parent.guild_id,
        parent_id=parent.id,
        owner_id=core.world.bot.id,
        auto_archive_minutes=minutes,
        created_at=core.world.clock.now(),
        applied_tags=[int(tag) for tag in tags],
    )
    core.world.channels[thread.id] = thread
    parent.last_message_id = thread.id
    return thread


async def _announce(core: Core, thread: Channel) -> None:
    data = {**payloads.channel(thread), "newly_created": True}
    await core.gateway.emit("THREAD_CREATE", data, guild_id=thread.guild_id)


async def _join_thread(core: Core, call: Call) -> Reply:
    core.world.channel(call.id("channel_id"))
    return Reply(status=204)


async def _guild(core: Core, call: Call) -> Reply:
    return Reply(body=payloads.guild(core.world.guild(call.id("guild_id"))))


async def _guild_channels(core: Core, call: Call) -> Reply:
    guild = core.world.guild(call.id("guild_id"))
    return Reply(body=[payloads.channel(core.world.channels[channel_id]) for channel_id in guild.channel_ids])


async def _guild_roles(core: Core, call: Call) -> Reply:
    guild = core.world.guild(call.id("guild_id"))
    return Reply(body=[payloads.role(role) for role in guild.roles.values()])


async def _guild_threads(core: Core, call: Call) -> Reply:
    guild = core.world.guild(call.id("guild_id"))
    threads = [payloads.channel(thread) for thread in core.world.threads_of(guild)]
    return Reply(body={"threads": threads, "members": [], "has_more": False})


async def _member(core: Core, call: Call) -> Reply:
    guild = core.world.guild(call.id("guild_id"))
    member = guild.members.get(call.id("user_id"))
    if member is None:
        raise ApiError(10007)
    return Reply(body=payloads.member(member))


ROUTES: tuple[Route, ...] = (
    Route(method="GET", template="/users/@me", handler=_own_user),
    Route(method="GET", template="/users/{user_id}", handler=_user),
    Route(method="POST", template="/users/@me/channels", handler=_private),
    Route(method="GET", template="/oauth2/applications/@me", handler=_application),
    Route(method="GET", template="/applications/@me", handler=_application),
    Route(method="GET", template="/gateway", handler=_gateway, is_open=True),
    Route(method="GET", template="/gateway/bot", handler=_gateway_bot),
    Route(method="GET", template="/channels/{channel_id}", handler=_channel),
    Route(method="PATCH", template="/channels/{channel_id}", handler=_edit_channel),
    Route(method="DELETE", template="/channels/{channel_id}", handler=_delete_channel),
    Route(method="POST", template="/channels/{channel_id}/threads", handler=_start_thread),
    Route(
        method="POST",
        template="/channels/{channel_id}/messages/{message_id}/threads",
        handler=_start_thread_at,
    ),
    Route(method="PUT", template="/channels/{channel_id}/thread-members/@me", handler=_join_thread),
    Route(method="GET", template="/guilds/{guild_id}", handler=_guild),
    Route(method="GET", template="/guilds/{guild_id}/channels", handler=_guild_channels),
    Route(method="GET", template="/guilds/{guild_id}/roles", handler=_guild_roles),
    Route(method="GET", template="/guilds/{guild_id}/threads/active", handler=_guild_threads),
    Route(method="GET", template="/guilds/{guild_id}/members/{user_id}", handler=_member),
)

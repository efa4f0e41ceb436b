"""Message routes of channels: create, list, read, edit, delete, crosspost, pin, typing."""

from __future__ import annotations

from bot.sandbox.compose import write
from bot.sandbox.core import Core, Reply, Route
from bot.sandbox.errors import ApiError
from bot.sandbox.model import Channel, ChannelType, Json, Message, MessageFlag
from bot.sandbox.permissions import Permission
from bot.sandbox.record import Call

__all__ = ["ROUTES", "post"]

#: Messages older than this many seconds are "old" for the limit on edits (30046).
OLD_AFTER_S = 3600.0
#: Messages in one answer of the list (Discord resource "Message", get channel messages).
LIST_DEFAULT, LIST_MAX = 50, 100


async def post(
    core: Core, call: Call, channel: Channel, body: Json, *, starter_id: int | None = None
) -> Message:
    """Create a bot's message in a channel it may write to, and tell the gateway.

    With `starter_id` it is the starter of the forum post with that id: it has the same id and is not counted.

    Raises:
        ApiError: 50013, 50007, 160005, or what `compose.write` refuses.
    """
    world = core.world
    _may_write(core, call, channel, body, is_starter=starter_id is not None)
    message = Message(
        id=starter_id or world.new_id(),
        channel_id=channel.id,
        author=world.bot,
        created_at=world.clock.now(),
        nonce=body.get("nonce"),
        tts=bool(body.get("tts")),
    )
    reference = body.get("message_reference") or {}
    if reference.get("message_id"):
        message.reference_id = int(reference["message_id"])
        message.kind = 19
    write(core, call, message, body, channel)
    world.messages[message.id] = message
    channel.last_message_id = message.id
    if channel.is_thread and starter_id is None:
        channel.message_count += 1
        channel.archived = False
    await core.gateway.message_event("MESSAGE_CREATE", message)
    return message


def _may_write(core: Core, call: Call, channel: Channel, body: Json, *, is_starter: bool) -> None:
    world = core.world
    if channel.type in ChannelType.POSTS_ONLY or channel.type == ChannelType.CATEGORY:
        raise ApiError(50024)
    if channel.type == ChannelType.DM:
        if not channel.recipients[0].accepts_private:
            raise ApiError(50007)
        return
    thread = channel.is_thread
    in_thread = thread and not is_starter
    world.require(channel, Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES)
    if body.get("embeds"):
        world.require(channel, Permission.EMBED_LINKS)
    if call.files:
        world.require(channel, Permission.ATTACH_FILES)
    if thread and channel.locked and not world.bot_can(channel, Permission.MANAGE_THREADS):
        raise ApiError(160005)


async def _create(core: Core, call: Call) -> Reply:
    channel = core.world.channel(call.id("channel_id"))
    body: Json = call.body or {}
    first = _replayed(core, channel, body)
    if first is not None:
        return Reply(body=core.show(first))
    message = await post(core, call, channel, body)
    if body.get("nonce") is not None:
        key = (channel.id, message.author.id, str(body["nonce"]))
        core.world.nonces[key] = (message.id, core.world.clock.now())
    return Reply(body=core.show(message))


def _replayed(core: Core, channel: Channel, body: Json) -> Message | None:
    """The message an enforced nonce stands for, if it is still remembered.

    Raises:
        ApiError: 10008 if that message was deleted since (discord-api-docs pull request 6647).
    """
    if not body.get("enforce_nonce") or body.get("nonce") is None:
        return None
    world = core.world
    message_id, at = world.nonces.get((channel.id, world.bot.id, str(body["nonce"])), (0, 0.0))
    if not message_id or world.clock.now() - at > world.nonce_window_s:
        return None
    message = world.messages[message_id]
    if message.deleted:
        raise ApiError(10008)
    return message


async def _list(core: Core, call: Call) -> Reply:
    channel = core.world.channel(call.id("channel_id"))
    if not core.world.bot_can(channel, Permission.READ_MESSAGE_HISTORY):
        return Reply(body=[])
    limit = int(call.query.get("limit") or LIST_DEFAULT)
    if not 1 <= limit <= LIST_MAX:
        raise ApiError(50035)
    messages = core.world.channel_messages(channel.id)
    before, after, around = (int(call.query.get(key) or 0) for key in ("before", "after", "around"))
    if around:
        half = limit // 2
        older = [message for message in messages if message.id < around][-half:]
        newer = [message for message in messages if message.id >= around][: half + 1]
        chosen = [*older, *newer]
    elif after:
        chosen = [message for message in messages if message.id > after][:limit]
    else:
        chosen = [message for message in messages if not before or message.id < before][-limit:]
    # Newest first, whatever was asked for.
    return Reply(body=[core.show(message) for message in sorted(chosen, key=lambda item: -item.id)])


async def _read(core: Core, call: Call) -> Reply:
    channel = core.world.channel(call.id("channel_id"))
    core.world.require(channel, Permission.READ_MESSAGE_HISTORY)
    return Reply(body=core.show(core.world.message(channel.id, call.id("message_id"))))


async def _edit(core: Core, call: Call) -> Reply:
    world = core.world
    channel = world.channel(call.id("channel_id"))
    message = world.message(channel.id, call.id("message_id"))
    if message.author.id != world.bot.id:
        raise ApiError(50005)
    if channel.is_thread and channel.archived:
        raise ApiError(50083, message="Thread is archived")
    old = world.clock.now() - message.created_at > OLD_AFTER_S
    if old and core.settings.old_edits is not None and message.edits >= core.settings.old_edits:
        raise ApiError(30046, extra={"retry_after": 1.0, "global": False})
    write(core, call, message, call.body or {}, channel)
    message.edited_at = world.clock.now()
    message.edits += 1
    await core.gateway.message_event("MESSAGE_UPDATE", message)
    return Reply(body=core.show(message))


async def _delete(core: Core, call: Call) -> Reply:
    world = core.world
    channel = world.channel(call.id("channel_id"))
    message = world.message(channel.id, call.id("message_id"))
    if message.author.id != world.bot.id:
        world.require(channel, Permission.MANAGE_MESSAGES)
    message.deleted = True
    await core.gateway.message_event("MESSAGE_DELETE", message)
    return Reply(status=204)


async def _crosspost(core: Core, call: Call) -> Reply:
    channel = core.world.channel(call.id("channel_id"))
    message = core.world.message(channel.id, call.id("message_id"))
    if channel.type != ChannelType.ANNOUNCEMENT:
        raise ApiError(50024)
    core.world.require(channel, Permission.SEND_MESSAGES)
    if message.flags & MessageFlag.CROSSPOSTED:
        raise ApiError(40033)
    message.flags |= MessageFlag.CROSSPOSTED
    await core.gateway.message_event("MESSAGE_UPDATE", message)
    return Reply(body=core.show(message))


async def _pin(core: Core, call: Call) -> Reply:
    channel = core.world.channel(call.id("channel_id"))
    message = core.world.message(channel.id, call.id("message_id"))
    if not core.world.bot_can(channel, Permission.PIN_MESSAGES | Permission.MANAGE_MESSAGES):
        raise ApiError(50013)
    message.pinned = call.method == "PUT"
    return Reply(status=204)


async def _typing(core: Core, call: Call) -> Reply:
    core.world.channel(call.id("channel_id"))
    return Reply(status=204)


_MESSAGES = "/channels/{channel_id}/messages"
ROUTES: tuple[Route, ...] = (
    Route(method="POST", template=_MESSAGES, handler=_create),
    Route(method="GET", template=_MESSAGES, handler=_list),
    Route(method="GET", template=_MESSAGES + "/{message_id}", handler=_read),
    Route(method="PATCH", template=_MESSAGES + "/{message_id}", handler=_edit),
    Route(method="DELETE", template=_MESSAGES + "/{message_id}", handler=_delete),
    Route(method="POST", template=_MESSAGES + "/{message_id}/crosspost", handler=_crosspost),
    Route(method="PUT", template=_MESSAGES + "/pins/{message_id}", handler=_pin),
    Route(method="DELETE", template=_MESSAGES + "/pins/{message_id}", handler=_pin),
    Route(method="POST", template="/channels/{channel_id}/typing", handler=_typing),
)

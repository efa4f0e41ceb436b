"""Writing a request's body into a message: merge, check, refuse or apply. All ways to write a message meet here."""

from __future__ import annotations

import mimetypes

from bot.sandbox import mentions, rules
from bot.sandbox.components import complete_components, complete_embed, texts
from bot.sandbox.core import Core
from bot.sandbox.errors import ApiError, Problem, form_error
from bot.sandbox.model import Attachment, Channel, Json, Message, MessageFlag
from bot.sandbox.permissions import Permission
from bot.sandbox.record import Call

__all__ = ["refuse", "write"]

#: Flags a bot may set on its messages (Discord resource "Message"); the others are Discord's own.
_SETTABLE = (
    MessageFlag.SUPPRESS_EMBEDS
    | MessageFlag.EPHEMERAL
    | MessageFlag.SUPPRESS_NOTIFICATIONS
    | MessageFlag.COMPONENTS_V2
)


def refuse(core: Core, call: Call, problems: list[Problem]) -> None:
    """Record broken limits and answer 50035, if there are any.

    Raises:
        ApiError: 50035 with Discord's `errors` object.
    """
    if not problems:
        return
    for problem in problems:
        core.record.problem(call, "request", problem)
    raise form_error(problems)


def write(
    core: Core, call: Call, message: Message, body: Json, channel: Channel, *, allow_ephemeral: bool = False
) -> None:
    """Merge a body into a message, or refuse it and leave the message as it was.

    Args:
        core: The double.
        call: The request, for its files and the record.
        message: New and empty, or existing.
        body: `content`, `embeds`, `components`, `attachments`, `flags`, `allowed_mentions`; absent keys change nothing,
            `null` clears.
        channel: Where it stands, for the bot's rights.
        allow_ephemeral: Whether this way of writing may make a message ephemeral.

    Raises:
        ApiError: 50035, 50006, 40005, or HTTP 500 for Components V2 whose processed text is too large.
    """
    _check_uploads(core, call)
    flags = int(body.get("flags") or 0) & _SETTABLE
    if not allow_ephemeral:
        flags &= ~MessageFlag.EPHEMERAL
    attachments = _attachments(core, call, message, body)
    state: Json = {key: body.get(key) for key in ("nonce", "allowed_mentions", "poll", "sticker_ids")}
    state["content"] = body.get("content", message.content)
    state["embeds"] = body.get("embeds", message.embeds)
    state["components"] = body.get("components", message.components)
    v2 = message.is_v2 or bool(flags & MessageFlag.COMPONENTS_V2)
    names = [item.filename for item in attachments]
    refuse(core, call, rules.check_message(state, v2=v2, file_names=names))
    rules.check_processed_size(state["components"] or [])
    if not (
        any(state[key] for key in ("content", "embeds", "components", "sticker_ids", "poll")) or attachments
    ):
        core.record.problem(call, "request", "empty message")
        raise ApiError(50006)
    _apply(core, message, body, state, attachments)
    # Flags are added; that of Components V2 can never be taken away again.
    message.flags = (message.flags | flags) & ~MessageFlag.LOADING
    _ping(core, message, body, channel)


def _apply(core: Core, message: Message, body: Json, state: Json, attachments: list[Attachment]) -> None:
    message.attachments = attachments
    files = {item.filename: core.file_url(message, item) for item in attachments}
    message.content = str(state["content"] or "")
    if "embeds" in body:
        message.embeds = [complete_embed(embed, files) for embed in state["embeds"] or []]
    if "components" in body:
        message.components = complete_components(state["components"] or [], files)


def _check_uploads(core: Core, call: Call) -> None:
    sizes = [len(upload.content) for upload in call.files.values()]
    if sum(sizes) > core.settings.request_max_bytes or any(
        size > core.settings.file_max_bytes for size in sizes
    ):
        core.record.problem(call, "request", f"files too large: {sizes} bytes")
        raise ApiError(40005)


def _attachments(core: Core, call: Call, message: Message, body: Json) -> list[Attachment]:
    """Kept and new files in the order of the body's placeholders; without placeholders, all of both."""
    placeholders = body.get("attachments") if "attachments" in body else None
    if placeholders is None:
        kept = [] if "attachments" in body else message.attachments
        return [*kept, *(_stored(core, call, index, None) for index in sorted(call.files))]
    existing = {item.id: item for item in message.attachments}
    made: list[Attachment] = []
    for index, placeholder in enumerate(placeholders):
        number = int(placeholder.get("id", -1))
        if number in existing:
            made.append(existing[number])
        elif number in call.files:
            made.append(_stored(core, call, number, placeholder))
        else:
            path = ("attachments", index, "id")
            refuse(
                core, call, [Problem(path, "ATTACHMENT_NOT_FOUND", f"Attachment data not found: {number}")]
            )
    return made


def _stored(core: Core, call: Call, index: int, placeholder: Json | None) -> Attachment:
    upload = call.files[index]
    name = str((placeholder or {}).get("filename") or upload.filename)
    guessed = mimetypes.guess_type(name)[0] or upload.content_type
    return Attachment(
        id=core.world.new_id(),
        filename=name,
        content=upload.content,
        content_type=guessed,
        description=(placeholder or {}).get("description"),
    )


def _ping(core: Core, message: Message, body: Json, channel: Channel) -> None:
    world = core.world
    guild = world.guilds.get(channel.guild_id or 0)
    may_everyone = guild is not None and world.bot_can(channel, Permission.MENTION_EVERYONE)
    roles = guild.roles.values() if guild else ()
    pings = mentions.find_pings(
        [message.content, *texts(message.components)],
        body.get("allowed_mentions"),
        known_users=set(world.users),
        open_roles={role.id for role in roles if role.mentionable or may_everyone},
        may_mention_everyone=may_everyone,
    )
    message.pinged_users, message.pinged_roles, message.pinged_everyone = pings

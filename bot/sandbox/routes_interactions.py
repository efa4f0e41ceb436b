"""Answering interactions: the callback, followups, and the messages they made.

Source: Discord interactions reference, "Receiving and Responding".
"""

from __future__ import annotations

from bot.sandbox import rules
from bot.sandbox.compose import refuse, write
from bot.sandbox.core import Core, Reply, Route
from bot.sandbox.errors import ApiError, Problem
from bot.sandbox.model import Interaction, Json, Message, MessageFlag
from bot.sandbox.record import Call
from bot.sandbox.rules_commands import check_choices

__all__ = ["ROUTES", "Callback"]


class Callback:
    """Callback types."""

    MESSAGE = 4
    DEFER = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


#: Interaction type -> callback types Discord takes for it.
_ALLOWED: dict[int, frozenset[int]] = {
    2: frozenset({Callback.MESSAGE, Callback.DEFER, Callback.MODAL}),
    3: frozenset({Callback.MESSAGE, Callback.DEFER, Callback.DEFER_UPDATE, Callback.UPDATE, Callback.MODAL}),
    4: frozenset({Callback.CHOICES}),
    5: frozenset({Callback.MESSAGE, Callback.DEFER, Callback.DEFER_UPDATE, Callback.UPDATE}),
}


async def _callback(core: Core, call: Call) -> Reply:
    interaction = core.world.interactions.get(call.id("interaction_id"))
    if interaction is None or interaction.token != call.ids["interaction_token"]:
        raise ApiError(10062)
    age_s = core.world.clock.now() - interaction.created_at
    if age_s > core.settings.first_answer_s:
        raise ApiError(10062)
    if interaction.answered_with is not None:
        raise ApiError(40060)
    body: Json = call.body or {}
    kind = int(body.get("type") or 0)
    _check_kind(core, call, interaction, kind)
    message = await _act(core, call, interaction, kind, body.get("data") or {})
    interaction.answered_with = kind
    interaction.answered_after_s = age_s
    core.world.changes.notify()
    if call.query.get("with_response") not in ("1", "true", "True"):
        return Reply(status=204)
    return Reply(body=_callback_body(core, interaction, kind, message))


def _check_kind(core: Core, call: Call, interaction: Interaction, kind: int) -> None:
    allowed = set(_ALLOWED[interaction.type])
    if interaction.type == 5 and interaction.message_id is None:
        # A form that did not come from a component has no message to update.
        allowed -= {Callback.DEFER_UPDATE, Callback.UPDATE}
    if kind not in allowed:
        text = f"Value must be one of {sorted(allowed)}."
        refuse(core, call, [Problem(("type",), "BASE_TYPE_CHOICES", text)])


async def _act(core: Core, call: Call, interaction: Interaction, kind: int, data: Json) -> Message | None:
    if kind == Callback.CHOICES:
        choices = data.get("choices") or []
        refuse(core, call, check_choices(choices))
        interaction.choices = choices
        return None
    if kind == Callback.MODAL:
        refuse(core, call, rules.check_modal(data))
        interaction.modal = data
        return None
    if kind in (Callback.UPDATE, Callback.DEFER_UPDATE):
        return await _act_on_source(core, call, interaction, kind, data)
    flags = int(data.get("flags") or 0)
    if kind == Callback.DEFER and flags & ~MessageFlag.EPHEMERAL:
        text = "Only the EPHEMERAL flag may be set when deferring."
        refuse(core, call, [Problem(("data", "flags"), "MESSAGE_FLAGS_INVALID", text)])
    message = _new(core, interaction)
    if kind == Callback.DEFER:
        message.flags |= MessageFlag.LOADING | flags
    else:
        write(core, call, message, data, core.world.channels[interaction.channel_id], allow_ephemeral=True)
    interaction.original_id = message.id
    await _keep(core, interaction, message)
    return message


async def _act_on_source(
    core: Core, call: Call, interaction: Interaction, kind: int, data: Json
) -> Message | None:
    message = core.world.messages[interaction.message_id or 0]
    if message.deleted:
        raise ApiError(10008)
    interaction.original_id = message.id
    if kind == Callback.UPDATE and data:
        await _edit(core, call, interaction, message, data)
    return message


def _callback_body(core: Core, interaction: Interaction, kind: int, message: Message | None) -> Json:
    shown: Json = {
        "id": str(interaction.id),
        "type": interaction.type,
        "channel_id": str(interaction.channel_id),
    }
    if interaction.guild_id:
        shown["guild_id"] = str(interaction.guild_id)
    if message is not None:
        shown |= {
            "response_message_id": str(message.id),
            "response_message_loading": message.is_loading,
            "response_message_ephemeral": message.is_ephemeral,
        }
    body: Json = {"interaction": shown}
    if message is not None and kind in (Callback.MESSAGE, Callback.UPDATE):
        body["resource"] = {"type": kind, "message": core.show(message)}
    return body


def _new(core: Core, interaction: Interaction) -> Message:
    return Message(
        id=core.world.new_id(),
        channel_id=interaction.channel_id,
        author=core.world.bot,
        created_at=core.world.clock.now(),
        interaction_id=interaction.id,
        seen_by=interaction.user.id,
        kind=20 if interaction.type == 2 else 0,
    )


async def _keep(core: Core, interaction: Interaction, message: Message) -> None:
    core.world.messages[message.id] = message
    if not message.is_ephemeral:
        core.world.channels[interaction.channel_id].last_message_id = message.id
        await core.gateway.message_event("MESSAGE_CREATE", message)


async def _edit(core: Core, call: Call, interaction: Interaction, message: Message, body: Json) -> None:
    was_loading = message.is_loading
    write(core, call, message, body, core.world.channels[message.channel_id])
    if not was_loading:
        message.edited_at = core.world.clock.now()
        message.edits += 1
    interaction.updated = True
    core.world.changes.notify()
    if not message.is_ephemeral:
        await core.gateway.message_event("MESSAGE_UPDATE", message)


def _open(core: Core, call: Call) -> Interaction:
    """The acknowledged interaction of a webhook address.

    Raises:
        ApiError: 10015 if unknown or not acknowledged yet, 50027 after the token's 15 minutes.
    """
    number = core.world.interaction_ids.get(call.ids["webhook_token"])
    if number is None or call.id("webhook_id") != core.world.application_id:
        raise ApiError(10015)
    interaction = core.world.interactions[number]
    if interaction.answered_with is None:
        raise ApiError(10015)
    if core.world.clock.now() - interaction.created_at > core.settings.interaction_token_s:
        raise ApiError(50027)
    return interaction


async def _followup(core: Core, call: Call) -> Reply:
    interaction = _open(core, call)
    body: Json = call.body or {}
    placeholder = core.world.messages.get(interaction.original_id or 0)
    if placeholder is not None and placeholder.is_loading and not placeholder.deleted:
        # The first followup after a deferral fills the placeholder and takes its visibility.
        await _edit(core, call, interaction, placeholder, body)
        return Reply(body=core.show(placeholder))
    if (
        interaction.user_install_only
        and len(interaction.followup_ids) >= core.settings.user_install_followups
    ):
        raise ApiError(40094)
    message = _new(core, interaction)
    message.kind = 0
    write(core, call, message, body, core.world.channels[interaction.channel_id], allow_ephemeral=True)
    interaction.followup_ids.append(message.id)
    await _keep(core, interaction, message)
    core.world.changes.notify()
    return Reply(body=core.show(message))


def _message(core: Core, call: Call, interaction: Interaction) -> Message:
    """The message of an address: the original answer, or a followup by id.

    Raises:
        ApiError: 10008 if there is none.
    """
    name = call.ids.get("message_id", "@original")
    number = interaction.original_id if name == "@original" else call.id("message_id")
    if number not in (interaction.original_id, *interaction.followup_ids):
        raise ApiError(10008)
    message = core.world.messages.get(number or 0)
    if message is None or message.deleted:
        raise ApiError(10008)
    return message


async def _read_answer(core: Core, call: Call) -> Reply:
    return Reply(body=core.show(_message(core, call, _open(core, call))))


async def _edit_answer(core: Core, call: Call) -> Reply:
    interaction = _open(core, call)
    message = _message(core, call, interaction)
    await _edit(core, call, interaction, message, call.body or {})
    return Reply(body=core.show(message))


async def _delete_answer(core: Core, call: Call) -> Reply:
    message = _message(core, call, _open(core, call))
    message.deleted = True
    core.world.changes.notify()
    if not message.is_ephemeral:
        await core.gateway.message_event("MESSAGE_DELETE", message)
    return Reply(status=204)


_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"


def _answer_routes(template: str) -> tuple[Route, ...]:
    return (
        Route(method="GET", template=template, handler=_read_answer, is_open=True),
        Route(method="PATCH", template=template, handler=_edit_answer, is_open=True),
        Route(method="DELETE", template=template, handler=_delete_answer, is_open=True),
    )


ROUTES: tuple[Route, ...] = (
    Route(
        method="POST",
        template="/interactions/{interaction_id}/{interaction_token}/callback",
        handler=_callback,
        is_open=True,
    ),
    Route(method="POST", template=_WEBHOOK, handler=_followup, is_open=True),
    *_answer_routes(_WEBHOOK + "/messages/@original"),
    *_answer_routes(_WEBHOOK + "/messages/{message_id}"),
)

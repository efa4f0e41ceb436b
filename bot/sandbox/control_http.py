"""The control object over HTTP, under `/control`, for a double that runs in its own process.

Every request is a POST with a JSON object (GET for reading) and answers JSON; an error answers 400 with
`{"error": ...}`. Guilds, channels, users are named by name or id, answers by the `id` that the action returned.

    POST /control/guild     {"name", "bot_permissions"?, "locale"?}            -> {"id"}
    POST /control/channel   {"guild", "name", "kind"?: text|announcement|forum} -> {"id"}
    POST /control/user      {"name", "guild"?, "can"?, "locale"?}              -> {"id"}
    POST /control/ready     {"within"?}
    POST /control/slash     {"user", "name", "options"?, "channel"?, "raw"?, "within"?}   -> answer
    POST /control/complete  {"user", "name", "option", "typed"?, "options"?}   -> {"choices"}
    POST /control/click     {"user", "answer" | "message", "button"}           -> answer
    POST /control/select    {"user", "answer" | "message", "values", "menu"?}  -> answer
    POST /control/submit    {"user", "answer", "values"}                       -> answer
    POST /control/say       {"user", "text", "channel"?}                       -> {"id"}
    POST /control/fault     {"kind", "route"?, "times"?, "after"?, ...}: the fields of `Fault`
    POST /control/gateway   {"do": abort|close|reconnect|invalidate|heartbeat|withhold_acks|forget_sessions|refuse, ...}
    POST /control/clock     {"advance_s"}
    POST /control/nonces    {"window_s"} or {"forget": true}
    GET  /control/answer?id=   GET /control/messages?channel=   GET /control/commands
    GET  /control/calls?after=   GET /control/problems   GET /control/state
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.answers import Answer, View
from bot.sandbox.errors import SandboxError
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.model import Channel, ChannelType, Guild, Json
from bot.sandbox.permissions import BOT_DEFAULT
from bot.sandbox.users import Player

if TYPE_CHECKING:
    from bot.sandbox.control import Control

__all__ = ["ControlApi", "control_routes"]

_KINDS = {"text": ChannelType.TEXT, "announcement": ChannelType.ANNOUNCEMENT, "forum": ChannelType.FORUM}
Action = Callable[[Json], Awaitable[Any]]


def control_routes(control: Control) -> list[web.RouteDef]:
    """The routes, to be added to the server's application."""
    api = ControlApi(control)
    return [
        web.post("/control/{action}", api.handle),
        web.get("/control/{action}", api.handle),
    ]


class ControlApi:
    """Translates JSON to the methods of `Control`."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._posts: dict[str, Action] = {
            "guild": self._guild_add,
            "channel": self._channel_add,
            "user": self._user_add,
            "ready": self._ready,
            "slash": self._slash,
            "complete": self._complete,
            "click": self._click,
            "select": self._select,
            "submit": self._submit,
            "say": self._say,
            "fault": self._fault,
            "gateway": self._gateway,
            "clock": self._clock,
            "nonces": self._nonces,
        }
        self._gets: dict[str, Action] = {
            "answer": self._answer,
            "messages": self._messages,
            "commands": self._commands,
            "calls": self._calls,
            "problems": self._problems,
            "state": self._state,
        }

    async def handle(self, request: web.Request) -> web.Response:
        """One request."""
        actions = self._posts if request.method == "POST" else self._gets
        action = actions.get(request.match_info["action"])
        if action is None:
            return web.json_response({"error": f"unknown action; known: {', '.join(actions)}"}, status=404)
        try:
            body = (
                await request.json()
                if request.method == "POST" and request.can_read_body
                else dict(request.query)
            )
            return web.json_response(await action(body))
        except (SandboxError, LookupError, ValueError, TypeError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)

    # Names to records

    def _guild(self, name: object) -> Guild:
        for guild in self._control.world.guilds.values():
            if str(name) in (guild.name, str(guild.id)):
                return guild
        raise LookupError(f"no guild {name!r}")

    def _channel(self, name: object) -> Channel:
        for channel in self._control.world.channels.values():
            if str(name) in (channel.name, str(channel.id)):
                return channel
        raise LookupError(f"no channel {name!r}")

    def _user(self, body: Json) -> Player:
        for player in self._control.players:
            if str(body["user"]) in (player.user.username, str(player.id)):
                place = self._channel(body["channel"]) if body.get("channel") else None
                if place is not None and place.type == ChannelType.DM:
                    return self._control.in_private(player)
                player.channel = place
                return player
        raise LookupError(f"no user {body['user']!r}")

    def _target(self, body: Json) -> Answer | View:
        if body.get("answer"):
            interaction = self._control.world.interactions[int(body["answer"])]
            return Answer(self._control.core, interaction)
        return View(self._control.core, self._control.world.messages[int(body["message"])])

    # Actions

    async def _guild_add(self, body: Json) -> Json:
        guild = self._control.add_guild(
            body["name"],
            bot_permissions=body.get("bot_permissions", BOT_DEFAULT),
            locale=body.get("locale", "en-US"),
        )
        await self._control.announce(guild)
        return {"id": str(guild.id)}

    async def _channel_add(self, body: Json) -> Json:
        guild = self._guild(body["guild"])
        channel = self._control.add_channel(guild, body["name"], type=_KINDS[body.get("kind", "text")])
        await self._control.announce(channel)
        return {"id": str(channel.id)}

    async def _user_add(self, body: Json) -> Json:
        guild = self._guild(body["guild"]) if body.get("guild") else None
        locale = body.get("locale", "en-US")
        player = self._control.add_user(body["name"], guild, can=body.get("can", 0), locale=locale)
        return {"id": str(player.id)}

    async def _ready(self, body: Json) -> Json:
        await self._control.ready(within=float(body.get("within", 30)))
        return {"sessions": len(self._control.gateway.live_sessions())}

    async def _slash(self, body: Json) -> Json:
        answer = await self._user(body).slash(
            body["name"],
            raw=bool(body.get("raw")),
            within=float(body.get("within", 30)),
            **body.get("options", {}),
        )
        return _show_answer(answer)

    async def _complete(self, body: Json) -> Json:
        player = self._user(body)
        others = body.get("options", {})
        found = await player.autocomplete(body["name"], body["option"], body.get("typed", ""), **others)
        return {"choices": [{"name": choice.name, "value": choice.value} for choice in found]}

    async def _click(self, body: Json) -> Json:
        return _show_answer(await self._user(body).click(self._target(body), body["button"]))

    async def _select(self, body: Json) -> Json:
        player = self._user(body)
        return _show_answer(await player.select(self._target(body), body["values"], menu=body.get("menu")))

    async def _submit(self, body: Json) -> Json:
        target = self._target(body)
        if not isinstance(target, Answer):
            raise TypeError("a form is named by its answer")
        return _show_answer(await self._user(body).submit(target, body.get("values", {})))

    async def _say(self, body: Json) -> Json:
        return {"id": str((await self._user(body).say(body["text"])).id)}

    async def _fault(self, body: Json) -> Json:
        fault = Fault(**{**body, "kind": FaultKind(body["kind"])})
        self._control.faults.add(fault)
        return {"arranged": len(self._control.faults.arranged)}

    async def _gateway(self, body: Json) -> Json:
        control, gateway, wanted = self._control, self._control.gateway, body["do"]
        on = bool(body.get("on", True))
        if wanted == "abort":
            gateway.abort()
        elif wanted == "close":
            await gateway.close(int(body.get("code", 4000)))
        elif wanted == "reconnect":
            await control.reconnect()
        elif wanted == "invalidate":
            await control.invalidate(resumable=bool(body.get("resumable")))
        elif wanted == "heartbeat":
            await control.ask_heartbeat()
        elif wanted == "withhold_acks":
            gateway.withhold_acks = on
        elif wanted == "forget_sessions":
            gateway.forget_sessions()
        elif wanted == "refuse":
            gateway.refuse_connections = on
        else:
            raise ValueError(f"do: unknown {wanted!r}")
        return {"connections": len(gateway.live()), "resumes": gateway.resumes}

    async def _clock(self, body: Json) -> Json:
        self._control.clock.advance(float(body["advance_s"]))
        return {"now": self._control.clock.now()}

    async def _nonces(self, body: Json) -> Json:
        if body.get("forget"):
            self._control.forget_nonces()
        if "window_s" in body:
            self._control.world.nonce_window_s = float(body["window_s"])
        return {"window_s": self._control.world.nonce_window_s}

    # Reading

    async def _answer(self, body: Json) -> Json:
        return _show_answer(Answer(self._control.core, self._control.world.interactions[int(body["id"])]))

    async def _messages(self, body: Json) -> list[Json]:
        views = self._control.messages(self._channel(body["channel"]))
        return [{"id": str(view.id), "text": view.text, "message": view.json()} for view in views]

    async def _commands(self, _body: Json) -> list[Json]:
        return [{**command.body, "id": str(command.id)} for command in self._control.world.commands.values()]

    async def _calls(self, body: Json) -> list[Json]:
        after = int(body.get("after", 0))
        keys = ("number", "at", "method", "path", "template", "body", "status", "fault")
        return [
            {key: getattr(call, key) for key in keys} for call in self._control.calls if call.number > after
        ]

    async def _problems(self, _body: Json) -> list[str]:
        return self._control.problems

    async def _state(self, _body: Json) -> Json:
        world = self._control.world
        return {
            "guilds": {str(guild.id): guild.name for guild in world.guilds.values()},
            "channels": {str(channel.id): channel.name for channel in world.channels.values()},
            "users": {str(user.id): user.username for user in world.users.values()},
            "sessions": len(self._control.gateway.live_sessions()),
            "identifies": len(self._control.gateway.identifies),
            "resumes": self._control.gateway.resumes,
        }


def _show_answer(answer: Answer) -> Json:
    return {
        "id": str(answer.id),
        "kind": answer.kind,
        "text": answer.text,
        "ephemeral": answer.is_ephemeral,
        "buttons": [
            {"label": b.label, "custom_id": b.custom_id, "url": b.url, "disabled": b.is_disabled}
            for b in answer.buttons
        ],
        "selects": [
            {"custom_id": s.custom_id, "options": [list(option) for option in s.options]}
            for s in answer.selects
        ],
        "files": {name: len(content) for name, content in answer.files.items()},
        "modal": answer.modal,
        "pings": answer.pings,
        "messages": [view.json() for view in answer.views],
    }

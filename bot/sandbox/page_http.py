"""The page at `/`: the double's server as a member sees it, for a browser on this machine.

    GET  /                 the page; /page/<file> its parts
    GET  /page/state       ?user=       who and what there is, the commands that the user is offered
    POST /page/messages    {"user", "channel", "known": {id: stamp}} -> {"order": [id], "changed": [message]}
    GET  /page/events      server-sent events: `changed` whenever something did
    GET  /page/calls       ?last=       the newest requests of the bot
    GET  /page/log                      the end of the bot's log
    POST /page/restart, /page/clock {"seconds"}: where a stage keeps the bot (see `bot.sandbox.stage`)

What a user does goes through `/control`. Everything is loopback: a request that names another host is refused, so
that no web page elsewhere can reach in under a name of its own (DNS rebinding), nor one of another origin.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from importlib import resources
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.client import check_visible
from bot.sandbox.clock import iso
from bot.sandbox.control import Control
from bot.sandbox.errors import ClientRefused
from bot.sandbox.model import Channel, ChannelType, Guild, Json, Message, User
from bot.sandbox.permissions import Permission

__all__ = ["guard", "page_routes"]

_FILES = resources.files("bot.sandbox") / "page"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
#: Nothing from outside, no inline script: an article's text could not run if it got into the page as markup.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})
#: Changes that follow each other faster are told as one.
_PAUSE_S = 0.05
#: An event stream says something at least so often, so that a closed page is noticed.
_HEARTBEAT_S = 15.0
_LOG_LINES = 80


@web.middleware
async def guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse what does not come from this machine's own page or tools."""
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    origin = request.headers.get("Origin")
    foreign = origin is not None and (urlsplit(origin).netloc != request.host)
    if host not in _LOCAL or foreign:
        return web.json_response({"error": "only this machine is served"}, status=403)
    return await handler(request)


def page_routes(control: Control) -> list[web.RouteDef]:
    """The routes, to be added to the server's application."""
    api = _PageApi(control)
    return [
        web.get("/", api.file),
        web.get("/page/state", api.state),
        web.post("/page/messages", api.messages),
        web.get("/page/events", api.events),
        web.get("/page/calls", api.calls),
        web.get("/page/log", api.log),
        web.post("/page/restart", api.restart),
        web.post("/page/clock", api.clock),
        web.get("/page/{name}", api.file),
    ]


class _PageApi:
    def __init__(self, control: Control) -> None:
        self._control = control

    async def file(self, request: web.Request) -> web.Response:
        """A file of the page; read anew each time, so that work on it shows with a reload."""
        wanted = request.match_info.get("name", "index.html")
        known = {entry.name: entry for entry in _FILES.iterdir()}
        if wanted not in known:
            return web.json_response({"error": f"no file {wanted!r}"}, status=404)
        content_type = _TYPES["." + wanted.rsplit(".", 1)[-1]]
        return web.Response(
            text=known[wanted].read_text("utf-8"),
            content_type=content_type,
            charset="utf-8",
            headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"},
        )

    async def state(self, request: web.Request) -> web.Response:
        control = self._control
        guild, user = self._viewer(request.query.get("user"))
        channels = self._channels(guild, user)
        played = {player.user.id for player in control.players}
        return web.json_response(
            {
                "guild": {"id": str(guild.id), "name": guild.name} if guild else None,
                "bot": control.world.bot.username,
                "people": [
                    {"id": str(one.id), "name": one.username, "played": one.id in played}
                    for one in control.world.users.values()
                ],
                "roles": [{"id": str(role.id), "name": role.name} for role in guild.roles.values()]
                if guild
                else [],
                "channels": channels,
                "commands": self._commands(guild, user),
                "online": bool(control.gateway.live_sessions()),
                "now": iso(control.clock.now()),
                "staged": control.stage is not None,
            }
        )

    async def messages(self, request: web.Request) -> web.Response:
        body = await request.json()
        user_id, channel_id = int(body["user"]), int(body["channel"])
        known: dict[str, str] = body.get("known") or {}
        order: list[str] = []
        changed: list[Json] = []
        for message in self._control.world.channel_messages(channel_id, ephemeral=True):
            if message.is_ephemeral and message.seen_by != user_id:
                continue
            order.append(str(message.id))
            stamp = _stamp(message)
            if known.get(str(message.id)) != stamp:
                changed.append({**self._shown(message), "stamp": stamp})
        return web.json_response({"order": order, "changed": changed})

    async def events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        changes = self._control.world.changes
        seen = changes.count
        try:
            while True:
                rang = await changes.after(seen, within=_HEARTBEAT_S)
                said = b"event: changed\ndata: 1\n\n" if rang else b": still here\n\n"
                seen = changes.count
                await response.write(said)
                await asyncio.sleep(_PAUSE_S)
        except ConnectionError:
            # The page was closed.
            return response

    async def calls(self, request: web.Request) -> web.Response:
        last = min(500, int(request.query.get("last", "50")))
        return web.json_response(
            [
                {key: getattr(call, key) for key in ("number", "method", "path", "body", "status", "fault")}
                for call in self._control.calls[-last:]
            ]
        )

    async def log(self, _request: web.Request) -> web.Response:
        stage = self._control.stage
        return web.json_response({"lines": stage.log_lines()[-_LOG_LINES:] if stage else []})

    async def restart(self, _request: web.Request) -> web.Response:
        if self._control.stage is None:
            return web.json_response({"error": "the bot runs elsewhere"}, status=409)
        await self._control.stage.restart()
        return web.json_response({})

    async def clock(self, request: web.Request) -> web.Response:
        if self._control.stage is None:
            return web.json_response({"error": "the bot runs elsewhere"}, status=409)
        seconds = float((await request.json())["seconds"])
        if not 0 < seconds <= 366 * 86_400:
            return web.json_response({"error": "seconds: expected more than 0, a year at most"}, status=400)
        await self._control.stage.advance(seconds)
        return web.json_response({"now": iso(self._control.clock.now())})

    # What one user sees

    def _viewer(self, wanted: str | None) -> tuple[Guild | None, User | None]:
        players = self._control.players
        player = next((one for one in players if str(one.id) == wanted), players[0] if players else None)
        return (player.guild, player.user) if player else (None, None)

    def _channels(self, guild: Guild | None, user: User | None) -> list[Json]:
        world = self._control.world
        found: list[Json] = []
        for channel_id in guild.channel_ids if guild else ():
            channel = world.channels.get(channel_id)
            if channel is None or (user and not world.bits(user.id, channel) & Permission.VIEW_CHANNEL):
                continue
            found += [_channel(channel), *map(_channel, self._control.threads(channel))]
        found += [
            _channel(channel)
            for channel in world.channels.values()
            if channel.type == ChannelType.DM and user in channel.recipients
        ]
        return found

    def _commands(self, guild: Guild | None, user: User | None) -> list[Json]:
        """Those that the client offers this user in the first channel."""
        if guild is None or user is None or not guild.channel_ids:
            return []
        core, place = self._control.core, self._control.world.channels[guild.channel_ids[0]]
        offered = []
        for command in [*core.world.commands_of(None), *core.world.commands_of(guild.id)]:
            try:
                check_visible(core, command, guild, user, place)
            except ClientRefused:
                continue
            offered.append(command.body)
        return sorted(offered, key=lambda body: str(body["name"]))

    def _shown(self, message: Message) -> Json:
        """A message as Discord gives it, and who asked for it with which command."""
        shown: Json = self._control.core.show(message)
        interaction = self._control.world.interactions.get(message.interaction_id or 0)
        if interaction is not None and interaction.command_name:
            shown["asked"] = {"by": interaction.user.username, "command": f"/{interaction.command_name}"}
        return shown


def _channel(channel: Channel) -> Json:
    return {
        "id": str(channel.id),
        "name": channel.name,
        "type": channel.type,
        "parent": str(channel.parent_id) if channel.is_thread else None,
        "topic": channel.topic,
    }


def _stamp(message: Message) -> str:
    """Changes with everything about a message that can."""
    return f"{message.edits}.{message.flags}.{message.edited_at or 0}.{message.thread_id or 0}.{message.pinned:d}"

"""The gateway: sessions that outlive their connections, events with numbers and replay, and close codes.

Source: Discord topics "Gateway" and "Gateway Events", "Opcodes and Status Codes".
"""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox import payloads
from bot.sandbox.connection import Connection, Op
from bot.sandbox.core import Core
from bot.sandbox.model import Channel, Json, Message
from bot.sandbox.sessions import Intent, Session

__all__ = ["Gateway"]

DAY_S = 86_400.0
#: Bytes of one incoming frame before the socket itself is closed; the protocol's own limit is in `Settings`.
FRAME_MAX = 1 << 20


class Gateway:
    """All sessions and connections of the double."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        # (seconds since 1970, shard) of each IDENTIFY, and how many RESUMEs succeeded.
        self.identifies: list[tuple[float, int]] = []
        self.resumes = 0
        # Switches for tests.
        self.withhold_acks = False
        self.refuse_connections = False

    # Sending

    async def emit(self, event: str, data: Json, *, guild_id: int | None = None) -> int:
        """Send an event to every session that wants it; one without a connection gets it at its RESUME.

        Returns:
            How many sessions it went to.
        """
        reached = 0
        for session in list(self.sessions.values()):
            if session.wants(event, guild_id):
                await self._dispatch(session, event, data)
                reached += 1
        return reached

    async def message_event(self, event: str, message: Message) -> None:
        """MESSAGE_CREATE, _UPDATE or _DELETE, without the content for sessions that may not read it."""
        channel = self._core.world.channels[message.channel_id]
        data = {"id": str(message.id), "channel_id": str(message.channel_id)}
        if event != "MESSAGE_DELETE":
            data = self._core.show(message)
        if channel.guild_id is not None:
            data["guild_id"] = str(channel.guild_id)
        for session in list(self.sessions.values()):
            if session.wants(event, channel.guild_id):
                await self._dispatch(session, event, self._readable(session, message, data, channel))

    def _readable(self, session: Session, message: Message, data: Json, channel: Channel) -> Json:
        own = message.author.id == self._core.world.bot.id
        mentioned = self._core.world.bot.id in message.pinged_users
        if (
            own
            or mentioned
            or channel.guild_id is None
            or session.intents & Intent.MESSAGE_CONTENT
            or "author" not in data
        ):
            return data
        return {**data, "content": "", "embeds": [], "attachments": [], "components": []}

    async def remove_channel(self, channel: Channel) -> None:
        """Delete a channel or thread and tell the bot."""
        world = self._core.world
        world.channels.pop(channel.id, None)
        guild = world.guilds.get(channel.guild_id or 0)
        if guild is not None and channel.id in guild.channel_ids:
            guild.channel_ids.remove(channel.id)
        event = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
        await self.emit(event, payloads.channel(channel), guild_id=channel.guild_id)

    async def _dispatch(self, session: Session, event: str, data: Json) -> None:
        session.sequence += 1
        text = json.dumps(
            {"op": Op.DISPATCH, "s": session.sequence, "t": event, "d": data}, separators=(",", ":")
        )
        session.history.append((session.sequence, text))
        if session.connection is not None:
            await session.connection.send_text(text)

    # Receiving

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection, from hello to its end."""
        if self.refuse_connections:
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=FRAME_MAX, autoping=True)
        await socket.prepare(request)
        connection = Connection(socket, request, compress=request.query.get("compress", ""))
        self.connections.add(connection)
        try:
            await self._converse(connection, version=request.query.get("v", ""))
        finally:
            self.connections.discard(connection)
            connection.is_closed = True
            self._core.world.changes.notify()
        return socket

    async def _converse(self, connection: Connection, *, version: str) -> None:
        if version != "10":
            await connection.close(4012)
            return
        interval = self._core.settings.heartbeat_interval_ms
        await connection.send(Op.HELLO, {"heartbeat_interval": interval, "_trace": []})
        # Ends with the socket, or when nothing came for two heartbeats (4009, session timed out).
        while not connection.is_closed:
            try:
                frame = await connection.socket.receive(timeout=2 * interval / 1000 + 5)
            except TimeoutError:
                await connection.close(4009)
                return
            if frame.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                return
            code = await self._receive(connection, frame.data)
            if code is not None:
                await connection.close(code)
                return

    async def _receive(self, connection: Connection, raw: str | bytes) -> int | None:
        """Act on one frame; the close code to end with, or `None` to go on."""
        content = raw.encode() if isinstance(raw, str) else raw
        if len(content) > self._core.settings.payload_max_bytes:
            return 4002
        if connection.count_received() > self._core.settings.sends_per_minute:
            return 4008
        try:
            message = json.loads(content)
            op, data = int(message["op"]), message.get("d")
        except (ValueError, KeyError, TypeError):
            return 4002
        connection.received.append(op)
        if op == Op.HEARTBEAT:
            connection.beats += 1
            if not self.withhold_acks:
                await connection.send(Op.HEARTBEAT_ACK, None)
            return None
        if op == Op.IDENTIFY:
            return await self._identify(connection, data)
        if op == Op.RESUME:
            return await self._resume(connection, data)
        if op in (Op.PRESENCE, Op.VOICE_STATE, Op.REQUEST_MEMBERS):
            return None if connection.session_id else 4003
        return 4001

    def session_start_limit(self) -> Json:
        """What `GET /gateway/bot` tells about IDENTIFYs."""
        settings = self._core.settings
        used = self._identifies_within(DAY_S)
        return {
            "total": settings.session_starts_per_day,
            "remaining": max(0, settings.session_starts_per_day - len(used)),
            "reset_after": int(DAY_S * 1000),
            "max_concurrency": settings.max_concurrency,
        }

    def _identifies_within(self, seconds: float) -> list[tuple[float, int]]:
        now = self._core.world.clock.now()
        return [item for item in self.identifies if now - item[0] < seconds]

    async def _identify(self, connection: Connection, data: Any) -> int | None:
        settings, world = self._core.settings, self._core.world
        if connection.session_id:
            return 4005
        if not isinstance(data, dict) or data.get("token") != world.token:
            return 4004
        intents = int(data.get("intents", 0))
        if intents & Intent.PRIVILEGED & ~settings.granted_intents:
            return 4014
        shard = tuple(int(part) for part in data.get("shard") or (0, 1))
        if len(shard) != 2 or not 0 <= shard[0] < shard[1]:
            return 4010
        # More than the limit in a day: Discord resets the token.
        if len(self._identifies_within(DAY_S)) >= settings.session_starts_per_day:
            return 4004
        bucket = shard[0] % settings.max_concurrency
        recent = self._identifies_within(settings.identify_window_s)
        if any(other % settings.max_concurrency == bucket for _, other in recent):
            await connection.send(Op.INVALID_SESSION, False)
            return None
        self.identifies.append((world.clock.now(), shard[0]))
        await self._start_session(connection, intents, (shard[0], shard[1]), sharded="shard" in data)
        return None

    async def _start_session(
        self, connection: Connection, intents: int, shard: tuple[int, int], *, sharded: bool
    ) -> None:
        world = self._core.world
        session = Session(id=secrets.token_hex(16), intents=intents, shard=shard, connection=connection)
        self.sessions[session.id] = session
        connection.session_id = session.id
        number, count = shard
        guilds = [g for g in world.guilds.values() if g.has_bot and (g.id >> 22) % count == number]
        ready: Json = {
            "v": 10,
            "user": payloads.own_user(world.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self._core.gateway_url,
            "application": {"id": str(world.application_id), "flags": 0},
            "private_channels": [],
            "relationships": [],
            "presences": [],
        }
        if sharded:
            ready["shard"] = list(shard)
        await self._dispatch(session, "READY", ready)
        for guild in guilds:
            if session.intents & Intent.GUILDS:
                await self._dispatch(session, "GUILD_CREATE", payloads.guild_create(world, guild))
        world.changes.notify()

    async def _resume(self, connection: Connection, data: Any) -> int | None:
        if not isinstance(data, dict) or data.get("token") != self._core.world.token:
            return 4004
        session = self.sessions.get(str(data.get("session_id")))
        sequence = int(data.get("seq") or 0)
        if session is None:
            await connection.send(Op.INVALID_SESSION, False)
            return None
        if sequence > session.sequence:
            return 4007
        if sequence < session.sequence - len(session.history):
            # Some of it has fallen out of the replay.
            await connection.send(Op.INVALID_SESSION, False)
            return None
        if session.connection is not None and session.connection is not connection:
            session.connection.is_closed = True
        session.connection = None
        connection.session_id = session.id
        # Events that happen during the replay are replayed too, in order; each round sends one and they are finite.
        while sequence < session.sequence:
            sequence += 1
            await connection.send_text(next(text for number, text in session.history if number == sequence))
        session.connection = connection
        self.resumes += 1
        await self._dispatch(session, "RESUMED", {"_trace": []})
        self._core.world.changes.notify()
        return None

    # Faults, for the control object

    def live(self) -> list[Connection]:
        """Connections that are open now."""
        return [connection for connection in self.connections if not connection.is_closed]

    def live_sessions(self) -> list[Session]:
        """Sessions with an open connection."""
        return [session for session in self.sessions.values() if session.is_live]

    def abort(self) -> None:
        """Cut every connection on the TCP level, without a close frame."""
        for connection in self.live():
            connection.abort()

    async def close(self, code: int) -> None:
        """Close every connection with a code; 4004 and 4014 are final for the library."""
        for connection in self.live():
            await connection.close(code)

    async def send_all(self, op: int, data: Any) -> None:
        """Send an operation to every connection: 7 reconnect, 9 invalid session, 1 heartbeat request."""
        for connection in self.live():
            await connection.send(op, data)

    def forget_sessions(self) -> None:
        """Every later RESUME is answered with an invalid session."""
        self.sessions.clear()

    async def shut_down(self) -> None:
        """End all connections, each within a second."""
        for connection in self.live():
            try:
                await asyncio.wait_for(connection.close(1001), 1.0)
            except TimeoutError:
                connection.abort()

"""One gateway connection: frames out (plain or in one zlib stream), and what was counted coming in."""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from collections import deque
from typing import Any

from aiohttp import web

__all__ = ["Connection", "Op"]


class Op:
    """Gateway operations."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE_STATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Connection:
    """A socket and its stream state.

    `compress` is what the client asked for: `zlib-stream` is given; anything else (also `zstd-stream`) gets text
    frames, which the library takes as well.
    """

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, *, compress: str) -> None:
        self.socket = socket
        self._request = request
        # One context for the whole connection, as Discord keeps it.
        self._zlib = zlib.compressobj() if compress == "zlib-stream" else None
        self._lock = asyncio.Lock()
        self._times: deque[float] = deque()
        self.session_id: str | None = None
        self.is_closed = False
        self.beats = 0
        self.received: list[int] = []

    async def send(self, op: int, data: Any) -> None:
        """Send an operation that is not an event."""
        await self.send_text(json.dumps({"op": op, "d": data, "s": None, "t": None}, separators=(",", ":")))

    async def send_text(self, text: str) -> None:
        """Send one JSON text; a connection that is gone swallows it, the session keeps it for the replay."""
        if self.is_closed or self.socket.closed:
            return
        # The lock keeps compressing and sending in one order.
        async with self._lock:
            try:
                if self._zlib is None:
                    await self.socket.send_str(text)
                    return
                content = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(content)
            except (ConnectionError, RuntimeError):
                self.is_closed = True

    def count_received(self) -> int:
        """Count one incoming event; how many came in the last 60 seconds."""
        now = time.monotonic()
        self._times.append(now)
        while now - self._times[0] > 60.0:
            self._times.popleft()
        return len(self._times)

    def abort(self) -> None:
        """Cut it on the TCP level."""
        self.is_closed = True
        if self._request.transport is not None:
            self._request.transport.abort()

    async def close(self, code: int) -> None:
        """Close with a code."""
        self.is_closed = True
        await self.socket.close(code=code)

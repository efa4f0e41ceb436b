"""A web server on this machine that answers as a test says, and a canary that must never be reached."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Reply = Callable[[str, asyncio.StreamWriter], Awaitable[None]]


class Loopback:
    """Answers each path with the bytes or the function given for it; keeps the requests."""

    def __init__(self) -> None:
        self.port = 0
        # Connections, also those that ask for nothing.
        self.hits = 0
        self.requests: list[str] = []
        self.replies: dict[str, bytes | Reply] = {}

    @property
    def host_port(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host_port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.hits += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                request = head.decode("latin-1")
                self.requests.append(request)
                reply = self.replies.get(request.split(" ")[1], answer(b"", status="404 Not Found"))
                if isinstance(reply, bytes):
                    writer.write(reply)
                    await writer.drain()
                else:
                    await reply(request, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def answer(body: bytes, *, status: str = "200 OK", headers: dict[str, str] | None = None) -> bytes:
    """A whole response."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@asynccontextmanager
async def serving() -> AsyncIterator[Loopback]:
    """A server that runs while the test does."""
    loopback = Loopback()
    server = await asyncio.start_server(loopback.serve, "127.0.0.1", 0)
    loopback.port = server.sockets[0].getsockname()[1]
    try:
        yield loopback
    finally:
        server.close()


@asynccontextmanager
async def canary_listening() -> AsyncIterator[Loopback]:
    """A server at one port of this machine in both families of addresses; whoever connects is counted."""
    canary = Loopback()
    servers = [await asyncio.start_server(canary.serve, "127.0.0.1", 0)]
    canary.port = servers[0].sockets[0].getsockname()[1]
    # Not every machine has IPv6, and the port may be taken there.
    with contextlib.suppress(OSError):
        servers.append(await asyncio.start_server(canary.serve, "::1", canary.port))
    try:
        yield canary
    finally:
        for server in servers:
            server.close()

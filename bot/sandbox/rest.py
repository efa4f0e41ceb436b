"""The REST side: reads a request, lets faults and limits have their say, judges it, acts, judges the answer.

The order is fixed (it is the order in which things go wrong for real): record, fault, unknown route, ban, token,
bucket, judge, handler, judge of the reply, fault after handling.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox import routes_channels, routes_commands, routes_interactions, routes_messages
from bot.sandbox.core import Core, Reply, Route
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.record import Call, Upload

__all__ = ["API_PREFIX", "Rest"]

API_PREFIX = "/api/v10"
#: Parts of one multipart request: the JSON, ten files and some room.
PARTS_MAX = 32
#: A fault that hangs ends after this many seconds whatever the test asked for.
HANG_MAX_S = 300.0
_FILE_FIELD = re.compile(r"files\[(\d+)\]")

ROUTES: tuple[Route, ...] = (
    *routes_channels.ROUTES,
    *routes_messages.ROUTES,
    *routes_commands.ROUTES,
    *routes_interactions.ROUTES,
)


class _Cut(Exception):
    """The connection is to be cut without an answer."""


class Rest:
    """Answers every request under `/api/v10`."""

    def __init__(self, core: Core) -> None:
        self._core = core
        # Literal paths before those with ids in the same place: /users/@me before /users/{user_id}.
        ordered = sorted(ROUTES, key=lambda route: route.template.count("{"))
        self._routes = [(route, _pattern(route.template)) for route in ordered]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The one handler of the HTTP server."""
        call = await self._read(request)
        self._core.record.add(call)
        try:
            reply = await self._run(call)
        except _Cut:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        call.status, call.answer = reply.status, reply.body
        self._core.limits.count_invalid(reply.status, scope=reply.headers.get("X-RateLimit-Scope"))
        self._core.world.changes.notify()
        return _response(reply)

    async def _run(self, call: Call) -> Reply:
        route = self._match(call)
        fault = self._core.faults.take(call)
        if fault is None:
            return await self._answer(call, route)
        call.fault = str(fault)
        if fault.after:
            call.answer = (await self._answer(call, route)).body
            self._core.world.changes.notify()
        return await self._strike(fault, call, route)

    async def _strike(self, fault: Fault, call: Call, route: Route | None) -> Reply:
        if fault.kind == FaultKind.RESET:
            raise _Cut
        if fault.kind == FaultKind.HANG:
            await asyncio.sleep(min(fault.seconds, HANG_MAX_S))
            if fault.after:
                raise _Cut
            return await self._answer(call, route)
        if fault.kind == FaultKind.CLOUDFLARE:
            return _cloudflare()
        if fault.kind == FaultKind.RATE_LIMIT:
            limited = self._core.limits.limited(fault.retry_after_s, scope=fault.scope)
            return Reply(status=429, body=limited.body(), headers=limited.headers)
        if fault.kind == FaultKind.REFUSE:
            error = ApiError(fault.code)
            return Reply(status=error.status, body=error.body())
        return Reply(status=fault.status, body=f"<html>{fault.status}</html>")

    async def _answer(self, call: Call, route: Route | None) -> Reply:
        core = self._core
        if route is None:
            core.record.problem(call, "route", "unknown to the loopback Discord")
            return Reply(status=404, body={"message": "404: Not Found", "code": 0})
        if core.limits.is_banned:
            return _cloudflare()
        headers: dict[str, str] = {}
        try:
            if not route.is_open and call.authorization != f"Bot {core.world.token}":
                raise ApiError(0, status=401, message="401: Unauthorized")
            major = next(
                (
                    call.ids[k]
                    for k in ("channel_id", "guild_id", "webhook_token", "interaction_token")
                    if k in call.ids
                ),
                "",
            )
            headers, limited = core.limits.take(
                route.method, route.template, major, counts_globally=not route.is_open
            )
            if limited is not None:
                return Reply(status=429, body=limited.body(), headers=limited.headers)
            self._judge_request(call)
            reply = await route.handler(core, call)
        except ApiError as error:
            reply = Reply(status=error.status, body=error.body())
            if error.status == 429:
                headers["Via"] = "1.1 loopback"
        reply.headers = {**headers, **reply.headers}
        self._judge_reply(call, reply)
        return reply

    def _match(self, call: Call) -> Route | None:
        for route, pattern in self._routes:
            found = pattern.fullmatch(call.path) if route.method == call.method else None
            if found:
                call.template, call.ids = route.template, found.groupdict()
                return route
        return None

    def _judge_request(self, call: Call) -> None:
        if self._core.judge is None:
            return
        problems = self._core.judge(call.method, call.path, call.body, None, None)
        for problem in problems:
            self._core.record.problem(call, "request", problem)
        if problems:
            errors = [{"code": "API_DESCRIPTION", "message": problem} for problem in problems]
            raise ApiError(50035, errors={"_errors": errors})

    def _judge_reply(self, call: Call, reply: Reply) -> None:
        if self._core.judge is None or reply.status >= 500:
            return
        for problem in self._core.judge(call.method, call.path, call.body, reply.status, reply.body):
            self._core.record.problem(call, "reply", problem)

    async def _read(self, request: web.Request) -> Call:
        call = Call(
            number=self._core.record.next_number(),
            at=self._core.world.clock.now(),
            method=request.method,
            path=request.path.removeprefix(API_PREFIX),
            query=dict(request.query),
            authorization=request.headers.get("Authorization"),
        )
        if request.content_type == "multipart/form-data":
            await self._read_parts(request, call)
        elif request.can_read_body:
            call.body = _load(await request.read())
        return call

    async def _read_parts(self, request: web.Request, call: Call) -> None:
        reader = await request.multipart()
        for _ in range(PARTS_MAX):
            part = await reader.next()
            if part is None:
                return
            if not isinstance(part, BodyPartReader):
                continue
            content = bytes(await part.read(decode=False))
            field = _FILE_FIELD.fullmatch(part.name or "")
            if part.name == "payload_json":
                call.body = _load(content)
            elif field:
                kind = part.headers.get("Content-Type", "application/octet-stream")
                name = part.filename or "file"
                call.files[int(field[1])] = Upload(filename=name, content=content, content_type=kind)


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template))


def _load(content: bytes) -> Any:
    if not content:
        return None
    try:
        return json.loads(content)
    except ValueError:
        return None


def _cloudflare() -> Reply:
    """A 429 of the proxy in front of Discord: no Via, no JSON; the library takes it for a ban and raises at once."""
    return Reply(status=429, body="error code: 1015", headers={"Retry-After": "600"})


def _response(reply: Reply) -> web.Response:
    """Bytes on the wire. The type is exactly `application/json`: with a charset the library reads text."""
    if reply.body is None:
        return web.Response(status=reply.status, headers=reply.headers)
    if isinstance(reply.body, str):
        return web.Response(
            status=reply.status, headers=reply.headers, text=reply.body, content_type="text/html"
        )
    content = json.dumps(reply.body, separators=(",", ":")).encode()
    headers = {**reply.headers, "Content-Type": "application/json"}
    return web.Response(status=reply.status, headers=headers, body=content)

"""The HTTP server of the double: one application on 127.0.0.1 and a free port."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from aiohttp import web

from bot.sandbox.control import Control
from bot.sandbox.control_http import control_routes
from bot.sandbox.core import Judge, Settings
from bot.sandbox.page_http import guard, page_routes
from bot.sandbox.rest import API_PREFIX

__all__ = ["LoopbackDiscord"]

HOST = "127.0.0.1"
#: Largest request body read; Discord's own limit is 25 MiB, checked with its own answer.
BODY_MAX_BYTES = 40 * 1024 * 1024


class LoopbackDiscord(Control):
    """A Discord on this machine, for as long as the context lasts::

        async with LoopbackDiscord() as discord:
            guild = discord.add_guild("Newsroom")
            news = discord.add_channel(guild, "news")
            reader = discord.add_user("reader", guild)
            ...  # start a bot with discord.environment()
            await discord.ready()
            answer = await reader.slash("digest")
            assert "12" in answer.text

    Loopback only. State is in memory and gone at the end. `offset_s`: seconds by which its clock is ahead.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        token: str = "loopback-token",  # noqa: S107, it opens nothing but this double
        bot_name: str = "sitrep",
        judge: Judge | None = None,
        settings: Settings | None = None,
        offset_s: float = 0.0,
    ) -> None:
        super().__init__(token=token, bot_name=bot_name, judge=judge, settings=settings, offset_s=offset_s)
        self._wanted_port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: If the wanted port is taken.
        """
        app = web.Application(client_max_size=BODY_MAX_BYTES, middlewares=[guard])
        app.router.add_get("/gw", self.gateway.handle)
        app.router.add_get("/gw/", self.gateway.handle)
        app.router.add_get("/cdn/attachments/{channel}/{attachment}/{name}", self._file)
        app.router.add_route("*", API_PREFIX + "/{path:.*}", self.rest.handle)
        app.add_routes(control_routes(self))
        app.add_routes(page_routes(self))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._wanted_port)
        await site.start()
        port = self._runner.addresses[0][1]
        self.core.base_url = f"http://{HOST}:{port}"

    async def stop(self) -> None:
        """Close every connection and stop listening; a second call does nothing."""
        if self._runner is None:
            return
        runner, self._runner = self._runner, None
        await self.gateway.shut_down()
        await runner.cleanup()

    @property
    def base_url(self) -> str:
        """`http://127.0.0.1:<port>`."""
        return self.core.base_url

    @property
    def api_url(self) -> str:
        """The REST base, for `discord.http.Route.BASE`."""
        return self.core.base_url + API_PREFIX

    @property
    def gateway_url(self) -> str:
        """The WebSocket address, for `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY`."""
        return self.core.gateway_url

    def environment(self) -> dict[str, str]:
        """The variables that lead a bot process here."""
        return {
            "DISCORD_TOKEN": self.token,
            "SITREP_DISCORD_API": self.api_url,
            "SITREP_DISCORD_GATEWAY": self.gateway_url,
        }

    async def _file(self, request: web.Request) -> web.Response:
        wanted = request.match_info["attachment"]
        upload = self.world.uploads.get(int(wanted)) if wanted.isdecimal() else None
        if upload is not None:
            return web.Response(body=upload.content, content_type=upload.content_type)
        for message in self.world.messages.values():
            for item in message.attachments:
                if str(item.id) == wanted and not message.deleted:
                    return web.Response(body=item.content, content_type=item.content_type)
        return web.Response(status=404)

"""Shared fixtures: a loopback Discord, judged by Discord's own API description where that is at hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Protocol

import discord
import pytest
import yarl

from bot.sandbox import LoopbackDiscord
from bot.views import layout
from tests.discord_judge import OpenApiJudge, load_judge


@pytest.fixture(scope="session")
def discord_judge() -> OpenApiJudge | None:
    """The judge over the API description; `None` where the document is missing (its own tests then say so)."""
    return load_judge()


@pytest.fixture(autouse=True)
def unhurried(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that is made at once is given at once, however slow the machine is that makes it.

    Otherwise a stall of a quarter of a second keeps its place first, and an error is no longer the caller's alone. What
    looks at places that are kept is marked `hurried`.
    """
    if request.node.get_closest_marker("hurried") is None:
        monkeypatch.setattr(layout, "_AT_ONCE_SECONDS", 20.0)


@pytest.fixture
async def discord_double(discord_judge: OpenApiJudge | None) -> AsyncIterator[LoopbackDiscord]:
    """A running loopback Discord; at the end of the test, anything it saw go wrong fails the test.

    A test that provokes problems takes them: `problems = discord_double.take_problems()`.
    """
    async with LoopbackDiscord(judge=discord_judge) as double:
        yield double
    double.check()


class Addresses(Protocol):
    """Where a double listens, in this process or another."""

    @property
    def api_url(self) -> str: ...

    @property
    def gateway_url(self) -> str: ...


@contextmanager
def led_to(double: Addresses) -> Iterator[None]:
    """Point the library in this process to a double, and back at the end."""
    route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
    before = route.BASE, socket.DEFAULT_GATEWAY
    route.BASE, socket.DEFAULT_GATEWAY = double.api_url, yarl.URL(double.gateway_url)
    try:
        yield
    finally:
        route.BASE, socket.DEFAULT_GATEWAY = before

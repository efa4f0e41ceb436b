"""Shared fixtures: a loopback Discord, judged by Discord's own API description where that is at hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Protocol

import discord
import pytest
import yarl

from bot.sandbox import LoopbackDiscord
from tests.discord_judge import OpenApiJudge, load_judge


@pytest.fixture(scope="session")
def discord_judge() -> OpenApiJudge | None:
    """The judge over the API description; `None` where the document is missing (its own tests then say so)."""
    return load_judge()


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

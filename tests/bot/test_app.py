"""The bot's frame: one process a store, commands registered when they changed, errors in words."""

from __future__ import annotations

import asyncio

import discord
import pytest
from discord import app_commands

from bot.app import refusal_of, serve_once
from bot.checks import NotInServer, NotManager
from bot.errors import Refusal, is_too_late, unwrap, words_for
from bot.sandbox import LoopbackDiscord
from digests import ConfigError, NotFound, RefreshInProgress, SourceUnavailable, StoreError
from tests.bot.fakes import FakeEngine
from tests.bot.running import running_bot


async def test_commands_are_registered_only_when_they_changed(discord_double: LoopbackDiscord) -> None:
    """Creating commands is limited to 200 a day: a restart creates none; commands lost outside are put back."""
    engine = FakeEngine()
    writes = []
    for lose in (False, False, True):
        if lose:
            discord_double.world.commands.clear()
        before = _registrations(discord_double)
        async with running_bot(discord_double, engine):
            pass
        writes.append(_registrations(discord_double) - before)
        discord_double.clock.advance(10)
    assert [1, 0, 1] == writes


def _registrations(double: LoopbackDiscord) -> int:
    return sum(1 for call in double.calls if call.method == "PUT" and call.path.endswith("/commands"))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refusal("Say this."), "Say this."),
        (NotManager(), "Manage Server"),
        (NotInServer(), "works in a server"),
        (NotFound("story", "s1"), "/story"),
        (NotFound("source", "s1"), "/sources list"),
        (RefreshInProgress(), "being read right now"),
        (SourceUnavailable("s", "answers 404"), "answers 404"),
        (ConfigError("f", "k", "is odd"), "is odd"),
        (StoreError("locked"), "store cannot be used"),
        (TimeoutError(), "took too long"),
        (app_commands.CheckFailure(), "/help"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_expected_errors_have_words(error: Exception, words: str) -> None:
    """A sentence that says what to do, without class names."""
    sentence = words_for(error)
    assert sentence is not None
    assert words in sentence
    assert type(error).__name__ not in sentence


def test_bugs_have_none() -> None:
    """They get an apology and a reference instead."""
    assert words_for(KeyError("x")) is None


def test_an_error_is_looked_at_without_its_wrapping() -> None:
    """What the command raised, not what the library made of it."""
    cause = NotFound("story", "s1")
    wrapped = app_commands.CommandInvokeError(
        app_commands.Command(name="x", description="y", callback=_nothing), cause
    )
    wrapped.__cause__ = cause
    assert cause is unwrap(wrapped)


async def _nothing(interaction: discord.Interaction) -> None: ...


@pytest.mark.parametrize(("code", "expected"), [(10062, True), (40060, True), (10015, True), (50013, False)])
def test_what_comes_too_late(code: int, expected: bool) -> None:
    """Nobody can read the answer any more; other errors are still ours."""

    class Response:
        status, reason = 404, "gone"

    error = discord.HTTPException(Response(), {"code": code, "message": "m"})  # type: ignore[arg-type]
    assert expected is is_too_late(error)


class _Socket:
    close_code = None


class HalfStarted(discord.Client):
    """A client that is asked to stop between two requests of its start."""

    def __init__(self, error: Exception, *, by_itself: bool) -> None:
        super().__init__(intents=discord.Intents.none())
        self.error = error
        self.failing = asyncio.Event()
        if by_itself:
            self.failing.set()

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        await self.failing.wait()
        raise self.error

    async def close(self) -> None:
        self.failing.set()
        await asyncio.sleep(0)


async def test_a_request_cut_off_by_the_stop_is_no_failure() -> None:
    """The connection is closed under a start that has not finished: the process ends with 0."""
    stop = asyncio.Event()
    stop.set()
    await serve_once(HalfStarted(RuntimeError("Session is closed"), by_itself=False), "token", stop)


async def test_a_start_that_fails_by_itself_is_a_failure() -> None:
    """What went wrong before any stop is passed on."""
    with pytest.raises(discord.LoginFailure):
        await serve_once(HalfStarted(discord.LoginFailure("no"), by_itself=True), "token", asyncio.Event())


async def test_events_end_before_the_store_is_closed(discord_double: LoopbackDiscord) -> None:
    """What waits for the store when the stop comes is cut off, and does not find it closed."""
    begun, ended = asyncio.Event(), asyncio.Event()

    async def wait_for_the_store() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with running_bot(discord_double, FakeEngine()) as bot:
        bot.add_listener(wait_for_the_store, "on_something")
        bot.dispatch("something")
        await asyncio.wait_for(begun.wait(), 30)
    assert ended.is_set()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (discord.LoginFailure("no"), "DISCORD_TOKEN: Discord refuses this token"),
        (discord.ConnectionClosed(_Socket(), shard_id=0, code=4004), "close code 4004"),  # type: ignore[arg-type]
        (discord.PrivilegedIntentsRequired(0), "close code 4014"),
    ],
)
def test_a_refusal_for_good_is_a_setting_that_is_wrong(error: discord.ClientException, words: str) -> None:
    """Named in one line, with exit code 2: to try again would be refused again."""
    assert words in str(refusal_of(error))

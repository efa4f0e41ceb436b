"""A store or a feed that takes ten seconds: every command keeps its place at once, and answers when it can.

Nothing here sleeps: the store, or the feed, waits until the test lets it go on, which is longer than any number of
seconds. What is looked at meanwhile is what a member would see.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.render.sources import progress_words
from bot.sandbox import Answer, LoopbackDiscord
from digests import NotFound, RefreshInProgress, Source, StoreError, fixed_clock, open_engine
from digests.config import EngineConfig, FetchConfig, StoreConfig
from digests.store.connection import Database
from tests.bot.cogs.newsdesk import NOW, Desk, load, settled
from tests.bot.e2e.articles import STORIES
from tests.bot.registered import leaves
from tests.bot.running import running_bot
from tests.bot.waiting import eventually

pytestmark = pytest.mark.slow

#: The longest that a first answer may take, in seconds.
GOAL_S = 2.0
#: What is typed where an option must be there; other kinds of options are filled by kind.
TYPED = {"at": "08:00", "words": "ferry"}
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Quay Post</title><item><guid>1</guid>
<title>Pier reopens</title><link>https://quay.example/1</link><description>The pier reopened.</description></item>
</channel></rss>"""


class Gate:
    """Lets through while it is open; `held` counts what waits or has waited in front of it."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.held = 0

    async def pass_by(self) -> None:
        if not self.open.is_set():
            self.held += 1
        await self.open.wait()

    def before(self, method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def waiting(*args: Any, **options: Any) -> Any:
            await self.pass_by()
            return await method(*args, **options)

        return waiting


class Feed:
    """A feed on this machine that answers when the gate is open."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.port = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await self.gate.pass_by()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(FEED)}\r\n"
        writer.write(head.encode() + b"Connection: close\r\n\r\n" + FEED)
        await writer.drain()
        writer.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/feed"


@pytest.fixture
async def feed() -> AsyncIterator[Feed]:
    made = Feed(Gate())
    server = await asyncio.start_server(made.answer, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made
        made.gate.open.set()


@pytest.fixture
async def desk(discord_double: LoopbackDiscord, tmp_path: Path, feed: Feed) -> AsyncIterator[Desk]:
    """As everywhere, and the feed may be fetched."""
    double = discord_double
    here, there = double.add_guild("Newsroom"), double.add_guild("Elsewhere")
    news = double.add_channel(here, "news")
    double.add_channel(there, "general")
    players = (
        double.add_user("reader", here),
        double.add_user("admin", here, can="manage_guild"),
        double.add_user("stranger", there, can="manage_guild"),
    )
    config = EngineConfig(
        store=StoreConfig(path=tmp_path / "desk.db"),
        fetch=FetchConfig(allow_hosts=(f"127.0.0.1:{feed.port}",)),
        refresh_minutes=1440,
    )
    async with open_engine(config, clock=fixed_clock(NOW), prepare=False) as engine:
        await load(engine, [article for story in STORIES for article in story])
        async with running_bot(double, engine) as bot:
            await settled(bot)
            yield Desk(double, engine, bot, here, news, *players)


@pytest.fixture
def store(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """What every question to the store, and every change of it, has to pass."""
    gate = Gate()
    for name in ("read", "read_long", "write", "record", "data_version"):
        monkeypatch.setattr(Database, name, gate.before(getattr(Database, name)))
    return gate


def value_of(desk: Desk, option: dict[str, Any]) -> Any:
    """Something for an option that must be there; `None` where it is a file."""
    if option.get("choices"):
        return option["choices"][0]["value"]
    filled = {
        4: 1,
        5: True,
        6: desk.reader.user,
        7: desk.news,
        8: desk.guild.roles[desk.guild.id],
        9: desk.reader.user,
    }
    return filled.get(option["type"]) if option["type"] != 3 else TYPED.get(option["name"], "1")


def calls(desk: Desk) -> dict[str, dict[str, Any]]:
    """Every command with what it must be given."""
    found = {}
    for name, options in leaves(desk.double):
        values = {one["name"]: value_of(desk, one) for one in options if one.get("required")}
        if None not in values.values():
            found[name] = values
    return found


async def first(desk: Desk, answer: Answer) -> float:
    """Seconds until the bot said anything at all."""
    await desk.double.until(lambda: answer.answered_after_s is not None, what="first answer")
    assert answer.answered_after_s is not None
    return answer.answered_after_s


@pytest.mark.hurried
async def test_every_command_keeps_its_place_while_the_store_is_slow(desk: Desk, store: Gate) -> None:
    """In time while nothing comes out of the store; the answer takes its place afterwards."""
    wanted = calls(desk)
    assert len(wanted) > 30
    store.open.clear()
    answers = {}
    for name, values in wanted.items():
        answers[name] = await desk.admin.slash(name, raw=True, wait=False, **values)
        assert await first(desk, answers[name]) < GOAL_S, name
    assert store.held
    store.open.set()
    for name, answer in answers.items():
        await answer.until(
            lambda one: one.kind != "deferred" and bool(one.text or one.modal or one.files), within=30
        )
        assert "Something went wrong" not in answer.text, name


async def test_suggestions_come_while_the_store_is_slow(desk: Desk, store: Gate) -> None:
    """From memory, or none: a list that comes too late is not shown at all."""
    options = [
        (name, option["name"])
        for name, options in leaves(desk.double)
        for option in options
        if option.get("autocomplete")
    ]
    assert len(options) > 15
    store.open.clear()
    async with asyncio.TaskGroup() as group:
        tasks = {
            (name, option): group.create_task(desk.admin.autocomplete(name, option, "a", raw=True))
            for name, option in options
        }
    assert any(task.result() for task in tasks.values())
    store.open.set()


@pytest.mark.hurried
async def test_buttons_keep_their_place_while_the_store_is_slow(desk: Desk, store: Gate) -> None:
    """Each under a card; the private answers come afterwards."""
    card = await desk.reader.slash("digest", story=await desk.story("ferry"))
    store.open.clear()
    labels = [button.label for button in card.buttons if button.custom_id and "wrong" not in button.custom_id]
    assert 5 == len(labels)
    before = len(desk.double.calls)
    async with asyncio.TaskGroup() as group:
        pressed = [group.create_task(desk.reader.click(card, label, within=30)) for label in labels]
        await desk.double.until(
            lambda: 5 == sum(call.path.endswith("/callback") for call in desk.double.calls[before:]),
            what="deferrals",
        )
        store.open.set()
    for label, task in zip(labels, pressed, strict=True):
        answer = task.result()
        assert answer.answered_after_s is not None
        assert answer.answered_after_s < GOAL_S, label
        assert answer.text, label


async def test_a_round_that_begins_meanwhile_takes_nothing_from_who_adds(
    desk: Desk, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot's own round falls into the moment in which a source is saved: the answer tells what came all the same."""
    add = desk.engine.add_source

    async def add_slowly(*args: Any, **options: Any) -> Source:
        source = await add(*args, **options)
        with contextlib.suppress(RefreshInProgress):
            await desk.engine.refresh(only_due=True)
        return source

    monkeypatch.setattr(desk.engine, "add_source", add_slowly)
    asked = await desk.admin.slash("sources add", url=feed.url)
    await (await desk.admin.click(asked, "Add this source")).until("1 new")


@pytest.mark.hurried
async def test_who_adds_a_slow_feed_reads_at_once_that_it_is_read(desk: Desk, feed: Feed) -> None:
    """In the place of the question and its buttons; then what it brought."""
    asked = await desk.admin.slash("sources add", url=feed.url)
    feed.gate.open.clear()
    adding = asyncio.create_task(desk.admin.click(asked, "Add this source", within=30))
    words = progress_words(0, 1)
    await asked.until(words)
    assert [] == asked.buttons
    await eventually(lambda: feed.gate.held, what="reading")
    feed.gate.open.set()
    await adding
    await asked.until("1 new")


async def test_a_source_that_cannot_be_saved_is_not_said_to_be_read(
    desk: Desk, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason comes in words; the question says what came of it."""

    async def full(*_args: Any, **_options: Any) -> Source:
        raise StoreError("the disk is full")

    asked = await desk.admin.slash("sources add", url=feed.url)
    monkeypatch.setattr(desk.engine, "add_source", full)
    answer = await desk.admin.click(asked, "Add this source")
    await answer.until(
        lambda one: any("The store cannot be used right now" in view.text for view in one.views)
    )
    assert "Nothing was added." == asked.text


@pytest.mark.hurried
async def test_a_slow_feed_holds_nobody_up(desk: Desk, feed: Feed) -> None:
    """Trying it, adding it, reading it: each keeps its place and answers later; members are answered meanwhile."""
    feed.gate.open.clear()
    adding = await desk.admin.slash("sources add", url=feed.url, wait=False)
    assert await first(desk, adding) < GOAL_S
    assert "Port Caldera" in (await desk.reader.slash("digest", story=await desk.story("ferry"))).text
    assert "deferred" == adding.kind
    feed.gate.open.set()
    await adding.until("Quay Post", within=30)
    await (await desk.admin.click(adding, "Add this source")).until("1 new")
    assert feed.gate.held
    feed.gate.open.clear()
    for name in ("sources test", "sources reload"):
        answer = await desk.admin.slash(name, source="Quay Post", wait=False)
        assert await first(desk, answer) < GOAL_S
        assert "Port Caldera" in (await desk.reader.slash("casualties", story=await desk.story("ferry"))).text
        feed.gate.open.set()
        await answer.until(lambda one: "Quay Post" in one.text, within=30)
        feed.gate.open.clear()


def callbacks(desk: Desk, since: int) -> list[int]:
    """The types of first answers to interactions, in order: 4 and 7 are answers, 5 and 6 keep a place."""
    return [
        call.body["type"]
        for call in desk.double.calls[since:]
        if call.path.endswith("/callback") and call.body
    ]


async def test_what_is_there_at_once_is_answered_at_once(desk: Desk) -> None:
    """One request, with its picture, for a command, a button under it, and the turning of a private answer's page."""
    story = await desk.story("ferry")
    await desk.reader.slash("casualties", story=story)
    before = len(desk.double.calls)
    shown = await desk.reader.slash("casualties", story=story)
    assert shown.files
    pressed = await desk.reader.click(shown, "Card")
    await desk.reader.click(pressed, "Figures")
    assert [4, 4, 7] == callbacks(desk, before)
    assert not [call for call in desk.double.calls[before:] if "/messages/@original" in call.path]


@pytest.mark.hurried
async def test_where_many_ask_at_once_places_are_kept_first(desk: Desk, store: Gate) -> None:
    """The work for one must not make another wait for longer than Discord does."""
    story = await desk.story("ferry")
    store.open.clear()
    first_ones = [await desk.reader.slash("reactions", story=story, wait=False) for _ in range(3)]
    await desk.double.until(lambda: all(one.kind == "deferred" for one in first_ones), what="deferrals")
    late = await desk.reader.slash("digest", story=story, wait=False)
    assert await first(desk, late) < GOAL_S
    assert "deferred" == late.kind
    store.open.set()
    for answer in (*first_ones, late):
        await answer.until(lambda one: one.kind != "deferred", within=30)


async def test_what_fails_at_once_is_told_to_the_caller_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the answer would have been for everybody."""

    async def gone(*_args: Any, **_options: Any) -> None:
        raise NotFound("story", "s1")

    monkeypatch.setattr(desk.engine, "card", gone)
    answer = await desk.reader.slash("digest", story=await desk.story("ferry"))
    assert "not there any more" in answer.text
    assert answer.is_ephemeral

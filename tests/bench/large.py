"""How the bot does with a store of 100,000 articles: `python -m tests.bench.large STORE [ARTICLES [TIMES]]`.

STORE is built by `tests.bench.store` where it is missing, and kept. The real bot process runs over it on a loopback
Discord, three times: at rest; while it reads a folder of four thousand further articles; while it has to make all cards
again. Each time every reading command is used (default 50 times) on stories picked by a fixed seed. Printed in
milliseconds: the time from the interaction to the first answer, which is Discord's three seconds, and to the final one;
the longest that the event loop was late, and the bot's memory.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import re
import socket
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import aiohttp

from bot.sandbox import LoopbackDiscord, Player
from tests.bench.commands_discord import memory_of
from tests.bench.corpus import made_stories
from tests.bench.store import ARTICLES, build, outdate_cards
from tests.bot.driver import BotProcess

TIMES = 50
#: The longest that the slowest hundredth of first answers may take, in milliseconds.
GOAL_MS = 300
#: Articles that come in while questions are asked.
COMING = 4_000
START_SECONDS = 300
LOADING_SECONDS = 900

Question = Callable[[str], Awaitable[object]]


def questions(reader: Player, admin: Player) -> Iterator[tuple[str, Question]]:
    """Every reading command and what its `story` option suggests; each takes the id of a story."""

    def ask(command: str, who: Player = reader, **options: object) -> Question:
        return lambda _story_id: who.slash(command, **options)

    def ask_about(command: str, **options: object) -> Question:
        return lambda story_id: reader.slash(command, story=story_id, **options)

    yield "autocomplete, nothing typed", lambda _: reader.autocomplete("digest", "story", "")
    yield "autocomplete, words", lambda _: reader.autocomplete("digest", "story", "the flood")
    for command in ("casualties", "timeline", "digest", "conflicts", "reactions", "changes"):
        yield f"/{command} story", ask_about(command)
    yield "/casualties measure", ask_about("casualties", measure="killed")
    yield "/source line", ask("source", line=1)
    yield "/digest", ask("digest")
    yield "/digest since", ask("digest", since="30d")
    yield "/story", ask("story")
    yield "/story find", ask("story", find="rescue ministry")
    yield "/story find, a common word", ask("story", find="people")
    yield "/help", ask("help")
    yield "/status", ask("status", admin)
    yield "/sources list", ask("sources list", admin)
    yield "/subscriptions list", ask("subscriptions list", admin)
    yield "/log", ask("log", admin)
    yield "/alerts", ask("alerts", admin)


async def measure(name: str, question: Question, ids: list[str]) -> None:
    """Ask about each of `ids` in turn and print how long it took."""
    first, final = [], []
    for story_id in ids:
        start = time.perf_counter()
        answer = await question(story_id)
        final.append((time.perf_counter() - start) * 1000)
        after = getattr(getattr(answer, "interaction", None), "answered_after_s", None)
        first.append(final[-1] if after is None else after * 1000)
    mark = "" if at(first, 0.99) <= GOAL_MS else "  <- over the goal"
    print(
        f"  {name:<28} first: median {at(first, 0.5):6.1f}  p99 {at(first, 0.99):7.1f}"
        f"   final: median {at(final, 0.5):7.1f}  p99 {at(final, 0.99):7.1f}{mark}",
        flush=True,
    )


def at(values: list[float], share: float) -> float:
    return (
        statistics.median(values)
        if share == 0.5
        else sorted(values)[min(len(values) - 1, int(len(values) * share))]
    )


class Desk:
    """The bot over the store, and who asks it."""

    def __init__(self, bot: BotProcess, reader: Player, admin: Player, port: int) -> None:
        self.bot, self.reader, self.admin, self.port = bot, reader, admin, port

    async def start(self) -> None:
        begun = time.perf_counter()
        await self.bot.start(within=START_SECONDS)
        await self.reader.slash("help")
        print(
            f"bot answers after {time.perf_counter() - begun:.1f} s; {memory_of(self.bot):.0f} MiB at most so far"
        )
        await self.lag()

    async def ask_all(self, ids: list[str], *, while_: Callable[[], bool] = lambda: True) -> None:
        for name, question in questions(self.reader, self.admin):
            if not while_():
                print(f"  (over before {name})")
                return
            await measure(name, question, ids)

    async def lag(self) -> float:
        """The longest that the loop was late since the last question, in milliseconds."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{self.port}/metrics") as found,
        ):
            text = await found.text()
        match = re.search(r"^sitrep_event_loop_lag_seconds (\S+)", text, re.M)
        assert match, text
        return float(match[1]) * 1000

    async def say(self, what: str) -> None:
        one, _, _ = os.getloadavg()
        print(
            f"  {what}: event loop late by {await self.lag():.0f} ms at most; "
            f"bot {memory_of(self.bot):.0f} MiB at most; load of the machine {one:.1f}",
            flush=True,
        )


async def main(store: Path, count: int, times: int) -> None:
    with closing(sqlite3.connect(store)) as db:
        ids = [row[0] for row in db.execute("SELECT id FROM stories ORDER BY id")]
        before = db.execute("SELECT max(number) FROM articles").fetchone()[0]
    source = random.Random(1)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        coming = folder / "coming"
        coming.mkdir()
        (port,) = free_ports(1)
        # The judge over the API description takes longer than the bot, and no bot waits for it.
        async with (
            LoopbackDiscord() as double,
            BotProcess(double, folder, config=config_of(coming, port), env={"SITREP_DB": str(store)}) as bot,
        ):
            guild = double.add_guild("Newsroom")
            double.add_channel(guild, "news")
            reader, admin = (
                double.add_user("reader", guild),
                double.add_user("admin", guild, can="manage_guild"),
            )
            gc.collect()
            gc.freeze()
            desk = Desk(bot, reader, admin, port)
            print(f"{count} articles, {len(ids)} stories; {times} times each")
            await desk.start()
            print("at rest")
            await desk.ask_all(source.sample(ids, times))
            await desk.say("at rest")
            await while_reading(desk, coming, source.sample(ids, times))
            await bot.stop()
            forget_since(store, before)
            outdate_cards(store)
            await desk.start()
            print("while all cards are made")
            await desk.ask_all(source.sample(ids, times))
            await desk.say("while all cards are made")
            await bot.stop()


async def while_reading(desk: Desk, coming: Path, ids: list[str]) -> None:
    """The same while a folder of new articles is read."""
    rows = made_stories(COMING, seed=11)
    lines = [json.dumps({**row, "id": f"new-{number}"}) for number, row in enumerate(rows)]
    (coming / "new.jsonl").write_text("\n".join(lines), encoding="utf-8")
    await desk.lag()
    begun = time.perf_counter()
    reading = asyncio.create_task(read_to_the_end(desk))
    print(f"while {COMING} articles are read")
    await desk.ask_all(ids, while_=lambda: not reading.done())
    report = await reading
    print(f"  {' '.join(report.split())[:100]} after {time.perf_counter() - begun:.0f} s")
    await desk.say("while articles are read")


async def read_to_the_end(desk: Desk) -> str:
    """The report, which comes in the place of the line that says how far it is."""
    answer = await desk.admin.slash("sources reload", source="coming")
    await answer.until("Sources read", within=LOADING_SECONDS)
    return answer.text


def forget_since(store: Path, number: int) -> None:
    """Without what this run has brought: the next one finds the same store."""
    with closing(sqlite3.connect(store)) as db, db:
        new = "SELECT number FROM articles WHERE number > ?"
        db.execute(f"DELETE FROM facts WHERE article_number IN ({new})", (number,))
        db.execute("DELETE FROM articles WHERE number > ?", (number,))
        empty = "SELECT id FROM stories WHERE id NOT IN (SELECT story_id FROM articles)"
        db.execute(f"DELETE FROM prepared_cards WHERE story_id IN ({empty})")
        db.execute(f"DELETE FROM prepared_chronicles WHERE story_id IN ({empty})")
        db.execute(f"DELETE FROM stories WHERE id IN ({empty})")


def config_of(coming: Path, port: int) -> str:
    return (
        f'refresh_minutes = 1440\n[monitor]\nlisten = "127.0.0.1:{port}"\n'
        f'[[sources]]\nid = "coming"\nkind = "folder"\npath = "{coming}"\n'
    )


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[2:]]
    wanted, count = Path(sys.argv[1]), [*given, ARTICLES][0]
    build(wanted, count)
    asyncio.run(main(wanted, *(given + [ARTICLES, TIMES][len(given) :])))

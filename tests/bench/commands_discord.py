"""How fast the bot answers in Discord: `python -m tests.bench.commands_discord [ARTICLES [TIMES]]`.

Builds a store of made articles (default 10,000), starts the real bot process on a loopback Discord and uses each
reading command (default 50 times), on stories picked by a fixed seed: first while the bot makes the cards of the new
store ahead, then when they are made. Prints the time from the interaction to the final answer, deferred ones until
they are filled, in milliseconds: median, 99th percentile and worst. Others on the machine lengthen these, so the
processor time that the bot itself spent on an answer stands beside them.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from bot.sandbox import LoopbackDiscord, Player
from digests.config import EngineConfig, StoreConfig
from digests.engine import open_engine
from digests.preparation import DRAWN, maker
from digests.store.pictures import find_undrawn
from digests.store.prepared import find_unprepared
from tests.bench.corpus import made_stories
from tests.bot.driver import BotProcess

ARTICLES = 10_000
TIMES = 50
#: What a reader should never wait longer for, in milliseconds.
GOAL_MS = 50
WORDS = 400
#: How long the making of all cards may take.
PREPARING_SECONDS = 3600

Question = Callable[[str], Awaitable[object]]


async def load(path: Path, count: int) -> list[str]:
    """Fill a store; the ids of its stories, the most important first."""
    async with open_engine(EngineConfig(store=StoreConfig(path=path)), prepare=False) as engine:
        start = time.perf_counter()
        lines = (json.dumps(row) for row in made_stories(count, words=WORDS))
        await engine.load_jsonl(lines, name="bench")
        seconds = time.perf_counter() - start
        ids = [story_id for story_id, _ in engine.story_titles()]
    print(f"loaded {count} articles in {seconds:.1f} s, {len(ids)} stories")
    return ids


def questions(reader: Player) -> Iterator[tuple[str, Question]]:
    """Every reading command, by name; each takes the id of a story."""

    def ask(command: str, **options: object) -> Question:
        return lambda _story_id: reader.slash(command, **options)

    def ask_about(command: str, **options: object) -> Question:
        return lambda story_id: reader.slash(command, story=story_id, **options)

    yield "/help", ask("help")
    yield "/digest", ask("digest")
    yield "/digest since", ask("digest", since="30d")
    for command in ("digest", "casualties", "conflicts", "timeline", "reactions"):
        yield f"/{command} story", ask_about(command)
    yield "/casualties measure", ask_about("casualties", measure="killed")
    yield "/story", ask("story")
    yield "/story find", ask("story", find="rescue ministry")
    yield "autocomplete, nothing typed", lambda _: reader.autocomplete("digest", "story", "")
    yield "autocomplete, words", lambda _: reader.autocomplete("digest", "story", "the flood")


async def measure(name: str, question: Question, ids: list[str], bot: BotProcess) -> None:
    """Ask about each of `ids` in turn and print how long it took."""
    spent = []
    used = processor_seconds(bot)
    for story_id in ids:
        start = time.perf_counter()
        await question(story_id)
        spent.append((time.perf_counter() - start) * 1000)
    used = (processor_seconds(bot) - used) * 1000 / len(ids)
    spent.sort()
    late = spent[min(len(spent) - 1, int(len(spent) * 0.99))]
    mark = "" if late <= GOAL_MS else "  <- over the goal"
    print(
        f"  {name:<30} median {statistics.median(spent):7.1f}   p99 {late:7.1f}   worst {spent[-1]:7.1f}"
        f"   processor {used:6.1f}{mark}"
    )


def processor_seconds(bot: BotProcess) -> float:
    """What the bot's own process has used so far, without the one that makes cards (Linux)."""
    assert bot.process is not None
    fields = Path(f"/proc/{bot.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def count_unprepared(path: Path, ids: Sequence[str] = ()) -> int:
    """How many stories have no card yet, and how many of `ids` no pictures."""
    with closing(sqlite3.connect(path)) as db, db:
        return len(find_unprepared(db, maker())) + len(find_undrawn(db, ids, maker()))


async def all_prepared(path: Path, ids: Sequence[str]) -> None:
    """Wait until the bot has made every card, and the pictures that it draws ahead."""
    start = time.perf_counter()
    async with asyncio.timeout(PREPARING_SECONDS):
        while await asyncio.to_thread(count_unprepared, path, ids[:DRAWN]):  # noqa: ASYNC110 (another process writes)
            await asyncio.sleep(0.5)
    print(f"all cards and pictures made {time.perf_counter() - start:.1f} s later")


async def measure_all(
    bot: BotProcess, reader: Player, ids: list[str], unasked: list[str], source: random.Random
) -> None:
    """Stories that were never asked for, then every command on the same ones."""
    one, five, _ = os.getloadavg()
    print(
        f"  milliseconds, {len(unasked)} times each, goal {GOAL_MS}; load of the machine {one:.1f} {five:.1f}"
    )
    await measure("/digest story, never asked", lambda one: reader.slash("digest", story=one), unasked, bot)
    half = len(ids) // 2
    await measure(
        "/timeline story, never asked", lambda one: reader.slash("timeline", story=one), ids[half:], bot
    )
    warm = [source.choice(unasked) for _ in range(len(unasked))]
    for name, question in questions(reader):
        await measure(name, question, warm, bot)


async def main(count: int, times: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # The judge over the API description takes longer than the bot, and no bot waits for it.
        async with LoopbackDiscord() as double, BotProcess(double, folder) as bot:
            ids = await load(bot.database, count)
            # What the load leaves behind is not to be walked while answers are timed.
            gc.collect()
            gc.freeze()
            guild = double.add_guild("Newsroom")
            double.add_channel(guild, "news")
            reader = double.add_user("reader", guild)
            start = time.perf_counter()
            await bot.start()
            print(f"bot logged in after {time.perf_counter() - start:.1f} s")
            source = random.Random(1)
            drawn = source.sample(ids, min(4 * times, len(ids)))
            times = len(drawn) // 4
            await reader.slash("help")
            print(f"while cards are made: {count_unprepared(bot.database)} of {len(ids)} stories to go")
            await measure_all(bot, reader, drawn[: 2 * times], drawn[:times], source)
            print(f"left: {count_unprepared(bot.database)} of {len(ids)} stories")
            await all_prepared(bot.database, ids)
            await measure_all(bot, reader, drawn[2 * times :], drawn[2 * times : 3 * times], source)
            print(f"bot: {memory_of(bot):.0f} MiB at most")


def memory_of(bot: BotProcess) -> float:
    """The largest memory of the bot's own process so far, in MiB (Linux)."""
    assert bot.process is not None
    status = Path(f"/proc/{bot.process.pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    asyncio.run(main(*(given + [ARTICLES, TIMES][len(given) :])))

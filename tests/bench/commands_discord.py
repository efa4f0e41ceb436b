"""How fast the bot answers in Discord: `python -m tests.bench.commands_discord [ARTICLES [TIMES]]`.

Builds a store of made articles (default 10,000), starts the real bot process on a loopback Discord and uses each
reading command (default 50 times), on stories picked by a fixed seed. Prints the time from the interaction to the
final answer, deferred ones until they are filled, in milliseconds: median, 99th percentile and worst.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from bot.sandbox import LoopbackDiscord, Player
from digests.config import EngineConfig, StoreConfig
from digests.engine import open_engine
from tests.bench.corpus import made_stories
from tests.bot.driver import BotProcess

ARTICLES = 10_000
TIMES = 50
#: What a reader should never wait longer for, in milliseconds.
GOAL_MS = 50
WORDS = 400

Question = Callable[[str], Awaitable[object]]


async def load(path: Path, count: int) -> list[str]:
    """Fill a store; the ids of its stories, the most important first."""
    async with open_engine(EngineConfig(store=StoreConfig(path=path))) as engine:
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


async def measure(name: str, question: Question, ids: list[str]) -> None:
    """Ask about each of `ids` in turn and print how long it took."""
    spent = []
    for story_id in ids:
        start = time.perf_counter()
        await question(story_id)
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    worst = spent[-1]
    late = spent[min(len(spent) - 1, int(len(spent) * 0.99))]
    mark = "" if late <= GOAL_MS else "  <- over the goal"
    print(f"  {name:<30} median {statistics.median(spent):7.1f}   p99 {late:7.1f}   worst {worst:7.1f}{mark}")


async def main(count: int, times: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # The judge over the API description takes longer than the bot, and no bot waits for it.
        async with LoopbackDiscord() as double, BotProcess(double, folder) as bot:
            ids = await load(bot.database, count)
            guild = double.add_guild("Newsroom")
            double.add_channel(guild, "news")
            reader = double.add_user("reader", guild)
            start = time.perf_counter()
            await bot.start()
            print(f"bot logged in after {time.perf_counter() - start:.1f} s")
            source = random.Random(1)
            cold = source.sample(ids, min(times, len(ids)))
            warm = [source.choice(cold) for _ in range(times)]
            print(f"milliseconds, {times} times each, goal {GOAL_MS}")
            await reader.slash("help")
            await measure("/digest story, never asked", lambda one: reader.slash("digest", story=one), cold)
            for name, question in questions(reader):
                await measure(name, question, warm)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    asyncio.run(main(*(given + [ARTICLES, TIMES][len(given) :])))

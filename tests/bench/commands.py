"""How fast the questions behind the reading commands are answered: `python -m tests.bench.commands [ARTICLES]`.

Builds a store of made articles (default 10,000; a story for every ten), then asks for cards, timelines, lists,
searches and autocomplete in turn. Prints the median and the 99th percentile of each in milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from digests.config import EngineConfig, StoreConfig
from digests.engine import Engine, open_engine
from tests.bench.corpus import made_articles

QUESTIONS = 200


async def ask(name: str, question: Callable[[str], Awaitable[object]], ids: list[str]) -> None:
    spent = []
    for story_id in ids:
        start = time.perf_counter()
        await question(story_id)
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    print(
        f"  {name:<28} median {statistics.median(spent):7.2f} ms   p99 {spent[int(len(spent) * 0.99)]:7.2f} ms"
    )


async def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        config = EngineConfig(store=StoreConfig(path=Path(scratch) / "bench.db"))
        async with open_engine(config) as engine:
            start = time.perf_counter()
            lines = (json.dumps(row) for row in made_articles(count, words=400))
            await engine.load_jsonl(lines, name="bench")
            seconds = time.perf_counter() - start
            print(f"loaded {count} articles in {seconds:.1f} s ({count / seconds:.0f}/s)")
        start = time.perf_counter()
        async with open_engine(config) as engine:
            print(f"opened the store in {(time.perf_counter() - start) * 1000:.0f} ms")
            await ask_all(engine)


async def ask_all(engine: Engine) -> None:
    titles = engine.story_titles()
    source = random.Random(1)
    picked = [source.choice(titles)[0] for _ in range(QUESTIONS)]
    print(f"{len(titles)} stories, {QUESTIONS} questions each")
    await ask("card, first time", engine.card, list(dict.fromkeys(picked)))
    await ask("card, asked again", engine.card, picked)
    await ask(
        "card, another language", lambda one: engine.card(one, language="de"), list(dict.fromkeys(picked))
    )
    await ask("findings, asked again", engine.findings, picked)
    await ask("timeline, first time", engine.timeline, list(dict.fromkeys(picked)))
    await ask("most important stories", lambda _: engine.stories(limit=5), picked)
    await ask("search", lambda _: engine.stories(find="rescue ministry", limit=25), picked)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))

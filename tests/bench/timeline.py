"""How long the timeline of a long affair takes from the store: `python -m tests.bench.timeline [ARTICLES]`.

Loads made articles (default 3,000, over three years, in many stories with one subject) and asks for the timeline of
the largest story: first, as a command line or a bot just started does, and again. Prints processor seconds.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from digests.config import EngineConfig, StoreConfig
from digests.engine import open_engine
from tests.bench.corpus import FILLER, sentences

# Stories that the affair falls into, and days that it lasts.
STORIES, DAYS = 300, 1_000


def made_affair(count: int, *, seed: int = 7) -> Iterator[dict[str, str]]:
    """JSON articles about one invented trial, each story of it with sentences and a place of its own."""
    source = random.Random(seed)
    news = sentences()
    for number in range(count):
        story = number * STORIES // count
        own = random.Random(seed * 1_000 + story)
        pool = own.sample(news, 12)
        day = dt.date(2023, 1, 1) + dt.timedelta(days=story * DAYS // STORIES + number % 3)
        told = day - dt.timedelta(days=source.choice((1, 1, 2, 30, 200)))
        lines = [
            f"The Brenholt waterworks trial went on in Castermoor on {day:%A}, the court said.",
            *source.sample(pool, 4),
            f"The Brenholt waterworks were closed on {told.day} {told:%B} {told.year} by the court.",
            *source.sample(FILLER, 3),
            *source.sample(pool, 2),
        ]
        yield {
            "id": f"made-{number:05d}",
            "title": f"Brenholt waterworks: {pool[0][:60]} ({number})",
            "text": "\n\n".join(lines),
            "published": day.isoformat(),
            "outlet": f"Outlet {number % 40}",
        }


async def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        config = EngineConfig(store=StoreConfig(path=Path(scratch) / "bench.db"))
        async with open_engine(config, prepare=False) as engine:
            await engine.load_jsonl((json.dumps(row) for row in made_affair(count)), name="bench")
        async with open_engine(config, prepare=False) as engine:
            stories = await engine.stories(limit=None)
            largest = max(stories, key=lambda story: len(story.article_ids))
            print(f"{count} articles in {len(stories)} stories, the largest of {len(largest.article_ids)}")
            for name in ("first", "again"):
                start = time.process_time()
                chronicle = await engine.timeline(largest.id)
                seconds = time.process_time() - start
                print(f"  {name:<6} {seconds:6.3f} s   {len(chronicle.entries)} entries", end="")
                print(f" of {len(chronicle.story_ids)} stories")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000))

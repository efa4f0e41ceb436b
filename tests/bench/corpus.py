"""Made articles for the benchmarks: sentences of the sample corpus and the quality sets, shuffled by a fixed seed."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path

EVAL = Path(__file__).parent.parent / "eval"
SAMPLE = Path(__file__).parent.parent.parent / "digests" / "sample"
# Filler between news sentences: in real articles most sentences hold no figure.
FILLER = (
    "Shops along the main road stayed closed for most of the day.",
    "The road to the coast is the only one that lorries can use in winter.",
    "Neighbours brought blankets, bread and hot tea to the square.",
    "Nobody in the town remembers a night like it.",
    "The council had planned to repair the wall after the summer.",
    "A queue formed in front of the pharmacy before it opened.",
    "Trains run once an hour, and buses only when the pass is free of snow.",
    "The old market hall was turned into a shelter within an hour.",
    "Most families here have lived from fishing and small farms for generations.",
    "It was not clear when the power would be back.",
)


def sentences() -> list[str]:
    """News sentences of our own, in a fixed order."""
    found: list[str] = []
    for name in ("figures.jsonl", "dates.jsonl", "quotes.jsonl"):
        path = EVAL / name
        if path.exists():
            found += [
                json.loads(line)["text"]
                for line in path.read_text(encoding="utf-8").splitlines()
                if line.strip()
            ]
    for path in sorted(SAMPLE.rglob("*.txt")):
        found += [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 60]
    return found


def made_articles(count: int, *, words: int = 700, seed: int = 7) -> Iterator[dict[str, str]]:
    """`count` JSON articles of about `words` words, six news sentences in ten, dated over a month."""
    source = random.Random(seed)
    news = sentences()
    for number in range(count):
        paragraphs: list[str] = []
        length = 0
        while length < words:
            picked = [
                source.choice(news) if source.random() < 0.6 else source.choice(FILLER)
                for _ in range(source.randint(1, 3))
            ]
            paragraphs.append(" ".join(picked))
            length += len(paragraphs[-1].split())
        day = dt.date(2026, 5, 1) + dt.timedelta(days=number % 30)
        yield {
            "id": f"made-{number:06d}",
            "title": f"{source.choice(news)[:70]} ({number})",
            "text": "\n\n".join(paragraphs),
            "published": day.isoformat(),
            "outlet": f"Outlet {number % 40}",
        }


# Syllables of invented town names: what holds the articles of one made story together.
SYLLABLES = (
    "bar",
    "dol",
    "fen",
    "gra",
    "kel",
    "lum",
    "mor",
    "nes",
    "pol",
    "rin",
    "sta",
    "tor",
    "ul",
    "vem",
    "wes",
    "zan",
)
PER_STORY = 10


def made_stories(count: int, *, words: int = 400, seed: int = 7) -> Iterator[dict[str, str]]:
    """`count` JSON articles in stories of ten, each story with its own town, day and sentences.

    Unlike `made_articles`, whose articles all share their sentences and so melt into few giant stories.
    """
    news = sentences()
    for start in range(0, count, PER_STORY):
        source = random.Random(seed * 1_000_003 + start)
        town = "".join(source.choice(SYLLABLES) for _ in range(4)).capitalize()
        pool = [f"{line} That was in {town}." for line in source.sample(news, min(len(news), 40))]
        day = dt.date(2026, 5, 1) + dt.timedelta(days=source.randrange(30))
        for number in range(start, min(start + PER_STORY, count)):
            lines = source.sample(pool, len(pool))
            length, kept = 0, []
            while lines and length < words:
                kept += [lines.pop(), source.choice(FILLER)]
                length = sum(len(line.split()) for line in kept)
            yield {
                "id": f"made-{number:06d}",
                "title": f"{town}: {source.choice(pool)[:60]}",
                "text": "\n\n".join(" ".join(kept[at : at + 2]) for at in range(0, len(kept), 2)),
                "published": (day + dt.timedelta(days=number % 2)).isoformat(),
                "outlet": f"Outlet {number % 40}",
            }

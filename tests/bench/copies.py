"""What a hundred thousand articles full of reprints take: `python -m tests.bench.copies [ARTICLES]`.

Every tenth text is its outlet's own; nine outlets reprint it, re-headed, cut by a sentence or with a word changed. They
come in windows as feeds do, each gets its story, and each story is told with what came. What stays in memory is what
the engine keeps between two rounds: the index of stories, the stories as they are told, what is remembered of texts.
Prints the processor seconds, the most memory that the process had, and how many reprints were found as such.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator

from digests.stories.cluster import StoryIndex
from digests.stories.description import describe_story
from digests.stories.signature import make_signature
from digests.types import Article, Facts, Story
from tests.bench.corpus import made_stories

PRINTS, WINDOW, WORDS = 10, 512, 250


def prints(count: int) -> Iterator[Article]:
    """Made articles, each followed by its reprints; the first of ten is the original."""
    source = random.Random(5)
    for number, row in enumerate(made_stories(count // PRINTS, words=WORDS)):
        parts = row["text"].split("\n\n")
        for place in range(PRINTS):
            kept = list(parts)
            if place % 3 == 1:
                del kept[source.randrange(len(kept))]
            text = "\n\n".join(kept)
            if place % 3 == 2:
                text = text.replace(" That was in ", " This was in ", 1)
            yield Article(
                id=f"a{number:06d}-{place}",
                source_id=f"s{place}",
                external_id=str(number),
                text=text,
                title=row["title"] if place == 0 else f"{row['title']} (our region)",
                outlet=f"Outlet {place}",
                published=dt.datetime.fromisoformat(row["published"] + "T08:00:00+00:00")
                + dt.timedelta(minutes=place),
            )


def main(count: int) -> None:
    index, told = StoryIndex(), dict[str, Story]()
    start, window = time.process_time(), list[Article]()
    for article in prints(count):
        window.append(article)
        if len(window) == WINDOW:
            keep(index, told, window)
            window = []
    keep(index, told, window)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = sum(len(story.copies) for story in told.values())
    print(
        f"{count:,} articles, {len(told):,} stories: {time.process_time() - start:.0f} s of processor, "
        f"{peak:.0f} MiB at most, {found:,} found to be reprints"
    )


def keep(index: StoryIndex, told: dict[str, Story], window: list[Article]) -> None:
    """Give a window its stories, and tell those anew from what is fresh in them."""
    stories = index.assign([make_signature(article, Facts()) for article in window])
    fresh: defaultdict[str, list[Article]] = defaultdict(list)
    for article in window:
        fresh[stories[article.id]].append(article)
    for story_id, articles in fresh.items():
        told[story_id] = describe_story(story_id, articles)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

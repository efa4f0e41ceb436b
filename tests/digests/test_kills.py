"""`kill -9` in the midst of taking articles in: what was committed is there, whole and once, and the next goes on.

The processes that are killed are forked from one that has read the rules already, so that five hundred take minutes.
"""

from __future__ import annotations

import contextlib
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from digests.errors import SchemaVersionError
from digests.store.backup import check_store
from tests.digests.engine_case import DAM, STRIKE, article, lines

ARTICLES = 72
#: Articles of a commit.
BATCH = 6
#: How long one fork may take on a busy machine before it counts as hanging.
PATIENCE_S = 60.0

NURSERY = """
import asyncio, os, signal, sys, threading
from pathlib import Path
from digests import ingest
from digests.reading import read_facts
from digests.store import articles
from digests.store.connection import Database
from digests.types import RawArticle
from tests.digests.engine_case import DAM, NOW, engine_at

ingest._WINDOW, ingest._BATCH = 24, 6
write = Database.write

async def telling(self, change, *args, **kwargs):
    result = await write(self, change, *args, **kwargs)
    if change is articles.save_articles:
        os.write(1, (" ".join(["kept", *(row.article.id for row in args[0])]) + "\\n").encode())
        committed()
    return result

def committed():
    # Before the first commit, and after each.
    global left
    if left == 0:
        threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL)).start()
    left -= 1

Database.write = telling

async def load(folder, path):
    async with engine_at(Path(folder)) as engine:
        with open(path) as lines:
            await engine.load_jsonl(lines, name="wire")

read_facts(RawArticle(source_id="s", external_id="e", body=DAM), article_id="e", retrieved=NOW)
os.write(1, b"warm\\n")
for line in sys.stdin:
    folder, path, commits, delay = line.split()
    left, seconds = int(commits), float(delay)
    child = os.fork()
    if child == 0:
        committed()
        asyncio.run(load(folder, path))
        os._exit(0)
    os.write(1, f"over {os.waitpid(child, 0)[1]}\\n".encode())
"""


@dataclass
class Nursery:
    """Starts loads and kills them; `kept` are the ids that they told of as committed."""

    process: subprocess.Popen[str]
    kept: set[str] = field(default_factory=set)

    def load(self, folder: Path, path: Path, *, commits: int = -1, seconds: float = 0.0) -> bool:
        """One load into the folder's store, killed so long after so many commits; whether it was, before its end."""
        assert self.process.stdin is not None
        hanging = threading.Timer(PATIENCE_S, self.process.kill)
        hanging.start()
        self.process.stdin.write(f"{folder} {path} {commits} {seconds}\n")
        self.process.stdin.flush()
        status = int(self._read("over"))
        hanging.cancel()
        return status == signal.SIGKILL

    def _read(self, wanted: str) -> str:
        """What follows this word, in the first line that begins with it; commits before it are noted."""
        assert self.process.stdout is not None
        while True:
            line = self.process.stdout.readline()
            assert line, "the nursery ended"
            word, _, rest = line.strip().partition(" ")
            if word == wanted:
                return rest
            assert word == "kept", line
            self.kept |= set(rest.split())


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        made = Nursery(process)
        made._read("warm")
        yield made
        process.kill()


def rows_of(store: Path) -> list[tuple[str, str, str]]:
    """Id, text and facts of every article that has facts and a story."""
    sql = """
    SELECT articles.id, articles.text, facts.facts
    FROM articles
    JOIN facts ON facts.article_number = articles.number
    JOIN stories ON stories.id = articles.story_id
    ORDER BY articles.id
    """
    with contextlib.closing(sqlite3.connect(store)) as db:
        return db.execute(sql).fetchall()


def survive(nursery: Nursery, folder: Path, *, kills: int) -> tuple[int, int]:
    """Kill so many loads at random moments between two commits, over stores that are begun anew when they are full.

    Returns the number of stores that became full, and of kills that hit a load after its first commit.
    """
    source = folder / "in.jsonl"
    told = [article(n, DAM if n % 2 else STRIKE) for n in range(ARTICLES)]
    source.write_text("\n".join(lines(*told)))
    (folder / "calm").mkdir()
    begun = time.monotonic()
    assert not nursery.load(folder / "calm", source)
    # About what lies between two commits.
    step_s = (time.monotonic() - begun) / (ARTICLES / BATCH)
    expected = rows_of(folder / "calm" / "a.db")
    assert ARTICLES == len(expected)
    chance, full, midst, store = random.Random(11), 0, 0, folder / "0" / "a.db"
    store.parent.mkdir()
    nursery.kept.clear()
    while kills > 0:
        before = len(nursery.kept)
        was_killed = nursery.load(
            store.parent, source, commits=chance.randint(0, 3), seconds=chance.uniform(0, 2 * step_s)
        )
        kills -= was_killed
        midst += was_killed and len(nursery.kept) > before
        if not store.exists():
            continue
        try:
            contents, problems = check_store(store, with_words=True)
        except SchemaVersionError:
            # Killed while the file was made: nothing was taken in, and the next start makes it.
            assert not nursery.kept
            continue
        assert () == problems
        rows = rows_of(store)
        # No article without its facts and story, none twice, none lost, each as in a store where nobody was killed.
        assert contents.articles == len(rows) == len({row[0] for row in rows})
        assert nursery.kept <= {row[0] for row in rows}
        assert set(rows) <= set(expected)
        if not was_killed:
            assert expected == rows
            full += 1
            store = folder / str(full) / "a.db"
            store.parent.mkdir()
            nursery.kept.clear()
    return full, midst


@pytest.mark.slow
def test_forty_kills(nursery: Nursery, tmp_path: Path) -> None:
    """0 lost, 0 doubled, 0 half, the file sound each time."""
    _, midst = survive(nursery, tmp_path, kills=40)
    assert midst > 15


@pytest.mark.long
def test_five_hundred_kills(nursery: Nursery, tmp_path: Path) -> None:
    """The same for long."""
    full, midst = survive(nursery, tmp_path, kills=500)
    print(f"500 kills: {midst} after a commit of their load, {full} stores filled; 0 lost, 0 doubled, 0 half")
    assert midst > 200

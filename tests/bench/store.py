"""A store of a hundred thousand made articles in a few minutes: `python -m tests.bench.store PATH [ARTICLES]`.

Reading so many takes twenty minutes. So two thousand are read and their cards made, and the rest are copies of those
rows: each copy of a story has a town of its own, spelled with as many letters, so that every offset stays right. What
is there already is kept: a second run over the same path is quick.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import sqlite3
import sys
import time
import zlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digests.config import EngineConfig, StoreConfig
from digests.engine import open_engine
from digests.extract import rules_fingerprint
from digests.preparation import maker
from digests.store.connection import prepare_file
from digests.store.sums import save_article_sums, save_story_sum
from tests.bench.corpus import made_stories

ARTICLES = 100_000
#: Articles that are really read; the others are their copies.
READ = 2_000
WORDS = 400
#: How long the cards of those that are read may take.
PREPARING_SECONDS = 900
#: Letters by which a town is known, also where the end of its name is cut off.
STEM = 6

CONSONANTS, VOWELS = "bdfgklmnprstvwz", "aeiou"
#: What a row is renamed in: ids, and the words of the story.
PACKED = frozenset({"raw", "findings", "card"})

Row = dict[str, Any]


def build(path: Path, count: int = ARTICLES) -> None:
    """Make the store, or bring one that was made before to this version of the program."""
    if not path.exists():
        fresh = path.with_name(path.name + ".part")
        for file in path.parent.glob(fresh.name + "*"):
            file.unlink()
        asyncio.run(read_first(fresh, min(count, READ)))
        copy_all(fresh, -(-count // READ) - 1)
        fresh.rename(path)
    prepare_file(path)
    claim_current(path)


async def read_first(path: Path, count: int) -> None:
    """The articles that are really read, and their cards."""
    async with open_engine(EngineConfig(store=StoreConfig(path=path))) as engine:
        await engine.load_jsonl((json.dumps(row) for row in made_stories(count, words=WORDS)), name="bench")
        async with asyncio.timeout(PREPARING_SECONDS):
            await engine.ready()


def claim_current(path: Path) -> None:
    """What is in it counts as read and made by this version: how long an answer takes does not depend on that."""
    with closing(sqlite3.connect(path)) as db, db:
        rules = rules_fingerprint()
        db.execute("UPDATE articles SET rules_fingerprint = ? WHERE rules_fingerprint <> ?", (rules, rules))
        db.execute("UPDATE prepared_cards SET maker = ? WHERE maker <> ?", (maker(), maker()))


def outdate_cards(path: Path) -> None:
    """All cards count as made by another version: the bot has to make them again."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE prepared_cards SET maker = 'another'")


def copy_all(path: Path, times: int) -> None:
    """Every story so many times more, one transaction for all of them at a time."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.row_factory = sqlite3.Row
        stories = [dict(row) for row in db.execute("SELECT * FROM stories")]
        members = {story["id"]: rows_of(db, story["id"]) for story in stories}
        for number in range(1, times + 1):
            db.execute("BEGIN IMMEDIATE")
            (revision,) = db.execute("SELECT max(revision) + 1 FROM stories").fetchone()
            for story in stories:
                copy_story(db, story, members[story["id"]], number, revision)
            db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rows_of(db: sqlite3.Connection, story_id: str) -> tuple[list[Row], list[Row]]:
    """A story's articles with their facts, and its cards."""
    sql = "SELECT * FROM articles JOIN facts ON facts.article_number = articles.number WHERE story_id = ?"
    cards = "SELECT * FROM prepared_cards WHERE story_id = ?"
    return [dict(row) for row in db.execute(sql, (story_id,))], [
        dict(row) for row in db.execute(cards, (story_id,))
    ]


@dataclass(frozen=True)
class Renaming:
    """How the words of one story become those of its copy."""

    pattern: re.Pattern[str]
    letters: dict[int, int]
    story_id: str
    copy_id: str
    number: int

    def text(self, text: str) -> str:
        text = self.pattern.sub(lambda match: match[0].translate(self.letters), text)
        text = text.replace(self.story_id, self.copy_id)
        return re.sub(r"made-(\d{6})", rf"made-{self.number}-\1", text)

    def row(self, row: Row, revision: int) -> Row:
        made = {}
        for name, value in row.items():
            if name in PACKED:
                made[name] = zlib.compress(self.text(zlib.decompress(value).decode()).encode(), 1)
            else:
                made[name] = self.text(value) if isinstance(value, str) else value
        return made | ({"revision": revision} if "revision" in made else {})


def rename(story: Row, number: int) -> Renaming:
    """The `number`-th copy of a story: another town, other ids."""
    town = story["title"].partition(":")[0].lower()
    letters = {}
    for ring, turned in ((CONSONANTS, number % len(CONSONANTS)), (VOWELS, number // len(CONSONANTS) + 1)):
        for place, letter in enumerate(ring):
            letters[ord(letter)] = ord(ring[(place + turned) % len(ring)])
    both = letters | {ord(chr(old).upper()): ord(chr(new).upper()) for old, new in letters.items()}
    return Renaming(
        pattern=re.compile(rf"\b{town[:STEM]}\w*", re.I),
        letters=both,
        story_id=story["id"],
        copy_id="s" + hashlib.sha256(f"{story['id']}/{number}".encode()).hexdigest()[:10],
        number=number,
    )


def copy_story(
    db: sqlite3.Connection, story: Row, members: tuple[list[Row], list[Row]], number: int, revision: int
) -> None:
    renaming = rename(story, number)
    insert(db, "stories", renaming.row(story, revision))
    save_story_sum(db, renaming.copy_id)
    for member in members[0]:
        row = renaming.row(member, revision)
        facts = {name: row.pop(name) for name in ("article_number", "facts", "figures", "signature", "raw")}
        del row["number"]
        facts["article_number"] = insert(db, "articles", row)
        insert(db, "facts", facts)
        save_article_sums(db, [facts["article_number"]])
    for card in members[1]:
        insert(db, "prepared_cards", renaming.row(card, revision))


def insert(db: sqlite3.Connection, table: str, row: Row) -> int | None:
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    return db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row).lastrowid


if __name__ == "__main__":
    started = time.perf_counter()
    build(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ARTICLES)
    print(f"{sys.argv[1]} after {time.perf_counter() - started:.0f} s")

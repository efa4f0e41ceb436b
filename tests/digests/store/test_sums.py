"""Sums: what changed in the file without being written is found, whatever it is and wherever it stands."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digests.errors import DigestError
from digests.store.backup import check_store
from digests.store.connection import SCHEMA_VERSION, load_migrations, migrate
from digests.store.sums import find_changed
from tests.digests.engine_case import DAM, STRIKE, article, engine_at, lines

#: Bits that are flipped, each in a file of its own (RELIABILITY Q5).
FLIPS = 150
ARTICLES = 30
#: The version that had no sums.
BEFORE = 8


async def make_store(folder: Path) -> Path:
    told = [article(number, DAM if number % 3 else STRIKE) for number in range(1, ARTICLES + 1)]
    async with engine_at(folder, prepare=True) as engine:
        await engine.load_jsonl(lines(*told), name="wire")
        await engine.load_jsonl(
            lines(told[0] | {"text": "At noon more was known. " + told[0]["text"]}), name="wire"
        )
        await engine.ready()
    store = folder / "a.db"
    with contextlib.closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every test copies: made once."""
    return asyncio.run(make_store(tmp_path_factory.mktemp("made")))


@pytest.fixture
def store(tmp_path: Path, made: Path) -> Path:
    """A store with two stories, an earlier version of an article, and prepared cards."""
    return Path(shutil.copy(made, tmp_path))


@contextlib.contextmanager
def changed(store: Path, sql: str, *values: object) -> Iterator[sqlite3.Connection]:
    """The store with something written past the program; its own triggers are off, as they are for a worn disk."""
    with contextlib.closing(sqlite3.connect(store)) as db:
        db.execute("DROP TRIGGER articles_update_words")
        assert db.execute(sql, values).rowcount > 0
        yield db


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("UPDATE articles SET text = replace(text, 'killed', 'kissed') WHERE id = 'a1'", "article a1 (row "),
        ("UPDATE articles SET title = title || ' ' WHERE id = 'a2'", "article a2 (row "),
        ("UPDATE articles SET published = NULL WHERE id = 'a2'", "article a2 (row "),
        ("UPDATE facts SET facts = replace(facts, '2', '3') WHERE article_number = 2", "(row 2) is not what"),
        ("UPDATE facts SET figures = figures + 1 WHERE article_number = 3", "(row 3) is not what"),
        ("UPDATE facts SET raw = CAST(raw AS TEXT) WHERE article_number = 4", "(row 4) is not what"),
        ("DELETE FROM article_sums WHERE article_number = 5", "(row 5) has no sum"),
        ("DELETE FROM facts WHERE article_number = 6", "(row 6) is not what"),
        ("UPDATE stories SET title = 'Nothing happened' WHERE rowid = 1", "story s"),
        ("UPDATE article_versions SET version = x'789c'", "earlier version of article "),
        ("UPDATE prepared_cards SET card = x'789c' WHERE rowid = 1", "prepared card of story s"),
        ("UPDATE prepared_chronicles SET told = x'789c' WHERE rowid = 1", "prepared chronicle of story s"),
        ("UPDATE prepared_pictures SET picture = x'789c' WHERE rowid = 1", "prepared picture of story s"),
    ],
)
def test_what_was_not_written_is_named(store: Path, sql: str, expected: str) -> None:
    """Each part of an article, of its facts, of a story, and what is packed."""
    assert ((), True) == (check_store(store, with_words=True)[1], store.exists())
    with changed(store, sql) as db:
        (found,) = find_changed(db)
    assert expected in found


async def test_what_the_program_writes_keeps_its_sums(tmp_path: Path, store: Path) -> None:
    """Changed articles, articles that other rules read, stories that grow: nothing of it looks like damage."""
    with contextlib.closing(sqlite3.connect(store)) as db:
        db.execute("UPDATE articles SET rules_fingerprint = 'older'")
        db.commit()
        assert [] == list(find_changed(db))
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(article(101), article(102)), name="wire")
        await engine.refresh()
    assert () == check_store(store, with_words=True)[1]


def contents_of(path: Path) -> Any:
    """All rows of all tables, as bytes; what happened where they cannot be read."""
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'article_words%'"
    try:
        with contextlib.closing(sqlite3.connect(path)) as db:
            tables = [row[0] for row in db.execute(names)]
            db.text_factory = bytes
            return {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    except sqlite3.Error as exc:
        return str(exc)


def test_flipped_bits_are_found(tmp_path: Path, store: Path) -> None:
    """Anywhere in the file: what is not found has changed nothing that anybody reads."""
    data = store.read_bytes()
    chance, expected, found = random.Random(5), contents_of(store), 0
    for number in range(FLIPS):
        damaged = bytearray(data)
        damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.db"
        path.write_bytes(damaged)
        try:
            problems = check_store(path, with_words=True)[1]
        except DigestError as exc:
            problems = (str(exc),)
        found += bool(problems)
        assert problems or contents_of(path) == expected, number
        for side in ("", "-wal", "-shm", ".lock"):
            path.with_name(path.name + side).unlink(missing_ok=True)
    # More than half of a file is words of articles, or what was read in them.
    assert found > FLIPS / 4


def test_stores_without_sums_get_them(tmp_path: Path, store: Path) -> None:
    """An older store is taken as it is; from the upgrade on damage is found."""
    with contextlib.closing(sqlite3.connect(store, isolation_level=None)) as new:
        rows = {
            table: new.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("sources", "stories", "articles", "facts")
        }
    with contextlib.closing(sqlite3.connect(tmp_path / "old.db", isolation_level=None)) as old:
        migrate(old, load_migrations()[:BEFORE])
        for table, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            old.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        migrate(old, load_migrations())
        assert SCHEMA_VERSION == old.execute("PRAGMA user_version").fetchone()[0]
        assert ARTICLES == old.execute("SELECT count(*) FROM article_sums").fetchone()[0]
        assert [] == list(find_changed(old))
        old.execute(
            "UPDATE facts SET signature = '{}' WHERE article_number = (SELECT number FROM articles WHERE id = 'a2')"
        )
        assert 1 == len(list(find_changed(old)))


def test_a_store_whose_words_do_not_fit_is_told(store: Path) -> None:
    """The index of words is compared with the articles."""
    with changed(store, "DELETE FROM article_words_docsize WHERE id = 1") as db:
        db.execute("DELETE FROM article_words_data WHERE id > 10")
        db.commit()
    assert ("the index of words does not fit the articles",) == check_store(store, with_words=True)[1]

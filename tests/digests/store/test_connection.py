"""The SQLite file: creating, refusing, migrating, transactions that leave nothing open."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from digests.errors import SchemaVersionError, StoreError
from digests.store import connection
from digests.store.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    Database,
    load_migrations,
    migrate,
    open_database,
    prepare_file,
)
from digests.store.settings import load_setting, save_setting


def schema_of(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Every object of a database; comments and spaces do not count."""
    rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
    return [(kind, name, " ".join(sql.split())) for kind, name, sql in rows]


def test_both_roads_end_in_one_schema(tmp_path: Path) -> None:
    """A new file and one that came through all migrations are the same."""
    prepare_file(tmp_path / "new.db")
    with sqlite3.connect(tmp_path / "new.db") as new, sqlite3.connect(tmp_path / "old.db") as old:
        old.isolation_level = None
        migrate(old, load_migrations())
        assert schema_of(old) == schema_of(new)
        for pragma in ("user_version", "application_id"):
            assert old.execute(f"PRAGMA {pragma}").fetchone() == new.execute(f"PRAGMA {pragma}").fetchone()


def test_migrations_are_numbered_without_gaps() -> None:
    """The last migration is the schema's version."""
    assert [version for version, _ in load_migrations()] == list(range(1, SCHEMA_VERSION + 1))


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(
            "CREATE TABLE extra (id INTEGER); CREATE TABLE extra (id INTEGER);", id="broken statement"
        ),
        pytest.param(
            "INSERT INTO parts (slot_id, number, payload, nonce, mark, changed_at) VALUES (9, 1, '', '', '', '');",
            id="row that refers to nothing",
        ),
    ],
)
def test_broken_migration_leaves_the_file_as_it_was(tmp_path: Path, script: str) -> None:
    """Old or new, never between."""
    prepare_file(tmp_path / "a.db")
    db = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    before = schema_of(db)
    with pytest.raises((sqlite3.Error, StoreError)):
        migrate(db, (*load_migrations(), (SCHEMA_VERSION + 1, script)))
    assert schema_of(db) == before
    assert db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    assert db.execute("SELECT count(*) FROM parts").fetchone()[0] == 0
    assert not db.in_transaction
    db.close()


class Deadly(sqlite3.Connection):
    """Kills its process when it is about to run so many statements."""

    left = 0

    def execute(self, *args: Any) -> sqlite3.Cursor:
        Deadly.left -= 1
        if Deadly.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(*args)


def die_after(path: Path, statements: int) -> bool:
    """Open the file in a child that is killed at a statement; whether it was, and did not come to its end."""
    child = os.fork()
    if child == 0:
        Deadly.left = statements
        connect = partial(sqlite3.connect, factory=Deadly)
        connection.sqlite3 = SimpleNamespace(connect=connect, Error=sqlite3.Error)  # type: ignore[attr-defined]
        try:
            prepare_file(path)
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process of its own")
@pytest.mark.parametrize("version", range(SCHEMA_VERSION))
def test_a_killed_migration_is_old_or_new(tmp_path: Path, version: int) -> None:
    """From every version, killed at every statement: one of the versions whole, and the next start ends the work."""
    wanted = []
    for known in range(SCHEMA_VERSION + 1):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
            migrate(db, load_migrations()[:known])
            wanted.append(schema_of(db))
    for statements in range(500):
        path = tmp_path / f"{statements}.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            migrate(db, load_migrations()[:version])
        is_killed = die_after(path, statements)
        with closing(sqlite3.connect(path)) as db:
            found = db.execute("PRAGMA user_version").fetchone()[0]
            assert schema_of(db) == wanted[found], f"killed before statement {statements}"
        prepare_file(path)
        with closing(sqlite3.connect(path)) as db:
            assert schema_of(db) == wanted[SCHEMA_VERSION]
        path.unlink()
        if not is_killed:
            assert statements > 1
            return
    pytest.fail("the migration does not end")


def test_migration_runs_once(tmp_path: Path) -> None:
    """A second start finds the new version and changes nothing."""
    db = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    steps = (*load_migrations(), (SCHEMA_VERSION + 1, "CREATE TABLE extra (id INTEGER);"))
    migrate(db, steps)
    migrate(db, steps)
    assert db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION + 1
    db.close()


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def foreign_file(path: Path, pragma: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE theirs (id INTEGER)")
        db.execute(pragma)


@pytest.mark.parametrize(
    ("pragma", "expected"),
    [
        pytest.param("PRAGMA application_id = 7", "belongs to another program", id="other program"),
        pytest.param("PRAGMA application_id = 0", "belongs to another program", id="no program"),
    ],
)
def test_foreign_file_is_refused_untouched(tmp_path: Path, pragma: str, expected: str) -> None:
    """Somebody's database, given by mistake, must not gain our tables."""
    path = tmp_path / "theirs.db"
    foreign_file(path, pragma)
    before = path.read_bytes()
    with pytest.raises(SchemaVersionError, match=expected):
        prepare_file(path)
    assert path.read_bytes() == before
    assert names_in(tmp_path) == ["theirs.db"]


def test_newer_file_is_refused_untouched(tmp_path: Path) -> None:
    """An older program must not write into a newer one's tables."""
    path = tmp_path / "newer.db"
    prepare_file(path)
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()
    before = path.read_bytes()
    with pytest.raises(SchemaVersionError, match=f"has schema version {SCHEMA_VERSION + 1}"):
        prepare_file(path)
    assert path.read_bytes() == before


def test_other_data_is_refused(tmp_path: Path) -> None:
    """A text file that was named by mistake stays what it is."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database " * 20)
    with pytest.raises(SchemaVersionError, match="is not an SQLite database"):
        prepare_file(path)
    assert path.read_text() == "not a database " * 20


def test_empty_file_is_filled(tmp_path: Path) -> None:
    """An empty file (`mktemp`) is a new store."""
    path = tmp_path / "empty.db"
    path.touch()
    prepare_file(path)
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID


def test_unopenable_file_is_named(tmp_path: Path) -> None:
    """The operator reads which file and why."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be"):
        prepare_file(tmp_path / "file" / "a.db")


async def test_failed_change_leaves_nothing(tmp_path: Path) -> None:
    """An error in the middle of a transaction takes all of it back, and the connection goes on."""

    def change(db: sqlite3.Connection) -> None:
        save_setting(db, "a", "half")
        raise ValueError("stop")

    database = await open_database(tmp_path / "a.db")
    try:
        with pytest.raises(ValueError, match="stop"):
            await database.write(change)
        assert await database.read(load_setting, "a") is None
        await database.write(save_setting, "a", "whole")
        assert await database.read(load_setting, "a") == "whole"
    finally:
        await database.close()


async def test_cancelled_tasks_leave_no_open_transaction(tmp_path: Path) -> None:
    """300 writers cancelled at any moment: each pair of rows is there whole or not at all, nothing stays open."""

    def pair(db: sqlite3.Connection, number: int) -> None:
        save_setting(db, f"{number}a", "x")
        save_setting(db, f"{number}b", "x")

    database = await open_database(tmp_path / "a.db")
    chance = random.Random(7)
    try:
        tasks = [asyncio.create_task(database.write(pair, number)) for number in range(300)]
        for task in tasks:
            if chance.random() < 0.5:
                task.cancel()
            if chance.random() < 0.2:
                await asyncio.sleep(0)
        await asyncio.gather(*tasks, return_exceptions=True)
        keys = await database.read(lambda db: [row[0] for row in db.execute("SELECT key FROM settings")])
        assert {key[:-1] for key in keys if key.endswith("a")} == {
            key[:-1] for key in keys if key.endswith("b")
        }
        assert not await is_in_transaction(database)
    finally:
        await database.close()


async def is_in_transaction(database: Database) -> bool:
    return any(c._conn.in_transaction for c in (database._writer, database._ledger, database._reader))


async def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    """Ingest and ledger write side by side without a lock error."""

    def count_up(db: sqlite3.Connection) -> None:
        value = int(load_setting(db, "n") or 0)
        save_setting(db, "n", str(value + 1))

    database = await open_database(tmp_path / "a.db")
    try:
        changes = [change(count_up) for _ in range(40) for change in (database.write, database.record)]
        await asyncio.gather(*changes)
        assert await database.read(load_setting, "n") == "80"
    finally:
        await database.close()


async def test_many_writers_and_a_long_reader_wait(tmp_path: Path) -> None:
    """Twenty processes' worth of writers beside a question that takes long: every change arrives, no lock error."""

    def count_up(db: sqlite3.Connection) -> None:
        save_setting(db, "n", str(int(load_setting(db, "n") or 0) + 1))

    def look_long(db: sqlite3.Connection) -> None:
        before = load_setting(db, "n")
        is_reading.set()
        assert has_written.wait(20)
        assert load_setting(db, "n") == before

    is_reading, has_written = threading.Event(), threading.Event()
    writers = [await open_database(tmp_path / "a.db") for _ in range(20)]
    try:
        reading = asyncio.create_task(writers[0].read(look_long))
        await asyncio.to_thread(is_reading.wait, 20)
        changes = [one.write(count_up) for _ in range(3) for one in writers]
        await asyncio.gather(*changes, *(one.record(count_up) for one in writers))
        has_written.set()
        await reading
        assert await writers[0].read(load_setting, "n") == "80"
    finally:
        has_written.set()
        for one in writers:
            await one.close()


async def test_full_disk_is_a_store_error(tmp_path: Path) -> None:
    """The file cannot grow: the writer says so, what is committed stays, and it works again with space."""
    database = await open_database(tmp_path / "a.db")
    try:
        await database.write(save_setting, "small", "x")
        pages = await database.read(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
        await connection._run(database._writer, lambda db: db.execute(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(StoreError, match="full"):
            await database.write(save_setting, "large", "x" * 1_000_000)
        assert await database.read(load_setting, "small") == "x"
        await connection._run(database._writer, lambda db: db.execute("PRAGMA max_page_count = 1000000"))
        await database.write(save_setting, "large", "x" * 1_000_000)
    finally:
        await database.close()


async def test_close_leaves_one_file(tmp_path: Path) -> None:
    """A clean end folds the log in; nothing hangs, nothing is left beside the store."""
    database = await open_database(tmp_path / "a.db")
    await database.write(save_setting, "a", "b")
    await database.close()
    assert names_in(tmp_path) == ["a.db"]


async def test_quick_questions_do_not_wait_for_long_ones(tmp_path: Path) -> None:
    """Somebody asks for the timeline of hundreds of stories; the next one for a card."""
    is_reading, go_on = threading.Event(), threading.Event()

    def look_long(db: sqlite3.Connection) -> str | None:
        is_reading.set()
        assert go_on.wait(20)
        return load_setting(db, "n")

    database = await open_database(tmp_path / "a.db")
    try:
        await database.write(save_setting, "n", "1")
        reading = asyncio.create_task(database.read_long(look_long))
        await asyncio.to_thread(is_reading.wait, 20)
        async with asyncio.timeout(20):
            assert "1" == await database.read(load_setting, "n")
        go_on.set()
        assert "1" == await reading
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await database.read_long(save_setting, "a", "b")
    finally:
        go_on.set()
        await database.close()


async def test_ledger_is_synced_and_reader_cannot_write(tmp_path: Path) -> None:
    """What was sent must survive a power cut; a question must never change anything."""
    database = await open_database(tmp_path / "a.db")
    try:
        levels = [
            await connection._run(c, lambda db: db.execute("PRAGMA synchronous").fetchone()[0])
            for c in (database._writer, database._ledger)
        ]
        assert levels == [1, 2]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await database.read(save_setting, "a", "b")
    finally:
        await database.close()


async def test_a_second_opening_keeps_the_locks_of_the_first(tmp_path: Path) -> None:
    """A process that looks in meanwhile does not take itself for the last one, and leaves the log where it is."""
    path = tmp_path / "sitrep.db"
    first = await open_database(path)
    try:
        await first.write(save_setting, "name", "first")
        second = await open_database(path)
        await second.close()
        look = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('PRAGMA user_version'); db.close()"
        await asyncio.to_thread(subprocess.run, [sys.executable, "-c", look, path], check=True, timeout=60)
        assert path.with_name("sitrep.db-wal").exists()
        await first.write(save_setting, "name", "second")
        assert "second" == await first.read(load_setting, "name")
    finally:
        await first.close()

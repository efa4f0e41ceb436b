"""Backups: made under writes, refused when damaged, restored without losing what they replace."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
import threading
from pathlib import Path

import pytest

from digests.errors import SchemaVersionError, StoreError, StoreLocked
from digests.store.backup import back_up, check_store, restore
from digests.store.connection import prepare_file
from digests.store.lock import process_lock
from digests.store.sums import save_story_sum

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def make_store(path: Path, stories: int) -> Path:
    prepare_file(path)
    write(path, range(stories))
    return path


def write(path: Path, numbers: range) -> None:
    with contextlib.closing(sqlite3.connect(path, timeout=10)) as db:
        for number in numbers:
            db.execute(
                "INSERT INTO stories (id, title, revision) VALUES (?, ?, 1)",
                (f"s{number}", f"Story {number}"),
            )
            save_story_sum(db, f"s{number}")
            db.commit()


def stories_in(path: Path) -> int:
    return check_store(path)[0].stories


def test_a_backup_is_a_store(tmp_path: Path) -> None:
    """It holds what the store held, and is sound."""
    store = make_store(tmp_path / "a.db", 7)
    assert 7 == back_up(store, tmp_path / "kept" / "b.db").stories
    contents, problems = check_store(tmp_path / "kept" / "b.db")
    assert (7, ()) == (contents.stories, problems)
    assert ["b.db"] == [file.name for file in (tmp_path / "kept").iterdir()]


def test_a_backup_under_writes_is_consistent(tmp_path: Path) -> None:
    """Each backup holds a beginning of what is being written: never a hole."""
    store = make_store(tmp_path / "a.db", 1)
    writer = threading.Thread(target=write, args=(store, range(1, 600)))
    writer.start()
    for number in range(5):
        back_up(store, tmp_path / f"b{number}.db")
    writer.join()
    for number in range(5):
        with contextlib.closing(sqlite3.connect(tmp_path / f"b{number}.db")) as db:
            found = {row[0] for row in db.execute("SELECT id FROM stories")}
        assert {f"s{index}" for index in range(len(found))} == found


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file that is there stays as it is."""
    store = make_store(tmp_path / "a.db", 1)
    target = tmp_path / "b.db"
    target.write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        back_up(store, target)
    assert "mine" == target.read_text()


def test_restoring_keeps_what_it_replaces(tmp_path: Path) -> None:
    """The newer store lies beside the restored one, with all that was in its log."""
    store = make_store(tmp_path / "a.db", 3)
    back_up(store, tmp_path / "b.db")
    write(store, range(3, 5))
    contents, kept = restore(tmp_path / "b.db", store, now=NOW)
    assert kept == tmp_path / "a.db.before-restore-20260301T120000Z"
    assert (3, 3, 5) == (contents.stories, stories_in(store), stories_in(kept))
    _, again = restore(kept, store, now=NOW)
    assert again == tmp_path / "a.db.before-restore-20260301T120000Z-2"
    assert 5 == stories_in(store)


def test_restoring_where_there_is_nothing(tmp_path: Path) -> None:
    """A new machine has no store to set aside."""
    back_up(make_store(tmp_path / "a.db", 2), tmp_path / "b.db")
    contents, kept = restore(tmp_path / "b.db", tmp_path / "new.db", now=NOW)
    assert (2, None) == (contents.stories, kept)


def test_a_running_bot_is_not_restored_under(tmp_path: Path) -> None:
    """Its store stays as it is."""
    store = make_store(tmp_path / "a.db", 1)
    back_up(store, tmp_path / "b.db")
    write(store, range(1, 2))
    with process_lock(store), pytest.raises(StoreLocked):
        restore(tmp_path / "b.db", store, now=NOW)
    assert 2 == stories_in(store)


def test_a_damaged_backup_is_refused(tmp_path: Path) -> None:
    """A page of noise is found, and the store stays."""
    store = make_store(tmp_path / "a.db", 2000)
    back_up(store, tmp_path / "b.db")
    data = bytearray((tmp_path / "b.db").read_bytes())
    data[5 * 4096 : 9 * 4096] = bytes(4 * 4096)
    (tmp_path / "b.db").write_bytes(data)
    with pytest.raises(StoreError, match=r"b\.db: "):
        restore(tmp_path / "b.db", store, now=NOW)
    assert 2000 == stories_in(store)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + bytes(200)])
def test_what_is_no_store_is_named(tmp_path: Path, content: bytes) -> None:
    """Empty files, texts, databases of others."""
    file = tmp_path / "x.db"
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"x\.db"):
        check_store(file)
    with pytest.raises(StoreError, match=r"x\.db"):
        restore(file, tmp_path / "a.db", now=NOW)
    assert not (tmp_path / "a.db").exists()


def test_another_program_s_database_is_refused(tmp_path: Path) -> None:
    """It is not touched."""
    with contextlib.closing(sqlite3.connect(tmp_path / "x.db")) as db:
        db.execute("CREATE TABLE notes (text)")
    with pytest.raises(SchemaVersionError, match="another program"):
        back_up(tmp_path / "x.db", tmp_path / "b.db")


def test_a_missing_store_is_named(tmp_path: Path) -> None:
    """No empty backup of nothing."""
    with pytest.raises(StoreError, match="does not exist"):
        back_up(tmp_path / "a.db", tmp_path / "b.db")


def test_rows_that_refer_to_nothing_are_named(tmp_path: Path) -> None:
    """What SQLite lets stand with foreign keys off is still found."""
    store = make_store(tmp_path / "a.db", 1)
    with contextlib.closing(sqlite3.connect(store)) as db:
        db.execute("UPDATE stories SET merged_into = 'sgone'")
        save_story_sum(db, "s0")
        db.commit()
    assert 1 == len(check_store(store)[1])
    with pytest.raises(StoreError, match="missing row of stories"):
        back_up(store, tmp_path / "b.db")

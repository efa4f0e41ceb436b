"""Copies of the store that can be trusted: made while the bot writes, read back before they count.

Stance: a backup that was never opened is none. Nothing is overwritten, and a restore keeps what it replaces. A copy of
the file alone would lack what is still in the log; SQLite's own `VACUUM INTO` sees one committed state.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digests.errors import SchemaVersionError, StoreError, StoreLocked
from digests.store.connection import advice_on, refuse_foreign
from digests.store.lock import process_lock
from digests.store.search import has_sound_words
from digests.store.sums import find_changed

# Problems of one file that are told; a damaged one may have thousands.
_PROBLEMS_TOLD = 10
# What SQLite keeps beside a file in WAL mode.
_SIDES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a store holds, as counted in it, and its size in bytes."""

    articles: int
    stories: int
    sources: int
    bytes: int


def check_store(path: Path, *, with_words: bool = False) -> tuple[Contents, tuple[str, ...]]:
    """Read every page, reference and sum of a store; the second part names what is wrong, at most ten.

    The file is not changed. A damaged page is always found, and so is a changed bit in articles, facts and stories.
    What servers have set up has no sums. `with_words`: read the index of words too, where no bot runs on the store.

    Raises:
        SchemaVersionError: The file is of a newer version or of another program.
        StoreError: It cannot be read at all.
    """
    with _reading(path) as db:
        problems = list(itertools.islice(_problems(db), _PROBLEMS_TOLD))
        counts = [
            int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608, our own names
            for table in ("articles", "stories", "sources")
        ]
    if with_words and not problems:
        problems += _word_problems(path)
    articles, stories, sources = counts
    contents = Contents(articles=articles, stories=stories, sources=sources, bytes=path.stat().st_size)
    return contents, tuple(problems)


def _problems(db: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with a store, the gravest kind first."""
    for (found,) in db.execute(f"PRAGMA integrity_check({_PROBLEMS_TOLD})"):
        if found != "ok":
            yield str(found)
    for table, number, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"{table}: row {number} refers to a missing row of {parent}"
    yield from find_changed(db)


def _word_problems(path: Path) -> tuple[str, ...]:
    """Whether the index of words fits the articles; looking takes the writer, which others may need or have."""
    if not is_writable(path):
        return ()
    try:
        with process_lock(path), _reading(path) as db:
            return () if has_sound_words(db) else ("the index of words does not fit the articles",)
    except StoreLocked:
        return ()


def back_up(store: Path, target: Path) -> Contents:
    """Write a copy of the store to a new file, also while a bot uses it; the copy is read back first.

    Raises:
        SchemaVersionError: The store is of a newer version or of another program.
        StoreError: The target exists, or store or copy cannot be used; then there is no target.
    """
    if target.exists():
        raise StoreError(f"{target}: is there already; name a new file")
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _reading(store) as db:
            db.execute("VACUUM INTO ?", (str(fresh),))
        contents = _sound(fresh)
        # Only if it is still not there: another backup may have been faster.
        os.link(fresh, target)
    except (OSError, sqlite3.Error) as exc:
        raise StoreError(f"{target}: cannot be written: {exc}") from exc
    finally:
        fresh.unlink(missing_ok=True)
    return contents


def restore(backup: Path, store: Path, *, now: dt.datetime) -> tuple[Contents, Path | None]:
    """Put a backup in the place of the store, which is kept beside it; the second part says where.

    Raises:
        StoreLocked: The bot runs on the store.
        SchemaVersionError: The backup is of a newer version or of another program.
        StoreError: The backup is damaged or cannot be copied; then the store is as it was.
    """
    with process_lock(store):
        _sound(backup)
        fresh = store.with_name(f".{store.name}.{os.getpid()}")
        try:
            with _reading(backup) as db:
                db.execute("VACUUM INTO ?", (str(fresh),))
            contents = _sound(fresh)
            kept = _set_aside(store, now)
            fresh.replace(store)
        except (OSError, sqlite3.Error) as exc:
            raise StoreError(f"{store}: cannot be restored: {exc}") from exc
        finally:
            fresh.unlink(missing_ok=True)
    return contents, kept


def _set_aside(store: Path, now: dt.datetime) -> Path | None:
    """Rename the store with its log, so that nothing of it is lost."""
    if not store.exists():
        return None
    name = f"{store.name}.before-restore-{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    kept, number = store.with_name(name), 1
    while kept.exists():
        number += 1
        kept = store.with_name(f"{name}-{number}")
    # What is in the log goes into the file first; a damaged store may refuse, then its log goes with it as it is.
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for side in _SIDES:
        part = store.with_name(store.name + side)
        if part.exists():
            part.rename(kept.with_name(kept.name + side))
    return kept


def _sound(path: Path) -> Contents:
    contents, problems = check_store(path)
    if problems:
        raise StoreError(f"{path}: is damaged: {problems[0]}")
    return contents


def is_writable(store: Path) -> bool:
    """Whether this user may write a store: its file, and the log that SQLite makes beside it."""
    return os.access(store, os.W_OK) and os.access(store.absolute().parent, os.W_OK)


def copy_to_read(store: Path, target: Path) -> None:
    """Write what a store holds to a new file: a store that may not be written is read so. Errors as `back_up`."""
    with _reading(store) as db:
        db.execute("VACUUM INTO ?", (str(target),))


def _how_to_open(path: Path) -> str:
    """For writing where that is allowed: opened as read-only, SQLite would leave its log's files behind.

    Beside a store that may not be written no log can be made, so SQLite must be told that there is none to look for.
    """
    if is_writable(path):
        return "mode=rw"
    has_log = path.with_name(path.name + "-wal").exists()
    return "mode=ro" if has_log else "mode=ro&immutable=1"


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The store, of which nothing is written."""
    if not path.exists():
        raise StoreError(f"{path}: does not exist")
    refuse_foreign(path)
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?{_how_to_open(path)}", uri=True, isolation_level=None)
        ) as db:
            if not db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'articles'").fetchone()[0]:
                raise SchemaVersionError(f"{path}: holds no store")
            yield db
    except sqlite3.DatabaseError as exc:
        raise StoreError(f"{path}: cannot be read: {exc}{advice_on(exc)}") from exc

"""The SQLite file: opening, refusing, migrating it, and running one function per transaction on a database thread.

Stance: a write is one function that runs whole on the writer's thread or not at all. A task that is cancelled while
it waits leaves no open transaction behind, because nothing of the transaction happens on the event loop.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiosqlite

from digests.errors import SchemaVersionError, StoreError
from digests.store.sums import define_sums

SCHEMA_VERSION = 12
# "SITR": says that a file is ours.
APPLICATION_ID = 0x53495452

# Milliseconds that a connection waits for another one's write.
BUSY_MILLISECONDS = 5_000
# Pages of 4 KiB in the log before it is folded into the file.
_CHECKPOINT_PAGES = 2_000

# What the operator can help with; any other error is a bug and surfaces as it is.
_OPERATORS_ERRORS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
    }
)

# What the operator does about them.
_ADVICE = {
    sqlite3.SQLITE_BUSY: "another process is writing in it; try again when that is done",
    sqlite3.SQLITE_CORRUPT: "stop the bot, keep the file and put a backup in its place: `sitrep restore`",
    sqlite3.SQLITE_FULL: "make room beside it and try again, nothing that stands in it is lost",
    sqlite3.SQLITE_READONLY: "give this user the right to write the file and its folder",
}

_MAGIC = b"SQLite format 3\x00"

# Files (device and inode) on which a `Database` of this process is open, with how many.
_open_here: Counter[tuple[int, int]] = Counter()

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """Four connections on one file: a writer, a writer of the ledger (fsync at each commit), two readers.

    Each has a thread of its own, so that questions do not wait for a load, nor quick ones for one that reads the
    articles of hundreds of stories.
    """

    def __init__(
        self,
        path: Path,
        writer: aiosqlite.Connection,
        ledger: aiosqlite.Connection,
        reader: aiosqlite.Connection,
        long_reader: aiosqlite.Connection,
    ) -> None:
        self.path = path
        self._writer = writer
        self._ledger = ledger
        self._reader = reader
        self._long_reader = long_reader
        self._file = _identity(path)
        _open_here[self._file] += 1

    async def read(
        self, question: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a question on the reader's thread: it sees one committed state throughout.

        Raises StoreError where the operator can help (damaged file).
        """
        return await _run(self._reader, _in_snapshot, question, *args, **kwargs)

    async def read_long(
        self, question: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `read`, for what takes long: it holds up nothing but others of its kind."""
        return await _run(self._long_reader, _in_snapshot, question, *args, **kwargs)

    async def write(
        self, change: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a change as one transaction. Raises StoreError where the operator can help (full disk, lock)."""
        return await _run(self._writer, _in_transaction, change, *args, **kwargs)

    async def record(
        self, change: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `write`, on the ledger's connection: what is committed survives a power cut."""
        return await _run(self._ledger, _in_transaction, change, *args, **kwargs)

    async def data_version(self) -> int:
        """A number that changes when any other connection has committed, of this process or another."""
        row = await _run(self._reader, lambda db: db.execute("PRAGMA data_version").fetchone())
        return int(row[0])

    async def close(self) -> None:
        """Close all, the writer last, so that the log is folded in and its files go."""
        try:
            for connection in (self._long_reader, self._reader, self._ledger, self._writer):
                await connection.close()
        finally:
            _open_here[self._file] -= 1


async def open_database(path: Path) -> Database:
    """Open, create or migrate a store.

    Raises:
        SchemaVersionError: The file is of a newer version or of another program; it was not touched.
        StoreError: It cannot be opened (no permission, no database).
    """
    await asyncio.to_thread(prepare_file, path)
    opened: list[aiosqlite.Connection] = []
    try:
        for synchronous, is_reader in (
            ("NORMAL", False),
            ("FULL", False),
            ("NORMAL", True),
            ("NORMAL", True),
        ):
            connection = await aiosqlite.connect(path, isolation_level=None, cached_statements=256)
            opened.append(connection)
            await _run(connection, _set_pragmas, synchronous, is_reader)
    except BaseException as exc:
        for connection in opened:
            await connection.close()
        if isinstance(exc, sqlite3.Error):
            raise StoreError(f"{path}: {exc}{advice_on(exc)}") from exc
        raise
    return Database(path, *opened)


def prepare_file(path: Path) -> None:
    """Bring a file to the current schema, creating it where there is none. Errors as `open_database`."""
    if str(path).startswith(("file:", ":memory:")):
        # SQLite would read these as addresses, and each connection might get a database of its own.
        raise StoreError(f"{path}: expected a file, found an address of SQLite")
    refuse_foreign(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)
    except (OSError, sqlite3.Error) as exc:
        raise StoreError(f"{path}: cannot be opened: {exc}") from exc
    try:
        _create_or_migrate(db, path)
    except sqlite3.Error as exc:
        raise StoreError(f"{path}: cannot be prepared: {exc}{advice_on(exc)}") from exc
    finally:
        db.close()


def refuse_foreign(path: Path) -> None:
    """Look at the file's header without SQLite, which might touch it: who made it, and which version.

    Not while it is open in this process, which has looked at it before: to close any descriptor of a file drops all
    locks of the process on it, and another process that believes itself alone folds the log in under us
    (https://sqlite.org/howtocorrupt.html, 2.2).
    """
    try:
        if _open_here[_identity(path)]:
            return
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return
    except OSError as exc:
        raise StoreError(f"{path}: cannot be read: {exc.strerror}") from exc
    if not header:
        return
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise SchemaVersionError(f"{path}: is not an SQLite database")
    version = int.from_bytes(header[60:64], "big")
    application = int.from_bytes(header[68:72], "big")
    # A creation that was killed leaves a journal, and a header that SQLite will roll back.
    is_unfinished = application == 0 and path.with_name(path.name + "-journal").exists()
    if application != APPLICATION_ID and not is_unfinished:
        raise SchemaVersionError(f"{path}: belongs to another program (application id {application:#x})")
    if version > SCHEMA_VERSION:
        raise SchemaVersionError(
            f"{path}: has schema version {version}, this program knows up to {SCHEMA_VERSION}; update it"
        )


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _create_or_migrate(db: sqlite3.Connection, path: Path) -> None:
    version = _version(db)
    if version > SCHEMA_VERSION:
        raise SchemaVersionError(
            f"{path}: has schema version {version}, this program knows up to {SCHEMA_VERSION}; update it"
        )
    if version == 0:
        # Before WAL: the header must stand in the file itself, where the next start looks for it.
        create_schema(db)
    else:
        migrate(db, load_migrations())
    db.execute("PRAGMA journal_mode = WAL")


def create_schema(db: sqlite3.Connection) -> None:
    """Write `schema.sql` into an empty file, in one transaction; another process may have been faster."""
    script = resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
    db.execute("BEGIN IMMEDIATE")
    try:
        if _version(db) == 0:
            if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise SchemaVersionError("the file holds tables of another program")
            _run_script(db, script)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        db.execute("COMMIT")
    except BaseException:
        _roll_back(db)
        raise


def load_migrations() -> tuple[tuple[int, str], ...]:
    """Version and script of each `migrations/000N_reason.sql`, in order."""
    folder = resources.files(__package__).joinpath("migrations")
    files = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple((int(name[:4]), entry.read_text(encoding="utf-8")) for name, entry in files)


def migrate(db: sqlite3.Connection, migrations: tuple[tuple[int, str], ...]) -> None:
    """Run what is newer than the file, each in one transaction with its version: killed between, it goes on."""
    define_sums(db)
    for version, script in migrations:
        if version <= _version(db):
            continue
        db.execute("BEGIN IMMEDIATE")
        try:
            if version > _version(db):
                _run_script(db, script)
                if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
                    raise StoreError(f"migration {version} leaves rows that refer to nothing")
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {version}")
            db.execute("COMMIT")
        except BaseException:
            _roll_back(db)
            raise


def _run_script(db: sqlite3.Connection, script: str) -> None:
    """Statement by statement: `executescript` would commit the transaction that is open."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _set_pragmas(db: sqlite3.Connection, synchronous: str, is_reader: bool) -> None:
    db.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute(f"PRAGMA synchronous = {synchronous}")
    db.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
    db.execute("PRAGMA temp_store = MEMORY")
    if is_reader:
        db.execute("PRAGMA query_only = ON")


def _in_transaction(db: sqlite3.Connection, change: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    try:
        db.execute("BEGIN IMMEDIATE")
        result = change(db, *args, **kwargs)
        db.execute("COMMIT")
    except sqlite3.Error as exc:
        _roll_back(db)
        if _is_operators(exc):
            raise StoreError(f"the store cannot be written: {exc}{advice_on(exc)}") from exc
        raise
    except BaseException:
        _roll_back(db)
        raise
    return result


def _in_snapshot(db: sqlite3.Connection, question: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    try:
        db.execute("BEGIN")
        return question(db, *args, **kwargs)
    except sqlite3.Error as exc:
        # A question that writes is a bug.
        if _is_operators(exc) and exc.sqlite_errorcode != sqlite3.SQLITE_READONLY:
            raise StoreError(f"the store cannot be read: {exc}{advice_on(exc)}") from exc
        raise
    finally:
        _roll_back(db)


def _is_operators(exc: sqlite3.Error) -> bool:
    return _kind(exc) in _OPERATORS_ERRORS


def _kind(exc: sqlite3.Error) -> int:
    # The low byte is the kind of error, the others say more about it. An error of Python's own module has none.
    code: int = getattr(exc, "sqlite_errorcode", 0)
    return code & 0xFF


def advice_on(exc: sqlite3.Error) -> str:
    """What the operator does about an error of SQLite, to stand behind its words; empty where we do not know."""
    advice = _ADVICE.get(_kind(exc))
    return f"; {advice}" if advice else ""


def _roll_back(db: sqlite3.Connection) -> None:
    # A full disk has rolled back already; a second ROLLBACK would raise.
    if db.in_transaction:
        db.execute("ROLLBACK")


def open_plainly(path: Path) -> sqlite3.Connection:
    """One connection without an event loop, for a process that has the file open by `open_database` already."""
    db = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)
    _set_pragmas(db, "NORMAL", is_reader=False)
    return db


def write_plainly(
    db: sqlite3.Connection,
    change: Callable[Concatenate[sqlite3.Connection, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """As `Database.write`, on a connection of `open_plainly`."""
    return _in_transaction(db, change, *args, **kwargs)


async def _run(connection: aiosqlite.Connection, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Run `function(sqlite3 connection, ...)` on the connection's thread.

    aiosqlite queues whole functions itself, under a private name; this is the one place that relies on it.
    """
    execute: Any = connection._execute
    result: T = await execute(function, connection._conn, *args, **kwargs)
    return result


def schema_version(db: sqlite3.Connection) -> int:
    """The version of the file's schema."""
    return _version(db)


def quick_check(db: sqlite3.Connection) -> str | None:
    """The first thing that SQLite finds wrong with the file's structure; `None` when nothing."""
    found = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    return None if found == "ok" else found

"""How the engine is doing, for `/status` and `sitrep check`."""

from __future__ import annotations

import datetime as dt
import pyexpat
import sqlite3
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from digests.types import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatus:
    """How the engine is doing. `failing` are the sources whose last check failed."""

    version: str
    schema: int
    articles: int
    stories: int
    store_path: Path
    store_bytes: int
    last_refresh: dt.datetime | None
    is_refreshing: bool
    sources: int
    failing: tuple[Source, ...]
    # What `scrub` has found, see there.
    damage: tuple[str, ...] = ()
    sqlite: str = sqlite3.sqlite_version
    expat: str = pyexpat.EXPAT_VERSION


def program_version() -> str:
    """The installed version of the program."""
    try:
        return metadata.version("sitrep")
    except metadata.PackageNotFoundError:  # run from a clone, not installed
        return "not installed"


def size_of_store(path: Path) -> int:
    """Bytes on disk, with what is not yet merged into the main file."""
    files = (path, path.with_name(path.name + "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())

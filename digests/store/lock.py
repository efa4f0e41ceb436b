"""One process a store: the lock that the running bot holds, beside the file."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from digests.errors import StoreLocked


@contextlib.contextmanager
def process_lock(store: Path) -> Iterator[None]:
    """Hold the store for this process alone; the lock goes with the process, however it ends.

    Raises:
        StoreLocked: Another process holds it.
    """
    path = store.with_name(store.name + ".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            raise StoreLocked(f"another process already runs the bot on {store}; stop it first") from exc
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield

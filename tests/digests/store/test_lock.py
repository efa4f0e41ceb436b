"""One process a store."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from digests.errors import StoreLocked
from digests.store.lock import process_lock

HOLD = """
import pathlib, sys
from digests.store.lock import process_lock
with process_lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_refused_and_a_killed_one_frees_the_store(tmp_path: Path) -> None:
    """The lock goes with the process, also after a kill."""
    store = tmp_path / "sitrep.db"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert "held\n" == holder.stdout.readline()
        with pytest.raises(StoreLocked, match="another process"), process_lock(store):
            pass
        holder.kill()
    with process_lock(store):
        pass

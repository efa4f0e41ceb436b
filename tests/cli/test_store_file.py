"""`--db` on files that are no store of ours, or a damaged one: refused in words, untouched."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digests.cli import cli
from digests.sample import sample_path

CALLS = (("stories", "--db"), ("digest", "--db"), ("load", str(sample_path()), "--db"))


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args))


def _text(path: Path) -> None:
    path.write_text("not a database at all")


def _foreign(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE users (id INTEGER)")
    db.commit()
    db.close()


def _newer(path: Path) -> None:
    run("load", str(sample_path() / "train"), "--db", str(path))
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 999")
    db.commit()
    db.close()


def _zeroed(path: Path) -> None:
    run("load", str(sample_path()), "--db", str(path))
    data = bytearray(path.read_bytes())
    data[8192:16384] = bytes(8192)
    path.write_bytes(data)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call[0])
@pytest.mark.parametrize("make", [_text, _foreign, _newer], ids=lambda make: make.__name__.strip("_"))
def test_file_that_is_no_store_is_refused_untouched(
    make: object, call: tuple[str, ...], tmp_path: Path
) -> None:
    """Exit code 2, the file's name in the sentence, its bytes as before."""
    path = tmp_path / "news.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes()
    result = run(*call, str(path))
    assert (result.exit_code, path.read_bytes()) == (2, before)
    assert result.stderr.startswith("Error: ")
    assert "news.db" in result.stderr


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call[0])
def test_damaged_store_is_a_sentence(call: tuple[str, ...], tmp_path: Path) -> None:
    """A zeroed page is what the operator must know of, not a traceback."""
    path = tmp_path / "news.db"
    _zeroed(path)
    result = run(*call, str(path))
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert "malformed" in result.stderr

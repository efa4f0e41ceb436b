"""Calls as scripts and slips make them: which inputs are named how, which stores are opened, made or left alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digests.cli import cli
from digests.sample import sample_path

WORDS = "A fire killed three people in a mill on Monday, the fire service said."


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args))


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two folders that hold a file of the same name, in one of them an empty one."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("north", WORDS), ("south", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_text(text)
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["south"], "1.txt: empty file"),
        (["north", "south"], "south/1.txt: empty file"),
        (["north", "south/1.txt"], "south/1.txt: empty file"),
        (["north", "empty"], "empty: no file in it is of a kind that is read"),
        (["empty"], "empty: no file in it is of a kind that is read"),
    ],
)
@pytest.mark.parametrize("call", [("extract",), ("load", "--db", "x.db"), ("digest",)], ids=lambda c: c[0])
def test_what_is_named_can_be_found(
    call: tuple[str, ...], paths: list[str], expected: str, folders: Path
) -> None:
    """Of several folders the one is told in which the file stands."""
    result = run(*call, *paths)
    assert result.stderr.splitlines()[0].startswith(expected)
    assert result.exit_code == ("empty file" in expected)


@pytest.mark.parametrize("call", [("extract",), ("load", "--db", "x.db")], ids=lambda c: c[0])
def test_an_impossible_day_is_noted_with_its_row(call: tuple[str, ...], folders: Path) -> None:
    """The article is read without a day; a note is no failure."""
    Path("rows.jsonl").write_text(
        f'{{"id": "a", "text": "{WORDS}", "published": "2026-02-10"}}\n'
        f'{{"id": "b", "text": "{WORDS}", "published": "2026-02-30"}}\n'
    )
    result = run(*call, "--jsonl", "rows.jsonl")
    expected = 'rows.jsonl:2: published: expected an ISO 8601 day or time between 1800 and 2200, found "2026'
    assert (0, True) == (result.exit_code, result.stderr.startswith(expected))


WRONG = [
    (
        ("extract", "--now", "0001-01-01T00:00:00+14:00", "north"),
        "expected an ISO 8601 time, got '0001-01-01",
    ),
    (
        ("extract", "--now", "9999-12-31T23:59:59-12:00", "north"),
        "expected an ISO 8601 time, got '9999-12-31",
    ),
    (("digest", "north", "--db", ":memory:"), "'--db': expected a file"),
    (("digest", "north", "--db", ""), "'--db': expected a file or folder, got an empty word"),
    (("stories", "--db", ""), "'--db': expected a file or folder, got an empty word"),
    (("doctor", "--db", "none/x.db"), "none/x.db: does not exist"),
    (("explain", "--db", "none/x.db"), "none/x.db: does not exist"),
    (("timeline", "--db", "none/x.db"), "none/x.db: does not exist"),
    (("load", "north", "--db", "https://a.example/x.db"), "expected a file or folder, got the address https"),
    (("digest", "north", "--story", ""), "no story ''"),
    (("load", "north", "--db", "file:x.db?mode=memory"), "expected a file, found an address of SQLite"),
    (("extract", "x" * 5_000), "File name too long"),
]


@pytest.mark.parametrize(("args", "expected"), WRONG)
def test_a_wrong_call_is_a_sentence(args: tuple[str, ...], expected: str, folders: Path) -> None:
    """Times at the ends of the calendar and stores that are no files: exit code 2, nothing made."""
    before = sorted(folders.rglob("*"))
    result = run(*args)
    assert (2, True) == (result.exit_code, expected in result.stderr), result.stderr
    assert before == sorted(folders.rglob("*"))


@pytest.mark.parametrize(
    "args",
    [
        ("doctor",),
        ("sources", "list"),
        ("sources", "export"),
        ("sources", "list", "--db", "none/x.db"),
        ("sources", "export", "--db", "none/x.db"),
    ],
    ids=" ".join,
)
def test_who_only_looks_makes_no_store(args: tuple[str, ...], folders: Path) -> None:
    """A store that is not there yet is a state like any other."""
    before = sorted(folders.rglob("*"))
    result = run(*args)
    assert (0, before) == (result.exit_code, sorted(folders.rglob("*"))), result.output
    if args == ("doctor",):
        assert f"store: {folders / 'sitrep.db'}: is not there yet" in result.stdout


@pytest.fixture
def shut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store in a folder in which nothing may be written; root may write anywhere, so it is told that it may not."""
    store = tmp_path / "shut" / "news.db"
    assert run("load", str(sample_path() / "train"), "--db", str(store)).exit_code == 0
    for beside in store.parent.glob("news.db-*"):
        beside.unlink()
    store.parent.chmod(0o500)
    store.chmod(0o400)
    allowed = os.access
    monkeypatch.setattr(
        os,
        "access",
        lambda path, mode: (
            allowed(path, mode) and not (mode == os.W_OK and Path(path).is_relative_to(store.parent))
        ),
    )
    yield store
    store.parent.chmod(0o700)


@pytest.mark.parametrize(
    "args",
    [("stories",), ("digest",), ("explain",), ("timeline",), ("check",), ("sources", "list")],
    ids=" ".join,
)
def test_a_store_that_may_not_be_written_is_read(args: tuple[str, ...], shut: Path) -> None:
    """On a medium of its own, or owned by the bot's user; nothing appears beside it."""
    result = run(*args, "--db", str(shut))
    assert (0, "") == (result.exit_code, result.stderr)
    assert [shut] == sorted(shut.parent.iterdir())


def test_the_doctor_of_a_store_that_may_not_be_written(shut: Path) -> None:
    """What is in it, and what to do."""
    result = run("doctor", "--db", str(shut))
    assert result.exit_code == 1
    assert f"problem  store: {shut}: cannot be written, " in result.stdout
    assert f"give this user the right to write {shut} and its folder" in result.stdout

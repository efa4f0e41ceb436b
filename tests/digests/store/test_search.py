"""What people type as a search: never an operator, never an error."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from digests.store.connection import prepare_file
from digests.store.search import match_query, search_articles


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("bridge", '"bridge"*'),
        ("Bridge collapse", '"Bridge" "collapse"*'),
        ("O'Neil's bridge", '"O" "Neil" "s" "bridge"*'),
        ('a" OR "b', '"a" "OR" "b"'),
        ("title:x NEAR(y)", '"title" "x" "NEAR" "y"'),
        ("  ", None),
        ("!?*\x00", None),
        ("北京 дом", '"北京" "дом"*'),
    ],
)
def test_words_are_quoted(words: str, expected: str | None) -> None:
    """Each word stands in quotes; the last may be unfinished."""
    assert match_query(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE articles; --",
        "x* AND NOT y",
        "((((",
        "\ud800",
        "a" * 10_000,
        "^x",
        "{title}: y",
        "-1",
        "%",
        "\\",
    ],
)
def test_no_string_breaks_a_search(tmp_path: Path, words: str) -> None:
    """Naughty strings find nothing and harm nothing."""
    prepare_file(tmp_path / "a.db")
    db = sqlite3.connect(tmp_path / "a.db")
    assert search_articles(db, words, limit=10) == ()
    assert db.execute("SELECT count(*) FROM articles").fetchone()[0] == 0
    db.close()

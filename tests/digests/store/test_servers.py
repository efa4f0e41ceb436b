"""What belongs to one server: all of it is named, and all of it goes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from digests.store.connection import prepare_file
from digests.store.servers import OWNED

#: Tables whose rows belong to a server by what they refer to: sources, watches, slots, stories.
BELONGING = {
    "articles", "article_versions", "facts", "source_checks", "watched", "slots", "parts", "settings", "shown_cards",
    "prepared_cards", "prepared_chronicles", "prepared_pictures", "stories", "article_sums", "story_sums",
}  # fmt: skip


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, set[str]]:
    """Columns by table, without the search index."""
    prepare_file(tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as db, db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: {row[1] for row in db.execute(f"PRAGMA table_info({name})")} for name in names}
    return {
        name: columns for name, columns in found.items() if not name.startswith(("sqlite_", "article_words"))
    }


def test_every_table_with_rows_of_a_server_is_forgotten(tables: dict[str, set[str]]) -> None:
    """A new table must say to whom its rows belong, or they would stay for ever."""
    assert {name for name, _ in OWNED} | BELONGING == set(tables)
    for name, column in OWNED:
        assert column in tables[name]
    for name, columns in tables.items():
        if columns & {"owner", "server"}:
            assert name in {table for table, _ in OWNED}

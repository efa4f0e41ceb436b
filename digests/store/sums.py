"""Sums over what the store keeps of articles and stories, by which a bit that flipped in the file is found and named.

Stance: SQLite sees a broken page, but not a changed letter in a text. So each article has a sum over its row and
its facts, and each story one, written with them in one transaction; earlier versions and prepared cards are packed,
and what packs them keeps a sum already. Which rules read an article is no part of its sum: a wrong word there only
has it read again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

# Bytes of a sum: two different rows with one are not to be met.
_SUM_BYTES = 16

# The same columns in the same order as in the migration that filled the sums.
_CONTENT = """
    articles.id, articles.source_id, articles.external_id, articles.story_id, articles.url, articles.outlet,
    articles.title, articles.text, articles.published, articles.published_on, articles.published_from,
    articles.retrieved, articles.authors, articles.content_hash,
    facts.facts, facts.figures, facts.signature, facts.raw
"""

_ARTICLES = f"""
SELECT articles.number, {_CONTENT}
FROM articles
LEFT JOIN facts ON facts.article_number = articles.number
WHERE articles.number IN ({{marks}})
ORDER BY articles.number
"""  # noqa: S608

_SAVE_ARTICLE = """
INSERT INTO article_sums (article_number, sum)
VALUES (?, ?)
ON CONFLICT (article_number) DO UPDATE SET sum = excluded.sum
"""

# Without the revision, which says when it changed and not what it says.
_STORY_CONTENT = """
    stories.id, stories.title, stories.first_published, stories.last_published, stories.keywords,
    stories.voices, stories.copies, stories.figures, stories.merged_into
"""

_STORY = f"SELECT {_STORY_CONTENT} FROM stories WHERE id = ?"  # noqa: S608

_SAVE_STORY = """
INSERT INTO story_sums (story_id, sum)
VALUES (?, ?)
ON CONFLICT (story_id) DO UPDATE SET sum = excluded.sum
"""


def row_sum(*values: str | int | float | bytes | None) -> bytes:
    """The sum over the values of a row. Each stands with its kind and length: no two rows look alike."""
    digest = hashlib.blake2b(digest_size=_SUM_BYTES)
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")
        digest.update(f"{type(value).__name__} {len(data)}:".encode())
        digest.update(data)
    return digest.digest()


def define_sums(db: sqlite3.Connection) -> None:
    """Give a connection the function that migrations fill sums with."""
    db.create_function("row_sum", -1, row_sum, deterministic=True)


def save_article_sums(db: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Keep the sums of a batch of articles as they stand now, inside the transaction that wrote them."""
    written = db.execute(_ARTICLES.format(marks=", ".join("?" * len(numbers))), numbers)
    db.executemany(_SAVE_ARTICLE, [(number, row_sum(*values)) for number, *values in written])


def save_story_sum(db: sqlite3.Connection, story_id: str) -> None:
    """As `save_article_sums`, of one story."""
    db.execute(_SAVE_STORY, (story_id, row_sum(*db.execute(_STORY, (story_id,)).fetchone())))


# Row, name, kept sum and values of every row that has one, behind a row.
_SUMMED = {
    "article": f"""
SELECT articles.number, articles.id, article_sums.sum, {_CONTENT}
FROM articles
LEFT JOIN facts ON facts.article_number = articles.number
LEFT JOIN article_sums ON article_sums.article_number = articles.number
WHERE articles.number > :after
ORDER BY articles.number
LIMIT :limit
""",  # noqa: S608
    "story": f"""
SELECT stories.rowid, stories.id, story_sums.sum, {_STORY_CONTENT}
FROM stories
LEFT JOIN story_sums ON story_sums.story_id = stories.id
WHERE stories.rowid > :after
ORDER BY stories.rowid
LIMIT :limit
""",  # noqa: S608
}

# Row, name and what is packed.
_PACKED = {
    "earlier version of article": """
SELECT rowid, article_number, version FROM article_versions WHERE rowid > :after ORDER BY rowid LIMIT :limit
""",
    "prepared card of story": """
SELECT rowid, story_id, findings, card FROM prepared_cards WHERE rowid > :after ORDER BY rowid LIMIT :limit
""",
    "prepared chronicle of story": """
SELECT rowid, story_id, told FROM prepared_chronicles WHERE rowid > :after ORDER BY rowid LIMIT :limit
""",
    "prepared picture of story": """
SELECT rowid, story_id, picture FROM prepared_pictures WHERE rowid > :after ORDER BY rowid LIMIT :limit
""",
}

#: What is looked over, in this order.
KINDS = (*_SUMMED, *_PACKED)


def find_changed(db: sqlite3.Connection) -> Iterator[str]:
    """Everything that does not say what was written, named in words: articles first, in order of arrival."""
    for kind in KINDS:
        for _, problem in look_over(db, kind):
            if problem is not None:
                yield problem


def look_over(
    db: sqlite3.Connection, kind: str, *, after: int = 0, limit: int = -1
) -> Iterator[tuple[int, str | None]]:
    """Each row of a kind behind a row, in order: its number, and what is wrong with it. -1: all of them."""
    sql = _SUMMED.get(kind) or _PACKED[kind]
    # A flipped bit may leave bytes that are no text: they are summed as they stand, like everything else.
    factory, db.text_factory = db.text_factory, _as_it_stands
    try:
        for row, key, *values in db.execute(sql, {"after": after, "limit": limit}):
            yield row, _problem(kind, values, f"{kind} {_shown(key)} (row {row})")
    finally:
        db.text_factory = factory


def _problem(kind: str, values: Sequence[Any], name: str) -> str | None:
    if kind in _PACKED:
        is_same = all(map(_is_whole, values))
    elif values[0] is None:
        return f"{name} has no sum"
    else:
        is_same = row_sum(*values[1:]) == values[0]
    return None if is_same else f"{name} is not what was written"


def _as_it_stands(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _is_whole(packed: Any) -> bool:
    try:
        json.loads(zlib.decompress(packed))
    except (zlib.error, ValueError, TypeError):
        return False
    return True


def _shown(key: object) -> str:
    """A key as it may be printed: one that changed may hold anything."""
    return "".join(char if char.isprintable() else "?" for char in str(key)[:80])

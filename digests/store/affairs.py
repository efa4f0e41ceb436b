"""What an affair is found by: stories whose articles hold some words, and the signatures of articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

# Articles asked for at once.
_PIECE = 500
# Letters from which a stem stands for every word that it begins; shorter ones begin too many.
_FEWEST_LETTERS = 4

# The newest articles, so that a store of any size costs the same.
_FIND = """
SELECT articles.story_id
FROM (
    SELECT rowid
    FROM article_words
    WHERE article_words MATCH :query
    ORDER BY rowid DESC
    LIMIT :limit
) AS found
JOIN articles ON articles.number = found.rowid
GROUP BY articles.story_id
ORDER BY max(found.rowid) DESC
"""


def find_stories_with(db: sqlite3.Connection, stems: Sequence[str], *, limit: int) -> tuple[str, ...]:
    """Ids of the stories of the newest `limit` articles that hold at least two of these stems, the newest first."""
    if len(stems) < 2:
        return ()
    rows = db.execute(_FIND, {"query": _two_of(stems), "limit": limit})
    return tuple(row[0] for row in rows)


def load_signatures_of(db: sqlite3.Connection, article_ids: Sequence[str]) -> dict[str, str]:
    """The signature (JSON of `stories.signature.Signature`) of each of these articles; unknown ones are left out."""
    found: dict[str, str] = {}
    for start in range(0, len(article_ids), _PIECE):
        piece = article_ids[start : start + _PIECE]
        sql = f"""
        SELECT articles.id, facts.signature
        FROM articles
        JOIN facts ON facts.article_number = articles.number
        WHERE articles.id IN ({", ".join("?" * len(piece))})
        """  # noqa: S608
        found.update((row[0], row[1]) for row in db.execute(sql, piece))
    return found


def _two_of(stems: Sequence[str]) -> str:
    """An FTS5 query for two of the stems; each is quoted, and begins a word where it is long enough."""
    words = [f'"{stem.removesuffix("y")}"' + ("*" if len(stem) >= _FEWEST_LETTERS else "") for stem in stems]
    pairs = [f"({word} AND ({' OR '.join(words[at + 1 :])}))" for at, word in enumerate(words[:-1])]
    return " OR ".join(pairs)

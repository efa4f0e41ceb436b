"""Full text search over titles and texts (FTS5), bounded to the newest articles.

Ranking by bm25 costs as much as there are matches: a common word takes two seconds over a million articles. So the
newest matches are taken first, which costs nothing, and only they are ranked.
"""

from __future__ import annotations

import re
import sqlite3

from digests.errors import StoreLocked

# Newest matches that are ranked.
_RANKED = 500
# Letters of the last word from which it may be the beginning of a longer one; fewer begin half the dictionary.
_FEWEST_LETTERS = 3
# Words of a question that count; a longer one is cut.
_MOST_WORDS = 12

_WORD = re.compile(r"\w+")

_NEWEST = """
SELECT min(rowid)
FROM (
    SELECT rowid
    FROM article_words
    WHERE article_words MATCH :query
    ORDER BY rowid DESC
    LIMIT :ranked
)
"""

_SEARCH = """
SELECT
    articles.story_id,
    articles.id
FROM (
    SELECT rowid, bm25(article_words, 4.0, 1.0) AS rank
    FROM article_words
    WHERE article_words MATCH :query AND rowid >= :oldest
    ORDER BY rank
    LIMIT :limit
) AS found
JOIN articles ON articles.number = found.rowid
ORDER BY found.rank, articles.number DESC
"""


def search_articles(db: sqlite3.Connection, words: str, *, limit: int) -> tuple[tuple[str, str], ...]:
    """Story and article id of the articles that hold all the words (the last may be unfinished), best match first.

    Nothing to search for gives an empty result.
    """
    query = match_query(words)
    if query is None:
        return ()
    (oldest,) = db.execute(_NEWEST, {"query": query, "ranked": _RANKED}).fetchone()
    if oldest is None:
        return ()
    rows = db.execute(_SEARCH, {"query": query, "oldest": oldest, "limit": limit})
    return tuple((row[0], row[1]) for row in rows)


def match_query(words: str) -> str | None:
    """What a person typed as an FTS5 query: each word quoted, so that no operator of theirs reaches the engine."""
    found = _WORD.findall(words)[:_MOST_WORDS]
    if not found:
        return None
    return " ".join(f'"{word}"' for word in found) + ("*" if len(found[-1]) >= _FEWEST_LETTERS else "")


def has_sound_words(db: sqlite3.Connection) -> bool:
    """Whether the index holds the words of the articles and no others. Reads all of both, and takes the writer.

    Raises StoreLocked when another process has it.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as exc:
        raise StoreLocked(f"the store is being written: {exc}") from exc
    try:
        db.execute("INSERT INTO article_words (article_words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as exc:
        # "database disk image is malformed": the index's own word for it.
        if getattr(exc, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return False
    finally:
        db.execute("ROLLBACK")
    return True

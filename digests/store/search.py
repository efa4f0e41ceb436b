"""Full text search over titles and texts (FTS5), bounded to the newest articles.

Ranking by bm25 costs as much as there are matches: over the newest 20,000 articles a common word takes some
milliseconds, over a million two seconds. So a ranked question always carries a lower bound on the article number.
"""

from __future__ import annotations

import re
import sqlite3

# Newest articles that a search looks at.
SEARCH_DEPTH = 20_000
# Words of a question that count; a longer one is cut.
_MOST_WORDS = 12

_WORD = re.compile(r"\w+")

_SEARCH = """
SELECT
    articles.story_id,
    articles.id
FROM (
    SELECT rowid, bm25(article_words, 4.0, 1.0) AS rank
    FROM article_words
    WHERE article_words MATCH :query
        AND rowid > (SELECT coalesce(max(number), 0) FROM articles) - :depth
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
    rows = db.execute(_SEARCH, {"query": query, "depth": SEARCH_DEPTH, "limit": limit})
    return tuple((row[0], row[1]) for row in rows)


def match_query(words: str) -> str | None:
    """What a person typed as an FTS5 query: each word quoted, so that no operator of theirs reaches the engine."""
    found = _WORD.findall(words)[:_MOST_WORDS]
    if not found:
        return None
    return " ".join(f'"{word}"' for word in found) + "*"

"""What an affair is found by: stories whose articles hold some words, and the signatures of articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from digests.store.pieces import in_pieces

# Letters from which a stem stands for every word that it begins; shorter ones begin too many.
_FEWEST_LETTERS = 4

# Articles looked through at once, the newest first: each word's list is read once, and no further than is asked for.
# As one query ("a and b, or a and c ...") each would be read as often as there are words.
_WINDOW = 4_096
# The articles of a window that hold one word.
_WITH_ONE = """
SELECT rowid
FROM article_words
WHERE article_words MATCH ? AND rowid > ? AND rowid <= ?
"""
_WITH_TWO = """
SELECT found.rowid, articles.story_id
FROM (
    SELECT rowid
    FROM ({lists})
    GROUP BY rowid
    HAVING count(*) >= 2
    ORDER BY rowid DESC
    LIMIT ?
) AS found
JOIN articles ON articles.number = found.rowid
ORDER BY found.rowid DESC
"""
_NEWEST = "SELECT coalesce(max(number), 0) FROM articles"


def find_stories_with(db: sqlite3.Connection, stems: Sequence[str], *, limit: int) -> tuple[str, ...]:
    """Ids of the stories of the newest `limit` articles that hold at least two of these stems, the newest first."""
    if len(stems) < 2:
        return ()
    sql = _WITH_TWO.format(lists="UNION ALL".join([_WITH_ONE] * len(stems)))
    stories: dict[str, None] = {}
    newest = int(db.execute(_NEWEST).fetchone()[0])
    while newest > 0 and limit > 0:
        oldest = newest - _WINDOW
        places = [place for stem in stems for place in (_word(stem), oldest, newest)]
        rows = db.execute(sql, (*places, limit)).fetchall()
        stories.update(dict.fromkeys(story_id for _, story_id in rows))
        limit -= len(rows)
        newest = oldest
    return tuple(stories)


_BOTH = """
SELECT rowid
FROM ({lists})
GROUP BY rowid
HAVING count(*) >= 2
"""


def holds_two(db: sqlite3.Connection, stems: Sequence[str], first: int, last: int) -> tuple[int, ...]:
    """Numbers of the articles between two numbers, both included, that hold at least two of these stems."""
    if len(stems) < 2:
        return ()
    sql = _BOTH.format(lists="UNION ALL".join([_WITH_ONE] * len(stems)))
    places = [place for stem in stems for place in (_word(stem), first - 1, last)]
    return tuple(row[0] for row in db.execute(sql, places))


def load_signatures_of(db: sqlite3.Connection, article_ids: Sequence[str]) -> dict[str, str]:
    """The signature (JSON of `stories.signature.Signature`) of each of these articles; unknown ones are left out."""
    found: dict[str, str] = {}
    for piece, marks in in_pieces(article_ids):
        sql = f"""
        SELECT articles.id, facts.signature
        FROM articles
        JOIN facts ON facts.article_number = articles.number
        WHERE articles.id IN ({marks})
        """  # noqa: S608
        found.update((row[0], row[1]) for row in db.execute(sql, piece))
    return found


def _word(stem: str) -> str:
    """An FTS5 query for a stem: quoted, and the beginning of a word where it is long enough."""
    return f'"{stem.removesuffix("y")}"' + ("*" if len(stem) >= _FEWEST_LETTERS else "")

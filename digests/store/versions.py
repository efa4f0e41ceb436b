"""Earlier versions of articles: what an outlet said before it changed its text, with the facts read from it then."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Sequence

from digests.store.facts import load_facts
from digests.store.pieces import in_pieces
from digests.types import Article, ArticleVersion

# A live page is another one at each visit: of one article so many versions are kept, the last.
_KEPT = 50

_BEFORE = """
SELECT articles.number, articles.title, articles.text, articles.retrieved, facts.facts
FROM articles
JOIN facts ON facts.article_number = articles.number
WHERE articles.id = :id AND articles.content_hash <> :content_hash
"""

_KEEP = """
INSERT OR IGNORE INTO article_versions (article_number, seen_at, replaced_at, version)
VALUES (:number, :seen_at, :replaced_at, :version)
"""

_TRIM = """
DELETE FROM article_versions
WHERE article_number = :number AND seen_at NOT IN (
    SELECT seen_at FROM article_versions WHERE article_number = :number ORDER BY seen_at DESC LIMIT :kept
)
"""


def keep_version(db: sqlite3.Connection, article: Article) -> None:
    """Before an article is overwritten: keep what it says now, where title or text will be different.

    What only other rules read anew is no version: its outlet said the same.
    """
    row = db.execute(_BEFORE, {"id": article.id, "content_hash": article.content_hash}).fetchone()
    if row is None or (row[1], row[2]) == (article.title, article.text):
        return
    number, title, text, seen_at, facts = row
    version = json.dumps({"title": title, "text": text, "facts": facts}, ensure_ascii=False)
    replaced = article.retrieved.astimezone(dt.UTC).isoformat() if article.retrieved else seen_at
    values = {
        "number": number,
        "seen_at": seen_at,
        "replaced_at": replaced,
        "version": zlib.compress(version.encode(), 6),
    }
    db.execute(_KEEP, values)
    db.execute(_TRIM, {"number": number, "kept": _KEPT})


def load_versions(
    db: sqlite3.Connection, article_ids: Sequence[str]
) -> dict[str, tuple[ArticleVersion, ...]]:
    """The earlier versions of some articles by article id, oldest first; those without any are not in the result."""
    found: defaultdict[str, list[ArticleVersion]] = defaultdict(list)
    for piece, marks in in_pieces(article_ids):
        sql = f"""
        SELECT articles.id, article_versions.seen_at, article_versions.replaced_at, article_versions.version
        FROM article_versions
        JOIN articles ON articles.number = article_versions.article_number
        WHERE articles.id IN ({marks})
        ORDER BY articles.number, article_versions.seen_at
        """  # noqa: S608
        for article_id, seen_at, replaced_at, packed in db.execute(sql, piece):
            version = json.loads(zlib.decompress(packed))
            found[article_id].append(
                ArticleVersion(
                    article_id=article_id,
                    seen_at=dt.datetime.fromisoformat(seen_at),
                    replaced_at=dt.datetime.fromisoformat(replaced_at),
                    title=version["title"],
                    text=version["text"],
                    facts=load_facts(version["facts"], article_id),
                )
            )
    return {article_id: tuple(versions) for article_id, versions in found.items()}

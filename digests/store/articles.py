"""Articles in the store: what is known of them, saving them with their facts and their story, reading them back."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import json
import re
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from digests.store.facts import dump_raw, load_facts, load_raw
from digests.store.pieces import in_pieces
from digests.store.stories import StoryRow, next_revision, save_stories
from digests.store.sums import save_article_sums
from digests.store.versions import keep_version
from digests.types import Article, DateOrigin, Facts, RawArticle

# Share of words from which two texts at one address are versions of one, and characters that are looked at.
_SHARED_WORDS = 0.5
_COMPARED = 5_000
_WORDS = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """One article to save: with its facts (as `dump_facts` wrote them) and how many figures are among them, what its
    source gave, and the story that it belongs to.
    """

    article: Article
    facts: str
    figures: int
    signature: str
    raw: RawArticle
    story_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store knows of an article, enough to say whether it is unchanged."""

    id: str
    source_id: str
    external_id: str
    story_id: str
    content_hash: str
    rules_fingerprint: str
    retrieved: dt.datetime


_COLUMNS = """
    articles.id,
    articles.source_id,
    articles.external_id,
    articles.story_id,
    articles.content_hash,
    articles.rules_fingerprint,
    articles.retrieved
"""


def find_known(db: sqlite3.Connection, source_id: str, external_ids: Sequence[str]) -> dict[str, Known]:
    """Articles of one source by the id that the source gives them; unknown ones are not in the result."""
    sql = f"SELECT {_COLUMNS} FROM articles WHERE source_id = ? AND external_id IN ({{marks}})"  # noqa: S608
    return {known.external_id: known for known in _ask_known(db, sql, external_ids, source_id)}


def find_ids(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Known]:
    """Articles by our own id, whatever their source; unknown ones are not in the result."""
    sql = f"SELECT {_COLUMNS} FROM articles WHERE id IN ({{marks}})"  # noqa: S608
    return {known.id: known for known in _ask_known(db, sql, ids)}


_BY_ADDRESS = f"""
SELECT {_COLUMNS}, facts.raw
FROM articles
JOIN facts ON facts.article_number = articles.number
WHERE articles.source_id = :source_id AND articles.url = :url
LIMIT 10
"""  # noqa: S608

_BY_TIME = f"""
SELECT {_COLUMNS}, facts.raw
FROM articles
JOIN facts ON facts.article_number = articles.number
WHERE articles.source_id = :source_id AND articles.published = :published
LIMIT 50
"""  # noqa: S608


def find_renamed(
    db: sqlite3.Connection, source_id: str, raws: Sequence[RawArticle], present: Collection[str]
) -> dict[str, Known]:
    """Articles that a source now gives under another id.

    Same address and the same headline or mostly the same words; or same headline and same time to the second.

    Args:
        raws: Entries whose ids are unknown.
        present: All ids that the source gives now; an article that is among them was not renamed.

    Returns:
        What is known of each, by the new id; no article twice.
    """
    found: dict[str, Known] = {}
    taken: set[str] = set(present)
    for raw in raws:
        for sql, values in _renamed_questions(source_id, raw):
            candidates = [
                (_known(row), load_raw(zlib.decompress(row[7]).decode())) for row in db.execute(sql, values)
            ]
            free = [(known, before) for known, before in candidates if known.external_id not in taken]
            same = next((k for k, before in free if raw.title and before.title == raw.title), None)
            if same is None and sql is _BY_ADDRESS:
                same = next((k for k, before in free if _share_most_words(raw, before)), None)
            if same is not None:
                found[raw.external_id] = same
                taken.add(same.external_id)
                break
    return found


def _share_most_words(raw: RawArticle, before: RawArticle) -> bool:
    """Whether two texts at one address are versions of one: a live page's next entry shares few words with the last."""
    first, second = (
        set(_WORDS.findall(f"{one.title or ''} {one.body[:_COMPARED]}".lower())) for one in (raw, before)
    )
    return len(first & second) >= _SHARED_WORDS * max(1, len(first | second))


def _renamed_questions(source_id: str, raw: RawArticle) -> Iterator[tuple[str, dict[str, str | None]]]:
    if raw.url:
        yield _BY_ADDRESS, {"source_id": source_id, "url": raw.url}
    if isinstance(raw.published, dt.datetime):
        yield _BY_TIME, {"source_id": source_id, "published": _time(raw.published)}


def _ask_known(db: sqlite3.Connection, sql: str, keys: Sequence[str], *before: str) -> Iterable[Known]:
    for piece, marks in in_pieces(keys):
        for row in db.execute(sql.format(marks=marks), (*before, *piece)):
            yield _known(row)


_SAVE_ARTICLE = """
INSERT INTO articles (
    id, source_id, external_id, story_id, url, outlet, title, text,
    published, published_on, published_from, retrieved, authors, content_hash, rules_fingerprint
) VALUES (
    :id, :source_id, :external_id, :story_id, :url, :outlet, :title, :text,
    :published, :published_on, :published_from, :retrieved, :authors, :content_hash, :rules_fingerprint
)
ON CONFLICT (id) DO UPDATE SET
    story_id = excluded.story_id,
    url = excluded.url,
    outlet = excluded.outlet,
    title = excluded.title,
    text = excluded.text,
    published = excluded.published,
    published_on = excluded.published_on,
    published_from = excluded.published_from,
    retrieved = excluded.retrieved,
    authors = excluded.authors,
    content_hash = excluded.content_hash,
    rules_fingerprint = excluded.rules_fingerprint
RETURNING number
"""

_SAVE_FACTS = """
INSERT INTO facts (article_number, facts, figures, signature, raw)
VALUES (:number, :facts, :figures, :signature, :raw)
ON CONFLICT (article_number) DO UPDATE SET
    facts = excluded.facts,
    figures = excluded.figures,
    signature = excluded.signature,
    raw = excluded.raw
"""


def save_articles(db: sqlite3.Connection, rows: Sequence[ArticleRow], stories: Sequence[StoryRow]) -> int:
    """Save a batch with its stories; run it as one transaction. Returns the revision that it made."""
    revision = next_revision(db)
    save_stories(db, stories, revision)
    numbers: list[int] = []
    for row in rows:
        keep_version(db, row.article)
        (number,) = db.execute(_SAVE_ARTICLE, _article_values(row)).fetchone()
        db.execute(
            _SAVE_FACTS,
            {
                "number": number,
                "facts": row.facts,
                "figures": row.figures,
                "signature": row.signature,
                "raw": zlib.compress(dump_raw(row.raw).encode(), 1),
            },
        )
        numbers.append(number)
    save_article_sums(db, numbers)
    return revision


def _article_values(row: ArticleRow) -> dict[str, object]:
    article = row.article
    return {
        "id": article.id,
        "source_id": article.source_id,
        "external_id": article.external_id,
        "story_id": row.story_id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "text": article.text,
        "published": _time(article.published),
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "published_from": article.published_from,
        "retrieved": _time(article.retrieved),
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "content_hash": article.content_hash,
        "rules_fingerprint": article.rules_fingerprint,
    }


_LOAD = """
SELECT
    articles.id, articles.source_id, articles.external_id, articles.text, articles.title, articles.outlet,
    articles.url, articles.published, articles.published_on, articles.published_from, articles.retrieved,
    articles.authors, articles.content_hash, articles.rules_fingerprint
    {more}
FROM articles
{join}
WHERE articles.id IN ({marks})
"""


def load_articles(db: sqlite3.Connection, ids: Sequence[str]) -> tuple[Article, ...]:
    """Articles in the order of `ids`; unknown ones are left out."""
    found: dict[str, Article] = {}
    for piece, marks in in_pieces(ids):
        sql = _LOAD.format(more="", join="", marks=marks)
        found.update((row[0], _article(row)) for row in db.execute(sql, piece))
    return tuple(found[article_id] for article_id in ids if article_id in found)


def load_with_facts(db: sqlite3.Connection, ids: Sequence[str]) -> tuple[tuple[Article, Facts], ...]:
    """Articles with their facts, in the order of `ids`; unknown ones are left out."""
    found: dict[str, tuple[Article, Facts]] = {}
    with _uncollected():
        for piece, marks in in_pieces(ids):
            sql = _LOAD.format(
                more=", facts.facts",
                join="JOIN facts ON facts.article_number = articles.number",
                marks=marks,
            )
            for row in db.execute(sql, piece):
                found[row[0]] = (_article(row), load_facts(row[14], row[0]))
    return tuple(found[article_id] for article_id in ids if article_id in found)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles, which walks a long story's facts again and again (half the time) for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article of a story, with how many figures it has."""

    article_id: str
    story_id: str
    figures: int


def find_members(db: sqlite3.Connection, story_ids: Sequence[str]) -> tuple[Member, ...]:
    """The articles of some stories, in order of arrival."""
    found = []
    for piece, marks in in_pieces(story_ids):
        sql = f"""
        SELECT articles.id, articles.story_id, facts.figures
        FROM articles
        JOIN facts ON facts.article_number = articles.number
        WHERE articles.story_id IN ({marks})
        ORDER BY articles.number
        """  # noqa: S608
        found += [
            Member(article_id=row[0], story_id=row[1], figures=row[2]) for row in db.execute(sql, piece)
        ]
    return tuple(found)


def mark_read(db: sqlite3.Connection, article_ids: Sequence[str], fingerprint: str) -> None:
    """Articles that could not be read again keep their facts; they are not tried again with the same rules."""
    sql = "UPDATE articles SET rules_fingerprint = ? WHERE id = ?"
    db.executemany(sql, [(fingerprint, article_id) for article_id in article_ids])


def load_outdated(
    db: sqlite3.Connection, fingerprint: str, limit: int
) -> tuple[tuple[Known, RawArticle], ...]:
    """Articles that other rules read, oldest rules first, with what their source gave."""
    sql = f"""
    SELECT {_COLUMNS}, facts.raw
    FROM articles
    JOIN facts ON facts.article_number = articles.number
    WHERE articles.rules_fingerprint < :fingerprint OR articles.rules_fingerprint > :fingerprint
    ORDER BY articles.rules_fingerprint, articles.number
    LIMIT :limit
    """  # noqa: S608
    found = []
    for row in db.execute(sql, {"fingerprint": fingerprint, "limit": limit}):
        found.append((_known(row), load_raw(zlib.decompress(row[7]).decode())))
    return tuple(found)


def load_signatures(
    db: sqlite3.Connection, *, after: int = 0, limit: int = -1
) -> tuple[tuple[int, str, str], ...]:
    """Number, signature (JSON) and story id of articles, in order of arrival, behind a number; -1: all of them."""
    sql = """
    SELECT articles.number, facts.signature, articles.story_id
    FROM facts
    JOIN articles ON articles.number = facts.article_number
    WHERE facts.article_number > :after
    ORDER BY facts.article_number
    LIMIT :limit
    """
    return tuple(db.execute(sql, {"after": after, "limit": limit}))


def load_hashes(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    """The hash of what the source gave, by id; unknown articles are not in the result."""
    sql = f"SELECT {_COLUMNS} FROM articles WHERE id IN ({{marks}})"  # noqa: S608
    return {known.id: known.content_hash for known in _ask_known(db, sql, ids)}


def count_articles(db: sqlite3.Connection, *, seen_by: str | None = None) -> int:
    """All of them, or those that one server sees: without what other servers' sources brought."""
    hidden = """
    SELECT count(*)
    FROM articles
    WHERE source_id IN (SELECT id FROM sources WHERE owner IS NOT NULL AND owner <> ?)
    """
    total = int(db.execute("SELECT count(*) FROM articles").fetchone()[0])
    return total if seen_by is None else total - int(db.execute(hidden, (seen_by,)).fetchone()[0])


def last_number(db: sqlite3.Connection) -> int:
    """The number of the newest article, about how many there are: counting would walk over all of them."""
    return int(db.execute("SELECT coalesce(max(number), 0) FROM articles").fetchone()[0])


def _known(row: tuple[str, ...]) -> Known:
    return Known(
        id=row[0],
        source_id=row[1],
        external_id=row[2],
        story_id=row[3],
        content_hash=row[4],
        rules_fingerprint=row[5],
        retrieved=dt.datetime.fromisoformat(row[6]),
    )


def _article(row: tuple[str, ...]) -> Article:
    return Article(
        id=row[0],
        source_id=row[1],
        external_id=row[2],
        text=row[3],
        title=row[4],
        outlet=row[5],
        url=row[6],
        published=dt.datetime.fromisoformat(row[7]) if row[7] else None,
        published_on=dt.date.fromisoformat(row[8]) if row[8] else None,
        published_from=DateOrigin(row[9]) if row[9] else None,
        retrieved=dt.datetime.fromisoformat(row[10]),
        authors=tuple(json.loads(row[11])),
        content_hash=row[12],
        rules_fingerprint=row[13],
    )


def _time(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).isoformat() if moment else None

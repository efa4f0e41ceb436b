"""What analysis made of each story, kept: findings and card, with what they were made from.

Stance: a stale card is worse than a slow one. A card is only ever read under the revision of its story and the maker
(rules, code) for which it was written; whatever changed one of them hides it at once.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from digests.store.facts import dump, load
from digests.types import Card, Findings, Standing, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a card shows of a story, a tenth of what was thought."""

    card: Card
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A story thought through: all that the reading commands show of it."""

    findings: Findings
    glance: Glance


def part_of(story: Story, whole: Story) -> str:
    """The name of what a server sees of a story: "" for all of it, else a hash of the articles."""
    if story.article_ids == whole.article_ids:
        return ""
    return hashlib.sha256("\n".join(story.article_ids).encode()).hexdigest()[:16]


_LOAD = """
SELECT {column}
FROM prepared_cards
WHERE story_id = :story_id AND part = :part AND revision = :revision AND maker = :maker
"""


def load_findings(
    db: sqlite3.Connection, story_id: str, part: str, revision: int, maker: str
) -> Findings | None:
    """What analysis made of a story in this very revision by this maker; `None` where nothing was made."""
    packed = _load(db, "findings", story_id, part, revision, maker)
    return None if packed is None else load(Findings, _unpack(packed))


def load_glance(db: sqlite3.Connection, story_id: str, part: str, revision: int, maker: str) -> Glance | None:
    """As `load_findings`, what the card shows."""
    packed = _load(db, "card", story_id, part, revision, maker)
    return None if packed is None else load(Glance, _unpack(packed))


def _load(
    db: sqlite3.Connection, column: str, story_id: str, part: str, revision: int, maker: str
) -> bytes | None:
    values = {"story_id": story_id, "part": part, "revision": revision, "maker": maker}
    row: tuple[bytes] | None = db.execute(_LOAD.format(column=column), values).fetchone()
    return None if row is None else row[0]


# What was made from an older state is of no use to anybody, other parts included.
_FORGET = "DELETE FROM prepared_cards WHERE story_id = :story_id AND revision < :revision"

_SAVE = """
INSERT INTO prepared_cards (story_id, part, revision, maker, findings, card)
VALUES (:story_id, :part, :revision, :maker, :findings, :card)
ON CONFLICT (story_id, part) DO UPDATE SET
    revision = excluded.revision,
    maker = excluded.maker,
    findings = excluded.findings,
    card = excluded.card
"""


def save_prepared(
    db: sqlite3.Connection, story_id: str, part: str, revision: int, maker: str, prepared: Prepared
) -> None:
    """Keep what was made of a story; nothing is kept of one that is unknown or has moved on since.

    An article that was deleted meanwhile must not stay here in its words.
    """
    values = {"story_id": story_id, "part": part, "revision": revision, "maker": maker}
    is_current = "SELECT 1 FROM stories WHERE id = :story_id AND revision = :revision"
    if db.execute(is_current, values).fetchone() is None:
        return
    packed = {"findings": _pack(dump(prepared.findings)), "card": _pack(dump(prepared.glance))}
    db.execute(_FORGET, values)
    db.execute(_SAVE, values | packed)


_UNPREPARED = """
SELECT stories.id
FROM stories
LEFT JOIN prepared_cards AS cards ON cards.story_id = stories.id AND cards.part = ''
WHERE stories.merged_into IS NULL
    -- a story of which only the id is left has none
    AND stories.voices > 0
    AND (cards.revision IS NOT stories.revision OR cards.maker IS NOT :maker)
LIMIT :limit
"""


def find_unprepared(db: sqlite3.Connection, maker: str, *, limit: int = -1) -> Sequence[str]:
    """Ids of the stories whose card is missing or was made from something else, in no order; -1: all of them."""
    return tuple(row[0] for row in db.execute(_UNPREPARED, {"maker": maker, "limit": limit}))


def _pack(text: str) -> bytes:
    return zlib.compress(text.encode(), 1)


def _unpack(packed: bytes) -> str:
    return zlib.decompress(packed).decode()

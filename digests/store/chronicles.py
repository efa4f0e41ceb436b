"""What stories tell of their affairs, kept: the chronicle, and all that it depends on.

Stance: as with cards, a stale one is worse than a slow one. A chronicle changes with its own story, with the stories
that it was told or told apart from, and with any that begins to hold the words by which these were found; so all of
that is kept with it, and whoever reads it asks what has changed since.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digests.store.affairs import holds_two
from digests.store.articles import load_articles
from digests.store.facts import dump, load
from digests.store.pictures import forget_pictures
from digests.store.pieces import in_pieces
from digests.types import Chronicle, TimelineEntry

# Runs of numbers that are looked through for changed articles; what is spread wider counts as touched.
_MOST_RUNS = 50
# Articles between two of one run.
_GAP = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What came of the question for a story's affair.

    `chronicle` is `None` where it tells no affair: the story's own timeline is all. `stems` are the words of each
    search, `around` the stories that it found, whether they belong to the affair or not. `is_common`: every article
    that was looked at is for everybody; else each server has to be told by itself.
    """

    chronicle: Chronicle | None = None
    stems: tuple[tuple[str, ...], ...] = ()
    around: tuple[str, ...] = ()
    is_common: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The row of a story: what was told when the newest change of any story was `known`."""

    story_id: str
    revision: int
    maker: str
    known: int
    told: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """The same as JSON; articles by their ids, their words stand in the store already."""

    entries: tuple[TimelineEntry, ...] = ()
    story_ids: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()
    stems: tuple[tuple[str, ...], ...] = ()
    around: tuple[str, ...] = ()
    is_common: bool = True


_LOAD = "SELECT story_id, revision, maker, known, told FROM prepared_chronicles"


def load_kept(db: sqlite3.Connection, story_id: str, revision: int, maker: str) -> Kept | None:
    """What a story in this very revision told, by this maker; `None` where nothing is kept."""
    row = db.execute(
        f"{_LOAD} WHERE story_id = ? AND revision = ? AND maker = ?",
        (story_id, revision, maker),
    ).fetchone()
    return None if row is None else _kept(db, row)


def load_all_kept(db: sqlite3.Connection, maker: str) -> dict[str, Kept]:
    """Everything that this maker keeps, by story."""
    rows = db.execute(f"{_LOAD} WHERE maker = ?", (maker,)).fetchall()
    return {row[0]: _kept(db, row) for row in rows}


def _kept(db: sqlite3.Connection, row: Sequence[object]) -> Kept:
    story_id, revision, maker, known, packed = row
    assert isinstance(packed, bytes)
    stored = load(_Stored, zlib.decompress(packed).decode())
    chronicle = None
    if stored.story_ids:
        chronicle = Chronicle(
            entries=stored.entries,
            story_ids=stored.story_ids,
            articles=load_articles(db, stored.article_ids),
        )
    return Kept(
        story_id=str(story_id),
        revision=int(str(revision)),
        maker=str(maker),
        known=int(str(known)),
        told=Telling(
            chronicle=chronicle, stems=stored.stems, around=stored.around, is_common=stored.is_common
        ),
    )


_SAVE = """
INSERT INTO prepared_chronicles (story_id, revision, maker, known, told)
VALUES (:story_id, :revision, :maker, :known, :told)
ON CONFLICT (story_id) DO UPDATE SET
    revision = excluded.revision,
    maker = excluded.maker,
    known = excluded.known,
    told = excluded.told
"""


def save_kept(db: sqlite3.Connection, kept: Kept) -> None:
    """Keep what a story told; nothing is kept of one that is unknown or has moved on since."""
    is_current = "SELECT 1 FROM stories WHERE id = ? AND revision = ?"
    if db.execute(is_current, (kept.story_id, kept.revision)).fetchone() is None:
        return
    chronicle = kept.told.chronicle
    stored = _Stored(
        entries=chronicle.entries if chronicle else (),
        story_ids=chronicle.story_ids if chronicle else (),
        article_ids=tuple(article.id for article in chronicle.articles) if chronicle else (),
        stems=kept.told.stems,
        around=kept.told.around,
        is_common=kept.told.is_common,
    )
    values = {
        "story_id": kept.story_id,
        "revision": kept.revision,
        "maker": kept.maker,
        "known": kept.known,
        "told": zlib.compress(dump(stored).encode(), 1),
    }
    db.execute(_SAVE, values)
    forget_pictures(db, kept.story_id)


def save_known(db: sqlite3.Connection, known: Mapping[str, int]) -> None:
    """These stories would tell the same now: nothing that they depend on has changed up to this revision."""
    db.executemany(
        "UPDATE prepared_chronicles SET known = :known WHERE story_id = :id AND known < :known",
        [{"id": story_id, "known": revision} for story_id, revision in known.items()],
    )


_UNTOLD = """
SELECT stories.id
FROM stories
LEFT JOIN prepared_chronicles AS told ON told.story_id = stories.id
WHERE stories.merged_into IS NULL
    AND stories.voices > 0
    AND (told.revision IS NOT stories.revision OR told.maker IS NOT :maker)
LIMIT :limit
"""


def find_untold(db: sqlite3.Connection, maker: str, *, limit: int = -1) -> tuple[str, ...]:
    """Ids of the stories of which nothing is kept, or what another state told, in no order; -1: all of them."""
    return tuple(row[0] for row in db.execute(_UNTOLD, {"maker": maker, "limit": limit}))


def touches(db: sqlite3.Connection, stems: Iterable[Sequence[str]], story_ids: Sequence[str]) -> bool:
    """Whether a search by these words would find an article of these stories; also where that is costly to say."""
    numbers: list[int] = []
    for piece, marks in in_pieces(story_ids):
        sql = f"SELECT number FROM articles WHERE story_id IN ({marks})"  # noqa: S608
        numbers += [row[0] for row in db.execute(sql, piece)]
    runs = list(_runs(sorted(numbers)))
    wanted = set(numbers)
    return len(runs) > _MOST_RUNS or any(
        not wanted.isdisjoint(holds_two(db, words, first, last)) for words in stems for first, last in runs
    )


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of numbers that lie close to each other."""
    first = last = None
    for number in numbers:
        if first is not None and last is not None and number - last > _GAP:
            yield first, last
            first = None
        first = number if first is None else first
        last = number
    if first is not None and last is not None:
        yield first, last

"""The pictures of the stories that are asked for first, kept: as they were drawn, with what they show.

Stance: a picture holds an outlet's words, so it goes when its story is told anew, and is only ever found under what
it shows.
"""

from __future__ import annotations

import base64
import json
import sqlite3
import zlib
from collections.abc import Mapping, Sequence

from digests.store.pieces import in_pieces
from digests.types import Chart


def load_picture(db: sqlite3.Connection, story_id: str, mark: str) -> Chart | None:
    """A story's picture of this mark; `None` where no such one is kept."""
    sql = "SELECT picture FROM prepared_pictures WHERE story_id = ? AND mark = ?"
    row = db.execute(sql, (story_id, mark)).fetchone()
    if row is None:
        return None
    packed = json.loads(zlib.decompress(row[0]))
    return Chart(name=packed["name"], png=base64.b64decode(packed["png"]), description=packed["description"])


_SAVE = """
INSERT INTO prepared_pictures (story_id, kind, revision, maker, mark, picture)
VALUES (:story_id, :kind, :revision, :maker, :mark, :picture)
"""


def save_pictures(
    db: sqlite3.Connection,
    story_id: str,
    revision: int,
    maker: str,
    pictures: Mapping[str, tuple[str, Chart] | None],
) -> None:
    """Keep a story's pictures in place of older ones: by kind the mark and the picture, `None` where there is none.

    Kinds are toll, timeline, and toll killed where others are counted too.
    Nothing is kept of a story that is unknown or has moved on since.
    """
    is_current = "SELECT 1 FROM stories WHERE id = ? AND revision = ?"
    if db.execute(is_current, (story_id, revision)).fetchone() is None:
        return
    forget_pictures(db, story_id)
    for kind, drawn in pictures.items():
        mark, chart = drawn or (None, None)
        values = {"story_id": story_id, "kind": kind, "revision": revision, "maker": maker}
        db.execute(_SAVE, values | {"mark": mark, "picture": _pack(chart)})


def forget_pictures(db: sqlite3.Connection, story_id: str) -> None:
    """Delete a story's pictures: what it tells has changed."""
    db.execute("DELETE FROM prepared_pictures WHERE story_id = ?", (story_id,))


_UNDRAWN = """
SELECT stories.id
FROM stories
WHERE stories.id IN ({marks})
    AND stories.merged_into IS NULL
    -- a story of which only the id is left has none
    AND stories.voices > 0
    AND NOT EXISTS (
        SELECT 1
        FROM prepared_pictures AS pictures
        WHERE pictures.story_id = stories.id
            AND pictures.revision = stories.revision
            AND pictures.maker = ?
    )
"""


def find_undrawn(db: sqlite3.Connection, story_ids: Sequence[str], maker: str) -> tuple[str, ...]:
    """Those of some stories whose pictures are missing or were drawn from something else, in the same order."""
    undrawn: set[str] = set()
    for piece, marks in in_pieces(story_ids):
        undrawn.update(row[0] for row in db.execute(_UNDRAWN.format(marks=marks), (*piece, maker)))
    return tuple(story_id for story_id in story_ids if story_id in undrawn)


def _pack(chart: Chart | None) -> bytes:
    """As everything that is packed in the store: JSON, whose checksum tells where a bit has changed."""
    shown = chart and {
        "name": chart.name,
        "description": chart.description,
        "png": base64.b64encode(chart.png).decode(),
    }
    return zlib.compress(json.dumps(shown).encode(), 1)

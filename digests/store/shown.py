"""What the last card in each channel showed, line by line: so that a reader can ask where a number comes from.

One row a channel, and one a reader for what only that reader saw. A later card takes the place of the earlier one.
"""

from __future__ import annotations

import datetime as dt
import sqlite3

from digests.store.facts import dump, load
from digests.types import ShownCard

# How long the cards that only one reader saw are kept: nobody asks later than that.
_KEPT = dt.timedelta(days=30)

_SAVE = """
INSERT OR REPLACE INTO shown_cards (channel, reader, shown_at, card)
VALUES (:channel, :reader, :shown_at, :card)
"""


def save_shown(db: sqlite3.Connection, card: ShownCard) -> None:
    """Keep what a channel, or one reader in it, sees now; private ones of long ago go."""
    values = {
        "channel": card.channel,
        "reader": card.reader or "",
        "shown_at": card.shown_at.isoformat(),
        "card": dump(card),
    }
    db.execute(_SAVE, values)
    oldest = (card.shown_at - _KEPT).isoformat()
    db.execute("DELETE FROM shown_cards WHERE reader <> '' AND shown_at < ?", (oldest,))


_LAST = """
SELECT card
FROM shown_cards
WHERE channel = :channel AND reader IN ('', :reader)
ORDER BY number DESC
LIMIT 1
"""


def load_shown(db: sqlite3.Connection, channel: str, reader: str) -> ShownCard | None:
    """The last card that a reader saw in a channel, shown to all or to them alone."""
    row = db.execute(_LAST, {"channel": channel, "reader": reader}).fetchone()
    return None if row is None else load(ShownCard, row[0])


def find_owner(db: sqlite3.Connection, article_id: str) -> tuple[str | None] | None:
    """Whose source an article comes from, `(None,)` when all share it; `None` for an unknown article."""
    sql = """
    SELECT sources.owner FROM articles JOIN sources ON sources.id = articles.source_id WHERE articles.id = ?
    """
    row: tuple[str | None] | None = db.execute(sql, (article_id,)).fetchone()
    return row

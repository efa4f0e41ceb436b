"""What the last card in a channel showed: kept, replaced, found by who saw it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from digests.store.connection import open_database
from digests.store.shown import load_shown, save_shown
from digests.types import Citation, ShownCard, ShownLine, Span

MORNING = dt.datetime(2026, 6, 12, 9, tzinfo=dt.UTC)


def card(text: str, *, reader: str | None = None, minutes: int = 0) -> ShownCard:
    citation = Citation(article_id="a1", span=Span(start=3, end=7), text="nine")
    line = ShownLine(mark="F1", story_id="s1", text=text, evidence=(citation,))
    return ShownCard(
        channel="c1", reader=reader, shown_at=MORNING + dt.timedelta(minutes=minutes), lines=(line,)
    )


async def test_the_last_card_of_a_channel_is_kept(tmp_path: Path) -> None:
    """A later one takes its place; what one reader saw alone is theirs; other channels know nothing of it."""
    database = await open_database(tmp_path / "a.db")
    first, second, private = card("first"), card("second", minutes=1), card("private", reader="r", minutes=2)
    for one in (first, second, private):
        await database.write(save_shown, one)
    assert second == await database.read(load_shown, "c1", "someone")
    assert private == await database.read(load_shown, "c1", "r")
    assert await database.read(load_shown, "c2", "r") is None
    third = card("third", minutes=3)
    await database.write(save_shown, third)
    assert third == await database.read(load_shown, "c1", "r")
    await database.close()


async def test_private_cards_of_long_ago_go(tmp_path: Path) -> None:
    """They are of no use to anyone; the channel's own card stays."""
    database = await open_database(tmp_path / "a.db")
    await database.write(save_shown, card("channel"))
    await database.write(save_shown, card("private", reader="r"))
    await database.write(save_shown, card("other", reader="x", minutes=31 * 24 * 60))
    found = await database.read(load_shown, "c1", "r")
    assert "channel" == (found.lines[0].text if found else "")
    await database.close()

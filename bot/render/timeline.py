"""/timeline: dated entries in order; planned ones marked, background set apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from bot.render.markup import day_stamp, escape, headline
from bot.render.page import Page, paginate
from bot.render.references import References, joined
from bot.render.words import coarse_words
from bot.tongue import phrase, say
from digests import Precision, TimelineEntry

NOTHING = phrase("No dated event of this story is known yet.")
NOTHING_THEN = phrase(
    "No dated event of this story falls into these days. Leave out `from` and `to` to see all of them."
)

#: Precisions that name one day.
_DAYS = frozenset({Precision.DAY, Precision.TIME})


def render_timeline(
    title: str,
    entries: Sequence[TimelineEntry],
    references: References,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    link_to: str = "",
) -> tuple[Page, ...]:
    """Pages with a block a day, in order; `first` and `last` keep the entries that touch these days."""
    heading = f"## {link_to or headline(title)}\n{say('Timeline')}"
    kept = [entry for entry in entries if _touches(entry, first, last)]
    if not kept:
        words = say(NOTHING_THEN) if entries else say(NOTHING)
        return (Page(blocks=(heading, words)),)
    blocks = _blocks([entry for entry in kept if not entry.is_background], references)
    background = _blocks([entry for entry in kept if entry.is_background], references)
    if background:
        background[0] = f"### {say('Background')}\n{background[0]}"
    return paginate(heading, [*blocks, *background], per_page=7)


def _touches(entry: TimelineEntry, first: dt.date | None, last: dt.date | None) -> bool:
    return (first is None or entry.last >= first) and (last is None or entry.first <= last)


def _blocks(entries: Sequence[TimelineEntry], references: References) -> list[str]:
    # What has no time comes after what has one: mostly it was said or done later in the day.
    ordered = sorted(
        entries, key=lambda entry: (entry.first, entry.last, entry.time is None, entry.time or "")
    )
    return [
        "\n".join([f"**{date}**", *(entry_line(entry, references) for entry in same)])
        for date, same in groupby(ordered, key=date_words)
    ]


def date_words(entry: TimelineEntry) -> str:
    """The date as readers see it: a timestamp for one day, words for longer spans."""
    if entry.first == entry.last and entry.precision in _DAYS:
        return day_stamp(entry.first)
    return coarse_words(entry.first, entry.last, entry.precision)


def entry_line(entry: TimelineEntry, references: References) -> str:
    """`- planned · 04:50 · text · Coast Wire`"""
    return "- " + joined(
        f"**{say('planned')}**" if entry.is_planned else "",
        entry.time or "",
        escape(entry.text),
        references.cite_all(entry.citations),
    )

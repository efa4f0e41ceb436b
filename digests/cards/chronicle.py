"""A timeline as plain text: a block a day, its entries with the outlets that tell them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import groupby

from digests.cards.wording import count_words, long_days, span_words
from digests.types import Article, Chronicle, TimelineEntry

# Outlets named under an entry; further ones are counted.
_MOST_OUTLETS = 4


def render_chronicle(title: str, chronicle: Chronicle, articles: Sequence[Article], *, width: int) -> str:
    """The timeline with its days in order.

    Args:
        title: Of the story.
        chronicle: What is told; without an entry a line says so.
        articles: Those that the entries cite.
        width: Columns of a line.
    """
    outlets = {article.id: article.outlet or article.external_id for article in articles}
    entries = chronicle.entries
    head = [title, _about(chronicle, len(articles))]
    if not entries:
        return "\n".join([*head, "", "No dated event is known."])
    blocks = ["\n".join(head)]
    for when, same in groupby(entries, key=_when):
        lines = [line for entry in same for line in _lines(entry, outlets, width)]
        blocks.append("\n".join([when, *lines]))
    return "\n\n".join(blocks)


def _about(chronicle: Chronicle, articles: int) -> str:
    days = [entry for entry in chronicle.entries if not entry.is_background] or list(chronicle.entries)
    span = long_days(days[0].first, max(entry.last for entry in days)) if days else ""
    told = [count_words(articles, "article")]
    if len(chronicle.story_ids) > 1:
        told.append(count_words(len(chronicle.story_ids), "story", "stories"))
    return " · ".join(["Timeline", *([span] if span else []), " of ".join(told)])


def _when(entry: TimelineEntry) -> str:
    return span_words(entry.first, entry.last, entry.precision)


def _lines(entry: TimelineEntry, outlets: dict[str, str], width: int) -> list[str]:
    marks = ["planned"] * entry.is_planned + ["background"] * entry.is_background
    text = " · ".join([*marks, *([entry.time] if entry.time else []), entry.text])
    names = list(dict.fromkeys(outlets.get(one.article_id, one.article_id) for one in entry.citations))
    shown = names[:_MOST_OUTLETS]
    if len(names) > len(shown):
        shown.append(f"{len(names) - len(shown)} more")
    return [
        *textwrap.wrap(text, width, initial_indent="  - ", subsequent_indent="    "),
        *textwrap.wrap(f"[{', '.join(shown)}]", width, initial_indent="    ", subsequent_indent="    "),
    ]

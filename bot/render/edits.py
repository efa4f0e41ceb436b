"""Edited articles: what an outlet's own text said before, until when, and what stands there since.

The times are when we saw the old text last and the new one first; the edit lies between them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from bot.render.markup import bold, escape, timestamp
from bot.render.references import References, joined
from bot.tongue import phrase, say, tongue
from digests import MEASURE_LABELS, ArticleEdit, FigureEdit, Measure

HEADING = phrase("Changed by their outlets")


def edit_lines(
    edits: Sequence[ArticleEdit],
    references: References,
    *,
    measure: Measure | None = None,
    since: dt.datetime | None = None,
) -> list[str]:
    """A line for each figure that an edit changed or took out, the newest edit first.

    `measure` keeps one kind of figure, `since` the edits from a moment on.
    """
    wanted = [edit for edit in edits if since is None or edit.version.replaced_at >= since]
    wanted.sort(key=lambda edit: edit.version.replaced_at, reverse=True)
    return [
        f"- {joined(references.cite([edit.version.article_id]), figure_words(edit, figure))}"
        for edit in wanted
        for figure in edit.figures
        if measure is None or figure.measure is measure
    ]


def figure_words(edit: ArticleEdit, figure: FigureEdit) -> str:
    """`Killed: said **at least nine** until 14:05, then **at least 12**`."""
    label = say(MEASURE_LABELS[figure.measure])
    if figure.victims not in ("", "people"):
        label += f", {escape(figure.victims)}"
    places = {
        "label": label,
        "before": _counts(figure.before),
        "moment": timestamp(edit.version.replaced_at),
    }
    if figure.after:
        return say(
            "{label}: said {before} until {moment}, then {after}", **places, after=_counts(figure.after)
        )
    return say("{label}: said {before} until {moment}, then no longer", **places)


def edits_behind(edits: Sequence[ArticleEdit], words: str) -> Iterator[str]:
    """Of one article's edits those that put a count into these words, as lines."""
    for edit in edits:
        for figure in edit.figures:
            if any(count in words for count in figure.after):
                yield figure_words(edit, figure)


def last_with(edits: Sequence[ArticleEdit], words: str) -> ArticleEdit | None:
    """The newest earlier version of an article that holds these words."""
    return next((edit for edit in reversed(edits) if words and words in edit.version.text), None)


def _counts(words: Sequence[str]) -> str:
    return tongue().all_of([bold(escape(one)) for one in words])

"""A story's findings as pictures: pure functions from values to PNG, each with a description that says the same.

Pillow is loaded with the first picture: only who draws pays for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from digests.tongues import ENGLISH, Tongue
from digests.types import Findings, Measure, Story, TimelineEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture for a message: its file name, its PNG bytes, and what it says in words (at most 1,000 units)."""

    name: str
    png: bytes
    description: str


def make_toll_chart(
    story: Story, findings: Findings, *, measure: Measure | None = None, tongue: Tongue = ENGLISH
) -> Chart | None:
    """The toll over time; `measure` keeps one kind of figure. `None` with fewer than two dated claims."""
    from digests.charts.toll import describe_toll, draw_toll

    png = draw_toll(story, findings, measure=measure, tongue=tongue)
    if png is None:
        return None
    described = describe_toll(story, findings, measure=measure, tongue=tongue)
    return Chart(name="toll.png", png=png, description=described)


def make_timeline_chart(
    story: Story,
    entries: Sequence[TimelineEntry],
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    tongue: Tongue = ENGLISH,
) -> Chart | None:
    """The timeline; `first` and `last` keep the entries that touch these days. `None` with fewer than two."""
    from digests.charts.timeline import describe_timeline, draw_timeline

    kept = tuple(
        entry
        for entry in entries
        if (first is None or entry.last >= first) and (last is None or entry.first <= last)
    )
    png = draw_timeline(story, kept, tongue=tongue)
    if png is None:
        return None
    described = describe_timeline(story, kept, tongue=tongue)
    return Chart(name="timeline.png", png=png, description=described)


def warm_up() -> None:
    """Load Pillow, its letters and both kinds of picture, and draw an empty one: the first does not wait for them."""
    from digests.charts import timeline, toll  # noqa: F401
    from digests.charts.canvas import Canvas

    canvas = Canvas("dark")
    for size in range(14, 27):
        canvas.text(0, 0, "a", size=float(size), colour=canvas.theme.ink)
    canvas.finish()


__all__ = ["Chart", "make_timeline_chart", "make_toll_chart", "warm_up"]

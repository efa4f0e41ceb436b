"""A story's findings as pictures: pure functions from values to PNG, each with a description that says the same.

Pillow is loaded with the first picture: only who draws pays for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digests.tongues import ENGLISH, Tongue
from digests.types import Chart, Findings, Measure, Story, TimelineEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A picture that is not drawn yet: of two with equal `shows` every letter and mark is the same."""

    shows: str
    draw: Callable[[], Chart]


def sketch_toll(
    story: Story, findings: Findings, *, measure: Measure | None = None, tongue: Tongue = ENGLISH
) -> Sketch | None:
    """The toll over time; `measure` keeps one kind of figure. `None` with fewer than two dated claims."""
    from digests.charts.toll import describe_toll, draw_toll, shown_toll

    shown = shown_toll(story, findings, measure=measure, tongue=tongue)
    if shown is None:
        return None

    def draw() -> Chart:
        png = draw_toll(story, findings, measure=measure, tongue=tongue)
        assert png is not None
        described = describe_toll(story, findings, measure=measure, tongue=tongue)
        return Chart(name="toll.png", png=png, description=described)

    return Sketch(shows=f"toll {tongue.code} {shown}", draw=draw)


def sketch_timeline(
    story: Story,
    entries: Sequence[TimelineEntry],
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    tongue: Tongue = ENGLISH,
) -> Sketch | None:
    """The timeline; `first` and `last` keep the entries that touch these days. `None` with fewer than two."""
    from digests.charts.timeline import describe_timeline, draw_timeline, shown_timeline

    kept = tuple(
        entry
        for entry in entries
        if (first is None or entry.last >= first) and (last is None or entry.first <= last)
    )
    shown = shown_timeline(story, kept)
    if shown is None:
        return None

    def draw() -> Chart:
        png = draw_timeline(story, kept, tongue=tongue)
        assert png is not None
        described = describe_timeline(story, kept, tongue=tongue)
        return Chart(name="timeline.png", png=png, description=described)

    return Sketch(shows=f"timeline {tongue.code} {shown}", draw=draw)


def warm_up() -> None:
    """Load Pillow, its letters and both kinds of picture, and draw an empty one: the first does not wait for them."""
    from digests.charts import timeline, toll  # noqa: F401
    from digests.charts.canvas import Canvas

    canvas = Canvas("dark")
    for size in range(14, 27):
        canvas.text(0, 0, "a", size=float(size), colour=canvas.theme.ink)
    canvas.finish()


__all__ = ["Chart", "Sketch", "sketch_timeline", "sketch_toll", "warm_up"]

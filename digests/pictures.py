"""The pictures of stories where they are quickest to get: in memory, in the store, else drawn now.

Stance: a picture is filed under everything that it shows, and under the code that draws it; one of an older state is
not found any more, and whoever sees the same gets the same.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
from collections.abc import Callable

from digests.charts import Chart, Sketch, sketch_timeline, sketch_toll
from digests.preparation import maker
from digests.recent import Recent
from digests.store.connection import Database
from digests.store.pictures import load_picture
from digests.tongues import Tongue
from digests.types import Chronicle, Findings, Measure, Story

# Pictures held in memory, some 25 kB each.
_KEPT = 128


def mark_of(sketch: Sketch) -> str:
    """What a picture is filed under."""
    return hashlib.sha256(f"{maker()} {sketch.shows}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Pictures:
    """Gets charts from the store, or draws them in threads, never on the event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: Recent[str, Chart] = Recent(_KEPT)

    async def toll(
        self, story: Story, findings: Findings, *, measure: Measure | None, tongue: Tongue
    ) -> Chart | None:
        """The toll over time; `None` with too little to draw."""
        return await self._get(story, lambda: sketch_toll(story, findings, measure=measure, tongue=tongue))

    async def timeline(
        self,
        story: Story,
        chronicle: Chronicle,
        *,
        first: dt.date | None,
        last: dt.date | None,
        tongue: Tongue,
    ) -> Chart | None:
        """The timeline, or the part that touches some days; `None` with too little to draw."""
        entries = chronicle.entries
        return await self._get(
            story, lambda: sketch_timeline(story, entries, first=first, last=last, tongue=tongue)
        )

    async def _get(self, story: Story, plan: Callable[[], Sketch | None]) -> Chart | None:
        sketch = await asyncio.to_thread(plan)
        if sketch is None:
            return None
        mark = mark_of(sketch)
        if mark not in self._kept:
            chart = await self._database.read(load_picture, story.id, mark)
            self._kept[mark] = chart if chart is not None else await asyncio.to_thread(sketch.draw)
        return self._kept[mark]

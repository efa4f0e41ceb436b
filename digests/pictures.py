"""The pictures of stories: drawn when they are asked for, the last ones held in memory.

Stance: as on the shelf, a picture is filed under everything that it shows; one of an older state is not found any more.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable

from digests.charts import Chart, make_timeline_chart, make_toll_chart
from digests.recent import Recent
from digests.tongues import Tongue
from digests.types import Chronicle, Findings, Measure
from digests.views import Key, Seen

# Pictures held in memory, some 30 kB each.
_KEPT = 128


class Pictures:
    """Draws charts in threads, never on the event loop."""

    def __init__(self) -> None:
        self._kept: Recent[Key, Chart | None] = Recent(_KEPT)

    async def toll(
        self, seen: Seen, findings: Findings, *, measure: Measure | None, tongue: Tongue
    ) -> Chart | None:
        """The toll over time; `None` with too little to draw."""
        return await self._draw(
            ("toll", str(measure), tongue.code, "of", *seen.key),
            lambda: make_toll_chart(seen.story, findings, measure=measure, tongue=tongue),
        )

    async def timeline(
        self,
        seen: Seen,
        chronicle: Chronicle,
        *,
        first: dt.date | None,
        last: dt.date | None,
        revision: int,
        tongue: Tongue,
    ) -> Chart | None:
        """The timeline, or the part that touches some days. `revision` is the catalogue's."""
        # What belongs to an affair changes with every other story.
        affair = (str(revision),) if len(chronicle.story_ids) > 1 else ()
        return await self._draw(
            ("timeline", str(first), str(last), tongue.code, *affair, "of", *seen.key),
            lambda: make_timeline_chart(seen.story, chronicle.entries, first=first, last=last, tongue=tongue),
        )

    async def _draw(self, key: Key, draw: Callable[[], Chart | None]) -> Chart | None:
        if key not in self._kept:
            self._kept[key] = await asyncio.to_thread(draw)
        return self._kept[key]

"""How fast the pictures are drawn: `python -m tests.bench.charts`. Prints the median in milliseconds and the size."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from digests.charts.timeline import draw_timeline
from digests.charts.toll import draw_toll
from digests.types import Findings, Measure, Precision, Status, TimelineEntry
from tests.digests.cards.ferry import FINDINGS, STORY, claim, group, speaker

ROUNDS = 30


def crowded() -> Findings:
    """Three measures with thirty counts each, and forty entries of two lines."""
    groups = [
        group(
            tuple(
                replace(
                    claim("a2", f"at least {n}", n, None, speaker(f"ministry {n}"), measure=measure),
                    published=dt.datetime(2025, 6, 1 + n % 6, n % 24, tzinfo=dt.UTC),
                )
                for n in range(1, 31)
            ),
            Status.UPDATED,
        )
        for measure in (Measure.KILLED, Measure.INJURED, Measure.MISSING)
    ]
    days = [dt.date(2025, 6, 1) + dt.timedelta(days=n) for n in range(40)]
    entries = tuple(
        TimelineEntry(
            first=day,
            last=day,
            precision=Precision.DAY,
            time=None,
            text=f"On day {n} divers search the hull for those who are missing, and families wait at the pier",
            is_planned=n > 35,
            is_background=n < 3,
            citations=(),
        )
        for n, day in enumerate(days)
    )
    return replace(FINDINGS, figure_groups=tuple(groups), timeline=entries)


def measure(name: str, draw: Callable[[], bytes | None]) -> None:
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        png = draw()
        spent.append((time.perf_counter() - start) * 1000)
    size = len(png or b"") / 1000
    print(
        f"  {name:<12} first {spent[0]:6.1f} ms   median {statistics.median(spent):6.1f} ms   {size:6.1f} kB"
    )


if __name__ == "__main__":
    found = crowded()
    measure("toll", lambda: draw_toll(STORY, found))
    measure("timeline", lambda: draw_timeline(STORY, found.timeline))

"""The garbage collector, held to what is new: what has outlived one full collection is not walked again and again.

The bot holds half a million values (cards, vectors) that hold no circles and are freed by being let go of. Walking all
of them stops every thread for a seventh of a second, at the very question that brings the next card. So what a full
collection leaves is put aside (`gc.freeze`), and full collections come early, while little is new. What dies in a
circle after it was put aside waits for the one collection in many that looks at everything.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

__all__ = ["calm_collector"]

#: New objects, and collections of each age, after which the next age is collected (`gc.set_threshold`). With 2 a full
#: one comes after some 14,000 more objects: the cards of five stories, walked in about five milliseconds.
THRESHOLDS = (700, 10, 2)
#: Full collections between two that look at everything again.
ALL_AGAIN = 500


@contextlib.contextmanager
def calm_collector() -> Iterator[None]:
    """Within it; afterwards the collector is as it was, and looks at everything."""
    before = gc.get_threshold()
    count = 0

    def put_aside(phase: str, info: dict[str, int]) -> None:
        nonlocal count
        if phase == "stop" and info["generation"] == 2:
            count += 1
            (gc.freeze if count % ALL_AGAIN else gc.unfreeze)()

    gc.callbacks.append(put_aside)
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.callbacks.remove(put_aside)
        gc.set_threshold(*before)
        gc.unfreeze()

"""Waiting in tests for something that rings no bell, such as the state inside the library."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

__all__ = ["eventually"]

STEP_S = 0.005
#: Seconds of patience; only what fails takes them, and a machine that others share may need many.
PATIENCE_S = 30.0


async def eventually(
    look: Callable[[], object], *, within: float = PATIENCE_S, what: str = "condition", step: float = STEP_S
) -> None:
    """Look again every few milliseconds until it holds; prefer `LoopbackDiscord.until`, which waits for changes.

    Args:
        look: Reads the state.
        within: Seconds until it is given up.
        what: Words for the error.
        step: Seconds between two looks; more where a look costs something.

    Raises:
        TimeoutError: After `within` seconds.
    """
    for _ in range(int(within / step)):
        if look():
            return
        await asyncio.sleep(step)
    raise TimeoutError(f"{what}: not within {within:g} s")

"""Writes that go on beside an answer, and are waited for by whoever needs them, at the latest at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Writes:
    """The writes of one kind, by a key of whoever asks for them."""

    def __init__(self, lost: Callable[[str, BaseException], None]) -> None:
        """`lost` is told the key and the error of a write that failed."""
        self._lost = lost
        # Held until they are done: the event loop itself holds tasks only weakly.
        self._running: dict[asyncio.Task[None], str] = {}

    def start(self, work: Coroutine[Any, Any, None], *, key: str = "") -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._running[task] = key
        task.add_done_callback(self._end)
        return task

    async def done(self, *, key: str | None = None) -> None:
        """Wait until those of a key that have been started are done, or all of them."""
        tasks = [task for task, own in self._running.items() if key in (None, own)]
        if tasks:
            await asyncio.wait(tasks)

    def _end(self, task: asyncio.Task[None]) -> None:
        key = self._running.pop(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._lost(key, error)

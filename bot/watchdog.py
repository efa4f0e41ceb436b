"""Whether the event loop runs: how late it is, and what held it when it stood still.

A blocked loop cannot tell of itself, so a thread beside it does. Nothing here mends anything: a supervisor restarts
what stays red, and the stack in the log says why it was.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import time
import traceback
from types import TracebackType
from typing import Self

log = logging.getLogger(__name__)

#: Seconds between two beats of the loop.
BEAT_S = 0.25
#: Seconds without a beat after which the loop counts as blocked: a third of what Discord waits for a first answer.
BLOCKED_S = 1.0


class LoopWatch:
    """Watches the running loop for as long as the context lasts."""

    def __init__(self, *, blocked_s: float = BLOCKED_S) -> None:
        self._blocked_s = blocked_s
        self._beat = time.monotonic()
        self._worst_s = 0.0
        self._thread_id = 0
        self._ended = threading.Event()
        self._task: asyncio.Task[None] | None = None
        self._thread: threading.Thread | None = None

    async def __aenter__(self) -> Self:
        self._thread_id = threading.get_ident()
        self._beat = time.monotonic()
        self._task = asyncio.create_task(self._beating())
        self._thread = threading.Thread(target=self._watching, name="loop-watch", daemon=True)
        self._thread.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    @property
    def age_s(self) -> float:
        """Seconds since the last beat: about a quarter while all is well."""
        return time.monotonic() - self._beat

    def take_worst_s(self) -> float:
        """The longest that the loop was late since this was last asked."""
        worst, self._worst_s = self._worst_s, 0.0
        return worst

    async def _beating(self) -> None:
        while True:
            due = time.monotonic() + BEAT_S
            await asyncio.sleep(BEAT_S)
            self._beat = time.monotonic()
            self._worst_s = max(self._worst_s, self._beat - due)

    def _watching(self) -> None:
        blocked_since: float | None = None
        while not self._ended.wait(self._blocked_s / 2):
            beat = self._beat
            if blocked_since is None and time.monotonic() - beat > self._blocked_s:
                blocked_since = beat
                log.error(
                    "event loop blocked seconds=%.1f\n%s", time.monotonic() - beat, _stack(self._thread_id)
                )
            elif blocked_since is not None and beat > blocked_since:
                log.warning("event loop runs again blocked_seconds=%.1f", beat - blocked_since)
                blocked_since = None


def _stack(thread_id: int) -> str:
    """Where a thread stands now; no values, so no secret of a variable."""
    frame = sys._current_frames().get(thread_id)
    return "".join(traceback.format_stack(frame)) if frame is not None else "no frame"

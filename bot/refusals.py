"""Requests that Discord refused, counted: too many of them and it shuts the whole address out.

Discord's limit is 10,000 in ten minutes of 401, 403 and 429, those of a shared limit left out (API reference, "Rate
Limits: Invalid Request Limit"). The stance: far below it something is wrong with us, so nothing is posted or looked
up unprompted any more until the count has fallen; who asks is still answered.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp

#: Seconds over which Discord counts.
WINDOW_S = 600.0
#: Refused requests within them from which nothing is posted: a hundredth of what Discord takes.
MOST = 100
_REFUSED = (401, 403, 429)


class Refusals:
    """Counts what one client was refused. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: deque[float] = deque()

    def note(self, status: int, scope: str | None = None) -> None:
        """An answer has come, with the `X-RateLimit-Scope` that it bore."""
        if status in _REFUSED and scope != "shared":
            self._times.append(self._clock())

    @property
    def count(self) -> int:
        """Refused requests of the last ten minutes."""
        oldest = self._clock() - WINDOW_S
        while self._times and self._times[0] <= oldest:
            self._times.popleft()
        return len(self._times)

    @property
    def rest_s(self) -> float:
        """How long nothing may be posted; 0: go on. It ends when fewer than the most are within ten minutes."""
        count = self.count
        if count < MOST:
            return 0.0
        return self._times[count - MOST] + WINDOW_S - self._clock()

    def trace(self) -> aiohttp.TraceConfig:
        """What the library's HTTP client calls at the end of each request, its own tries again included."""
        trace = aiohttp.TraceConfig()

        async def note(
            _session: aiohttp.ClientSession, _context: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
        ) -> None:
            self.note(ended.response.status, ended.response.headers.get("X-RateLimit-Scope"))

        trace.on_request_end.append(note)
        return trace

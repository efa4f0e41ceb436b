"""How we treat other people's servers: few requests at once, pauses that they ask for, none while they say no.

In memory and by the monotonic clock: what must outlive a restart (when a source may be asked again) is in the store.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

# Requests under way at one host; a browser makes six.
_AT_ONCE = 2
# Hosts that are remembered, those asked last.
_KEPT = 2_000


@dataclass(slots=True)
class _Host:
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))
    closed_until: float = 0.0
    next_turn: float = 0.0
    waiting: int = 0


class Hosts:
    """What is known of each host (`host:port`) that is asked."""

    def __init__(self) -> None:
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    @contextlib.asynccontextmanager
    async def turn(self, name: str, *, pause: float = 0.0) -> AsyncIterator[None]:
        """Wait for a free place at a host, and until `pause` seconds are over since the last one began."""
        host = self._host(name)
        host.waiting += 1
        try:
            async with host.gate:
                start = max(time.monotonic(), host.next_turn)
                host.next_turn = start + pause
                if start > time.monotonic():
                    await asyncio.sleep(start - time.monotonic())
                yield
        finally:
            host.waiting -= 1

    def close_for(self, name: str, seconds: int) -> None:
        """A host asked us to stay away for a while."""
        host = self._host(name)
        host.closed_until = max(host.closed_until, time.monotonic() + seconds)

    def closed_seconds(self, name: str) -> int:
        """How long a host still wants to be left alone; 0 when it may be asked."""
        host = self._hosts.get(name)
        return 0 if host is None else max(0, -int(time.monotonic() - host.closed_until))

    def _host(self, name: str) -> _Host:
        host = self._hosts.setdefault(name, _Host())
        self._hosts.move_to_end(name)
        while len(self._hosts) > _KEPT:
            oldest = next((key for key, one in self._hosts.items() if not one.waiting), None)
            if oldest is None or oldest == name:
                break
            del self._hosts[oldest]
        return host

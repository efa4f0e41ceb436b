"""How fast the bot posts by itself: below Discord's limit for all requests of a bot.

Discord takes 50 requests a second from a bot, answers to interactions left out (API reference, "Rate Limits: Global
Rate Limit"); a 429 for the whole bot also holds up who just asked. Hundreds of digests are due at one minute. What
gets its turn here stays below that in any second, and leaves room for what the library asks for by itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

#: Requests that may go out at once after a rest, and then in a second: together what one second can see.
AT_ONCE = 15
PER_SECOND = 25.0


class Pace:
    """Turns of one client, in the order in which they were asked for. `clock` gives seconds that only grow."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        # When the turns given so far would be used up at the steady pace.
        self._until = 0.0

    async def turn(self) -> None:
        """Wait until a request may go out."""
        now = self._clock()
        self._until = max(self._until, now - AT_ONCE / PER_SECOND) + 1 / PER_SECOND
        if (wait := self._until - now) > 0:
            await self._sleep(wait)

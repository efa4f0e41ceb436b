"""The double's clock, its snowflakes, and waiting for something to happen in it.

The clock is the machine's, plus an offset a test moves: three seconds, fifteen minutes or a day pass without sleeping.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from bot.sandbox.errors import NotInTime

__all__ = ["Changes", "Clock", "Snowflakes", "iso"]

Value = TypeVar("Value")

#: First second of 2015, in milliseconds since 1970: the start of snowflakes (Discord reference, "Snowflakes").
DISCORD_EPOCH_MS = 1_420_070_400_000


class Clock:
    """Seconds since 1970 that a test can move forward."""

    def __init__(self, offset_s: float = 0.0) -> None:
        self.offset_s = offset_s

    def now(self) -> float:
        """Current time in seconds since 1970, with the offset."""
        return time.time() + self.offset_s

    def advance(self, seconds: float) -> None:
        """Let time pass at once, for everything that asks this clock."""
        self.offset_s += seconds


class Snowflakes:
    """Ids that grow with the clock and never repeat."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """A new id: milliseconds in the upper bits, so that ids sort by time."""
        made = (int(self._clock.now() * 1000) - DISCORD_EPOCH_MS) << 22
        self._last = max(made, self._last + 1)
        return self._last


def iso(seconds: float) -> str:
    """Time as Discord writes it: `2026-01-02T03:04:05.678000+00:00`."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


class Changes:
    """A bell that rings whenever the state changed, so that tests wait instead of sleeping."""

    def __init__(self) -> None:
        self._bell: asyncio.Event | None = None
        # How often it rang: who was busy meanwhile still learns that something happened.
        self.count = 0

    def notify(self) -> None:
        """Wake everyone who waits; they look again and may go on waiting."""
        self.count += 1
        if self._bell is not None:
            self._bell.set()
            self._bell = None

    async def after(self, count: int, *, within: float) -> bool:
        """Wait until it has rung again since it had rung `count` times; `False` when it did not in time."""
        try:
            return await self.until(lambda: self.count != count, within=within, what="change")
        except NotInTime:
            return False

    async def until(self, look: Callable[[], Value | None], *, within: float, what: str) -> Value:
        """Wait until `look()` gives something true, and return it.

        Args:
            look: Reads the state; called at once and after each change.
            within: Seconds of real time.
            what: Words for the error.

        Raises:
            NotInTime: If it did not happen within `within`.
        """
        deadline = time.monotonic() + within
        while True:
            found = look()
            if found:
                return found
            left = deadline - time.monotonic()
            if left <= 0:
                raise NotInTime(f"{what}: not within {within:g} s")
            if self._bell is None:
                self._bell = asyncio.Event()
            try:
                await asyncio.wait_for(self._bell.wait(), left)
            except TimeoutError:
                continue

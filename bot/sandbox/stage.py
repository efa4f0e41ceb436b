"""What the double asks of whoever keeps the bot's process beside it."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Stage"]


class Stage(Protocol):
    """Whoever keeps the bot's process beside the double: can start it again and move its clock."""

    async def restart(self) -> None:
        """End the bot and start it again."""

    async def advance(self, seconds: float) -> None:
        """Move the clocks of double and bot ahead."""

    def log_lines(self) -> list[str]:
        """What the bot wrote, oldest line first."""

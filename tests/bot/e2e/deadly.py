"""The bot with a bullet in it: `python -m tests.bot.e2e.deadly POINT COUNT run --config FILE`.

It is the real program, but at the COUNT-th passing of a named point of the delivery protocol it kills itself with
SIGKILL: nothing is flushed, closed or said. That reaches moments that a kill from outside hits once in a thousand.
"""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

__all__ = ["ALERT_POINTS", "POINTS"]

#: What the ledger and Discord are asked for, in the order in which it happens to a digest.
STEPS = ("has_slot", "open_slot", "set_setting", "own_texts", "mark_sending", "send", "mark_sent")
#: Changes that die inside of their transaction: written, not committed.
CHANGES = ("open_slot", "mark_sending", "mark_sent")
#: Every named point.
POINTS = (
    *(f"{when} {step}" for step in STEPS for when in ("before", "after")),
    *(f"inside {change}" for change in CHANGES),
)
#: What an alert passes beside them: noting what is told, and bringing the live card up to date.
ALERT_POINTS = (
    *(f"{when} {step}" for step in ("keep", "edit") for when in ("before", "after")),
    "inside save_watched",
)


class Bullet:
    """Counts the passings of one point and shoots at the last."""

    def __init__(self, point: str, count: int) -> None:
        self.point = point
        self.left = count

    def pass_by(self, point: str) -> None:
        if point != self.point:
            return
        self.left -= 1
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        """An asynchronous method with the points before and after it."""

        @functools.wraps(method)
        async def passing(*args: Any, **options: Any) -> Any:
            self.pass_by(f"before {name}")
            result = await method(*args, **options)
            self.pass_by(f"after {name}")
            return result

        return passing

    def within(self, name: str, change: Callable[..., Any]) -> Callable[..., Any]:
        """A change of the store with the point between its statements and the commit."""

        @functools.wraps(change)
        def passing(*args: Any, **options: Any) -> Any:
            result = change(*args, **options)
            self.pass_by(f"inside {name}")
            return result

        return passing


def arm(bullet: Bullet) -> None:
    """Put the points into the program."""
    from bot.sender import DiscordSender
    from digests.engine import Engine
    from digests.store import deliveries, watches
    from digests.watches import Watches

    for step in STEPS:
        owner = DiscordSender if hasattr(DiscordSender, step) else Engine
        setattr(owner, step, bullet.around(step, getattr(owner, step)))
    DiscordSender.edit = bullet.around("edit", DiscordSender.edit)  # type: ignore[method-assign]
    Watches.keep = bullet.around("keep", Watches.keep)  # type: ignore[method-assign]
    watches.save_watched = bullet.within("save_watched", watches.save_watched)
    for change in CHANGES:
        setattr(deliveries, change, bullet.within(change, getattr(deliveries, change)))


def main() -> None:
    point, count = sys.argv[1], int(sys.argv[2])
    assert point in (*POINTS, *ALERT_POINTS), point
    del sys.argv[1:3]
    arm(Bullet(point, count))
    from bot.__main__ import main as run

    run()


if __name__ == "__main__":
    main()

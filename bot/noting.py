"""The numbers on cards, kept while the answer goes out: who asks for a card does not wait until the store is written.

Whoever asks what a number means does: `noted` waits for what their channel has just been shown.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from digests import DigestError, Engine, ShownLine

log = logging.getLogger(__name__)

# By channel, in order; held until they are done: the event loop itself holds tasks only weakly.
_writing: dict[str, list[asyncio.Task[None]]] = {}


def note(engine: Engine, channel: str, lines: Sequence[ShownLine], *, reader: str | None) -> None:
    """Begin to keep the numbered lines that a channel, or one reader in it, is about to see."""
    task = asyncio.create_task(_write(engine, channel, lines, reader))
    _writing.setdefault(channel, []).append(task)
    task.add_done_callback(lambda done: _end(channel, done))


async def noted(channel: str | None = None) -> None:
    """Wait until what a channel was shown is kept, or what all were."""
    tasks = [task for key, some in _writing.items() if channel in (None, key) for task in some]
    if tasks:
        await asyncio.wait(tasks)


async def _write(engine: Engine, channel: str, lines: Sequence[ShownLine], reader: str | None) -> None:
    """A store that cannot be written is no reason not to answer."""
    try:
        await engine.note_shown(channel, lines, reader=reader)
    except DigestError as exc:
        log.warning("numbers of a card not kept channel=%s reason=%r", channel, exc)


def _end(channel: str, task: asyncio.Task[None]) -> None:
    _writing[channel].remove(task)
    if not _writing[channel]:
        del _writing[channel]
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("numbers of a card lost channel=%s", channel, exc_info=error)

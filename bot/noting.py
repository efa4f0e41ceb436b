"""The numbers on cards, kept while the answer goes out: who asks for a card does not wait until the store is written.

Whoever asks what a number means does: `noted` waits for what their channel has just been shown.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from bot.writes import Writes
from digests import DigestError, Engine, ShownLine

log = logging.getLogger(__name__)


def _lost(channel: str, error: BaseException) -> None:
    log.error("numbers of a card lost channel=%s", channel, exc_info=error)


# By channel.
_writes = Writes(_lost)


def note(engine: Engine, channel: str, lines: Sequence[ShownLine], *, reader: str | None) -> None:
    """Begin to keep the numbered lines that a channel, or one reader in it, is about to see."""
    _writes.start(_write(engine, channel, lines, reader), key=channel)


async def noted(channel: str | None = None) -> None:
    """Wait until what a channel was shown is kept, or what all were."""
    await _writes.done(key=channel)


async def _write(engine: Engine, channel: str, lines: Sequence[ShownLine], reader: str | None) -> None:
    """A store that cannot be written is no reason not to answer."""
    try:
        await engine.note_shown(channel, lines, reader=reader)
    except DigestError as exc:
        log.warning("numbers of a card not kept channel=%s reason=%r", channel, exc)

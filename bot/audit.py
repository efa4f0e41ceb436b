"""What admins changed: a line in the process's log, and an entry in the server's own log that `/log` shows.

Details are words for people to read a year later. They never hold secrets: of an address, only what leads to the
place is kept, without the query and without a user's name.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import discord

from bot.render.limits import shorten
from bot.render.markup import clean
from bot.services import services_of
from bot.writes import Writes
from digests import Engine

log = logging.getLogger("bot.audit")

#: Longest detail that is kept.
MAX_DETAIL = 300


def _lost(_: str, error: BaseException) -> None:
    log.error("audit entry lost reason=%s", error)


_writes = Writes(_lost)


def record_action(
    interaction: discord.Interaction[Any], action: str, **details: object
) -> asyncio.Task[None]:
    """`audit guild=1 user=2 action=sources.add url=...`; await the result to know that it is kept."""
    engine = services_of(interaction).engine
    return record(engine, str(interaction.guild_id), str(interaction.user.id), action, **details)


def record(
    engine: Engine, server: str, actor: str | None, action: str, **details: object
) -> asyncio.Task[None]:
    """As `record_action`; `actor` is `None` for what the bot does by itself."""
    told = {key: detail_words(value) for key, value in details.items() if value not in (None, "", ())}
    fields = " ".join(f"{key}={value!r}" for key, value in told.items())
    log.info("audit guild=%s user=%s action=%s %s", server, actor or "bot", action, fields)
    return _writes.start(engine.servers.record(server, actor, action, told))


async def written() -> None:
    """Wait until everything that was recorded is kept."""
    await _writes.done()


def detail_words(value: object) -> str:
    """A value as it may stand in the log: one line, without what is nobody's business."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        return shorten(clean(_without_secrets(str(value))), MAX_DETAIL)
    return shorten(", ".join(detail_words(item) for item in value), MAX_DETAIL)


def _without_secrets(text: str) -> str:
    """An address without user, password, query and fragment: keys stand there."""
    if "://" not in text:
        return text
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return "an address"
    host = parts.netloc.rsplit("@", 1)[-1]
    return f"{parts.scheme}://{host}{parts.path}{'?…' if parts.query else ''}"

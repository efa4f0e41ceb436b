"""Delivery's way to Discord: posting with a nonce and reading back, with Discord's errors told apart."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord

from bot.delivery import (
    SEND_SECONDS,
    AlreadyRemoved,
    Blocked,
    ChannelClosed,
    NotNow,
    Rejected,
    Unreadable,
)
from bot.render.page import Page
from bot.services import ServiceBot
from bot.views.buttons import page_buttons
from bot.views.layout import make_layout

#: "Unknown Message": on creating one, its nonce is known and its message gone (RELIABILITY: posted, then removed).
UNKNOWN_MESSAGE = 10008
#: Unknown channel, no access, no permission, not a text channel, wrong type, thread archived, thread locked.
CLOSED = frozenset({10003, 50001, 50013, 50008, 50024, 50083, 160005})


class DiscordSender:
    """Posts by channel id alone: needs no cached channel and no gateway."""

    def __init__(self, bot: ServiceBot) -> None:
        self._bot = bot

    async def send(self, destination: str, page: Page, nonce: str) -> str:
        view = make_layout(page, page_buttons(page))
        channel = self._bot.get_partial_messageable(int(destination))
        async with _translated():
            try:
                message = await channel.send(view=view, nonce=nonce)
            except discord.HTTPException as exc:
                if exc.code == UNKNOWN_MESSAGE:
                    raise AlreadyRemoved from exc
                if exc.status in (403, 404) or exc.code in CLOSED:
                    raise ChannelClosed(f"Discord answers {exc.status} ({exc.code}) {exc.text}") from exc
                raise
            return str(message.id)

    async def own_texts(self, destination: str, limit: int) -> Sequence[tuple[str, str]]:
        channel = self._bot.get_partial_messageable(int(destination))
        own = self._bot.user
        async with _translated():
            try:
                messages = [message async for message in channel.history(limit=limit)]
                # Without the right to read, Discord answers with an empty list and no error ("Get Channel Messages").
                if not messages and await self._has_held_messages(destination):
                    raise Unreadable("no message is shown, though there are some")
            except (discord.Forbidden, discord.NotFound) as exc:
                raise Unreadable(f"{exc.status} ({exc.code})") from exc
        return [
            (str(message.id), text_of(message))
            for message in messages
            if own is not None and message.author.id == own.id
        ]

    async def _has_held_messages(self, destination: str) -> bool:
        """Whether anything was ever posted there; it may have been removed since."""
        channel: dict[str, Any] = dict(await self._bot.http.get_channel(int(destination)))
        return channel.get("last_message_id") is not None


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    """A deadline, and the library's errors in delivery's own terms."""
    try:
        async with asyncio.timeout(SEND_SECONDS):
            yield
    except discord.RateLimited as exc:
        raise Blocked("rate limit", exc.retry_after) from exc
    except discord.HTTPException as exc:
        if exc.status in (401, 429):
            raise Blocked(f"Discord answers {exc.status}") from exc
        if exc.status == 400:
            raise Rejected(str(exc)) from exc
        raise NotNow(f"Discord answers {exc.status}") from exc
    except (aiohttp.ClientError, OSError, TimeoutError) as exc:
        raise NotNow(type(exc).__name__) from exc


def text_of(message: discord.Message) -> str:
    """Everything that a message shows: content, embeds, texts of components."""
    found = [message.content]
    for embed in message.embeds:
        found += [embed.description or "", embed.footer.text or ""]
    found += _component_texts(message.components)
    return "\n".join(part for part in found if part)


def _component_texts(components: Iterable[Any]) -> list[str]:
    found: list[str] = []
    for component in components:
        if isinstance(component, discord.TextDisplay):
            found.append(component.content)
        found += _component_texts(getattr(component, "children", ()))
    return found

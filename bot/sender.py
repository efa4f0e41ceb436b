"""Delivery's way to Discord: posting with a nonce and reading back, with Discord's errors told apart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

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
from bot.tongue import phrase, server_language, speaking
from bot.views.buttons import page_buttons
from bot.views.layout import make_layout

log = logging.getLogger(__name__)

#: "Unknown Message": on creating one, its nonce is known and its message gone (RELIABILITY: posted, then removed).
UNKNOWN_MESSAGE = 10008
#: "Maximum number of edits to messages older than 1 hour reached".
TOO_MANY_EDITS = 30046
#: "Unknown channel".
UNKNOWN_CHANNEL = 10003
#: What Discord says of a channel where the bot cannot post, by its error code, in words for the admins.
CLOSED = {
    UNKNOWN_CHANNEL: phrase("the channel is gone"),
    50001: phrase("the bot cannot see the channel (View Channel)"),
    50013: phrase("the bot may not write there (Send Messages)"),
    50008: phrase("it is not a channel for messages"),
    50024: phrase("it is not a channel for messages"),
    50083: phrase("the thread is archived"),
    160005: phrase("the thread is locked"),
}
#: "This message has already been crossposted".
ALREADY_PASSED_ON = 40033
#: Posts of a forum that are looked into for a mark: those with the same name.
MAX_POSTS = 5


class DiscordSender:
    """Posts by channel id alone: needs no cached channel and no gateway."""

    def __init__(self, bot: ServiceBot) -> None:
        self._bot = bot

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[None]:
        """Around each request: in its turn, and none while too many were refused. Raises as `_translated`."""
        await self._bot.pace.turn()
        if (rest_s := self._bot.refusals.rest_s) > 0:
            raise Blocked(f"Discord has refused {self._bot.refusals.count} requests in ten minutes", rest_s)
        async with _translated():
            yield

    async def send(self, destination: str, page: Page, nonce: str) -> str:
        view = _view_of(page)
        channel = self._bot.get_partial_messageable(int(destination))
        async with self._asking(), _closed_in_words():
            try:
                message = await channel.send(
                    view=view, nonce=nonce, allowed_mentions=_allowed(page.posting.mention)
                )
            except discord.NotFound as exc:
                if exc.code == UNKNOWN_MESSAGE:
                    raise AlreadyRemoved from exc
                raise
            return str(message.id)

    async def edit(self, destination: str, reference: str, page: Page) -> None:
        message = self._bot.get_partial_messageable(int(destination)).get_partial_message(int(reference))
        async with self._asking(), _closed_in_words():
            try:
                await message.edit(
                    view=_view_of(page),
                    allowed_mentions=discord.AllowedMentions.none(),
                )
            except discord.NotFound as exc:
                if exc.code == UNKNOWN_MESSAGE:
                    raise AlreadyRemoved from exc
                raise
            except discord.HTTPException as exc:
                if exc.code == TOO_MANY_EDITS:
                    raise NotNow("edits of old messages are limited") from exc
                raise

    def language_of(self, destination: str) -> str | None:
        return server_language(self._bot, destination)

    async def is_member(self, server: str, member: str) -> bool:
        async with self._asking():
            try:
                await self._bot.http.get_member(int(server), int(member))
            except (discord.NotFound, discord.Forbidden):
                return False
            return True

    def server_name(self, server: str) -> str | None:
        guild = self._bot.get_guild(int(server))
        return guild.name if guild is not None else None

    def server_locale(self, server: str) -> str | None:
        guild = self._bot.get_guild(int(server))
        return guild.preferred_locale.value if guild is not None else None

    def server_owner(self, server: str) -> str | None:
        guild = self._bot.get_guild(int(server))
        return str(guild.owner_id) if guild is not None and guild.owner_id is not None else None

    async def private_channel(self, member: str) -> str:
        async with self._asking(), _closed_in_words():
            return str((await self._bot.create_dm(discord.Object(int(member)))).id)

    async def open_post(self, destination: str, page: Page) -> str:
        async with self._asking(), _closed_in_words():
            forum = await self._forum(destination)
            tags = [discord.Object(int(tag)) for tag in page.posting.tags]
            made = await forum.create_thread(
                name=page.posting.title or "Digest",
                view=_view_of(page),
                applied_tags=cast(Any, tags),
                allowed_mentions=_allowed(page.posting.mention),
            )
            return str(made.thread.id)

    async def pass_on(self, destination: str, reference: str) -> None:
        channel = self._bot.get_partial_messageable(int(destination))
        if self._bot.refusals.rest_s > 0:
            log.warning(
                "not passed on channel=%s message=%s reason=too many refusals", destination, reference
            )
            return
        await self._bot.pace.turn()
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await channel.get_partial_message(int(reference)).publish()
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as exc:
            if getattr(exc, "code", None) != ALREADY_PASSED_ON:
                log.warning("not passed on channel=%s message=%s reason=%s", destination, reference, exc)

    async def own_texts(self, destination: str, limit: int) -> Sequence[tuple[str, str]]:
        channel = self._bot.get_partial_messageable(int(destination))
        own = self._bot.user
        async with self._asking():
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

    async def own_posts(self, destination: str, title: str) -> Sequence[tuple[str, str]]:
        own = self._bot.user
        found: list[tuple[str, str]] = []
        async with self._asking():
            try:
                forum = await self._forum(destination)
                active = await self._bot.http.get_active_threads(forum.guild.id)
                ids = [
                    int(thread["id"])
                    for thread in active["threads"]
                    if int(thread["parent_id"]) == forum.id
                    and own is not None
                    and int(thread["owner_id"]) == own.id
                    and thread["name"] == title
                ]
                for thread_id in sorted(ids, reverse=True)[:MAX_POSTS]:
                    # The first message of a post has the id of its thread.
                    message = await self._bot.get_partial_messageable(thread_id).fetch_message(thread_id)
                    found.append((str(thread_id), text_of(message)))
            except (discord.Forbidden, discord.NotFound) as exc:
                raise Unreadable(f"{exc.status} ({exc.code})") from exc
        return found

    async def _forum(self, destination: str) -> discord.ForumChannel:
        channel = self._bot.get_channel(int(destination)) or await self._bot.fetch_channel(int(destination))
        if not isinstance(channel, discord.ForumChannel):
            raise ChannelClosed(phrase("it is not a forum any more"))
        return channel

    async def _has_held_messages(self, destination: str) -> bool:
        """Whether anything was ever posted there; it may have been removed since."""
        channel: dict[str, Any] = dict(await self._bot.http.get_channel(int(destination)))
        return channel.get("last_message_id") is not None


def _view_of(page: Page) -> discord.ui.LayoutView:
    """The page with its buttons, in the language that it was written in."""
    with speaking(page.language):
        return make_layout(page, page_buttons(page))


def _allowed(role: str | None) -> discord.AllowedMentions:
    """Nobody is notified, but for the one role that an admin chose."""
    allowed = discord.AllowedMentions.none()
    if role is not None:
        allowed.roles = [discord.Object(int(role))]
    return allowed


@asynccontextmanager
async def _closed_in_words() -> AsyncIterator[None]:
    """Discord's refusals that concern the channel, as the words that the admins read."""
    try:
        yield
    except discord.HTTPException as exc:
        if exc.status in (403, 404) or exc.code in CLOSED:
            reason = CLOSED.get(exc.code, f"Discord answers {exc.status} ({exc.code}) {exc.text}")
            raise ChannelClosed(reason) from exc
        raise


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

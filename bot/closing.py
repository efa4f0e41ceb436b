"""What is posted in a place that is closed to the bot: paused, written down, and told to whoever set it up.

At once when Discord says that a channel, a thread or a role is gone; else at the first message that is refused. The
configuration stays as it is. The notice is a private message through the delivery ledger, so that it is not lost and
not doubled; who takes no private messages still finds the reason in the lists, in /status and in /log.
"""

from __future__ import annotations

import logging
from typing import Protocol

from bot.audit import record
from bot.delivery import Blocked, ChannelClosed, Delivery, NotNow, make_parts
from bot.render.markup import bold, clean, escape
from bot.render.page import Accent, Page
from bot.subscribing import Kept, active_kept
from bot.tongue import phrase, say, speaking
from digests import Engine, Watch, WatchKind

log = logging.getLogger(__name__)

CLOSED_PRIVATE = phrase("your private messages are closed to the bot")
#: Why a digest that mentions a role posts nothing any more: it would reach nobody, and nobody would notice.
ROLE_GONE = phrase("the role that it mentions is gone")
#: Entries of a server's log among which is looked for who set something up.
LOOKED_THROUGH = 500
SET_UP = frozenset({"subscriptions.add", "subscriptions.edit", "subscriptions.resume"})


class Reach(Protocol):
    """What is needed to tell somebody."""

    def server_name(self, server: str) -> str | None:
        """Its name; `None` where the bot is not."""
        ...

    def server_locale(self, server: str) -> str | None:
        """The language that it has set for itself."""
        ...

    def server_owner(self, server: str) -> str | None:
        """The member to whom the server belongs."""
        ...

    async def is_member(self, server: str, member: str) -> bool:
        """Whether somebody is in a server. Raises NotNow or Blocked."""
        ...

    async def private_channel(self, member: str) -> str:
        """Where private messages to a member go. Raises ChannelClosed, NotNow or Blocked."""
        ...


class Closing:
    """Pauses digests, alerts and follows whose place is closed; `delivery` posts the notices."""

    def __init__(self, engine: Engine, delivery: Delivery, reach: Reach) -> None:
        self._engine = engine
        self._delivery = delivery
        self._reach = reach

    async def pause_closed(self) -> bool:
        """Pause what is posted in the channels that delivery found closed; whether there is a notice to post."""
        closed = self._delivery.paused
        if not closed:
            return False
        told = False
        for kept in await active_kept(self._engine):
            reason = closed.get(kept.subscription.channel)
            if reason is not None:
                told |= await self._pause_digest(kept, reason)
        for watch in await self._engine.watches.active():
            reason = closed.get(watch.channel)
            if reason is not None:
                told |= await self._pause_watch(watch, reason)
        return told

    async def role_gone(self, server: str, role: str) -> bool:
        """A role was deleted: digests that mention it are paused."""
        told = False
        for kept in await active_kept(self._engine):
            if (kept.subscription.server, kept.subscription.role) == (server, role):
                told |= await self._pause_digest(kept, ROLE_GONE)
        return told

    async def _pause_digest(self, kept: Kept, reason: str) -> bool:
        wanted, number = kept.subscription, kept.number
        if wanted.server is None:
            return False
        with speaking(self._reach.server_locale(wanted.server)):
            words = say(
                "Digest {number} in {place} is paused: {reason}. /subscriptions edit changes it, "
                "/subscriptions resume lets it post again.",
                number=number,
                place=f"<#{wanted.channel}>",
                reason=escape(say(reason)),
            )
        maker = await self._maker(wanted.server, number)
        told = await self._tell(wanted.server, maker, f"{wanted.id}-notice", words)
        await self._engine.servers.pause_subscription(wanted.server, number, reason)
        details = {"number": number, "channel": wanted.channel, "reason": reason}
        await record(self._engine, wanted.server, None, "subscriptions.pause", **details)
        return told

    async def _pause_watch(self, watch: Watch, reason: str) -> bool:
        if watch.kind is WatchKind.FOLLOW:
            await self._engine.watches.pause(watch.id, CLOSED_PRIVATE)
            return False
        told = False
        if watch.owner is not None:
            with speaking(self._reach.server_locale(watch.owner)):
                words = say(
                    "The alerts in {place} are paused: {reason}. /alerts with the channel turns them on again.",
                    place=f"<#{watch.channel}>",
                    reason=escape(say(reason)),
                )
            slot = f"{watch.owner}-alerts-{watch.id}-notice"
            told = await self._tell(watch.owner, watch.made_by, slot, words)
            details = {"channel": watch.channel, "reason": reason}
            await record(self._engine, watch.owner, None, "alerts.pause", **details)
        await self._engine.watches.pause(watch.id, reason)
        return told

    async def _maker(self, server: str, number: int) -> str | None:
        """Who set a digest up, or changed it last."""
        for action in await self._engine.servers.log(server, limit=LOOKED_THROUGH):
            if action.action in SET_UP and dict(action.details).get("number") == str(number):
                return action.actor
        return None

    async def _tell(self, server: str, maker: str | None, slot: str, words: str) -> bool:
        """Put a notice into the ledger, for who set it up, or for the server's owner when they have left."""
        name = self._reach.server_name(server)
        if name is None:
            return False
        try:
            if maker is None or not await self._reach.is_member(server, maker):
                maker = self._reach.server_owner(server)
            if maker is None:
                return False
            channel = await self._reach.private_channel(maker)
        except (ChannelClosed, NotNow, Blocked) as exc:
            log.warning("admin not told server=%s slot=%s reason=%s", server, slot, exc)
            return False
        now = self._engine.now()
        page = Page(blocks=(f"{bold(escape(clean(name)))}\n{words}",), accent=Accent.DISPUTED)
        parts = make_parts(slot, now.date(), f"{now:%H:%M}", [page])
        return await self._engine.open_slot(slot, now.date(), f"{now:%H:%M}", channel, parts)

"""The bot's clockwork: every few seconds it does what is due, and now and then it reads the sources.

The scheduler only calls; what is due is decided from the settings, the clock and the ledger (`bot.schedule`), so
that a sleeping machine, a blocked loop or a moved clock makes a digest late and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import aiohttp
import discord
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.closing import Closing
from bot.config import Subscription
from bot.delivery import SEND_SECONDS, Delivery, NotNow, Sender, make_parts
from bot.render.page import Posting
from bot.render.subscriptions import NOT_NOW, posted_words
from bot.render.words import days_words
from bot.schedule import LAST_SETTING, Plan, Slot, plan_digests, previous_instant, slot_now
from bot.sender import DiscordSender
from bot.services import ServiceBot
from bot.subscribing import all_active
from bot.tongue import say, server_language, speaking
from bot.views.channel import build_channel_digest
from bot.watching import Watcher
from digests import DigestError, RefreshInProgress

log = logging.getLogger(__name__)

#: How long a due digest waits at the start for the first refresh, so that it knows the night's news.
FIRST_REFRESH_SECONDS = 120
#: How long a stop waits for a running job to end.
STOP_SECONDS = 5


class Ticker:
    """Runs `tick` and `refresh` until it is stopped."""

    def __init__(self, bot: ServiceBot, *, sender: Sender | None = None) -> None:
        self._bot = bot
        self._engine = bot.services.engine
        self._config = bot.services.config
        self.delivery = Delivery(self._engine, sender or DiscordSender(bot), self._engine.now)
        self.watcher = Watcher(self._engine, self.delivery, DiscordSender(bot))
        self._closing = Closing(self._engine, self.delivery, DiscordSender(bot))
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._is_loaded = asyncio.Event()
        self._started_at: float | None = None
        self._ticking = asyncio.Lock()
        self._running: set[asyncio.Task[object]] = set()
        self._is_stopping = False

    def start(self) -> None:
        """Begin, at once and then regularly; needs the running event loop."""
        self._started_at = asyncio.get_running_loop().time()
        soon = dt.datetime.now(dt.UTC)
        common = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None, "next_run_time": soon}
        self._scheduler.add_job(self.tick, "interval", seconds=self._config.discord.tick_seconds, **common)
        self._scheduler.add_job(
            self.refresh, "interval", minutes=self._engine.config.refresh_minutes, **common
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """End, and wait until what was running has let go of store and connection."""
        self._is_stopping = True
        if self._scheduler.running:
            # A job that has been handed out but has not begun would be logged as failed: it begins, and is cut off.
            self._scheduler.pause()
            await asyncio.sleep(0)
            self._scheduler.shutdown(wait=False)
        running = [task for task in self._running if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running, timeout=STOP_SECONDS)

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        """Keeps a run of a job among those that a stop waits for."""
        task = asyncio.current_task()
        assert task is not None
        is_outer = task not in self._running
        self._running.add(task)
        try:
            yield
        except asyncio.CancelledError:
            # Cut off by our own stop, it ends here: the scheduler would log it as a failed job, with a traceback.
            if not (is_outer and self._is_stopping):
                raise
        finally:
            if is_outer:
                self._running.discard(task)

    async def refresh(self) -> None:
        """Read the sources; what goes wrong is logged and tried again next time."""
        with self._counted():
            await self._refresh()
            is_first = not self._is_loaded.is_set()
            self._is_loaded.set()
            if is_first:
                # What waited for the first refresh does not wait for the next tick too.
                await self.tick()

    async def _refresh(self) -> None:
        try:
            await self._engine.scrub()
            report = await self._engine.refresh(only_due=True)
            failed = sum(1 for result in report.results if result.error)
            log.info("refreshed sources=%s failed=%s", len(report.results), failed)
            await self._engine.servers.tidy()
            await self._engine.forget_servers()
        except RefreshInProgress:
            log.info("refresh skipped: one is running")
        except DigestError as exc:
            log.error("refresh failed reason=%s", exc)

    async def tick(self) -> None:
        """Finish what was begun, open what is due, and send it."""
        with self._counted():
            async with self._ticking:
                await self._tick()

    async def _tick(self) -> None:
        try:
            await self.delivery.finish()
            if self._may_open() and (wanted := await self._open_subscriptions()):
                await self.open_due(await plan_digests(self._engine.now(), wanted, self._engine))
                await self.delivery.finish()
            await self._pause_closed()
            await self._engine.keep_ready()
            await self._watch()
        except DigestError as exc:
            log.error("tick failed reason=%s", exc)

    async def _watch(self) -> None:
        """Tell channels and members what has moved in their stories."""
        if self._may_open() and await self.watcher.look():
            await self.delivery.finish()
        await self._pause_closed()

    def _may_open(self) -> bool:
        """Whether the first refresh is done or has had its time."""
        if self._is_loaded.is_set() or self._started_at is None:
            return True
        return asyncio.get_running_loop().time() - self._started_at > FIRST_REFRESH_SECONDS

    async def _open_subscriptions(self) -> list[Subscription]:
        wanted = await all_active(self._engine, self._config)
        return [one for one in wanted if one.channel not in self.delivery.paused]

    async def close_channel(self, channel: str, reason: str) -> None:
        """A channel is gone: what is posted there is paused now, not when the next message is refused."""
        with self._counted():
            async with self._ticking:
                self.delivery.paused.setdefault(channel, reason)
                await self._pause_closed()

    async def role_gone(self, server: str, role: str) -> None:
        """A role is gone: what mentions it is paused now."""
        with self._counted():
            async with self._ticking:
                if await self._closing.role_gone(server, role):
                    await self.delivery.finish()

    async def _pause_closed(self) -> None:
        """Pause what is posted in channels that turned out closed, and tell who set it up."""
        if await self._closing.pause_closed():
            await self.delivery.finish()

    async def post_now(self, subscription: Subscription) -> str:
        """Post a digest beside its schedule, through the ledger; a sentence that says what came of it."""
        slot = slot_now(subscription, self._engine.now())
        async with self._ticking:
            try:
                is_new = await self._open(slot, 0)
            except NotNow:
                return say(NOT_NOW)
            if is_new:
                await self.delivery.finish()
                await self._pause_closed()
            parts = await self._engine.slot_parts(subscription.id, slot.day, slot.at)
        return posted_words(parts, subscription.channel, is_new=is_new)

    async def open_due(self, plan: Plan) -> None:
        """Freeze every due digest in the ledger, and note those that are skipped."""
        skipped: Counter[str] = Counter()
        left_out: Counter[str] = Counter()
        for slot in plan.skipped:
            name = slot.subscription.id
            (left_out if slot.is_left_out else skipped)[name] += 1
            if slot.is_left_out:
                log.info("digest left out subscription=%s day=%s at=%s: quiet hours", name, slot.day, slot.at)
                continue
            log.warning("digest skipped subscription=%s day=%s at=%s: too late", name, slot.day, slot.at)
        opened = list(plan.skipped)
        for slot in plan.due:
            try:
                await self._open(slot, skipped[slot.subscription.id], left_out[slot.subscription.id])
            except NotNow as exc:
                log.warning("digest postponed subscription=%s reason=%s", slot.subscription.id, exc)
            else:
                opened.append(slot)
        for slot in opened:
            await self._remember(slot)

    async def _open(self, slot: Slot, skipped: int, left_out: int = 0) -> bool:
        """Freeze one digest in the ledger; `False` when it was there already. Raises NotNow."""
        subscription = slot.subscription
        with speaking(subscription.language or server_language(self._bot, subscription.channel)):
            pages = await build_channel_digest(
                self._engine,
                subscription,
                since=previous_instant(slot),
                until=slot.instant,
                skipped=skipped,
                left_out=left_out,
            )
            posting = await self._posting_of(slot)
        pages = tuple(replace(page, posting=replace(posting, mention=page.posting.mention)) for page in pages)
        parts = make_parts(subscription.id, slot.day, slot.at, pages)
        opened = await self._engine.open_slot(subscription.id, slot.day, slot.at, subscription.channel, parts)
        log.info(
            "digest opened subscription=%s day=%s at=%s parts=%s new=%s",
            subscription.id, slot.day, slot.at, len(parts), opened,
        )  # fmt: skip
        return opened

    async def _posting_of(self, slot: Slot) -> Posting:
        """How the messages are posted: in a forum as one post with its name and tags. Raises NotNow."""
        wanted = slot.subscription
        forum = await self._channel(wanted.channel)
        if not isinstance(forum, discord.ForumChannel):
            return Posting(crosspost=wanted.crosspost)
        names = {name.casefold() for name in wanted.tags}
        return Posting(
            title=say("Digest of {day}, {at}", day=days_words(slot.day, slot.day), at=slot.at),
            tags=tuple(str(tag.id) for tag in forum.available_tags if tag.name.casefold() in names),
        )

    async def _channel(self, channel: str) -> object:
        """The channel, from memory or from Discord; `None` when the bot cannot see it. Raises NotNow."""
        known = self._bot.get_channel(int(channel))
        if known is not None:
            return known
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return await self._bot.fetch_channel(int(channel))
        except (discord.NotFound, discord.Forbidden):
            return None
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as exc:
            raise NotNow(f"the channel cannot be looked up: {type(exc).__name__}") from exc

    async def _remember(self, slot: Slot) -> None:
        """The newest slot that was dealt with: older ones are never asked for again."""
        key = LAST_SETTING.format(subscription=slot.subscription.id)
        known = await self._engine.setting(key)
        if known is None or dt.datetime.fromisoformat(known) < slot.instant:
            await self._engine.set_setting(key, slot.instant.isoformat())

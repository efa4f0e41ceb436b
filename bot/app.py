"""The bot itself: the client with its services, and its life from the lock to the last message.

lock the store -> open the engine -> log in -> commands, buttons, schedule -> serve -> stop within ten seconds
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import signal
import sys
from collections.abc import Mapping
from typing import Any

import aiohttp
import discord
import yarl
from discord.ext import commands

from bot.audit import written
from bot.cogs import EXTENSIONS
from bot.collector import calm_collector
from bot.config import BotConfig, DiscordSettings, Subscription
from bot.errors import BotTree
from bot.monitor import monitored
from bot.noting import noted
from bot.pace import Pace
from bot.refusals import Refusals
from bot.services import ServiceBot, Services
from bot.ticker import Ticker
from bot.translation import CatalogueTranslator, command_payload
from bot.views.buttons import StoryButton
from bot.views.listing import ListingButton
from bot.views.log import LogButton
from bot.views.sources import SourceButton
from bot.views.subscriptions import SubscriptionButton
from bot.views.wrong import WrongButton
from bot.watchdog import LoopWatch
from digests import ConfigError, Engine, EngineConfig, open_engine, process_lock

log = logging.getLogger(__name__)

#: EX_TEMPFAIL of sysexits.h: another process has the store; trying again later may work.
EXIT_LOCKED = 75
#: How long a stop may take before it is cut off; the promise to the outside is ten seconds.
STOP_SECONDS = 8
# What a start that is cut off may take of it.
_CANCEL_SECONDS = 1.0
#: Seconds until the first and the longest pause between two tries to log in (RELIABILITY: doubling to ten minutes).
FIRST_PAUSE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 600.0
#: Longest that an answer waits for a rate limit before it fails in words.
MAX_WAIT_SECONDS = 60.0
#: How long a thread that reads articles keeps the interpreter while the event loop waits for it. At Python's 5 ms each
#: step of an answer waits that long; with 1 ms the slowest hundredth of questions during a load took a third.
SWITCH_SECONDS = 0.001
#: The gateway's close code for intents that a bot may not use; the library raises an error of its own for it.
DISALLOWED_INTENTS = 4014
#: Setting under which the fingerprint of the registered commands is kept, per application.
TREE_SETTING = "discord.tree.{application}"


# Names of the library's tasks that may use the store.
_BEGUN_BY_EVENTS = ("discord.py: ", "CommandTree-invoker", "discord-ui-")


class SitrepBot(ServiceBot):
    """Slash commands and scheduled digests; needs no privileged intent and caches no members."""

    def __init__(self, *, config: BotConfig, engine: Engine, shard_count: int | None = None) -> None:
        self.refusals, self.pace = Refusals(), Pace()
        super().__init__(
            http_trace=self.refusals.trace(),
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=BotTree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=MAX_WAIT_SECONDS,
            shard_count=shard_count,
        )
        self.services = Services(engine=engine, config=config)
        self.ticker = Ticker(self)

    async def setup_hook(self) -> None:
        await self.tree.set_translator(CatalogueTranslator())
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        self.add_dynamic_items(
            StoryButton, ListingButton, SourceButton, SubscriptionButton, LogButton, WrongButton
        )
        await self._learn_shards()
        await sync_when_changed(self, self.services.engine)
        self.ticker.start()

    @property
    def paused_channels(self) -> Mapping[str, str]:
        return self.ticker.delivery.paused

    def reopen_channel(self, channel: str) -> None:
        self.ticker.delivery.paused.pop(channel, None)

    async def channel_gone(self, channel: str, reason: str) -> None:
        await self.ticker.close_channel(channel, reason)

    async def role_gone(self, server: str, role: str) -> None:
        await self.ticker.role_gone(server, role)

    async def post_now(self, subscription: Subscription) -> str:
        return await self.ticker.post_now(subscription)

    async def close(self) -> None:
        await self.ticker.stop()
        await written()
        await noted()
        await super().close()
        await _cut_off_events()

    async def _learn_shards(self) -> None:
        """With an own gateway address, ask only for the number of shards: the answer's address would lead past it."""
        if self.services.config.discord.gateway and self.shard_count is None:
            self.shard_count, _, _ = await self.http.get_bot_gateway()

    async def on_ready(self) -> None:
        log.info("ready user=%s guilds=%s shards=%s", self.user, len(self.guilds), self.shard_count)


async def _cut_off_events() -> None:
    """End what events began, before the store is closed under it; nobody can be answered any more.

    The library starts a task for each event, command and button, and knows them by name alone
    (`Client._schedule_event`, `CommandTree._from_interaction`, `ViewStore`); cancelled ones end without a word.
    """
    own = asyncio.current_task()
    tasks = [
        one for one in asyncio.all_tasks() if one is not own and one.get_name().startswith(_BEGUN_BY_EVENTS)
    ]
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)


async def sync_when_changed(bot: commands.Bot | commands.AutoShardedBot, engine: Engine) -> bool:
    """Register the commands with Discord when they are not what it has; returns whether it was needed.

    Creating commands is limited to 200 a day, so an unchanged tree is left alone. The names are compared too: what
    Discord has may have been removed from outside.
    """
    tree = bot.tree
    payload: list[Any] = await command_payload(tree)
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False)
    fingerprint = hashlib.sha256(text.encode("utf-8")).hexdigest()
    setting = TREE_SETTING.format(application=bot.application_id)
    if await engine.setting(setting) == fingerprint:
        registered = {command.name for command in await tree.fetch_commands()}
        if registered == {command.name for command in tree.get_commands()}:
            return False
    assert bot.application_id is not None
    synced = await bot.http.bulk_upsert_global_commands(bot.application_id, payload=payload)
    await engine.set_setting(setting, fingerprint)
    log.info("commands registered count=%s", len(synced))
    return True


def point_to(settings: DiscordSettings) -> None:
    """Lead the library to another API and gateway (a proxy, a test server) before it logs in."""
    if settings.api_base:
        discord.http.Route.BASE = settings.api_base
    if settings.gateway:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway)


async def run_bot(settings: EngineConfig, config: BotConfig) -> None:
    """Run until a stop signal; everything is closed when this returns.

    Raises:
        ConfigError: There is no token, or Discord refuses it.
        StoreLocked: Another process runs on this store.
    """
    # There is no voice here, so its missing libraries are no news.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    if config.token is None:
        raise ConfigError("environment", "DISCORD_TOKEN", "expected the bot's token, found none")
    sys.setswitchinterval(SWITCH_SECONDS)
    point_to(config.discord)
    with process_lock(settings.store.path), calm_collector():
        # Before the store opens: a migration is finished, not cut off, when the stop comes while it runs.
        stop = _stop_signal()
        async with open_engine(settings) as engine, LoopWatch() as watch:
            try:
                await _serve_until(stop, engine, config, watch)
            except (discord.LoginFailure, discord.ConnectionClosed, discord.PrivilegedIntentsRequired) as exc:
                raise refusal_of(exc) from exc


def refusal_of(error: discord.ClientException) -> ConfigError:
    """What is wrong with the settings when Discord refuses the bot for good."""
    if isinstance(error, discord.LoginFailure):
        return ConfigError("environment", "DISCORD_TOKEN", "Discord refuses this token")
    code = error.code if isinstance(error, discord.ConnectionClosed) else DISALLOWED_INTENTS
    return ConfigError("discord", "", f"the gateway refuses this bot (close code {code})")


def _stop_signal() -> asyncio.Event:
    """Set when the process is asked to end."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def _serve_until(stop: asyncio.Event, engine: Engine, config: BotConfig, watch: LoopWatch) -> None:
    """Serve; when Discord cannot be reached at the start, try again later and later, instead of ending at once.

    A process that ends at every failure is started again by its supervisor at once, and logins are counted: after
    1,000 in a day Discord takes the token away.
    """
    assert config.token is not None
    pause = FIRST_PAUSE_SECONDS
    while not stop.is_set():
        bot = SitrepBot(config=config, engine=engine)
        try:
            async with monitored(bot, watch, config.monitor.listen):
                await serve_once(bot, config.token.get_secret_value(), stop)
            return
        except (aiohttp.ClientError, OSError, discord.GatewayNotFound, discord.DiscordServerError) as exc:
            log.error("Discord cannot be reached reason=%s next_try_seconds=%.0f", exc, pause)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await stop.wait()
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)


async def serve_once(bot: discord.Client, token: str, stop: asyncio.Event) -> None:
    """One life of the client, until the stop signal or until it fails."""
    serving = asyncio.create_task(bot.start(token))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    failed_by_itself = serving.done()
    log.info("stopping")
    if not bot.is_ready():
        # A shard that is still connecting would find its connection closed under it, and try again.
        serving.cancel()
        await asyncio.wait({serving}, timeout=_CANCEL_SECONDS)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(STOP_SECONDS):
            await bot.close()
    if not serving.done():
        serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    if serving.cancelled() or (error := serving.exception()) is None:
        return
    if failed_by_itself:
        raise error
    # Whatever it was about to ask of Discord fails once the connection is closed under it: no failure of the bot.
    log.debug("cut off by the stop error=%r", error)

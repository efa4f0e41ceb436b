"""What a supervisor and a dashboard ask the running bot: the health file, `/healthz`, and `/metrics` for Prometheus.

Red means that a restart may help: the loop stands still, the store takes no writes, or the gateway has been gone for a
minute. A source that fails or a channel that is closed is no ill health of the process; those are metrics.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import discord
from aiohttp import web
from discord import app_commands
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.services import ServiceBot
from bot.watchdog import LoopWatch
from digests import ConfigError, DigestError, EngineStatus

log = logging.getLogger(__name__)

#: Seconds that a part may be silent before it counts as ill.
PATIENCE_S = 60.0
#: Seconds between two looks at the store.
LOOK_S = 15.0


class Monitor:
    """Looks at loop, store and gateway, and says what it sees. `clock` gives seconds that only grow."""

    def __init__(
        self, bot: ServiceBot, watch: LoopWatch, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._bot = bot
        self._watch = watch
        self._clock = clock
        self._wrote_at = clock()
        # Shards without a session and since when; `None` stands for those that have not come up yet.
        self._gone: dict[int | None, float] = {None: clock()}
        self._status: EngineStatus | None = None
        self._waiting = 0
        self._completed: Counter[str] = Counter()
        for event in ("connect", "ready", "resumed"):
            bot.add_listener(self.shard_is_back, f"on_shard_{event}")
        bot.add_listener(self.shard_is_gone, "on_shard_disconnect")
        bot.add_listener(self.count_command, "on_app_command_completion")

    async def shard_is_back(self, shard: int) -> None:
        self._gone.pop(None, None)
        self._gone.pop(shard, None)

    async def shard_is_gone(self, shard: int) -> None:
        self._gone.setdefault(shard, self._clock())

    async def count_command(
        self, _interaction: discord.Interaction, command: app_commands.Command[Any, ..., Any]
    ) -> None:
        self._completed[command.qualified_name] += 1

    async def look(self) -> None:
        """Ask the store for a write and its numbers, and touch the health file when all is well."""
        engine = self._bot.services.engine
        try:
            await engine.ping()
            self._wrote_at = self._clock()
            self._status = await engine.status()
            self._waiting = len(await engine.unfinished_parts())
        except DigestError as exc:
            log.error("the store does not answer reason=%s", exc)
        if not self.problems():
            health_file(engine.config.store.path).touch()

    async def keep_looking(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_S)

    def problems(self) -> tuple[str, ...]:
        """What is ill, in words; empty when a restart would mend nothing."""
        now = self._clock()
        found = []
        if self._watch.age_s > PATIENCE_S:
            found.append(f"the event loop has stood still for {self._watch.age_s:.0f} s")
        if now - self._wrote_at > PATIENCE_S:
            found.append(f"the store has taken no write for {now - self._wrote_at:.0f} s")
        if self._gone and (longest := now - min(self._gone.values())) > PATIENCE_S:
            found.append(f"the gateway has been gone for {longest:.0f} s")
        return tuple(found)

    def metrics(self) -> Iterator[Metric]:
        """The numbers of now, in base units, under names of the Prometheus conventions."""
        yield _gauge("up", "Whether loop, store and gateway are well.", float(not self.problems()))
        yield _gauge(
            "event_loop_lag_seconds", "Longest delay since the last scrape.", self._watch.take_worst_s()
        )
        yield _gauge("gateway_shards_gone", "Shards without a session.", float(len(self._gone)))
        if self._bot.latency == self._bot.latency and self._bot.latency != float("inf"):
            yield _gauge("gateway_latency_seconds", "Answer time of the gateway.", self._bot.latency)
        yield _gauge("deliveries_waiting", "Messages that are not posted yet.", float(self._waiting))
        yield _gauge("channels_paused", "Channels closed to the bot.", float(len(self._bot.paused_channels)))
        yield _gauge(
            "requests_refused",
            "Requests that Discord refused in ten minutes.",
            float(self._bot.refusals.count),
        )
        completed = CounterMetricFamily(
            "sitrep_commands_completed", "Commands that were answered.", labels=["command"]
        )
        for command, count in sorted(self._completed.items()):
            completed.add_metric([command], count)
        yield completed
        if self._status is not None:
            yield from _of_store(self._status)


def _of_store(status: EngineStatus) -> Iterator[Metric]:
    yield _gauge("articles", "Articles in the store.", float(status.articles))
    yield _gauge("stories", "Stories in the store.", float(status.stories))
    yield _gauge("store_bytes", "Size of the store's file.", float(status.store_bytes))
    yield _gauge(
        "store_damaged", "Whether rows were found that changed in the file.", float(bool(status.damage))
    )
    yield _gauge("sources", "Sources.", float(status.sources))
    yield _gauge("sources_failing", "Sources whose last check failed.", float(len(status.failing)))
    if status.last_refresh is not None:
        yield _gauge(
            "last_refresh_timestamp_seconds", "When sources were last read.", status.last_refresh.timestamp()
        )


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"sitrep_{name}", words, value=value)


class _Shown(Collector):
    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor

    def collect(self) -> Iterator[Metric]:
        return self._monitor.metrics()

    def describe(self) -> list[Metric]:
        """Nothing ahead: the numbers are there only once the bot is."""
        return []


def monitor_app(monitor: Monitor) -> web.Application:
    """`/healthz` (200, or 503 with what is ill) and `/metrics`; it shows no name, no text and no secret."""
    registry = CollectorRegistry()
    registry.register(_Shown(monitor))

    async def healthz(_request: web.Request) -> web.Response:
        problems = monitor.problems()
        return web.Response(text="\n".join(problems or ("ok",)) + "\n", status=503 if problems else 200)

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/metrics", metrics)])
    return app


@contextlib.asynccontextmanager
async def monitored(bot: ServiceBot, watch: LoopWatch, listen: str | None) -> AsyncIterator[Monitor]:
    """Look at the bot for as long as the context lasts, and answer on `listen` ("host:port") where that is set.

    Raises:
        ConfigError: The address is taken or not of this machine.
    """
    monitor = Monitor(bot, watch)
    looking = asyncio.create_task(monitor.keep_looking())
    runner = web.AppRunner(monitor_app(monitor), access_log=None, shutdown_timeout=0.5)
    try:
        if listen is not None:
            await _listen(runner, listen)
        yield monitor
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        await runner.cleanup()


async def _listen(runner: web.AppRunner, address: str) -> None:
    host, _, port = address.rpartition(":")
    await runner.setup()
    try:
        await web.TCPSite(runner, host.strip("[]"), int(port)).start()
    except (OSError, OverflowError) as exc:
        raise ConfigError("settings", "monitor.listen", f"cannot listen on {address}: {exc}") from exc
    log.info("monitor listens on=%s", address)


def health_file(store: Path) -> Path:
    """Its age is the container's health check."""
    return store.with_name(store.name + ".health")

"""Health that does not lie: red for a stuck loop, store or gateway, green for all else; and the numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import aiohttp
import pytest

from bot.monitor import Monitor, health_file, monitored
from bot.refusals import Refusals
from digests import ConfigError, EngineConfig, StoreError, open_engine
from digests.config import StoreConfig


class StubBot:
    """What the monitor asks of a bot."""

    latency = 0.25
    refusals = Refusals()
    paused_channels: ClassVar[dict[str, str]] = {"1": "gone"}

    def __init__(self, engine: Any) -> None:
        self.services = type("Services", (), {"engine": engine})
        self.listeners: dict[str, Any] = {}

    def add_listener(self, function: Any, name: str) -> None:
        self.listeners[name] = function


class StubWatch:
    age_s = 0.1

    def take_worst_s(self) -> float:
        return 0.0625


class Case:
    """A monitor over a real store, with hands on its clock."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.now = 1000.0
        self.watch = StubWatch()
        self.bot = StubBot(engine)
        self.monitor = Monitor(self.bot, self.watch, clock=lambda: self.now)  # type: ignore[arg-type]

    @property
    def file(self) -> Path:
        return health_file(self.engine.config.store.path)


@pytest.fixture
async def case(tmp_path: Path) -> Any:
    async with open_engine(EngineConfig(store=StoreConfig(path=tmp_path / "a.db")), prepare=False) as engine:
        case = Case(engine)
        await case.bot.listeners["on_shard_connect"](0)
        yield case


async def test_green(case: Case) -> None:
    """All well: the file is touched."""
    case.now += 3600
    await case.monitor.look()
    assert () == case.monitor.problems()
    assert case.file.exists()


async def test_a_stuck_loop_is_red(case: Case) -> None:
    case.watch.age_s = 61.0
    await case.monitor.look()
    assert ("the event loop has stood still for 61 s",) == case.monitor.problems()
    assert not case.file.exists()


async def test_a_store_that_takes_no_writes_is_red(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a minute, not at the first failure."""

    async def full() -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(case.engine, "ping", full)
    case.now += 59
    await case.monitor.look()
    assert () == case.monitor.problems()
    case.now += 2
    await case.monitor.look()
    assert ("the store has taken no write for 61 s",) == case.monitor.problems()


async def test_a_gateway_that_is_gone_is_red_until_it_is_back(case: Case) -> None:
    """A short break is none."""
    await case.bot.listeners["on_shard_disconnect"](0)
    case.now += 59
    await case.bot.listeners["on_shard_disconnect"](0)
    assert () == case.monitor.problems()
    case.now += 2
    await case.monitor.look()
    assert ("the gateway has been gone for 61 s",) == case.monitor.problems()
    await case.bot.listeners["on_shard_resumed"](0)
    assert () == case.monitor.problems()


async def test_a_bot_that_never_came_up_is_red(case: Case) -> None:
    """From its start on."""
    late = Case(case.engine)
    late.now += 61
    await late.monitor.look()
    assert ("the gateway has been gone for 61 s",) == late.monitor.problems()


async def fetch(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


async def test_over_http(case: Case, unused_tcp_port: int) -> None:
    """`/healthz` and `/metrics`, in the formats that supervisors and Prometheus read."""
    listen = f"127.0.0.1:{unused_tcp_port}"
    async with monitored(case.bot, case.watch, listen) as monitor:  # type: ignore[arg-type]
        await monitor.shard_is_back(0)
        await monitor.look()
        assert (200, "ok\n") == await fetch(f"http://{listen}/healthz")
        status, text = await fetch(f"http://{listen}/metrics")
        assert 200 == status
        lines = text.splitlines()
        assert "sitrep_up 1.0" in lines
        assert "sitrep_articles 0.0" in lines
        assert "sitrep_event_loop_lag_seconds 0.0625" in lines
        assert "sitrep_gateway_latency_seconds 0.25" in lines
        case.watch.age_s = 99.0
        status, text = await fetch(f"http://{listen}/healthz")
        assert (503, "the event loop has stood still for 99 s\n") == (status, text)
        with pytest.raises(ConfigError, match=r"monitor\.listen: cannot listen on"):
            async with monitored(case.bot, case.watch, listen):  # type: ignore[arg-type]
                pass


async def test_commands_are_counted(case: Case) -> None:
    """By name alone: nothing of who asked what."""
    command = type("Command", (), {"qualified_name": "sources list"})
    await case.monitor.count_command(None, command)  # type: ignore[arg-type]
    await case.monitor.count_command(None, command)  # type: ignore[arg-type]
    [counted] = [metric for metric in case.monitor.metrics() if metric.name == "sitrep_commands_completed"]
    assert [({"command": "sources list"}, 2)] == [(one.labels, one.value) for one in counted.samples]


def test_the_file_stands_beside_the_store() -> None:
    """Where the container's check looks."""
    assert Path("/data/sitrep.db.health") == health_file(Path("/data/sitrep.db"))

"""What the engine's tests share: articles in our own words, an engine on a temporary store, a feed on loopback."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from digests.clock import fixed_clock
from digests.config import EngineConfig, FetchConfig, SourceConfig, StoreConfig
from digests.engine import Engine, open_engine
from digests.types import RefreshReport
from tests.digests.sources.loopback import Loopback, serving

NOW = dt.datetime(2026, 6, 12, 9, tzinfo=dt.UTC)

# Two events, far apart in words.
DAM = (
    "The Orlen dam above Kestwick burst on Tuesday after a night of rain, and the water swept through the village of "
    "Lower Orlen. At least {count} people were killed, the regional governor, Ida Falk, said. Rescue boats searched "
    "the flooded valley below the dam for families who had climbed onto roofs."
)
STRIKE = (
    "Train drivers in Valmora stopped work on Monday over pay, and most suburban lines stood still. The drivers' union "
    "said {count} per cent of its members had joined the walkout. The railway company called for new talks about wages."
)


def article(number: int, text: str = DAM, **keys: Any) -> dict[str, Any]:
    """A JSON article; odd numbers tell of the dam by default."""
    return {
        "id": f"a{number}",
        "text": text.format(count=number),
        "title": f"{text.split('.')[0][:60]} ({number})",
        "outlet": f"Outlet {number}",
        "published": f"2026-06-{9 + number % 3:02}T10:00:00Z",
        **keys,
    }


#: Three of the dam, two of the strike.
FIVE = [article(1), article(2), article(3), article(4, STRIKE), article(5, STRIKE)]


def lines(*articles: dict[str, Any]) -> list[str]:
    return [json.dumps(one) for one in articles]


@asynccontextmanager
async def engine_at(
    folder: Path,
    *,
    sources: tuple[SourceConfig, ...] = (),
    allow: tuple[str, ...] = (),
    now: dt.datetime = NOW,
    prepare: bool = False,
    keep_sources: bool = False,
    **fetch: Any,
) -> AsyncIterator[Engine]:
    """An engine on `folder/a.db` with a clock that stands still."""
    config = EngineConfig(
        store=StoreConfig(path=folder / "a.db"),
        sources=sources,
        fetch=FetchConfig(allow_hosts=allow, **fetch),
    )
    async with open_engine(
        config, clock=fixed_clock(now), prepare=prepare, keep_sources=keep_sources
    ) as engine:
        yield engine


def counts(report: RefreshReport) -> list[tuple[int, int, int, int]]:
    """What became of the articles of each source: new, changed, unchanged, failed."""
    return [(r.new, r.changed, r.unchanged, r.failed) for r in report.results]


async def load(engine: Engine, *articles: dict[str, Any], name: str = "wire") -> RefreshReport:
    return await engine.load_jsonl(lines(*articles), name=name)


def rss(*items: str) -> bytes:
    return (
        f"<rss version='2.0'><channel><title>Lindmere Wire</title>{''.join(items)}</channel></rss>".encode()
    )


def item(number: int, text: str = DAM, *, guid: str | None = None, link: str | None = None) -> str:
    return (
        f"<item><guid isPermaLink='false'>{guid or f'g{number}'}</guid><title>Report {number} on the Orlen dam</title>"
        f"<link>{link or f'https://wire.example/{number}'}</link>"
        f"<pubDate>Tue, 09 Jun 2026 1{number}:00:00 GMT</pubDate>"
        f"<description>{text.format(count=number)}</description></item>"
    )


def feed_source(server: Loopback, path: str = "/feed", **keys: object) -> SourceConfig:
    return SourceConfig.model_validate({"id": "wire", "kind": "feed", "url": server.url(path), **keys})


@asynccontextmanager
async def feeding(folder: Path) -> AsyncIterator[tuple[Loopback, Engine]]:
    """A server and an engine that reads its `/feed`."""
    async with (
        serving() as server,
        engine_at(folder, sources=(feed_source(server),), allow=(server.host_port,)) as engine,
    ):
        yield server, engine

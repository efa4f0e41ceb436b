"""A store filled while no bot has it open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from digests import fixed_clock
from digests.config import EngineConfig, StoreConfig
from digests.engine import open_engine

__all__ = ["load_into"]


async def load_into(store: Path, lines: Iterable[str], *, name: str, now: dt.datetime) -> None:
    """Load articles (JSON Lines) and make ahead what will be asked for: else every life of a bot begins that anew."""
    config = EngineConfig(store=StoreConfig(path=store))
    async with open_engine(config, clock=fixed_clock(now), keep_sources=True) as engine:
        await engine.load_jsonl(lines, name=name)
        await engine.ready()

"""Each digest and each alert stands in its channel exactly once, whatever happens to the bot, the line or Discord."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.sandbox import LoopbackDiscord
from tests.bot.e2e.checks import assert_nobody_pinged
from tests.bot.e2e.tempest import ALL_POINTS, Tempest

pytestmark = pytest.mark.slow

#: Storms side by side: one a core.
LANES = 2
#: Any number does; a failure names it.
SEED = 20260304


async def weather(folder: Path, lane: int, kills: int) -> None:
    """One storm, from an empty store to the last check.

    Without the judge over Discord's API description: it takes longer over these messages than the bot, and sees the
    same ones in the tests below.
    """
    async with LoopbackDiscord() as double:
        storm = Tempest(double, folder, seed=SEED + lane, points=ALL_POINTS[lane::LANES])
        async with storm.bot:
            await storm.run(kills)
        print(f"seed {SEED + lane}: {storm.kills} kills", *sorted(storm.ways.items()), sep="\n  ")
        storm.check()
        double.check()
        assert assert_nobody_pinged(double) > 0


async def weather_all(store: Path, folder: Path, kills: int) -> None:
    """Storms side by side, with `kills` in all."""
    async with asyncio.TaskGroup() as group:
        for lane in range(LANES):
            (folder / f"lane-{lane}").mkdir()
            shutil.copy(store, folder / f"lane-{lane}")
            group.create_task(weather(folder / f"lane-{lane}", lane, kills // LANES))


async def test_forty_kills(loaded_store: Path, tmp_path: Path) -> None:
    """Killed 40 times while posting: nothing lost, nothing doubled, the store sound."""
    await weather_all(loaded_store, tmp_path, 40)


@pytest.mark.long
async def test_five_hundred_kills(loaded_store: Path, tmp_path: Path) -> None:
    """The same, 500 times."""
    await weather_all(loaded_store, tmp_path, 500)

"""The loop's watch: what holds the loop is named while it holds it."""

from __future__ import annotations

import logging
import time

import pytest

from bot.watchdog import LoopWatch
from tests.bot.waiting import eventually


def hold_the_loop(caplog: pytest.LogCaptureFixture) -> None:
    """Stand in the loop's way until the watch has said so."""
    deadline = time.monotonic() + 20
    while "event loop blocked" not in caplog.text and time.monotonic() < deadline:
        time.sleep(0.01)


async def test_a_blocked_loop_is_told_with_its_stack(caplog: pytest.LogCaptureFixture) -> None:
    """Once, by the name of the function that holds it; and that it runs again."""
    caplog.set_level(logging.WARNING, "bot.watchdog")
    async with LoopWatch(blocked_s=0.4) as watch:
        hold_the_loop(caplog)
        await eventually(lambda: "runs again" in caplog.text, within=20, step=0.02)
        assert watch.take_worst_s() > 0
    assert "hold_the_loop" in caplog.text
    assert 1 == caplog.text.count("event loop blocked")


async def test_a_running_loop_is_young(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is said of it."""
    async with LoopWatch(blocked_s=30) as watch:
        assert watch.age_s < 30
    assert not caplog.text

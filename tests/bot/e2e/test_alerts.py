"""Alerts while the bot is killed: each live card and each message stands once, whatever it was doing."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import Channel, LoopbackDiscord, View
from bot.sandbox.control import CREATE_MESSAGE
from tests.bot.driver import BotProcess
from tests.bot.e2e.articles import mill_report
from tests.bot.e2e.checks import assert_nobody_pinged
from tests.bot.e2e.conftest import Newsroom, make_newsroom
from tests.bot.e2e.deadly import ALERT_POINTS
from tests.bot.e2e.ledger import read_parts
from tests.bot.e2e.stores import load_into
from tests.bot.waiting import eventually

pytestmark = pytest.mark.slow

START = dt.datetime(2026, 3, 6, 8, tzinfo=dt.UTC)
CONFIG = "refresh_minutes = 1440\n[discord]\ntick_seconds = 1\n"
PATIENCE_S = 60.0
LOOK_S = 0.02
#: Where a life ends; every second time nobody notices until Discord has forgotten what it was sent.
POINTS = (*ALERT_POINTS, "before send", "before mark_sent")


class Desk:
    """One bot with alerts in one channel, one killed life after the other."""

    def __init__(self, room: Newsroom, bot: BotProcess) -> None:
        self.room, self.bot, self.now = room, bot, START
        self.count = 8

    @property
    def live(self) -> Channel:
        return self.room.alerts

    def messages(self) -> list[View]:
        return self.room.double.messages(self.live)

    def alerts(self) -> list[str]:
        return [view.text for view in self.messages() if "→" in view.text]

    def cards(self) -> list[View]:
        return [view for view in self.messages() if "independent voices" in view.text]

    async def spawn(self, point: str = "", count: int = 1) -> None:
        self.bot.now = self.now.isoformat()
        run = ("run", "--config", str(self.bot.config_path))
        deadly = ("-m", "tests.bot.e2e.deadly", point, str(count)) if point else ("-m", "bot")
        self.bot.command = (sys.executable, *deadly, *run)
        await self.bot.spawn()

    async def raise_toll(self) -> None:
        """One more outlet with a higher count, while the bot is away."""
        self.count += 1
        self.now += dt.timedelta(minutes=40)
        line = json.dumps(mill_report(self.count, self.now))
        await load_into(self.bot.database, [line], name="more", now=self.now)

    def is_told(self) -> bool:
        """The last toll was told, and its card shows it."""
        words = f"**{self.count} workers**"
        told = any(f"→ **{self.count}**" in text for text in self.alerts())
        return told and any(words in card.text for card in self.cards())

    async def until(self, words: str) -> None:
        await eventually(
            lambda: not self.bot.is_running or self.is_told(), within=PATIENCE_S, what=words, step=LOOK_S
        )


@pytest.fixture
async def desk(tmp_path: Path, loaded_store: Path) -> AsyncIterator[Desk]:
    """Alerts are on and the live cards stand there."""
    async with LoopbackDiscord() as double:
        room = make_newsroom(double)
        async with BotProcess(double, tmp_path, config=CONFIG) as bot:
            shutil.copy(loaded_store, bot.database)
            made = Desk(room, bot)
            bot.now = START.isoformat()
            await bot.start()
            await room.admin.slash("alerts", channel=room.alerts)
            await double.until(lambda: 3 == len(made.cards()), within=PATIENCE_S, what="live cards")
            await bot.kill()
            yield made
        double.check()
        assert assert_nobody_pinged(double) > 0


async def test_alerts_stand_once_through_kills(desk: Desk) -> None:
    """Killed at every point of noting, posting and editing: nothing lost, nothing doubled, the cards current."""
    for number, point in enumerate(POINTS):
        await desk.raise_toll()
        await desk.spawn(point)
        await desk.until(f"death {point}")
        await desk.bot.kill()
        if number % 2:
            desk.room.double.forget_nonces()
            desk.now += dt.timedelta(minutes=5)
        if not desk.is_told():
            await desk.spawn()
            await desk.until("the alert")
            assert desk.bot.is_running, desk.bot.log[-2000:]
            await desk.bot.kill()
    told = [next(n for n in range(9, 99) if f"→ **{n}**" in text) for text in desk.alerts()]
    assert list(range(9, 9 + len(POINTS))) == told
    assert 3 == len(desk.cards())
    assert 3 + len(POINTS) == len(desk.messages())


async def test_a_lost_reply_does_not_double_an_alert(desk: Desk) -> None:
    """Discord takes the message and no answer arrives, twice: it is sent again with its nonce, and stands once."""
    await desk.raise_toll()
    lost = desk.room.double.reset(CREATE_MESSAGE, after=True, times=2)
    await desk.spawn()
    await desk.until("the alert")
    # The channel shows it before the bot knows: the ledger says when it does.
    await eventually(
        lambda: {"sent"} == {part.state for part in read_parts(desk.bot.database)},
        within=PATIENCE_S,
        what="the ledger",
        step=LOOK_S,
    )
    await desk.bot.kill()
    assert 2 == lost.hits
    assert 1 == len(desk.alerts())
    assert 4 == len(desk.messages())

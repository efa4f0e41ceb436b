"""The clockwork: due digests become messages once, with what is new in them."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.config import BotConfig
from bot.ticker import Ticker
from digests import Card, EngineConfig
from tests.bot.factories import STORY, at
from tests.bot.fakes import FakeEngine, FakeSender

CHANNEL = "123456789012345678"
DUE = at(8, day=dt.date(2025, 6, 5))


def make_ticker(engine: FakeEngine, sender: FakeSender, **more: object) -> Ticker:
    digest = {"id": "morning", "channel": CHANNEL, "times": ["08:00"], **more}
    config = BotConfig.model_validate({"digests": [digest]})
    services = SimpleNamespace(engine=engine, config=config)
    bot = SimpleNamespace(services=services, is_ready=lambda: False, get_channel=lambda _: object())
    return Ticker(cast(Any, bot), sender=sender)


def texts(sender: FakeSender) -> str:
    return "\n".join(text for _, _, page, _ in sender.posted for text in page.texts)


async def test_a_due_digest_is_posted_once() -> None:
    """Two ticks, two processes: one card, with its mark and the moment it was due."""
    engine, sender = FakeEngine(clock=DUE + dt.timedelta(minutes=1)), FakeSender()
    ticker = make_ticker(engine, sender)
    await ticker.tick()
    await ticker.tick()
    await make_ticker(engine, sender).tick()
    ((_, channel, page, _),) = sender.posted
    assert CHANNEL == channel
    assert STORY.id == page.story
    assert f"-# Digest of <t:{int(DUE.timestamp())}:f>" in page.blocks[0]
    assert engine.parts[0].mark in page.footer


async def test_nothing_is_posted_before_its_time() -> None:
    """A tick early does nothing."""
    engine, sender = FakeEngine(clock=at(7, day=dt.date(2025, 6, 4))), FakeSender()
    await make_ticker(engine, sender, late_hours=1).tick()
    assert [] == sender.posted


@pytest.mark.parametrize(("quiet", "count"), [("line", 1), ("silence", 0)])
async def test_nothing_new_is_one_line_or_silence(quiet: str, count: int) -> None:
    """As the subscription chose; either way the slot is done."""
    engine, sender = FakeEngine(clock=DUE + dt.timedelta(days=9)), FakeSender()
    await make_ticker(engine, sender, quiet=quiet).tick()
    assert count == len(sender.posted)
    assert 1 == len(engine.slots)
    if count:
        assert "Nothing new since" in texts(sender)


async def test_skipped_digests_are_told_to_readers() -> None:
    """Two missed mornings, then one post that says so."""
    engine, sender = FakeEngine(clock=DUE), FakeSender()
    engine.settings["schedule.morning.last"] = (DUE - dt.timedelta(days=3)).isoformat()
    await make_ticker(engine, sender).tick()
    assert 1 == len(sender.posted)
    assert "2 earlier ones were skipped while the bot was away" in texts(sender)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"topics": ["ferry"]}, 1),
        ({"topics": ["fer"]}, 0),
        ({"topics": ["Port Alder"]}, 1),
        ({"without": ["sinks"]}, 0),
        ({"stories": ["s-other"]}, 0),
        ({"stories": ["s-ferry"]}, 1),
    ],
)
async def test_a_subscription_keeps_what_it_wants(filters: dict[str, object], count: int) -> None:
    """Whole words of title and keywords, in and out; or chosen stories."""
    engine, sender = FakeEngine(clock=DUE), FakeSender()
    await make_ticker(engine, sender, quiet="silence", **filters).tick()
    assert count == len(sender.posted)


async def test_brief_style_is_one_message() -> None:
    """Several stories in one list, with buttons that open their cards; as many as the size allows."""
    stories = [dataclasses.replace(STORY, id=f"s{n}", title=f"Story {n}") for n in range(6)]
    engine, sender = FakeEngine(clock=DUE, stories_known=stories), FakeSender()
    await make_ticker(engine, sender, style="brief", size=4).tick()
    ((_, _, page, _),) = sender.posted
    assert ["s0", "s1", "s2", "s3"] == [story for _, story in page.links]


async def test_a_digest_never_shows_another_servers_story() -> None:
    """Without a server only what is common; with one also its own."""
    engine, sender = FakeEngine(clock=DUE, owners={STORY.id: "223456789012345678"}), FakeSender()
    await make_ticker(engine, sender, quiet="silence").tick()
    assert [] == sender.posted
    other = FakeEngine(clock=DUE, owners={STORY.id: "223456789012345678"})
    await make_ticker(other, sender, server="223456789012345678").tick()
    assert 1 == len(sender.posted)


async def test_a_refresh_that_runs_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    """The schedule waits for its next turn."""
    engine = FakeEngine(is_refreshing=True, config=EngineConfig())
    await make_ticker(engine, FakeSender()).refresh()
    assert "ERROR" not in caplog.text


@pytest.mark.parametrize("turns", range(6))
async def test_a_stop_right_after_the_start_is_no_error(turns: int, caplog: pytest.LogCaptureFixture) -> None:
    """Also where a job has been handed out and has not begun."""
    ticker = make_ticker(FakeEngine(config=EngineConfig()), FakeSender())
    ticker.start()
    for _ in range(turns):
        await asyncio.sleep(0)
    await ticker.stop()
    for _ in range(6):
        await asyncio.sleep(0)
    assert "Error running job" not in caplog.text


async def test_each_tick_has_new_cards_made() -> None:
    """Also without a digest that is due: another process may have loaded something."""
    engine = FakeEngine(clock=at(7, day=dt.date(2025, 6, 4)))
    ticker = make_ticker(engine, FakeSender(), late_hours=1)
    await ticker.tick()
    await ticker.tick()
    assert 2 == engine.kept_ready


async def test_one_broken_story_does_not_hold_back_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A story whose analysis fails is left out and logged; the slot is opened all the same, once."""
    engine, sender = FakeEngine(clock=DUE + dt.timedelta(minutes=1)), FakeSender()

    async def broken(story_id: str, **_: object) -> Card:
        raise ZeroDivisionError(story_id)

    monkeypatch.setattr(engine, "card", broken)
    await make_ticker(engine, sender).tick()
    assert 1 == len(engine.slots)
    assert "Nothing new since" in texts(sender)

"""Who is told of what: limits, state and message in one transaction, everything gone with its watch."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from digests.engine import Engine
from digests.errors import NotFound
from digests.store.deliveries import NewPart
from digests.types import Told, Watch, Watched, WatchKind
from digests.watches import MOST_CHANNELS, MOST_FOLLOWS
from tests.digests.engine_case import engine_at

PART = NewPart(payload="{}", nonce="n" * 24, mark="#00000000")
SLOT = ("watch-1", dt.date(2026, 6, 12), "s1:abc", "c1")


async def add(
    engine: Engine, kind: WatchKind = WatchKind.ALERTS, *, owner: str = "g", by: str = "u"
) -> Watch | None:
    return await engine.watches.add(kind, owner=owner, channel="c1", by=by, cooldown_minutes=30)


async def test_watches_are_kept_changed_paused_and_ended(tmp_path: Path) -> None:
    """Also over a restart; each server and each member see their own."""
    async with engine_at(tmp_path) as engine:
        made = await add(engine)
        assert made is not None
        await add(engine, WatchKind.FOLLOW, by="x")
        await engine.watches.change(dataclasses.replace(made, channel="c2"))
        await engine.watches.pause(made.id, "closed")
    async with engine_at(tmp_path) as engine:
        [kept] = await engine.watches.alerts("g")
        assert ("c2", "closed", made.id) == (kept.channel, kept.paused, kept.id)
        assert () == await engine.watches.alerts("other")
        assert ["x"] == [one.made_by for one in await engine.watches.follows("x")]
        await engine.watches.resume(made.id)
        assert (await engine.watches.alerts("g"))[0].paused is None
        await engine.watches.remove(made.id)
        for call in (engine.watches.remove(made.id), engine.watches.resume(made.id)):
            with pytest.raises(NotFound):
                await call


async def test_there_are_only_so_many(tmp_path: Path) -> None:
    """Channels count for a server, follows for a member over all servers."""
    async with engine_at(tmp_path) as engine:
        for kind, most in ((WatchKind.ALERTS, MOST_CHANNELS), (WatchKind.FOLLOW, MOST_FOLLOWS)):
            for number in range(most):
                assert await add(engine, kind, owner=f"g{number % 2}" if kind is WatchKind.FOLLOW else "g")
            assert await add(engine, kind) is None
        assert await add(engine, owner="elsewhere")
        assert await add(engine, WatchKind.FOLLOW, by="someone else")


async def test_state_and_message_are_one(tmp_path: Path) -> None:
    """A message that the ledger has already is not opened again; without the watch its state is gone."""
    async with engine_at(tmp_path) as engine:
        made = await add(engine)
        assert made is not None
        watched = Watched(
            watch_id=made.id, story_id="s1", told=Told(known=("a",)), told_at=engine.now(), card="f"
        )
        assert await engine.watches.keep(watched, slot=SLOT, parts=[PART])
        assert {"s1": watched} == await engine.watches.watched(made.id)
        later = dataclasses.replace(watched, told=Told(known=("a", "b")))
        assert not await engine.watches.keep(later, slot=SLOT, parts=[PART])
        assert {"s1": later} == await engine.watches.watched(made.id)
        assert 1 == len(await engine.unfinished_parts())
        await engine.watches.remove(made.id)
        assert {} == await engine.watches.watched(made.id)


async def test_who_resumes_is_told_at_once(tmp_path: Path) -> None:
    """A pause keeps when something was told; the message before it may not have arrived: the next need not wait."""
    async with engine_at(tmp_path) as engine:
        made = await add(engine)
        assert made is not None
        watched = Watched(watch_id=made.id, story_id="s1", told=Told(), told_at=engine.now(), card="f")
        await engine.watches.keep(watched)
        await engine.watches.pause(made.id, "closed")
        assert {"s1": watched} == await engine.watches.watched(made.id)
        await engine.watches.resume(made.id)
        assert {"s1": dataclasses.replace(watched, told_at=None)} == await engine.watches.watched(made.id)

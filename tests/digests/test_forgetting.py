"""A server's own articles go: what stood in common stories is told without them, and nothing of the server is left."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from digests.engine import Engine
from digests.errors import NotFound
from digests.store.deliveries import NewPart
from digests.store.sources import Origin, StoredSource, save_source
from digests.types import Source, SourceKind, WatchKind
from tests.digests.engine_case import NOW, STRIKE, article, engine_at, lines

GONE, STAYS = "700700700700700700", "800800800800800800"
HARBOUR = (
    "A crane fell over in the harbour of Tarnmouth on Friday during a gale, and the quay was closed. At least {count} "
    "dockers were injured, the port authority said. Divers looked for the driver of the crane."
)


async def own_source(engine: Engine, server: str, *articles: dict[str, object]) -> None:
    """Articles that came through a source of one server."""
    source = Source(
        id=f"jsonl:{server}",
        kind=SourceKind.FOLDER,
        name=f"feed of {server}",
        location=f"{server}.jsonl",
        owner=server,
    )
    await engine._database.write(save_source, StoredSource(source=source, origin=Origin.LOADED))
    await engine.load_jsonl(lines(*articles), name=server)


async def set_up(engine: Engine, server: str) -> None:
    """One of everything that a server can have."""
    await engine.servers.add_subscription(server, "{}", limit=5)
    await engine.servers.record(server, "7", "sources.add", {"name": f"feed of {server}"})
    await engine.set_setting(f"schedule.{server}-1.last", NOW.isoformat())
    await engine.set_setting(f"pending.source.{server}", json.dumps({"location": "x", "owner": server}))
    part = NewPart(payload=f'"{server}"', nonce=f"n{server}", mark="m")
    await engine.open_slot(f"{server}-1", NOW.date(), "08:00", "99", [part])
    for kind in WatchKind:
        watch = await engine.watches.add(kind, owner=server, channel="98", by="7", cooldown_minutes=5)
        assert watch is not None
        part = NewPart(payload=f'"{server}"', nonce=f"w{watch.id}", mark="m")
        await engine.open_slot(f"watch-{watch.id}", NOW.date(), "s1:1", "98", [part])


def traces(folder: Path, server: str) -> list[str]:
    """Every table that still names a server in some row."""
    found = []
    with closing(sqlite3.connect(folder / "a.db")) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            rows = db.execute(f"SELECT * FROM {table}").fetchall()
            found += [table for row in rows if any(server in str(value) for value in row)]
    return found


async def test_a_server_is_forgotten_whole(tmp_path: Path) -> None:
    """30 days after the bot left, not before; the other server and the common stories stay as they were."""
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(article(1), article(2)), name="common")
        await own_source(engine, GONE, article(4), article(5, HARBOUR, title=f"Crane falls, says {GONE}"))
        await own_source(engine, STAYS, article(6, STRIKE))
        for server in (GONE, STAYS):
            await set_up(engine, server)
        (dam,) = await engine.stories(find="Kestwick")
        (crane,) = await engine.stories(find="Tarnmouth", owner=GONE)
        assert 3 == len((await engine.story(dam.id, owner=GONE)).article_ids)
        common = await engine.story(dam.id)
        card = await engine.card(dam.id)
        await engine.servers.left(GONE, ())
    for days, is_there in ((29, True), (30, False)):
        async with engine_at(tmp_path, now=NOW + dt.timedelta(days=days)) as engine:
            assert (() if is_there else (GONE,)) == await engine.forget_servers()
            assert is_there is bool(traces(tmp_path, GONE))
            if not is_there:
                with pytest.raises(NotFound):
                    await engine.story(crane.id, owner=GONE)
                assert () == await engine.stories(find="Tarnmouth", owner=GONE)
                assert crane.id not in dict(engine.story_titles(GONE))
            assert common.article_ids == (await engine.story(dam.id)).article_ids
            assert common.title == (await engine.story(dam.id)).title
            assert card.sections == (await engine.card(dam.id)).sections
            assert "slots" in traces(tmp_path, STAYS)
            assert 1 == len(await engine.servers.subscriptions(STAYS))
            assert 2 == len(await engine.stories(owner=STAYS))


async def test_loading_goes_on_after_it(tmp_path: Path) -> None:
    """What clustering knows is built anew: the same article comes into a story of its own again."""
    async with engine_at(tmp_path) as engine:
        await own_source(engine, GONE, article(5, HARBOUR))
        (before,) = await engine.stories(owner=GONE)
        await engine.servers.left(GONE, ())
    async with engine_at(tmp_path, now=NOW + dt.timedelta(days=31)) as engine:
        await engine.forget_servers()
        await engine.load_jsonl(lines(article(7, HARBOUR)), name="common")
        (after,) = await engine.stories()
        assert before.id != after.id
        assert 1 == len(after.article_ids)


async def test_a_server_that_comes_back_keeps_everything(tmp_path: Path) -> None:
    """Invited again within the time."""
    async with engine_at(tmp_path) as engine:
        await set_up(engine, GONE)
        await engine.servers.left(GONE, ())
        assert () == await engine.servers.active_subscriptions()
    async with engine_at(tmp_path, now=NOW + dt.timedelta(days=29)) as engine:
        await engine.servers.joined(GONE)
        assert 1 == len(await engine.servers.active_subscriptions())
    async with engine_at(tmp_path, now=NOW + dt.timedelta(days=90)) as engine:
        assert () == await engine.forget_servers()
        assert 1 == len(await engine.servers.subscriptions(GONE))


async def test_what_happened_while_the_bot_was_away(tmp_path: Path) -> None:
    """It is in some servers and not in others; the time of leaving is when that is first seen."""
    async with engine_at(tmp_path) as engine:
        for server in (GONE, STAYS):
            await set_up(engine, server)
        await engine.servers.are_in({STAYS, "900900900900900900"})
    async with engine_at(tmp_path, now=NOW + dt.timedelta(days=20)) as engine:
        await engine.servers.are_in({STAYS})
        assert () == await engine.servers.to_forget()
    async with engine_at(tmp_path, now=NOW + dt.timedelta(days=30)) as engine:
        assert (GONE,) == await engine.servers.to_forget()

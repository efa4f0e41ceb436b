"""Rounds over sources whose servers fail, ask for time, move away and come back; the clock is moved by hand."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from digests.config import SourceConfig
from digests.engine import Engine
from digests.errors import NotFound, StoreError
from digests.health import SourceHealth, SourceState
from digests.refreshing import _Arrival, _next_batch
from digests.sources import Fetched
from digests.store.sources import Origin, StoredSource
from digests.types import RawArticle, Source, SourceKind, SourceResult
from tests.digests.engine_case import NOW, engine_at
from tests.digests.sources.loopback import Loopback, answer, serving

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
ITEM = "<item><guid>{0}</guid><title>Report {0} on the bridge</title><pubDate>{1}</pubDate></item>"


def feed(*numbers: int) -> bytes:
    items = "".join(ITEM.format(number, "Fri, 12 Jun 2026 08:00:00 GMT") for number in numbers)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode()


class Case:
    """A store with one feed of the loopback server; each round opens the engine anew, as after a restart."""

    def __init__(self, folder: Path, server: Loopback) -> None:
        self.folder, self.server, self.now = folder, server, NOW
        self.sources = (SourceConfig(id="wire", kind="feed", name="Wire", url=server.url("/feed")),)

    async def round(self, *ids: str, only_due: bool = True) -> list[SourceResult]:
        async with engine_at(
            self.folder, sources=self.sources, allow=(self.server.host_port,), now=self.now
        ) as engine:
            return list((await engine.refresh(ids or None, only_due=only_due)).results)

    async def health(self) -> SourceHealth:
        async with engine_at(self.folder, sources=self.sources, now=self.now) as engine:
            (one,) = await engine.source_health()
            return one

    async def do(self, action: str, source_id: str = "wire") -> None:
        async with engine_at(self.folder, sources=self.sources, now=self.now) as engine:
            await getattr(Engine, action)(engine, source_id)


async def test_a_failing_source_climbs_down_the_ladder_and_comes_back(tmp_path: Path) -> None:
    """Not asked before its time, also after a restart; asked at once when it is named; one good answer resets."""
    async with serving() as server:
        case = Case(tmp_path, server)
        server.replies["/feed"] = answer(b"", status="500 Error")
        (row,) = await case.round()
        assert row.error == "the server cannot answer now (500)"
        before = await case.health()
        assert before.state is SourceState.FAILING
        assert before.next_check_at is not None
        assert 4 * MINUTE <= before.next_check_at - NOW <= 5 * MINUTE
        case.now += MINUTE
        assert await case.round() == []
        assert len(server.requests) == 1
        await case.round("wire", only_due=False)
        assert (await case.health()).why == "2 times in a row: the server cannot answer now (500)"
        case.now += 10 * MINUTE
        server.replies["/feed"] = answer(feed(1))
        (row,) = await case.round()
        assert row.new == 1
        after = await case.health()
        assert (after.state, after.why, after.articles_day) == (SourceState.WORKING, "", 1)


@pytest.mark.parametrize("named", [(), ("wire",)])
async def test_a_server_that_asks_for_time_is_not_asked(tmp_path: Path, named: tuple[str, ...]) -> None:
    """Not by the regular round, and not by hand either: zero early requests, also after a restart."""
    async with serving() as server:
        case = Case(tmp_path, server)
        server.replies["/feed"] = answer(b"", status="429 Slow down", headers={"Retry-After": "7200"})
        await case.round()
        health = await case.health()
        assert (health.state, health.next_check_at) == (SourceState.RATE_LIMITED, NOW + 120 * MINUTE)
        case.now += 60 * MINUTE
        rows = await case.round(*named, only_due=False)
        assert [row.error for row in rows] == ["not asked: the server wants to be left alone for 1 hour more"]
        assert len(server.requests) == 1
        case.now += 61 * MINUTE
        server.replies["/feed"] = answer(feed(1))
        assert [row.new for row in await case.round()] == [1]


async def test_gone_for_good_pauses_on_the_third_day_and_says_so_once(tmp_path: Path) -> None:
    """Paused sources are not asked; resuming forgets what was."""
    async with serving() as server:
        case = Case(tmp_path, server)
        server.replies["/feed"] = answer(feed(1))
        await case.round()
        server.replies["/feed"] = answer(b"", status="410 Gone")
        notices = []
        for _ in range(6):
            case.now += DAY
            notices += [row.notice for row in await case.round()]
        expected = "paused: the server says that the feed is gone for good (410), on 3 days"
        assert notices == [None, None, expected]
        assert len(server.requests) == 4
        health = await case.health()
        assert (health.state, health.next_check_at) == (SourceState.PAUSED, None)
        await case.do("resume_source")
        server.replies["/feed"] = answer(feed(1, 2))
        assert [(row.new, row.unchanged) for row in await case.round()] == [(1, 1)]


async def test_a_week_of_failures_pauses_and_says_so_once(tmp_path: Path) -> None:
    """At most twenty requests until then, none after."""
    async with serving() as server:
        case = Case(tmp_path, server)
        server.replies["/feed"] = answer(b"", status="404 Not Found")
        notices = []
        for _ in range(30):
            notices += [row.notice for row in await case.round() if row.notice]
            case.now = (await case.health()).next_check_at or case.now + DAY
        assert notices == ["paused: failed for 7 days: the server knows no such address (404)"]
        assert len(server.requests) <= 20


async def test_an_answer_that_holds_is_not_asked_for_again(tmp_path: Path) -> None:
    """Cache-Control spares the server the regular round, not a reload by hand."""
    async with serving() as server:
        case = Case(tmp_path, server)
        server.replies["/feed"] = answer(feed(1), headers={"Cache-Control": "max-age=1800"})
        await case.round()
        case.now += 15 * MINUTE
        assert await case.round() == []
        assert len(await case.round(only_due=False)) == 1
        case.now += 30 * MINUTE
        assert len(await case.round()) == 1


async def test_a_source_that_moved_is_followed_when_it_is_ours_to_change(tmp_path: Path) -> None:
    """An added one gets its new address at the third time; a configured one is only spoken of."""
    async with serving() as server:
        case = Case(tmp_path, server)
        server.replies["/new"] = answer(feed(1))
        for path in ("/feed", "/added"):
            server.replies[path] = answer(b"", status="301 Moved", headers={"Location": "/new"})
        async with engine_at(tmp_path, sources=case.sources) as engine:
            added = await engine.add_source(SourceKind.FEED, server.url("/added"), name="Added", owner=None)
        notices = [row.notice for _ in range(4) for row in await case.round(only_due=False)]
        said = f"the server says that it has moved to {server.url('/new')}"
        assert notices == [None, None, None, None, said, said, None, None]
        async with engine_at(tmp_path, sources=case.sources) as engine:
            places = {one.source.id: one.source.location for one in await engine.source_health()}
        assert places == {"wire": server.url("/feed"), added.id: server.url("/new")}


async def test_pausing_and_resuming_by_hand(tmp_path: Path) -> None:
    """A paused source is read when it is named, and not otherwise; an unknown one is named in the error."""
    async with serving() as server:
        case = Case(tmp_path, server)
        server.replies["/feed"] = answer(feed(1))
        await case.do("pause_source")
        assert await case.round(only_due=False) == []
        assert (await case.health()).why == "paused by an admin"
        assert len(await case.round("wire", only_due=False)) == 1
        await case.do("resume_source")
        assert len(await case.round()) == 1
        for action in ("pause_source", "resume_source"):
            with pytest.raises(NotFound, match="no source 'other'"):
                await case.do(action, "other")


async def test_a_round_that_finds_nothing_new_is_one_transaction(tmp_path: Path) -> None:
    """However many sources: their check times are written together, nothing else."""
    async with serving() as server:
        server.replies["/feed"] = answer(feed(1))
        sources = tuple(
            SourceConfig(id=f"wire-{n}", kind="feed", url=f"{server.url('/feed')}?{n}") for n in range(5)
        )
        server.replies |= {f"/feed?{n}": answer(feed(n)) for n in range(5)}
        async with engine_at(tmp_path, sources=sources, allow=(server.host_port,)) as engine:
            await engine.refresh()
            tables = ("articles", "facts", "stories", "source_checks")
            with closing(sqlite3.connect(tmp_path / "a.db")) as db, db:
                before = [db.execute(f"SELECT * FROM {name}").fetchall() for name in tables]
                start = db.execute("PRAGMA data_version").fetchone()[0]
                report = await engine.refresh()
                assert [row.unchanged for row in report.results] == [1] * 5
                assert [db.execute(f"SELECT * FROM {name}").fetchall() for name in tables] == before
                assert db.execute("PRAGMA data_version").fetchone()[0] > start
            db.close()


async def test_a_command_without_the_configuration_leaves_its_sources_alone(tmp_path: Path) -> None:
    """`sitrep stories --db` on the store of a running bot must not take its feeds away."""
    async with serving() as server:
        case = Case(tmp_path, server)
        server.replies["/feed"] = answer(feed(1), headers={"ETag": '"1"'})
        await case.round()
        async with engine_at(tmp_path, keep_sources=True) as engine:
            assert [one.id for one in await engine.sources()] == ["wire"]
        async with engine_at(tmp_path) as engine:
            assert await engine.sources() == ()


def arrival(name: str, entries: int = 0, *, pages: bool = False) -> _Arrival:
    """A feed that has answered with some entries."""
    source = Source(id=name, kind=SourceKind.FEED, name=name, location="")
    items = tuple(RawArticle(source_id=name, external_id=str(n), body="Rain.") for n in range(entries))
    return _Arrival(
        StoredSource(source=source, origin=Origin.CONFIG, pages=pages), Fetched(items=items), result=None
    )


def test_what_waits_is_taken_in_together() -> None:
    """Up to a number of entries; a source whose pages must be read holds nobody up."""
    waiting = [arrival("a", 300), arrival("slow", pages=True), arrival("b", 200), arrival("c", 400)]
    first, slow, second, third = waiting
    assert _next_batch(waiting, second) == [second, first]
    assert waiting == [slow, third]
    assert _next_batch(waiting, slow) == [slow]
    assert waiting == [third]
    huge = arrival("huge", 5000)
    assert _next_batch([huge], huge) == [huge]


async def test_what_a_server_said_is_kept_only_with_its_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that refuses the articles of a round says so once; the next round asks for all of it again."""
    async with serving() as server:
        sources = tuple(SourceConfig(id=f"wire-{n}", kind="feed", url=server.url(f"/{n}")) for n in range(6))
        server.replies |= {f"/{n}": answer(feed(n), headers={"ETag": f'"{n}"'}) for n in range(6)}

        def refuse(*_: object) -> int:
            raise StoreError("full")

        async with engine_at(tmp_path, sources=sources, allow=(server.host_port,)) as engine:
            with monkeypatch.context() as patch:
                patch.setattr("digests.store.articles.save_articles", refuse)
                with pytest.raises(StoreError, match=r"^full$"):
                    await engine.refresh()
            with closing(sqlite3.connect(tmp_path / "a.db")) as db, db:
                assert db.execute("SELECT count(etag), count(checked_at) FROM sources").fetchone() == (0, 0)
            db.close()
            report = await engine.refresh()
            assert [row.new for row in report.results] == [1] * 6
            assert all("if-none-match" not in str(request).lower() for request in server.requests)

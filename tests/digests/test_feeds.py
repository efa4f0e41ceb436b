"""A feed all the way from its server to the store: ids that stay, pages, walls, failures that stay their own."""

from __future__ import annotations

import asyncio
import sqlite3
import unicodedata
from html import escape
from pathlib import Path

import pytest

from digests.config import SourceConfig
from digests.doctor import Grade, examine
from digests.errors import NotFound, RefreshInProgress
from digests.health import SourceState
from digests.store import articles as stored_articles
from digests.types import Measure, RefreshReport, Source, SourceKind
from tests.digests.engine_case import (
    DAM,
    NOW,
    STRIKE,
    article,
    counts,
    engine_at,
    feed_source,
    feeding,
    item,
    load,
    rss,
)
from tests.digests.sources.loopback import answer, canary_listening, serving
from tests.digests.sources.test_fetch import TRICKS


async def test_a_feed_arrives_and_an_unchanged_one_costs_nothing(tmp_path: Path) -> None:
    """New articles, then 304: nothing read, nothing new, the source is well."""
    async with serving() as server:

        async def reply(request: str, writer: asyncio.StreamWriter) -> None:
            known = 'If-None-Match: "v1"' in request
            body = (
                answer(b"", status="304 Not Modified")
                if known
                else answer(rss(item(1), item(2)), headers={"ETag": '"v1"'})
            )
            writer.write(body)

        server.replies["/feed"] = reply
        async with engine_at(tmp_path, sources=(feed_source(server),), allow=(server.host_port,)) as engine:
            assert counts(await engine.refresh()) == [(2, 0, 0, 0)]
            assert counts(await engine.refresh()) == [(0, 0, 0, 0)]
            assert counts(await engine.refresh(force=True)) == [(0, 0, 2, 0)]
            (source,) = await engine.sources()
            assert (source.succeeded_at, source.failures, source.error) == (NOW, 0, None)
            (story,) = await engine.stories()
            assert all(article_id.startswith("wire/") for article_id in story.article_ids)


async def test_a_source_is_added_and_read_in_one_go(tmp_path: Path) -> None:
    """A round that begins while it is added would take its first articles: it is refused, and the report has them."""
    async with serving() as server, engine_at(tmp_path, allow=(server.host_port,)) as engine:
        server.replies["/feed"] = answer(rss(item(1), item(2)))
        seen: list[Source] = []

        async def round_begins(source: Source) -> None:
            seen.append(source)
            assert [source.id] == [one.id for one in await engine.sources("7")]
            with pytest.raises(RefreshInProgress):
                await engine.refresh(only_due=True)

        async def add() -> RefreshReport:
            return await engine.add_and_read(
                SourceKind.FEED, server.url("/feed"), name="Quay", owner="7", on_added=round_begins
            )

        assert counts(await add()) == [(2, 0, 0, 0)]
        assert counts(await add()) == [(0, 0, 2, 0)]
        assert 2 == len(seen)


async def test_nothing_is_added_while_a_round_runs(tmp_path: Path) -> None:
    """Who adds is told at once and may try again: the source is not there to be read by anybody before."""
    async with engine_at(tmp_path) as engine:

        async def unheard(_source: Source) -> None:
            raise AssertionError("nothing was added")

        running = asyncio.create_task(load(engine, article(1)))
        await asyncio.sleep(0)
        with pytest.raises(RefreshInProgress):
            await engine.add_and_read(
                SourceKind.FEED, "https://quay.example/feed", name="Quay", owner=None, on_added=unheard
            )
        await running
        assert () == await engine.sources()


async def test_hostile_text_is_clean_in_every_column(tmp_path: Path) -> None:
    """Control characters, lone surrogates, direction marks, a title without end: nothing of it reaches the store."""
    nasty = "a\x00b\x07c\ud800d\u202ee " + "x" * 500
    hostile = {
        "id": nasty,
        "title": nasty,
        "outlet": nasty,
        "authors": [nasty],
        "url": "https://a.example/\u202e",
    }
    async with engine_at(tmp_path) as engine:
        await load(engine, article(1, DAM + f" She said: “{nasty}”", **hostile), article(2))
        (story,) = await engine.stories()
        await engine.findings(story.id)
    db = sqlite3.connect(tmp_path / "a.db")
    for table in ("articles", "stories", "sources"):
        for row in db.execute(f"SELECT * FROM {table}"):
            for value in filter(lambda v: isinstance(v, str), row):
                odd = {c for c in value if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"}
                assert odd == set(), (table, value[:80])
    assert db.execute("SELECT max(length(title)), max(length(id)) FROM articles").fetchone() <= (300, 500)
    db.close()


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(item(1, DAM + " More."), id="text"),
        pytest.param(item(1, guid="other"), id="guid"),
        pytest.param(item(1, link="https://wire.example/moved"), id="address"),
        pytest.param(item(1, guid="other", link="https://wire.example/moved"), id="guid and address"),
        pytest.param(item(1).replace("Report", "Updated report"), id="title"),
        pytest.param(item(1).replace("Tue, 09", "Wed, 10"), id="date"),
        pytest.param(item(1, guid="other").replace("Report", "Updated report"), id="guid and title"),
        pytest.param(
            item(1, guid="other", link="https://wire.example/1?utm_source=rss&amp;fbclid=9#top")
            .replace("Report", "Live: report")
            .replace("Tue, 09", "Wed, 10"),
            id="guid, title, date and tracking",
        ),
        pytest.param(item(1, guid="http://www.wire.example/1?at_medium=RSS"), id="guid becomes an address"),
    ],
)
async def test_an_entry_keeps_its_id(tmp_path: Path, changed: str) -> None:
    """Whatever the feed changes about an entry, it is no second article."""
    async with feeding(tmp_path) as (server, engine):
        server.replies["/feed"] = answer(rss(item(1), item(2)))
        await engine.refresh()
        (before,) = await engine.stories()
        server.replies["/feed"] = answer(rss(changed, item(2)))
        for _ in range(2):
            assert [r.new for r in (await engine.refresh()).results] == [0]
        (after,) = await engine.stories()
        assert sorted(after.article_ids) == sorted(before.article_ids)


async def test_an_entry_that_left_and_returns_is_known(tmp_path: Path) -> None:
    """Ids are never forgotten: old items that slide back are not new."""
    async with feeding(tmp_path) as (server, engine):
        for items in ((item(1),), (item(2),), (item(1), item(2))):
            server.replies["/feed"] = answer(rss(*items))
            report = await engine.refresh()
        assert counts(report) == [(0, 0, 2, 0)]


async def test_a_page_that_is_filled_anew_gives_new_articles(tmp_path: Path) -> None:
    """One address for one report after the other, a live page: what shares few words is another article."""
    other = item(9, STRIKE, guid="g9", link="https://wire.example/1").replace(
        "Report 9 on the Orlen dam", "Strike"
    )
    async with feeding(tmp_path) as (server, engine):
        for entry, new in ((item(1), 1), (other, 1), (other, 0)):
            server.replies["/feed"] = answer(rss(entry))
            assert [row.new for row in (await engine.refresh()).results] == [new]


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>Maintenance</body></html>",
        b'<html><form><input type="password"></form></html>',
        b"%PDF-1.7",
        b"",
        b"{",
    ],
)
async def test_what_is_no_feed_makes_nothing_forgotten(tmp_path: Path, body: bytes) -> None:
    """A day of maintenance pages: a named failure, no article lost, and none new when the feed is back."""
    async with feeding(tmp_path) as (server, engine):
        server.replies["/feed"] = answer(rss(item(1), item(2)))
        await engine.refresh()
        server.replies["/feed"] = answer(body, headers={"ETag": '"page"'})
        (row,) = (await engine.refresh()).results
        assert row.error is not None
        assert row.error.startswith("not a feed: ")
        assert (await engine.status()).articles == 2
        server.replies["/feed"] = answer(rss(item(1), item(2)))
        assert counts(await engine.refresh()) == [(0, 0, 2, 0)]
        assert "page" not in server.requests[-1]


async def test_entries_with_one_title_and_time_stay_apart(tmp_path: Path) -> None:
    """A series under one headline: two entries at once are two articles."""
    twin = item(1, STRIKE, guid="g9", link="https://wire.example/9")
    async with feeding(tmp_path) as (server, engine):
        server.replies["/feed"] = answer(rss(item(1)))
        await engine.refresh()
        server.replies["/feed"] = answer(rss(item(1), twin))
        assert counts(await engine.refresh()) == [(1, 0, 1, 0)]


async def test_a_failing_source_is_a_row(tmp_path: Path) -> None:
    """A dead server, a web page, a missing folder: each with its reason, the good feed is read, history stays."""
    async with serving() as server:
        server.replies["/good"] = answer(rss(item(1)))
        server.replies["/page"] = answer(b"<html><body>Welcome</body></html>")
        sources = (
            feed_source(server, "/good", id="good"),
            feed_source(server, "/page", id="page"),
            feed_source(server, "/none", id="gone"),
            SourceConfig(id="inbox", kind="folder", path=tmp_path / "none"),
            SourceConfig(id="private", kind="feed", url="http://127.0.0.1:9/feed"),
        )
        async with engine_at(tmp_path, sources=sources, allow=(server.host_port,)) as engine:
            report = await engine.refresh()
            rows = {r.source_id: (r.new, r.error) for r in report.results}
            assert rows == {
                "good": (1, None),
                "page": (0, "not a feed: a web page"),
                "gone": (0, "the server knows no such address (404)"),
                "inbox": (0, "no such file or directory"),
                "private": (
                    0,
                    "the address could not be read: the address is private; fetch.allow_hosts may name it",
                ),
            }
            await engine.refresh(["page", "gone"])
            assert {s.id: s.failures for s in (await engine.status()).failing} == {
                "gone": 2,
                "inbox": 1,
                "page": 2,
                "private": 1,
            }
            server.replies["/good"] = answer(b"<html>down</html>")
            await engine.refresh(["good"])
            assert (await engine.status()).articles == 1


async def test_named_sources_only(tmp_path: Path) -> None:
    """`--source` reads those; an unknown one is named before anything is read."""
    async with serving() as server:
        server.replies["/a"] = server.replies["/b"] = answer(rss(item(1)))
        sources = (feed_source(server, "/a", id="a"), feed_source(server, "/b", id="b"))
        async with engine_at(tmp_path, sources=sources, allow=(server.host_port,)) as engine:
            assert [r.source_id for r in (await engine.refresh(["b"])).results] == ["b"]
            with pytest.raises(NotFound, match="no source 'c'"):
                await engine.refresh(["a", "c"])
            assert len(server.requests) == 1


async def test_what_a_headline_counts_is_read_beside_a_summary(tmp_path: Path) -> None:
    """Its figure leads back to the headline's words; the next visit finds nothing changed."""
    async with serving() as server:
        told = "A ferry went down in rough seas off Vennoy on Monday night, the coast guard of Ostland said."
        entry = item(1, told).replace("Report 1 on the Orlen dam", "Eleven dead as ferry capsizes off Vennoy")
        server.replies["/feed"] = answer(rss(entry))
        async with engine_at(tmp_path, sources=(feed_source(server),), allow=(server.host_port,)) as engine:
            assert counts(await engine.refresh()) == [(1, 0, 0, 0)]
            (story,) = await engine.stories()
            ((read, facts),) = await engine._database.read(stored_articles.load_with_facts, story.article_ids)
            ((figure,), span) = facts.figures, facts.figures[0].evidence.span
            assert (figure.measure, figure.bounds.low) == (Measure.KILLED, 11)
            assert read.text[span.start : span.end] == "Eleven dead"
            assert counts(await engine.refresh(force=True)) == [(0, 0, 1, 0)]


async def test_pages_give_the_full_text(tmp_path: Path) -> None:
    """A teaser is completed from its page; a page that fails is named and the teaser kept; nothing is read twice."""
    full = "".join(f"<p>{DAM.format(count=n)} The {n} gates had been repaired last year.</p>" for n in (3, 4))
    async with serving() as server:
        server.replies["/feed"] = answer(
            rss(item(1, "Teaser.", link=server.url("/p1")), item(2, "Teaser two.", link=server.url("/p2")))
        )
        server.replies["/p1"] = answer(f"<html><body><article>{full}</article></body></html>".encode())
        source = feed_source(server, pages=True)
        async with engine_at(tmp_path, sources=(source,), allow=(server.host_port,)) as engine:
            report = await engine.refresh()
            assert counts(report) == [(2, 0, 0, 1)]
            assert (
                report.results[0]
                .failures[0][1]
                .startswith("the page could not be read, the feed's text is kept")
            )
            texts = [a.text for s in await engine.stories() for a in await engine.articles(s.id)]
            assert any("gates had been repaired" in text for text in texts)
            assert any("Teaser two" in text for text in texts)
            requests = len(server.requests)
            assert counts(await engine.refresh()) == [(0, 0, 2, 0)]
            assert len(server.requests) == requests + 1


async def test_pages_that_are_no_articles(tmp_path: Path) -> None:
    """A consent page does not take a teaser's place and is named; behind an aggregator stands the publisher."""
    consent = "<p>We and our 90 partners store and access information on a device.</p>" * 9
    story = "".join(f"<p>{DAM.format(count=n)}</p>" for n in (3, 4))
    head = '<link rel="canonical" href="https://wire.example/dam?utm_source=x">'
    async with serving() as server:
        links = [server.url(f"/p{n}") for n in (1, 2)]
        server.replies["/feed"] = answer(
            rss(item(1, "Teaser.", link=links[0]), item(2, "Teaser two.", link=links[1]))
        )
        server.replies["/p1"] = answer(f"<html><body>{consent}</body></html>".encode())
        server.replies["/p2"] = answer(
            f"<html><head>{head}</head><body><article>{story}</article></body></html>".encode()
        )
        source = feed_source(server, pages=True)
        async with engine_at(tmp_path, sources=(source,), allow=(server.host_port,)) as engine:
            report = await engine.refresh()
            [(where, why)] = report.results[0].failures
            assert where == links[0]
            assert why.endswith("a page that asks for consent stands in front of the article")
            found = {a.url: a.text for s in await engine.stories() for a in await engine.articles(s.id)}
            assert found[links[0]].endswith("\n\nTeaser.")
            assert set(found) == {links[0], "https://wire.example/dam"}


async def test_a_source_whose_pages_stand_behind_a_wall_says_so(tmp_path: Path) -> None:
    """In its health and to the doctor, until most of its pages can be read again; it works all the while."""
    paid = f"<html><body><p>{DAM.format(count=3)}</p><p>Subscribe to continue reading.</p></body></html>"
    story = "".join(f"<p>{DAM.format(count=n)}</p>" for n in (3, 4))
    async with serving() as server:
        links = [server.url(f"/p{n}") for n in range(5)]
        items = [item(n, f"Teaser {n}.", link=link) for n, link in enumerate(links)]
        server.replies |= {f"/p{n}": answer(paid.encode()) for n in range(2)}
        server.replies |= {
            f"/p{n}": answer(f"<html><body><article>{story}</article></body></html>".encode())
            for n in range(2, 5)
        }
        server.replies["/feed"] = answer(rss(*items[:3]))
        source = feed_source(server, pages=True)
        async with engine_at(tmp_path, sources=(source,), allow=(server.host_port,)) as engine:
            await engine.refresh()
            (health,) = await engine.source_health()
            assert health.state is SourceState.WORKING
            assert health.why == "its pages stand behind a paywall; the feed's own text is used"
            await engine.refresh()
            assert (await engine.source_health())[0].wall == "a paywall"
            found = [one for one in await examine(engine) if one.about == source.id]
            assert [(one.grade, one.found) for one in found] == [
                (Grade.NOTE, f"{health.source.name}: {health.why}")
            ]
            server.replies["/feed"] = answer(rss(*items))
            await engine.refresh()
            (health,) = await engine.source_health()
            assert health.wall is None
            assert "wall" not in health.why


async def test_nothing_that_a_feed_names_leads_inside(tmp_path: Path) -> None:
    """Pages behind entries, and a move for good that is told again and again: the canary hears nothing."""
    async with serving() as server, canary_listening() as canary:
        inside = [trick.format(port=canary.port) for trick in TRICKS if trick.startswith("http://")]
        items = "".join(
            f"<item><guid>{n}</guid><title>Dam {n}</title><link>{escape(url)}</link></item>"
            for n, url in enumerate(inside)
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'
        server.replies["/pages"] = answer(feed.encode())
        server.replies["/moved"] = answer(b"", status="301 Moved", headers={"Location": canary.url("/")})
        sources = (
            SourceConfig(id="pages", kind="feed", url=server.url("/pages"), pages=True),
            SourceConfig(id="moved", kind="feed", url=server.url("/moved")),
        )
        async with engine_at(tmp_path, sources=sources, allow=(server.host_port,)) as engine:
            for _ in range(4):
                by_id = {row.source_id: row for row in (await engine.refresh(force=True)).results}
                assert by_id["moved"].error == "the address could not be read: the address is private; " + (
                    "fetch.allow_hosts may name it"
                )
            places = {one.source.id: one.source.location for one in await engine.source_health()}
            assert places["moved"] == server.url("/moved")
            assert len(await engine.stories(limit=None)) > 0
        assert canary.hits == 0

"""The engine: loading, stories, what a server sees, the ledger, errors of one source that stay its own."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import random
import sqlite3
import unicodedata
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from digests import analysis, ingest, reading
from digests.catalogue import ALL_OWNERS
from digests.config import SourceConfig
from digests.doctor import Grade, examine
from digests.engine import Engine
from digests.errors import NotFound, RefreshInProgress, SourceInvalid, SourceUnavailable
from digests.health import SourceState
from digests.store import articles as stored_articles
from digests.store import stories as stored_stories
from digests.store.deliveries import NewPart
from digests.store.stories import StoryRow
from digests.types import Findings, Measure, RefreshReport, SourceKind, Story, StoryArticle
from tests.digests.engine_case import DAM, NOW, STRIKE, article, engine_at, lines
from tests.digests.sources.loopback import Loopback, answer, serving

FIVE = [article(1), article(2), article(3), article(4, STRIKE), article(5, STRIKE)]


def counts(report: RefreshReport) -> list[tuple[int, int, int, int]]:
    return [(r.new, r.changed, r.unchanged, r.failed) for r in report.results]


async def load(engine: Engine, *articles: dict[str, object], name: str = "wire") -> RefreshReport:
    return await engine.load_jsonl(lines(*articles), name=name)


# --------------------------------------------------------------------------- loading


async def test_articles_become_stories_with_findings_and_facts(tmp_path: Path) -> None:
    """The whole road on five articles about two events."""
    async with engine_at(tmp_path) as engine:
        assert counts(await load(engine, *FIVE)) == [(5, 0, 0, 0)]
        stories = await engine.stories()
        assert sorted(story.article_ids for story in stories) == [("a3", "a1", "a2"), ("a4", "a5")]
        dam = next(story for story in stories if len(story.article_ids) == 3)
        assert (dam.first_published, dam.last_published) == (
            dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC),
            dt.datetime(2026, 6, 11, 10, tzinfo=dt.UTC),
        )
        assert "dam" in dam.title
        assert [a.id for a in await engine.articles(dam.id)] == ["a3", "a1", "a2"]
        findings = await engine.findings(dam.id)
        assert findings.story_id == dam.id
        assert any(group.measure == "killed" for group in findings.figure_groups)


async def test_a_second_load_writes_nothing(tmp_path: Path) -> None:
    """Unchanged input costs a look, not a write: the file stays as it is, byte for byte."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
    before = (tmp_path / "a.db").read_bytes()
    async with engine_at(tmp_path) as engine:
        watcher = sqlite3.connect(tmp_path / "a.db")
        version = watcher.execute("PRAGMA data_version").fetchone()
        assert counts(await load(engine, *FIVE)) == [(0, 0, 5, 0)]
        assert watcher.execute("PRAGMA data_version").fetchone() == version
        watcher.close()
    assert (tmp_path / "a.db").read_bytes() == before


async def test_a_changed_article_keeps_its_id_and_story(tmp_path: Path) -> None:
    """An outlet corrects its text; its old words are no longer found."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        (before,) = await engine.stories(find="Falk")
        changed = {**FIVE[0], "text": DAM.format(count=19).replace("Ida Falk", "Jonas Brandt")}
        assert counts(await load(engine, changed)) == [(0, 1, 0, 0)]
        after = await engine.story(before.id)
        assert after.article_ids == before.article_ids
        assert [story.id for story in await engine.stories(find="Brandt")] == [before.id]
        texts = [a.text for a in await engine.articles(before.id) if a.id == "a1"]
        assert "19 people" in texts[0]


async def test_odd_files_are_named_and_the_others_loaded(tmp_path: Path) -> None:
    """One row for the folder, with each failure's name and reason."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "good.txt").write_text(DAM.format(count=7))
    (inbox / "empty.txt").touch()
    (inbox / "binary.txt").write_bytes(bytes(range(256)))
    (inbox / "broken.jsonl").write_text("\n".join([*lines(article(5, STRIKE, id="j1")), "{broken"]))
    async with engine_at(tmp_path) as engine:
        report = await engine.load_paths([inbox, tmp_path / "none"])
        assert counts(report) == [(2, 0, 0, 3), (0, 0, 0, 0)]
        assert [where for where, _ in report.results[0].failures] == [
            "binary.txt",
            "broken.jsonl:2",
            "empty.txt",
        ]
        assert report.results[1].error == "no such file or directory"
        found = {a.id for story in await engine.stories() for a in await engine.articles(story.id)}
        assert found == {"good.txt", "j1"}


async def test_one_id_in_two_folders_is_two_articles(tmp_path: Path) -> None:
    """`001.txt` of two outlets: neither takes the place of the other, and both stay what they are."""
    for name, text in (("north", DAM), ("south", STRIKE)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "001.txt").write_text(text.format(count=8))
    async with engine_at(tmp_path) as engine:
        paths = [tmp_path / "north", tmp_path / "south"]
        assert counts(await engine.load_paths(paths)) == [(1, 0, 0, 0), (1, 0, 0, 0)]
        ids = {article_id for story in await engine.stories() for article_id in story.article_ids}
        assert len(ids) == 2
        assert "001.txt" in ids
        assert counts(await engine.load_paths(paths)) == [(0, 0, 1, 0), (0, 0, 1, 0)]


async def test_the_same_folder_at_another_place_adds_nothing(tmp_path: Path) -> None:
    """A corpus that was moved is the same corpus."""
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_text(DAM.format(count=8))
    async with engine_at(tmp_path) as engine:
        await engine.load_paths([tmp_path / "here"])
        assert counts(await engine.load_paths([tmp_path / "there"])) == [(0, 0, 1, 0)]


async def test_the_order_of_input_does_not_matter(tmp_path: Path) -> None:
    """Shuffled lines give the same stories with the same ids, titles and voices."""
    articles = [article(n, DAM if n % 2 else STRIKE) for n in range(1, 20)]
    seen = []
    for turn in range(3):
        random.Random(turn).shuffle(articles)
        folder = tmp_path / str(turn)
        async with engine_at(folder) as engine:
            await load(engine, *articles)
            seen.append(await engine.stories())
    assert seen[0] == seen[1] == seen[2]


async def test_an_article_that_cannot_be_read_stays_its_own_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug in one extractor on one text must not cost the others."""
    real = reading.extract

    def failing(document: object) -> object:
        if "walkout" in getattr(document, "text", ""):
            raise ZeroDivisionError("odd text")
        return real(document)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "extract", failing)
    async with engine_at(tmp_path) as engine:
        report = await load(engine, *FIVE)
        assert counts(report) == [(3, 0, 0, 2)]
        assert report.results[0].failures[0] == ("a4", "could not be read (ZeroDivisionError: odd text)")


async def test_new_rules_read_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refresh after an update reads stored articles again without their source; ids and stories stay."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        before = await engine.stories()
        monkeypatch.setattr(ingest, "rules_fingerprint", lambda: "9-new")
        read: list[str] = []
        real = reading.extract
        monkeypatch.setattr(reading, "extract", lambda d: read.append(d.article_id) or real(d))
        await engine.refresh()
        assert sorted(read) == ["a1", "a2", "a3", "a4", "a5"]
        assert await engine.stories() == before
        assert {a.rules_fingerprint for a in await engine.articles(before[0].id)} == {"9-new"}
        read.clear()
        await engine.refresh()
        assert read == []


async def test_rereading_ends_where_an_article_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What new rules cannot read keeps its old facts and is not tried for ever."""

    def broken(document: object) -> object:
        raise RuntimeError("always")

    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        (dam,) = await engine.stories(find="governor")
        before = await engine.findings(dam.id)
        monkeypatch.setattr(ingest, "rules_fingerprint", lambda: "9-new")
        monkeypatch.setattr(reading, "extract", broken)
        await asyncio.wait_for(engine.refresh(), 10)
        assert await engine.findings(dam.id) == before


async def test_progress_counts_every_article(tmp_path: Path) -> None:
    """New and unchanged ones, as they are done."""
    async with engine_at(tmp_path) as engine:
        for _ in range(2):
            done: list[int] = []
            await engine.load_jsonl(lines(*FIVE), name="wire", progress=done.append)
            assert sum(done) == 5


async def test_one_load_at_a_time(tmp_path: Path) -> None:
    """The second is told so at once; the first goes on."""
    async with engine_at(tmp_path) as engine:
        first = asyncio.create_task(load(engine, *FIVE))
        await asyncio.sleep(0)
        with pytest.raises(RefreshInProgress):
            await engine.refresh()
        with pytest.raises(RefreshInProgress):
            await load(engine, article(9))
        assert (await engine.status()).is_refreshing
        assert counts(await first) == [(5, 0, 0, 0)]
        assert counts(await load(engine, *FIVE)) == [(0, 0, 5, 0)]


@pytest.mark.parametrize("turns", [1, 5, 20, 60])
async def test_a_cancelled_load_leaves_nothing_half_done(tmp_path: Path, turns: int) -> None:
    """Cancelled at some moment: no open transaction, whole articles only, and the next load does the rest."""
    async with engine_at(tmp_path) as engine:
        task = asyncio.create_task(load(engine, *FIVE))
        for _ in range(turns):
            await asyncio.sleep(0.002)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        (report,) = counts(await load(engine, *FIVE))
        assert report[0] + report[2] == 5
        assert len(await engine.stories()) == 2
        database = engine._database
        assert not any(c._conn.in_transaction for c in (database._writer, database._ledger, database._reader))


# --------------------------------------------------------------------------- questions


async def test_stories_by_day_words_and_number(tmp_path: Path) -> None:
    """`since` looks at the newest article, `find` at all words of all articles."""
    async with engine_at(tmp_path) as engine:
        await load(engine, article(1), article(3), article(4, STRIKE))
        dam = "dam burst"
        assert [len(s.article_ids) for s in await engine.stories()] == [2, 1]
        assert [s.article_ids for s in await engine.stories(limit=1)] == [("a3", "a1")]
        assert [s.article_ids for s in await engine.stories(find="wages talks")] == [("a4",)]
        assert [s.article_ids for s in await engine.stories(find="walk")] == [("a4",)]
        assert await engine.stories(find="nowhere") == ()
        assert await engine.stories(find="!!") == ()
        assert len(await engine.stories(find=dam, since=dt.date(2026, 6, 10))) == 1
        assert await engine.stories(since=dt.date(2026, 6, 11)) == ()


async def test_what_many_tell_stands_above_what_one_tells(tmp_path: Path) -> None:
    """At the same time voices decide; a story of weeks ago falls below."""
    old = [article(n, STRIKE, id=f"o{n}", published="2026-05-01") for n in range(4)]
    async with engine_at(tmp_path) as engine:
        fire = "A warehouse fire in Port Elmsted closed the harbour road on Tuesday, the fire brigade said."
        await load(engine, article(1), article(2, published="2026-06-10"), article(1, fire, id="f1"), *old)
        assert [s.article_ids[0][0] for s in await engine.stories()] == ["a", "f", "o"]


async def test_unknown_stories_are_not_found(tmp_path: Path) -> None:
    """Every question about a story says so the same way."""
    async with engine_at(tmp_path) as engine:
        for question in (engine.story, engine.articles, engine.findings, engine.card):
            with pytest.raises(NotFound, match="no story 'nope'"):
                await question("nope")


async def test_a_merged_story_is_found_under_its_old_id(tmp_path: Path) -> None:
    """Messages that refer to it keep working; lists show it once."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        target, *_ = await engine.stories()

        def merge(db: sqlite3.Connection) -> None:
            row = StoryRow(story=Story(id="old", title="t", article_ids=(), merged_into=target.id), figures=0)
            stored_stories.save_stories(db, [row], stored_stories.next_revision(db))

        await engine._database.write(merge)
        assert await engine.story("old") == target
        assert "old" not in [story.id for story in await engine.stories()]
        assert (await engine.status()).stories == 2


async def test_another_process_is_noticed(tmp_path: Path) -> None:
    """The command line loads into the store of a running bot."""
    async with engine_at(tmp_path) as bot, engine_at(tmp_path) as cli:
        await load(bot, article(1))
        await load(cli, article(2), article(4, STRIKE))
        assert [len(s.article_ids) for s in await bot.stories()] == [2, 1]
        assert counts(await load(bot, article(3), article(5, STRIKE))) == [(2, 0, 0, 0)]
        assert sorted(len(s.article_ids) for s in await cli.stories()) == [2, 3]


async def test_titles_come_from_memory(tmp_path: Path) -> None:
    """Autocomplete must answer while the store is busy: no await in it."""
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        assert engine.story_titles() == tuple((s.id, s.title) for s in await engine.stories())


async def test_status_counts(tmp_path: Path) -> None:
    """What an operator reads first."""
    async with engine_at(tmp_path) as engine:
        assert (await engine.status()).last_refresh is None
        await load(engine, *FIVE)
        await engine.refresh()
        status = await engine.status()
        assert (status.articles, status.stories, status.sources, status.failing) == (5, 2, 0, ())
        assert status.last_refresh == NOW
        assert status.store_bytes > 10_000


# --------------------------------------------------------------------------- feeds


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


# --------------------------------------------------------------------------- sources and servers


async def test_a_server_sees_its_own_sources_and_the_shared_ones(tmp_path: Path) -> None:
    """Nothing of another server's source: not its row, story, article, title, figure or search result."""
    secret = (
        "The mayor of Quellheim resigned on Tuesday over the sale of the town's waterworks, her office said."
    )
    async with serving() as server:
        server.replies["/shared"] = answer(rss(item(1)))
        server.replies["/own"] = answer(
            rss(item(2), item(3, secret).replace("on the Orlen dam", "Quellheim"))
        )
        shared = feed_source(server, "/shared", id="shared")
        async with engine_at(tmp_path, sources=(shared,), allow=(server.host_port,)) as engine:
            await engine.add_source(SourceKind.FEED, server.url("/own"), name="Own", owner="g1")
            await engine.refresh()
            sees = {}
            for owner in (None, "g1", "g2", ALL_OWNERS):
                stories = await engine.stories(owner=owner)
                ids = [i for s in stories for i in s.article_ids]
                found = await engine.stories(find="Quellheim", owner=owner)
                sees[owner] = (len(await engine.sources(owner)), len(ids), len(found))
            assert sees == {None: (1, 1, 0), "g1": (2, 3, 1), "g2": (1, 1, 0), ALL_OWNERS: (2, 3, 1)}
            (other,) = await engine.stories(owner="g2")
            articles = await engine.articles(other.id, owner="g2")
            assert [a.source_id for a in articles] == ["shared"]
            findings = await engine.findings(other.id, owner="g2")
            cited = {c.citation.article_id for g in findings.figure_groups for c in g.claims}
            assert cited <= {articles[0].id}
            (secret_story,) = await engine.stories(find="Quellheim", owner="g1")
            with pytest.raises(NotFound):
                await engine.story(secret_story.id, owner="g2")
            assert engine.story_titles("g2") == ((other.id, "Report 1 on the Orlen dam"),)
            # Words of another server's article in a story that both see find nothing.
            assert [len(await engine.stories(find="Report 2", owner=o)) for o in ("g1", "g2")] == [1, 0]
            assert any("Quellheim" in title for _, title in engine.story_titles("g1"))


async def test_sources_come_and_go(tmp_path: Path) -> None:
    """Added once whatever how often, removed with its articles kept, gone from the next refresh."""
    async with serving() as server:
        server.replies["/feed"] = answer(rss(item(1)))
        async with engine_at(tmp_path, allow=(server.host_port,)) as engine:
            source = await engine.add_source(SourceKind.FEED, server.url("/feed"), name="Wire", owner="g1")
            again = await engine.add_source(SourceKind.FEED, server.url("/feed"), name="Wire", owner="g1")
            assert source.id == again.id
            await engine.refresh()
            await engine.remove_source(source.id)
            assert await engine.sources("g1") == ()
            assert (await engine.refresh()).results == ()
            assert (await engine.status()).articles == 1
            with pytest.raises(NotFound):
                await engine.remove_source(source.id)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "/etc/passwd", "http://me:pw@a.example/", "x"])
async def test_only_addresses_can_be_added(tmp_path: Path, location: str) -> None:
    """A folder or a password never comes from Discord."""
    async with engine_at(tmp_path) as engine:
        with pytest.raises(SourceInvalid):
            await engine.add_source(SourceKind.FEED, location, name="x", owner="g1")
        with pytest.raises(SourceInvalid):
            await engine.add_source(SourceKind.FOLDER, location, name="x", owner="g1")
        with pytest.raises(SourceInvalid):
            await engine.preview_source(location)
        assert await engine.sources(ALL_OWNERS) == ()


async def test_a_preview_keeps_nothing(tmp_path: Path) -> None:
    """An admin sees what would come; a stranger to the machine learns nothing about its inside."""
    async with serving() as server:
        server.replies["/feed"] = answer(rss(item(1), item(2)))
        async with engine_at(tmp_path, allow=(server.host_port,)) as engine:
            preview = await engine.preview_source(server.url("/feed"))
            assert (preview.title, preview.result.new) == ("Lindmere Wire", 2)
            assert preview.titles == ("Report 1 on the Orlen dam", "Report 2 on the Orlen dam")
            assert (await engine.status()).articles == 0
            added = await engine.add_source(SourceKind.FEED, server.url("/feed"), name="Wire", owner="g1")
            tested = await engine.test_source(added.id)
            assert (tested.result.new, tested.location) == (2, server.url("/feed"))
            assert (await engine.status()).articles == 0
            with pytest.raises(NotFound):
                await engine.test_source("other")
            with pytest.raises(SourceUnavailable) as caught:
                await engine.preview_source("http://127.0.0.1:9/")
            assert caught.value.problem == "the address could not be read"


async def test_the_configuration_decides_which_sources_there_are(tmp_path: Path) -> None:
    """A source that left the file is gone, one that came back goes on, its articles stay."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "1.txt").write_text(DAM.format(count=3))
    source = SourceConfig(id="inbox", kind="folder", path=inbox, name="Inbox")
    for sources, expected in (((source,), [(1, 0, 0, 0)]), ((), []), ((source,), [(0, 0, 1, 0)])):
        async with engine_at(tmp_path, sources=sources) as engine:
            assert counts(await engine.refresh()) == expected
            assert (await engine.status()).articles == 1


# --------------------------------------------------------------------------- ledger and settings


async def test_the_ledger_survives_a_restart(tmp_path: Path) -> None:
    """What was frozen is there again, as far as it got."""
    day = dt.date(2026, 6, 12)
    parts = [NewPart(payload=json.dumps({"n": n}), nonce=f"n{n}", mark=f"m{n}") for n in range(3)]
    async with engine_at(tmp_path) as engine:
        assert await engine.open_slot("news", day, "09:00", "c1", parts)
        first, second, _ = await engine.unfinished_parts()
        await engine.mark_sending(first.id)
        await engine.mark_sent(first.id, "msg1")
        await engine.mark_sending(second.id)
    async with engine_at(tmp_path, now=NOW + dt.timedelta(hours=1)) as engine:
        assert not await engine.open_slot("news", day, "09:00", "c1", parts)
        assert await engine.has_slot("news", day, "09:00")
        unfinished = await engine.unfinished_parts()
        assert [(p.number, p.state, p.nonce, p.changed_at) for p in unfinished] == [
            (2, "sending", "n1", NOW),
            (3, "ready", "n2", NOW),
        ]
        await engine.mark_unsure(second.id, "history unreadable")
        await engine.mark_skipped(unfinished[1].id, "channel gone")
        assert [p.state for p in await engine.recent_deliveries(5)] == ["sent", "unsure", "skipped"]
        assert await engine.unfinished_parts() == ()


async def test_the_ledger_works_while_articles_are_loaded(tmp_path: Path) -> None:
    """A post at its minute does not wait for a load, nor fail because of it."""
    async with engine_at(tmp_path) as engine:
        loading = asyncio.create_task(load(engine, *(article(n) for n in range(1, 60))))
        for n in range(20):
            part = NewPart(payload="{}", nonce=f"n{n}", mark="m")
            assert await engine.open_slot("news", dt.date(2026, 6, 1 + n), "09:00", "c1", [part])
        assert counts(await loading) == [(59, 0, 0, 0)]
        assert len(await engine.unfinished_parts()) == 20


async def test_settings_are_kept(tmp_path: Path) -> None:
    """Small things the bot must remember."""
    async with engine_at(tmp_path) as engine:
        assert await engine.setting("tree") is None
        await engine.set_setting("tree", "a")
        await engine.set_setting("tree", "b")
    async with engine_at(tmp_path) as engine:
        assert await engine.setting("tree") == "b"


async def test_nothing_is_analysed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks while a card is in the making waits for that one."""
    analysed: list[str] = []
    real = analysis.analyse

    def counting(story_id: str, items: Sequence[StoryArticle]) -> Findings:
        analysed.append(story_id)
        return real(story_id, items)

    monkeypatch.setattr(analysis, "analyse", counting)
    async with engine_at(tmp_path) as engine:
        await load(engine, *FIVE)
        stories = await engine.stories()
        await asyncio.gather(*(engine.card(story.id) for story in stories * 3))
        assert sorted(analysed) == sorted(story.id for story in stories)

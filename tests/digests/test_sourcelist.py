"""The list of sources: whose they are, how they come and go, what one would load."""

from __future__ import annotations

from pathlib import Path

import pytest

from digests.catalogue import ALL_OWNERS
from digests.config import SourceConfig
from digests.errors import NotFound, SourceInvalid, SourceUnavailable
from digests.sourcelist import _preview
from digests.sources import Fetched
from digests.sources.opml import FeedList, Outline
from digests.types import RawArticle, Source, SourceKind
from tests.digests.engine_case import (
    DAM,
    counts,
    engine_at,
    feed_source,
    item,
    rss,
)
from tests.digests.sources.loopback import answer, serving


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


async def test_one_address_is_one_source(tmp_path: Path) -> None:
    """What a server sees already is not added again, however it is spelled; another server's own is another's."""
    async with serving() as server:
        shared = feed_source(server, "/shared", id="shared")
        own = server.url("/own")
        async with engine_at(tmp_path, sources=(shared,), allow=(server.host_port,)) as engine:
            again = await engine.add_source(
                SourceKind.FEED, server.url("/shared#top"), name="Mine", owner="g1"
            )
            assert (again.id, again.name) == ("shared", "shared")
            added = await engine.add_source(SourceKind.FEED, own, name="Own", owner="g1")
            found = await engine.find_source(own.replace("http://", "https://"), owner="g1")
            assert found is not None
            assert found.id == added.id
            assert await engine.find_source(own, owner="g2") is None
            list_ = FeedList(
                feeds=tuple(Outline(name="x", url=url) for url in (own + "#a", own + "2", own + "2#b"))
            )
            report = await engine.import_sources(list_, owner="g1")
            assert (len(report.added), report.known) == (1, 2)


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


async def test_a_preview_says_what_would_not_be_read() -> None:
    """Whoever adds a feed in another language learns it before it is saved: by all its titles together."""
    source = Source(id="preview", kind=SourceKind.FEED, name="Onda", location="https://onda.example/rss")
    titles = (
        "Al menos nueve muertos en el incendio de una fábrica en el sur del país",
        "La policía busca a los autores del ataque de la noche del lunes",
        "El gobierno anuncia que la ayuda a las víctimas no llegará hasta el viernes",
        "Los vecinos de la ciudad piden más agua y una escuela para los niños",
    )
    items = tuple(
        RawArticle(source_id="preview", external_id=title, title=title, body=title) for title in titles
    )
    ((where, note),) = (await _preview(source, Fetched(items=items))).result.notes
    assert (where, note) == (source.location, "seems to be written in Spanish; only English is read")
    assert () == (await _preview(source, Fetched(items=items[:0]))).result.notes


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

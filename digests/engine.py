"""The engine: loads articles, keeps stories, answers the questions that commands ask. The only orchestrator.

    async with open_engine(load_config(Path("config.toml"))) as engine:
        report = await engine.refresh()
        for story in await engine.stories(limit=5):
            card = await engine.card(story.id)

Everything that thinks (cleaning, extraction, clustering, analysis) is pure and runs in threads, never on the event
loop; everything that is kept is in the store. Questions read a catalogue of the stories that is held in memory and
brought up to date when the store has changed, by this process or by another.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime as dt
import hashlib
import logging
import pyexpat
import sqlite3
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from digests.analysis.changes import find_changes
from digests.analysis.edits import ArticleEdit, find_edits
from digests.catalogue import ALL_OWNERS, Catalogue, Entry
from digests.charts import Chart, make_timeline_chart, make_toll_chart
from digests.chronicles import Chronicles
from digests.config import Clock, EngineConfig, SourceConfig, clock_of
from digests.errors import DigestError, NotFound, RefreshInProgress, SourceError, SourceInvalid, StoreError
from digests.fixes import Fixes
from digests.forgetting import forget_server
from digests.health import SourceHealth
from digests.ingest import Ingest, ProgressHook
from digests.passages import find_passage
from digests.preparation import prepare_story
from digests.refreshing import Refresher
from digests.scrubbing import Scrubber
from digests.servers import Servers
from digests.shelf import Seen, Shelf
from digests.sources import Fetched, ReadFailure, Request, Tools
from digests.sources.discovery import find_feed
from digests.sources.fetch import Fetcher
from digests.sources.folder import check_path, read_jsonl, read_path
from digests.sources.opml import FeedList, Outline, render_opml
from digests.sources.pages import pages_through
from digests.sources.stated import web_address
from digests.sources.worker import Worker, WorkerFailed
from digests.store import articles as stored_articles
from digests.store import deliveries, search, settings, shown
from digests.store import sources as stored_sources
from digests.store.connection import Database, open_database, quick_check, schema_version
from digests.store.deliveries import DeliveryPart, NewPart
from digests.store.sources import Origin, StoredSource
from digests.store.versions import load_versions
from digests.tongues import tongue_of
from digests.types import (
    Article,
    Card,
    Changes,
    Chronicle,
    Citation,
    Findings,
    Measure,
    Passage,
    RawArticle,
    RefreshReport,
    ShownCard,
    ShownLine,
    Source,
    SourceKind,
    SourceResult,
    Story,
)
from digests.views import View, Views
from digests.watches import Watches

log = logging.getLogger(__name__)

# Parts of stories as servers see them that are kept in memory, the last asked for.
_KEPT = 256
# Articles that a full text search ranks.
_SEARCHED = 400
# Titles shown of a source that is tried out.
_PREVIEWED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatus:
    """How the engine is doing, for `/status`. `failing` are the sources whose last check failed."""

    version: str
    schema: int
    articles: int
    stories: int
    store_path: Path
    store_bytes: int
    last_refresh: dt.datetime | None
    is_refreshing: bool
    sources: int
    failing: tuple[Source, ...]
    sqlite: str
    expat: str
    # What `scrub` has found, see there.
    damage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a source would load: nothing of it is kept. `location` is where the feed was found."""

    result: SourceResult
    title: str | None
    titles: tuple[str, ...]
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of a list of feeds: `known` were there already, `refused` names what and why."""

    added: tuple[Source, ...]
    known: int
    refused: tuple[tuple[str, str], ...]


@contextlib.asynccontextmanager
async def open_engine(
    config: EngineConfig, *, clock: Clock | None = None, prepare: bool = True, keep_sources: bool = False
) -> AsyncIterator[Engine]:
    """Open the store and the engine over it; both are closed at the end, also after an error.

    Args:
        config: The settings; `config.now` fixes the clock, `config.clock` moves it.
        clock: Gives aware times; the machine's own by default. Tests pass `fixed_clock(...)`.
        prepare: Build the cards that will be asked for first ahead, in the background. Not worth it for a command
            that ends at once.
        keep_sources: The settings do not come from the operator's file: its sources in the store stay as they are.

    Raises:
        SchemaVersionError: The store is of a newer version or of another program.
        StoreError: It cannot be opened.
    """
    if clock is None:
        clock = clock_of(config)
    database = await open_database(config.store.path)
    engine = Engine(config, database, clock, prepare=prepare)
    try:
        await engine._start(keep_sources=keep_sources)
        yield engine
    finally:
        await engine._stop()


class Engine:
    """What commands and the schedule ask. Opened by `open_engine`.

    `owner` is the server that asks: it sees the shared sources and its own. Without one only what is shared is seen;
    `ALL_OWNERS` sees everything (the operator's command line).
    """

    def __init__(
        self, config: EngineConfig, database: Database, clock: Clock, *, prepare: bool = True
    ) -> None:
        self.config = config
        self._clock = clock
        self._database = database
        self._tools = Tools(
            fetcher=Fetcher(config.fetch, clock=clock),
            worker=Worker(config.fetch.parse_seconds),
            config=config.fetch,
        )
        self._catalogue = Catalogue()
        self._ingest = Ingest(database, clock, self._tools)
        self._refresher = Refresher(database, clock, self._tools, self._ingest)
        #: What servers have set up for themselves.
        self.servers = Servers(database, clock)
        #: What members report and admins correct.
        self.fixes = Fixes(database, clock)
        #: Who wants to be told when a story moves.
        self.watches = Watches(database, clock)
        self._views = Views(database, self._catalogue, self._ingest.describe_part)
        self._refreshing = asyncio.Lock()
        self._scrubber = Scrubber(database)
        self._shelf = Shelf(database, self._catalogue, prepares=prepare)
        self._parts: OrderedDict[tuple[str, ...], Story] = OrderedDict()
        self._chronicles = Chronicles(database, self._shelf, self._visible)
        self._prepares = prepare
        # What is made ahead, and of which revision.
        self._ahead: asyncio.Task[None] | None = None
        self._ahead_of = -1

    def now(self) -> dt.datetime:
        """The engine's clock."""
        return self._clock()

    @property
    def revision(self) -> int:
        """Grows when a story changes, as far as this process knows."""
        return self._catalogue.revision

    async def _start(self, *, keep_sources: bool) -> None:
        wanted = tuple(_configured(source) for source in self.config.sources)
        if not keep_sources and await self._database.read(stored_sources.outdated_config, wanted):
            await self._database.write(stored_sources.sync_config, wanted, self._clock())
        await self.servers.load()
        await self.keep_ready()

    async def _stop(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
            await asyncio.gather(self._ahead, return_exceptions=True)
        await self._shelf.close()
        await self._tools.fetcher.close()
        await self._tools.worker.close()
        await self._database.close()

    # ------------------------------------------------------------------ loading

    async def refresh(
        self,
        source_ids: Sequence[str] | None = None,
        *,
        force: bool = False,
        only_due: bool = False,
        progress: ProgressHook | None = None,
    ) -> RefreshReport:
        """Read sources once: all that are not paused, or those named.

        Articles that older rules read are read again first. A source that fails is a row of the report; one whose
        server wants to be left alone is not asked.

        Args:
            source_ids: Sources to read, paused ones too.
            force: Ask for the whole content, also where it is said to be unchanged.
            only_due: Leave those alone whose time has not come: the regular round.
            progress: Called on the event loop with the number of further articles that are done.

        Raises:
            NotFound: A named source does not exist.
            RefreshInProgress: Another refresh or load is running.
            StoreError: `scrub` has found that the store is damaged; nothing more is taken in.
        """
        if self._scrubber.damage:
            problem = f"{self._database.path}: is damaged: {self._scrubber.damage[0]}"
            raise StoreError(f"{problem}; stop the bot, keep this file, and put a backup in its place")
        async with self._exclusive() as started:
            chosen = await self._refresher.choose(source_ids, only_due=only_due)
            await self._ingest.reread_outdated(progress)
            results = await self._refresher.run(chosen, progress, force=force)
            await self._database.write(settings.save_setting, "last_refresh", self._clock().isoformat())
            return self._report(started, results)

    async def load_paths(
        self, paths: Sequence[Path | str], *, progress: ProgressHook | None = None
    ) -> RefreshReport:
        """Load files and folders, one row of the report each; what is known and unchanged is counted, not written.

        Raises:
            RefreshInProgress: Another refresh or load is running.
        """
        async with self._exclusive() as started:
            results: dict[Path, SourceResult] = {}
            readable: dict[Path, StoredSource] = {}
            # In order of their names: an id that two folders share goes to the same one each time.
            for path in sorted({Path(path) for path in paths}):
                source = _loaded(path.name or str(path), f"file:{path.absolute()}", str(path))
                try:
                    await asyncio.to_thread(check_path, path, source_id=str(path))
                    readable[path] = source
                except SourceError as exc:
                    results[path] = SourceResult(
                        source_id=source.source.id, name=str(path), error=exc.problem
                    )
            pages = pages_through(self._tools.worker)
            items = [
                (source, read_path(path, source_id=source.source.id, pages=pages))
                for path, source in readable.items()
            ]
            results |= zip(readable, await self._ingest.load(items, progress), strict=True)
            return self._report(started, [results[path] for path in dict.fromkeys(map(Path, paths))])

    async def load_jsonl(
        self, lines: Iterable[str], *, name: str, progress: ProgressHook | None = None
    ) -> RefreshReport:
        """Load JSON Lines, one article a line (FORMATS); `name` stands for them in ids and messages.

        Raises:
            RefreshInProgress: Another refresh or load is running.
        """
        async with self._exclusive() as started:
            source = _loaded(name, f"jsonl:{name}", name)
            pages = pages_through(self._tools.worker)
            items = read_jsonl(lines, name=name, source_id=source.source.id, pages=pages)
            return self._report(started, await self._ingest.load([(source, items)], progress))

    @contextlib.asynccontextmanager
    async def _exclusive(self) -> AsyncIterator[dt.datetime]:
        """One load at a time; the catalogue knows what it did when it ends."""
        if self._refreshing.locked():
            raise RefreshInProgress("a refresh is running")
        async with self._refreshing:
            try:
                yield self._clock()
            finally:
                await self._keep_ready()

    async def forget_servers(self) -> tuple[str, ...]:
        """Delete the data of servers that the bot left 30 days ago; which these were.

        Raises:
            RefreshInProgress: A refresh or load is running; later will do.
        """
        gone = await self.servers.to_forget()
        for server in gone:
            async with self._exclusive():
                count = await forget_server(self._database, server)
                await self.servers.load()
            log.info("forgotten server=%s articles=%d", server, count)
        return gone

    def _report(self, started: dt.datetime, results: Sequence[SourceResult]) -> RefreshReport:
        return RefreshReport(started=started, finished=self._clock(), results=tuple(results))

    # ------------------------------------------------------------------ stories

    async def stories(
        self,
        *,
        since: dt.date | None = None,
        find: str | None = None,
        owner: str | None = None,
        limit: int | None = 25,
    ) -> tuple[Story, ...]:
        """Stories, the ones that matter most now first (independent voices, figures, how recent).

        Args:
            since: Only stories with an article of this day or later.
            find: Only stories whose articles hold all these words; the best match comes first.
            owner: Who asks, see the class.
            limit: At most so many; `None` for all.
        """
        view = await self._views.of(owner)
        entries = view.ranked() if find is None else await self._search(find, owner, view)
        found: list[Story] = []
        for entry in entries:
            if limit is not None and len(found) >= limit:
                break
            if since is not None and not entry.is_since(since):
                continue
            story = await self._visible(entry, owner)
            if story is not None:
                found.append(story)
        return tuple(found)

    async def _search(self, words: str, owner: str | None, view: View) -> list[Entry]:
        """The stories in which an article that the owner sees holds the words, best match first."""
        pairs = await self._database.read(search.search_articles, words, limit=_SEARCHED)
        found: dict[Entry, None] = {}
        for story_id, article_id in pairs:
            entry = view.find_article(story_id, article_id)
            if entry is None:
                continue
            visible = entry.visible_ids(owner)
            if visible is None or article_id in visible:
                found[entry] = None
        return list(found)

    async def story(self, story_id: str, *, owner: str | None = None) -> Story:
        """One story, or the one that it was merged into. Raises NotFound."""
        return (await self._story(story_id, owner)).story

    def story_titles(self, owner: str | None = None) -> tuple[tuple[str, str], ...]:
        """Id and title of each story, the most important first, from memory: for autocomplete."""
        return self._views.titles(owner)

    async def articles(self, story_id: str, *, owner: str | None = None) -> tuple[Article, ...]:
        """The articles of a story, oldest first. Raises NotFound."""
        story = (await self._story(story_id, owner)).story
        return await self._database.read(stored_articles.load_articles, story.article_ids)

    async def keep_ready(self) -> None:
        """Learn what other processes have loaded, and have the cards of what is new made in the background.

        Costs nothing when nothing has changed, and does nothing while a load runs: its end does it.
        """
        if not self._refreshing.locked():
            await self._keep_ready()

    async def _keep_ready(self) -> None:
        await self._catalogue.update(self._database)
        await self._shelf.keep_ready()
        if self._prepares and self._ahead_of != self.revision and (self._ahead is None or self._ahead.done()):
            self._ahead_of = self.revision
            self._ahead = asyncio.create_task(self._make_ahead())

    async def _make_ahead(self) -> None:
        """When all cards are made: the chronicles of the first stories. What goes wrong is told to who asks for one."""
        await self._shelf.ready()
        with contextlib.suppress(DigestError):
            await self._chronicles.make_ahead(View(self._catalogue))

    async def ready(self) -> None:
        """Wait until the cards of all stories have been made, and what else is made ahead."""
        await self._shelf.ready()
        if self._ahead is not None:
            await self._ahead

    async def edits(self, article_ids: Sequence[str]) -> dict[str, tuple[ArticleEdit, ...]]:
        """What outlets changed in some articles, oldest first, by id; those that never changed are left out."""
        versions = await self._database.read(load_versions, article_ids)
        current = await self._database.read(stored_articles.load_with_facts, list(versions))
        return {article.id: find_edits(versions[article.id], facts) for article, facts in current}

    async def story_edits(self, story_id: str, *, owner: str | None = None) -> tuple[ArticleEdit, ...]:
        """Which figures outlets changed in a story's articles, as a server sees it. Raises NotFound.

        Articles in which its admins have put figures right are left out: what they withheld comes back in no form.
        """
        seen = await self._story(story_id, owner)
        fixed = {target.article_id for one in seen.corrections for target in one.targets}
        found = await self.edits([one for one in seen.story.article_ids if one not in fixed])
        return tuple(edit for edits in found.values() for edit in edits if edit.figures)

    async def findings(self, story_id: str, *, owner: str | None = None) -> Findings:
        """Everything that analysis says about a story. Raises NotFound."""
        return (await self._shelf.get(await self._story(story_id, owner))).findings

    async def card(self, story_id: str, *, owner: str | None = None, language: str = "en") -> Card:
        """A story's card, its own words in one of `LANGUAGES`. Raises NotFound."""
        return await self._shelf.card(await self._story(story_id, owner), tongue_of(language))

    async def timeline(self, story_id: str, *, owner: str | None = None) -> Chronicle:
        """A story's days; those of its whole affair where it is the largest of a long one. Raises NotFound."""
        return await self._chronicles.of(await self._story(story_id, owner), await self._views.of(owner))

    async def changes(self, story_id: str, since: dt.datetime, *, owner: str | None = None) -> Changes:
        """What the articles since a moment, by their outlets' own times, have added to a story. Raises NotFound."""
        seen = await self._story(story_id, owner)
        after = (await self._shelf.get(seen)).findings
        read = await self._database.read(stored_articles.load_with_facts, seen.story.article_ids)
        new = [article.id for article, _ in read if article.published and article.published >= since]
        is_new = set(new)
        known = [one for one in read if one[0].id not in is_new]
        # What the admins have put right since holds for both sides: it is told by itself.
        before = await asyncio.to_thread(prepare_story, seen.story, known, seen.corrections)
        return find_changes(
            before.findings,
            after,
            since=since,
            new_articles=new,
            undated=sum(article.published is None for article, _ in read),
            corrections=[one for one in seen.corrections if one.made_at >= since],
        )

    async def toll_chart(
        self,
        story_id: str,
        *,
        measure: Measure | None = None,
        owner: str | None = None,
        language: str = "en",
    ) -> Chart | None:
        """The toll of a story over time as a picture; `None` with too little to draw. Raises NotFound."""
        tongue = tongue_of(language)
        seen = await self._story(story_id, owner)
        return await self._shelf.chart(
            seen,
            ("toll", str(measure), tongue.code),
            lambda prepared: make_toll_chart(seen.story, prepared.findings, measure=measure, tongue=tongue),
        )

    async def timeline_chart(
        self,
        story_id: str,
        *,
        first: dt.date | None = None,
        last: dt.date | None = None,
        owner: str | None = None,
        language: str = "en",
    ) -> Chart | None:
        """A story's timeline, or the part that touches these days, as a picture. Raises NotFound."""
        tongue = tongue_of(language)
        seen = await self._story(story_id, owner)
        chronicle = await self.timeline(story_id, owner=owner)
        # What belongs to an affair changes with every other story.
        affair = (str(self.revision),) if len(chronicle.story_ids) > 1 else ()
        return await self._shelf.chart(
            seen,
            ("timeline", str(first), str(last), tongue.code, *affair),
            lambda _: make_timeline_chart(
                seen.story, chronicle.entries, first=first, last=last, tongue=tongue
            ),
        )

    async def _story(self, story_id: str, owner: str | None) -> Seen:
        """A story as a server sees it, and what its admins have put right in it."""
        view = await self._views.of(owner)
        entry = view.find(story_id)
        story = await self._visible(entry, owner) if entry is not None else None
        if entry is None or story is None:
            raise NotFound("story", story_id)
        return Seen(entry, story, owner, view.corrections_of(story))

    async def _visible(self, entry: Entry, owner: str | None) -> Story | None:
        """The story as one server sees it: without other servers' articles; `None` when nothing is left."""
        ids = entry.visible_ids(owner)
        if ids is None:
            return entry.story
        if not ids:
            return None
        key = (entry.story.id, str(entry.revision), *ids)
        if key not in self._parts:
            self._parts[key] = await self._ingest.describe_part(entry.story, ids)
            while len(self._parts) > _KEPT:
                self._parts.popitem(last=False)
        self._parts.move_to_end(key)
        return self._parts[key]

    # ------------------------------------------------------------------ sources

    async def sources(self, owner: str | None = None) -> tuple[Source, ...]:
        """The sources that a server sees, by name."""
        found = await self._database.read(stored_sources.load_sources)
        return tuple(s.source for s in found if owner == ALL_OWNERS or s.source.owner in (None, owner))

    async def source_health(self, owner: str | None = None) -> tuple[SourceHealth, ...]:
        """How the sources that a server sees are doing: state, why, when next; by name."""
        found = await self._database.read(stored_sources.load_sources)
        seen = [s for s in found if owner == ALL_OWNERS or s.source.owner in (None, owner)]
        return await self._refresher.health(seen)

    async def pause_source(self, source_id: str) -> None:
        """Leave a source alone until it is resumed. Raises NotFound."""
        await self._database.write(stored_sources.pause_source, source_id, paused=True)

    async def resume_source(self, source_id: str) -> None:
        """Read a source again from the next round on; what went wrong before is forgotten. Raises NotFound."""
        await self._database.write(stored_sources.pause_source, source_id, paused=False)

    async def add_source(self, kind: SourceKind, location: str, *, name: str, owner: str | None) -> Source:
        """Add a feed at run time. The same address for the same owner gives the same source.

        Raises:
            SourceInvalid: Not an address that may be added; folders only come from the configuration file.
        """
        address = _feed_address(kind, location)
        digest = hashlib.sha256(f"{owner or ''}\n{address}".encode()).hexdigest()[:12]
        source = Source(
            id=f"added-{digest}", kind=kind, name=name.strip()[:100] or address, location=address, owner=owner
        )
        await self._database.write(
            stored_sources.save_source, StoredSource(source=source, origin=Origin.ADDED)
        )
        return source

    async def import_sources(self, feeds: FeedList, *, owner: str | None) -> ImportReport:
        """Add the feeds of a list; they are not read yet. What is there already stays as it is."""
        before = {source.location for source in await self.sources(owner)}
        fresh = [feed for feed in feeds.feeds if feed.url not in before]
        added = [
            await self.add_source(SourceKind.FEED, feed.url, name=feed.name, owner=owner) for feed in fresh
        ]
        return ImportReport(added=tuple(added), known=len(feeds.feeds) - len(fresh), refused=feeds.refused)

    async def export_sources(self, owner: str | None = None) -> str:
        """The feeds that a server sees as an OPML list, by name."""
        feeds = [
            Outline(name=source.name, url=source.location)
            for source in await self.sources(owner)
            if source.kind is SourceKind.FEED
        ]
        return render_opml(feeds, title="sitrep")

    async def preview_source(self, location: str, *, tells_why: bool = False) -> Preview:
        """Read a feed, or the feed of a site, without keeping anything.

        `tells_why`: say why nothing could be read. Only to the operator: what stands behind an address of their
        network is nobody else's business.

        Raises:
            SourceUnavailable: Nothing is there.
            SourceInvalid: What is there is no feed and leads to none; or it is not an address that may be added.
        """
        address = _feed_address(SourceKind.FEED, location)
        source = Source(id="preview", kind=SourceKind.FEED, name=address, location=address)
        found, fetched = await find_feed(
            self._tools, Request(source=source, now=self._clock(), is_configured=tells_why)
        )
        return await _preview(
            dataclasses.replace(source, name=fetched.title or found, location=found), fetched
        )

    async def test_source(self, source_id: str) -> Preview:
        """Read a source as the next round would, without keeping anything.

        Raises:
            NotFound: There is no such source.
            SourceError: It gives nothing, with the reason.
        """
        (stored,) = await self._refresher.choose([source_id], only_due=False)
        fetched = await self._refresher.fetch(stored, force=True)
        return await _preview(stored.source, fetched)

    async def remove_source(self, source_id: str) -> None:
        """Stop reading a source; its articles stay. Raises NotFound."""
        await self._database.write(stored_sources.remove_source, source_id, self._clock())

    async def check_store(self) -> str | None:
        """What SQLite finds wrong with the file's structure; `None` when nothing. Reads all of it."""
        return await self._database.read(quick_check)

    async def scrub(self) -> tuple[str, ...]:
        """Read over the next part of the store; what is not as it was written, by name, as far as it was found.

        Called with each round it reads the whole store within weeks. Raises StoreError where the file cannot be read.
        """
        return await self._scrubber.step()

    async def check_parser(self) -> None:
        """Let the parser's process read a feed. Raises SourceInvalid when it does not."""
        try:
            await self._tools.worker.run("feed", b"<rss version='2.0'/>", content_type="text/xml", url="")
        except WorkerFailed as exc:
            raise SourceInvalid("parser", f"its process does not work: {exc}") from exc

    async def status(self, *, owner: str = ALL_OWNERS) -> EngineStatus:
        """How the engine is doing; stories, articles and sources are those that a server sees."""
        await self._catalogue.update(self._database)
        stored = await self._database.read(stored_sources.load_sources)
        known = [s for s in stored if owner == ALL_OWNERS or s.source.owner in (None, owner)]
        others = None if owner == ALL_OWNERS else owner
        last = await self._database.read(settings.load_setting, "last_refresh")
        path = self._database.path
        return EngineStatus(
            version=_version(),
            schema=await self._database.read(schema_version),
            articles=await self._database.read(stored_articles.count_articles, seen_by=others),
            stories=len(self._catalogue) if others is None else len(self.story_titles(owner)),
            store_path=path,
            store_bytes=sum(
                file.stat().st_size for file in (path, path.with_name(path.name + "-wal")) if file.exists()
            ),
            last_refresh=dt.datetime.fromisoformat(last) if last else None,
            is_refreshing=self._refreshing.locked(),
            sources=len(known),
            failing=tuple(s.source for s in known if s.source.error is not None),
            sqlite=sqlite3.sqlite_version,
            expat=pyexpat.EXPAT_VERSION,
            damage=self._scrubber.damage,
        )

    # ------------------------------------------------------------------ deliveries

    async def open_slot(
        self, subscription: str, day: dt.date, at: str, destination: str, parts: Sequence[NewPart]
    ) -> bool:
        """Freeze a scheduled digest with its messages, on disk when this returns. `False` when the slot exists."""
        return await self._database.record(
            deliveries.open_slot, subscription, day, at, destination, parts, self._clock()
        )

    async def has_slot(self, subscription: str, day: dt.date, at: str) -> bool:
        return await self._database.read(deliveries.has_slot, subscription, day, at)

    async def ping(self) -> None:
        """Take the writer and give it back: shows that the store takes writes. Raises StoreError when it does not."""
        await self._database.write(lambda _db: None)

    async def unfinished_parts(self) -> tuple[DeliveryPart, ...]:
        """Messages that are `ready` or `sending`, in the order in which they are to be posted."""
        return await self._database.read(deliveries.unfinished_parts)

    async def mark_sending(self, part_id: int) -> None:
        """About to be sent. A part that is `sending` keeps its time. Raises NotFound for an unknown part."""
        await self._database.record(deliveries.mark_sending, part_id, self._clock())

    async def mark_sent(self, part_id: int, reference: str) -> None:
        """Posted; `reference` is the message's id there."""
        await self._database.record(deliveries.mark_sent, part_id, reference, self._clock())

    async def mark_unsure(self, part_id: int, reason: str) -> None:
        """It may have been posted and cannot be looked up: not sent again by itself."""
        await self._database.record(deliveries.mark_unsure, part_id, reason, self._clock())

    async def mark_skipped(self, part_id: int, reason: str) -> None:
        """Given up, with the reason."""
        await self._database.record(deliveries.mark_skipped, part_id, reason, self._clock())

    async def slot_parts(self, subscription: str, day: dt.date, at: str) -> tuple[DeliveryPart, ...]:
        """The messages of one digest, in order; none when it is unknown or says nothing."""
        return await self._database.read(deliveries.slot_parts, subscription, day, at)

    async def recent_deliveries(self, limit: int = 20) -> tuple[DeliveryPart, ...]:
        """The last messages of any state, newest slot first."""
        return await self._database.read(deliveries.recent_parts, limit)

    # ------------------------------------------------------------------ what cards showed

    async def note_shown(
        self, channel: str, lines: Sequence[ShownLine], *, reader: str | None = None
    ) -> None:
        """Keep the numbered lines of a card that a channel, or one reader in it, sees now."""
        card = ShownCard(channel=channel, reader=reader, shown_at=self._clock(), lines=tuple(lines))
        await self._database.write(shown.save_shown, card)

    async def last_shown(self, channel: str, reader: str) -> ShownCard | None:
        """The last card with numbered lines that a reader saw in a channel."""
        return await self._database.read(shown.load_shown, channel, reader)

    async def passage(self, citation: Citation, *, owner: str | None = None) -> Passage:
        """The sentence that a citation leads to. Raises NotFound for an article that this server does not see."""
        found = await self._database.read(stored_articles.load_with_facts, [citation.article_id])
        whose = await self._database.read(shown.find_owner, citation.article_id)
        if not found or whose is None or (owner != ALL_OWNERS and whose[0] not in (None, owner)):
            raise NotFound("article", citation.article_id)
        return await asyncio.to_thread(find_passage, *found[0], citation)

    # ------------------------------------------------------------------ settings

    async def setting(self, key: str) -> str | None:
        """A small value that was kept under a key; `None` when there is none."""
        return await self._database.read(settings.load_setting, key)

    async def set_setting(self, key: str, value: str) -> None:
        await self._database.write(settings.save_setting, key, value)


def _version() -> str:
    try:
        return metadata.version("sitrep")
    except metadata.PackageNotFoundError:  # run from a clone, not installed
        return "not installed"


def _configured(source: SourceConfig) -> StoredSource:
    return StoredSource(
        source=Source(
            id=source.id, kind=source.source_kind, name=source.name or source.id, location=source.location
        ),
        origin=Origin.CONFIG,
        pages=source.pages,
    )


def _loaded(name: str, source_id: str, location: str) -> StoredSource:
    source = Source(id=source_id, kind=SourceKind.FOLDER, name=name, location=location)
    return StoredSource(source=source, origin=Origin.LOADED)


async def _preview(source: Source, fetched: Fetched) -> Preview:
    items = await asyncio.to_thread(list, fetched.items)
    found = [item for item in items if isinstance(item, RawArticle)]
    failures = [(item.where, item.reason) for item in items if isinstance(item, ReadFailure)]
    return Preview(
        result=SourceResult(
            source_id=source.id,
            name=source.name,
            new=len(found),
            failed=len(failures),
            failures=tuple(failures[:_PREVIEWED]),
        ),
        title=fetched.title,
        titles=tuple(article.title for article in found[:_PREVIEWED] if article.title),
        location=source.location,
    )


def _feed_address(kind: SourceKind, location: str) -> str:
    if kind is not SourceKind.FEED:
        raise SourceInvalid(
            "new source", "only feeds can be added; folders are named in the configuration file"
        )
    typed = location.strip()
    # People type "paper.example"; a single word or a path is a slip.
    is_bare = "://" not in typed and "." in typed.partition("/")[0]
    address = web_address(f"https://{typed}" if is_bare else typed)
    if address is None:
        raise SourceInvalid("new source", "expected an http or https address without user name and password")
    return address


__all__ = ["ALL_OWNERS", "Engine", "EngineStatus", "ImportReport", "Preview", "ProgressHook", "open_engine"]

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
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from pathlib import Path

from digests.analysis.edits import ArticleEdit
from digests.catalogue import ALL_OWNERS, Catalogue
from digests.chronicles import Chronicles
from digests.clock import Clock
from digests.condition import EngineStatus, program_version, size_of_store
from digests.config import EngineConfig, clock_of
from digests.errors import NotFound, SourceInvalid, StoreError
from digests.fixes import Fixes
from digests.forgetting import forget_server
from digests.health import SourceHealth
from digests.history import find_article_edits, find_story_changes, find_story_edits
from digests.ingest import Ingest, ProgressHook
from digests.listing import list_stories
from digests.loading import Loading
from digests.passages import find_passage
from digests.pictures import Pictures
from digests.refreshing import Refresher
from digests.scrubbing import Scrubber
from digests.servers import Servers
from digests.shelf import Shelf
from digests.sourcelist import ImportReport, Preview, SourceList
from digests.sources import Tools
from digests.sources.fetch import Fetcher
from digests.sources.opml import FeedList
from digests.sources.worker import Worker, WorkerFailed
from digests.store import articles as stored_articles
from digests.store import deliveries, settings, shown
from digests.store.connection import Database, open_database, quick_check, schema_version
from digests.store.deliveries import DeliveryPart, NewPart
from digests.tongues import tongue_of
from digests.types import (
    Article,
    Card,
    Changes,
    Chart,
    Chronicle,
    Citation,
    Findings,
    Measure,
    Passage,
    RefreshReport,
    ShownCard,
    ShownLine,
    Source,
    SourceKind,
    Standing,
    Story,
)
from digests.views import Views
from digests.watches import Watches

log = logging.getLogger(__name__)


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
        # The way in: sources, articles, the store.
        self._scrubber = Scrubber(database)
        self._ingest = Ingest(database, clock, self._tools)
        refresher = Refresher(database, clock, self._tools, self._ingest)
        self._sources = SourceList(database, clock, self._tools, refresher)
        self._loading = Loading(
            database, clock, self._tools.worker, self._ingest, refresher, self._keep_ready
        )
        # The way out: what a server sees, findings and cards, timelines of affairs, pictures.
        self._views = Views(database, self._catalogue, self._ingest.describe_part)
        self._shelf = Shelf(database, self._catalogue, prepares=prepare)
        self._pictures = Pictures(database)
        self._chronicles = Chronicles(database, self._shelf, self._views)
        #: What servers have set up for themselves.
        self.servers = Servers(database, clock)
        #: What members report and admins correct.
        self.fixes = Fixes(database, clock)
        #: Who wants to be told when a story moves.
        self.watches = Watches(database, clock)

    def now(self) -> dt.datetime:
        """The engine's clock."""
        return self._clock()

    @property
    def revision(self) -> int:
        """Grows when a story changes, as far as this process knows."""
        return self._catalogue.revision

    async def _start(self, *, keep_sources: bool) -> None:
        if not keep_sources:
            await self._sources.configure(self.config.sources)
        await self.servers.load()
        await self.keep_ready()

    async def _stop(self) -> None:
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
        self._require_undamaged()
        return await self._loading.refresh(source_ids, force=force, only_due=only_due, progress=progress)

    def _require_undamaged(self) -> None:
        if self._scrubber.damage:
            problem = f"{self._database.path}: is damaged: {self._scrubber.damage[0]}"
            raise StoreError(f"{problem}; stop the bot, keep this file, and put a backup in its place")

    async def load_paths(
        self, paths: Sequence[Path | str], *, progress: ProgressHook | None = None
    ) -> RefreshReport:
        """Load files and folders, one row of the report each; what is known and unchanged is counted, not written.

        Raises:
            RefreshInProgress: Another refresh or load is running.
        """
        return await self._loading.paths(paths, progress)

    async def load_jsonl(
        self, lines: Iterable[str | bytes], *, name: str, progress: ProgressHook | None = None
    ) -> RefreshReport:
        """Load JSON Lines, one article a line (FORMATS); `name` stands for them in ids and messages.

        Raises:
            RefreshInProgress: Another refresh or load is running.
        """
        return await self._loading.jsonl(lines, name, progress)

    async def forget_servers(self) -> tuple[str, ...]:
        """Delete the data of servers that the bot left 30 days ago; which these were.

        Raises:
            RefreshInProgress: A refresh or load is running; later will do.
        """
        gone = await self.servers.to_forget()
        for server in gone:
            async with self._loading.alone():
                count = await forget_server(self._database, server)
                await self.servers.load()
            log.info("forgotten server=%s articles=%d", server, count)
        return gone

    async def keep_ready(self) -> None:
        """Learn what other processes have loaded, and have the cards of what is new made in the background.

        Costs nothing when nothing has changed, and does nothing while a load runs: its end does it.
        """
        if not self._loading.is_running:
            await self._keep_ready()

    async def _keep_ready(self) -> None:
        await self._catalogue.update(self._database)
        await self._shelf.keep_ready()

    async def ready(self) -> None:
        """Wait until the cards of all stories have been made, and what else is made ahead."""
        await self._shelf.ready()

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
        return await list_stories(
            self._database, self._views, since=since, find=find, owner=owner, limit=limit
        )

    async def story(self, story_id: str, *, owner: str | None = None) -> Story:
        """One story, or the one that it was merged into. Raises NotFound."""
        return (await self._views.seen(story_id, owner)).story

    def story_titles(self, owner: str | None = None) -> tuple[tuple[str, str], ...]:
        """Id and title of each story, the most important first, from memory: for autocomplete."""
        return self._views.titles(owner)

    async def articles(self, story_id: str, *, owner: str | None = None) -> tuple[Article, ...]:
        """The articles of a story, oldest first. Raises NotFound."""
        story = await self.story(story_id, owner=owner)
        return await self._database.read(stored_articles.load_articles, story.article_ids)

    async def edits(self, article_ids: Sequence[str]) -> dict[str, tuple[ArticleEdit, ...]]:
        """What outlets changed in some articles, oldest first, by id; those that never changed are left out."""
        return await find_article_edits(self._database, article_ids)

    async def story_edits(self, story_id: str, *, owner: str | None = None) -> tuple[ArticleEdit, ...]:
        """Which figures outlets changed in a story's articles, as a server sees it. Raises NotFound.

        Articles in which its admins have put figures right are left out: what they withheld comes back in no form.
        """
        return await find_story_edits(self._database, await self._views.seen(story_id, owner))

    async def findings(self, story_id: str, *, owner: str | None = None) -> Findings:
        """Everything that analysis says about a story. Raises NotFound."""
        return await self._shelf.findings(await self._views.seen(story_id, owner))

    async def standing(self, story_id: str, *, owner: str | None = None) -> Standing:
        """How far a story's figures and accounts agree: the words above a card. Raises NotFound."""
        return (await self._shelf.glance(await self._views.seen(story_id, owner))).standing

    async def card(self, story_id: str, *, owner: str | None = None, language: str = "en") -> Card:
        """A story's card, its own words in one of `LANGUAGES`. Raises NotFound."""
        return await self._shelf.card(await self._views.seen(story_id, owner), tongue_of(language))

    async def timeline(self, story_id: str, *, owner: str | None = None) -> Chronicle:
        """A story's days; those of its whole affair where it is the largest of a long one. Raises NotFound."""
        return await self._chronicles.of(await self._views.seen(story_id, owner))

    async def changes(self, story_id: str, since: dt.datetime, *, owner: str | None = None) -> Changes:
        """What the articles since a moment, by their outlets' own times, have added to a story. Raises NotFound."""
        seen = await self._views.seen(story_id, owner)
        after = await self._shelf.findings(seen)
        return await find_story_changes(self._database, seen, after, since)

    async def toll_chart(
        self,
        story_id: str,
        *,
        measure: Measure | None = None,
        owner: str | None = None,
        language: str = "en",
    ) -> Chart | None:
        """The toll of a story over time as a picture; `None` with too little to draw. Raises NotFound."""
        seen = await self._views.seen(story_id, owner)
        findings = await self._shelf.findings(seen)
        return await self._pictures.toll(seen.story, findings, measure=measure, tongue=tongue_of(language))

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
        seen = await self._views.seen(story_id, owner)
        chronicle = await self._chronicles.of(seen)
        return await self._pictures.timeline(
            seen.story, chronicle, first=first, last=last, tongue=tongue_of(language)
        )

    # ------------------------------------------------------------------ sources

    async def sources(self, owner: str | None = None) -> tuple[Source, ...]:
        """The sources that a server sees, by name."""
        return tuple(stored.source for stored in await self._sources.seen_by(owner))

    async def source_health(self, owner: str | None = None) -> tuple[SourceHealth, ...]:
        """How the sources that a server sees are doing: state, why, when next; by name."""
        return await self._sources.health(owner)

    async def pause_source(self, source_id: str) -> None:
        """Leave a source alone until it is resumed. Raises NotFound."""
        await self._sources.pause(source_id, paused=True)

    async def resume_source(self, source_id: str) -> None:
        """Read a source again from the next round on; what went wrong before is forgotten. Raises NotFound."""
        await self._sources.pause(source_id, paused=False)

    async def add_source(self, kind: SourceKind, location: str, *, name: str, owner: str | None) -> Source:
        """Add a feed at run time. A source that reads the address already, among what the owner sees, is given.

        Raises:
            SourceInvalid: Not an address that may be added; folders only come from the configuration file.
        """
        return await self._sources.add(kind, location, name=name, owner=owner)

    async def find_source(self, location: str, *, owner: str | None = None) -> Source | None:
        """What a server sees that reads this address, however it is spelled; `None` when nothing does."""
        return await self._sources.find(location, owner)

    async def add_and_read(
        self,
        kind: SourceKind,
        location: str,
        *,
        name: str,
        owner: str | None,
        on_added: Callable[[Source], Awaitable[None]],
    ) -> RefreshReport:
        """Add a feed as `add_source` does, and read it before any other round can: the report tells what it brought.

        `on_added` is awaited when the source is saved and nothing of it is read yet.

        Raises:
            SourceInvalid: Not an address that may be added.
            RefreshInProgress: Another refresh or load is running; nothing is added.
            StoreError: The store is damaged, see `refresh`.
        """
        self._require_undamaged()

        async def add() -> Source:
            source = await self.add_source(kind, location, name=name, owner=owner)
            await on_added(source)
            return source

        return await self._loading.first_read(add)

    async def import_sources(self, feeds: FeedList, *, owner: str | None) -> ImportReport:
        """Add the feeds of a list; they are not read yet. What is there already stays as it is."""
        return await self._sources.take_feeds(feeds, owner=owner)

    async def export_sources(self, owner: str | None = None) -> str:
        """The feeds that a server sees as an OPML list, by name."""
        return await self._sources.give_feeds(owner)

    async def preview_source(self, location: str, *, tells_why: bool = False) -> Preview:
        """Read a feed, or the feed of a site, without keeping anything.

        `tells_why`: say why nothing could be read. Only to the operator: what stands behind an address of their
        network is nobody else's business.

        Raises:
            SourceUnavailable: Nothing is there.
            SourceInvalid: What is there is no feed and leads to none; or it is not an address that may be added.
        """
        return await self._sources.preview(location, tells_why=tells_why)

    async def test_source(self, source_id: str) -> Preview:
        """Read a source as the next round would, without keeping anything.

        Raises:
            NotFound: There is no such source.
            SourceError: It gives nothing, with the reason.
        """
        return await self._sources.test(source_id)

    async def remove_source(self, source_id: str) -> None:
        """Stop reading a source; its articles stay. Raises NotFound."""
        await self._sources.remove(source_id)

    # ------------------------------------------------------------------ the engine itself

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
        known = await self.sources(owner)
        others = None if owner == ALL_OWNERS else owner
        path = self._database.path
        return EngineStatus(
            version=program_version(),
            schema=await self._database.read(schema_version),
            articles=await self._database.read(stored_articles.count_articles, seen_by=others),
            stories=len(self._catalogue) if others is None else len(self.story_titles(owner)),
            store_path=path,
            store_bytes=size_of_store(path),
            last_refresh=await self._loading.last_refresh(),
            is_refreshing=self._loading.is_running,
            sources=len(known),
            failing=tuple(source for source in known if source.error is not None),
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


__all__ = ["ALL_OWNERS", "Engine", "EngineStatus", "ImportReport", "Preview", "ProgressHook", "open_engine"]

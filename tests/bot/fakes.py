"""An engine of hand-made values, and a Discord that keeps what it is sent: for tests of the Discord side alone."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from bot.render.page import Page
from digests import (
    Article,
    ArticleEdit,
    Card,
    Changes,
    Chart,
    Chronicle,
    DeliveryPart,
    EngineConfig,
    EngineStatus,
    FeedList,
    Findings,
    ImportReport,
    Measure,
    NewPart,
    NotFound,
    PartState,
    Preview,
    RefreshInProgress,
    RefreshReport,
    Servers,
    ShownLine,
    Source,
    SourceHealth,
    SourceKind,
    SourceResult,
    SourceState,
    Standing,
    Story,
    Watch,
    standing_of,
    tongue_of,
)
from digests.charts import sketch_timeline, sketch_toll
from digests.store.connection import create_schema
from tests.bot.factories import ARTICLES, CARD, FINDINGS, STORY, at

NOW = at(12, day=dt.date(2025, 6, 5))


class MemoryStore:
    """The real tables and questions, in memory and without threads."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        create_schema(self._connection)

    async def read(self, question: Callable[..., Any], *args: Any) -> Any:
        return question(self._connection, *args)

    write = record = read


@dataclass
class FakeLedger:
    """The delivery ledger in memory, with the engine's own rules."""

    clock: dt.datetime = NOW
    slots: dict[tuple[str, dt.date, str], str] = field(default_factory=dict)
    parts: list[DeliveryPart] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    shown: dict[tuple[str, str | None], tuple[ShownLine, ...]] = field(default_factory=dict)

    def now(self) -> dt.datetime:
        return self.clock

    async def setting(self, key: str) -> str | None:
        return self.settings.get(key)

    async def set_setting(self, key: str, value: str) -> None:
        self.settings[key] = value

    async def has_slot(self, subscription: str, day: dt.date, at: str) -> bool:
        return (subscription, day, at) in self.slots

    async def open_slot(
        self, subscription: str, day: dt.date, at: str, destination: str, parts: Sequence[NewPart]
    ) -> bool:
        if (subscription, day, at) in self.slots:
            return False
        self.slots[subscription, day, at] = destination
        for number, part in enumerate(parts, 1):
            self.parts.append(
                DeliveryPart(
                    id=len(self.parts) + 1,
                    slot_id=len(self.slots),
                    subscription=subscription,
                    day=day,
                    at=at,
                    destination=destination,
                    number=number,
                    of=len(parts),
                    payload=part.payload,
                    nonce=part.nonce,
                    mark=part.mark,
                    state=PartState.READY,
                    reference=None,
                    reason=None,
                    changed_at=self.clock,
                )
            )
        return True

    async def slot_parts(self, subscription: str, day: dt.date, at: str) -> tuple[DeliveryPart, ...]:
        key = (subscription, day, at)
        return tuple(part for part in self.parts if (part.subscription, part.day, part.at) == key)

    async def unfinished_parts(self) -> tuple[DeliveryPart, ...]:
        return tuple(part for part in self.parts if part.state in (PartState.READY, PartState.SENDING))

    def change(self, part_id: int, **changes: Any) -> None:
        self.parts = [replace(part, **changes) if part.id == part_id else part for part in self.parts]

    async def mark_sending(self, part_id: int) -> None:
        part = next(part for part in self.parts if part.id == part_id)
        if part.state is PartState.READY:
            self.change(part_id, state=PartState.SENDING, changed_at=self.clock)

    async def mark_sent(self, part_id: int, reference: str) -> None:
        self.change(part_id, state=PartState.SENT, reference=reference)

    async def mark_unsure(self, part_id: int, reason: str) -> None:
        self.change(part_id, state=PartState.UNSURE, reason=reason)

    async def mark_skipped(self, part_id: int, reason: str) -> None:
        self.change(part_id, state=PartState.SKIPPED, reason=reason)

    async def note_shown(
        self, channel: str, lines: Sequence[ShownLine], *, reader: str | None = None
    ) -> None:
        self.shown[channel, reader] = tuple(lines)


class NoWatches:
    """Alerts and follows that nobody has asked for."""

    async def all(self) -> tuple[Watch, ...]:
        return ()

    active = all


@dataclass
class FakeEngine(FakeLedger):
    """Stories by hand; everyone sees those without an owner, a server also its own."""

    stories_known: list[Story] = field(default_factory=lambda: [STORY])
    owners: dict[str, str] = field(default_factory=dict)
    findings_known: dict[str, Findings] = field(default_factory=lambda: {STORY.id: FINDINGS})
    cards: dict[str, Card] = field(default_factory=lambda: {STORY.id: CARD})
    sources_known: list[Source] = field(default_factory=list)
    is_refreshing: bool = False
    servers: Servers = field(init=False)
    refreshed: list[tuple[str, ...] | None] = field(default_factory=list)
    # How often the cards of what is new were asked to be made ahead.
    kept_ready: int = 0
    config: EngineConfig = field(default_factory=lambda: EngineConfig(refresh_minutes=1440))

    # Nobody watches hand-made stories.
    watches: NoWatches = field(default_factory=lambda: NoWatches())

    def __post_init__(self) -> None:
        self.servers = Servers(cast(Any, MemoryStore()), self.now)

    async def forget_servers(self) -> tuple[str, ...]:
        return ()

    def _sees(self, story: Story, owner: str | None) -> bool:
        return self.owners.get(story.id) in (None, owner)

    async def stories(
        self,
        *,
        since: dt.date | None = None,
        find: str | None = None,
        owner: str | None = None,
        limit: int = 25,
    ) -> tuple[Story, ...]:
        found = [story for story in self.stories_known if self._sees(story, owner)]
        if find:
            found = [story for story in found if find.casefold() in story.title.casefold()]
        if since:
            found = [
                story for story in found if story.last_published and story.last_published.date() >= since
            ]
        return tuple(found[:limit])

    async def story(self, story_id: str, *, owner: str | None = None) -> Story:
        for story in self.stories_known:
            if story.id == story_id and self._sees(story, owner):
                return story
        raise NotFound("story", story_id)

    def story_titles(self, owner: str | None = None) -> tuple[tuple[str, str], ...]:
        return tuple((story.id, story.title) for story in self.stories_known if self._sees(story, owner))

    async def articles(self, story_id: str, *, owner: str | None = None) -> tuple[Article, ...]:
        await self.story(story_id, owner=owner)
        return ARTICLES

    async def keep_ready(self) -> None:
        self.kept_ready += 1

    async def findings(self, story_id: str, *, owner: str | None = None) -> Findings:
        await self.story(story_id, owner=owner)
        return self.findings_known.get(story_id, Findings(story_id=story_id))

    async def standing(self, story_id: str, *, owner: str | None = None) -> Standing:
        return standing_of(await self.findings(story_id, owner=owner))

    async def card(self, story_id: str, *, owner: str | None = None, language: str = "en") -> Card:
        story = await self.story(story_id, owner=owner)
        return self.cards.get(story_id) or replace(CARD, story_id=story_id, title=story.title)

    async def changes(self, story_id: str, since: dt.datetime, *, owner: str | None = None) -> Changes:
        await self.story(story_id, owner=owner)
        return Changes(story_id=story_id, since=since)

    async def story_edits(self, story_id: str, *, owner: str | None = None) -> tuple[ArticleEdit, ...]:
        await self.story(story_id, owner=owner)
        return ()

    async def timeline(self, story_id: str, *, owner: str | None = None) -> Chronicle:
        findings = await self.findings(story_id, owner=owner)
        return Chronicle(entries=findings.timeline, story_ids=(story_id,))

    async def toll_chart(
        self,
        story_id: str,
        *,
        measure: Measure | None = None,
        owner: str | None = None,
        language: str = "en",
    ) -> Chart | None:
        story = await self.story(story_id, owner=owner)
        findings = await self.findings(story_id, owner=owner)
        sketch = sketch_toll(story, findings, measure=measure, tongue=tongue_of(language))
        return sketch and sketch.draw()

    async def timeline_chart(
        self,
        story_id: str,
        *,
        first: dt.date | None = None,
        last: dt.date | None = None,
        owner: str | None = None,
        language: str = "en",
    ) -> Chart | None:
        story = await self.story(story_id, owner=owner)
        found = await self.timeline(story_id, owner=owner)
        tongue = tongue_of(language)
        sketch = sketch_timeline(story, found.entries, first=first, last=last, tongue=tongue)
        return sketch and sketch.draw()

    async def sources(self, owner: str | None = None) -> tuple[Source, ...]:
        return tuple(source for source in self.sources_known if source.owner in (None, owner))

    async def preview_source(self, location: str) -> Preview:
        result = SourceResult(source_id="preview", name=location, new=2)
        return Preview(result=result, title="Harbour News", titles=("Storm passes", "Pier reopens"))

    async def add_source(self, kind: SourceKind, location: str, *, name: str, owner: str | None) -> Source:
        source = Source(
            id=f"added-{len(self.sources_known)}", kind=kind, name=name, location=location, owner=owner
        )
        self.sources_known.append(source)
        return source

    async def find_source(self, location: str, *, owner: str | None = None) -> Source | None:
        return next((source for source in await self.sources(owner) if source.location == location), None)

    async def add_and_read(
        self,
        kind: SourceKind,
        location: str,
        *,
        name: str,
        owner: str | None,
        on_added: Callable[[Source], Awaitable[None]],
    ) -> RefreshReport:
        if self.is_refreshing:
            raise RefreshInProgress("a refresh is running")
        source = await self.add_source(kind, location, name=name, owner=owner)
        await on_added(source)
        return await self.refresh([source.id])

    async def source_health(self, owner: str | None = None) -> tuple[SourceHealth, ...]:
        return tuple(
            SourceHealth(source=source, state=SourceState.PAUSED if source.paused else SourceState.WORKING)
            for source in await self.sources(owner)
        )

    async def test_source(self, source_id: str) -> Preview:
        return await self.preview_source(source_id)

    async def pause_source(self, source_id: str) -> None:
        self._set_paused(source_id, True)

    async def resume_source(self, source_id: str) -> None:
        self._set_paused(source_id, False)

    def _set_paused(self, source_id: str, paused: bool) -> None:
        self.sources_known = [
            replace(source, paused=paused) if source.id == source_id else source
            for source in self.sources_known
        ]

    async def import_sources(self, feeds: FeedList, *, owner: str | None) -> ImportReport:
        known = {source.location for source in await self.sources(owner)}
        added = [
            await self.add_source(SourceKind.FEED, feed.url, name=feed.name, owner=owner)
            for feed in feeds.feeds
            if feed.url not in known
        ]
        return ImportReport(added=tuple(added), known=len(feeds.feeds) - len(added), refused=feeds.refused)

    async def export_sources(self, owner: str | None = None) -> str:
        return "<opml>" + "".join(source.location for source in await self.sources(owner)) + "</opml>"

    async def remove_source(self, source_id: str) -> None:
        self.sources_known = [source for source in self.sources_known if source.id != source_id]

    async def refresh(
        self,
        source_ids: Sequence[str] | None = None,
        *,
        force: bool = False,
        only_due: bool = False,
        progress: Any = None,
    ) -> RefreshReport:
        if self.is_refreshing:
            raise RefreshInProgress("a refresh is running")
        self.refreshed.append(tuple(source_ids) if source_ids is not None else None)
        results = tuple(SourceResult(source_id=one, name=one, new=3) for one in source_ids or ())
        return RefreshReport(started=self.clock, finished=self.clock, results=results)

    async def scrub(self) -> tuple[str, ...]:
        return ()

    async def status(self, *, owner: str = "*") -> EngineStatus:
        return EngineStatus(
            version="0.1.0", schema=1, articles=3, stories=len(self.stories_known), store_path=Path("x.db"),
            store_bytes=2048, last_refresh=self.clock, is_refreshing=False, sources=len(self.sources_known),
            failing=tuple(source for source in self.sources_known if source.error), sqlite="3.40", expat="expat_2.6",
        )  # fmt: skip


@dataclass
class FakeSender:
    """A channel that keeps messages and remembers nonces; `faults` are raised one after the other, before or after."""

    posted: list[tuple[str, str, Page, str]] = field(default_factory=list)
    faults: list[tuple[str, Exception]] = field(default_factory=list)
    readable: Exception | None = None
    remembers_nonces: bool = True
    looked: int = 0
    passed_on: list[tuple[str, str]] = field(default_factory=list)

    async def send(self, destination: str, page: Page, nonce: str) -> str:
        moment, error = self.faults.pop(0) if self.faults else ("", None)
        if error is not None and moment == "before":
            raise error
        reference = self._store(destination, page, nonce)
        if error is not None:
            raise error
        return reference

    def _store(self, destination: str, page: Page, nonce: str) -> str:
        if self.remembers_nonces:
            for reference, _, _, known in self.posted:
                if known == nonce:
                    return reference
        reference = str(1000 + len(self.posted))
        self.posted.append((reference, destination, page, nonce))
        return reference

    async def open_post(self, destination: str, page: Page) -> str:
        moment, error = self.faults.pop(0) if self.faults else ("", None)
        if error is not None and moment == "before":
            raise error
        reference = str(1000 + len(self.posted))
        self.posted.append((reference, destination, page, ""))
        if error is not None:
            raise error
        return reference

    async def own_posts(self, destination: str, title: str) -> Sequence[tuple[str, str]]:
        found = await self.own_texts(destination, 100)
        titles = {ref: page.posting.title for ref, _, page, _ in self.posted}
        return [(ref, text) for ref, text in found if titles[ref] == title]

    async def pass_on(self, destination: str, reference: str) -> None:
        self.passed_on.append((destination, reference))

    async def own_texts(self, destination: str, limit: int) -> Sequence[tuple[str, str]]:
        self.looked += 1
        if self.readable is not None:
            raise self.readable
        return [
            (ref, "\n".join(page.texts))
            for ref, where, page, _ in self.posted[-limit:]
            if where == destination
        ]

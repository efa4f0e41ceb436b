"""The list of sources: what a server sees of it, feeds that come and go at run time, what one would load."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from digests.catalogue import ALL_OWNERS
from digests.clock import Clock
from digests.config import SourceConfig, address_key
from digests.errors import SourceInvalid
from digests.health import SourceHealth
from digests.refreshing import Refresher
from digests.sources import Fetched, ReadFailure, Request, Tools
from digests.sources.discovery import find_feed
from digests.sources.opml import FeedList, Outline, render_opml
from digests.sources.stated import web_address
from digests.store import sources as stored_sources
from digests.store.connection import Database
from digests.store.sources import Origin, StoredSource
from digests.text.languages import language_note, other_language
from digests.types import RawArticle, Source, SourceKind, SourceResult

# Titles shown of a source that is tried out.
_PREVIEWED = 10
# Letters of a source's name that are kept.
_LONGEST_NAME = 100


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


class SourceList:
    """The sources of a store, those of the configuration file and those that were added."""

    def __init__(self, database: Database, clock: Clock, tools: Tools, refresher: Refresher) -> None:
        self._database = database
        self._clock = clock
        self._tools = tools
        self._refresher = refresher

    async def configure(self, sources: Sequence[SourceConfig]) -> None:
        """Take over what the configuration file names now; writes only when that has changed."""
        wanted = tuple(_configured(source) for source in sources)
        if await self._database.read(stored_sources.outdated_config, wanted):
            await self._database.write(stored_sources.sync_config, wanted, self._clock())

    async def seen_by(self, owner: str | None) -> tuple[StoredSource, ...]:
        """The sources that a server sees, by name."""
        found = await self._database.read(stored_sources.load_sources)
        return tuple(s for s in found if owner == ALL_OWNERS or s.source.owner in (None, owner))

    async def health(self, owner: str | None) -> tuple[SourceHealth, ...]:
        """How they are doing, in the same order."""
        return await self._refresher.health(await self.seen_by(owner))

    async def pause(self, source_id: str, *, paused: bool) -> None:
        """Leave a source alone, or no longer; then what went wrong before is forgotten. Raises NotFound."""
        await self._database.write(stored_sources.pause_source, source_id, paused=paused)

    async def add(self, kind: SourceKind, location: str, *, name: str, owner: str | None) -> Source:
        """Add a feed; what reads this address already, among what the owner sees, is given. Raises SourceInvalid."""
        source = _added(_feed_address(kind, location), name=name, owner=owner)
        known = await self.find(source.location, owner)
        if known is not None and known.id != source.id:
            return known
        return await self._keep(source)

    async def _keep(self, source: Source) -> Source:
        await self._database.write(
            stored_sources.save_source, StoredSource(source=source, origin=Origin.ADDED)
        )
        return source

    async def find(self, location: str, owner: str | None) -> Source | None:
        """What an owner sees that reads this address, however it is spelled."""
        wanted = address_key(location)
        seen = (stored.source for stored in await self.seen_by(owner))
        return next(
            (s for s in seen if s.kind is SourceKind.FEED and address_key(s.location) == wanted), None
        )

    async def remove(self, source_id: str) -> None:
        """Stop reading a source; its articles stay. Raises NotFound."""
        await self._database.write(stored_sources.remove_source, source_id, self._clock())

    async def take_feeds(self, feeds: FeedList, *, owner: str | None) -> ImportReport:
        """Add the feeds of a list that are not there already; they are not read yet."""
        known = {address_key(stored.source.location) for stored in await self.seen_by(owner)}
        fresh = []
        for feed in feeds.feeds:
            if (key := address_key(feed.url)) not in known:
                known.add(key)
                fresh.append(feed)
        # Known and fresh are told apart above: to look for each again would read the list once a feed.
        told = [_added(_feed_address(SourceKind.FEED, f.url), name=f.name, owner=owner) for f in fresh]
        added = [await self._keep(source) for source in told]
        return ImportReport(added=tuple(added), known=len(feeds.feeds) - len(fresh), refused=feeds.refused)

    async def give_feeds(self, owner: str | None) -> str:
        """The feeds that a server sees as an OPML list, by name."""
        sources = [stored.source for stored in await self.seen_by(owner)]
        feeds = [
            Outline(name=source.name, url=source.location)
            for source in sources
            if source.kind is SourceKind.FEED
        ]
        return render_opml(feeds, title="sitrep")

    async def preview(self, location: str, *, tells_why: bool) -> Preview:
        """What a feed, or the feed of a site, would load; see `Engine.preview_source`."""
        address = _feed_address(SourceKind.FEED, location)
        source = Source(id="preview", kind=SourceKind.FEED, name=address, location=address)
        request = Request(source=source, now=self._clock(), is_configured=tells_why)
        found, fetched = await find_feed(self._tools, request)
        return await _preview(
            dataclasses.replace(source, name=fetched.title or found, location=found), fetched
        )

    async def test(self, source_id: str) -> Preview:
        """What a source would load in the next round. Raises NotFound, SourceError."""
        (stored,) = await self._refresher.choose([source_id], only_due=False)
        return await _preview(stored.source, await self._refresher.fetch(stored, force=True))


def _configured(source: SourceConfig) -> StoredSource:
    return StoredSource(
        source=Source(
            id=source.id, kind=source.source_kind, name=source.name or source.id, location=source.location
        ),
        origin=Origin.CONFIG,
        pages=source.pages,
    )


async def _preview(source: Source, fetched: Fetched) -> Preview:
    items = await asyncio.to_thread(list, fetched.items)
    found = [item for item in items if isinstance(item, RawArticle)]
    failures = [(item.where, item.reason) for item in items if isinstance(item, ReadFailure)]
    language = other_language("\n".join(article.title or "" for article in found))
    return Preview(
        result=SourceResult(
            source_id=source.id,
            name=source.name,
            new=len(found),
            failed=len(failures),
            failures=tuple(failures[:_PREVIEWED]),
            # One title is too short to tell a language by; all of them together are not.
            notes=((source.location, language_note(language)),) if language else (),
        ),
        title=fetched.title,
        titles=tuple(article.title for article in found[:_PREVIEWED] if article.title),
        location=source.location,
    )


def _added(address: str, *, name: str, owner: str | None) -> Source:
    """The feed at an address as an owner adds it: the same address for the same owner is the same source."""
    digest = hashlib.sha256(f"{owner or ''}\n{address}".encode()).hexdigest()[:12]
    return Source(
        id=f"added-{digest}",
        kind=SourceKind.FEED,
        name=name.strip()[:_LONGEST_NAME] or address,
        location=address,
        owner=owner,
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

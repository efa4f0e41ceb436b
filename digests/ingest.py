"""From what a source gives to what the store keeps: the road of an article, window by window.

A window of two thousand articles is read, extracted in threads, given its stories in order of day and id (so that
the order of files does not matter within it) and written in transactions of fifty. Memory holds one window; what is
committed stays, whatever happens to the rest.
"""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import hashlib
import itertools
import json
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digests.clock import Clock
from digests.errors import SourceError, SourceWalled
from digests.extract import rules_fingerprint
from digests.reading import read_facts
from digests.sources import Item, ReadFailure, ReadNote, Tools
from digests.sources.feed import fetch_page, use_page
from digests.store import articles as stored_articles
from digests.store import sources as stored_sources
from digests.store import stories as stored_stories
from digests.store.articles import ArticleRow, Known
from digests.store.connection import Database
from digests.store.facts import dump_facts, dump_raw
from digests.store.sources import Origin, StoredSource
from digests.store.stories import StoryRow
from digests.stories.cluster import StoryIndex
from digests.stories.description import describe_story
from digests.stories.signature import Signature, make_signature
from digests.text.languages import language_note, other_language
from digests.types import Article, RawArticle, Source, SourceKind, SourceResult, Story

log = logging.getLogger(__name__)

# Called on the event loop with the number of further articles that are done.
ProgressHook = Callable[[int], None]

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
# Articles in memory at once, extracted per thread hop, and written per transaction.
_WINDOW = 2048
_CHUNK = 16
_BATCH = 50
# Pages fetched side by side for one source.
_PAGES_AT_ONCE = 8
# Failures, and notes, of one source that are named; more failures are only counted.
_NAMED_FAILURES = 1000


@dataclass(slots=True)
class _Load:
    """One source under way: what became of its articles so far."""

    stored: StoredSource
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    failures: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    notes: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    # Pages that were asked for, and what stood in front of those that gave no article.
    pages: int = 0
    walls: Counter[str] = dataclasses.field(default_factory=Counter)
    # Entries of a feed by the language that they are written in, where it is not English.
    foreign: Counter[str] = dataclasses.field(default_factory=Counter)

    def fail(self, where: str, reason: str) -> None:
        self.failed += 1
        if len(self.failures) < _NAMED_FAILURES:
            self.failures.append((where, reason))

    def note(self, where: str, note: str) -> None:
        if len(self.notes) < _NAMED_FAILURES:
            self.notes.append((where, note))

    def note_language(self, where: str, language: str) -> None:
        """A file is named, a feed's entries are counted: one like this means all of them."""
        if self.stored.source.kind is SourceKind.FEED:
            self.foreign[language] += 1
        else:
            self.note(where, language_note(language))

    def _language_notes(self) -> Iterator[tuple[str, str]]:
        where = self.stored.source.location
        for language, count in sorted(self.foreign.items()):
            yield where, f"{count} of its entries: {language_note(language)}"

    def result(self) -> SourceResult:
        return SourceResult(
            source_id=self.stored.source.id,
            name=self.stored.source.name,
            new=self.new,
            changed=self.changed,
            unchanged=self.unchanged,
            failed=self.failed,
            failures=tuple(self.failures),
            notes=(*self.notes, *self._language_notes()),
            pages=self.pages,
            wall=self._wall(),
        )

    def _wall(self) -> str | None:
        """What stands in front of most of the pages; a single article behind a paywall says nothing of a source."""
        if 2 * self.walls.total() <= self.pages:
            return None
        return max(sorted(self.walls), key=lambda kind: self.walls[kind])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Input:
    """An article to be read: its id is settled, its story only when it has one already."""

    load: _Load
    raw: RawArticle
    article_id: str
    content_hash: str
    known: Known | None

    @property
    def is_same(self) -> bool:
        """Only the rules are new, not the text."""
        return self.known is not None and self.known.content_hash == self.content_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """An article that was read."""

    input: _Input
    article: Article
    # As they are stored: a window of articles with their facts as values is a million objects to walk for the
    # collector, which stops every thread for half a second.
    facts: str
    figures: int
    signature: Signature
    # The other language that it seems to be written in.
    language: str | None = None


class Ingest:
    """Takes in what sources give. One load at a time: the engine holds the lock."""

    def __init__(self, database: Database, clock: Clock, tools: Tools) -> None:
        self._database = database
        self._clock = clock
        self._tools = tools
        self._index: StoryIndex | None = None
        # The last change of stories that the index knows: another process may have made one since.
        self._index_revision = -1

    async def load(
        self, sources: Sequence[tuple[StoredSource, Iterable[Item]]], progress: ProgressHook | None
    ) -> list[SourceResult]:
        """Read, extract and keep what sources gave; what is known and unchanged is only counted.

        Windows run over the sources' ends: several files that are given one by one are taken in like a folder of
        them, whatever their order.
        """
        loads = [_Load(stored) for stored, _ in sources]
        stream = iter((load, item) for load, (_, items) in zip(loads, sources, strict=True) for item in items)
        claimed: dict[str, str] = {}
        while window := await asyncio.to_thread(_take, stream, _WINDOW):
            todo: list[_Input] = []
            for load in dict.fromkeys(id(load) for load, _, _ in window):
                todo += await self._select(*_of_one(window, load), claimed)
            _tell(progress, len(window) - len(todo))
            read = await self._read_all(todo, progress)
            await self._keep(read)
            for one in read:
                _count(one.input)
        return [load.result() for load in loads]

    async def reread_outdated(self, progress: ProgressHook | None) -> int:
        """Read again what older rules read, from what its source gave; no network. Returns how many."""
        fingerprint = rules_fingerprint()
        done = 0
        while outdated := await self._database.read(stored_articles.load_outdated, fingerprint, _WINDOW):
            load = _Load(_REREAD)
            inputs = [
                _Input(load=load, raw=raw, article_id=known.id, content_hash=known.content_hash, known=known)
                for known, raw in outdated
            ]
            read = await self._read_all(inputs, progress)
            await self._keep(read)
            failed = sorted({one.article_id for one in inputs} - {one.article.id for one in read})
            if failed:
                await self._database.write(stored_articles.mark_read, failed, fingerprint)
            done += len(outdated)
        return done

    async def describe_part(self, story: Story, article_ids: Sequence[str]) -> Story:
        """A story as it is told by some of its articles alone."""
        found = await self._database.read(stored_articles.load_articles, article_ids)
        return await asyncio.to_thread(describe_story, story.id, found)

    async def _select(
        self, load: _Load, raws: Sequence[tuple[RawArticle, str]], claimed: dict[str, str]
    ) -> list[_Input]:
        """What must be read of one source: unknown articles, changed ones, and those that other rules read.

        `claimed`: ids that this load has given, with the hash of their text.
        """
        stored, fingerprint = load.stored, rules_fingerprint()
        externals = [raw.external_id for raw, _ in raws]
        known = await self._database.read(stored_articles.find_known, stored.source.id, externals)
        taken: dict[str, str] = {}
        if stored.source.kind is SourceKind.FEED:
            unknown = [raw for raw, _ in raws if raw.external_id not in known]
            known |= await self._database.read(
                stored_articles.find_renamed, stored.source.id, unknown, set(externals)
            )
        else:
            found = await self._database.read(stored_articles.find_ids, externals)
            taken = {other.id: other.content_hash for other in found.values()} | claimed
        todo: dict[str, _Input] = {}
        for raw, content_hash in raws:
            before = known.get(raw.external_id)
            is_read = before is not None and before.rules_fingerprint == fingerprint
            if (is_read and before and before.content_hash == content_hash) or (
                # The same file under another path, or the same article in another file.
                before is None and taken.get(raw.external_id) == content_hash
            ):
                load.unchanged += 1
                continue
            article_id = before.id if before else _article_id(stored, raw, taken)
            claimed[article_id] = content_hash
            todo[article_id] = _Input(
                load=load, raw=raw, article_id=article_id, content_hash=content_hash, known=before
            )
        inputs = list(todo.values())
        return await self._complete(load, inputs) if stored.pages else inputs

    async def _complete(self, load: _Load, inputs: Sequence[_Input]) -> list[_Input]:
        """Put the text of the page in place of the feed's teaser; where a page cannot be read the teaser stays."""
        gate = asyncio.Semaphore(_PAGES_AT_ONCE)

        async def one(item: _Input) -> _Input:
            if item.raw.url is None:
                return item
            async with gate:
                load.pages += 1
                try:
                    page = await fetch_page(self._tools, load.stored.source.id, item.raw.url)
                except SourceError as exc:
                    if isinstance(exc, SourceWalled):
                        load.walls[exc.wall] += 1
                    load.fail(
                        item.raw.url, f"the page could not be read, the feed's text is kept: {exc.problem}"
                    )
                    return item
            return dataclasses.replace(item, raw=use_page(item.raw, page))

        return list(await asyncio.gather(*map(one, inputs)))

    async def _read_all(self, inputs: Sequence[_Input], progress: ProgressHook | None) -> list[_Read]:
        """Clean and extract in a thread, a few at a time, so that the event loop breathes between."""
        read: list[_Read] = []
        for start in range(0, len(inputs), _CHUNK):
            chunk = inputs[start : start + _CHUNK]
            outcomes = await asyncio.to_thread(_read_chunk, chunk, self._clock)
            for one, outcome in zip(chunk, outcomes, strict=True):
                if isinstance(outcome, ReadFailure):
                    one.load.fail(outcome.where, outcome.reason)
                    continue
                read.append(outcome)
                if outcome.language is not None:
                    one.load.note_language(_named(one), outcome.language)
            _tell(progress, len(chunk))
        return read

    async def _keep(self, read: Sequence[_Read]) -> None:
        """Give each article its story and write everything, batch by batch."""
        if not read:
            return
        index = await self._story_index()
        try:
            ordered = sorted(read, key=_arrival)
            assigned = await asyncio.to_thread(index.assign, [one.signature for one in ordered])
            story_of = {
                one.article.id: one.input.known.story_id if one.input.known else assigned[one.article.id]
                for one in ordered
            }
            stories = await self._describe(ordered, story_of)
            for stored in {one.input.load.stored.source.id: one.input.load.stored for one in read}.values():
                if stored.origin is Origin.LOADED and stored is not _REREAD:
                    await self._database.write(stored_sources.ensure_source, stored)
            for start in range(0, len(ordered), _BATCH):
                batch = ordered[start : start + _BATCH]
                rows = [_row(one, story_of[one.article.id]) for one in batch]
                touched = sorted({story_of[one.article.id] for one in batch})
                revision = await self._database.write(
                    stored_articles.save_articles, rows, [stories[story_id] for story_id in touched]
                )
                if revision != self._index_revision + 1:
                    # Another process has written in between: the index is built anew.
                    self._index = None
                self._index_revision = revision
        except BaseException:
            # The index knows articles that the store does not: it is built anew.
            self._index = None
            raise

    async def _story_index(self) -> StoryIndex:
        """What clustering knows, built from the store at the first load and when others have written."""
        revision = await self._database.read(stored_stories.last_revision)
        if self._index is None or revision != self._index_revision:
            self._index = await self._build_index()
            self._index_revision = revision
        return self._index

    async def _build_index(self) -> StoryIndex:
        """The index over all articles, page by page: their signatures as text are a quarter of the store."""
        index, last = StoryIndex(), 0
        while page := await self._database.read(stored_articles.load_signatures, after=last, limit=_WINDOW):
            await asyncio.to_thread(index.know, map(_known_signature, page))
            last = page[-1][0]
            # It stays: walking it again and again, the collector would stop every thread for a quarter of a second.
            gc.freeze()
        return index

    async def _describe(self, read: Sequence[_Read], story_of: dict[str, str]) -> dict[str, StoryRow]:
        """The stories that a window touches, as they are with it: title, days, copies, voices."""
        fresh = {one.article.id: one for one in read}
        story_ids = sorted(set(story_of.values()))
        members = await self._database.read(stored_articles.find_members, story_ids)
        copies = await self._database.read(stored_stories.load_copies, story_ids)
        older = [member for member in members if member.article_id not in fresh]
        loaded = await self._database.read(stored_articles.load_articles, [m.article_id for m in older])
        articles: defaultdict[str, list[Article]] = defaultdict(list)
        figures: Counter[str] = Counter()
        by_id = {article.id: article for article in loaded}
        for member in older:
            articles[member.story_id].append(by_id[member.article_id])
            figures[member.story_id] += member.figures
        for one in read:
            articles[story_of[one.article.id]].append(one.article)
            figures[story_of[one.article.id]] += one.figures

        def describe_all() -> dict[str, StoryRow]:
            return {
                story_id: StoryRow(
                    story=describe_story(
                        story_id,
                        articles[story_id],
                        known_copies={c: o for c, o in copies.get(story_id, {}).items() if c not in fresh},
                        fresh=fresh.keys(),
                    ),
                    figures=figures[story_id],
                )
                for story_id in story_ids
            }

        return await asyncio.to_thread(describe_all)


# Stands for the sources of articles that are read again from the store.
_REREAD = StoredSource(
    source=Source(id="", kind=SourceKind.FOLDER, name="", location=""), origin=Origin.LOADED
)


def content_hash(raw: RawArticle) -> str:
    """A hash over what the source gave: equal means that nothing has to be read again."""
    neutral = dataclasses.replace(raw, source_id="", external_id="", is_entry=False)
    return hashlib.sha256(dump_raw(neutral).encode()).hexdigest()[:32]


def _take(stream: Iterator[tuple[_Load, Item]], count: int) -> list[tuple[_Load, Item, str]]:
    """The next items with the hashes of their content."""
    return [
        (load, item, content_hash(item) if isinstance(item, RawArticle) else "")
        for load, item in itertools.islice(stream, count)
    ]


def _of_one(
    window: Sequence[tuple[_Load, Item, str]], wanted: int
) -> tuple[_Load, list[tuple[RawArticle, str]]]:
    """The articles of one load in a window; its failures and notes are kept."""
    raws: list[tuple[RawArticle, str]] = []
    mine = [entry for entry in window if id(entry[0]) == wanted]
    for load, item, digest in mine:
        if isinstance(item, ReadFailure):
            load.fail(item.where, item.reason)
        elif isinstance(item, ReadNote):
            load.note(item.where, item.note)
        else:
            raws.append((item, digest))
    return mine[0][0], raws


def _count(one: _Input) -> None:
    if one.known is None:
        one.load.new += 1
    elif one.is_same:
        one.load.unchanged += 1
    else:
        one.load.changed += 1


def _article_id(stored: StoredSource, raw: RawArticle, taken: Mapping[str, str]) -> str:
    """Feeds: source and entry. Files: their path or own id; with the source's id where another article has it."""
    if stored.source.kind is SourceKind.FEED or raw.external_id in taken:
        return f"{stored.source.id}/{raw.external_id}"
    return raw.external_id


def _read_chunk(inputs: Sequence[_Input], clock: Clock) -> list[_Read | ReadFailure]:
    return [_read_one(one, clock) for one in inputs]


def _read_one(one: _Input, clock: Clock) -> _Read | ReadFailure:
    """One article through cleaning and extraction; whatever goes wrong in it stays its own."""
    retrieved = one.known.retrieved if one.known is not None and one.is_same else clock()
    try:
        article, facts = read_facts(one.raw, article_id=one.article_id, retrieved=retrieved)
        article = dataclasses.replace(
            article, content_hash=one.content_hash, rules_fingerprint=rules_fingerprint(), retrieved=retrieved
        )
        if not article.text.strip():
            return ReadFailure(where=_named(one), reason="no text is left after cleaning")
        return _Read(
            input=one,
            article=article,
            facts=dump_facts(facts, article.id),
            figures=len(facts.figures),
            signature=make_signature(article, facts),
            language=other_language(article.text) if not facts.figures else None,
        )
    except Exception as exc:
        log.exception("unreadable article=%s", one.article_id)
        return ReadFailure(where=_named(one), reason=f"could not be read ({type(exc).__name__}: {exc})")


def _named(one: _Input) -> str:
    """What a person finds an article by: a feed's entry by its address or title, a file by its name."""
    raw = one.raw
    return (raw.url or raw.title or raw.external_id) if raw.is_entry else raw.external_id


def _arrival(one: _Read) -> tuple[str, str]:
    """Order in which a window's articles get their numbers, which grow with time."""
    return (one.article.published.isoformat() if one.article.published else "9999", one.article.id)


def _row(one: _Read, story_id: str) -> ArticleRow:
    return ArticleRow(
        article=one.article,
        facts=one.facts,
        figures=one.figures,
        signature=_JSON.encode(one.signature.to_json()),
        raw=one.input.raw,
        story_id=story_id,
    )


def _known_signature(row: tuple[int, str, str]) -> tuple[Signature, str]:
    _, text, story_id = row
    return Signature.from_json(json.loads(text)), story_id


def _tell(progress: ProgressHook | None, count: int) -> None:
    if progress is not None and count:
        progress(count)

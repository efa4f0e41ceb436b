"""The timelines of long affairs: over all stories of an affair, under its largest one.

Stance: one place tells the whole affair, the others their own part; a wrong day is worse than a missing one, so only
an affair of many articles gets a chronicle, and `digests.stories.affairs` decides strictly what belongs to it. What a
server may not see, neither helps to find an affair nor stands in it. Nothing is kept in the store: what belongs
together changes with every story.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from digests.analysis.anchors import date_undated
from digests.analysis.timeline import build_timeline, is_long
from digests.catalogue import Catalogue
from digests.corrections import correct
from digests.errors import DigestError
from digests.recent import Recent
from digests.shelf import Shelf
from digests.store import affairs as stored_affairs
from digests.store import articles as stored_articles
from digests.store.connection import Database
from digests.stories.affairs import Part, are_near, grow_affair, make_part, telling_stems
from digests.stories.signature import Signature
from digests.types import Article, Chronicle, Correction, Facts, Findings, StoryArticle
from digests.views import Key, Seen, View, Views

# Articles from which a story may be the largest of an affair; fewer head none that is worth a chronicle.
_FEWEST = 5
# Stories that a long affair falls into at least: two or three that are alike are rather two events of one kind (of the
# pairs of look-alikes of a public set a third are this near to each other).
_FEWEST_STORIES = 5
# Articles of an affair, the newest stories first: bounds the time of a question (3,000 take about two seconds).
_MOST_ARTICLES = 3_000
# Stems by which the other stories are looked for, and how often: what was found names the affair better.
_STEMS = 8
_ROUNDS = 2
# Stories whose vectors are held in memory, some 20 kB each; chronicles, and articles in all of them.
_KEPT_PARTS = 1_024
_KEPT = 512
_KEPT_ARTICLES = 10_000
# The most important stories, whose chronicles are made before anyone asks; and of these, whose pictures are drawn.
_AHEAD = 100
_DRAWN = 20
# Before them their stories' vectors, and those of more: a first chronicle holds hundreds of stories against its own.
_PARTS_AHEAD = _KEPT_PARTS // 2
_SLICE = 4
# Seconds between two of these steps: questions come first.
_BREATH_S = 0.05


@dataclass(frozen=True, slots=True)
class _Told:
    """A story of an affair with its vectors."""

    seen: Seen
    part: Part


class Chronicles:
    """Makes chronicles from the store.

    Args:
        database: The store.
        catalogue: The stories as they stand there.
        shelf: Where the timeline of a story alone is.
        views: What a server sees of a story.
        draw: Draws the pictures of a story and its chronicle, to be held where they are asked for.
        prepares: Make those of the first stories ahead. Not worth it for a command that ends at once.
    """

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        shelf: Shelf,
        views: Views,
        *,
        draw: Callable[[Seen, Chronicle], Awaitable[None]],
        prepares: bool,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._shelf = shelf
        self._views = views
        self._draw = draw
        self._prepares = prepares
        self._parts: Recent[Key, Part] = Recent(_KEPT_PARTS)
        self._kept: Recent[Key, Chronicle] = Recent(_KEPT)
        # What is made ahead, and of which revision.
        self._ahead: asyncio.Task[None] | None = None
        self._ahead_of = -1

    async def of(self, seen: Seen) -> Chronicle:
        """The chronicle of a story as it is seen; its own timeline where it heads no long affair."""
        return await self._of(seen, await self._views.of(seen.owner))

    async def _of(self, seen: Seen, view: View) -> Chronicle:
        # Who sees what everybody sees has everybody's chronicle, which may have been made ahead.
        is_common = view.catalogue.is_shared and not view.corrections
        key = (str(view.catalogue.revision), "" if is_common else f"of {seen.owner}", *seen.key)
        if key not in self._kept:
            self._kept[key] = await self._make(seen, view)
            held = sum(len(one.articles) for one in self._kept.values())
            while held > _KEPT_ARTICLES and len(self._kept) > 1:
                held -= len(self._kept.drop_oldest().articles)
        return self._kept[key]

    def keep_ready(self) -> None:
        """Have the chronicles of the first stories made in the background. Costs nothing when nothing has changed."""
        is_done = self._ahead is None or self._ahead.done()
        if self._prepares and is_done and self._ahead_of != self._catalogue.revision:
            self._ahead_of = self._catalogue.revision
            self._ahead = asyncio.create_task(self._make_ahead())

    async def ready(self) -> None:
        """Wait until what is made ahead has been made."""
        if self._ahead is not None:
            await self._ahead

    async def close(self) -> None:
        """Stop what is being made."""
        if self._ahead is not None:
            self._ahead.cancel()
            await asyncio.gather(self._ahead, return_exceptions=True)

    async def _make_ahead(self) -> None:
        """When all cards are made, until the catalogue changes. What goes wrong is told to who asks for one."""
        with contextlib.suppress(DigestError):
            await self._make_parts_ahead()
        await self._shelf.ready()
        view, revision = View(self._catalogue), self._catalogue.revision
        with contextlib.suppress(DigestError):
            for place, entry in enumerate(self._catalogue.by_importance()[:_AHEAD]):
                if self._catalogue.revision != revision:
                    return
                seen = Seen(entry, entry.story)
                chronicle = await self._of(seen, view)
                if place < _DRAWN:
                    await self._draw(seen, chronicle)
                await asyncio.sleep(_BREATH_S)

    async def _make_parts_ahead(self) -> None:
        """The vectors of the first stories, a few at a time beside the making of cards, until the catalogue changes."""
        revision = self._catalogue.revision
        first = [Seen(entry, entry.story) for entry in self._catalogue.by_importance()[:_PARTS_AHEAD]]
        missing = [one for one in first if one.key not in self._parts]
        for start in range(0, len(missing), _SLICE):
            if self._catalogue.revision != revision:
                return
            await self._tell_apart(missing[start : start + _SLICE])
            await asyncio.sleep(_BREATH_S)

    async def _make(self, seen: Seen, view: View) -> Chronicle:
        affair = await self._affair(seen, view) if len(seen.story.article_ids) >= _FEWEST else ()
        is_affair = len(affair) >= _FEWEST_STORIES or len(affair) == 1
        if is_affair and _head(affair).seen is seen:
            stories = [one.seen for one in affair]
            ids = [article_id for one in stories for article_id in one.story.article_ids]
            read = await self._database.read(stored_articles.load_with_facts, ids)
            chronicle = await asyncio.to_thread(_tell, stories, read)
            if chronicle is not None:
                return chronicle
        findings = (await self._shelf.get(seen)).findings
        return Chronicle(entries=findings.timeline, story_ids=(seen.story.id,))

    async def _affair(self, seen: Seen, view: View) -> Sequence[_Told]:
        """The stories of the affair, the one asked for first; none where a larger one heads it, if there is one."""
        seed = (await self._tell_apart([seen]))[0]
        affair: Sequence[_Told] = (seed,)
        for _ in range(_ROUNDS):
            stems = telling_stems([one.part for one in affair], most=_STEMS)
            found = await self._database.read(stored_affairs.find_stories_with, stems, limit=_MOST_ARTICLES)
            around = await self._seen(found, seen, view)
            if await self._heads_another(around, seed):
                return ()
            others = await self._tell_apart(around)
            by_id = {one.seen.story.id: one for one in others} | {seen.story.id: seed}
            grown = await asyncio.to_thread(grow_affair, seed.part, [one.part for one in others])
            affair = tuple(by_id[part.story_id] for part in grown)
            if _head(affair) is not seed or len(affair) == 1:
                break
        return affair

    async def _heads_another(self, around: Sequence[Seen], seed: _Told) -> bool:
        """Whether a larger story is near. The largest ones are asked first, a few at a time: one that is suffices."""
        rank = _rank(seed.seen)
        larger = sorted((one for one in around if _rank(one) < rank), key=_rank)
        for start in range(0, len(larger), _SLICE):
            told = await self._tell_apart(larger[start : start + _SLICE])
            if any(are_near(one.part, seed.part) for one in told):
                return True
        return False

    async def _seen(self, story_ids: Iterable[str], seen: Seen, view: View) -> list[Seen]:
        """Other stories as the same server sees them, as many as a chronicle may have articles."""
        found: dict[str, Seen] = {}
        room = _MOST_ARTICLES - len(seen.story.article_ids)
        for story_id in story_ids:
            entry = view.find(story_id)
            if entry is None or entry.story.id == seen.entry.story.id or entry.story.id in found:
                continue
            is_common = not entry.stored.owners
            story = entry.story if is_common else await self._views.visible(entry, seen.owner)
            if story is not None and (room := room - len(story.article_ids)) >= 0:
                found[entry.story.id] = Seen(entry, story, seen.owner, view.corrections_of(story))
        return list(found.values())

    async def _tell_apart(self, stories: Sequence[Seen]) -> list[_Told]:
        """Stories with their vectors, from memory or the store."""
        keys = [one.key for one in stories]
        held = {key: self._parts[key] for key in keys if key in self._parts}
        missing = {key: one for key, one in zip(keys, stories, strict=True) if key not in held}
        if missing:
            ids = [article_id for one in missing.values() for article_id in one.story.article_ids]
            signatures = await self._database.read(stored_affairs.load_signatures_of, ids)
            made = await asyncio.to_thread(_make_parts, missing, signatures)
            held |= made
            for key, part in made.items():
                self._parts[key] = part
        return [_Told(one, held[key]) for key, one in zip(keys, stories, strict=True)]


def _head(affair: Sequence[_Told]) -> _Told:
    """The story that tells the whole affair."""
    return min(affair, key=lambda one: _rank(one.seen))


def _rank(seen: Seen) -> tuple[int, float, str]:
    """The largest story comes first, of equal ones the one that matters more now."""
    return (-len(seen.story.article_ids), -seen.entry.importance, seen.story.id)


def _make_parts(stories: Mapping[Key, Seen], signatures: Mapping[str, str]) -> dict[Key, Part]:
    return {
        key: make_part(
            one.story.id,
            [
                Signature.from_json(json.loads(signatures[article_id]))
                for article_id in one.story.article_ids
                if article_id in signatures
            ],
        )
        for key, one in stories.items()
    }


def _tell(stories: Sequence[Seen], read: Sequence[tuple[Article, Facts]]) -> Chronicle | None:
    """The chronicle of some stories; `None` where they are too few articles for one."""
    by_id = {article.id: (article, facts) for article, facts in read}
    items: list[StoryArticle] = []
    corrections: dict[Correction, None] = {}
    for seen in stories:
        copies = dict(seen.story.copies)
        found = [by_id[article_id] for article_id in seen.story.article_ids if article_id in by_id]
        items += date_undated(
            [
                StoryArticle(article=article, facts=facts, copy_of=copies.get(article.id))
                for article, facts in found
            ]
        )
        corrections |= dict.fromkeys(seen.corrections)
    if not is_long(items):
        return None
    entries = correct(items, tuple(corrections), _timeline_alone).timeline
    cited = {citation.article_id for entry in entries for citation in entry.citations}
    others = cited.difference(stories[0].story.article_ids)
    return Chronicle(
        entries=entries,
        story_ids=tuple(seen.story.id for seen in stories),
        articles=tuple(
            sorted(
                (item.article for item in items if item.article.id in others),
                key=lambda one: (str(one.published or "9999"), one.id),
            )
        ),
    )


def _timeline_alone(items: Sequence[StoryArticle]) -> Findings:
    return Findings(story_id="", timeline=build_timeline(items))

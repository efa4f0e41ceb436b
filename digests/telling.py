"""Telling an affair: from one story to the stories that belong to it, and from these to one chronicle.

Stance: one place tells the whole affair, the others their own part; a wrong day is worse than a missing one, so only
an affair of many articles gets a chronicle, and `digests.stories.affairs` decides strictly what belongs to it. What a
server may not see, neither helps to find an affair nor stands in it. What was looked for and found is given back with
the chronicle: it says when the same question would have another answer (`digests.store.chronicles`).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from digests.analysis.anchors import date_undated
from digests.analysis.timeline import build_timeline, is_long
from digests.catalogue import Catalogue, Entry
from digests.corrections import correct
from digests.recent import Recent
from digests.store import affairs as stored_affairs
from digests.store import articles as stored_articles
from digests.store.chronicles import Kept, Telling, touches
from digests.store.connection import Database
from digests.stories.affairs import Part, are_near, grow_affair, make_part, telling_stems
from digests.stories.signature import Signature
from digests.types import Article, Chronicle, Correction, Facts, Findings, StoryArticle
from digests.views import Key, Seen

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
# Stories whose vectors are held in memory, some 20 kB each.
_KEPT_PARTS = 1_024
# Larger stories that are asked at once whether they head the affair.
_SLICE = 4
# Changed stories up to which it is looked up whether they touch an affair; with more it is told anew.
_MOST_CHANGED = 200


@dataclass(frozen=True, slots=True)
class Sight:
    """What one asker sees: the story of an id, if it is there at all, and of a story what they may see."""

    find: Callable[[str], Entry | None]
    see: Callable[[Entry], Awaitable[Seen | None]]


@dataclass(frozen=True, slots=True)
class _Member:
    """A story of an affair with its vectors."""

    seen: Seen
    part: Part


class Teller:
    """Finds affairs and tells them; holds the vectors of the stories that it met last."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._parts: Recent[Key, Part] = Recent(_KEPT_PARTS)

    async def tell(self, seen: Seen, sight: Sight) -> Telling:
        """The chronicle of the affair that a story heads, and what that depends on."""
        if len(seen.story.article_ids) < _FEWEST:
            return Telling(is_common=not seen.entry.stored.owners)
        search = _Search(seen)
        affair = await self._affair(search, sight)
        is_affair = len(affair) >= _FEWEST_STORIES or len(affair) == 1
        chronicle = None
        if is_affair and _head(affair).seen is seen:
            stories = [one.seen for one in affair]
            ids = [article_id for one in stories for article_id in one.story.article_ids]
            read = await self._database.read_long(stored_articles.load_with_facts, ids)
            chronicle = await asyncio.to_thread(_tell, stories, read)
        return Telling(
            chronicle=chronicle,
            stems=tuple(search.stems),
            around=tuple(search.around),
            is_common=search.is_common,
        )

    async def would_tell_the_same(self, kept: Kept, catalogue: Catalogue) -> bool:
        """Whether nothing has changed since that what was told depends on."""
        if kept.known >= catalogue.revision:
            return True
        for story_id in kept.told.around:
            entry = catalogue.find(story_id)
            if entry is None or entry.story.id != story_id or entry.revision > kept.known:
                return False
        changed = [one for one in catalogue.changed_since(kept.known) if one != kept.story_id]
        if not changed or not kept.told.stems:
            return True
        if len(changed) > _MOST_CHANGED:
            return False
        return not await self._database.read(touches, kept.told.stems, changed)

    async def _affair(self, search: _Search, sight: Sight) -> Sequence[_Member]:
        """The stories of the affair, the one asked for first; none where a larger one heads it, if there is one."""
        seed = (await self._members([search.seen]))[0]
        affair: Sequence[_Member] = (seed,)
        for _ in range(_ROUNDS):
            stems = telling_stems([one.part for one in affair], most=_STEMS)
            found = await self._database.read_long(
                stored_affairs.find_stories_with, stems, limit=_MOST_ARTICLES
            )
            search.note(stems, found, sight)
            around = await _see_all(found, search.seen, sight)
            if await self._heads_another(around, seed):
                return ()
            others = await self._members(around)
            by_id = {one.seen.story.id: one for one in others} | {seed.seen.story.id: seed}
            grown = await asyncio.to_thread(grow_affair, seed.part, [one.part for one in others])
            affair = tuple(by_id[part.story_id] for part in grown)
            if _head(affair) is not seed or len(affair) == 1:
                break
        return affair

    async def _heads_another(self, around: Sequence[Seen], seed: _Member) -> bool:
        """Whether a larger story is near. The largest ones are asked first, a few at a time: one that is suffices."""
        rank = _rank(seed.seen)
        larger = sorted((one for one in around if _rank(one) < rank), key=_rank)
        for start in range(0, len(larger), _SLICE):
            members = await self._members(larger[start : start + _SLICE])
            if any(are_near(one.part, seed.part) for one in members):
                return True
        return False

    async def _members(self, stories: Sequence[Seen]) -> list[_Member]:
        """Stories with their vectors, from memory or the store."""
        keys = [one.key for one in stories]
        held = {key: self._parts[key] for key in keys if key in self._parts}
        missing = {key: one for key, one in zip(keys, stories, strict=True) if key not in held}
        if missing:
            ids = [article_id for one in missing.values() for article_id in one.story.article_ids]
            signatures = await self._database.read_long(stored_affairs.load_signatures_of, ids)
            made = await asyncio.to_thread(_make_parts, missing, signatures)
            held |= made
            for key, part in made.items():
                self._parts[key] = part
        return [_Member(one, held[key]) for key, one in zip(keys, stories, strict=True)]


class _Search:
    """What an affair was looked for with, and what was found, in order."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.stems: list[tuple[str, ...]] = []
        self.around: dict[str, None] = {}
        self.is_common = not seen.entry.stored.owners

    def note(self, stems: Sequence[str], found: Iterable[str], sight: Sight) -> None:
        self.stems.append(tuple(stems))
        for story_id in found:
            entry = sight.find(story_id)
            if entry is None or entry.stored.owners:
                self.is_common = False
            elif entry.story.id != self.seen.entry.story.id:
                self.around[entry.story.id] = None


async def _see_all(story_ids: Iterable[str], seen: Seen, sight: Sight) -> list[Seen]:
    """Other stories as the same asker sees them, as many as a chronicle may have articles."""
    found: dict[str, Seen] = {}
    room = _MOST_ARTICLES - len(seen.story.article_ids)
    for story_id in story_ids:
        entry = sight.find(story_id)
        if entry is None or entry.story.id == seen.entry.story.id or entry.story.id in found:
            continue
        other = await sight.see(entry)
        if other is not None and (room := room - len(other.story.article_ids)) >= 0:
            found[entry.story.id] = other
    return list(found.values())


def _head(affair: Sequence[_Member]) -> _Member:
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

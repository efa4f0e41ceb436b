"""The stories as each server sees them: the common catalogue, reshaped by what that server's admins have corrected.

Stories stay in the store as clustering made them; an article that was taken out and stories that were put together
exist in one server's view alone. So a correction holds through every reload, never shows in another server, and is
undone without a trace. Of articles that came from a server's own sources, no other server sees anything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TypeVar

from digests.catalogue import Catalogue, Entry, titles_of
from digests.errors import NotFound
from digests.recent import Recent
from digests.store import corrections as stored
from digests.store.connection import Database
from digests.store.stories import StoredStory
from digests.types import Correction, CorrectionKind, Story

T = TypeVar("T")
Key = tuple[str, ...]
# Describes a story by some of its articles: title, days, copies, voices.
Describe = Callable[[Story, Sequence[str]], Awaitable[Story]]
# Merges that are followed one after the other; more would be a circle.
_LONGEST_CHAIN = 50
# Parts of stories, as servers see them, that are held in memory.
_KEPT = 256


def split_id(story_id: str, article_id: str) -> str:
    """The id of the story that an article stands in alone when it was taken out of another."""
    return f"{story_id}-{sha256(article_id.encode()).hexdigest()[:6]}"


@dataclass(frozen=True, slots=True)
class Seen:
    """A story as somebody asks for it: `entry` in their view, `story` as far as they see it, what they put right."""

    entry: Entry
    story: Story
    owner: str | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def key(self) -> Key:
        """What an answer depends on: the story's revision, the articles that are seen, what is put right in it."""
        seen = () if self.story is self.entry.story else self.story.article_ids
        fixed = (f"of {self.owner}", *(str(one.id) for one in self.corrections)) if self.corrections else ()
        return (self.entry.story.id, str(self.entry.revision), *seen, *fixed)


@dataclass(frozen=True, slots=True)
class View:
    """One server's stories. `changed` are those that its corrections shape; `moved` leads from ids that are gone."""

    catalogue: Catalogue
    corrections: tuple[Correction, ...] = ()
    changed: dict[str, Entry] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    # The order and the titles, as they are at one revision of the catalogue: autocomplete asks at every key.
    _ranked: dict[int, list[Entry]] = field(default_factory=dict, compare=False, repr=False)
    _titles: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict, compare=False, repr=False)

    def find(self, story_id: str) -> Entry | None:
        """The story of an id, or the one that it was merged into, by clustering or by an admin."""
        for _ in range(_LONGEST_CHAIN):
            if story_id not in self.moved:
                break
            story_id = self.moved[story_id]
        if story_id in self.changed:
            return self.changed[story_id]
        entry = self.catalogue.find(story_id)
        if entry is None or entry.story.id == story_id:
            return None if entry is None or story_id in self.hidden else entry
        return self.find(entry.story.id)

    def find_article(self, story_id: str, article_id: str) -> Entry | None:
        """The story that holds an article which clustering put into `story_id`."""
        for entry in self.changed.values():
            if article_id in entry.story.article_ids:
                return entry
        return self.find(story_id)

    def ranked(self) -> list[Entry]:
        """Pinned stories first, then by importance."""
        if not self.corrections:
            return self.catalogue.by_importance()
        return _at(self._ranked, self.catalogue.revision, self._rank)

    def titles(self, owner: str) -> tuple[tuple[str, str], ...]:
        """Id and title of each story that the owner sees, in the same order."""

        return _at(self._titles, self.catalogue.revision, lambda: titles_of(self.ranked(), owner))

    def _rank(self) -> list[Entry]:
        ranked = self.catalogue.by_importance()
        gone = self.hidden | self.moved.keys() | self.changed.keys()
        kept = [entry for entry in ranked if entry.story.id not in gone] + list(self.changed.values())
        pins = {
            one.story_id for one in self.corrections if one.kind is CorrectionKind.PIN and not one.targets
        }
        pinned = {entry.story.id for pin in pins if (entry := self.find(pin)) is not None}
        return sorted(kept, key=lambda entry: (entry.story.id not in pinned, entry.rank))

    def corrections_of(self, story: Story) -> tuple[Correction, ...]:
        """What is in force for a story, also what was said of a story that is part of it now."""
        if not self.corrections:
            return ()
        articles = set(story.article_ids)
        return tuple(
            one
            for one in self.corrections
            if self._leads_to(one.story_id, story.id)
            or any(target.article_id in articles for target in one.targets)
        )

    def _leads_to(self, story_id: str, wanted: str) -> bool:
        entry = self.find(story_id)
        return entry is not None and entry.story.id == wanted


class Views:
    """Builds each server's view when it is asked for, and keeps it until a story in it or a correction changes."""

    def __init__(self, database: Database, catalogue: Catalogue, describe: Describe) -> None:
        self._database = database
        self._catalogue = catalogue
        self._describe = describe
        self._version = -1
        self._corrections: dict[str, tuple[Correction, ...]] = {}
        self._views: dict[str, tuple[tuple[object, ...], View]] = {}
        self._parts: Recent[Key, Story] = Recent(_KEPT)

    async def of(self, owner: str | None) -> View:
        """How a server sees the stories now; without corrections that is the catalogue."""
        await self._catalogue.update(self._database)
        await self._learn()
        own = self._corrections.get(owner or "", ())
        if owner is None or not own:
            return View(self._catalogue)
        key = (tuple(one.id for one in own), self._revisions(own))
        if owner not in self._views or self._views[owner][0] != key:
            self._views[owner] = (key, await self._build(owner, own))
        return self._views[owner][1]

    async def seen(self, story_id: str, owner: str | None) -> Seen:
        """A story as a server sees it, and what its admins have put right in it. Raises NotFound."""
        view = await self.of(owner)
        entry = view.find(story_id)
        story = await self.visible(entry, owner) if entry is not None else None
        if entry is None or story is None:
            raise NotFound("story", story_id)
        return Seen(entry, story, owner, view.corrections_of(story))

    async def visible(self, entry: Entry, owner: str | None) -> Story | None:
        """The story as one server sees it: without other servers' articles; `None` when nothing is left."""
        ids = entry.visible_ids(owner)
        if ids is None:
            return entry.story
        if not ids:
            return None
        key = (entry.story.id, str(entry.revision), *ids)
        if key not in self._parts:
            self._parts[key] = await self._describe(entry.story, ids)
        return self._parts[key]

    def titles(self, owner: str | None) -> tuple[tuple[str, str], ...]:
        """Id and title of each story, from memory: as the last question has seen them."""
        if owner is None or owner not in self._views or not self._corrections.get(owner):
            return self._catalogue.titles(owner)
        return self._views[owner][1].titles(owner)

    async def _learn(self) -> None:
        """Read the corrections in force when another connection has committed."""
        version = await self._database.data_version()
        if version == self._version:
            return
        found: dict[str, tuple[Correction, ...]] = {}
        for one in await self._database.read(stored.load_corrections):
            found[one.owner] = (*found.get(one.owner, ()), one)
        self._corrections, self._version = found, version

    def _revisions(self, own: Sequence[Correction]) -> tuple[object, ...]:
        """What the shaped stories look like in the catalogue: a view of older ones is built anew."""
        return tuple(
            (entry.story.id, entry.revision) if (entry := self._catalogue.find(story_id)) else None
            for story_id in _shaped_ids(own)
        )

    async def _build(self, owner: str, own: tuple[Correction, ...]) -> View:
        splits = [one for one in own if one.kind is CorrectionKind.SPLIT]
        merges = [one for one in own if one.kind is CorrectionKind.MERGE]
        bases = {
            entry.story.id: entry
            for story_id in _shaped_ids(own)
            if (entry := self._catalogue.find(story_id)) is not None
        }
        members = {story_id: _visible(entry, owner) for story_id, entry in bases.items()}
        for one in splits:
            base = self._catalogue.find(one.story_id)
            own_ids = members.get(base.story.id if base else "", [])
            if one.article_id in own_ids:
                own_ids.remove(one.article_id)
                members[split_id(one.story_id, one.article_id)] = [one.article_id]
        moved = {}
        for one in merges:
            source, goal = self._base(one.story_id), self._base(one.into or "")
            if source in members and goal in members and source != goal:
                moved[source] = goal
        for source in moved:
            goal = _end_of(source, moved)
            if goal != source:
                members[goal] += [one for one in members[source] if one not in members[goal]]
        changed = {
            story_id: await self._entry(story_id, ids, bases)
            for story_id, ids in members.items()
            if ids and story_id not in moved
        }
        hidden = frozenset(story_id for story_id, ids in members.items() if not ids and story_id not in moved)
        return View(self._catalogue, own, changed, moved, hidden)

    def _base(self, story_id: str) -> str:
        """The id by which the catalogue knows a story now; an id of our own as it is."""
        entry = self._catalogue.find(story_id)
        return entry.story.id if entry else story_id

    async def _entry(self, story_id: str, ids: Sequence[str], bases: dict[str, Entry]) -> Entry:
        holders = [entry for entry in bases.values() if set(ids) & set(entry.story.article_ids)]
        story = await self._describe(Story(id=story_id, title="", article_ids=()), ids)
        stored_story = StoredStory(
            story=replace(story, id=story_id),
            figures=max(entry.stored.figures for entry in holders),
            revision=max(entry.revision for entry in holders),
        )
        return Entry(stored_story)


def _at(kept: dict[int, T], revision: int, make: Callable[[], T]) -> T:
    """What was made at this revision; what was made at an older one is dropped."""
    if revision not in kept:
        kept.clear()
        kept[revision] = make()
    return kept[revision]


def _shaped_ids(own: Sequence[Correction]) -> tuple[str, ...]:
    """The stories that articles are taken out of or put into."""
    shaping = [one for one in own if one.kind in (CorrectionKind.SPLIT, CorrectionKind.MERGE)]
    return tuple(dict.fromkeys(i for one in shaping for i in (one.story_id, one.into) if i))


def _visible(entry: Entry, owner: str) -> list[str]:
    visible = entry.visible_ids(owner)
    return list(entry.story.article_ids if visible is None else visible)


def _end_of(story_id: str, moved: dict[str, str]) -> str:
    """Where a chain of merges ends."""
    for _ in range(_LONGEST_CHAIN):
        if story_id not in moved:
            break
        story_id = moved[story_id]
    return story_id

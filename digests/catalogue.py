"""The stories in memory: what lists, titles and autocomplete are answered from without asking the store."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from digests.store.connection import Database
from digests.store.stories import StoredStory, load_changed
from digests.types import Story

# As an owner: sees the articles of every server. For the operator's command line only.
ALL_OWNERS = "*"

# Days after which a story needs twice the weight to stand as high. A scale for people: what was read yesterday
# still matters, what is a week old matters when many speak of it.
_HALF_LIFE_DAYS = 2.0
# What a figure adds beside a voice; the first ones say that it is serious, the fortieth adds little.
_FIGURE_WEIGHT = 0.5
_OLDEST = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One story with what ordering and visibility need."""

    stored: StoredStory
    # What the order and the list of titles are made of, computed once: with ten thousand stories both are made anew
    # at each change, while the event loop waits.
    rank: tuple[float, str] = field(init=False, repr=False)
    named: tuple[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rank", (-self._importance(), self.story.id))
        object.__setattr__(self, "named", (self.story.id, self.story.title))

    @property
    def story(self) -> Story:
        return self.stored.story

    @property
    def revision(self) -> int:
        return self.stored.revision

    def visible_ids(self, owner: str | None) -> tuple[str, ...] | None:
        """Ids of the articles that an owner sees; `None` for all of them."""
        if not self.stored.owners:
            return None
        hidden = {
            article_id for article_id, whose in self.stored.owners if owner != ALL_OWNERS and whose != owner
        }
        if not hidden:
            return None
        return tuple(article_id for article_id in self.story.article_ids if article_id not in hidden)

    def title(self, owner: str | None) -> str | None:
        """The title as an owner may see it; `None` when they see nothing of the story.

        Another server's headline may have become the title: who sees a part gets a headline of that part.
        """
        visible = self.visible_ids(owner)
        if visible is None:
            return self.story.title
        return next((title for article_id, title in self.stored.titles if article_id in visible), None)

    def is_since(self, day: dt.date) -> bool:
        """Whether the story has an article of that day or later; an undated story is always asked for."""
        last = self.story.last_published
        return last is None or last.date() >= day

    @property
    def importance(self) -> float:
        """In half-lives: the weight of voices and figures against the age of the newest article."""
        return -self.rank[0]

    def _importance(self) -> float:
        weight = max(1, self.story.voices) + _FIGURE_WEIGHT * math.log2(1 + self.stored.figures)
        last = self.story.last_published or self.story.first_published or _OLDEST
        return math.log2(weight) + (last - _OLDEST).total_seconds() / 86_400 / _HALF_LIFE_DAYS


def titles_of(entries: Iterable[Entry], owner: str | None) -> tuple[tuple[str, str], ...]:
    """Id and title of each story of which an owner sees something, in their order."""
    # Nearly all stories belong to nobody: their pairs are there already.
    pairs = (
        entry.named if not entry.stored.owners else (entry.story.id, entry.title(owner)) for entry in entries
    )
    return tuple((story_id, title) for story_id, title in pairs if title)


class Catalogue:
    """All stories of the store, brought up to date when another connection has committed."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._ranked: list[Entry] | None = None
        self._titles: dict[str | None, tuple[tuple[str, str], ...]] = {}
        # Servers that have articles of their own: all others see the same.
        self._owners = {ALL_OWNERS}
        self._revision = 0
        self._data_version = -1

    def __len__(self) -> int:
        return sum(entry.story.merged_into is None for entry in self._entries.values())

    @property
    def revision(self) -> int:
        """The newest change that is known; 0 before the first."""
        return self._revision

    async def update(self, database: Database) -> None:
        """Read what changed since the last time; one cheap question when nothing did."""
        version = await database.data_version()
        if version == self._data_version:
            return
        self.learn(await database.read(load_changed, self._revision))
        self._data_version = version

    def learn(self, changed: Sequence[StoredStory]) -> None:
        """Take in stories that are new or have changed."""
        if not changed:
            return
        for stored in changed:
            self._owners.update(whose for _, whose in stored.owners)
            if stored.story.article_ids or stored.story.merged_into is not None:
                self._entries[stored.story.id] = Entry(stored)
            else:
                # Its articles were a server's that is forgotten: the id alone is left.
                self._entries.pop(stored.story.id, None)
            self._revision = max(self._revision, stored.revision)
        self._ranked = None
        self._titles.clear()

    @property
    def is_shared(self) -> bool:
        """Whether every article comes from a source that all servers share: then all see the same stories."""
        return self._owners == {ALL_OWNERS}

    def find(self, story_id: str) -> Entry | None:
        """The story of an id, or the one that it was merged into."""
        entry = self._entries.get(story_id)
        # A merged story may have been merged again; a circle cannot last longer than there are stories.
        for _ in range(len(self._entries)):
            if entry is None or entry.story.merged_into is None:
                return entry
            entry = self._entries.get(entry.story.merged_into)
        return None

    def changed_since(self, revision: int) -> list[str]:
        """Ids of the stories that have changed after a revision, those that were merged away too; in no order."""
        if revision >= self._revision:
            return []
        return [story_id for story_id, entry in self._entries.items() if entry.revision > revision]

    def by_importance(self) -> list[Entry]:
        """Every story that was not merged away, the most important first."""
        if self._ranked is None:
            present = [entry for entry in self._entries.values() if entry.story.merged_into is None]
            self._ranked = sorted(present, key=attrgetter("rank"))
        return self._ranked

    def titles(self, owner: str | None) -> tuple[tuple[str, str], ...]:
        """Id and title of each story that an owner sees in full or in part, the most important first."""
        if owner not in self._owners:
            owner = None
        if owner not in self._titles:
            if len(self._titles) > 1000:
                self._titles.clear()
            self._titles[owner] = titles_of(self.by_importance(), owner)
        return self._titles[owner]

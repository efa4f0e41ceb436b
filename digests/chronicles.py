"""The timelines of stories where they are quickest to get: in memory, in the store, else told now.

Stance: as on the shelf, what is shown is what would be told now. What the store keeps (`digests.ahead` fills it) holds
for everybody who has put nothing right, and only while nothing has changed that it depends on.
"""

from __future__ import annotations

from digests.catalogue import Entry
from digests.preparation import maker
from digests.recent import Recent
from digests.shelf import Shelf
from digests.store.chronicles import Telling, load_kept
from digests.store.connection import Database
from digests.telling import Sight, Teller
from digests.types import Chronicle
from digests.views import Key, Seen, View, Views

# Chronicles held in memory, and articles in all of them.
_KEPT = 512
_KEPT_ARTICLES = 10_000


class Chronicles:
    """Gets chronicles from the store, or tells them.

    Args:
        database: The store.
        shelf: Where the timeline of a story alone is.
        views: What a server sees of a story.
    """

    def __init__(self, database: Database, shelf: Shelf, views: Views) -> None:
        self._database = database
        self._shelf = shelf
        self._views = views
        self._teller = Teller(database)
        self._kept: Recent[Key, Chronicle] = Recent(_KEPT)

    async def of(self, seen: Seen) -> Chronicle:
        """The chronicle of a story as it is seen; its own timeline where it heads no long affair."""
        return await self._of(seen, await self._views.of(seen.owner))

    async def _of(self, seen: Seen, view: View) -> Chronicle:
        # Who sees what everybody sees has everybody's chronicle.
        is_common = view.catalogue.is_shared and not view.corrections
        key = (str(view.catalogue.revision), "" if is_common else f"of {seen.owner}", *seen.key)
        if key not in self._kept:
            self._kept[key] = await self._make(seen, view)
            held = sum(len(one.articles) for one in self._kept.values())
            while held > _KEPT_ARTICLES and len(self._kept) > 1:
                held -= len(self._kept.drop_oldest().articles)
        return self._kept[key]

    async def _make(self, seen: Seen, view: View) -> Chronicle:
        told = await self._stored(seen, view) or await self._teller.tell(seen, self._sight(seen, view))
        if told.chronicle is not None:
            return told.chronicle
        findings = await self._shelf.findings(seen)
        return Chronicle(entries=findings.timeline, story_ids=(seen.story.id,))

    async def _stored(self, seen: Seen, view: View) -> Telling | None:
        """What the store keeps, where it holds for this asker and at this moment."""
        entry = seen.entry
        if (
            view.corrections
            or seen.story is not entry.story
            or view.catalogue.find(entry.story.id) is not entry
        ):
            return None
        kept = await self._database.read(load_kept, entry.story.id, entry.revision, maker())
        if kept is None or not kept.told.is_common:
            return None
        return kept.told if await self._teller.would_tell_the_same(kept, view.catalogue) else None

    def _sight(self, seen: Seen, view: View) -> Sight:
        async def see(entry: Entry) -> Seen | None:
            is_common = not entry.stored.owners
            story = entry.story if is_common else await self._views.visible(entry, seen.owner)
            return Seen(entry, story, seen.owner, view.corrections_of(story)) if story is not None else None

        return Sight(view.find, see)

"""The timelines of stories where they are quickest to get: in memory, in the store, else told now.

Stance: as on the shelf, what is shown is what would be told now. What the store keeps (`digests.ahead` fills it) holds
for everybody who has put nothing right, and only while nothing has changed that it depends on.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from digests.catalogue import Catalogue, Entry
from digests.errors import DigestError
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
# The most important stories, whose pictures are drawn before anyone asks.
_DRAWN = 20
# Seconds between two of them: questions come first.
_BREATH_S = 0.05


class Chronicles:
    """Gets chronicles from the store, or tells them.

    Args:
        database: The store.
        catalogue: The stories as they stand there.
        shelf: Where the timeline of a story alone is.
        views: What a server sees of a story.
        draw: Draws the pictures of a story and its chronicle, to be held where they are asked for.
        prepares: Draw those of the first stories ahead. Not worth it for a command that ends at once.
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
        self._teller = Teller(database)
        self._kept: Recent[Key, Chronicle] = Recent(_KEPT)
        # What is drawn ahead, and of which revision.
        self._ahead: asyncio.Task[None] | None = None
        self._ahead_of = -1

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

    # ------------------------------------------------------------------ ahead

    def keep_ready(self) -> None:
        """Have the pictures of the first stories drawn in the background. Costs nothing when nothing has changed."""
        is_done = self._ahead is None or self._ahead.done()
        if self._prepares and is_done and self._ahead_of != self._catalogue.revision:
            self._ahead_of = self._catalogue.revision
            self._ahead = asyncio.create_task(self._draw_ahead())

    async def ready(self) -> None:
        """Wait until what is drawn ahead has been drawn."""
        if self._ahead is not None:
            await self._ahead

    async def close(self) -> None:
        """Stop what is being made."""
        if self._ahead is not None:
            self._ahead.cancel()
            await asyncio.gather(self._ahead, return_exceptions=True)

    async def _draw_ahead(self) -> None:
        """When everything is told, until the catalogue changes. What goes wrong is told to who asks for one."""
        await self._shelf.ready()
        view, revision = View(self._catalogue), self._catalogue.revision
        with contextlib.suppress(DigestError):
            for entry in self._catalogue.by_importance()[:_DRAWN]:
                if self._catalogue.revision != revision:
                    return
                seen = Seen(entry, entry.story)
                await self._draw(seen, await self._of(seen, view))
                await asyncio.sleep(_BREATH_S)

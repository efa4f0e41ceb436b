"""Lists of stories as somebody sees them: by how much they matter now, or by what their articles say."""

from __future__ import annotations

import datetime as dt

from digests.catalogue import Entry
from digests.store import search
from digests.store.connection import Database
from digests.types import Story
from digests.views import View, Views

# Articles that a full text search ranks.
_SEARCHED = 400


async def list_stories(
    database: Database,
    views: Views,
    *,
    since: dt.date | None = None,
    find: str | None = None,
    owner: str | None = None,
    limit: int | None = None,
) -> tuple[Story, ...]:
    """Stories with something that the owner sees; see `Engine.stories`."""
    view = await views.of(owner)
    entries = view.ranked() if find is None else await _search(database, find, owner, view)
    found: list[Story] = []
    for entry in entries:
        if limit is not None and len(found) >= limit:
            break
        if since is not None and not entry.is_since(since):
            continue
        story = await views.visible(entry, owner)
        if story is not None:
            found.append(story)
    return tuple(found)


async def _search(database: Database, words: str, owner: str | None, view: View) -> list[Entry]:
    """The stories in which an article that the owner sees holds the words, best match first."""
    pairs = await database.read(search.search_articles, words, limit=_SEARCHED)
    found: dict[Entry, None] = {}
    for story_id, article_id in pairs:
        entry = view.find_article(story_id, article_id)
        if entry is None:
            continue
        visible = entry.visible_ids(owner)
        if visible is None or article_id in visible:
            found[entry] = None
    return list(found)

"""What is left of the stories when a server's own articles go: described anew from the others, or nothing."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict

from digests.store import articles, servers, stories
from digests.store.connection import Database
from digests.store.stories import StoryRow
from digests.stories.description import describe_story
from digests.types import Article, Story


async def forget_server(database: Database, server: str) -> int:
    """Delete everything that belongs to a server; how many articles that were. Nobody may load meanwhile."""
    own = await database.read(servers.load_own_articles, server)
    rows = await _without(database, {article for article, _ in own}, sorted({story for _, story in own}))
    await database.write(servers.forget_server, server, rows)
    return len(own)


async def _without(database: Database, gone: set[str], story_ids: list[str]) -> list[StoryRow]:
    """These stories as their other articles tell them; a bare id where there are none."""
    members = await database.read(articles.find_members, story_ids)
    staying = [member for member in members if member.article_id not in gone]
    loaded = await database.read(articles.load_articles, [member.article_id for member in staying])
    by_id = {article.id: article for article in loaded}
    copies = await database.read(stories.load_copies, story_ids)
    left: defaultdict[str, list[Article]] = defaultdict(list)
    figures: Counter[str] = Counter()
    for member in staying:
        left[member.story_id].append(by_id[member.article_id])
        figures[member.story_id] += member.figures

    def describe_all() -> list[StoryRow]:
        return [
            StoryRow(
                story=describe_story(
                    story_id,
                    left[story_id],
                    known_copies={
                        copy: original
                        for copy, original in copies.get(story_id, {}).items()
                        if copy not in gone and original not in gone
                    },
                )
                if left[story_id]
                else Story(id=story_id, title="", article_ids=()),
                figures=figures[story_id],
            )
            for story_id in story_ids
        ]

    return await asyncio.to_thread(describe_all)

"""What has become different: what outlets changed in their articles, and what the articles since a moment added."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence

from digests.analysis.changes import find_changes
from digests.analysis.edits import ArticleEdit, find_edits
from digests.preparation import prepare_story
from digests.store import articles as stored_articles
from digests.store.connection import Database
from digests.store.versions import load_versions
from digests.types import Changes, Findings
from digests.views import Seen


async def find_article_edits(
    database: Database, article_ids: Sequence[str]
) -> dict[str, tuple[ArticleEdit, ...]]:
    """What outlets changed in some articles, oldest first, by id; those that never changed are left out."""
    versions = await database.read(load_versions, article_ids)
    current = await database.read(stored_articles.load_with_facts, list(versions))
    return {article.id: find_edits(versions[article.id], facts) for article, facts in current}


async def find_story_edits(database: Database, seen: Seen) -> tuple[ArticleEdit, ...]:
    """Which figures outlets changed in a story's articles.

    Articles in which the server's admins have put figures right are left out: what they withheld comes back in no form.
    """
    fixed = {target.article_id for one in seen.corrections for target in one.targets}
    found = await find_article_edits(database, [one for one in seen.story.article_ids if one not in fixed])
    return tuple(edit for edits in found.values() for edit in edits if edit.figures)


async def find_story_changes(database: Database, seen: Seen, after: Findings, since: dt.datetime) -> Changes:
    """What the articles since a moment, by their outlets' own times, have added; `after` are the findings now."""
    read = await database.read_long(stored_articles.load_with_facts, seen.story.article_ids)
    new = [article.id for article, _ in read if article.published and article.published >= since]
    is_new = set(new)
    known = [one for one in read if one[0].id not in is_new]
    # What the admins have put right since holds for both sides: it is told by itself.
    before = await asyncio.to_thread(prepare_story, seen.story, known, seen.corrections)
    return find_changes(
        before.findings,
        after,
        since=since,
        new_articles=new,
        undated=sum(article.published is None for article, _ in read),
        corrections=[one for one in seen.corrections if one.made_at >= since],
    )

"""`sitrep timeline`: what happened when in a story, and in its whole affair where it is the largest of a long one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import click

from digests.analysis.timeline import choose_entries
from digests.cards.chronicle import render_chronicle
from digests.console import (
    EXIT_SOME_FAILED,
    Moment,
    StorePath,
    asyncio_run,
    clock_of_call,
    complain,
    dump,
    format_option,
    now_option,
    opened,
    paths_argument,
    print_result,
    reads_only,
    require_store,
    take_in_or_sample,
    text_width,
)
from digests.engine import Engine
from digests.export import export_timeline
from digests.types import Article, Chronicle


@click.command(name="timeline")
@paths_argument
@click.option("--db", type=StorePath(path_type=Path), help="Keep the articles in this SQLite file.")
@click.option("--story", "story_id", help="This story (its id, see `sitrep stories`); else the largest.")
@click.option(
    "--from", "first", type=Moment(), metavar="DAY", help="Only what happened on this day or later."
)
@click.option("--to", "last", type=Moment(), metavar="DAY", help="Only what happened on this day or before.")
@click.option(
    "--max", "most", type=click.IntRange(min=1), help="At most so many entries: what most outlets tell."
)
@format_option("the timeline is")
@now_option
def timeline_command(
    paths: tuple[Path, ...],
    db: Path | None,
    story_id: str | None,
    first: dt.datetime | None,
    last: dt.datetime | None,
    most: int | None,
    form: str,
    now: dt.datetime | None,
) -> None:
    """Print what happened when: dated entries in order, planned ones marked, each with the outlets that tell it.

    The largest story of a long affair tells the days of the whole affair that mattered; any other its own.
    PATHS as for `sitrep digest`.
    """
    if first and last and first > last:
        raise click.UsageError(f"--from {first.date()} is after --to {last.date()}")
    days = (first.date() if first else dt.date.min, last.date() if last else dt.date.max)
    asyncio_run(_timeline(paths, db, story_id, days, most, form, now))


async def _timeline(
    paths: tuple[Path, ...],
    db: Path | None,
    story_id: str | None,
    days: tuple[dt.date, dt.date],
    most: int | None,
    form: str,
    now: dt.datetime | None,
) -> int:
    clock = clock_of_call(now)
    require_store(db, paths)
    async with opened(db, clock, only_reads=reads_only(db, paths)) as engine:
        failed = await take_in_or_sample(engine, paths)
        chosen = story_id if story_id is not None else await _largest(engine)
        if chosen is None:
            complain("no article could be read, so there is no story")
            return EXIT_SOME_FAILED if failed else 0
        story = await engine.story(chosen)
        chronicle = _kept(await engine.timeline(chosen), days, most)
        articles = _cited((*await engine.articles(chosen), *chronicle.articles), chronicle)
    if form == "json":
        print_result(dump(export_timeline(story, articles, chronicle, generated=clock())))
    else:
        print_result(render_chronicle(story.title, chronicle, articles, width=text_width()).rstrip())
    return EXIT_SOME_FAILED if failed else 0


async def _largest(engine: Engine) -> str | None:
    """The story with most articles, of equal ones the most important."""
    stories = await engine.stories(limit=None)
    return max(stories, key=lambda story: len(story.article_ids)).id if stories else None


def _kept(chronicle: Chronicle, days: tuple[dt.date, dt.date], most: int | None) -> Chronicle:
    entries = tuple(e for e in chronicle.entries if e.last >= days[0] and e.first <= days[1])
    return replace(chronicle, entries=entries if most is None else choose_entries(entries, most))


def _cited(articles: tuple[Article, ...], chronicle: Chronicle) -> list[Article]:
    cited = {citation.article_id for entry in chronicle.entries for citation in entry.citations}
    return [article for article in articles if article.id in cited]

"""The commands that take articles in, build stories and print cards: `digest`, `load`, `refresh`, `stories`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from digests.cards import build_card
from digests.cards.html import render_html
from digests.cards.markdown import render_markdown
from digests.cards.text import render_text
from digests.cards.wording import count_words
from digests.config import load_config
from digests.console import (
    EXIT_SOME_FAILED,
    Moment,
    StorePath,
    asyncio_run,
    clock_of_call,
    complain,
    db_option,
    dump,
    format_option,
    name_failures,
    now_option,
    opened,
    paths_argument,
    print_result,
    print_rows,
    progress,
    reads_only,
    take_in,
    take_in_or_sample,
    text_width,
)
from digests.engine import Engine
from digests.export import export_digest, export_stories
from digests.types import RefreshReport, Story

# Stories listed or printed by one call: more than any store of a server holds.
MAX_STORIES = 100_000


@click.command()
@paths_argument
@click.option("--db", type=StorePath(path_type=Path), help="Keep the articles in this SQLite file.")
@format_option("the cards are", "markdown", "html")
@click.option("--story", "story_id", help="Print this story alone (its id, see `sitrep stories`).")
@now_option
def digest(
    paths: tuple[Path, ...], db: Path | None, form: str, story_id: str | None, now: dt.datetime | None
) -> None:
    """Load articles, build the stories and print their cards.

    PATHS are files or folders (.txt .md .html .json .jsonl, read with all folders below). Without any, and with an
    empty store, the bundled sample corpus is shown. Without --db nothing is kept.
    """
    asyncio_run(_digest(paths, db, form, story_id, now))


async def _digest(
    paths: tuple[Path, ...], db: Path | None, form: str, story_id: str | None, now: dt.datetime | None
) -> int:
    clock = clock_of_call(now)
    async with opened(db, clock, only_reads=reads_only(db, paths)) as engine:
        failed = await take_in_or_sample(engine, paths)
        stories = (
            [await engine.story(story_id)]
            if story_id is not None
            else await engine.stories(limit=MAX_STORIES)
        )
        await _print_digest(engine, stories, form, clock())
        if not stories:
            complain("no article could be read, so there is no story")
        return EXIT_SOME_FAILED if failed else 0


async def _print_digest(engine: Engine, stories: Sequence[Story], form: str, generated: dt.datetime) -> None:
    found = [(story, await engine.articles(story.id), await engine.findings(story.id)) for story in stories]
    if form == "json":
        edits = await engine.edits([article.id for _, articles, _ in found for article in articles])
        chronicles = {story.id: await engine.timeline(story.id) for story in stories}
        print_result(dump(export_digest(found, generated=generated, edits=edits, chronicles=chronicles)))
        return
    cards = [build_card(story, findings, articles) for story, articles, findings in found]
    if form == "html":
        print_result(render_html(cards))
    elif form == "markdown":
        print_result("\n\n".join(render_markdown(card).rstrip() for card in cards))
    else:
        width = text_width()
        print_result("\n\n\n".join(render_text(card, width=width).rstrip() for card in cards))


@click.command()
@paths_argument
@click.option(
    "--jsonl", type=click.Path(allow_dash=True), help="Read articles from JSON lines; '-' is standard input."
)
@click.option("--db", type=StorePath(path_type=Path), required=True, help="The SQLite file that keeps them.")
@now_option
def load(paths: tuple[Path, ...], jsonl: str | None, db: Path, now: dt.datetime | None) -> None:
    """Load articles into a store that stays. Loading the same again adds nothing.

    Prints one row per source: how many articles are new, changed, unchanged and failed.
    """
    if not paths and not jsonl:
        raise click.UsageError("expected PATHS or --jsonl FILE")
    asyncio_run(_load(paths, jsonl, db, now))


async def _load(paths: tuple[Path, ...], jsonl: str | None, db: Path, now: dt.datetime | None) -> int:
    async with opened(db, clock_of_call(now)) as engine:
        with progress("loading") as advance:
            results = await take_in(engine, paths, jsonl, progress=advance)
    print_rows(results)
    return EXIT_SOME_FAILED if name_failures(results) else 0


@click.command()
@click.option("--source", "source_ids", multiple=True, help="Only this source (its id); may be given again.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default="config.toml",
    show_default=True,
    help="The configuration file with the sources.",
)
@db_option
@now_option
def refresh(source_ids: tuple[str, ...], config: Path, db: Path | None, now: dt.datetime | None) -> None:
    """Fetch the configured sources once and print what came of each."""
    asyncio_run(_refresh(source_ids, config, db, now))


async def _refresh(
    source_ids: tuple[str, ...], config: Path, db: Path | None, now: dt.datetime | None
) -> int:
    settings = load_config(config)
    async with opened(db or settings.store.path, clock_of_call(now), settings) as engine:
        with progress("fetching") as advance:
            report: RefreshReport = await engine.refresh(source_ids or None, progress=advance)
    print_rows(report.results)
    return EXIT_SOME_FAILED if name_failures(report.results, by_source=True) else 0


@click.command()
@click.option(
    "--db", type=StorePath(path_type=Path, exists=True), required=True, help="The SQLite file to read."
)
@format_option("the list is")
@click.option("--since", type=Moment(), metavar="DAY", help="Only stories with an article since this day.")
@now_option
def stories(db: Path, form: str, since: dt.datetime | None, now: dt.datetime | None) -> None:
    """List the stories of a store with their articles."""
    asyncio_run(_stories(db, form, since, now))


async def _stories(db: Path, form: str, since: dt.datetime | None, now: dt.datetime | None) -> int:
    async with opened(db, clock_of_call(now), only_reads=True) as engine:
        found = await engine.stories(since=since.date() if since else None, limit=MAX_STORIES)
        listed = [(story, await engine.articles(story.id)) for story in found]
    if form == "json":
        print_result(dump(export_stories(listed)))
        return 0
    for story, articles in listed:
        days = [day.date().isoformat() for day in (story.first_published, story.last_published) if day]
        span = " to ".join(dict.fromkeys(days)) or "undated"
        print_result(f"{story.id}  {story.title}")
        voices = count_words(story.voices, "independent voice")
        print_result(f"    {span} · {count_words(len(articles), 'article')} · {voices}")
        for article in articles:
            print_result(
                f"      {article.outlet or 'unknown outlet'}: {article.title or article.external_id}"
            )
    return 0

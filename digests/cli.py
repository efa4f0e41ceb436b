"""The `sitrep` command line without Discord: read articles, build stories, print cards."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import io
import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from digests.cards import build_card
from digests.cards.html import render_html
from digests.cards.markdown import render_markdown
from digests.cards.text import render_text
from digests.cards.wording import count_words
from digests.cli_explain import explain_command
from digests.cli_sources import COMMANDS as SOURCE_COMMANDS
from digests.cli_store import COMMANDS as STORE_COMMANDS
from digests.cli_timeline import timeline_command
from digests.config import FetchConfig, load_config
from digests.console import (
    EXIT_SOME_FAILED,
    Moment,
    StorePath,
    asyncio_run,
    clock_of_call,
    db_option,
    dump,
    existing,
    flush,
    format_option,
    name_failures,
    now_option,
    open_lines,
    opened,
    paths_argument,
    place_in,
    print_result,
    print_rows,
    progress,
    reads_only,
    standard_input,
    take_in,
    take_in_or_sample,
    text_width,
)
from digests.engine import Engine
from digests.export import export_digest, export_extract, export_stories
from digests.reading import read_facts
from digests.sources import Item, ReadFailure, ReadNote
from digests.sources.folder import read_jsonl, read_path
from digests.sources.pages import ReadPage, pages_apart
from digests.types import RawArticle, RefreshReport, Story

log = logging.getLogger(__name__)

# Stories listed or printed by one call: more than any store of a server holds.
MAX_STORIES = 100_000

# As a shell reports a command that Ctrl-C ended.
EXIT_INTERRUPTED = 130


class Sitrep(click.Group):
    """The commands, and how each of them ends when it is stopped from outside."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an interrupt ends it without a trace. Nothing is half done: the store writes in batches."""
        for stream in (sys.stdout, sys.stderr):
            # The same bytes in every locale, and no lost digest because of one letter.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            with contextlib.suppress(OSError):
                click.echo("interrupted", err=True)
            sys.exit(EXIT_INTERRUPTED)


@click.group(cls=Sitrep, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="sitrep", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn many outlets' reports on one event into a sourced situation report.

    \b
    Start here:
      sitrep digest                      the bundled sample corpus, as cards
      sitrep digest news/ --format html  your own folder of articles, as a page
      sitrep extract news/               the facts of each article, as JSON lines
    """


# --------------------------------------------------------------------------- digest


@cli.command()
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
        stories = [await engine.story(story_id)] if story_id else await engine.stories(limit=MAX_STORIES)
        await _print_digest(engine, stories, form, clock())
        if not stories:
            click.echo("no article could be read, so there is no story", err=True)
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


# --------------------------------------------------------------------------- extract


@cli.command()
@paths_argument
@click.option(
    "--jsonl", type=click.Path(allow_dash=True), help="Read articles from JSON lines; '-' is standard input."
)
@click.option(
    "--raw", is_flag=True, help="Take the text as it stands: every offset counts in the input text."
)
@now_option
def extract(paths: tuple[Path, ...], jsonl: str | None, raw: bool, now: dt.datetime | None) -> None:
    """Print the facts of each article: one JSON object a line, in input order. Nothing is stored.

    Figures with bounds, victims, claimant and incident; dates; quotes with their speakers; places. Every `span`
    counts characters of `text`.
    """
    if not paths and not jsonl:
        raise click.UsageError("expected PATHS or --jsonl FILE")
    failed = False
    parse_seconds = FetchConfig().parse_seconds
    with progress("extracting") as advance, pages_apart(parse_seconds) as pages:
        for entry in _inputs(paths, jsonl, raw=raw, pages=pages):
            if isinstance(entry, ReadNote):
                click.echo(f"{entry.where}: {entry.note}", err=True)
                continue
            if isinstance(entry, ReadFailure):
                failed = True
                click.echo(f"{entry.where}: {entry.reason}", err=True)
                continue
            try:
                article, facts = read_facts(entry, article_id=entry.external_id, retrieved=now, keep_text=raw)
            except Exception as exc:
                # One odd article is named and never costs the others; the trace is for whoever mends it.
                log.debug("unreadable article=%s", entry.external_id, exc_info=True)
                failed = True
                click.echo(f"{entry.external_id}: could not be read ({type(exc).__name__}: {exc})", err=True)
                continue
            print_result(dump(export_extract(article, facts)))
            advance(1)
    flush()
    if failed:
        sys.exit(EXIT_SOME_FAILED)


def _inputs(paths: Sequence[Path], jsonl: str | None, *, raw: bool, pages: ReadPage) -> Iterator[Item]:
    is_alone = len(paths) + bool(jsonl) == 1
    for path in existing(paths):
        for item in read_path(path, source_id="input", raw=raw, pages=pages):
            yield item if is_alone or isinstance(item, RawArticle) else _placed(item, path)
    if jsonl == "-":
        yield from read_jsonl(
            standard_input(), name="standard input", source_id="input", raw=raw, pages=pages
        )
    elif jsonl:
        with open_lines(jsonl) as lines:
            yield from read_jsonl(lines, name=jsonl, source_id="input", raw=raw, pages=pages)


def _placed(item: ReadFailure | ReadNote, path: Path) -> Item:
    return dataclasses.replace(item, where=place_in(path, item.where))


# --------------------------------------------------------------------------- load, refresh, stories


@cli.command()
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


@cli.command()
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
    return EXIT_SOME_FAILED if name_failures(report.results) else 0


@cli.command()
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


for command in (*SOURCE_COMMANDS, *STORE_COMMANDS, explain_command, timeline_command):
    cli.add_command(command)

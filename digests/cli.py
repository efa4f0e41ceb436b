"""The `sitrep` command line without Discord: read articles, build stories, print cards.

Standard output holds the result alone; progress goes to standard error, and only to a terminal. Exit codes: 0 done,
1 some inputs failed (named on standard error, the others are done), 2 the call or the configuration is wrong.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import errno
import io
import json
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from digests.cards import build_card
from digests.cards.html import render_html
from digests.cards.markdown import render_markdown
from digests.cards.text import render_text
from digests.config import Clock, EngineConfig, StoreConfig, fixed_clock, load_config, parse_now, utc_now
from digests.engine import Engine, open_engine
from digests.errors import ConfigError, DigestError, NotFound
from digests.export import export_digest, export_extract, export_stories
from digests.ingest import ProgressHook
from digests.reading import read_facts
from digests.sample import sample_path
from digests.sources import Item, ReadFailure
from digests.sources.folder import read_jsonl, read_path
from digests.types import RefreshReport, SourceResult, Story

log = logging.getLogger(__name__)

# Stories listed or printed by one call: more than any store of a server holds.
MAX_STORIES = 100_000

# Line breaks and controls that JSON lets stand as they are; they only occur inside strings.
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029]")

EXIT_SOME_FAILED = 1
EXIT_WRONG = 2
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


def _print(text: str) -> None:
    """A line of the result to standard output. What cannot be written (a full disk) ends the command in words."""
    if sys.stdout is None:
        # Started with a closed standard output: nobody is to read anything.
        return
    try:
        sys.stdout.write(text + "\n")
    except OSError as exc:
        if exc.errno == errno.EPIPE:
            # The reader has seen enough (`| head`): click ends the command quietly.
            raise
        _give_up(exc)


def _flush() -> None:
    """Hand over what Python still holds, while a failure can still be told."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as exc:
        if exc.errno == errno.EPIPE:
            raise
        _give_up(exc)


def _give_up(exc: OSError) -> NoReturn:
    click.echo(f"Error: the output cannot be written: {exc.strerror}", err=True)
    # Python would try again at its end, and complain.
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(EXIT_WRONG)


class Moment(click.ParamType):  # type: ignore[type-arg, unused-ignore]  # generic since click 8.2 only
    """An ISO 8601 time or day; without a zone it is UTC."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        if isinstance(value, dt.datetime):
            return value
        try:
            return parse_now(str(value), where="time")
        except ConfigError as exc:
            self.fail(exc.problem, param, ctx)


class Readable(click.Path):
    """A file or folder; an empty word (an unset variable of a script) is not the current folder."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        if not os.fspath(value):
            self.fail("expected a file or folder, got an empty word", param, ctx)
        return super().convert(value, param, ctx)


now_option = click.option(
    "--now",
    type=Moment(),
    envvar="SITREP_NOW",
    help="Fix the clock (ISO 8601), so that the same input gives the same bytes.",
)
paths_argument = click.argument("paths", nargs=-1, type=Readable(path_type=Path))


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
@click.option("--db", type=click.Path(path_type=Path), help="Keep the articles in this SQLite file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "html"]),
    default="text",
    show_default=True,
    help="How the cards are printed.",
)
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
    clock = _clock(now)
    async with _opened(db, clock) as engine:
        failed = False
        if not paths and not await engine.stories(limit=1):
            paths = (sample_path(),)
        if paths:
            with _progress("reading") as advance:
                report = await engine.load_paths(_existing(paths), progress=advance)
            failed = _name_failures(report.results)
        stories = [await engine.story(story_id)] if story_id else await engine.stories(limit=MAX_STORIES)
        await _print_digest(engine, stories, form, clock())
        if not stories:
            click.echo("no article could be read, so there is no story", err=True)
        return EXIT_SOME_FAILED if failed else 0


async def _print_digest(engine: Engine, stories: Sequence[Story], form: str, generated: dt.datetime) -> None:
    found = [(story, await engine.articles(story.id), await engine.findings(story.id)) for story in stories]
    if form == "json":
        _print(_dump(export_digest(found, generated=generated)))
        return
    cards = [build_card(story, findings, articles) for story, articles, findings in found]
    if form == "html":
        _print(render_html(cards))
    elif form == "markdown":
        _print("\n\n".join(render_markdown(card).rstrip() for card in cards))
    else:
        width = min(110, shutil.get_terminal_size((100, 24)).columns)
        _print("\n\n\n".join(render_text(card, width=width).rstrip() for card in cards))


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
    with _progress("extracting") as advance:
        for entry in _inputs(paths, jsonl, raw=raw):
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
            _print(_dump(export_extract(article, facts)))
            advance(1)
    _flush()
    if failed:
        sys.exit(EXIT_SOME_FAILED)


def _inputs(paths: Sequence[Path], jsonl: str | None, *, raw: bool) -> Iterator[Item]:
    for path in _existing(paths):
        yield from read_path(path, source_id="input", raw=raw)
    if jsonl == "-":
        yield from read_jsonl(_stdin(), name="standard input", source_id="input", raw=raw)
    elif jsonl:
        with _open_lines(jsonl) as lines:
            yield from read_jsonl(lines, name=jsonl, source_id="input", raw=raw)


# --------------------------------------------------------------------------- load, refresh, stories


@cli.command()
@paths_argument
@click.option(
    "--jsonl", type=click.Path(allow_dash=True), help="Read articles from JSON lines; '-' is standard input."
)
@click.option("--db", type=click.Path(path_type=Path), required=True, help="The SQLite file that keeps them.")
@now_option
def load(paths: tuple[Path, ...], jsonl: str | None, db: Path, now: dt.datetime | None) -> None:
    """Load articles into a store that stays. Loading the same again adds nothing.

    Prints one row per source: how many articles are new, changed, unchanged and failed.
    """
    if not paths and not jsonl:
        raise click.UsageError("expected PATHS or --jsonl FILE")
    asyncio_run(_load(paths, jsonl, db, now))


async def _load(paths: tuple[Path, ...], jsonl: str | None, db: Path, now: dt.datetime | None) -> int:
    results: list[SourceResult] = []
    async with _opened(db, _clock(now)) as engine:
        with _progress("loading") as advance:
            if paths:
                results += (await engine.load_paths(_existing(paths), progress=advance)).results
            if jsonl == "-":
                results += (await engine.load_jsonl(_stdin(), name="stdin", progress=advance)).results
            elif jsonl:
                with _open_lines(jsonl) as lines:
                    results += (await engine.load_jsonl(lines, name=jsonl, progress=advance)).results
    _print_rows(results)
    return EXIT_SOME_FAILED if _name_failures(results) else 0


@cli.command()
@click.option("--source", "source_ids", multiple=True, help="Only this source (its id); may be given again.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default="config.toml",
    show_default=True,
    help="The configuration file with the sources.",
)
@click.option("--db", type=click.Path(path_type=Path), help="Another SQLite file than the configured one.")
@now_option
def refresh(source_ids: tuple[str, ...], config: Path, db: Path | None, now: dt.datetime | None) -> None:
    """Fetch the configured sources once and print what came of each."""
    asyncio_run(_refresh(source_ids, config, db, now))


async def _refresh(
    source_ids: tuple[str, ...], config: Path, db: Path | None, now: dt.datetime | None
) -> int:
    settings = load_config(config)
    async with _opened(db or settings.store.path, _clock(now), settings) as engine:
        with _progress("fetching") as advance:
            report: RefreshReport = await engine.refresh(source_ids or None, progress=advance)
    _print_rows(report.results)
    return EXIT_SOME_FAILED if _name_failures(report.results) else 0


@cli.command()
@click.option(
    "--db", type=click.Path(path_type=Path, exists=True), required=True, help="The SQLite file to read."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the list is printed.",
)
@click.option("--since", type=Moment(), help="Only stories with an article since this day.")
@now_option
def stories(db: Path, form: str, since: dt.datetime | None, now: dt.datetime | None) -> None:
    """List the stories of a store with their articles."""
    asyncio_run(_stories(db, form, since, now))


async def _stories(db: Path, form: str, since: dt.datetime | None, now: dt.datetime | None) -> int:
    async with _opened(db, _clock(now)) as engine:
        found = await engine.stories(since=since.date() if since else None, limit=MAX_STORIES)
        listed = [(story, await engine.articles(story.id)) for story in found]
    if form == "json":
        _print(_dump(export_stories(listed)))
        return 0
    for story, articles in listed:
        days = [day.date().isoformat() for day in (story.first_published, story.last_published) if day]
        span = " to ".join(dict.fromkeys(days)) or "undated"
        _print(f"{story.id}  {story.title}")
        _print(f"    {span} · {len(articles)} articles · {story.voices} independent voices")
        for article in articles:
            _print(f"      {article.outlet or 'unknown outlet'}: {article.title or article.external_id}")
    return 0


# --------------------------------------------------------------------------- shared


def asyncio_run(task: Coroutine[Any, Any, int]) -> None:
    """Run a command to its exit code; what goes wrong on purpose becomes a sentence and exit code 2."""
    try:
        code = asyncio.run(task)
        _flush()
    except (ConfigError, NotFound) as exc:
        raise click.UsageError(str(exc)) from exc
    except DigestError as exc:
        click.echo(f"Error: {exc}", err=True)
        sys.exit(EXIT_WRONG)
    if code:
        sys.exit(code)


@contextlib.asynccontextmanager
async def _opened(
    db: Path | None, clock: Clock, settings: EngineConfig | None = None
) -> AsyncIterator[Engine]:
    """An engine on a store: a file that stays, or a temporary one that goes with the command."""
    with tempfile.TemporaryDirectory(prefix="sitrep-") as scratch:
        store = StoreConfig(path=db or Path(scratch) / "sitrep.db")
        config = (settings or EngineConfig()).model_copy(update={"store": store})
        async with open_engine(config, clock=clock, prepare=False, keep_sources=settings is None) as engine:
            yield engine


def _clock(now: dt.datetime | None) -> Clock:
    return fixed_clock(now) if now else utc_now


def _existing(paths: Iterable[Path]) -> list[Path]:
    """The paths, or a usage error that names the one that is not there."""
    listed = list(paths)
    for path in listed:
        if not path.exists():
            raise click.UsageError(f"{path}: no such file or folder")
    return listed


def _stdin() -> TextIO:
    """Standard input as UTF-8 whatever the locale; a broken byte stays in its own line."""
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="surrogateescape")


def _open_lines(path: str) -> TextIO:
    try:
        return Path(path).open(encoding="utf-8", errors="surrogateescape")
    except OSError as exc:
        raise click.UsageError(f"{path}: {exc.strerror}") from exc


def _name_failures(results: Iterable[SourceResult]) -> bool:
    """Say on standard error what failed and why; whether anything did."""
    failed = False
    for result in results:
        if result.error:
            failed = True
            click.echo(f"{result.name}: {result.error}", err=True)
        for where, reason in result.failures:
            failed = True
            click.echo(f"{where}: {reason}", err=True)
    return failed


def _print_rows(results: Sequence[SourceResult]) -> None:
    width = max((len(result.name) for result in results), default=6)
    _print(f"{'source':<{width}}  {'new':>6} {'changed':>8} {'unchanged':>10} {'failed':>7}")
    for r in results:
        _print(
            f"{r.name:<{width}}  {r.new:>6} {r.changed:>8} {r.unchanged:>10} {r.failed or bool(r.error):>7d}"
        )


@contextlib.contextmanager
def _progress(what: str) -> Iterator[ProgressHook]:
    """A counter on standard error, drawn only on a terminal; yields a function that takes articles done."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)

        def advance(count: int) -> None:
            bar.advance(task, count)

        yield advance


def _dump(value: Any) -> str:
    """JSON on one line, also for readers that end a line at every Unicode line break, and for a terminal."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)

"""`sitrep sources` and `sitrep doctor`: where articles come from, how each source is doing, and what to do.

They work on the store of the configuration (config.toml in this folder when it is there), or on the one that `--db`
names. What is added here is shared by all servers of the bot; sources of the configuration are removed there.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import difflib
import re
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import partial, wraps
from pathlib import Path
from typing import Any

import click

from digests.config import load_config
from digests.console import (
    EXIT_SOME_FAILED,
    asyncio_run,
    clock_of_call,
    complain,
    config_of_call,
    config_option,
    db_option,
    dump,
    format_option,
    name_failures,
    now_option,
    opened,
    print_result,
    print_rows,
    progress,
    what_there_is,
)
from digests.doctor import Grade, examine
from digests.engine import Engine, ImportReport, Preview
from digests.errors import NotFound, SourceError
from digests.health import SourceHealth
from digests.sources.opml import FeedList, parse_opml
from digests.sources.packs import find_pack, load_packs
from digests.types import Source, SourceKind

# What a terminal would obey, in names that come from feeds.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def on_store(
    command: Callable[..., Coroutine[Any, Any, int]], *, only_reads: bool = False
) -> Callable[..., None]:
    """Make the body of a click command of a function that gets the engine first; its result is the exit code.

    `only_reads`: as `opened` has it.
    """

    @wraps(command)
    def run(*, config: Path | None, db: Path | None, now: dt.datetime | None, **options: Any) -> None:
        async def call() -> int:
            async with _engine(config_of_call(config), db, now, only_reads) as engine:
                return await command(engine, **options)

        asyncio_run(call())

    for option in (now_option, db_option, config_option):
        run = option(run)
    return run


on_store_to_read = partial(on_store, only_reads=True)


@contextlib.asynccontextmanager
async def _engine(
    config: Path | None, db: Path | None, now: dt.datetime | None, only_reads: bool
) -> AsyncIterator[Engine]:
    settings = load_config(config)
    path, is_configured = db or settings.store.path, config is not None
    async with opened(
        path, clock_of_call(now), settings, is_configured=is_configured, only_reads=only_reads
    ) as engine:
        yield engine


@click.group()
def sources() -> None:
    """Show and change where articles come from."""


@sources.command(name="list")
@format_option("the list is")
@on_store_to_read
async def list_sources(engine: Engine, form: str) -> int:
    """List every source with its state and why, its last success, its next check, its articles of the last day."""
    health = await engine.source_health()
    if form == "json":
        print_result(dump([_health_json(one) for one in health]))
        return 0
    if not health:
        print_result(
            "there are no sources; start with `sitrep sources add ADDRESS` or `sitrep sources packs`"
        )
    for one in health:
        print_result(f"{one.source.id}  {_shown(one.source.name)}  [{one.state}]")
        if one.why:
            print_result(f"    {_shown(one.why)}")
        next_check = "not at all" if one.source.paused else _moment(one.next_check_at, "with the next round")
        last = _moment(one.source.succeeded_at, "never")
        print_result(
            f"    last success {last} · next check {next_check} · {_count(one.articles_day)} in a day"
        )
        print_result(f"    {_shown(one.source.location)}")
    return 0


@sources.command()
@click.argument("address", required=False)
@click.option("--name", help="What to call it; the feed's own title by default.")
@click.option("--pack", "pack_id", help="Add the feeds of a pack instead (see `sitrep sources packs`).")
@on_store
async def add(engine: Engine, address: str | None, name: str | None, pack_id: str | None) -> int:
    """Add a feed, or the feed of a site, after a look at what it would load. Nothing is loaded yet."""
    if (address is None) == (pack_id is None):
        raise click.UsageError("expected ADDRESS or --pack ID")
    if pack_id is not None:
        return _print_import(
            await engine.import_sources(FeedList(feeds=find_pack(pack_id).feeds), owner=None)
        )
    assert address is not None
    try:
        preview = await engine.preview_source(address, tells_why=True)
    except SourceError as exc:
        complain(f"{address}: {exc.problem}")
        return EXIT_SOME_FAILED
    _print_preview(preview)
    title = name or preview.title or preview.location
    if known := await engine.find_source(preview.location):
        print_result(f"there already as {known.id}  {_shown(known.name)}")
        return 0
    added = await engine.add_source(SourceKind.FEED, preview.location, name=title, owner=None)
    print_result(f"added as {added.id}")
    return 0


@sources.command()
@click.argument("source")
@on_store
async def remove(engine: Engine, source: str) -> int:
    """Stop reading a source that was added; its articles stay."""
    found = await _find(engine, source)
    if found.id in {one.id for one in engine.config.sources}:
        raise click.UsageError(f"{found.id} is named in the configuration: take it out there")
    await engine.remove_source(found.id)
    print_result(f"{found.id} is not read any more; its articles stay")
    return 0


@sources.command()
@click.argument("source")
@on_store
async def pause(engine: Engine, source: str) -> int:
    """Leave a source alone until it is resumed."""
    found = await _find(engine, source)
    await engine.pause_source(found.id)
    print_result(f"{found.id} is paused")
    return 0


@sources.command()
@click.argument("source")
@on_store
async def resume(engine: Engine, source: str) -> int:
    """Read a paused source again; what went wrong before is forgotten."""
    found = await _find(engine, source)
    await engine.resume_source(found.id)
    print_result(f"{found.id} is read again from the next round on")
    return 0


@sources.command()
@click.argument("source")
@on_store_to_read
async def test(engine: Engine, source: str) -> int:
    """Read a source, or any address, without keeping anything, and print what it would load."""
    try:
        preview = await engine.test_source((await _find(engine, source)).id)
    except NotFound:
        if "." not in source:
            raise
        preview = await _preview_or_fail(engine, source)
    except SourceError as exc:
        complain(f"{source}: {exc.problem}")
        return EXIT_SOME_FAILED
    _print_preview(preview)
    for where, reason in preview.result.failures:
        complain(f"{_shown(where)}: {reason}")
    return EXIT_SOME_FAILED if preview.result.failed else 0


@sources.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option("--all-of-it", is_flag=True, help="Ask for the whole content, also where nothing changed.")
@on_store
async def reload(engine: Engine, names: tuple[str, ...], all_of_it: bool) -> int:
    """Read sources now, all that are not paused by default, and print what came of each."""
    ids = [(await _find(engine, name)).id for name in names]
    with progress("fetching") as advance:
        report = await engine.refresh(ids or None, force=all_of_it, progress=advance)
    print_rows(report.results)
    return EXIT_SOME_FAILED if name_failures(report.results, by_source=True) else 0


@sources.command(name="import")
@click.argument("file", type=click.File("rb"))
@on_store
async def import_list(engine: Engine, file: Any) -> int:
    """Add the feeds of an OPML list; '-' is standard input. They are read with the next round."""
    try:
        feeds = parse_opml(await asyncio.to_thread(file.read))
    except ValueError as exc:
        raise click.UsageError(str(exc)) from exc
    return _print_import(await engine.import_sources(feeds, owner=None))


@sources.command(name="export")
@on_store_to_read
async def export_list(engine: Engine) -> int:
    """Print the feeds as an OPML list, for any feed reader."""
    print_result((await engine.export_sources()).rstrip("\n"))
    return 0


@sources.command()
@click.argument("pack", required=False)
def packs(pack: str | None) -> None:
    """List the packs of public news feeds, or the feeds of one. `sitrep sources add --pack ID` adds them."""
    try:
        chosen = load_packs() if pack is None else (find_pack(pack),)
    except NotFound as exc:
        raise click.UsageError(what_there_is(exc)) from exc
    for one in chosen:
        print_result(f"{one.id}  {one.title} ({len(one.feeds)} feeds)")
        for feed in one.feeds if pack else ():
            print_result(f"    {feed.name}  {feed.url}")


@click.command()
@config_option
@db_option
@now_option
def doctor(config: Path | None, db: Path | None, now: dt.datetime | None) -> None:
    """Look at store, disk, parser and sources: what is well, what is not, and what to do about it."""
    if db is not None and not db.exists():
        raise click.UsageError(f"{db}: does not exist")
    asyncio_run(_doctor(config_of_call(config), db, now))


async def _doctor(config: Path | None, db: Path | None, now: dt.datetime | None) -> int:
    async with _engine(config, db, now, only_reads=True) as engine:
        findings = await examine(engine, store=db or load_config(config).store.path)
    for finding in findings:
        print_result(f"{finding.grade:<8} {finding.about}: {_shown(finding.found)}")
        if finding.advice:
            print_result(f"         {finding.advice}")
    return EXIT_SOME_FAILED if any(finding.grade is Grade.PROBLEM for finding in findings) else 0


async def _preview_or_fail(engine: Engine, address: str) -> Preview:
    try:
        return await engine.preview_source(address, tells_why=True)
    except SourceError as exc:
        complain(f"{address}: {exc.problem}")
        sys.exit(EXIT_SOME_FAILED)


async def _find(engine: Engine, name: str) -> Source:
    """A shared source by its id, else by its name. Raises NotFound; UsageError when several have the name."""
    known = await engine.sources()
    found = [one for one in known if one.id == name] or [
        one for one in known if one.name.casefold() == name.casefold()
    ]
    if not found:
        near = difflib.get_close_matches(name, [key for one in known for key in (one.name, one.id)], n=3)
        raise NotFound("source", name, near=near)
    if len(found) > 1:
        raise click.UsageError(f"several sources are called {name!r}: {', '.join(one.id for one in found)}")
    return found[0]


def _print_preview(preview: Preview) -> None:
    print_result(f"{_shown(preview.title or preview.result.name)}  {preview.location}")
    count, failed = _count(preview.result.new), preview.result.failed
    print_result(f"{count}, {failed} that cannot be read" if failed else count)
    for title in preview.titles:
        print_result(f"    {_shown(title)}")
    for where, note in preview.result.notes:
        complain(f"{where}: {note}")


def _count(articles: int) -> str:
    return "1 article" if articles == 1 else f"{articles or 'no'} articles"


def _print_import(report: ImportReport) -> int:
    for source in report.added:
        print_result(f"{source.id}  {_shown(source.name)}  {source.location}")
    print_result(f"{len(report.added)} added, {report.known} known, {len(report.refused)} refused")
    for name, reason in report.refused:
        complain(f"{_shown(name)}: {reason}")
    return EXIT_SOME_FAILED if report.refused else 0


def _health_json(one: SourceHealth) -> dict[str, object]:
    source = one.source
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind,
        "location": source.location,
        "state": one.state,
        "why": one.why or None,
        "checked": _iso(source.checked_at),
        "succeeded": _iso(source.succeeded_at),
        "next_check": _iso(one.next_check_at),
        "newest": _iso(one.newest_at),
        "articles_day": one.articles_day,
        "moved_to": one.moved_to,
        "wall": one.wall,
    }


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(moment: dt.datetime | None, otherwise: str) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else otherwise


def _shown(text: str) -> str:
    """Text from outside on one line, without what a terminal would obey."""
    return _CONTROLS.sub(" ", text)

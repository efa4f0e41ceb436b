"""`sitrep extract`: the facts of single articles. Loads neither the store nor what makes stories and cards."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from digests.console import (
    EXIT_SOME_FAILED,
    complain,
    dump,
    existing,
    flush,
    now_option,
    open_lines,
    paths_argument,
    place_in,
    print_result,
    progress,
)
from digests.export_facts import export_extract
from digests.reading import read_facts
from digests.sources import Item, ReadFailure, ReadNote
from digests.sources.folder import read_jsonl, read_path
from digests.sources.pages import ReadPage, pages_apart
from digests.text.languages import language_note, other_language
from digests.types import RawArticle

log = logging.getLogger(__name__)


@click.command()
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
    with progress("extracting") as advance, pages_apart() as pages:
        for entry in _inputs(paths, jsonl, raw=raw, pages=pages):
            if isinstance(entry, ReadNote):
                complain(f"{entry.where}: {entry.note}")
                continue
            if isinstance(entry, ReadFailure):
                failed = True
                complain(f"{entry.where}: {entry.reason}")
                continue
            try:
                article, facts = read_facts(entry, article_id=entry.external_id, retrieved=now, keep_text=raw)
            except Exception as exc:
                # One odd article is named and never costs the others; the trace is for whoever mends it.
                log.debug("unreadable article=%s", entry.external_id, exc_info=True)
                failed = True
                complain(f"{entry.external_id}: could not be read ({type(exc).__name__}: {exc})")
                continue
            if not facts.figures and (language := other_language(article.text)) is not None:
                complain(f"{entry.external_id}: {language_note(language)}")
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
    if jsonl:
        with open_lines(jsonl) as lines:
            name = "standard input" if jsonl == "-" else jsonl
            yield from read_jsonl(lines, name=name, source_id="input", raw=raw, pages=pages)


def _placed(item: ReadFailure | ReadNote, path: Path) -> Item:
    return dataclasses.replace(item, where=place_in(path, item.where))

"""`sitrep backup`, `sitrep restore` and `sitrep check`: keeping the store, with the bot running or not.

They work on the store of the configuration (config.toml in this folder when it is there), or on the one that `--db`
names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click

from digests.cards.wording import count_words
from digests.config import load_config
from digests.console import (
    EXIT_SOME_FAILED,
    asyncio_run,
    clock_of_call,
    config_of_call,
    config_option,
    db_option,
    now_option,
    print_result,
)
from digests.store.backup import Contents, back_up, check_store, restore


def on_file(command: Callable[..., int]) -> Callable[..., None]:
    """Make the body of a click command of a function that gets the store's path first; its result is the exit code."""

    @wraps(command)
    def run(*, config: Path | None, db: Path | None, **options: object) -> None:
        async def call() -> int:
            return command(db or load_config(config_of_call(config)).store.path, **options)

        asyncio_run(call())

    for option in (db_option, config_option):
        run = option(run)
    return run


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@on_file
def backup(store: Path, file: Path) -> int:
    """Write a copy of the store to a new FILE, also while the bot runs; the copy is read back before it counts.

    Do not copy the store's file yourself: what was written last is in a log beside it.
    """
    print_result(f"{file}: {_told(back_up(store, file))}")
    return 0


@click.command(name="restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@now_option
@on_file
def restore_command(store: Path, file: Path, now: dt.datetime | None) -> int:
    """Put the backup FILE in the place of the store; the bot must be stopped. What is replaced is kept beside it."""
    contents, kept = restore(file, store, now=clock_of_call(now)())
    print_result(f"{store}: {_told(contents)}")
    if kept is not None:
        print_result(f"what was there is kept as {kept}")
    return 0


@click.command()
@on_file
def check(store: Path) -> int:
    """Read every page, reference and sum of the store, and count. Exit code 1: something is wrong.

    Found are damaged pages and every changed bit in articles, their facts and stories, with the rows named.
    """
    contents, problems = check_store(store, with_words=True)
    for problem in problems:
        print_result(f"{store}: {problem}")
    if problems:
        print_result("stop the bot, keep this file, and put a backup in its place: sitrep restore FILE")
        return EXIT_SOME_FAILED
    print_result(f"{store}: sound, {_told(contents)}")
    return 0


def _told(contents: Contents) -> str:
    articles, stories = (
        count_words(contents.articles, "article"),
        count_words(contents.stories, "story", "stories"),
    )
    sources = count_words(contents.sources, "source")
    return f"{articles} in {stories} from {sources}, {contents.bytes / 1_048_576:.1f} MiB"

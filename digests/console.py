"""What the commands of the console script share: how a call is read, how its result is printed, how it ends.

Standard output holds the result alone; progress goes to standard error, and only to a terminal. Exit codes: 0 done,
1 some inputs failed (named on standard error, the others are done), 2 the call or the configuration is wrong.

The engine, the event loop and what draws on a terminal are loaded by the commands that need them.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import errno
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, cast

import click

from digests.clock import Clock, fixed_clock, parse_now, utc_now
from digests.errors import ConfigError, DigestError, NotFound
from digests.logins import without_login
from digests.sample import sample_path
from digests.types import SourceResult

if TYPE_CHECKING:
    from digests.config import EngineConfig
    from digests.engine import Engine
    from digests.ingest import ProgressHook

# The configuration of a command that names none.
_CONFIG_HERE = Path("config.toml")
# Columns of text on a wide terminal, and where there is none.
_WIDEST, _USUAL = 110, 100
# Line breaks and controls that JSON lets stand as they are; they only occur inside strings.
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029]")
# What we export is made by us and holds no circles.
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)

EXIT_SOME_FAILED = 1
EXIT_WRONG = 2


def print_result(text: str) -> None:
    """A line of the result to standard output. What cannot be written (a full disk) ends the command in words."""
    if sys.stdout is None:
        # Started with a closed standard output: nobody is to read anything.
        return
    try:
        sys.stdout.write(text + "\n")
    except OSError as exc:
        _give_up(exc)


def complain(text: str) -> None:
    """A line to standard error; no password of an address is repeated there."""
    click.echo(without_login(text), err=True)


def flush() -> None:
    """Hand over what Python still holds, while a failure can still be told."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as exc:
        _give_up(exc)


def _give_up(exc: OSError) -> NoReturn:
    # A reader that leaves early (`| head`) has seen enough: neither an input nor the call was wrong.
    is_enough = exc.errno == errno.EPIPE
    if not is_enough:
        complain(f"Error: the output cannot be written: {exc.strerror}")
    # Python would try again at its end, and complain.
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0 if is_enough else EXIT_WRONG)


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


class NamedPath(click.Path):
    """A file or folder; an empty word (an unset variable of a script) is not the current folder, nor an address one."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        if not os.fspath(value):
            self.fail("expected a file or folder, got an empty word", param, ctx)
        if "://" in str(value) and not Path(str(value)).exists():
            # A store would be made in folders of that name.
            self.fail(f"expected a file or folder, got the address {value}", param, ctx)
        return super().convert(value, param, ctx)


class StorePath(NamedPath):
    """The file of a store."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        if os.fspath(value) == ":memory:":
            self.fail("expected a file: a store that several connections share stands in one", param, ctx)
        return super().convert(value, param, ctx)


now_option = click.option(
    "--now",
    type=Moment(),
    envvar="SITREP_NOW",
    help="Fix the clock (ISO 8601), so that the same input gives the same bytes.",
)


# What lists the keys of a kind.
_LISTERS = {"source": "sitrep sources list", "story": "sitrep stories", "pack": "sitrep sources packs"}


def asyncio_run(task: Coroutine[Any, Any, int]) -> None:
    """Run a command to its exit code; what goes wrong on purpose becomes a sentence and exit code 2."""
    import asyncio

    try:
        code = asyncio.run(task)
        flush()
    except NotFound as exc:
        raise click.UsageError(what_there_is(exc)) from exc
    except ConfigError as exc:
        raise click.UsageError(str(exc)) from exc
    except DigestError as exc:
        complain(f"Error: {exc}")
        sys.exit(EXIT_WRONG)
    if code:
        sys.exit(code)


def what_there_is(exc: NotFound) -> str:
    """What is missing, and the command that lists what is there."""
    lister = _LISTERS.get(exc.kind)
    sentence = str(exc)
    if lister is None:
        return sentence
    return f"{sentence}{' ' if sentence.endswith('?') else '; '}`{lister}` lists what there is"


@contextlib.asynccontextmanager
async def opened(
    db: Path | None,
    clock: Clock,
    settings: EngineConfig | None = None,
    *,
    is_configured: bool | None = None,
    only_reads: bool = False,
) -> AsyncIterator[Engine]:
    """An engine on a store: a file that stays, or a temporary one that goes with the command.

    `is_configured`: the settings come from the operator's file, and with them the sources of the store; by default
    where there are settings. `only_reads`: nothing that the command does has to stay, so that a store that is not
    there is not made, and one that may not be written is read from a copy.
    """
    import asyncio

    from digests.config import EngineConfig, StoreConfig
    from digests.engine import open_engine

    if is_configured is None:
        is_configured = settings is not None
    with tempfile.TemporaryDirectory(prefix="sitrep-") as scratch:
        passing = Path(scratch) / "sitrep.db"
        if only_reads and db is not None:
            db = await asyncio.to_thread(_to_read, db, passing)
        store = StoreConfig(path=db or passing)
        config = (settings or EngineConfig()).model_copy(update={"store": store})
        async with open_engine(config, clock=clock, prepare=False, keep_sources=not is_configured) as engine:
            yield engine


def _to_read(store: Path, passing: Path) -> Path:
    """The store itself where it may be written, as SQLite does even to read; else a copy of it, or none."""
    from digests.store.backup import copy_to_read, is_writable

    if not store.exists():
        return passing
    if is_writable(store):
        return store
    copy_to_read(store, passing)
    return passing


def reads_only(db: Path | None, paths: Sequence[Path], jsonl: str | None = None) -> bool:
    """Whether a call that names no inputs only asks a store that is there."""
    return not paths and not jsonl and db is not None and db.exists()


def require_store(db: Path | None, paths: Sequence[Path], jsonl: str | None = None) -> None:
    """Pass where there is something to ask. Raises UsageError for a store that is not there.

    A slip in its name would be answered with the sample.
    """
    if db is not None and not paths and not jsonl and not db.exists():
        raise click.UsageError(f"{db}: does not exist")


def clock_of_call(now: dt.datetime | None) -> Clock:
    return fixed_clock(now) if now else utc_now


paths_argument = click.argument("paths", nargs=-1, type=NamedPath(path_type=Path))
config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The configuration file; config.toml in this folder when it is there.",
)
db_option = click.option(
    "--db", type=StorePath(path_type=Path), help="Another SQLite file than the configured one."
)


def format_option(what: str, *more: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format`, handed on as `form`: text (the default), json or one of `more`; `what` is printed so."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", *more]),
        default="text",
        show_default=True,
        help=f"How {what} printed.",
    )


def config_of_call(config: Path | None) -> Path | None:
    """The configuration that was named, or the one in this folder; None: the built-in one."""
    return _CONFIG_HERE if config is None and _CONFIG_HERE.is_file() else config


def existing(paths: Iterable[Path]) -> list[Path]:
    """The paths, or a usage error that names the one that is not there."""
    listed = list(paths)
    for path in listed:
        try:
            is_there = path.exists()
        except OSError as exc:
            raise click.UsageError(f"{path}: {exc.strerror}") from exc
        if not is_there:
            raise click.UsageError(f"{path}: no such file or folder")
    return listed


@contextlib.contextmanager
def open_lines(path: str) -> Iterator[Iterator[bytes]]:
    """The lines of a file of JSON Lines, or of standard input where the path is "-"."""
    from digests.sources.folder import lines_of

    with contextlib.ExitStack() as stack:
        file: BinaryIO
        if path == "-":
            if sys.stdin is None:
                raise click.UsageError("standard input is closed; expected articles as JSON lines")
            file = sys.stdin.buffer
        else:
            try:
                file = stack.enter_context(Path(path).open("rb"))
            except OSError as exc:
                raise click.UsageError(f"{path}: {exc.strerror}") from exc
        if not isinstance(file, io.BufferedReader):
            # What stands in for standard input where there is no terminal may be the bare bytes.
            file = io.BufferedReader(cast("io.RawIOBase", file))
        yield lines_of(file)


async def take_in(
    engine: Engine, paths: Sequence[Path], jsonl: str | None, *, progress: ProgressHook
) -> list[SourceResult]:
    """Load files and folders, then JSON lines from a file or, named "-", from standard input."""
    results: list[SourceResult] = []
    if paths:
        loaded = (await engine.load_paths(existing(paths), progress=progress)).results
        is_alone = len(loaded) == 1 and not jsonl
        results += loaded if is_alone else map(_with_places, dict.fromkeys(paths), loaded)
    if jsonl:
        with open_lines(jsonl) as lines:
            name = "stdin" if jsonl == "-" else jsonl
            results += (await engine.load_jsonl(lines, name=name, progress=progress)).results
    return results


async def take_in_or_sample(engine: Engine, paths: Sequence[Path], jsonl: str | None = None) -> bool:
    """Load what is named, or the bundled sample where nothing is and nothing is stored; whether anything failed."""
    if not paths and not jsonl and not await engine.stories(limit=1):
        paths = (sample_path(),)
    with progress("reading") as advance:
        results = await take_in(engine, paths, jsonl, progress=advance)
    return name_failures(results)


def place_in(path: Path, where: str) -> str:
    """The place of an input that stands in, or is, a path which was given beside others."""
    if where == str(path):
        return where
    return str((path if path.is_dir() else path.parent) / where)


def _with_places(path: Path, result: SourceResult) -> SourceResult:
    return dataclasses.replace(
        result,
        failures=tuple((place_in(path, where), reason) for where, reason in result.failures),
        notes=tuple((place_in(path, where), note) for where, note in result.notes),
    )


def name_failures(results: Iterable[SourceResult], *, by_source: bool = False) -> bool:
    """Say on standard error what failed and why, and what was left out; whether anything failed.

    `by_source`: name the source of each too. Files and lines that somebody named in the call say themselves where
    they are; an entry of a feed does not.
    """
    failed = False
    for result in results:
        source = f"{result.name}: " if by_source else ""
        if result.error:
            failed = True
            complain(f"{result.name}: {result.error}")
        for where, reason in result.failures:
            failed = True
            complain(f"{source}{where}: {reason}")
        for where, note in result.notes:
            complain(f"{source}{where}: {note}")
    return failed


def print_rows(results: Sequence[SourceResult]) -> None:
    width = max((len(result.name) for result in results), default=6)
    print_result(f"{'source':<{width}}  {'new':>6} {'changed':>8} {'unchanged':>10} {'failed':>7}")
    for r in results:
        print_result(
            f"{r.name:<{width}}  {r.new:>6} {r.changed:>8} {r.unchanged:>10} {r.failed or bool(r.error):>7d}"
        )


@contextlib.contextmanager
def progress(what: str) -> Iterator[ProgressHook]:
    """A counter on standard error, drawn only on a terminal; yields a function that takes articles done."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)

        def advance(count: int) -> None:
            bar.advance(task, count)

        yield advance


def text_width() -> int:
    """Columns for text: those of the terminal, as far as lines stay easy to read."""
    return min(_WIDEST, shutil.get_terminal_size((_USUAL, 24)).columns)


def dump(value: Any) -> str:
    """JSON on one line, also for readers that end a line at every Unicode line break, and for a terminal."""
    text = _JSON.encode(value)
    if (text.isascii() and "\x7f" not in text) or text.isprintable():
        return text
    return _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)

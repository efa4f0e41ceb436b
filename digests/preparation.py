"""Stories thought through before anyone asks: what their cards depend on, and a process that makes them.

Stance: who asks comes first. The work is done by a child process of low priority with connections of its own, so
that neither the event loop nor the interpreter's lock nor the engine's database threads wait for it; it may be
killed at any time, each card being one transaction. It ends when nothing is left, and its memory with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import hashlib
import logging
import os
import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path

from digests import analysis, charts
from digests.cards import build_card
from digests.cards.standing import standing_of
from digests.catalogue import Entry
from digests.corrections import correct, count_kinds
from digests.extract import rules_fingerprint
from digests.store import articles as stored_articles
from digests.store.connection import write_plainly
from digests.store.prepared import Glance, Prepared, save_prepared
from digests.types import Article, Correction, CorrectionKind, Facts, Findings, Story, StoryArticle

log = logging.getLogger(__name__)

#: The most important stories, whose pictures are drawn ahead: some 45 kB of store each.
DRAWN = 1_000
# Packages whose behaviour a card shows.
_LIBRARIES = ("sentencex",)
# Seconds given to the child to end when it is told to.
_STOP_SECONDS = 2.0

_ROOT = str(Path(__file__).resolve().parents[1])
_START = "import sys; sys.path.insert(0, sys.argv[1]); from digests.ahead import serve; serve(sys.argv[2])"
# As for the parsers' child: it has no use for a token.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "LANG", "LC_ALL", "TZ")


def prepare_story(
    story: Story, read: Sequence[tuple[Article, Facts]], corrections: Sequence[Correction] = ()
) -> Prepared:
    """A story's findings and card from its articles with their facts, oldest first, as a server has corrected it."""
    copies = dict(story.copies)
    items = tuple(
        StoryArticle(article=article, facts=facts, copy_of=copies.get(article.id)) for article, facts in read
    )
    findings = _analyse(story.id, items, corrections)
    card = build_card(story, findings, [article for article, _ in read])
    return Prepared(findings=findings, glance=Glance(card=card, standing=standing_of(findings)))


def _analyse(story_id: str, items: Sequence[StoryArticle], corrections: Sequence[Correction]) -> Findings:
    if not corrections:
        return analysis.analyse(story_id, items)
    shaping = (CorrectionKind.SPLIT, CorrectionKind.MERGE)
    findings = correct(items, corrections, lambda kept: analysis.analyse(story_id, kept))
    shaped = count_kinds([one for one in corrections if one.kind in shaping])
    return replace(findings, corrected=(*findings.corrected, *shaped))


def prepare_one(db: sqlite3.Connection, entry: Entry) -> bool:
    """Make and keep one story's card; `False` when that failed, which is logged."""
    story = entry.story
    try:
        prepared = prepare_story(story, stored_articles.load_with_facts(db, story.article_ids))
        write_plainly(db, save_prepared, story.id, "", entry.revision, maker(), prepared)
    except sqlite3.Error:
        raise
    except Exception:  # a bug in one story's analysis: who asks for it will see it
        log.exception("card failed story=%s", story.id)
        return False
    return True


@functools.cache
def maker() -> str:
    """What a card depends on beside its story: the rules, our code, libraries, the Python.

    The code itself is hashed, all of it: a version number that somebody forgets to raise, or a list of modules that
    somebody forgets to extend, would leave old cards standing. Another version makes its cards anew.
    """
    digest = hashlib.sha256(f"{rules_fingerprint()} {platform.python_version()}".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}".encode())
    for path, text in _sources(resources.files("digests"), ""):
        digest.update(path.encode() + b"\0" + text + b"\0")
    return digest.hexdigest()[:16]


def warm_up() -> None:
    """Load what the first question would wait for: rules, word lists, what pictures are drawn with."""
    text = "A bridge near the harbour was closed on Tuesday after a storm, the city council said."
    article = Article(id="", source_id="", external_id="", text=text)
    prepare_story(Story(id="", title="", article_ids=("",)), [(article, Facts())])
    charts.warm_up()


def _sources(entry: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    """The Python files at or under an entry, with their paths, in order."""
    if entry.is_dir():
        for inner in sorted(entry.iterdir(), key=lambda item: item.name):
            yield from _sources(inner, f"{path}/{inner.name}")
    elif path.endswith(".py"):
        yield path, entry.read_bytes()


class Preparer:
    """Keeps the cards of a store made, in a child process that is started where something is missing.

    Args:
        path: The store.
        on_round: Called on the event loop each time some cards have been made, the most important first.
    """

    def __init__(self, path: Path, on_round: Callable[[], None]) -> None:
        self._path = path
        self._on_round = on_round
        self._running: asyncio.Task[None] | None = None
        self._is_wanted = False

    def wake(self) -> None:
        """Have everything prepared that is missing; a child at work looks again when it is through."""
        self._is_wanted = True
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())

    async def finished(self) -> None:
        """Wait until nothing is under way."""
        if self._running is not None:
            await asyncio.shield(self._running)

    async def close(self) -> None:
        """Stop the child, wherever it is."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def _run(self) -> None:
        while self._is_wanted:
            self._is_wanted = False
            try:
                await self._run_child()
            except OSError as exc:
                # No memory or no more processes: cards are made when they are asked for.
                log.warning("preparation failed reason=%s", exc)

    async def _run_child(self) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-c",
            _START,
            _ROOT,
            str(self._path),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )
        assert process.stdout is not None
        try:
            while await process.stdout.readline():
                self._on_round()
            code = await process.wait()
        finally:
            await _end(process)
        if code:
            log.warning("preparation ended code=%s", code)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _STOP_SECONDS)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()

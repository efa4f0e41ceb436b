"""`sitrep doctor`: what is well, what is not, and what to do about it. Looks, and changes nothing.

Stance: every finding names the next step, and a check that cannot be made is a finding too.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from digests.cards.wording import count_words
from digests.config import address_key
from digests.engine import ALL_OWNERS, Engine, EngineStatus
from digests.errors import DigestError
from digests.health import SourceHealth, SourceState, span_words
from digests.store.backup import is_writable
from digests.types import Source, SourceKind

# Free bytes beside the store below which a finding is made, and below which it is a problem.
_LITTLE_SPACE = 1024**3
_NO_SPACE = 100 * 1024**2
# Rounds that may be missed before the refresh counts as standing still.
_MISSED_ROUNDS = 4


class Grade(StrEnum):
    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: what was found, and what to do (empty when nothing)."""

    grade: Grade
    about: str
    found: str
    advice: str = ""


_ADVICE = {
    SourceState.FAILING: "open the address in a browser; `sitrep sources test {id}` tries it now",
    SourceState.RATE_LIMITED: "nothing: it is asked again when its server allows; read it less often if it stays so",
    SourceState.PAUSED: "`sitrep sources resume {id}` when it should be read again, `remove` when not",
    SourceState.SILENT: "look whether the outlet has a new feed: `sitrep sources test {id}`",
}


async def examine(engine: Engine, *, store: Path | None = None) -> tuple[Finding, ...]:
    """Everything about an engine's store, parser, disk and sources; the graver within each part first.

    `store`: the file that is meant, where the engine reads a copy of it, or stands in for one that is not there.
    """
    status = await engine.status()
    path = (store or status.store_path).absolute()
    return (
        await _store(engine, status, path),
        _disk(path),
        await _parser(engine),
        _last_round(engine, status),
        *_sources(await engine.source_health(ALL_OWNERS)),
    )


async def _store(engine: Engine, status: EngineStatus, path: Path) -> Finding:
    if not await asyncio.to_thread(path.exists):
        advice = "nothing: the first `sitrep refresh` or `sitrep run` makes it"
        return Finding(grade=Grade.NOTE, about="store", found=f"{path}: is not there yet", advice=advice)
    size = status.store_bytes / 1024**2
    articles, stories = (
        count_words(status.articles, "article"),
        count_words(status.stories, "story", "stories"),
    )
    what = f"{articles} in {stories}, {size:.1f} MB, schema {status.schema}"
    try:
        problem = await engine.check_store()
    except DigestError as exc:
        problem = str(exc)
    if problem:
        advice = "stop the bot, keep a copy of the file, and put back a backup"
        return Finding(grade=Grade.PROBLEM, about="store", found=f"damaged: {problem}", advice=advice)
    if not is_writable(path):
        advice = f"give this user the right to write {path} and its folder; reading works without"
        return Finding(
            grade=Grade.PROBLEM, about="store", found=f"{path}: cannot be written, {what}", advice=advice
        )
    return Finding(grade=Grade.OK, about="store", found=f"{path}: {what}")


def _disk(store: Path) -> Finding:
    folder = next(folder for folder in store.parents if folder.exists())
    free = shutil.disk_usage(folder).free
    found = f"{free / 1024**3:.1f} GB free beside the store"
    if free >= _LITTLE_SPACE:
        return Finding(grade=Grade.OK, about="disk", found=found)
    grade = Grade.PROBLEM if free < _NO_SPACE else Grade.NOTE
    return Finding(grade=grade, about="disk", found=found, advice="make room: a full disk stops every load")


async def _parser(engine: Engine) -> Finding:
    try:
        await engine.check_parser()
    except DigestError as exc:
        advice = "check that this user may start processes, and the memory limit"
        return Finding(grade=Grade.PROBLEM, about="parser", found=str(exc), advice=advice)
    return Finding(grade=Grade.OK, about="parser", found="its process starts and answers")


def _last_round(engine: Engine, status: EngineStatus) -> Finding:
    if not status.sources:
        advice = "name sources in config.toml, or start from a pack: `sitrep sources packs`"
        return Finding(grade=Grade.NOTE, about="sources", found="there are none", advice=advice)
    if status.last_refresh is None:
        advice = "`sitrep refresh`, or start the bot"
        return Finding(grade=Grade.NOTE, about="refresh", found="the sources were never read", advice=advice)
    age = engine.now() - status.last_refresh
    found = f"last round {span_words(age)} ago"
    if age > _MISSED_ROUNDS * dt.timedelta(minutes=engine.config.refresh_minutes):
        return Finding(
            grade=Grade.NOTE, about="refresh", found=found, advice="see whether the bot is running"
        )
    return Finding(grade=Grade.OK, about="refresh", found=found)


def _sources(health: Sequence[SourceHealth]) -> list[Finding]:
    """One finding for all that work, one for each that does not."""
    findings = []
    well = sum(one.state is SourceState.WORKING for one in health)
    fresh = sum(one.state is SourceState.NEW for one in health)
    if well or fresh:
        found = f"{well} of {len(health)} work" + (f", {fresh} not read yet" if fresh else "")
        findings.append(Finding(grade=Grade.OK, about="sources", found=found))
    findings += _doubled([one.source for one in health])
    for one in health:
        if one.state in _ADVICE:
            grade = Grade.PROBLEM if one.state is SourceState.FAILING else Grade.NOTE
            advice = _ADVICE[one.state].format(id=one.source.id)
            if one.state is SourceState.FAILING and one.source.kind is SourceKind.FOLDER:
                advice = (
                    f"see that {one.source.location} is there and may be read, or mend `path` in config.toml"
                )
            found = f"{one.source.name}: {one.state}, {one.why}"
            findings.append(Finding(grade=grade, about=one.source.id, found=found, advice=advice))
        elif one.wall:
            found, advice = (
                f"{one.source.name}: {one.why}",
                "`pages = false` for it in config.toml spares the tries",
            )
            findings.append(Finding(grade=Grade.NOTE, about=one.source.id, found=found, advice=advice))
        if one.moved_to and one.source.location != one.moved_to:
            findings.append(
                Finding(
                    grade=Grade.NOTE,
                    about=one.source.id,
                    found=f"{one.source.name}: the server says that it has moved to {one.moved_to}",
                    advice="change the address in config.toml",
                )
            )
    order = list(reversed(Grade))
    return sorted(findings, key=lambda finding: order.index(finding.grade))


def _doubled(sources: Sequence[Source]) -> list[Finding]:
    """Feeds that one server reads twice: added by it, and shared with it since."""
    findings = []
    seen: dict[str, list[Source]] = {}
    for source in sources:
        if source.kind is not SourceKind.FEED:
            continue
        same = seen.setdefault(address_key(source.location), [])
        for other in same:
            if None in (source.owner, other.owner) or source.owner == other.owner:
                extra, kept = (other, source) if source.owner is None else (source, other)
                found = f"reads the same address as {kept.id}: {source.location}"
                advice = "remove one of the two: each report counts twice"
                findings.append(Finding(grade=Grade.NOTE, about=extra.id, found=found, advice=advice))
        same.append(source)
    return findings

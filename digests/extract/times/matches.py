"""The rules of `dates.toml` read in a run of words about time: each match without a value yet.

The same run is read once and remembered. The longest match wins, then the earlier rule.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from digests.extract.times.reading import READERS
from digests.extract.times.runs import MAX_RUN, find_runs
from digests.extract.times.words import Groups, Reader
from digests.rules import Rule, load_rules
from digests.text.document import lower_case, only_letters


class Piece(NamedTuple):
    """A rule's match before it has a value, with what its kind asks for; offsets count in the run or stretch.

    `is_doubtful` where the words around decide whether it is a time at all, `is_by_tense` where they decide which.
    """

    start: int
    end: int
    rule: Rule
    kind: str
    groups: Groups
    read: Reader
    is_doubtful: bool
    is_by_tense: bool


def find_pieces(stretch: str) -> tuple[Piece, ...]:
    """The rules' matches in a stretch, in order."""
    # The longest stretches are calendar pages: they are not worth remembering.
    return _remembered_pieces(stretch) if len(stretch) <= MAX_RUN else _read_pieces(stretch)


def _read_pieces(stretch: str) -> tuple[Piece, ...]:
    return tuple(
        piece._replace(start=start + piece.start, end=start + piece.end)
        for start, end, kinds in find_runs(stretch)
        for piece in _run_pieces(stretch[start:end], kinds)
    )


_remembered_pieces = functools.lru_cache(maxsize=8192)(_read_pieces)


class _Search(NamedTuple):
    """A rule with its place in the file."""

    order: int
    rule: Rule
    is_weak: bool
    holds: tuple[str, ...]


@functools.cache
def _readers() -> tuple[tuple[_Search, frozenset[str]], ...]:
    """The rules in order, each with the kinds of words that its run must hold."""
    readers: list[tuple[_Search, frozenset[str]]] = []
    for order, rule in enumerate(load_rules("dates").rules):
        holds = tuple(rule.yields.get("holds", ()))
        reader = _Search(order, rule, bool(rule.yields.get("weak")), holds)
        readers.append((reader, frozenset(rule.yields.get("needs", ()))))
    return tuple(readers)


@functools.cache
def _search_by(order: int) -> Callable[[str], Iterator[re.Match[str]]]:
    """The search by a rule in a run in small letters: without regard to case a pattern takes twice the time."""
    return re.compile(load_rules("dates").rules[order].source).finditer


@functools.cache
def _readers_for(kinds: frozenset[str]) -> tuple[_Search, ...]:
    """The rules that may match a run with words of these kinds."""
    return tuple(reader for reader, needs in _readers() if needs <= kinds)


@functools.lru_cache(maxsize=8192)
def _run_pieces(run: str, kinds: frozenset[str]) -> tuple[Piece, ...]:
    """The rules' matches in a run, settled: the longest wins, then the earlier rule."""
    low = lower_case(run)
    words = frozenset(only_letters(low).split())
    candidates: list[tuple[bool, int, int, int, Rule, re.Match[str]]] = []
    for order, rule, is_weak, holds in _readers_for(kinds):
        for piece in holds:
            if piece in low:
                break
        else:
            if holds:
                continue
        if not rule.needs.are_met_by(words):
            continue
        for found in _search_by(order)(low):
            start, end = found.span()
            if end > start:
                candidates.append((is_weak, start - end, order, start, rule, found))
    if len(candidates) > 1:
        candidates.sort(key=lambda c: c[:4])
    taken: list[tuple[int, int]] = []
    pieces: list[Piece] = []
    for *_, rule, found in candidates:
        start, end = found.span()
        if any(start < b and a < end for a, b in taken):
            continue
        taken.append((start, end))
        if not rule.drop:
            # As written. Hard-wrapped text breaks lines inside an expression; its meaning is looked up on one line.
            groups: dict[str, str | None] = {}
            for name in found.re.groupindex:
                first, last = found.span(name)
                groups[name] = " ".join(run[first:last].split()) if first >= 0 else None
            groups["words"] = run[start:end]
            kind = str(rule.yields["kind"])
            asks = (kind in _DOUBTFUL, kind in _BY_TENSE)
            for first, last, parts in _ends_of_range(found, groups):
                pieces.append(Piece(first, last, rule, kind, parts, READERS[kind], *asks))
    return tuple(sorted(pieces, key=lambda piece: piece.start))


def _ends_of_range(
    found: re.Match[str], groups: dict[str, str | None]
) -> Iterator[tuple[int, int, dict[str, str | None]]]:
    """A match as it is; "May 2 to 5" and "2 to 5 May" as two, each with its own day."""
    start, end = found.span()
    if not groups.get("day_to"):
        yield start, end, groups
        return
    month_first = found.start("month") < found.start("day")
    yield start if month_first else found.start("day"), found.end("day"), groups
    yield found.start("day_to"), end, {**groups, "day": groups["day_to"]}


# Kinds that the words around may make something else ("they may go", "1500 people").
_DOUBTFUL = frozenset({"month", "weekday", "year", "clock", "ordinal_day", "deictic", "part", "determined"})
# Kinds whose value depends on the tense, or that may be planned.
_BY_TENSE = frozenset(
    {"calendar", "calendar_range", "weekday", "month", "season", "quarter", "clock", "holiday", "weekend"}
    | {"step", "the_unit", "deictic", "year", "year_end", "part"}
)
# Those longer than a day.
PERIODS = frozenset({"month", "season", "quarter", "step", "the_unit", "year", "year_end"})

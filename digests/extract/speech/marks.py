"""Quotation marks: which stretches of a text stand in quotes, whatever marks the outlet uses.

Direction comes from the printed mark where it has one (`text`), else from the space around it; a mark that is
never closed ends with its paragraph, and goes on in the next one when that opens with a mark again.

Stance: an apostrophe read as a quotation mark swallows a paragraph, so single marks count only in pairs.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from digests.text.document import Document
from digests.types import Span

_MARK = re.compile(r"\"|''")
# Both begin with the mark itself, so that the search runs from one to the next.
_SINGLE_OPEN = re.compile(r"'(?<![\w.,!?\"']')(?=[^\W_])")
# The shortest way to the other mark: no line break, and the mark stands where no apostrophe can.
_SINGLE_CLOSE = re.compile(r"'(?<=[^\s']')(?![\w'])")
_OPENING = frozenset("“„«‟")
_CLOSING = frozenset("”»")
# Paragraphs without a mark over which a quotation that was left open may run to its closing mark.
_RUN_ON = 4
# Longest quotation in single marks, in characters: beyond it the marks are apostrophes.
_SINGLE_LIMIT = 600
_TRAILING = " ,;"
_SENTENCE_ENDS = frozenset(".!?")


class Marked(NamedTuple):
    """A stretch in quotation marks: `outer` with them, `inner` without.

    `is_closed` is false where the paragraph ended first; `continues` where the one before was left open and
    this paragraph opens with a mark again; `runs` where it has none, and the quotation is closed here or later.
    """

    outer: Span
    inner: Span
    is_single: bool = False
    is_closed: bool = True
    continues: bool = False
    runs: bool = False


def find_marked(document: Document) -> tuple[Marked, ...]:
    """All stretches in quotation marks, in order, not overlapping; marks nested inside belong to the outer ones."""
    found: list[Marked] = []
    is_open = False
    folded = document.folded
    if '"' not in folded and "'" not in folded:
        return ()
    # Two single marks are one where the page opens with two as well.
    doubles = ('"', "''") if "``" in document.text else ('"',)
    # Paragraphs without a mark behind one that left a printed opening mark open.
    inside: list[Span] = []
    is_run = False
    for paragraph in document.paragraphs:
        has_double = any(folded.find(mark, paragraph.start, paragraph.end) >= 0 for mark in doubles)
        if is_run and not has_double and len(inside) < _RUN_ON:
            inside.append(paragraph)
            is_open = False
            continue
        if is_run and has_double and (close := _runs_to(folded, document.text, paragraph)) is not None:
            found += [Marked(outer=one, inner=one, is_closed=False, runs=True) for one in inside]
            head = Span(start=paragraph.start, end=len(folded[: close.start].rstrip(_TRAILING)))
            found.append(Marked(outer=Span(start=head.start, end=close.end), inner=head, runs=True))
            paragraph = Span(start=close.end, end=paragraph.end)
            is_open = False
        inside, is_run = [], False
        if not has_double and folded.find("'", paragraph.start, paragraph.end) < 0:
            is_open = False
            continue
        pieces, left_open = _double(document, paragraph, continues=is_open)
        is_open = left_open
        is_run = left_open and bool(pieces)
        if "'" in folded[paragraph.start : paragraph.end]:
            pieces = sorted(pieces + _single(folded, paragraph, pieces), key=lambda m: m.outer.start)
        found += pieces
    return tuple(found)


def _runs_to(folded: str, text: str, paragraph: Span) -> Span | None:
    """The mark by which a paragraph closes a quotation that was left open, where it opens none before; else `None`.

    Pages that give each sentence a line of its own print no mark in front of the later ones.
    """
    mark = _MARK.search(folded, paragraph.start, paragraph.end)
    if mark is None or mark.start() == paragraph.start or text[mark.start()] in _OPENING | {"`"}:
        return None
    behind = folded[mark.end() : mark.end() + 1]
    is_tight = not folded[mark.start() - 1].isspace() and not behind.isalnum()
    closes = text[mark.start()] in _CLOSING or mark.group() == "''" or is_tight
    return Span(start=mark.start(), end=mark.end()) if closes else None


def _double(document: Document, paragraph: Span, *, continues: bool) -> tuple[list[Marked], bool]:
    """The stretches in double marks of one paragraph, and whether the last one was left open."""
    text, folded = document.text, document.folded
    pieces: list[Marked] = []
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(folded, paragraph.start, paragraph.end):
        at, after = mark.span()
        before_space = at == paragraph.start or folded[at - 1] in " \n([–-'/"
        after_space = after >= paragraph.end or folded[after] in " \n)].,;:!?–"
        printed = text[at]
        opens = (
            printed in _OPENING
            or printed == "`"
            or (printed not in _CLOSING and not after_space and before_space)
        )
        if opened is None:
            # A closing mark with nothing open: some outlets print it in front of a word all the same. A page whose
            # line breaks were lost has no space either: "They left.“It was late,” she said."
            is_glued = folded[at - 1 : at] in _SENTENCE_ENDS and folded[after : after + 1].isupper()
            if opens or (before_space and not after_space) or (is_glued and at > paragraph.start):
                opened = mark
        elif opens and before_space and not after_space:
            pieces.append(
                _piece(folded, opened, _sentence_end(document, opened.end(), at), closed=False, end_mark=0)
            )
            opened = mark
        elif not (before_space and not after_space and printed not in _CLOSING):
            pieces.append(_piece(folded, opened, at, closed=True, end_mark=after - at))
            opened = None
    left_open = opened is not None
    if opened is not None:
        pieces.append(_piece(folded, opened, paragraph.end, closed=False, end_mark=0))
    if continues and pieces and pieces[0].outer.start == paragraph.start:
        first = pieces[0]
        pieces[0] = Marked(outer=first.outer, inner=first.inner, is_closed=first.is_closed, continues=True)
    return [piece for piece in pieces if piece.inner.end > piece.inner.start], left_open


def _piece(folded: str, opened: re.Match[str], close: int, *, closed: bool, end_mark: int) -> Marked:
    start, end = opened.end(), close
    while start < end and folded[start] in " \n":
        start += 1
    while end > start and folded[end - 1] in _TRAILING:
        end -= 1
    return Marked(
        outer=Span(start=opened.start(), end=close + end_mark),
        inner=Span(start=start, end=end),
        is_closed=closed,
    )


def _sentence_end(document: Document, start: int, limit: int) -> int:
    """Where an unclosed quotation is taken to end: with the last sentence before the next mark."""
    sentence = document.sentence_at(max(start, limit - 1))
    return sentence.start - 1 if start < sentence.start <= limit else limit


def _single(folded: str, paragraph: Span, taken: list[Marked]) -> list[Marked]:
    """Stretches in single marks outside the double ones."""
    pieces: list[Marked] = []
    position = paragraph.start
    while opened := _SINGLE_OPEN.search(folded, position, paragraph.end):
        position = opened.end()
        inside = next((m for m in taken if m.outer.start <= opened.start() < m.outer.end), None)
        if inside is not None:
            position = inside.outer.end
            continue
        limit = min(
            paragraph.end,
            position + _SINGLE_LIMIT,
            *(m.outer.start for m in taken if m.outer.start > position),
        )
        closed = _SINGLE_CLOSE.search(folded, position, limit)
        # "the 'workers' rights": a plural possessive is no closing mark when a better one follows.
        while closed and folded[closed.start() - 1] == "s" and folded[closed.end() : closed.end() + 1] == " ":
            better = _SINGLE_CLOSE.search(folded, closed.end(), limit)
            if better is None or _SINGLE_OPEN.search(folded, closed.end(), better.start()):
                break
            closed = better
        if closed is None:
            continue
        pieces.append(
            Marked(
                outer=Span(start=opened.start(), end=closed.end()),
                inner=Span(start=opened.end(), end=len(folded[: closed.start()].rstrip(_TRAILING))),
                is_single=True,
            )
        )
        position = closed.end()
    return [piece for piece in pieces if piece.inner.end > piece.inner.start]

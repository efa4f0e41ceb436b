"""Sentence boundaries with offsets: sentencex proposes them, `sentences.toml` vetoes what news text abbreviates.

Stance: a sentence too long only blurs a window; a sentence cut at "Gen." loses its speaker. In doubt, join. A closing
quotation mark belongs to the sentence that it closes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import sentencex

from digests.rules import load_rules
from digests.types import Span

# Characters at a cut that are looked at: the longest abbreviation and the marks after it.
_TAIL = 24
_WORD = re.compile(r"[A-Za-z]+")
# Characters of one paragraph that are split at once. The longest paragraphs of news have about 3,000; sentencex takes
# time with the square of the quotation marks (100,000 of them: three seconds).
_WINDOW = 6_000
# Marks that may close a sentence after its stop.
_CLOSERS = "\"')]"


@functools.cache
def _tails() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """Ends that are none, ends that may be one, and the words that open sentences."""
    rules = load_rules("sentences")
    never = re.compile(rf"(?:\b{rules.alternation('before_name')}|\b[A-Z])\.$")
    maybe = re.compile(rf"(?:\b{rules.alternation('may_end')}|\b[A-Z])\.$", re.IGNORECASE)
    return never, maybe, frozenset(rules.words["opener"])


def split_sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of `text[start:end]`, stripped of white space, in order; offsets count in `text`.

    The text must hold no surrogates (`digests.text.document.fold` replaces them).
    """
    block = text[start:end]
    if not block.strip():
        return []
    cuts: list[tuple[int, int]] = []
    for first, last in _boundaries(block):
        if cuts and _joins(block[cuts[-1][0] : cuts[-1][1]], block[first:last]):
            cuts[-1] = (cuts[-1][0], last)
        else:
            cuts.append((first, last))
    spans: list[Span] = []
    for first, last in cuts:
        piece = block[first:last]
        stripped = piece.strip()
        if stripped:
            at = start + first + piece.index(stripped)
            spans.append(Span(start=at, end=at + len(stripped)))
    return spans


def _boundaries(block: str) -> Iterator[tuple[int, int]]:
    """Pieces as sentencex cuts them, window by window; windows end behind a stop, else at a space."""
    at = 0
    while at < len(block):
        end = len(block)
        if end - at > _WINDOW:
            stop = max(block.rfind(mark, at, at + _WINDOW) for mark in (". ", ".\n"))
            space = block.rfind(" ", at, at + _WINDOW)
            end = stop + 2 if stop > at else space + 1 if space > at else at + _WINDOW
        for boundary in sentencex.get_sentence_boundaries("en", block[at:end]):
            yield at + boundary["start_index"], at + boundary["end_index"]
        at = end


def _joins(before: str, after: str) -> bool:
    """Whether the cut between two pieces is none."""
    head = after.lstrip()
    if not head or head[0].islower() or head[0] in ",;:":
        return True
    if not any(char.isalnum() for char in head):
        # Nothing but marks: what closes the sentence before.
        return True
    tail = before[-_TAIL:].rstrip()
    stop = tail.rstrip(_CLOSERS)
    if not stop.endswith("."):
        return False
    never, maybe, openers = _tails()
    if maybe.search(stop):
        if len(stop) < len(tail):
            # A quotation that ends in "No." or "U.S." ends there.
            return False
        word = _WORD.search(head)
        return not (word and word.group() in openers and not head[0].isdigit())
    return never.search(stop) is not None

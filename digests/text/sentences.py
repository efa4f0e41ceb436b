"""Sentence boundaries with offsets: sentencex proposes them, `sentences.toml` vetoes what news text abbreviates.

Stance: a sentence too long only blurs a window; a sentence cut at "Gen." loses its speaker. In doubt, join. A closing
quotation mark belongs to the sentence that it closes.
"""

from __future__ import annotations

import functools
import re
import string
from typing import NamedTuple

import sentencex

from digests.rules import load_rules
from digests.types import Span

# Characters at a cut that are looked at: the longest abbreviation and the marks after it.
_TAIL = 24
_WORD = re.compile(r"[A-Za-z]+")
# Characters of one paragraph that are split at once. The longest paragraphs of news have about 3,000; sentencex takes
# time with the square of the quotation marks (100,000 of them: three seconds).
_WINDOW = 6_000
# Paragraphs whose sentences are remembered; news has some 250 characters in one.
_KEPT = 4096
# Marks of a list, for which sentencex leaves a line whole; a hyphen in their place is read as what it is.
_BULLETS = str.maketrans(dict.fromkeys("•◆■▪●►▶‣◦∙·", "-"))
# Marks that may close a sentence after its stop.
_CLOSERS = "\"')]"


class _Tails(NamedTuple):
    """Ends that are none, ends that may be one, the last letters of both, and the words that open sentences."""

    never: re.Pattern[str]
    maybe: re.Pattern[str]
    last: frozenset[str]
    openers: frozenset[str]


@functools.cache
def _tails() -> _Tails:
    rules = load_rules("sentences")
    entries = (*rules.words["before_name"], *rules.words["may_end"], *string.ascii_lowercase)
    return _Tails(
        never=re.compile(rf"(?:\b{rules.alternation('before_name')}|\b[A-Z])\.$"),
        maybe=re.compile(rf"(?:\b{rules.alternation('may_end')}|\b[A-Z])\.$", re.IGNORECASE),
        last=frozenset(found.group().lower() for entry in entries if (found := _LAST.search(entry + "."))),
        openers=frozenset(rules.words["opener"]),
    )


# The letters in front of a full stop at the end.
_LAST = re.compile(r"[A-Za-z]+(?=\.$)")
# What closes a bracket, and is no number of a list.
_YEAR_CLOSES, _CLOSES = re.compile(r"(?:1[5-9]|20)\d\d\)"), re.compile(r"\d{1,4}\)")
# The halves of a number that scraping has parted ("a quake of 5. 9 hit the coast").
_CUT_NUMBER, _HALF = re.compile(r"(?:^|[^\d.:/-])\d{1,2}\.$"), re.compile(r"\d{1,3}(?: ?[-%]| [a-z])")
# More letters than any abbreviation has without a stop in it.
_LETTERS = 10


def split_sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of `text[start:end]`, stripped of white space, in order; offsets count in `text`.

    The text must hold no surrogates (`digests.text.document.fold` replaces them).
    """
    return [Span(start=start + first, end=start + last) for first, last in _cut(text[start:end])]


# A report is split when it is read, and again when it is held against those it may repeat.
@functools.lru_cache(maxsize=_KEPT)
def _cut(block: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a paragraph begin and end."""
    if not block or block.isspace():
        return ()
    cuts: list[tuple[int, int]] = []
    # Where the sentence under way begins.
    first = at = 0
    for piece in _pieces(block):
        if at and not _joins(block[max(first, at - _TAIL) : at], piece):
            cuts += _stripped(block, first, at)
            first = at
        at += len(piece)
    cuts += _stripped(block, first, at)
    return tuple(cuts)


def _stripped(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The stretch without white space around it; none where it holds nothing else."""
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return ()
    if piece[0] != bare[0]:
        start += piece.index(bare[0])
    return ((start, start + len(bare)),)


def _pieces(block: str) -> list[str]:
    """The whole block as sentencex cuts it, window by window; windows end behind a stop, else at a space."""
    if not block.isascii():
        block = block.translate(_BULLETS)
    pieces: list[str] = []
    at = 0
    while len(block) - at > _WINDOW:
        stop = max(block.rfind(mark, at, at + _WINDOW) for mark in (". ", ".\n"))
        space = block.rfind(" ", at, at + _WINDOW)
        end = stop + 2 if stop > at else space + 1 if space > at else at + _WINDOW
        pieces += sentencex.segment("en", block[at:end])
        at = end
    rest: list[str] = sentencex.segment("en", block[at:])
    return pieces + rest if pieces else rest


def _is_open(tail: str) -> bool:
    """Whether a bracket is open at an end."""
    return tail.rfind("(") > tail.rfind(")")


def _joins(before: str, after: str) -> bool:
    """Whether the cut between two pieces is none; of the one before, its end is enough."""
    head = after.lstrip()
    if not head or head[0].islower() or head[0] in ",;:":
        return True
    if not head[0].isalnum() and not any(char.isalnum() for char in head):
        # Nothing but marks: what closes the sentence before.
        return True
    tail = before.rstrip()
    if head[0].isdigit() and (_YEAR_CLOSES.match(head) or (_is_open(tail) and _CLOSES.match(head))):
        # "(Monday, May 3, 2021)" twice in a paragraph is taken for the points of a list.
        return True
    if head[0].isdigit() and _HALF.match(head) and _CUT_NUMBER.search(tail):
        return True
    stop = tail.rstrip(_CLOSERS)
    if not stop.endswith("."):
        return False
    never, maybe, last, openers = _tails()
    # Most sentences end with a word that no abbreviation ends with.
    letters = _LAST.search(stop, max(0, len(stop) - _LETTERS))
    if letters is None or letters.group().lower() not in last:
        return False
    if maybe.search(stop):
        if len(stop) < len(tail):
            # A quotation that ends in "No." or "U.S." ends there.
            return False
        word = _WORD.search(head)
        return not (word and word.group() in openers and not head[0].isdigit())
    return never.search(stop) is not None

"""Words, numbers and marks of a sentence with their offsets: what the chunk readers walk over."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

# In the order of how often they stand in a text. Dotted abbreviations ("U.S.") and words with inner apostrophes and
# hyphens; ages with their hyphens torn apart ("16 - year - old"); digits with separators ("1,200", "1,23,456",
# "3.5"); powers of ten ("1e3"); digits bound to words ("25-year-old", "8th"); then any single mark. Each alternative
# is linear, letters of either case (upper-case wire copy).
_WORDS_AND_MARKS = (
    r"{letter}(?:\.(?:{letter}\.)+|{letter}*(?:['-]{sign}+)*)"
    r"|\d{{1,3}}\s{{0,2}}-\s{{0,2}}(?:year|month|YEAR|MONTH)\s{{0,2}}-?\s{{0,2}}(?:olds?|OLDS?)\b"
    r"|\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{1,2}}(?:,\d{{2}}){{1,4}},\d{{3}}(?!\d)|\d+[eE][+-]?\d+\b"
    r"|\d+(?:\.\d+)?(?:-?{letter}+(?:-{letter}+)*)?"
    r"|[^\w\s]"
)
# A class of plain letters is searched several times faster than one of all letters, and most sentences are plain.
_PLAIN = re.compile(_WORDS_AND_MARKS.format(letter="[a-zA-Z]", sign="[a-zA-Z0-9]"))
_ANY = re.compile(_WORDS_AND_MARKS.format(letter=r"[^\W\d_]", sign=r"[^\W_]"))
# Characters of the shortest torn age ("9 -year-old"): only these hold white space.
_SHORTEST_TORN = 9
_WORD = re.compile(r"[a-z]+")


class Token(NamedTuple):
    """One word or mark: `word` in lower case, offsets in the document. A tuple, because every word makes one."""

    word: str
    start: int
    end: int


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]` in order."""
    # Tokens are found again by their letters, since only white space and underscores stand between two, and built as
    # bare tuples: a match object and the class's own call would each double the cost of a token.
    piece = text[start:end]
    make, find = tuple.__new__, piece.find
    tokens: list[Token] = []
    at = 0
    for raw in (_PLAIN if piece.isascii() else _ANY).findall(piece):
        at = find(raw, at)
        first = start + at
        at += len(raw)
        word = raw.lower()
        if len(raw) >= _SHORTEST_TORN and raw[0].isdigit() and not raw[-1].isdigit():
            word = "".join(word.split())
        tokens.append(make(Token, (word, first, start + at)))
    return tokens


@functools.lru_cache(maxsize=256)
def plain_words(folded: str, start: int, end: int) -> Sequence[str]:
    """The runs of plain letters of a stretch of folded text, in lower case; only to be read.

    What the cheap tests in front of a reading look at. The last few hundred stretches are remembered: figures,
    incidents and accounts ask for the same sentences.
    """
    words: list[str] = _WORD.findall(folded[start:end].lower())
    return words

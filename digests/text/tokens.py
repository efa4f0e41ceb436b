"""Words, numbers and marks of a sentence with their offsets: what the chunk readers walk over."""

from __future__ import annotations

import re
from typing import NamedTuple

# Ages with their hyphens torn apart ("16 - year - old"), digits with separators ("1,200", "3.5"), digits bound to
# words ("25-year-old", "8th"), dotted abbreviations ("U.S."), words with inner apostrophes and hyphens, then any
# single mark. Each alternative is linear, letters of either case (upper-case wire copy).
_TOKEN = re.compile(
    r"\d{1,3}\s{0,2}-\s{0,2}(?:year|month|YEAR|MONTH)\s{0,2}-?\s{0,2}(?:olds?|OLDS?)\b"
    r"|\d{1,3}(?:,\d{3})+(?![\d])|\d+(?:\.\d+)?(?:-?[^\W\d_]+(?:-[^\W\d_]+)*)?|(?:[^\W\d_]\.){2,}"
    r"|[^\W\d_]+(?:['-][^\W_]+)*|[^\w\s]"
)


class Token(NamedTuple):
    """One word or mark: `word` in lower case, offsets in the document. A tuple, because every word makes one."""

    word: str
    start: int
    end: int


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]` in order."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text, start, end):
        word = found[0].lower()
        # Few words begin with a digit; letters of the alphabet are passed over without a call.
        if not "a" <= word[0] <= "z" and word[0].isdigit() and not word[-1].isdigit():
            # the white space that may stand inside a torn age
            word = "".join(word.split())
        first, last = found.span()
        tokens.append(Token(word, first, last))
    return tokens

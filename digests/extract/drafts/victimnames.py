"""The names of single victims: the words in front of an age, the capitals beside a verb.

Stance: a capital alone is no name unless a longer name in the text ends with it; headlines and upper-case copy, where
capitals tell nothing, name nobody.
"""

from __future__ import annotations

import functools
import re

from digests.extract.counts.lexicon import lexicon
from digests.text.document import Document
from digests.text.tokens import Tokens
from digests.types import Span

# Tokens of a name with its title; marks that may stand in it.
_LONGEST = 6
_MARKS = frozenset("().")
# A word with a capital that ends where the text is cut off, and its letters.
_CAPITAL = re.compile(r"\b[A-Z][\w.'-]{1,30}$")
_CAPITAL_LETTERS = 31
# What goes on with a name.
_NAME_LETTER = re.compile(r"[\w'-]")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def name_before(document: Document, tokens: Tokens, at: int) -> Span:
    """The name in front of an age, which is token `at`; the word before it where no name stands there."""
    lows = tokens.lows
    at -= 1
    while at > 0 and (not lows[at][0].isalpha() or lows[at] in lexicon().before_age):
        at -= 1
    first = _first_of_name(document, tokens, at)
    return Span(start=tokens.starts[first], end=tokens.ends[at])


def name_ending(document: Document, sentence: Span, tokens: Tokens, last: int) -> Span | None:
    """The name that ends with a token: two capitals, or the end of a longer name of the text ("Mara Brun ... Brun")."""
    text = document.text
    if not text[tokens.starts[last]].isupper() or _is_headline(text[sentence.start : sentence.end]):
        return None
    words, lows = lexicon(), tokens.lows
    first = _first_of_name(document, tokens, last)
    while first < last and lows[first] in words.no_name_start:
        first += 1
    if lows[first] in words.no_name_before or (first > 0 and lows[first - 1] in words.no_name_before):
        return None
    span = Span(start=tokens.starts[first], end=tokens.ends[last])
    return span if first < last or _is_surname(text, document.words(span)) else None


def _first_of_name(document: Document, tokens: Tokens, last: int) -> int:
    first = last
    while first > 0 and last - first < _LONGEST and _may_name(document, tokens.starts[first - 1]):
        first -= 1
    while first < last and not tokens.lows[first][0].isalpha():
        first += 1
    return first


def _may_name(document: Document, at: int) -> bool:
    """Whether what begins at an offset may stand in a name: a capital, or a mark ("Ken (Kiki) Moore", "A. Brun")."""
    letter = document.text[at]
    return letter.isupper() or letter in _MARKS


def _is_surname(text: str, name: str) -> bool:
    """Whether a capital is the second of two anywhere in a text: "Mara Brun", for "Brun"."""
    none = lexicon().no_name_start | lexicon().no_name_before
    at = text.find(f" {name}")
    while at >= 0:
        end = at + 1 + len(name)
        first = _CAPITAL.search(text, max(0, at - _CAPITAL_LETTERS), at)
        is_whole = _NAME_LETTER.match(text, end) is None
        if is_whole and first is not None and first.group().lower().rstrip(".") not in none:
            return True
        at = text.find(f" {name}", end)
    return False


@functools.lru_cache(maxsize=4)
def _is_headline(sentence: str) -> bool:
    """Whether nearly all long words of a sentence begin with a capital."""
    words: list[str] = _LONG_WORD.findall(sentence)
    return 4 * sum(word[0].isupper() for word in words) > 3 * len(words) + 3

"""Whether the words around a time expression speak of what was or of what is to come.

A walk over the nearest words, no parse: the verb that governs a bare "Friday" stands within a dozen words of it.
"""

from __future__ import annotations

import functools
import re
from enum import StrEnum

from digests.rules import load_rules
from digests.text.document import lower_case
from digests.types import Span


class Tense(StrEnum):
    PAST = "past"
    FUTURE = "future"


# Words looked at on each side: long enough for "is expected to travel with two ministers to Southport on Friday".
_REACH = 12
# Characters that hold them.
_WINDOW = 110
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|'ll|[,;:–\"]")
_BREAK = frozenset(';:–"')


@functools.cache
def _lexicon() -> dict[str, frozenset[str]]:
    words = load_rules("tense").words
    return {name: frozenset(entries) for name, entries in words.items()}


def tense_at(folded: str, sentence: Span, span: Span) -> Tense | None:
    """The tense of the nearest verb or cue: to the left first, then to the right; `None` when there is none."""
    left = _WORD.findall(lower_case(folded[max(sentence.start, span.start - _WINDOW) : span.start]))[-_REACH:]
    lexicon = _lexicon()
    last = left[-1] if left else ""
    if last in lexicon["bound"]:
        # "Shut until Monday" is ahead, "by Monday, ten were dead" is not.
        if not lexicon["was" if last == "by" else "had"].isdisjoint(left[:-1]):
            return Tense.PAST
        return (_right(folded, sentence, span) if last == "by" else None) or Tense.FUTURE
    return _left(left) or _right(folded, sentence, span)


@functools.cache
def _telling() -> frozenset[str]:
    """Every word and mark that tells a tense or ends the search; others are passed over, but for those in -ed."""
    lexicon = _lexicon()
    return _BREAK | {",", "to"} | lexicon["future"] | lexicon["past"] | lexicon["before_to"]


def _left(words: list[str]) -> Tense | None:
    lexicon, telling = _lexicon(), _telling()
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        if word not in telling and not word.endswith("ed"):
            continue
        before = words[index - 1] if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        if word in _BREAK or (word == "," and after in lexicon["clause"]):
            return None
        if _is_ahead(word, after):
            # "was due to leave on Friday" may be either; the day nearest to the past is the safe reading.
            return Tense.PAST if before in lexicon["was"] else Tense.FUTURE
        if word == "to" and after == "be" and before not in lexicon["seen"] and before not in lexicon["was"]:
            return Tense.FUTURE
        if word == "to" and after and before in lexicon["to_come"]:
            # "agreed to meet Friday", but "began to leave Friday".
            return Tense.FUTURE
        is_plan = word in lexicon["before_to"] and after == "to"
        if _is_past(word) and before not in lexicon["linking"] and not is_plan:
            return Tense.PAST
    return None


def _right(folded: str, sentence: Span, span: Span) -> Tense | None:
    lexicon, telling = _lexicon(), _telling()
    words = _WORD.findall(lower_case(folded[span.end : min(sentence.end, span.end + _WINDOW)]))[:_REACH]
    for index, word in enumerate(words):
        if word not in telling and not word.endswith("ed"):
            continue
        after = words[index + 1] if index + 1 < len(words) else ""
        if word in _BREAK or (word == "," and after in lexicon["clause"]):
            return None
        if _is_ahead(word, after):
            return Tense.FUTURE
        if _is_past(word):
            return Tense.PAST
    return None


def _is_ahead(word: str, after: str) -> bool:
    """Whether a word says that what follows is still to come."""
    lexicon = _lexicon()
    return word in lexicon["future"] and (word not in lexicon["before_to"] or after in ("to", "for"))


def _is_past(word: str) -> bool:
    lexicon = _lexicon()
    if word in lexicon["past"]:
        return True
    return (
        len(word) > 4 and word.endswith("ed") and word not in lexicon["not_past"] and not word.endswith("eed")
    )

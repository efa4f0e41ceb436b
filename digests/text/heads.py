"""What stands in front of a sentence and is no part of what it says: a credit, a dateline, the hour of a live page."""

from __future__ import annotations

import functools
import re

from digests.rules import load_rules
from digests.text.glued import glued_length

# Characters that such a head is long at most.
_LONGEST = 120
# Characters of a headline or a caption that is glued to a sentence, and the same of a sentence worth a look.
_LONGEST_GLUED, _SHORTEST = 220, 60
# What a sentence behind a headline begins with, by which the two are told apart.
_DETERMINERS = frozenset({"The", "A", "An"})


def head_length(sentence: str, *, opens: bool) -> int:
    """Characters at the start of a sentence that are a picture's credit, place and agency, the hour of a live page, or
    a headline without a stop; 0 where nothing would be left behind them.

    Args:
        sentence: Folded.
        opens: It is one of the first sentences, where a dateline need not name its agency.
    """
    at = 0
    for heads in (_heads("credit"), _heads("dateline") if opens else _heads("agency"), _heads("stamp")):
        head = sentence[at : at + _LONGEST]
        found = next((found for pattern in heads if (found := pattern.match(head))), None)
        if found and at + found.end() < len(sentence):
            at += found.end()
    if len(sentence) - at >= _SHORTEST and not _DETERMINERS.isdisjoint(sentence[at:].split(" ")):
        at += glued_length(sentence[at : at + _LONGEST_GLUED])
    return at


def stamp_length(sentence: str) -> int:
    """Characters at the start of a folded sentence that say on which day and at what hour it was posted; 0 without."""
    return max((m.end() for pattern in _heads("posted") if (m := pattern.match(sentence))), default=0)


@functools.cache
def _heads(kind: str) -> tuple[re.Pattern[str], ...]:
    """The rules for what may stand in front of a sentence: `dateline` for one of the first, `agency` for any,
    `credit`, `stamp` and, with its day, `posted`."""
    return tuple(rule.pattern for rule in load_rules("key_facts").rules if rule.yields.get(kind))

"""What stands in front of a sentence and is no part of what it says: a credit, a dateline, the hour of a live page."""

from __future__ import annotations

import functools
import re

from digests.rules import load_rules

# Characters that such a head is long at most.
_LONGEST = 120


def head_length(sentence: str, *, opens: bool) -> int:
    """Characters at the start of a sentence that are a picture's credit, place and agency, or the hour of a live page;
    0 where nothing would be left behind them.

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
    return at


def stamp_length(sentence: str) -> int:
    """Characters at the start of a folded sentence that say on which day and at what hour it was posted; 0 without."""
    return max((m.end() for pattern in _heads("posted") if (m := pattern.match(sentence))), default=0)


@functools.cache
def _heads(kind: str) -> tuple[re.Pattern[str], ...]:
    """The rules for what may stand in front of a sentence: `dateline` for one of the first, `agency` for any,
    `credit`, `stamp` and, with its day, `posted`."""
    return tuple(rule.pattern for rule in load_rules("key_facts").rules if rule.yields.get(kind))

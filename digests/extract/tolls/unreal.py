"""Sentences whose dead are told of and never died: plots of shows, exercises, rates of a week.

Stance: only words that can mean nothing else silence a sentence; who died while a film was shown did die.
"""

from __future__ import annotations

import functools
from collections.abc import Collection

from digests.rules import Rule, load_rules
from digests.text.document import Document
from digests.types import Span

# Characters of the longest sentence that is searched; longer ones are lists or tables.
_LONGEST = 2000


@functools.cache
def _rules() -> tuple[tuple[Rule, frozenset[str]], ...]:
    return tuple((rule, frozenset(rule.yields["cues"])) for rule in load_rules("unreal").rules)


@functools.cache
def _cues() -> frozenset[str]:
    return frozenset().union(*(cues for _, cues in _rules()))


def is_unreal(document: Document, sentence: Span, words: Collection[str]) -> bool:
    """Whether nothing that a sentence of these plain words counts has happened."""
    if _cues().isdisjoint(words) or sentence.end - sentence.start > _LONGEST:
        return False
    piece = document.folded[sentence.start : sentence.end]
    return any(not cues.isdisjoint(words) and rule.pattern.search(piece) for rule, cues in _rules())

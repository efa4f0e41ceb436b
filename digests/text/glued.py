"""Furniture in the middle of a line: pages whose lines were lost have labels, credits and rights glued to sentences.

Stance: only wordings that no sentence of an article has; what looks like one stays.
"""

from __future__ import annotations

import functools
import itertools
from typing import NamedTuple

from digests.rules import Rule, load_rules


class _Glue(NamedTuple):
    """A rule with the letters of which a line must hold some, and whether its words stay, as a line of their own."""

    holds: tuple[str, ...]
    rule: Rule
    stays: bool


@functools.cache
def _glues() -> tuple[_Glue, ...]:
    return tuple(
        _Glue(tuple(rule.yields["holds"]), rule, bool(rule.yields.get("own_line")))
        for rule in load_rules("glued").rules
        if not rule.yields.get("caption")
    )


def find_glues(text: str, words: frozenset[str]) -> tuple[_Glue, ...]:
    """The rules whose letters a text of these plain words (`all_words`) holds: for nearly every article none."""
    return tuple(
        glue
        for glue in _glues()
        # Looking through the text for each of the letters costs ten times as much as a look at its words.
        if glue.rule.needs.are_met_by(words) and any(letters in text for letters in glue.holds)
    )


def split_caption(line: str, folded: str) -> list[str]:
    """The first line of a page in two where a headline or a picture's caption runs on into the first sentence; else as
    it is."""
    at = glued_length(folded)
    return [line[:at].strip(), line[at:].strip()] if at else [line]


def glued_length(folded: str) -> int:
    """Characters of a headline or a caption that run on into a sentence, with the blank behind them; 0 without."""
    return next((found.end() + 1 for rule in _captions() if (found := rule.pattern.match(folded))), 0)


@functools.cache
def _captions() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("glued").rules if rule.yields.get("caption"))


def unglue(line: str, folded: str, glues: tuple[_Glue, ...]) -> list[str]:
    """The lines of one line once the furniture of `glued.toml` is cut out; the line itself where there is none.

    Args:
        folded: The line, folded.
        glues: What `find_glues` gives for the text.
    """
    pieces = [(line, folded)]
    for glue in glues:
        if any(letters in line for letters in glue.holds):
            pieces = [piece for one in pieces for piece in _cut(*one, glue)]
    return [piece for piece, _ in pieces]


def _cut(line: str, folded: str, glue: _Glue) -> list[tuple[str, str]]:
    found = [match.span() for match in glue.rule.pattern.finditer(folded)]
    if not found:
        return [(line, folded)]
    cuts = [0, *(at for span in found for at in span), len(line)]
    # Every second stretch is furniture.
    spans = list(itertools.pairwise(cuts))
    kept = spans if glue.stays else spans[::2]
    return [(line[a:b].strip(), folded[a:b].strip()) for a, b in kept if line[a:b].strip()]

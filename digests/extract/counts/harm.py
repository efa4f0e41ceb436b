"""Phrases of harm whose middle is free: "taken to St. Brede's Hospital", "with two bullet wounds".

Stance: a hospital counts as harm only where somebody is brought there, and a wound only where somebody has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Tokens between "taken" and "to", and between "to" and the word for a hospital ("by ambulance to Mercy Hill Medical
# Center"); tokens between "with" and "wound" ("what appeared to be a single gunshot wound").
_WAY = 4
_NAME = 6
_FILLERS = 9
# Tokens between a verb of bringing and the "to" of its hospital: "rushed two cooks, ages 36 and 61, to".
_BROUGHT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmWords:
    """The words of these phrases: `brings` and `has` begin one, `bears` begins a state."""

    brings: frozenset[str]
    way: frozenset[str]
    hospitals: frozenset[str]
    tails: frozenset[str]
    not_names: frozenset[str]
    # "Reed and Holm Memorial Hospital"
    joins_names: frozenset[str]
    articles: frozenset[str]
    bears: frozenset[str]
    has: frozenset[str]
    fillers: frozenset[str]
    wounds: frozenset[str]


def read_harm(lows: Sequence[str], at: int, words: HarmWords) -> tuple[str, int] | None:
    """Tag and the index after a phrase of harm that begins at a token; None where none does.

    The tags are those of `rules/casualties.toml`: V for "taken to ... Hospital", I for "suffered a ... wound", W for
    "with a ... wound", A for "to ... Hospital" behind a verb of bringing.
    """
    word = lows[at]
    if word in words.brings:
        last = _hospital_after(lows, at + 1, words)
        return ("V", last) if last else None
    if word == "to":
        if words.brings.isdisjoint(lows[max(0, at - _BROUGHT) : at]):
            return None
        last = _hospital(lows, at + 1, words)
        return ("A", last) if last else None
    last = _wound(lows, at + 1, words)
    if not last:
        return None
    return ("I" if word in words.has else "W"), last


def _hospital_after(lows: Sequence[str], at: int, words: HarmWords) -> int:
    if at >= len(lows) or lows[at] not in words.way:
        return 0
    for index in range(at, min(len(lows), at + _WAY + 1)):
        word = lows[index]
        if word == "to":
            return _hospital(lows, index + 1, words)
        if (word in words.not_names and word not in words.way) or not word[0].isalpha():
            return 0
    return 0


def _hospital(lows: Sequence[str], at: int, words: HarmWords) -> int:
    for index in range(at, min(len(lows), at + _NAME)):
        word = lows[index]
        if word in words.hospitals:
            while index + 1 < len(lows) and lows[index + 1] in words.tails:
                index += 1
            return index + 1
        joins = word in words.joins_names and index > at and lows[at] not in words.articles
        if (word in words.not_names and not joins) or not (word[0].isalpha() or word in "'.&"):
            return 0
    return 0


def _wound(lows: Sequence[str], at: int, words: HarmWords) -> int:
    for index in range(at, min(len(lows), at + _FILLERS)):
        word = lows[index]
        if word in words.wounds:
            return index + 1
        if word not in words.fillers and not (word.isdigit() and len(word) < 3):
            return 0
    return 0

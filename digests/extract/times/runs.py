"""Runs of words that speak of time, cut out by a word list: all that a rule of `dates.toml` may match in.

Stance: every word of every article passes here, so a chunk between two blanks is read once and remembered.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from digests.rules import load_rules
from digests.types import Span

_WORD = re.compile(
    r"'?\d+(?:[.:,/-]\d+)*(?:T\d\d:\d\d(?::\d\d)?)?(?:[A-Za-z]{1,7}(?![A-Za-z])|[A-Za-z]{0,3})|[A-Za-z](?:\.[A-Za-z])+\b|[A-Za-z]+(?:'[A-Za-z]+)?"
)
# What may stand between two words of one expression.
_GAPS = frozenset({" ", " , ", ", ", ",", "-", "–", " - ", " – ", "\n", "/", " (", ") ", "'", "' ", ",\n"})
# After an abbreviation also a full stop.
_DOT_GAPS = frozenset({". ", ".", "., ", ".-", " .", ".\n"})
_DOTTED = re.compile(r"(?:[a-z]{3,5}|[ap]\.?m)$", re.IGNORECASE)
# Longest run, in characters: a calendar page must not become one expression.
MAX_RUN = 160
# Letters of an abbreviated time zone.
_ZONE_LETTERS = 4

_STRONG = frozenset({"month", "weekday", "unit", "part", "season", "clock", "digits", "strong", "ordinal"})
_YEAR = re.compile(r"'?(?:1\d|20|21)\d\d(?:s|[-/]\d\d(?:\d\d)?)?$")
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d\d(?::\d\d)?(?:[ap]m?)?$|\d{1,4}[ap]m?$|[01]\d[0-5]\d$|2[0-4][0-5]\d$", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:T[\d:]+Z?)?$")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)$", re.IGNORECASE)
_UNIT = frozenset({"unit"})
_NOTHING: frozenset[str] = frozenset()
_LETTERS = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")
_DECADE = re.compile(r"'?(?:\d\d)?\d0s$")


@functools.cache
def _lexicon() -> dict[str, frozenset[str]]:
    """Word to what it can be: a class of `_STRONG`, "number" or "weak"."""
    rules = load_rules("dates")
    table: dict[str, set[str]] = {}
    for name, kind in (
        ("weekday", "weekday"), ("month", "month"), ("unit", "unit"), ("part", "part"), ("season", "season"),
        ("strong", "strong"), ("number", "number"), ("ordinal", "number"), ("weak", "weak"), ("zone", "weak"),
        ("holiday_words", "weak"), ("vague_number", "weak"),
    ):  # fmt: skip
        for entry in rules.words[name]:
            for word in re.split(r"[\s-]", entry):
                whole = len(re.split(r"[\s-]", entry)) == 1
                table.setdefault(word, set()).add(kind if whole else "weak")
    for word in rules.words["zone"]:
        if len(word) <= _ZONE_LETTERS:
            table[word] = {"clock"}
    for word in rules.words["weekday"]:
        if word.endswith("day"):
            table[word + "s"] = {"weekday"}
    return {word: frozenset(kinds) for word, kinds in table.items()}


class _Word(NamedTuple):
    """A word that may belong to a time: its offsets in its chunk, what it can be, whether a full stop may follow it."""

    start: int
    end: int
    kinds: frozenset[str]
    is_abbreviation: bool


# What a chunk, which is all that stands between two blanks, can be for a stretch of time.
_APART, _PART, _STRONG_PART = range(3)
# Characters of the longest chunk that is remembered; longer ones are addresses and the like.
_LONGEST_CHUNK = 40
# Chunks after which the memory begins anew; English news has about so many, numbers apart.
_REMEMBERED = 65536


class _Codes(dict[str, int]):
    """Chunk to what it can be. It fills itself: every word of every article is looked up here."""

    def __missing__(self, text: str) -> int:
        words = _read_chunk(text)
        is_strong = words is not None and any(word.kinds & _STRONG for word in words)
        code = _STRONG_PART if is_strong else _APART if words is None else _PART
        if len(text) <= _LONGEST_CHUNK:
            self[text] = code
        return code


_CODES = _Codes()

# What stands around a word.
_MARKS = ".,;:!?()[]\"'-–"


def _read_chunk(text: str) -> tuple[_Word, ...] | None:
    """The words of a chunk that may belong to a time; `None` where others stand in it and none of these."""
    plain = text.strip(_MARKS)
    if plain.isalpha() and plain.isascii() and plain.lower() not in _lexicon():
        # Nearly all new chunks are one word that has nothing to do with time.
        return None
    words: list[_Word] = []
    for found in _WORD.finditer(text):
        classes = _read_classes(found.group())
        if classes is not None:
            words.append(_Word(*found.span(), classes, _DOTTED.search(found.group()) is not None))
    if not words and any(char.isalnum() for char in text):
        return None
    return tuple(words)


# "on", "Tuesday" stand in most stretches.
_remembered_chunk = functools.lru_cache(maxsize=8192)(_read_chunk)


def _read_classes(word: str) -> frozenset[str] | None:
    if word[0].isdigit() or word[0] == "'":
        return _number_classes(word)
    lexicon = _lexicon()
    plain = word.lower()
    found = lexicon.get(plain)
    if plain.endswith("'s"):
        # "Year's" stands in "New Year's Day" too.
        base = lexicon.get(plain[:-2])
        found = found | base if found and base else found or base
    return found


@functools.lru_cache(maxsize=4096)
def _number_classes(word: str) -> frozenset[str]:
    kinds = {"number"}
    if _DATE.match(word) or _YEAR.match(word) or _DECADE.match(word):
        kinds.add("digits")
    if _CLOCK.match(word) and (":" in word or word[-1].isalpha()):
        kinds.add("clock")
    if _ORDINAL.match(word):
        kinds.add("ordinal")
    kinds |= _lexicon().get(word.lstrip("'0123456789.,"), _NOTHING) & _UNIT
    return frozenset(kinds)


@functools.cache
def _strong_letters() -> frozenset[str]:
    """Plain words of which each strong word without a digit holds one: "clock" of "o'clock", "m" of "a.m"."""
    strong = (word for word, kinds in _lexicon().items() if kinds & _STRONG)
    return frozenset(max(reversed(_LETTERS.findall(word)), key=len) for word in strong)


def may_speak_of_time(folded: str, sentence: Span, words: Sequence[str]) -> bool:
    """Whether a sentence of these plain words may hold a stretch: a look that spares cutting half of them."""
    return not _strong_letters().isdisjoint(words) or (
        _DIGIT.search(folded, sentence.start, sentence.end) is not None
    )


def find_stretches(folded: str, sentence: Span) -> list[tuple[int, str]]:
    """Neighbouring chunks of a sentence that may belong to a time, one of them strong, each with its offset."""
    texts = folded[sentence.start : sentence.end].split(" ")
    # One byte for each chunk, so that the stretches are found by plain searches.
    codes = bytes(map(_CODES.__getitem__, texts))
    at = codes.find(_STRONG_PART)
    found: list[tuple[int, str]] = []
    while at >= 0:
        first = codes.rfind(_APART, 0, at) + 1
        end = codes.find(_APART, at)
        end = end if end >= 0 else len(texts)
        offset = sentence.start + sum(map(len, texts[:first])) + first
        found.append((offset, " ".join(texts[first:end])))
        at = codes.find(_STRONG_PART, end)
    return found


# Words about time that belong together: offsets in the stretch, and all that the words can be.
Run = tuple[int, int, "frozenset[str]"]


def find_runs(stretch: str) -> list[Run]:
    """The runs of a stretch: what stands between two of their words may stand inside one expression."""
    runs: list[Run] = []
    start = end = -1
    kinds: frozenset[str] = frozenset()
    may_stop = False
    offset = 0
    for text in stretch.split(" "):
        read = _remembered_chunk if len(text) <= _LONGEST_CHUNK else _read_chunk
        for first, last, classes, is_abbreviation in read(text) or ():
            at = offset + first
            gap = stretch[end:at] if start >= 0 else ""
            joined = start >= 0 and (not gap or gap in _GAPS or (may_stop and gap in _DOT_GAPS))
            if not joined or at - start > MAX_RUN:
                if not kinds.isdisjoint(_STRONG):
                    runs.append((start, end, kinds))
                start, kinds = at, classes
            elif kinds is not classes:
                kinds |= classes
            end, may_stop = offset + last, is_abbreviation
        offset += len(text) + 1
    if not kinds.isdisjoint(_STRONG):
        runs.append((start, end, kinds))
    return runs


def bound_memory() -> None:
    """Begin the memory of chunks anew where it has grown too long."""
    if len(_CODES) > _REMEMBERED:
        _CODES.clear()

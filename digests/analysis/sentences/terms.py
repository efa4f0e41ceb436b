"""The words of a sentence as terms: stems, countries as one word, names by their last.

Theory: names of a country, its people and its capital are one word; of a name only its last word is always there.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from digests.rules import load_rules
from digests.rules.gazetteer import STATE_KINDS, find_names
from digests.text.similarity import find_words, stem, stop_words
from digests.types import Span

# Share of capitalised words from which a sentence is a headline, where capitals name nobody.
_HEADLINE_CAPITALS = 0.6


@dataclass(slots=True)
class Terms:
    """The stems of a sentence: with the word where each first stands, which are names, and how they are written."""

    places: dict[str, int] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    capitals: set[str] = field(default_factory=set)
    small: set[str] = field(default_factory=set)
    full_names: set[tuple[str, str]] = field(default_factory=set)


def read_terms(folded: str, span: Span, words: Sequence[Word]) -> Terms:
    """The terms of a sentence, whose words are given with where they stand in the text.

    A country, its people and its capital are one term ("@PK"); a name of several words is its last one, so that
    "Prime Minister Ana Reyes", "Ana Reyes" and "Reyes" meet.
    """
    places = {
        match.span.start: (match.span.end, f"@{match.name.country}")
        for match in find_names(folded, span.start, span.end)
        if match.name.kind in STATE_KINDS
    }
    is_headline = sum([form.is_capital for form, _, _, _ in words]) > _HEADLINE_CAPITALS * len(words)
    found = Terms(names={term for _, term in places.values()})
    covered = 0
    last = len(words) - 1
    for index, (form, start, end, is_joined) in enumerate(words):
        if start in places:
            covered = places[start][0]
            found.places.setdefault(places[start][1], index)
        if start < covered or form.is_empty:
            continue
        is_name = form.is_capital and not is_headline
        if is_name and index < last:
            following, at, *_ = words[index + 1]
            # The next word goes on with the name.
            if following.is_capital and at == end + 1 and at not in places:
                found.full_names.add((form.stem, following.stem))
                continue
        found.places.setdefault(form.stem, index)
        if not is_headline:
            (found.capitals if form.is_capital else found.small).add(form.stem)
        if is_name and (index or is_joined):
            found.names.add(form.stem)
    return found


class _Form(NamedTuple):
    """What is to be known of a word wherever it stands. `is_empty`: it tells nothing."""

    stem: str
    is_capital: bool
    is_empty: bool
    is_number: bool
    denies: bool


# A word of a text, or the last part of a hyphenated name ("al-Adl"): its form, where it starts and ends, whether it is
# such a part. Bare, as a story has fifty thousand of them.
Word = tuple[_Form, int, int, bool]


@functools.lru_cache(maxsize=65536)
def _form(word: str) -> _Form:
    low = word.lower()
    return _Form(
        stem=stem(word),
        is_capital=word[:1].isupper(),
        is_empty=len(word) < 2 or low.removesuffix("'s") in stop_words(),
        is_number=word[:1].isdigit(),
        denies=low in _denials(),
    )


def read_words(folded: str, span: Span) -> tuple[list[Word], int, bool]:
    """The words of a sentence, hyphenated names as one, with how many there were and whether one of them denies."""
    words: list[Word] = []
    offset, count, denies, last_end = span.start, 0, False, -1
    for word, at in find_words(folded[span.start : span.end]):
        form, start = _form(word), offset + at
        count += 1
        denies = denies or form.denies
        if start == last_end + 1 and form.is_capital and words and folded[last_end] == "-":
            before, first, *_ = words[-1]
            if not before.is_number:
                last_end = start + len(word)
                words[-1] = (form, first, last_end, True)
                continue
        last_end = start + len(word)
        words.append((form, start, last_end, False))
    return words, count, denies


@functools.cache
def _denials() -> frozenset[str]:
    return frozenset(load_rules("key_facts").words["denial"])

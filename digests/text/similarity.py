"""How alike two texts are: words, stems, weights, words in order. The arithmetic under copies, stories and key facts.

Everything here counts words; nothing knows what an article is. Results never depend on the order of a set.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from digests.rules import load_rules


# A word with its inner apostrophes, an abbreviation with stops ("U.S."), or a number with its separators.
def _word(letter: str, digit: str) -> re.Pattern[str]:
    word = rf"{letter}(?:\.(?:{letter}\.){{1,7}}|{letter}{{0,39}}(?:'{letter}{{1,20}})?)"
    return re.compile(rf"{word}|{digit}{{1,12}}(?:[.,]{digit}{{1,6}}){{0,4}}")


# Most texts are plain: their letters are told in two thirds of the time.
_WORD, _PLAIN_WORD = _word(r"[^\W\d_]", r"\d"), _word("[A-Za-z]", "[0-9]")
# Share of news articles that hold a word of each tier of `rules/similarity.toml`; one that stands in none is rare.
_TIER_SHARES = {"common": 0.1, "frequent": 0.03}
_RARE_SHARE = 0.0005
# Endings that inflect a word, longest first, and what replaces them.
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))


# Words whose stems are remembered.
_REMEMBERED = 65_536


class Remembered(dict[str, str]):
    """What a function makes of a word, worked out when it is first asked for: for looking up many words at once.

    A lookup by `map` costs half of a call that remembers. It begins anew when it holds `_REMEMBERED` words.
    """

    def __init__(self, work_out: Callable[[str], str]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        value = self[word] = self._work_out(word)
        return value


def find_words(folded: str) -> list[tuple[str, int]]:
    """The words and numbers of a folded text with their offsets, in order."""
    return [(found.group(), found.start()) for found in _word_in(folded).finditer(folded)]


def just_words(folded: str) -> list[str]:
    """The same without their offsets, which cost half of the time."""
    return _word_in(folded).findall(folded)


def _word_in(folded: str) -> re.Pattern[str]:
    return _PLAIN_WORD if folded.isascii() else _WORD


@functools.lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """A rough common form of an English word: lower case, without possessive, dots and inflection.

    It only has to bring forms of one word together; it is never shown.
    """
    plain = (
        word.lower().removesuffix("'s").replace("'", "").replace(".", "" if not word[:1].isdigit() else ".")
    )
    if plain[:1].isdigit():
        return plain.replace(",", "").rstrip(".")
    if len(plain) <= 4:
        return plain
    for ending, replacement in _ENDINGS:
        if plain.endswith(ending) and not plain.endswith("ss") and len(plain) - len(ending) >= 3:
            plain = plain[: len(plain) - len(ending)] + replacement
            break
    if len(plain) > 4 and plain[-1] == plain[-2] and plain[-1] not in "ls":
        plain = plain[:-1]
    return plain[:-1] if len(plain) > 4 and plain.endswith("e") else plain


@functools.cache
def stop_words() -> frozenset[str]:
    """Lower-case words that say nothing about what a text is about."""
    return frozenset(load_rules("similarity").words["stop"])


@functools.cache
def _background() -> Mapping[str, float]:
    words = load_rules("similarity").words
    shares: dict[str, float] = {}
    for tier, share in sorted(_TIER_SHARES.items(), key=lambda item: item[1]):
        shares.update(dict.fromkeys(map(stem, words[tier]), share))
    return shares


def background_share(term: str) -> float:
    """The share of news articles that hold a stem, 0 to 1, roughly: by tier of the shipped list."""
    return _background().get(term, _RARE_SHARE)


@functools.lru_cache(maxsize=_REMEMBERED)
def background_weight(term: str) -> float:
    """How much a stem says where there is no store to learn from: the logarithm of how rare it is."""
    return math.log(1 / background_share(term))


def _telling_stem(word: str) -> str:
    """The stem of a word that says what a text is about, "" for a stop word or a single letter."""
    low = word.lower()
    stops = stop_words()
    return "" if len(word) < 2 or low in stops or low.removesuffix("'s") in stops else stem(word)


_telling_stems = Remembered(_telling_stem)


def telling_stems(words: Iterable[str]) -> Iterator[str]:
    """The stem of each word that says what a text is about, "" for each stop word and single letter."""
    return map(_telling_stems.__getitem__, words)


def find_terms(folded: str, *, most: int | None = None) -> list[str]:
    """The stems of a folded text in order, repeated as often as they stand there, without stop words.

    `most`: only the first so many.
    """
    words = just_words(folded) if most is None else map(re.Match.group, _word_in(folded).finditer(folded))
    return list(itertools.islice(filter(None, telling_stems(words)), most))


def weigh(terms: Iterable[str]) -> dict[str, float]:
    """Terms to a vector of length 1: repeated terms count by logarithm, rare ones more (background weight)."""
    counts = Counter(terms)
    return normalise(
        {term: (1 + math.log(count)) * background_weight(term) for term, count in sorted(counts.items())}
    )


def normalise(vector: Mapping[str, float]) -> dict[str, float]:
    """The vector scaled to length 1; an empty or zero one gives an empty one."""
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {term: value / length for term, value in vector.items()} if length else {}


def shared_in_order(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    """Length of the longest common subsequence of two word sequences, gaps allowed.

    Bit-parallel (Hyyrö 2004): one pass over `second`, whatever the length of `first`.
    """
    if first == second:
        return len(first)
    places = _places(first)
    full = (1 << len(first)) - 1
    row = full
    for word in second:
        where = places.get(word)
        if where is not None:
            met = row & where
            row = ((row + met) | (row - met)) & full
    return len(first) - row.bit_count()


@functools.lru_cache(maxsize=4096)
def _places(words: tuple[str, ...]) -> Mapping[str, int]:
    """Where each word stands, as bits: a sentence is compared with many others in turn."""
    places: dict[str, int] = {}
    for index, word in enumerate(words):
        places[word] = places.get(word, 0) | 1 << index
    return places

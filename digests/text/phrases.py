"""Phrases of words, looked up where they begin: by the first word, then by the second, the longest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class _Start(Generic[_Value]):
    """The phrases that begin with one word: that word alone, and longer ones by their second word."""

    __slots__ = ("alone", "longer")

    def __init__(self) -> None:
        self.alone: tuple[_Value] | None = None
        self.longer: dict[str, list[tuple[tuple[str, ...], _Value]]] = {}


class Phrases(Generic[_Value]):
    """Phrases by their first and second word, the longest first."""

    def __init__(self, phrases: Mapping[str, _Value]) -> None:
        self._starts: dict[str, _Start[_Value]] = {}
        for phrase, value in phrases.items():
            words = tuple(phrase.split())
            start = self._starts.setdefault(words[0], _Start())
            if len(words) == 1:
                start.alone = (value,)
            else:
                start.longer.setdefault(words[1], []).append((words, value))
        for start in self._starts.values():
            for entries in start.longer.values():
                entries.sort(key=lambda entry: -len(entry[0]))
        self.first_words = frozenset(self._starts)

    def items(self) -> Iterator[tuple[tuple[str, ...], _Value]]:
        """All phrases as words, with their values; by first word, in the order in which they were given."""
        for word, start in self._starts.items():
            if start.alone is not None:
                yield (word,), start.alone[0]
            for entries in start.longer.values():
                yield from entries

    def at(self, lows: Sequence[str], index: int) -> tuple[_Value, int] | None:
        """Value and the index after the longest phrase that begins at `index`."""
        if index >= len(lows):
            return None
        start = self._starts.get(lows[index])
        if start is None:
            return None
        longer = start.longer
        if longer and index + 1 < len(lows) and (second := lows[index + 1]) in longer:
            for words, value in longer[second]:
                length = len(words)
                if length == 2 or words[2:] == tuple(lows[index + 2 : index + length]):
                    return value, index + length
        return (start.alone[0], index + 1) if start.alone is not None else None

    def alone(self, word: str) -> _Value | None:
        """The value of a phrase of this one word."""
        start = self._starts.get(word)
        return start.alone[0] if start is not None and start.alone is not None else None

    def stands_alone(self, word: str) -> bool:
        """Whether a word is a phrase by itself."""
        start = self._starts.get(word)
        return start is not None and start.alone is not None

    def followers(self, word: str) -> frozenset[str]:
        """The second words of the longer phrases that begin with a word."""
        start = self._starts.get(word)
        return frozenset(start.longer) if start is not None else frozenset()

"""Which plain words a text must hold for a pattern to match in it, worked out from the pattern itself.

A search by a pattern of many alternatives tries them at every letter. A look at the words of a sentence, which are cut
anyway, costs a tenth of that and turns most rules away. Stance: what cannot be worked out is not needed, so that no
match is lost (but for letters that only Unicode's case folding takes for plain ones, like the long s).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from re import _constants as _c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

# Ways through a pattern that are told apart, and readings of one word; beyond that they are taken together. With two
# times as many nothing more is turned away, with half as many a tenth less.
_MOST_WAYS = 24
_MOST_READINGS = 1500
# Texts for which a pattern is searched before its needs are worked out, which costs as much as a hundred searches.
_WORTH = 30
# Plain letters of a class that are tried one by one.
_MOST_LETTERS = 6
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
# Classes without a plain letter.
_LETTERLESS = frozenset({_c.CATEGORY_SPACE, _c.CATEGORY_DIGIT, _c.CATEGORY_NOT_WORD})
_REPEATS = frozenset({_c.MAX_REPEAT, _c.MIN_REPEAT, _c.POSSESSIVE_REPEAT})
_A_LETTER = [(_c.IN, [(_c.CATEGORY, _c.CATEGORY_WORD)])]

# Sets of words; of each one word has to be there.
_Needed = tuple[frozenset[str], ...]
# An item of the parser's tree: an operation and its value, which differs by operation.
_Item = tuple[Any, Any]


class Needs:
    """What a pattern needs, worked out once it has been asked for often: most rules hardly are in a run."""

    __slots__ = ("_asked", "_by_word", "_flags", "_source", "_words")

    def __init__(self, source: str, flags: re.RegexFlag) -> None:
        self._source, self._flags = source, flags
        self._asked = 0
        # A word of each way through the pattern to what else has to be there; `None` where nothing is certain.
        self._by_word: dict[str, tuple[_Needed, ...]] | None = None
        # The same words as a set: the intersection with another set walks over the smaller one.
        self._words: frozenset[str] = frozenset()

    def are_met_by(self, words: Collection[str]) -> bool:
        """Whether a text of these plain words, all runs of a to z in it in small letters, may hold a match.

        Where several patterns are asked about one text, a set of its words costs them a third of what a list does.
        """
        if self._asked <= _WORTH:
            self._asked += 1
            if self._asked <= _WORTH:
                return True
            self._by_word = _needs_of(self._source, self._flags)
            self._words = frozenset(self._by_word or ())
        by_word = self._by_word
        if by_word is None:
            return True
        for word in self._words.intersection(words):
            for needed in by_word[word]:
                for one in needed:
                    if one.isdisjoint(words):
                        break
                else:
                    return True
        return False


def _needs_of(source: str, flags: re.RegexFlag) -> dict[str, tuple[_Needed, ...]] | None:
    tree = _parser.parse(source, flags)
    ways = _through(tree, [_Way((), None)])
    if not all(way.needed for way in ways):
        return None
    found: dict[str, list[_Needed]] = {}
    for way in ways:
        key = max(way.needed, key=_rarity)
        rest = tuple(dict.fromkeys(one for one in way.needed if one != key))
        for word in key:
            found.setdefault(word, []).append(rest)
    return {word: _fewest(rests) for word, rests in found.items()}


def _rarity(words: frozenset[str]) -> tuple[int, int]:
    """Long words are rare."""
    return min(map(len, words)), -len(words)


def _fewest(rests: Sequence[_Needed]) -> tuple[_Needed, ...]:
    """What is needed beside a word, without those ways that need all that another one does, and more."""
    kept: list[_Needed] = []
    for rest in sorted(dict.fromkeys(rests), key=len):
        if not any(all(any(one <= other for one in rest) for other in less) for less in kept):
            kept.append(rest)
    return tuple(kept)


class _Way(NamedTuple):
    """A way through a pattern up to some place.

    `needed` are the words of it that are over, `readings` what may stand of the word that is not; `None` where nobody
    knows what stands right before.
    """

    needed: _Needed
    readings: frozenset[str] | None


_BETWEEN_WORDS = frozenset({""})


def _through(items: Iterable[_Item], ways: list[_Way]) -> list[_Way]:
    """The ways through a sequence of items, each of which goes on from one of `ways`."""
    run = ""
    # The parser's sequences are walked over twice as fast by their lists.
    for operation, value in getattr(items, "data", items):
        if operation is _c.LITERAL and (letter := chr(value).lower()) in _LETTERS:
            run += letter
            continue
        if run:
            ways, run = _spell(ways, run), ""
        ways = _settle(_step(operation, value, ways))
    return _spell(ways, run) if run else ways


def _step(operation: Any, value: Any, ways: list[_Way]) -> list[_Way]:
    if operation is _c.IN:
        return _class(value, ways)
    if operation is _c.BRANCH:
        return _inside(value[1], ways)
    if operation is _c.SUBPATTERN:
        return _inside([value[3]], ways)
    if operation is _c.ATOMIC_GROUP:
        return _inside([value], ways)
    if operation in _REPEATS:
        least, most, item = value
        return _repeat(least, most, item, ways)
    if operation is _c.LITERAL or (operation is _c.AT and value is not _c.AT_NON_BOUNDARY):
        # A letter that is not plain, a mark, a blank.
        return _end(ways)
    if operation is _c.ASSERT_NOT and list(value[1]) == _A_LETTER:
        return _end(ways)
    if operation in (_c.ASSERT, _c.ASSERT_NOT):
        return ways
    return _lose(ways)


def _inside(branches: Sequence[Iterable[_Item]], ways: list[_Way]) -> list[_Way]:
    """The ways through one of several branches; they are read once for all ways that come from the same word."""
    coming: dict[frozenset[str] | None, list[_Way]] = {}
    for way in ways:
        coming.setdefault(way.readings, []).append(way)
    found: list[_Way] = []
    for readings, group in coming.items():
        start = [_Way((), readings)]
        inner = _settle([way for branch in branches for way in _through(branch, start)])
        found += [_Way(way.needed + one.needed, one.readings) for way in group for one in inner]
    return found


def _repeat(least: int, most: int, item: Iterable[_Item], ways: list[_Way]) -> list[_Way]:
    once = _inside([item], ways)
    if most > 1:
        # What stands behind several is only known where each ends between words.
        once = [way if way.readings == _BETWEEN_WORDS else _Way(way.needed, None) for way in once]
    return once if least else ways + once


def _class(value: Sequence[_Item], ways: list[_Way]) -> list[_Way]:
    """A class of characters: some plain letters, none of them, or too many to tell."""
    letters: list[str] = []
    for operation, entry in value:
        if operation is _c.LITERAL:
            letters += _LETTERS & {chr(entry).lower()}
        elif operation is _c.RANGE:
            letters += [
                chr(code)
                for code in range(entry[0], min(entry[1], 0x17F) + 1)
                if chr(code).lower() in _LETTERS
            ]
        elif operation is not _c.CATEGORY or entry not in _LETTERLESS:
            return _lose(ways)
    if len(letters) > _MOST_LETTERS:
        return _lose(ways)
    spelt = [way for letter in letters for way in _spell(ways, letter.lower())]
    return spelt + (_end(ways) if len(letters) < len(value) else [])


def _spell(ways: list[_Way], letters: str) -> list[_Way]:
    return [
        way
        if way.readings is None
        else _Way(way.needed, frozenset([word + letters for word in way.readings]))
        for way in ways
    ]


def _end(ways: list[_Way]) -> list[_Way]:
    """The ways at a place where no word goes on: the one before is needed, if there must be one."""
    return [
        _Way((*way.needed, way.readings), _BETWEEN_WORDS)
        if way.readings is not None and "" not in way.readings
        else _Way(way.needed, _BETWEEN_WORDS)
        for way in ways
    ]


def _lose(ways: list[_Way]) -> list[_Way]:
    """The ways behind something that may be any text."""
    return [_Way(way.needed, None) for way in ways]


def _settle(ways: list[_Way]) -> list[_Way]:
    """The ways, those that needed the same so far as one, and not too many of them."""
    if len(ways) < 2:
        return ways
    readings: dict[_Needed, frozenset[str] | None] = {}
    for way in ways:
        if way.needed in readings:
            known = readings[way.needed]
            readings[way.needed] = None if known is None or way.readings is None else known | way.readings
        else:
            readings[way.needed] = way.readings
    settled = [
        _Way(needed, None if words is not None and len(words) > _MOST_READINGS else words)
        for needed, words in readings.items()
    ]
    return settled if len(settled) <= _MOST_WAYS else _together(settled)


def _together(ways: list[_Way]) -> list[_Way]:
    """Ways that stand at the same place of a word as one, which needs no more than each of them."""
    groups: dict[frozenset[str] | None, list[_Needed]] = {}
    for way in ways:
        groups.setdefault(way.readings, []).append(way.needed)
    if len(groups) > _MOST_WAYS:
        groups = {None: [way.needed for way in ways]}
    return [
        _Way(tuple(frozenset().union(*sets) for sets in zip(*group, strict=False)), readings)
        for readings, group in groups.items()
    ]

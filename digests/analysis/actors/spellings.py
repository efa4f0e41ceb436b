"""Two spellings of one person's name: slips, short forms ("Dan", "Daniel"), and what another script is written by.

Names are folded words without accents. Stance: two given names that people really bear ("Maria", "Marta") are two
people, however near they stand to each other.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from digests.rules import load_rules
from digests.rules.given_names import is_given_name, usual_sex

# Letters a name must have before one wrong letter in it is taken for a misspelling.
_FUZZY_LENGTH = 5
# Letters of a name from which two wrong ones are a second spelling ("Alexandrescu", "Aleksandresku").
_LONG = 8
_SLIPS = 2
# Letters below which sound alone makes no two spellings of a name.
_HEARD = 3
# Consonants that are one name whatever vowels stand between.
_TELLING = 5
# What several spellings of one sound become, in order.
_SOUNDS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"(?<=v)ic$", "ich"),
        (r"t?sch|tch|ch(?=[aeiouy]|$)", "ç"),
        (r"ph", "f"),
        (r"ck|kh|q|c(?![eiy])", "k"),
        (r"x", "ks"),
        (r"gh", "g"),
        (r"(?<=[dt])h|h(?![aeiouy])", ""),
        (r"w", "v"),
        (r"zh", "z"),
        (r"z$", "s"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"(?<=[aeiou])y(?=[aeiou])|(?<=i)y", ""),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = str.maketrans("eyo", "iiu")
_RUN = re.compile(r"[aeiouy]+")


class Sound(NamedTuple):
    """What a name sounds like: its consonants, the first vowels and the last ones, where it ends with such."""

    consonants: str
    first: str
    last: str


def near(one: str, other: str) -> bool:
    """Equal, or one letter more, less or other in names long enough for a slip."""
    if one == other:
        return True
    if min(len(one), len(other)) < _FUZZY_LENGTH or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    index = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    if len(short) == len(long):
        return short[index + 1 :] == long[index + 1 :]
    return short[index:] == long[index + 1 :]


def slips(word: str) -> list[str]:
    """A word, and each form of a long one without a letter: two words that are `near` share one of them."""
    if len(word) < _FUZZY_LENGTH - 1:
        return [word]
    return [word, *sorted({word[:place] + word[place + 1 :] for place in range(len(word))})]


def near_long(one: str, other: str) -> bool:
    """Whether two long names are two spellings of one: the same first letter and at most two slips."""
    if min(len(one), len(other)) < _LONG or one[0] != other[0] or abs(len(one) - len(other)) > _SLIPS:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (letter != against))
    return row[-1] <= _SLIPS


def near_given(one: str, other: str) -> bool:
    """Whether two given names are one with a slip or an initial, and not two names that people bear."""
    if one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return True
    return near(one, other) and (sounds_like(one, other) or not (is_given_name(one) and is_given_name(other)))


def is_short_form(one: str, other: str) -> bool:
    """Whether two given names are forms of one: "Dan" and "Daniel", "Bob" and "Rob"."""
    return not _full_forms(one).isdisjoint(_full_forms(other))


def sounds_like(one: str, other: str) -> bool:
    """Whether two names are one as it is heard: "Mohammed", "Muhammad"; "Petrovic", "Petrovich"."""
    first, second = sound(one), sound(other)
    is_one = first == second or (
        # "Volodymyr", "Vladimir"
        first.consonants == second.consonants and len(first.consonants) >= _TELLING
    )
    if min(len(one), len(other)) < _HEARD or not is_one:
        return False
    return len({usual_sex(one), usual_sex(other)} - {None}) < 2


@functools.lru_cache(maxsize=4096)
def sound(name: str) -> Sound:
    """What a name sounds like, whatever script it was written from."""
    for pattern, letter in _SOUNDS:
        name = pattern.sub(letter, name)
    runs = [re.sub(r"(.)\1+", r"\1", run.translate(_VOWELS)) for run in _RUN.findall(name)]
    is_open = name[-1:] in "aeiouy"
    return Sound(_RUN.sub("", name), runs[0] if runs else "", runs[-1] if runs and is_open else "")


@functools.lru_cache(maxsize=4096)
def _full_forms(name: str) -> frozenset[str]:
    """The sounds of the names that a given name may be short for, its own among them."""
    full = str(load_rules("names").meaning["nicknames"].get(name, ""))
    return frozenset("".join(sound(each)) for each in (name, *full.split()))

"""The words by which two wordings of a statement are compared: several words for one thing, stems, roots.

Data: `rules/paraphrases.toml`. Nothing of it is shown.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from digests.rules import load_rules
from digests.rules.alternation import alternation
from digests.rules.gazetteer import STATE_KINDS, find_names
from digests.text.document import fold
from digests.text.similarity import background_weight, stem, stop_words

_QUOTED = re.compile(r"\"[^\"]{1,400}\"?|(?<!\w)'[^'\"]{1,300}'")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# Names that stand for a country, and how the word for it begins.
_LAND = "land"
# Letters that the root of a noun has without its ending.
_ROOT = 5
# What each other actor who uses a word takes from its weight: half of it for two of them.
_SHARED_WORD = 0.5
# Share of two wordings' words in one order from which they are built alike, so that what differs is what is said.
_PARALLEL = 0.6


def find_words(text: str) -> tuple[str, ...]:
    """The words of what is said in lower case, with their apostrophes."""
    return tuple(word.lower() for word in _WORD.findall(text.replace("’", "'")))


def quoted_pieces(words: str) -> list[str]:
    """What stands in quotation marks inside a clause."""
    return [found.group() for found in _QUOTED.finditer(fold(words))]


def name_lands(text: str) -> str:
    """A text with one word for a country, its people and its capital: "Russian", "Moscow"."""
    folded, parts, at = fold(text), [], 0
    for found in find_names(folded):
        if found.name.kind in STATE_KINDS:
            parts += [text[at : found.span.start], f"{_LAND}{found.name.country.lower()}"]
            at = found.span.end
    return "".join([*parts, text[at:]])


def one_wording(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words in lower case, with one word for each of the phrases that mean one thing: "fifty percent" as "half"."""
    found = _phrases()[0].sub(lambda match: _phrases()[1][match.group()], " ".join(words))
    return tuple(found.split())


@functools.cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {
        phrase.replace("-", " "): str(one)
        for phrase, one in load_rules("paraphrases").meaning["phrases"].items()
    }
    return re.compile(rf"(?<!\S){alternation(table, space=' ')}(?!\S)"), table


def plain_words(words: Sequence[str]) -> set[str]:
    """Words in lower case, with one word for each group of those for one thing."""
    return {_alike().get(word, word) for word in words}


def telling(words: Sequence[str]) -> frozenset[str]:
    """The stems of the words that are no everyday ones."""
    stops, light = stop_words(), load_rules("reactions").words["light"]
    return frozenset(
        _common_stem(word)
        for word in words
        if word.removesuffix("'s") not in stops and word not in stops and word not in light
    )


def weigh_stems(stems: Iterable[str], others: Mapping[str, int]) -> float:
    """How much stems say together: rare ones more (`background_weight`), those that `others` of the story use less."""
    return sum(background_weight(stem) / (1 + _SHARED_WORD * others.get(stem, 0)) for stem in stems)


def differ_in_place(one: Sequence[str], other: Sequence[str], same: frozenset[str]) -> bool:
    """Whether two wordings are built alike and have other words that tell in one place: "shelled the clinic near the
    old port", "shelled the market near the old port".

    Args:
        one: Words in lower case, as `other`.
        same: Stems that tell no thing from another.
    """
    first, second = ([_common_stem(word) for word in words] for words in (one, other))
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    if matcher.ratio() < _PARALLEL:
        return False
    parting = load_rules("reactions").words["parting"]
    known = [telling(one) | same, telling(other) | same]
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "replace":
            continue
        words, other_words = one[start:end], other[other_start:other_end]
        if len(words) == len(other_words) == 1 and words[0] in parting and other_words[0] in parting:
            return True
        if telling(words) - known[1] and telling(other_words) - known[0]:
            return True
    return False


@functools.lru_cache(maxsize=4096)
def _common_stem(word: str) -> str:
    """The stem of a word, or of the one that stands for it in any of its forms ("murdering" as "killed")."""
    if word in _alike():
        return _root(stem(_alike()[word]))
    number = load_rules("numbers").meaning["unit"].get(word)
    if number is not None:
        return str(number)
    # "warnings", "warning", "warn"
    rough = stem(stem(word)) if word.endswith("ings") else stem(word)
    root = _root(rough)
    return _alike_roots().get(root, root)


@functools.cache
def _alike() -> dict[str, str]:
    """Words with the one that stands for their group; it stands for itself too."""
    groups = map(str.split, load_rules("paraphrases").words["alike"])
    return {word: group[0] for group in groups for word in group}


@functools.cache
def _alike_roots() -> dict[str, str]:
    """The same by their roots; where two groups share one, it is the first group's."""
    return {_root(stem(word)): _root(stem(first)) for word, first in reversed(_alike().items())}


@functools.cache
def _endings() -> tuple[str, ...]:
    return load_rules("paraphrases").words["endings"]


def _root(word: str) -> str:
    """A stem without the ending that makes another word of it: "deployment" and "deploy", "readiness" and "ready"."""
    for ending in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= _ROOT:
            word = word.removesuffix(ending).removesuffix("e")
            break
    return word[:-1] + "i" if word.endswith("y") else word

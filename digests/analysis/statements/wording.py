"""The words by which two wordings of a statement are compared: several words for one thing, stems, roots.

Data: `rules/paraphrases.toml`. Nothing of it is shown.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from digests.rules import load_rules
from digests.rules.alternation import alternation
from digests.text.document import fold
from digests.text.similarity import stem, stop_words

_QUOTED = re.compile(r"\"[^\"]{1,400}\"?|(?<!\w)'[^'\"]{1,300}'")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# Letters that the root of a noun has without its ending.
_ROOT = 5


def find_words(text: str) -> tuple[str, ...]:
    """The words of what is said in lower case, with their apostrophes."""
    return tuple(word.lower() for word in _WORD.findall(text.replace("’", "'")))


def quoted_pieces(words: str) -> list[str]:
    """What stands in quotation marks inside a clause."""
    return [found.group() for found in _QUOTED.finditer(fold(words))]


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
    alike = load_rules("paraphrases").meaning["alike"]
    return {str(alike.get(word, word)) for word in words}


def telling(words: Sequence[str]) -> frozenset[str]:
    """The stems of the words that are no everyday ones."""
    stops, light = stop_words(), load_rules("reactions").words["light"]
    return frozenset(
        _common_stem(word)
        for word in words
        if word.removesuffix("'s") not in stops and word not in stops and word not in light
    )


@functools.lru_cache(maxsize=4096)
def _common_stem(word: str) -> str:
    """The stem of a word, or of the one that stands for it in any of its forms ("murdering" as "killed")."""
    # "warnings", "warning", "warn"
    rough = stem(stem(word)) if word.endswith("ings") else stem(word)
    return _root(_alike_stems().get(rough, rough))


@functools.cache
def _alike_stems() -> dict[str, str]:
    """Stems with the stem that stands for them, through at most two steps."""
    alike = {
        stem(word): stem(str(other)) for word, other in load_rules("paraphrases").meaning["alike"].items()
    }
    return {word: alike.get(other, other) for word, other in alike.items() if word != other}


@functools.cache
def _endings() -> tuple[str, ...]:
    return load_rules("paraphrases").words["noun_endings"]


def _root(word: str) -> str:
    """A stem without the ending that makes a noun of it: "deployment" and "deploy", "readiness" and "ready"."""
    for ending in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= _ROOT:
            word = word.removesuffix(ending)
            break
    return word[:-1] + "i" if word.endswith("y") else word

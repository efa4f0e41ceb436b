"""Given names and the sex of those who mostly bear them: for whom "he" and "she" cannot stand.

Data: `given_names.tsv`, written by `tools/build_given_names.py`. Stance: a name that both bear tells nothing.
"""

from __future__ import annotations

import functools
import unicodedata

from digests.rules import data_lines


def plain_name(name: str) -> str:
    """A name in small letters without accents."""
    parts = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@functools.cache
def _table() -> dict[str, str]:
    return {name: sex for sex, names in data_lines("given_names.tsv") for name in names.split("|")}


def usual_sex(given: str) -> str | None:
    """`m` or `f` for a given name that mostly men or mostly women bear, else `None`."""
    return _table().get(plain_name(given))


@functools.lru_cache(maxsize=65_536)
def is_given_name(word: str) -> bool:
    """Whether mostly men or mostly women bear it as a given name."""
    return usual_sex(word) is not None

"""Whether a text is surely not English: it would be taken in, and nothing would be read in it.

Stance: silence where it is not sure. Short texts, lists and names are in no language.
"""

from __future__ import annotations

import functools
import re

from digests.rules import load_rules

# Characters that are looked at, and the fewest words that tell a language.
_LOOKED_AT, _FEWEST = 800, 30
# Shares of a text's words: the most small ones of English beside the fewest of another language. None of 5,253 English
# articles is taken for another language with them.
_MOST_ENGLISH, _FEWEST_OWN = 0.08, 0.1
# Letters below this stand in the alphabets that are Latin.
_LATIN_ENDS = "\u0250"
_WORD = re.compile(r"[^\W\d_]+")


def other_language(text: str) -> str | None:
    """Name a text's language by its English name; "another script" where it is not written in Latin letters.

    `None` for English, and where it is not sure.
    """
    words, small = _WORD.findall(text[:_LOOKED_AT].casefold()), _small_words()
    if sum(map(small["English"].__contains__, words)) > _MOST_ENGLISH * len(words):
        return None
    letters = sum(map(len, words))
    if letters >= _FEWEST and 2 * sum(len(word) for word in words if word[0] >= _LATIN_ENDS) > letters:
        return "another script"
    if len(words) < _FEWEST:
        return None
    shares = {
        name: sum(map(own.__contains__, words)) / len(words)
        for name, own in small.items()
        if name != "English"
    }
    name = max(shares, key=lambda name: shares[name])
    return name if shares[name] >= _FEWEST_OWN else None


def language_note(language: str) -> str:
    """What is said of an article in it."""
    return f"seems to be written in {language}; only English is read"


@functools.cache
def _small_words() -> dict[str, frozenset[str]]:
    """By the name of the language. Raises RulesError."""
    return {name: frozenset(words) for name, words in load_rules("languages").words.items()}

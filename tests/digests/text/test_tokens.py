"""Words, numbers and marks: what is one word and what is cut."""

import pytest

from digests.text.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("told radio5 that", ["told", "radio5", "that"]),
        ("Kanal9's crew", ["kanal", "9", "'", "s", "crew"]),
        ("a 25-year-old, the 8th of 1,200", ["a", "25-year-old", ",", "the", "8th", "of", "1,200"]),
        ("U.S. co-op", ["u.s.", "co-op"]),
    ],
)
def test_words_and_marks(text: str, tokens: list[str]) -> None:
    """A station's name that ends in a number is one word, so that nobody counts by it."""
    assert tokens == tokenize(text, 0, len(text)).lows

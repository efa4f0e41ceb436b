"""Lengths as Discord may count them, and cutting where it hurts least."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.limits import fits_v2, length, shorten, v2_bytes

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("abc", 3), ("é", 1), ("\U0001f600", 2), (FAMILY, 8)],
    ids=["ascii", "accent", "emoji", "family"],
)
def test_length_counts_utf16_units(text: str, expected: int) -> None:
    """The strictest reading of "characters"."""
    assert expected == length(text)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("several words in a row", 15, "several words…"),
        ("unbreakablewordthatgoeson", 10, "unbreakab…"),
        (f"{FAMILY}{FAMILY}", 10, f"{FAMILY}…"),
        ("ends here, and more", 11, "ends here…"),
    ],
    ids=["fits", "word", "letters", "grapheme", "comma"],
)
def test_shorten_cuts_between_words_and_never_inside_a_sign(text: str, limit: int, expected: str) -> None:
    """Whole words, whole signs, an ellipsis."""
    assert expected == shorten(text, limit)


@given(st.text(max_size=300), st.integers(min_value=2, max_value=120))
def test_shorten_always_fits(text: str, limit: int) -> None:
    """Whatever the text, the result is inside the limit."""
    assert length(shorten(text, limit)) <= limit


def test_bytes_bite_before_characters_in_other_scripts() -> None:
    """3,800 characters of three bytes are too much for a message though fewer than 4,000 characters."""
    assert fits_v2(("a" * 3_800,))
    assert not fits_v2(("中" * 3_800,))
    assert 3 * 10 + 12 == v2_bytes(("中" * 10,))

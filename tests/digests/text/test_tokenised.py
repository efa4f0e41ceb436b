"""Tokens of a corpus put together as people write them."""

import pytest

from digests.text.clean import clean_text
from digests.text.tokenised import is_tokenised, untokenise


@pytest.mark.parametrize(
    ("apart", "together"),
    [
        ("The quay , which is old , fell .", "The quay, which is old, fell."),
        ("It fell at 0603 local time -LRB- 1103 GMT -RRB- .", "It fell at 0603 local time (1103 GMT)."),
        ("`` It did n't hold , '' the mayor 's aide said .", "“It didn't hold,” the mayor's aide said."),
        ("Is it safe ? It cost $ 5 million ; most is lost .", "Is it safe? It cost $5 million; most is lost."),
        ("The board met . . . and left", "The board met... and left"),
    ],
)  # fmt: skip
def test_marks_stand_at_their_words(apart: str, together: str) -> None:
    """Commas, brackets, quotation marks and endings."""
    assert together == untokenise(apart)


@pytest.mark.parametrize(
    "text",
    ["The quay, which is old, fell.", "One slip , in a page, with commas, is a slip.", "", "Est-ce vrai ? Oui !"],
)  # fmt: skip
def test_a_page_is_left_alone(text: str) -> None:
    """Nobody sets all marks apart; French has a blank before some of them."""
    assert not is_tokenised(text)
    assert text == clean_text(text)


def test_a_corpus_is_read_as_text() -> None:
    """Cleaning does it once, so that every offset counts in what a reader sees."""
    raw = "The quay of Southport , which was old , fell on Monday , the harbour office said .\nNobody was hurt ."
    assert "The quay of Southport, which was old, fell on Monday, the harbour office said." in clean_text(raw)

"""Bare numbers that answer a question for a number of people."""

import pytest

from digests.extract.casualties import find_figures
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('How many people died? "Forty-one," the minister answered.', [("killed", 41)]),
        ("How many were hurt? At least 12.", [("injured", 12)]),
        ("How many people died? Nobody knows. Twelve, says one list.", []),
        ("How many people died? Nine, who could have died of cold, are well.", []),
        ("How many goals were scored? Nine.", []),
        ("How many people died? In 1990 nine clubs were closed.", []),
    ],
)
def test_an_answer_counts_what_was_asked(text: str, expected: list[tuple[str, int]]) -> None:
    """Only the sentence right behind the question answers it, and only with its first words."""
    figures = find_figures(make_document("a", text), (), (), ())
    assert expected == [(figure.measure.value, figure.bounds.low) for figure in figures]

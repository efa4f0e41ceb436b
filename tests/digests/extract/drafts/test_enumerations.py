"""Victims told of clause by clause are parts of their total, or add up."""

import pytest

from digests.extract.casualties import SUM_RULE, find_figures
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A spree left five people dead. Two people were killed in Keth and three were killed in Orvalle.",
            {("killed", 5)},
        ),
        (
            "The quake of 1999 killed 300 people. Two were killed in Keth and three were killed in Orvalle.",
            {("killed", 300), ("killed", 2), ("killed", 3)},
        ),
        (
            "A nurse, 41, was stabbed in the ferry hall; a cook, 58, was hurt there; and a boy, 12, was wounded.",
            {("injured", 3)},
        ),
        ("One was shot in Keth, one was shot in Orvalle and one was shot in Tarn.", {("injured", 3)}),
        ("The crash left a girl in critical condition, and six others were hurt.", {("injured", 7)}),
        ("A girl is in critical condition after a crash that left six others hurt.", {("injured", 7)}),
        ("A girl was hurt in Keth as floods in Tarn injured six others.", {("injured", 1), ("injured", 6)}),
        (
            "Toll of Keth fever now 41\nThe death toll rose from 38 to 41 after three clerks died on Monday.",
            {("killed", 41), ("killed", 38), ("killed", 3)},
        ),
        ("Another clerk has died, raising the death toll to four.", {("killed", 4)}),
        ("He killed two clerks, Rita Holm, 40, and Aldo Brun, 51.", {("killed", 2)}),
        ("One dead in Keth storm as mayor says one man was killed.", {("killed", 1)}),
        ("A man was wounded in Keth, and a 40-year-old man was wounded, police say.", {("injured", 1)}),
    ],
)
def test_clauses_are_parts_or_add_up(text: str, expected: set[tuple[str, int | None]]) -> None:
    """Only persons whom the text keeps apart add up; a total of something else holds nobody."""
    figures = find_figures(make_document("a", text), (), (), ())
    assert expected == {(f.measure.value, f.bounds.low) for f in figures if f.part_of is None}


def test_a_sum_of_clauses_is_derived() -> None:
    """No card claims what only adds up."""
    text = "A girl, 16, was shot in Keth; a woman, 22, was shot in Tarn."
    figures = find_figures(make_document("a", text), (), (), ())
    assert [2] == [f.bounds.low for f in figures if f.evidence.rule == SUM_RULE]

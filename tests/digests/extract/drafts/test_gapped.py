"""Counts that share the verb, or the total, of the one before them."""

import pytest

from digests.extract.casualties import SUM_RULE, find_figures
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "counts", "total"),
    [
        ("Five were killed in Arden, three in Morley and one in Pell.", [5, 3, 1], 9),
        ("Nine people were arrested in the port and four at the airport.", [9, 4], 13),
        ("Two men were shot in the leg and one in the arm.", [2], None),
        ("Six guests died at the hotel, two by the pool.", [6], None),
        ("Two nurses were killed in the raid, as were three patients and a guard.", [2, 3, 1], 6),
    ],
)
def test_counts_at_places_share_their_verb(text: str, counts: list[int], total: int | None) -> None:
    """Each place has its count and all add up; a wound's place and a lone part count nobody more."""
    figures = find_figures(make_document("a", text), (), (), ())
    added = [figure.bounds.low for figure in figures if figure.evidence.rule == SUM_RULE]
    assert (counts, [total] if total else []) == (
        [figure.bounds.low for figure in figures if figure.evidence.rule != SUM_RULE],
        added,
    )


@pytest.mark.parametrize(
    "text",
    [
        "In all, 29 people died: 17 on the bus and 12 in the van.",
        "There were 29 people killed in the crash, 17 on the bus and 12 in the van.",
    ],
)
def test_counts_that_add_up_divide_the_one_before(text: str) -> None:
    """What makes up the count in front is part of it."""
    figures = find_figures(make_document("a", text), (), (), ())
    assert [(29, None), (17, 0), (12, 0)] == [(figure.bounds.low, figure.part_of) for figure in figures]

"""Tolls told in two places: how many were on board, and that all of them died."""

import pytest

from digests.extract.casualties import find_figures
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A plane crashed in Arden with 19 people on board. All were killed, the minister said.", [19]),
        ("The helicopter, with four people aboard, hit a cable, killing everyone on board.", [4]),
        ("A bus carrying 52 pilgrims fell into a gorge. There were no survivors.", [52]),
        ("A plane with 61 people on board crashed. Nine people died. All were killed by smoke.", [9]),
        ("A plane with more than 60 people on board crashed. All were killed.", []),
        ("A plane with 61 people on board crashed. All were rescued.", []),
        ("A plane with 61 people on board is missing. No survivors have been found yet.", []),
        ("A plane with 61 people on board took off. It was late. It was full. It was old. All died.", []),
    ],
)
def test_all_on_board_are_as_many_as_were_on_board(text: str, expected: list[int]) -> None:
    """Only near the number, only where the words say that all died, and never beside another count of dead."""
    figures = find_figures(make_document("a", text), (), (), ())
    assert expected == [figure.bounds.low for figure in figures if figure.measure.value == "killed"]

"""Persons told of one by one count where the text counts no others, and nobody counts twice."""

import pytest

from digests.extract.casualties import find_figures
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rita Holm was pronounced dead at 8:35 pm.", [("killed", 1)]),
        ("Rita Holm left the bar at nine. Minutes later Holm was fatally shot.", [("killed", 1)]),
        ("Officers shot and killed Aldo Brun. Three others were killed in May.", [("killed", 3)]),
        ("The victim was taken to Mercy Hill Hospital in serious condition.", [("injured", 1)]),
        ("A man was shot near the quay. He died at the scene.", [("killed", 1)]),
        ("A man was shot near the quay. A woman was killed in the blaze.", [("injured", 1), ("killed", 1)]),
        ("The guard was shot in the hand. The robber was killed.", [("killed", 1)]),
        ("The guard was wounded. The robber was killed.", [("injured", 1), ("killed", 1)]),
        ("The driver was hurt. Four passengers were injured.", [("injured", 4)]),
        ("In 1998 Rita Holm was shot dead.", []),
        ("The Amendment was killed in committee.", []),
        ("The Harbour Bank was hurt by the strike.", []),
        ("Lawmakers Killed Proposal On Harbour Tolls Before The Vote.", []),
    ],
)
def test_one_known_person_counts_once_and_only_alone(text: str, expected: list[tuple[str, int]]) -> None:
    """A number in the text is better than a person; who was shot and died is dead."""
    figures = find_figures(make_document("a", text), (), (), ())
    found = [(figure.measure.value, figure.bounds.low) for figure in figures]
    assert expected == [figure for figure in found if figure[0] != "casualties"]

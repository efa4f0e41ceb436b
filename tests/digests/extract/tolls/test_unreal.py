"""Sentences that hold the words of harm and tell of nobody who was harmed."""

import pytest

from digests.extract.casualties import find_figures
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The thriller opens with a blast that kills 12 diplomats.", []),
        ("On average, 37 people die on its roads in a week.", []),
        ("Ten motorists are killed every week on the coast road.", []),
        ("The exercise assumed a blast that killed 40 people.", []),
        ("The bill would let courts execute five prisoners.", []),
        ("We could have had 20 dead here tonight.", []),
        ("The film crew was ambushed and two actors were killed.", [2]),
        ("Two soldiers were killed in a training exercise.", [2]),
        ("A gunman killed 12 people who were watching a play.", [12]),
    ],
)
def test_what_never_happened_counts_nobody(text: str, expected: list[int]) -> None:
    """Plots, rates, exercises and what might have been are dropped; real deaths beside a film are kept."""
    figures = find_figures(make_document("a", text), (), (), ())
    assert expected == [figure.bounds.low for figure in figures]

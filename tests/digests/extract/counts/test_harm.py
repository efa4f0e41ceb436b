"""Phrases of harm with a free middle: hospitals by name, wounds by any adjective."""

import pytest

from digests.extract.casualties import find_figures
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two women were taken by ambulance to St. Brede's Hospital.", [("injured", 2)]),
        ("Five miners were flown to the Kestrel Valley Medical Center.", [("injured", 5)]),
        ("Three people were rushed from the scene to Harrow General Hospital.", [("injured", 3)]),
        ("A man was found in a lane with a single gunshot wound to the leg.", [("injured", 1)]),
        ("Four men arrived with what appeared to be stab wounds.", [("injured", 4)]),
        ("A clerk, 41, suffered a graze wound.", [("injured", 1)]),
        ("SIX PEOPLE SUSTAINED NON-LIFE-THREATENING INJURIES.", [("injured", 6)]),
        ("Two hikers were found dead with gunshot wounds.", [("killed", 2)]),
        ("Two officers took a complaint to the hospital board.", []),
        ("Nine nurses were taken to court over the hospital.", []),
        ("Three men were seen with a map of the hospital.", []),
        ("The mayor was taken to task at the Mercy Hill hospital.", []),
    ],
)
def test_harm_is_read_whatever_stands_in_its_middle(text: str, expected: list[tuple[str, int]]) -> None:
    """Who is brought to a hospital or has a wound is hurt; a hospital alone hurts nobody."""
    figures = find_figures(make_document("a", text), (), (), ())
    found = [(figure.measure.value, figure.bounds.low) for figure in figures if figure.part_of is None]
    assert expected == list(dict.fromkeys(found))

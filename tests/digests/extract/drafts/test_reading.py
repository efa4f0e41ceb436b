"""What the words around a count make of it: who is counted, by which verb, and which numbers count nobody."""

import pytest

from digests.extract.casualties import find_figures
from digests.text.document import make_document


def read(text: str) -> list[tuple[str, int | None]]:
    figures = find_figures(make_document("a", text), (), (), ())
    return [(figure.measure.value, figure.bounds.low) for figure in figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two gunshot victims were located near the mill.", [("casualties", 2)]),
        ("The town has had nine homicide victims.", [("killed", 9)]),
        ("A man was shot by police and died at the scene.", [("killed", 1)]),
        ("The rifle was used to kill nine worshippers.", [("killed", 9)]),
        ("He went on to kill four people.", [("killed", 4)]),
        ("The clerk was one of seven people arrested in the raid.", [("detained", 7)]),
        ("The two bakers, ages 41 and 58, were both shot.", [("injured", 2)]),
        ("Medics rushed two cooks, ages 36 and 61, to Mercy Hospital.", [("injured", 2)]),
        ("The riot led to dozens of arrests.", [("detained", 24)]),
        ("Four clerks -- ages 31, 33, 48 and 52 -- were stabbed.", [("injured", 4)]),
        ("The 5 October arrest of a clerk shook the town.", [("detained", 1)]),
    ],
)
def test_constructions_of_news(text: str, expected: list[tuple[str, int | None]]) -> None:
    """Wordings by which reports count, each once missed or misread over many articles."""
    assert expected == read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Detectives offer a reward for information leading to the arrest of two men.",
        "The ministry has requested the arrest of two clerks.",
        "A neighbour captured two victims on video.",
        "One of the shooting victims lives here.",
        "The bank in Perry, FL 32348 was shot at.",
        "A plan to be used to kill nine people was found.",
    ],
)
def test_what_counts_nobody(text: str) -> None:
    """Wishes, pictures, victims known already, postal codes and plans."""
    assert [] == read(text)

"""Tolls and crews told by several words: "the number of villagers who have died", "a three-man crew"."""

import pytest

from digests.extract.casualties import find_figures
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The number of villagers known to have drowned rose to 31.", [("killed", 31)]),
        ("The number of people who had been confirmed dead climbed to 94.", [("killed", 94)]),
        ("The tally of pupils hurt stands at 12.", [("injured", 12)]),
        ("The number wounded now stands at 87.", [("injured", 87)]),
        ("The number of homes flooded rose to 400.", []),
        ("The number of guests at the inn, where a cook was once killed, rose to 400.", []),
        ("The number of guests fed, not hurt, rose to 400.", []),
        ("The number of sailors on a list of the killed rose to 400.", []),
        ("The figure of two wounded rowers rose to 31.", [("injured", 2)]),
        ("The number of those shot rose to nine.", []),
        ("A three-man crew was killed.", [("killed", 3)]),
        ("The barge's 12-member crew drowned.", [("killed", 12)]),
        ("An eight-member delegation was abducted.", [("abducted", 8)]),
        ("A three-man tent was struck.", []),
    ],
)
def test_people_and_their_harm_make_a_toll(text: str, expected: list[tuple[str, int]]) -> None:
    """Nothing but people and what became of them stands behind "number of"; a crew counts as many as it has."""
    figures = find_figures(make_document("a", text), (), (), ())
    assert expected == [
        (figure.measure.value, figure.bounds.low) for figure in figures if figure.bounds.low != 1
    ]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("The number of military deaths rose to two.", "soldiers"),
        ("The number of Norwegian civilians killed in the shelling rose to 13.", "civilians"),
        ("The number of children known to have drowned rose to nine.", "children"),
        ("The number of people killed when police opened fire rose to nine.", "people"),
        ("The death toll rose to nine.", "people"),
    ],
)
def test_a_toll_counts_whom_its_words_name(text: str, group: str) -> None:
    """Who stands in front of the harm is counted, not who did it."""
    assert [group] == [figure.group for figure in find_figures(make_document("a", text), (), (), ())]

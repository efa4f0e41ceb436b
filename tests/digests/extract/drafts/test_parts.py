"""Parts of a body of victims, in a sentence and over two."""

import pytest

from digests.extract.casualties import find_figures
from digests.text.document import make_document

Brief = tuple[str, int | None, str, int | None]


def read(text: str) -> list[Brief]:
    figures = find_figures(make_document("a", text), (), (), ())
    return [(figure.measure.value, figure.bounds.low, figure.group, figure.part_of) for figure in figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Six people died. Four were teachers.",
            [("killed", 6, "people", None), ("killed", 4, "teachers", 0)],
        ),
        (
            "Eleven men died. Nine of the eleven had burns.",
            [("killed", 11, "men", None), ("killed", 9, "people", 0)],
        ),
        (
            "The blast killed 12 people, of whom five were Spaniards.",
            [("killed", 12, "people", None), ("killed", 5, "nationals", 0)],
        ),
        ("He said 23 of the injured had been flown out.", [("injured", 23, "people", None)]),
        ("Only rebels were killed, 17 of them.", [("killed", 17, "militants", None)]),
        ("Nine were hurt, three critically.", [("injured", 9, "people", None), ("injured", 3, "people", 0)]),
        ("The storm hit Arden, where 19 of the 29 deaths were recorded.", [("killed", 19, "people", None)]),
    ],
)
def test_parts_are_read_with_their_whole(text: str, expected: list[Brief]) -> None:
    """A part has the measure of its whole, which stands in the sentence, before it, or in its own words."""
    assert expected == read(text)


@pytest.mark.parametrize(
    "text",
    [
        "A nurse said 12 of the dead had been identified.",
        "They took off the legs of four of the wounded.",
        "Two of the victims are from Arden.",
    ],
)
def test_what_tells_of_names_or_limbs_counts_nobody(text: str) -> None:
    """Known by name, the legs of somebody, victims who may live."""
    assert [] == read(text)

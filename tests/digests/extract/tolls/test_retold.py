"""Who is told of again belongs to the count before; "a third victim" counts on."""

import datetime as dt

import pytest

from digests.extract import extract
from digests.extract.casualties import find_figures
from digests.text.document import make_document
from digests.types import Figure


def _wholes(text: str) -> list[tuple[str, int | None]]:
    figures = find_figures(make_document("a", text), (), (), ())
    return [(figure.measure.value, figure.bounds.low) for figure in figures if figure.part_of is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two people were killed and a third died later.", [("killed", 3)]),
        ("Five hikers were found dead. A sixth victim died in a clinic.", [("killed", 6)]),
        ("A man and his wife were shot dead. A third person died of her wounds.", [("killed", 3)]),
        ("Three men were killed. The third man died on Sunday.", [("killed", 3)]),
        ("Nine men were killed. A third man died on Sunday.", [("killed", 9), ("killed", 1)]),
        ("A third of the crew died.", []),
    ],
)
def test_an_ordinal_counts_on_or_names_one_of_them(text: str, expected: list[tuple[str, int]]) -> None:
    """The sum is made only where the count before is smaller by one."""
    assert _wholes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Four nurses were killed. One was pushed; the other three were stabbed to death.", [("killed", 4)]),
        (
            "Two officers were shot dead and a clerk was killed. Five people are dead. "
            "The two officers were shot dead from behind.",
            [("killed", 5)],
        ),
        (
            "She killed two boys before turning the gun on herself. The two boys killed were her sons.",
            [("killed", 3)],
        ),
    ],
)
def test_who_is_told_of_again_is_a_part(text: str, expected: list[tuple[str, int]]) -> None:
    """Only where an earlier sentence says of which total."""
    assert _wholes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five men were wounded. Two men were taken to Mercy Hospital.", [("injured", 5)]),
        ("Five men were wounded. Two were listed in good condition, and a boy was hurt.", [("injured", 5)]),
        (
            "Four girls were shot. One boy was killed. Two girls were taken to Mercy Hospital.",
            [("injured", 4), ("killed", 1), ("injured", 2)],
        ),
        ("Two men were taken to Mercy Hospital.", [("injured", 2)]),
        ("Four were wounded, including one hospitalized in critical condition.", [("injured", 4)]),
        ("Five men were wounded. Another boy was hurt.", [("injured", 5), ("injured", 1)]),
    ],
)
def test_who_was_treated_is_part_of_a_larger_count(text: str, expected: list[tuple[str, int]]) -> None:
    """A count of those shot may hold the dead, so that the treated are not tied to it."""
    assert _wholes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Five men were wounded in Keth. Two men were wounded at the inn. Two other men were wounded outside. "
            "Another man was wounded at the bridge.",
            [("injured", 5)],
        ),
        (
            "Five men were wounded in Keth. Two men were wounded at the inn. Nine women were wounded in Tarn.",
            [("injured", 5), ("injured", 2), ("injured", 9)],
        ),
    ],
)
def test_counts_that_add_up_divide_the_one_before(text: str, expected: list[tuple[str, int]]) -> None:
    """Only an arithmetic that fits says so."""
    assert _wholes(text) == expected


def test_another_incident_holds_nobody() -> None:
    """What happened on another day is neither counted on nor a part."""
    text = (
        "An explosion killed two miners in Keth on Monday. A bombing in 2014 killed five people. "
        "A sixth person died in the bombing in 2014."
    )
    document = make_document("a", text, published=dt.date(2025, 3, 12))
    figures: tuple[Figure, ...] = extract(document).figures
    assert [figure.bounds.low for figure in figures if figure.part_of is None] == [2, 6]

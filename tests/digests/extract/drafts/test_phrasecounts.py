"""Numbers whose meaning a phrase around them tells."""

import pytest

from digests.extract.casualties import find_figures
from digests.extract.drafts.drafts import FORMER_RULE
from digests.text.document import make_document
from digests.types import Figure


def read(text: str) -> tuple[Figure, ...]:
    return find_figures(make_document("a", text), (), (), ())


def brief(figure: Figure) -> tuple[str, int | None, int | None]:
    return figure.measure.value, figure.bounds.low, figure.bounds.high


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nine clerks died. The ministry raised its count from nine to 14 on Monday.",
            [("killed", 9, 9), ("killed", 9, 9), ("killed", 14, 14)],
        ),
        (
            "Police have arrested 300 people, a lawyer said. The army gave a figure of 212 on Friday.",
            [("detained", 300, 300), ("detained", 212, 212)],
        ),
        ("Six died on Thursday, lifting the total to 118.", [("killed", 6, 6), ("killed", 118, 118)]),
        ("Bus crash in the north claims 17", [("killed", 17, 17)]),
        (
            "Nine clerks died. The rebels say so. The army acknowledges seven.",
            [("killed", 9, 9), ("killed", 7, 7)],
        ),
        ("Seven coffins wrapped in flags were carried past.", [("killed", 7, 7)]),
        ("They killed three and took nine prisoner.", [("killed", 3, 3), ("detained", 9, 9)]),
        ("The whereabouts of four sailors are unknown.", [("missing", 4, 4)]),
        ("The tug picked 37 migrants out of the sea.", [("rescued", 37, 37)]),
        ("Some 60,000 have fled to the next province.", [("displaced", 60_000, 60_000)]),
        ("Nine died, then 14, then 20.", [("killed", 9, 9), ("killed", 14, 14), ("killed", 20, 20)]),
        ("The port counts 15 dead, up from nine on Monday.", [("killed", 15, 15), ("killed", 9, 9)]),
        ("Fever deaths pass 50 as schools stay shut", [("killed", 51, None)]),
        ("Deaths from the fever have risen to 54, a nurse said.", [("killed", 54, 54)]),
        ("The number of clerks killed in the fire rose to 26.", [("killed", 26, 26)]),
        ("The clinic said the condition of five is critical.", [("injured", 5, 5)]),
        ("Two drowned and crews are looking for five more.", [("killed", 2, 2), ("missing", 5, 5)]),
        ("A tunnel fell in, killing three and trapping 12 others.", [("killed", 3, 3), ("missing", 12, 12)]),
        ("Residents bury 19 after the raid.", [("killed", 19, 19)]),
        ("Some 900 residents had been moved to two schools.", [("displaced", 900, 900)]),
        ("The war has driven more than 2,000 from their homes.", [("displaced", 2001, None)]),
    ],
)
def test_phrases_say_what_a_number_counts(text: str, expected: list[tuple[str, int, int | None]]) -> None:
    """The number has no noun or verb of its own; the phrase, or the count before it, says what it is."""
    assert expected == [brief(figure) for figure in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry gave a figure of 212.",
        "Deaths from the fever may rise to 90.",
        "The slide buried 12 people.",
        "The carpenter has nine coffins on order.",
        "Nine players are missing through injury.",
        "Detectives are looking for two others.",
        "The firm raised its estimate from nine to 14.",
    ],
)
def test_numbers_without_a_count_before_them_count_nobody(text: str) -> None:
    """A figure of nothing known, a fear, a search for suspects."""
    assert () == read(text)


def test_a_number_that_was_replaced_has_a_rule_of_its_own() -> None:
    """ "From nine to 14": the nine is kept, and held against nothing."""
    figures = read("Nine clerks died. The ministry raised its count from nine to 14.")
    assert [False, True, False] == [figure.evidence.rule == FORMER_RULE for figure in figures]

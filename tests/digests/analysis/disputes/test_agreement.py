"""Whether two counts agree as numbers, and how a count is said."""

import pytest

from digests.analysis.disputes.agreement import agree, narrow_all, says_of
from digests.extract.casualties import find_figures
from digests.extract.incidents import find_incidents
from digests.text.document import make_document
from digests.types import Bounds, Figure


def figure_in(text: str) -> Figure:
    """The first count of an article."""
    document = make_document("a", text)
    return find_figures(document, (), (), find_incidents(document, (), ()))[0]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("at least seven", "seven", True),
        ("at least seven", "at least nine", False),
        ("at least 21", "at least 31", False),
        ("more than 100", "at least 113", True),
        ("more than 90", "85", False),
        ("more than 70", "70", True),
        ("about 12", "20", False),
        ("several", "12", True),
    ],
)
def test_agreement_is_symmetric(a: str, b: str, expected: bool) -> None:
    """Who speaks first does not matter."""
    one, two = (figure_in(f"The blast killed {words} people.") for words in (a, b))
    assert (expected, expected) == (agree(one, two), agree(two, one))


def test_narrowing_needs_a_common_count() -> None:
    """What cannot all be true has no common interval."""
    assert narrow_all([Bounds(low=1, high=2), Bounds(low=3, high=None)]) is None
    assert Bounds(low=3, high=5) == narrow_all([Bounds(low=1, high=5), Bounds(low=3, high=None)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast killed at least nine people.", "at least 9"),
        ("The blast killed over 90 people.", "more than 90"),
        ("The blast killed up to 12 people.", "up to 12"),
        ("The blast killed around a dozen people.", "about 12"),
        ("The blast killed 1,250 people.", "1,250"),
        ("The blast killed several people.", "several"),
        ("The blast killed 10 to 15 people.", "10 to 15"),
    ],
)
def test_counts_are_said_in_digits_with_their_hedge(text: str, expected: str) -> None:
    """A reader sees the hedge that the article gave."""
    assert expected == says_of(figure_in(text))

"""The attacker's death joins the count of his victims only where the text keeps the two apart."""

import pytest

from digests.extract.casualties import SUM_RULE, find_figures
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A clerk killed three colleagues. He later killed himself.", [4]),
        ("A clerk killed three colleagues. The gunman was shot dead by officers.", [4]),
        ("He killed a man and a woman, police said. He later killed himself.", [2, 3]),
        ("Four people, including the gunman, are dead. The gunman was shot dead.", []),
        ("A man killed two people, then three were reported dead. The attacker was shot dead.", []),
        ("A man shot a clerk dead. The suspect was killed.", []),
        ("Nine people died in the fire. A guard shot himself in the foot.", []),
        ("A storm killed three people.", []),
    ],
)
def test_attacker_is_added_once(text: str, expected: list[int]) -> None:
    """The sum says how many are dead in all, and is no figure that anybody claims."""
    figures = find_figures(make_document("a", text), (), (), ())
    assert expected == [f.bounds.low for f in figures if f.evidence.rule == SUM_RULE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The tenant took his own life.", [("killed", 1)]),
        ("A man died on Thursday after shooting himself.", [("killed", 1)]),
        ("The 2013 killing of a guard is unsolved.", [("killed", 1)]),
        ("A hunter accidentally shot himself.", [("injured", 1)]),
        ("The deputy shot himself in the left foot.", [("injured", 1)]),
        ("The tenant shot himself, and nobody knows how he is.", []),
        ("Mara Lindqvist, 25, shot a clerk.", [("injured", 1)]),
    ],
)
def test_what_somebody_did_to_himself(text: str, expected: list[tuple[str, int]]) -> None:
    """A shot at oneself kills only where the text says so."""
    figures = find_figures(make_document("a", text), (), (), ())
    assert expected == [(f.measure.value, f.bounds.low) for f in figures]

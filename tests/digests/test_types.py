"""Values that are made quickly behave like the frozen dataclasses that they are written as."""

import copy
import pickle
from dataclasses import replace

import pytest

from digests.types import Evidence, Span, Speaker

SPAN = Span(start=1, end=4)


def test_equal_values_are_one_key() -> None:
    """Values compare and hash by what they hold."""
    assert {SPAN: 1} == {Span(start=1, end=4): 1}
    assert Span(start=1, end=5) == replace(SPAN, end=5)


@pytest.mark.parametrize("made", [copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_copies_are_equal(made: object) -> None:
    """Values travel to other processes and back."""
    evidence = Evidence(article_id="a", span=SPAN, sentence=SPAN, rule="r")
    assert evidence == made(evidence)  # type: ignore[operator]


def test_what_is_left_out_has_its_default() -> None:
    """`None` where the text does not say; fields are named, and no others are taken."""
    assert Speaker(name="Bell", words="Bell", span=SPAN).role is None
    with pytest.raises(TypeError):
        Span(1, 4)  # type: ignore[misc,call-arg]
    with pytest.raises(AttributeError):
        SPAN.length = 3  # type: ignore[attr-defined]

"""What a typed story name means."""

from __future__ import annotations

import pytest

from bot.choices import matching, pick, suggestions
from bot.errors import Refusal

TITLES = (
    ("s1", "Dam breaks above Kessa valley"),
    ("s2", "Strike halts trains in Brenholt"),
    ("s3", "After the strike: trains run again"),
    ("s4", ""),
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(None, "s1", id="the-most-important"),
        pytest.param("  ", "s1", id="blank"),
        pytest.param("s3", "s3", id="id"),
        pytest.param("Strike halts trains in Brenholt", "s2", id="title"),
        pytest.param("strike", "s2", id="beginning-before-middle"),
        pytest.param("trains again", "s3", id="all-words"),
        pytest.param("KESSA", "s1", id="any-case"),
    ],
)
def test_a_name_means_one_story(typed: str | None, expected: str) -> None:
    """An id or title exactly, else the best match, else the most important."""
    assert expected == pick(TITLES, typed)


@pytest.mark.parametrize(
    ("titles", "words"), [(TITLES, "No story matches"), ((), "There are no stories yet")]
)
def test_what_means_none_is_refused_in_words(titles: tuple[tuple[str, str], ...], words: str) -> None:
    """The sentence says what to do."""
    with pytest.raises(Refusal, match=words):
        pick(titles, "volcano")


def test_suggestions_are_few_and_short() -> None:
    """25 at most, names of at most 100 signs; a story without a title shows its id."""
    many = tuple((f"s{n}", "word " * 50) for n in range(60))
    found = suggestions(many, "word")
    assert 25 == len(found)
    assert all(len(choice.name) <= 100 for choice in found)
    assert "s4" == suggestions(TITLES, "")[-1].name
    assert [] == matching(TITLES, "volcano")


def test_a_new_list_is_looked_through_anew() -> None:
    """What is remembered of a list of titles is never used for another one."""
    for number in range(3):
        titles = tuple((f"s{number}{n}", f"Flood {number} in town {n}") for n in range(40))
        assert f"s{number}7" == pick(titles, "town 7")
        assert f"s{number}3" == pick(titles, f"s{number}3")

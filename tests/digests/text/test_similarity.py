"""Words, stems and the measures of likeness."""

import pytest

from digests.text.similarity import (
    background_weight,
    find_terms,
    find_words,
    normalise,
    shared_in_order,
    stem,
    weigh,
)


@pytest.mark.parametrize(
    "forms",
    [
        ("killing", "killed", "kills", "kill"),
        ("city", "cities"),
        ("attacks", "attack", "attacked"),
        ("U.S.", "US"),
        ("minister's", "ministers", "minister"),
        ("1,200", "1200"),
        ("capsized", "capsizes", "capsize"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    """Inflection, possessive and dots do not part a word from itself."""
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("glass", "glas"), ("1.2", "12"), ("bus", "bu"), ("news", "new")])
def test_unlike_words_keep_their_stems(one: str, other: str) -> None:
    """What only looks like inflection stays."""
    assert stem(one) != stem(other)


def test_words_have_offsets() -> None:
    """Numbers and abbreviations are one word each."""
    assert find_words("The U.S. sent 1,200 men's") == [
        ("The", 0),
        ("U.S.", 4),
        ("sent", 9),
        ("1,200", 14),
        ("men's", 20),
    ]


def test_terms_leave_out_what_says_nothing() -> None:
    """Stop words and newsroom fillers go, names and acts stay."""
    assert find_terms("The mayor said on Tuesday that the ferries sank") == ["mayor", "ferry", "sank"]


def test_rare_words_weigh_more() -> None:
    """A name says more than a newsroom's everyday word."""
    assert (
        background_weight("marigold")
        > background_weight(stem("hospital"))
        > background_weight(stem("government"))
    )


def test_vectors_have_length_one() -> None:
    """Whatever the text; an empty one has an empty vector."""
    assert sum(value**2 for value in weigh(find_terms("ferry sank off port")).values()) == pytest.approx(1)
    assert normalise({}) == {}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("abcde", "axcxe", 3),
        ("abc", "cba", 1),
        ("aab", "ab", 2),
        ("", "ab", 0),
        ("ab", "", 0),
        ("abcbdab", "bdcaba", 4),
    ],
)
def test_shared_in_order_is_the_longest_common_subsequence(first: str, second: str, expected: int) -> None:
    """The last row is the textbook example."""
    assert expected == shared_in_order(tuple(first), tuple(second))

"""Words, stems and the measures of likeness."""

import pytest

from digests.text.similarity import (
    background_weight,
    containment,
    cosine,
    find_terms,
    find_words,
    normalise,
    shared_in_order,
    shingles,
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


def test_cosine_of_equal_texts_is_one_and_of_unlike_ones_nought() -> None:
    """Vectors have length 1."""
    one = weigh(find_terms("ferry sank off port"))
    assert cosine(one, one) == pytest.approx(1)
    assert cosine(one, weigh(find_terms("bank raises rates"))) == 0
    assert normalise({}) == {}


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [("abc", "abcd", 1.0), ("ax", "abc", 0.5), ("", "abc", 0.0), ("x", "", 0.0)],
)
def test_containment_is_a_share_of_the_part(part: str, whole: str, expected: float) -> None:
    """Not symmetric, unlike the Jaccard index."""
    assert containment(part, whole) == expected


def test_shingles_of_short_texts_are_the_text() -> None:
    """Nothing is lost for being short."""
    assert shingles(["a", "b"], 3) == {"a b"}
    assert shingles(["a", "b", "c", "d"], 3) == {"a b c", "b c d"}
    assert shingles([], 3) == frozenset()


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
    assert shared_in_order(list(first), list(second)) == expected

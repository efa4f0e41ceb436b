"""Amounts in words and digits become the interval that a reader understands."""

import pytest

from digests.text.numbers import LARGEST, may_begin_amount, read_amount, read_bounds
from digests.text.numberwords import Hedge
from digests.text.tokens import tokenize
from digests.types import Bounds


def exact(number: int) -> Bounds:
    return Bounds(low=number, high=number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 people", exact(12)),
        ("1,250 homes", exact(1250)),
        ("1,23,456 people", exact(123_456)),
        ("12,34,567 people", exact(1_234_567)),
        ("twenty-five", exact(25)),
        ("thirtyone sailors", exact(31)),
        ("two hundred and five men", exact(205)),
        ("one hundred and two riders", exact(102)),
        ("a hundred riders", exact(100)),
        ("1.5 million people", exact(1_500_000)),
        ("half a dozen", exact(6)),
        ("a quarter-million voters", exact(250_000)),
        ("both pilots", exact(2)),
        ("1 200 people", exact(1200)),
        ("over 25 000 people", Bounds(low=25_001, high=None)),
        ("12 15 people", exact(12)),
        ("no passengers", exact(0)),
        ("another three", exact(3)),
        ("at least seven", Bounds(low=7, high=None)),
        ("no fewer than two dozen", Bounds(low=24, high=None)),
        ("more than 90", Bounds(low=91, high=None)),
        ("12 or more", Bounds(low=12, high=None)),
        ("up to 12", Bounds(low=None, high=12)),
        ("as many as 45", Bounds(low=None, high=45)),
        ("perhaps as many as 45", Bounds(low=None, high=45)),
        ("perhaps 45", Bounds(low=45, high=45, approximate=True)),
        ("more than 2.5 lakh people", Bounds(low=250_001, high=None)),
        ("two lakh people", exact(200_000)),
        ("fewer than 20", Bounds(low=None, high=19)),
        ("about 12", Bounds(low=12, high=12, approximate=True)),
        ("around a dozen guards", Bounds(low=12, high=12, approximate=True)),
        ("some 30 guests", Bounds(low=30, high=30, approximate=True)),
        ("between 10 and 15", Bounds(low=10, high=15)),
        ("10-15 boats", Bounds(low=10, high=15)),
        ("one to two million people", Bounds(low=1_000_000, high=2_000_000)),
        ("ten to twenty thousand homes", Bounds(low=10_000, high=20_000)),
        ("three or four cars", Bounds(low=3, high=4)),
        ("dozens", Bounds(low=24, high=None, approximate=True)),
        ("several hundred", Bounds(low=200, high=None, approximate=True)),
        ("tens of thousands", Bounds(low=20_000, high=None, approximate=True)),
        ("several", Bounds(low=None, high=None)),
        ("a number of guests", Bounds(low=None, high=None)),
    ],
)
def test_amounts_keep_their_hedge(text: str, expected: Bounds) -> None:
    """Each wording gives one interval, open where the words set no limit."""
    assert expected == read_bounds(text)


@pytest.mark.parametrize(
    "text", ["people", "50 percent", "007", "3.5", f"{LARGEST + 1} people", "over the river", ""]
)
def test_what_counts_nobody_is_no_amount(text: str) -> None:
    """Shares, bare decimals, padded numbers and populations are not read."""
    assert read_bounds(text) is None


@pytest.mark.parametrize("text", ["how many people", "$12 million"])
def test_what_stands_in_front_can_take_the_amount_away(text: str) -> None:
    """A question word or a currency makes the words after it no amount."""
    assert read_amount(tokenize(text, 0, len(text)), 1) is None


def test_amount_knows_its_tokens_and_hedge() -> None:
    """The amount covers hedge and number, not the noun."""
    text = "more than two dozen riders"
    amount = read_amount(tokenize(text, 0, len(text)), 0)
    assert amount is not None
    assert (0, 4, Hedge.MORE_THAN, True) == (amount.first, amount.last, amount.hedge, amount.is_word)


def test_cheap_test_lets_every_amount_pass() -> None:
    """Whatever `read_amount` reads begins with a word that `may_begin_amount` lets through."""
    for text in (
        "12",
        "dozens",
        "at least 3",
        "twenty-one",
        "a number of",
        "between 3 and 5",
        "some",
        "nearly 40",
    ):
        assert may_begin_amount(text.split()[0]), text


def test_no_amount_begins_behind_the_last_word() -> None:
    """A text that ends with "aged" or "nearly" has nothing there, and is read all the same."""
    assert not may_begin_amount("")

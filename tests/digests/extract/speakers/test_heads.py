"""Heads of offices: trades that no list has, and the head among several roles."""

import pytest

from digests.extract.speakers.profiles import read_apposition, read_phrase


@pytest.mark.parametrize(
    ("phrase", "role"),
    [
        ("hotel upholsterer Ida Dahl", "hotel upholsterer"),
        ("the glider Ida Dahl", "glider"),
        ("Oceanologist Ida Dahl", "Oceanologist"),
        ("the chipmaker Selvo Power", None),
        ("Walter Ida Dahl", None),
        ("the shelter", None),
        ("the Oceanologist", None),
    ],
)
def test_unlisted_trade_in_front_of_a_name(phrase: str, role: str | None) -> None:
    """A small noun that ends like somebody who does something is a trade where a name follows, and only there."""
    assert role == read_phrase(phrase, phrase).role


@pytest.mark.parametrize(
    ("apposition", "role"),
    [
        ("an upholsterer from Brume", "upholsterer"),
        ("an oncologist who saw the boy", "oncologist"),
        ("a number of whom", None),
    ],
)
def test_unlisted_trade_as_apposition(apposition: str, role: str | None) -> None:
    """An apposition to somebody's name tells a trade by its last noun."""
    assert role == read_apposition(apposition, apposition).role

"""Spellings: slips, short forms and other scripts of one name, and names that only look alike."""

import pytest

from digests.analysis.actors.spellings import is_short_form, near, near_given, sounds_like


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("mathew", "matthew", True),
        ("khwaja", "khawaja", True),
        ("bell", "ball", False),
        ("novak", "nowicki", False),
    ],
)
def test_one_letter_apart(one: str, other: str, expected: bool) -> None:
    """A slip of one letter joins long names only."""
    assert expected is near(one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("mohammed", "muhammad", True),
        ("yusuf", "youssef", True),
        ("aleksandr", "alexander", True),
        ("sergei", "sergey", True),
        ("petrovic", "petrovich", True),
        ("katherine", "catherine", True),
        ("hassan", "hussein", False),
        ("mohammed", "mahmoud", False),
        ("joan", "john", False),
        ("volodymyr", "vladimir", True),
        ("mario", "maria", False),
        ("al", "ali", False),
    ],
)
def test_one_sound_in_two_spellings(one: str, other: str, expected: bool) -> None:
    """Names written from another script are one by their sound, where no sex tells them apart."""
    assert expected is sounds_like(one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("dan", "daniel", True),
        ("bob", "rob", True),
        ("cath", "katherine", True),
        ("steven", "stephen", True),
        ("dan", "don", False),
        ("ed", "eva", False),
    ],
)
def test_short_forms(one: str, other: str, expected: bool) -> None:
    """A familiar form is its name, and another form of it."""
    assert expected is is_short_form(one, other)


def test_two_given_names_are_two_people() -> None:
    """One letter between two names that people bear is no slip; between a name and no name it is."""
    assert not near_given("maria", "marta")
    assert near_given("danniel", "daniel")

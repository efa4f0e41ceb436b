"""Nouns for people and the normal form of victims."""

import pytest

from digests.extract.counts.victims import group_of, is_person, is_plural, named_victims, plural_of


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("12 Belgian police officers", "police"),
        ("schoolgirls", "children"),
        ("non-Belgian nationals", "foreigners"),
        ("Belgians", "nationals"),
        ("aid workers", "workers"),
        ("young women", "women"),
        ("gunmen", "militants"),
        ("six crew members", "crew"),
        ("bystanders", "people"),
        ("", "people"),
    ],
)
def test_group_of_victims(words: str, expected: str) -> None:
    """The noun that names a group decides; the unknown are people."""
    assert expected == group_of(words.lower().split())


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("policeman", "policemen"),
        ("woman", "women"),
        ("coach", "coaches"),
        ("deputy", "deputies"),
        ("boy", "boys"),
        ("human", "humans"),
    ],
)
def test_plurals(noun: str, plural: str) -> None:
    """English plurals by rule."""
    assert plural == plural_of(noun)


def test_adjectives_are_no_people() -> None:
    """ "national" and "minor" are adjectives as often as nouns; their plurals are people."""
    assert [False, True, False, True] == [is_person(w) for w in ("national", "nationals", "minor", "minors")]
    assert is_plural("police")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("more", None),
        ("more victims", "victims"),
        ("of people", "people"),
        ("others", "others"),
        (None, None),
    ],
)
def test_what_only_adds_names_no_victims(words: str | None, expected: str | None) -> None:
    """ "Four more" are nobody by name."""
    assert expected == named_victims(words)

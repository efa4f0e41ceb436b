"""Names used as places, and the names that are none."""

import pytest

from digests.extract.places import find_places
from digests.rules.gazetteer import look_up
from digests.text.document import make_document


def _places(text: str) -> list[tuple[str, str | None]]:
    return [(place.name, place.country) for place in find_places(make_document("a1", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb exploded in Lagos on Monday.", [("Lagos", "NG")]),
        ("Police in Austin, Texas, made an arrest.", [("Austin", "US"), ("Texas", "US")]),
        ("Rescuers reached the village of Kolm Bara, in Kenya.", [("Kolm Bara", "KE"), ("Kenya", "KE")]),
        ("Two bridges fell in Kenya's Tarvo province.", [("Kenya", "KE"), ("Tarvo", "KE")]),
        ("A storm hit the Mérida area of Venezuela.", [("Mérida", "VE"), ("Venezuela", "VE")]),
        ("Rains fell on Córdoba province in Argentina.", [("Córdoba", "AR"), ("Argentina", "AR")]),
        ("Floods hit Ekenstad, Kenya, overnight.", [("Kenya", "KE")]),
        ("It happened near Ekenstad, Kenya.", [("Ekenstad", "KE"), ("Kenya", "KE")]),
        ("Schools closed in Nigeria's Niger state.", [("Nigeria", "NG"), ("Niger", "NG")]),
        ("The US state department warned travellers to Kenya.", [("US", "US"), ("Kenya", "KE")]),
        ("Iran state media reported it.", [("Iran", "IR")]),
        ("Patrols crossed Douglas County at noon.", [("Douglas", None)]),
        ("TROOPS ENTERED BOGOTA TODAY.", [("BOGOTA", "CO")]),
        ("A storm moved over South America and hit Peru.", [("Peru", "PE")]),
    ],
)
def test_places_are_read_with_their_country(text: str, expected: list[tuple[str, str | None]]) -> None:
    """A place carries the country that the text, else the gazetteer, gives it."""
    assert expected == _places(text)


@pytest.mark.parametrize(
    "text",
    [
        "Police spoke to Tom Austin about the fire.",
        "President Lincoln spoke.",
        "George Wallace met Marco Rubio.",
        "Sergeant Wayne said nothing.",
        "They met at noon.",
        "The Chicago Tribune reported it.",
        "A quake shook a Gulf island at noon.",
        "Storms closed the Baltic coast.",
    ],
)
def test_people_and_bodies_are_no_places(text: str) -> None:
    """A surname or a newspaper's name puts no incident on the map."""
    assert [] == _places(text)


def test_place_knows_what_lies_around_it() -> None:
    """ "Birmingham, Alabama" lies in Alabama, whatever larger city has its name."""
    first = find_places(make_document("a1", "A church burned in Birmingham, Alabama."))[0]
    assert ("Birmingham", "US", "Alabama") == (first.canonical, first.country, first.within)


def test_new_name_is_found_again() -> None:
    """A settlement introduced by its kind is a place further down as well."""
    text = "The town of Ekenstad was hit. Roads to Ekenstad are closed."
    assert ["Ekenstad", "Ekenstad"] == [name for name, _ in _places(text)]


def test_empty_text_has_no_places() -> None:
    """Nothing in, nothing out."""
    assert () == find_places(make_document("a1", ""))


@pytest.mark.parametrize(
    ("name", "country"),
    [("American", "US"), ("Americans", "US"), ("Serbian", "RS"), ("Belgrade", "RS"), ("Dominican", "DO")],
)
def test_adjective_is_of_the_country_that_news_means(name: str, country: str) -> None:
    """Not of an island or a state that is no more, which come first by their codes."""
    entry = look_up(name)
    assert entry is not None
    assert country == entry.country

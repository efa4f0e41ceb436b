"""Offices: what in front of a head is part of the role, and what is the body that it is of."""

import pytest

from digests.extract.speakers.profiles import read_apposition, read_phrase


@pytest.mark.parametrize(
    ("phrase", "role", "affiliation"),
    [
        ("Danish reef ecologist Ida Dahl", "reef ecologist", None),
        ("veteran crab fisherman Jon Bell", "veteran crab fisherman", None),
        (
            "Nepal's home ministry deputy spokesperson Dilip Rana",
            "deputy spokesperson",
            "Nepal's home ministry",
        ),
        ("Brume County sheriff's Sgt. Jon Bell", "Sgt", "Brume County sheriff"),
        ("Brume Police deputy director Jon Bell", "deputy director", "Brume Police"),
        ("Altaro campaign spokesman Jon Bell", "spokesman", "Altaro campaign"),
        ("the union official Ida Dahl", "union official", None),
        ("the teachers' union president Ida Dahl", "president", "teachers' union"),
        ("Oxfam project officer Ida Dahl", "project officer", "Oxfam"),
        ("Vineyard owner Jon Bell", "Vineyard owner", None),
        ("Oxfam's Chad director Ida Dahl", "Chad director", "Oxfam"),
        ("former US minister Jon Bell", "former minister", None),
        ("the Danish interior minister's spokesman Jon Bell", "spokesman", None),
        ("Kivumaa's disaster minister Ida Dahl", "disaster minister", None),
        ("Republican presidential hopeful Jon Bell", "Republican presidential hopeful", None),
        ("Scottish Transport Police Superintendent Jon Bell", "Superintendent", "Scottish Transport Police"),
        ("her angry brother Jon Bell", "brother", None),
        ("Media caption General Jon Bell", "General", None),
        ("Oxfam's Tom Reed Danish President Ida Dahl", "President", None),
        ("Chad's information minister and government spokesman Jon Bell", "spokesman", None),
        ("Tuesday Altaro spokesman Jon Bell", "spokesman", None),
        ("Avalanche forecaster Ida Dahl", "Avalanche forecaster", None),
        ("Prize-winning chef Jon Bell", "Prize-winning chef", None),
        ("Some residents", "residents", None),
        ("Three fans", "fans", None),
        ("But experts", "experts", None),
        ("the airline's Bern-based chief executive Jon Bell", "chief executive", None),
        ("President Tom Reed's security adviser Ida Dahl", "security adviser", None),
        (
            "Presumptive Republican presidential nominee Jon Bell",
            "Presumptive Republican presidential nominee",
            None,
        ),
        ("Democratic strategist Jon Bell", "Democratic strategist", None),
        ("2012 Harbour Party strategist Jon Bell", "strategist", "Harbour Party"),
        ("Bern-based Harbour Party strategist Jon Bell", "strategist", "Harbour Party"),
    ],
)
def test_front_of_a_name(phrase: str, role: str | None, affiliation: str | None) -> None:
    """Small nouns narrow a role down, whatever they are; bodies, owners and countries do not."""
    profile = read_phrase(phrase, phrase)
    assert (role, affiliation) == (profile.role, profile.affiliation)


@pytest.mark.parametrize(
    ("apposition", "role", "affiliation"),
    [
        ("a University of Lund professor", "professor", "University of Lund"),
        ("the Chamber's chief political strategist", "chief political strategist", "Chamber"),
        (
            "a lecturer in maritime law at Lund College and a former judge",
            "lecturer in maritime law",
            "Lund College",
        ),
        (
            "director for civil liberties at the Open Harbour Forum",
            "director for civil liberties",
            "Open Harbour Forum",
        ),
        ("a surgeon and director of the Bern Clinic", "surgeon", "Bern Clinic"),
        ("a member of the pro-Danish Harbour Party", "member", "Harbour Party"),
        ("a mother of three from Brume", "mother", None),
        ("a Reed supporter and president of the Bern Club", "president", "Bern Club"),
        ("an account executive for a tech firm that sells screens", "account executive", None),
        ("an official with the Works Department visiting Chad", "official", "Works Department"),
        ("a tribal leader from the Brume hills", "tribal leader", None),
        ("the mayor of the flooded town of Brume", "mayor", "Brume"),
        ("a Senate press secretary for Tom Reed", "press secretary", "Senate"),
        ("a spokesman for Mrs. Dahl", "spokesman", None),
        ("a former aide with Sen. Karl Reed's campaign", "former aide", "Sen. Karl Reed's campaign"),
    ],
)
def test_apposition(apposition: str, role: str | None, affiliation: str | None) -> None:
    """The head is the last noun in front of a preposition, its field and its body stand behind."""
    profile = read_apposition(apposition, apposition)
    assert (role, affiliation) == (profile.role, profile.affiliation)


@pytest.mark.parametrize(
    ("phrase", "kind"), [("Petra Lund", "other"), ("Petra news agency", "media"), ("PETRA", "media")]
)
def test_given_name_of_an_agency(phrase: str, kind: str) -> None:
    """An agency's name in front of a surname is a person's."""
    assert kind == read_phrase(phrase, phrase).kind

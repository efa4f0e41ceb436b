"""What is said of an incident without a number."""

import datetime as dt

import pytest

from digests.extract.accounts import find_accounts
from digests.extract.dates import find_dates
from digests.extract.incidents import find_incidents
from digests.extract.places import find_places
from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import AccountMention


def _accounts(text: str) -> list[AccountMention]:
    document = make_document("a1", text, published=dt.date(2024, 5, 16))
    incidents = find_incidents(document, find_dates(document), find_places(document))
    return list(find_accounts(document, find_quotes(document), incidents))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The strikes were carried out by drones and rockets.", [("means", "drones"), ("means", "rockets")]),
        ("Warplanes hit the village in a raid.", [("means", "Warplanes")]),
        (
            "The airstrikes targeted camps of the Highland Liberation Front and the Coastal Army.",
            [("target", "Highland Liberation Front"), ("target", "Coastal Army")],
        ),
        ("The shelling hit a hospital.", [("target", "hospital")]),
        ("The raid killed several militants.", [("victims", "militants")]),
        ("The strikes killed innocent Kenyan people.", [("victims", "innocent Kenyan people")]),
        ("Police blamed brake failure for the bus crash.", [("cause", "brake failure")]),
        ("A gas leak caused the explosion.", [("cause", "gas leak")]),
        ("The Coastal Front claimed responsibility for the bombing.", [("actor", "Coastal Front")]),
        ("The blast struck at 6:40 am.", [("time", "6:40 am")]),
        ("The ferry sank; the mate told police it was struck by a large wave.", [("cause", "large wave")]),
        ("The ferry sank. Survivors say it was badly overloaded.", [("cause", "overloaded")]),
        ("The ferry was badly overloaded when it sank.", []),
        ("A student opened fire. The gun was a 9 mm pistol.", [("means", "pistol")]),
        ("The train derailed, and the guard said a broken rail was suspected.", [("cause", "broken rail")]),
        ("Nine villagers, two of them boys, were killed in the raid.", [("victims", "villagers")]),
        ("An elder blamed the army for the bombing.", [("actor", "army")]),
        ("Rebels accused the army of a massacre after the raid.", [("actor", "army")]),
        ("The plant said a power surge led to the explosion.", [("cause", "power surge")]),
        ("Neighbours of the mill spoke of a gas leak before the blast.", [("cause", "gas leak")]),
        ("The dam burst in the flood. Engineers said cracks had been reported.", [("cause", "cracks")]),
        (
            "The train derailed. The union said bolts appeared to have been removed.",
            [("cause", "bolts appeared to have been removed")],
        ),
        (
            "Nine died in a crush when fans without tickets pushed in. Police had fired tear gas.",
            [("cause", "fans without tickets"), ("cause", "tear gas")],
        ),
        ("Police fired tear gas in clashes that left two dead.", []),
        ("Two barrel bombs were dropped on the market in the raid.", [("means", "barrel bombs")]),
        ("The mayor said the camp was hit by a drone in the attack.", [("means", "drone")]),
        ("An air strike on a crowded market was condemned.", [("target", "market")]),
        (
            "The army said its airstrike hit a weapons store and that rebels had shelled the market.",
            [("target", "weapons store")],
        ),
        ("The general called allegations about an air strike on a market lies.", []),
        ("A raid hit the town. The army said the school was being used as a base.", [("target", "base")]),
        ("A bus crashed. The driver said the brakes had failed.", [("cause", "brakes had failed")]),
        ("A bus crashed. A police report says the driver was speeding.", [("cause", "speeding")]),
        (
            "Two died in a border clash. Norway said Swedish troops opened fire first.",
            [("actor", "Swedish troops")],
        ),
    ],
)
def test_answers_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    """Each named group or thing is one answer to one aspect."""
    found = [(str(a.aspect), a.answer) for a in _accounts(text)]
    assert expected == [pair for pair in found if not expected or pair[0] == expected[0][0]]


@pytest.mark.parametrize(
    "text",
    [
        "The raid did not target the Coastal Front.",
        "The army denied that one of its fighter jets had bombed a school with guided bombs in the strike.",
        "Kenya and Uganda accused each other of harbouring rebels before the attack.",
        "The shooting left two dead. The sheriff corrected an earlier statement that the gun was a rifle.",
        "Investigators ruled out a gas leak as the cause of the blast.",
        "No incident is told here, only drones used by farmers.",
    ],
)
def test_denied_or_foreign_answers_are_none(text: str) -> None:
    """What is denied, or said of no incident, is no account."""
    assert [] == [a.answer for a in _accounts(text) if a.aspect in ("target", "actor", "cause", "means")]


def test_account_has_its_claimant() -> None:
    """The speaker of the statement around the answer claims it."""
    (account,) = [
        a for a in _accounts("The strikes were carried out by drones, the army said.") if a.aspect == "means"
    ]
    assert account.claimant is not None
    assert "army" in account.claimant.name

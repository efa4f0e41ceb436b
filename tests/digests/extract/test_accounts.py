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
        ('The barn fire is out. "We have no idea what caused the fire," the mayor told reporters.', []),
        ("Police say a fire that caused the collapse of the barn is out.", []),
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
        "The Coastal Front has not claimed responsibility for the bombing.",
        "The Coastal Front hasn't claimed responsibility for the bombing.",
        "Neither the army nor the Coastal Front immediately claimed responsibility for the bombing.",
    ],
)
def test_denied_or_foreign_answers_are_none(text: str) -> None:
    """What is denied, or said of no incident, is no account."""
    told = [a for a in _accounts(text) if not a.is_denied]
    assert [] == [a.answer for a in told if a.aspect in ("target", "actor", "cause", "means")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The raid hit a farm. The army denied that it had bombed a school.",
            [("actor", "the army"), ("target", "school")],
        ),
        ("After the bombing the Coastal Front denied any role in it.", [("actor", "Coastal Front")]),
        ("A bombing killed two. The Taliban denied responsibility.", [("actor", "Taliban")]),
        (
            "A bomb killed two. Unions accused the army of planting it. The army rejected the charge.",
            [("actor", "the army")],
        ),
        ("A bomb killed two. The army rejected the charge.", []),
        (
            "A blast killed two. The trade minister denied that a gas leak caused the explosion.",
            [("cause", "gas leak")],
        ),
        (
            "The raid killed nine. No civilians were among the dead, the army said.",
            [("victims", "civilians")],
        ),
        ("The raid killed nine. Not only civilians were killed, the army said.", []),
        ("The raid killed nine. The army denied that it had hit no school.", [("actor", "the army")]),
        ("A bomb killed two. The mayor denied any role in it.", []),
        (
            "A bomb killed two. The army said its men had nothing to do with the attack.",
            [("actor", "the army")],
        ),
        ("A bomb killed two. The army said its men had nothing to eat after the attack.", []),
        ("The raid killed nine. Some spread false claims that it hit a school.", []),
        (
            "A bomb killed two. The party accused the army of the attack. A military spokesman called the claim a lie.",
            [("actor", "a military spokesman")],
        ),
    ],
)
def test_what_a_speaker_denies_is_kept_as_denied(text: str, expected: list[tuple[str, str]]) -> None:
    """A denial names what it denies: an answer, or the speaker as who did it; a bare one answers a charge before it."""
    assert expected == [(a.aspect, a.answer) for a in _accounts(text) if a.is_denied]


@pytest.mark.parametrize(("between", "expected"), [(2, ["the army"]), (20, [])])
def test_a_bare_denial_answers_a_charge_that_stands_near(between: int, expected: list[str]) -> None:
    """What was charged pages ago is not what "denied the accusation" is about."""
    filler = "The hall has a new roof and a wide door. " * between
    text = f"A bomb killed two. The party blamed the army for it. {filler}The army denied the accusation."
    assert expected == [a.answer for a in _accounts(text) if a.is_denied]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The boat sank. Sweden said it had been in Norwegian waters.", ["norway"]),
        ("The boat sank. Norway's navy said it was in international waters.", ["@nobody"]),
        ("The boat sank. Norway said it was in its territorial waters.", ["norway"]),
        ("The boat sank. The crew said it was in deep waters.", []),
        ("The boat sank in Norwegian waters.", []),
    ],
)
def test_in_whose_waters_it_was(text: str, expected: list[str]) -> None:
    """A state's by its name, nobody's, or the speaker's own; only where somebody says so."""
    assert expected == [a.normal for a in _accounts(text) if a.aspect == "place"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A trawler sank. The skipper said it had been shelled.", ["shelled"]),
        (
            "A trawler sank. The ministry said it went down after ramming a patrol boat.",
            ["ramming a patrol boat"],
        ),
        ("A trawler sank. The crew told police that the wash of a tanker rolled it over.", []),
        ("A ferry sank after it ran aground.", ["ran aground"]),
        ("A helicopter crashed. Rebels said they had shot it down.", ["shot it down"]),
        ("Riots followed a prisoner's death. Police said he hanged himself.", ["hanged himself"]),
        ("Riots followed a prisoner's death. The warden said he died of a heart attack.", ["heart attack"]),
        (
            "Riots followed a prisoner's death. His sister said he was beaten to death.",
            ["was beaten to death"],
        ),
        ("A trawler sank. It had been shelled in the war.", []),
    ],
)
def test_what_was_done_to_a_ship_or_a_man(text: str, expected: list[str]) -> None:
    """How it came to a loss or a death is a cause where somebody says so."""
    assert expected == [a.answer for a in _accounts(text) if a.aspect == "cause"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A fire killed two. The mayor blamed wrongly stored paint.", [("wrongly stored paint", False)]),
        ("A fire killed two. The mayor blamed wrongly stored paint for the delay.", []),
        ("A coach crashed. The union said worn cables were to blame.", [("worn cables", False)]),
        ("A coach crashed. The union said the crash was caused by a loose wheel.", [("loose wheel", False)]),
        ("A coach crashed. Inspectors ruled out the tyres as a cause.", [("tyres", True)]),
        ("A fire killed two. The mayor blamed the landlord.", []),
        (
            "An outbreak of cholera killed two. The mayor attributed it to a muddy brook.",
            [("muddy brook", False)],
        ),
        ("A raid killed two. The mayor blamed careless talk.", []),
        ("A fire killed two. The mayor blamed a gas leak for it.", [("gas leak", False)]),
        ("A fire killed two. Wrongly stored paint was to blame.", []),
    ],
)
def test_a_cause_is_read_in_any_words(text: str, expected: list[tuple[str, bool]]) -> None:
    """By the words of blaming and causing, of accidents alone, where somebody says so; who is blamed is no cause."""
    assert expected == [(a.answer, a.is_denied) for a in _accounts(text) if a.aspect == "cause"]


def test_account_has_its_claimant() -> None:
    """The speaker of the statement around the answer claims it."""
    (account,) = [
        a for a in _accounts("The strikes were carried out by drones, the army said.") if a.aspect == "means"
    ]
    assert account.claimant is not None
    assert "army" in account.claimant.name


def test_target_belongs_to_the_attack_on_it() -> None:
    """What an attack was on is its target, also where another attack stands closer behind the words."""
    text = (
        "Chad's air force carried out strikes on a market in Niger on Thursday. The strikes began in the village of "
        "Ourbadine. The region has been restless since France began attacks on a mosque in Mali, strikes that go on."
    )
    told = {account.answer: account.incident.place for account in _accounts(text)}
    assert told == {"market": "Ourbadine", "mosque": "Mali"}


def test_attacks_in_general_have_no_target() -> None:
    """What somebody fears or forbids is none of the raid that the article is about."""
    text = (
        "A drone strike on a market in Niger killed nine people on Thursday. The drone strike was the first in years. "
        "A group of elders said it feared further attacks on civilians."
    )
    assert [account.answer for account in _accounts(text) if account.aspect == "target"] == ["market"]


def test_a_shooting_is_done_with_guns_alone() -> None:
    """What a crowd threw is not what its people were shot with."""
    text = "Police said the crowd threw petrol bombs. Police shot dead two students in Lagos with rifles on Monday."
    assert {account.answer for account in _accounts(text) if account.aspect == "means"} <= {"rifles"}
    assert [a.answer for a in _accounts("A student opened fire. The gun was a 9 mm pistol.")] == ["pistol"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nine died when two trams met near Lund on Tuesday. The operator said the driver braked far too late.",
            {("human error", False)},
        ),
        (
            "A ferry sank off Lagos on Tuesday. A sailor said there was a hole in the bow, and that it rained.",
            {("hull", False), ("weather", False)},
        ),
        (
            "A ferry sank off Lagos on Tuesday. The owner said there had been no storm that night.",
            {("weather", True)},
        ),
        (
            "A ferry sank off Lagos on Tuesday. The mayor said a storm was hampering the search.",
            set(),
        ),
        (
            "A crane collapsed in Lagos on Tuesday. The union said that it had not been properly fixed.",
            {("upkeep", False)},
        ),
        (
            "A train derailed in Lagos on Tuesday. The union said the brakes, which were new in May, did not bite.",
            {("mechanical", False)},
        ),
        (
            "Two died at a police post in Lagos on Tuesday. A neighbour said officers had kicked both of them.",
            {("violence", False)},
        ),
        (
            "A ferry sank off Lagos on Tuesday. The mayor said that a storm will come on Friday.",
            set(),
        ),
        (
            "The flu outbreak killed nine in Lagos. A doctor said no pigs had been infected with the virus.",
            set(),
        ),
        (
            "A shop burned down in Lagos on Tuesday. The fire killed two. The mayor said its doors had been locked.",
            set(),
        ),
    ],
)
def test_a_cause_is_told_by_what_it_names(text: str, expected: set[tuple[str, bool]]) -> None:
    """A thing and its fault, weather, a driver's mistake; not where help or what is to come is spoken of."""
    found = {(a.normal, a.is_denied) for a in _accounts(text) if a.aspect == "cause"}
    assert expected == found

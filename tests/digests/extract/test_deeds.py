"""Who did it, who did not, and who the dead were, as speakers tell it in any words."""

import datetime as dt

import pytest

from digests.extract.accounts import find_accounts
from digests.extract.dates import find_dates
from digests.extract.incidents import find_incidents
from digests.extract.places import find_places
from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import AccountMention, Aspect


def _accounts(text: str) -> list[AccountMention]:
    document = make_document("a1", text, published=dt.date(2024, 5, 16))
    incidents = find_incidents(document, find_dates(document), find_places(document))
    return list(find_accounts(document, find_quotes(document), incidents))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Residents said bandits from the hills had looted the village", [("@armed", False)]),
        ("The mayor said soldiers guarding a well fired at the crowd", [("@state", False)]),
        ("Police blamed bandits for the raid", [("@armed", False)]),
        ("His family accused officers of having beaten him", [("@state", False)]),
        ("The mayor said the raid was the work of cultists", [("@armed", False)]),
        ("The mayor said it was all the doing of cultists", [("@armed", False)]),
        ("A survivor said the attackers were soldiers", [("@state", False)]),
        ("A survivor said the gunmen belonged to the army", [("@state", False)]),
        ("The mayor accused bandits of the raid", [("@armed", False)]),
        ("The ministry said none of its drones had struck the town", []),
        ("Kenya's army said none of its drones had struck the town", [("kenya", True)]),
        ("Kenya's army said the reports that its men burned the huts were false", [("kenya", True)]),
        ('"Our men were nowhere near the town," said a Hezbollah spokesman', [("hezbollah", True)]),
        ("The army said its men slept there", []),
        ("The mayor said rebels had made a deal and soldiers took the bus home", []),
        ("The mayor said rebels had thrown a grenade", [("@armed", False)]),
        ("The mayor said rebels could attack the town", []),
        ("The mayor spoke of an attack on rebels", []),
    ],
)
def test_doers_are_read_from_any_statement(said: str, expected: list[tuple[str, bool]]) -> None:
    """A verb of harm with its subject or its "by", the accused, who was behind it; or none of them."""
    found = _accounts(f"Nine people were killed in a raid in Garo on Tuesday. {said}.")
    told = [(a.normal, a.is_denied) for a in found if a.aspect is Aspect.ACTOR]
    assert [("hzbll" if name == "hezbollah" else name, denied) for name, denied in expected] == told


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The army said the three killed were smugglers", ["fighters"]),
        ("A widow said her husband had gone out to graze goats", ["civilians"]),
        ("An elder said none of them had a weapon", ["civilians"]),
        ("The minister said those killed belonged to a banned cell", ["fighters"]),
        ("A neighbour said she was late", []),
        ("The mayor said the men had left at noon", []),
    ],
)
def test_who_the_dead_were(said: str, expected: list[str]) -> None:
    """What is told of the dead as a subject makes them fighters or people of peace; what is told of others nothing."""
    found = _accounts(f"Three men were killed in a raid in Garo on Tuesday. {said}.")
    assert expected == [a.normal for a in found if a.aspect is Aspect.VICTIMS]

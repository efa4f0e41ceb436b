"""Accounts that exclude each other, and those that do not."""

import dataclasses
import datetime as dt

import pytest

from digests.analysis.accounts import compare_accounts
from digests.analysis.incidents import group_incidents
from digests.extract import extract
from digests.text.document import make_document
from digests.types import Article, Conflict, ConflictKind, StoryArticle


def _item(article_id: str, text: str, copy_of: str | None = None) -> StoryArticle:
    document = make_document(article_id, text, published=dt.date(2024, 5, 16))
    article = Article(
        id=article_id, source_id="s", external_id=article_id, text=text, outlet=f"Outlet {article_id}"
    )
    return StoryArticle(article=article, facts=extract(document), copy_of=copy_of)


def _compare(*texts: str) -> tuple[Conflict, ...]:
    items = [_item(f"a{number}", text) for number, text in enumerate(texts)]
    return compare_accounts(items, group_incidents(items))


@pytest.mark.parametrize(
    ("one", "other", "about", "sides"),
    [
        (
            "A fire in a Lagos hostel killed nine on Tuesday. Guests said the exits had been locked.",
            "Nine people died in Tuesday's fire at a hostel in Lagos. The owner said that all doors were open.",
            "course",
            {"the exits had been locked", "all doors were open"},
        ),
        (
            "A flood in Lagos killed nine on Tuesday. Residents said nobody had warned them.",
            "Nine people died in Tuesday's flood in Lagos. The mayor said sirens were sounded at noon.",
            "course",
            {"nobody had warned them", "sirens were sounded at noon"},
        ),
        (
            "A fire in a Lagos market killed nine on Tuesday. Police blamed fireworks for the blaze.",
            "Nine people died in Tuesday's fire at a market in Lagos. The mayor said a short circuit caused the blaze.",
            "cause",
            {"fireworks", "short circuit"},
        ),
        (
            "An airstrike in Somalia on Tuesday killed nine militants, the army said.",
            "Tuesday's airstrike in Somalia killed nine civilians, elders said.",
            "victims",
            {"militants", "civilians"},
        ),
        (
            "Kenyan airstrikes in Somalia on Tuesday were carried out by drones, an official said.",
            "Kenyan fighter jets conducted Tuesday's airstrikes in Somalia, a general said.",
            "means",
            {"drones", "fighter jets"},
        ),
        (
            "An air strike on a market in Sudan on Tuesday killed nine people, doctors said.",
            "Tuesday's air strike in Sudan hit a weapons store, a general said.",
            "target",
            {"market", "weapons store"},
        ),
        (
            "A drone hit a train near Kassala in Sudan on Tuesday. The army said it had struck a train that was "
            "carrying ammunition.",
            "The mayor said the train that a drone hit near Kassala on Tuesday was a passenger service.",
            "target",
            {"carrying ammunition", "was a passenger service"},
        ),
        (
            "Nine died when a freighter sank off Gabes on Tuesday. The ministry said an explosion in the engine room "
            "had sunk it.",
            "A freighter sank off Gabes on Tuesday after an attack by saboteurs, its owner said. A port official said "
            "the blasts had torn a hole into its hull.",
            "cause",
            {
                "an explosion in the engine room had sunk it",
                "A freighter sank off Gabes on Tuesday after an attack by saboteurs",
            },
        ),
        (
            "Nine guests died of poisoning in Lagos on Tuesday. The health office blamed contaminated water for it.",
            "Tuesday's poisoning in Lagos killed nine. A nurse said they had been poisoned by a pesticide.",
            "cause",
            {"contaminated water", "pesticide"},
        ),
        (
            "Nine died when a dam broke near Lima on Tuesday. The operator blamed record rainfall. "
            "The ministry said heavy rain had fallen all night.",
            "Nine died when a dam broke near Lima on Tuesday. Engineers said a cracked wall caused the collapse.",
            "cause",
            {"record rainfall", "cracked wall"},
        ),
        (
            "Nine died when a train derailed near Lima on Tuesday. The operator said the driver had been on the phone.",
            "Tuesday's derailment near Lima killed nine. The union said the wheels had given trouble for weeks.",
            "cause",
            {"the driver had been on the phone", "the wheels had given trouble for weeks"},
        ),
        (
            "Nine died when a coach crashed near Lima on Tuesday. The driver told police that the brakes had failed.",
            "Tuesday's coach crash near Lima killed nine. The ministry said the driver had fallen asleep.",
            "cause",
            {"brakes had failed", "fallen asleep"},
        ),
        (
            "A drone hit a bus in Donetsk on Tuesday, killing nine. The mayor accused Russian forces of attacking it.",
            "A drone hit a bus in Donetsk on Tuesday. Russia's army said a Ukrainian drone had hit it.",
            "actor",
            {"Russian forces", "Ukrainian"},
        ),
        (
            "A fire at a Lagos dairy killed nine on Tuesday. The owner suspects that welding sparks caused the fire.",
            "Tuesday's fire at a dairy in Lagos killed nine. Inspectors said a worn belt was to blame.",
            "cause",
            {"welding sparks", "worn belt"},
        ),
        (
            "Nine died in a fire at a Lagos mill on Tuesday. What set it off? The union speaks of a cutting torch.",
            "The mill fire in Lagos on Tuesday killed nine. It broke out because of a jammed fan, the owner said.",
            "cause",
            {"cutting torch", "jammed fan"},
        ),
        (
            "An airstrike near Mogadishu in Somalia on Tuesday hit a column of rebels, the army said. Nine died.",
            "The nine people killed in Tuesday's airstrike near Mogadishu in Somalia were herders, elders said.",
            "victims",
            {"rebels", "herders"},
        ),
        (
            "Nine died in an air strike in Sudan on Tuesday. Residents said a bakery was struck.",
            "Tuesday's air strike in Sudan hit a training ground, a general said.",
            "target",
            {"bakery", "training ground"},
        ),
        (
            "Two died in a clash between Norway and Sweden on Tuesday. Norway said Swedish troops fired first.",
            "Two died in Tuesday's clash between Norway and Sweden. Sweden said Norwegian troops opened fire first.",
            "actor",
            {"Swedish troops", "Norwegian troops"},
        ),
    ],
)
def test_exclusive_answers_conflict(one: str, other: str, about: str, sides: set[str]) -> None:
    """Different voices with answers that exclude each other are shown with both sides."""
    (conflict,) = [c for c in _compare(one, other) if c.about == about]
    assert ConflictKind.ACCOUNT is conflict.kind
    assert sides == {side.says for side in conflict.sides}
    assert all(side.citations and side.claimants for side in conflict.sides)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "A flood in Lagos killed nine on Tuesday. The mayor said no school would be closed.",
            "Nine died in Tuesday's flood in Lagos. Parents said two schools were closed by its damage.",
        ),
        (
            "A fire in Lagos killed nine on Tuesday. Police said they had not questioned the owner of the hostel.",
            "Nine died in Tuesday's fire in Lagos. The mayor said the owner had visited the questioned staff.",
        ),
        (
            "An air strike on a market in Sudan on Tuesday killed nine people, doctors said.",
            "Tuesday's air strike in Sudan hit a hospital, nurses said.",
        ),
        (
            "A fire in a Lagos market killed nine on Tuesday. Police blamed fireworks for the blaze.",
            "Tuesday's fire at a Lagos market was sparked by fireworks, the mayor said.",
        ),
        (
            "Kenyan warplanes bombed camps in Somalia on Tuesday, an official said.",
            "Kenyan fighter jets bombed camps in Somalia on Tuesday, a general said.",
        ),
        (
            "Tuesday's airstrike in Somalia killed four militants and two civilians, the army said.",
            "Tuesday's airstrike in Somalia killed civilians, elders said.",
        ),
        (
            "Missiles hit a village in Somalia on Tuesday in an airstrike, elders said.",
            "Kenyan fighter jets conducted Tuesday's airstrike in Somalia, a general said.",
        ),
        (
            "An air strike hit a market in Omdurman, Sudan, on Tuesday, killing nine people, doctors said.",
            "The army denied that its planes had bombed Omdurman in Sudan on Tuesday.",
        ),
        (
            "A bombing in Lima on Tuesday killed nine guerrillas, the army said.",
            "A bombing in Cusco last March killed nine civilians, nuns said.",
        ),
        (
            "A quake struck Peru at 6:40 am on Tuesday.",
            "The quake in Peru on Tuesday struck at about 6.45am.",
        ),
    ],
)
def test_agreeing_answers_are_silent(one: str, other: str) -> None:
    """One class, a voice that gives both answers, or minutes apart: no conflict."""
    assert () == _compare(one, other)


def test_order_of_articles_does_not_matter() -> None:
    """The same conflicts, sides and citations for either order."""
    items = [
        _item("a0", "A fire in a Lagos market on Tuesday was caused by fireworks, police said."),
        _item("a1", "Tuesday's fire in a Lagos market was caused by a short circuit, the mayor said."),
    ]
    forth = compare_accounts(items, group_incidents(items))
    back = compare_accounts(items[::-1], group_incidents(items[::-1]))
    assert forth == back
    assert forth


def test_two_causes_of_one_article_need_their_holders() -> None:
    """An article that says who blames what tells two accounts; one that gives both itself does not."""
    told = (
        "A dam collapse near Lagos killed nine on Tuesday. The operator blamed heavy rain for the collapse. "
        "The engineers blamed cracks in the wall."
    )
    (conflict,) = [c for c in _compare(told) if c.about == "cause"]
    assert {"heavy rain", "cracks"} == {side.says for side in conflict.sides}


def test_side_without_a_name_is_told_by_its_citation() -> None:
    """A page that names neither speaker nor outlet has no claimant, least of all the name of its file."""
    one, other = (
        _item("a1.txt", "A fire in a Lagos market killed nine on Tuesday. A gas leak caused the blaze."),
        _item(
            "a2.txt",
            "Nine died in Tuesday's fire at a market in Lagos. The mayor blamed fireworks for the blaze.",
        ),
    )
    nameless = dataclasses.replace(one, article=dataclasses.replace(one.article, outlet=None))
    (conflict,) = compare_accounts([nameless, other], group_incidents([nameless, other]))
    assert {("gas leak", ()), ("fireworks", ("the mayor",))} == {
        (s.says, s.claimants) for s in conflict.sides
    }
    assert "Accounts differ on the cause: gas leak; fireworks (the mayor)." == conflict.note


def test_holder_at_the_head_of_a_sentence_is_told_once() -> None:
    """ "Engineers" and "engineers" are the same holders of one side."""
    (conflict,) = _compare(
        "A dam in Peru broke on Tuesday, killing nine. Engineers blamed the collapse on neglect.",
        "The dam in Peru that broke on Tuesday killed nine. Neglect caused the collapse, engineers said.",
        "Nine people died when a dam in Peru broke on Tuesday. The owner blamed the collapse on heavy rain.",
    )
    names = [name.casefold() for side in conflict.sides for name in side.claimants]
    assert "engineers" in names
    assert sorted(set(names)) == sorted(names)


def test_side_shows_three_words_at_most() -> None:
    """One word of each class before a second one of any."""
    one = "Kenyan airstrikes in Somalia on Tuesday were carried out by drones, killer drones, rockets and artillery."
    other = "Kenyan fighter jets conducted Tuesday's airstrikes in Somalia, a general said."
    (conflict,) = [c for c in _compare(one, other) if c.about == "means"]
    assert {"drones, rockets and artillery", "fighter jets"} == {side.says for side in conflict.sides}


@pytest.mark.parametrize(
    ("one", "other", "about", "sides"),
    [
        (
            "A bomb killed nine people in Lagos on Tuesday. Unions accused the army of carrying out the attack.",
            "Nine died in Tuesday's bombing in Lagos. The army denied any involvement.",
            "actor",
            {"army", "not the army"},
        ),
        (
            "Police fired on a crowd in Lagos on Tuesday. The opposition said nine had been shot dead by police.",
            "Nine people died in Tuesday's shooting in Lagos. The police denied that officers had fired on the crowd.",
            "actor",
            {"police", "not the police"},
        ),
        (
            "A fire in a Lagos market killed nine on Tuesday. Traders blamed a gas leak for the fire.",
            "Nine people died in Tuesday's fire in Lagos. The minister denied that a gas leak caused the blaze.",
            "cause",
            {"gas leak", "no gas leak"},
        ),
        (
            "Tuesday's airstrike in Somalia killed nine civilians, elders said.",
            "An airstrike in Somalia killed nine on Tuesday. The army said no civilians were among the dead.",
            "victims",
            {"civilians", "no civilians"},
        ),
        (
            "A trawler sank off Oran on Tuesday. Morocco said it had been in Moroccan waters.",
            "A trawler sank off Oran on Tuesday. Algeria said it went down in Algerian waters.",
            "place",
            {"Moroccan waters", "Algerian waters"},
        ),
        (
            "A fire at a mill in Lagos killed nine on Tuesday. The mayor blamed wrongly stored paint.",
            "Nine died in Tuesday's fire at a mill in Lagos. The owner said a hot iron caused the blaze.",
            "cause",
            {"wrongly stored paint", "hot iron"},
        ),
        (
            "Nine people were shot dead by police in Lagos on Tuesday, the union said.",
            "Nine were shot dead in Lagos on Tuesday. Interior minister Ana Bell denied that police had opened fire.",
            "actor",
            {"police", "not police"},
        ),
        (
            "A drone hit a depot in Chad on Friday, killing two. Sudan accused Kenya of the attack.",
            "A drone hit a depot in Chad on Friday. Kenya's military said it had nothing to do with the attack.",
            "actor",
            {"Kenya", "not Kenya's military"},
        ),
    ],
    ids=["charge", "deed", "cause", "victims", "waters", "open cause", "minister", "army of a state"],
)
def test_who_denies_contradicts_who_says_so(one: str, other: str, about: str, sides: set[str]) -> None:
    """No table of answers that exclude each other is needed."""
    (conflict,) = [c for c in _compare(one, other) if c.about == about]
    assert sides == {side.says for side in conflict.sides}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "A bomb killed nine in Lagos on Tuesday. Police said rebels were behind the attack.",
            "Nine died in Tuesday's bombing in Lagos. The army denied any involvement.",
        ),
        (
            "A bomb killed nine in Mali on Tuesday. Rebels accused the army of carrying out the attack.",
            "Nine died in Tuesday's bombing in Mali. Russia denied any involvement.",
        ),
        (
            "A fire at a mill in Lagos killed nine on Tuesday. The mayor blamed wrongly stored paint.",
            "Nine died in Tuesday's fire at a mill in Lagos. Firemen said that paint caused the blaze.",
        ),
        (
            "Rebels raided a village in Mali on Tuesday. The governor said nine of them were shot dead by soldiers.",
            "Tuesday's raid on a village in Mali left nine dead. The army said rebels had shot two herders dead.",
        ),
    ],
    ids=["nobody accuses", "another state", "one cause", "each side kills"],
)
def test_denial_of_what_nobody_says_is_silent(one: str, other: str) -> None:
    """A denial stands against those who say it, and of two sides that fight each may kill."""
    assert () == _compare(one, other)

"""Persons told of one by one count where the text counts no others, and nobody counts twice."""

import pytest

from digests.extract.casualties import SUM_RULE, find_figures
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rita Holm was pronounced dead at 8:35 pm.", [("killed", 1)]),
        ("Rita Holm left the bar at nine. Minutes later Holm was fatally shot.", [("killed", 1)]),
        ("Officers shot and killed Aldo Brun. Three others were killed in May.", [("killed", 3)]),
        ("The victim was taken to Mercy Hill Hospital in serious condition.", [("injured", 1)]),
        ("A man was shot near the quay. He died at the scene.", [("killed", 1)]),
        ("A man was shot near the quay. A woman was killed in the blaze.", [("injured", 1), ("killed", 1)]),
        ("The guard was shot in the hand. The robber was killed.", [("killed", 1)]),
        ("The guard was wounded. The robber was killed.", [("injured", 1), ("killed", 1)]),
        ("The driver was hurt. Four passengers were injured.", [("injured", 4)]),
        ("In 1998 Rita Holm was shot dead.", []),
        ("The Amendment was killed in committee.", []),
        ("The Harbour Bank was hurt by the strike.", []),
        ("Lawmakers Killed Proposal On Harbour Tolls Before The Vote.", []),
    ],
)
def test_one_known_person_counts_once_and_only_alone(text: str, expected: list[tuple[str, int]]) -> None:
    """A number in the text is better than a person; who was shot and died is dead."""
    figures = find_figures(make_document("a", text), (), (), ())
    found = [(figure.measure.value, figure.bounds.low) for figure in figures]
    assert expected == [figure for figure in found if figure[0] != "casualties"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He killed his daughter, Rita Holm, and six grandchildren.", ("killed", 7)),
        ("Man, woman found dead in home", ("killed", 2)),
        ("Neighbours said that Rita Holm and Aldo Brun were shot dead.", ("killed", 2)),
        ("The fire killed the driver, Aldo Brun, 34, and his wife, Rita.", ("killed", 2)),
        ("The man killed his wife and two sons before hanging himself.", ("killed", 3)),
        ("He is accused of killing her, her husband and four of their sons.", ("killed", 6)),
        ("The robbers wounded the clerk, a guard and three shoppers.", ("injured", 5)),
    ],
)
def test_persons_of_a_list_add_up(text: str, expected: tuple[str, int]) -> None:
    """A list with names and known persons says how many there are; who stands beside a name is that one."""
    figures = find_figures(make_document("a", text), (), (), ())
    assert [expected] == [(f.measure.value, f.bounds.low) for f in figures if f.evidence.rule == SUM_RULE]


def test_those_of_a_family_who_were_hit_are_its_dead() -> None:
    """The attacker, who killed himself, is added."""
    text = (
        "A man shot his wife and two sons and burned the house before killing himself. The family was killed."
    )
    figures = find_figures(make_document("a", text), (), (), ())
    assert [("killed", 4)] == [(f.measure.value, f.bounds.low) for f in figures if f.part_of is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man was shot in the neck and died at the scene.", [("killed", 1)]),
        ("Two men were taken to the hospital, where they later died.", [("killed", 2)]),
        ("One of the victims, a 40-year-old man, was shot and pronounced dead.", [("killed", 1)]),
        ("A guard, who was stabbed on Friday, died on Sunday.", [("killed", 1)]),
        ("34-year-old Rita Holm was shot dead.", [("killed", 1)]),
        ("The body of 26-year-old Aldo Brun was found in the yard.", [("killed", 1)]),
        ("Five people were hurt and two were killed.", [("injured", 5), ("killed", 2)]),
        ("A storm injured a cyclist and died down.", [("injured", 1)]),
        ("Hail injured a rider and killed 40 sheep.", [("injured", 1)]),
        ("A woman was wounded and her husband was killed.", [("injured", 1), ("killed", 1)]),
        ("A 26-year-old ferry was hit by a 40-year-old barge.", []),
        ("The hunter killed his wife. He had shot his wife in the yard.", [("killed", 1)]),
        ("A boy in his late teens was shot dead.", [("killed", 1)]),
        ("A guard, who was shot on Friday while closing the gate, died on Sunday.", [("killed", 1)]),
        ("A clerk who was in the shop and was wounded called the police.", [("injured", 1)]),
        ("The club lost three players; the army took three soldiers home.", []),
        ("Ten other people [not further identified] were also hurt.", [("injured", 10)]),
        ("Two members of the escort, agents of the ministry, were wounded.", [("injured", 2)]),
        ("12 men in a truck, and soldiers, were killed.", []),
        ("One juvenile was wounded near a juvenile court.", [("injured", 1)]),
        ("Six grandchildren ages 3 months to 10 years old died.", [("killed", 6)]),
        ("Four people wounded early Monday in a brawl.", [("injured", 4)]),
        (
            "A boy and a girl, both 17 were hurt.",
            [("injured", 1), ("injured", 2), ("injured", 1), ("injured", 2)],
        ),
        ("The blast caused minor injuries to five people and two cars.", [("injured", 5)]),
    ],
)
def test_who_was_hurt_and_died_is_dead(text: str, expected: list[tuple[str, int]]) -> None:
    """The last verb about somebody holds; another's death changes nothing."""
    figures = find_figures(make_document("a", text), (), (), ())
    assert expected == [(f.measure.value, f.bounds.low) for f in figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An elderly couple and their two sons were found dead.", 4),
        ("A couple from Orvalle and their three children were killed.", 5),
        ("The tenant killed his two sons, his wife and then himself.", 4),
        ("A tenant shot four of his neighbours, killing three of them, before killing himself.", 4),
    ],
)
def test_families_add_up(text: str, expected: int) -> None:
    """A couple is two; who kills himself at the end is one more."""
    figures = find_figures(make_document("a", text), (), (), ())
    dead = [f for f in figures if f.measure.value == "killed" and f.evidence.rule == SUM_RULE]
    assert expected == max(f.bounds.low or 0 for f in dead)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army said that a soldier and six rebels were killed.", [("killed", 1), ("killed", 6)]),
        ("Rebels killed Rita Holm and a gunman.", [("killed", 1)]),
        ("The victims were two nurses.", [("casualties", 2)]),
        ("Two people were killed. The victims were two nurses.", [("killed", 2), ("killed", 2)]),
    ],
)
def test_sides_and_victims(text: str, expected: list[tuple[str, int]]) -> None:
    """The dead of two sides are no one crowd; victims may live."""
    figures = find_figures(make_document("a", text), (), (), ())
    assert expected == [(f.measure.value, f.bounds.low) for f in figures]

"""Counts of those hit are split into dead and living where the text says who died."""

import datetime as dt

import pytest

from digests.extract.casualties import find_figures
from digests.text.document import make_document
from digests.types import IncidentMention, Span


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Five people were shot, one fatally.", 1, 4),
        ("Four men were taken to the hospital, where one of them died.", 1, 3),
        ("Seven people were shot. One person was killed, police said. Six others were injured.", 1, 6),
        ("Four people were killed in a flat in Orvalle. All four were shot in the head.", 4, None),
        ("Four people were shot. Nine people died in a fire elsewhere.", 9, 4),
        ("Three men were wounded. Two others were killed.", 2, 3),
        ("At least five people were shot, one fatally.", 1, 4),
        ("Five men were shot. Four were treated in a clinic. The fifth man was pronounced dead.", 1, 4),
        ("Two officers were killed. Gunmen had shot the two officers first; nine clerks were hurt.", 2, 9),
        ("He killed two clerks and badly wounded a third. Then he shot the three victims again.", 2, 1),
        ("He killed two clerks, badly wounding a third.", 2, 1),
    ],
)
def test_those_hit_are_split_only_where_the_text_says_so(
    text: str, killed: int | None, injured: int | None
) -> None:
    """Who was shot and died is no wounded one; a death elsewhere splits nothing."""
    figures = find_figures(make_document("a", text), (), (), ())
    dead = [f.bounds.low for f in figures if f.measure.value == "killed"]
    hurt = [f.bounds.low for f in figures if f.measure.value == "injured" and f.part_of is None]
    assert ([killed], [injured] if injured else []) == (dead, hurt[:1])


def test_the_wounded_are_none_of_those_who_all_died() -> None:
    """A girl who was wounded is not one of six who were shot and died."""
    text = "He shot four boys and two women. He shot and killed six people. A girl of the house was wounded."
    figures = find_figures(make_document("a", text), (), (), ())
    assert [f.bounds.low for f in figures if f.measure.value == "injured" and f.part_of is None] == [1]


def test_the_dead_of_another_year_are_none_of_those_hit_now() -> None:
    """What is told of by month and year is not the news, also on a page without a day of its own."""
    text = "Nine people were shot at a park. Shootings in October 2014: Rita Holm, 19, was shot dead."
    now, then = (
        IncidentMention(
            kind="shooting",
            span=Span(start=text.index(word), end=text.index(word) + 4),
            first=first,
            last=last,
        )
        for word, first, last in (
            ("shot at", None, None),
            ("shot dead", dt.date(2014, 10, 1), dt.date(2014, 10, 31)),
        )
    )
    figures = find_figures(make_document("a", text), (), (), (now, then))
    assert [9] == [figure.bounds.low for figure in figures if figure.measure.value == "injured"]

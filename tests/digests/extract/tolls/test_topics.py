"""Bare numbers below a heading that says what they count, labels, and counts that are divided sentences later."""

import datetime as dt

import pytest

from digests.extract.casualties import find_figures
from digests.extract.incidents import find_incidents
from digests.extract.places import find_places
from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import Figure, Scope


def figures(text: str) -> tuple[Figure, ...]:
    document = make_document("a", text, published=dt.date(2025, 3, 12))
    incidents = find_incidents(document, (), find_places(document))
    return find_figures(document, (), find_quotes(document), incidents)


def counts(text: str) -> list[tuple[str, int | None, str | None]]:
    return [
        (figure.measure.value, figure.bounds.low, figure.claimant.name.lower() if figure.claimant else None)
        for figure in figures(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "How many people have died?\nThe board has seven. The Red Cross says nine. The town claims 17.",
            [("killed", 7, "the board"), ("killed", 9, "red cross"), ("killed", 17, "the town")],
        ),
        (
            "How many were hurt?\nMore than 160, according to prosecutors.",
            [("injured", 161, "prosecutors")],
        ),
        (
            "What is the toll?\nOfficials first spoke of 34. By Monday the rescue service had gone up to 36.",
            [("killed", 34, "officials"), ("killed", 36, "the rescue service")],
        ),
        (
            "Are there still people missing?\nOfficially, 16. The union gives a figure of 21.",
            [("missing", 16, None), ("missing", 21, "the union")],
        ),
        (
            "Has anyone been arrested?\nFour people, police say.",
            [("detained", 4, "police")],
        ),
        ("How many died?\nThe union has 41 names.", [("killed", 41, "the union")]),
        ("How many seats are there?\nThe board has seven.", []),
        (
            "How many died?\nNine, police say.\n\nWhy was the gate shut?\nThe town has 17.",
            [("killed", 9, "police")],
        ),
    ],
)
def test_questions_say_what_is_counted(text: str, expected: list[tuple[str, int | None, str | None]]) -> None:
    """Below "How many were hurt?" whoever "has 40" tells of the hurt, up to the next heading."""
    assert expected == counts(text)


def test_lines_of_a_list_are_parts() -> None:
    """Below "The dead by clinic:" labels say where, are nobody's claim and parts of the count before."""
    text = "Forty people died, police say.\nThe dead by clinic:\n• Old Harbour: 19\n• Saint Anna: 11"
    total, first, second = figures(text)
    assert [(19, None), (11, None)] == [(one.bounds.low, one.claimant) for one in (first, second)]
    assert (0, 0) == (first.part_of, second.part_of)
    assert total.claimant is not None
    alone = figures("The dead by clinic:\n• Old Harbour: 19\n• Saint Anna: 11")
    assert [Scope.UNKNOWN] * 2 == [one.scope for one in alone]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dead: 15\nWounded: 30, 4 of them critically\nMissing: 8\nCaptured: 4\nNeutralised: 52",
            [15, 30, 4, 8, 4, 52],
        ),
        ("Killed: 23. Injured: 41.", [23, 41]),
        ("Killed: three ways to save water", []),
    ],
)
def test_labels_count(text: str, expected: list[int]) -> None:
    """A word of harm with a colon counts what follows; short lines are no text cut at a column."""
    assert expected == [low for _, low, _ in counts(text)]


@pytest.mark.parametrize("text", ["Victims: 12 dead, 40 hurt", "Toll so far: 12 dead, 40 hurt"])
def test_what_is_counted_is_no_claimant(text: str) -> None:
    """A label that names the victims or the toll tells nobody who says so."""
    assert [("killed", 12, None), ("injured", 40, None)] == counts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thirty people died. The youngest is a boy of 8. Five are women.", [("killed", 30), ("killed", 5)]),
        (
            "Nine people died. Of these, five are male and four are female.",
            [("killed", 9), ("killed", 5), ("killed", 4)],
        ),
        (
            "The toll rose to 34 and 80 others were being treated. The dead were mostly patients. Ten were women.",
            [("killed", 34), ("injured", 80), ("killed", 10)],
        ),
    ],
)
def test_counts_divided_later(text: str, expected: list[tuple[str, int]]) -> None:
    """Who they were is told of those counted before, over a sentence that counts nobody."""
    assert expected == [(measure, low) for measure, low, _ in counts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fire of 2012 killed 107 inmates; the state only ever admitted to 92.", [107, 92]),
        ("The prosecutor puts the dead at 44. The league's reckoning is 46.", [44, 46]),
        ("Two more of the injured died on Monday. That brings the official tally to 16.", [2, 16]),
        ("Of the 14 dead, 11 have been identified.", [14]),
        ("Nine died. One of them is Ana Reyes.", [9]),
        ("They found three bodies and seven body bags.", [3]),
    ],
)
def test_numbers_told_again(text: str, expected: list[int]) -> None:
    """What is admitted, reckoned or brought to is the number of the count before; who is named is no count."""
    assert expected == [low for _, low, _ in counts(text)]


def test_a_divided_count_keeps_its_claimant() -> None:
    """ "Five were women." sentences later is still what the board said, in its paragraph."""
    text = "Thirty people had died, the health board said. The youngest was a boy of 8. Five were women."
    assert ["the health board"] * 2 == [claimant for _, _, claimant in counts(text)]

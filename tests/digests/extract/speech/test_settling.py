"""Attributions beside each other: a claim that somebody else answers, words that are passed on by a paper."""

import pytest

from digests.extract.quotes import find_quotes
from digests.text.document import make_document


def said(text: str) -> list[tuple[str, str]]:
    """Who says what in a text, by name and words."""
    return [(q.speaker.name if q.speaker else "", q.words) for q in find_quotes(make_document("a", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Laos accused Chile of dropping bombs, a charge Peru called “groundless”.",
            [("Laos", "Chile of dropping bombs"), ("Peru", "groundless")],
        ),
        (
            "The army says it struck only fighters, an assertion the ministry has rejected.",
            [
                ("the ministry", "The army says it struck only fighters"),
                ("the army", "it struck only fighters"),
            ],
        ),
        (
            "Chile said it was shelled, a claim Peru denies.",
            [("Peru", "Chile said it was shelled"), ("Chile", "it was shelled")],
        ),
    ],
)
def test_a_claim_that_somebody_answers(text: str, expected: list[tuple[str, str]]) -> None:
    """Behind "a charge" stands who answers it; the one who makes it says no more than the clause before."""
    assert expected == said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The agency quoted the head of the port, Ali Reza, as saying the quay was gone.",
            ("Ali Reza", "the quay was gone"),
        ),
        (
            "Airport chief Ali Nagi was quoted by the agency as saying that flights had resumed.",
            ("Ali Nagi", "flights had resumed"),
        ),
        ("Mayor Ana Bell told this station the envoy had left.", ("Ana Bell", "the envoy had left")),
        ("Mayor Ana Bell told reporters the mine had been shut.", ("Ana Bell", "the mine had been shut")),
        (
            "Red Cross secretary general Chifu Lemba has since appealed for two million crowns.",
            ("Chifu Lemba", "two million crowns"),
        ),
        (
            "Hours earlier Norway’s foreign minister said the envoy was gone.",
            ("Norway’s foreign minister", "the envoy was gone"),
        ),
        (
            "12:40 Prime Minister Jon Reed has condemned the raid as a crime.",
            ("Jon Reed", "the raid as a crime"),
        ),
        ("The governor of Rio do Vale, Beto Prado, said it was a shame.", ("Beto Prado", "it was a shame")),
    ],
)
def test_who_speaks(text: str, expected: tuple[str, str]) -> None:
    """Through a paper, behind an hour or a while, and with a name that holds a small word."""
    assert expected in said(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The mayor asked Reed whether the road was safe. “It is not,” he answered.", "Reed"),
        ("The judge asked Jon Reed if he understood. “I do,” he replied.", "Jon Reed"),
        ("The judge asked whether he understood. “I do,” he replied.", "he"),
        ("Ana Bell asked guests to wait. “It is late,” she said.", "Ana Bell"),
    ],
)
def test_who_answers(text: str, name: str) -> None:
    """Whoever was asked answers, and nobody by name where the question names nobody."""
    assert name == said(text)[-1][0]


def test_a_quotation_runs_over_lines_without_marks() -> None:
    """A page that gives each sentence a line prints no mark until the quotation closes; a stray mark opens none."""
    text = "Premier Gwen Moll said: “It was horrific.\nIt's a loss.\nNobody slept.”\nA British team came."
    assert [
        ("Gwen Moll", "It was horrific."),
        ("Gwen Moll", "It's a loss."),
        ("Gwen Moll", "Nobody slept."),
    ] == said(text)
    assert [] == said("“The first is here. Nothing closes it.\n\nThe mayor came to a ”calm” town and left.")

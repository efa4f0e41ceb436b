"""Verbs of saying in real syntax: whose a participle is, and which words only look like one."""

from __future__ import annotations

import pytest

from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import ActorKind

_SAID = "quotes.said"


def _said(text: str) -> list[tuple[str | None, str | None]]:
    """Who says something by which cue; thoughts and silences are left out."""
    return [
        (quote.speaker.name if quote.speaker else None, quote.cue.words if quote.cue else None)
        for quote in find_quotes(make_document("a", text))
        if quote.evidence.rule.startswith(_SAID)
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Mayor Ida Dahl criticized Karl Reed for saying that the dam was safe.",
            [("Ida Dahl", "criticized"), ("Karl Reed", "saying")],
        ),
        (
            "Mayor Ida Dahl criticized residents for not backing the dam, declaring that it was safe.",
            [("Ida Dahl", "criticized"), ("Ida Dahl", "declaring")],
        ),
        (
            "Karl Reed was attacked by Ida Dahl for suggesting that the dam was safe.",
            [("Karl Reed", "suggesting")],
        ),
        (
            "Karl Reed apologized on Monday for calling the dam a coffin.",
            [("Karl Reed", "calling")],
        ),
        ("The office, which opened in May, is a place for offering legal help.", []),
        ("The road was shut, said Ida Dahl who works at the mill.", [("Ida Dahl", "said")]),
        (
            "A crowd of his allies sang, with Karl Reed loudly calling the vote a fraud.",
            [("Karl Reed", "calling")],
        ),
    ],
    ids=[
        "blamed",
        "goes on behind it",
        "passive",
        "own deed",
        "for a purpose",
        "clause behind",
        "adverb between",
    ],
)
def test_whose_a_participle_is(text: str, said: list[tuple[str, str]]) -> None:
    """Who is blamed for saying something said it; "with X saying" holds over an adverb."""
    assert said == _said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ida Dahl has not endorsed anyone in the race.",
        "Ida Dahl never condemned the raid on the depot.",
        "Ida Dahl did not rule out a second vote.",
        "The driver was taken to Bern Hospital with non-life threatening injuries.",
        "Anyone with a tip is asked to call the river police at 555-010-0199.",
        "Photographs of the march are kept by the River Reporting Project in Bern.",
        "It was a first for a nominee of the United States in Bern.",
        "A guard described as tall and thin left the depot.",
        "The unit called in a boat to help.",
    ],
    ids=[
        "not endorsed",
        "never condemned",
        "not ruled out",
        "adjective",
        "telephone",
        "name",
        "state",
        "described as",
        "called in",
    ],
)
def test_nobody_says_anything(text: str) -> None:
    """A denied stance, a name and a telephone call are no statements."""
    assert [] == _said(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The two, who were armed, fled in a stolen Mazda, investigators said.", "investigators"),
        ("He was hit in the knee in Brume, police said.", "police"),
        ("According to the report, the only evidence detectives found was a coat.", "the report"),
        ("Ms. Boxer said that the depot was shut.", "Ms. Boxer"),
        ("Brume Insider editor Jon Bell said that the depot was shut.", "Jon Bell"),
    ],
)
def test_who_says_it_on_real_pages(text: str, name: str) -> None:
    """No car, no town and no evidence speaks; a surname that is a trade is a surname."""
    (quote,) = find_quotes(make_document("a", text))
    assert quote.speaker is not None
    assert (name, False) == (quote.speaker.name, quote.speaker.kind is ActorKind.UNNAMED)
    assert quote.speaker.role is None or quote.speaker.role in {name, "editor"}


def test_a_stop_inside_a_word_ends_no_phrase() -> None:
    """ "U.S.-led" is one word of a name."""
    assert [("U.S.-led alliance", "said")] == _said("The U.S.-led alliance said that it had hit the depot.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Residents of Brume say that the depot was shut.", "Residents of Brume"),
        ("Villagers in Brume say that the depot was shut.", "Villagers in Brume"),
        (
            "Residents of the village where the bus crashed told police that it was shut.",
            "Residents of the village",
        ),
        ("Survivors of a fire in which nine people died said that it was shut.", "Survivors of a fire"),
        ("The mayor of the town hit by the blast said that it was shut.", "the mayor of the town"),
    ],
)
def test_a_long_subject_speaks(text: str, name: str) -> None:
    """What tells more of a place or an event in between says nothing."""
    assert [name] == [said for said, _ in _said(text)]

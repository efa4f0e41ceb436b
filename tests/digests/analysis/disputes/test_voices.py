"""Whose count it is and when it was told."""

import datetime as dt
from dataclasses import replace

import pytest

from digests.analysis.disputes.voices import claimed_apart, names_of, same_claimant, time_between
from digests.types import (
    ActorKind,
    Bounds,
    Citation,
    Claim,
    Evidence,
    Figure,
    IncidentMention,
    Measure,
    Scope,
    Span,
    Speaker,
)

NOON = dt.datetime(2025, 3, 12, 12, tzinfo=dt.UTC)
MIDNIGHT = NOON.replace(hour=0)


def speaker(
    name: str, *, words: str | None = None, role: str | None = None, country: str | None = None
) -> Speaker:
    return Speaker(
        name=name,
        words=words or name,
        span=Span(start=0, end=1),
        role=role,
        country=country,
        kind=ActorKind.OFFICIAL,
    )


def claim(
    claimant: Speaker | None = None,
    *,
    outlet: str | None = None,
    article: str = "a",
    published: dt.datetime | None = None,
) -> Claim:
    span = Span(start=0, end=1)
    figure = Figure(
        measure=Measure.KILLED,
        bounds=Bounds(low=5, high=5),
        words="five",
        victims=None,
        group="people",
        scope=Scope.INCIDENT,
        part_of=None,
        claimant=claimant,
        incident=IncidentMention(kind="fire"),
        as_of=None,
        evidence=Evidence(article_id=article, span=span, sentence=span, rule="r"),
    )
    citation = Citation(article_id=article, span=span, text="f")
    return Claim(figure=figure, citation=citation, outlet=outlet, published=published)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (speaker("the police"), speaker("Police"), True),
        (speaker("police"), speaker("the state police"), True),
        (
            speaker("the state police"),
            speaker("Ada Rahn", words="state police chief Ada Rahn", role="chief"),
            True,
        ),
        (
            speaker("the interior ministry"),
            speaker("Lena Dahl", words="Interior Minister Lena Dahl", role="Interior Minister"),
            True,
        ),
        (speaker("the governor"), speaker("the governor's office"), True),
        (speaker("BLF"), speaker("Bay Liberation Front"), True),
        (speaker("BLF"), speaker("Bay Farmers' League"), False),
        (speaker("Rahn"), speaker("Ada Rahn"), True),
        (speaker("India", country="IN"), speaker("the Indian army", country="IN"), True),
        (speaker("the interior ministry"), speaker("the health ministry"), False),
        (speaker("village elders"), speaker("local residents"), False),
        (speaker("the mayor"), speaker("the governor"), False),
        (speaker("state media"), speaker("state police"), False),
    ],
)
def test_one_source_by_other_names(one: Speaker, two: Speaker, expected: bool) -> None:
    """A body, its office and who speaks for it are one source; two bodies are two."""
    a, b = claim(one), claim(two)
    assert (expected, not expected) == (same_claimant(a, b), claimed_apart(a, b))
    assert same_claimant(a, b) == same_claimant(b, a)


@pytest.mark.parametrize("name", ["officials", "the authorities", "local officials"])
def test_officials_may_be_anybody_of_a_state(name: str) -> None:
    """ "Officials" and a ministry are not told apart, a party or witnesses are."""
    anyone, ministry = claim(speaker(name)), claim(speaker("the health ministry"))
    assert (False, False) == (same_claimant(anyone, ministry), claimed_apart(anyone, ministry))
    witnesses = claim(replace(speaker("witnesses"), kind=ActorKind.WITNESS))
    assert claimed_apart(anyone, witnesses)


def test_a_claim_without_a_claimant_is_neither() -> None:
    """Nobody is the same as nobody."""
    assert (False, False) == (same_claimant(claim(), claim()), claimed_apart(claim(), claim()))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (NOON, NOON + dt.timedelta(hours=4), dt.timedelta(hours=4)),
        (MIDNIGHT, NOON, None),
        (MIDNIGHT, MIDNIGHT, None),
        (NOON, MIDNIGHT + dt.timedelta(days=1), dt.timedelta(days=1)),
        (NOON, None, None),
    ],
)
def test_time_between_two_claims(
    first: dt.datetime | None, second: dt.datetime | None, expected: dt.timedelta | None
) -> None:
    """Where only the day is known, nothing is told about the order within it."""
    assert expected == time_between(claim(published=first), claim(published=second))


def test_names_of_a_side() -> None:
    """Claimants before outlets, each once; a headline adds no outlet to its own text; no name is no name."""
    side = [
        claim(speaker("the police"), article="a", outlet="Coast Wire"),
        claim(speaker("Police"), article="b", outlet="Delta Post"),
        claim(article="a", outlet="Coast Wire"),
        claim(article="c", outlet="Late Star"),
        claim(article="d"),
    ]
    assert ("the police", "Late Star") == names_of(side)

"""Lines that tell again what the card has told."""

import dataclasses
import datetime as dt

from digests.cards.repeats import untold, without_repeats
from digests.types import (
    ActorKind,
    Citation,
    KeyFact,
    Precision,
    Reaction,
    Span,
    Statement,
    TimelineEntry,
)

TEXT = "The port said on Friday that the quay would stay shut for a year."
FACT = Citation(article_id="a", span=Span(start=0, end=len(TEXT)), text=TEXT)
PART = Citation(article_id="a", span=Span(start=28, end=len(TEXT) - 1), text=TEXT[28:-1])
OTHER = Citation(article_id="a", span=Span(start=100, end=120), text="called the delay a shame")


def reaction(name: str, *cited: Citation, is_direct: bool = False) -> Reaction:
    said = (Statement(words=c.text, is_direct=is_direct, cue="said", day=None, citations=(c,)) for c in cited)
    return Reaction(
        actor=name, role=None, affiliation=None, country=None, kind=ActorKind.OTHER, statements=tuple(said)
    )


def fact() -> KeyFact:
    return KeyFact(text=TEXT, score=0.5, support=(FACT,), days=())


def test_a_paraphrase_of_a_fact_gives_way() -> None:
    """To the speaker's next statement, or to other speakers."""
    (port, mayor) = untold([reaction("port", PART, OTHER), reaction("mayor", OTHER)], [fact()])
    assert [(OTHER,), (OTHER,)] == [port.statements[0].citations, mayor.statements[0].citations]
    assert ["mayor"] == [
        r.actor for r in untold([reaction("port", PART), reaction("mayor", OTHER)], [fact()])
    ]


def test_a_quotation_stays() -> None:
    """It says it in the speaker's own words."""
    (port,) = untold([reaction("port", PART, is_direct=True)], [fact()])
    assert (PART,) == port.statements[0].citations


def test_what_is_left_alone_stays() -> None:
    """A card without any reaction says less than one that repeats."""
    assert ["port"] == [r.actor for r in untold([reaction("port", PART)], [fact()])]


def entry(text: str, day: int = 3) -> TimelineEntry:
    at = dt.date(2025, 6, day)
    return TimelineEntry(
        first=at, last=at, precision=Precision.DAY, time=None, text=text, is_planned=False,
        is_background=False, citations=(FACT,), voices=1, weight=1.0,
    )  # fmt: skip


def test_one_line_a_happening_of_a_day() -> None:
    """The better one; another day tells of itself."""
    first = entry("The singer died in her sleep in Port Alder on Tuesday, her family said.")
    again = entry("The singer, 91, died early on Tuesday in her sleep, according to her publicist.")
    apart = entry("Crews reopened the coast road on Tuesday.")
    later = dataclasses.replace(again, first=dt.date(2025, 6, 4), last=dt.date(2025, 6, 4))
    kept = without_repeats(enumerate([first, again, apart, later]))
    assert [first, apart, later] == [one for _, one in kept]

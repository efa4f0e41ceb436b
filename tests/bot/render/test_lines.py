"""Lines of a card in Discord's Markdown, and which of them stay when there are too many."""

from __future__ import annotations

import dataclasses

import pytest

from bot.render.card import line_words, render_card
from bot.render.references import References
from digests import Line, Section, SectionKind
from tests.bot.factories import CARD


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("Norway", "Norway offered help.", "- **Norway** offered help."),
        ("Norway", "Ana Reyes, minister: “No.”", "- **Norway** Ana Reyes, minister: “No.”"),
        ("Norway", "Norwayan help came.", "- **Norway** Norwayan help came."),
    ],
)
def test_label_that_begins_the_text_stands_once(label: str, text: str, expected: str) -> None:
    """A country that speaks for itself is not named in front of its own name."""
    line = Line(text=text, citations=(), label=label)
    assert line_words(line, SectionKind.REACTIONS, (), References.of_sources(())) == expected


def test_long_dispute_stays_on_a_full_card() -> None:
    """A conflict of many sides is the longest block, and the last that may be missing."""
    dispute = (
        Line(text="dispute: both cannot be right.", citations=(0,), label="Killed: 14 … 21?"),
        *(
            Line(text=f"{n} people", citations=(0,), indent=1, attribution="the ministry")
            for n in range(14, 18)
        ),
    )
    filler = tuple(Line(text=f"Line {n} " + "of the river " * 24, citations=(0,)) for n in range(5))
    sections = (
        Section(kind=SectionKind.KEY_FACTS, lines=filler),
        Section(kind=SectionKind.CONFLICTS, lines=dispute),
        Section(kind=SectionKind.TIMELINE, lines=filler),
        Section(kind=SectionKind.REACTIONS, lines=filler),
    )
    page = render_card(dataclasses.replace(CARD, sections=sections))
    assert page.fits
    assert any("Killed: 14" in block and "17 people" in block for block in page.blocks)

"""One line of a card in Discord's Markdown."""

from __future__ import annotations

import pytest

from bot.render.card import line_words
from bot.render.references import References
from digests import Line, SectionKind


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

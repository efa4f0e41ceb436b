"""Numbers of a card's lines: without gaps, figures apart from the rest, and each with its words."""

from __future__ import annotations

import dataclasses

from bot.render.card import State, render_card
from bot.render.page import Page
from bot.render.stories import CardWithState, render_overview
from bot.shown import numbers_words
from digests import Card, Section, SectionKind
from tests.bot.factories import CARD, cite


def with_evidence(card: Card) -> Card:
    """The card with words behind each of its lines."""
    sections = [
        dataclasses.replace(
            section,
            lines=tuple(
                dataclasses.replace(line, evidence=(cite("a1", line.text),)) for line in section.lines
            ),
        )
        for section in card.sections
    ]
    return dataclasses.replace(card, sections=tuple(sections))


def test_every_line_with_words_has_a_number() -> None:
    """Figures as F1 to Fn, the others from 1; what the message shows is what is kept."""
    page = render_card(with_evidence(CARD))
    assert ["1", "F1", "F2", "F3", "2", "3", "4"] == [line.mark for line in page.lines]
    assert "- `F1` Killed **at least 31**" in page.blocks[2]
    assert "  - `F3` children **nine**" in page.blocks[2]
    assert "Killed: at least 31" == page.lines[1].text
    assert {CARD.story_id} == {line.story_id for line in page.lines}


def test_a_line_without_words_has_none() -> None:
    """Nobody could be led anywhere from it."""
    page = render_card(CARD)
    assert () == page.lines
    assert "`" not in "".join(page.blocks)


def test_lines_left_out_leave_no_gap() -> None:
    """A card that is too long for a message numbers what is left."""
    facts = with_evidence(CARD).sections[0].lines * 5
    long = [dataclasses.replace(line, text=line.text * 16) for line in facts]
    sections = (Section(kind=SectionKind.KEY_FACTS, lines=tuple(long)), *with_evidence(CARD).sections[1:])
    page = render_card(dataclasses.replace(CARD, sections=sections))
    others = [line.mark for line in page.lines if not line.mark.startswith("F")]
    assert [str(number) for number in range(1, len(others) + 1)] == others
    assert page.fits
    assert "more lines left out here" in page.blocks[1]


def test_words_of_others_cannot_hold_a_place() -> None:
    """The sign that keeps a place is taken out of what an outlet wrote."""
    evil = dataclasses.replace(CARD.sections[0].lines[0], text="\ue000001 dead", evidence=(cite("a1"),))
    page = render_card(
        dataclasses.replace(CARD, sections=(Section(kind=SectionKind.KEY_FACTS, lines=(evil,)),))
    )
    assert "- `1` 001 dead" in page.blocks[1]
    assert 1 == len(page.lines)


def test_an_overview_counts_over_its_stories() -> None:
    """One message, one run of numbers; each line knows its story."""
    other = dataclasses.replace(with_evidence(CARD), story_id="s-other")
    items = [CardWithState(card=card, state=State.PLAIN) for card in (with_evidence(CARD), other)]
    [page] = render_overview(items, heading="Digest")
    assert ["F1", "F2", "1", "F3", "F4", "2"] == [line.mark for line in page.lines]
    assert {"s-other", CARD.story_id} == {line.story_id for line in page.lines}


def test_a_page_keeps_its_lines_as_json() -> None:
    """What waits in the ledger knows them too."""
    page = render_card(with_evidence(CARD))
    assert page == Page.from_json(page.to_json())


def test_which_numbers_exist_is_said_in_words() -> None:
    """One is named alone, several by their ends."""
    lines = render_card(with_evidence(CARD)).lines
    assert "It has the figures F1 to F3 and the lines 1 to 4." == numbers_words(lines)
    assert "It has the line 1." == numbers_words(lines[:1])
    assert "It has no numbered lines." == numbers_words(())

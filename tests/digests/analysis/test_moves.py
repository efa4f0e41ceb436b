"""What is worth a message: counts that moved and disputes that opened, each once and never back and forth."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from digests.analysis import analyse
from digests.analysis.moves import find_moves, moves_key, take_stock
from digests.types import Move, StoryArticle, Told
from tests.digests.analysis.test_changes import WIRE, count, item


def texts(items: Sequence[StoryArticle]) -> dict[str, str]:
    """Articles as they are written."""
    return {one.article.id: f"{one.article.id} {one.article.text}" for one in items}


def told_by(*items: StoryArticle, told: Told | None = None) -> Told:
    return take_stock(analyse("s1", items), texts(items).values(), told)


def found_in(told: Told, *items: StoryArticle) -> tuple[Move, ...]:
    new = {article_id for article_id, text in texts(items).items() if text not in told.known}
    return find_moves(told, analyse("s1", items), new)


def moves(told: Told, *items: StoryArticle) -> list[str]:
    """What is told of these articles, in short."""
    found = found_in(told, *items)
    words = []
    for move in found:
        if move.group is not None:
            before = "new" if move.before is None else str(move.before.low)
            words.append(f"{move.group.measure} {before} {move.group.bounds.low}")
        if move.conflict is not None:
            words.append(" or ".join(side.says for side in move.conflict.sides))
    return words


LATER = count("later", "Twenty", "the fire service", hour=14)
MAYOR = count("mayor", "Nine", "the mayor", hour=14)


def test_a_count_that_moved_is_told_once() -> None:
    """From what was told last; then it is known."""
    told = told_by(WIRE)
    assert ["killed 14 20"] == moves(told, WIRE, LATER)
    after = told_by(WIRE, LATER, told=told)
    assert [] == moves(after, WIRE, LATER)


def test_a_new_count_is_told() -> None:
    """One that nobody gave before; with an empty memory everything is new."""
    hurt = item(
        "clinic", "Fifty people were injured when the silo in Tarnholm exploded, the clinic said.", hour=15
    )
    assert ["injured new 50"] == moves(told_by(WIRE), WIRE, hurt)
    assert ["killed new 14"] == moves(Told(), WIRE)


def test_a_dispute_opens_once() -> None:
    """With its sides; a reprint of a side adds nothing, a third side does."""
    told = told_by(WIRE)
    [_, sides] = moves(told, WIRE, MAYOR)
    assert {"9", "at least 14"} == set(sides.split(" or "))
    after = told_by(WIRE, MAYOR, told=told)
    reprint = count("reprint", "Nine", "the mayor", hour=15)
    assert [] == moves(after, WIRE, MAYOR, reprint)
    third = count("navy", "Thirty", "the navy", hour=15)
    assert any("30" in words for words in moves(after, WIRE, MAYOR, reprint, third))


def test_back_and_forth_is_silent() -> None:
    """An outlet that changes its text and changes it back: told once each value, never again."""
    states = [
        count("wire", number, "the fire service", hour=8)
        for number in ("Ten", "Twelve", "Ten", "Twelve", "Ten")
    ]
    told, heard = told_by(states[0]), []
    for state in states[1:]:
        found = moves(told, state)
        if found:
            told = told_by(state, told=told)
        heard += found
    assert ["killed 10 12"] == heard


def test_what_is_not_new_is_silent() -> None:
    """Another outlet with the same count, vaguer words for it, and articles without any."""
    told = told_by(WIRE)
    same = count("same", "At least 14", "the fire service", hour=9)
    vague = count("vague", "Dozens of", "a witness", hour=10)
    colour = item("colour", "The silo of Tarnholm had stood empty for years.", hour=11)
    assert [] == moves(told, WIRE, same, vague, colour)


def test_a_story_without_the_article_that_moved_it_is_silent() -> None:
    """An article taken out of a story, or a figure withheld, is no news."""
    told = told_by(WIRE, LATER)
    assert [] == moves(told, WIRE)
    assert [] == moves(told)


def test_older_events_are_silent() -> None:
    """A count of something in the background moves nothing."""
    older = item("older", "In 2009, an explosion at another silo in Tarnholm killed six people.", hour=15)
    assert [] == moves(told_by(WIRE), WIRE, older)


@pytest.mark.parametrize("items", [(WIRE, LATER), (LATER, WIRE)], ids=["in order", "the other way round"])
def test_moves_have_the_same_name_everywhere(items: tuple[StoryArticle, ...]) -> None:
    """By which the ledger knows that a message was opened already."""
    found = found_in(told_by(WIRE), *items)
    assert moves_key(found) == moves_key(found_in(told_by(WIRE), WIRE, LATER))
    assert moves_key(found) != moves_key(found_in(told_by(WIRE), WIRE, MAYOR))


def test_what_other_rules_read_in_a_known_article_is_silent() -> None:
    """After an update an old article may give another count: that is no news."""
    known = take_stock(analyse("s1", [WIRE]), texts([WIRE, LATER]).values())
    assert [] == moves(known, WIRE, LATER)

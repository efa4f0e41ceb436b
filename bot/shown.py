"""The last card in a channel and its numbered lines: what `/source` and `/fix` mean by a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from bot.errors import Refusal
from bot.services import services_of
from digests import ShownCard, ShownLine

NO_CARD = "No card has been shown in this channel yet. Use /digest first: its figures and lines are numbered."
NO_NUMBER = "Say which one: `figure` for a number such as F2, `line` for any other line."
BOTH_NUMBERS = "Give one of `figure` and `line`, not both."


async def last_card(interaction: discord.Interaction[Any]) -> ShownCard:
    """The last card that the caller saw in this channel. Raises Refusal when there is none."""
    engine = services_of(interaction).engine
    card = await engine.last_shown(str(interaction.channel_id), str(interaction.user.id))
    if card is None:
        raise Refusal(NO_CARD)
    return card


def find_line(card: ShownCard, *, figure: int | None, line: int | None) -> ShownLine:
    """The line of a number. Raises Refusal: no number, two numbers, or one that is not there; it says which are."""
    if figure is None and line is None:
        raise Refusal(f"{NO_NUMBER} {numbers_words(card.lines)}")
    if figure is not None and line is not None:
        raise Refusal(BOTH_NUMBERS)
    mark = f"F{figure}" if figure is not None else str(line)
    for one in card.lines:
        if one.mark == mark:
            return one
    what = f"figure {mark}" if figure is not None else f"line {mark}"
    raise Refusal(f"There is no {what} on the last card in this channel. {numbers_words(card.lines)}")


def numbers_words(lines: Sequence[ShownLine]) -> str:
    """Which numbers there are: "It has the figures F1 to F4 and the lines 1 to 9."."""
    figures = [line.mark for line in lines if line.mark.startswith("F")]
    others = [line.mark for line in lines if not line.mark.startswith("F")]
    parts = [_span("figure", figures)] if figures else []
    parts += [_span("line", others)] if others else []
    return f"It has {' and '.join(parts)}." if parts else "It has no numbered lines."


def _span(noun: str, marks: Sequence[str]) -> str:
    return f"the {noun} {marks[0]}" if len(marks) == 1 else f"the {noun}s {marks[0]} to {marks[-1]}"

"""The last card in a channel and its numbered lines: what `/source` and `/fix` mean by a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from bot.errors import Refusal
from bot.noting import noted
from bot.services import services_of
from bot.tongue import phrase, say, tongue
from digests import ShownCard, ShownLine

NO_CARD = phrase(
    "No card has been shown in this channel yet. Use /digest first: its figures and lines are numbered."
)
NO_NUMBER = phrase("Say which one: `figure` for a number such as F2, `line` for any other line.")
BOTH_NUMBERS = phrase("Give one of `figure` and `line`, not both.")


async def last_card(interaction: discord.Interaction[Any]) -> ShownCard:
    """The last card that the caller saw in this channel. Raises Refusal when there is none."""
    engine = services_of(interaction).engine
    await noted(str(interaction.channel_id))
    card = await engine.last_shown(str(interaction.channel_id), str(interaction.user.id))
    if card is None:
        raise Refusal(say(NO_CARD))
    return card


def find_line(card: ShownCard, *, figure: int | None, line: int | None) -> ShownLine:
    """The line of a number. Raises Refusal: no number, two numbers, or one that is not there; it says which are."""
    if figure is None and line is None:
        raise Refusal(f"{say(NO_NUMBER)} {numbers_words(card.lines)}")
    if figure is not None and line is not None:
        raise Refusal(say(BOTH_NUMBERS))
    mark = f"F{figure}" if figure is not None else str(line)
    for one in card.lines:
        if one.mark == mark:
            return one
    if figure is not None:
        missing = say("There is no figure {mark} on the last card in this channel.", mark=mark)
    else:
        missing = say("There is no line {mark} on the last card in this channel.", mark=mark)
    raise Refusal(f"{missing} {numbers_words(card.lines)}")


def numbers_words(lines: Sequence[ShownLine]) -> str:
    """Which numbers there are: "It has the figures F1 to F4 and the lines 1 to 9."."""
    figures = [line.mark for line in lines if line.mark.startswith("F")]
    others = [line.mark for line in lines if not line.mark.startswith("F")]
    parts = []
    if figures:
        parts.append(_span(phrase("the figure {first}"), phrase("the figures {first} to {last}"), figures))
    if others:
        parts.append(_span(phrase("the line {first}"), phrase("the lines {first} to {last}"), others))
    return say("It has {parts}.", parts=tongue().all_of(parts)) if parts else say("It has no numbered lines.")


def _span(one: str, several: str, marks: Sequence[str]) -> str:
    return say(one if len(marks) == 1 else several, first=marks[0], last=marks[-1])

""" "Something wrong?" under a card: a form for members that lands in the admins' queue.

The library knows a form only in the process that opened it. What a form sends back is therefore read from Discord's
own data, on one road for every process (`read_form`, called by the listener in `bot.cogs.fix`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.checks import NotInServer
from bot.errors import Refusal, answer_error
from bot.render.fixes import REPORT_KINDS
from bot.render.markup import clean
from bot.tongue import Spoken, address, phrase, say
from digests import ReportKind

#: Longest account of what is wrong.
MAX_WORDS = 600
LABEL = phrase("Something wrong?")
_FORM_ID = re.compile(r"digest:wrong:send:(?P<story>[\w.-]{1,60})")
KIND_FIELD, WORDS_FIELD = "kind", "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a member wrote into the form."""

    story_id: str
    kind: ReportKind
    words: str


class WrongButton(
    Spoken, ui.DynamicItem[ui.Button[Any]], template=r"digest:wrong:open:(?P<story>[\w.-]{1,60})"
):
    """`digest:wrong:open:<story id>`: opens the form."""

    def __init__(self, story_id: str) -> None:
        super().__init__(
            ui.Button(
                label=say(LABEL),
                custom_id=f"digest:wrong:open:{story_id}",
                style=discord.ButtonStyle.secondary,
            )
        )
        self.story_id = story_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> WrongButton:
        return cls(match["story"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            if interaction.guild_id is None:
                raise NotInServer("reports go to the admins of a server")
            await interaction.response.send_modal(make_form(self.story_id))
        except Exception as exc:
            await answer_error(interaction, exc)


def make_form(story_id: str) -> ui.Modal:
    """What is wrong, and in the member's own words."""
    form = ui.Modal(title=say(LABEL), custom_id=f"digest:wrong:send:{story_id}", timeout=3600)
    kinds: ui.Select[Any] = ui.Select(
        custom_id=KIND_FIELD,
        options=[
            discord.SelectOption(label=say(label), value=kind.value) for kind, label in REPORT_KINDS.items()
        ],
    )
    words: ui.TextInput[Any] = ui.TextInput(
        custom_id=WORDS_FIELD,
        style=discord.TextStyle.paragraph,
        max_length=MAX_WORDS,
        placeholder=say("For example: F2 counts the injured, not the dead"),
    )
    form.add_item(ui.Label(text=say("What is it?"), component=kinds))
    form.add_item(
        ui.Label(
            text=say("Which one, and what is wrong?"),
            description=say("Name its number on the card."),
            component=words,
        )
    )
    return form


def read_form(interaction: discord.Interaction[Any]) -> Sent | None:
    """What the form sent back; `None` for any other interaction. Raises Refusal for one that no client sends."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    data: dict[str, Any] = dict(interaction.data or {})
    match = _FORM_ID.fullmatch(str(data.get("custom_id") or ""))
    if match is None:
        return None
    address(interaction, private=True)
    fields = dict(_fields(data.get("components") or []))
    try:
        [kind] = fields[KIND_FIELD]["values"]
        sent = Sent(
            story_id=match["story"],
            kind=ReportKind(kind),
            words=clean(str(fields[WORDS_FIELD]["value"]))[:MAX_WORDS],
        )
    except (KeyError, ValueError, TypeError):
        raise Refusal(say("This form cannot be read. Press the button again and fill it in.")) from None
    if not sent.words:
        raise Refusal(say("Say in a few words what is wrong. Press the button again."))
    return sent


def _fields(components: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields inside of labels, by their ids."""
    for component in components:
        field = component.get("component")
        if isinstance(field, dict) and "custom_id" in field:
            yield str(field["custom_id"]), field

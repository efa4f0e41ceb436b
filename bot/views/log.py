"""The pages of the log; the buttons know their page and nothing of the server: it is the one they are pressed in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.audit import written
from bot.checks import require_manager, server_of
from bot.errors import answer_error
from bot.render.log import render_log
from bot.render.page import Page
from bot.services import services_of
from bot.tongue import Spoken, say
from bot.views.layout import Button, turn
from digests import Engine

#: Entries that can be paged through.
MAX_ENTRIES = 800


async def build_log(engine: Engine, server: str, actor: str | None) -> tuple[Page, ...]:
    """At least one page; what is being written down right now is in it."""
    await written()
    return render_log(await engine.servers.log(server, limit=MAX_ENTRIES, actor=actor))


class LogButton(
    Spoken,
    ui.DynamicItem[ui.Button[Any]],
    template=r"digest:log:page:(?P<page>\d{1,3})(?::(?P<actor>\d{15,20}))?",
):
    """`digest:log:page:<page>[:<member>]`"""

    def __init__(self, page: int, actor: str | None, *, label: str) -> None:
        custom_id = f"digest:log:page:{page}" + (f":{actor}" if actor else "")
        super().__init__(ui.Button(label=label, custom_id=custom_id, style=discord.ButtonStyle.secondary))
        self.page, self.actor = page, actor

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> LogButton:
        return cls(int(match["page"]), match["actor"], label=getattr(item, "label", None) or say("Open"))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            require_manager(interaction)
            await interaction.response.defer()
            pages = await build_log(services_of(interaction).engine, server_of(interaction), self.actor)
            number = min(self.page, len(pages) - 1)
            await turn(interaction, pages[number], log_buttons(pages, number, self.actor))
        except Exception as exc:
            await answer_error(interaction, exc)


def log_buttons(pages: Sequence[Page], number: int, actor: str | None) -> list[Button]:
    """Newer and older, where there is one."""
    found: list[Button] = []
    if number > 0:
        found.append(LogButton(number - 1, actor, label=say("Newer")))
    if number < len(pages) - 1:
        found.append(LogButton(number + 1, actor, label=say("Older")))
    return found

"""The list of stories, all of them or those that hold certain words, with buttons that turn its pages."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.checks import owner_of
from bot.errors import Refusal, answer_error
from bot.render.limits import CUSTOM_ID, shorten
from bot.render.markup import clean, escape
from bot.render.page import Page
from bot.render.stories import render_story_list
from bot.services import services_of
from bot.tongue import Spoken, say
from bot.views.layout import Button, answer, make_layout
from digests import Engine

#: Stories that a list shows at most.
MAX_LISTED = 200
#: Room for the words inside a button's id; a longer search has one page.
MAX_WORDS = 60
ANSWER_SECONDS = 60


async def build_listing(engine: Engine, words: str | None, *, owner: str | None) -> tuple[Page, ...]:
    """Pages with the stories that hold `words`, or with all; empty when there are none."""
    found = await engine.stories(find=words, owner=owner, limit=MAX_LISTED)
    if not found:
        return ()
    heading = (
        say("Stories with “{words}”", words=escape(shorten(clean(words), 80))) if words else say("Stories")
    )
    return render_story_list(found, heading=heading)


class ListingButton(
    Spoken,
    ui.DynamicItem[ui.Button[Any]],
    template=r"digest:stories:page:all:(?P<page>\d{1,3})(?::(?P<words>.{1,60}))?",
):
    """`digest:stories:page:all:<page>[:words]`"""

    def __init__(self, page: int, words: str | None, *, label: str) -> None:
        custom_id = f"digest:stories:page:all:{page}" + (f":{words}" if words else "")
        assert len(custom_id) <= CUSTOM_ID
        super().__init__(ui.Button(label=label, custom_id=custom_id, style=discord.ButtonStyle.secondary))
        self.page, self.words = page, words

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> ListingButton:
        return cls(int(match["page"]), match["words"], label=getattr(item, "label", None) or say("Open"))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            await self._show(interaction)
        except Exception as exc:
            await answer_error(interaction, exc)

    async def _show(self, interaction: discord.Interaction[Any]) -> None:
        in_place = interaction.message is not None and interaction.message.flags.ephemeral
        if in_place:
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        async with asyncio.timeout(ANSWER_SECONDS):
            pages = await build_listing(
                services_of(interaction).engine, self.words, owner=owner_of(interaction)
            )
        if not pages:
            raise Refusal(say("These stories are not there any more. /story shows the current ones."))
        number = min(self.page, len(pages) - 1)
        buttons = listing_buttons(pages, number, self.words)
        if in_place:
            await interaction.edit_original_response(view=make_layout(pages[number], buttons))
        else:
            await answer(interaction, pages[number], buttons, private=True)


def listing_buttons(pages: Sequence[Page], number: int, words: str | None) -> list[Button]:
    """Previous and next, where there is one and its id has room for the words."""
    if words is not None and len(words) > MAX_WORDS:
        return []
    found: list[Button] = []
    if number > 0:
        found.append(ListingButton(number - 1, words, label=say("Previous")))
    if number < len(pages) - 1:
        found.append(ListingButton(number + 1, words, label=say("Next")))
    return found

"""From a page to a message: Discord's layout around the text, with its buttons, and the one way to answer with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.render.limits import ROW_BUTTONS
from bot.render.markup import small
from bot.render.page import Page

Button = ui.Item[Any]


def make_layout(page: Page, buttons: Sequence[Button] = ()) -> ui.LayoutView:
    """The view that shows `page`: a container with divided blocks, small print, and rows of buttons under it.

    It never times out and holds no state: its buttons work by their ids alone, also in a later process.
    """
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=discord.Colour(int(page.accent)))
    for index, block in enumerate(page.blocks):
        if index:
            container.add_item(ui.Separator())
        container.add_item(ui.TextDisplay(block))
    if page.footer:
        container.add_item(ui.TextDisplay(small(page.footer)))
    view.add_item(container)
    for start in range(0, len(buttons), ROW_BUTTONS):
        row: ui.ActionRow[ui.LayoutView] = ui.ActionRow(*buttons[start : start + ROW_BUTTONS])
        view.add_item(row)
    return view


async def answer(
    interaction: discord.Interaction[Any], page: Page, buttons: Sequence[Button] = (), *, private: bool
) -> None:
    """Answer with `page`: at once, or into the place that a deferral has kept."""
    view = make_layout(page, buttons)
    if interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=private)
    else:
        await interaction.response.send_message(view=view, ephemeral=private)

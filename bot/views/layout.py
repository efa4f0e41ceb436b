"""From a page to a message: Discord's layout around the text, with its buttons, and the one way to answer with it."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import discord
from discord import ui

from bot.noting import note
from bot.render.limits import ROW_BUTTONS
from bot.render.markup import small
from bot.render.page import Page
from bot.render.references import joined
from bot.services import services_of
from bot.tongue import address, say
from digests import Chart

log = logging.getLogger(__name__)

Button = ui.Item[Any]
T = TypeVar("T")

#: What Discord answers to a message whose files are more than it takes.
_TOO_LARGE = 413
# How long an answer is waited for before its place is kept, and beside how many others.
_AT_ONCE_SECONDS = 0.25
_FEW = 3
# What answers are being made of now.
_AT_WORK: set[asyncio.Task[Any]] = set()


def make_layout(page: Page, buttons: Sequence[Button] = (), chart: Chart | None = None) -> ui.LayoutView:
    """The view that shows `page`: a container with divided blocks, small print, and rows of buttons under it.

    `chart` stands under the first block; its file (`files_of`) has to be sent along. The view never times out and
    holds no state: its buttons work by their ids alone, also in a later process.
    """
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=discord.Colour(int(page.accent)))
    for index, block in enumerate(page.blocks):
        if index:
            container.add_item(ui.Separator())
        container.add_item(ui.TextDisplay(block))
        if chart is not None and index == 0:
            media = f"attachment://{chart.name}"
            container.add_item(
                ui.MediaGallery(discord.MediaGalleryItem(media, description=chart.description))
            )
    if page.footer:
        container.add_item(ui.TextDisplay(small(page.footer)))
    view.add_item(container)
    for start in range(0, len(buttons), ROW_BUTTONS):
        row: ui.ActionRow[ui.LayoutView] = ui.ActionRow(*buttons[start : start + ROW_BUTTONS])
        view.add_item(row)
    return view


def files_of(chart: Chart | None) -> list[discord.File]:
    """What is uploaded with a view that shows `chart`; made anew for each message, since sending empties it."""
    if chart is None:
        return []
    return [discord.File(io.BytesIO(chart.png), filename=chart.name, description=chart.description)]


async def in_place(
    interaction: discord.Interaction[Any],
    work: Coroutine[Any, Any, T],
    *,
    private: bool,
    is_turn: bool = False,
) -> T:
    """Do the work for an answer that Discord waits three seconds for: deferred as soon as it is not there at once.

    What is there at once spares the reader a round trip and the sight of a placeholder, and what fails at once is told
    to nobody else. While others wait too, the place is kept first: their work could come between.
    """
    task = asyncio.create_task(work)
    _AT_WORK.add(task)
    task.add_done_callback(_AT_WORK.discard)
    try:
        if len(_AT_WORK) <= _FEW:
            await asyncio.wait([task], timeout=_AT_ONCE_SECONDS)
        if not task.done():
            if is_turn:
                await interaction.response.defer()
            else:
                await interaction.response.defer(ephemeral=private, thinking=True)
        return await task
    except Exception:
        if not interaction.response.is_done():
            # Only the caller will read why.
            address(interaction, private=True)
        raise
    finally:
        if not task.cancel() and not task.cancelled():
            # Where its place could not be kept, nobody asks any more what came of it.
            task.exception()


async def answer(
    interaction: discord.Interaction[Any],
    page: Page,
    buttons: Sequence[Button] = (),
    *,
    private: bool,
    chart: Chart | None = None,
) -> None:
    """Answer with `page`: at once, or into the place that a deferral has kept."""
    _note_shown(interaction, page, private=private)

    async def send(view: ui.LayoutView, files: list[discord.File]) -> None:
        if interaction.response.is_done():
            await interaction.followup.send(view=view, files=files, ephemeral=private)
        else:
            await interaction.response.send_message(view=view, files=files, ephemeral=private)

    await _with_picture(send, page, buttons, chart)


async def turn(
    interaction: discord.Interaction[Any],
    page: Page,
    buttons: Sequence[Button] = (),
    *,
    chart: Chart | None = None,
) -> None:
    """Show `page` in the private message whose button was pressed; its picture comes and goes with the page."""
    _note_shown(interaction, page, private=True)

    async def send(view: ui.LayoutView, files: list[discord.File]) -> None:
        if interaction.response.is_done():
            await interaction.edit_original_response(view=view, attachments=files)
        else:
            await interaction.response.edit_message(view=view, attachments=files)

    await _with_picture(send, page, buttons, chart)


async def _with_picture(
    send: Callable[[ui.LayoutView, list[discord.File]], Awaitable[None]],
    page: Page,
    buttons: Sequence[Button],
    chart: Chart | None,
) -> None:
    """Send a page with its picture; without, and saying so, when Discord does not take it: the words matter more."""
    try:
        await send(make_layout(page, buttons, chart), files_of(chart))
    except discord.HTTPException as exc:
        if chart is None or exc.status != _TOO_LARGE:
            raise
        log.warning("picture refused name=%s bytes=%s", chart.name, len(chart.png))
        words = say("The picture is left out: Discord says that it is too large.")
        await send(make_layout(replace(page, footer=joined(page.footer, words)), buttons), [])


def _note_shown(interaction: discord.Interaction[Any], page: Page, *, private: bool) -> None:
    """Keep what numbered lines the channel is about to see, before anyone can ask for one of them.

    It stands in the store, so that `/source` knows them also after a restart.
    """
    if not page.lines or interaction.channel_id is None:
        return
    reader = str(interaction.user.id) if private else None
    note(services_of(interaction).engine, str(interaction.channel_id), page.lines, reader=reader)

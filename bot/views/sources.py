"""The question after a preview: add this source, or not. It stands until it is answered, also after a restart."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.audit import record_action
from bot.checks import owner_of, require_manager
from bot.errors import Refusal, answer_error
from bot.render.markup import escape
from bot.render.page import Page
from bot.render.sources import progress_words, render_report
from bot.services import services_of
from bot.tongue import Spoken, say
from bot.views.layout import Button, make_layout
from digests import Engine, RefreshInProgress, Source, SourceKind

#: How often, and after which pause, the first load is tried while another one runs.
LOAD_TRIES = 40
LOAD_PAUSE_SECONDS = 0.5
#: Setting under which a previewed address waits for its answer.
PENDING_SETTING = "pending.source.{token}"


async def ask_to_add(engine: Engine, location: str, *, name: str, owner: str | None) -> list[Button]:
    """Keep what would be added and return the two buttons that decide."""
    token = hashlib.sha256(f"{owner}\n{location}".encode()).hexdigest()[:16]
    value = json.dumps({"location": location, "name": name, "owner": owner})
    await engine.set_setting(PENDING_SETTING.format(token=token), value)
    return [SourceButton("add", token), SourceButton("cancel", token)]


class SourceButton(
    Spoken,
    ui.DynamicItem[ui.Button[Any]],
    template=r"digest:sources:(?P<action>add|cancel):(?P<token>[0-9a-f]{16})",
):
    """`digest:sources:add:<token>`; only who manages the server of the question may answer it."""

    def __init__(self, action: str, token: str) -> None:
        is_add = action == "add"
        super().__init__(
            ui.Button(
                label=say("Add this source") if is_add else say("Cancel"),
                style=discord.ButtonStyle.primary if is_add else discord.ButtonStyle.secondary,
                custom_id=f"digest:sources:{action}:{token}",
            )
        )
        self.action, self.token = action, token

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> SourceButton:
        return cls(match["action"], match["token"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            require_manager(interaction)
            await interaction.response.defer()
            page = await self._decide(interaction)
            await interaction.edit_original_response(view=make_layout(page))
        except Exception as exc:
            await answer_error(interaction, exc)

    async def _decide(self, interaction: discord.Interaction[Any]) -> Page:
        engine = services_of(interaction).engine
        key = PENDING_SETTING.format(token=self.token)
        pending = json.loads(await engine.setting(key) or "{}")
        if not pending or pending["owner"] != owner_of(interaction):
            raise Refusal(say("This question was answered already. Use /sources add to ask again."))
        await engine.set_setting(key, "")
        if self.action == "cancel":
            return Page(blocks=(say("Nothing was added."),))
        return await add_and_load(interaction, engine, pending["location"], pending["name"])


async def add_and_load(
    interaction: discord.Interaction[Any], engine: Engine, location: str, name: str
) -> Page:
    """Save the source and read it once; nothing is posted for what it already holds.

    Both in one go: were it saved while a round begins, that one would read it, and the answer would tell of nothing.
    Meanwhile a line stands in the place of the question, whose buttons have done what they can.
    """
    owner = owner_of(interaction)
    added: list[Source] = []

    async def note(source: Source) -> None:
        added.append(source)
        await record_action(interaction, "sources.add", source=source.id, location=location)

    await _show(interaction, Page(blocks=(progress_words(0, 1),)))
    try:
        for _ in range(LOAD_TRIES):
            try:
                report = await engine.add_and_read(
                    SourceKind.FEED, location, name=name, owner=owner, on_added=note
                )
                return render_report(report)[0]
            except RefreshInProgress:
                await asyncio.sleep(LOAD_PAUSE_SECONDS)
    except Exception:
        # What went wrong is told beside it; the line must not say for ever that it is read.
        await _show(interaction, _unread(added, name))
        raise
    await note(await engine.add_source(SourceKind.FEED, location, name=name, owner=owner))
    return Page(
        blocks=(say("The source is saved. It will be read with the next refresh: one is running now."),)
    )


def _unread(added: Sequence[Source], name: str) -> Page:
    if not added:
        return Page(blocks=(say("Nothing was added."),))
    words = say(
        "**{name}** is read again with the next round. /sources reload reads it now.", name=escape(name)
    )
    return Page(blocks=(words,))


async def _show(interaction: discord.Interaction[Any], page: Page) -> None:
    """In the place of the question, where that can be; a line that cannot be shown is no reason to stop."""
    with contextlib.suppress(discord.HTTPException):
        await interaction.edit_original_response(view=make_layout(page))

"""/sources: where articles come from; for those who manage the server. Always answered in private."""

from __future__ import annotations

import asyncio
import contextlib
import io
from dataclasses import replace
from typing import Any

from discord import Attachment, File, HTTPException, Interaction, app_commands
from discord.ext import commands

from bot.audit import record_action
from bot.checks import is_manager, owner_of, require_manager
from bot.choices import in_time
from bot.errors import Refusal
from bot.render.limits import CHOICE_NAME, CHOICES, shorten
from bot.render.markup import clean, escape
from bot.render.page import Page
from bot.render.sources import (
    progress_words,
    render_import,
    render_preview,
    render_report,
    render_source_list,
)
from bot.services import ServiceBot
from bot.tongue import say, say_why
from bot.views.layout import answer, make_layout
from bot.views.sources import ask_to_add
from digests import RefreshReport, Source, parse_opml

#: Seconds between two updates of the progress line: well inside Discord's limit on edits.
PROGRESS_SECONDS = 2.0
#: Longest that the report waits for the last of them.
EDIT_SECONDS = 10.0
#: Messages that one answer may take.
MAX_PAGES = 8
#: Longest that a preview is waited for.
PREVIEW_SECONDS = 60
#: Bytes of a list that is imported, and sources that a server may have of its own.
MAX_LIST_BYTES = 1_000_000
MAX_OWN = 200


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class Sources(commands.GroupCog, group_name="sources", group_description="Where articles come from"):
    def __init__(self, bot: ServiceBot) -> None:
        self.engine = bot.services.engine

    async def interaction_check(self, interaction: Interaction[Any], /) -> bool:
        """Every subcommand: the client's hiding is no check."""
        require_manager(interaction)
        return True

    @app_commands.command(name="list")
    async def list_sources(self, interaction: Interaction[Any]) -> None:
        """Show every source with its state and why, its last success and its next check."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        pages = render_source_list(await self.engine.source_health(owner_of(interaction)))
        for page in pages[:MAX_PAGES]:
            await answer(interaction, page, private=True)

    @app_commands.command(name="add")
    @app_commands.describe(url="The address of a feed, or of a site that has one", name="What to call it")
    async def add(self, interaction: Interaction[Any], url: str, name: str | None = None) -> None:
        """Try a feed, see what it would load, and add it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._require_room(interaction, 1)
        async with asyncio.timeout(PREVIEW_SECONDS):
            preview = await self.engine.preview_source(url)
        location, owner = preview.location or url.strip(), owner_of(interaction)
        page, buttons = render_preview(location, preview), []
        if known := await self.engine.find_source(location, owner=owner):
            words = say(
                "It is read already, as **{name}** (`{id}`): nothing to add.",
                name=escape(shorten(clean(known.name), 80)),
                id=known.id,
            )
            page = replace(page, blocks=(words, *page.blocks))
        else:
            chosen = shorten(clean(name or preview.title or preview.result.name), 100)
            buttons = await ask_to_add(self.engine, location, name=chosen, owner=owner)
        await record_action(interaction, "sources.preview", location=url)
        await answer(interaction, page, buttons, private=True)

    @app_commands.command(name="remove")
    @app_commands.describe(source="Which source; its articles stay")
    async def remove(self, interaction: Interaction[Any], source: str) -> None:
        """Stop reading a source that this server has added."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self._find_own(interaction, source)
        await self.engine.remove_source(found.id)
        await record_action(interaction, "sources.remove", source=found.id)
        words = say("**{name}** is not read any more. Its articles stay.", name=escape(found.name))
        await answer(interaction, Page(blocks=(words,)), private=True)

    @app_commands.command(name="pause")
    @app_commands.describe(source="Which source; it is left alone until you resume it")
    async def pause(self, interaction: Interaction[Any], source: str) -> None:
        """Leave a source that this server has added alone for a while."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self._find_own(interaction, source)
        await self.engine.pause_source(found.id)
        await record_action(interaction, "sources.pause", source=found.id)
        words = say("**{name}** is paused. /sources resume reads it again.", name=escape(found.name))
        await answer(interaction, Page(blocks=(words,)), private=True)

    @app_commands.command(name="resume")
    @app_commands.describe(source="Which source; what went wrong before is forgotten")
    async def resume(self, interaction: Interaction[Any], source: str) -> None:
        """Read a paused source of this server again."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self._find_own(interaction, source)
        await self.engine.resume_source(found.id)
        await record_action(interaction, "sources.resume", source=found.id)
        words = say(
            "**{name}** is read again with the next round. /sources reload reads it now.",
            name=escape(found.name),
        )
        await answer(interaction, Page(blocks=(words,)), private=True)

    @app_commands.command(name="test")
    @app_commands.describe(source="Which source; nothing is kept")
    async def test(self, interaction: Interaction[Any], source: str) -> None:
        """Read a source now and show what it would load, without keeping anything."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self._find(interaction, source)
        async with asyncio.timeout(PREVIEW_SECONDS):
            preview = await self.engine.test_source(found.id)
        await answer(interaction, render_preview(found.location, preview), private=True)

    @app_commands.command(name="import")
    @app_commands.describe(file="An OPML list, as every feed reader exports it")
    async def import_list(self, interaction: Interaction[Any], file: Attachment) -> None:
        """Add the feeds of an OPML list to this server."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        if file.size > MAX_LIST_BYTES:
            raise Refusal(
                say(
                    "This list is too large. Up to {most} MB can be read.",
                    most=MAX_LIST_BYTES // 1_000_000,
                )
            )
        async with asyncio.timeout(PREVIEW_SECONDS):
            data = await file.read()
        try:
            feeds = await asyncio.to_thread(parse_opml, data)
        except ValueError as exc:
            raise Refusal(
                say("This file cannot be imported: {problem}.", problem=escape(say_why(str(exc))))
            ) from exc
        await self._require_room(interaction, len(feeds.feeds))
        report = await self.engine.import_sources(feeds, owner=owner_of(interaction))
        await record_action(interaction, "sources.import", added=len(report.added))
        await answer(interaction, render_import(report), private=True)

    @app_commands.command(name="export")
    async def export_list(self, interaction: Interaction[Any]) -> None:
        """Get the feeds as an OPML list, for any feed reader."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        listed = await self.engine.export_sources(owner_of(interaction))
        file = File(io.BytesIO(listed.encode()), filename="sources.opml")
        await interaction.followup.send(file=file, ephemeral=True)

    @app_commands.command(name="reload")
    @app_commands.describe(source="Only this source; without it all that are not paused")
    async def reload(self, interaction: Interaction[Any], source: str | None = None) -> None:
        """Read the sources now and report what came: new, changed, unchanged, failed."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        if source:
            ids = [(await self._find(interaction, source)).id]
        else:
            ids = [one.id for one in await self.engine.sources(owner_of(interaction)) if not one.paused]
        await record_action(interaction, "sources.reload", sources=len(ids))
        report = await self._reload(interaction, ids)
        first, *others = render_report(report)
        await interaction.edit_original_response(view=make_layout(first))
        for page in others[:MAX_PAGES]:
            await answer(interaction, page, private=True)

    async def _reload(self, interaction: Interaction[Any], ids: list[str]) -> RefreshReport:
        """Refresh while a line under the command says how far it is."""
        read = 0

        def count(articles: int) -> None:
            nonlocal read
            read += articles

        # The refresh goes first: a second one at the same time is refused before anything is shown.
        refreshing = asyncio.create_task(self.engine.refresh(ids, progress=count))
        done: set[asyncio.Task[RefreshReport]] = set()
        while not done:
            done, _ = await asyncio.wait({refreshing}, timeout=PROGRESS_SECONDS)
            if not done:
                # Waited for, never cut off: a late line must not come over the report.
                page = Page(blocks=(progress_words(read, len(ids)),))
                with contextlib.suppress(HTTPException):
                    # A line that cannot be shown is no reason to lose the report.
                    await interaction.edit_original_response(view=make_layout(page))
        return refreshing.result()

    @remove.autocomplete("source")
    @pause.autocomplete("source")
    @resume.autocomplete("source")
    @test.autocomplete("source")
    @reload.autocomplete("source")
    async def suggest_sources(
        self, interaction: Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Names of the sources that this server sees; nothing for who may not manage it."""
        if not is_manager(interaction):
            return []
        wanted = typed.strip().casefold()
        return [
            app_commands.Choice(name=shorten(clean(one.name), CHOICE_NAME) or one.id, value=one.id)
            for one in await in_time(self.engine.sources(owner_of(interaction)), ())
            if wanted in one.name.casefold() or wanted in one.id
        ][:CHOICES]

    async def _require_room(self, interaction: Interaction[Any], wanted: int) -> None:
        """Each source is asked many times a day: there is an end to how many a server may add. Raises Refusal."""
        own = sum(one.owner is not None for one in await self.engine.sources(owner_of(interaction)))
        if own + wanted > MAX_OWN:
            raise Refusal(
                say(
                    "A server can have {most} sources of its own. This one has {own}; /sources remove "
                    "makes room.",
                    most=MAX_OWN,
                    own=own,
                )
            )

    async def _find_own(self, interaction: Interaction[Any], typed: str) -> Source:
        """As `_find`, but only a source that this server has added: the others are shared. Raises Refusal."""
        found = await self._find(interaction, typed)
        if found.owner is None or found.owner != owner_of(interaction):
            raise Refusal(
                say("This source is shared by all servers. Only whoever runs the bot can change it.")
            )
        return found

    async def _find(self, interaction: Interaction[Any], typed: str) -> Source:
        """The source that this server sees by its id or name. Raises Refusal."""
        wanted = typed.strip()
        for one in await self.engine.sources(owner_of(interaction)):
            if wanted == one.id or wanted.casefold() == one.name.casefold():
                return one
        raise Refusal(
            say(
                "No source matches “{typed}”. /sources list shows the sources and their ids.",
                typed=escape(shorten(clean(typed), 60)),
            )
        )


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Sources(bot))

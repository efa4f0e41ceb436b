"""A small bot on the real library that uses each thing our bot uses, for testing the loopback Discord itself."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

__all__ = ["PNG", "SampleBot"]

STORIES = ("Bridge collapse", "Flood in Exampletown", "Harbour strike")
#: Header of a 2 x 3 PNG; enough to be taken for a picture.
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + (2).to_bytes(4, "big")
    + (3).to_bytes(4, "big")
    + b"\x08\x02\x00\x00\x00"
)


class Panel(discord.ui.View):
    """Buttons and a menu that work after a restart."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Conflicts", custom_id="panel:conflicts")
    async def conflicts(self, interaction: discord.Interaction, _button: discord.ui.Button[Any]) -> None:
        await interaction.response.send_message("two sources differ", ephemeral=True)

    @discord.ui.button(label="Next", custom_id="panel:next")
    async def turn(self, interaction: discord.Interaction, _button: discord.ui.Button[Any]) -> None:
        await interaction.response.edit_message(content="page 2", embed=None)

    @discord.ui.button(label="Later", custom_id="panel:later")
    async def later(self, interaction: discord.Interaction, _button: discord.ui.Button[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="page 3", embed=None)

    @discord.ui.button(label="Report", custom_id="panel:report")
    async def report(self, interaction: discord.Interaction, _button: discord.ui.Button[Any]) -> None:
        await interaction.response.send_modal(Report())

    @discord.ui.select(
        custom_id="panel:measure",
        placeholder="Measure",
        options=[
            discord.SelectOption(label="Killed", value="k"),
            discord.SelectOption(label="Injured", value="i"),
        ],
    )
    async def measure(self, interaction: discord.Interaction, select: discord.ui.Select[Any]) -> None:
        await interaction.response.send_message(f"measure {select.values[0]}")


class Report(discord.ui.Modal, title="Something wrong?"):
    """A form with a labelled text field."""

    what: discord.ui.Label[Any] = discord.ui.Label(
        text="What is wrong", component=discord.ui.TextInput(custom_id="report:what", max_length=200)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.what.component, discord.ui.TextInput)
        await interaction.response.send_message(f"noted: {self.what.component.value}", ephemeral=True)


def layout() -> discord.ui.LayoutView:
    """Components V2 of every kind."""
    view = discord.ui.LayoutView()
    section: discord.ui.Section[Any] = discord.ui.Section(
        "## Bridge collapse", accessory=discord.ui.Button(label="Source", url="https://example.org/a")
    )
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
    row.add_item(discord.ui.Button(label="More", custom_id="layout:more"))
    view.add_item(
        discord.ui.Container(
            section,
            discord.ui.Separator(),
            discord.ui.TextDisplay("Killed: 12"),
            row,
            accent_colour=discord.Colour.red(),
        )
    )
    view.add_item(
        discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://chart.png", description="a chart"))
    )
    return view


class SampleBot(commands.AutoShardedBot):
    """As our bot is: only the guilds intent, nothing cached, slash commands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=options.pop("intents", discord.Intents(guilds=True)),
            allowed_mentions=options.pop("allowed_mentions", discord.AllowedMentions.none()),
            guild_ready_timeout=0.05,
            **options,
        )
        self.errors: list[BaseException] = []
        self.go = asyncio.Event()
        self.seen: list[str] = []
        self.panel = Panel()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """The library sleeps 5 s here before a second IDENTIFY; the double's window is set to 0 in these tests."""

    async def on_message(self, message: discord.Message) -> None:
        """Only keeps what was seen."""
        self.seen.append(message.content)

    async def setup_hook(self) -> None:
        """Commands, persistent buttons, sync."""
        self.add_view(self.panel)
        self.tree.on_error = self._note  # type: ignore[method-assign, assignment]
        for command in (hello, digest, show, files, form, late, twice, place):
            self.tree.add_command(command)
        self.tree.add_command(sources)
        await self.tree.sync()

    async def _note(self, _interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.errors.append(error.__cause__ or error)


def _bot(interaction: discord.Interaction) -> SampleBot:
    assert isinstance(interaction.client, SampleBot)
    return interaction.client


@app_commands.command(description="Greets at once")
async def hello(
    interaction: discord.Interaction, name: str, times: app_commands.Range[int, 1, 3] = 1
) -> None:
    await interaction.response.send_message(f"hello {name} in {interaction.locale}" * times)


@app_commands.command(description="Defers, then answers")
async def digest(interaction: discord.Interaction, story: str | None = None, private: bool = False) -> None:
    await interaction.response.defer(thinking=True, ephemeral=private)
    embed = discord.Embed(title=story or STORIES[0], description="what happened", url="https://example.org/a")
    embed.add_field(name="Killed", value="at least 12").set_footer(text="as of now").set_image(
        url="attachment://chart.png"
    )
    file = discord.File(io.BytesIO(PNG), "chart.png")
    await interaction.followup.send("digest", embed=embed, file=file, view=_bot(interaction).panel)
    await interaction.followup.send("one more")
    await interaction.edit_original_response(content="digest, edited")


@digest.autocomplete("story")
async def _stories(_interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=name, value=name) for name in STORIES if current.lower() in name.lower()]


@app_commands.command(description="Shows components")
async def show(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(view=layout(), file=discord.File(io.BytesIO(PNG), "chart.png"))


@app_commands.command(description="Sends two files")
async def files(interaction: discord.Interaction) -> None:
    both = [discord.File(io.BytesIO(b"one"), "one.txt"), discord.File(io.BytesIO(b"two"), "two.txt")]
    await interaction.response.send_message("two files", files=both)


@app_commands.command(description="Opens a form")
async def form(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Report())


@app_commands.command(description="Waits before it answers")
async def late(interaction: discord.Interaction) -> None:
    await _bot(interaction).go.wait()
    await interaction.response.send_message("late")


@app_commands.command(description="Answers twice")
async def twice(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("first")
    # The library refuses a second answer itself; this is what another process would send.
    interaction.response._response_type = None
    await interaction.response.send_message("second")


@app_commands.command(description="Names a channel")
async def place(
    interaction: discord.Interaction, channel: discord.TextChannel, role: discord.Role | None = None
) -> None:
    await interaction.response.send_message(f"{channel.name} {role.name if role else '-'}")


sources = app_commands.Group(
    name="sources",
    description="Sources",
    default_permissions=discord.Permissions(manage_guild=True),
    guild_only=True,
)


@sources.command(description="Adds a source")
@app_commands.checks.has_permissions(manage_guild=True)
async def add(interaction: discord.Interaction, url: str) -> None:
    await interaction.response.send_message(f"added {url}", ephemeral=True)

"""The `sitrep` command line without Discord: its commands, each of which stands in a module of its own."""

from __future__ import annotations

import contextlib
import difflib
import importlib
import io
import sys
from typing import Any

import click

from digests.logins import without_login

# Where each command stands. Its module is loaded when it is called or listed: `sitrep extract` takes half as long to
# start without all that makes stories and cards.
_COMMANDS = {
    "backup": "digests.cli_store:backup",
    "check": "digests.cli_store:check",
    "digest": "digests.cli_stories:digest",
    "doctor": "digests.cli_sources:doctor",
    "explain": "digests.cli_explain:explain_command",
    "extract": "digests.cli_extract:extract",
    "load": "digests.cli_stories:load",
    "refresh": "digests.cli_stories:refresh",
    "restore": "digests.cli_store:restore_command",
    "sources": "digests.cli_sources:sources",
    "stories": "digests.cli_stories:stories",
    "timeline": "digests.cli_timeline:timeline_command",
}

# As a shell reports a command that Ctrl-C ended.
EXIT_INTERRUPTED = 130


class Sitrep(click.Group):
    """The commands, and how each of them ends when it is stopped from outside."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; a slip in its name is answered with the one that is like it."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as exc:
            near = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            if not near:
                raise
            raise click.UsageError(f"{exc.message} Did you mean {near[0]!r}?", ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an interrupt ends it without a trace. Nothing is half done: the store writes in batches."""
        for stream in (sys.stdout, sys.stderr):
            # The same bytes in every locale, and no lost digest because of one letter.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")
        try:
            return super().invoke(ctx)
        except click.UsageError as exc:
            # What was typed is repeated in it, and may be an address with a password.
            said = exc.format_message()
            if (told := without_login(said)) == said:
                raise
            raise click.UsageError(told, exc.ctx) from None
        except KeyboardInterrupt:
            with contextlib.suppress(OSError):
                click.echo("interrupted", err=True)
            sys.exit(EXIT_INTERRUPTED)


@click.group(cls=Sitrep, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="sitrep", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn many outlets' reports on one event into a sourced situation report.

    \b
    Start here:
      sitrep digest                      the bundled sample corpus, as cards
      sitrep digest news/ --format html  your own folder of articles, as a page
      sitrep extract news/               the facts of each article, as JSON lines
      sitrep sandbox                     the Discord bot in a browser, without an account
    """

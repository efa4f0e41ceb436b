"""The console script `sitrep`: the engine's commands, plus `run` (the bot) and `sandbox` (a Discord to try it on).

Only these two import Discord's library, and only when they are called: everything else starts without it.
"""

from __future__ import annotations

import asyncio
import copy
import sys
from pathlib import Path

import click

from digests import DigestError, load_config
from digests.cli import cli as engine_cli

#: The file that `run` reads when none is named and it is there.
DEFAULT_CONFIG = Path("config.toml")


def build_cli() -> click.Group:
    """The whole command line."""
    group = copy.copy(engine_cli)
    group.commands = dict(engine_cli.commands)
    group.add_command(run)
    group.add_command(sandbox)
    return group


@click.command()
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The configuration file; config.toml in this folder when it is there.",
)
@click.option("--verbose", is_flag=True, help="Log every step, not only what matters.")
def run(config_path: Path | None, verbose: bool) -> None:
    """Run the Discord bot until it is stopped.

    The bot's token comes from DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE names. Exit code 75: another
    process already runs on the same store.
    """
    from bot.app import EXIT_LOCKED, Locked, run_bot
    from bot.config import load_bot_config
    from bot.logs import set_up_logging

    if config_path is None and DEFAULT_CONFIG.is_file():
        config_path = DEFAULT_CONFIG
    try:
        settings, config = load_config(config_path), load_bot_config(config_path)
        set_up_logging(
            secrets=[config.token.get_secret_value()] if config.token else [], level=10 if verbose else 20
        )
        asyncio.run(run_bot(settings, config))
    except Locked as exc:
        click.echo(f"sitrep: {exc}", err=True)
        sys.exit(EXIT_LOCKED)
    except DigestError as exc:
        click.echo(f"sitrep: {exc}", err=True)
        sys.exit(2)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def sandbox(arguments: tuple[str, ...]) -> None:
    """Start a Discord on this machine, to try the bot without an account.

    It prints the addresses that `run` needs as SITREP_DISCORD_API and SITREP_DISCORD_GATEWAY. Options: --port N,
    --token WORDS.
    """
    from bot.sandbox.__main__ import main as serve

    sys.argv = ["sitrep sandbox", *arguments]
    serve()


def main() -> None:
    """Entry point of the console script."""
    build_cli()(prog_name="sitrep")


if __name__ == "__main__":
    main()

"""The console script `sitrep`: the engine's commands, plus `run` (the bot) and `sandbox` (a Discord to try it on).

Only these two import Discord's library, and only when they are called: everything else starts without it.
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path

import click

from digests import DigestError, StoreLocked, parse_now
from digests.cli import cli as engine_cli

#: The file that `run` reads when none is named and it is there.
DEFAULT_CONFIG = Path("config.toml")


def build_cli() -> click.Group:
    """The whole command line."""
    group = copy.copy(engine_cli)
    group.commands = {}
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
    import asyncio

    from bot.app import EXIT_LOCKED, run_bot
    from bot.config import load_bot_config
    from bot.logs import set_up_logging
    from digests import load_config

    if config_path is None and DEFAULT_CONFIG.is_file():
        config_path = DEFAULT_CONFIG
    try:
        settings, config = load_config(config_path), load_bot_config(config_path)
        set_up_logging(
            secrets=[config.token.get_secret_value()] if config.token else [], level=10 if verbose else 20
        )
        asyncio.run(run_bot(settings, config))
    except StoreLocked as exc:
        click.echo(f"sitrep: {exc}", err=True)
        sys.exit(EXIT_LOCKED)
    except DigestError as exc:
        click.echo(f"sitrep: {exc}", err=True)
        sys.exit(2)


@click.command()
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True),
    help="A file or folder of articles to show; the bundled sample when nothing is named.",
)
@click.option(
    "--db",
    "store",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A store to show; a copy of it is used.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A configuration to run with; its channels are made.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; 0 takes a free one."
)
@click.option("--now", help="When the clock starts (ISO 8601); it runs on from there.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def sandbox(
    corpus: Path | None,
    store: Path | None,
    config: Path | None,
    port: int,
    now: str | None,
    no_browser: bool,
) -> None:
    """Try the bot in a browser, without Discord.

    Starts the real bot on a stand-in for Discord and a page to use it, all on this machine and in a scratch folder;
    Ctrl-C ends it. Exit code 2: it cannot start.
    """
    import asyncio

    from bot.playground import BotStopped, Options, show

    try:
        moment = parse_now(now, where="--now") if now else None
        options = Options(corpus=corpus, store=store, config=config, now=moment, port=port)
        asyncio.run(show(options, browser=not no_browser))
    except (DigestError, BotStopped) as exc:
        click.echo(f"sitrep: {exc}", err=True)
        sys.exit(2)
    except OSError as exc:
        click.echo(f"sitrep: port {port}: {exc.strerror}", err=True)
        sys.exit(2)


def main() -> None:
    """Entry point of the console script."""
    build_cli()(prog_name="sitrep")


if __name__ == "__main__":
    main()

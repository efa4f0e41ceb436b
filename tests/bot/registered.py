"""The commands as Discord has them registered: for tests that go through all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.sandbox import LoopbackDiscord
from bot.sandbox.model import Command

__all__ = ["leaves"]

#: Kinds of options (Discord reference, "Application Command Option Type").
SUBCOMMAND, GROUP = 1, 2


def leaves(double: LoopbackDiscord) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every command and subcommand with its options."""

    def walk(name: str, options: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        below = [option for option in options if option["type"] in (SUBCOMMAND, GROUP)]
        if not below:
            yield name, options
        for option in below:
            yield from walk(f"{name} {option['name']}", option.get("options") or [])

    commands: list[Command] = sorted(double.world.commands.values(), key=lambda command: command.name)
    for command in commands:
        yield from walk(command.name, command.body.get("options") or [])

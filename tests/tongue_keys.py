"""Every key that the catalogues must have, read from the code and from the commands themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discord import app_commands

from digests import LANGUAGES

ROOT = Path(__file__).parent.parent
FOLDERS = ("bot", "digests/cards", "digests/charts", "digests/tongues")


def texts_in_code() -> set[str]:
    """What is said with `say` or marked with `phrase`."""
    plural = {words for pair in plurals_in_code() for words in pair}
    found = {text for call, texts in _calls() if call in ("say", "phrase") for text in texts[:1]}
    return {text for text in found if text not in plural}


def plurals_in_code() -> set[tuple[str, str]]:
    """Singular and plural of what is counted; those that are marked stand side by side in a tuple."""
    direct = {(texts[0], texts[1]) for call, texts in _calls() if call == "say_count" and len(texts) > 1}
    return direct | _marked_pairs()


def _calls() -> Iterator[tuple[str, list[str]]]:
    """Name and leading literal arguments of every call."""
    for node in _nodes():
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            texts = []
            for argument in node.args:
                if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                    # A choice between two literals is two keys.
                    if isinstance(argument, ast.IfExp) and name in ("say", "phrase"):
                        for side in (argument.body, argument.orelse):
                            if isinstance(side, ast.Constant) and isinstance(side.value, str):
                                yield name, [side.value]
                    break
                texts.append(argument.value)
            if texts:
                yield name, texts


def _marked_pairs() -> set[tuple[str, str]]:
    from bot.render import fixes, page
    from digests.tongues import troubles

    return {(page.LEFT_OUT_ONE, page.LEFT_OUT), *fixes._CORRECTED.values(), *troubles.COUNTED}


def _nodes() -> Iterator[ast.AST]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "sandbox" not in path.relative_to(ROOT).parts:
                yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def commands_of(tree: app_commands.CommandTree[Any]) -> set[str]:
    """Commands, groups and subcommands, by their whole name."""
    return {command.qualified_name for command in tree.walk_commands()}


def options_of(tree: app_commands.CommandTree[Any]) -> set[str]:
    return {parameter.display_name for command in _plain(tree) for parameter in command.parameters}


def shown_texts(tree: app_commands.CommandTree[Any]) -> set[str]:
    """Descriptions of commands and options, and the names of choices."""
    found = {command.description for command in tree.walk_commands()}
    for command in _plain(tree):
        for parameter in command.parameters:
            found.add(str(parameter.description))
            found.update(choice.name for choice in parameter.choices)
    # Languages are called by their own names.
    return found - {"…"} - set(LANGUAGES.values())


def _plain(tree: app_commands.CommandTree[Any]) -> Iterator[app_commands.Command[Any, ..., Any]]:
    return (command for command in tree.walk_commands() if isinstance(command, app_commands.Command))

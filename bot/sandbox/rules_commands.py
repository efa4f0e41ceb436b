"""What Discord refuses in application commands: names, lengths, order of options, size, counts.

Source: Discord interactions reference, "Application Commands" (naming, limits, registering).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.sandbox.errors import Problem
from bot.sandbox.model import Json
from bot.sandbox.rules import length

__all__ = ["check_choices", "check_command", "check_set"]

NAME_MAX, DESCRIPTION_MAX = 32, 100
OPTIONS_MAX, CHOICES_MAX, CHOICE_TEXT_MAX = 25, 25, 100
#: Names, descriptions and choice values of a command with all its options, longest translation counted.
COMMAND_SIZE_MAX = 8000
#: How many of each type may exist, globally and again in each guild.
COUNT_MAX = {1: 100, 2: 15, 3: 15}
SUBCOMMAND, GROUP = 1, 2

# Discord: ^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$ with unicode; \w is a little wider (marks of other scripts).
_NAME = re.compile(r"[-_'\w]{1,32}")
Path = tuple[str | int, ...]
Found = Iterator[Problem]


def check_set(commands: list[Json]) -> list[Problem]:
    """Problems of all commands of one scope together: counts and duplicate names."""
    found: list[Problem] = []
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        found += check_command(command, (index,))
        key = (_type(command), str(command.get("name")))
        if key in seen:
            text = "Application command names must be unique"
            found.append(Problem((index, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", text))
        seen.add(key)
    for kind, maximum in COUNT_MAX.items():
        if sum(1 for seen_kind, _ in seen if seen_kind == kind) > maximum:
            text = f"At most {maximum} commands of type {kind}."
            found.append(Problem((), "APPLICATION_COMMAND_MAX_COUNT", text))
    return found


def check_command(command: Json, path: Path = ()) -> list[Problem]:
    """Problems of one command body."""
    if _type(command) != 1:
        return [*_length((*path, "name"), command.get("name"), NAME_MAX)]
    found = [*_named(command, path), *_options(command.get("options") or [], (*path, "options"), depth=0)]
    if _size(command) > COMMAND_SIZE_MAX:
        text = f"Command exceeds maximum size ({COMMAND_SIZE_MAX})"
        found.append(Problem(path, "APPLICATION_COMMAND_TOO_LARGE", text))
    return found


def check_choices(choices: list[Json], path: Path = ("data", "choices")) -> list[Problem]:
    """Problems of choices, registered or of an autocomplete answer."""
    found: list[Problem] = []
    if len(choices) > CHOICES_MAX:
        found.append(Problem(path, "BASE_TYPE_MAX_LENGTH", f"Must be {CHOICES_MAX} or fewer in length."))
    for index, choice in enumerate(choices):
        found += _length((*path, index, "name"), choice.get("name"), CHOICE_TEXT_MAX)
        if isinstance(choice.get("value"), str):
            found += _length((*path, index, "value"), choice["value"], CHOICE_TEXT_MAX)
    return found


def _named(item: Json, path: Path) -> Found:
    names = {"name": item.get("name"), **(item.get("name_localizations") or {})}
    for key, name in names.items():
        where = (*path, "name") if key == "name" else (*path, "name_localizations", key)
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
            yield Problem(where, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    descriptions = {"description": item.get("description"), **(item.get("description_localizations") or {})}
    for key, description in descriptions.items():
        where = (*path, "description") if key == "description" else (*path, "description_localizations", key)
        yield from _length(where, description, DESCRIPTION_MAX)


def _options(options: list[Json], path: Path, *, depth: int) -> Found:
    if len(options) > OPTIONS_MAX:
        yield Problem(path, "BASE_TYPE_MAX_LENGTH", f"Must be {OPTIONS_MAX} or fewer in length.")
    names = [option.get("name") for option in options]
    if len(set(names)) != len(names):
        yield Problem(path, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
    optional_seen = False
    for index, option in enumerate(options):
        here = (*path, index)
        yield from _named(option, here)
        kind = _type(option)
        if kind in (SUBCOMMAND, GROUP):
            # Command, group, subcommand: a group only at the top, a subcommand at the top or in a group.
            if depth > (0 if kind == GROUP else 1):
                yield Problem(
                    (*here, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Nested too deeply"
                )
            yield from _options(
                option.get("options") or [], (*here, "options"), depth=depth + (1 if kind == GROUP else 2)
            )
            continue
        if option.get("required") and optional_seen:
            text = "Required options must be placed before non-required options"
            yield Problem(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
        optional_seen = optional_seen or not option.get("required")
        choices = option.get("choices") or []
        yield from check_choices(choices, (*here, "choices"))
        if choices and option.get("autocomplete"):
            text = "Choices and autocomplete exclude each other"
            yield Problem(here, "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES_INVALID", text)
    kinds = {_type(option) in (SUBCOMMAND, GROUP) for option in options}
    if len(kinds) > 1:
        text = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        yield Problem(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)


def _size(item: Json) -> int:
    total = _longest(item, "name") + _longest(item, "description")
    for choice in item.get("choices") or []:
        total += _longest(choice, "name")
        if isinstance(choice.get("value"), str):
            total += length(choice["value"])
    return total + sum(_size(option) for option in item.get("options") or [])


def _longest(item: Json, key: str) -> int:
    return max(length(text) for text in [item.get(key), *(item.get(f"{key}_localizations") or {}).values()])


def _length(path: Path, text: object, maximum: int) -> Found:
    if not 1 <= length(text) <= maximum:
        yield Problem(path, "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {maximum} in length.")


def _type(item: Json) -> int:
    return int(item.get("type") or 1)

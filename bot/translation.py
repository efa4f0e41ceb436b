"""Commands, options and choices as each member's client shows them; what is stored and sent back stays English.

The library asks for every language that it knows. Discord has more than that (Arabic, as of 2.7): those are put into
the finished payload here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Place

from digests import LANGUAGES, Tongue, tongue_of

#: Options of a command that are commands themselves: subcommand and group (Discord reference, "Option Type").
_SUBCOMMANDS = (1, 2)
_SPOKEN = tuple(code for code in LANGUAGES if code != "en")
_KNOWN = frozenset(locale.value for locale in discord.Locale)


class CatalogueTranslator(app_commands.Translator):
    """The catalogues of `digests.tongues`, for the languages that the library knows."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        if locale.value not in _SPOKEN:
            return None
        tongue = tongue_of(locale.value)
        match context.location:
            case Place.command_name | Place.group_name:
                name: str = context.data.qualified_name
                return tongue.commands.get(name)
            case Place.parameter_name:
                return tongue.options.get(string.message)
        return _text(tongue, string.message)


def _text(tongue: Tongue, text: str) -> str | None:
    return tongue.say(text) if text in tongue.texts else None


async def command_payload(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """Every command as it is registered, in order of name, with all its translations."""
    translator = tree.translator
    found = []
    for command in sorted(tree.get_commands(), key=lambda command: command.name):
        if translator is None:
            found.append(command.to_dict(tree))
            continue
        payload = await command.get_translated_payload(tree, translator)
        for code in _SPOKEN:
            if code not in _KNOWN:
                _put_in(payload, tongue_of(code))
        found.append(payload)
    return found


def _put_in(payload: dict[str, Any], tongue: Tongue, group: str = "") -> None:
    """Names and descriptions of a command or subcommand, and of all that stands in it."""
    name = f"{group} {payload['name']}".strip()
    _localise(payload, tongue, tongue.commands.get(name))
    for option in payload.get("options") or ():
        if option["type"] in _SUBCOMMANDS:
            _put_in(option, tongue, name)
            continue
        _localise(option, tongue, tongue.options.get(option["name"]))
        for choice in option.get("choices") or ():
            _add(choice, "name_localizations", tongue, _text(tongue, choice["name"]))


def _localise(item: dict[str, Any], tongue: Tongue, name: str | None) -> None:
    _add(item, "name_localizations", tongue, name)
    _add(item, "description_localizations", tongue, _text(tongue, item.get("description", "")))


def _add(item: dict[str, Any], key: str, tongue: Tongue, words: str | None) -> None:
    if words is not None:
        known: Mapping[str, str] = item.get(key) or {}
        item[key] = {**known, tongue.code: words}

"""From errors to words, in one place: what a member reads when a command, a button or a form did not work.

Errors that the engine raises on purpose become a sentence that says what to do next. Everything else is a bug: it
is logged with its traceback under a reference, and the member gets an apology with the same reference. Answering
may fail too (the interaction is too old or was answered already); then there is nothing left to say, and no noise.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

import discord
from discord import app_commands

from bot.checks import NotInServer, NotManager
from bot.tongue import address, say, say_why
from digests import (
    ConfigError,
    DigestError,
    NotFound,
    RefreshInProgress,
    SourceError,
    StoreError,
    without_login,
)

log = logging.getLogger(__name__)

#: "Unknown interaction" and "Interaction has already been acknowledged": too late to answer (Discord error codes).
UNKNOWN_INTERACTION = 10062
ALREADY_ANSWERED = 40060
#: "Unknown Webhook" and "Invalid Webhook Token": the fifteen minutes of an interaction are over.
UNKNOWN_WEBHOOK = 10015
INVALID_WEBHOOK_TOKEN = 50027
#: Answers that come too late for anyone to read.
TOO_LATE = frozenset({UNKNOWN_INTERACTION, ALREADY_ANSWERED, UNKNOWN_WEBHOOK, INVALID_WEBHOOK_TOKEN})


class Refusal(Exception):
    """The answer is a sentence that says why not, and what to do instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BotTree(app_commands.CommandTree[discord.Client]):
    """The command tree: it speaks the caller's language, and its errors go through `answer_error`."""

    async def interaction_check(self, interaction: discord.Interaction[discord.Client], /) -> bool:
        """Before every command and suggestion: until a command speaks to the channel, it speaks to its caller."""
        address(interaction, private=True)
        return True

    async def on_error(
        self, interaction: discord.Interaction[discord.Client], error: app_commands.AppCommandError, /
    ) -> None:
        await answer_error(interaction, error)


async def answer_error(interaction: discord.Interaction, error: BaseException) -> None:
    """Tell the member in private what went wrong; log what is not their doing."""
    cause = unwrap(error)
    if is_too_late(cause):
        log.info(
            "answer came too late command=%s code=%s", command_of(interaction), getattr(cause, "code", "")
        )
        return
    sentence = words_for(cause)
    if sentence is None:
        reference = secrets.token_hex(4)
        log.error("failed reference=%s command=%s", reference, command_of(interaction), exc_info=cause)
        sentence = say(
            "Something went wrong on our side. If it happens again, tell an admin this "
            "reference: {reference}.",
            reference=reference,
        )
    # Someone may have typed an address with a password: what they typed is told again in some of them.
    await say_privately(interaction, without_login(sentence))


def unwrap(error: BaseException) -> BaseException:
    """What a command raised, without the library's wrapping."""
    if isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError):
        return error.__cause__ or getattr(error, "original", None) or error
    return error


def is_too_late(error: BaseException) -> bool:
    return isinstance(error, discord.HTTPException) and error.code in TOO_LATE


def words_for(error: BaseException) -> str | None:
    """The sentence for an expected error; `None` for a bug. Never a class name, never the inside of the machine."""
    match error:
        case Refusal():
            return error.sentence
        case NotManager():
            return say(
                "This command is for admins: it needs the permission Manage Server, or access that "
                "an admin gives with /access grant."
            )
        case NotInServer():
            return say("This command works in a server. Use it in a channel there.")
        case app_commands.CommandOnCooldown():
            return say(
                "Too many at once. Try again in {retry_after} seconds.",
                retry_after=f"{error.retry_after:.0f}",
            )
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return say("This command has changed. Reload Discord (Ctrl+R), then try it again.")
        case app_commands.TransformerError():
            return say("One of the options cannot be read. Pick one of the suggestions, or see /help.")
        case app_commands.CheckFailure():
            return say("You may not use this command here. /help lists what you can use.")
        case _ if isinstance(error, DigestError):
            return _engine_words(error)
        case TimeoutError():
            return say("That took too long. Try again in a minute; /status shows how busy the bot is.")
    return None


def _engine_words(error: DigestError) -> str | None:
    match error:
        case RefreshInProgress():
            return say("The sources are being read right now. Try again when that is done; /status shows it.")
        case NotFound():
            if error.kind == "source":
                return say("There is no such source. /sources list shows the sources and their names.")
            return say("This story is not there any more. /story shows the current ones.")
        case SourceError():
            return say(
                "This source does not work: {problem}. Check its address and try again.",
                problem=say_why(error.problem),
            )
        case ConfigError():
            return say(
                "The setting {key} is not right: {problem}.", key=error.key or "?", problem=error.problem
            )
        case StoreError():
            return say("The store cannot be used right now. An admin finds the reason in the log.")
    return None


async def say_privately(interaction: discord.Interaction, sentence: str) -> None:
    """Answer `sentence` so that only the caller sees it, whatever was answered before; survive being too late."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except discord.HTTPException as exc:
        log.info(
            "could not answer command=%s status=%s code=%s", command_of(interaction), exc.status, exc.code
        )


def command_of(interaction: discord.Interaction) -> str:
    """What was called, for the log: a command's name or a component's id."""
    if interaction.command is not None:
        return interaction.command.qualified_name
    data: dict[str, Any] = dict(interaction.data or {})
    return str(data.get("custom_id") or data.get("name") or "unknown")

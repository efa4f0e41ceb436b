"""In which language the bot speaks right now: the one thing that every sentence needs and no renderer is handed.

The language belongs to the task that answers an interaction or writes a scheduled message. What only the caller sees
is said in their language, what a channel sees in its server's; a scheduled message has the language that it was given.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

import discord

from digests import ENGLISH, Tongue, phrase, say_trouble, tongue_of

_SPOKEN: ContextVar[Tongue] = ContextVar("tongue", default=ENGLISH)


def tongue() -> Tongue:
    """The language of this task."""
    return _SPOKEN.get()


def say(text: str, /, **values: object) -> str:
    """English words of the code in the language of this task."""
    return _SPOKEN.get().say(text, **values)


def say_count(one: str, many: str, count: int, /, **values: object) -> str:
    """The same with a `{count}`, in the form that it asks for."""
    return _SPOKEN.get().say_count(one, many, count, **values)


def say_why(trouble: str) -> str:
    """Why a source does not work, as the engine gives it, in the language of this task."""
    return say_trouble(_SPOKEN.get(), trouble)


@contextlib.contextmanager
def speaking(code: str | None) -> Iterator[None]:
    """Everything inside is said in this language."""
    token = _SPOKEN.set(tongue_of(code))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def address(interaction: discord.Interaction[Any], *, private: bool) -> None:
    """From here on the task speaks to the caller alone, or to everybody in the channel."""
    locale = interaction.locale
    if not private and interaction.guild_locale is not None:
        locale = interaction.guild_locale
    _SPOKEN.set(tongue_of(locale.value))


def server_language(client: discord.Client, channel: str) -> str | None:
    """The language that a channel's server has set for itself, as far as memory knows."""
    guild = getattr(client.get_channel(int(channel)), "guild", None)
    return guild.preferred_locale.value if isinstance(guild, discord.Guild) else None


class Spoken:
    """A button that answers whoever presses it in their language."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        address(interaction, private=True)
        return True


__all__ = [
    "Spoken",
    "address",
    "phrase",
    "say",
    "say_count",
    "say_why",
    "server_language",
    "speaking",
    "tongue",
]

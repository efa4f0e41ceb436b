"""What a typed story name means, and what autocomplete offers: answered from the engine's memory, without waiting.

Autocomplete has three seconds and is asked at every key; the engine holds the titles that a server sees, the most
important first, and brings them up to date at every other question.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Coroutine, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.checks import owner_of
from bot.errors import Refusal
from bot.render.limits import CHOICE_NAME, CHOICES, shorten
from bot.render.markup import clean, escape
from bot.services import services_of
from digests import Engine

Value = TypeVar("Value")

Kind = TypeVar("Kind", bound=StrEnum)
#: Id and title of a story.
Titled = tuple[str, str]

#: How long suggestions are waited for; Discord waits three seconds.
SUGGEST_SECONDS = 1.5
#: Stories that are looked at when memory alone does not know.
MAX_LOOKED_AT = 200
#: Titles whose cleaned forms are remembered: with ten thousand stories cleaning takes 40 ms, at every key typed.
REMEMBERED = 65_536

NO_STORIES = (
    "There are no stories yet. An admin can add a source with /sources add and load it with /sources reload."
)


def matching(titles: Sequence[Titled], typed: str) -> list[Titled]:
    """Stories whose title holds every typed word, those that begin with them first; all when nothing is typed."""
    wanted = clean(typed).casefold()
    words = wanted.split()
    if not words:
        return list(titles)
    found = [(key, folded, title) for key, title in titles if (folded := _folded(title))]
    hits = [item for item in found if all(word in item[1] for word in words)]
    return [
        (key, title) for key, folded, title in sorted(hits, key=lambda item: not item[1].startswith(wanted))
    ]


@functools.lru_cache(maxsize=REMEMBERED)
def _folded(title: str) -> str:
    return clean(title).casefold()


def pick(titles: Sequence[Titled], typed: str | None) -> str:
    """The id of the story that `typed` means: an id, a title, or words of one; without it the most important.

    Raises:
        Refusal: There are no stories, or none matches; the sentence says what to do.
    """
    if not titles:
        raise Refusal(NO_STORIES)
    if typed is None or not typed.strip():
        return titles[0][0]
    for key, title in titles:
        if typed in (key, title):
            return key
    for key, title in titles:
        if typed == label(key, title):
            return key
    found = matching(titles, typed)
    if not found:
        raise Refusal(
            f"No story matches “{escape(shorten(clean(typed), 80))}”. Pick one of the suggestions, or use /story to "
            "see the current ones."
        )
    return found[0][0]


@functools.lru_cache(maxsize=REMEMBERED)
def label(key: str, title: str) -> str:
    """A title as autocomplete shows it; a story without one shows its id."""
    return shorten(clean(title), CHOICE_NAME) or key


def suggestions(titles: Sequence[Titled], typed: str) -> list[app_commands.Choice[str]]:
    """At most 25 choices for a `story` option."""
    return [
        app_commands.Choice(name=label(key, title), value=key)
        for key, title in matching(titles, typed)[:CHOICES]
    ]


async def visible_titles(engine: Engine, owner: str | None) -> tuple[Titled, ...]:
    """The stories that a server sees, also those of which it sees only a part, which memory does not list."""
    return tuple((story.id, story.title) for story in await engine.stories(owner=owner, limit=MAX_LOOKED_AT))


def choose(kind: type[Kind], value: str) -> Kind:
    """The member of a closed set that an option names. Raises Refusal: a crafted request may name anything."""
    try:
        return kind(value)
    except ValueError:
        raise Refusal(
            "One of the options has a value that it does not offer. Pick one of the list."
        ) from None


async def suggest_stories(
    interaction: discord.Interaction[Any], typed: str
) -> list[app_commands.Choice[str]]:
    """Autocomplete of every `story` option."""
    engine = services_of(interaction).engine
    owner = owner_of(interaction)
    titles = engine.story_titles(owner) or await in_time(visible_titles(engine, owner), ())
    return suggestions(titles, typed)


async def in_time(question: Coroutine[Any, Any, Value], otherwise: Value) -> Value:
    """The answer to a question of autocomplete, or `otherwise` when it would come too late to be shown."""
    try:
        async with asyncio.timeout(SUGGEST_SECONDS):
            return await question
    except TimeoutError:
        return otherwise

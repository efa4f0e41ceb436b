"""What a typed story name means, and what autocomplete offers: answered from the engine's memory, without waiting.

Autocomplete has three seconds and is asked at every key; the engine holds the titles that a server sees, the most
important first, and brings them up to date at every other question.
"""

from __future__ import annotations

import asyncio
import functools
from collections import OrderedDict
from collections.abc import Coroutine, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.checks import is_manager, owner_of
from bot.errors import Refusal
from bot.render.limits import CHOICE_NAME, CHOICES, shorten
from bot.render.markup import clean, escape
from bot.services import services_of
from bot.timetable import suggest_zones
from bot.tongue import phrase, say
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
#: Lists of titles that are remembered: one for all servers without sources of their own, one for each of the others.
LISTS_REMEMBERED = 32

NO_STORIES = phrase(
    "There are no stories yet. An admin can add a source with /sources add and load it with /sources reload."
)


class _Index:
    """What is looked up in a list of titles at every key typed, made once as long as the list is the same."""

    def __init__(self, titles: Sequence[Titled]) -> None:
        self.titles = titles
        self.by_id = dict(titles)
        self.folded = [_folded(title) for _, title in titles]


_indexes: OrderedDict[int, _Index] = OrderedDict()


def _index(titles: Sequence[Titled]) -> _Index:
    """Known again by identity: comparing ten thousand titles would take as long as looking through them."""
    found = _indexes.get(id(titles))
    if found is None or found.titles is not titles:
        found = _indexes[id(titles)] = _Index(titles)
        while len(_indexes) > LISTS_REMEMBERED:
            _indexes.popitem(last=False)
    _indexes.move_to_end(id(titles))
    return found


def matching(titles: Sequence[Titled], typed: str) -> list[Titled]:
    """Stories whose title holds every typed word, those that begin with them first; all when nothing is typed."""
    wanted = clean(typed).casefold()
    words = wanted.split()
    if not words:
        return list(titles)
    folded = _index(titles).folded
    hits: Sequence[int] = range(len(titles))
    for word in words:
        hits = [number for number in hits if word in folded[number]]
    return [
        titles[number] for number in sorted(hits, key=lambda number: not folded[number].startswith(wanted))
    ]


@functools.lru_cache(maxsize=REMEMBERED)
def _folded(title: str) -> str:
    return clean(title).casefold()


def find(titles: Sequence[Titled], typed: str | None) -> str | None:
    """The id of the story that `typed` means: an id, a title, or words of one; without it the most important."""
    if typed is None or not typed.strip():
        return titles[0][0] if titles else None
    if typed in _index(titles).by_id:
        return typed
    for key, title in titles:
        if typed in (title, label(key, title)):
            return key
    found = matching(titles, typed)
    return found[0][0] if found else None


def pick(titles: Sequence[Titled], typed: str | None) -> str:
    """As `find`.

    Raises:
        Refusal: There are no stories, or none matches; the sentence says what to do.
    """
    if not titles:
        raise Refusal(say(NO_STORIES))
    found = find(titles, typed)
    if found is None:
        raise Refusal(
            say(
                "No story matches “{typed}”. Pick one of the suggestions, or use /story to see the current ones.",
                typed=escape(shorten(clean(typed or ""), 80)),
            )
        )
    return found


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
            say("One of the options has a value that it does not offer. Pick one of the list.")
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


async def zone_choices(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
    """Time zones for an option of an admin command; nothing for who may not use it."""
    if not is_manager(interaction):
        return []
    return [app_commands.Choice(name=zone, value=zone) for zone in suggest_zones(typed)]

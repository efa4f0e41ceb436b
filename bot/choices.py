"""The stories of a server, in memory: what autocomplete offers and what a typed name means.

Autocomplete has three seconds and is asked at every key, so it never waits for the store. The memory is filled
when a server first asks and renewed by the schedule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.checks import owner_of
from bot.errors import Refusal
from bot.render.limits import CHOICE_NAME, CHOICES, shorten
from bot.render.markup import clean, escape
from digests import Story

if TYPE_CHECKING:
    from digests import Engine

#: Stories of one server that are kept in memory, newest first; older ones are found by /story.
MAX_STORIES = 500
#: Servers whose stories are kept; the one that asked longest ago goes first.
MAX_OWNERS = 1_000
#: A story counts as current when its last article is at most this much older than the newest of all.
CURRENT = dt.timedelta(hours=48)

_NO_DATE = dt.datetime.min.replace(tzinfo=dt.UTC)


def by_importance(stories: Sequence[Story]) -> tuple[Story, ...]:
    """Most important first: current ones by independent voices, then articles, then newest; the others by date."""
    newest = max((story.last_published or _NO_DATE for story in stories), default=_NO_DATE)

    def weight(story: Story) -> tuple[bool, int, int, dt.datetime, str]:
        last = story.last_published or _NO_DATE
        is_current = newest - last <= CURRENT
        return (
            is_current,
            *((story.voices, len(story.article_ids)) if is_current else (0, 0)),
            last,
            story.id,
        )

    return tuple(sorted(stories, key=weight, reverse=True))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The stories of one server, most important first."""

    stories: tuple[Story, ...]

    def matching(self, typed: str) -> tuple[Story, ...]:
        """Stories whose title holds all typed words, those that begin with them first; all when nothing is typed."""
        wanted = clean(typed).casefold()
        words = wanted.split()
        if not words:
            return self.stories
        found = [
            story for story in self.stories if all(word in clean(story.title).casefold() for word in words)
        ]
        return tuple(sorted(found, key=lambda story: not clean(story.title).casefold().startswith(wanted)))

    def pick(self, typed: str | None) -> Story:
        """The story that `typed` means: an id, a whole title, or the best match; without it the most important.

        Raises:
            Refusal: There are no stories, or none matches.
        """
        if not self.stories:
            raise Refusal(
                "There are no stories yet. An admin can add a source with /sources add and load it."
            )
        if typed is None or not typed.strip():
            return self.stories[0]
        for story in self.stories:
            if typed in (story.id, story.title, shorten(clean(story.title), CHOICE_NAME)):
                return story
        found = self.matching(typed)
        if not found:
            raise Refusal(
                f"No story matches “{escape(shorten(clean(typed), 80))}”. Try /story to see the current ones, "
                "or pick one of the suggestions."
            )
        return found[0]

    def holds(self, story_id: str) -> bool:
        return any(story.id == story_id for story in self.stories)


class StoryMemory:
    """Shelves by server id (`None`: the stories that everyone sees)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._shelves: dict[str | None, Shelf] = {}

    def known(self, owner: str | None) -> Shelf | None:
        """The shelf as it is in memory, without waiting; `None` when this server never asked."""
        return self._shelves.get(owner)

    async def load(self, owner: str | None) -> Shelf:
        """Read the stories of a server from the store and keep them."""
        shelf = Shelf(by_importance(await self._engine.stories(owner=owner, limit=MAX_STORIES)))
        self._shelves.pop(owner, None)
        self._shelves[owner] = shelf
        while len(self._shelves) > MAX_OWNERS:
            del self._shelves[next(iter(self._shelves))]
        return shelf

    async def renew(self) -> None:
        """Read every kept shelf again, after a refresh and at each tick."""
        for owner in list(self._shelves) or [None]:
            await self.load(owner)

    async def suggest(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """At most 25 suggestions for a `story` option."""
        owner = owner_of(interaction)
        shelf = self.known(owner) or await self.load(owner)
        return [
            app_commands.Choice(name=shorten(clean(story.title), CHOICE_NAME) or story.id, value=story.id)
            for story in shelf.matching(typed)[:CHOICES]
        ]

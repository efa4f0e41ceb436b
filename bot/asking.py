"""How a read command answers: find the story, keep the place within three seconds, build the pages, show the first."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from typing import Any

import discord

from bot.checks import owner_of
from bot.choices import find, pick, visible_titles
from bot.errors import Refusal
from bot.render.limits import shorten
from bot.render.markup import clean, escape, timestamp
from bot.render.page import Page
from bot.services import services_of
from bot.tongue import address, say, tongue
from bot.views.buttons import ANSWER_SECONDS, buttons_for
from bot.views.layout import answer, in_place
from bot.views.story import ALL_STORIES, NO_FILTERS, Filters, StoryView, build_chart, build_pages
from digests import Chart, Engine, Story

#: How long a story is looked for before the answer is deferred; Discord waits three seconds.
QUICK_SECONDS = 0.5

_AGO = re.compile(r"(?P<count>\d{1,4})\s?(?P<unit>[mhdw])", re.I)
_UNITS = {
    "m": dt.timedelta(minutes=1),
    "h": dt.timedelta(hours=1),
    "d": dt.timedelta(days=1),
    "w": dt.timedelta(weeks=1),
}


async def find_story(engine: Engine, owner: str | None, typed: str | None, seconds: float) -> str | None:
    """The id of the story that `typed` means; `None` when that is not known within `seconds`.

    Raises:
        Refusal: No story that this server sees matches.
    """
    titles = engine.story_titles(owner)
    if (found := find(titles, typed)) is not None:
        return found
    try:
        async with asyncio.timeout(seconds):
            return pick(await visible_titles(engine, owner), typed)
    except TimeoutError:
        return None


async def answer_view(
    interaction: discord.Interaction[Any],
    view: StoryView,
    typed: str | None,
    *,
    private: bool,
    filters: Filters = NO_FILTERS,
    not_before: dt.datetime | None = None,
) -> None:
    """Answer with the first page of a view.

    A name that matches nothing is refused at once and in private, where it is known in time; what takes longer waits
    for the store behind a deferral. With `not_before`, a story without anything newer is refused in words.
    """
    engine = services_of(interaction).engine
    owner = owner_of(interaction)
    story_id = (
        ALL_STORIES if view is StoryView.OVERVIEW else await find_story(engine, owner, typed, QUICK_SECONDS)
    )
    address(interaction, private=private)

    async def build() -> tuple[str, tuple[Page, ...], Chart | None]:
        async with asyncio.timeout(ANSWER_SECONDS):
            found = story_id or pick(await visible_titles(engine, owner), typed)
            if not_before is not None and view is not StoryView.OVERVIEW:
                refuse_older(await engine.story(found, owner=owner), not_before)
            pages = await build_pages(engine, view, found, owner=owner, filters=filters)
            chart = None
            if interaction.app_permissions.attach_files:
                chart = await build_chart(engine, view, found, owner=owner, filters=filters)
            return found, pages, chart

    found, pages, chart = await in_place(interaction, build(), private=private)
    buttons = buttons_for(pages, 0, view, found, filters)
    await answer(interaction, pages[0], buttons, private=private, chart=chart)


def refuse_older(story: Story, moment: dt.datetime) -> None:
    """Pass when the story has something newer. Raises Refusal with what to do otherwise."""
    if story.last_published is not None and story.last_published < moment:
        raise Refusal(
            say(
                "Nothing new in this story since {moment}. Leave out `since` to see it.",
                moment=timestamp(moment),
            )
        )


def parse_since(text: str | None, now: dt.datetime) -> dt.datetime | None:
    """`24h`, `3d`, `2024-01-17` or a full time as a moment. Raises Refusal for anything else."""
    if text is None or not text.strip():
        return None
    words = text.strip()
    if match := _AGO.fullmatch(words):
        return now - int(match["count"]) * _UNITS[match["unit"].lower()]
    try:
        moment = dt.datetime.fromisoformat(words)
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        # Overflow: at the ends of the calendar another zone has no such day.
        raise Refusal(
            say(
                "“{words}” is not a time. Use something like 24h, 3d or 2024-01-17 for `since`.",
                words=_shown(words),
            )
        ) from None


def parse_day(text: str | None, option: str) -> dt.date | None:
    """`2024-01-17` as a day. Raises Refusal for anything else."""
    if text is None or not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(
            say(
                "“{text}” is not a day. Use something like 2024-01-17 for `{option}`.",
                text=_shown(text),
                option=tongue().option(option),
            )
        ) from None


def _shown(text: str) -> str:
    return escape(shorten(clean(text), 60))

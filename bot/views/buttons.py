"""The buttons under cards and pages. All they know stands in their id, so that they work in every later process.

A button under a message that everybody sees answers whoever presses it in private; under a private answer it turns
that answer's page.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.checks import owner_of
from bot.errors import answer_error
from bot.render.limits import BUTTON_LABEL, CUSTOM_ID, ROW_BUTTONS, shorten
from bot.render.page import Page
from bot.services import services_of
from bot.tongue import Spoken, phrase, say
from bot.views.layout import Button, answer, in_place, turn
from bot.views.story import ALL_STORIES, NO_FILTERS, Filters, StoryView, build_chart, build_pages
from bot.views.wrong import WrongButton
from digests import Chart

#: Views that a card's buttons open, in reading order, with their labels.
CARD_BUTTONS = (
    (StoryView.FIGURES, phrase("Figures")),
    (StoryView.CONFLICTS, phrase("Conflicts")),
    (StoryView.REACTIONS, phrase("Reactions")),
    (StoryView.TIMELINE, phrase("Timeline")),
    (StoryView.SOURCES, phrase("Sources")),
)
#: Longest that an answer is worked on before the reader is told.
ANSWER_SECONDS = 60
_VIEWS = "|".join(view.value for view in StoryView)


class StoryButton(
    Spoken,
    ui.DynamicItem[ui.Button[Any]],
    template=(
        rf"digest:(?P<view>{_VIEWS}):(?P<action>open|page):(?P<story>[^:]{{1,48}})"
        r"(?::(?P<page>\d{1,3}))?(?::(?P<filters>[a-zA-Z0-9_=,]{1,40}))?"
    ),
):
    """`digest:<view>:<action>:<story id>[:page[:filters]]`"""

    def __init__(
        self,
        view: StoryView,
        story_id: str,
        *,
        label: str,
        page: int = 0,
        filters: Filters = NO_FILTERS,
        is_turn: bool = False,
    ) -> None:
        custom_id = f"digest:{view.value}:{'page' if is_turn else 'open'}:{story_id}"
        encoded = filters.encode()
        if page or encoded:
            custom_id += f":{page}"
        if encoded:
            custom_id += f":{encoded}"
        assert len(custom_id) <= CUSTOM_ID
        super().__init__(
            ui.Button(
                label=shorten(label, BUTTON_LABEL), custom_id=custom_id, style=discord.ButtonStyle.secondary
            )
        )
        self.view_name, self.story_id, self.page, self.filters = view, story_id, page, filters

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> StoryButton:
        """The button that was pressed; filters that cannot be read are left out."""
        try:
            filters = Filters.decode(match["filters"] or "")
        except ValueError:
            filters = NO_FILTERS
        return cls(
            StoryView(match["view"]),
            match["story"],
            label=getattr(item, "label", None) or say("Open"),
            page=int(match["page"] or 0),
            filters=filters,
            is_turn=match["action"] == "page",
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            await self._show(interaction)
        except Exception as exc:
            await answer_error(interaction, exc)

    async def _show(self, interaction: discord.Interaction[Any]) -> None:
        message = interaction.message
        is_turn = message is not None and message.flags.ephemeral
        engine, owner = services_of(interaction).engine, owner_of(interaction)

        async def build() -> tuple[tuple[Page, ...], int, Chart | None]:
            async with asyncio.timeout(ANSWER_SECONDS):
                pages = await build_pages(
                    engine, self.view_name, self.story_id, owner=owner, filters=self.filters
                )
                number = min(self.page, len(pages) - 1)
                chart = None
                if number == 0 and interaction.app_permissions.attach_files:
                    chart = await build_chart(
                        engine, self.view_name, self.story_id, owner=owner, filters=self.filters
                    )
                return pages, number, chart

        pages, number, chart = await in_place(interaction, build(), private=True, is_turn=is_turn)
        buttons = buttons_for(pages, number, self.view_name, self.story_id, self.filters)
        if is_turn:
            await turn(interaction, pages[number], buttons, chart=chart)
        else:
            await answer(interaction, pages[number], buttons, private=True, chart=chart)


def buttons_for(
    pages: Sequence[Page], number: int, view: StoryView, story_id: str, filters: Filters = NO_FILTERS
) -> list[Button]:
    """The buttons under page `number`: turning pages, then what the page itself asks for."""
    return [
        *turning_buttons(len(pages), number, view, story_id, filters),
        *page_buttons(pages[number], view, story_id),
    ]


def turning_buttons(
    total: int, number: int, view: StoryView, story_id: str, filters: Filters
) -> list[Button]:
    """Previous and next, where there is one."""
    found: list[Button] = []
    if number > 0:
        found.append(
            StoryButton(view, story_id, label=say("Previous"), page=number - 1, filters=filters, is_turn=True)
        )
    if number < total - 1:
        found.append(
            StoryButton(view, story_id, label=say("Next"), page=number + 1, filters=filters, is_turn=True)
        )
    return found


def page_buttons(page: Page, view: StoryView = StoryView.CARD, story_id: str = ALL_STORIES) -> list[Button]:
    """A card's views, the cards that a list opens, or the way from a view back to its card."""
    if page.story is not None:
        views = [StoryButton(one, page.story, label=say(label)) for one, label in CARD_BUTTONS]
        return [*views, WrongButton(page.story)]
    if page.links:
        return [
            StoryButton(StoryView.CARD, story, label=label) for label, story in page.links[: 2 * ROW_BUTTONS]
        ]
    if view not in (StoryView.CARD, StoryView.OVERVIEW) and story_id != ALL_STORIES:
        return [StoryButton(StoryView.CARD, story_id, label=say("Card"))]
    return []

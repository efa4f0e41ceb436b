"""The question before a digest is removed. It stands until it is answered, also after a restart."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import ui

from bot.audit import record_action
from bot.checks import require_manager, server_of
from bot.errors import Refusal, answer_error
from bot.render.page import Page
from bot.services import services_of
from bot.tongue import Spoken, say
from bot.views.layout import Button, make_layout
from digests import NotFound


def ask_to_remove(number: int) -> list[Button]:
    """The two buttons that decide."""
    return [SubscriptionButton("remove", number), SubscriptionButton("keep", number)]


class SubscriptionButton(
    Spoken,
    ui.DynamicItem[ui.Button[Any]],
    template=r"digest:subscriptions:(?P<action>remove|keep):(?P<number>\d{1,9})",
):
    """`digest:subscriptions:remove:<number>`; the number is one of the server in which it is pressed."""

    def __init__(self, action: str, number: int) -> None:
        is_remove = action == "remove"
        super().__init__(
            ui.Button(
                label=say("Remove it") if is_remove else say("Keep it"),
                style=discord.ButtonStyle.danger if is_remove else discord.ButtonStyle.secondary,
                custom_id=f"digest:subscriptions:{action}:{number}",
            )
        )
        self.action, self.number = action, number

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> SubscriptionButton:
        return cls(match["action"], int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            require_manager(interaction)
            await interaction.response.defer()
            words = await self._decide(interaction)
            await interaction.edit_original_response(view=make_layout(Page(blocks=(words,))))
        except Exception as exc:
            await answer_error(interaction, exc)

    async def _decide(self, interaction: discord.Interaction[Any]) -> str:
        if self.action == "keep":
            return say("Digest {number} stays as it is.", number=self.number)
        try:
            await services_of(interaction).engine.servers.remove_subscription(
                server_of(interaction), self.number
            )
        except NotFound:
            raise Refusal(
                say("This digest was removed already. /subscriptions list shows the others.")
            ) from None
        await record_action(interaction, "subscriptions.remove", number=self.number)
        return say("Digest {number} is removed. What it posted stays where it is.", number=self.number)

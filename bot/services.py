"""What commands, buttons and the schedule have in common: the engine and the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord.ext import commands

from bot.config import BotConfig, Subscription
from bot.pace import Pace
from bot.refusals import Refusals
from digests import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    engine: Engine
    config: BotConfig


class ServiceBot(commands.AutoShardedBot):
    """A bot that carries the services; `bot.app` builds it."""

    services: Services
    #: What Discord refused this client.
    refusals: Refusals
    #: Turns for what is posted unprompted.
    pace: Pace

    @property
    def paused_channels(self) -> Mapping[str, str]:
        """Channels where nothing is posted until a restart, and why."""
        return {}

    def reopen_channel(self, channel: str) -> None:
        """An admin has seen to it that the bot may post there again."""

    async def channel_gone(self, channel: str, reason: str) -> None:
        """Pause at once what is posted in a channel or thread that was deleted."""

    async def role_gone(self, server: str, role: str) -> None:
        """Pause at once what mentions a role that was deleted."""

    async def post_now(self, subscription: Subscription) -> str:
        """Post a digest beside its schedule, once; a sentence that says what came of it."""
        raise NotImplementedError


def services_of(interaction: discord.Interaction[Any]) -> Services:
    """The services of the bot that received this interaction."""
    client = interaction.client
    assert isinstance(client, ServiceBot)
    return client.services

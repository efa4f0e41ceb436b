"""What admins changed, as log lines of their own logger: who, where, what."""

from __future__ import annotations

import logging
from typing import Any

import discord

log = logging.getLogger("bot.audit")


def record_action(interaction: discord.Interaction[Any], action: str, **details: object) -> None:
    """`audit guild=1 user=2 action=sources.add url=...`"""
    fields = " ".join(f"{key}={value!r}" for key, value in details.items())
    log.info("audit guild=%s user=%s action=%s %s", interaction.guild_id, interaction.user.id, action, fields)

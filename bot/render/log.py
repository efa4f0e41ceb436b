"""/log: who changed what in a server, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.limits import shorten
from bot.render.markup import escape, timestamp
from bot.render.page import Page, paginate
from bot.render.references import joined
from digests import Action

#: Entries of one page: so many full ones fit, in any script.
ENTRIES_A_PAGE = 8
#: Longest list of details in one entry.
MAX_DETAILS = 300
#: Details that are ids, and how Discord shows them by name.
MENTIONS = {"channel": "<#{}>", "role": "<@&{}>", "member": "<@{}>"}

NOTHING = "## Changes\nNothing was changed by an admin within the last year."


def render_log(actions: Sequence[Action]) -> tuple[Page, ...]:
    """When, who, by which command, and what; a page holds eight."""
    if not actions:
        return (Page(blocks=(NOTHING,)),)
    lines = [action_line(action) for action in actions]
    blocks = [
        "\n".join(lines[start : start + ENTRIES_A_PAGE]) for start in range(0, len(lines), ENTRIES_A_PAGE)
    ]
    return paginate("## Changes", blocks, footer="Kept for a year.", per_page=1)


def action_line(action: Action) -> str:
    """`- time · who · /sources add · source: coast`"""
    who = f"<@{action.actor}>" if action.actor else "the bot itself"
    command = action.action.replace(".", " ")
    told = joined(*(_detail(key, value) for key, value in action.details))
    return f"- {joined(timestamp(action.done_at), who, f'**{escape(command)}**', told)}"


def _detail(key: str, value: str) -> str:
    if key in MENTIONS and value.isdecimal():
        return f"{key} {MENTIONS[key].format(value)}"
    return f"{escape(key)}: {escape(shorten(value, MAX_DETAILS))}"

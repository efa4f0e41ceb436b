"""/log: who changed what in a server, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.limits import length, shorten
from bot.render.markup import bold, escape, timestamp
from bot.render.page import Page, paginate
from bot.render.references import joined
from bot.tongue import phrase, say, tongue
from digests import Action

#: Entries of one page: so many full ones fit, in any script.
ENTRIES_A_PAGE = 8
#: Room for the details of one entry.
MAX_DETAILS = 300
#: Details that are ids, and how Discord shows them by name.
MENTIONS = {"channel": "<#{}>", "role": "<@&{}>", "member": "<@{}>"}

#: Details that are no option of a command.
KEYS = {
    "about": phrase("about what"),
    "added": phrase("added"),
    "correction": phrase("correction"),
    "kind": phrase("kind"),
    "location": phrase("address"),
    "member": phrase("member"),
    "report": phrase("report"),
    "sources": phrase("sources"),
    "times": phrase("times"),
}

#: What is switched on or off by an option.
SWITCHED = {"on": phrase("on"), "off": phrase("off")}

NOTHING = phrase("Nothing was changed by an admin within the last year.")


def render_log(actions: Sequence[Action]) -> tuple[Page, ...]:
    """When, who, by which command, and what; a page holds eight."""
    if not actions:
        return (Page(blocks=(f"## {say('Changes')}\n{say(NOTHING)}",)),)
    lines = [action_line(action) for action in actions]
    blocks = [
        "\n".join(lines[start : start + ENTRIES_A_PAGE]) for start in range(0, len(lines), ENTRIES_A_PAGE)
    ]
    return paginate("## " + say("Changes"), blocks, footer=say("Kept for a year."), per_page=1)


def action_line(action: Action) -> str:
    """`- time · who · sources add · source: coast`"""
    who = f"<@{action.actor}>" if action.actor else say("the bot itself")
    command = bold(escape(_command(action.action)))
    return f"- {joined(timestamp(action.done_at), who, command, *_details(action))}"


def _command(action: str) -> str:
    """As the reader's client names it: "sources add"; what an option switches has a word of its own."""
    name, _, switched = action.partition(".")
    if switched in SWITCHED:
        return f"{tongue().command(name)} {say(SWITCHED[switched])}"
    return tongue().command(action.replace(".", " "))


def _details(action: Action) -> list[str]:
    """As many as there is room for, the last one shortened; the rest is a sign that there was more."""
    found: list[str] = []
    room = MAX_DETAILS
    for key, value in action.details:
        text = _detail(key, value)
        if length(text) > room:
            text = _detail(key, shorten(value, max(room // 2 - len(key), 1)))
        if length(text) > room:
            return [*found, "…"]
        found.append(text)
        room -= length(text)
    return found


def _detail(key: str, value: str) -> str:
    name = say(KEYS[key]) if key in KEYS else tongue().option(key)
    if key in MENTIONS and value.isdecimal():
        return f"{name} {MENTIONS[key].format(value)}"
    return f"{escape(name)}: {escape(value)}"

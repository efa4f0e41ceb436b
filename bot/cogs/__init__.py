"""The commands, one extension a family. A command reads its options, asks the engine one question, renders, answers."""

from __future__ import annotations

#: Loaded in this order; a new family is one file here and one line in this list.
EXTENSIONS = (
    "bot.cogs.digest",
    "bot.cogs.casualties",
    "bot.cogs.conflicts",
    "bot.cogs.timeline",
    "bot.cogs.reactions",
    "bot.cogs.story",
    "bot.cogs.changes",
    "bot.cogs.source",
    "bot.cogs.follow",
    "bot.cogs.sources",
    "bot.cogs.alerts",
    "bot.cogs.fix",
    "bot.cogs.subscriptions",
    "bot.cogs.access",
    "bot.cogs.log",
    "bot.cogs.presence",
    "bot.cogs.status",
    "bot.cogs.help",
)

#: The slash commands that a server sees; the README names each of them.
COMMAND_NAMES = (
    "digest",
    "casualties",
    "conflicts",
    "timeline",
    "reactions",
    "story",
    "changes",
    "source",
    "follow",
    "unfollow",
    "sources",
    "alerts",
    "fix",
    "subscriptions",
    "access",
    "log",
    "status",
    "help",
)

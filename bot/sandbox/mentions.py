"""Who a message really pings: the words of the message, what `allowed_mentions` lets through, and the bot's rights.

Discord strips invisible characters before it reads mentions (discord.py issues 1189, 1276, 1286), so this does too:
a bot that only escapes what it sees is caught here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from bot.sandbox.model import Json

__all__ = ["Pings", "find_pings"]

_USER = re.compile(r"<@!?(\d{1,20})>")
_ROLE = re.compile(r"<@&(\d{1,20})>")
_EVERYONE = re.compile(r"@(?:everyone|here)")


class Pings(NamedTuple):
    """Who gets a notification."""

    users: list[int]
    roles: list[int]
    everyone: bool


def find_pings(
    texts: list[str],
    allowed: Json | None,
    *,
    known_users: set[int],
    open_roles: set[int],
    may_mention_everyone: bool,
) -> Pings:
    """Read the mentions out of a message.

    Args:
        texts: Content and text displays; embeds never ping.
        allowed: `allowed_mentions` of the request; `None` lets everything through, which is Discord's default.
        known_users: Ids that exist.
        open_roles: Roles the author may mention: mentionable ones, or all with the right to mention everyone.
        may_mention_everyone: Whether the author has that right here.
    """
    text = "".join(char for part in texts for char in part + "\n" if unicodedata.category(char) != "Cf")
    rules = {"parse": ["users", "roles", "everyone"]} if allowed is None else allowed
    users = _allowed(_USER.findall(text), rules, "users") & known_users
    roles = _allowed(_ROLE.findall(text), rules, "roles") & open_roles
    everyone = (
        bool(_EVERYONE.search(text)) and "everyone" in (rules.get("parse") or []) and may_mention_everyone
    )
    return Pings(sorted(users), sorted(roles), everyone)


def _allowed(found: list[str], rules: Json, kind: str) -> set[int]:
    ids = {int(number) for number in found}
    if kind in (rules.get("parse") or []):
        return ids
    return ids & {int(number) for number in rules.get(kind) or []}

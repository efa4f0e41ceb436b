"""/access list: who may use the admin commands of a server."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.page import Page, paginate
from bot.tongue import phrase, say
from digests import Grant, GrantKind

HEADING = phrase("Whoever has Manage Server may use the admin commands. So may:")
NOBODY = phrase("Only those with Manage Server may use the admin commands. /access grant lets others in.")
#: Names in one block of a page.
NAMES_A_BLOCK = 40


def render_access(grants: Sequence[Grant]) -> tuple[Page, ...]:
    """Roles, then members, one a line."""
    if not grants:
        return (Page(blocks=(f"## {say('Access')}\n{say(NOBODY)}",)),)
    lines = [f"- {mention_of(grant.kind, grant.target)}" for grant in grants]
    blocks = [
        "\n".join(lines[start : start + NAMES_A_BLOCK]) for start in range(0, len(lines), NAMES_A_BLOCK)
    ]
    return paginate(
        f"## {say('Access')}\n{say(HEADING)}", blocks, footer=say("/access revoke takes it back."), per_page=2
    )


def mention_of(kind: GrantKind, target: str) -> str:
    """As Discord shows a role or a member; the bot's messages notify nobody."""
    return f"<@&{target}>" if kind is GrantKind.ROLE else f"<@{target}>"

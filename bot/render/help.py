"""/help: the commands, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.render.page import Page, paginate
from bot.tongue import phrase, say

ABOUT = phrase(
    "What many outlets report about one event, side by side: how many, who "
    "says so, where accounts conflict. Every figure, date and quotation links to the "
    "article it was read in."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandLine:
    name: str
    description: str
    is_admin: bool


FOOTER = phrase("Add private:true to a command to see its answer alone.")


def render_help(lines: Sequence[CommandLine], *, with_admin: bool) -> tuple[Page, ...]:
    """The commands for everyone, and those for admins when the caller is one: with many on a page of their own."""
    common = (
        f"## Sitrep\n{say(ABOUT)}",
        _block(say("Commands"), [line for line in lines if not line.is_admin]),
    )
    admin = [line for line in lines if line.is_admin]
    if not with_admin or not admin:
        return (Page(blocks=common, footer=say(FOOTER)),)
    page = Page(blocks=(*common, _block(say("For admins"), admin)), footer=say(FOOTER))
    if page.fits:
        return (page,)
    heading, *rest = _block(say("For admins"), admin).split("\n")
    return (Page(blocks=common, footer=say(FOOTER)), *paginate(heading, ["\n".join(rest)]))


def _block(title: str, lines: Sequence[CommandLine]) -> str:
    return "\n".join([f"### {title}", *(f"`/{line.name}` {line.description}" for line in lines)])

"""/status: how the bot is, for those who run it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.render.limits import V2_BYTES_GOAL, V2_TEXT_GOAL, length, shorten, v2_bytes
from bot.render.markup import clean, escape, timestamp
from bot.render.page import Accent, Page, shrink_block
from bot.tongue import phrase, say, say_why

#: Why a digest does not post when there is no other reason.
PAUSED_BY_ADMIN = phrase("an admin paused it")
#: A quarter of a message for each of the three lists, and one for the lines before them.
SECTION_UNITS, SECTION_BYTES = V2_TEXT_GOAL // 4, V2_BYTES_GOAL // 4


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """One line of the status: what it is about, and how it stands as finished text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPost:
    """A digest to come: its name, when, and where."""

    name: str
    at: dt.datetime
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PausedPost:
    """A digest that does not post; without a reason an admin wanted it."""

    name: str
    channel: str
    reason: str | None


def render_status(
    lines: Sequence[StatusLine],
    *,
    failing: Sequence[tuple[str, str]],
    next_posts: Sequence[NextPost],
    paused: Sequence[PausedPost] = (),
) -> Page:
    """Lines about the bot, failing sources and paused digests with their reasons, then the next posts."""
    blocks = ["\n".join(["## " + say("Status"), *(f"**{line.label}:** {line.text}" for line in lines)])]
    if failing:
        rows = [f"- **{_name(name)}**: {_reason(say_why(reason))}" for name, reason in failing]
        blocks.append(_section(say("Failing sources"), rows))
    if paused:
        rows = [
            f"- **{_name(post.name)}** · <#{post.channel}>: {_reason(say(post.reason or PAUSED_BY_ADMIN))}"
            for post in paused
        ]
        blocks.append(_section(say("Paused digests"), rows))
    if next_posts:
        rows = [
            f"- **{_name(post.name)}** · <#{post.channel}> · {timestamp(post.at, 'R')}, {timestamp(post.at)}"
            for post in next_posts[:5]
        ]
        blocks.append(_section(say("Next posts"), rows))
    return Page(blocks=tuple(blocks), accent=Accent.DISPUTED if failing or paused else Accent.PLAIN)


def _section(title: str, rows: Sequence[str]) -> str:
    """The first rows, as many as may stand in one of three sections, and how many more there are."""
    block = "\n".join([f"### {title}", *rows])
    return block if _has_room(block) else shrink_block(block, _has_room)


def _has_room(text: str) -> bool:
    return length(text) <= SECTION_UNITS and v2_bytes((text,)) <= SECTION_BYTES


def _name(text: str) -> str:
    return escape(shorten(clean(text), 80))


def _reason(text: str) -> str:
    return escape(shorten(clean(text), 150))


def size_words(count: int) -> str:
    """Bytes in words, to one decimal: "3.4 MB"."""
    size = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1024 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1024
    raise AssertionError("unreachable")

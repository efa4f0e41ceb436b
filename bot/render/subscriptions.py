"""A server's scheduled digests: the list for its admins, one of them in words, and what came of posting one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.config import WEEKDAYS, Quiet, Style, Subscription
from bot.render.limits import CHOICE_NAME, shorten
from bot.render.markup import bold, clean, escape, small, timestamp
from bot.render.page import Accent, Page, paginate
from bot.render.references import joined
from digests import DeliveryPart, PartState

NO_SUBSCRIPTIONS = (
    "There are no digests yet. /subscriptions add sets one up: a channel, the times, and what it is about."
)
STYLES = {Style.CARD: "a card for each story", Style.BRIEF: "one brief message"}
QUIETS = {Quiet.LINE: "says so when nothing is new", Quiet.SILENCE: "silent when nothing is new"}
SUBSCRIPTIONS_A_PAGE = 9
#: Longest list of words that is shown.
MAX_LIST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One entry of the list; `number` is `None` for a digest of the configuration file."""

    number: int | None
    subscription: Subscription
    next_at: dt.datetime | None = None
    paused_at: dt.datetime | None = None
    pause_reason: str | None = None


def render_subscriptions(listed: Sequence[Listed]) -> tuple[Page, ...]:
    """Every digest of a server: where, when, of what; paused ones with the reason."""
    if not listed:
        return (Page(blocks=("## Digests", NO_SUBSCRIPTIONS)),)
    stuck = any(one.pause_reason for one in listed)
    footer = "/subscriptions edit, pause, resume, test, now and remove take the number."
    accent = Accent.DISPUTED if stuck else Accent.PLAIN
    blocks = [subscription_block(one) for one in listed]
    return paginate("## Digests", blocks, footer=footer, accent=accent, per_page=SUBSCRIPTIONS_A_PAGE)


def subscription_block(one: Listed) -> str:
    """Number, channel and times; the state; then what it shows, in small print."""
    wanted = one.subscription
    name = f"{one.number}." if one.number is not None else f"{escape(wanted.id)}:"
    head = f"{bold(name)} <#{wanted.channel}> {when_words(wanted)}"
    return "\n".join([head, state_line(one), small(content_words(wanted))])


def state_line(one: Listed) -> str:
    """When it posts next, or since when and why it does not."""
    if one.paused_at is not None:
        why = f": {escape(shorten(clean(one.pause_reason), 200))}" if one.pause_reason else " by an admin"
        since = timestamp(one.paused_at, "R")
        resume = "When that is put right, resume it." if one.pause_reason else ""
        return joined(f"**Paused{why}**", since, resume)
    if one.number is None:
        return joined(_next(one.next_at), "set in the configuration file of whoever runs the bot")
    return _next(one.next_at)


def _next(moment: dt.datetime | None) -> str:
    return f"Next {timestamp(moment, 'F')}, {timestamp(moment, 'R')}" if moment else "Never due"


def when_words(wanted: Subscription) -> str:
    """`at 08:00, 18:30 (Europe/Berlin), mon-fri`"""
    times = ", ".join(f"{time:%H:%M}" for time in wanted.times)
    return f"at {times} ({escape(wanted.zone)}), {days_words(wanted.days)}"


def days_words(days: Sequence[str]) -> str:
    """`every day`, `mon-fri` or `mon, wed, sun`"""
    if len(days) == len(WEEKDAYS):
        return "every day"
    first = WEEKDAYS.index(days[0])
    if len(days) > 2 and tuple(days) == WEEKDAYS[first : first + len(days)]:
        return f"{days[0]}-{days[-1]}"
    return ", ".join(days)


def content_words(wanted: Subscription) -> str:
    """What is in it and how it is posted."""
    stories = "1 story" if wanted.size == 1 else f"up to {wanted.size} stories"
    return joined(
        STYLES[wanted.style],
        stories,
        _list("only", (*wanted.topics, *wanted.stories)),
        _list("without", wanted.without),
        QUIETS[wanted.quiet],
        f"mentions <@&{wanted.role}>" if wanted.role else "",
        _list("tags", wanted.tags),
        "passed on to followers" if wanted.crosspost else "",
    )


def _list(label: str, words: Sequence[str]) -> str:
    return f"{label}: {escape(shorten(', '.join(map(clean, words)), MAX_LIST))}" if words else ""


def render_saved(heading: str, one: Listed, warnings: Sequence[str] = ()) -> Page:
    """What was saved, with what the admin should know."""
    blocks = [f"## {heading}\n{subscription_block(one)}"]
    if warnings:
        blocks.append("\n".join(f"- {warning}" for warning in warnings))
    return Page(
        blocks=tuple(blocks), footer=f"/subscriptions test subscription:{one.number} shows it to you alone."
    )


def suggestion_label(number: int, channel: str, wanted: Subscription) -> str:
    """As autocomplete shows it: `2 · #news · 08:00, 18:30 mon-fri`"""
    times = ", ".join(f"{time:%H:%M}" for time in wanted.times)
    return shorten(f"{number} · #{clean(channel)} · {times} {days_words(wanted.days)}", CHOICE_NAME)


NOT_NOW = "Discord does not answer right now, so nothing was posted. Try again in a minute."


def posted_words(parts: Sequence[DeliveryPart], channel: str, *, is_new: bool) -> str:
    """What came of posting a digest right now."""
    where = f"<#{channel}>"
    states = [part.state for part in parts]
    if not is_new:
        return f"This digest was posted in {where} within this minute already; it is not posted twice."
    if not parts:
        return f"Nothing is new since the last digest, so nothing was posted in {where}: you chose silence."
    if all(state is PartState.SENT for state in states):
        return f"Posted in {where}: {len(parts)} message{'' if len(parts) == 1 else 's'}."
    reasons = list(dict.fromkeys(escape(shorten(clean(part.reason), 200)) for part in parts if part.reason))
    if reasons:
        return f"Not everything could be posted in {where}: {'; '.join(reasons[:3])}. /subscriptions list shows more."
    return f"Discord does not take it right now. It is posted in {where} as soon as it does, once."

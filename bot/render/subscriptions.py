"""A server's scheduled digests: the list for its admins, one of them in words, and what came of posting one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.config import WEEKDAYS, Held, Quiet, Style, Subscription
from bot.render.limits import CHOICE_NAME, shorten
from bot.render.markup import bold, clean, escape, small, timestamp
from bot.render.page import Accent, Page, paginate
from bot.render.references import joined
from bot.tongue import phrase, say, say_count
from digests import LANGUAGES, DeliveryPart, PartState

NO_SUBSCRIPTIONS = phrase(
    "There are no digests yet. /subscriptions add sets one up: a channel, the times, and what it is about."
)
STYLES = {Style.CARD: phrase("a card for each story"), Style.BRIEF: phrase("one brief message")}
QUIETS = {
    Quiet.LINE: phrase("says so when nothing is new"),
    Quiet.SILENCE: phrase("silent when nothing is new"),
}
#: Weekdays as they are typed and shown.
DAYS = {
    "mon": phrase("mon"),
    "tue": phrase("tue"),
    "wed": phrase("wed"),
    "thu": phrase("thu"),
    "fri": phrase("fri"),
    "sat": phrase("sat"),
    "sun": phrase("sun"),
}
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
        return (Page(blocks=("## " + say("Digests"), say(NO_SUBSCRIPTIONS))),)
    stuck = any(one.pause_reason for one in listed)
    footer = say("Every other /subscriptions command takes the number.")
    accent = Accent.DISPUTED if stuck else Accent.PLAIN
    blocks = [subscription_block(one) for one in listed]
    return paginate(
        "## " + say("Digests"), blocks, footer=footer, accent=accent, per_page=SUBSCRIPTIONS_A_PAGE
    )


def subscription_block(one: Listed) -> str:
    """Number, channel and times; the state; then what it shows, in small print."""
    wanted = one.subscription
    name = f"{one.number}." if one.number is not None else f"{escape(wanted.id)}:"
    head = f"{bold(name)} <#{wanted.channel}> {when_words(wanted)}"
    return "\n".join([head, state_line(one), small(content_words(wanted))])


def state_line(one: Listed) -> str:
    """When it posts next, or since when and why it does not."""
    if one.paused_at is not None:
        why = (
            f": {escape(shorten(clean(say(one.pause_reason)), 200))}"
            if one.pause_reason
            else f" {say('by an admin')}"
        )
        since = timestamp(one.paused_at, "R")
        resume = say("When that is put right, resume it.") if one.pause_reason else ""
        return joined(f"**{say('Paused')}{why}**", since, resume)
    if one.number is None:
        return joined(_next(one.next_at), say("set in the configuration file of whoever runs the bot"))
    return _next(one.next_at)


def _next(moment: dt.datetime | None) -> str:
    return (
        say(
            "Next {moment}, {distance}",
            moment=timestamp(moment, "F"),
            distance=timestamp(moment, "R"),
        )
        if moment
        else say("Never due")
    )


def when_words(wanted: Subscription) -> str:
    """`at 08:00, 18:30 (Europe/Berlin), mon-fri`"""
    times = ", ".join(f"{time:%H:%M}" for time in wanted.times)
    return say(
        "at {times} ({zone}), {days}", times=times, zone=escape(wanted.zone), days=days_words(wanted.days)
    )


def days_words(days: Sequence[str]) -> str:
    """`every day`, `mon-fri` or `mon, wed, sun`"""
    if len(days) == len(WEEKDAYS):
        return say("every day")
    first = WEEKDAYS.index(days[0])
    if len(days) > 2 and tuple(days) == WEEKDAYS[first : first + len(days)]:
        return f"{say(DAYS[days[0]])}-{say(DAYS[days[-1]])}"
    return ", ".join(say(DAYS[day]) for day in days)


def content_words(wanted: Subscription) -> str:
    """What is in it and how it is posted."""
    stories = say_count("{count} story", "up to {count} stories", wanted.size)
    return joined(
        say(STYLES[wanted.style]),
        stories,
        _list(say("only"), (*wanted.topics, *wanted.stories)),
        _list(say("without"), wanted.without),
        say(QUIETS[wanted.quiet]),
        LANGUAGES[wanted.language] if wanted.language else "",
        _quiet_words(wanted),
        say_count(
            "posted at most {count} hour late", "posted at most {count} hours late", round(wanted.late_hours)
        )
        if wanted.late_hours != Subscription.model_fields["late_hours"].default
        else "",
        say("mentions <@&{role}>", role=wanted.role) if wanted.role else "",
        _list(say("tags"), wanted.tags),
        say("passed on to followers") if wanted.crosspost else "",
    )


def _quiet_words(wanted: Subscription) -> str:
    """The quiet hours, and what becomes of a digest that is due in them."""
    if wanted.quiet_hours is None:
        return ""
    first, last = (f"{time:%H:%M}" for time in wanted.quiet_hours)
    if wanted.in_quiet_hours is Held.WAIT:
        return say("quiet from {first} to {last}, posted after it", first=first, last=last)
    return say("quiet from {first} to {last}, left out then", first=first, last=last)


def _list(label: str, words: Sequence[str]) -> str:
    return f"{label}: {escape(shorten(', '.join(map(clean, words)), MAX_LIST))}" if words else ""


def render_saved(heading: str, one: Listed, warnings: Sequence[str] = ()) -> Page:
    """What was saved, with what the admin should know."""
    blocks = [f"## {heading}\n{subscription_block(one)}"]
    if warnings:
        blocks.append("\n".join(f"- {warning}" for warning in warnings))
    return Page(
        blocks=tuple(blocks),
        footer=say("/subscriptions test subscription:{number} shows it to you alone.", number=one.number),
    )


def suggestion_label(number: int, channel: str, wanted: Subscription) -> str:
    """As autocomplete shows it: `2 · #news · 08:00, 18:30 mon-fri`"""
    times = ", ".join(f"{time:%H:%M}" for time in wanted.times)
    return shorten(f"{number} · #{clean(channel)} · {times} {days_words(wanted.days)}", CHOICE_NAME)


NOT_NOW = phrase("Discord does not answer right now, so nothing was posted. Try again in a minute.")


def posted_words(parts: Sequence[DeliveryPart], channel: str, *, is_new: bool) -> str:
    """What came of posting a digest right now."""
    where = f"<#{channel}>"
    states = [part.state for part in parts]
    if not is_new:
        return say(
            "This digest was posted in {where} within this minute already; it is not posted twice.",
            where=where,
        )
    if not parts:
        return say(
            "Nothing is new since the last digest, so nothing was posted in {where}: you chose silence.",
            where=where,
        )
    if all(state is PartState.SENT for state in states):
        return say_count(
            "Posted in {where}: {count} message.",
            "Posted in {where}: {count} messages.",
            len(parts),
            where=where,
        )
    reasons = list(
        dict.fromkeys(escape(shorten(clean(say(part.reason)), 200)) for part in parts if part.reason)
    )
    if reasons:
        return say(
            "Not everything could be posted in {where}: {reasons}. /subscriptions list shows more.",
            where=where,
            reasons="; ".join(reasons[:3]),
        )
    return say(
        "Discord does not take it right now. It is posted in {where} as soon as it does, once.", where=where
    )

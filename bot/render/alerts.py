"""Short messages about what moved in a story, and the lists of who is told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.changes import count_words
from bot.render.conflicts import question, side_words
from bot.render.limits import shorten
from bot.render.markup import bold, clean, escape, small
from bot.render.page import Accent, Page, left_out
from bot.render.references import References, joined, when
from bot.render.words import CONFLICTS, bounds_words
from bot.tongue import phrase, say, say_count
from digests import LANGUAGES, MEASURE_LABELS, Card, Move, Story, Watch

#: Lines of one message: what moved most stands first, the card has the rest.
MAX_LINES = 8
#: Longest name of who is counted and of who says so.
MAX_NAME = 120
FOLLOWED = phrase("You follow this. /unfollow ends it.")
ALERT = phrase("Alert")


def render_moves(
    card: Card, title: str, moves: Sequence[Move], *, footer: str, live_card: str | None = None
) -> Page:
    """What moved, each with who says so and where; `title` is linked, `live_card` the address of its message."""
    references = References.of_sources(card.sources)
    lines = [line for move in moves for line in move_lines(move, references)]
    if len(lines) > MAX_LINES:
        lines = [*lines[:MAX_LINES], small(left_out(len(lines) - MAX_LINES))]
    way = [f"[{say('The live card')}]({live_card})"] if live_card is not None else []
    is_disputed = any(move.conflict is not None for move in moves)
    page = _page(title, [*lines, *way], footer, is_disputed, card.story_id)
    while not page.fits and lines:
        lines.pop()
        page = _page(title, [*lines, *way], footer, is_disputed, card.story_id)
    return page


def _page(title: str, lines: Sequence[str], footer: str, is_disputed: bool, story_id: str) -> Page:
    return Page(
        blocks=("\n".join([f"### {title}", *lines]),),
        footer=footer,
        accent=Accent.DISPUTED if is_disputed else Accent.MOVING,
        links=((say("Card"), story_id),),
    )


def move_lines(move: Move, references: References) -> list[str]:
    """`- Killed: **12** → **19** · governor, via Harbour Gazette · time`, or a dispute's question with its sides."""
    if move.conflict is not None:
        conflict = move.conflict
        head = f"- {say(CONFLICTS[conflict.kind])}: {bold(question(conflict))}"
        return [head, *(f"  - {side_words(side, references)}" for side in conflict.standing)]
    group = move.group
    if group is None:
        return []
    label = say(MEASURE_LABELS[group.measure]) + (
        f", {_name(group.victims)}" if group.victims not in ("", "people") else ""
    )
    before = f"{bold(bounds_words(move.before))} → " if move.before is not None else f"{say('new:')} "
    claim = move.said or group.latest
    outlets = references.cite([claim.citation.article_id])
    claimant = claim.figure.claimant
    said_by = say("{who}, via {outlets}", who=_name(claimant.name), outlets=outlets) if claimant else outlets
    return [f"- {label}: {before}{joined(bold(count_words(group)), said_by, when(claim.published))}"]


def _name(words: str) -> str:
    return escape(shorten(clean(words), MAX_NAME))


def render_moved(story: Story) -> Page:
    """What stands in place of a live card whose story was put into another one."""
    title = bold(escape(shorten(clean(story.title), 150)))
    return Page(
        blocks=(say("This story belongs to {title} now.", title=title),), links=((say("Card"), story.id),)
    )


def render_alerts(watches: Sequence[Watch]) -> Page:
    """The channels in which stories are followed live."""
    if not watches:
        return Page(blocks=(say("No channel has alerts. /alerts with a `channel` turns them on."),))
    lines = [
        f"- {joined(f'<#{one.channel}>', cooldown_words(one), *_settings(one))}"
        + (
            " · "
            + say(
                "**paused**: {paused}; /alerts with the channel tries again", paused=escape(say(one.paused))
            )
            if one.paused
            else ""
        )
        for one in watches
    ]
    return Page(
        blocks=("\n".join(["## " + say("Alerts"), *lines]),),
        footer=say("/alerts with a channel and off:true ends them there"),
    )


def _settings(watch: Watch) -> list[str]:
    """Language and quiet hours, where they are set."""
    language = LANGUAGES.get(watch.language or "")
    found = [language] if language else []
    if watch.quiet_hours is not None:
        first, last = watch.quiet_hours
        words = say("quiet from {first} to {last} ({zone})", first=first, last=last, zone=escape(watch.zone))
        found.append(words)
    return found


def cooldown_words(watch: Watch) -> str:
    """How often a story may be told of."""
    if not watch.cooldown_minutes:
        return say("no rest between two messages")
    return say_count(
        "at most one message in {count} minute for each story",
        "at most one message in {count} minutes for each story",
        watch.cooldown_minutes,
    )


def render_follows(watches: Sequence[Watch], titles: Sequence[str]) -> Page:
    """What one member follows; `titles` in the same order, escaped."""
    if not watches:
        return Page(blocks=(say("You follow nothing. Use /follow with a `story` or with `words`."),))
    lines = [
        f"- {title}"
        + (
            " · "
            + say(
                "**paused**: {paused}. Use /follow again when that is mended.", paused=escape(say(one.paused))
            )
            if one.paused
            else ""
        )
        for one, title in zip(watches, titles, strict=True)
    ]
    return Page(
        blocks=("\n".join(["## " + say("You follow"), *lines]),),
        footer=say("A private message comes when a figure moves. /unfollow ends it."),
    )

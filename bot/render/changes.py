"""/changes: what newer articles have added to a story, each with its source."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.conflicts import question, side_words
from bot.render.edits import edit_lines
from bot.render.fixes import CORRECTIONS
from bot.render.markup import bold, escape, headline, small, timestamp
from bot.render.page import Accent, Page, paginate
from bot.render.reactions import statement_words
from bot.render.references import References, joined, when
from bot.render.timeline import date_words, entry_line
from bot.render.words import CONFLICTS, STATUSES, bounds_words
from bot.tongue import phrase, say, say_count
from digests import MEASURE_LABELS, ArticleEdit, Changes, Conflict, FigureChange, FigureGroup, Status

#: Lines of news that open a card in a digest.
MAX_NEWS = 5
NOTHING = phrase("None of them says anything that was not known before.")
NO_ARTICLES = phrase("No article of this story came out since then.")


def render_changes(
    title: str,
    changes: Changes,
    references: References,
    *,
    link_to: str = "",
    edits: Sequence[ArticleEdit] = (),
) -> tuple[Page, ...]:
    """Pages with a block a section; a section without anything new is left out. `edits` may be older than `since`."""
    count = len(changes.articles)
    heading = f"## {link_to or headline(title)}\n{say('What is new')} · {_came(count, changes)}"
    footer = _undated(changes.undated)
    edited = edit_lines(edits, references, since=changes.since)
    if changes.is_empty and not edited:
        words = say(NOTHING) if count else say(NO_ARTICLES)
        return (Page(blocks=(heading, words), footer=footer),)
    sections = (
        (say("Figures"), _figure_lines(changes, references)),
        (say("Disputes"), _dispute_lines(changes, references)),
        (say("Reactions"), _reaction_lines(changes, references)),
        (say("Events"), [f"{entry_line(one, references)} · {date_words(one)}" for one in changes.events]),
        (say("Corrections"), [*_correction_lines(changes, references), *edited]),
    )
    blocks = ["\n".join([f"### {name}", *lines]) for name, lines in sections if lines]
    return paginate(heading, blocks, footer=footer, accent=_accent(changes), per_page=6)


def _came(count: int, changes: Changes) -> str:
    moment = timestamp(changes.since)
    if not count:
        return say("no articles since {moment}", moment=moment)
    return say_count(
        "{count} article since {moment}", "{count} articles since {moment}", count, moment=moment
    )


def change_lines(changes: Changes, references: References) -> list[str]:
    """What matters most of it, a line each: figures that moved, disputes, what an outlet takes back."""
    disputes = [line for line in _dispute_lines(changes, references) if line.startswith("- ")]
    withdrawn = [
        "- " + say("by an outlet: {question}", question=bold(question(one))) for one in changes.withdrawn
    ]
    return [*_figure_lines(changes, references), *disputes, *withdrawn]


def render_news(changes: Changes, references: References, *, is_whole: bool) -> tuple[str, ...]:
    """The lines that open a story in a digest; none when no article came out since the digest before.

    `is_whole`: every article of the story is new, so that there is nothing to hold it against.
    """
    count = len(changes.articles)
    came = _came(count, changes)
    if not count:
        return ()
    if is_whole:
        return ("- " + say("new story: {came}", came=came),)
    lines = change_lines(changes, references)
    if not lines:
        return ("- " + say("{came}, and no figure or dispute has changed", came=came),)
    more = [small(f"{len(lines) - MAX_NEWS} more: /changes")] if len(lines) > MAX_NEWS else []
    return (*lines[:MAX_NEWS], *more)


def _figure_lines(changes: Changes, references: References) -> list[str]:
    """The counts; which incident they are of only where there are several."""
    several = len({change.incident for change in changes.figures}) > 1
    return [figure_words(change, references, with_incident=several) for change in changes.figures]


def figure_words(change: FigureChange, references: References, *, with_incident: bool) -> str:
    """`- Killed: **at least 12** → **19** · governor, via Harbour Gazette · time`.

    A count that stands against others has moved nothing: it was said too.
    """
    group, claim = change.group, change.said
    label = say(MEASURE_LABELS[group.measure])
    if group.victims not in ("", "people"):
        label += f", {escape(group.victims)}"
    if group.status is Status.CONFLICTING:
        lead = f"{say('also said:')} " if change.before is not None else ""
    else:
        lead = f"{bold(count_words(change.before))} → " if change.before is not None else f"{say('new:')} "
    state = say(STATUSES[group.status]) if group.status is Status.CONFLICTING else ""
    outlets = references.cite(dict.fromkeys(one.citation.article_id for one in change.claims))
    claimant = claim.figure.claimant
    said_by = say("{who}, via {outlets}", who=escape(claimant.name), outlets=outlets) if claimant else outlets
    incident = escape(change.incident or "") if with_incident else ""
    body = joined(bold(count_words(group)), state, said_by, when(claim.published), incident)
    return f"- {label}: {lead}{body}"


def count_words(group: FigureGroup) -> str:
    """What stands in a group, in words."""
    if group.bounds.is_vague:
        return escape(group.latest.figure.words)
    return bounds_words(group.bounds)


def _dispute_lines(changes: Changes, references: References) -> list[str]:
    lines = []
    for conflict in changes.opened:
        lines += _conflict_lines(say("opened"), conflict, references)
    for conflict, group in changes.settled:
        lines.append(
            "- "
            + say(
                "settled: {question} · now {count}",
                question=bold(question(conflict)),
                count=bold(count_words(group)),
            )
        )
    return lines


def _conflict_lines(word: str, conflict: Conflict, references: References) -> list[str]:
    head = f"- {word}: {bold(question(conflict))} · {say(CONFLICTS[conflict.kind]).lower()}"
    return [head, *(f"  - {side_words(side, references)}" for side in conflict.standing)]


def _reaction_lines(changes: Changes, references: References) -> list[str]:
    """One statement an actor, and how many more there are: `/reactions` has them."""
    lines = []
    for reaction in changes.reactions:
        more = len(reaction.statements) - 1
        said = joined(statement_words(reaction.statements[0], references), f"{more} more" if more else "")
        lines.append(f"- {bold(escape(reaction.actor))} · {said}")
    return lines


def _correction_lines(changes: Changes, references: References) -> list[str]:
    lines = []
    for conflict in changes.withdrawn:
        lines += _conflict_lines(say("by an outlet"), conflict, references)
    lines += [
        "- "
        + say(
            "by the admins: {done} · {label} · {moment}",
            done=say(CORRECTIONS[one.kind]),
            label=escape(one.label),
            moment=timestamp(one.made_at),
        )
        for one in changes.corrections
    ]
    return lines


def _accent(changes: Changes) -> Accent:
    if changes.opened:
        return Accent.DISPUTED
    return Accent.MOVING if changes.figures else Accent.PLAIN


def _undated(count: int) -> str:
    if not count:
        return ""
    return say_count(
        "{count} article has no time and counts as known before",
        "{count} articles have no time and count as known before",
        count,
    )

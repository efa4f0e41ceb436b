"""/changes: what newer articles have added to a story, each with its source."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.conflicts import question, side_words
from bot.render.edits import edit_lines
from bot.render.fixes import CORRECTIONS
from bot.render.markup import bold, escape, small, timestamp
from bot.render.page import Accent, Page, paginate
from bot.render.reactions import statement_words
from bot.render.references import References, joined, when
from bot.render.timeline import date_words, entry_line
from bot.render.words import CONFLICTS, MEASURES, STATUSES, bounds_words
from digests import ArticleEdit, Changes, Conflict, FigureChange, FigureGroup, Status

#: Lines of news that open a card in a digest.
MAX_NEWS = 5
NOTHING = "None of them says anything that was not known before."
NO_ARTICLES = "No article of this story came out since then."


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
    came = f"{count or 'no'} article{'' if count == 1 else 's'} since {timestamp(changes.since)}"
    heading = f"## {link_to or escape(title)}\nWhat is new · {came}"
    footer = _undated(changes.undated)
    edited = edit_lines(edits, references, since=changes.since)
    if changes.is_empty and not edited:
        words = NOTHING if count else NO_ARTICLES
        return (Page(blocks=(heading, words), footer=footer),)
    sections = (
        ("Figures", _figure_lines(changes, references)),
        ("Disputes", _dispute_lines(changes, references)),
        ("Reactions", _reaction_lines(changes, references)),
        ("Events", [f"{entry_line(one, references)} · {date_words(one)}" for one in changes.events]),
        ("Corrections", [*_correction_lines(changes, references), *edited]),
    )
    blocks = ["\n".join([f"### {name}", *lines]) for name, lines in sections if lines]
    return paginate(heading, blocks, footer=footer, accent=_accent(changes), per_page=6)


def change_lines(changes: Changes, references: References) -> list[str]:
    """What matters most of it, a line each: figures that moved, disputes, what an outlet takes back."""
    disputes = [line for line in _dispute_lines(changes, references) if line.startswith("- ")]
    withdrawn = [f"- by an outlet: {bold(question(one))}" for one in changes.withdrawn]
    return [*_figure_lines(changes, references), *disputes, *withdrawn]


def render_news(changes: Changes, references: References, *, is_whole: bool) -> tuple[str, ...]:
    """The lines that open a story in a digest; none when no article came out since the digest before.

    `is_whole`: every article of the story is new, so that there is nothing to hold it against.
    """
    count = len(changes.articles)
    came = f"{count} article{'' if count == 1 else 's'} since {timestamp(changes.since)}"
    if not count:
        return ()
    if is_whole:
        return (f"- new story: {came}",)
    lines = change_lines(changes, references)
    if not lines:
        return (f"- {came}, and no figure or dispute has changed",)
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
    label = MEASURES[group.measure]
    if group.victims not in ("", "people"):
        label += f", {escape(group.victims)}"
    if group.status is Status.CONFLICTING:
        lead = "also said: " if change.before is not None else ""
    else:
        lead = f"{bold(count_words(change.before))} → " if change.before is not None else "new: "
    state = STATUSES[group.status] if group.status is Status.CONFLICTING else ""
    outlets = references.cite(dict.fromkeys(one.citation.article_id for one in change.claims))
    claimant = claim.figure.claimant
    said_by = f"{escape(claimant.name)}, via {outlets}" if claimant else outlets
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
        lines += _conflict_lines("opened", conflict, references)
    for conflict, group in changes.settled:
        lines.append(f"- settled: {bold(question(conflict))} · now {bold(count_words(group))}")
    return lines


def _conflict_lines(word: str, conflict: Conflict, references: References) -> list[str]:
    head = f"- {word}: {bold(question(conflict))} · {CONFLICTS[conflict.kind].lower()}"
    return [head, *(f"  - {side_words(side, references)}" for side in conflict.sides)]


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
        lines += _conflict_lines("by an outlet", conflict, references)
    lines += [
        f"- by the admins: {CORRECTIONS[one.kind]} · {escape(one.label)} · {timestamp(one.made_at)}"
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
    return f"{count} article{' has' if count == 1 else 's have'} no time and count as known before"

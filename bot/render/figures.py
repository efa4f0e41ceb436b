"""/casualties: per incident, each figure with its words, who says so, where it was read and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.render.edits import HEADING, edit_lines
from bot.render.markup import bold, escape, headline, small
from bot.render.numbering import Numbering
from bot.render.page import Accent, Page, paginate
from bot.render.references import References, joined, when
from bot.render.words import STATUSES, bounds_words, days_words
from bot.tongue import phrase, say, tongue
from digests import (
    MEASURE_LABELS,
    ArticleEdit,
    Bounds,
    Citation,
    Claim,
    FigureGroup,
    Findings,
    Incident,
    Line,
    Measure,
    SectionKind,
    Status,
    incident_words,
)

#: Incidents shown first; background ones come after them, marked.
NOTHING = phrase("No figures of this kind have been read in this story. /digest shows what is known.")

_QUOTE_MARKS = re.compile('["“”„‟]')
_MEASURE_ORDER = {measure: index for index, measure in enumerate(Measure)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure as shown: equal claims of one claimant, with all articles that carry it.

    `is_beside`: it counts some of those in the figure ("four more bodies"), neither all of them nor an earlier all.
    """

    claim: Claim
    article_ids: tuple[str, ...]
    is_left_behind: bool
    is_beside: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every line of a page needs: the articles, the numbers in front of lines, whose story it is."""

    references: References
    numbering: Numbering
    story_id: str

    def mark(self, row: Row, group: FigureGroup) -> str:
        """The number by which `/source` finds the sentences of a row."""
        cited = {citation.article_id: citation for citation in reversed(row.citations)}
        line = Line(
            text=_unquoted(row.claim.figure.words),
            citations=(),
            label=say(MEASURE_LABELS[group.measure]),
            evidence=tuple(cited[article_id] for article_id in row.article_ids),
        )
        return self.numbering.place(line, SectionKind.FIGURES, self.story_id)


def render_figures(
    title: str,
    findings: Findings,
    references: References,
    *,
    measure: Measure | None = None,
    link_to: str = "",
    edits: Sequence[ArticleEdit] = (),
) -> tuple[Page, ...]:
    """Pages with a block an incident, and one for what outlets have changed; `measure` keeps one kind of figure.

    Incidents of the story come first, background ones after them and marked. Within an incident, totals stand
    above their parts; within a figure, the newest claim first and those it has left behind under it.
    """
    wanted = [
        (index, group)
        for index, group in enumerate(findings.figure_groups)
        if measure is None or group.measure is measure
    ]
    desk = _Desk(references, Numbering(), findings.story_id)
    blocks = [
        block
        for incident in in_order(findings.incidents)
        if (block := _incident_block(incident, wanted, desk))
    ]
    if changed := edit_lines(edits, references, measure=measure):
        blocks.append("\n".join([f"### {say(HEADING)}", *changed]))
    heading = f"## {link_to or headline(title)}\n{say('Figures, as they were said')}"
    if not blocks:
        return (Page(blocks=(heading, say(NOTHING))),)
    accent = accent_of(group for _, group in wanted)
    pages = paginate(heading, blocks, footer=_legend(wanted), accent=accent)
    return tuple(desk.numbering.finish(page) for page in pages)


def in_order(incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """Incidents of the story first, background ones last; otherwise as analysis ordered them."""
    return tuple(sorted(incidents, key=lambda incident: incident.is_background))


def accent_of(groups: Iterable[FigureGroup]) -> Accent:
    """The colour for a set of figures; the words beside it say the same."""
    statuses = {group.status for group in groups}
    if Status.CONFLICTING in statuses:
        return Accent.DISPUTED
    if Status.UPDATED in statuses:
        return Accent.MOVING
    return Accent.AGREED if Status.AGREED in statuses else Accent.PLAIN


def rows_of(group: FigureGroup) -> tuple[Row, ...]:
    """The claims of a group, newest first, equal ones of one claimant in one row; then what was left behind, then what
    counts only some.
    """
    only_some = all(claim.is_detail for claim in group.claims)
    merged: dict[tuple[Bounds, str, str], list[Claim]] = {}
    for claim in sorted(group.claims, key=_published, reverse=True):
        merged.setdefault(_key(claim), []).append(claim)
    rows = [
        Row(
            claim=claims[0],
            article_ids=tuple(dict.fromkeys(claim.citation.article_id for claim in claims)),
            is_left_behind=_is_left_behind(claims[0], group),
            is_beside=not only_some and all(claim.is_detail for claim in claims),
            citations=tuple(claim.citation for claim in claims),
        )
        for claims in merged.values()
    ]
    kept = [row for row in (_without_repeats(row, rows) for row in rows) if row.article_ids]
    return tuple(sorted(kept, key=lambda row: (row.is_beside, row.is_left_behind)))


def _without_repeats(row: Row, rows: Sequence[Row]) -> Row:
    """A count in the outlet's own voice, without the articles in which the same count stands with its claimant."""
    figure = row.claim.figure
    if figure.claimant is not None or figure.bounds.is_vague:
        return row
    said = {
        article_id
        for other in rows
        if other.claim.figure.claimant is not None and other.claim.figure.bounds == figure.bounds
        for article_id in other.article_ids
    }
    return replace(row, article_ids=tuple(one for one in row.article_ids if one not in said))


def _published(claim: Claim) -> tuple[bool, float]:
    return (claim.published is not None, claim.published.timestamp() if claim.published else 0.0)


def _key(claim: Claim) -> tuple[Bounds, str, str]:
    """Equal counts of one claimant; a vague one ("several", "dozens") is only equal in the same words."""
    figure = claim.figure
    claimant = figure.claimant.name.casefold() if figure.claimant else ""
    return (figure.bounds, claimant, figure.words.casefold() if figure.bounds.is_vague else "")


def _is_left_behind(claim: Claim, group: FigureGroup) -> bool:
    if group.status is not Status.UPDATED or claim.figure.bounds.meets(group.latest.figure.bounds):
        return False
    # What came up after the count that stands, which an admin has pinned, is not left behind.
    told = [
        one.published for one in group.claims if one.published and one.figure.bounds == claim.figure.bounds
    ]
    return not (told and group.latest.published is not None and min(told) > group.latest.published)


def _incident_block(incident: Incident, groups: Sequence[tuple[int, FigureGroup]], desk: _Desk) -> str:
    own = [(index, group) for index, group in groups if group.incident_id == incident.id]
    if not own:
        return ""
    lines = [_incident_heading(incident)]
    indexes = {index for index, _ in own}
    tops = [(index, group) for index, group in own if group.part_of not in indexes]
    for index, group in sorted(tops, key=lambda item: _MEASURE_ORDER[item[1].measure]):
        lines += _group_lines(group, desk)
        for _, part in own:
            if part.part_of == index:
                lines += _part_lines(part, desk)
    return "\n".join(lines)


def _incident_heading(incident: Incident) -> str:
    line = f"### {escape(incident_words(incident, tongue()) or say('Not tied to one incident'))}"
    under = joined(days_beside(incident), say("background") if incident.is_background else "")
    return f"{line}\n{small(under)}" if under else line


def days_beside(incident: Incident) -> str:
    """The days of an incident in words, unless its label names them."""
    label = incident_words(incident, tongue())
    return "" if any(char.isdigit() for char in label) else days_words(incident.first, incident.last)


def _group_lines(group: FigureGroup, desk: _Desk) -> list[str]:
    head = bold(say(MEASURE_LABELS[group.measure]))
    if group.victims and group.victims != "people":
        head += f", {escape(group.victims)}"
    rows = rows_of(group)
    narrowed = ""
    if group.status is Status.AGREED and group.bounds not in {row.claim.figure.bounds for row in rows}:
        narrowed = say("together {count}", count=bounds_words(group.bounds))
    lines = [joined(head, _status_words(group, rows, desk.references), narrowed)]
    return lines + [f"- {desk.mark(row, group)}{row_words(row, desk.references)}" for row in rows]


def _part_lines(part: FigureGroup, desk: _Desk) -> list[str]:
    """Figures that count some of those in the figure above: "of them nine children"."""
    status = f" ({say(STATUSES[part.status])})" if part.status in (Status.CONFLICTING, Status.UPDATED) else ""
    return [
        f"- {desk.mark(row, part)}{say('of them')}{status} {row_words(row, desk.references)}"
        for row in rows_of(part)
    ]


def _status_words(group: FigureGroup, rows: Sequence[Row], references: References) -> str:
    outlets = references.outlets(article_id for row in rows for article_id in row.article_ids)
    if group.status is Status.SINGLE and len(outlets) == 1:
        return say("one outlet so far")
    return say(STATUSES[group.status])


def row_words(row: Row, references: References) -> str:
    """`**at least 31** · health ministry, via Coast Wire · time`; one that was left behind begins with "earlier", one
    that counts only some with "also given".
    """
    figure = row.claim.figure
    outlets = references.cite(row.article_ids)
    said_by = (
        say("{who}, via {outlets}", who=escape(figure.claimant.name), outlets=outlets)
        if figure.claimant
        else outlets
    )
    number = bold(escape(_unquoted(figure.words)))
    if figure.victims and figure.victims.casefold() not in figure.words.casefold():
        number += f" {escape(figure.victims)}"
    mark = say("also given") if row.is_beside else say("earlier") if row.is_left_behind else ""
    return joined(mark, number, said_by, when(row.claim.published))


def _unquoted(words: str) -> str:
    """A count without the quote marks that begin or end inside it: `a “number of` terrorists."""
    return " ".join(_QUOTE_MARKS.sub("", words).split())


def _legend(groups: Sequence[tuple[int, FigureGroup]]) -> str:
    if any(group.status is Status.CONFLICTING for _, group in groups):
        return say("conflicting: the figures cannot both hold; /conflicts says why")
    if any(group.status is Status.UPDATED for _, group in groups):
        return say("updated: a later figure has left an earlier one behind")
    return ""

"""The lines of the figures section: one block per count, incident by incident, background last and marked.

A line cites the articles that state its very bounds. Compatible counts of other articles follow as lines of their
own ("at least 31" beside "37"), so that no number leads back to a sentence that does not say it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from digests.cards.desk import Desk
from digests.cards.incidents import filled_unit, incident_words
from digests.cards.speech import claimant_words
from digests.cards.wording import MEASURE_LABELS, bounds_words, names_nobody, span_words, time_words
from digests.extract.counts.victims import spoken_noun, victim_groups
from digests.rules import load_rules
from digests.tongues import ENGLISH, phrase
from digests.types import (
    Bounds,
    Citation,
    Claim,
    FigureGroup,
    Findings,
    Incident,
    Line,
    Measure,
    Scope,
    Status,
)

# Different counts shown of one group: the rest stands behind the button.
_MOST_COUNTS = 4
ALSO_GIVEN = phrase("also given")
_MEASURE_ORDER = (
    Measure.KILLED,
    Measure.CASUALTIES,
    Measure.INJURED,
    Measure.MISSING,
    Measure.ABDUCTED,
    Measure.RESCUED,
    Measure.DETAINED,
    Measure.DISPLACED,
)


@dataclass(frozen=True, slots=True)
class _Count:
    """Claims that state the same bounds; `claims` newest first."""

    words: str
    bounds: Bounds
    claims: tuple[Claim, ...]


def figure_lines(findings: Findings, desk: Desk) -> list[list[Line]]:
    """Blocks of lines that belong together, the main incident's first."""
    incidents = {incident.id: incident for incident in findings.incidents}
    by_incident: dict[str, list[int]] = {}
    for index, group in enumerate(findings.figure_groups):
        by_incident.setdefault(group.incident_id, []).append(index)
    ranked = sorted(
        by_incident.items(),
        key=lambda item: -sum(len(findings.figure_groups[index].claims) for index in item[1]),
    )
    current = [(key, indexes) for key, indexes in ranked if not _is_background(incidents.get(key))]
    blocks: list[list[Line]] = []
    for key, indexes in current:
        incident = incidents.get(key)
        found = _incident_blocks(findings.figure_groups, indexes, desk, _disputed(findings, key))
        if found and incident is not None and len(current) > 1:
            claims = [claim for index in indexes for claim in findings.figure_groups[index].claims]
            found[0] = [_heading(incident, claims, desk), *found[0]]
        blocks += found
    for key, indexes in ranked:
        incident = incidents.get(key)
        if incident is not None and incident.is_background:
            blocks += [[_background_line(findings.figure_groups[i], incident, desk)] for i in indexes[:1]]
    return blocks


def _disputed(findings: Findings, incident_id: str) -> frozenset[Citation]:
    """The counts of an incident that stand on a side of a conflict which no later report has settled."""
    return frozenset(
        citation
        for conflict in findings.conflicts
        if conflict.incident_id == incident_id and not conflict.is_settled
        for side in conflict.standing
        for citation in side.citations
    )


def _is_background(incident: Incident | None) -> bool:
    return incident is not None and incident.is_background


def _incident_blocks(
    groups: Sequence[FigureGroup], indexes: Sequence[int], desk: Desk, disputed: Collection[Citation]
) -> list[list[Line]]:
    """One block per total with its parts under it."""
    wholes = [i for i in indexes if groups[i].part_of is None or groups[i].part_of not in indexes]
    wholes.sort(key=lambda i: (_MEASURE_ORDER.index(groups[i].measure), -len(groups[i].claims), i))
    repeated = _repeats(groups, wholes)
    blocks: list[list[Line]] = []
    for whole in wholes:
        if whole in repeated:
            continue
        same = [i for i, other in repeated.items() if other == whole]
        again = [claim for i in same for claim in groups[i].claims]
        lines = _group_lines(groups[whole], again, desk, disputed)
        for part in indexes:
            if groups[part].part_of in (whole, *same):
                lines += _part_lines(groups[part], lines[0].text, desk)
        blocks.append(lines)
    return blocks


def _repeats(groups: Sequence[FigureGroup], wholes: Sequence[int]) -> dict[int, int]:
    """Counts of somebody ("4 students") that only say again what a count of everybody says ("4"), and which that is.

    Both count the same incident, so that where the numbers are the same the people are. Analysis keeps them apart, for
    it must not compare four students with fourteen people; a line of its own would tell a reader nothing.
    """
    found: dict[int, int] = {}
    for i in wholes:
        if names_nobody(groups[i].victims) or groups[i].scope is Scope.TOTAL:
            continue
        stated = _stated(groups[i])
        same = (j for j in wholes if _is_everybody(groups[j], groups[i]) and stated <= _stated(groups[j]))
        whole = next(same, None)
        if stated and whole is not None:
            found[i] = whole
    return found


def _is_everybody(group: FigureGroup, some: FigureGroup) -> bool:
    """Whether a group counts all people where `some` counts some of them."""
    return names_nobody(group.victims) and (group.measure, group.scope) == (some.measure, some.scope)


def _stated(group: FigureGroup) -> set[Bounds]:
    """The counts of a group that have lines. A detail ("four more bodies" beside a toll of 23) counts nobody else, but
    where there are only details ("killing the girl") they are all that is shown."""
    told = {claim.figure.bounds for claim in group.claims if not claim.is_detail}
    return told or {claim.figure.bounds for claim in group.claims}


def _group_lines(
    group: FigureGroup, again: Sequence[Claim], desk: Desk, disputed: Collection[Citation]
) -> list[Line]:
    """The count that stands, then what else was said of it, each with its mark; `again`: claims that repeat them."""
    counts = _counts(group, desk, again)
    sides = [count for count in counts if any(claim.citation in disputed for claim in count.claims)]
    if group.status is Status.CONFLICTING and len(sides) > 1:
        # Those that differ stand first; the others were left behind by them, or fit both.
        counts = [*sides, *(count for count in counts if count not in sides)]
    lines = [_count_line(group, counts[0], desk, mark=_mark(group, first=True))]
    others = [count for count in counts[1:] if not all(claim.is_detail for claim in count.claims)]
    for count in others[: _MOST_COUNTS - 1]:
        is_side = group.status is Status.CONFLICTING and (len(sides) < 2 or count in sides)
        indent = 0 if is_side else 1
        mark = ALSO_GIVEN if _still_stands(count, group) else _mark(group, first=False)
        if group.status is Status.CONFLICTING and not is_side:
            mark = phrase("earlier") if _is_older(count, sides) else ALSO_GIVEN
        lines.append(_count_line(group, count, desk, mark=mark, indent=indent))
    return lines


def _still_stands(count: _Count, group: FigureGroup) -> bool:
    """Whether a count is no earlier one: it came up after the one that stands, which an admin has pinned, or that one
    is but a least number, which it fits ("3", beside "at least 2" of a later report)."""
    told = [claim.published for claim in count.claims if claim.published]
    latest = group.latest.figure.bounds
    is_more = latest.high is None and (count.bounds.low or 0) >= (latest.low or 0) > 0
    return group.status is Status.UPDATED and (
        is_more or (group.latest.published is not None and bool(told) and min(told) > group.latest.published)
    )


def _is_older(count: _Count, sides: Sequence[_Count]) -> bool:
    """Whether all who state a count did so before any that is disputed."""
    told, others = (
        [claim.published for one in some for claim in one.claims if claim.published]
        for some in ((count,), sides)
    )
    return bool(told and others) and max(told) < min(others)


def _mark(group: FigureGroup, *, first: bool) -> str | None:
    if group.status is Status.CONFLICTING:
        return phrase("disputed")
    if group.status is Status.UPDATED and not first:
        return phrase("earlier")
    if group.scope is Scope.TOTAL:
        return phrase("running total")
    return None if first else ALSO_GIVEN


def _counts(group: FigureGroup, desk: Desk, again: Sequence[Claim] = ()) -> list[_Count]:
    """The different counts of a group: the one that stands first, then the newest."""
    claims = sorted((*group.claims, *again), key=_age, reverse=True)
    by_words: dict[str, list[Claim]] = {}
    for claim in claims:
        by_words.setdefault(bounds_words(claim.figure.bounds, claim.figure.words, desk.tongue), []).append(
            claim
        )
    counts = [_Count(words, found[0].figure.bounds, tuple(found)) for words, found in by_words.items()]
    if group.status in (Status.SINGLE, Status.AGREED):
        return sorted(counts, key=lambda count: (count.bounds != group.bounds, count.bounds.is_vague))
    return sorted(counts, key=lambda count: group.latest not in count.claims)


def _age(claim: Claim) -> tuple[bool, float]:
    return claim.published is not None, claim.published.timestamp() if claim.published else 0.0


def _count_line(group: FigureGroup, count: _Count, desk: Desk, *, mark: str | None, indent: int = 0) -> Line:
    spoken = _first_said(count)
    return desk.line(
        _with_victims(count.words, group),
        # Of an article that states the count twice, the words of whom the line names stand for it, not its headline.
        [claim.citation for claim in sorted(count.claims, key=lambda claim: _who(claim) != _who(spoken))],
        label=desk.tongue.say(MEASURE_LABELS[group.measure]),
        attribution=_attribution(spoken),
        when=time_words(spoken.published, year=desk.year, tongue=desk.tongue) if spoken.published else None,
        mark=desk.tongue.say(mark) if mark else None,
        indent=indent,
    )


def _first_said(count: _Count) -> Claim:
    """The oldest claim that names who says so, else the oldest: whoever repeats it adds nothing."""
    oldest = count.claims[::-1]
    return next((claim for claim in oldest if claim.figure.claimant), oldest[0])


def _who(claim: Claim) -> str | None:
    return claim.figure.claimant.name if claim.figure.claimant else None


def _with_victims(words: str, group: FigureGroup) -> str:
    if names_nobody(group.victims):
        return words
    said = _said(group)
    if said is not None:
        return f"{words} {said[0] if words == '1' else said[1]}"
    one = load_rules("cards").meaning["one_of"].get(group.victims.lower()) if words == "1" else None
    return f"{words} {one or group.victims}"


def _said(group: FigureGroup) -> tuple[str, str] | None:
    """The noun for the counted in both numbers, where all claims use the same: colleagues are shown as no "workers"."""
    if group.victims not in victim_groups() or group.victims in load_rules("cards").words["said_alike"]:
        return None
    nouns = {spoken_noun(claim.figure.victims) for claim in group.claims} - {None}
    return nouns.pop() if len(nouns) == 1 else None


def _part_lines(group: FigureGroup, whole: str, desk: Desk) -> list[Line]:
    count = _counts(group, desk)[0]
    spoken = _first_said(count)
    return [
        desk.line(
            count.words,
            [claim.citation for claim in count.claims],
            label=(_said(group) or ("", group.victims))[1],
            attribution=_attribution(spoken),
            when=time_words(spoken.published, year=desk.year, tongue=desk.tongue)
            if spoken.published
            else None,
            mark=desk.tongue.say("part of {count}", count=whole),
            indent=1,
        )
    ]


def _attribution(claim: Claim) -> str | None:
    """Who says it, then where it was read: "health ministry, via Coast Wire"; the outlet alone in its own voice."""
    if claim.figure.claimant is None:
        return claim.outlet
    who = claimant_words(claim.figure.claimant)
    return f"{who}, via {claim.outlet}" if claim.outlet else who


def _heading(incident: Incident, claims: Sequence[Claim], desk: Desk) -> Line:
    """Which incident the lines below count."""
    label = incident_words(incident, desk.tongue)
    when = None if desk.tongue is not ENGLISH and _names_days(label) else _incident_days(incident, desk)
    return desk.line(label, [claim.citation for claim in claims], when=when)


def _names_days(label: str) -> bool:
    return any(char.isdigit() for char in label)


def _incident_days(incident: Incident, desk: Desk) -> str | None:
    if incident.first is None:
        return None
    last = incident.last or incident.first
    return span_words(
        incident.first, last, filled_unit(incident.first, last), year=desk.year, tongue=desk.tongue
    )


def _background_line(group: FigureGroup, incident: Incident, desk: Desk) -> Line:
    """A count of something older: "12 killed, ferry of 2019", never without its mark."""
    count = _counts(group, desk)[0]
    label = desk.tongue.say(MEASURE_LABELS[group.measure]).lower()
    named = incident_words(incident, desk.tongue)
    return desk.line(
        desk.tongue.say(
            "{count} {label}, {incident}",
            count=_with_victims(count.words, group),
            label=label,
            incident=named,
        ),
        [claim.citation for claim in count.claims],
        label=desk.tongue.say("Earlier"),
        attribution=_attribution(_first_said(count)),
        when=None if _names_days(named) else _incident_days(incident, desk),
        mark=desk.tongue.say("background"),
    )

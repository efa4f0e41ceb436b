"""What newer articles have added to a story: the findings with them held against the findings without them.

Stance: a change is told only where a newer article says it. That figures are grouped otherwise, or that an older
sentence is chosen now, is no news. Two groups or conflicts are the same where they rest on the same words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from digests.types import (
    Changes,
    Citation,
    Claim,
    Conflict,
    ConflictKind,
    Correction,
    FigureChange,
    FigureGroup,
    Findings,
    Reaction,
    Status,
)

# Conflicts in which one account stands against another.
OPEN_KINDS = frozenset({ConflictKind.DISPUTE, ConflictKind.ACCOUNT})

_Words = frozenset[tuple[str, int]]


def find_changes(
    before: Findings,
    after: Findings,
    *,
    since: dt.datetime,
    new_articles: Sequence[str],
    undated: int = 0,
    corrections: Sequence[Correction] = (),
) -> Changes:
    """The changes between two states of one story.

    Args:
        before: Findings without the new articles; empty ones when there was nothing.
        after: Findings with them.
        since: From when on articles are new; passed through.
        new_articles: Their ids, oldest first.
        undated: Articles without a time; passed through.
        corrections: What the admins have put right since; passed through.
    """
    new = set(new_articles)
    opened = [one for one in after.conflicts if _is_new(_words_of_conflict(one), new)]
    return Changes(
        story_id=after.story_id,
        since=since,
        articles=tuple(new_articles),
        undated=undated,
        figures=_figure_changes(before, after, new),
        opened=tuple(one for one in opened if is_open(one, after) and not _stood(one, before)),
        settled=_settled(before, after, new),
        withdrawn=tuple(
            one for one in opened if one.kind is ConflictKind.CORRECTION and not _stood(one, before)
        ),
        reactions=tuple(
            one for reaction in after.reactions if (one := _new_statements(reaction, new)).statements
        ),
        events=tuple(
            entry for entry in after.timeline if not entry.is_background and _all_new(entry.citations, new)
        ),
        corrections=tuple(corrections),
    )


def current_claims(group: FigureGroup) -> tuple[Claim, ...]:
    """The claims that state what stands in a group: its bounds, else its latest."""
    stating = tuple(claim for claim in group.claims if claim.figure.bounds == group.bounds)
    return stating or (group.latest,)


def said_first(claims: Sequence[Claim]) -> Claim:
    """Of claims of one count, the oldest that names who says so, else the oldest: who repeats it adds nothing.

    An article's headline comes before its body, where the claimant stands: of one article the later words count.
    """
    oldest = sorted(claims, key=_age)
    named = [claim for claim in oldest if claim.figure.claimant is not None] or oldest
    return next(claim for claim in reversed(named) if _age(claim) == _age(named[0]))


def _age(claim: Claim) -> tuple[bool, float, str]:
    told = claim.published
    return told is None, told.timestamp() if told else 0.0, claim.citation.article_id


def _figure_changes(before: Findings, after: Findings, new: Collection[str]) -> tuple[FigureChange, ...]:
    incidents = {incident.id: incident for incident in after.incidents}
    found = []
    for group in after.figure_groups:
        incident = incidents.get(group.incident_id)
        fresh = [claim for claim in current_claims(group) if claim.citation.article_id in new]
        if not fresh or (incident is not None and incident.is_background):
            continue
        earlier = _same_group(group, before)
        if earlier is not None and _counts_alike(earlier, group):
            continue
        found.append(
            FigureChange(
                group=group,
                before=earlier,
                claims=tuple(fresh),
                said=said_first(fresh),
                incident=incident.label if incident is not None else None,
            )
        )
    return tuple(found)


def _same_group(group: FigureGroup, before: Findings) -> FigureGroup | None:
    """The group that most of the words were in before."""
    words = _words_of_group(group)
    shared = [
        (len(words & _words_of_group(one)), one)
        for one in before.figure_groups
        if one.measure is group.measure
    ]
    most = max((count for count, _ in shared), default=0)
    return next((one for count, one in shared if count == most), None) if most else None


def _counts_alike(one: FigureGroup, other: FigureGroup) -> bool:
    if one.bounds.is_vague and other.bounds.is_vague:
        return one.latest.figure.words.casefold() == other.latest.figure.words.casefold()
    return (one.bounds.low, one.bounds.high) == (other.bounds.low, other.bounds.high)


def is_open(conflict: Conflict, findings: Findings) -> bool:
    """Whether accounts stand against each other now: a count that has left the others behind ends a dispute."""
    groups = _groups_of(conflict, findings)
    return conflict.kind in OPEN_KINDS and (
        not groups or any(group.status is Status.CONFLICTING for group in groups)
    )


def _groups_of(conflict: Conflict, findings: Findings) -> list[FigureGroup]:
    """The counts that a conflict is about; none for one that is about an account."""
    words = _words_of_conflict(conflict)
    return [group for group in findings.figure_groups if words & _words_of_group(group)]


def _settled(
    before: Findings, after: Findings, new: Collection[str]
) -> tuple[tuple[Conflict, FigureGroup], ...]:
    """Disputes over a count that a newer article has ended, with what stands now."""
    found = []
    for conflict in before.conflicts:
        groups = _groups_of(conflict, after) if is_open(conflict, before) else []
        ends = [
            group
            for group in groups
            if group.status is not Status.CONFLICTING
            and any(claim.citation.article_id in new for claim in current_claims(group))
        ]
        if ends and len(ends) == len(groups):
            found.append((conflict, ends[0]))
    return tuple(found)


def _stood(conflict: Conflict, before: Findings) -> bool:
    """Whether the same sides, or one of them against another, stood before already."""
    return any(
        one.about == conflict.about
        and one.kind is conflict.kind
        and len(_shared_sides(one, conflict)) >= min(2, len(conflict.sides))
        for one in before.conflicts
    )


def _shared_sides(one: Conflict, other: Conflict) -> list[int]:
    """Places of the sides of `other` whose words one of `one` rests on too."""
    words = _words_of_conflict(one)
    return [place for place, side in enumerate(other.sides) if words & _words(side.citations)]


def _new_statements(reaction: Reaction, new: Collection[str]) -> Reaction:
    kept = tuple(one for one in reaction.statements if _all_new(one.citations, new))
    return replace(reaction, statements=kept)


def _all_new(citations: Sequence[Citation], new: Collection[str]) -> bool:
    return bool(citations) and all(citation.article_id in new for citation in citations)


def _is_new(words: _Words, new: Collection[str]) -> bool:
    return any(article_id in new for article_id, _ in words)


def _words_of_group(group: FigureGroup) -> _Words:
    return _words(claim.citation for claim in group.claims)


def _words_of_conflict(conflict: Conflict) -> _Words:
    return _words(citation for side in conflict.sides for citation in side.citations)


def _words(citations: Iterable[Citation]) -> _Words:
    """Where words stand: article and place."""
    return frozenset((citation.article_id, citation.span.start) for citation in citations)

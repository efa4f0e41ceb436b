"""What in a story is worth a message of its own: a count that moved, a dispute that opened.

Stance: a message too few is better than one too many. A move needs an article that is new or was written anew since
the story was looked at last; a value that was told before is never told again; counts that stand against each other
do not move, they are in dispute. So a count that goes back and forth, articles that other rules read or that are
grouped otherwise, and a reprint are silent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from digests.analysis.changes import current_claims, is_open, said_first
from digests.types import (
    Bounds,
    Conflict,
    ConflictKind,
    FigureGroup,
    Findings,
    Incident,
    Move,
    Stand,
    Status,
    Told,
)

# How long after it happened a count is still news: tolls of earthquakes and floods move for weeks.
_PAST = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A count as it stands now, and as it was told; `None` when it was not."""

    group: FigureGroup
    told: Stand | None


def take_stock(findings: Findings, texts: Collection[str], told: Told | None = None) -> Told:
    """What stands in a story now, on top of what was ever told of it: from here on only what is new is told.

    `texts` names the articles as they are written now.
    """
    pairs = _pairs(findings, told or Told())
    gone = [stand for stand in (told or Told()).stands if not any(pair.told is stand for pair in pairs)]
    return Told(
        stands=(*(_stand(pair) for pair in pairs), *gone),
        accounts=tuple(
            dict.fromkeys((*(told.accounts if told else ()), *map(_account, _accounts(findings))))
        ),
        known=tuple(sorted(texts)),
    )


def find_moves(told: Told, findings: Findings, new: Collection[str]) -> tuple[Move, ...]:
    """What is material in `findings` and was not told yet, counts before accounts.

    Args:
        told: What `take_stock` gave when the last message was sent; an empty one tells everything.
        findings: The story as it is now.
        new: Ids of the articles that came or were written anew since then: nothing moves without one.
    """
    found: list[Move] = []
    for pair in _pairs(findings, told):
        if (move := _move(pair, findings, new)) is not None:
            found.append(move)
    for conflict in _accounts(findings):
        is_new = any(one.article_id in new for side in conflict.sides for one in side.citations)
        if is_new and not any(_is_same_account(_account(conflict), old) for old in told.accounts):
            found.append(Move(conflict=conflict))
    return tuple(found)


def moves_key(moves: Sequence[Move]) -> str:
    """A short name of what is told: the same moves have the same one in every process."""
    parts = []
    for move in moves:
        if move.group is not None:
            values = sorted(_values(move.group))
            parts.append(f"{move.group.measure}/{move.group.latest.figure.group}/{'|'.join(values)}")
        if move.conflict is not None:
            parts.append("/".join(_account(move.conflict)))
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def _move(pair: _Pair, findings: Findings, new: Collection[str]) -> Move | None:
    group, stand = pair.group, pair.told
    is_disputed = group.status is Status.CONFLICTING
    fresh = [claim for claim in group.claims if claim.citation.article_id in new]
    if stand is None:
        # A count that older words are grouped into now is none that came up now.
        if len(fresh) < len(group.claims):
            return None
        conflict = _dispute_of(group, findings) if is_disputed else None
        return Move(group=group, said=said_first(current_claims(group)), conflict=conflict)
    values = _values(group) - set(stand.values)
    if not values or not any(_value(claim.figure.bounds) in values or not is_disputed for claim in fresh):
        return None
    if is_disputed:
        conflict = _dispute_of(group, findings)
        return Move(group=group, conflict=conflict) if conflict is not None else None
    brought = [claim for claim in current_claims(group) if claim in fresh]
    if not brought:
        return None
    return Move(group=group, said=said_first(brought), before=_bounds(stand.value))


def _pairs(findings: Findings, told: Told) -> list[_Pair]:
    """The story's own totals, each with the told one that most of its articles were in."""
    incidents = {incident.id: incident for incident in findings.incidents}
    left = list(told.stands)
    pairs = []
    for group in findings.figure_groups:
        if group.part_of is not None or group.bounds.is_vague or _is_past(group, incidents):
            continue
        articles = {claim.citation.article_id for claim in group.claims}
        same = [
            stand
            for stand in left
            if (stand.measure, stand.group) == (group.measure, group.latest.figure.group)
        ]
        shared = [stand for stand in same if articles & set(stand.articles)]
        stand = max(shared, key=lambda one: len(articles & set(one.articles)), default=None)
        if stand is not None:
            left.remove(stand)
        pairs.append(_Pair(group, stand))
    return pairs


def _is_past(group: FigureGroup, incidents: Mapping[str, Incident]) -> bool:
    """Whether a count is of something older than the news: marked so, or dated long before it was told."""
    incident = incidents.get(group.incident_id)
    if incident is None:
        return False
    told_on = group.latest.published
    is_old = incident.last is not None and told_on is not None and told_on.date() - incident.last > _PAST
    return incident.is_background or is_old


def _stand(pair: _Pair) -> Stand:
    group, told = pair.group, pair.told
    articles = dict.fromkeys(
        (*(told.articles if told else ()), *(claim.citation.article_id for claim in group.claims))
    )
    values = dict.fromkeys((*(told.values if told else ()), *sorted(_values(group))))
    return Stand(
        measure=group.measure,
        group=group.latest.figure.group,
        value=_value(group.bounds),
        values=tuple(values),
        articles=tuple(articles),
    )


def _values(group: FigureGroup) -> set[str]:
    """What a count says now: its bounds, or in a dispute each of the sides."""
    if group.status is not Status.CONFLICTING:
        return {_value(group.bounds)}
    return {_value(claim.figure.bounds) for claim in group.claims if not claim.is_detail}


def _value(bounds: Bounds) -> str:
    """ "17..17", "12..", "..40": open sides stay open; a hedge alone is no other count."""
    return f"{'' if bounds.low is None else bounds.low}..{'' if bounds.high is None else bounds.high}"


def _bounds(value: str) -> Bounds:
    """What `_value` wrote."""
    low, _, high = value.partition("..")
    return Bounds(low=int(low) if low else None, high=int(high) if high else None)


def _dispute_of(group: FigureGroup, findings: Findings) -> Conflict | None:
    places = {(claim.citation.article_id, claim.citation.span.start) for claim in group.claims}
    return next(
        (
            conflict
            for conflict in findings.conflicts
            if conflict.kind is ConflictKind.DISPUTE
            and any((c.article_id, c.span.start) in places for side in conflict.sides for c in side.citations)
        ),
        None,
    )


def _accounts(findings: Findings) -> list[Conflict]:
    """Open disputes over something else than a count, of the story's own incidents."""
    background = {incident.id for incident in findings.incidents if incident.is_background}
    return [
        conflict
        for conflict in findings.conflicts
        if conflict.kind is ConflictKind.ACCOUNT
        and conflict.incident_id not in background
        and is_open(conflict, findings)
    ]


def _account(conflict: Conflict) -> tuple[str, ...]:
    return (conflict.about, *sorted({side.says.casefold() for side in conflict.standing}))


def _is_same_account(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """About the same, with a side in common: another wording of one side opens nothing."""
    return one[0] == other[0] and bool(set(one[1:]) & set(other[1:]))

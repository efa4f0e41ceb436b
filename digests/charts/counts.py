"""What the picture of a toll shows: the main incident's counts, row by row, with who stands against whom.

Stance: a picture accuses at a glance, so claims are drawn apart only where analysis has found a dispute between them;
a count that was merely left behind is drawn as an earlier one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from digests.cards.speech import claimant_words
from digests.cards.wording import MEASURE_LABELS, bounds_words, names_nobody
from digests.tongues import ENGLISH, Tongue
from digests.types import (
    Bounds,
    Citation,
    Claim,
    Conflict,
    ConflictKind,
    FigureGroup,
    Findings,
    Incident,
    Measure,
    Side,
    Status,
)

# More would not stay legible on a phone.
MOST_ROWS = 3
MOST_MARKS = 6
# Camps with a colour and a shape of their own.
MOST_SIDES = 3
_ORDER = tuple(MEASURE_LABELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Equal counts that came out on one day. `side` numbers those who dispute it, `None` where nobody does."""

    bounds: Bounds
    words: str
    names: tuple[str, ...]
    moment: dt.datetime
    side: int | None
    is_earlier: bool
    is_latest: bool

    @property
    def value(self) -> int:
        """Where the mark stands: the side that is known, the lower one where both are."""
        low, high = self.bounds.low, self.bounds.high
        return low if low is not None else high or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure; `victims` where not just people are counted; `marks` oldest first, `hidden` how many more."""

    label: str
    victims: str
    status: Status
    marks: tuple[Mark, ...]
    hidden: int

    @property
    def is_disputed(self) -> bool:
        return any(mark.side is not None for mark in self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What is drawn; `others` are rows that did not fit."""

    incident: Incident | None
    rows: tuple[Row, ...]
    others: int


def read_toll(findings: Findings, *, measure: Measure | None = None, tongue: Tongue = ENGLISH) -> Toll | None:
    """The counts of the incident that most is said about; `None` with fewer than two dated claims.

    Claims without a publication day or without a number ("several") are left out, and so is what is background or
    counts a part of another figure.
    """
    incidents = {incident.id: incident for incident in findings.incidents}
    groups: dict[str, list[FigureGroup]] = {}
    for group in findings.figure_groups:
        known = incidents.get(group.incident_id)
        if group.part_of is None and measure in (None, group.measure) and not (known and known.is_background):
            groups.setdefault(group.incident_id, []).append(group)
    if not groups:
        return None
    best = max(groups, key=lambda key: sum(len(dated_claims(group)) for group in groups[key]))
    if sum(len(dated_claims(group)) for group in groups[best]) < 2:
        return None
    rows = [
        _row(group, _sides(group, findings.conflicts), tongue)
        for group in _ranked(groups[best])
        if dated_claims(group)
    ]
    return Toll(
        incident=incidents.get(best), rows=tuple(rows[:MOST_ROWS]), others=max(0, len(rows) - MOST_ROWS)
    )


def dated_claims(group: FigureGroup) -> list[Claim]:
    """The claims that can be drawn; none that count only some ("four more bodies") where others count all."""
    only_some = all(claim.is_detail for claim in group.claims)
    claims = group.claims if only_some else [claim for claim in group.claims if not claim.is_detail]
    return [claim for claim in claims if claim.published and not claim.figure.bounds.is_vague]


def _ranked(groups: Sequence[FigureGroup]) -> list[FigureGroup]:
    """Counts of people at large first, by measure; then those of soldiers, children ... by how much is said."""
    return sorted(
        groups,
        key=lambda group: (
            not names_nobody(group.victims),
            _ORDER.index(group.measure) if names_nobody(group.victims) else -len(dated_claims(group)),
        ),
    )


def _sides(group: FigureGroup, conflicts: Sequence[Conflict]) -> dict[Citation, int]:
    """Which side of a dispute the words at a citation are on."""
    own = {claim.citation for claim in group.claims}
    for conflict in conflicts:
        if (conflict.incident_id, conflict.about, conflict.kind) != (
            group.incident_id,
            group.measure,
            ConflictKind.DISPUTE,
        ):
            continue
        camps = _camps(conflict.standing)
        found = {
            citation: camp
            for camp, side in zip(camps, conflict.standing, strict=True)
            for citation in side.citations
            if citation in own
        }
        if len(set(found.values())) > 1:
            return found
    return {}


def _camps(sides: Sequence[Side]) -> list[int]:
    """A number for each side of a dispute; sides of one claimant share theirs: nobody disagrees with themselves.

    With more camps than can be told apart, those in the middle share the last number: smallest and largest stand out.
    """
    heads: list[int] = []
    for index, side in enumerate(sides):
        names = {name.casefold() for name in side.claimants}
        same = (
            heads[earlier]
            for earlier in range(index)
            if not names.isdisjoint(name.casefold() for name in sides[earlier].claimants)
        )
        heads.append(next(same, index))
    if len(set(heads)) < 2:
        heads = list(range(len(sides)))
    order = list(dict.fromkeys(heads))
    if len(order) <= MOST_SIDES:
        return [order.index(head) for head in heads]
    return [{order[0]: 0, order[-1]: 1}.get(head, 2) for head in heads]


def _row(group: FigureGroup, sides: dict[Citation, int], tongue: Tongue) -> Row:
    marks = _marks(group, sides, tongue)
    kept = sorted(marks, key=_weight, reverse=True)[:MOST_MARKS]
    return Row(
        label=tongue.say(MEASURE_LABELS[group.measure]),
        victims="" if names_nobody(group.victims) else group.victims,
        status=group.status,
        marks=tuple(mark for mark in marks if mark in kept),
        hidden=len(marks) - len(kept),
    )


def _weight(mark: Mark) -> tuple[bool, bool, dt.datetime, int]:
    return mark.is_latest, mark.side is not None, mark.moment, len(mark.names)


def _marks(group: FigureGroup, sides: dict[Citation, int], tongue: Tongue) -> list[Mark]:
    together: dict[tuple[Bounds, dt.date, int | None], list[Claim]] = {}
    for claim in dated_claims(group):
        assert claim.published is not None
        day = claim.published.astimezone(dt.UTC).date()
        key = (claim.figure.bounds, day, sides.get(claim.citation))
        together.setdefault(key, []).append(claim)
    marks = [
        Mark(
            bounds=bounds,
            words=bounds_words(bounds, claims[0].figure.words, tongue),
            names=_names(claims),
            moment=min(claim.published for claim in claims if claim.published),
            side=side,
            is_earlier=group.status is Status.UPDATED and not bounds.meets(group.latest.figure.bounds),
            is_latest=group.latest in claims,
        )
        for (bounds, _, side), claims in together.items()
    ]
    return sorted(marks, key=lambda mark: (mark.moment, mark.value))


def _names(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Who says so, then the outlets that say it in their own voice and name nobody."""
    said = [claimant_words(claim.figure.claimant) for claim in claims if claim.figure.claimant]
    told = {claim.citation.article_id for claim in claims if claim.figure.claimant}
    own = [
        claim.outlet
        for claim in claims
        if claim.outlet and not claim.figure.claimant and claim.citation.article_id not in told
    ]
    return tuple(
        dict.fromkeys(" ".join(name.split()).strip("\"“”' ").removeprefix("the ") for name in [*said, *own])
    )

"""The figures of a story side by side: what agrees, what was brought up to date, what conflicts.

Figures are comparable when they speak of the same incident, count the same (killed, injured ...), of the same
victims, in the same scope. Stance: a false "sources disagree" is worse than a missed one. So no part is held against
a total, no person described against a count, no estimate against a near number, no copy against its original and no
headline against its own text.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from digests.analysis.comparison import agree, narrow_all, says_of, size
from digests.analysis.incidents import IncidentMap
from digests.extract.casualties import SUM_RULE
from digests.extract.victims import ABROAD, NATIONALS, PEOPLE
from digests.types import (
    Bounds,
    Citation,
    Claim,
    Conflict,
    ConflictKind,
    Figure,
    FigureGroup,
    Measure,
    Scope,
    Side,
    Status,
    StoryArticle,
)

# "85 Iranians" here and "more than 90 people" there count the same dead; "two Americans" beside "90 people" do not.
# An article's own largest count by nationality stands for its total where it is at least this share of the others'.
_TOTAL_SHARE = 0.66
# Reports closer together than this tell of the same state of things.
_SAME_WINDOW = dt.timedelta(hours=3)

_MEASURES = tuple(Measure)


@dataclass(frozen=True, slots=True)
class _Key:
    incident_id: str
    measure: Measure
    victims: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one voice says last: a claimant within an outlet's article."""

    item: StoryArticle
    claim: Claim
    claimant: str | None

    @property
    def bounds(self) -> Bounds:
        return self.claim.figure.bounds

    @property
    def voice(self) -> str:
        return self.item.article.outlet or self.item.article.id


def compare_figures(articles: Sequence[StoryArticle], incidents: IncidentMap) -> tuple[FigureGroup, ...]:
    """All figures of a story in groups of what can be compared.

    Args:
        articles: The story's articles with their facts, oldest first.
        incidents: Which incident each figure speaks of.

    Returns:
        Groups in the order of the incidents, measures, totals before parts. A figure that only adds up a list is
        left out: its numbers stand in their own groups.
    """
    members: dict[_Key, list[tuple[StoryArticle, Figure, Claim]]] = defaultdict(list)
    home: dict[tuple[str, int], _Key] = {}
    likes = _total_sizes(articles, incidents)
    for item in articles:
        for index, figure in enumerate(item.facts.figures):
            if figure.evidence.rule == SUM_RULE:
                continue
            key = _key_of(item, figure, incidents, likes)
            members[key].append((item, figure, _claim(item, figure)))
            home[item.article.id, index] = key
    order = {incident.id: at for at, incident in enumerate(incidents.incidents)}
    keys = sorted(members, key=lambda key: _rank(key, order, members[key]))
    positions = {key: at for at, key in enumerate(keys)}
    return tuple(_group(key, members[key], home, positions) for key in keys)


def _rank(
    key: _Key, order: dict[str, int], members: Sequence[tuple[StoryArticle, Figure, Claim]]
) -> tuple[int, int, int, int, str, str]:
    largest = max(size(figure.bounds) for _, figure, _ in members)
    return (
        order.get(key.incident_id, len(order)),
        _MEASURES.index(key.measure),
        int(key.victims != PEOPLE),
        -largest,
        key.victims,
        key.scope,
    )


def _total_sizes(
    articles: Sequence[StoryArticle], incidents: IncidentMap
) -> dict[tuple[str, Measure], list[int]]:
    """What the articles give as the total of people, by incident and measure."""
    sizes: dict[tuple[str, Measure], list[int]] = defaultdict(list)
    for item in articles:
        for figure in item.facts.figures:
            if figure.group == PEOPLE and figure.part_of is None and figure.scope is not Scope.TOTAL:
                incident_id = incidents.of(item.article.id, figure.incident)
                sizes[incident_id, figure.measure].append(size(figure.bounds))
    return sizes


def _key_of(
    item: StoryArticle,
    figure: Figure,
    incidents: IncidentMap,
    sizes: dict[tuple[str, Measure], list[int]],
) -> _Key:
    incident_id = incidents.of(item.article.id, figure.incident)
    group = figure.group
    if group in (NATIONALS, ABROAD) and figure.part_of is None:
        own = any(
            other.group == PEOPLE
            and other.measure is figure.measure
            and other.part_of is None
            and incidents.of(item.article.id, other.incident) == incident_id
            for other in item.facts.figures
        )
        totals = sizes.get((incident_id, figure.measure), [])
        if not own and all(size(figure.bounds) >= _TOTAL_SHARE * total for total in totals):
            group = PEOPLE
    return _Key(incident_id, figure.measure, group, figure.scope)


def _claim(item: StoryArticle, figure: Figure) -> Claim:
    span = figure.evidence.span
    return Claim(
        figure=figure,
        citation=Citation(
            article_id=item.article.id, span=span, text=item.article.text[span.start : span.end]
        ),
        outlet=item.article.outlet,
        published=item.article.published,
    )


def _group(
    key: _Key,
    members: Sequence[tuple[StoryArticle, Figure, Claim]],
    home: dict[tuple[str, int], _Key],
    positions: dict[_Key, int],
) -> FigureGroup:
    entries = _entries(members)
    latest = max((entry.claim for entry in entries), key=_recency, default=members[-1][2])
    bounds = [entry.bounds for entry in entries]
    status, kind = Status.SINGLE, _conflict_kind(entries)
    if kind in (ConflictKind.UPDATE, ConflictKind.CORRECTION):
        status = Status.UPDATED
    elif kind is not None:
        status = Status.CONFLICTING
    elif _is_updated(members):
        status = Status.UPDATED
    elif len({entry.voice for entry in entries}) > 1:
        status = Status.AGREED
    narrowed = narrow_all(bounds) if status in (Status.AGREED, Status.SINGLE) and bounds else None
    return FigureGroup(
        incident_id=key.incident_id,
        measure=key.measure,
        victims=key.victims,
        scope=key.scope,
        status=status,
        bounds=narrowed or latest.figure.bounds,
        claims=tuple(claim for _, _, claim in members),
        latest=latest,
        part_of=_part_of(key, members, home, positions),
    )


def _part_of(
    key: _Key,
    members: Sequence[tuple[StoryArticle, Figure, Claim]],
    home: dict[tuple[str, int], _Key],
    positions: dict[_Key, int],
) -> int | None:
    """The group of the totals that the figures of this one are parts of, where all that say so say the same."""
    totals = {
        home[item.article.id, figure.part_of]
        for item, figure, _ in members
        if figure.part_of is not None and (item.article.id, figure.part_of) in home
    }
    totals.discard(key)
    return positions[next(iter(totals))] if len(totals) == 1 else None


def _recency(claim: Claim) -> tuple[str, int]:
    return (claim.published.isoformat() if claim.published else "", size(claim.figure.bounds))


# --------------------------------------------------------------------------- voices


def _entries(members: Sequence[tuple[StoryArticle, Figure, Claim]]) -> list[_Entry]:
    """One entry per voice: the last article of each outlet, its largest count by each claimant."""
    by_voice: dict[str, list[_Entry]] = {}
    for item, figure, claim in members:
        if item.copy_of is not None or not _is_comparable(figure):
            continue
        claimant = figure.claimant.name.casefold() if figure.claimant else None
        entry = _Entry(item, claim, claimant)
        kept = by_voice.setdefault(entry.voice, [])
        if kept and kept[0].item.article.id != item.article.id:
            kept.clear()
        kept.append(entry)
    return [entry for kept in by_voice.values() for entry in _settle(kept)]


def _is_comparable(figure: Figure) -> bool:
    """Whether a figure is a count to hold against others: no vague one, no single person who is a detail."""
    if figure.bounds.is_vague:
        return False
    return figure.part_of is None or size(figure.bounds) > 1


def _settle(entries: Sequence[_Entry]) -> list[_Entry]:
    """An article's count per claimant; the writer's own words go with any claimant's that they agree with.

    A smaller count beside a larger one of the same claimant is taken for a part of it (another place, another hour).
    """
    largest: dict[str | None, _Entry] = {}
    for entry in entries:
        known = largest.get(entry.claimant)
        if known is None or size(entry.bounds) > size(known.bounds):
            largest[entry.claimant] = entry
    if len(largest) == 1:
        return list(largest.values())
    kept = [entry for claimant, entry in largest.items() if claimant is not None]
    own = largest.get(None)
    top = max((size(entry.bounds) for entry in kept), default=0)
    if own is not None and size(own.bounds) >= top:
        # The article's own total: what others are quoted with is earlier, or a part.
        return [own]
    return kept


# --------------------------------------------------------------------------- conflicts


def figure_conflicts(groups: Sequence[FigureGroup]) -> tuple[Conflict, ...]:
    """The groups whose counts do not agree, each with its sides and a sentence that says why."""
    conflicts: list[Conflict] = []
    for group in groups:
        claims = [claim for claim in group.claims if _is_comparable(claim.figure)]
        if group.status not in (Status.UPDATED, Status.CONFLICTING) or group.scope is Scope.TOTAL:
            continue
        sides = _sides(claims)
        if len(sides) < 2:
            continue
        outlets = [{claim.outlet or claim.citation.article_id for claim in side} for side in sides]
        if len(set().union(*outlets)) < 2:
            continue
        kind = ConflictKind.DISPUTE if group.status is Status.CONFLICTING else _order(sides)
        conflicts.append(
            Conflict(
                incident_id=group.incident_id,
                about=group.measure,
                kind=kind,
                note=_note(kind, sides),
                sides=tuple(_side(side) for side in sides),
            )
        )
    return tuple(conflicts)


def _is_updated(members: Sequence[tuple[StoryArticle, Figure, Claim]]) -> bool:
    """Whether one outlet's later article leaves its earlier count behind."""
    claims = [claim for _, figure, claim in members if _is_comparable(figure)]
    return (
        len(_sides(claims)) > 1
        and len({claim.citation.article_id for claim in claims}) > 1
        and _is_in_order(_sides(claims))
    )


def _conflict_kind(entries: Sequence[_Entry]) -> ConflictKind | None:
    """What kind of disagreement the voices' last counts are in; `None` where all agree."""
    pairs = [
        (a, b) for at, a in enumerate(entries) for b in entries[at + 1 :] if not agree(a.bounds, b.bounds)
    ]
    if not pairs:
        return None
    sides = _sides([entry.claim for entry in entries])
    return _order(sides) if len(sides) > 1 else ConflictKind.DISPUTE


def _sides(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that say the same, smallest first; a claim that agrees with all of several stands with the first."""
    sides: list[list[Claim]] = []
    for claim in sorted(
        claims, key=lambda claim: (size(claim.figure.bounds), claim.figure.bounds.approximate)
    ):
        for side in sides:
            if all(agree(claim.figure.bounds, other.figure.bounds) for other in side):
                side.append(claim)
                break
        else:
            sides.append([claim])
    return sides


def _order(sides: Sequence[Sequence[Claim]]) -> ConflictKind:
    """An update where the higher count is the later one, a correction where one outlet went down, else a dispute."""
    if _is_in_order(sides):
        return ConflictKind.UPDATE
    if _is_in_order(list(reversed(sides))):
        before = {claim.outlet for claim in sides[-1]}
        if before & {claim.outlet for claim in sides[0]} - {None}:
            return ConflictKind.CORRECTION
    return ConflictKind.DISPUTE


def _is_in_order(sides: Sequence[Sequence[Claim]]) -> bool:
    """Whether each side was published after the one before it, with some time between."""
    for earlier, later in itertools.pairwise(sides):
        ends = [claim.published for claim in earlier]
        begins = [claim.published for claim in later]
        if any(time is None for time in (*ends, *begins)):
            return False
        if max(time for time in ends if time) + _SAME_WINDOW > min(time for time in begins if time):
            return False
    return True


def _side(claims: Sequence[Claim]) -> Side:
    return Side(
        says=_says(claims),
        claimants=_names(claims),
        citations=tuple(claim.citation for claim in claims),
    )


def _says(claims: Sequence[Claim]) -> str:
    return says_of(claims[0].figure)


def _names(claims: Sequence[Claim]) -> tuple[str, ...]:
    names = [
        claim.figure.claimant.name if claim.figure.claimant else claim.outlet or claim.citation.article_id
        for claim in claims
    ]
    return tuple(dict.fromkeys(names))


def _note(kind: ConflictKind, sides: Sequence[Sequence[Claim]]) -> str:
    """One sentence that says why the sides stand apart."""
    low, high = _says(sides[0]), _says(sides[-1])
    lows, highs = ", ".join(_names(sides[0])), ", ".join(_names(sides[-1]))
    if kind is ConflictKind.UPDATE:
        return f"The later reports say {high} ({highs}), the earlier ones {low} ({lows})."
    if kind is ConflictKind.CORRECTION:
        return f"The count was taken down from {high} ({highs}) to {low} ({lows})."
    first, last = sides[0][0].figure.bounds, sides[-1][0].figure.bounds
    if first.high is None and last.high is None:
        return f"The least numbers differ: {low} ({lows}) and {high} ({highs})."
    return f"{low} ({lows}) and {high} ({highs}) cannot both be right."

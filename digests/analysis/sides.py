"""The counts of one group that do not agree: their sides, who says each, and a sentence that says why.

Stance: one conflict per group of victims; what only rounds off, repeats or carries the news on makes no side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digests.analysis.comparison import (
    NUMERIC,
    OTHER_SCOPE,
    Disagreement,
    agree,
    find_disagreements,
    is_morgue,
    is_plain_update,
    kind_of,
    says_of,
    size,
    voice_of,
)
from digests.analysis.voices import claimed_apart, names_of
from digests.trace import StoryTrace
from digests.types import Claim, Conflict, ConflictKind, FigureGroup, Measure, Scope, Side, Status

# Claims of one group that are held against each other, the newest; every two are looked at.
_MOST_CLAIMS = 200


def figure_conflicts(groups: Sequence[FigureGroup], trace: StoryTrace | None = None) -> tuple[Conflict, ...]:
    """The groups whose counts do not agree, each with its sides and a sentence that says why.

    A toll that rises from one day to the next is no conflict: the group's status says that it was updated.
    """
    conflicts: list[Conflict] = []
    for group in groups:
        if group.scope is not Scope.INCIDENT:
            continue
        claims = _without_smaller([claim for claim in group.claims if not claim.is_detail], trace)
        claims = claims[-_MOST_CLAIMS:]
        pairs = [pair for pair in find_disagreements(claims, trace) if _is_open(pair, trace)]
        kind = kind_of(pairs)
        if kind is None:
            continue
        if kind in NUMERIC and group.status not in (Status.UPDATED, Status.CONFLICTING):
            for pair in pairs:
                _leave_untold(pair, "untold.settled", trace)
            continue
        kinds = NUMERIC if kind in NUMERIC else {kind}
        sides = _sides(claims, [pair for pair in pairs if pair.kind in kinds])
        conflicts.append(
            Conflict(
                incident_id=group.incident_id,
                about=group.measure,
                kind=kind,
                note=_note(kind, sides),
                sides=tuple(
                    Side(
                        says=says_of(side[0].figure),
                        claimants=names_of(side),
                        citations=tuple(claim.citation for claim in side),
                    )
                    for side in sides
                ),
            )
        )
    return tuple(conflicts)


def _without_smaller(claims: Sequence[Claim], trace: StoryTrace | None) -> list[Claim]:
    """Without what stands beside a larger count in its own article, but for another source's count.

    It is taken for a part (another place, another hour), as in `_settle`.
    """
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(claim.citation.article_id, []).append(claim)
    kept: list[Claim] = []
    for claim in claims:
        if not _is_smaller(claim, by_article[claim.citation.article_id]):
            kept.append(claim)
        elif trace is not None:
            trace.stand(claim.figure, "aside.smaller")
    return kept


def _is_smaller(claim: Claim, beside: Sequence[Claim]) -> bool:
    """Whether a larger count of the same source, or of the writer alone, stands in the same article."""
    own = size(claim.figure.bounds)
    for other in beside:
        if not own < size(other.figure.bounds) <= OTHER_SCOPE * own or agree(claim.figure, other.figure):
            continue
        # A headline's number is the one that the text gives to somebody.
        sources = [one for one in beside if one.figure.bounds == other.figure.bounds]
        if not any(claimed_apart(claim, source) for source in sources):
            return True
    return False


def _is_open(pair: Disagreement, trace: StoryTrace | None) -> bool:
    """Whether a reader should see two counts side by side: two outlets tell them, or one quotes two sources."""
    if is_plain_update(pair):
        code = "untold.plain_update"
    elif voice_of(pair.low) == voice_of(pair.high) and not claimed_apart(pair.low, pair.high):
        code = "untold.one_voice"
    else:
        return True
    _leave_untold(pair, code, trace)
    return False


def _leave_untold(pair: Disagreement, code: str, trace: StoryTrace | None) -> None:
    if trace is not None:
        trace.hold(pair.low.figure, pair.high.figure, code)


def _sides(claims: Sequence[Claim], pairs: Sequence[Disagreement]) -> list[list[Claim]]:
    """The counts that stand against another one, smallest first; what is said in the same words makes one side."""
    held = {id(claim) for pair in pairs for claim in (pair.low, pair.high)}
    sides: dict[str, list[Claim]] = {}
    for claim in claims:
        if id(claim) in held:
            sides.setdefault(says_of(claim.figure), []).append(claim)
    kept = [side for side in sides.values() if not _is_echo(side, sides.values())]
    return sorted(kept, key=_side_rank)


def _is_echo(side: Sequence[Claim], sides: Iterable[Sequence[Claim]]) -> bool:
    """Whether a side only rounds off, in the writer's words, what its own articles give to somebody on another side."""
    if any(claim.figure.claimant is not None for claim in side):
        return False
    named = {
        claim.citation.article_id
        for other in sides
        for claim in other
        if other is not side and claim.figure.claimant is not None and agree(claim.figure, side[0].figure)
    }
    return named.issuperset(claim.citation.article_id for claim in side)


def _side_rank(side: Sequence[Claim]) -> tuple[int, bool, bool]:
    bounds = side[0].figure.bounds
    return (size(bounds), bounds.high is None, bounds.approximate)


def _by(side: Sequence[Claim]) -> str:
    """Who says it, in brackets, where that is known."""
    names = ", ".join(names_of(side))
    return f" ({names})" if names else ""


def _note(kind: ConflictKind, sides: Sequence[Sequence[Claim]]) -> str:
    """One sentence that says why the sides stand apart."""
    low, high = says_of(sides[0][0].figure), says_of(sides[-1][0].figure)
    least, most = f"{low}{_by(sides[0])}", f"{high}{_by(sides[-1])}"
    first, last = sides[0][0].figure.bounds, sides[-1][0].figure.bounds
    match kind:
        case ConflictKind.UPDATE if sides[0][0].figure.measure is Measure.MISSING:
            return f"The number of missing fell from {most} to {least}."
        case ConflictKind.UPDATE:
            return f"The later reports say {most}, the earlier ones {least}."
        case ConflictKind.CORRECTION:
            return f"The count was taken down from {most} to {least}."
        case ConflictKind.DEFINITION if any(is_morgue(claim) for side in sides for claim in side):
            return f"One count is of the bodies at a hospital or a morgue, the other of the dead: {least} and {most}."
        case ConflictKind.DEFINITION:
            return f"One count includes the attacker, the other does not: {least} and {most}."
        case ConflictKind.SCOPE:
            return f"{most} most likely counts more than this incident, for which {least} is told."
        case ConflictKind.PRECISION:
            return f"The same count, told roughly and exactly: {least} and {most}."
    if first.high is None and last.high is None:
        return f"The least numbers differ: {least} and {most}."
    return f"{least} and {most} cannot both be right."

"""The counts of one group that do not agree: their sides, who says each, and a sentence that says why.

Stance: one conflict per group of victims; what only rounds off, repeats or carries the news on makes no side.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from digests.analysis.disputes.agreement import agree, says_of, size
from digests.analysis.disputes.comparison import find_disagreements
from digests.analysis.disputes.kinds import (
    NUMERIC,
    OTHER_SCOPE,
    Disagreement,
    is_plain_update,
    kind_of,
    rises,
    voice_of,
)
from digests.analysis.disputes.voices import claimed_apart, names_of
from digests.analysis.disputes.words import is_morgue
from digests.trace import StoryTrace
from digests.types import Claim, Conflict, ConflictKind, FigureGroup, Measure, Scope, Side, Span, Status

# Claims of one group that are held against each other, the newest; every two are looked at.
_MOST_CLAIMS = 200
# Characters between two sentences of which the second goes on with the first, be it in a paragraph of its own.
_NEXT_SENTENCE = 3
# Why a pair is one source's own change of its number.
_OWN_CHANGES = frozenset({"update.same_source", "correction.same_source"})
# How many times the smaller one the larger of two counts may be that are set side by side.
_CONTRAST = 2
# A group whose largest count is less than one in this many of its incident's is a part of it.
_MAIN_SHARE = 2


def figure_conflicts(groups: Sequence[FigureGroup], trace: StoryTrace | None = None) -> tuple[Conflict, ...]:
    """The groups whose counts do not agree, each with its sides and a sentence that says why.

    A toll that rises from one day to the next is settled: the group's status says that it was updated.
    """
    largest = _largest(groups)
    return tuple(
        conflict
        for group in groups
        if group.scope is Scope.INCIDENT
        for conflict in _conflicts_of(group, largest[group.incident_id, group.measure], trace)
    )


def _largest(groups: Sequence[FigureGroup]) -> dict[tuple[str, Measure], int]:
    """The highest count of an incident, by measure."""
    found: dict[tuple[str, Measure], int] = {}
    for group in (group for group in groups if group.scope is Scope.INCIDENT):
        key = group.incident_id, group.measure
        found[key] = max(found.get(key, 0), *(size(claim.figure.bounds) for claim in group.claims))
    return found


def _is_main(group: FigureGroup, largest: int) -> bool:
    """Whether a group counts most of those whom its incident counts: of a few soldiers every update is no news."""
    return _MAIN_SHARE * max(size(claim.figure.bounds) for claim in group.claims) >= largest


def _conflicts_of(group: FigureGroup, largest: int, trace: StoryTrace | None) -> Iterator[Conflict]:
    """What a group's counts differ in, and, where they only follow each other, that they did."""
    claims = _without_smaller([claim for claim in group.claims if not claim.is_detail], trace)
    claims = claims[-_MOST_CLAIMS:]
    told = find_disagreements(claims, trace)
    beside = _told_beside(group.claims)
    shown = [pair for pair in told if _is_open(pair, trace) and not _is_told_apart(pair, beside, trace)]
    pairs, replaced = _without_replaced(shown, trace)
    past = [pair for pair in told if is_plain_update(pair)]
    past = past if _is_main(group, largest) else []
    moves = group.status in (Status.UPDATED, Status.CONFLICTING)
    kind = kind_of(pairs)
    if kind in NUMERIC and not moves:
        for pair in pairs:
            _leave_untold(pair, "untold.settled", trace)
        kind = None
    if kind is not None:
        # What only came later than a side stands beside the dispute, and is none.
        rest = [pair for pair in pairs if pair.kind in NUMERIC and pair.kind is not kind]
        sides = _sides(claims, [pair for pair in pairs if pair.kind is kind])
        earlier = _beside(claims, [*past, *replaced, *rest], sides) if kind in NUMERIC else []
        yield _conflict(group, kind, sides, earlier)
    if kind not in NUMERIC and past and moves:
        sides = _sides(claims, past)
        if len(sides) > 1:
            yield _conflict(group, ConflictKind.UPDATE, sides, _beside(claims, past, sides), is_settled=True)


def _told_beside(claims: Sequence[Claim]) -> frozenset[tuple[int, int]]:
    """The numbers that one article gives side by side, of one source or none.

    A headline's number is the one that the text gives to somebody, and no other.
    """
    by_article: dict[str, list[Claim]] = {}
    for claim in claims[-_MOST_CLAIMS:]:
        if not claim.is_detail:
            by_article.setdefault(claim.citation.article_id, []).append(claim)
    return frozenset(
        _sizes(one, two)
        for told in by_article.values()
        for one, two in itertools.combinations(_without_echoes(told), 2)
        if not claimed_apart(one, two)
    )


def _without_echoes(claims: Sequence[Claim]) -> list[Claim]:
    """An article's claims without those in the writer's words whose very number it gives to somebody."""
    given = {claim.figure.bounds for claim in claims if claim.figure.claimant is not None}
    return [
        claim for claim in claims if claim.figure.claimant is not None or claim.figure.bounds not in given
    ]


def _sizes(one: Claim, two: Claim) -> tuple[int, int]:
    small, large = sorted((size(one.figure.bounds), size(two.figure.bounds)))
    return small, large


def _is_told_apart(pair: Disagreement, beside: frozenset[tuple[int, int]], trace: StoryTrace | None) -> bool:
    """Whether an article gives both numbers: "21 soldiers were hurt ... in the market 30 were hurt".

    They count others, then, whoever repeats one of them; not what one source changed.
    """
    if pair.kind is not ConflictKind.DISPUTE or _sizes(pair.low, pair.high) not in beside:
        return False
    _leave_untold(pair, "untold.told_apart", trace)
    return True


def _without_replaced(
    pairs: Sequence[Disagreement], trace: StoryTrace | None
) -> tuple[list[Disagreement], list[Disagreement]]:
    """The pairs but for those of a count that its own source has replaced, while the new one is in dispute; and those.

    "The ministry said 12, the union 19. The ministry now says 17": the dispute is about 17 and 19.
    """
    gone = {
        id(pair.high if pair.kind is ConflictKind.CORRECTION else pair.low)
        for pair in pairs
        if pair.why in _OWN_CHANGES
    }
    kept: list[Disagreement] = []
    replaced: list[Disagreement] = []
    for pair in pairs:
        (replaced if {id(pair.low), id(pair.high)} & gone else kept).append(pair)
    if not any(pair.kind is ConflictKind.DISPUTE for pair in kept):
        return list(pairs), []
    for pair in replaced:
        _leave_untold(pair, "untold.replaced", trace)
    return kept, replaced


def _conflict(
    group: FigureGroup,
    kind: ConflictKind,
    sides: Sequence[Sequence[Claim]],
    earlier: Sequence[Sequence[Claim]],
    *,
    is_settled: bool = False,
) -> Conflict:
    made = [(side, _side(side, is_aside=False)) for side in sides]
    made += [(side, _side(side, is_aside=True)) for side in earlier]
    return Conflict(
        incident_id=group.incident_id,
        about=group.measure,
        kind=kind,
        note=_note(kind, sides, _last_since(group, sides)),
        sides=tuple(side for _, side in sorted(made, key=lambda one: _side_rank(one[0]))),
        is_settled=is_settled,
    )


def _last_since(group: FigureGroup, sides: Sequence[Sequence[Claim]]) -> str | None:
    """The count that has left the sides behind, where one has."""
    shown = [claim for side in sides for claim in side]
    is_past = group.status is Status.UPDATED and all(claim is not group.latest for claim in shown)
    return says_of(group.latest.figure) if is_past else None


def _side(claims: Sequence[Claim], *, is_aside: bool) -> Side:
    return Side(
        says=says_of(claims[0].figure),
        claimants=names_of(claims),
        citations=tuple(claim.citation for claim in claims),
        is_aside=is_aside,
    )


def _beside(
    claims: Sequence[Claim], past: Sequence[Disagreement], sides: Sequence[Sequence[Claim]]
) -> list[list[Claim]]:
    """The counts that were left behind or came later, and the least numbers below any of the sides."""
    shown = {id(claim) for side in sides for claim in side}
    least = min(size(side[0].figure.bounds) for side in sides)
    gone = {id(claim) for pair in past for claim in (pair.low, pair.high)}
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        bounds = claim.figure.bounds
        is_floor = bounds.high is None and 0 < size(bounds) < least
        if id(claim) not in shown and (id(claim) in gone or is_floor):
            found.setdefault(says_of(claim.figure), []).append(claim)
    told = {says_of(side[0].figure) for side in sides}
    return [side for says, side in found.items() if says not in told]


def _without_smaller(claims: Sequence[Claim], trace: StoryTrace | None) -> list[Claim]:
    """Without what stands beside a larger count in its own article, but for another source's count.

    It is taken for a part (another place, another hour), as in `_settle`.
    """
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(claim.citation.article_id, []).append(claim)
    kept: list[Claim] = []
    for claim in claims:
        beside = by_article[claim.citation.article_id]
        if not _is_smaller(claim, beside) or any(_are_contrasted(claim, other) for other in beside):
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


def _are_contrasted(one: Claim, other: Claim) -> bool:
    """Whether an article sets two sources' counts side by side: "The mayor says 27. The ministry sticks to 24."

    They count the same, then, whatever larger total stands elsewhere.
    """
    first, second = sorted((one.figure.evidence.sentence, other.figure.evidence.sentence), key=_start)
    if second.start - first.end > _NEXT_SENTENCE or not claimed_apart(one, other):
        return False
    small, large = sorted((size(one.figure.bounds), size(other.figure.bounds)))
    return not agree(one.figure, other.figure) and large <= _CONTRAST * small


def _start(span: Span) -> int:
    return span.start


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


def _has_risen(sides: Sequence[Sequence[Claim]]) -> bool:
    """Whether every highest count of the sides came after every lowest one."""
    return all(rises(low, high) for low in sides[0] for high in sides[-1])


def _note(kind: ConflictKind, sides: Sequence[Sequence[Claim]], last: str | None) -> str:
    """One sentence that says why the sides stand apart; `last` is the count that has left all of them behind."""
    low, high = says_of(sides[0][0].figure), says_of(sides[-1][0].figure)
    least, most = f"{low}{_by(sides[0])}", f"{high}{_by(sides[-1])}"
    bounds = sides[0][0].figure.bounds, sides[-1][0].figure.bounds
    match kind:
        case ConflictKind.UPDATE if sides[0][0].figure.measure is Measure.MISSING and not _has_risen(sides):
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
    if bounds[0].high is None and bounds[1].high is None:
        return f"The least numbers differ: {least} and {most}."
    if last is not None:
        return f"{least} and {most} could not both be right; the last count is {last}."
    return f"{least} and {most} cannot both be right."

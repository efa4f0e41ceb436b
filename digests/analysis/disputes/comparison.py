"""Every two claims of one thing whose counts do not agree, and what came of each pair.

What agrees is `agreement`'s, what is no disagreement all the same `sparing`'s, what kind one is `disagreements`'; the
round of all pairs stands here, and what only many claims together tell: that a number is the sum of two others.

Stance: every pair is looked at and each leaves a reason; a false "sources disagree" is worse than a missed one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from digests.analysis.disputes.agreement import agreement, says_of, size
from digests.analysis.disputes.kinds import BODIES, SIDES, Disagreement, pair_kind
from digests.analysis.disputes.sparing import are_of_lands, lands_of, nation_of, why_spared
from digests.analysis.disputes.voices import claimed_apart, same_claimant, time_between
from digests.trace import StoryTrace
from digests.types import Bounds, Claim, ConflictKind


def find_disagreements(claims: Sequence[Claim], trace: StoryTrace | None = None) -> list[Disagreement]:
    """Every two claims that do not agree, in order.

    One article disagrees with itself only where it quotes two claimants. `trace` takes what came of each pair.
    """
    found: list[Disagreement] = []
    nations = [nation_of(claim.figure) for claim in claims]
    lands = [lands_of(claim) for claim in claims]
    is_shared = len({land for land in lands if len(land) == 1}) > 1
    for at, claim in enumerate(claims):
        for index in range(at + 1, len(claims)):
            other = claims[index]
            agrees, code = agreement(claim.figure, other.figure)
            if not agrees:
                spared = why_spared(claim, other, nations[at], nations[index])
                if spared is None and are_of_lands(claim, other, lands[at], lands[index], is_shared):
                    spared = "spared.lands"
                if spared is None:
                    low, high = sorted((claim, other), key=lambda one: size(one.figure.bounds))
                    kind, why = pair_kind(low, high)
                    found.append(Disagreement(kind, low, high, why))
                    continue
                code = spared
            if trace is not None:
                trace.hold(claim.figure, other.figure, code, a=says_of(claim.figure), b=says_of(other.figure))
    found = _without_sums(found, claims)
    found = _without_outdated(_settled(found))
    if trace is not None:
        for pair in found:
            _note_pair(pair, trace)
    return found


def _settled(found: Sequence[Disagreement]) -> list[Disagreement]:
    """The pairs, each of the kind that others with the very numbers settle.

    What defines two numbers defines them wherever they are told. "Police lowered the toll from 21 to 19": the 21 were
    taken back, whoever repeats the 19. And a number that was in dispute when it came up brings nothing up to date when
    its source repeats it: "the government has not changed its toll of nine; the opposition speaks of 31".
    """
    told: dict[ConflictKind, dict[tuple[Bounds, Bounds], list[Disagreement]]] = {}
    for pair in found:
        told.setdefault(pair.kind, {}).setdefault(_bounds(pair), []).append(pair)
    disputed = told.get(ConflictKind.DISPUTE, {})
    return [_settle(pair, told, disputed.get(_bounds(pair), ())) for pair in found]


def _settle(
    pair: Disagreement,
    told: Mapping[ConflictKind, Mapping[tuple[Bounds, Bounds], Sequence[Disagreement]]],
    disputed: Sequence[Disagreement],
) -> Disagreement:
    at = _bounds(pair)
    defined = told.get(ConflictKind.DEFINITION, {}).get(at)
    if defined is not None and not (disputed and defined[0].why == BODIES):
        return replace(pair, kind=ConflictKind.DEFINITION, why=defined[0].why)
    corrected = told.get(ConflictKind.CORRECTION, {}).get(at)
    if pair.kind is ConflictKind.DISPUTE and corrected is not None:
        return replace(pair, kind=ConflictKind.CORRECTION, why=corrected[0].why)
    if pair.kind is ConflictKind.DEFINITION or (
        pair.kind is ConflictKind.UPDATE and any(_are_repeated(pair, known) for known in disputed)
    ):
        known = disputed[0] if disputed else pair
        return replace(pair, kind=known.kind, why=known.why)
    return pair


def _without_outdated(found: Sequence[Disagreement]) -> list[Disagreement]:
    """Without the lower counts that others have left behind where one higher count stands against all of them.

    "Police said 21, then 39; the opposition says 70", "the ministry said 7, then 13; the morgue has 17 bodies".
    """
    most: dict[int, int] = {}
    for pair in found:
        if pair.why == BODIES or pair.kind is ConflictKind.DISPUTE:
            most[id(pair.high)] = max(most.get(id(pair.high), 0), size(pair.low.figure.bounds))
    return [
        pair
        for pair in found
        if pair.why not in (BODIES, SIDES) or size(pair.low.figure.bounds) >= most[id(pair.high)]
    ]


def _are_repeated(pair: Disagreement, known: Disagreement) -> bool:
    """Whether a pair only repeats a dispute: the higher number is that of its very source."""
    return known.high is pair.high or same_claimant(known.high, pair.high)


def _bounds(pair: Disagreement) -> tuple[Bounds, Bounds]:
    return pair.low.figure.bounds, pair.high.figure.bounds


def _without_sums(found: Sequence[Disagreement], claims: Sequence[Claim]) -> list[Disagreement]:
    """Without the pairs of which the larger count adds up those that the smaller one's article gives to two sources:
    two dead here and 14 across the border are the 16 of another report."""
    shares: dict[str, dict[int, Claim]] = {}
    for claim in claims:
        if claim.figure.claimant is not None:
            shares.setdefault(claim.citation.article_id, {}).setdefault(size(claim.figure.bounds), claim)

    def is_share(pair: Disagreement) -> bool:
        if size(pair.low.figure.bounds) == 0:
            return False
        beside = shares.get(pair.low.citation.article_id, {})
        rest = beside.get(size(pair.high.figure.bounds) - size(pair.low.figure.bounds))
        return rest is not None and claimed_apart(pair.low, rest)

    return [pair for pair in found if not is_share(pair)]


def _note_pair(pair: Disagreement, trace: StoryTrace) -> None:
    """Leave what came of a pair that does not agree: that it does not, and of what kind it is."""
    one, two = pair.low.figure, pair.high.figure
    gap = time_between(pair.low, pair.high)
    words = {
        "a": says_of(one),
        "b": says_of(two),
        "low_by": one.claimant.name if one.claimant else pair.low.outlet or "the writer",
        "high_by": two.claimant.name if two.claimant else pair.high.outlet or "the writer",
        "hours": None if gap is None else f"{abs(gap).total_seconds() / 3600:.1f}",
    }
    trace.hold(one, two, agreement(one, two)[1], a=words["a"], b=words["b"])
    trace.hold(one, two, pair.why, **words)

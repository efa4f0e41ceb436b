"""What became of those who were hit: "five people were shot" counts no wounded where one of the five died.

Stance: a count of those hit is split only where the text says so: in the same sentence, as a part, or by an arithmetic
that fits. What follows from it is a figure that adds up, and claimed by nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from digests.extract.drafts import SUM_RULE, Draft, count_of
from digests.types import Bounds, Measure, Scope

# Figures within which a count of those hit and its dead stand.
_NEAR = 30


def settle_outcomes(drafts: list[Draft]) -> list[Draft]:
    """ "Five people were shot, one fatally": five were hit, four of them lived."""
    deaths = _deaths(drafts)
    told = {count_of(draft) for draft in drafts if draft.measure is Measure.INJURED and draft.total is None}
    out: list[Draft] = []
    for draft in drafts:
        out.append(draft)
        if draft.measure is not Measure.INJURED or not _is_whole(draft) or draft.bounds not in deaths:
            continue
        left = count_of(draft) - deaths[draft.bounds]
        rest = replace(draft, measure=Measure.INJURED, bounds=Bounds(low=left, high=left), rule=SUM_RULE)
        draft.measure = Measure.CASUALTIES
        if left and left not in told:
            rest.is_shot = rest.is_open = False
            out.append(rest)
    return out


def _is_whole(draft: Draft) -> bool:
    return draft.total is None and not draft.chunk.is_others and draft.scope is not Scope.TOTAL


def _deaths(drafts: Sequence[Draft]) -> dict[Bounds, int]:
    """How many died of the counts of those hit, by the count."""
    deaths: dict[Bounds, int] = {}
    dead = [draft for draft in drafts if draft.measure is Measure.KILLED and count_of(draft)]
    for at, draft in enumerate(drafts):
        if (
            not draft.is_open
            or draft.measure is not Measure.INJURED
            or not _is_whole(draft)
            or draft.bounds in deaths
        ):
            continue
        died = _told_dead(draft, drafts[at + 1 : at + 1 + _NEAR]) or _reckoned(draft, drafts, dead)
        if died:
            deaths[draft.bounds] = died
    return deaths


def _told_dead(draft: Draft, later: Sequence[Draft]) -> int:
    """The dead of the same sentence, or those told of as a part."""
    for other in later:
        if other.measure is not Measure.KILLED or other.is_known or other.rule == SUM_RULE:
            continue
        is_whole = other.total is None or other.total.is_own
        is_own = other.total is draft or (other.sentence == draft.sentence and is_whole)
        if is_own and not other.chunk.is_others and 0 < count_of(other) < count_of(draft):
            return count_of(other)
    return 0


def _reckoned(draft: Draft, drafts: Sequence[Draft], dead: Sequence[Draft]) -> int:
    """The dead that make up a count with the survivors, or all of it: "all four were shot" of four who were killed."""
    count = count_of(draft)
    wholes = Counter(count_of(one) for one in dead if _is_whole(one) and not (one.is_known or one.is_open))
    lived = {
        count_of(one)
        for one in drafts
        if one.measure is Measure.INJURED and one.total is None and (one.chunk.is_others or not one.is_open)
    }
    for died in wholes:
        if 0 < died < count and count - died in lived:
            return died
    if count > 1 and wholes and wholes.most_common(1)[0][0] == count and not lived - {0}:
        return count
    return 0

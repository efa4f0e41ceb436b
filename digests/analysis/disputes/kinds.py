"""Of what kind a disagreement of two claims is: an update, a correction, a dispute, or another thing counted.

Hides how source, outlet, hour and wording weigh against each other.

Stance: two sources dispute each other only where nothing makes the one number the later state of the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from digests.analysis.disputes.agreement import size
from digests.analysis.disputes.voices import (
    claimed_apart,
    is_counter_voice,
    same_claimant,
    speaks_for_state,
    time_between,
)
from digests.analysis.disputes.words import attackers_in, holds, is_morgue, names_count, says, told_of
from digests.types import Claim, ConflictKind, Measure

# Reports closer together than this tell of the same state of things.
SAME_WINDOW = dt.timedelta(hours=3)
# A later count this long after is the news going on, which nobody takes for two sources at odds.
PLAIN_UPDATE = dt.timedelta(hours=24)
# Why two counts differ of which one is of bodies at a hospital.
BODIES = "definition.bodies"
# Why two do of which one is a state's and the other of those who stand against it.
SIDES = "dispute.sides"
# How many times the official count that of the other side is at least where both stand for days.
_FAR_ABOVE = 1.5
# A count this many times another one counts more than the one incident.
OTHER_SCOPE = 10
# Two named sources that are that far apart over this many victims speak of one incident all the same.
MANY = 10
# A multiple of the first within that share of a finer number is that number told roughly: "600" for 612, "50" for 49.
_COARSE = ((100, 0.05), (10, 0.025))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two claims whose counts do not agree, of what kind that is, and why: a code of `rules/reasons.toml`."""

    kind: ConflictKind
    low: Claim
    high: Claim
    why: str


# Which kind a group is in when its pairs are of several; the first three are about the number itself.
_BY_WEIGHT = (
    ConflictKind.DISPUTE,
    ConflictKind.CORRECTION,
    ConflictKind.UPDATE,
    ConflictKind.DEFINITION,
    ConflictKind.SCOPE,
    ConflictKind.PRECISION,
)
NUMERIC = frozenset(_BY_WEIGHT[:3])


def is_plain_update(pair: Disagreement) -> bool:
    """Whether the later claim only carries the news on: a day or more later, within one outlet, or more bodies."""
    if pair.kind is not ConflictKind.UPDATE:
        return False
    if holds(pair.low.citation.text, "found_bodies"):
        # More bodies were found.
        return True
    gap = time_between(pair.low, pair.high)
    return voice_of(pair.low) == voice_of(pair.high) or (gap is not None and abs(gap) >= PLAIN_UPDATE)


def left_behind(disagreements: Sequence[Disagreement]) -> list[Claim]:
    """The claims that a later count or a correction has put aside."""
    gone: list[Claim] = []
    for pair in disagreements:
        if pair.kind is ConflictKind.UPDATE:
            is_fall = pair.low.figure.measure is Measure.MISSING and not rises(pair.low, pair.high)
            gone.append(pair.high if is_fall else pair.low)
        elif pair.kind is ConflictKind.CORRECTION:
            gone.append(pair.high)
    return gone


def kind_of(disagreements: Sequence[Disagreement]) -> ConflictKind | None:
    """The weightiest kind among disagreements; `None` for none."""
    kinds = {pair.kind for pair in disagreements}
    return next((kind for kind in _BY_WEIGHT if kind in kinds), None)


def rises(low: Claim, high: Claim) -> bool:
    """Whether the higher of two numbers of missing is known to be the later one: more were reported."""
    gap = time_between(low, high)
    return gap is not None and gap > dt.timedelta()


def voice_of(claim: Claim) -> str:
    """The outlet, or the article where the outlet is unknown: for telling voices apart, never for showing."""
    return claim.outlet or claim.citation.article_id


def pair_kind(low: Claim, high: Claim) -> tuple[ConflictKind, str]:
    """What it is that two claims do not agree, and why: a code of `rules/reasons.toml`.

    A source's own later number brings up to date (or corrects, when it falls), and so does a number that its
    sentence calls a change. Two sources, or two reports without one, dispute each other when they are told within
    a few hours, when nothing tells their order, or when the later one is the lower.
    """
    other = _other_measure(low, high)
    if other is not None:
        return other
    is_same, is_apart = same_claimant(low, high), claimed_apart(low, high)
    is_missing = low.figure.measure is Measure.MISSING
    gap = time_between(low, high)
    if _are_sides(low, high, gap):
        return ConflictKind.DISPUTE, SIDES
    if is_missing and gap is not None and abs(gap) >= SAME_WINDOW:
        # They are found, and more are reported: a later number of missing is the newer one either way.
        return ConflictKind.UPDATE, "update.missing"
    if is_missing and gap is not None:
        # The missing are found: their number falls by itself.
        gap = -gap
    is_soon = gap is None or abs(gap) < SAME_WINDOW
    ahead = gap is None or gap >= dt.timedelta()
    is_known = not is_apart or names_count(low.sentence, high.figure)
    # "The ministry lowered the number of dead to 29": the number that was known, whoever gave it.
    is_known = is_known or says(low.sentence, "comparison.lowers")
    takes_back = is_known and (is_soon or not ahead) and says(low.sentence, "comparison.takes_back")
    if takes_back and not is_missing:
        return ConflictKind.CORRECTION, "correction.taken_back"
    if is_same:
        if ahead or is_missing:
            return ConflictKind.UPDATE, "update.same_source"
        return ConflictKind.CORRECTION, "correction.same_source"
    if is_apart and _contradicts(low, high):
        return ConflictKind.DISPUTE, "dispute.contradicted"
    if not is_missing and (is_soon or ahead) and says(high.sentence, "comparison.raises"):
        return ConflictKind.UPDATE, "update.said_to_rise"
    if low.missing_beside and (is_soon or ahead) and _are_found_dead(low, high):
        return ConflictKind.UPDATE, "update.missing_found"
    is_one_outlet = not is_apart and low.outlet is not None and low.outlet == high.outlet
    if gap is None:
        if is_one_outlet or _is_moving(low, high):
            return ConflictKind.UPDATE, "update.one_outlet" if is_one_outlet else "update.moving"
        return ConflictKind.DISPUTE, "dispute.no_order"
    if gap >= SAME_WINDOW or (is_missing and gap > dt.timedelta() and not is_apart):
        return ConflictKind.UPDATE, "update.later"
    if is_one_outlet and not is_soon and not is_missing:
        return ConflictKind.CORRECTION, "correction.one_outlet"
    return ConflictKind.DISPUTE, "dispute.together" if is_soon else "dispute.later_lower"


def _are_sides(low: Claim, high: Claim, gap: dt.timedelta | None) -> bool:
    """Whether those who stand against a state give a far higher count than its own: the next day's is no news of it."""
    if size(high.figure.bounds) < _FAR_ABOVE * size(low.figure.bounds) or not claimed_apart(low, high):
        return False
    if low.figure.measure is Measure.MISSING and gap is not None and gap < dt.timedelta():
        # The missing of three days later are fewer, whoever counts them.
        return False
    is_rise = says(high.sentence, "comparison.raises")
    return speaks_for_state(low) and is_counter_voice(high) and not is_rise


def _contradicts(low: Claim, high: Claim) -> bool:
    """Whether one of two sources is told to contradict the other's number: "52, not 47 as the ministry says"."""
    return any(
        names_count(one.sentence, other.figure) and says(one.sentence, "comparison.contradicts")
        for one, other in ((low, high), (high, low))
    )


def _are_found_dead(low: Claim, high: Claim) -> bool:
    """Whether the higher toll is the lower one with the missing of its article: three dead and nine missing are 12."""
    is_other = low.citation.article_id != high.citation.article_id
    return is_other and size(low.figure.bounds) + low.missing_beside == size(high.figure.bounds)


def _is_moving(low: Claim, high: Claim) -> bool:
    """Whether the lower of two counts, of whose order nothing is known, was told as one that goes up."""
    if low.figure.measure is Measure.MISSING or low.citation.article_id == high.citation.article_id:
        return False
    return says(low.sentence, "comparison.moving") or says(low.sentence, "comparison.raises")


def _are_contrasted(low: Claim, high: Claim) -> bool:
    """Whether one article sets bodies at a hospital against another source's toll: whoever does takes them for those
    of the incident; elsewhere a hospital may have taken in others."""
    return low.citation.article_id == high.citation.article_id and claimed_apart(low, high)


def _other_measure(low: Claim, high: Claim) -> tuple[ConflictKind, str] | None:
    """Where the numbers differ because they do not count the same, or not as finely."""
    small, large = size(low.figure.bounds), size(high.figure.bounds)
    in_high, in_low = attackers_in(told_of(high)), attackers_in(told_of(low))
    if in_high != in_low and (in_high or in_low) == large - small > 0:
        return ConflictKind.DEFINITION, "definition.attacker"
    if is_morgue(high) and not holds(low.citation.text, "found_bodies") and not _are_contrasted(low, high):
        return ConflictKind.DEFINITION, BODIES
    if 0 < small * OTHER_SCOPE < large and not (small >= MANY and claimed_apart(low, high)):
        return ConflictKind.SCOPE, "scope.far_apart"
    for step, share in _COARSE:
        if (small % step == 0) != (large % step == 0) and large - small <= share * large:
            return ConflictKind.PRECISION, "precision.rounded"
    return None

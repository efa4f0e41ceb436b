"""Counts of people whom a text has counted before: "a third victim", "the other two", "the two officers" once more.

Stance: who is counted anew must be told apart from who is told of again, or two dead are read as four; what belongs to
another incident is nobody's part. What follows is a tie to a total or a figure that adds up, claimed by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from digests.extract.counts.counted import ONE
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.victims import PEOPLE
from digests.extract.drafts.drafts import FORMER_RULE, SUM_RULE, Draft, count_of
from digests.text.document import Document
from digests.types import Bounds, IncidentMention, Measure, Scope

# Figures within which a count and those who are counted on from it stand.
_NEAR = 30
# The smallest count that is told of once more in pieces; two and one are too often somebody else.
_DIVIDED = 4
# Shapes of a count of everybody, told by number alone.
_WHOLE_COUNTS = frozenset({"casualties.count", "casualties.toll", FORMER_RULE})
# Words that an ordinal stands behind at most: "the fifth", "and a third".
_ORDINAL_WORDS = 2


def are_apart(one: IncidentMention, other: IncidentMention) -> bool:
    """Whether two incidents of a text exclude each other: one is the background, or their days never meet."""
    if one.is_background != other.is_background:
        return True
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return one.first > other.last or other.first > one.last


def tie_retold(
    document: Document, drafts: list[Draft], incident_of: Callable[[Draft], IncidentMention]
) -> list[Draft]:
    """Ties who is told of again to the total, and counts on where somebody is "a third victim"."""
    out: list[Draft] = []
    for measure in (Measure.KILLED, Measure.INJURED):
        _tie_divisions([draft for draft in drafts if draft.measure is measure], incident_of)
    for at, draft in enumerate(drafts):
        out.append(draft)
        if draft.total is not None or draft.scope is Scope.TOTAL or draft.rule == SUM_RULE:
            continue
        number = _ordinal(document, draft) if draft.bounds == ONE else 0
        if number:
            near = _near(drafts, at, draft, incident_of)
            total = _total_of(number, draft, near) or _count_on(number, draft, near)
            if total is not None and total.rule == SUM_RULE and total.index < 0:
                total.index = draft.index
                out.append(total)
        elif count_of(draft) > 1 and draft.measure is Measure.KILLED:
            _tie_again(draft, _around(drafts, at), incident_of)
    return out


def _tie_divisions(drafts: Sequence[Draft], incident_of: Callable[[Draft], IncidentMention]) -> None:
    """ "Five men were wounded. Two ... Two others ... Another ...": counts that add up to the one before them."""
    for at, total in enumerate(drafts):
        if count_of(total) < _DIVIDED or not _may_divide(total):
            continue
        incident = incident_of(total)
        left, members = count_of(total), list[Draft]()
        for draft in drafts[at + 1 : at + 1 + _NEAR]:
            if draft.total is not None or draft.bounds == total.bounds:
                continue
            if (
                draft.rule in _WHOLE_COUNTS
                or not _may_divide(draft)
                or are_apart(incident, incident_of(draft))
            ):
                break
            left -= count_of(draft)
            members.append(draft)
            if left <= 0:
                break
        if left == 0 and len(members) > 1:
            for draft in members:
                draft.total = total
            return


def _may_divide(draft: Draft) -> bool:
    return (
        draft.total is None
        and count_of(draft) > 0
        and draft.scope is Scope.INCIDENT
        and not (draft.is_known or draft.chunk.is_partitive or draft.chunk.is_subset)
        and not (draft.chunk.is_others and draft.chunk.is_definite)
    )


def _ordinal(document: Document, draft: Draft) -> int:
    """3 for "a third victim"; 0 where no ordinal stands at the head of the counted."""
    words = document.folded[draft.chunk.start : draft.chunk.end].lower().split()[:_ORDINAL_WORDS]
    return next((lexicon().ordinals[word] for word in words if word in lexicon().ordinals), 0)


def _near(
    drafts: Sequence[Draft], at: int, draft: Draft, incident_of: Callable[[Draft], IncidentMention]
) -> list[Draft]:
    """The figures around one that may be of its incident, the earlier ones first and the nearest of them foremost."""
    around = [other for other in _around(drafts, at) if other.scope is not Scope.TOTAL and not other.is_known]
    if not around:
        return []
    incident = incident_of(draft)
    return [other for other in around if not are_apart(incident, incident_of(other))]


def _around(drafts: Sequence[Draft], at: int) -> list[Draft]:
    """The figures around one, the earlier ones first and the nearest of them foremost."""
    return [*reversed(drafts[max(0, at - _NEAR) : at]), *drafts[at + 1 : at + 1 + _NEAR]]


def _total_of(number: int, draft: Draft, near: Sequence[Draft]) -> Draft | None:
    """ "The fifth man died" is one of five men who are counted elsewhere, dead or hit."""
    for other in near:
        is_hit = draft.measure is Measure.KILLED and other.is_open and other.measure is Measure.INJURED
        if other.total is None and count_of(other) == number and (other.measure is draft.measure or is_hit):
            draft.total = other
            return other
    return None


def _count_on(number: int, draft: Draft, near: Sequence[Draft]) -> Draft | None:
    """ "Two were killed ... A third man died in hospital": three."""
    if draft.measure not in (Measure.KILLED, Measure.INJURED):
        return None
    before = next(
        (
            other
            for other in near
            if other.start < draft.start
            and other.measure is draft.measure
            and other.total is None
            and count_of(other) == number - 1
        ),
        None,
    )
    if before is None:
        return None
    total = replace(
        draft,
        index=-1,
        bounds=Bounds(low=number, high=number),
        rule=SUM_RULE,
        group=PEOPLE,
        is_aged=False,
    )
    before.total = draft.total = total
    return total


def _tie_again(
    draft: Draft, around: Sequence[Draft], incident_of: Callable[[Draft], IncidentMention]
) -> None:
    """ "The other three" and "the two officers" are part of what holds them, where an earlier sentence says so."""
    is_others = draft.chunk.is_others
    if is_others and not draft.chunk.is_definite:
        return
    may_tie = _holds_more if is_others else _is_told_again
    if not is_others:
        around = [other for other in around if other.total is not None]
    for other in around:
        if (
            may_tie(other, draft)
            and other.scope is not Scope.TOTAL
            and not other.is_known
            and not are_apart(incident_of(draft), incident_of(other))
        ):
            draft.total = other if is_others else other.total
            return


def _is_told_again(other: Draft, draft: Draft) -> bool:
    """Whether a part of some total is who another sentence counts once more."""
    total = other.total
    if (
        total is None
        or total is draft
        or total.measure is not draft.measure
        or other.measure is not draft.measure
        or count_of(other) != count_of(draft)
        or other.sentence == draft.sentence
    ):
        return False
    return other.group == draft.group != PEOPLE or (total.is_own and PEOPLE in (other.group, draft.group))


def tie_stages(drafts: Sequence[Draft], incident_of: Callable[[Draft], IncidentMention]) -> None:
    """ "Five people were shot ... Two men were taken to Mercy Hospital": who was treated is part of a larger count."""
    for at, draft in enumerate(drafts):
        if not draft.is_stage or draft.total is not None or not count_of(draft) or draft.scope is Scope.TOTAL:
            continue
        near = _near(drafts, at, draft, incident_of)
        has_dead = any(other.measure is Measure.KILLED and other.bounds.high != 0 for other in near)
        held = (other for other in near if not (has_dead and other.is_open))
        draft.total = next((other for other in held if _may_hold_stage(other, draft)), None)


def _may_hold_stage(other: Draft, draft: Draft) -> bool:
    return (
        other.total is None
        and other.measure is draft.measure
        and not other.is_stage
        and not (other.rule == SUM_RULE and other.sentence == draft.sentence)
        and count_of(other) > count_of(draft)
    )


def _holds_more(other: Draft, draft: Draft) -> bool:
    return (
        other.total is None
        and other.measure is draft.measure
        and other.start < draft.start
        and count_of(other) > count_of(draft)
    )

"""What became of those who were hit: "five people were shot" counts no wounded where one of the five died.

Stance: a count of those hit is split only where the text says so: in the same sentence, as a part, or by an arithmetic
that fits. What follows from it is a figure that adds up, and claimed by nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from digests.extract.counts.victims import PEOPLE
from digests.extract.drafts.drafts import SUM_RULE, Draft, count_of
from digests.types import Bounds, IncidentMention, Measure, Scope

# Figures within which a count of those hit and its dead stand.
_NEAR = 30
# Days of the shortest month, but for the last.
_MONTH = 27


def settle_outcomes(drafts: list[Draft], incident_of: Callable[[Draft], IncidentMention]) -> list[Draft]:
    """ "Five people were shot, one fatally": five were hit, four of them lived.

    The dead of an event told of as background are none of those hit in the news.
    """
    deaths = _deaths(drafts, {id(draft) for draft in drafts if _is_past(incident_of(draft))})
    told = {draft.bounds for draft in drafts if draft.measure is Measure.INJURED and draft.total is None}
    out: list[Draft] = []
    for draft in drafts:
        out.append(draft)
        if draft.measure is not Measure.INJURED or not _is_whole(draft) or draft.bounds not in deaths:
            continue
        left = _least(draft) - deaths[draft.bounds]
        bounds = Bounds(low=left, high=left if draft.bounds.high is not None else None)
        rest = replace(draft, measure=Measure.INJURED, bounds=bounds, rule=SUM_RULE)
        draft.measure = Measure.CASUALTIES
        if not left:
            _free_the_living(draft, drafts)
        if left and bounds not in told:
            rest.is_shot = rest.is_open = False
            out.append(rest)
    _free_the_dead(out)
    return out


def _free_the_living(total: Draft, drafts: Sequence[Draft]) -> None:
    """ "He shot six people ... all six died. A girl was wounded": she is none of the six."""
    for draft in drafts:
        if draft.total is total and draft.measure is Measure.INJURED and not draft.is_open:
            draft.total = None


def _free_the_dead(drafts: Sequence[Draft]) -> None:
    """ "Five people were shot, one of them fatally": the one is no part of a count of dead, but all of it."""
    dead = [draft for draft in drafts if draft.measure is Measure.KILLED]
    for draft in dead:
        if draft.total is None or draft.total.measure is Measure.KILLED:
            continue
        if not any(other.total is None and _least(other) > _least(draft) for other in dead):
            draft.total = None


def _least(draft: Draft) -> int:
    """An exact count, or that of "at least five"; 0 for any other."""
    return (draft.bounds.low or 0) if draft.bounds.high in (None, draft.bounds.low) else 0


def _is_whole(draft: Draft) -> bool:
    return draft.total is None and not draft.chunk.is_others and draft.scope is not Scope.TOTAL


def _is_past(incident: IncidentMention) -> bool:
    """ "In October 2014 a man, 19, was shot dead": what a report tells of by month or year is not its news."""
    if incident.is_background or incident.first is None or incident.last is None:
        return incident.is_background
    return (incident.last - incident.first).days >= _MONTH


def _may_split(draft: Draft) -> bool:
    return draft.measure is Measure.INJURED and _is_whole(draft)


def _deaths(drafts: Sequence[Draft], past: AbstractSet[int]) -> dict[Bounds, int]:
    """How many died of the counts of those hit, by the count; `past` are the drafts of other events, by their id."""
    deaths: dict[Bounds, int] = {}
    if not any(_may_split(draft) for draft in drafts):
        return deaths
    told = [draft for draft in drafts if draft.measure is Measure.KILLED and count_of(draft)]
    news = [draft for draft in told if id(draft) not in past]
    for at, draft in enumerate(drafts):
        if not _may_split(draft) or draft.bounds in deaths:
            continue
        dead = told if id(draft) in past else news
        if draft.is_open:
            later = drafts[at + 1 : at + 1 + _NEAR]
            near = [one for one in later if one.sentence == draft.sentence or id(one) not in past]
            died = _told_dead(draft, later if id(draft) in past else near) or _reckoned(draft, drafts, dead)
        else:
            died = _reckoned_with_others(draft, drafts, dead)
        if died:
            deaths[draft.bounds] = died
    return deaths


def _told_dead(draft: Draft, later: Sequence[Draft]) -> int:
    """The dead of the same sentence, or those told of as a part."""
    for other in later:
        is_part = other.total is draft
        if other.measure is not Measure.KILLED or other.rule == SUM_RULE or (other.is_known and not is_part):
            continue
        is_whole = other.total is None or other.total.is_own
        is_own = is_part or (other.sentence == draft.sentence and is_whole)
        if is_own and not other.chunk.is_others and 0 < count_of(other) < _least(draft):
            return count_of(other)
    return 0


def _reckoned(draft: Draft, drafts: Sequence[Draft], dead: Sequence[Draft]) -> int:
    """The dead that make up a count with the survivors, or all of it: "all four were shot" of four who were killed."""
    count = count_of(draft)
    wholes = Counter(count_of(one) for one in dead if _may_be_all(one))
    lived = {
        count_of(one)
        for one in drafts
        if one.measure is Measure.INJURED and one.total is None and (one.chunk.is_others or not one.is_open)
    }
    # "Killed two and wounded a third": of the three.
    thirds = {
        count_of(one) for one in drafts if one.total is draft and one.chunk.is_others and not one.is_open
    }
    for died in wholes:
        if 0 < died < count and count - died in lived | thirds:
            return died
    if count < 2 or count not in wholes or count in lived:
        return 0
    if _are_told_again(draft, dead):
        return count
    return count if wholes.most_common(1)[0][0] == count and not lived - {0} else 0


def _may_be_all(one: Draft) -> bool:
    """Whether somebody's count may be that of all the dead, the attacker aside."""
    if one.is_known or one.is_open or one.chunk.is_others or one.scope is Scope.TOTAL:
        return False
    return one.total is None or one.total.is_own


def _are_told_again(draft: Draft, dead: Sequence[Draft]) -> bool:
    """ "The two officers were shot from behind", "all four were shot", a list of names: as many as are dead."""
    same = [one for one in dead if count_of(one) == count_of(draft)]
    if any(one.group == draft.group != PEOPLE for one in same):
        return True
    return bool(same) and (draft.is_list or (draft.chunk.is_definite and draft.chunk.tag == "n"))


def _reckoned_with_others(draft: Draft, drafts: Sequence[Draft], dead: Sequence[Draft]) -> int:
    """ "Of the four injured one died. The three others ..." leaves three, whatever the verb."""
    count = count_of(draft) if draft.chunk.is_definite and draft.chunk.tag == "n" else 0
    if not count:
        return 0
    others = {
        count_of(one)
        for one in drafts
        if one.measure is Measure.INJURED and one.chunk.is_others and one.sentence != draft.sentence
    }
    wholes = [count_of(one) for one in dead if one.is_known or _may_be_all(one)]
    return next((died for died in wholes if 0 < died < count and count - died in others), 0)

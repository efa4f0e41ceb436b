"""Persons told of one by one: the driver, "she", a name. Who of the wounded died, and who counts at all.

Stance: a person without a number counts only where the text gives no number, and once.
"""

from __future__ import annotations

from collections.abc import Sequence

from digests.extract.counts.counted import ONE
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.victims import PEOPLE
from digests.extract.drafts.drafts import OWN_RULE, Draft
from digests.extract.tolls.attackers import add_attacker
from digests.text.document import Document
from digests.types import Measure


def settle_persons(document: Document, drafts: list[Draft]) -> list[Draft]:
    """Keeps what counts of the persons that a text tells of one by one."""
    _mark_family(document, drafts)
    drafts = _keep_known(add_attacker(document, drafts))
    _mark_dead(drafts)
    _mark_victims(drafts)
    return drafts


def _mark_family(document: Document, drafts: Sequence[Draft]) -> None:
    """ "He shot his wife and two children ... before the family was killed": those who were hit are the dead."""
    hit = [draft for draft in drafts if draft.is_open and draft.measure is Measure.INJURED and draft.is_shot]
    if not hit or not any(cue in document.folded.lower() for cue in lexicon().family_dead):
        return
    for draft in hit:
        whole = draft.total or draft
        words = document.folded[whole.words.start : whole.words.end].lower().split()
        if not lexicon().kin_owner.isdisjoint(words):
            draft.measure, draft.is_shot, draft.is_open = Measure.KILLED, False, False


def _mark_victims(drafts: Sequence[Draft]) -> None:
    """ "The victims were two nurses": dead only where the text tells of dead."""
    dead = [draft for draft in drafts if draft.measure is Measure.KILLED and draft.bounds.high != 0]
    if all(draft.is_open for draft in dead):
        for draft in dead:
            if not draft.is_own:
                draft.measure = Measure.CASUALTIES


def _keep_known(drafts: list[Draft]) -> list[Draft]:
    """Somebody known ("the driver", "she") counts where the text counts no others, and once."""
    known = [draft for draft in drafts if draft.is_known]
    if not known:
        return drafts
    counted = [draft for draft in drafts if not draft.is_known and draft.bounds.high != 0]
    kept: list[Draft] = []
    dead = [
        draft for draft in known if draft.measure is Measure.KILLED and not (draft.is_own and draft.is_open)
    ]
    if dead and not _has(counted, Measure.KILLED):
        kept.append(dead[0])
    hurt = [draft for draft in known if draft.measure is Measure.INJURED]
    if any(draft.rule != OWN_RULE for draft in dead) or any(
        draft.measure is Measure.KILLED for draft in counted
    ):
        # may be one of the dead
        hurt = [draft for draft in hurt if not draft.is_open]
    if hurt and not _has(counted, Measure.INJURED):
        kept.append(hurt[0])
    return [draft for draft in drafts if not draft.is_known or any(draft is one for one in kept)]


def _has(drafts: Sequence[Draft], measure: Measure) -> bool:
    return any(draft.measure in (measure, Measure.CASUALTIES) for draft in drafts)


def _mark_dead(drafts: Sequence[Draft]) -> None:
    """ "A man was shot. He died at the scene": one who was hit and died is no wounded one.

    Only where all of whom the text tells may be that one.
    """
    dead = [draft for draft in drafts if draft.measure is Measure.KILLED and draft.bounds.high != 0]
    hurt = [draft for draft in drafts if draft.measure is Measure.INJURED and draft.bounds.high != 0]
    if not dead or not hurt:
        return
    if not all(draft.bounds == ONE and not draft.chunk.is_others for draft in (*dead, *hurt)):
        return
    if all(draft.is_open for draft in hurt) and all(_alike(one, other) for one in dead for other in hurt):
        if any(_are_two(one, other) for one in dead for other in hurt):
            return
        for draft in hurt:
            draft.measure, draft.is_shot = Measure.CASUALTIES, False


def _are_two(one: Draft, other: Draft) -> bool:
    """ "A cook was killed and a waiter was shot": two in one sentence, neither of them known before."""
    if one.sentence != other.sentence or one.chunk is other.chunk or one.is_known or other.is_known:
        return False
    heads = one.chunk.head, other.chunk.head
    return None not in heads and heads[0] != heads[1] and not (one.is_aged or other.is_aged)


def _alike(one: Draft, other: Draft) -> bool:
    return one.group == other.group or PEOPLE in (one.group, other.group)

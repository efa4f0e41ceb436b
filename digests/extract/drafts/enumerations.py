"""Victims told of clause by clause: "a woman was hit in the leg; two men were wounded nearby" counts three.

Stance: counts of one sentence are parts of a total that holds them all; only single persons add up without one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from digests.extract.counts.counted import ONE
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.victims import PEOPLE
from digests.extract.drafts.drafts import FORMER_RULE, SUM_RULE, Draft, count_of, sum_of
from digests.extract.drafts.phrasecounts import again_rules
from digests.text.document import Document
from digests.types import Measure, Scope

_MEASURES = (Measure.KILLED, Measure.INJURED)
# Shapes that give a count of everybody.
_RISING = frozenset({"casualties.toll", "casualties.toll_after"})
_TOLLS = frozenset({"casualties.toll", "casualties.toll_after", "casualties.count"})
_AGE = re.compile(r"\b(\d{1,3})\s?-\s?year|,\s?(\d{1,3})\b")
# "a girl is in critical condition, and six others were hurt"
_JOINED = re.compile(r",?(?: and)? ")
# A total of which clauses tell less than half is another incident's.
_SHARE = 2
# Words within which "that left" stands before the others it tells of.
_RELATIVE_REACH = 2
# Characters behind a noun in which an age stands.
_BEHIND = 5


def settle_enumerations(document: Document, drafts: list[Draft]) -> list[Draft]:
    """Ties the counts of one sentence to the total that holds them, or adds up the persons of an enumeration."""
    added: list[tuple[Draft, Draft]] = []
    for _, group in itertools.groupby(drafts, key=lambda draft: draft.sentence.start):
        told = list(group)
        for measure in _MEASURES:
            members = [draft for draft in told if _is_member(draft, measure)]
            _tie_to_toll(members, told, measure)
            members = [draft for draft in members if draft.total is None]
            if len(members) < 2:
                continue
            total = _total_of(members, drafts, measure)
            if total is None and _are_distinct(document, members):
                total = replace(sum_of(members), group=PEOPLE, is_aged=False)
                added.append((members[0], total))
            if total is not None:
                for draft in members:
                    draft.total = total
    for first, total in added:
        drafts.insert(next(i for i, draft in enumerate(drafts) if draft is first), total)
    return drafts


def _tie_to_toll(members: Sequence[Draft], told: Sequence[Draft], measure: Measure) -> None:
    """ "Another clerk died, raising the toll to four": one of the four."""
    tolls = [draft for draft in told if draft.measure is measure and draft.rule in _RISING]
    for draft in members:
        if len(tolls) == 1 and draft.bounds == ONE and count_of(tolls[0]) > 1:
            draft.total = tolls[0]


def _is_member(draft: Draft, measure: Measure) -> bool:
    return (
        draft.measure is measure
        and draft.total is None
        and count_of(draft) > 0
        and not draft.is_known
        and draft.rule not in _TOLLS
        and draft.rule not in (SUM_RULE, FORMER_RULE)
        and draft.rule not in again_rules()
        and draft.scope is Scope.INCIDENT
    )


def _total_of(members: Sequence[Draft], drafts: Sequence[Draft], measure: Measure) -> Draft | None:
    """The first whole count of another sentence that is as large as all of them, and not much larger."""
    count = sum(map(count_of, members))
    largest = max(map(count_of, members))
    for draft in drafts:
        if (
            draft.sentence == members[0].sentence
            or draft.total is not None
            or draft.scope is not Scope.INCIDENT
        ):
            continue
        if (
            draft.measure is measure
            and largest < count_of(draft)
            and count <= count_of(draft) <= _SHARE * count
        ):
            return draft
    return None


def _are_distinct(document: Document, members: Sequence[Draft]) -> bool:
    """Whether single persons are told apart: by "another", by age, or as "one ... one ... one"."""
    if any(draft.bounds != ONE for draft in members[1:]):
        return all(
            draft.chunk.is_others and _come_on_top(before, document.folded[before.end : draft.start])
            for before, draft in itertools.pairwise(members)
        )
    if all(draft.chunk.tag == "n" for draft in members):
        return len(members) > 2
    ages = [_age_of(document, draft) for draft in members]
    return all(
        draft.chunk.is_others or (age not in (None, *ages[:at]) and None not in ages[:at])
        for at, (draft, age) in enumerate(zip(members, ages, strict=True))
        if at
    )


def _come_on_top(before: Draft, between: str) -> bool:
    """Whether "others" are told of right behind somebody, or of what hit him: "... in a raid that hurt six others"."""
    if _JOINED.fullmatch(between) is not None:
        return True
    if before.bounds != ONE or before.chunk.is_others:
        # "A man was killed and another hurt, one of several shootings that injured three others."
        return False
    return any(word in lexicon().relatives for word in between.lower().split()[-_RELATIVE_REACH:])


def _age_of(document: Document, draft: Draft) -> str | None:
    found = _AGE.search(document.folded, draft.chunk.start, draft.chunk.end + _BEHIND)
    return (found[1] or found[2]) if found else None

"""Who a finished figure counts, where its number has no noun of its own that says so.

Hides what the words around it tell: whose bodies, whose own people, which side's toll.

Stance: what nothing names counts as "people".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digests.extract.counts.tollheads import TOLL_RULE, group_of_toll
from digests.extract.counts.victims import PEOPLE, fighting_groups, group_of, group_of_members, is_person
from digests.extract.drafts.drafts import Draft
from digests.text.document import Document
from digests.types import Figure, Measure, Speaker

# "nine of its personnel", "two of their own": whoever says so is made of them.
_OWN = re.compile(
    r"\b(?:its|their|our)\s+(?:own\s+)?(?:men|personnel|members|people|ranks|own|forces|troops)\b"
)
# "13 bodies of soldiers"; "the bodies of nine migrants" has its number behind.
_BODIES_OF = re.compile(
    r"[\w,. -]*\b(?:bodies|corpses|remains)\s+of\s+(?:the\s+|dead\s+|slain\s+|killed\s+)*(?P<who>[a-z]+)"
)
# Characters behind a chunk in which it stands whose bodies it counts.
_WHOSE = 24
# What tells that those before a toll are new in it.
_MORE = re.compile(r"\b(?:more|another|further|additional)\b")
# From a count of a side's dead to a bare number in the same breath.
_JOINED = re.compile(r"[^,;.:]{0,40}\band (?:another )?")
_RAISING = re.compile(r"\b(?:rais|bring|push|tak|lift|increas)(?:ing|es|ed)\b|\bbrought\b|\btook\b")


def group_counted(document: Document, draft: Draft, said: Speaker | None, before: Sequence[Figure]) -> str:
    """The normal form of those a draft counts.

    That of its noun; of bodies whose they are; of a body's own people what it is made of ("nine of its men", the army
    said); of a toll whom its words name ("the number of civilians killed"), else the side that it was raised by ("two
    more soldiers died, raising the toll to 11"). `said` claims the figure, `before` are the text's figures before it.
    """
    if draft.group != PEOPLE:
        return draft.group
    if said is not None and _OWN.search(document.low, draft.start, max(draft.end, draft.chunk.end)):
        return group_of_members(said.name)
    end = min(draft.sentence.end, draft.chunk.end + _WHOSE)
    whose = _BODIES_OF.match(document.low, draft.chunk.start, end)
    if whose is not None and is_person(whose["who"]):
        return group_of([whose["who"]])
    of_side = _side_gone_on_with(document, draft, before)
    if of_side is not None:
        return of_side
    if draft.rule != TOLL_RULE or draft.words.start <= draft.start:
        return PEOPLE
    return _group_raised_by(document, draft, before) or group_of_toll(
        document.low[draft.start : draft.words.start].split()
    )


def _group_raised_by(document: Document, draft: Draft, before: Sequence[Figure]) -> str | None:
    """The side whose new dead raise a toll: the last figure of its sentence, where that counts more of one."""
    last = before[-1] if before else None
    if last is None or last.evidence.sentence != draft.sentence or last.measure is not draft.measure:
        return None
    told = document.low[last.evidence.span.start : draft.words.start]
    is_raised = last.group in fighting_groups() and _MORE.search(told) and _RAISING.search(told)
    return last.group if is_raised else None


def _side_gone_on_with(document: Document, draft: Draft, before: Sequence[Figure]) -> str | None:
    """The side of which a bare number counts the wounded: "two officers had been killed and 14 injured"."""
    last = before[-1] if before else None
    if (
        last is None
        or draft.victims is not None
        or draft.measure is not Measure.INJURED
        or last.measure is not Measure.KILLED
        or last.group not in fighting_groups()
        or last.bounds.low == 1
        or last.evidence.sentence != draft.sentence
        or draft.words.start != draft.start
    ):
        return None
    is_joined = _JOINED.fullmatch(document.low, last.evidence.span.end, draft.start)
    return last.group if is_joined else None

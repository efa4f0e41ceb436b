"""What figures are to each other over the sentences of a text: totals, details, counts over a war or a year."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from digests.extract.counts.counted import ONE
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.victims import PEOPLE
from digests.extract.drafts.drafts import FORMER_RULE, LINE_RULE, Draft, fits
from digests.extract.tolls.retold import are_apart
from digests.rules import Match, find_matches, load_rules
from digests.text.document import Document
from digests.trace import reason
from digests.types import IncidentMention, Measure, Scope, Span

_WORDS = re.compile(r"[a-z]+")
# Behind whoever is counted nothing more is told of them.
_CLAUSE_END = re.compile(r"\s*(?:[,.;)]|$|and\s)")
# Characters within which words of time open a sentence ("So far this year 300 ...").
_OPENING = 12
# Characters of the longest sentence that says over what time it counts; longer ones are lists or tables.
_LONGEST = 2000
# Figures within which a total and its details stand.
_NEAR = 30


def tie_details(drafts: Sequence[Draft], incident_of: Callable[[Draft], IncidentMention]) -> None:
    """One person described after a total is one of them: "Four people were shot. A 19-year-old man was hit in the leg."

    The same holds for "two of the victims" without a total in their own sentence.
    """
    for at, draft in enumerate(drafts):
        low = draft.bounds.low
        if (
            draft.total is not None
            or low is None
            # "From 38 to 41": the toll of before is no detail of today's.
            or draft.rule == FORMER_RULE
            or not (draft.chunk.is_partitive or draft.chunk.is_subset or _is_described(draft))
        ):
            continue
        for earlier in reversed(drafts[max(0, at - _NEAR) : at]):
            if earlier.total is not None or not _may_hold(earlier, draft):
                continue
            if are_apart(incident_of(earlier), incident_of(draft)):
                continue
            draft.total = earlier
            break


def _is_described(draft: Draft) -> bool:
    """Whether a figure is one person with an age, or "one"; of the wounded, any one who is not another."""
    if draft.bounds != ONE:
        return False
    if draft.measure is Measure.INJURED and not draft.chunk.is_others:
        return True
    return draft.rule == "casualties.aged" or draft.is_aged or draft.chunk.tag == "n"


def _may_hold(total: Draft, part: Draft) -> bool:
    if total.sentence == part.sentence or (total.bounds.low or 0) <= max(part.bounds.low or 0, 1):
        return False
    if total.measure is part.measure:
        return True
    return total.is_shot and part.measure in (Measure.KILLED, Measure.INJURED)


def tie_lines(drafts: Sequence[Draft]) -> None:
    """Lines of a list are parts of the largest count before them; without one, what they belong to is not clear."""
    for at, line in enumerate(drafts):
        if line.rule != LINE_RULE or line.total is not None:
            continue
        wholes = [
            draft
            for draft in drafts[max(0, at - _NEAR) : at]
            if draft.rule != LINE_RULE
            and draft.total is None
            and draft.measure is line.measure
            and fits(line, draft)
        ]
        line.total = max(wholes, key=lambda draft: draft.bounds.low or 0, default=None)
        if line.total is None:
            line.scope, line.why_scope = Scope.UNKNOWN, reason("scope.line")


def mark_totals(document: Document, sentence: Span, words: Sequence[str], drafts: Sequence[Draft]) -> None:
    """Counts over a war or a year: what stands before such words in the sentence, or everything after them.

    `words` are the plain words of the sentence.
    """
    if not drafts or sentence.end - sentence.start > _LONGEST:
        return
    for match in find_matches(
        load_rules("casualties"), document.folded, words, start=sentence.start, end=sentence.end
    ):
        side = match.rule.yields.get("side")
        if side is not None:
            behind = [draft for draft in drafts if draft.chunk.start >= match.span.end]
            told = behind if side == "behind all" else behind[:1]
            # "had risen to 11,000, including 4,000 children"
            parts = [draft for draft in behind if any(draft.total is one for one in told)]
            for draft in (*told, *parts):
                _mark_total(document, draft, match)
            continue
        before = [draft for draft in drafts if draft.chunk.start < match.span.start]
        near = min((draft.chunk.start - match.span.end for draft in drafts), default=0) <= _OPENING
        if not before and match.span.start - sentence.start > _OPENING and not near:
            # "the worst accident since 2019": no count in front, and it does not open the sentence
            continue
        for draft in before or drafts:
            between = document.folded[draft.chunk.end : max(draft.chunk.end, match.span.start)]
            if ";" not in between and "," not in between.strip(", "):
                _mark_total(document, draft, match)
                for part in (one for one in drafts if one.total is draft and _is_kind(document, one)):
                    _mark_total(document, part, match)


def _is_kind(document: Document, part: Draft) -> bool:
    """Whether a part is a kind of those counted, and no more: "among them 410 children", not "12 of them on Monday"."""
    behind = document.folded[part.end : part.sentence.end]
    return part.group != PEOPLE and _CLAUSE_END.match(behind) is not None


def _mark_total(document: Document, draft: Draft, match: Match) -> None:
    draft.scope = Scope.TOTAL
    draft.why_scope = reason("scope.total", rule=match.rule.id, words=document.words(match.span))


def mark_alone(document: Document, sentence: Span, drafts: Sequence[Draft]) -> None:
    """ "45 died in the town of Keth alone": how that count relates to the incident's is not clear."""
    for draft in drafts:
        behind = document.folded[draft.chunk.end : sentence.end].lower().partition(",")[0]
        if not lexicon().alone.isdisjoint(_WORDS.findall(behind)):
            draft.scope = Scope.UNKNOWN
            draft.why_scope = reason("scope.alone")

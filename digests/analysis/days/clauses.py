"""The part of a sentence that tells of one of its days."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from digests.rules import load_rules
from digests.types import DateMention, Span

# Words that a clause has at least, and characters: fewer are a label and tell nothing alone.
MIN_WORDS, _MIN_CLAUSE = 5, 32
# Characters between a comma and a date that opens the main clause.
_LEAD_IN = 14


@functools.cache
def role(name: str) -> re.Pattern[str]:
    """The pattern of a rule of the timeline by its part ("clause", "aside")."""
    return next(rule.pattern for rule in load_rules("timeline").rules if rule.yields["role"] == name)


def clause_of(sentence: Span, folded: str, mention: DateMention, mentions: Sequence[DateMention]) -> Span:
    """The part of a sentence that a date belongs to; the whole where the part would be too short to tell anything.

    It is cut off only on the sides where another day stands.
    """
    at = mention.evidence.span.start - sentence.start
    end_at = mention.evidence.span.end - sentence.start
    others = [
        (m.evidence.span.start - sentence.start, m.evidence.span.end - sentence.start)
        for m in mentions
        if (m.first, m.last) != (mention.first, mention.last)
    ]
    before = max((end for _, end in others if end <= at), default=None)
    behind = min((start for start, _ in others if start >= end_at), default=None)
    cuts = [
        found.end() if found.group().strip() else found.start() + 1
        for found in role("clause").finditer(folded)
    ]
    left = max((cut for cut in cuts if before is not None and cut <= at), default=0)
    right = min((cut for cut in cuts if behind is not None and cut >= end_at), default=len(folded))
    if before is not None and (joint := _last_joint(folded, before, at)):
        if _lacks_subject(folded[joint[1] :]):
            # "It was shut on Monday, and will open on Friday": the second clause needs the first.
            return sentence
        left = max(left, joint[1])
    if behind is not None and (joint := _last_joint(folded, end_at, behind)):
        right = min(right, joint[0])
    part = folded[left:right].strip(" ,;:–-")
    if len(part) < _MIN_CLAUSE or len(part.split()) < MIN_WORDS:
        return sentence
    start = left + folded[left:right].index(part)
    opening = role("opening").match(part)
    if opening:
        # "In response to a fire, Tuesday's march was called off": what comes first leads in, and goes.
        comma = part.rfind(", ", 0, max(0, at - start))
        leads_in = comma > 0 and (at - start - comma <= _LEAD_IN or _is_clause(part[comma + 2 :]))
        skip = comma + 2 if leads_in else opening.end()
        if len(part) - skip >= _MIN_CLAUSE:
            start, part = start + skip, part[skip:]
    return Span(start=sentence.start + start, end=sentence.start + start + len(part))


def _is_clause(words: str) -> bool:
    """Whether words behind a comma begin a clause of their own: neither a verb nor a relative pronoun leads on."""
    return not _lacks_subject(words) and words.split(" ", 1)[0].lower() not in _leading_on()


@functools.cache
def _leading_on() -> frozenset[str]:
    words = load_rules("incidents").words
    return frozenset(words["relatives"]) | frozenset(words["clause_links"])


def _lacks_subject(clause: str) -> bool:
    """Whether a clause begins with its verb."""
    words = clause.split(" ", 2)
    lists = load_rules("tense").words
    return any(words[0].lower() in lists[name] for name in ("past", "future", "present", "has", "was")) or (
        len(words) > 1 and words[0].lower().endswith("ed")
    )


def _last_joint(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Where two dated clauses are joined ("fell on Friday, and two more died on Saturday"), the last one between."""
    found = None
    for joint in role("joint").finditer(folded, start, end):
        found = joint.span()
    return found

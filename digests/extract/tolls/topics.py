"""Headings under which a bare number counts: "How many were hurt?" and below it "The Red Cross says 40".

Stance: a heading holds up to the next one and for a few paragraphs only; below it a number counts where a rule of
`counts.toml` asks for no more than a count to be told again.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from digests.extract.counts.chunks import Chunk
from digests.extract.counts.victims import PEOPLE
from digests.extract.drafts.drafts import TOPIC_RULE, Draft
from digests.rules import load_rules
from digests.text.document import Document
from digests.types import Bounds, Measure, Span

# Characters of the longest heading.
_LONGEST = 120
# Paragraphs below a heading of which it speaks.
_REACH = 8
_WORDS = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")


class Topics:
    """Answers what the heading above a sentence counts. Sentences have to be asked for in order of the text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._headings = _headings(document)
        self.has_any = bool(self._headings)

    def at(self, sentence: Span) -> Draft | None:
        """A draft without a number for the counts that the heading above speaks of; `None` below none."""
        found = None
        for start, end, measure in self._headings:
            if start <= sentence.start < end:
                found = (start, measure)
        return _draft(found[0], found[1], sentence) if found is not None else None


def _headings(document: Document) -> list[tuple[int, int, Measure]]:
    """Where the text below each counting heading starts and ends, and what it counts there."""
    found: list[tuple[int, int, Measure]] = []
    paragraphs = document.paragraphs
    for at, paragraph in enumerate(paragraphs[:-1]):
        measure = _measure(document, paragraph)
        if measure is None:
            continue
        last = at
        for below in paragraphs[at + 1 : at + 1 + _REACH]:
            if _is_heading(document, below):
                break
            last += 1
        if last > at:
            found.append((paragraph.end, paragraphs[last].end, measure))
    return found


def _measure(document: Document, paragraph: Span) -> Measure | None:
    """What a paragraph says that the numbers below it count; `None` where it is no such heading."""
    if paragraph.end - paragraph.start > _LONGEST:
        return None
    line = document.folded[paragraph.start : paragraph.end]
    if not any(rule.pattern.search(line) for rule in load_rules("topics").rules):
        return None
    return next((_about()[word] for word in _WORDS.findall(line.lower()) if word in _about()), Measure.KILLED)


def _is_heading(document: Document, paragraph: Span) -> bool:
    """Whether a paragraph heads what follows: a question, or a short line without a stop or a number."""
    if paragraph.end - paragraph.start > _LONGEST:
        return False
    line = document.folded[paragraph.start : paragraph.end]
    return line.endswith("?") or (line[-1].isalnum() and len(line) <= 60 and _DIGIT.search(line) is None)


@functools.cache
def _about() -> Mapping[str, Measure]:
    about = load_rules("topics").meaning["about"]
    return {word: Measure(measure) for measure, words in about.items() for word in words}


def _draft(at: int, measure: Measure, sentence: Span) -> Draft:
    here = Span(start=at, end=at)
    chunk = Chunk("n", 0, 0, at, at)
    return Draft(
        measure, chunk, -1, Bounds(low=None, high=None), at, at, TOPIC_RULE, sentence, here, None, PEOPLE
    )

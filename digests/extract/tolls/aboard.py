"""Tolls told in two places: "A plane with 19 people on board crashed in Arden. All were killed."

Stance: only who was on board counts so, only where the words say that all died, and only where nothing near them
counts the dead.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from digests.extract.counts.chunks import find_chunks
from digests.extract.drafts.drafting import draft_of
from digests.extract.drafts.drafts import Draft, count_of
from digests.extract.drafts.sentencereader import SentenceReader
from digests.rules import load_rules
from digests.text.document import Document
from digests.text.tokens import tokenize
from digests.types import Measure, Span

_RULE = "casualties.aboard"
# Sentences in front of "all were killed" in which it may stand how many they were.
_BEFORE = 2
# Characters of the longest sentence that is searched; longer ones are lists or tables.
_LONGEST = 1000
_SLOTS = ("n", "n2")


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    number, everybody = load_rules("aboard").rules
    return number.pattern, everybody.pattern, frozenset(everybody.yields["cues"])


def add_aboard(document: Document, drafts: list[Draft]) -> None:
    """Adds the dead of each sentence that tells that all on board died, in the order of the text."""
    if not any(word in document.folded for word in load_rules("aboard").words["board"]):
        return
    cues = _patterns()[2]
    added = [
        draft
        for at, words in enumerate(document.plain)
        if not cues.isdisjoint(words) and (draft := _aboard(document, at, drafts)) is not None
    ]
    if added:
        drafts += added[:1]
        drafts.sort(key=lambda draft: (draft.sentence.start, draft.chunk.start, draft.start))


def _aboard(document: Document, at: int, drafts: Sequence[Draft]) -> Draft | None:
    """The dead of sentence `at`, if it tells that all died; `drafts` are the counts of the text."""
    number, everybody, _ = _patterns()
    sentence = document.sentences[at]
    if sentence.end - sentence.start > _LONGEST:
        return None
    if everybody.search(document.folded, sentence.start, sentence.end) is None:
        return None
    first = document.sentences[max(0, at - _BEFORE)].start
    if any(draft.measure is Measure.KILLED and first <= draft.start < sentence.end for draft in drafts):
        return None
    for place in range(at, max(-1, at - _BEFORE - 1), -1):
        before = document.sentences[place]
        if before.end - before.start > _LONGEST:
            return None
        found = number.search(document.folded, before.start, before.end)
        if found is not None:
            start = next(found.start(slot) for slot in _SLOTS if found.start(slot) >= 0)
            return _draft_at(document, before, start)
    return None


def _draft_at(document: Document, sentence: Span, start: int) -> Draft | None:
    """The count of the people whose number stands at an offset; None where it is no exact one."""
    reader = SentenceReader(
        document, sentence, find_chunks(tokenize(document.folded, sentence.start, sentence.end))
    )
    for index, chunk in reader.chunks.read:
        if chunk.start <= start < chunk.end and chunk.amount is not None and chunk.tag in "nN":
            draft = draft_of(reader, _RULE, index, Measure.KILLED)
            return draft if count_of(draft) > 1 else None
    return None

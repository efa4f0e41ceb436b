"""Parts of a total within a sentence: "including three children", "two of them", "twelve of the victims were women"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digests.extract.counting import lexicon
from digests.extract.drafts import Draft, fits
from digests.extract.reading import SentenceReader
from digests.extract.shapes import Shape, parts
from digests.extract.victims import group_of
from digests.types import Measure

# "Of the 34 killed, 20 were children"
_OF_COUNTED = "casualties.of_counted"
# Tags of an adverb that ends its clause.
_ADVERB_ALONE = frozenset({"a;", "a,", "a)", "a", "ac", "as"})


def tie_parts(reader: SentenceReader, previous: Sequence[Draft]) -> None:
    """Finds the parts that have no verb of their own and ties them to their totals."""
    for found in parts().finditer(reader.tags):
        members = [i for i in range(*found.span("n")) if reader.tags[i] in "NnQ"]
        members = [i for i in members if i not in reader.blocked]
        total = _total_before(reader, found.start())
        carried = total is None and found.start() <= 1 and not reader.drafts
        if carried and previous:
            total = max(previous, key=lambda draft: draft.bounds.low or 0)
        if total is not None:
            _add_parts(reader, members, total, carried=carried)
    _tie_opening(reader, previous)
    _tie_included(reader)
    for index, chunk in reader.chunks.read:
        if not chunk.is_partitive:
            continue
        total = _total_before(reader, index)
        if total is None:
            _take_body(reader, index, previous)
            continue
        if index in reader.taken:
            part = reader.taken[index]
            if fits(part, total) and (part.total is None or not part.total.is_own):
                part.total = total
        elif _is_told_apart(reader, index, total):
            _add_parts(reader, [index], total, carried=False)


def _is_told_apart(reader: SentenceReader, index: int, total: Draft) -> bool:
    """Whether what follows "six of them" says only who or how badly hurt they are: "six of them critically"."""
    tags = reader.tags
    if reader.chunks[index].head is not None or tags[index + 1 : index + 3] in ("BU", "BS"):
        return True
    if total.measure is not Measure.INJURED or tags[index + 1 : index + 3] not in _ADVERB_ALONE:
        return False
    return reader.word(reader.chunks[index + 1]) in lexicon().degrees


def _tie_included(reader: SentenceReader) -> None:
    """ "Four were wounded, including one hospitalized in critical condition": one of the four, whatever the verb."""
    for part in reader.drafts:
        if reader.tags[part.index - 1 : part.index] != "i" or part.index == 0 or part.total is not None:
            continue
        total = _total_before(reader, part.index)
        if total is not None and total.measure is part.measure and fits(part, total):
            part.total = total


def _tie_opening(reader: SentenceReader, previous: Sequence[Draft]) -> None:
    """ "Of those, 18 died in one county": a part of the count of the sentence before, or of its own sentence."""
    part = next((draft for draft in reader.drafts if draft.rule == _OF_COUNTED), None) or _opened(reader)
    if part is None or part.total is not None:
        return
    before = _total_before(reader, part.index)
    if before is not None and before.measure is part.measure and fits(part, before):
        part.total = before
        return
    totals = [one for one in previous if one.measure is part.measure and fits(part, one)]
    part.total = max(totals, key=lambda draft: draft.bounds.low or 0, default=None)


def _opened(reader: SentenceReader) -> Draft | None:
    """Who is counted behind "of those" at the head of a sentence."""
    index = 2 if reader.tags[1:2] == "," else 1
    if reader.tags[:1] != "i" or reader.word(reader.chunks[0]) not in lexicon().of_these:
        return None
    return reader.taken.get(index)


def _take_body(reader: SentenceReader, index: int, previous: Sequence[Draft]) -> None:
    """ "Twelve of the victims were women": the words say themselves what is counted."""
    chunk = reader.chunks[index]
    if index in reader.taken or chunk.measure is None or reader.tags[index + 1 : index + 3] != "BU":
        return
    draft = reader.draft(Shape("casualties.of_body", re.compile("")), chunk, index, chunk.measure, None)
    draft.group = group_of([reader.chunks[index + 2].head or ""])
    draft.end = reader.chunks[index + 2].end
    totals = [one for one in previous if one.measure is chunk.measure and fits(draft, one)]
    draft.total = totals[-1] if totals else None
    reader.taken[index] = draft
    reader.drafts.append(draft)


def _total_before(reader: SentenceReader, index: int) -> Draft | None:
    """The nearest figure before a chunk within the same clause that is no part itself."""
    before = [draft for draft in reader.drafts if draft.index < index and draft.total is None]
    before.sort(key=lambda draft: draft.index)
    for draft in reversed(before):
        if ";" not in reader.tags[draft.index : index]:
            return draft
    return None


def _add_parts(reader: SentenceReader, members: Sequence[int], total: Draft, *, carried: bool) -> None:
    for member in members:
        chunk = reader.chunks[member]
        existing = reader.taken.get(member)
        if existing is not None:
            if existing is not total and existing.measure is total.measure and fits(existing, total):
                existing.total = total
            continue
        if chunk.amount is None or (chunk.tag == "n" and not chunk.is_partitive and carried):
            continue
        shape = Shape("casualties.part", re.compile(""))
        draft = reader.draft(shape, chunk, member, total.measure, None)
        if not fits(draft, total):
            continue
        draft.total = total
        if chunk.is_partitive and chunk.head is None and reader.tags[member + 1 : member + 3] == "BU":
            draft.group = group_of([reader.chunks[member + 2].head or ""])
        reader.taken[member] = draft
        reader.drafts.append(draft)

"""Counts whose verb stands once: "five were killed in Arden, three in Morley and one in Pell".

Stance: what adds up to the count in front divides it; else only counts at other places, closed by "and", come on top of
it. Where in the body somebody was hit says nothing of how many.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digests.extract.counts.lexicon import lexicon
from digests.extract.drafts.drafting import draft_of
from digests.extract.drafts.drafts import AGAIN_RULE, Draft, count_of, sum_of
from digests.extract.drafts.sentencereader import SentenceReader
from digests.types import Bounds, Measure, Scope

# Over the tags of `rules/casualties.toml`: a count with its place, and more of them behind a verb with a place, or
# behind a colon ("29 died: 17 on the bus and 12 in the van").
_PLACE = r"p[wdgUSf]{1,7}?(?:p[wd]{1,4}?)?"
_PIECE = rf"[nN]B?{_PLACE}(?:,s[^,;nN]{{1,14}}(?=,))?"
_MORE = rf"(?P<rest>(?:(?:,?ca?|,a?){_PIECE}){{1,9}})(?=[;,)s]|$)"
_GAPPED = re.compile(rf"(?P<v>[VIA]|[VGP](?=a?[nN]))a*[nN]?{_PLACE}{_MORE}")
# The place in front: "in Arden 12 died and in Morley five".
_AT_FIRST = r"p[wdgU]{1,4},?[nN]"
_FRONTED = re.compile(
    rf"(?:{_AT_FIRST}[BH]?a*(?P<v>[VIA])|(?P<v2>[VP])a*[nN](?:p[wdgU]{{1,4}})?)"
    rf"(?P<rest>(?:[,;]?c?{_AT_FIRST}){{1,9}})(?=[;,):]|$)"
)
_OF_BODY = re.compile(rf"[NF](?P<v>B)[wsa]{{0,2}}{_PLACE}{_MORE}")
_DIVIDED = re.compile(rf"[:(](?P<rest>{_PIECE}(?:(?:,?ca?|,a?){_PIECE}){{1,9}})(?=[;,):]|$)")
_AGAIN = re.compile(r"ua?(?P<n>n)(?=[;,):cs]|$)")
_RULE = "casualties.gapped"
_ALONG = "casualties.along"


def add_gapped(reader: SentenceReader) -> None:
    """Adds the counts of a sentence that share the verb, or the total, of the one before them."""
    tags = reader.tags
    if "y" in tags:
        _add_along(reader)
    if tags.count("p") < 2 or not reader.drafts:
        return
    for found in _GAPPED.finditer(tags):
        verb = reader.chunks[found.start("v")]
        first = _nearest(reader, found.start("rest"))
        if first is not None and first.measure is verb.measure:
            _take(reader, first, found)
    for found in _FRONTED.finditer(tags):
        first = _nearest(reader, found.start("rest"))
        if first is not None and first.index >= found.start():
            _take(reader, first, found)
    for found in _OF_BODY.finditer(tags):
        first = reader.taken.get(found.start())
        if first is not None and (first.chunk.is_partitive or first.chunk.tag == "F"):
            _take(reader, first, found)
    for found in _DIVIDED.finditer(tags):
        first = _nearest(reader, found.start())
        if first is not None:
            _take(reader, first, found)


def add_again(reader: SentenceReader, previous: Sequence[Draft]) -> None:
    """ "The fire chief counted nine dead; the mayor spoke of twelve": the number of the same once more."""
    if "u" not in reader.tags or not lexicon().strengths.isdisjoint(reader.tokens.lows):
        # "The board put the magnitude at 5.9, the survey said it was 6."
        return
    for found in _AGAIN.finditer(reader.tags):
        index = found.start("n")
        before = [draft for draft in reader.drafts if draft.index < index] or previous
        wholes = [draft for draft in before if draft.total is None and draft.scope is not Scope.TOTAL]
        if not wholes or index in reader.taken or index in reader.blocked:
            continue
        last = next((draft for draft in wholes if draft.measure is Measure.KILLED), wholes[-1])
        draft = draft_of(reader, AGAIN_RULE, index, last.measure)
        draft.group = last.group
        reader.keep(index, draft)


def _add_along(reader: SentenceReader) -> None:
    """ "A man and a woman were found dead, as were three children": five."""
    along = [draft for draft in reader.drafts if draft.rule == _ALONG and draft.total is None]
    first = _nearest(reader, along[0].index) if along else None
    if first is None or not all(count_of(draft) and draft.measure is first.measure for draft in along):
        return
    total = _add_sum(reader, [first, *along])
    for draft in (first, *along):
        draft.total = total


def _nearest(reader: SentenceReader, before: int) -> Draft | None:
    """The last whole count in front of a chunk."""
    drafts = [one for one in reader.drafts if one.index < before and one.total is None and not one.is_known]
    last = max(drafts, key=lambda draft: draft.index, default=None)
    return last if last is not None and last.bounds.low else None


def _take(reader: SentenceReader, first: Draft, found: re.Match[str]) -> None:
    indexes = [i for i in range(*found.span("rest")) if reader.tags[i] in "nN"]
    chunks = [reader.chunks[i] for i in indexes]
    counts = [
        chunk.amount.bounds.low
        for chunk in chunks
        if chunk.amount is not None and _is_exact(chunk.amount.bounds)
    ]
    if len(counts) != len(chunks) or any(i in reader.taken or i in reader.blocked for i in indexes):
        return
    divides = sum(count or 0 for count in counts) == count_of(first)
    if not divides and not (found.re is not _DIVIDED and _are_places(reader, found, indexes)):
        return
    made: list[Draft] = []
    for index in indexes:
        draft = draft_of(reader, _RULE, index, first.measure)
        draft.is_shot, draft.is_open = first.is_shot, first.is_open
        reader.keep(index, draft)
        made.append(draft)
    if not count_of(first):
        # "At least nine died in Arden and two in Morley": no sum is told.
        return
    total = first if divides else _add_sum(reader, [first, *made])
    for draft in made if divides else [first, *made]:
        draft.total = total


def _is_exact(bounds: Bounds) -> bool:
    return bool(bounds.low) and bounds.low == bounds.high


def _are_places(reader: SentenceReader, found: re.Match[str], indexes: Sequence[int]) -> bool:
    """Whether every count stands at a place of its own, and "and" closes the row, or each has its day."""
    tags, words = reader.tags, lexicon()
    if found.re is _FRONTED:
        starts = [at for at in range(*found.span()) if tags[at] == "p"]
        return all(_is_in_town(reader, at) for at in starts)
    ends = [*indexes[1:], found.end("rest")]
    has_days = all("d" in tags[at:end] for at, end in zip(indexes, ends, strict=True))
    if not has_days and "c" not in tags[max(found.start("rest"), indexes[-1] - 3) : indexes[-1]]:
        return False
    places = [tags.index("p", at) for at in (found.start("v"), *indexes)]
    if any(reader.word(reader.chunks[i]) not in words.at_place for i in places):
        return False
    last = reader.chunks[found.end("rest") - 1].last
    lows = reader.tokens.lows[reader.chunks[places[0]].first : last]
    return words.limbs.isdisjoint(lows) and words.trunk.isdisjoint(lows)


def _is_in_town(reader: SentenceReader, at: int) -> bool:
    """Whether a preposition leads to a name: "in Arden"."""
    name = reader.chunks[at + 1]
    return reader.word(reader.chunks[at]) in lexicon().at_place and reader.document.text[name.start].isupper()


def _add_sum(reader: SentenceReader, members: Sequence[Draft]) -> Draft:
    total = replace(sum_of(members), total=None, is_list=True)
    reader.drafts.append(total)
    return total

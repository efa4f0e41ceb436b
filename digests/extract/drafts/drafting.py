"""Makes the figure of a chunk that somebody claims: its interval, its words, and whom it counts.

Hides where the words of a figure begin and end, what "passed 100" or "from 12 to 15" do to a number, and how the
counted are named ("two members of the choir", "20 of them").

Stance: whether the chunk counts anybody was settled before; nothing is refused here.
"""

from __future__ import annotations

import re

from digests.extract.counts.chunks import Chunk
from digests.extract.counts.counted import ONE
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.shapes import Shape, verb_span
from digests.extract.counts.victims import (
    NATIONALS,
    OTHERS,
    PEOPLE,
    group_of,
    group_of_members,
    is_demonym,
    is_person,
)
from digests.extract.drafts.drafts import Draft
from digests.extract.drafts.sentencereader import SentenceReader
from digests.extract.drafts.victimnames import name_before
from digests.text.numberwords import Hedge
from digests.types import Bounds, Measure, Span

# Shapes whose lists never name all victims.
PARTIAL_SHAPES = frozenset(
    {
        "casualties.body",
        "casualties.among_body",
        "casualties.with_others",
        "casualties.along",
        "casualties.were_among_body",
    }
)
# Who says so stands between the counted and their verb.
_TOLD_BETWEEN = frozenset({"casualties.reported_by", "casualties.active_insert"})
# Of rules that find their chunk without a pattern over tags.
_NO_SHAPE = re.compile("")
# Words between "members" and the crowd that they are members of.
_LONGEST_WHOLE = 7
# The same where the body itself tells who its members are: "of the state security forces".
_LONGEST_BODY = 5


def make_draft(
    reader: SentenceReader,
    shape: Shape,
    chunk: Chunk,
    index: int,
    measure: Measure,
    found: re.Match[str] | None,
) -> Draft:
    """A figure of a chunk that a shape claims, with the words that say so."""
    amount = chunk.amount
    assert amount is not None
    bounds = amount.bounds
    start, end = chunk.start, chunk.end
    words = Span(start=reader.tokens.starts[amount.first], end=reader.tokens.ends[amount.last - 1])
    if shape.is_one:
        return _make_aged(reader, shape, chunk, index, measure, found)
    if found is not None and shape.id not in _TOLD_BETWEEN:
        first, last = verb_span(found)
        if first < last:
            start, end = _extent(
                reader, shape, chunk, index, found, reader.chunks[first], reader.chunks[last - 1]
            )
    if (
        found is not None
        and (reader.tags[index - 1 : index] == "X" or _is_passed(reader, shape, index))
        and bounds.low == bounds.high
        and bounds.low
    ):
        # "the toll passed 100"
        bounds = Bounds(low=bounds.low + 1, high=None)
    if shape.id == "casualties.toll" and bounds.low != bounds.high is not None:
        words_before = [reader.word(reader.chunks[at]) for at in range(max(0, index - 2), index)]
        is_from = words_before[-1:] == ["from"] and lexicon().ranges.isdisjoint(words_before)
        if is_from or amount.hedge is Hedge.AT_MOST:
            # "rose from 12 to 15"; "the toll has edged up to 80": where it went, no limit
            bounds = Bounds(low=bounds.high, high=bounds.high)
    victims, group = victims_of(reader, chunk)
    return Draft(measure, chunk, index, bounds, start, end, shape.id, reader.sentence, words, victims, group)


def _is_passed(reader: SentenceReader, shape: Shape, index: int) -> bool:
    """ "The toll has climbed past 500"."""
    is_toll = shape.id == "casualties.toll" and index > 0
    return is_toll and reader.word(reader.chunks[index - 1]) in lexicon().past


def draft_of(reader: SentenceReader, rule: str, index: int, measure: Measure) -> Draft:
    """A figure of a chunk's amount that a rule without a shape of its own claims: a part, a number told again."""
    return make_draft(reader, Shape(rule, _NO_SHAPE), reader.chunks[index], index, measure, None)


def _make_aged(
    reader: SentenceReader,
    shape: Shape,
    chunk: Chunk,
    index: int,
    measure: Measure,
    found: re.Match[str] | None,
) -> Draft:
    """A person named with an age counts as one, "Aldo Brun and Rita Holm, both 51" as two; the age never counts."""
    start, end = chunk.start, chunk.end
    if found is not None:
        end = max(end, reader.chunks[verb_span(found)[1] - 1].end)
    words = name_before(reader.document, reader.tokens, chunk.first)
    bounds = ONE
    before = reader.chunks[index - 1]
    if index and before.is_subset and before.tag == "n":
        words, bounds = Span(start=before.start, end=before.end), Bounds(low=2, high=2)
    return Draft(
        measure,
        chunk,
        index,
        bounds,
        min(start, words.start),
        end,
        shape.id,
        reader.sentence,
        words,
        None,
        PEOPLE,
    )


def _extent(
    reader: SentenceReader,
    shape: Shape,
    chunk: Chunk,
    index: int,
    found: re.Match[str],
    first: Chunk,
    last: Chunk,
) -> tuple[int, int]:
    """Number, victims and verb where they stand together; the amount alone in the middle of a list."""
    if shape.id in PARTIAL_SHAPES and found.end("n") - found.start("n") > 1:
        return chunk.start, chunk.end
    numbers = [i for i in range(*found.span("n")) if reader.tags[i] in "NnQFg"]
    begin, end = chunk.start, chunk.end
    if first.start < chunk.start:
        if index == numbers[0]:
            begin = first.start
    elif index == numbers[-1]:
        end = last.end
    return begin, end


def victims_of(reader: SentenceReader, chunk: Chunk) -> tuple[Span | None, str]:
    """The victims' words and their normal form; others are counted like the figure before them."""
    words = reader.tokens.lows[chunk.noun : chunk.last]
    span = None
    # "Four more bodies" says what it counts on top of; a bare toll does not.
    if chunk.noun < chunk.last and (chunk.tag != "F" or chunk.is_others):
        span = Span(start=reader.tokens.starts[chunk.noun], end=chunk.end)
    if chunk.tag == "F":
        words = words[:-1]
        if words and chunk.amount is not None and chunk.amount.bounds.high == 0 and is_demonym(words[-1]):
            # "No British casualties": nobody of these, whoever else.
            span = Span(start=reader.tokens.starts[chunk.noun], end=reader.tokens.ends[chunk.last - 2])
            return span, NATIONALS
    if span is not None:
        span = _with_whose(reader, chunk, span)
    group = _group_of_body(reader, chunk) or group_of(words)
    if group == OTHERS:
        before = [draft for draft in reader.drafts if draft.chunk.start < chunk.start]
        group = before[-1].group if before else PEOPLE
    elif chunk.head is None and (chunk.is_whom or _is_of_them(reader, chunk)):
        heads = [
            other.head
            for at, other in reader.chunks.read
            # "..., police said, and 12 of them were hurt": not the police
            if other.end <= chunk.start and other.tag in "NU" and reader.tags[at + 1 : at + 2] != "s"
        ]
        group = group_of([heads[-1] or ""]) if heads else PEOPLE
    return span, group


def _is_of_them(reader: SentenceReader, chunk: Chunk) -> bool:
    """ "Struck a base of militants and killed 20 of them": whose number it is stands before."""
    return chunk.is_partitive and reader.word(chunk).endswith(lexicon().of_them)


def _with_whose(reader: SentenceReader, chunk: Chunk, span: Span) -> Span:
    """ "two members of the choir": of what people are members tells who they are."""
    lows = reader.tokens.lows
    if chunk.head not in lexicon().members or lows[chunk.last : chunk.last + 1] != ["of"]:
        return span
    end = 0
    for last in range(chunk.last + 1, min(len(lows), chunk.last + _LONGEST_WHOLE)):
        if not (lows[last][0].isalpha() or lows[last] == "'s"):
            break
        is_body = lows[last] in lexicon().bodies_of_people or group_of_members(lows[last]) != PEOPLE
        if is_person(lows[last]) or is_body:
            end = reader.tokens.ends[last]
            if is_body:
                break
    return Span(start=span.start, end=end) if end else span


def _group_of_body(reader: SentenceReader, chunk: Chunk) -> str | None:
    """Who the members of a body of one sort of people are: "three members of the security forces" are soldiers."""
    lows = reader.tokens.lows
    if chunk.head not in lexicon().members or lows[chunk.last : chunk.last + 1] != ["of"]:
        return None
    for low in lows[chunk.last + 1 : chunk.last + _LONGEST_BODY]:
        if not low[0].isalpha() or low in lexicon().bodies_of_people:
            break
        if (group := group_of_members(low)) != PEOPLE:
            return group
    return None


def name_whole(reader: SentenceReader, draft: Draft, index: int) -> None:
    """Of "Of the 19 crew, 13 survived": the 13 are some of the crew, whose chunk stands at an index."""
    whole = reader.chunks[index]
    if whole.head is None or not is_person(whole.head):
        return
    draft.group = group_of([whole.head])
    draft.victims = Span(start=reader.tokens.ends[whole.last - 1] - len(whole.head), end=whole.end)

"""Reads the figures of one sentence: what each shape claims of its chunks, and what a list of them adds up to.

Hides in which order things are asked: who is the subject, whether it happened (`deeds`), whether anybody was hit
(`refusals`), how the figure is made (`drafting`).

Stance: a chunk is claimed once, by the first shape that fits; what is unreal blocks its chunks for all later ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digests.extract.counts.chunks import Chunk
from digests.extract.counts.counted import ONE
from digests.extract.counts.crowdnouns import YEAR_OLD
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.shapes import Shape, verb_span
from digests.extract.counts.victims import PEOPLE, group_of
from digests.extract.drafts.deeds import (
    became_of,
    deed_of,
    is_long_ago,
    is_unreal_at,
    is_unreal_deed,
    measure_of,
)
from digests.extract.drafts.drafting import PARTIAL_SHAPES, draft_of, make_draft, name_whole
from digests.extract.drafts.drafts import SUM_RULE, Draft
from digests.extract.drafts.refusals import are_lost, are_named, hits_nobody
from digests.extract.drafts.sentencereader import SentenceReader
from digests.extract.drafts.subjects import (
    disagrees,
    doing_subject,
    is_met,
    is_told_twice,
    real_subject,
    subject_behind_clause,
    subject_behind_part,
    whom_counts,
)
from digests.extract.drafts.victimnames import name_ending
from digests.text.numbers import Amount
from digests.types import Bounds, Measure, Span

# "two more died, bringing the total to 15"
_NEW_TOTAL = "casualties.new_total"
# "Police freed 11 hostages"
_FREED = "casualties.freed"
# "Of the 34 killed, 20 were children"
OF_COUNTED = "casualties.of_counted"
# "lost three men"
_LOST = "casualties.lost"
# Two more ends behind the first: ", wounded or missing".
_OR_ELSE = re.compile(r",[VAI](?P<c>c)[VAI]")
# Tags of "of the 19 crew," in front of "13 survived".
_OF_ALL = re.compile(r"(?:^|[;,])[aw]{0,2}fN,$")
# Tags from the end of a clause about captives to "were freed".
_FREED_BEHIND = re.compile(r"[pwdfaUS]{0,8}H?Ba*J")
# From a first verb to a second one of harm: "off a bus and shot dead".
_THEN_HARMED = re.compile(r"[pwaUS]{1,7}ca?V")
# What may be over when the sentence ends.
_PASSING = frozenset({Measure.MISSING, Measure.RESCUED, Measure.INJURED})


def apply_shape(reader: SentenceReader, shape: Shape) -> None:
    """Claim the chunks of each place of a sentence where a shape matches."""
    at = 0
    while at < len(reader.tags):
        found = shape.pattern.search(reader.tags, at)
        if found is None:
            return
        if shape.is_known:
            at = found.end()
            _take_known(reader, shape, found)
            continue
        at = max(found.end("n"), at + 1)
        begin = found.start("n")
        doer = _doer_hit(reader, shape, found)
        if doer is not None:
            reader.blocked.update(range(begin, found.end("n")))
            _take(reader, shape, found, doer, only=doer)
            continue
        later = subject_behind_part(reader, found, begin) or subject_behind_clause(reader, found, begin)
        if later is not None:
            at = later
            continue
        if "p" in shape.pattern.groupindex and found.group("p"):
            if found.group("p").rstrip("a").endswith("c") and is_met(reader, begin):
                continue
            switched = whom_counts(reader, found) or real_subject(
                found.group("p"), reader.chunks, found.start("p")
            )
            if switched is not None and switched > begin:
                at = switched
                continue
            if is_told_twice(found.group("p"), reader.chunks[found.start("p") + 1]):
                at = found.end("p")
        _take(reader, shape, found, begin)


def _doer_hit(reader: SentenceReader, shape: Shape, found: re.Match[str]) -> int | None:
    """Index of the subject who does something to those in front of a verb: "a guard questioning two men was shot"."""
    is_clause = shape.id == "casualties.relative" or (found.groupdict().get("p") or "").endswith("r")
    if is_clause or verb_span(found)[0] < found.end("n"):
        return None
    return doing_subject(reader, found.start("n"))


def _take(
    reader: SentenceReader, shape: Shape, found: re.Match[str], begin: int, *, only: int | None = None
) -> None:
    """Claim what a match counts from chunk `begin` on, or the chunk `only` alone."""
    spoken = [reader.chunks[i] for i in range(*verb_span(found))]
    verbs = [verb for verb in spoken if verb.measure is not None]
    counted = "g" if shape.is_one else "NnQF"
    members = [i for i in range(begin, found.end("n")) if reader.tags[i] in counted]
    members = members if only is None else [only]
    if _takes_pictures(reader, spoken):
        return
    if shape.verbs is not None and reader.word(reader.chunks[found.start("v")]) not in shape.verbs:
        return
    if shape.id == OF_COUNTED and are_named(reader, found.end("n") - 1):
        return
    if shape.joints is not None and reader.word(reader.chunks[found.start("j")]) not in shape.joints:
        return
    if shape.heads is not None:
        members = [member for member in members if reader.chunks[member].head in shape.heads]
    if shape.id == "casualties.toll":
        members = [_new_toll(reader, member) for member in members]
    known = reader.tags[begin : found.end("n")].count("S")
    if is_unreal_deed(reader, found, verbs):
        reader.blocked.update(members)
        return
    if shape.id == _NEW_TOTAL:
        measure = _measure_before(reader, begin)
    else:
        measure = shape.measure or measure_of(reader, verbs, found.end("n"))
    is_clause = shape.id == "casualties.relative" or (found.groupdict().get("p") or "").endswith("r")
    if measure in _PASSING and is_clause:
        became = became_of(reader, found.end())
        if became is None and shape.id != "casualties.relative" and reader.chunks[begin].is_subset:
            # "Four of the seven who had been missing": what became of the four is told elsewhere, or not at all.
            return
        measure = became or measure
    if measure is Measure.ABDUCTED and is_clause and _are_let_out(reader, begin, found.end()):
        measure = Measure.RESCUED
    if shape.id == _LOST and _is_of_both(reader, found.end("n")):
        measure = Measure.CASUALTIES
    if measure is Measure.KILLED and _is_one_of_several(reader, found.end()):
        measure = Measure.CASUALTIES
    if measure is Measure.RESCUED and (then := _done_then(reader, found.end())) is not None:
        # "Nine passengers were pulled off a bus and shot dead."
        if then is not Measure.KILLED:
            return
        measure, verbs = then, []
    deed = deed_of(tuple([reader.word(verb) for verb in verbs]))
    made: list[Draft] = []
    for member in members:
        chunk = reader.chunks[member]
        if member in reader.taken or member in reader.blocked or chunk.amount is None:
            continue
        chosen = chunk.measure if chunk.tag == "F" else measure
        if disagrees(reader, found, member):
            continue
        if chosen is None or hits_nobody(reader, shape, chunk, member, chosen, deed):
            continue
        if shape.id == _LOST and not are_lost(reader, chunk):
            continue
        if shape.id == _FREED and not lexicon().let_go.isdisjoint(reader.tokens.lows):
            # "The group frees 14 hostages in exchange for prisoners."
            continue
        if chosen is Measure.DISPLACED and _are_fetched(reader, chunk, verbs):
            chosen = Measure.RESCUED
        draft = make_draft(reader, shape, chunk, member, chosen, found)
        if chunk.tag == "n" and _OF_ALL.search(reader.tags, 0, member):
            name_whole(reader, draft, member - 2)
        draft.is_shot = deed.is_shot and chosen is Measure.INJURED
        draft.is_open = deed.is_open and (chosen is Measure.INJURED or deed.is_any)
        draft.is_aged = _has_age(reader, chunk, member)
        draft.is_stage = deed.is_stage
        reader.keep(member, draft)
        made.append(draft)
    if len(members) + known > 1 and made and len(made) == len(members) and shape.id not in PARTIAL_SHAPES:
        _add_up(reader, made, known=known, start=begin, end=found.end("n"))


def _are_fetched(reader: SentenceReader, chunk: Chunk, verbs: Sequence[Chunk]) -> bool:
    """ "The 61 passengers were evacuated": nobody lives where they were."""
    words = lexicon()
    is_evacuated = any(reader.word(verb) in words.evacuates for verb in verbs)
    return is_evacuated and group_of([chunk.head or ""]) in words.evacuated_alive


def _done_then(reader: SentenceReader, at: int) -> Measure | None:
    """What was done in the end to who was "pulled" somewhere: the measure of a second verb of harm, if there is one."""
    found = _THEN_HARMED.match(reader.tags, at)
    measure = reader.chunks[found.end() - 1].measure if found is not None else None
    return measure if measure in (Measure.KILLED, Measure.INJURED) else None


def _is_one_of_several(reader: SentenceReader, at: int) -> bool:
    """Whether deaths are one of three ends that a count is of: "300 were killed, wounded or missing"."""
    others = _OR_ELSE.match(reader.tags, at)
    return others is not None and reader.word(reader.chunks[others.start("c")]) == "or"


def _is_of_both(reader: SentenceReader, at: int) -> bool:
    """ "Lost 780 troops, dead and wounded", "lost 40 men killed or wounded": what stands behind the object."""
    at += reader.tags[at : at + 1] == ","
    if reader.tags[at + 1 : at + 2] != "c" or len(reader.tags) < at + 3:
        return False
    return {reader.chunks[at].measure, reader.chunks[at + 2].measure} == {Measure.KILLED, Measure.INJURED}


def _takes_pictures(reader: SentenceReader, verbs: Sequence[Chunk]) -> bool:
    """ "Captured one of the victims on video"."""
    words = lexicon()
    if not any(reader.word(verb) in words.pictures for verb in verbs):
        return False
    return not words.picture_of.isdisjoint(reader.tokens.lows)


def _measure_before(reader: SentenceReader, index: int) -> Measure | None:
    """What the count before a chunk counts: "two more died, bringing the total to 15"."""
    before = [draft for draft in reader.drafts if draft.index < index]
    return max(before, key=lambda draft: draft.index).measure if before else None


def _are_let_out(reader: SentenceReader, begin: int, end: int) -> bool:
    """ "Freed eight guards who had been held hostage", "Eight guards who had been taken hostage were freed"."""
    return reader.tags[:begin].endswith(("J", "Ja")) or _FREED_BEHIND.match(reader.tags, end) is not None


def _are_freed(reader: SentenceReader, chunk: Chunk, index: int) -> bool:
    """ "Troops freed 17 abducted pupils", "three of the kidnapped were freed": rescued by the verb, abducted before."""
    if chunk.state is not Measure.ABDUCTED:
        return False
    behind = len(reader.tags[index + 1 :]) - len(reader.tags[index + 1 :].lstrip("HBa"))
    near = [index - 1, index + 1 + behind] if behind else [index - 1]
    return any(
        0 <= at < len(reader.chunks) and reader.word(reader.chunks[at]) in lexicon().frees for at in near
    )


def _new_toll(reader: SentenceReader, index: int) -> int:
    """ "The toll was revised from 22 to 17": the number it came to, not the one it was."""
    is_from = index > 0 and reader.word(reader.chunks[index - 1]) in lexicon().from_words
    return index + 2 if is_from and reader.tags[index + 1 : index + 3] in ("tn", "tN") else index


def _add_up(reader: SentenceReader, made: Sequence[Draft], *, known: int, start: int, end: int) -> None:
    """A list that names all victims also says how many there are: "two men and a woman were killed".

    Only kinds that divide one crowd are added, not the dead of two sides. `known` persons in it ("the driver
    and two passengers") count as one each. Where the first member is the sum of the others, they describe it
    ("five people, two men and three women").
    """
    counts = [draft.bounds.low for draft in made[1:] if draft.bounds.low == draft.bounds.high]
    numbers = [count for count in (made[0].bounds.low, *counts) if count]
    if len(numbers) != len(made):
        return
    if len(numbers) > 2 and not known and numbers[0] == sum(numbers[1:]):
        for draft in made[1:]:
            draft.total = made[0]
        return
    if made[0].bounds.low != made[0].bounds.high:
        return
    if not lexicon().summable.issuperset(draft.group for draft in made):
        return
    first = made[0]
    words = Span(start=reader.chunks[start].start, end=reader.chunks[end - 1].end)
    count = sum(numbers) + known
    total = replace(
        first,
        bounds=Bounds(low=count, high=count, approximate=any(draft.bounds.approximate for draft in made)),
        start=min(words.start, *(draft.start for draft in made)),
        end=max(words.end, *(draft.end for draft in made)),
        rule=SUM_RULE,
        words=words,
        victims=words,
        group=first.group if not known and all(draft.group == first.group for draft in made) else PEOPLE,
    )
    for draft in made:
        draft.total = total
    reader.drafts.append(total)


def _take_known(reader: SentenceReader, shape: Shape, found: re.Match[str]) -> None:
    """One person who is known: "the driver was shot", "Mara Lindqvist was pronounced dead"."""
    index = _end_of_name(reader, found) if found.start("n") >= 0 else found.start("n2")
    chunk = reader.chunks[index]
    verbs = [reader.chunks[i] for i in range(*verb_span(found))]
    measure = measure_of(reader, verbs, found.end())
    if (
        index in reader.taken
        or measure not in (Measure.KILLED, Measure.INJURED)
        or is_unreal_deed(reader, found, verbs)
    ):
        return
    words = [reader.word(verb) for verb in verbs]
    if measure is Measure.INJURED and not lexicon().weak.isdisjoint(words):
        return
    name = None
    if chunk.tag == "w":
        name = name_ending(reader.document, reader.sentence, reader.tokens, chunk.first)
        if name is None or not lexicon().no_name.isdisjoint(words):
            return
    elif (chunk.head or reader.word(chunk)) not in lexicon().known_one and not YEAR_OLD.match(
        reader.word(chunk)
    ):
        return
    if is_long_ago(reader):
        return
    if measure is Measure.INJURED and (found.groupdict().get("p") or "").endswith("r"):
        # "The man who was hurt in the blast died later."
        measure = became_of(reader, found.end()) or measure
    chunk.amount = Amount(bounds=ONE, first=chunk.first, last=chunk.last)
    if chunk.head is None:
        # "hanged himself": nobody is described
        chunk.noun = chunk.last
    draft = make_draft(reader, shape, chunk, index, measure, None)
    draft.is_known = True
    draft.is_own = measure is Measure.KILLED and (chunk.head or "") in lexicon().attackers
    if name is not None:
        draft.words = name
    draft.start = min(draft.words.start, verbs[0].start)
    draft.end = max(chunk.end, verbs[-1].end)
    draft.is_open = measure is Measure.INJURED and lexicon().survives.isdisjoint(words)
    reader.keep(index, draft)


def _end_of_name(reader: SentenceReader, found: re.Match[str]) -> int:
    """The last capital of the words behind a verb: "shot Clara Holm shortly before noon"."""
    last = found.start("n")
    text = reader.document.text
    while last + 1 < found.end("n") and text[reader.chunks[last + 1].start].isupper():
        last += 1
    return last


def _has_age(reader: SentenceReader, chunk: Chunk, index: int) -> bool:
    """ "a 19-year-old man", "a man, 19,"."""
    if any("-year" in low for low in reader.tokens.lows[chunk.noun : chunk.last]):
        return True
    return reader.tags[index + 1 : index + 3] in (",g", ",d")


def drop_loose_sums(reader: SentenceReader) -> None:
    """A list that divides a total of its own ("five hikers - three men and two women -") adds no sum."""
    held = {id(draft.total) for draft in reader.drafts}
    reader.drafts = [
        draft for draft in reader.drafts if draft.rule != SUM_RULE or draft.is_list or id(draft) in held
    ]


def read_states(reader: SentenceReader) -> None:
    """ "two wounded soldiers", "five missing miners": the amount says by itself what it counts."""
    for index, chunk in reader.chunks.read:
        if chunk.state is None or index in reader.taken or index in reader.blocked or _is_told_of(chunk):
            continue
        if not is_unreal_at(reader, index):
            measure = Measure.RESCUED if _are_freed(reader, chunk, index) else chunk.state
            reader.keep(index, draft_of(reader, "casualties.attribute", index, measure))


def _is_told_of(chunk: Chunk) -> bool:
    """ "One of the shooting victims", "a third gunshot victim": victims who are known already."""
    if chunk.head not in lexicon().victim_heads or chunk.amount is None:
        return False
    return chunk.is_subset or chunk.amount.bounds.low in (None, 1)

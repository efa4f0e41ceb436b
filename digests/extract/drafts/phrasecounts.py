"""Numbers whose meaning a phrase around them tells: "raised its count to 26", "the condition of five is critical".

The phrases stand in `rules/counts.toml`. Stance: what a noun or verb of the number's own has counted is left alone, and
so is a number without any count before it that may be "the same"; a number that a newer one replaced is kept, but
compared with nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from digests.extract.counts.counted import Chunk
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.victims import PEOPLE, group_of
from digests.extract.drafts.drafting import draft_of
from digests.extract.drafts.drafts import AGAIN_RULE, FORMER_RULE, TOPIC_RULE, Draft
from digests.extract.drafts.sentencereader import SentenceReader
from digests.rules import Rule, load_rules
from digests.text.document import plain_words
from digests.types import Bounds, Measure, Span

_SAME = "same"
# Groups of a rule that stand before its number, the last one before a number that was replaced.
_SLOTS = ("n", "n2", "m")
# Tags of what is feared, planned, denied or asked for.
_UNREAL = frozenset("Mxzh")
# Tags of a number that may be that of an earlier count: a bare one, or "nine more".
_SAME_TAGS = frozenset("nN")
# Counted people behind those that a phrase counts, and no subject of what follows.
_LISTED = re.compile(r"(?:,a?N)*,?ca?N(?!a*[BVAIHMPr])")
# A count that many times another one of its sentence is not of the same people.
_FEW = 4
# The same below a heading, where the rule names what else may be counted: "has 41 names".
_TOPIC_TAGS = frozenset("nNQ")
# Characters of the longest piece that is searched; longer ones are lists or tables.
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One rule: `measure` is `None` where the number is that of an earlier count."""

    rule: Rule
    cues: frozenset[str]
    measure: Measure | None
    is_more: bool
    is_former: bool
    is_next: bool
    # Whether the number is that of those left out: "all but four".
    is_rest: bool
    # Only below a heading that says what its numbers count.
    is_topic: bool
    heads: frozenset[str] | None
    # What must stand in the text: "kidnap", where some "were freed".
    beside: frozenset[str] | None
    slots: tuple[str, ...]

    @property
    def has_former(self) -> bool:
        """Whether it tells of a number and the one before it."""
        return "m" in self.slots


@dataclass(frozen=True, slots=True)
class _At:
    """Where a phrase begins, where its number stands and where the phrase ends, as offsets of the document."""

    begin: int
    number: int
    end: int
    is_former: bool


@functools.cache
def _phrases() -> tuple[_Phrase, ...]:
    rules = load_rules("counts")
    return tuple(
        _Phrase(
            rule,
            frozenset(rule.yields["cues"]),
            None if (measure := rule.yields.get("measure", _SAME)) == _SAME else Measure(measure),
            bool(rule.yields.get("more")),
            bool(rule.yields.get("former")),
            bool(rule.yields.get("next_to")),
            bool(rule.yields.get("rest")),
            bool(rule.yields.get("topic")),
            frozenset(rules.words[rule.yields["heads"]]) if "heads" in rule.yields else None,
            frozenset(rules.words[rule.yields["beside"]]) if "beside" in rule.yields else None,
            tuple(slot for slot in _SLOTS if f"(?P<{slot}>" in rule.source),
        )
        for rule in rules.rules
    )


@functools.cache
def phrase_cues() -> frozenset[str]:
    """The words without one of which no phrase stands in a sentence."""
    return frozenset().union(*(phrase.cues for phrase in _phrases()))


@functools.cache
def lone_cues() -> frozenset[str]:
    """Of these words those that make a sentence without any word of counting worth reading."""
    return frozenset(load_rules("counts").words["lone_cue"])


@functools.cache
def far_cues() -> frozenset[str]:
    """The same, where a sentence shortly before counts somebody."""
    return frozenset(load_rules("counts").words["far_cue"])


@functools.cache
def _numbers_by_cue() -> Mapping[str, tuple[int, ...]]:
    """The places of the rules that a word calls for; "" calls for those below a heading that counts."""
    found: dict[str, list[int]] = {}
    for number, phrase in enumerate(_phrases()):
        for cue in ("",) if phrase.is_topic else phrase.cues:
            found.setdefault(cue, []).append(number)
    return {cue: tuple(numbers) for cue, numbers in found.items()}


def _called(cues: Iterable[str], words: Sequence[str], *, has_topic: bool) -> list[_Phrase]:
    """The rules that some of the plain words of a piece call for, and that may match there, in their order."""
    by_cue = _numbers_by_cue()
    numbers = {number for cue in cues for number in by_cue.get(cue, ())}
    numbers.update(by_cue.get("", ()) if has_topic else ())
    held = frozenset(words)
    called = [_phrases()[number] for number in sorted(numbers)]
    return [phrase for phrase in called if phrase.rule.needs.are_met_by(held)]


def may_stand(folded: str, sentence: Span, words: Sequence[str], openers: frozenset[str]) -> bool:
    """Whether what these words of a sentence open may be told there: the patterns are asked where they alone can tell.

    Most sentences with such a word and a number tell none, and cutting one into chunks costs ten times as much.
    """
    if not phrase_cues().issuperset(openers.intersection(words)) or sentence.end - sentence.start > _LONGEST:
        return True
    # A piece of its own, in which "^" is where the sentence begins.
    piece = folded[sentence.start : sentence.end]
    return any(
        phrase.rule.pattern.search(piece) is not None
        for phrase in _called(phrase_cues().intersection(words), words, has_topic=False)
    )


@functools.cache
def again_rules() -> frozenset[str]:
    """The rules of a number that an earlier count had, told once more."""
    return frozenset({AGAIN_RULE, *(phrase.rule.id for phrase in _phrases() if phrase.measure is None)})


@functools.cache
def aside_rules() -> frozenset[str]:
    """The rules of what stands for some of the dead, and is held against no toll: coffins, names on a list."""
    return frozenset(rule.id for rule in load_rules("counts").rules if rule.yields.get("aside"))


def add_phrases(reader: SentenceReader, previous: Sequence[Draft], *, start: int, end: int) -> None:
    """Adds the counts that a phrase tells between two offsets; `previous` are those of the sentences before."""
    cues = phrase_cues().intersection(reader.tokens.lows)
    has_topic = bool(previous) and previous[-1].rule == TOPIC_RULE
    if not (cues or has_topic) or end - start > _LONGEST:
        return
    free = _free_tags(reader)
    is_strength = not lexicon().strengths.isdisjoint(reader.tokens.lows)
    has_before = bool(reader.drafts or previous) and not is_strength
    if not free:
        return
    piece = reader.document.folded[start:end]
    words = plain_words(reader.document.letters, Span(start=start, end=end))
    for phrase in _called(cues, words, has_topic=has_topic):
        is_same = phrase.measure is None
        if is_same and not (has_before and free & (_TOPIC_TAGS if phrase.is_topic else _SAME_TAGS)):
            continue
        if phrase.beside is not None and not any(word in reader.document.low for word in phrase.beside):
            continue
        for found in phrase.rule.pattern.finditer(piece):
            for slot in phrase.slots:
                if found.start(slot) >= 0:
                    at = _At(
                        start + found.start(),
                        start + found.start(slot),
                        start + found.end(),
                        phrase.is_former or slot == "m",
                    )
                    _take(reader, phrase, at, previous)


def _take(reader: SentenceReader, phrase: _Phrase, at: _At, previous: Sequence[Draft]) -> None:
    """Takes the amount that stands where a phrase says, if nothing has taken it before."""
    index = _index_at(reader, at.number, phrase)
    if index is None or index in reader.blocked or _is_unreal(reader, at.begin, index):
        return
    chunk = reader.chunks[index]
    is_bare = chunk.tag == "n" or (chunk.is_partitive and chunk.head is None)
    if phrase.heads is not None and chunk.head not in phrase.heads and not is_bare:
        return
    if index in reader.taken and not (_is_range(chunk) and _is_free(reader, chunk, at)):
        return
    before = None
    if phrase.measure is None:
        if phrase.is_next and not _stands_next(reader, index):
            return
        before = _same(reader, index, previous)
        named = chunk.head in lexicon().others or (phrase.is_topic and group_of([chunk.head or ""]) == PEOPLE)
        if before is None or not (chunk.tag == "n" or named):
            return
    _add(reader, phrase, index, before, at)
    if phrase.heads is not None and chunk.tag == "N" and not (at.is_former or phrase.is_rest):
        _add_listed(reader, phrase, index, at)


def _add_listed(reader: SentenceReader, phrase: _Phrase, index: int, at: _At) -> None:
    """ "Seized 38 pupils and two teachers": those in one list with the counted, who have no verb of their own."""
    assert phrase.heads is not None
    listed = _LISTED.match(reader.tags, index + 1)
    for one in range(*listed.span()) if listed is not None else ():
        chunk = reader.chunks[one]
        if chunk.tag == "N" and one not in reader.taken and chunk.head in phrase.heads:
            _add(reader, phrase, one, None, at)


def _free_tags(reader: SentenceReader) -> frozenset[str]:
    """The tags of the amounts of a sentence that nothing has taken, or that may tell two numbers."""
    return frozenset(
        chunk.tag
        for index, chunk in reader.chunks.read
        if chunk.amount is not None and (index not in reader.taken or _is_range(chunk))
    )


def _is_free(reader: SentenceReader, chunk: Chunk, at: _At) -> bool:
    """Whether of a range that tells two numbers this one is not yet told."""
    held = [draft for draft in reader.drafts if draft.chunk is chunk]
    return all((draft.rule == FORMER_RULE) is not at.is_former for draft in held)


def _is_range(chunk: Chunk) -> bool:
    """ "from 22 to 26": one amount for the reader of numbers, two for a phrase."""
    bounds = None if chunk.amount is None else chunk.amount.bounds
    return (
        bounds is not None and bounds.low is not None and bounds.high is not None and bounds.low < bounds.high
    )


def _add(reader: SentenceReader, phrase: _Phrase, index: int, before: Draft | None, at: _At) -> None:
    measure = phrase.measure if before is None else before.measure
    assert measure is not None
    chunk = reader.chunks[index]
    draft = draft_of(reader, phrase.rule.id, index, measure)
    bounds = draft.bounds
    draft.end = max(at.end, chunk.end)
    if (at.is_former or phrase.has_former) and _is_range(chunk):
        number = bounds.low if at.is_former else bounds.high
        draft.bounds = Bounds(low=number, high=number)
        _narrow(reader, draft, at)
    elif phrase.is_more and bounds.low is not None and bounds.low == bounds.high:
        draft.bounds = Bounds(low=bounds.low + 1, high=None)
    if before is not None:
        draft.group = before.group
    if at.is_former:
        draft.rule = FORMER_RULE
    reader.keep(index, draft)


def _narrow(reader: SentenceReader, draft: Draft, at: _At) -> None:
    """Of "from 22 to 26" the words of one number: up to the first, or from the second on."""
    tokens, chunk = reader.tokens, draft.chunk
    first = next(i for i in range(chunk.first, chunk.last) if tokens.ends[i] > at.number)
    end = tokens.ends[first] if at.is_former else chunk.end
    draft.words = Span(start=tokens.starts[first], end=end)
    draft.start, draft.end = draft.words.start, draft.words.end


def _stands_next(reader: SentenceReader, index: int) -> bool:
    """Whether the amount right before a chunk counts somebody."""
    before = [at for at, chunk in reader.chunks.read if at < index and chunk.amount is not None]
    return bool(before) and before[-1] in reader.taken


def _index_at(reader: SentenceReader, offset: int, phrase: _Phrase) -> int | None:
    """The chunk of an amount that begins at an offset, or holds it."""
    for index, chunk in reader.chunks.read:
        if chunk.start <= offset < chunk.end:
            # "Pulled 12 boxes": an amount of something unknown is no count of people.
            is_group = phrase.heads is not None and chunk.head in phrase.heads
            tags = "nNF" + ("w" if phrase.is_rest or is_group else "")
            tags += "Q" if is_group or phrase.is_topic else ""
            return index if chunk.amount is not None and chunk.tag in tags else None
        if chunk.start > offset:
            break
    return None


def _is_unreal(reader: SentenceReader, begin: int, index: int) -> bool:
    """Whether anything from an offset to a chunk is feared, planned, denied or asked for."""
    first = index
    while first and reader.chunks[first - 1].start >= begin:
        first -= 1
    return not _UNREAL.isdisjoint(reader.tags[max(0, first - 1) : index])


def _same(reader: SentenceReader, index: int, previous: Sequence[Draft]) -> Draft | None:
    """The count whose number is told once more: in the sentence, else in those before; of several that of the dead.

    Where only a much smaller one stands beside it, it counts the same way, but people at large.
    """
    before = [draft for draft in reader.drafts if draft.index < index]
    number = reader.chunks[index].amount
    most = (number.bounds.high or number.bounds.low or 0) if number is not None else 0
    # "It raised its count from 34 to 36 after two women died": the two are not whom the 36 are of.
    beside = [draft for draft in reader.drafts if _FEW * (draft.bounds.low or draft.bounds.high or 0) >= most]
    for drafts in (before, beside, previous):
        wholes = [draft for draft in drafts if draft.total is None and not draft.is_known]
        wholes = wholes or [draft.total for draft in drafts if draft.total is not None]
        dead = [draft for draft in wholes if draft.measure is Measure.KILLED]
        if wholes:
            return (dead or wholes)[-1]
    added = next((draft for draft in reader.drafts if draft.total is None and not draft.is_known), None)
    return None if added is None else replace(added, group=PEOPLE)

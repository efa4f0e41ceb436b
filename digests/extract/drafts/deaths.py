"""Deaths told behind something else in a sentence: of the wounded, and of the attacker himself.

Stance: the last verb about somebody holds; a shot at oneself kills only where the words say so.
"""

from __future__ import annotations

import bisect
import re

from digests.extract.counts.chunks import Chunk
from digests.extract.counts.counted import ONE
from digests.extract.counts.lexicon import lexicon
from digests.extract.drafts.deeds import is_long_ago, is_unreal_at, is_unreal_deed
from digests.extract.drafts.drafting import draft_of
from digests.extract.drafts.drafts import OWN_RULE, Draft, with_one_more
from digests.extract.drafts.sentencereader import SentenceReader
from digests.text.numbers import Amount
from digests.types import Measure

# Counts of all who are dead, the attacker too ("the deaths of four people").
_ALL_DEAD = frozenset({"casualties.event", "casualties.count", "casualties.toll", "casualties.toll_after"})
# From the verb of a wound to that of the death, over tags: "in the neck and later died", "by police and died", ", where
# he was killed".
_TO_DEATH = re.compile(
    r"(?:[paftiwdG,]|(?<=p)[USN]){0,12}?(?:,?c|,?r|,(?=a?I)|(?P<s>,?c?[sa]{0,2}[SU]))(?P<b>M?a*H?a*B?a*)"
    r"(?P<v>(?:[IA]|(?<=B)V|(?<=Ba)V)(?!a?[NnQSU])|V(?!a?[NnQSUw]))"
)
# From the verb of a relative clause to that of its noun: "who was shot on Friday while serving a warrant, died".
_PAST_CLAUSE = re.compile(r"(?P<s>)[^;,BHVINnQSU]{1,16},(?P<b>a?)(?P<v>I)(?!a?[NnQSU])")
# Tokens behind "shot himself" in which a limb stands.
_LIMB_REACH = 5


def follow_to_death(reader: SentenceReader) -> None:
    """ "was shot in the neck and died", "was taken to hospital, where he was pronounced dead": killed, not hurt."""
    for draft in reader.drafts:
        is_subject = draft.start >= draft.chunk.start
        if draft.measure is not Measure.INJURED or draft.bounds.high == 0 or not is_subject:
            continue
        at = max(draft.index + 1, _index_at(reader, draft.end))
        found = _TO_DEATH.match(reader.tags, at)
        if found is None and "r" in reader.tags[draft.index + 1 : at]:
            found = _PAST_CLAUSE.match(reader.tags, at)
        if found is None or reader.chunks[found.end() - 1].measure is not Measure.KILLED:
            continue
        if found.group("s") and not _is_same(reader, draft, reader.chunks[found.end("s") - 1]):
            continue
        if not is_unreal_deed(reader, found, [reader.chunks[found.end() - 1]]):
            draft.measure, draft.is_shot, draft.is_open = Measure.KILLED, False, False
            draft.end = reader.chunks[found.end() - 1].end


def _index_at(reader: SentenceReader, offset: int) -> int:
    """Index of the first chunk that begins at an offset or behind it."""
    return bisect.bisect_left(reader.chunks, offset, key=lambda chunk: chunk.start)


def _is_same(reader: SentenceReader, draft: Draft, chunk: Chunk) -> bool:
    """Whether "he", "she", "they" may be those whom a figure counts."""
    word = reader.word(chunk)
    if draft.bounds != ONE:
        return word in lexicon().they
    return word in lexicon().he_she


def add_own_death(reader: SentenceReader) -> None:
    """ "killed three people before killing himself": four dead, which the words do not say in one number."""
    at = reader.tags.find("Y")
    if at < 0 or is_unreal_at(reader, at):
        return
    if _lives_on(reader, at):
        _add_own(reader, at, Measure.INJURED)
        return
    before = [draft for draft in reader.drafts if draft.index < at and draft.measure is Measure.KILLED]
    before = [one for one in before if one.total is None or one.total.measure is not Measure.KILLED]
    if not before and not is_long_ago(reader):
        _add_own(reader, at, Measure.KILLED)
    counted = [draft for draft in before if not draft.is_known and draft.rule not in _ALL_DEAD]
    before = counted or [draft for draft in before if draft.is_known]
    if len(before) != 1 or not before[0].bounds.low or _is_his_own(reader, before[0], at):
        return
    total = with_one_more(before[0], reader.chunks[at].end)
    before[0].total = total
    reader.drafts.append(total)


def _is_his_own(reader: SentenceReader, draft: Draft, at: int) -> bool:
    """ "A man died after shooting himself": one death, told twice."""
    if draft.bounds != ONE or draft.start < draft.chunk.start:
        return False
    behind = reader.tags[_index_at(reader, draft.end) : at]
    return not any(tag in behind for tag in "NSnQU")


def _add_own(reader: SentenceReader, at: int, measure: Measure) -> None:
    """What somebody did to himself and to nobody else."""
    chunk = reader.chunks[at]
    chunk.amount = Amount(bounds=ONE, first=chunk.first, last=chunk.last)
    chunk.noun = chunk.last
    draft = draft_of(reader, OWN_RULE, at, measure)
    draft.is_known, draft.is_own = True, measure is Measure.KILLED
    draft.is_open = reader.word(chunk) in lexicon().maybe_own
    reader.drafts.append(draft)


def _lives_on(reader: SentenceReader, at: int) -> bool:
    """ "shot himself in the foot", "accidentally shot himself": wounded, not dead."""
    chunk = reader.chunks[at]
    if at and not lexicon().by_accident.isdisjoint(reader.word(reader.chunks[at - 1]).split()):
        return True
    behind = reader.tokens.lows[chunk.last : chunk.last + _LIMB_REACH]
    return behind[:1] == ["in"] and not lexicon().limbs.isdisjoint(behind)

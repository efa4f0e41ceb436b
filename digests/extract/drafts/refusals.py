"""Why an amount that a shape claims counts no victims: shots fired, old things, players lost, a body not found.

Hides the words by which a verb of harm hits nobody, or whom it hits is counted elsewhere.

Stance: a missed figure is better than a wrong one; a weak verb ("hit", "lost") counts only who is surely a person.
"""

from __future__ import annotations

from digests.extract.counts.chunks import Chunk
from digests.extract.counts.counted import ONE
from digests.extract.counts.crowdnouns import YEAR_OLD
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.shapes import Shape
from digests.extract.counts.victims import group_of, is_person
from digests.extract.drafts.deeds import Deed
from digests.extract.drafts.drafting import victims_of
from digests.extract.drafts.sentencereader import SentenceReader
from digests.types import Measure

# Here a participle tells "the hostages" apart, not "two of the hostages".
_MODIFYING_SHAPES = frozenset({"casualties.state", "casualties.relative"})
# Words between "twelve of the dead" and "identified".
NAMED_REACH = 5
# A label in front of its number
# Chunks behind "none" in which it stands how badly: "none of the 41 passengers was seriously hurt".
_DEGREE_REACH = 7
_LABEL = "casualties.label"
# Tags of what may follow "nine survived".
_CLAUSE_ENDS = frozenset({"", ";", ",", ")", "c", "p", "s"})
# An amount of something unknown counts people only beside these.
_COUNTS_UNKNOWN = frozenset(
    {Measure.KILLED, Measure.INJURED, Measure.CASUALTIES, Measure.ABDUCTED, Measure.DETAINED, Measure.MISSING}
)


def are_named(reader: SentenceReader, index: int) -> bool:
    """Whether some of a body are only known by name: "Of the 14 dead, 11 have been identified"."""
    behind = reader.chunks[index].last
    return not lexicon().named.isdisjoint(reader.tokens.lows[behind : behind + NAMED_REACH])


def are_lost(reader: SentenceReader, chunk: Chunk) -> bool:
    """Whoever fights loses men, a family its sons; a club that "lost two players" lost nobody."""
    if chunk.head in lexicon().lost_heads:
        return True
    if chunk.is_own and chunk.head is None and "own" in reader.tokens.lows[chunk.first : chunk.last + 2]:
        # "lost two of its own", not "lost two of its last six games"
        return True
    return victims_of(reader, chunk)[1] in lexicon().lost_groups


def hits_nobody(
    reader: SentenceReader, shape: Shape, chunk: Chunk, index: int, measure: Measure, deed: Deed
) -> bool:
    """Whether an amount that a shape claims counts no victims, or is counted elsewhere."""
    tag = chunk.tag
    if shape.id == _LABEL:
        # "Captured: 4": the label leaves no doubt.
        return False
    if deed.is_weak and tag != "N" and not (tag == "n" and (deed.is_treated or _is_of_people(reader, index))):
        return True
    if deed.is_weak and _is_old_thing(reader, chunk):
        return True
    if deed.is_military and group_of([chunk.head or ""]) not in lexicon().fighters:
        return True
    if measure is Measure.RESCUED and deed.is_survival and not _survive(reader, shape, index):
        return True
    if chunk.amount is not None and chunk.amount.bounds.high == 0 and _is_badly(reader, index):
        return True
    if tag == "Q" and (measure not in _COUNTS_UNKNOWN or (deed.is_shot and measure is Measure.INJURED)):
        # Cars and windows are shot at, too.
        return True
    if shape.is_one and reader.tags[max(0, index - 2) : index] == "N,":
        # "a woman, 22, was shot": counted by her noun
        return True
    if chunk.is_subset and shape.id in _MODIFYING_SHAPES and not (deed.is_predicate or chunk.is_own):
        return True
    if deed.is_shot and index and reader.word(reader.chunks[index - 1]) in lexicon().fires:
        # "fired one shot"
        return True
    is_bare = tag == "n" and chunk.amount is not None and not chunk.amount.is_word
    if deed.is_shot and is_bare and shape.id == "casualties.active":
        # "shot 46": strokes, points
        return True
    is_one = chunk.amount is not None and chunk.amount.bounds == ONE
    if chunk.head in lexicon().one_body and not is_one:
        # "four body parts", "seven body bags"
        return True
    return chunk.head in lexicon().bodies and not _is_found_body(reader)


def _is_of_people(reader: SentenceReader, index: int) -> bool:
    """Whether a number without a noun counts people told of before: "of 22 miners, 19", "three others"."""
    before = reader.tags[:index]
    return reader.chunks[index].is_others or ("N" in before and "Q" not in before)


def _is_old_thing(reader: SentenceReader, chunk: Chunk) -> bool:
    """ "A 26-year-old ferry was hit": an age in front of a noun that neither names nor tells of a person."""
    head = chunk.head
    if head is None or is_person(head) or not YEAR_OLD.match(reader.tokens.lows[chunk.noun]):
        return False
    return not reader.document.text[reader.tokens.starts[chunk.last - 1]].isupper()


def _survive(reader: SentenceReader, shape: Shape, index: int) -> bool:
    """ "Nine survived", "nine people survived it"; "nine who survived" are told of, "nine survived the cut"."""
    amount = reader.chunks[index].amount
    if shape.is_one or shape.id == "casualties.relative" or amount is None or amount.bounds.high == 0:
        return False
    behind = reader.tags[index + 1 :].partition("I")[2]
    return reader.chunks[index].tag == "N" or behind[:1] in _CLAUSE_ENDS


def _is_badly(reader: SentenceReader, index: int) -> bool:
    """ "None of them was seriously hurt": whether they were hurt is left open."""
    degrees = lexicon().degrees
    clause = reader.tags[index + 1 : index + 1 + _DEGREE_REACH].split(",")[0]
    behind = [reader.chunks[index + 1 + at] for at in range(len(clause))]
    return any(not degrees.isdisjoint(reader.tokens.lows[chunk.first : chunk.last]) for chunk in behind)


def _is_found_body(reader: SentenceReader) -> bool:
    """Bodies are victims where somebody finds or buries them."""
    lows = reader.tokens.lows
    return not lexicon().finds.isdisjoint(lows) and lexicon().recounts.isdisjoint(lows)

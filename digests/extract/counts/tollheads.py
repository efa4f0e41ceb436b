"""Tolls and bodies of people told by several words: "the number of villagers who have died", "a three-man crew".

Stance: "the number of" leads to a toll only where nothing but people and their harm stands behind it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from digests.extract.counts.counted import Chunk, make_chunk
from digests.extract.counts.lexicon import Lexicon, lexicon
from digests.extract.counts.victims import PEOPLE, group_of, is_demonym, is_person
from digests.rules import load_rules
from digests.text.numbers import Amount, read_amount
from digests.text.numberwords import number_words
from digests.text.tokens import Tokens
from digests.types import Bounds, Measure

# The rule on a toll with its number behind it.
TOLL_RULE = "casualties.toll"
# Words between "number of" and the word of harm ("villagers who are known to have been").
_REACH = 9
# Words between "number of" and who is counted.
_GROUP_REACH = 3
_CREW = re.compile(r"([a-z]+(?:-[a-z]+)?|\d{1,4})-(?:man|woman|member|person|strong)")
# Tags of words of harm behind "number of": a participle, what victims do, a state, a body, an event.
_HARM = frozenset("VIAEZ")


def read_toll_head(lows: Sequence[str], at: int, words: Lexicon) -> tuple[Measure, int] | None:
    """What "number of ... killed" at a token counts, and the index behind it; None for any other number."""
    if lows[at] not in words.toll_heads:
        return None
    # "the number wounded"
    first = at + 2 if lows[at + 1 : at + 2] == ["of"] else at + 1
    has_people = False
    for index in range(first, min(len(lows), first + _REACH if first > at + 1 else first + 1)):
        found = words.phrases.at(lows, index)
        if found is not None and found[0][0] in _HARM and found[0][1] is not None:
            # "the number of those shot" holds dead and hurt
            return None if lows[index] in words.shot else (found[0][1], found[1])
        if lows[index] in words.toll_nouns:
            return words.toll_nouns[lows[index]], index + 1
        has_people = has_people or is_person(lows[index])
        if lows[index] in number_words():
            # "a figure of two dead soldiers"
            return None
        is_filler = lows[index] in words.toll_fillers or is_person(lows[index])
        # "the number of Norlandish villagers killed": words before the noun tell more of it
        if not is_filler and (has_people or not lows[index][0].isalpha() or found is not None):
            return None
    return None


def group_of_toll(words: Sequence[str]) -> str:
    """Whom the words of a toll in small letters count ("number of civilians killed"); `PEOPLE` where they name nobody.

    What stands behind the first word of harm tells what happened, not to whom.
    """
    if "of" not in words[:2]:
        return PEOPLE
    first = words.index("of") + 1
    rules = load_rules("casualties")
    kinds, fillers = rules.meaning["deaths_of"], rules.words["toll_fillers"]
    # "the number of missing civilians"
    states = lexicon().body_words
    for word in words[first : first + _GROUP_REACH]:
        if word in kinds:
            return str(kinds[word])
        if is_person(word):
            return group_of([word])
        if word not in fillers and word not in states and not is_demonym(word):
            break
    return PEOPLE


def read_crew(tokens: Tokens, at: int, words: Lexicon) -> Chunk | None:
    """ "A three-man crew", "the eight-member family": how many they are."""
    lows = tokens.lows
    if at + 1 >= len(lows) or lows[at + 1] not in words.crew_nouns:
        return None
    count = _crew_count(lows[at])
    if count is None:
        return None
    chunk = make_chunk(tokens, "N", at, at + 2)
    chunk.amount = Amount(bounds=Bounds(low=count, high=count), first=at, last=at + 1)
    chunk.noun, chunk.head = at + 1, lows[at + 1] if group_of([lows[at + 1]]) else None
    return chunk


@functools.lru_cache(maxsize=512)
def _crew_count(word: str) -> int | None:
    found = _CREW.fullmatch(word)
    if found is None:
        return None
    amount = read_amount(Tokens([found.group(1)], [0], [len(found.group(1))]), 0)
    low = amount.bounds.low if amount is not None else None
    return low if amount is not None and low == amount.bounds.high else None

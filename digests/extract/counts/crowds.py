"""Chunks of people without a number: one of them ("a man", "the driver", "a 26-year-old clerk"), or an uncounted crowd.

Hides which words count one by themselves, and which only look so ("a bridge", "a third").

Stance: whoever is known ("the driver") is kept apart from whoever is counted; a thing gives no chunk at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from digests.extract.counts.counted import ONE, ONES, Chunk, make_chunk, part_starts, read_noun
from digests.extract.counts.crowdnouns import VERBS, YEAR_OLD, is_near_person, read_noun_run
from digests.extract.counts.lexicon import Lexicon
from digests.extract.counts.victims import is_person, is_plural
from digests.text.numbers import Amount, may_begin_amount, read_amount
from digests.text.tokens import Tokens
from digests.types import Bounds

# An age and the words of a name, or of a trade, behind it ("a 15-year-old altar server").
_LONGEST_NAME = 5
_LONGEST_TRADE = 3


def read_single(tokens: Tokens, at: int, noun: int, words: Lexicon) -> Chunk | None:
    """ "a man", "another woman", "one"; None where no person follows."""
    lows = tokens.lows
    if noun == at + 1 and noun < len(lows) and lows[noun] in words.ordinals:
        third = _read_ordinal(tokens, at, words)
        if third is not None:
            return third
    is_body = _is_next_body(lows, noun, words)
    if (
        lows[at] not in ONES
        and lows[at] not in words.ordinals
        and not is_body
        and not is_near_person(lows, noun)
    ):
        following = lows[noun] if noun < len(lows) else ""
        if following not in part_starts() and not YEAR_OLD.fullmatch(following):
            # "a bridge", "an hour": most of them.
            return None
    amount = Amount(bounds=Bounds(low=1, high=1), first=at, last=noun)
    chunk = make_chunk(tokens, "n", at, noun)
    chunk.amount = amount
    chunk.noun = noun
    chunk.is_others = lows[at] in ("another", "further")
    read_noun(tokens, chunk, words)
    if chunk.head in words.pairs:
        chunk.amount = Amount(bounds=Bounds(low=2, high=2), first=at, last=noun)
    if chunk.tag == "N" or (chunk.tag == "F" and is_body):
        return chunk
    if chunk.tag in "nQ" and noun < len(lows) and YEAR_OLD.fullmatch(lows[noun]):
        if chunk.tag == "n" or chunk.last > noun + _LONGEST_TRADE:
            chunk.last, chunk.end = noun + 1, tokens.ends[noun]
        chunk.tag = "N"
        return chunk
    if lows[at] in ONES and chunk.tag == "n":
        return chunk
    return None


def _is_next_body(lows: Sequence[str], noun: int, words: Lexicon) -> bool:
    """ "A third body was found"."""
    return noun + 1 < len(lows) and lows[noun] in words.ordinals and lows[noun + 1] in words.toll_nouns


def _read_ordinal(tokens: Tokens, at: int, words: Lexicon) -> Chunk | None:
    """ "Two were killed and a third died", "killed two and wounded a third": one more, beside a verb."""
    last = at + 2
    found = words.phrases.at(tokens.lows, last) if last < len(tokens.lows) else None
    if (found is None or found[0][0] not in VERBS) and not _is_harmed(tokens.lows, at, words):
        return None
    chunk = make_chunk(tokens, "n", at, last)
    chunk.amount = Amount(bounds=ONE, first=at, last=last)
    chunk.noun = last
    chunk.is_others = True
    return chunk


def _is_harmed(lows: Sequence[str], at: int, words: Lexicon) -> bool:
    """Whether a bare ordinal is whom the verb in front of it harms: not "wounded a third of them"."""
    before = words.phrases.at(lows, at - 1) if at else None
    if before is None or before[0][0] not in "VIAGP" or before[0][1] is None or before[1] != at:
        return False
    return at + 2 >= len(lows) or (lows[at + 2] != "of" and _ends_clause(lows[at + 2], words))


def read_aged(tokens: Tokens, at: int, words: Lexicon) -> Chunk | None:
    """ "26-year-old Mara Lindqvist" counts one; "the 26-year-old" is somebody known; None for a thing or several."""
    lows = tokens.lows
    is_known = at > 0 and lows[at - 1] in words.determiners
    chunk = make_chunk(tokens, "S" if is_known else "N", at, at + 1)
    head, last, tag, _ = read_noun_run(tokens, at + 1, words)
    if tag == "w" or (tag == "N" and head is not None and is_plural(head)):
        return None
    if tag == "N" or (tag == "Q" and last <= at + _LONGEST_NAME):
        chunk.head, chunk.last, chunk.end = head, last, tokens.ends[last - 1]
    chunk.amount = Amount(bounds=Bounds(low=1, high=1), first=at, last=at + 1)
    chunk.noun = at
    return chunk


def read_known(tokens: Tokens, at: int, words: Lexicon) -> Chunk | None:
    """ "the driver" (S), "the villagers" (U)."""
    lows = tokens.lows
    if not is_near_person(lows, at + 1):
        return None
    if at + 1 < len(lows) and may_begin_amount(lows[at + 1]) and read_amount(tokens, at + 1) is not None:
        return None
    if at + 1 < len(lows) and lows[at + 1] in words.one_first:
        # "said that a soldier"
        return None
    head, last, tag, _ = read_noun_run(tokens, at + 1, words)
    if tag != "N" or head is None or not words.one_first.isdisjoint(lows[at + 2 : last]):
        # "said that debris hurt a woman"
        return None
    if is_plural(head) and lows[at] in words.singular_only:
        return None
    chunk = make_chunk(tokens, "U" if is_plural(head) else "S", at, last)
    chunk.head = head
    chunk.noun = at + 1
    if chunk.tag == "U" and lows[at + 1] in words.twin:
        # "her twin sons"
        chunk.tag = "N"
        chunk.amount = Amount(bounds=Bounds(low=2, high=2), first=at, last=at + 2)
    return chunk


def read_headed(tokens: Tokens, words: Lexicon) -> Chunk | None:
    """ "Tourist killed, two hurt in fire": one person at the head of a headline, where his harm follows at once."""
    lows = tokens.lows
    found = words.phrases.at(lows, 1)
    if is_plural(lows[0]) or found is None or found[0][0] not in "VIA" or found[0][1] is None:
        return None
    if found[1] < len(lows) and not _ends_clause(lows[found[1]], words):
        return None
    chunk = make_chunk(tokens, "N", 0, 1)
    chunk.amount = Amount(bounds=ONE, first=0, last=1)
    chunk.head, chunk.noun = lows[0], 0
    return chunk


def _ends_clause(word: str, words: Lexicon) -> bool:
    """Whether a verb has no object: a mark, a preposition or "as" stands behind it."""
    found = words.phrases.at([word], 0)
    return not word[0].isalnum() or (found is not None and found[0][0] in "pscai")


def read_people(tokens: Tokens, at: int) -> Chunk:
    lows = tokens.lows
    last = at + 1
    while last < len(lows) and last < at + 3 and is_person(lows[last]):
        last += 1
    head = lows[last - 1]
    chunk = make_chunk(tokens, "U" if is_plural(head) else "S", at, last)
    chunk.head = head
    chunk.noun = at
    return chunk

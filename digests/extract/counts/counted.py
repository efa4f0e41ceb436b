"""A chunk of a sentence, and the chunk of an amount with the noun that it counts.

Hides how a count and its noun stand together: "two of the plane's 46 occupants", "four out of ten", "one of the four
who died".

Stance: an amount whose noun is a known thing is no victim; an amount of something unknown is one only where the verb
says so ("killed 12 Jesuits").
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digests.extract.counts.crowdnouns import read_noun_run
from digests.extract.counts.lexicon import Lexicon, lexicon
from digests.extract.counts.victims import is_person, is_plural
from digests.text.numbers import Amount, may_begin_amount, read_amount
from digests.text.numberwords import number_words
from digests.text.tokens import Tokens
from digests.types import Bounds, Measure

# Words of an owner ("the fishing boat's").
_OWNER_REACH = 4
# Words of a clause about people ("missing since Monday") before their verb.
_CLAUSE_REACH = 8
# People: what "thousands" begins with.
_MOST_OF_A_CROWD = 1000
ONE, _NONE = Bounds(low=1, high=1), Bounds(low=0, high=0)
# What counts one by itself, without a noun.
ONES = frozenset({"one", "another"})
# What is left of "40's" behind its number.
_DECADE = "s"
# In front of a bound these say how old people are: ", all over 80,".
_ALL = ([",", "all"], [",", "both"], [",", "each"], [",", "mostly"])
_OTHER_WORDS = frozenset({"another", "other", "further", "additional"})


# Without slots, so that what most chunks lack stays with the class: a chunk of one plain word sets five fields only.
@dataclass
class Chunk:
    """One piece of a sentence; `first:last` index the tokens, offsets count in the document."""

    tag: str
    first: int
    last: int
    start: int
    end: int
    measure: Measure | None = field(default=None, init=False)
    amount: Amount | None = field(default=None, init=False)
    # Index of the first token after the amount, where the victims' words begin.
    noun: int = field(default=0, init=False)
    head: str | None = field(default=None, init=False)
    # "two wounded soldiers": what the amount says by itself.
    state: Measure | None = field(default=None, init=False)
    is_others: bool = field(default=False, init=False)
    is_partitive: bool = field(default=False, init=False)
    # "22 of whom": the subject of a clause of its own.
    is_whom: bool = field(default=False, init=False)
    is_definite: bool = field(default=False, init=False)
    # "two of the hostages": some of people who are known.
    is_subset: bool = field(default=False, init=False)
    # "two of its soldiers": somebody counts his own.
    is_own: bool = field(default=False, init=False)
    # "nine of the eleven": how many there are in all.
    whole: Bounds | None = field(default=None, init=False)


def make_chunk(tokens: Tokens, tag: str, first: int, last: int) -> Chunk:
    """A chunk over `tokens[first:last]`."""
    return Chunk(tag, first, last, tokens.starts[first], tokens.ends[last - 1])


def read_counted(tokens: Tokens, at: int, amount: Amount, words: Lexicon) -> Chunk:
    """An amount with the noun that it counts."""
    lows = tokens.lows
    chunk = make_chunk(tokens, "n", at, amount.last)
    chunk.amount = amount
    chunk.noun = amount.last
    if not amount.is_word and _is_clock(lows, amount.last, words):
        chunk.tag = "d"
        return chunk
    if at > 1 and f"{lows[at - 2]} {lows[at - 1]}" in words.all_but:
        chunk.tag = "w"
        return chunk
    chunk.is_definite = lows[at] in words.determiners or lows[at] in words.wholes
    chunk.is_others = not _OTHER_WORDS.isdisjoint(lows[at : amount.last])
    read_noun(tokens, chunk, words)
    if chunk.head == _DECADE:
        # "in his 40's or 50's"
        chunk.tag = "d"
        return chunk
    if chunk.head in words.couples and chunk.amount.bounds.low == chunk.amount.bounds.high:
        # "two couples": four people
        chunk.amount = replace(chunk.amount, bounds=_doubled(chunk.amount.bounds))
    if chunk.tag == "n" and at and _is_age(lows, at, words):
        chunk.tag = "d"
        return chunk
    if chunk.amount.bounds == _NONE and (chunk.tag == "Q" or (chunk.tag == "n" and amount.last > at + 1)):
        # "Not a single shot was heard", and:
        # "No mortuary can hold those who died": only people can be none.
        chunk.tag = "w"
    elif chunk.amount.bounds == _NONE and lows[at + 1 : at + 2] == [","]:
        # "No, the bodies do no harm."
        chunk.tag = "w"
    if words.rates.at(lows, chunk.last) is not None:
        chunk.tag = "w"
    elif chunk.tag == "n" and _is_share(tokens, chunk, words):
        chunk.tag = "w"
        if lows[chunk.last] == "in":
            # "Nine in ten of the dead": neither number counts them.
            chunk.last, chunk.end = chunk.last + 2, tokens.ends[chunk.last + 1]
    elif (
        chunk.tag == "n" and lows[chunk.last : chunk.last + 1] == ["in"] and _is_damage(lows, chunk.last + 1)
    ):
        # "six people and millions in losses"
        chunk.tag = "w"
    elif chunk.amount.bounds.is_vague and chunk.tag in "Qn" and not chunk.is_others:
        chunk.tag = "n" if chunk.tag == "n" and lows[at] in ("several", "many", "some") else "w"
    return chunk


def _is_age(lows: Sequence[str], at: int, words: Lexicon) -> bool:
    """Whether an amount says how old people are: "children under five", "children aged between three and nine", "three
    sisters, all over 80,"."""
    bound = at if lows[at] in words.age_bounds else at + 1
    if lows[bound - 2 : bound] in _ALL and not words.age_bounds.isdisjoint(lows[bound : bound + 1]):
        return True
    return lows[at - 1] in words.ages or (bound == at and is_person(lows[at - 1]))


def _doubled(bounds: Bounds) -> Bounds:
    """Of so many pairs the people."""
    low, high = bounds.low, bounds.high
    return replace(bounds, low=low and 2 * low, high=high and 2 * high)


def _is_share(tokens: Tokens, chunk: Chunk, words: Lexicon) -> bool:
    """ "four out of ten patients", "one in five"; "nine out of 12 dogs" counts nobody either."""
    lows, at = tokens.lows, chunk.last
    if at + 1 >= len(lows):
        return False
    if lows[at] == "in":
        is_part = lows[at - 1] in ONES or (lows[at - 1] in number_words() and lows[at + 2 : at + 3] == ["of"])
        return lows[at + 1] in words.share_of and is_part
    out = words.out_of.at(lows, at)
    if out is None or out[1] >= len(lows):
        return False
    if lows[out[1]] in words.share_of:
        return True
    whole = read_amount(tokens, out[1]) if may_begin_amount(lows[out[1]]) else None
    return whole is not None and read_noun_run(tokens, whole.last, words)[2] == "w"


def _is_damage(lows: Sequence[str], at: int) -> bool:
    return at < len(lows) and lows[at] in lexicon().damage


def read_owned(tokens: Tokens, at: int, words: Lexicon) -> Chunk | None:
    """ "The couple's three children": counted people behind those whose they are; None for anything else."""
    behind = _behind_owner(tokens.lows, at + 1)
    amount = read_amount(tokens, behind) if behind > at + 1 else None
    if amount is None:
        return None
    chunk = read_counted(tokens, behind, amount, words)
    if chunk.tag != "N":
        return None
    chunk.first, chunk.start, chunk.is_definite = at, tokens.starts[at], True
    return chunk


def read_noun(tokens: Tokens, chunk: Chunk, words: Lexicon) -> None:
    """Sets tag, extent, head and state of a chunk from the words behind its amount."""
    lows = tokens.lows
    at = chunk.last
    is_part = at < len(lows) and lows[at] in part_starts()
    partitive = words.partitive.at(lows, at) if is_part else None
    if partitive is not None:
        phrase = " ".join(lows[at : partitive[1]])
        chunk.is_whom = phrase in words.of_whom
        chunk.measure = words.of_body.get(phrase)
        chunk.is_partitive, chunk.tag, at = True, "N", partitive[1]
        chunk.last, chunk.end = at, tokens.ends[at - 1]
        chunk.noun = at
        if at < len(lows) and is_person(lows[at]):
            chunk.head, chunk.last, chunk.end = lows[at], at + 1, tokens.ends[at]
        return
    of, inner = words.follow_of.at(lows, at) if is_part else None, None
    chunk.is_subset = (of is not None and of[1] > at + 1) or lows[chunk.first] == "both"
    if of is not None:
        of = of[0], _behind_owner(lows, of[1])
        inner = read_amount(tokens, of[1]) if of[1] < len(lows) else None
        at = inner.last if inner is not None and not inner.bounds.is_vague else of[1]
        chunk.is_own = lows[of[1] - 1] in words.own
    head, last, tag, state = read_noun_run(tokens, at, words)
    if of is not None and tag in "wQ" and at < len(lows) and lows[at] in words.bodies_of_people:
        # "five of the gang"
        head, last, tag, state = lows[at], at + 1, "N", None
    if of is not None and inner is not None and chunk.amount is not None and tag in "NnQ":
        following = lows[last : last + 3]
        if len(lows) > last + 2 and lows[last + 2] in words.says:
            # "one of the nine people who nurses say were killed"
            following = [lows[last], *lows[last + 3 : last + 5]]
        is_told = any(" ".join(following[:n]) in words.all_of for n in (1, 2, 3))
        if (
            chunk.amount.bounds == ONE
            and not inner.bounds.is_vague
            and is_told
            and not _is_told_more(lows, last, words)
        ):
            # "One of the four miners who died": four died.
            chunk.amount, chunk.first, chunk.start = inner, inner.first, tokens.starts[inner.first]
            chunk.noun, of, chunk.is_subset = inner.last, None, False
            if tag == "n":
                chunk.tag, chunk.last, chunk.end = "n", inner.last, tokens.ends[inner.last - 1]
                return
    amount = chunk.amount
    chunk.is_subset = chunk.is_subset or (of is not None and at > of[1])
    if (
        head is not None
        and amount is not None
        and tag in "NQ"
        and not _is_single(amount.bounds)
        and not _is_many(head)
    ):
        # "put the toll at 58 late on Tuesday", "28 Caption Close girl shot": what follows is not what is counted.
        head, last, tag, state = None, at, "n", None
    if (
        of is not None
        and inner is not None
        and tag == "F"
        and not (amount is None or _is_single(amount.bounds))
    ):
        # "19 of the 29 deaths"
        of = None
    if tag == "F" and of is not None and of[1] == chunk.last + 1 and _is_crowd(amount):
        of, chunk.is_subset = None, False
    if of is not None and tag in "nF":
        # "one of the deaths" counts nothing new; "two of ..." without a noun stays a bare amount
        chunk.tag = "w" if tag == "F" else "n"
        if inner is not None and tag == "n":
            chunk.whole, chunk.last, chunk.end = inner.bounds, inner.last, tokens.ends[inner.last - 1]
            _read_body(tokens, chunk, words)
        return
    if tag == "n" and at > chunk.last:
        return
    chunk.tag, chunk.head, chunk.state = tag, head, state
    if last > chunk.last:
        chunk.last, chunk.end = last, tokens.ends[last - 1]
    if head in words.others and head is not None:
        chunk.is_others = True
    if not words.others.isdisjoint(lows[chunk.noun : chunk.last]):
        chunk.is_others = True
    if tag == "F" and head is not None:
        chunk.measure = words.toll_nouns[head]


def _is_crowd(amount: Amount | None) -> bool:
    """ "Dozens of arrests", "hundreds of injuries"; thousands of deaths are told of a war, and of no one place."""
    return (
        amount is not None and amount.bounds.high is None and 1 < (amount.bounds.low or 0) < _MOST_OF_A_CROWD
    )


def _read_body(tokens: Tokens, chunk: Chunk, words: Lexicon) -> None:
    """ "17 of the 44 wounded were in a serious condition": whom they are some of, in front of a verb."""
    found = words.phrases.at(tokens.lows, chunk.last)
    if found is None or found[0][0] not in "VA" or found[0][1] is None:
        return
    behind = words.phrases.at(tokens.lows, found[1])
    if behind is not None and behind[0][0] in "BH":
        chunk.tag, chunk.is_partitive, chunk.measure = "N", True, found[0][1]
        chunk.last, chunk.end = found[1], tokens.ends[found[1] - 1]


def _behind_owner(lows: Sequence[str], at: int) -> int:
    """ "Two of the plane's 46 occupants": the index behind whose they are, where a number stands there."""
    if "'" not in "".join(lows[at : at + _OWNER_REACH]):
        # Nearly always.
        return at
    for index in range(at, min(len(lows) - 1, at + _OWNER_REACH)):
        if lows[index].endswith(("'s", "s'")):
            return index + 1 if may_begin_amount(lows[index + 1]) else at
        if not lows[index][0].isalpha():
            break
    return at


def _is_told_more(lows: Sequence[str], at: int, words: Lexicon) -> bool:
    """ "One of three hikers missing since Monday was found dead": what became of the one stands behind."""
    for index in range(at + 1, min(len(lows), at + _CLAUSE_REACH)):
        if lows[index] in words.is_one or not lows[index][0].isalnum():
            found = words.phrases.at(lows, index + 1)
            return (
                lows[index][0].isalpha() and found is not None and found[0][0] in "VAI" and bool(found[0][1])
            )
    return False


@functools.cache
def part_starts() -> frozenset[str]:
    """The words that lead from a count to the crowd that it is part of."""
    return lexicon().partitive.first_words | lexicon().follow_of.first_words


def _is_single(bounds: Bounds) -> bool:
    """Whether a noun in the singular fits: "one", "no", "at least one person"."""
    low, high = bounds.low, bounds.high
    if high is None:
        return low == 1
    return not bounds.approximate and (low == high <= 1 or (low is None and high == 1))


def _is_many(head: str) -> bool:
    """Whether a noun looks like a plural."""
    return (
        is_plural(head)
        or head.endswith(("s", "men", "women", "ese", "folk", "staff", "children"))
        or head in lexicon().others
    )


def _is_clock(lows: Sequence[str], at: int, words: Lexicon) -> bool:
    """Whether what follows a number makes it a time of day."""
    if at >= len(lows):
        return False
    if lows[at] in words.clock:
        return True
    return lows[at] == ":" and at + 1 < len(lows) and lows[at + 1][0].isdigit()

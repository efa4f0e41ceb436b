"""Chunks of a sentence, and those that tell of people: counted, one of them ("the driver"), or without a count.

Stance: an amount whose noun is a known thing is no victim; an amount of something unknown is one only where the verb
says so ("killed 12 Jesuits").
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.extract.counting import Lexicon, lexicon
from digests.extract.harm import read_harm
from digests.extract.victims import is_person, is_plural, people_lexicon, person_nouns
from digests.text.numbers import Amount, may_begin_amount, read_amount
from digests.text.numberwords import number_words, plain_letters
from digests.text.tokens import Tokens
from digests.types import Bounds, Measure

# Words between an amount and the noun it counts ("two young Spanish aid workers").
MAX_MODIFIERS = 6
# How words end that count a crew ("three-man", "12-member").
CREW_ENDS = ("-man", "-woman", "-member", "-person", "-strong")
# Years. Nobody of whom news gives the age is older; above it the number is none.
OLDEST = 115
# Words of an owner ("the fishing boat's").
_OWNER_REACH = 4
# Words of a clause about people ("missing since Monday") before their verb.
_CLAUSE_REACH = 8
# An age and the words of a name, or of a trade, behind it ("a 15-year-old altar server").
_LONGEST_NAME = 5
_LONGEST_TRADE = 3
YEAR_OLD = re.compile(r"(?:\d{1,3}|[a-z]+)-?(?:year|month)-?olds?|\d{1,3}-year")
_ONE, _NONE = Bounds(low=1, high=1), Bounds(low=0, high=0)
# What counts one by itself, without a noun.
ONES = frozenset({"one", "another"})
# Tags of what may stand behind a subject.
_VERBS = frozenset("BHVIa")
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
    _read_noun(tokens, chunk, words)
    if chunk.tag == "n" and lows[at] in words.age_bounds and at and is_person(lows[at - 1]):
        # "eleven children under five"
        chunk.tag = "d"
        return chunk
    if chunk.tag == "Q" and chunk.amount.bounds == _NONE:
        # "No mortuary can hold those who died": only people can be none.
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
    return whole is not None and _noun_run(tokens, whole.last, words)[2] == "w"


def _is_damage(lows: Sequence[str], at: int) -> bool:
    return at < len(lows) and lows[at] in lexicon().damage


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
        and not _is_near_person(lows, noun)
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
    _read_noun(tokens, chunk, words)
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
    """ "Two were killed and a third died": one more, where a verb follows at once."""
    last = at + 2
    found = words.phrases.at(tokens.lows, last) if last < len(tokens.lows) else None
    if found is None or found[0][0] not in _VERBS:
        return None
    chunk = make_chunk(tokens, "n", at, last)
    chunk.amount = Amount(bounds=_ONE, first=at, last=last)
    chunk.noun = last
    chunk.is_others = True
    return chunk


def read_aged(tokens: Tokens, at: int, words: Lexicon) -> Chunk | None:
    """ "26-year-old Mara Lindqvist" counts one; "the 26-year-old" is somebody known; None for a thing or several."""
    lows = tokens.lows
    is_known = at > 0 and lows[at - 1] in words.determiners
    chunk = make_chunk(tokens, "S" if is_known else "N", at, at + 1)
    head, last, tag, _ = _noun_run(tokens, at + 1, words)
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
    if not _is_near_person(lows, at + 1):
        return None
    if at + 1 < len(lows) and may_begin_amount(lows[at + 1]) and read_amount(tokens, at + 1) is not None:
        return None
    if at + 1 < len(lows) and lows[at + 1] in words.one_first:
        # "said that a soldier"
        return None
    head, last, tag, _ = _noun_run(tokens, at + 1, words)
    if tag != "N" or head is None:
        return None
    if is_plural(head) and lows[at] in words.singular_only:
        return None
    chunk = make_chunk(tokens, "U" if is_plural(head) else "S", at, last)
    chunk.head = head
    chunk.noun = at + 1
    return chunk


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


def read_headed(tokens: Tokens, words: Lexicon) -> Chunk | None:
    """ "Tourist killed, two hurt in fire": one person at the head of a headline, where his harm follows at once."""
    lows = tokens.lows
    found = words.phrases.at(lows, 1)
    if is_plural(lows[0]) or found is None or found[0][0] not in "VIA" or found[0][1] is None:
        return None
    if found[1] < len(lows) and not _ends_clause(lows[found[1]], words):
        return None
    chunk = make_chunk(tokens, "N", 0, 1)
    chunk.amount = Amount(bounds=_ONE, first=0, last=1)
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


def _read_noun(tokens: Tokens, chunk: Chunk, words: Lexicon) -> None:
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
    head, last, tag, state = _noun_run(tokens, at, words)
    if of is not None and tag in "wQ" and at < len(lows) and lows[at] in words.bodies_of_people:
        # "five of the gang"
        head, last, tag, state = lows[at], at + 1, "N", None
    if of is not None and inner is not None and chunk.amount is not None and tag in "Nn":
        following = lows[last : last + 3]
        if len(lows) > last + 2 and lows[last + 2] in words.says:
            # "one of the nine people who nurses say were killed"
            following = [lows[last], *lows[last + 3 : last + 5]]
        is_told = any(" ".join(following[:n]) in words.all_of for n in (1, 2, 3))
        if (
            chunk.amount.bounds == _ONE
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
                lows[index][0].isalpha() and found is not None and found[0][0] in "VA" and bool(found[0][1])
            )
    return False


@functools.cache
def crowd_words() -> frozenset[str]:
    """The words that a noun for people ends with."""
    return person_nouns() | people_lexicon().plural_only | lexicon().others


@functools.cache
def part_starts() -> frozenset[str]:
    """The words that lead from a count to the crowd that it is part of."""
    return lexicon().partitive.first_words | lexicon().follow_of.first_words


def _is_near_person(lows: Sequence[str], at: int) -> bool:
    """Whether a noun that begins at a token can be one for people: a look that spares reading most nouns."""
    return not crowd_words().isdisjoint(lows[at : at + MAX_MODIFIERS])


def _behind_own_number(tokens: Tokens, noun: int, words: Lexicon) -> int:
    """ "A mother of three", "a boy of six": children that somebody has, and an age, are no count of victims."""
    lows, at = tokens.lows, noun + 1
    if lows[at : at + 1] != ["of"] or at + 1 >= len(lows) or not may_begin_amount(lows[at + 1]):
        return at
    if is_plural(lows[noun]) and lows[noun] not in words.parents:
        return at
    amount = read_amount(tokens, at + 1)
    if amount is None or amount.bounds.low is None or amount.bounds.low > OLDEST:
        return at
    return amount.last if _noun_run(tokens, amount.last, words)[2] == "n" else at


@functools.cache
def _deciding_words() -> frozenset[str]:
    """Words that may end a noun or stand out in it; any other one is just a part of it."""
    words = lexicon()
    return words.first_words | words.things | words.others | words.toll_nouns.keys()


def _noun_run(tokens: Tokens, at: int, words: Lexicon) -> tuple[str | None, int, str, Measure | None]:
    """Head, index after it, tag (N, Q, F, w for a thing, n for nothing) and state of the noun that begins here."""
    lows = tokens.lows
    state: Measure | None = None
    begin = at
    head: str | None = None
    deciding, plain = _deciding_words(), plain_letters()
    stop = min(len(lows), at + MAX_MODIFIERS)
    while at < stop:
        word = lows[at]
        if word not in deciding and word[0] in plain:
            head = word
            at += 1
            continue
        following = lows[at + 1] if at + 1 < len(lows) else ""
        if word in words.determiners or word.endswith(CREW_ENDS):
            break
        if at > begin and word in words.harm_first and read_harm(lows, at, words.harm) is not None:
            # "another 120 suffered cuts"
            break
        if word in words.toll_nouns:
            return word, at + 1, "F", None
        if is_person(word) and word not in words.others:
            if is_person(following) and (not is_plural(word) or word == "police"):
                at += 1
                continue
            if (following in words.things and not is_plural(word)) or _is_attribute(lows, at, words):
                at += 1
                continue
            return word, _behind_own_number(tokens, at, words), "N", state
        if word in words.others:
            is_last = (
                not following
                or is_plural(word)
                or (following not in words.toll_nouns and _is_joint(lows, at + 1, words))
            )
            if at == begin and is_last:
                return word, at + 1, "N", state
            if at > begin and word != "more":
                return word, at + 1, "N", state
            at += 1
            continue
        if word in words.things:
            if is_person(following):
                at += 1
                continue
            return word, at + 1, "w", None
        found = words.phrases.at(lows, at) if word in words.phrase_first else None
        if found is not None:
            (tag, measure), last = found
            if (
                tag in "VA"
                and measure is not None
                and last < len(lows)
                and _leads_to_person(lows, last, words)
            ):
                state, at = measure, last
                continue
            if tag != "a" and tag != "w":
                break
            if not _leads_to_person(lows, last, words):
                break
            at = last
            continue
        if not word[0].isalpha() and not YEAR_OLD.fullmatch(word):
            break
        if (
            at > begin
            and may_begin_amount(word)
            and word not in words.others
            and read_amount(tokens, at) is not None
        ):
            break
        head = word
        at += 1
    if head is None or at == begin:
        return None, begin, "n", None
    is_person_here = head in people_lexicon().plural_only and _is_subject(lows, at, words)
    return head, at, "N" if is_person_here else "Q", None


def _is_subject(lows: Sequence[str], at: int, words: Lexicon) -> bool:
    """Whether a verb stands here: "one juvenile was shot" counts one, "a juvenile court" nobody."""
    found = words.phrases.at(lows, at)
    return found is not None and found[0][0] in _VERBS


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


def _is_joint(lows: Sequence[str], at: int, words: Lexicon) -> bool:
    """Whether a word ends a noun: a verb, a preposition, a mark."""
    word = lows[at]
    found = words.phrases.at(lows, at)
    return not word[0].isalpha() or found is not None or word in words.determiners


def _is_attribute(lows: Sequence[str], at: int, words: Lexicon) -> bool:
    """Whether a noun for people only describes the next noun ("three police stations")."""
    if at + 1 >= len(lows) or lows[at] not in people_lexicon().attributive:
        return False
    following = lows[at + 1]
    if (
        not following[0].isalpha()
        or words.phrases.at(lows, at + 1) is not None
        or following in words.determiners
    ):
        return False
    return not following.endswith(("ed", "ing", "ly"))


def _leads_to_person(lows: Sequence[str], at: int, words: Lexicon) -> bool:
    """Whether a noun for people follows within three words and nothing else before it."""
    for index in range(at, min(at + 3, len(lows))):
        word = lows[index]
        if is_person(word):
            return True
        if not word[0].isalpha() or words.phrases.at(lows, index) is not None or word in words.things:
            return False
    return False


def _is_clock(lows: Sequence[str], at: int, words: Lexicon) -> bool:
    """Whether what follows a number makes it a time of day."""
    if at >= len(lows):
        return False
    if lows[at] in words.clock:
        return True
    return lows[at] == ":" and at + 1 < len(lows) and lows[at + 1][0].isdigit()

"""Where the noun that an amount counts ends, and what it is: people, a word of a toll, a thing, or something unknown.

Hides how nouns are built up ("two young Spanish aid workers", "three police stations"). Knows of words only,
not of chunks.

Stance: a noun that is known neither as people nor as a thing is left open.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from digests.extract.counts.harm import read_harm
from digests.extract.counts.lexicon import Lexicon, lexicon
from digests.extract.counts.victims import is_demonym, is_person, is_plural, people_lexicon, person_nouns
from digests.text.numbers import may_begin_amount, read_amount
from digests.text.numberwords import plain_letters
from digests.text.tokens import Tokens
from digests.types import Measure

# Words between an amount and the noun it counts ("two young Spanish aid workers").
MAX_MODIFIERS = 6
# How words end that count a crew ("three-man", "12-member").
CREW_ENDS = ("-man", "-woman", "-member", "-person", "-strong")
# Years. Nobody of whom news gives the age is older; above it the number is none.
OLDEST = 115
YEAR_OLD = re.compile(r"(?:\d{1,3}|[a-z]+)-?(?:year|month)-?olds?|\d{1,3}-year")
# Tags of what may stand behind a subject.
VERBS = frozenset("BHVIa")


@functools.cache
def crowd_words() -> frozenset[str]:
    """The words that a noun for people ends with."""
    return person_nouns() | people_lexicon().plural_only | lexicon().others


def is_near_person(lows: Sequence[str], at: int) -> bool:
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
    return amount.last if read_noun_run(tokens, amount.last, words)[2] == "n" else at


@functools.cache
def _deciding_words() -> frozenset[str]:
    """Words that may end a noun or stand out in it; any other one is just a part of it."""
    words = lexicon()
    return (
        words.first_words | words.things | words.others | words.toll_nouns.keys() | words.victim_kinds.keys()
    )


def read_noun_run(tokens: Tokens, at: int, words: Lexicon) -> tuple[str | None, int, str, Measure | None]:
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
        if word in words.victim_kinds and following in words.victim_heads:
            # "two gunshot victims"
            state = words.victim_kinds[word]
            at += 1
            continue
        if word in words.toll_nouns:
            if following in words.no_tolls:
                # "hundreds of death threats"
                return following, at + 2, "w", None
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
            if (
                tag == "c"
                and head is not None
                and lows[begin - 1] not in words.wholes
                and _joins_kinds(lows, at, words)
            ):
                at = last
                continue
            if tag == "s" and at == begin and following in words.toll_nouns:
                # "149 reported deaths"
                at = last
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


def _joins_kinds(lows: Sequence[str], at: int, words: Lexicon) -> bool:
    """ "36 military and police personnel", "nine Danish and Dutch tourists": "and" between two kinds of one crowd."""
    kinds = (lows[at - 1], lows[at + 1] if at + 2 < len(lows) else "")
    return all(word in words.body_kinds or is_demonym(word) for word in kinds) and _leads_to_person(
        lows, at + 2, words
    )


def _is_subject(lows: Sequence[str], at: int, words: Lexicon) -> bool:
    """Whether a verb stands here: "one juvenile was shot" counts one, "a juvenile court" nobody."""
    found = words.phrases.at(lows, at)
    return found is not None and found[0][0] in VERBS


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

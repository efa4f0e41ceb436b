"""What each word is in a sentence that counts people: its tag, and what may begin with it.

The tags are explained at the head of `rules/casualties.toml`. Everything that the lists say of a word is looked up once
and remembered, so that a sentence costs one look-up a word.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from digests.extract.counts.counted import ONES, part_starts
from digests.extract.counts.crowdnouns import CREW_ENDS
from digests.extract.counts.lexicon import Lexicon, lexicon
from digests.extract.counts.victims import is_person
from digests.text.numbers import may_begin_amount
from digests.text.numberwords import amount_starts, only_hedges, plain_letters
from digests.types import Measure

# The tag of a full stop that ends a sentence.
STOP = ";"
_MARKS = {
    ",": ",",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
    ":": ":",
    "–": ":",
    "-": ":",
    ".": STOP,
    "!": STOP,
    "?": STOP,
}


# Not frozen, and no tuple: a field of either is read several times slower, and each word of a sentence asks for some.
@dataclass(slots=True)
class WordRole:
    """What a word is by itself, and behind what it has to be read with its neighbours.

    `begins`: whether a chunk of several words may begin with it at all; any other word is a chunk of its own.
    """

    tag: str
    measure: Measure | None = None
    begins: bool = False
    # Words behind it with which it may begin a longer phrase or an amount.
    followers: frozenset[str] = frozenset()
    # Whether it is always read with its neighbours.
    is_open: bool = False
    # What may begin with it: a day or an age, a phrase, a phrase of harm, "no one", an amount, one person.
    dates: bool = False
    phrases: bool = False
    harms: bool = False
    nones: bool = False
    amounts: bool = False
    ones: bool = False
    is_determiner: bool = False
    # Whether it is one of those or of the next, or "a": what follows may make a chunk of them both.
    leads: bool = False
    # Whether it may lead to a number ("the", "about").
    hedges: bool = False
    # Whether it tells more of people counted right before it: "two boys playing", "ten villagers trapped".
    is_participle: bool = False
    # Whether it may count a crew ("three-man"), or lead to a toll ("number of those killed").
    is_crew: bool = False
    is_toll: bool = False


# Words in no list.
_PLAIN = WordRole("w")
_PARTICIPLE = WordRole("w", is_participle=True)
# How participles end.
_PARTICIPLES = ("ing", "ed")
# Words whose roles are remembered; a language has more, but uses few of them often.
_REMEMBERED = 20_000
# Characters of the longest word that is remembered: a text for no people may hold longer ones without end.
_LONGEST = 32


class WordRoles(dict[str, WordRole]):
    """The role of each word and mark: a dictionary that fills itself, since every word of a sentence is looked up."""

    def __missing__(self, word: str) -> WordRole:
        words = lexicon()
        role = _role(word, words) if _has_role(word, words) else _plain_role(word, words)
        if len(self) < _REMEMBERED and len(word) <= _LONGEST:
            self[word] = role
        return role


@functools.cache
def word_roles() -> WordRoles:
    # A hyphen between words is a joint, a full stop inside a sentence mostly an abbreviation.
    return WordRoles({mark: WordRole(tag) for mark, tag in _MARKS.items()} | {".": _PLAIN})


def _has_role(word: str, words: Lexicon) -> bool:
    """Whether a word is in a list, a number, a mark, or may be a compound number."""
    if word in words.first_words or word.endswith(CREW_ENDS):
        return True
    return word[0] not in plain_letters() and (not word[0].isalpha() or word.startswith(words.tens))


def _plain_role(word: str, words: Lexicon) -> WordRole:
    return _PARTICIPLE if _is_participle(word, words) else _PLAIN


def _role(word: str, words: Lexicon) -> WordRole:
    amounts = amount_starts()
    tag, measure = words.phrases.alone(word) or ("w", None)
    followers = words.phrases.followers(word) | words.none.followers(word) | amounts.followers(word)
    if word in words.one_first:
        followers |= words.one.followers(word) | part_starts() | words.ordinals.keys()
    dates = word[0].isdigit() or word in words.months or word in words.ages
    is_crew = word.endswith(CREW_ENDS)
    is_toll = word in words.toll_heads
    is_open = (
        dates
        or is_crew
        or is_toll
        or word not in words.first_words
        or word in words.harm_first
        or word in ONES
        or is_person(word)
        or words.none.stands_alone(word)
        or word in words.ordinals
        or (may_begin_amount(word) and word not in amounts.first_words)
        or (amounts.stands_alone(word) and word not in only_hedges())
    )
    ones, is_determiner, hedges = (
        word in words.one_first,
        word in words.determiners,
        amounts.stands_alone(word),
    )
    leads = ones or is_determiner or hedges
    return WordRole(
        tag,
        measure,
        is_open or leads or bool(followers),
        followers,
        is_open=is_open,
        dates=dates,
        phrases=word in words.phrase_first,
        harms=word in words.harm_first,
        nones=word in words.none_first,
        amounts=may_begin_amount(word),
        ones=ones,
        is_determiner=is_determiner,
        leads=leads,
        hedges=hedges,
        is_participle=_is_participle(word, words),
        is_crew=is_crew,
        is_toll=is_toll,
    )


def _is_participle(word: str, words: Lexicon) -> bool:
    return word in words.participles or (word.endswith(_PARTICIPLES) and word not in words.no_participles)

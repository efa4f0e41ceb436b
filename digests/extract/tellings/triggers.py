"""Words that speak of something that happened, sentence by sentence: nouns, verbs, things that hit, tolls.

Read token by token against the lexicon of `rules/incidents.toml`: one dictionary look-up a word, so the cost is
linear and small. Stance: a phrase that only holds a trigger word ("struck a deal") is claimed by its own entry
first; what is feared, planned or repeated opens no incident.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from digests.extract.counts.victims import is_person
from digests.rules import load_rules
from digests.text.cuts import Located, cut_pattern, offsets
from digests.text.phrases import Phrases

_WORDS_AND_MARKS = r"{sign}+(?:[.&-]{sign}+)*|'[sS]\b|[^\w\s]"
# A class of plain letters is searched several times faster than one of all letters, and most sentences are plain.
_PLAIN = cut_pattern(_WORDS_AND_MARKS.format(sign="[a-zA-Z0-9_]"))
_ANY = cut_pattern(_WORDS_AND_MARKS.format(sign=r"\w"))
# Tokens in front of "set fire to" in which stands who or what did it.
_SUBJECT_REACH = 6
_WORD = re.compile(r"[a-z]+")


class Form(StrEnum):
    NOUN = "noun"
    VERB = "verb"
    # A subject that hits or explodes ("several missiles", "a car bomb").
    THING = "thing"
    # A word of casualties: opens an incident only with a day or a place of its own.
    TOLL = "toll"


class Words(Located):
    """The words and marks of a stretch in parallel lists: as written, in lower case, and where."""

    __slots__ = ("_parts", "_start", "lows", "raws")

    def __init__(self, piece: str, start: int) -> None:
        super().__init__()
        self._parts: list[str] = (_PLAIN if piece.isascii() else _ANY).split(piece)
        self._start = start
        self.raws = self._parts[1::2]
        # One call for all words, which hold no blanks.
        self.lows = " ".join(self.raws).lower().split(" ") if self.raws else []

    def _locate(self) -> tuple[list[int], list[int]]:
        return offsets(self._parts, self._start)


@dataclass(slots=True)
class Trigger:
    """A trigger at tokens `first` to `last` (inclusive) of its sentence. Only to be read."""

    kind: str
    form: Form
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`rules/incidents.toml` as sets and tables."""

    # Kind and form of each phrase; a phrase without a form is no incident and only claims its words.
    phrases: Phrases[tuple[str, Form | None]]
    traits: dict[str, frozenset[str]]
    scenes: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    same_group: dict[str, str]
    # A kind to those it brings about.
    brings: dict[str, frozenset[str]]
    groups: dict[str, tuple[tuple[str, ...], ...]]
    # Words for lengths of time, in days, behind which "after" leads back to what happened.
    since: dict[str, int]
    # Of the words in front of what is feared or planned those that are phrases.
    unreal_phrases: tuple[str, ...]

    def has(self, name: str, word: str) -> bool:
        """Whether a word stands in a list."""
        return word in self.words[name]


@functools.cache
def lexicon() -> Lexicon:
    rules = load_rules("incidents")
    # The order in which they are added is the precedence.
    phrases: dict[str, tuple[str, Form | None]] = {}

    def add(entries: Iterable[tuple[str, str]], form: Form | None) -> None:
        for phrase, kind in entries:
            phrases.setdefault(" ".join(tokens(phrase, 0, len(phrase)).lows), (kind, form))

    add(((phrase, "") for phrase in rules.words["no_incident"]), None)
    for name, form in (
        ("nouns", Form.NOUN),
        ("verbs", Form.VERB),
        ("things", Form.THING),
        ("tolls", Form.TOLL),
    ):
        add(rules.meaning[name].items(), form)
    groups: dict[str, list[tuple[str, ...]]] = {}
    armed = load_rules("groups")
    for name in (*armed.words["armed"], *rules.words["armed_bodies"]):
        parts = tuple(tokens(name, 0, len(name)).lows)
        groups.setdefault(parts[0], []).append(parts)
    words = {name: frozenset(entries) for name, entries in rules.words.items()}
    words["thing_verbs"] = words["hitting"] | words["firing"]
    words["doers"] = words["agents"] | words["state_agents"]
    words["agent_openers"] = words["doers"] | groups.keys()
    return Lexicon(
        phrases=Phrases(phrases),
        traits={kind: frozenset(traits) for kind, traits in rules.meaning["traits"].items()},
        scenes={kind: frozenset(scenes) for kind, scenes in rules.meaning["scenes"].items()},
        words=words,
        brings={kind: frozenset(brought) for kind, brought in rules.meaning["brings"].items()},
        same_group={name: str(same) for name, same in armed.meaning["same"].items()},
        groups={word: tuple(sorted(found, key=lambda p: (-len(p), p))) for word, found in groups.items()},
        since={word: int(days) for word, days in rules.meaning["since"].items()},
        unreal_phrases=tuple(sorted(phrase for phrase in words["unreal_before"] if " " in phrase)),
    )


@functools.lru_cache(maxsize=64)
def tokens(folded: str, start: int, end: int) -> Words:
    """Words and marks of a stretch of folded text; a possessive "'s" is a token of its own.

    The last few stretches are remembered: each figure of a sentence asks for its tokens again.
    """
    return Words(folded[start:end], start)


@functools.cache
def _openers() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Words of which every trigger holds one: any trigger, deeds and disasters, things, tolls.

    Single words, and the first word of phrases that hold no single one.
    """
    entries = [(phrase, form) for phrase, (_, form) in lexicon().phrases.items() if form is not None]
    single = {words[0] for words, _ in entries if len(words) == 1}
    openers: dict[Form, set[str]] = {form: set() for form in Form}
    for words, form in entries:
        if len(words) == 1 or single.isdisjoint(words):
            openers[form].add(_WORD.findall(words[0])[0])
    sure, things, tolls = openers[Form.NOUN] | openers[Form.VERB], openers[Form.THING], openers[Form.TOLL]
    return frozenset(sure | things | tolls), frozenset(sure), frozenset(things), frozenset(tolls)


def all_openers() -> frozenset[str]:
    """Plain words of which every sentence that may tell of something holds one."""
    return _openers()[0]


class Promise(StrEnum):
    """What a cheap look at a sentence promises."""

    NOTHING = "nothing"
    # Words of casualties alone: they open an incident only where something places them.
    TOLL = "toll"
    TRIGGER = "trigger"


def promise_of(words: Sequence[str]) -> Promise:
    """What reading a sentence of these plain words may find; a thing needs a verb of hitting."""
    _, sure, things, tolls = _openers()
    if not sure.isdisjoint(words):
        return Promise.TRIGGER
    if not things.isdisjoint(words) and not lexicon().words["thing_verbs"].isdisjoint(words):
        return Promise.TRIGGER
    return Promise.NOTHING if tolls.isdisjoint(words) else Promise.TOLL


def _burns_by_itself(lows: Sequence[str], at: int) -> bool:
    """Whether a thing "set fire to" something: "sparks set fire to the foam" names nobody who did it."""
    if lows[at] != "set":
        return False
    before = lows[max(0, at - _SUBJECT_REACH) : at]
    words = lexicon().words
    return (
        before != []
        and words["doers"].isdisjoint(before)
        and words["people"].isdisjoint(before)
        and not any(is_person(low) for low in before)
    )


def find_triggers(lows: Sequence[str]) -> tuple[Trigger, ...]:
    """The triggers of one sentence in order; the longest phrase at each word wins and claims its words."""
    phrases = lexicon().phrases
    first_words = phrases.first_words
    found: list[Trigger] = []
    done = 0
    for i in itertools.compress(itertools.count(), map(first_words.__contains__, lows)):
        if i < done or (phrase := phrases.at(lows, i)) is None:
            continue
        (kind, form), done = phrase
        if form is not None:
            kind = "fire" if kind == "arson" and _burns_by_itself(lows, i) else kind
            found.append(Trigger(kind, form, i, done - 1))
    return tuple(found)

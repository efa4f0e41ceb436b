"""Words that speak of something that happened, sentence by sentence: nouns, verbs, things that hit, tolls.

Read token by token against the lexicon of `rules/incidents.toml`: one dictionary look-up a word, so the cost is
linear and small. Stance: a phrase that only holds a trigger word ("struck a deal") is claimed by its own entry
first; what is feared, planned or repeated opens no incident.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from digests.rules import load_rules
from digests.text.tokens import plain_words
from digests.types import Span

_WORDS_AND_MARKS = r"{sign}+(?:[.&-]{sign}+)*|'[sS]\b|[^\w\s]"
# A class of plain letters is searched several times faster than one of all letters, and most sentences are plain.
_PLAIN = re.compile(_WORDS_AND_MARKS.format(sign="[a-zA-Z0-9_]"))
_ANY = re.compile(_WORDS_AND_MARKS.format(sign=r"\w"))
_WORD = re.compile(r"[a-z]+")


class Form(StrEnum):
    NOUN = "noun"
    VERB = "verb"
    # A subject that hits or explodes ("several missiles", "a car bomb").
    THING = "thing"
    # A word of casualties: opens an incident only with a day or a place of its own.
    TOLL = "toll"


class Token(NamedTuple):
    """A word or mark of a sentence: as written, in lower case, and where."""

    raw: str
    low: str
    start: int
    end: int


class Trigger(NamedTuple):
    """A trigger at tokens `first` to `last` (inclusive) of its sentence."""

    kind: str
    form: Form
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`rules/incidents.toml` as sets and tables; phrases are keyed by their first word, longest first."""

    phrases: dict[str, tuple[tuple[tuple[str, ...], str, Form | None], ...]]
    traits: dict[str, frozenset[str]]
    scenes: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    same_group: dict[str, str]
    # A kind to those it brings about.
    brings: dict[str, frozenset[str]]
    groups: dict[str, tuple[tuple[str, ...], ...]]
    # Of the words in front of what is feared or planned those that are phrases.
    unreal_phrases: tuple[str, ...]

    def has(self, name: str, word: str) -> bool:
        """Whether a word stands in a list."""
        return word in self.words[name]


@functools.cache
def lexicon() -> Lexicon:
    rules = load_rules("incidents")
    phrases: dict[str, list[tuple[tuple[str, ...], str, Form | None]]] = {}

    def add(entries: Iterable[tuple[str, str]], form: Form | None) -> None:
        for phrase, kind in entries:
            parts = tuple(t.low for t in tokens(phrase, 0, len(phrase)))
            phrases.setdefault(parts[0], []).append((parts, kind, form))

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
        parts = tuple(t.low for t in tokens(name, 0, len(name)))
        groups.setdefault(parts[0], []).append(parts)
    words = {name: frozenset(entries) for name, entries in rules.words.items()}
    words["doers"] = words["agents"] | words["state_agents"]
    return Lexicon(
        # Stable: among phrases of one length, the order above is the precedence.
        phrases={word: tuple(sorted(found, key=lambda p: -len(p[0]))) for word, found in phrases.items()},
        traits={kind: frozenset(traits) for kind, traits in rules.meaning["traits"].items()},
        scenes={kind: frozenset(scenes) for kind, scenes in rules.meaning["scenes"].items()},
        words=words,
        brings={kind: frozenset(brought) for kind, brought in rules.meaning["brings"].items()},
        same_group={name: str(same) for name, same in armed.meaning["same"].items()},
        groups={word: tuple(sorted(found, key=lambda p: (-len(p), p))) for word, found in groups.items()},
        unreal_phrases=tuple(sorted(phrase for phrase in words["unreal_before"] if " " in phrase)),
    )


@functools.lru_cache(maxsize=64)
def tokens(folded: str, start: int, end: int) -> tuple[Token, ...]:
    """Words and marks of a stretch of folded text; a possessive "'s" is a token of its own.

    The last few stretches are remembered: each figure of a sentence asks for its tokens again.
    """
    # A sentence's tokens are the dearest thing here: built as bare tuples (the class's own call doubles it), and
    # found again by their letters, since between two tokens stand blanks only.
    piece = folded[start:end]
    make, find = tuple.__new__, piece.find
    made: list[Token] = []
    at = 0
    for raw in (_PLAIN if piece.isascii() else _ANY).findall(piece):
        at = find(raw, at)
        first = start + at
        at += len(raw)
        made.append(make(Token, (raw, raw.lower(), first, start + at)))
    return tuple(made)


@functools.cache
def _openers() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Words of which every trigger holds one: any trigger, deeds and disasters, things, tolls.

    Single words, and the first word of phrases that hold no single one.
    """
    entries = [entry for entries in lexicon().phrases.values() for entry in entries if entry[2] is not None]
    single = {words[0] for words, _, _ in entries if len(words) == 1}
    openers: dict[Form, set[str]] = {form: set() for form in Form}
    for words, _, form in entries:
        if form is not None and (len(words) == 1 or single.isdisjoint(words)):
            openers[form].add(_WORD.findall(words[0])[0])
    sure, things, tolls = openers[Form.NOUN] | openers[Form.VERB], openers[Form.THING], openers[Form.TOLL]
    return frozenset(sure | things | tolls), frozenset(sure), frozenset(things), frozenset(tolls)


class Promise(StrEnum):
    """What a cheap look at a sentence promises."""

    NOTHING = "nothing"
    # Words of casualties alone: they open an incident only where something places them.
    TOLL = "toll"
    TRIGGER = "trigger"


def promise_of(folded: str, span: Span) -> Promise:
    """What reading a sentence word by word may find; a thing needs a verb of hitting."""
    words = plain_words(folded, span.start, span.end)
    openers, sure, things, tolls = _openers()
    if openers.isdisjoint(words):
        # Most sentences end here.
        return Promise.NOTHING
    if not sure.isdisjoint(words):
        return Promise.TRIGGER
    if not things.isdisjoint(words) and not lexicon().words["hitting"].isdisjoint(words):
        return Promise.TRIGGER
    return Promise.NOTHING if tolls.isdisjoint(words) else Promise.TOLL


def find_triggers(words: Sequence[Token]) -> tuple[Trigger, ...]:
    """The triggers of one sentence in order; the longest phrase at each word wins and claims its words."""
    phrases = lexicon().phrases
    found: list[Trigger] = []
    done = -1
    lows = [word.low for word in words]
    for i in [i for i, low in enumerate(lows) if low in phrases]:
        if i <= done:
            continue
        for parts, kind, form in phrases[lows[i]]:
            if len(parts) > 1 and tuple(lows[i : i + len(parts)]) != parts:
                continue
            done = i + len(parts) - 1
            if form is not None:
                found.append(Trigger(kind, form, i, done))
            break
    return tuple(found)

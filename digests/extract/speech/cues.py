"""Looks that spare reading: which sentences, and which words in them, an attribution may start from at all.

Half of the forms in the lexicon of saying that stand in a text say nothing there: "go" does so before "on", "plan"
before "to", "found" before a clause. Stance: what is turned away here `Verbs` would turn away as well, only later and
at thirty times the price.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from digests.extract.speech.lexicon import load_lexicon
from digests.extract.speech.passages import QUOTED

# The verb that is read apart: "quoted X as saying".
_QUOTE = "quote"
# Frames that ask for some word right behind their verb.
_NEEDY = frozenset({"to", "that"})
# The frame of verbs that need one of the words `conveyed` in their sentence.
_CONVEYING = frozenset({"convey"})
# Tokens that may follow a verb of the frame "that" beside those that start a clause; "" where it ends the passage.
_CLAUSE_MARKS = frozenset({"", ".", QUOTED, "that", ":", ","})


@dataclass(frozen=True, slots=True, kw_only=True)
class SayCues:
    """The words that attributions start from, by what they need.

    `next_words` are the tokens one of which stands behind a form wherever it says something, for the forms that need
    one. `noun_leads` are the tokens right behind which no form is a verb ("the report"). `enough` are the starts that
    make a sentence worth reading, `beside` those that do so beside other words.
    """

    next_words: dict[str, frozenset[str]]
    noun_leads: frozenset[str]
    enough: frozenset[str]
    beside: dict[str, frozenset[str]]

    def may_open(self, words: Sequence[str]) -> bool:
        """Whether a sentence of these plain words, without a quotation, may hold an attribution."""
        if not self.enough.isdisjoint(words):
            return True
        return any(not self.beside[word].isdisjoint(words) for word in self.beside.keys() & words)


@functools.cache
def say_cues() -> SayCues:
    """The cues, built once from the lexicon."""
    lexicon = load_lexicon()
    starters = lexicon.words["clause_starters"]
    next_words = {
        form: _next_words(lexicon.frames[verb], lexicon.particles.get(verb, ()), starters)
        for form, verb in lexicon.lemma.items()
        if verb != _QUOTE and lexicon.frames[verb] <= _NEEDY
    }
    beside = {
        form: needed
        for form, needed in next_words.items()
        if form not in lexicon.source_phrases and all(word.isalpha() and word.isascii() for word in needed)
    }
    beside |= {
        form: lexicon.words["conveyed"]
        for form, verb in lexicon.lemma.items()
        if lexicon.frames[verb] == _CONVEYING
    }
    return SayCues(
        next_words=next_words,
        noun_leads=_noun_leads(lexicon.words),
        enough=lexicon.starts - beside.keys(),
        beside=beside,
    )


def _next_words(
    frames: Set[str], particles: Iterable[tuple[str, ...]], starters: frozenset[str]
) -> frozenset[str]:
    """What `Verbs.frame_of` looks for behind a verb of these frames: "on" behind "go", "to" behind "plan"."""
    needed = {rest[0] for rest in particles}
    if "to" in frames:
        needed.add("to")
    if "that" in frames:
        needed |= _CLAUSE_MARKS | starters
    return frozenset(needed)


def _noun_leads(words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What `Verbs.may_be_verb` takes for the lead of a noun: determiners, mere prepositions, "received"."""
    prepositions = words["prepositions"] - words["gerund_leads"] - words["personal_pronouns"]
    leads = (words["determiners"] - words["lone_determiners"]) | (prepositions - words["relative_pronouns"])
    passed_over = words["auxiliaries"] | words["adverbs"] | words["floating"] | {"to"}
    return frozenset(word for word in leads - passed_over if not word.endswith("ly")) | words["getting"]

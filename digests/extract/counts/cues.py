"""Which sentences may count anybody at all, by their plain words: most need not be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digests.extract.counts.harm import HarmWords
from digests.extract.counts.victims import people_lexicon
from digests.text.numberwords import amount_words, number_words, only_hedges
from digests.text.phrases import Phrases
from digests.types import Measure

_LETTERS = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The words that tell of counting.

    `stems` are all of them; `enough` do so alone; `counted` only where somebody stands who may be counted
    (`countable`); the others beside a word of `beside`, or in a phrase of `within`, which gives the plain words of the
    phrases by another word of each. `near` are both: without one of them they tell nothing.
    """

    stems: frozenset[str]
    enough: frozenset[str]
    counted: frozenset[str]
    beside: Mapping[str, frozenset[str]]
    within: Mapping[str, Mapping[str, tuple[str, ...]]]
    near: Mapping[str, frozenset[str]]
    countable: frozenset[str]

    def may_count(self, words: Sequence[str], folded: str) -> bool:
        """Whether a sentence may count anybody by itself, given its plain words.

        "Hospital" tells of counting beside "taken" or in "in hospital", "rescue" beside a number or people; alone they
        stand in every other text.
        """
        if not self.enough.isdisjoint(words):
            return True
        for stem in self.stems.intersection(words):
            if stem in self.counted:
                may_tell = not self.countable.isdisjoint(words) or _DIGIT.search(folded) is not None
                may_tell = may_tell or ("of" in words and f" {stem} of " in f" {' '.join(words)} ")
                may_tell = may_tell or self._holds_phrase(stem, words)
            elif self.near[stem].isdisjoint(words):
                # Nearly always.
                continue
            else:
                may_tell = not self.beside[stem].isdisjoint(words) or self._holds_phrase(stem, words)
            if may_tell:
                return True
        return False

    def _holds_phrase(self, stem: str, words: Sequence[str]) -> bool:
        """Whether one of the phrases that a word of counting tells stands among plain words."""
        text = f" {' '.join(words)} "
        return any(
            phrase in text
            for partner, phrases in self.within.get(stem, {}).items()
            if partner in words
            for phrase in phrases
        )


def make_cues(
    words: Mapping[str, tuple[str, ...]],
    phrases: Mapping[str, tuple[str, Measure | None]],
    *,
    toll_nouns: Mapping[str, Measure],
    harm: HarmWords,
) -> Cues:
    """The cues of the lists of `casualties.toml`, of the phrases that measure something, and of tolls and harm."""
    enough, within = _stems(
        # Who survives counts beside an amount only, which is looked for apart.
        (
            phrase
            for phrase, (_, measure) in phrases.items()
            if measure is not None and phrase not in words["act_rescued"]
        ),
        weak=frozenset(words["weak_cue"]),
    )
    enough |= {*toll_nouns, *words["loses"]}
    beside: dict[str, set[str]] = {}
    takes = {phrase.split()[0] for phrase in words["takes_lives"]}
    for stems, others in (
        (words["lives"], takes),
        (words["victim_heads"], takes | number_words()),
        (harm.wounds, harm.bears | harm.has),
        (harm.hospitals, harm.brings),
    ):
        for stem in stems:
            beside.setdefault(stem, set()).update(max(_LETTERS.findall(word), key=len) for word in others)
    # "Police freed 11 hostages": what sets free counts beside any of them.
    freed_beside = {
        stem: frozenset((*beside.get(stem, ()), *words["frees"]))
        for stem in within.keys() | beside.keys()
        if stem not in enough
    }
    people = people_lexicon()
    return Cues(
        stems=enough | within.keys() | beside.keys(),
        enough=enough - set(words["counted_cue"]),
        counted=frozenset(words["counted_cue"]),
        beside=freed_beside,
        within=within,
        near={stem: others.union(within.get(stem, ())) for stem, others in freed_beside.items()},
        countable=frozenset(people.groups).union(
            people.plural_only,
            number_words(),
            amount_words() - only_hedges() - frozenset(words["one"]),
            words["others"],
            Phrases(dict.fromkeys(words["none"])).first_words,
        ),
    )


def _stems(
    phrases: Iterable[str], weak: frozenset[str]
) -> tuple[frozenset[str], dict[str, dict[str, tuple[str, ...]]]]:
    """The words that tell of these phrases: those that do so alone, and those that do so in the phrase.

    The phrases are given as they stand among plain words between blanks (" in hospital "), by another word that they
    hold.
    """
    enough: set[str] = set()
    within: dict[str, dict[str, set[str]]] = {}
    for phrase in phrases:
        words: list[str] = _LETTERS.findall(phrase)
        # The word that tells it best: a sentence without it need not be read.
        cue = next((word for word in reversed(words) if word not in weak), words[-1])
        others = [word for word in words if word != cue] or words
        if len(words) == 1:
            enough.add(cue)
        else:
            telling = [word for word in others if word not in weak] or others
            found = within.setdefault(cue, {}).setdefault(max(telling, key=len), set())
            found.add(f" {' '.join(words)} ")
    return frozenset(enough), {
        cue: {partner: tuple(sorted(found)) for partner, found in by_partner.items()}
        for cue, by_partner in within.items()
    }

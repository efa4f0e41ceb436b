"""The words of saying as sets: every form of every verb with its lemma and frames, and the small words."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from digests.rules import load_rules

# Frames that `quotes.toml` lists verbs under; what each means stands there.
FRAMES = ("say", "tell", "that", "call", "judge", "to", "urge", "convey")
_VOWELS = frozenset("aeiou")
# Letters of the shortest word that is an adverb by its end: "Kelly" and "Sally" are none.
_LONG_ADVERB = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """`lemma` maps a form to its verb, `frames` a verb to its frames, `particles` a verb to what may follow it.

    `words` are the small-word lists by name; `source_phrases` each under its longest word, the rarest one, with the
    place of that word in the phrase.
    """

    lemma: dict[str, str]
    frames: dict[str, frozenset[str]]
    particles: dict[str, tuple[tuple[str, ...], ...]]
    thought: frozenset[str]
    words: dict[str, frozenset[str]]
    source_phrases: dict[str, tuple[tuple[tuple[str, ...], int], ...]]
    # Every word that an attribution may start from.
    starts: frozenset[str]


@functools.cache
def load_lexicon() -> Lexicon:
    """Read the family `quotes` once. Raises RulesError."""
    rules = load_rules("quotes")
    frames: dict[str, set[str]] = {}
    for frame in FRAMES:
        for verb in rules.words[frame]:
            frames.setdefault(verb, set()).add(frame)
    particles: dict[str, list[tuple[str, ...]]] = {}
    for phrase in rules.words["particle"]:
        verb, *rest = phrase.split()
        if rest:
            particles.setdefault(verb, []).append(tuple(rest))
        frames.setdefault(verb, set())
    lemma: dict[str, str] = {}
    for verb in frames:
        for form in (verb, *_inflect(verb)):
            lemma.setdefault(form, verb)
    lemma |= {form: str(verb) for form, verb in rules.meaning["forms"].items() if verb in frames}
    starts: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for phrase in rules.words["source_phrases"]:
        parts = tuple(phrase.split())
        place = max(range(len(parts)), key=lambda i: len(parts[i]))
        starts.setdefault(parts[place], []).append((parts, place))
    return Lexicon(
        lemma=lemma,
        frames={verb: frozenset(kinds) for verb, kinds in frames.items()},
        particles={verb: tuple(sorted(rest, key=len, reverse=True)) for verb, rest in particles.items()},
        thought=frozenset(rules.words["thought"]),
        words={name: frozenset(entries) for name, entries in rules.words.items()},
        source_phrases={word: tuple(phrases) for word, phrases in starts.items()},
        starts=frozenset((*lemma, *starts)),
    )


@functools.lru_cache(maxsize=4096)
def base_form(cue: str) -> str:
    """The verb that a cue begins with in its base form, in small letters: "Calling on" is "call"; empty for no cue."""
    first = cue.split(" ", 1)[0].lower()
    return load_lexicon().lemma.get(first, first)


def past_form(cue: str) -> str | None:
    """The verb of a participle in the past: "saying" is "said", "calling on" is "called on"; `None` where it is none
    that is known."""
    first, *rest = cue.lower().split(" ")
    base = base_form(first)
    if not first.endswith("ing") or base == first:
        return None
    irregular = [
        form
        for form, verb in load_rules("quotes").meaning["forms"].items()
        if verb == base and not form.endswith(("ing", "s"))
    ]
    return " ".join((irregular[0] if irregular else _inflect(base)[1], *rest))


def _inflect(verb: str) -> tuple[str, str, str]:
    """Regular third person, past and -ing form."""
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return third, verb + "ed", verb + "ing"


def is_adverb(low: str) -> bool:
    """Whether a word in small letters, which opens a sentence in front of a name, is an adverb and none of the name."""
    words = load_lexicon().words
    return low in words["adverbs"] or (len(low) >= _LONG_ADVERB and low.endswith(_adverb_ends()))


@functools.cache
def _adverb_ends() -> tuple[str, ...]:
    return tuple(sorted(load_lexicon().words["adverb_ends"]))

"""Which causes a clause names, by what is known of causes in general: a thing that failed, weather, a driver's fault.

Read by words and by pairs of words (a thing and its fault, somebody in charge and what he did wrong, a crowd and too
much of it), in any sentence around them: no wording of "caused by" is needed. Whose words they are and of which
incident is for `causes` to say.

Stance: a clause that speaks of help, inquiry or what is to come names nothing, and each class needs a kind of incident
that it may explain: "the wind fanned the flames" is no cause of a fire.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digests.extract.tellings.triggers import lexicon
from digests.rules import load_rules
from digests.types import Span

_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
# Where a clause ends.
_JOINT = re.compile(r"[.;:,()–\"](?!\d)| (?:and|but|while|although|though|which|who|whose)(?= )")
# Words between a thing and its fault, in either order.
_FAULT_REACH = 6
# Words between whoever is in charge and what he did wrong.
_DUTY_REACH = 12
# Words between a measure and what there is too much of.
_EXCESS_REACH = 4
# Words between what hit and what was hit.
_RAM_REACH = 8
# Words before a hint in which a "no" denies it.
_DENIED_REACH = 7
# Classes of the pairs of words.
_HUMAN_ERROR, _OVERLOADING, _COLLISION = "human error", "overloading", "collision"
# The traits of a fire and a blast, which much makes worse that did not start them.
_BURNING = frozenset({"burning", "blast", "industrial", "bomb"})
# What a row of deaths befalls.
_OF_BODIES = frozenset({"body"})


@dataclass(frozen=True, slots=True)
class Hint:
    """A class of causes that a clause names, and where. `is_denied`: a "no" stands before it."""

    cause: str
    clause: Span
    is_denied: bool


def find_hints(low: str, span: Span, traits: frozenset[str] = frozenset()) -> list[Hint]:
    """The causes that a stretch of a text in small letters names for an incident of these traits, each class once.

    Of an incident without traits any: another report may tell what it was (`may_explain`).
    """
    found: dict[tuple[str, bool], Hint] = {}
    for clause in _clauses(low, span):
        words = [match.group() for match in _WORD.finditer(low, clause.start, clause.end)]
        if _may_name().isdisjoint(words) or not _words("aside").isdisjoint(words) or not _is_told(words):
            continue
        is_toll = not _words("toll").isdisjoint(words)
        for cause, at in _causes(words):
            if is_toll and not may_explain(cause, _OF_BODIES):
                continue
            if traits and not may_explain(cause, traits):
                continue
            is_denied = _is_denied(words, at)
            if is_denied is not None:
                found.setdefault((cause, is_denied), Hint(cause, clause, is_denied))
    return list(found.values())


def _clauses(low: str, span: Span) -> Iterator[Span]:
    start = span.start
    for joint in _JOINT.finditer(low, span.start, span.end):
        if joint.start() > start:
            yield Span(start=start, end=joint.start())
        start = joint.end()
    if span.end > start:
        yield Span(start=start, end=span.end)


def _causes(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The classes that words name, each with the number of the word that does."""
    hints, parts = _table("hint"), _table("part")
    for at in range(len(words)):
        if (cause := _look_up(hints, words, at)) is not None:
            yield cause, at
        if (cause := _look_up(parts, words, at)) is not None and _is_near(words, at, "wrong", _FAULT_REACH):
            yield cause, at
    for first, second, reach, cause in (
        ("duty", "fault", _DUTY_REACH, _HUMAN_ERROR),
        ("excess", "laden", _EXCESS_REACH, _OVERLOADING),
        ("craft", "ram", _RAM_REACH, _COLLISION),
    ):
        for one, other in itertools.product(_places(words, first), _places(words, second)):
            if not 0 < other - one <= reach:
                continue
            if first == "craft" and not any(other < at <= other + reach for at in _places(words, "struck")):
                continue
            yield cause, one


def _is_near(words: Sequence[str], at: int, name: str, reach: int) -> bool:
    return any(0 < abs(other - at) <= reach for other in _places(words, name))


def _places(words: Sequence[str], name: str) -> list[int]:
    """The numbers of the words at which an entry of a list begins."""
    phrases = _phrases(name)
    return [at for at in range(len(words)) if _look_up(phrases, words, at) is not None]


def _look_up(
    table: Mapping[str, Sequence[tuple[tuple[str, ...], str]]], words: Sequence[str], at: int
) -> str | None:
    """What the longest phrase stands for that begins at a word; a single word may be a plural."""
    word = words[at].removesuffix("'s")
    for phrase, value in table.get(word, ()):
        if tuple(words[at : at + len(phrase)]) == phrase or len(phrase) == 1:
            return value
    if len(word) > 3 and word.endswith("s") and word[:-1] in table:
        return next((value for phrase, value in table[word[:-1]] if len(phrase) == 1), None)
    return None


def _is_denied(words: Sequence[str], at: int) -> bool | None:
    """Whether a "no" stands before a hint; `None` where it is left open ("not only", "did not say")."""
    before = words[max(0, at - _DENIED_REACH) : at]
    said = f" {' '.join(before)} "
    if any(f" {phrase} " in said for phrase in load_rules("explanations").words["half_negations"]):
        return None
    return any(f" {phrase} " in said for phrase in load_rules("explanations").words["negations"])


@functools.lru_cache(maxsize=4096)
def may_explain(cause: str, traits: frozenset[str]) -> bool:
    """Whether a class of causes may explain an incident of these traits; of one without any what fells a body does."""
    needed = load_rules("explanations").meaning["fits"].get(cause)
    if needed is not None and (traits or _OF_BODIES).isdisjoint(needed):
        return False
    return not (traits and traits <= _BURNING and cause in _words("aggravating"))


def traits_of(kind: str) -> frozenset[str]:
    """What is known of a kind of incident (`rules/incidents.toml`); nothing of deaths that no more is told of."""
    return lexicon().traits.get(kind, frozenset())


def _is_told(words: Sequence[str]) -> bool:
    """Whether a clause tells of what has been: a verb of the past stands in it, or it is a bare phrase."""
    tense = load_rules("tense").words
    return any(
        word in tense["past"] or (word.endswith("ed") and word not in tense["not_past"]) for word in words
    ) or not any(word in _words("present") for word in words)


@functools.cache
def _table(name: str) -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
    """A table by the first word of its phrases, the longest first."""
    entries = {str(k): str(v) for k, v in load_rules("explanations").meaning[name].items()}
    return _by_first(entries)


@functools.cache
def _phrases(name: str) -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
    return _by_first({phrase: phrase for phrase in load_rules("explanations").words[name]})


def _by_first(entries: Mapping[str, str]) -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, value in entries.items():
        words = tuple(phrase.split())
        table.setdefault(words[0], []).append((words, value))
    return {first: sorted(found, key=lambda pair: -len(pair[0])) for first, found in table.items()}


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_rules("explanations").words[name])


@functools.cache
def _may_name() -> frozenset[str]:
    """The words of which a clause that names a cause holds one."""
    firsts = [*_table("hint"), *_table("part"), *_phrases("duty"), *_phrases("excess"), *_phrases("craft")]
    return frozenset([*firsts, *(f"{word}s" for word in firsts), *(f"{word}'s" for word in firsts)])


def asks(verb: str) -> bool:
    """Whether a verb in its base form asks, promises or warns: what it introduces explains nothing."""
    return verb in _words("asking")

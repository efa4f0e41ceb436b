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
from digests.text.cuts import spans_between
from digests.text.document import longest_word
from digests.text.numberwords import number_words
from digests.types import Span

_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
# Where a clause ends.
_JOINT = re.compile(r"[.;:,()–\"](?!\d)| (?:and|but|while|although|though|which|who|whose)(?= )")
# What is told of a subject in between: "the rails, where nine people died on Sunday, had been laid on sand".
_INSERT = re.compile(r", (?:where|which|who|whose|in which)\b[^,.;]{3,90},")
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
# Words between a "not" and what was not done for a thing, or did not work.
_CARE_REACH = 5
# Words at the head of a clause in which those who died are told of.
_HEAD = 8
_NOTS = frozenset({"not", "never", "no longer", "hadn't", "wasn't", "weren't", "didn't"})
_RELATIVES = frozenset({"who", "which", "that", "whose"})
# Phrases, with what each stands for, by a form of the word that they begin with, in the order in which they are tried.
_Table = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
# Classes of the pairs of words.
_HUMAN_ERROR, _OVERLOADING, _COLLISION = "human error", "overloading", "collision"
_UPKEEP, _VIOLENCE = "upkeep", "violence"
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


def find_hints(low: str, span: Span, *, is_phrase: bool = False) -> list[Hint]:
    """The causes that a stretch of a text in small letters names, each class once: for any incident (`may_explain`).

    `is_phrase`: the stretch is what was named as the cause, and needs no verb.
    """
    found: dict[tuple[str, bool], Hint] = {}
    said = low[span.start : span.end]
    if ", wh" in said or ", in wh" in said:
        said = _INSERT.sub(_blank, said)
    for start, end in spans_between(_JOINT, said):
        words = _WORD.findall(said, start, end)
        if _may_name().isdisjoint(words) or _places(words, "aside") or not (is_phrase or _is_told(words)):
            continue
        clause = Span(start=span.start + start, end=span.start + end)
        for cause, at in _causes(words):
            if _tells_toll(words, at) and not may_explain(cause, _OF_BODIES):
                continue
            is_denied = _is_denied(words, at)
            if is_denied is not None:
                found.setdefault((cause, is_denied), Hint(cause, clause, is_denied))
                told, denied = found.get((cause, False)), found.get((cause, True))
                if told is not None and denied is not None and told.clause == denied.clause:
                    # "Had drunk no alcohol" denies it once.
                    del found[cause, False]
    return list(found.values())


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _causes(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The classes that words name, each with the number of the word that does."""
    hints, parts, care, naming = _table("hint"), _table("part"), _words("care"), _naming()
    read = 0
    for at, word in enumerate(words):
        if word not in naming:
            continue
        if at >= read and (found := _look_up(hints, words, at)) is not None:
            # "heart attack" is no attack
            cause, read = found[0], at + found[1]
            yield cause, at
        if (found := _look_up(parts, words, at)) is not None and _goes_wrong(words, at):
            yield found[0], at
        if word in care and not _NOTS.isdisjoint(words[max(0, at - _CARE_REACH) : at]):
            # "The crane had not been properly fixed."
            yield _UPKEEP, 0
    for first, second, reach, cause in (
        ("duty", "fault", _DUTY_REACH, _HUMAN_ERROR),
        ("excess", "laden", _EXCESS_REACH, _OVERLOADING),
        ("craft", "ram", _RAM_REACH, _COLLISION),
        ("force", "blow", _FAULT_REACH, _VIOLENCE),
    ):
        ones = _places(words, first)
        for one, other in itertools.product(ones, _places(words, second) if ones else ()):
            if not 0 < other - one <= reach:
                continue
            if first == "craft" and not any(other < at <= other + reach for at in _places(words, "struck")):
                continue
            yield cause, one


def _goes_wrong(words: Sequence[str], at: int) -> bool:
    """Whether a thing failed: a word of fault beside it, or what it did not do ("the brakes were not responding")."""
    if any(
        # "Damaged two storage tanks" tells what came of it.
        0 < abs(other - at) <= _FAULT_REACH and number_words().isdisjoint(words[min(other, at) : at])
        for other in _places(words, "wrong")
    ):
        return True
    behind = words[at + 1 : at + _CARE_REACH]
    no = next((index for index, word in enumerate(behind) if word in _NOTS), None)
    return (
        no is not None
        and words[at + no + 2 : at + no + 3] != []
        and words[at + no + 2] not in _words("blameless")
    )


def _tells_toll(words: Sequence[str], at: int) -> bool:
    """Whether a hint only tells what happened: "nine people died when the dam", "a gas leak killed nine"."""
    toll = next((index for index, word in enumerate(words) if word in _words("toll")), None)
    if toll is None:
        return False
    if toll > at:
        return True
    return toll < _HEAD and _RELATIVES.isdisjoint(words[:toll])


def _places(words: Sequence[str], name: str) -> list[int]:
    """The numbers of the words at which an entry of a list begins."""
    phrases = _phrases(name)
    if phrases.keys().isdisjoint(words):
        return []
    return [at for at in range(len(words)) if _look_up(phrases, words, at) is not None]


def _look_up(table: _Table, words: Sequence[str], at: int) -> tuple[str, int] | None:
    """What the longest phrase stands for that begins at a word, and its length; a single word may be a plural."""
    for phrase, value in table.get(words[at], ()):
        if len(phrase) == 1 or tuple(words[at : at + len(phrase)]) == phrase:
            return value, len(phrase)
    return None


def _is_denied(words: Sequence[str], at: int) -> bool | None:
    """Whether a "no" stands before a hint; `None` where it is left open ("not only", "did not say")."""
    before = words[max(0, at - _DENIED_REACH) : at]
    if "alone" in words[at + 1 : at + _DENIED_REACH]:
        # "Not the rain alone."
        return None
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
    """Whether a clause tells of what has been: a verb of the past stands in it."""
    past, not_past = _tense("past"), _tense("not_past")
    return not past.isdisjoint(words) or any(word.endswith("ed") and word not in not_past for word in words)


@functools.cache
def _tense(name: str) -> frozenset[str]:
    return frozenset(load_rules("tense").words[name])


@functools.cache
def _table(name: str) -> _Table:
    return _by_form({str(k): str(v) for k, v in load_rules("explanations").meaning[name].items()})


@functools.cache
def _phrases(name: str) -> _Table:
    return _by_form({phrase: phrase for phrase in load_rules("explanations").words[name]})


def _by_form(entries: Mapping[str, str]) -> _Table:
    """A table by each form that the first word of a phrase may have in a text."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, value in entries.items():
        words = tuple(phrase.split())
        by_first.setdefault(words[0], []).append((words, value))
    forms = dict.fromkeys(form for first in by_first for form in _forms(first))
    return {form: found for form in forms if (found := _beginning(by_first, form))}


def _beginning(
    by_first: Mapping[str, Sequence[tuple[tuple[str, ...], str]]], form: str
) -> list[tuple[tuple[str, ...], str]]:
    """The phrases that may begin with a form of a word, in the order in which they are tried: the longest first, the
    word that it is the plural of last."""
    word = form.removesuffix("'s")
    found = [(phrase, value) for phrase, value in by_first.get(word, ()) if word == form or len(phrase) == 1]
    single = f"{word[:-3]}y" if word.endswith("ies") else word[:-1] if word.endswith("s") else ""
    plural = [(phrase, value) for phrase, value in by_first.get(single, ()) if len(phrase) == 1]
    return [*sorted(found, key=lambda pair: -len(pair[0])), *plural]


def _forms(word: str) -> Iterator[str]:
    """A word, its plural and what either owns."""
    plurals = (f"{word}s", f"{word[:-1]}ies") if word.endswith("y") else (f"{word}s",)
    for form in (word, *plurals):
        yield form
        yield f"{form}'s"


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_rules("explanations").words[name])


@functools.cache
def _naming() -> frozenset[str]:
    """The words at which a cause may be named by itself, by a part that failed, or by what was not done for a thing."""
    return frozenset([*_table("hint"), *_table("part"), *_words("care")])


@functools.cache
def _may_name() -> frozenset[str]:
    """The words of which a clause that names a cause holds one."""
    return _naming().union(*(_phrases(name) for name in ("duty", "excess", "craft", "force")))


@functools.cache
def _naming_letters() -> frozenset[str]:
    return frozenset(map(longest_word, _may_name()))


def may_hint(held: frozenset[str]) -> bool:
    """Whether what is said in these plain words may name a cause: a look before it is read."""
    return not _naming_letters().isdisjoint(held)


def is_deliberate(cause: str) -> bool:
    """Whether a class of causes is what somebody does on purpose."""
    return cause in _words("deliberate")


def is_itself(cause: str, kind: str) -> bool:
    """Whether a class of causes only says again what happened: an infection, of an outbreak."""
    return cause in load_rules("explanations").meaning["itself"].get(kind, ())


def only_follows(cause: str) -> bool:
    """Whether a class of causes is itself what came of another one: a hole, water taken in."""
    return cause in _words("following")


def asks(verb: str) -> bool:
    """Whether a verb in its base form asks, promises or warns: what it introduces explains nothing."""
    return verb in _words("asking")

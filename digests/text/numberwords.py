"""The words that amounts are made of, as `numbers.toml` lists them: units, scales, hedges, what changes a number."""

from __future__ import annotations

import functools
import string
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from digests.rules import RuleSet, load_rules
from digests.text.phrases import Phrases

# What stands for one in front of a scale ("a dozen", "an hundred").
ONES = ("a", "an", "one")


class Hedge(StrEnum):
    """What the words in front of a number do to it."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLexicon:
    """The words of `numbers.toml` as `digests.text.numbers` reads them."""

    unit: Mapping[str, int]
    scale: Mapping[str, int]
    plural_scale: Mapping[str, int]
    amounts: Phrases[int]
    hedges: Phrases[Hedge]
    vague: Phrases[None]
    after: Phrases[Hedge]
    between: Phrases[None]
    of: frozenset[str]
    range_to: frozenset[str]
    range_and: frozenset[str]
    percent: frozenset[str]
    money: frozenset[str]
    # In front of a number that names something: "highway 1", "June 3".
    numbered: frozenset[str]
    first_words: frozenset[str]
    no_amount_after: frozenset[str]
    # Verbs behind which "up to" is no limit.
    goes_up: frozenset[str]
    # Whatever an amount may begin with, but for digits and compounds like "twenty-five".
    starts: Phrases[None]
    # "twenty", "thirty" ...: what a compound number word begins with.
    tens: tuple[str, ...]
    # Words of which an amount that is not vague holds one.
    number_words: frozenset[str]
    # Words and marks behind a number that change it.
    after_number: frozenset[str]


@functools.cache
def load_numbers() -> NumberLexicon:
    """Read the family `numbers` once. Raises RulesError."""
    rules = load_rules("numbers")
    words = rules.words
    hedges = {phrase: hedge for hedge in Hedge for phrase in words[hedge.value]}
    after: dict[str, Hedge] = dict.fromkeys(words["more_after"], Hedge.AT_LEAST)
    after |= dict.fromkeys(words["about_after"], Hedge.ABOUT)
    return NumberLexicon(
        unit=rules.meaning["unit"],
        scale=rules.meaning["scale"],
        plural_scale=rules.meaning["plural_scale"],
        amounts=Phrases(rules.meaning["amount"]),
        hedges=Phrases(hedges),
        vague=Phrases(dict.fromkeys(words["vague"])),
        after=Phrases(after),
        between=Phrases(dict.fromkeys(words["range_between"])),
        of=frozenset(words["of"]),
        range_to=frozenset(words["range_to"]),
        range_and=frozenset(words["range_and"]),
        percent=frozenset(words["percent"]),
        money=frozenset(words["money"]),
        numbered=frozenset(words["numbered"]),
        first_words=frozenset(phrase.split()[0] for phrase in _starts(rules)),
        no_amount_after=frozenset(words["no_amount_after"]),
        goes_up=frozenset(words["goes_up"]),
        starts=Phrases(dict.fromkeys(_starts(rules))),
        number_words=_number_words(rules),
        after_number=frozenset(
            {
                "+",
                *rules.meaning["unit"],
                *rules.meaning["scale"],
                *words["range_to"],
                *words["percent"],
                *(phrase.split()[0] for phrase in after),
            }
        ),
        tens=tuple(word for word, value in rules.meaning["unit"].items() if value >= 20),
    )


def _starts(rules: RuleSet) -> list[str]:
    """The words and phrases of which one stands at the beginning of each amount without digits."""
    names = (*(hedge.value for hedge in Hedge), "vague", "range_between")
    phrases = [phrase for name in names for phrase in rules.words[name]]
    tables = (rules.meaning[name] for name in ("unit", "plural_scale", "amount"))
    phrases += [phrase for table in tables for phrase in table]
    return [*phrases, "tens", *(f"{one} {scale}" for one in ONES for scale in rules.meaning["scale"])]


def _number_words(rules: RuleSet) -> frozenset[str]:
    tables = (rules.meaning[name] for name in ("unit", "scale", "plural_scale"))
    words = {word for table in tables for word in table} | {"tens"}
    for phrase in rules.meaning["amount"]:
        words |= set(phrase.split()) - set(rules.words["filler"])
    return frozenset(words)


def amount_words() -> frozenset[str]:
    """The words that an amount may begin with, but for digits and compounds like "twenty-five"."""
    return load_numbers().first_words


@functools.cache
def scale_words() -> frozenset[str]:
    """What multiplies a number: "dozen", "million"."""
    return frozenset(load_numbers().scale)


@functools.cache
def number_words() -> frozenset[str]:
    """Words that name a number by themselves, compounds like "twenty-five" by their first half."""
    lexicon = load_numbers()
    return frozenset({*lexicon.unit, *lexicon.plural_scale})


def amount_starts() -> Phrases[None]:
    """The words and phrases of which one stands at the beginning of each amount, but for digits and compounds."""
    return load_numbers().starts


@functools.cache
def only_hedges() -> frozenset[str]:
    """Words that begin an amount only where a number or another hedge stands right behind them."""
    lexicon = load_numbers()
    others = (lexicon.amounts, lexicon.between, lexicon.vague)
    taken = frozenset().union(*(table.first_words for table in others))
    return lexicon.hedges.first_words - taken - lexicon.number_words - set(ONES)


def tens_words() -> tuple[str, ...]:
    """ "twenty" to "ninety": what a compound number word begins with."""
    return load_numbers().tens


@functools.cache
def plain_letters() -> frozenset[str]:
    """Letters that no compound number word begins with: a word in no list that begins so is no number."""
    return frozenset(string.ascii_lowercase) - {ten[0] for ten in load_numbers().tens}

"""What the words of a count, and those around it, say of it: on top of another, of bodies, with an attacker.

Hides the word lists (`rules/casualties.toml`) and patterns (`rules/comparison.toml`) that are looked for; each answer
is of one text or one claim, never of two.

Stance: what is no count of all (one person told of, "three more bodies") is held against nothing.
"""

from __future__ import annotations

import functools
import re

from digests.analysis.disputes.agreement import size
from digests.rules import load_rules
from digests.text.document import fold
from digests.text.numbers import read_amount
from digests.text.tokens import tokenize
from digests.types import Claim, Figure

# Characters from a count in which the country is named in which it was made.
LAND_REACH = 120
# Characters in front of one in which it is ("Peru's toll from the quake", "In Ecuador, 14").
LAND_BEFORE = 40
# Characters on both sides of a count in which it stands that a clinic took them in.
_CARE_REACH = 40
_WORD = re.compile(r"[a-z]+|\d+")
_BOUND = re.compile(r"\bmore\s+than\b", re.IGNORECASE)
# Where others than those counted may come in.
_OTHERS = re.compile(r"[,;:(–—]|\. | and ")


def incomparable(figure: Figure) -> str | None:
    """Why a figure is no count to hold against others, as a code of `rules/reasons.toml`; `None` where it is one.

    None is a vague one, one person told of ("a police officer"), a count on top of another ("three more bodies"), or
    somebody's own family ("lost three sons").
    """
    if figure.bounds.is_vague:
        return "aside.vague"
    if _is_increment(figure):
        return "aside.increment"
    if figure.victims is not None and holds(figure.victims, "own_kin"):
        return "aside.kin"
    return "aside.instance" if is_instance(figure) else None


def is_instance(figure: Figure) -> bool:
    """Whether a figure is somebody told of, no count: "a pregnant woman", "Mara Lindqvist, 25", "one of them"."""
    if (figure.bounds.low, figure.bounds.high) != (1, 1):
        return False
    if figure.part_of is not None or (figure.victims or "").lower().startswith("of "):
        # "one of the best-known singers"
        return True
    return not holds(figure.words, "count_one")


def is_others(figure: Figure) -> bool:
    """Whether a figure counts others than those told of before ("four other officers"); "more than 30" is a bound."""
    return any(holds(_BOUND.sub("", text), "others") for text in (figure.victims, figure.words) if text)


def _is_increment(figure: Figure) -> bool:
    more = load_rules("casualties").words["increment"]
    first = (figure.victims or "").lower().split()[:1]
    words = figure.words.lower().split()
    return any(word in more for word in first) or any(word in more for word in words[:2] if word != "more")


def is_local(claim: Claim) -> bool:
    """Whether a count is of the dead of one town or village, as the words beside it say."""
    words = claim.citation.text
    before, _, behind = claim.sentence.partition(words)
    own = f"{before[-LAND_BEFORE:].rpartition('. ')[2]}{words}{behind[:LAND_BEFORE]}"
    if says(own, "comparison.local"):
        return True
    # "The mayor says the town has lost 27 people. The ministry sticks to its 24."
    is_contrast = claim.figure.victims is None and claim.figure.claimant is not None and ". " in before
    return is_contrast and says(before.rpartition(". ")[0], "comparison.local")


def is_of_several(claim: Claim) -> bool:
    """Whether the sentence of a count tells of several happenings of one sort ("nine were wounded in shootings")."""
    words = claim.citation.text
    before, _, behind = claim.sentence.partition(words)
    return says(
        f"{before.rpartition('. ')[2]}{words}{behind.partition('. ')[0]}", "comparison.several_happenings"
    )


def is_official(claim: Claim) -> bool:
    """Whether a count that nobody is named for is that of officials ("the official toll stands at 54")."""
    words = claim.citation.text
    before = claim.sentence.partition(words)[0][-_CARE_REACH:].rpartition(". ")[2]
    return says(before + words, "comparison.official")


def is_treated(claim: Claim) -> bool:
    """Whether a count is of those whom one place or one service took care of."""
    words = claim.citation.text
    before, _, behind = claim.sentence.partition(words)
    near = f"{before[-_CARE_REACH:].rpartition('. ')[2]}{words}{behind[:_CARE_REACH].partition('. ')[0]}"
    return says(near, "comparison.treated")


def is_verified(claim: Claim) -> bool:
    """Whether a count is of those alone of whom somebody has made sure; who of them was a child stands behind it."""
    before, _, behind = claim.sentence.partition(claim.citation.text)
    return says(f"{before}{claim.citation.text}{behind.partition('. ')[0]}", "comparison.verified")


def is_of_worst(claim: Claim) -> bool:
    """Whether a count of injured is of those hurt worst or still in care ("four are in a grave condition").

    What stands behind a comma is of others ("15 were hurt, four of them seriously").
    """
    words = claim.citation.text
    behind = claim.sentence.partition(words)[2][:_CARE_REACH]
    return says(words + _OTHERS.split(behind, maxsplit=1)[0], "comparison.condition")


def is_of_struck(claim: Claim) -> bool:
    """Whether a count of injured only says that shots or blows hit them ("shot three people"): some may have died."""
    words = claim.citation.text
    return holds(words, "struck") and not holds(words, "hurt")


def names_count(text: str, figure: Figure) -> bool:
    """Whether the words around one count name the number of another: "they had given a figure of 130"."""
    number = size(figure.bounds)
    if re.search(rf"(?<![\d,]){number:,}(?![\d,]*\d)", text) is not None:
        return True
    tokens = tokenize(text, 0, len(text))
    amounts = (read_amount(tokens, at) for at, low in enumerate(tokens.lows) if low[0].isalpha())
    return any(amount is not None and size(amount.bounds) == number for amount in amounts)


def told_of(claim: Claim) -> str:
    """A count's words and what its sentence goes on to say: "eight people died, among them the gunman"."""
    words = claim.citation.text
    _, _, behind = claim.sentence.partition(words)
    return words + behind.partition(". ")[0][:LAND_REACH]


@functools.lru_cache(maxsize=4096)
def holds(text: str, words: str) -> bool:
    """Whether a text holds one of a list of words."""
    return not frozenset(load_rules("casualties").words[words]).isdisjoint(_WORD.findall(text.lower()))


@functools.lru_cache(maxsize=4096)
def says(text: str, rule_id: str) -> bool:
    """Whether the words around a count say that it is new, or that it was taken back."""
    return find_rule(text, rule_id) is not None


def find_rule(text: str, rule_id: str) -> re.Match[str] | None:
    """Where a rule of `rules/comparison.toml` first holds."""
    return _patterns()[rule_id].search(fold(text))


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {rule.id: rule.pattern for rule in load_rules("comparison").rules}


@functools.lru_cache(maxsize=4096)
def sites_in(text: str) -> frozenset[str]:
    """The sorts of places and vehicles that the words around a count name."""
    sites = load_rules("comparison").meaning["site"]
    return frozenset(sites[word] for word in _WORD.findall(text.lower()) if word in sites)


def is_morgue(claim: Claim) -> bool:
    """Whether a count is one of bodies that a hospital or a morgue has: they may be of more than this incident."""
    return holds(claim.citation.text, "found_bodies") and says(claim.sentence, "comparison.morgue")


@functools.lru_cache(maxsize=4096)
def attackers_in(text: str) -> int:
    """How many attackers a count says that it includes ("four people, including the gunman" one); 0 where none."""
    words = load_rules("casualties").words
    tokens = tokenize(text, 0, len(text))
    found = tokens.lows
    for at, word in enumerate(found):
        phrase = f"{word} {found[at + 1]}" if at + 1 < len(found) else word
        behind = at + 2 if phrase in words["include"] else at + 1
        if behind == at + 1 and word not in words["include"]:
            continue
        if any(near in words["attackers"] for near in found[behind : behind + 4]):
            amount = read_amount(tokens, behind) if behind < len(found) else None
            return size(amount.bounds) or 1 if amount is not None else 1
    return 0

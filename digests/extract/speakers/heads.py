"""The heads of offices and trades in a phrase: those that a list knows, and nouns that their ending makes one.

No list holds every trade. Where the grammar asks for a person (in front of a name, as an apposition), a noun in small
letters that ends like one who does something is a trade ("receptionist Ida Dahl", "Ida Dahl, an oncologist, "). Stance:
a phrase of its own ("the shelter said") gets none by so loose an ending.
"""

from __future__ import annotations

import functools
import itertools

from digests.extract.speakers.namewords import is_name_word
from digests.extract.speakers.offices import Words, possessors
from digests.extract.speakers.roles import Entry, find_entries, load_roles, trade_words
from digests.extract.speech.lexicon import load_lexicon
from digests.rules import load_rules
from digests.types import ActorKind

# Letters in front of an ending: "user" and "heir" are no trade by it.
_STEM = 3
_GIVEN_AND_SURNAME = 2


def find_heads(words: Words, plains: list[str], *, is_person: bool = False) -> list[Entry]:
    """Entries of the lexicon among words, in order, with the trades that no list has.

    `is_person`: the phrase stands behind a name and tells who its bearer is.
    """
    entries = find_entries(plains, possessors(words))
    endings = _endings("sure_trade_endings") + _endings("trade_endings")
    ending = [at for at, low in enumerate(plains) if low.endswith(endings)]
    if not ending:
        return entries
    taken = {at for entry in entries for at in range(entry.first, entry.last + 1)}
    named = _name_at_end(words)
    for at in ending:
        word = words[at][0]
        if at in taken or not word[-1].isalpha() or at == named:
            continue
        is_first = at == 0 and len(words) > _GIVEN_AND_SURNAME and all(is_name_word(w) for w, _, _ in words)
        is_asked = is_first or at + 1 == named or (is_person and _ends_noun(at, plains))
        if _is_trade(word, plains[at], at, is_asked=is_asked):
            entries.append(Entry("other_roles", _kind(plains[at]), at, at))
    return sorted(entries, key=lambda entry: entry.first)


def main_role(roles: list[Entry], words: Words, plains: list[str]) -> Entry | None:
    """The head of a phrase among its roles: the last one in front of any preposition or "and".

    "deputy head of the Red Cross", "chief political strategist", "the army's director of music".
    """
    lists = load_roles().words
    ends = lists["belonging"] | load_lexicon().words["coordinators"]
    for role, behind in itertools.pairwise(roles):
        between = plains[role.last + 1 : behind.first]
        if not ends.isdisjoint(between) or words[role.last][0].endswith(("'s", "s'")):
            return role
        if plains[behind.first] in lists["ranks"] and plains[role.last] not in lists["role_modifiers"]:
            return role
    return roles[-1] if roles else None


def _name_at_end(words: Words) -> int:
    """Where the run of two or more words in capitals begins that ends a phrase; -1 where there is none."""
    at = len(words)
    while at > 0 and is_name_word(words[at - 1][0]):
        at -= 1
    return at if 0 < at < len(words) - 1 else -1


def _ends_noun(at: int, plains: list[str]) -> bool:
    """Whether a word ends its noun phrase: at the end, in front of a preposition or "and"."""
    behind = plains[at + 1 : at + 2]
    return not behind or behind[0] in load_roles().words["belonging"] or behind == ["and"]


def _is_trade(word: str, low: str, at: int, *, is_asked: bool) -> bool:
    if low in trade_words("no_trades") or low in load_lexicon().lemma:
        return False
    if word[0].isupper() and at > 0:
        return False
    if _ends_with(low, _endings("sure_trade_endings")):
        return True
    if is_asked and word[0].isupper():
        # "Botanist Ida Dahl", no "Walter Ida Dahl"
        return _ends_with(low, _endings("capital_trade_endings"))
    return is_asked and word[0].islower() and _ends_with(low, _endings("trade_endings"))


def _ends_with(low: str, endings: tuple[str, ...]) -> bool:
    return low[_STEM:].endswith(endings)


@functools.cache
def _endings(name: str) -> tuple[str, ...]:
    return load_rules("trades").words[name]


def _kind(low: str) -> ActorKind:
    lists = load_rules("trades").words
    is_scholar = low.endswith(tuple(lists["scholar_endings"])) and not low.startswith(
        tuple(lists["doctor_stems"])
    )
    return ActorKind.ANALYST if is_scholar else ActorKind.OTHER

"""Matters of the police, and whom an article names: what ties reports of one local case, and what does not.

Stance: a town's shootings and robberies share every word but the names of those in them. So only people tie a later
report to a case (an arrest, a trial), and not all people: officers who speak for the police, reporters and
photographers stand in case after case. Somebody is a given name of the shipped list with a family name behind it;
whom a text never calls by both is not known.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence, Set

from digests.rules import load_rules
from digests.rules.given_names import is_given_name
from digests.text.similarity import stem, stop_words

# Different words of the police in headline and opening from which it is their matter.
_SOME_WORDS = 3
# What may stand between a given and a family name: a blank, an initial with its stop.
_BETWEEN = frozenset(" .")
# What may stand between a role and its bearer.
_LEADING = frozenset(" .:")
# What stands between who made a picture and for whom.
_CREDITING = frozenset("/|")
# People of an article that are kept: the first named.
_MOST = 20
# Letters of the shortest family name that is told from an initial.
_SHORTEST = 3
# Lists of `rules/roles.toml` whose bearers recur from case to case.
_RECURRING = ("ranks", "official_roles", "spokes_roles", "media_roles", "state_roles")


def is_case(lead: Sequence[str]) -> bool:
    """Whether the stems of headline and opening tell of a matter of the police."""
    return len(_police().intersection(lead)) >= _SOME_WORDS


def find_people(
    folded: str, found: Sequence[tuple[str, int]], names: Set[str], places: Set[str]
) -> tuple[str, ...]:
    """Who is named with given and family name, as stems ("mara venn"), in order; none twice.

    Args:
        folded: Headline and text.
        found: Its words with their offsets.
        names: The stems that are names.
        places: Places of the text, in small letters: towns bear given names ("Austin").
    """
    people: dict[str, None] = {}
    for place, (given, _) in enumerate(found):
        if not given[0].isupper() or not is_given_name(given) or given.lower() in places:
            continue
        family = _family_behind(folded, found, place)
        if family is None or stem(family) not in names or _has_recurring_role(folded, found, place):
            continue
        people[f"{stem(given)} {stem(family)}"] = None
        if len(people) == _MOST:
            break
    return tuple(sorted(people))


def _family_behind(folded: str, found: Sequence[tuple[str, int]], place: int) -> str | None:
    """The family name behind a given one, over one initial; `None` for roads and buildings that bear a name, and for
    credits ("Ana Reyes/Harbour Times").
    """
    end = found[place][1] + len(found[place][0])
    for follower in range(place + 1, min(place + 3, len(found))):
        word, at = found[follower]
        if not _BETWEEN.issuperset(folded[end:at]) or not word[0].isupper():
            return None
        end = at + len(word)
        if len(word) == 1:
            continue
        behind = found[follower + 1][0].lower() if follower + 1 < len(found) else ""
        named = _sites() | stop_words()
        is_name = len(word) >= _SHORTEST and word.lower() not in named and behind not in _sites()
        return word if is_name and folded[end : end + 2].strip()[:1] not in _CREDITING else None
    return None


def _has_recurring_role(folded: str, found: Sequence[tuple[str, int]], place: int) -> bool:
    """Whether the word right in front is a rank, an office, or what credits a picture or a text."""
    if not place:
        return False
    word, at = found[place - 1]
    between = folded[at + len(word) : found[place][1]]
    return word.lower() in _recurring() and _LEADING.issuperset(between)


@functools.cache
def _police() -> frozenset[str]:
    return frozenset(map(stem, load_rules("similarity").words["police"]))


@functools.cache
def _sites() -> frozenset[str]:
    return frozenset(load_rules("similarity").words["sites"])


@functools.cache
def _recurring() -> frozenset[str]:
    roles = load_rules("roles").words
    said = [word for name in _RECURRING for role in roles[name] for word in role.lower().split()]
    return (frozenset(said) | frozenset(load_rules("similarity").words["credits"])) - stop_words()

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
from digests.text.similarity import background_share, stem, stop_words

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
# Words behind a name in which a road or building may follow that bears it.
_NAMES_OF_SITE = 2
# Words behind a name in which what it does for a newsroom is told.
_WORDS_OF_ROLE = 5
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
        family = _family_behind(folded, found, place, places)
        if family is None or stem(family) not in names or _has_recurring_role(folded, found, place):
            continue
        people[f"{stem(given)} {stem(family)}"] = None
        if len(people) == _MOST:
            break
    return tuple(sorted(people))


def _family_behind(folded: str, found: Sequence[tuple[str, int]], place: int, places: Set[str]) -> str | None:
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
        is_name = (
            len(word) >= _SHORTEST
            and not _is_no_family(word, places)
            and not _is_site(found, follower)
            and not _writes(found, follower)
        )
        return word if is_name and folded[end : end + 2].strip()[:1] not in _CREDITING else None
    return None


def _is_no_family(word: str, places: Set[str]) -> bool:
    """Whether a word behind a given name is none ("Flint Journal", "Jackson Police", "West Tarnbridge").

    A family of that name ties nothing then: people are known by the other names of a case.
    """
    low = word.lower()
    return low in _no_families() or low in places or background_share(stem(word)) > background_share("")


def _is_site(found: Sequence[tuple[str, int]], family: int) -> bool:
    """Whether a road or building follows, maybe over one more name ("Martin Lowe King Boulevard")."""
    for word, _ in found[family + 1 : family + 1 + _NAMES_OF_SITE]:
        if word.lower() in _sites():
            return True
        if not word[0].isupper():
            return False
    return False


def _writes(found: Sequence[tuple[str, int]], family: int) -> bool:
    """Whether a name is told to be a reporter's ("Ana Reyes is a crime reporter for")."""
    behind = [word.lower() for word, _ in found[family + 1 : family + 1 + _WORDS_OF_ROLE]]
    return behind[:1] == ["is"] and not _writers().isdisjoint(behind)


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
def _no_families() -> frozenset[str]:
    """Sites, outlets and words that tell nothing."""
    outlets = frozenset(word.lower() for word in load_rules("outlets").words["press_last"])
    return _sites() | outlets | stop_words()


@functools.cache
def _writers() -> frozenset[str]:
    roles = load_rules("roles").words["media_roles"] + load_rules("similarity").words["writers"]
    return frozenset(role for role in roles if " " not in role)


@functools.cache
def _recurring() -> frozenset[str]:
    roles = load_rules("roles").words
    said = [word for name in _RECURRING for role in roles[name] for word in role.lower().split()]
    return (frozenset(said) | frozenset(load_rules("similarity").words["credits"])) - stop_words()

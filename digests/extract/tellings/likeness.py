"""Whether two tellings may be one incident: kinds, doers, days and places that fit each other.

Each question has three answers: `True` they agree, `False` they exclude each other, `None` the texts do not say.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Mapping

from digests.extract.tellings.triggers import lexicon
from digests.rules import load_rules
from digests.rules.gazetteer import STATE_KINDS, NameKind, city_size, country_names, look_up

# By this form "the army", "troops" meet as doers: they may act for any state.
STATE_FORCES = "@state"
# The questions about kinds, doers and places are remembered: every mention of an article is held against its
# incidents, and news names the same few.
_REMEMBERED = 4096
# Days by which two outlets may name different days for one incident: time zones, "overnight".
_NIGHT = dt.timedelta(days=1)
# Days between the first and the last from which a time told is a month or a year, and no days that somebody counted.
VAGUE = dt.timedelta(days=14)
_LINKS = frozenset(
    {"and", "va", "the", "of", "al", "el", "de", "y", "e", "group", "militants", "fighters", "province"}
)


def bringing_kind(chosen: str, weights: Mapping[str, float]) -> str:
    """What brought the chosen kind about, where it is told at least half as much; else the chosen one.

    Args:
        chosen: A kind.
        weights: How much each kind is told.
    """
    brings = lexicon().brings
    causes = [
        kind
        for kind, weight in weights.items()
        if chosen in brings.get(kind, ()) and weight * 2 >= weights[chosen]
    ]
    return max(causes, key=lambda kind: (weights[kind], kind), default=chosen)


@functools.cache
def kinds_fit(a: str, b: str) -> bool | None:
    """Whether two kinds of incident can be names of one ("airstrike", "bombing")."""
    if a == b:
        return True
    traits = lexicon().traits
    one, other = traits.get(a, frozenset()), traits.get(b, frozenset())
    if not one or not other:
        return None
    return not one.isdisjoint(other)


def brings_about(one: str, other: str) -> bool:
    """Whether a kind brings another one about: an earthquake a tsunami."""
    return other in lexicon().brings.get(one, ())


@functools.cache
def scenes_fit(a: str, b: str) -> bool:
    """Whether two kinds can be scenes of one event ("riot", "arson", "raid"), though none is a name of the other."""
    scenes = lexicon().scenes
    one, other = scenes.get(a, frozenset()), scenes.get(b, frozenset())
    return not one or not other or not one.isdisjoint(other)


def has_doer(kind: str) -> bool:
    """Whether somebody does this kind of thing to somebody ("airstrike"), unlike a flood or a crash."""
    return kind in lexicon().words["violent"]


def may_do(actor: str, told: str, kind: str) -> bool:
    """Whether the doer of one telling did what the incident is: police that clash with looters did not loot."""
    if is_nameless(actor):
        return told == kind
    return kinds_fit(told, kind) is not False


@functools.lru_cache(maxsize=_REMEMBERED)
def is_among(kind: str, kinds: tuple[str, ...]) -> bool:
    """Whether a kind is one of several, or a more general name of one: a "crash" may be a plane crash."""
    traits = lexicon().traits
    own = traits.get(kind, frozenset())
    return kind in kinds or any(one and one <= own for one in (traits.get(other) for other in kinds))


def lasting_days(kind: str) -> dt.timedelta:
    """How long a kind lasts, beyond its first day."""
    return dt.timedelta(days=int(load_rules("incidents").meaning["lasting"].get(kind, 0)))


def goes_on_for_months(kind: str) -> bool:
    """Whether a kind has no day of its own and nobody does it ("outbreak", "drought"): counts of any week are of it."""
    return lasting_days(kind) > VAGUE and not has_doer(kind)


def is_spreading(kind: str) -> bool:
    """Whether a kind is in many places at once ("outbreak", "storm")."""
    return kind in lexicon().words["spreading"]


def is_running(kind: str) -> bool:
    """Whether an incident of this kind goes on for weeks, and whoever counts it counts a week or a country."""
    return kind in lexicon().words["running"]


def more_exact_kind(a: str, b: str) -> str:
    """The kind that says more: `b` where it is one sort of `a` ("airstrike" of "strike"), else `a`."""
    traits = lexicon().traits
    one, other = traits.get(a, frozenset()), traits.get(b, frozenset())
    return b if other and (not one or other < one) else a


@functools.lru_cache(maxsize=_REMEMBERED)
def skeleton(name: str) -> tuple[str, ...]:
    """A name by its consonants, word by word, so that transliterations meet ("Mohammed", "Muhammad")."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    kept = [w for w in words if w not in _LINKS] or words
    return tuple(w if len(w) < 5 else w[0] + re.sub(r"[aeiouyh]", "", w[1:]).replace("q", "k") for w in kept)


@functools.lru_cache(maxsize=_REMEMBERED)
def actor_key(actor: str) -> str:
    """A doer's name for comparison: states by their newsroom name, groups by their usual one."""
    plain = re.sub(r"^(?:the|an?)\s+", "", actor.strip(), flags=re.IGNORECASE).casefold()
    entry = look_up(plain)
    if entry is not None and entry.kind in STATE_KINDS:
        return country_names()[entry.country].casefold()
    return lexicon().same_group.get(plain, plain)


@functools.lru_cache(maxsize=_REMEMBERED)
def is_state(actor: str) -> bool:
    """Whether a doer is a state; a group may be called like a town."""
    entry = look_up(actor_key(actor))
    return entry is not None and entry.kind in STATE_KINDS


@functools.lru_cache(maxsize=_REMEMBERED)
def is_nameless(actor: str) -> bool:
    """ "gunmen", "suspected militants", "troops": doers that may be any group's."""
    words = actor.split()
    return (bool(words) and (words[-1].casefold() in lexicon().words["agents"] and not _is_name(words))) or (
        may_be_state(actor)
    )


def may_be_state(actor: str) -> bool:
    """ "troops", "police": doers that may act for a state."""
    words = actor.split()
    return bool(words) and words[-1].casefold() in lexicon().words["state_agents"] and not _is_name(words)


def _is_name(words: list[str]) -> bool:
    """ "Highland Liberation Army" and "Black Hand militia" are names, "Ruritanian army" and "Army" are not."""
    entry = look_up(words[0])
    of_state = entry is not None and entry.kind in (NameKind.DEMONYM, NameKind.COUNTRY)
    is_tailed = words[0][0].isupper() and words[-1] in lexicon().words["group_tails"]
    return len(words) > 1 and (words[-1][0].isupper() or is_tailed) and not (of_state and len(words) == 2)


@functools.lru_cache(maxsize=_REMEMBERED)
def actors_fit(a: str | None, b: str | None) -> bool | None:
    if not a or not b:
        return None
    one, other = actor_key(a), actor_key(b)
    if one == other:
        return True
    if is_state(one) != is_state(other):
        return None if may_be_state(a) or may_be_state(b) else False
    if is_state(one):
        return False
    shared = set(skeleton(one)) & set(skeleton(other)) - lexicon().words["agents"]
    if shared and not (is_nameless(a) and is_nameless(b)):
        return True
    return None if is_nameless(a) or is_nameless(b) else False


def days_fit(
    a: tuple[dt.date | None, dt.date | None], b: tuple[dt.date | None, dt.date | None], *, strict: bool = True
) -> bool | None:
    """Whether two ranges of days overlap; a month holds its days. `strict=False` forgives one night, but two years
    or months that follow each other are apart."""
    if a[0] is None or b[0] is None:
        return None
    slack = dt.timedelta(0) if strict or (is_vague(a) and is_vague(b)) else _NIGHT
    return a[0] - slack <= (b[1] or b[0]) and b[0] - slack <= (a[1] or a[0])


def is_vague(days: tuple[dt.date | None, dt.date | None]) -> bool:
    """Whether a range of days is that of a month or a year."""
    return days[0] is not None and days[1] is not None and days[1] - days[0] > VAGUE


@functools.lru_cache(maxsize=_REMEMBERED)
def places_fit(a: tuple[str | None, str | None], b: tuple[str | None, str | None]) -> bool | None:
    """Whether two (place, country) pairs can be one: equal names, or one a country that holds the other.

    Two different names in one country answer `None`: a village and its province look alike from here.
    """
    if (a[0] is None and a[1] is None) or (b[0] is None and b[1] is None):
        return None
    if a[1] and b[1] and a[1] != b[1]:
        return False
    if a[0] and b[0]:
        one, other = skeleton(a[0]), skeleton(b[0])
        if one == other or set(one) <= set(other) or set(other) <= set(one):
            return True
        if _is_city(a[0]) and _is_city(b[0]):
            return False
        if _is_country(a[0]) or _is_country(b[0]):
            return True if a[1] and a[1] == b[1] else None
    return None


def _is_city(name: str) -> bool:
    entry = look_up(name)
    return entry is not None and (
        entry.kind in (NameKind.CITY, NameKind.CAPITAL) or city_size(entry.canonical) > 0
    )


def _is_country(name: str) -> bool:
    entry = look_up(name)
    return entry is not None and entry.kind is NameKind.COUNTRY


@functools.lru_cache(maxsize=_REMEMBERED)
def is_city(name: str) -> bool:
    """Whether a name is a town's alone; capitals stand for governments."""
    entry = look_up(name)
    return entry is not None and entry.kind is NameKind.CITY

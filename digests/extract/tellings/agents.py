"""Who may do something in a sentence: states, armed groups and nameless doers, with their tokens."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digests.extract.tellings.triggers import Words, lexicon
from digests.rules.gazetteer import GeoMatch, NameKind, country_names, look_up

# Words of a name that no list holds.
_LONGEST_NAME = 6


@dataclass(slots=True)
class Agent:
    """Somebody who may do something, at tokens `first` to `last`: a state by its newsroom name, else as written.

    Only to be read; not frozen, like all that is made by the dozen for each sentence.
    """

    name: str
    first: int
    last: int
    is_state: bool
    # A country's or capital's bare name, which may be a place as well.
    is_place: bool = False


def find_agents(words: Words, names: Sequence[GeoMatch]) -> tuple[Agent, ...]:
    """States, known groups and nameless doers of a sentence, in order."""
    lex = lexicon()
    lows, doers, groups = words.lows, lex.words["doers"], lex.groups
    geo = _by_token(words, names)
    # A name that no list holds is told by its last word ("Front"); most sentences have none.
    has_ending = not lex.words["group_endings"].isdisjoint(lows)
    openers = lex.words["agent_openers"]
    may_begin = list(itertools.compress(itertools.count(), map(openers.__contains__, lows)))
    if has_ending:
        ends = [
            i
            for i, low in enumerate(lows)
            if low in lex.words["group_endings"] or low in lex.words["group_tails"]
        ]
        near = {i for end in ends for i in range(max(0, end - _LONGEST_NAME), end)}
        may_begin += [i for i in near if words.raws[i][0].isupper()]
    found: list[Agent] = []
    done = -1
    for i in sorted({*may_begin, *geo}) if has_ending or geo else may_begin:
        if i <= done:
            continue
        low = lows[i]
        is_doer, may_be_group = low in doers, has_ending or low in groups
        agent = (_group_at(words, i) if may_be_group else None) or (
            _state_at(words, i, geo[i]) if i in geo else None
        )
        if agent is None and is_doer:
            agent = Agent(words.raws[i], i, i, is_state=False)
        if agent is None:
            continue
        following = lows[agent.last + 1] if agent.last + 1 < len(lows) else ""
        if not agent.is_state and following in lex.words["agents"]:
            # "Highland Front militants" are the Highland Front.
            agent = Agent(agent.name, agent.first, agent.last + 1, is_state=False)
        found.append(agent)
        done = agent.last
    return tuple(found)


def _by_token(words: Words, names: Sequence[GeoMatch]) -> Mapping[int, GeoMatch]:
    """The names of a sentence by the index of the token that they begin with."""
    found: dict[int, GeoMatch] = {}
    for name in names:
        at = bisect.bisect_left(words.starts, name.span.start)
        if words.starts[at : at + 1] == [name.span.start]:
            found[at] = name
    return found


def _group_at(words: Words, i: int) -> Agent | None:
    """A known armed group, or a capitalised name that ends like one ("Highland Liberation Front")."""
    lex = lexicon()
    if not words.raws[i][0].isupper() and words.lows[i] not in lex.groups:
        return None
    for parts in lex.groups.get(words.lows[i], ()):
        if tuple(words.lows[i : i + len(parts)]) == parts:
            return Agent(_written(words, i, i + len(parts) - 1), i, i + len(parts) - 1, is_state=False)
    last = i
    while (
        last + 1 < len(words.lows)
        and last - i < _LONGEST_NAME - 1
        and words.raws[last + 1][0].isupper()
        and words.raws[last + 1].isalpha()
    ):
        last += 1
    tail = words.lows[last + 1] if last + 1 < len(words.lows) else ""
    if tail in lex.words["group_tails"] and i > 0 and state_of_demonym(words.raws[i]) is None:
        # "The Black Hand militia", not "a Ruritanian militia".
        return Agent(_written(words, i, last + 1), i, last + 1, is_state=False)
    shouting = words.raws[i].isupper() and words.raws[last].isupper()
    if last > i and not shouting and i > 0 and ends_like_group(words.lows[i : last + 1]):
        if words.lows[last] in lex.words["shared_endings"] and state_of_demonym(words.raws[i]) is not None:
            # "Ruritanian Republican Guards" are Ruritania's.
            return None
        return Agent(_written(words, i, last), i, last, is_state=False)
    return None


def ends_like_group(lows: Sequence[str]) -> bool:
    """Whether the words of a name with capitals end as an armed group's: "Highland Front", "Coast Liberation Forces".

    "Security Forces" are a state's.
    """
    endings, kinds = lexicon().words["group_endings"], lexicon().words["state_force_kinds"]
    if not lows or lows[-1] not in endings:
        return False
    return lows[-1] not in lexicon().words["shared_endings"] or (
        len(lows) > 2 and kinds.isdisjoint(lows[-2:-1])
    )


def _state_at(words: Words, i: int, name: GeoMatch) -> Agent | None:
    """A country or its capital; a demonym acts through its forces or its people ("Ruritanian troops")."""
    lex = lexicon()
    last = i
    while last + 1 < len(words.lows) and words.ends[last + 1] <= name.span.end:
        last += 1
    kind = name.name.kind
    if kind in (NameKind.CITY, NameKind.REGION):
        return None
    state = country_names()[name.name.country]
    if kind is not NameKind.DEMONYM:
        return Agent(state, i, last, is_state=True, is_place=True)
    following = words.lows[last + 1 : last + 4]
    for step, word in enumerate(following, start=1):
        if word in lex.words["forces"] or word in lex.words["officials"]:
            return Agent(state, i, last + step, is_state=True)
        if word in lex.words["agents"]:
            return Agent(_written(words, i, last + step), i, last + step, is_state=False)
        if not word[0].isalpha() or word in lex.words["prepositions"]:
            break
    return None


def _written(words: Words, first: int, last: int) -> str:
    """Tokens as written; the folded text has the same letters as the article."""
    parts: list[str] = []
    for k in range(first, last + 1):
        if k > first and words.starts[k] > words.ends[k - 1]:
            parts.append(" ")
        parts.append(words.raws[k])
    return "".join(parts)


def state_of_demonym(raw: str) -> str | None:
    """The state that a demonym names; `None` for other words."""
    if not raw[0].isupper():
        return None
    entry = look_up(raw)
    return country_names()[entry.country] if entry and entry.kind is NameKind.DEMONYM else None

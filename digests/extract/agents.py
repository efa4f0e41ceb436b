"""Who may do something in a sentence: states, armed groups and nameless doers, with their tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from digests.extract.triggers import Token, lexicon
from digests.rules.gazetteer import GeoMatch, NameKind, country_names, look_up


class Agent(NamedTuple):
    """Somebody who may do something, at tokens `first` to `last`: a state by its newsroom name, else as written.

    A tuple, like all that is made by the dozen for each sentence.
    """

    name: str
    first: int
    last: int
    is_state: bool
    # A country's or capital's bare name, which may be a place as well.
    is_place: bool = False


def find_agents(words: tuple[Token, ...], names: Sequence[GeoMatch]) -> tuple[Agent, ...]:
    """States, known groups and nameless doers of a sentence, in order."""
    lex = lexicon()
    doers, groups = lex.words["doers"], lex.groups
    geo = {name.span.start: name for name in names}
    # A name that no list holds is told by its last word ("Front"); most sentences have none.
    has_ending = not lex.words["group_endings"].isdisjoint([word.low for word in words])
    found: list[Agent] = []
    done = -1
    for i, word in enumerate(words):
        low = word.low
        is_doer, is_state = low in doers, word.start in geo
        may_be_group = low in groups or (has_ending and word.raw[0].isupper())
        if i <= done or not (is_doer or is_state or may_be_group):
            continue
        agent = (_group_at(words, i) if may_be_group else None) or (
            _state_at(words, i, geo[word.start]) if is_state else None
        )
        if agent is None and is_doer:
            agent = Agent(word.raw, i, i, is_state=False)
        if agent is None:
            continue
        following = words[agent.last + 1].low if agent.last + 1 < len(words) else ""
        if not agent.is_state and following in lex.words["agents"]:
            # "Highland Front militants" are the Highland Front.
            agent = Agent(agent.name, agent.first, agent.last + 1, is_state=False)
        found.append(agent)
        done = agent.last
    return tuple(found)


def _group_at(words: tuple[Token, ...], i: int) -> Agent | None:
    """A known armed group, or a capitalised name that ends like one ("Highland Liberation Front")."""
    lex = lexicon()
    if not words[i].raw[0].isupper() and words[i].low not in lex.groups:
        return None
    for parts in lex.groups.get(words[i].low, ()):
        if tuple(w.low for w in words[i : i + len(parts)]) == parts:
            return Agent(_written(words, i, i + len(parts) - 1), i, i + len(parts) - 1, is_state=False)
    last = i
    while (
        last + 1 < len(words)
        and last - i < 5
        and words[last + 1].raw[0].isupper()
        and words[last + 1].raw.isalpha()
    ):
        last += 1
    shouting = words[i].raw.isupper() and words[last].raw.isupper()
    if last > i and not shouting and words[last].low in lex.words["group_endings"] and i > 0:
        return Agent(_written(words, i, last), i, last, is_state=False)
    return None


def _state_at(words: tuple[Token, ...], i: int, name: GeoMatch) -> Agent | None:
    """A country or its capital; a demonym acts through its forces or its people ("Ruritanian troops")."""
    lex = lexicon()
    last = i
    while last + 1 < len(words) and words[last + 1].end <= name.span.end:
        last += 1
    kind = name.name.kind
    if kind in (NameKind.CITY, NameKind.REGION):
        return None
    state = country_names()[name.name.country]
    if kind is not NameKind.DEMONYM:
        return Agent(state, i, last, is_state=True, is_place=True)
    following = [w.low for w in words[last + 1 : last + 4]]
    for step, word in enumerate(following, start=1):
        if word in lex.words["forces"] or word in lex.words["officials"]:
            return Agent(state, i, last + step, is_state=True)
        if word in lex.words["agents"]:
            return Agent(_written(words, i, last + step), i, last + step, is_state=False)
        if not word[0].isalpha() or word in lex.words["prepositions"]:
            break
    return None


def _written(words: tuple[Token, ...], first: int, last: int) -> str:
    """Tokens as written; the folded text has the same letters as the article."""
    parts: list[str] = []
    for k in range(first, last + 1):
        if k > first and words[k].start > words[k - 1].end:
            parts.append(" ")
        parts.append(words[k].raw)
    return "".join(parts)


def state_of_demonym(raw: str) -> str | None:
    """The state that a demonym names; `None` for other words."""
    if not raw[0].isupper():
        return None
    entry = look_up(raw)
    return country_names()[entry.country] if entry and entry.kind is NameKind.DEMONYM else None

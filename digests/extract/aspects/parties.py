"""Who may have done it, in a speaker's words: states, named groups, people of a kind, and the speaker's own side."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from digests.extract.tellings.agents import find_agents
from digests.extract.tellings.likeness import STATE_FORCES, actor_key, is_nameless, may_be_state, skeleton
from digests.extract.tellings.triggers import Words
from digests.rules import load_rules
from digests.rules.gazetteer import GeoMatch

# The form of whoever speaks, until it is known who that is.
OWN = "@own"
# The forms of those who have no name, by the kind of people they are.
ARMED, PEOPLE = "@armed", "@people"
NAMELESS = frozenset({STATE_FORCES, ARMED, PEOPLE})
# Tokens between an owner and what it owns: "its own patrol boats".
_OWNED = 2
# Characters of a possessive.
_GENITIVES = frozenset({"'s", "'"})


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody at tokens `first` to `last`; `key` is the form by which one party meets itself in other words."""

    first: int
    last: int
    key: str


@functools.cache
def deed_words(name: str) -> frozenset[str]:
    """A list of `rules/deeds.toml` as a set."""
    return frozenset(load_rules("deeds").words[name])


@functools.cache
def _kinds() -> dict[str, str]:
    """Nouns of people to the form of their kind."""
    rules = load_rules("deeds")
    return {word: str(key) for name, key in rules.meaning["parties"].items() for word in rules.words[name]}


def find_parties(words: Words, names: Sequence[GeoMatch]) -> list[Party]:
    """The parties of a stretch in order; none covers another."""
    kinds, owners = _kinds(), deed_words("owners")
    agents = {agent.first: agent for agent in find_agents(words, names)}
    lows = words.lows
    found: list[Party] = []
    at = 0
    while at < len(lows):
        party: Party | None = None
        agent = agents.get(at)
        if lows[at] in owners:
            party = _owned(lows, at)
        elif agent is not None:
            key = _key_of(agent.name, is_state=agent.is_state)
            party = Party(at, agent.last, key) if key is not None else None
        elif lows[at] in kinds and lows[at - 1 : at] != ["-"]:
            party = Party(at, at, kinds[lows[at]])
        if party is not None:
            party = _with_instruments(lows, party)
            found.append(party)
            at = party.last
        at += 1
    return found


def _key_of(name: str, *, is_state: bool) -> str | None:
    """The form of an agent; `None` for "a man" and others who may be anybody."""
    if is_state:
        return actor_key(name)
    if may_be_state(name):
        return STATE_FORCES
    if is_nameless(name):
        return _kinds().get(name.split()[-1].casefold())
    return " ".join(skeleton(actor_key(name)))


def kind_of(words: str) -> str | None:
    """The form of the kind of people that words end with ("their supporters"); `None` for anybody else."""
    return _kinds().get(words.split()[-1].casefold()) if words else None


def _owned(lows: Sequence[str], at: int) -> Party | None:
    """ "Its drones", "our own men": the speaker's side."""
    things, kinds = deed_words("instruments"), _kinds()
    for k in range(at + 1, min(len(lows), at + 2 + _OWNED)):
        if lows[k] in deed_words("doers_to"):
            # "Hostages were killed by their kidnappers."
            return Party(at, k, ARMED)
        if lows[k] in things or lows[k] in kinds:
            return Party(at, k, OWN)
        if not lows[k].isalpha() or lows[k] in deed_words("off"):
            break
    return None


def _with_instruments(lows: Sequence[str], party: Party) -> Party:
    """A party with what acts for it behind its name: "army aircraft", "Ruritania's navy"."""
    things, kinds = deed_words("instruments"), _kinds()
    last = party.last
    at = last + 1
    if at < len(lows) and lows[at] in _GENITIVES:
        at += 1
        for k in range(at, min(len(lows), at + 1 + _OWNED)):
            if lows[k] in things or lows[k] in kinds:
                last = k
                break
            if not lows[k].isalpha():
                break
        at = last + 1
    while at < len(lows) and (lows[at] in things or lows[at] in kinds):
        last = at
        at += 1
    return Party(party.first, last, party.key)

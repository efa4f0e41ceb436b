"""What a local case is told by beside people: the roads where it was, the ages of those in it.

Stance: they tell one case of a town from the next only where both reports name them; a report that names no road says
nothing about where it was. Ages and roads are rules of `rules/similarity.toml`; capitals tell a road's name, so a text
in capitals alone tells none.
"""

from __future__ import annotations

import functools

from digests.rules import Rule, load_rules
from digests.text.similarity import stem

# What stands in front of each particular: its kind.
KINDS = ("road", "age")
# Particulars of one article that are kept of each kind: a round-up of a weekend names more, and is told by none.
_MOST = 12


def find_particulars(folded: str) -> tuple[str, ...]:
    """Roads and ages ("road quarry", "age 27") of a folded text, in order; none twice."""
    found: set[str] = set()
    for rule in _rules():
        if any(part in folded for part in rule.yields.get("holds", ("",))):
            kind = rule.yields["kind"]
            # One of the groups of a rule holds the value.
            said = {stem(match[match.lastindex or 0]) for match in rule.pattern.finditer(folded)}
            found.update(f"{kind} {value}" for value in sorted(said)[:_MOST])
    return tuple(sorted(found))


def kind_of(particular: str) -> str:
    """The kind of what `find_particulars` gives."""
    return particular.partition(" ")[0]


@functools.cache
def _rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("similarity").rules if rule.yields["role"] == "particular")

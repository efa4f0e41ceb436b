"""The shapes of `rules/casualties.toml`: regular expressions over the tags of a sentence's chunks."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from digests.rules import expand, load_rules
from digests.types import Measure


@dataclass(frozen=True, slots=True)
class Shape:
    """One pattern over tags. Its groups: `n` the counted, `v` the verb, `b` what goes before it, `p` an insert."""

    id: str
    pattern: re.Pattern[str]
    is_one: bool = False
    is_known: bool = False
    measure: Measure | None = None
    # Letters of which a row of tags must hold one of each group, or the shape cannot match.
    needs: tuple[frozenset[str], ...] = ()
    # What stands at `v` must be one of these, where the rule names a list of words.
    verbs: frozenset[str] | None = None
    # The same of what stands at `j`, and of the heads of the counted.
    joints: frozenset[str] | None = None
    heads: frozenset[str] | None = None


@functools.cache
def shapes() -> tuple[Shape, ...]:
    """All shapes in the order in which they claim chunks."""
    rules = load_rules("casualties")
    meaning, fragments = rules.meaning, rules.meaning["fragment"]

    def listed(table: Mapping[str, str], key: str) -> frozenset[str] | None:
        return frozenset(rules.words[table[key]]) if key in table else None

    return tuple(
        Shape(
            name,
            re.compile(expand("casualties.toml", name, table["tags"], {}, fragments)),
            bool(table.get("one")),
            bool(table.get("known")),
            Measure(table["measure"]) if "measure" in table else None,
            tuple(frozenset(letters) for letters in table.get("needs", "").split()),
            listed(table, "verbs"),
            listed(table, "joints"),
            listed(table, "heads"),
        )
        for name, table in meaning["shape"].items()
    )


def shapes_for(tags: str) -> tuple[Shape, ...]:
    """The shapes that can match a row of tags, in their order: most sentences lack what most shapes need."""
    return _shapes_with(_needed_letters().intersection(tags))


@functools.cache
def _needed_letters() -> frozenset[str]:
    """The letters that some shape needs: rows that differ in others alone have the same shapes."""
    return frozenset().union(*(letters for shape in shapes() for letters in shape.needs))


@functools.lru_cache(maxsize=4096)
def _shapes_with(tags: frozenset[str]) -> tuple[Shape, ...]:
    return tuple(shape for shape in shapes() if not any(map(tags.isdisjoint, shape.needs)))


@functools.cache
def parts() -> re.Pattern[str]:
    """Parts of a total that have no verb of their own."""
    return re.compile(load_rules("casualties").meaning["fragment"]["parts"])


def verb_span(found: re.Match[str]) -> tuple[int, int]:
    """Where the verb stands: `v`, or `v2` in the second branch of a shape."""
    span = found.span("v")
    return span if span[0] >= 0 or "v2" not in found.re.groupindex else found.span("v2")

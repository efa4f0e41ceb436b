"""Average linkage over a sparse graph: joins groups, the most alike pair first, while their mean likeness suffices.

Deterministic: ties go by name. A group that stands for a known story never joins another known one.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

# Days between two groups that cost nothing, and after how many more days likeness has halved.
_FREE_DAYS = 5
_HALVING_DAYS = 30


@dataclass(slots=True)
class Group:
    """Articles taken as one: the sum of their unit vectors, how many they are, and the days they cover."""

    name: str
    members: list[str]
    total: dict[str, float]
    count: int
    first: dt.date | None = None
    last: dt.date | None = None
    is_known: bool = False
    neighbours: set[str] = field(default_factory=set)


def make_group(
    name: str, members: Iterable[tuple[str, Mapping[str, float], dt.date | None]], *, is_known: bool = False
) -> Group:
    """A group of articles, each with its unit vector and day."""
    group = Group(name=name, members=[], total={}, count=0, is_known=is_known)
    for member, vector, day in members:
        group.members.append(member)
        group.count += 1
        _add(group.total, vector)
        if day is not None:
            group.first = min(group.first or day, day)
            group.last = max(group.last or day, day)
    return group


def likeness(first: Group, second: Group) -> float:
    """Mean cosine over all pairs of the two groups, 0 to 1, lowered by the days between them."""
    small, large = (first, second) if len(first.total) <= len(second.total) else (second, first)
    dot = sum(value * large.total.get(term, 0.0) for term, value in small.total.items())
    return dot / (first.count * second.count) * nearness(first, second)


def nearness(first: Group, second: Group) -> float:
    """1 for days that meet or nearly meet, falling towards 0; 1 where a day is not known."""
    if first.first is None or first.last is None or second.first is None or second.last is None:
        return 1.0
    gap = max((second.first - first.last).days, (first.first - second.last).days, 0)
    return float(0.5 ** (max(0, gap - _FREE_DAYS) / _HALVING_DAYS))


class Linkage:
    """Groups with their possible joins.

    Args:
        join_at: Likeness from which two groups become one.
        like: How alike two groups are, 0 to 1.
    """

    def __init__(self, *, join_at: float, like: Callable[[Group, Group], float] = likeness) -> None:
        self._join_at = join_at
        self._like = like
        self._groups: dict[str, Group] = {}
        self._heap: list[tuple[float, str, str]] = []

    def __contains__(self, name: str) -> bool:
        return name in self._groups

    def add(self, group: Group) -> None:
        self._groups[group.name] = group

    def link(self, first: str, second: str) -> None:
        """Note that two groups may belong together."""
        if first == second or second in self._groups[first].neighbours:
            return
        one, other = self._groups[first], self._groups[second]
        if one.is_known and other.is_known:
            return
        one.neighbours.add(second)
        other.neighbours.add(first)
        self._push(one, other)

    def join_all(self) -> list[Group]:
        """Join until nothing is alike enough; the groups that are left, in order of their names."""
        while self._heap:
            _, first, second = heapq.heappop(self._heap)
            # A name is retired when its group grows, so what the heap still holds of it is out of date.
            if first in self._groups and second in self._groups:
                self._join(self._groups[first], self._groups[second])
        return [self._groups[name] for name in sorted(self._groups)]

    def _push(self, one: Group, other: Group) -> None:
        like = self._like(one, other)
        if like >= self._join_at:
            first, second = sorted((one.name, other.name))
            heapq.heappush(self._heap, (-like, first, second))

    def _join(self, one: Group, other: Group) -> None:
        """Make the larger group take in the smaller one, under a new name."""
        if len(one.total) < len(other.total):
            one, other = other, one
        neighbours = sorted((one.neighbours | other.neighbours) - {one.name, other.name})
        del self._groups[one.name], self._groups[other.name]
        joined = Group(
            name=f"{min(one.name, other.name)}+",
            members=one.members + other.members,
            total=one.total,
            count=one.count + other.count,
            first=min((day for day in (one.first, other.first) if day), default=None),
            last=max((day for day in (one.last, other.last) if day), default=None),
            is_known=one.is_known or other.is_known,
        )
        _add(joined.total, other.total)
        self._groups[joined.name] = joined
        for name in neighbours:
            neighbour = self._groups[name]
            neighbour.neighbours -= {one.name, other.name}
            if not (joined.is_known and neighbour.is_known):
                joined.neighbours.add(name)
                neighbour.neighbours.add(joined.name)
                self._push(joined, neighbour)


def _add(total: dict[str, float], vector: Mapping[str, float]) -> None:
    for term, value in vector.items():
        total[term] = total.get(term, 0.0) + value

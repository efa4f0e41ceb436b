"""The incidents of a story: the mentions of all its articles, joined where they tell of one happening.

Stance: where the texts say too little, only the articles' main incidents join: they came into one story. What ties and
parts two mentions is `digests.analysis.occurrences.pairing`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.analysis.occurrences.labels import is_background, label_of, make_incident
from digests.analysis.occurrences.occurrences import (
    Key,
    Occurrence,
    is_day,
    key_of,
    occurrence_order,
    occurrences_of,
)
from digests.analysis.occurrences.pairing import (
    is_told_apart,
    is_told_besides,
    pair_score,
    shares_name,
    written_within,
)
from digests.trace import StoryTrace
from digests.types import Incident, IncidentMention, StoryArticle

# What a mention must reach to join a group (see `pair_score`): one strong sign, or a weak one between main incidents.
_ENOUGH = 2.0
# Main incidents that must fit where one report alone parts.
_AGREE = 2
# Articles that must hold one incident as theirs before a story is taken for one of it alone.
_ALL_OF_ONE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMap:
    """A story's incidents, the main one first, and which one each mention of an article speaks of."""

    incidents: tuple[Incident, ...]
    _ids: dict[tuple[str, Key], str] = field(repr=False, default_factory=dict)
    _main: dict[str, str] = field(repr=False, default_factory=dict)

    def of(self, article_id: str, mention: IncidentMention) -> str:
        """The id of the incident that an article's mention speaks of.

        A mention without a kind ("nothing is known") is the article's main incident; one that no article holds
        answers with the story's main incident; "" only where the story has none.
        """
        found = self._ids.get((article_id, key_of(mention)))
        if found is not None:
            return found
        return self._main.get(article_id) or (self.incidents[0].id if self.incidents else "")

    def main_of(self, article_id: str) -> str | None:
        """The id of the incident that an article holds as its own; `None` for one that holds none."""
        return self._main.get(article_id)

    @property
    def is_one(self) -> bool:
        """Whether three articles and more hold one incident as theirs, and none another: the story is of it alone."""
        return len(self._main) >= _ALL_OF_ONE and len(set(self._main.values())) == 1


def group_incidents(articles: Sequence[StoryArticle], trace: StoryTrace | None = None) -> IncidentMap:
    """Join the mentions of all articles into incidents; the order of the articles does not matter.

    Listed are incidents that carry a figure or an account, or that two articles mention; ids are "i1", "i2", ...,
    the main incident first, then by day. `trace` takes what fits and what parts the mentions of two articles.
    """
    nodes = sorted((node for item in articles for node in occurrences_of(item)), key=occurrence_order)
    within = written_within(articles)
    siblings: dict[str, list[Occurrence]] = {}
    scenes: dict[str, list[Occurrence]] = {}
    for node in nodes:
        siblings.setdefault(node.article_id, []).append(node)
        if not node.is_main and is_day(node.mention):
            scenes.setdefault(node.article_id, []).append(node)
    groups: list[list[Occurrence]] = []
    for node in nodes:
        open_groups = [
            group
            for group in groups
            if not is_told_apart(siblings[node.article_id], node, group)
            and not is_told_besides(scenes, node, group)
        ]
        group = _best_group(node, open_groups, within, trace)
        if group is None:
            group = []
            groups.append(group)
        group.append(node)
    listed = [group for group in groups if _is_listed(group)]
    listed.sort(key=_group_order)
    incidents: list[Incident] = []
    ids: dict[tuple[str, Key], str] = {}
    mains: dict[str, str] = {}
    for number, group in enumerate(listed, start=1):
        incident = make_incident(f"i{number}", group)
        incidents.append(incident)
        for node in group:
            ids[node.article_id, key_of(node.mention)] = incident.id
            if node.is_main:
                mains[node.article_id] = incident.id
    return IncidentMap(incidents=tuple(incidents), _ids=ids, _main=mains)


def _best_group(
    node: Occurrence,
    groups: Sequence[list[Occurrence]],
    within: frozenset[tuple[str, str]],
    trace: StoryTrace | None,
) -> list[Occurrence] | None:
    best: list[Occurrence] | None = None
    best_score = 0.0
    for group in groups:
        score = _score(node, group, within, trace)
        if score >= _ENOUGH and score > best_score:
            best, best_score = group, score
    return best


def _score(
    node: Occurrence,
    group: Sequence[Occurrence],
    within: frozenset[tuple[str, str]],
    trace: StoryTrace | None,
) -> float:
    """How well a node fits a group; below zero where the texts part them.

    One report that joined by a name may have another day or place for it: where two and more main incidents of the
    group fit, it alone parts nothing.
    """
    is_named = shares_name(node, group)
    best = 0.0
    parted: set[str] = set()
    fitting: set[str] = set()
    for other in group:
        score = pair_score(node, other, within, trace, is_named=is_named)
        best = max(best, score)
        if score < 0:
            parted.add(other.article_id)
            if not node.is_main or len(parted) > 1:
                return score
        elif score >= _ENOUGH and other.is_main:
            fitting.add(other.article_id)
    return -1.0 if parted and len(fitting - parted) < _AGREE else best


def _is_listed(group: Sequence[Occurrence]) -> bool:
    if any(node.carries for node in group):
        return True
    is_dated = any(node.mention.first and node.mention.kind != "war" for node in group)
    return is_dated and len({node.article_id for node in group}) > 1


def _group_order(group: Sequence[Occurrence]) -> tuple[object, ...]:
    """The main incident first: most articles hold it as theirs; then by day, then by label."""
    mains = sum(node.is_main for node in group)
    first = min((node.mention.first for node in group if node.mention.first), default=dt.date.max)
    return (-mains if mains > 1 or mains == len(group) else 0, is_background(group), first, label_of(group))

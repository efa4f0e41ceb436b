"""Whether two tellings of one day tell the same happening: by the incident they name, or by the words they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from digests.analysis.entries.tellings import Telling
from digests.extract.tellings.likeness import actors_fit, has_doer, kinds_fit, places_fit
from digests.text.similarity import background_weight
from digests.types import IncidentMention

# Share of the smaller telling's weight that both must have, and the least weight of what they share.
_SAME_SHARE = 0.42
_SAME_WEIGHT = 7.0
_SAME_TERMS = 3
# The same for two sentences of one page.
_SAME_PAGE = 0.6
# A lesser share does for so many shared terms of so much weight: two long leads on one event.
_MANY_SHARE, _MANY_TERMS, _MANY_WEIGHT = 0.36, 5, 12.0
# Two terms do for tellings of few words that share nearly all of them ("talks broke down", "the talks collapsed").
_SHORT_SHARE, _SHORT_TERMS, _SHORT_WORDS, _SHORT_WEIGHT = 0.46, 2, 5, 5.5
# The same for two plans of one day.
_PLAN_SHARE, _PLAN_TERMS = 0.5, 2
# For a plan and what came of it: the share of the plan, and the terms of a plan that one shared term is enough for.
_CAME_SHARE, _CAME_TERMS = 0.33, 4
# How alike two tellings of one incident are at least.
_INCIDENT_SHARE = 0.6


class Weights:
    """How much each term tells: rare in the language, and rare in this story's tellings."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self._counts = Counter(term for telling in tellings for term in telling.terms)
        self._total = len(tellings)
        self._known: dict[str, float] = {}
        self._whole: dict[frozenset[str], float] = {}

    def of(self, term: str) -> float:
        if term not in self._known:
            rarity = math.log((self._total + 1) / (self._counts[term] + 0.5)) / math.log(self._total + 2)
            self._known[term] = self.general(term) * math.sqrt(max(0.05, rarity))
        return self._known[term]

    @staticmethod
    def general(term: str) -> float:
        """How much a term tells in news at large."""
        return 4.0 if term.startswith("@") else background_weight(term)

    def weigh(self, terms: Iterable[str]) -> float:
        """What some terms weigh together, in whatever order they come."""
        return math.fsum(map(self.of, terms))

    def of_telling(self, telling: Telling) -> float:
        """What all terms of a telling weigh: it is held against many others."""
        if telling.terms not in self._whole:
            self._whole[telling.terms] = self.weigh(telling.terms)
        return self._whole[telling.terms]


def same_happening(first: Telling, second: Telling, weights: Weights) -> float:
    """How alike two tellings of one day are, 0 (not the same) to 1."""
    common = first.terms & second.terms
    if first.item.article.id == second.item.article.id and first.span == second.span:
        return 1.0
    if any(_one_incident(a, b) for a in first.incidents for b in second.incidents):
        return _INCIDENT_SHARE
    if not common:
        return 0.0
    weight = weights.weigh(common)
    smaller = min(weights.of_telling(first), weights.of_telling(second))
    if first.is_planned and second.is_planned and smaller and weight >= _PLAN_SHARE * smaller:
        # What is ahead is told in few words: "a public inquiry is to open", "the inquiry opens in the capital".
        return weight / smaller if len(common) >= _PLAN_TERMS else 0.0
    if first.is_planned != second.is_planned and smaller:
        return _came_about(*((first, second) if first.is_planned else (second, first)), weights)
    share = weight / smaller if smaller else 0.0
    if first.item.article.id == second.item.article.id and share < _SAME_PAGE:
        # One page tells one thing after the other, of the same people.
        return 0.0
    if len(common) >= _SAME_TERMS and weight >= _SAME_WEIGHT:
        is_much = len(common) >= _MANY_TERMS and weight >= _MANY_WEIGHT
        return share if share >= (_MANY_SHARE if is_much else _SAME_SHARE) else 0.0
    is_short = min(len(first.terms), len(second.terms)) <= _SHORT_WORDS and len(common) >= _SHORT_TERMS
    return share if is_short and weight >= _SHORT_WEIGHT and share >= _SHORT_SHARE else 0.0


def _came_about(plan: Telling, told: Telling, weights: Weights) -> float:
    """How surely a telling is what came of a plan: "a funeral is to be held", "they came to the funeral"."""
    common = plan.terms & told.terms
    if len(common) < _PLAN_TERMS and len(plan.terms) > _CAME_TERMS:
        return 0.0
    share = weights.weigh(common) / weights.of_telling(plan)
    return share if share >= _CAME_SHARE else 0.0


def _one_incident(first: IncidentMention, second: IncidentMention) -> bool:
    """Whether two mentions that share a day are one incident: kinds that fit, and the same doer or the same place.

    Of what nobody does ("derailment") a story has one on a day, unless the places speak against it.
    """
    if not kinds_fit(first.kind, second.kind):
        return False
    doers = actors_fit(first.actor, second.actor)
    places = places_fit((first.place, first.country), (second.place, second.country))
    if not has_doer(first.kind) and not has_doer(second.kind):
        return places is not False and doers is not False
    return places is not False if doers else doers is None and places is True

"""One incident of an article, growing with each telling of it: its kind, doer, places and day.

Hides which telling may say what: who of several is its doer, which day is the more exact, which kind says more.

Stance: what only a toll tells (a day, a place where some died) gives way to what the deed itself tells.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from digests.extract.joining.newness import LEAD
from digests.extract.tellings.likeness import (
    bringing_kind,
    goes_on_for_months,
    has_doer,
    is_nameless,
    kinds_fit,
    may_do,
    more_exact_kind,
)
from digests.extract.tellings.triggers import Form, lexicon
from digests.extract.tellings.views import Telling
from digests.types import PlaceMention, Span

# Places of one incident that are kept.
_MOST_PLACES = 8
_EXACTNESS = {"country": 0, "region": 1, "area": 2, "capital": 2}


@dataclass(slots=True)
class Cluster:
    """One incident of the article, growing as its mentions are read."""

    kind: str
    tellings: list[Telling] = field(default_factory=list)
    actor: str | None = None
    against: str | None = None
    places: list[PlaceMention] = field(default_factory=list)
    days: tuple[dt.date, dt.date] | None = None
    day_is_exact: bool = False
    # Whether only a deed told further below gives the day: it may have been the next one.
    day_is_weak: bool = False
    # The words that tell the day.
    day_words: Span | None = None
    is_other: bool = False
    # Two sides fight each other in it: neither is its doer.
    is_mutual: bool = False

    def place(self) -> PlaceMention | None:
        """The most exact place told of it, the first among equals."""
        return max(self.places, key=_exactness, default=None) if self.places else None

    def where(self) -> tuple[str | None, str | None]:
        place = self.place()
        return (place.canonical, place.country) if place else (None, None)


def settle(cluster: Cluster) -> None:
    """Name an incident once all its mentions are known: its most told kind, and who did that."""
    cluster.tellings.sort(key=lambda telling: telling.span.start)
    cluster.kind = _told_kind(cluster)
    actors = [t.actor for t in cluster.tellings if t.actor and _does(t, cluster.kind)]
    if not cluster.is_mutual:
        cluster.actor = next((a for a in actors if not is_nameless(a)), actors[0] if actors else None)


def _does(telling: Telling, kind: str) -> bool:
    """Whether a telling's doer did what the incident is; of a clash nobody nameless is the doer."""
    if not telling.actor or not has_doer(kind):
        return False
    if is_nameless(telling.actor) and telling.kind in lexicon().words["two_sided"]:
        return False
    return may_do(telling.actor, telling.kind, kind)


def _told_kind(cluster: Cluster) -> str:
    """The kind told most, the lead counting double; then the sort of it that says more, if told there too.

    Of what two sides did to each other what either did is only a scene.
    """
    if cluster.is_mutual:
        return next(telling.kind for telling in cluster.tellings if telling.is_mutual)
    vague = lexicon().words["vague_kinds"]
    weights: dict[str, float] = {}
    told = [telling for telling in cluster.tellings if telling.kind not in vague]
    # The rain after which a slope slid is no flood.
    for telling in [telling for telling in told if not telling.is_weather] or told:
        weight = 2.0 if telling.sentence < LEAD else 1.0
        weights[telling.kind] = weights.get(telling.kind, 0.0) + weight
    if not weights:
        return max((t.kind for t in cluster.tellings), key=lambda kind: len(lexicon().traits.get(kind, ())))
    # Kinds that name each other support each other: "attack" speaks for "bombing".
    support = {
        kind: sum(w for other, w in weights.items() if kinds_fit(kind, other)) + weight
        for kind, weight in weights.items()
    }
    chosen = max(support, key=lambda kind: (support[kind], weights[kind]))
    for kind in weights:
        chosen = more_exact_kind(chosen, kind)
    return bringing_kind(chosen, weights)


def add_telling(cluster: Cluster, telling: Telling) -> None:
    cluster.tellings.append(telling)
    if telling.is_mutual and telling.sentence < LEAD and cluster.actor is None:
        cluster.is_mutual = True
    cluster.kind = more_exact_kind(cluster.kind, telling.kind)
    if (
        not cluster.is_mutual
        and _does(telling, cluster.kind)
        and (cluster.actor is None or is_nameless(cluster.actor))
    ):
        cluster.actor = telling.actor
    cluster.against = cluster.against or telling.against
    if telling.form is not Form.TOLL or not cluster.places:
        # Where some of the dead were found is not where all of it was.
        cluster.places.extend(telling.places[: _MOST_PLACES - len(cluster.places)])
    # Nor is a drought or an outbreak of the week whose dead are counted.
    is_count = telling.form is Form.TOLL and goes_on_for_months(cluster.kind)
    if (telling.days is not None and not is_count) and (
        cluster.days is None
        or (telling.day_is_exact and not cluster.day_is_exact)
        or (telling.day_is_exact and telling.is_named_by_day and cluster.day_is_weak)
    ):
        cluster.days, cluster.day_is_exact = telling.days, telling.day_is_exact
        cluster.day_words = telling.day_words
        is_low = telling.sentence >= LEAD
        cluster.day_is_weak = telling.form is Form.TOLL or (is_low and telling.form is Form.VERB)


def _exactness(place: PlaceMention) -> int:
    """How small a place is, by the rule that read it: a country 0, a town 3."""
    return _EXACTNESS.get(place.evidence.rule.rsplit(".", 1)[-1], 3)

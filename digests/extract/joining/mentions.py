"""Mentions of one incident within an article: which tellings join, and which scenes belong to the main incident.

How well one telling fits one incident is `fitting`'s; here the best is chosen, or a new incident opened.

Stance: a wrong join mixes the figures of two incidents, which is the worst error here; where kinds, doers, days or
places exclude each other nothing joins. Where nothing speaks against it, a definite phrase means the main incident.
"""

from __future__ import annotations

import datetime as dt

from digests.extract.joining.clusters import Cluster, add_telling
from digests.extract.joining.fitting import FITS, find_fits, score_fit, was_tried_before
from digests.extract.joining.mainincidents import main_cluster
from digests.extract.joining.newness import FRESH, LEAD
from digests.extract.tellings.likeness import (
    actor_key,
    actors_fit,
    days_fit,
    has_doer,
    lasting_days,
    places_fit,
    scenes_fit,
)
from digests.extract.tellings.triggers import Form, lexicon
from digests.extract.tellings.views import Telling

# Incidents of one article that a mention is held against: the first ones and the last ones.
_FIRST_CLUSTERS, _LAST_CLUSTERS = 8, 24


def join_tellings(
    tellings: list[Telling], published: dt.date | None, *, is_traced: bool = False
) -> list[Cluster]:
    """Clusters in order of their first mention; scenes of the main one that nothing parts from it are in it.

    `is_traced`: each telling keeps what joined it to its incident and what parts it from the others.
    """
    clusters: list[Cluster] = []
    for telling in tellings:
        chosen = _choose(telling, clusters, published)
        if is_traced:
            _note_fits(telling, chosen, clusters, published)
        if chosen is None:
            is_past = telling.is_of_some_month and not telling.is_definite and telling.sentence >= LEAD
            is_past = is_past or (bool(clusters) and was_tried_before(telling, clusters[0], published))
            chosen = Cluster(kind=telling.kind, is_other=telling.is_other or is_past)
            clusters.append(chosen)
        add_telling(chosen, telling)
    if len(clusters) < 2:
        return clusters
    main = main_cluster(clusters, published)
    kept: list[Cluster] = []
    for cluster in clusters:
        if cluster is not main and _is_scene(cluster, main, published):
            for telling in cluster.tellings:
                telling.joined = telling.joined or ("scene",)
                add_telling(main, telling)
        else:
            kept.append(cluster)
    return kept


def _is_scene(cluster: Cluster, main: Cluster, published: dt.date | None) -> bool:
    """Whether no day, place or doer of its own parts a cluster from the article's main incident."""
    first = cluster.tellings[0]
    if first.is_of_some_month and not first.is_definite:
        return False
    if cluster.is_other or main.is_other or not scenes_fit(cluster.kind, main.kind):
        return False
    if first.is_apart and not _clusters_places_fit(cluster, main):
        return False
    if _is_new_beside(first, main):
        return False
    # "The minister resigned after protests. Police had opened fire": those are no other incident than this.
    is_side = first.is_side and cluster.kind not in lexicon().words["weak_kinds"]
    # "Protests erupted after a shooting": they are no scene of it.
    is_side = is_side or (main.tellings[0].is_side and main.tellings[0].sentence == first.sentence)
    if is_side and (has_doer(cluster.kind) or has_doer(main.kind)):
        return False
    if actors_fit(cluster.actor, main.actor) is False:
        return False
    if any(
        actor_key(critic) == actor_key(main.actor)
        for t in cluster.tellings
        for critic in t.not_by
        if main.actor
    ):
        return False
    if _clusters_places_fit(cluster, main) is False:
        return False
    if cluster.days is None:
        return True
    if main.days is None:
        return published is not None and cluster.days[0] >= published - FRESH
    if main.day_is_weak and published is not None:
        # Only a death, or a deed far below, gives the news its day.
        return published - FRESH <= cluster.days[0] <= published
    window = (main.days[0], main.days[1] + lasting_days(main.kind))
    return bool(days_fit(cluster.days, window)) and cluster.day_is_exact >= main.day_is_exact


def _is_new_beside(first: Telling, main: Cluster) -> bool:
    """Whether a cluster's first words tell of something new beside the main incident, on a day of its own: "it did not
    confirm the strikes; rebels had killed seven in an ambush on Thursday"."""
    if first.form is not Form.NOUN or first.is_definite or first.days is None or main.days is not None:
        return False
    return any(telling.sentence == first.sentence and telling.is_definite for telling in main.tellings)


def _clusters_places_fit(cluster: Cluster, main: Cluster) -> bool | None:
    verdicts = [
        places_fit((a.canonical, a.country), (b.canonical, b.country))
        for a in cluster.places
        for b in main.places
    ]
    if not verdicts:
        return None
    if True in verdicts:
        return True
    ours, theirs = ({place.country for place in one.places if place.country} for one in (cluster, main))
    is_abroad = bool(ours) and bool(theirs) and ours.isdisjoint(theirs)
    return None if None in verdicts and not is_abroad else False


def _note_fits(
    telling: Telling, chosen: Cluster | None, clusters: list[Cluster], published: dt.date | None
) -> None:
    """Keep what fits the incident that a telling was given to, and what speaks against the first others."""
    for order, cluster in enumerate(clusters[:_FIRST_CLUSTERS]):
        fits = find_fits(telling, cluster, published, is_main=order == 0)
        if cluster is chosen:
            telling.joined = tuple(name for name, fit in zip(FITS, fits, strict=True) if fit) or ("near",)
        else:
            against = tuple(name for name, fit in zip(FITS, fits, strict=True) if fit is False)
            telling.parted += ((cluster.tellings[0].span, against),)


def _choose(telling: Telling, clusters: list[Cluster], published: dt.date | None) -> Cluster | None:
    """The cluster that a telling belongs to; `None` opens a new one."""
    best: Cluster | None = None
    best_score = 0.0
    near = clusters
    if len(clusters) > _FIRST_CLUSTERS + _LAST_CLUSTERS:
        near = clusters[:_FIRST_CLUSTERS] + clusters[-_LAST_CLUSTERS:]
    for order, cluster in enumerate(near):
        score = score_fit(telling, cluster, published, is_main=order == 0)
        if score is not None and score > best_score:
            best, best_score = cluster, score
    return best

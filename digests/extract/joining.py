"""Mentions of one incident within an article: which tellings join, and which incident the article is about.

Stance: a wrong join mixes the figures of two incidents, which is the worst error here; where kinds, doers, days or
places exclude each other nothing joins. Where nothing speaks against it, a definite phrase means the main incident.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.extract.likeness import (
    actor_key,
    actors_fit,
    bringing_kind,
    days_fit,
    has_doer,
    is_nameless,
    kinds_fit,
    lasting_days,
    may_do,
    more_exact_kind,
    places_fit,
    scenes_fit,
)
from digests.extract.triggers import Form, lexicon
from digests.extract.views import Telling
from digests.text.document import Document
from digests.types import DateMention, PlaceMention, Precision, Span

# Incidents of one article that a mention is held against: the first ones and the last ones.
_FIRST_CLUSTERS, _LAST_CLUSTERS = 8, 24
# Places of one incident that are kept.
_MOST_PLACES = 8
# Sentences (the headline among them) in which an article says what its news is.
LEAD = 4
# Sentences from a headline to the one that says when.
_OPENS = 2
# Days before publication from which an incident is no news any more.
_OLD_NEWS = dt.timedelta(days=10)
# An undated main incident happened within these days before publication.
_FRESH = dt.timedelta(days=3)
# Days from which a date names a month or a year, no day and no week.
_VAGUE = dt.timedelta(days=14)
# A day, or a part of it ("last night").
_DAYS = (Precision.DAY, Precision.TIME)
# Somebody may die of an incident this long after it.
_LATE_DEATH = dt.timedelta(days=30)
# Characters from a word of casualties to the verb that says that the toll went up.
_RISE_REACH = 140
# Characters behind a trigger in which the next word stands, and before it in which somebody is charged with it.
_CASE_REACH, _CHARGE_REACH = 16, 30
_MARKS = ".,;:!?'\""
# What `_fits` weighs, in its order.
FITS = ("kind", "actor", "day", "place")
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
            chosen = Cluster(kind=telling.kind, is_other=telling.is_other or is_past)
            clusters.append(chosen)
        _add(chosen, telling)
    if len(clusters) < 2:
        return clusters
    main = main_cluster(clusters, published)
    kept: list[Cluster] = []
    for cluster in clusters:
        if cluster is not main and _is_scene(cluster, main, published):
            for telling in cluster.tellings:
                telling.joined = telling.joined or ("scene",)
                _add(main, telling)
        else:
            kept.append(cluster)
    return kept


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
    for telling in cluster.tellings:
        if telling.kind not in vague:
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


def _is_scene(cluster: Cluster, main: Cluster, published: dt.date | None) -> bool:
    """Whether no day, place or doer of its own parts a cluster from the article's main incident."""
    first = cluster.tellings[0]
    if first.is_of_some_month and not first.is_definite:
        return False
    if cluster.is_other or main.is_other or not scenes_fit(cluster.kind, main.kind):
        return False
    if first.is_apart and not _clusters_places_fit(cluster, main):
        return False
    if first.is_side and (has_doer(cluster.kind) or has_doer(main.kind)):
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
        return published is not None and cluster.days[0] >= published - _FRESH
    if main.day_is_weak and published is not None:
        # Only a death, or a deed far below, gives the news its day.
        return published - _FRESH <= cluster.days[0] <= published
    window = (main.days[0], main.days[1] + lasting_days(main.kind))
    return bool(days_fit(cluster.days, window)) and cluster.day_is_exact >= main.day_is_exact


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


def _add(cluster: Cluster, telling: Telling) -> None:
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
    if telling.days is not None and (
        cluster.days is None
        or (telling.day_is_exact and not cluster.day_is_exact)
        or (telling.day_is_exact and telling.is_named_by_day and cluster.day_is_weak)
    ):
        cluster.days, cluster.day_is_exact = telling.days, telling.day_is_exact
        cluster.day_words = telling.day_words
        is_low = telling.sentence >= LEAD
        cluster.day_is_weak = telling.form is Form.TOLL or (is_low and telling.form is Form.VERB)


def _note_fits(
    telling: Telling, chosen: Cluster | None, clusters: list[Cluster], published: dt.date | None
) -> None:
    """Keep what fits the incident that a telling was given to, and what speaks against the first others."""
    for order, cluster in enumerate(clusters[:_FIRST_CLUSTERS]):
        fits = _fits(telling, cluster, published, is_main=order == 0)
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
        score = _score(telling, cluster, published, is_main=order == 0)
        if score is not None and score > best_score:
            best, best_score = cluster, score
    return best


def _score(telling: Telling, cluster: Cluster, published: dt.date | None, *, is_main: bool) -> float | None:
    """How well a telling fits a cluster; `None` where something excludes it, 0 or less where nothing speaks for it."""
    if _kind_fits(telling, cluster) is False or actors_fit(telling.actor, cluster.actor) is False:
        # Most pairs end here.
        return None
    kind, actor, day, place = _fits(telling, cluster, published, is_main=is_main)
    if is_main and telling.is_of_some_month and telling.sentence >= LEAD and not telling.is_definite:
        # "In February, a quake hit ...", far below the news.
        return None
    if day is False or place is False:
        return None
    if cluster.actor and any(actor_key(cluster.actor) == actor_key(critic) for critic in telling.not_by):
        return None
    if (
        not is_main
        and not (actor or place)
        and _is_past(telling.days, published)
        and cluster.days is None
        and telling.sentence - cluster.tellings[-1].sentence > 1
    ):
        # "In 2005 a blast left 22 dead" is not the other one that was told of far above without a day.
        return None
    if telling.kind in lexicon().words["vague_kinds"]:
        kind = None
    # A month that holds the day says less than the day.
    day_weight = 2.0 if cluster.day_is_exact and telling.day_is_exact else 1.0
    score = 2.0 * (actor is True) + day_weight * (day is True) + 2.0 * (place is True) + 0.5 * (kind is True)
    if telling.is_other and not (actor is True and not is_main) and not (day is True and place is True):
        # Another one than the news may be one that was told of before.
        is_known = place is True or (day is True and not has_doer(telling.kind))
        return score if not is_main and kind is True and is_known else -1.0
    is_caused = not has_doer(telling.kind) and not has_doer(cluster.kind)
    if telling.is_side and not is_caused and cluster.tellings[-1].sentence == telling.sentence:
        # "The raid followed a bombing": what follows something is another thing.
        return -1.0
    if telling.is_apart and place is not True:
        return -1.0
    if telling.is_near:
        return score + (3.0 if telling.sentence - cluster.tellings[-1].sentence == 1 else 0.0)
    if telling.not_by and cluster.actor:
        score += 2.0
    score += 1.0 * is_main
    last = cluster.tellings[-1]
    is_near = telling.sentence - last.sentence <= 1
    goes_on = telling.sentence - last.sentence == 1
    if telling.form is Form.TOLL and telling.places and not (actor or day or place or is_main or goes_on):
        # Where others died is another place than that of what was told before without one.
        return None
    if is_near:
        score += 0.75
    if telling.sentence == last.sentence and telling.is_definite and not (last.is_side or telling.days):
        # "The two bombed three banks in May, and a clerk died in one of the attacks."
        score += 1.5
    if not telling.is_definite and telling.form is Form.NOUN and not (actor or day or place) and not is_main:
        score -= 1.5
    return score


def _fits(
    telling: Telling, cluster: Cluster, published: dt.date | None, *, is_main: bool
) -> tuple[bool | None, bool | None, bool | None, bool | None]:
    """Whether kind, doer, day and place of a telling fit a cluster's; `None` where one of them says nothing."""
    return (
        _kind_fits(telling, cluster),
        actors_fit(telling.actor, cluster.actor),
        _day_fits(telling, cluster, published, is_main=is_main),
        _place_fits(telling, cluster),
    )


def _kind_fits(telling: Telling, cluster: Cluster) -> bool | None:
    """Whether kinds fit; what either side does in a fight of two is a scene of it, whatever it is done with."""
    verdict = kinds_fit(telling.kind, cluster.kind)
    if verdict is False and cluster.is_mutual and has_doer(telling.kind):
        return None if scenes_fit(telling.kind, cluster.kind) else False
    return verdict


def _day_fits(telling: Telling, cluster: Cluster, published: dt.date | None, *, is_main: bool) -> bool | None:
    if telling.days is None:
        return None
    days = cluster.days
    if days is None:
        if is_main and _is_vague_day(telling) and published is not None:
            # Today's news is not dated "this month".
            return False
        is_low = telling.sentence >= LEAD and published is None
        if (
            is_main
            and is_low
            and (not telling.day_is_exact or (telling.has_year and not telling.is_definite))
        ):
            # "On 26 December 2003 a quake ...", far below the news of an undated article, is no date of it.
            return False
        if not is_main or published is None:
            return None
        if (
            telling.day_is_exact
            and not telling.is_side
            and telling.sentence - cluster.tellings[0].sentence <= _OPENS
        ):
            # A headline without a day and a first sentence with one, however long ago: a report on that.
            return None
        days = (published - _FRESH, published)
        return None if days_fit(telling.days, days, strict=False) else False
    if (
        is_main
        and cluster.day_is_weak
        and telling.is_definite
        and telling.day_is_exact
        and published is not None
    ):
        # "Friday's attack" is the news, whatever was told of Saturday night.
        return None if days_fit(telling.days, (published - _OLD_NEWS, published)) else False
    if is_main and cluster.day_is_exact and _is_vague_day(telling) and not telling.is_definite:
        # "A similar crash earlier this month": the news of a day is not told again as a thing of some month.
        return False
    lasting = lasting_days(cluster.kind)
    if telling.form is Form.TOLL:
        lasting = max(lasting, _LATE_DEATH)
    is_strict = cluster.day_is_exact and not cluster.is_mutual
    return days_fit(telling.days, (days[0], days[1] + lasting), strict=is_strict)


def _is_vague_day(telling: Telling) -> bool:
    return telling.days is not None and telling.days[1] - telling.days[0] > _VAGUE


def _place_fits(telling: Telling, cluster: Cluster) -> bool | None:
    if not telling.places or not cluster.places:
        return None
    verdicts = [
        places_fit((ours.canonical, ours.country), (theirs.canonical, theirs.country))
        for ours in telling.places
        for theirs in cluster.places
    ]
    if True in verdicts:
        return True
    return False if all(verdict is False for verdict in verdicts) else None


def main_cluster(clusters: list[Cluster], published: dt.date | None) -> Cluster:
    """The incident the article is about: told first, no old news; words of casualties alone are none."""
    fresh = [c for c in clusters if not c.is_other and not _is_old(c, published)] or clusters
    lead = [c for c in fresh if c.tellings[0].sentence < LEAD]
    solid = [c for c in lead if c.kind not in lexicon().words["weak_kinds"]] or lead or fresh
    return max(solid, key=lambda c: (_weight(c), -c.tellings[0].span.start))


def _is_old(cluster: Cluster, published: dt.date | None) -> bool:
    return published is not None and _is_past(cluster.days, published)


def _is_past(days: tuple[dt.date, dt.date] | None, published: dt.date | None) -> bool:
    """Whether days are no news any more; of an undated article every vague time is none."""
    if days is None:
        return False
    return days[1] - days[0] > _VAGUE if published is None else days[1] < published - _OLD_NEWS


def _weight(cluster: Cluster) -> float:
    early = sum(1.0 for t in cluster.tellings if t.sentence < LEAD)
    return early + (1.0 if cluster.tellings[0].sentence <= 1 else 0.0)


def is_background(cluster: Cluster, main: Cluster, published: dt.date | None) -> bool:
    if cluster.days is not None:
        if published is not None and cluster.days[1] < published - _OLD_NEWS:
            return True
        if main.days is not None and cluster.days[1] < main.days[0]:
            return True
    different = actors_fit(cluster.actor, main.actor) is False
    return cluster.is_other or different


def is_retold(document: Document, cluster: Cluster) -> bool:
    """Whether an article's first words of an incident take it as known ("the ferry that sank"): older than its lead."""
    first = cluster.tellings[0]
    if first.is_definite:
        return True
    sentence = document.sentences[first.sentence]
    told = document.folded[first.span.start : min(sentence.end, first.span.start + _RISE_REACH)].casefold()
    if first.form is Form.TOLL and _tells_of_a_move(told):
        # "The number of people killed in the flood rose to 31, police said on Friday."
        return True
    if any(_is_before_the_law(document, telling) for telling in cluster.tellings if telling.sentence < LEAD):
        return True
    before = document.folded[max(0, first.span.start - 8) : first.span.start].casefold().split()
    return bool(before) and before[-1] in lexicon().words["demonstratives"] | {"which", "who"}


def _is_before_the_law(document: Document, telling: Telling) -> bool:
    """Whether a court or an inquiry deals with it already: "murder trial", "a man accused of the shooting"."""
    words, span, sentence = lexicon().words, telling.span, document.sentences[telling.sentence]
    behind = document.folded[span.end : min(sentence.end, span.end + _CASE_REACH)].casefold().split()
    before = document.folded[max(sentence.start, span.start - _CHARGE_REACH) : span.start]
    is_case = bool(behind) and behind[0].strip(_MARKS) in words["cases"]
    return is_case or not words["charges"].isdisjoint(before.casefold().split())


def _tells_of_a_move(told: str) -> bool:
    """Whether words in small letters say where a toll has come to: it is older than they are."""
    return any(phrase in told for phrase in lexicon().words["rising"]) or bool(_reaching().search(told))


@functools.cache
def _reaching() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, lexicon().words["reaching"]))
    return re.compile(rf"\b(?:{verbs}) (?:[a-z]+ (?:[a-z]+ )?)?\d")


def lead_day(document: Document, dates: Sequence[DateMention]) -> tuple[dt.date, dt.date] | None:
    """The day the lead names, be it only the day of the talking: the news is of that day or the night before."""
    if document.published is None:
        return None
    for date in dates:
        if document.sentence_index(date.evidence.span.start) >= LEAD:
            return None
        if date.first is None or date.last is None or date.is_planned or date.precision not in _DAYS:
            continue
        if document.published - _FRESH <= date.first <= document.published:
            return (date.first, date.last)
    return None


def _exactness(place: PlaceMention) -> int:
    """How small a place is, by the rule that read it: a country 0, a town 3."""
    return _EXACTNESS.get(place.evidence.rule.rsplit(".", 1)[-1], 3)

"""How well one telling fits one incident of its article, by kind, doer, day and place.

Hides what each of them weighs, and what excludes a join whatever else fits.

Stance: a wrong join mixes the figures of two incidents, which is the worst error here; what says nothing speaks
neither for nor against.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from digests.extract.joining.clusters import Cluster
from digests.extract.joining.newness import FRESH, LEAD, OLD_NEWS, is_past
from digests.extract.tellings.likeness import (
    VAGUE,
    actor_key,
    actors_fit,
    brings_about,
    days_fit,
    goes_on_for_months,
    has_doer,
    is_spreading,
    is_vague,
    kinds_fit,
    lasting_days,
    places_fit,
    scenes_fit,
)
from digests.extract.tellings.triggers import Form, lexicon
from digests.extract.tellings.views import Telling
from digests.types import PlaceMention

# Sentences from a headline to the one that says when.
_OPENS = 2
# Somebody may die of an incident this long after it.
_LATE_DEATH = dt.timedelta(days=30)
# A kind of what people do to each other.
_DEED = "killing"
_YEAR = dt.timedelta(days=365)
# What `find_fits` weighs, in its order.
FITS = ("kind", "actor", "day", "place")


def score_fit(
    telling: Telling, cluster: Cluster, published: dt.date | None, *, is_main: bool
) -> float | None:
    """How well a telling fits a cluster; `None` where something excludes it, 0 or less where nothing speaks for it."""
    kind: bool | None = _kind_fits(telling, cluster)
    if kind is False or (actor := actors_fit(telling.actor, cluster.actor)) is False:
        # Most pairs end here.
        return None
    day = _day_fits(telling, cluster, published, is_main=is_main)
    place = _place_fits(telling, cluster)
    if is_main and telling.is_of_some_month and telling.sentence >= LEAD and not telling.is_definite:
        # "In February, a quake hit ...", far below the news.
        return None
    is_mishap = not (has_doer(cluster.kind) or scenes_fit(_DEED, cluster.kind))
    if is_mishap and telling.form is Form.TOLL and telling.actor:
        # Whoever "killed three soldiers" brought no helicopter down.
        return None
    if day is False or place is False or (is_main and was_tried_before(telling, cluster, published)):
        return None
    if cluster.actor and any(actor_key(cluster.actor) == actor_key(critic) for critic in telling.not_by):
        return None
    if (
        not is_main
        and not (actor or place)
        and is_past(telling.days, published)
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
    is_brought = telling.sentence == last.sentence and _goes_with(telling, cluster)
    if is_brought:
        # "In 1946 a quake hit the island and brought a wave that killed 2,000."
        score += 1.5
    if telling.sentence == last.sentence and telling.is_definite and not (last.is_side or telling.days):
        # "The two bombed three banks in May, and a clerk died in one of the attacks."
        score += 1.5
    is_vague_noun = telling.form is Form.NOUN and not (telling.is_definite or actor or day or place)
    if is_vague_noun and not (is_main or is_brought):
        score -= 1.5
    return score


def _goes_with(telling: Telling, cluster: Cluster) -> bool:
    """Whether a telling that nothing dates or places is what its sentence's incident brings about."""
    is_open = not (telling.is_definite or telling.days or telling.places or telling.is_other)
    return is_open and brings_about(cluster.kind, telling.kind)


def was_tried_before(telling: Telling, news: Cluster, published: dt.date | None) -> bool:
    """Whether a court dealt with something before the news happened, or in a month or year of which no news is told."""
    if telling.tried is None or telling.sentence <= news.tellings[0].sentence:
        return False
    since = news.days[0] if news.days is not None else published and published - FRESH
    return since is not None and (telling.tried[1] < since or (is_vague(telling.tried) and news.day_is_exact))


def find_fits(
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
    if days is None and telling.form is Form.TOLL and goes_on_for_months(cluster.kind):
        # Of an outbreak the dead of any week may be told; those of a year long gone are of another one.
        is_old = published is not None and telling.days[1] < published - max(
            _YEAR, lasting_days(cluster.kind)
        )
        return False if is_old and is_vague(telling.days) else None
    if days is None:
        if is_main and is_vague(telling.days) and published is not None:
            # Today's news is not dated "this month", but a report on last month's may open so.
            return None if _is_of_headline(telling, cluster) else False
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
        since = telling.sentence - cluster.tellings[0].sentence
        # "It was the third blast in a week. On Monday, nine were hurt in an explosion near Orm."
        is_new = telling.form is Form.NOUN and not telling.is_definite and since == _OPENS
        if telling.day_is_exact and not (telling.is_side or is_new) and since <= _OPENS:
            # A headline without a day and a first sentence with one, however long ago: a report on that.
            return None
        # A quake or a flood stays the news for days: "A quake struck on 15 April", far below the counts of the 20th.
        is_followed = is_spreading(telling.kind) and telling.day_is_exact and telling.kind == cluster.kind
        # So does "the fire on Tuesday", told near the top of a page of the week's end.
        is_known = telling.is_definite and telling.day_is_exact and not telling.is_side and since <= LEAD
        days = (published - (OLD_NEWS if is_followed or is_known else FRESH), published)
        return None if days_fit(telling.days, days, strict=False) else False
    if (
        is_main
        and cluster.day_is_weak
        and telling.is_definite
        and telling.day_is_exact
        and published is not None
    ):
        # "Friday's attack" is the news, whatever was told of Saturday night.
        return None if days_fit(telling.days, (published - OLD_NEWS, published)) else False
    if is_main and cluster.day_is_exact and is_vague(telling.days) and not telling.is_definite:
        # "A similar crash earlier this month": the news of a day is not told again as a thing of some month.
        return False
    lasting = lasting_days(cluster.kind)
    # Of what lasts for months a count of last week and one of the week before are told.
    back = lasting if telling.form is Form.TOLL and goes_on_for_months(cluster.kind) else dt.timedelta(0)
    if is_vague(telling.days) and is_vague(days):
        # What is told of a month or a year lasts into the next one only if it is a drought or a war.
        lasting = lasting if lasting > VAGUE else dt.timedelta(0)
    elif telling.form is Form.TOLL:
        lasting = max(lasting, _LATE_DEATH)
    is_strict = cluster.day_is_exact and not cluster.is_mutual
    return days_fit(telling.days, (days[0] - back, days[1] + lasting), strict=is_strict)


def _is_of_headline(telling: Telling, cluster: Cluster) -> bool:
    """Whether the lead tells again what a headline names: "Minister quits over crash", "The minister resigned
    over a plane that crashed last month"."""
    in_headline = all(told.sentence == 0 for told in cluster.tellings)
    return in_headline and telling.sentence < LEAD and not (telling.is_other or telling.is_side)


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
    if False in verdicts and all(place.country for place in telling.places):
        # A place that no gazetteer holds lies in the countries told beside it, not in a third one.
        return False if _are_elsewhere(telling.places, cluster.places) else None
    return False if all(verdict is False for verdict in verdicts) else None


def _are_elsewhere(ours: Sequence[PlaceMention], theirs: Sequence[PlaceMention]) -> bool:
    """Whether no place has a name or a country in common with those of an incident whose country is known."""
    return all(
        places_fit((one.canonical, one.country), (other.canonical, other.country)) is False
        for one in ours
        for other in theirs
        if other.country
    )

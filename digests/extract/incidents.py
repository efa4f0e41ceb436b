"""What happened, as one article tells it: every mention of an incident with its doer, day and place.

Mentions of one incident within the article are joined ("a missile strike ... the attack ... Thursday's strikes"),
and each carries what the article knows of it altogether. Stance: a wrong join mixes the figures of two incidents,
which is the worst error here; where doers, days or places exclude each other nothing joins. Where nothing speaks
against it, a definite phrase means the article's main incident.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from digests.extract.governing import governor
from digests.extract.likeness import (
    actor_key,
    actors_fit,
    days_fit,
    has_doer,
    kinds_fit,
    lasting_days,
    more_exact_kind,
    places_fit,
)
from digests.extract.tellings import read_triggers
from digests.extract.triggers import Form, lexicon, may_hold_triggers, tokens
from digests.extract.views import Telling, View, make_view
from digests.rules.gazetteer import find_names
from digests.text.document import Document
from digests.types import DateMention, IncidentMention, PlaceMention, Precision, Span

_T = TypeVar("_T")

# Characters between two sentences of one paragraph.
_SAME_PARAGRAPH = 2
# Characters of the longest sentence that is read as one; longer ones are lists or text without full stops.
_LONGEST = 1200
# Incidents of one article that a mention is held against: the first ones and the last ones.
_FIRST_CLUSTERS, _LAST_CLUSTERS = 8, 24
# Places of one incident that are kept.
_MOST_PLACES = 8
# A place and perhaps a day and an agency before a dash, at the very start.
_DATELINE = re.compile(
    r"\s*[A-Z][^\n.;:!?]{2,80}?(?:\.[^\n.;:!?]{0,20}){0,2} ?(?:--|–| - )\s*(?:\[[A-Z ]{2,30}\]\s*)*"
)
# Sentences (the headline among them) in which an article says what its news is.
_LEAD = 4
# Days before publication from which an incident is no news any more.
_OLD_NEWS = dt.timedelta(days=10)
# An undated main incident happened within these days before publication.
_FRESH = dt.timedelta(days=3)
# Somebody may die of an incident this long after it.
_LATE_DEATH = dt.timedelta(days=30)


@dataclass(slots=True)
class _Cluster:
    """One incident of the article, growing as its mentions are read."""

    kind: str
    tellings: list[Telling] = field(default_factory=list)
    actor: str | None = None
    against: str | None = None
    places: list[PlaceMention] = field(default_factory=list)
    days: tuple[dt.date, dt.date] | None = None
    day_is_exact: bool = False
    is_other: bool = False

    def place(self) -> PlaceMention | None:
        """The most exact place told of it, the first among equals."""
        return max(self.places, key=_exactness, default=None) if self.places else None

    def where(self) -> tuple[str | None, str | None]:
        place = self.place()
        return (place.canonical, place.country) if place else (None, None)


def find_incidents(
    document: Document, dates: Sequence[DateMention], places: Sequence[PlaceMention]
) -> tuple[IncidentMention, ...]:
    """The incidents that an article mentions, mention by mention in order of the text.

    Mentions of one incident carry equal values but for `span` and `sentence`; no mention gives an empty tuple.
    """
    line = _dateline_end(document)
    dates = [date for date in dates if date.evidence.span.start >= line]
    places = [place for place in places if place.evidence.span.start >= line]
    tellings = _read(document, dates, places)
    if not tellings:
        return ()
    clusters = _join(tellings, document.published)
    main = _main(clusters)
    if main.days is None and not _is_retold(document, main):
        main.days = _lead_day(document, dates)
    mentions: list[tuple[int, IncidentMention]] = []
    for cluster in clusters:
        place, days = cluster.place(), cluster.days
        actor = cluster.actor if has_doer(cluster.kind) else None
        background = cluster is not main and _is_background(cluster, main, document.published)
        for telling in cluster.tellings:
            mentions.append(
                (
                    telling.span.start,
                    IncidentMention(
                        kind=cluster.kind,
                        actor=actor,
                        against=cluster.against if actor else None,
                        place=place.name if place else None,
                        country=place.country if place else None,
                        first=days[0] if days else None,
                        last=days[1] if days else None,
                        is_background=background,
                        span=telling.span,
                        sentence=document.sentences[telling.sentence],
                    ),
                )
            )
    return tuple(mention for _, mention in sorted(mentions, key=lambda pair: pair[0]))


def _dateline_end(document: Document) -> int:
    """Where the text proper begins after a dateline ("LAGOS, 10 Jan 24 (Agency) --"); 0 without one.

    The dateline's place and day are the report's, not the incident's.
    """
    match = _DATELINE.match(document.folded)
    return match.end() if match else 0


def incident_at(document: Document, span: Span, incidents: Sequence[IncidentMention]) -> IncidentMention:
    """The incident that the words at a span speak of.

    In this order: the trigger that governs them in their sentence, the one sentence before, the article's main
    incident. Without any incident a mention of the empty kind.
    """
    if not incidents:
        return IncidentMention(kind="")
    index = document.sentence_index(span.start)
    sentence = document.sentences[index]
    around = Span(
        start=max(sentence.start, span.start - _LONGEST), end=min(sentence.end, span.start + _LONGEST)
    )
    here = _within(incidents, around)
    if here:
        return _governing(document, span, around, here)
    if index and sentence.start - document.sentences[index - 1].end < _SAME_PARAGRAPH:
        before = _within(incidents, document.sentences[index - 1])
        if before:
            return _carried(document, document.sentences[index - 1], before)
    return main_incident(incidents)


def _carried(document: Document, sentence: Span, before: Sequence[IncidentMention]) -> IncidentMention:
    """The incident that the next sentence goes on with: the one whose casualties were told last, else the news."""
    tolls = lexicon().words["tolls"]
    last = [word for word in tokens(document.folded, sentence.start, sentence.end) if word.low in tolls][-1:]
    if last and len(before) > 1:
        return _governing(document, Span(start=last[0].start, end=last[0].end), sentence, before)
    return next((mention for mention in before if not mention.is_background), before[-1])


def _within(incidents: Sequence[IncidentMention], span: Span) -> Sequence[IncidentMention]:
    """The mentions whose words lie in a span; mentions stand in order of the text."""
    low = bisect.bisect_left(incidents, span.start, key=_start)
    return incidents[low : bisect.bisect_left(incidents, span.end, lo=low, key=_start)]


def _start(mention: IncidentMention) -> int:
    return mention.span.start if mention.span is not None else -1


def main_incident(incidents: Sequence[IncidentMention]) -> IncidentMention:
    """The incident that an article is about: its first one that is no background."""
    return next((m for m in incidents if not m.is_background), incidents[0])


def _governing(
    document: Document, span: Span, sentence: Span, here: Sequence[IncidentMention]
) -> IncidentMention:
    words = tokens(document.folded, sentence.start, sentence.end)
    starts = [word.start for word in words]
    spots = [
        (bisect.bisect_left(starts, m.span.start), max(0, bisect.bisect_left(starts, m.span.end) - 1))
        for m in here
        if m.span is not None
    ]
    at = max(0, bisect.bisect_right(starts, span.start) - 1)
    chosen = governor(words, spots, at)
    return here[chosen] if chosen is not None else here[0]


# --------------------------------------------------------------------------- reading


def _read(document: Document, dates: Sequence[DateMention], places: Sequence[PlaceMention]) -> list[Telling]:
    """All tellings of an article, tolls only where they stand for an incident of their own."""
    names = find_names(document.folded)
    name_starts = [name.span.start for name in names]
    date_starts = [date.evidence.span.start for date in dates]
    place_starts = [place.evidence.span.start for place in places]
    found: list[Telling] = []
    for index, sentence in enumerate(document.sentences):
        for span in _pieces(document.folded, sentence):
            if not may_hold_triggers(document.folded, span):
                continue
            view = make_view(
                document,
                index,
                span,
                names=_between(names, name_starts, span),
                dates=_between(dates, date_starts, span),
                places=_between(places, place_starts, span),
            )
            if view.triggers:
                found.extend(_settle_tolls(view, read_triggers(view)))
    return found


def _pieces(folded: str, sentence: Span) -> list[Span]:
    """A sentence whole, but text without full stops in pieces, so that reading stays linear."""
    pieces: list[Span] = []
    start = sentence.start
    while sentence.end - start > _LONGEST:
        cut = folded.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        pieces.append(Span(start=start, end=cut))
        start = cut
    return [*pieces, Span(start=start, end=sentence.end)]


def _between(items: Sequence[_T], starts: Sequence[int], span: Span) -> Sequence[_T]:
    return items[bisect.bisect_left(starts, span.start) : bisect.bisect_left(starts, span.end)]


def _settle_tolls(view: View, tellings: list[Telling]) -> list[Telling]:
    """What a word of casualties tells goes to the trigger that governs it; alone it must tell a day or a place."""
    real = [t for t in tellings if t.form is not Form.TOLL]
    if all(t.form is not Form.TOLL for t in tellings):
        return [t for t in real if not t.is_loose]
    spots = [(t.first, t.last) for t in real]
    for toll in (t for t in tellings if t.form is Form.TOLL):
        chosen = governor(view.words, spots, toll.first)
        if chosen is None:
            if toll.days or toll.places:
                real.append(toll)
            continue
        owner = real[chosen]
        if owner.first > toll.last and owner.kind in lexicon().words["violent"]:
            owner.actor = owner.actor or toll.actor
        owner.places.extend(toll.places)
        if owner.days is None:
            owner.days, owner.day_is_exact = toll.days, toll.day_is_exact
    return sorted(real, key=lambda t: t.span.start)


# --------------------------------------------------------------------------- joining


def _join(tellings: list[Telling], published: dt.date | None) -> list[_Cluster]:
    """Clusters in order of their first mention; the first one that is no side clause is the main one."""
    clusters: list[_Cluster] = []
    for telling in _lead_first(tellings):
        chosen = _choose(telling, clusters, published)
        if chosen is None:
            chosen = _Cluster(kind=telling.kind, is_other=telling.is_other)
            clusters.append(chosen)
        _add(chosen, telling)
    return clusters


def _lead_first(tellings: list[Telling]) -> list[Telling]:
    return tellings


def _add(cluster: _Cluster, telling: Telling) -> None:
    cluster.tellings.append(telling)
    cluster.kind = more_exact_kind(cluster.kind, telling.kind)
    if has_doer(cluster.kind):
        cluster.actor = cluster.actor or telling.actor
    cluster.against = cluster.against or telling.against
    cluster.places.extend(telling.places[: _MOST_PLACES - len(cluster.places)])
    if telling.days is not None and (
        cluster.days is None or (telling.day_is_exact and not cluster.day_is_exact)
    ):
        cluster.days, cluster.day_is_exact = telling.days, telling.day_is_exact


def _choose(telling: Telling, clusters: list[_Cluster], published: dt.date | None) -> _Cluster | None:
    """The cluster that a telling belongs to; `None` opens a new one."""
    best: _Cluster | None = None
    best_score = 0.0
    near = clusters
    if len(clusters) > _FIRST_CLUSTERS + _LAST_CLUSTERS:
        near = clusters[:_FIRST_CLUSTERS] + clusters[-_LAST_CLUSTERS:]
    for order, cluster in enumerate(near):
        score = _score(telling, cluster, published, is_main=order == 0)
        if score is not None and score > best_score:
            best, best_score = cluster, score
    return best


def _score(telling: Telling, cluster: _Cluster, published: dt.date | None, *, is_main: bool) -> float | None:
    """How well a telling fits a cluster; `None` where something excludes it, 0 or less where nothing speaks for it."""
    kind = kinds_fit(telling.kind, cluster.kind)
    actor = actors_fit(telling.actor, cluster.actor)
    day = _day_fits(telling, cluster, published, is_main=is_main)
    place = _place_fits(telling, cluster)
    if kind is False or actor is False or day is False or place is False:
        return None
    if cluster.actor and any(actor_key(cluster.actor) == actor_key(critic) for critic in telling.not_by):
        return None
    # A month that holds the day says less than the day.
    day_weight = 2.0 if cluster.day_is_exact and telling.day_is_exact else 1.0
    score = 2.0 * (actor is True) + day_weight * (day is True) + 2.0 * (place is True) + 0.5 * (kind is True)
    if telling.is_other and not (actor is True and not is_main) and not (day is True and place is True):
        return -1.0
    if telling.is_side and cluster.tellings[-1].sentence == telling.sentence:
        # "The raid followed a bombing": what follows something is another thing.
        return -1.0
    if telling.is_near:
        return score + (3.0 if telling.sentence - cluster.tellings[-1].sentence == 1 else 0.0)
    if telling.not_by and cluster.actor:
        score += 2.0
    score += 1.0 * is_main
    last = cluster.tellings[-1]
    if telling.sentence - last.sentence <= 1:
        score += 0.75
    if not telling.is_definite and telling.form is Form.NOUN and not (actor or day or place) and not is_main:
        score -= 1.5
    return score


def _day_fits(
    telling: Telling, cluster: _Cluster, published: dt.date | None, *, is_main: bool
) -> bool | None:
    if telling.days is None:
        return None
    days = cluster.days
    if days is None:
        if is_main and published is None and telling.sentence >= _LEAD and not telling.day_is_exact:
            # "In December 2003 a quake ...", far below the news of an undated article, is no date of it.
            return False
        if not is_main or published is None:
            return None
        days = (published - _FRESH, published)
        return None if days_fit(telling.days, days, strict=False) else False
    lasting = lasting_days(cluster.kind)
    if telling.form is Form.TOLL:
        lasting = max(lasting, _LATE_DEATH)
    return days_fit(telling.days, (days[0], days[1] + lasting), strict=cluster.day_is_exact)


def _place_fits(telling: Telling, cluster: _Cluster) -> bool | None:
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


def _main(clusters: list[_Cluster]) -> _Cluster:
    """The incident the article is about: told first and no side clause; words of casualties alone are none."""
    lead = [c for c in clusters if c.tellings[0].sentence < _LEAD and not c.is_other]
    solid = [c for c in lead if c.kind not in ("deaths", "war", "protest")] or lead or clusters
    return max(solid, key=lambda c: (_weight(c), -c.tellings[0].span.start))


def _is_retold(document: Document, cluster: _Cluster) -> bool:
    """Whether an article's first words of an incident take it as known ("the ferry that sank"): older than its lead."""
    first = cluster.tellings[0]
    if first.is_definite:
        return True
    before = document.folded[max(0, first.span.start - 8) : first.span.start].casefold().split()
    return bool(before) and before[-1] in lexicon().words["demonstratives"] | {"which", "who"}


def _lead_day(document: Document, dates: Sequence[DateMention]) -> tuple[dt.date, dt.date] | None:
    """The day the lead names, be it only the day of the talking: the news is of that day or the night before."""
    if document.published is None:
        return None
    for date in dates:
        if document.sentence_index(date.evidence.span.start) >= _LEAD:
            return None
        if date.first is None or date.last is None or date.is_planned or date.precision is not Precision.DAY:
            continue
        if document.published - _FRESH <= date.first <= document.published:
            return (date.first, date.last)
    return None


def _weight(cluster: _Cluster) -> float:
    early = sum(1.0 for t in cluster.tellings if t.sentence < _LEAD)
    return early + (1.0 if cluster.tellings[0].sentence <= 1 else 0.0)


def _is_background(cluster: _Cluster, main: _Cluster, published: dt.date | None) -> bool:
    if cluster.days is not None:
        if published is not None and cluster.days[1] < published - _OLD_NEWS:
            return True
        if main.days is not None and cluster.days[1] < main.days[0]:
            return True
    different = actors_fit(cluster.actor, main.actor) is False
    return cluster.is_other or different


_EXACTNESS = {"country": 0, "region": 1, "area": 2, "capital": 2}


def _exactness(place: PlaceMention) -> int:
    """How small a place is, by the rule that read it: a country 0, a town 3."""
    return _EXACTNESS.get(place.evidence.rule.rsplit(".", 1)[-1], 3)

"""What made an article's mentions into one incident: its trigger, day, place and doer, and what parts it from others.

Only for who asks (`sitrep explain`): the decisions were made in `joining`, which left their marks on the tellings.
"""

from __future__ import annotations

from digests.extract.joining.clusters import Cluster
from digests.extract.tellings.likeness import has_doer
from digests.text.document import Document
from digests.trace import Reason, note


def incident_reasons(
    document: Document, cluster: Cluster, *, is_background: bool
) -> dict[int, tuple[Reason, ...]]:
    """The reasons of each mention of a settled incident, by the offset of its trigger."""
    shared: list[Reason] = []
    if cluster.days is not None:
        code = "incident.day" if cluster.day_words is not None else "incident.lead_day"
        words = document.words(cluster.day_words) if cluster.day_words is not None else None
        days = " to ".join(dict.fromkeys(day.isoformat() for day in cluster.days))
        note(shared, code, words=words, days=days)
    else:
        note(shared, "incident.no_day")
    place = cluster.place()
    if place is not None:
        note(shared, "incident.place", words=document.words(place.evidence.span), place=place.name)
    if cluster.actor and has_doer(cluster.kind):
        note(shared, "incident.actor", actor=cluster.actor)
    if is_background:
        note(shared, "incident.background")
    out: dict[int, tuple[Reason, ...]] = {}
    for telling in cluster.tellings:
        own: list[Reason] = []
        note(own, "incident.trigger", trigger=document.words(telling.span), kind=telling.kind)
        if telling.joined and telling is not cluster.tellings[0]:
            first = document.words(cluster.tellings[0].span)
            note(own, "incident.joined", first=first, by=", ".join(telling.joined))
        for other, against in telling.parted:
            if against and all(other != mate.span for mate in cluster.tellings):
                note(own, "incident.parted", other=document.words(other), by=", ".join(against))
        out[telling.span.start] = (*own, *shared)
    return out

"""One incident in words: what most articles say of its kind, doer, place and day, and the label that tells it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from digests.analysis.occurrences.occurrences import Occurrence
from digests.extract.tellings.likeness import (
    actor_key,
    bringing_kind,
    has_doer,
    is_nameless,
    is_state,
    kinds_fit,
    may_do,
    more_exact_kind,
)
from digests.extract.tellings.triggers import lexicon
from digests.rules.gazetteer import NameKind, demonyms, look_up
from digests.types import Incident

# What a main incident's kind counts, a side mention's counting 1.
_MAIN_WEIGHT = 3


def make_incident(incident_id: str, group: Sequence[Occurrence]) -> Incident:
    """The incident that some occurrences are."""
    days = _days(group)
    return Incident(
        id=incident_id,
        label=label_of(group),
        kind=_kind(group),
        first=days[0] if days else None,
        last=days[1] if days else None,
        place=_place(group),
        actor=_actor(group),
        is_background=is_background(group),
    )


def is_background(group: Sequence[Occurrence]) -> bool:
    """Whether every article looks back at it."""
    return all(node.mention.is_background for node in group)


def _common(values: list[str]) -> str | None:
    """The value most nodes have; among equals the first by name, so that the order of articles is nothing."""
    if not values:
        return None
    return min(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))[0]


def _kind(group: Sequence[Occurrence]) -> str:
    """The kind most articles tell, kinds that name each other counted together; then the one that says most."""
    vague = lexicon().words["vague_kinds"]
    weights: Counter[str] = Counter()
    for node in group:
        if node.mention.kind and node.mention.kind not in vague:
            weights[node.mention.kind] += _MAIN_WEIGHT if node.is_main else 1
    if not weights:
        return _common([node.mention.kind for node in group if node.mention.kind]) or ""
    support = {kind: sum(w for other, w in weights.items() if kinds_fit(kind, other)) for kind in weights}
    chosen = min(weights, key=lambda kind: (-support[kind], -weights[kind], kind))
    if chosen in lexicon().words["mutual"]:
        # What either side did in a fight of two does not name the fight.
        return chosen
    for kind in sorted(weights):
        if weights[kind] * 2 >= weights[chosen]:
            chosen = more_exact_kind(chosen, kind)
    return bringing_kind(chosen, weights)


def _actor(group: Sequence[Occurrence]) -> str | None:
    """Who did it, as most articles that tell of the deed itself name him."""
    kind = _kind(group)
    actors = [
        node.mention.actor
        for node in group
        if node.mention.actor and has_doer(kind) and may_do(node.mention.actor, node.mention.kind, kind)
    ]
    return _common([a for a in actors if not is_nameless(a)]) or _common(actors)


def _site(group: Sequence[Occurrence]) -> str | None:
    """The building that at least half of the articles say it hit or was: "bank" of a fire, "dam" of a collapse."""
    articles = {node.article_id for node in group}
    counts = Counter(site for site in {(node.article_id, site) for node in group for site in node.sites})
    found = Counter(site for _, site in counts)
    if not found:
        return None
    site, count = min(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return site if count * 2 >= len(articles) else None


def _place(group: Sequence[Occurrence]) -> str | None:
    """The place most articles name, a town rather than its country."""
    places = [node.mention.place for node in group if node.mention.place]
    exact = [place for place in places if not _is_broad(place)]
    return _common(exact) or _common(places)


def _is_broad(place: str) -> bool:
    entry = look_up(place)
    return entry is not None and entry.kind is NameKind.COUNTRY


def _days(group: Sequence[Occurrence]) -> tuple[dt.date, dt.date] | None:
    """The days that most articles name among the most exact ones."""
    mentions = [node.mention for node in group]
    known = [(m.first, m.last or m.first) for m in mentions if m.first is not None]
    if not known:
        return None
    shortest = min(last - first for first, last in known)
    exact = Counter(pair for pair in known if pair[1] - pair[0] == shortest)
    return min(exact.items(), key=lambda pair: (-pair[1], pair[0]))[0]


def label_of(group: Sequence[Occurrence]) -> str:
    """ "Kenyan airstrikes in Gedo, 3 May 2023": who, what, where, when, as far as known."""
    kind = _kind(group) or "incident"
    site = _site(group) if kind in lexicon().words["sited_kinds"] else None
    if site:
        kind = f"{site} {kind}" + (" attack" if kind == "arson" else "")
    is_plural = sum(n.plural for n in group) * 2 > sum(n.count for n in group)
    noun = _plural(kind) if is_plural else kind
    actor = _actor(group)
    words = [_adjective(actor), noun] if actor and not is_nameless(actor) else [noun]
    label = " ".join(words)
    place = _place(group)
    if place:
        label += f" in {place}"
    days = _days(group)
    if days:
        label += f", {_when(*days)}"
    return label[0].upper() + label[1:]


def _adjective(actor: str) -> str:
    if is_state(actor):
        entry = look_up(actor_key(actor))
        return demonyms().get(entry.country, actor) if entry else actor
    return actor


def _plural(kind: str) -> str:
    if kind.endswith(("ing", "deaths", "ism")):
        return kind if kind.endswith("deaths") else kind + "s"
    return kind + ("es" if kind.endswith(("sh", "ch", "s")) else "s")


def _when(first: dt.date, last: dt.date) -> str:
    if first == last:
        return f"{first.day} {first:%B %Y}"
    if (first.month, first.year) == (last.month, last.year):
        whole = first.day == 1 and (last + dt.timedelta(days=1)).day == 1
        return f"{first:%B %Y}" if whole else f"{first.day} to {last.day} {last:%B %Y}"
    if first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}"
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"

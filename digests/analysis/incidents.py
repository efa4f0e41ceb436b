"""The incidents of a story: the mentions of all its articles, joined where they tell of one happening.

Stance: figures of two incidents held together make a false conflict, so nothing joins that the texts part: another
doer, other days, places that exclude each other. Where the texts say too little, only the articles' main incidents
join: they came into one story.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.extract.incidents import main_incident
from digests.extract.joining import FITS
from digests.extract.likeness import (
    actor_key,
    actors_fit,
    bringing_kind,
    days_fit,
    has_doer,
    is_nameless,
    is_spreading,
    is_state,
    kinds_fit,
    lasting_days,
    may_do,
    more_exact_kind,
    places_fit,
    scenes_fit,
)
from digests.extract.triggers import lexicon
from digests.rules.gazetteer import NameKind, demonyms, look_up
from digests.trace import StoryTrace, reason
from digests.types import Incident, IncidentMention, Span, StoryArticle

# What a mention must reach to join a group (see `_score`): one strong sign, or a weak one between main incidents.
_ENOUGH = 2.0

# "the Highfield section of Norvia"
_SECTION = re.compile(r" (?:section|neighbou?rhood|district|suburb|area|part|borough|quarter) of ")
# What a main incident's kind counts, a side mention's counting 1.
_MAIN_WEIGHT = 3
# Characters beside a mention in which its building stands.
_BESIDE = 60
# What an equal exact number of the same measure adds.
_SAME_NUMBER = 1.0
_ONE_MONTH = dt.timedelta(days=31)
# Days over which articles follow up one disaster.
_SEQUEL = dt.timedelta(days=14)

_Key = tuple[str, str | None, str | None, str | None, str | None, dt.date | None, dt.date | None, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMap:
    """A story's incidents, the main one first, and which one each mention of an article speaks of."""

    incidents: tuple[Incident, ...]
    _ids: dict[tuple[str, _Key], str] = field(repr=False, default_factory=dict)
    _main: dict[str, str] = field(repr=False, default_factory=dict)

    def of(self, article_id: str, mention: IncidentMention) -> str:
        """The id of the incident that an article's mention speaks of.

        A mention without a kind ("nothing is known") is the article's main incident; one that no article holds
        answers with the story's main incident; "" only where the story has none.
        """
        found = self._ids.get((article_id, _key(mention)))
        if found is not None:
            return found
        return self._main.get(article_id) or (self.incidents[0].id if self.incidents else "")


@dataclass(slots=True)
class _Node:
    """One incident as one article tells it."""

    article_id: str
    mention: IncidentMention
    is_main: bool
    # The article's day of publication.
    published: dt.date | None
    count: int
    plural: int
    carries: bool
    # Numbers told of it with their measures: low and high.
    numbers: set[tuple[str, int, int | None]] = field(default_factory=set)
    # Buildings told beside its mentions: the bank of "a fire at a bank".
    sites: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Group:
    nodes: list[_Node] = field(default_factory=list)


def group_incidents(articles: Sequence[StoryArticle], trace: StoryTrace | None = None) -> IncidentMap:
    """Join the mentions of all articles into incidents; the order of the articles does not matter.

    Listed are incidents that carry a figure or an account, or that two articles mention; ids are "i1", "i2", ...,
    the main incident first, then by day. `trace` takes what fits and what parts the mentions of two articles.
    """
    nodes = sorted((node for item in articles for node in _nodes(item)), key=_node_order)
    within = _within(articles)
    siblings: dict[str, list[_Node]] = {}
    scenes: dict[str, list[_Node]] = {}
    for node in nodes:
        siblings.setdefault(node.article_id, []).append(node)
        if not node.is_main and node.mention.place is not None and _is_day(node.mention):
            scenes.setdefault(node.article_id, []).append(node)
    groups: list[_Group] = []
    for node in nodes:
        open_groups = [
            group
            for group in groups
            if not _is_told_apart(siblings[node.article_id], node, group)
            and not _is_told_besides(scenes, node, group)
        ]
        group = _best_group(node, open_groups, within, trace)
        if group is None:
            group = _Group()
            groups.append(group)
        group.nodes.append(node)
    listed = [group for group in groups if _is_listed(group)]
    listed.sort(key=_group_order)
    incidents: list[Incident] = []
    ids: dict[tuple[str, _Key], str] = {}
    mains: dict[str, str] = {}
    for number, group in enumerate(listed, start=1):
        incident = _incident(f"i{number}", group)
        incidents.append(incident)
        for node in group.nodes:
            ids[node.article_id, _key(node.mention)] = incident.id
            if node.is_main:
                mains[node.article_id] = incident.id
    return IncidentMap(incidents=tuple(incidents), _ids=ids, _main=mains)


# --------------------------------------------------------------------------- what articles tell


def incident_key(article_id: str, mention: IncidentMention) -> tuple[object, ...]:
    """What tells an incident of an article from all others, for `StoryTrace.joins`."""
    return (article_id, *_key(mention))


def _key(mention: IncidentMention) -> _Key:
    """What all mentions of one incident in an article share."""
    return (
        mention.kind,
        mention.actor,
        mention.against,
        mention.place,
        mention.country,
        mention.first,
        mention.last,
        mention.is_background,
    )


def _nodes(item: StoryArticle) -> list[_Node]:
    """The incidents of one article in order of the text."""
    facts = item.facts
    carried = {_key(figure.incident) for figure in facts.figures} | {_key(a.incident) for a in facts.accounts}
    mentions = [*facts.incidents, *(figure.incident for figure in facts.figures)]
    if not mentions:
        return []
    main = _key(main_incident(facts.incidents)) if facts.incidents else None
    nodes: dict[_Key, _Node] = {}
    for mention in mentions:
        key = _key(mention)
        node = nodes.setdefault(
            key,
            _Node(
                article_id=item.article.id,
                mention=mention,
                is_main=key == main or (main is None and not nodes),
                published=item.article.published_on,
                count=0,
                plural=0,
                carries=key in carried,
            ),
        )
        node.count += 1
        if mention.span is not None and mention.span.end > mention.span.start:
            ending = item.article.text[mention.span.end - 2 : mention.span.end].lower()
            node.sites.update(_sites_beside(item.article.text, mention.span, mention.sentence))
            node.plural += ending.endswith("s") and ending not in ("ss", "us")
    for figure in facts.figures:
        low = figure.bounds.low
        if low is not None and low > 1:
            nodes[_key(figure.incident)].numbers.add((figure.measure, low, figure.bounds.high))
    return list(nodes.values())


@functools.cache
def _site_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A building right before a word ("the bank which caught", "dam") and right behind one ("at a crowded bank")."""
    sites = "|".join(sorted(lexicon().words["buildings"]))
    before = rf"\b({sites})s?(?: (?:that|which|was|is|had|has))?(?: been)? $"
    lead = r"(?:at|in|on|of|to|inside|through|hits?|engulfs|destroyed)"
    behind = rf" ?(?:[\w-]+ ){{0,2}}{lead} (?:[\w'-]+ ){{0,4}}?({sites})\b"
    return re.compile(before, re.IGNORECASE), re.compile(behind, re.IGNORECASE)


def _sites_beside(text: str, span: Span, sentence: Span | None) -> list[str]:
    own = text[span.start : span.end].lower()
    if own in lexicon().words["buildings"]:
        return [own]
    start, end = (sentence.start, sentence.end) if sentence else (span.start - _BESIDE, span.end + _BESIDE)
    before, behind = _site_patterns()
    found = before.search(text, max(0, start, span.start - _BESIDE), span.start)
    found = found or behind.match(text, span.end, min(end, span.end + _BESIDE))
    return [found.group(1).lower()] if found else []


def _node_order(node: _Node) -> tuple[object, ...]:
    """Main incidents first, then what says most: the order in which groups grow."""
    mention = node.mention
    unsaid = (mention.first is None) + (mention.actor is None) + (mention.place is None)
    return (
        not node.is_main,
        unsaid,
        mention.first or dt.date.max,
        mention.actor or "",
        mention.place or "",
        mention.kind,
        node.article_id,
        mention.span.start if mention.span else -1,
    )


# --------------------------------------------------------------------------- joining


def _within(articles: Sequence[StoryArticle]) -> frozenset[tuple[str, str]]:
    """The (place, place around it) pairs that the story's articles write out ("Highfield, Norvia")."""
    pairs: set[tuple[str, str]] = set()
    for item in articles:
        places, text = item.facts.places, item.article.text
        pairs.update((place.canonical, place.within) for place in places if place.within is not None)
        gaps = [text[a.evidence.span.end : b.evidence.span.start] for a, b in itertools.pairwise(places)]
        for k, gap in enumerate(gaps):
            # A list of towns ("Kolm, Essk and Orm") has a third one.
            is_list = any(0 <= n < len(gaps) and gaps[n] in (", ", " and ", ", and ") for n in (k - 1, k + 1))
            if (gap == ", " and not is_list) or _SECTION.fullmatch(gap):
                pairs.add((places[k].canonical, places[k + 1].canonical))
    return frozenset(pairs)


def _is_told_apart(siblings: list[_Node], node: _Node, group: _Group) -> bool:
    """Whether a main incident's article tells of the group's incident besides: its named doer on its very day."""
    if not node.is_main or node.mention.actor:
        return False
    return any(
        actors_fit(sibling.mention.actor, other.mention.actor)
        and _is_day(sibling.mention)
        and (sibling.mention.first, sibling.mention.last) == (other.mention.first, other.mention.last)
        for sibling in siblings
        if sibling is not node and sibling.mention.actor and not is_nameless(sibling.mention.actor)
        for other in group.nodes
    )


def _is_told_besides(scenes: dict[str, list[_Node]], node: _Node, group: _Group) -> bool:
    """Whether one of two main incidents' articles tells of the other's besides: its place on its very day.

    `scenes` are the placed and dated incidents that each article tells besides its main one.
    """
    if not node.is_main:
        return False
    own = scenes.get(node.article_id, ())
    for other in group.nodes:
        theirs = scenes.get(other.article_id, ())
        if not other.is_main or not (own or theirs) or _is_same_scene(node, other):
            continue
        if _may_be_one_day_off(node, other):
            continue
        if any(_is_same_scene(scene, node) for scene in theirs) or any(
            _is_same_scene(scene, other) for scene in own
        ):
            return True
    return False


def _may_be_one_day_off(one: _Node, two: _Node) -> bool:
    """Whether one of two mentions may have the day of its news for the event's own, which was the day before."""
    days = (one.mention.first, two.mention.first)
    if days[0] is None or days[1] is None or abs((days[0] - days[1]).days) != 1:
        return False
    later = one if days[0] > days[1] else two
    return later.published == later.mention.first


def _is_same_scene(one: _Node, two: _Node) -> bool:
    """Whether two mentions tell of one kind of thing in one place on one very day."""
    a, b = one.mention, two.mention
    if not _is_day(a) or a.place is None:
        return False
    return (a.place, a.first, a.last) == (b.place, b.first, b.last) and kinds_fit(a.kind, b.kind) is not False


def _best_group(
    node: _Node,
    groups: list[_Group],
    within: frozenset[tuple[str, str]],
    trace: StoryTrace | None,
) -> _Group | None:
    best: _Group | None = None
    best_score = 0.0
    for group in groups:
        score = _score(node, group, within, trace)
        if score >= _ENOUGH and score > best_score:
            best, best_score = group, score
    return best


def _score(node: _Node, group: _Group, within: frozenset[tuple[str, str]], trace: StoryTrace | None) -> float:
    """How well a node fits a group; below zero where the texts part them."""
    best = 0.0
    for other in group.nodes:
        score = _pair_score(node, other, within, trace)
        if score < 0:
            return score
        best = max(best, score)
    return best


def _pair_score(
    node: _Node, other: _Node, within: frozenset[tuple[str, str]], trace: StoryTrace | None
) -> float:
    """How much speaks for two mentions being one incident; below zero where something parts them."""
    ours, theirs = node.mention, other.mention
    both_main = node.is_main and other.is_main
    kind = kinds_fit(ours.kind, theirs.kind)
    actor = actors_fit(ours.actor, theirs.actor)
    place = places_fit((ours.place, ours.country), (theirs.place, theirs.country))
    strict = days_fit((ours.first, ours.last), (theirs.first, theirs.last))
    day = _day_fits(node, other, strict, is_tied=actor is True or place is True)
    if place is False and both_main and kind and is_spreading(ours.kind) and ours.country == theirs.country:
        # A storm has many places; what it does in another country is counted there.
        place = None
    if place is False and _is_nested(ours.place, theirs.place, within):
        place = True
    is_one_day = day is True and _is_day(ours) and _is_day(theirs)
    if kind is False and scenes_fit(ours.kind, theirs.kind) and (both_main or is_one_day):
        # A riot, an arson attack and a police raid of one day are scenes of one event.
        kind = None
    if place is False and both_main and ours.country == theirs.country and kind and day:
        # One country, one kind, one day: two articles of one story name a borough and its city.
        place = None if is_one_day or not node.numbers.isdisjoint(other.numbers) else place
    fits = (kind, actor, day, place)
    if trace is not None:
        is_main = both_main and False not in fits
        _note_fits(trace, node, other, fits, is_main=is_main)
    if False in fits:
        return -1.0
    if node.article_id == other.article_id and not (strict and kind and (actor or place) and _is_day(ours)):
        return -1.0
    score = 2.0 * (actor is True) + 1.5 * (place is True) + 0.5 * (kind is True) + 2.0 * both_main
    score += 0.5 * (ours.kind == theirs.kind and _is_rare(ours, theirs))
    score += (2.0 if is_one_day else 1.0) * (day is True)
    is_aside = (ours.is_background and other.is_main) or (theirs.is_background and node.is_main)
    if is_aside and not (day or actor):
        # What one article looks back at is not the other's news, unless a day or a doer says so.
        return 0.0
    has_number = not node.numbers.isdisjoint(other.numbers)
    if has_number:
        score += _SAME_NUMBER
    is_told = has_number or place is True or not has_doer(ours.kind)
    if ours.is_background and theirs.is_background and is_told and day:
        # Few articles of one story look back at two such things of one year.
        score += 1.0
    return score


def _note_fits(
    trace: StoryTrace, node: _Node, other: _Node, fits: Sequence[bool | None], *, is_main: bool
) -> None:
    """Leave what fits two mentions to each other, or what parts them."""
    wanted = False not in fits
    by = [name for name, fit in zip(FITS, fits, strict=True) if fit is wanted]
    if is_main:
        by.append("main")
    code = "joins.parted" if wanted is False else "joins.fits" if by else "joins.nothing"
    pair = (incident_key(node.article_id, node.mention), incident_key(other.article_id, other.mention))
    trace.joins[pair] = reason(code, by=", ".join(by) or None)


def _is_nested(a: str | None, b: str | None, within: frozenset[tuple[str, str]]) -> bool:
    return a is not None and b is not None and ((a, b) in within or (b, a) in within)


def _day_fits(node: _Node, other: _Node, strict: bool | None, *, is_tied: bool) -> bool | None:
    """Whether two mentions can be of one day, as far as outlets and follow-ups name other ones."""
    ours, theirs = node.mention, other.mention
    if strict is not False:
        return strict
    if node.is_main and other.is_main:
        if not has_doer(ours.kind) and kinds_fit(ours.kind, theirs.kind) and _is_sequel(ours, theirs):
            # Follow-ups of a disaster name the days of the search.
            return None
        early, late = sorted((ours, theirs), key=lambda m: m.first or dt.date.min)
        lasting = lasting_days(early.kind)
        if lasting and early.first and late.first and late.first - early.first <= lasting:
            return None
    if is_tied or (node.is_main and other.is_main):
        # Two outlets may name two days for one night; then doer or place must speak for it.
        return days_fit((ours.first, ours.last), (theirs.first, theirs.last), strict=False)
    return False


def _is_rare(ours: IncidentMention, theirs: IncidentMention) -> bool:
    """Whether one kind in one time speaks for one incident: one earthquake a year, one bombing a month."""
    if not has_doer(ours.kind):
        return True
    spans = [m.last - m.first for m in (ours, theirs) if m.first is not None and m.last is not None]
    return len(spans) > 1 and max(spans) <= _ONE_MONTH


def _is_sequel(ours: IncidentMention, theirs: IncidentMention) -> bool:
    """Whether two days are near enough for one disaster and what followed it."""
    if ours.first is None or theirs.first is None:
        return False
    window = max(_SEQUEL, lasting_days(ours.kind), lasting_days(theirs.kind))
    return abs(ours.first - theirs.first) <= window


def _is_day(mention: IncidentMention) -> bool:
    """Whether a mention's days are exact enough to speak for a join: two days at most."""
    first, last = mention.first, mention.last
    return first is not None and last is not None and (last - first).days <= 1


def _is_listed(group: _Group) -> bool:
    if any(node.carries for node in group.nodes):
        return True
    is_dated = any(node.mention.first and node.mention.kind != "war" for node in group.nodes)
    return is_dated and len({node.article_id for node in group.nodes}) > 1


def _group_order(group: _Group) -> tuple[object, ...]:
    """The main incident first: most articles hold it as theirs; then by day, then by label."""
    mains = sum(node.is_main for node in group.nodes)
    first = min((node.mention.first for node in group.nodes if node.mention.first), default=dt.date.max)
    return (-mains if mains > 1 or mains == len(group.nodes) else 0, _background(group), first, _label(group))


# --------------------------------------------------------------------------- one incident in words


def _incident(incident_id: str, group: _Group) -> Incident:
    days = _days(group)
    return Incident(
        id=incident_id,
        label=_label(group),
        kind=_kind(group),
        first=days[0] if days else None,
        last=days[1] if days else None,
        place=_place(group),
        actor=_actor(group),
        is_background=_background(group),
    )


def _background(group: _Group) -> bool:
    return all(node.mention.is_background for node in group.nodes)


def _common(values: list[str]) -> str | None:
    """The value most nodes have; among equals the first by name, so that the order of articles is nothing."""
    if not values:
        return None
    return min(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))[0]


def _kind(group: _Group) -> str:
    """The kind most articles tell, kinds that name each other counted together; then the one that says most."""
    vague = lexicon().words["vague_kinds"]
    weights: Counter[str] = Counter()
    for node in group.nodes:
        if node.mention.kind and node.mention.kind not in vague:
            weights[node.mention.kind] += _MAIN_WEIGHT if node.is_main else 1
    if not weights:
        return _common([node.mention.kind for node in group.nodes if node.mention.kind]) or ""
    support = {kind: sum(w for other, w in weights.items() if kinds_fit(kind, other)) for kind in weights}
    chosen = min(weights, key=lambda kind: (-support[kind], -weights[kind], kind))
    for kind in sorted(weights):
        if weights[kind] * 2 >= weights[chosen]:
            chosen = more_exact_kind(chosen, kind)
    return bringing_kind(chosen, weights)


def _actor(group: _Group) -> str | None:
    """Who did it, as most articles that tell of the deed itself name him."""
    kind = _kind(group)
    actors = [
        node.mention.actor
        for node in group.nodes
        if node.mention.actor and has_doer(kind) and may_do(node.mention.actor, node.mention.kind, kind)
    ]
    return _common([a for a in actors if not is_nameless(a)]) or _common(actors)


def _site(group: _Group) -> str | None:
    """The building that at least half of the articles say it hit or was: "bank" of a fire, "dam" of a collapse."""
    articles = {node.article_id for node in group.nodes}
    counts = Counter(
        site for site in {(node.article_id, site) for node in group.nodes for site in node.sites}
    )
    found = Counter(site for _, site in counts)
    if not found:
        return None
    site, count = min(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return site if count * 2 >= len(articles) else None


def _place(group: _Group) -> str | None:
    """The place most articles name, a town rather than its country."""
    places = [node.mention.place for node in group.nodes if node.mention.place]
    exact = [place for place in places if not _is_broad(place)]
    return _common(exact) or _common(places)


def _is_broad(place: str) -> bool:
    entry = look_up(place)
    return entry is not None and entry.kind is NameKind.COUNTRY


def _days(group: _Group) -> tuple[dt.date, dt.date] | None:
    """The days that most articles name among the most exact ones."""
    mentions = [node.mention for node in group.nodes]
    known = [(m.first, m.last or m.first) for m in mentions if m.first is not None]
    if not known:
        return None
    shortest = min(last - first for first, last in known)
    exact = Counter(pair for pair in known if pair[1] - pair[0] == shortest)
    return min(exact.items(), key=lambda pair: (-pair[1], pair[0]))[0]


def _label(group: _Group) -> str:
    """ "Kenyan airstrikes in Gedo, 3 May 2023": who, what, where, when, as far as known."""
    kind = _kind(group) or "incident"
    site = _site(group) if kind in lexicon().words["sited_kinds"] else None
    if site:
        kind = f"{site} {kind}" + (" attack" if kind == "arson" else "")
    is_plural = sum(n.plural for n in group.nodes) * 2 > sum(n.count for n in group.nodes)
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

"""The figures of a story side by side: what agrees, what was brought up to date, what conflicts.

Figures are comparable when they speak of the same incident, count the same (killed, injured ...), of the same
victims, in the same scope. Stance: a false "sources disagree" is worse than a missed one. So no part is held against
a total, no person described against a count, no estimate against a near number, no copy against its original and no
headline against its own text.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.analysis.disputes.agreement import agree, narrow_all, size
from digests.analysis.disputes.asides import detail_of, find_narrower, is_old, is_part, is_repeated
from digests.analysis.disputes.comparison import find_disagreements
from digests.analysis.disputes.kinds import OTHER_SCOPE, kind_of, left_behind, voice_of
from digests.analysis.disputes.marks import find_apart
from digests.analysis.disputes.sides import figure_conflicts
from digests.analysis.disputes.words import is_of_worst, says
from digests.analysis.incidents import IncidentMap
from digests.extract.counts.victims import (
    ABROAD,
    ATTACKERS,
    CIVILIANS,
    MILITANTS,
    NATIONALS,
    PEOPLE,
    crowd_groups,
    fighting_groups,
)
from digests.extract.drafts.drafts import SUM_RULE
from digests.trace import StoryTrace
from digests.types import (
    Bounds,
    Citation,
    Claim,
    ConflictKind,
    Figure,
    FigureGroup,
    Measure,
    Scope,
    Span,
    Status,
    StoryArticle,
)

# "85 Iranians" here and "more than 90 people" there count the same dead; "two Americans" beside "90 people" do not.
# An article's own largest count by nationality stands for its total where it is at least this share of the others'.
_TOTAL_SHARE = 0.66

# Characters in front of a sentence in which the one before it is looked for, and behind it for the next.
_LEAD_IN = 200
# Characters of an article in which it stands that two sides fight.
_OPENING = 1500
# Characters between two sentences of which the second goes on with the first.
_NEXT_SENTENCE = 3
# How many times a source's count of a crowd another's of people may be at most that counts the same.
_NEAR_CROWD = 1.5
# How many times the smaller one the larger of two counts of one crowd may be.
_CONTRAST = 3

__all__ = ["compare_figures", "figure_conflicts"]

_MEASURES = tuple(Measure)
_Member = tuple[StoryArticle, Figure, Claim]


@dataclass(frozen=True, slots=True)
class _Key:
    incident_id: str
    measure: Measure
    victims: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one voice says last: a claimant within an outlet's article."""

    item: StoryArticle
    claim: Claim
    claimant: str | None

    @property
    def bounds(self) -> Bounds:
        return self.claim.figure.bounds

    @property
    def voice(self) -> str:
        return self.item.article.outlet or self.item.article.id


def compare_figures(
    articles: Sequence[StoryArticle], incidents: IncidentMap, trace: StoryTrace | None = None
) -> tuple[FigureGroup, ...]:
    """All figures of a story in groups of what can be compared.

    Args:
        articles: The story's articles with their facts, oldest first.
        incidents: Which incident each figure speaks of.
        trace: Takes why figures are held against each other, or not.

    Returns:
        Groups in the order of the incidents, measures, totals before parts. A figure that only adds up a list is
        left out: its numbers stand in their own groups.
    """
    members: dict[_Key, list[_Member]] = defaultdict(list)
    home: dict[tuple[str, int], _Key] = {}
    counted = _count(articles, incidents)
    originals = {item.article.id: item for item in articles}
    apart = find_apart(articles)
    is_two_sided = any(says(item.article.text[:_OPENING], "comparison.two_sides") for item in articles)
    for item in articles:
        for index, figure in enumerate(item.facts.figures):
            if figure.evidence.rule == SUM_RULE:
                if trace is not None:
                    trace.stand(figure, "aside.sum")
                continue
            key = _key_of(item, figure, incidents, counted)
            if trace is not None and key.victims != figure.group:
                trace.stand(figure, "victims.whole", victims=figure.victims or figure.group)
            is_changed = item.copy_of is not None and not is_repeated(item, figure, originals)
            told_by = replace(item, copy_of=None) if is_changed else item
            claim = replace(
                _claim(item, figure, trace),
                is_two_sided=is_two_sided,
                is_of_one=incidents.is_one,
                apart_from=apart.get(item.article.id, ()),
            )
            if figure.measure is Measure.KILLED:
                claim = replace(claim, missing_beside=_missing_beside(item, key.incident_id, incidents))
            members[key].append((told_by, figure, claim))
            home[item.article.id, index] = key
    order = {incident.id: at for at, incident in enumerate(incidents.incidents)}
    keys = sorted(members, key=lambda key: _rank(key, order, members[key]))
    positions = {key: at for at, key in enumerate(keys)}
    return tuple(
        _group(key, _without_known_parts(key, members[key], home, trace), home, positions, trace)
        for key in keys
    )


def _missing_beside(item: StoryArticle, incident_id: str, incidents: IncidentMap) -> int:
    """How many an article gives as missing in an incident, at most."""
    told = [
        size(figure.bounds)
        for figure in item.facts.figures
        if figure.measure is Measure.MISSING
        and figure.scope is not Scope.TOTAL
        and incidents.of(item.article.id, figure.incident) == incident_id
    ]
    return max(told, default=0)


def _without_known_parts(
    key: _Key,
    members: Sequence[_Member],
    home: dict[tuple[str, int], _Key],
    trace: StoryTrace | None,
) -> list[_Member]:
    """A count that another article gives as a part of a larger one ("18 of them in one county") is a detail."""
    told = [(item, figure) for item, figure, _ in members]
    # Of a count of the same people: the nine soldiers of 23 people are all of the soldiers.
    parts = {
        figure.bounds
        for item, figure in told
        if is_part(item, figure)
        and home.get((item.article.id, figure.part_of or 0)) == key
        and not (is_old(item, figure) or _is_anothers(item, figure))
    }
    parts |= find_narrower(told)
    top = max((size(figure.bounds) for item, figure in told if not is_part(item, figure)), default=0)
    kept: list[_Member] = []
    for item, figure, claim in members:
        # "Four are still in intensive care": some of the injured, whoever counts all of them.
        is_some = figure.bounds in parts or (key.measure is Measure.INJURED and is_of_worst(claim))
        is_known = is_some and size(figure.bounds) < top
        if is_known and trace is not None and not claim.is_detail:
            trace.stand(figure, "aside.known_part")
        kept.append((item, figure, replace(claim, is_detail=True) if is_known else claim))
    return kept


def _is_anothers(item: StoryArticle, figure: Figure) -> bool:
    """Whether another source than of its whole gives a figure that no words call a part: "The clinic has 18 dead. The
    police had spoken of 16"; not "Of those, 18 died in one county, the sheriff said"."""
    one, other = figure.claimant, item.facts.figures[figure.part_of or 0].claimant
    if one is None or other is None or one.name == other.name:
        return False
    told = item.article.text[figure.evidence.sentence.start : figure.evidence.span.end]
    return not says(told, "comparison.of_them")


def _rank(
    key: _Key, order: dict[str, int], members: Sequence[_Member]
) -> tuple[int, int, int, int, int, str, str]:
    largest = max(size(figure.bounds) for _, figure, _ in members)
    return (
        order.get(key.incident_id, len(order)),
        _MEASURES.index(key.measure),
        int(key.scope is not Scope.INCIDENT),
        int(key.victims != PEOPLE),
        -largest,
        key.victims,
        key.scope,
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a story counts, by incident and measure.

    The totals of people, the groups that are told apart, and the crowds that are all of them: of which somebody counts
    as many as others count people ("11 workers" here, "11 people" there), be it the count of before, or more.
    """

    totals: dict[tuple[str, Measure], list[int]]
    groups: dict[tuple[str, Measure], set[str]]
    wholes: dict[tuple[str, Measure], set[str]]


def _count(articles: Sequence[StoryArticle], incidents: IncidentMap) -> _Counted:
    counted = _Counted(defaultdict(list), defaultdict(set), defaultdict(set))
    told: dict[tuple[str, Measure], set[int]] = defaultdict(set)
    crowds: dict[tuple[str, Measure], set[tuple[str, int]]] = defaultdict(set)
    for item in articles:
        for figure in item.facts.figures:
            if figure.scope is Scope.TOTAL:
                continue
            about = incidents.of(item.article.id, figure.incident), figure.measure
            group = _group_meant(item, figure, incidents)
            counted.groups[about].add(group)
            if is_part(item, figure) or size(figure.bounds) <= 1:
                pass
            elif group == PEOPLE:
                told[about].add(size(figure.bounds))
            elif group in crowd_groups():
                crowds[about].add((group, size(figure.bounds)))
            if group == PEOPLE and not is_part(item, figure) and not is_old(item, figure):
                counted.totals[about].append(size(figure.bounds))
    for about, named in crowds.items():
        top = max(counted.totals[about], default=0)
        counted.wholes[about] = {group for group, count in named if count in told[about] or 0 < top < count}
    return counted


def _group_meant(item: StoryArticle, figure: Figure, incidents: IncidentMap) -> str:
    """Who is counted; a bare number set beside another source's count of a crowd is of that crowd.

    "The ministry said 12 miners had died. The union spoke of 19."
    """
    if figure.group != PEOPLE or figure.victims is not None or figure.claimant is None:
        return figure.group
    start = figure.evidence.sentence.start
    incident_id = incidents.of(item.article.id, figure.incident)
    for other in item.facts.figures:
        if (
            other.group in crowd_groups()
            and other.measure is figure.measure
            and other.claimant is not None
            and other.claimant != figure.claimant
            and 0 <= start - other.evidence.sentence.end <= _NEXT_SENTENCE
            and not is_part(item, other)
            and size(figure.bounds) <= _CONTRAST * size(other.bounds)
            and size(other.bounds) <= _CONTRAST * size(figure.bounds)
            and incidents.of(item.article.id, other.incident) == incident_id
        ):
            return other.group
    return figure.group


def _key_of(item: StoryArticle, figure: Figure, incidents: IncidentMap, counted: _Counted) -> _Key:
    incident_id = incidents.of(item.article.id, figure.incident)
    about = incident_id, figure.measure
    group = _group_meant(item, figure, incidents)
    if group in _whole_groups() and not is_part(item, figure):
        own = any(
            other.group == PEOPLE
            and other.measure is figure.measure
            and not is_part(item, other)
            and not agree(figure, other)
            and not is_old(item, other)
            and not _is_above(figure, other)
            and incidents.of(item.article.id, other.incident) == incident_id
            for other in item.facts.figures
        )
        if not own and _may_be_all(figure, about, counted):
            group = PEOPLE
    elif group == ATTACKERS and MILITANTS in counted.groups[about]:
        # "All five attackers" here and "six gunmen" there: whoever tells of one means the other.
        tells_both = any(
            other.group == MILITANTS
            and other.measure is figure.measure
            and incidents.of(item.article.id, other.incident) == incident_id
            for other in item.facts.figures
        )
        group = group if tells_both else MILITANTS
    return _Key(incident_id, figure.measure, group, figure.scope)


def _is_above(figure: Figure, other: Figure) -> bool:
    """Whether a claimed count of a crowd is no part of people counted beside it: it is larger, or another source's and
    near it: "The mayor said 34 people had died. The union said 38 workers had."."""
    if figure.claimant is None:
        return False
    is_anothers = other.claimant is not None and other.claimant.name != figure.claimant.name
    limit = size(figure.bounds) * (_NEAR_CROWD if is_anothers else 1)
    return size(other.bounds) < limit


@functools.cache
def _whole_groups() -> frozenset[str]:
    return crowd_groups() | {CIVILIANS}


def _may_be_all(figure: Figure, about: tuple[str, Measure], counted: _Counted) -> bool:
    """Whether "12 Belgians" or "12 passengers" may be the whole crowd that others count as people."""
    totals, groups, wholes = counted.totals[about], counted.groups[about], counted.wholes[about]
    own = size(figure.bounds)
    if figure.group == CIVILIANS and not fighting_groups().isdisjoint(groups):
        # "18 civilians and two soldiers"
        return False
    if totals and not any(totals) and figure.group not in (NATIONALS, ABROAD):
        # "Nobody was hurt" counts whomever others count.
        return True
    if figure.group in (NATIONALS, ABROAD, CIVILIANS):
        if own == 0:
            # "No Swedes were among the dead."
            return False
        return bool(totals or figure.group != CIVILIANS) and all(
            own >= _TOTAL_SHARE * total for total in totals
        )
    # "Police arrested 34 people", "120 demonstrators were detained": more than all are no part of them.
    return own > 1 and figure.group in wholes


def _claim(item: StoryArticle, figure: Figure, trace: StoryTrace | None) -> Claim:
    detail = detail_of(item, figure)
    if detail is not None and trace is not None:
        trace.stand(figure, detail)
    span = figure.evidence.span
    return Claim(
        figure=figure,
        citation=Citation(
            article_id=item.article.id, span=span, text=item.article.text[span.start : span.end]
        ),
        outlet=item.article.outlet,
        published=item.article.published,
        sentence=_told_in(item.article.text, figure.evidence.sentence),
        is_detail=detail is not None,
        is_of_least=is_part(item, figure) and _is_least(item, item.facts.figures[figure.part_of or 0]),
    )


def _is_least(item: StoryArticle, total: Figure) -> bool:
    """Whether more may be counted than a total says: it is a least number, or of those verified so far."""
    sentence = total.evidence.sentence
    is_open = total.bounds.low is not None and total.bounds.high is None
    return is_open or says(item.article.text[sentence.start : sentence.end], "comparison.verified")


def _told_in(text: str, sentence: Span) -> str:
    """The sentence with those beside it in its paragraph: where a toll is said to be new or taken back."""
    behind = text[sentence.end : sentence.end + _LEAD_IN].partition("\n")[0]
    behind = behind[: behind.find(". ") + 1 or len(behind)]
    before = text[max(0, sentence.start - _LEAD_IN) : sentence.start].rpartition("\n")[2].rstrip()
    return f"{before[before[:-1].rfind('. ') + 1 :]} {text[sentence.start : sentence.end]}{behind}".strip()


def _group(
    key: _Key,
    members: Sequence[_Member],
    home: dict[tuple[str, int], _Key],
    positions: dict[_Key, int],
    trace: StoryTrace | None,
) -> FigureGroup:
    entries = _of_one_scope(_entries(members, trace), trace)
    claims = [entry.claim for entry in entries]
    gone = left_behind(find_disagreements(claims, trace))
    past = {id(claim) for claim in gone}
    standing = [claim for claim in claims if id(claim) not in past] or claims
    latest = max(standing, key=_recency, default=members[-1][2])
    kind = kind_of(find_disagreements(standing))
    status = Status.SINGLE
    if kind is ConflictKind.DISPUTE:
        status = Status.CONFLICTING
    elif gone or _is_updated(members):
        status = Status.UPDATED
    elif len({entry.voice for entry in entries}) > 1:
        status = Status.AGREED
    bounds = [claim.figure.bounds for claim in standing]
    narrowed = narrow_all(bounds) if status is not Status.CONFLICTING and bounds else None
    return FigureGroup(
        incident_id=key.incident_id,
        measure=key.measure,
        victims=key.victims,
        scope=key.scope,
        status=status,
        bounds=narrowed or latest.figure.bounds,
        claims=tuple(claim for _, _, claim in members),
        latest=latest,
        part_of=_part_of(key, members, home, positions),
    )


def _is_updated(members: Sequence[_Member]) -> bool:
    """Whether one outlet's later article leaves its earlier count behind."""
    by_voice: dict[str, list[Claim]] = {}
    for item, _, claim in members:
        if item.copy_of is None and not claim.is_detail:
            by_voice.setdefault(voice_of(claim), []).append(claim)
    return any(left_behind(find_disagreements(claims)) for claims in by_voice.values())


def _part_of(
    key: _Key,
    members: Sequence[_Member],
    home: dict[tuple[str, int], _Key],
    positions: dict[_Key, int],
) -> int | None:
    """The group of the totals that the figures of this one are parts of, where all that say so say the same.

    "Three of the 27 wounded have died" makes the three a part, not the toll of everybody that stands beside them.
    """
    if key.victims == PEOPLE and any(figure.part_of is None for _, figure, _ in members):
        return None
    totals = {
        home[item.article.id, figure.part_of]
        for item, figure, _ in members
        if figure.part_of is not None and (item.article.id, figure.part_of) in home
    }
    totals.discard(key)
    return positions[next(iter(totals))] if len(totals) == 1 else None


def _recency(claim: Claim) -> tuple[str, int]:
    return (claim.published.isoformat() if claim.published else "", size(claim.figure.bounds))


# --------------------------------------------------------------------------- voices


def _entries(members: Sequence[_Member], trace: StoryTrace | None) -> list[_Entry]:
    """One entry per voice: the last article of each outlet, its largest count by each claimant."""
    by_voice: dict[str, list[_Entry]] = {}
    if all(claim.is_detail for _, _, claim in members):
        # Only "a woman" here and "a woman" there: they tell of the same one.
        return [_Entry(item, claim, None) for item, figure, claim in members if not figure.bounds.is_vague]
    for item, figure, claim in members:
        if item.copy_of is not None or claim.is_detail:
            if trace is not None and item.copy_of is not None:
                trace.stand(figure, "aside.copy", original=item.copy_of)
            continue
        claimant = figure.claimant.name.casefold() if figure.claimant else None
        entry = _Entry(item, claim, claimant)
        kept = by_voice.setdefault(entry.voice, [])
        if kept and kept[0].item.article.id != item.article.id:
            if trace is not None:
                for older in kept:
                    trace.stand(older.claim.figure, "aside.earlier", outlet=entry.voice)
            kept.clear()
        kept.append(entry)
    return [entry for kept in by_voice.values() for entry in _settled(kept, trace)]


def _settled(entries: Sequence[_Entry], trace: StoryTrace | None) -> list[_Entry]:
    kept = _settle(entries)
    if trace is not None:
        for entry in entries:
            if all(entry is not other for other in kept):
                is_equal = any(entry.bounds == other.bounds for other in kept)
                trace.stand(entry.claim.figure, "aside.repeated" if is_equal else "aside.not_largest")
    return kept


def _of_one_scope(entries: Sequence[_Entry], trace: StoryTrace | None) -> list[_Entry]:
    """Without the unclaimed counts so far above the least one that they must count more than this incident."""
    least = min((size(entry.bounds) for entry in entries), default=0)
    limit = OTHER_SCOPE * max(least, 1)
    kept = [entry for entry in entries if size(entry.bounds) <= limit or entry.claimant is not None]
    if trace is not None:
        for entry in entries:
            if size(entry.bounds) > limit and entry.claimant is None:
                trace.stand(entry.claim.figure, "aside.far_above", times=OTHER_SCOPE)
    return kept


def _counts_more(count: int, least: int) -> bool:
    """Whether a number is so far above another one of its article that it counts more than the incident."""
    return count > OTHER_SCOPE * max(least, OTHER_SCOPE)


def _settle(entries: Sequence[_Entry]) -> list[_Entry]:
    """An article's count per claimant; the writer's own words go with any claimant's that they agree with.

    A smaller count beside a larger one of the same claimant is taken for a part of it (another place, another hour).
    """
    largest: dict[str | None, _Entry] = {}
    for entry in entries:
        known = largest.get(entry.claimant)
        if known is None or size(entry.bounds) > size(known.bounds):
            largest[entry.claimant] = entry
    if len(largest) == 1:
        return list(largest.values())
    kept = [entry for claimant, entry in largest.items() if claimant is not None]
    own = largest.get(None)
    top = max((size(entry.bounds) for entry in kept), default=0)
    if own is not None and kept and _counts_more(size(own.bounds), top):
        # "The country has recorded 9,100 deaths from the fever", below the news.
        return kept
    if own is not None and size(own.bounds) >= top and all(entry.bounds != own.bounds for entry in kept):
        # The article's own total: what others are quoted with is earlier, or a part.
        return [own]
    return kept

"""The figures of a story side by side: what agrees, what was brought up to date, what conflicts.

Figures are comparable when they speak of the same incident, count the same (killed, injured ...), of the same
victims, in the same scope. Stance: a false "sources disagree" is worse than a missed one. So no part is held against
a total, no person described against a count, no estimate against a near number, no copy against its original and no
headline against its own text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from digests.analysis.comparison import (
    NUMERIC,
    OTHER_SCOPE,
    Disagreement,
    agree,
    find_disagreements,
    is_comparable,
    is_plain_update,
    kind_of,
    left_behind,
    narrow_all,
    says_of,
    size,
    voice_of,
)
from digests.analysis.incidents import IncidentMap
from digests.analysis.voices import claimed_apart, names_of
from digests.extract.drafts import SUM_RULE
from digests.extract.victims import ABROAD, NATIONALS, PEOPLE, crowd_groups
from digests.types import (
    Bounds,
    Citation,
    Claim,
    Conflict,
    ConflictKind,
    Figure,
    FigureGroup,
    Measure,
    Scope,
    Side,
    Span,
    Status,
    StoryArticle,
)

# "85 Iranians" here and "more than 90 people" there count the same dead; "two Americans" beside "90 people" do not.
# An article's own largest count by nationality stands for its total where it is at least this share of the others'.
_TOTAL_SHARE = 0.66

# Claims of one group that are held against each other, the newest; every two are looked at.
_MOST_CLAIMS = 200
# Characters in front of a sentence in which the one before it is looked for.
_LEAD_IN = 200

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


def compare_figures(articles: Sequence[StoryArticle], incidents: IncidentMap) -> tuple[FigureGroup, ...]:
    """All figures of a story in groups of what can be compared.

    Args:
        articles: The story's articles with their facts, oldest first.
        incidents: Which incident each figure speaks of.

    Returns:
        Groups in the order of the incidents, measures, totals before parts. A figure that only adds up a list is
        left out: its numbers stand in their own groups.
    """
    members: dict[_Key, list[_Member]] = defaultdict(list)
    home: dict[tuple[str, int], _Key] = {}
    likes = _total_sizes(articles, incidents)
    for item in articles:
        for index, figure in enumerate(item.facts.figures):
            if figure.evidence.rule == SUM_RULE:
                continue
            key = _key_of(item, figure, incidents, likes)
            members[key].append((item, figure, _claim(item, figure)))
            home[item.article.id, index] = key
    order = {incident.id: at for at, incident in enumerate(incidents.incidents)}
    keys = sorted(members, key=lambda key: _rank(key, order, members[key]))
    positions = {key: at for at, key in enumerate(keys)}
    return tuple(_group(key, _without_known_parts(members[key]), home, positions) for key in keys)


def _without_known_parts(members: Sequence[_Member]) -> list[_Member]:
    """A count that another article gives as a part of a larger one ("18 of them in one county") is a detail."""
    parts = {figure.bounds for item, figure, _ in members if _is_part(item, figure)}
    top = max((size(figure.bounds) for item, figure, _ in members if not _is_part(item, figure)), default=0)
    return [
        (item, figure, replace(claim, is_detail=True))
        if figure.bounds in parts and size(figure.bounds) < top
        else (item, figure, claim)
        for item, figure, claim in members
    ]


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


def _total_sizes(
    articles: Sequence[StoryArticle], incidents: IncidentMap
) -> dict[tuple[str, Measure], list[int]]:
    """What the articles give as the total of people, by incident and measure."""
    sizes: dict[tuple[str, Measure], list[int]] = defaultdict(list)
    for item in articles:
        for figure in item.facts.figures:
            if figure.group == PEOPLE and not _is_part(item, figure) and figure.scope is not Scope.TOTAL:
                incident_id = incidents.of(item.article.id, figure.incident)
                sizes[incident_id, figure.measure].append(size(figure.bounds))
    return sizes


def _is_part(item: StoryArticle, figure: Figure) -> bool:
    """Whether a figure is part of another one that stands in the text."""
    if figure.part_of is None:
        return False
    return item.facts.figures[figure.part_of].evidence.rule != SUM_RULE


def _key_of(
    item: StoryArticle,
    figure: Figure,
    incidents: IncidentMap,
    sizes: dict[tuple[str, Measure], list[int]],
) -> _Key:
    incident_id = incidents.of(item.article.id, figure.incident)
    group = figure.group
    if group in crowd_groups() and not _is_part(item, figure):
        own = any(
            other.group == PEOPLE
            and other.measure is figure.measure
            and not _is_part(item, other)
            and not agree(figure, other)
            and incidents.of(item.article.id, other.incident) == incident_id
            for other in item.facts.figures
        )
        totals = sizes.get((incident_id, figure.measure), [])
        if not own and _may_be_all(figure, totals):
            group = PEOPLE
    return _Key(incident_id, figure.measure, group, figure.scope)


def _may_be_all(figure: Figure, totals: Sequence[int]) -> bool:
    """Whether "12 Belgians" or "12 passengers" may be the whole crowd that others count as people."""
    own = size(figure.bounds)
    if figure.group in (NATIONALS, ABROAD):
        return all(own >= _TOTAL_SHARE * total for total in totals)
    return own > 1 and own in totals


def _is_detail(item: StoryArticle, figure: Figure) -> bool:
    """Whether a figure is held against nothing: an instance, or a part of a count of the same people."""
    if not is_comparable(figure):
        return True
    return _is_part(item, figure) and item.facts.figures[figure.part_of or 0].group == figure.group


def _claim(item: StoryArticle, figure: Figure) -> Claim:
    span = figure.evidence.span
    return Claim(
        figure=figure,
        citation=Citation(
            article_id=item.article.id, span=span, text=item.article.text[span.start : span.end]
        ),
        outlet=item.article.outlet,
        published=item.article.published,
        sentence=_told_in(item.article.text, figure.evidence.sentence),
        is_detail=_is_detail(item, figure),
    )


def _told_in(text: str, sentence: Span) -> str:
    """The sentence and the one before it in its paragraph: where a toll is said to be new or taken back."""
    before = text[max(0, sentence.start - _LEAD_IN) : sentence.start].rpartition("\n")[2].rstrip()
    return f"{before[before[:-1].rfind('. ') + 1 :]} {text[sentence.start : sentence.end]}".strip()


def _group(
    key: _Key,
    members: Sequence[_Member],
    home: dict[tuple[str, int], _Key],
    positions: dict[_Key, int],
) -> FigureGroup:
    entries = _of_one_scope(_entries(members))
    claims = [entry.claim for entry in entries]
    gone = left_behind(find_disagreements(claims))
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


def _part_of(
    key: _Key,
    members: Sequence[_Member],
    home: dict[tuple[str, int], _Key],
    positions: dict[_Key, int],
) -> int | None:
    """The group of the totals that the figures of this one are parts of, where all that say so say the same."""
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


def _entries(members: Sequence[_Member]) -> list[_Entry]:
    """One entry per voice: the last article of each outlet, its largest count by each claimant."""
    by_voice: dict[str, list[_Entry]] = {}
    if all(claim.is_detail for _, _, claim in members):
        # Only "a woman" here and "a woman" there: they tell of the same one.
        return [_Entry(item, claim, None) for item, figure, claim in members if not figure.bounds.is_vague]
    for item, figure, claim in members:
        if item.copy_of is not None or claim.is_detail:
            continue
        claimant = figure.claimant.name.casefold() if figure.claimant else None
        entry = _Entry(item, claim, claimant)
        kept = by_voice.setdefault(entry.voice, [])
        if kept and kept[0].item.article.id != item.article.id:
            kept.clear()
        kept.append(entry)
    return [entry for kept in by_voice.values() for entry in _settle(kept)]


def _of_one_scope(entries: Sequence[_Entry]) -> list[_Entry]:
    """Without the unclaimed counts so far above the least one that they must count more than this incident."""
    least = min((size(entry.bounds) for entry in entries), default=0)
    limit = OTHER_SCOPE * max(least, 1)
    return [entry for entry in entries if size(entry.bounds) <= limit or entry.claimant is not None]


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
    if own is not None and size(own.bounds) >= top:
        # The article's own total: what others are quoted with is earlier, or a part.
        return [own]
    return kept


# --------------------------------------------------------------------------- conflicts


def figure_conflicts(groups: Sequence[FigureGroup]) -> tuple[Conflict, ...]:
    """The groups whose counts do not agree, each with its sides and a sentence that says why.

    A toll that rises from one day to the next is no conflict: the group's status says that it was updated.
    """
    conflicts: list[Conflict] = []
    for group in groups:
        if group.scope is not Scope.INCIDENT:
            continue
        claims = _without_smaller([claim for claim in group.claims if not claim.is_detail])[-_MOST_CLAIMS:]
        pairs = [pair for pair in find_disagreements(claims) if _is_open(pair)]
        kind = kind_of(pairs)
        if kind is None or (kind in NUMERIC and group.status not in (Status.UPDATED, Status.CONFLICTING)):
            continue
        kinds = NUMERIC if kind in NUMERIC else {kind}
        sides = _sides(claims, [pair for pair in pairs if pair.kind in kinds])
        conflicts.append(
            Conflict(
                incident_id=group.incident_id,
                about=group.measure,
                kind=kind,
                note=_note(kind, sides),
                sides=tuple(
                    Side(
                        says=says_of(side[0].figure),
                        claimants=names_of(side),
                        citations=tuple(claim.citation for claim in side),
                    )
                    for side in sides
                ),
            )
        )
    return tuple(conflicts)


def _without_smaller(claims: Sequence[Claim]) -> list[Claim]:
    """Without what stands beside a larger count in its own article, but for another source's count.

    It is taken for a part (another place, another hour), as in `_settle`.
    """
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(claim.citation.article_id, []).append(claim)
    return [
        claim
        for claim in claims
        if not any(
            size(other.figure.bounds) > size(claim.figure.bounds)
            and not agree(claim.figure, other.figure)
            and not claimed_apart(claim, other)
            for other in by_article[claim.citation.article_id]
        )
    ]


def _is_open(pair: Disagreement) -> bool:
    """Whether a reader should see two counts side by side: two outlets tell them, or one quotes two sources."""
    if is_plain_update(pair):
        return False
    return voice_of(pair.low) != voice_of(pair.high) or claimed_apart(pair.low, pair.high)


def _is_updated(members: Sequence[_Member]) -> bool:
    """Whether one outlet's later article leaves its earlier count behind."""
    by_voice: dict[str, list[Claim]] = {}
    for item, _, claim in members:
        if item.copy_of is None and not claim.is_detail:
            by_voice.setdefault(voice_of(claim), []).append(claim)
    return any(left_behind(find_disagreements(claims)) for claims in by_voice.values())


def _sides(claims: Sequence[Claim], pairs: Sequence[Disagreement]) -> list[list[Claim]]:
    """The counts that stand against another one, smallest first; what is said in the same words makes one side."""
    held = {id(claim) for pair in pairs for claim in (pair.low, pair.high)}
    sides: dict[str, list[Claim]] = {}
    for claim in claims:
        if id(claim) in held:
            sides.setdefault(says_of(claim.figure), []).append(claim)
    kept = [side for side in sides.values() if not _is_echo(side, sides.values())]
    return sorted(kept, key=_side_rank)


def _is_echo(side: Sequence[Claim], sides: Iterable[Sequence[Claim]]) -> bool:
    """Whether a side only rounds off, in the writer's words, what its own articles give to somebody on another side."""
    if any(claim.figure.claimant is not None for claim in side):
        return False
    named = {
        claim.citation.article_id
        for other in sides
        for claim in other
        if other is not side and claim.figure.claimant is not None and agree(claim.figure, side[0].figure)
    }
    return named.issuperset(claim.citation.article_id for claim in side)


def _side_rank(side: Sequence[Claim]) -> tuple[int, bool, bool]:
    bounds = side[0].figure.bounds
    return (size(bounds), bounds.high is None, bounds.approximate)


def _by(side: Sequence[Claim]) -> str:
    """Who says it, in brackets, where that is known."""
    names = ", ".join(names_of(side))
    return f" ({names})" if names else ""


def _note(kind: ConflictKind, sides: Sequence[Sequence[Claim]]) -> str:
    """One sentence that says why the sides stand apart."""
    low, high = says_of(sides[0][0].figure), says_of(sides[-1][0].figure)
    least, most = f"{low}{_by(sides[0])}", f"{high}{_by(sides[-1])}"
    first, last = sides[0][0].figure.bounds, sides[-1][0].figure.bounds
    match kind:
        case ConflictKind.UPDATE if sides[0][0].figure.measure is Measure.MISSING:
            return f"The number of missing fell from {most} to {least}."
        case ConflictKind.UPDATE:
            return f"The later reports say {most}, the earlier ones {least}."
        case ConflictKind.CORRECTION:
            return f"The count was taken down from {most} to {least}."
        case ConflictKind.DEFINITION:
            return f"One count includes the attacker, the other does not: {least} and {most}."
        case ConflictKind.SCOPE:
            return f"{most} most likely counts more than this incident, for which {least} is told."
        case ConflictKind.PRECISION:
            return f"The same count, told roughly and exactly: {least} and {most}."
    if first.high is None and last.high is None:
        return f"The least numbers differ: {least} and {most}."
    return f"{least} and {most} cannot both be right."

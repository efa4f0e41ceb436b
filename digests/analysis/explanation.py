"""Why each figure of a story is what it is, and why every two of them were or were not held together.

The articles are read again with a trace, and compared with one: every reason here is what the engine itself left
when it decided, never a second judgement.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from digests.analysis import analyse, reading_order
from digests.analysis.anchors import date_undated
from digests.analysis.disputes.agreement import says_of
from digests.analysis.occurrences.occurrences import incident_key
from digests.extract import extract
from digests.rules import load_rules
from digests.text.document import make_document
from digests.trace import ArticleTrace, FigureReasons, Reason, StoryTrace, pair_of, reason
from digests.types import (
    Article,
    ConflictKind,
    Facts,
    Figure,
    FigureGroup,
    Findings,
    Incident,
    Story,
    StoryArticle,
)

# Pairs of figures that are explained: some ninety figures' worth. Beyond, those of one measure come first.
_MOST_PAIRS = 4000


class Outcome(StrEnum):
    """What came of two figures."""

    AGREED = "agreed"
    UPDATED = "updated"
    CONFLICTING = "conflicting"
    # The same thing counted, and not held against each other: a part, a copy, an older report.
    ASIDE = "aside"
    # Another incident, measure, scope or other victims.
    APART = "apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedFigure:
    """A figure with the reasons of the decisions about it. `number` counts from 1 over the story.

    `sentence` is the sentence around it, `total` the number of the figure that it is a part of; `victims` the group
    that it was compared in; `standing` why it is held against nothing, empty where it is.
    """

    number: int
    article: Article
    figure: Figure
    sentence: str
    victims: str
    incident: Incident | None
    total: int | None
    reasons: FigureReasons
    standing: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedPair:
    """Two figures by number, what came of them, of what kind a conflict is, and why."""

    first: int
    second: int
    outcome: Outcome
    kind: ConflictKind | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything that led to a story's figures; `dropped` pairs were too many to tell."""

    story: Story
    figures: tuple[ExplainedFigure, ...]
    pairs: tuple[ExplainedPair, ...]
    dropped: int = 0


def explain(story: Story, articles: Sequence[Article]) -> Explanation:
    """Read a story's articles again and tell why its figures stand as they do; articles in any order."""
    copies = dict(story.copies)
    items = [_read(article, copies.get(article.id))[0] for article in articles]
    dated = sorted(date_undated(items), key=reading_order)
    read = [_read(item.article, item.copy_of) for item in dated]
    trace = StoryTrace()
    findings = analyse(story.id, [item for item, _ in read], trace)
    figures = tuple(_figures(read, findings, trace))
    chosen, dropped = _choose_pairs(figures)
    groups = {id(claim.figure): group for group in findings.figure_groups for claim in group.claims}
    pairs = tuple(_pair(one, two, groups, trace) for one, two in chosen)
    return Explanation(story=story, figures=figures, pairs=pairs, dropped=dropped)


def tell(made: Reason) -> str:
    """A reason as a sentence, led by the figure's number where it is told of a pair.

    Raises:
        KeyError: `rules/reasons.toml` does not know the code.
    """
    meaning = load_rules("reasons").meaning
    words = dict(made.words)
    if "by" in words:
        words["by"] = ", ".join(str(meaning["sign"][sign]) for sign in words["by"].split(", "))
    told = str(meaning["reason"][made.code]).format(**words)
    return f"[{words['figure']}] {told}" if "figure" in words else told


def _read(article: Article, copy_of: str | None) -> tuple[StoryArticle, ArticleTrace]:
    """An article's facts with the reasons behind them."""
    document = make_document(
        article.id, article.text, published=article.published_on, title=article.title, outlet=article.outlet
    )
    trace = ArticleTrace()
    facts: Facts = extract(document, trace)
    return StoryArticle(article=article, facts=facts, copy_of=copy_of), trace


def _figures(
    read: Sequence[tuple[StoryArticle, ArticleTrace]], findings: Findings, trace: StoryTrace
) -> Iterator[ExplainedFigure]:
    incidents = {incident.id: incident for incident in findings.incidents}
    groups = {id(claim.figure): group for group in findings.figure_groups for claim in group.claims}
    number = 0
    for item, told in read:
        first = number + 1
        for figure, reasons in zip(item.facts.figures, told.figures, strict=True):
            number += 1
            group = groups.get(id(figure))
            sentence = figure.evidence.sentence
            yield ExplainedFigure(
                number=number,
                article=item.article,
                figure=figure,
                sentence=item.article.text[sentence.start : sentence.end],
                victims=group.victims if group else figure.group,
                incident=incidents.get(group.incident_id) if group else None,
                total=first + figure.part_of if figure.part_of is not None else None,
                reasons=reasons,
                standing=tuple(trace.standings.get(id(figure), ())),
            )


def _choose_pairs(
    figures: Sequence[ExplainedFigure],
) -> tuple[list[tuple[ExplainedFigure, ExplainedFigure]], int]:
    """The pairs that are told, in order, and how many are not: those of one measure first where they are many."""
    pairs = list(itertools.combinations(figures, 2))
    if len(pairs) <= _MOST_PAIRS:
        return pairs, 0
    ranked = sorted(pairs, key=lambda pair: pair[0].figure.measure is not pair[1].figure.measure)
    kept = sorted(ranked[:_MOST_PAIRS], key=lambda pair: (pair[0].number, pair[1].number))
    return kept, len(pairs) - _MOST_PAIRS


def _pair(
    one: ExplainedFigure, two: ExplainedFigure, groups: dict[int, FigureGroup], trace: StoryTrace
) -> ExplainedPair:
    made = ExplainedPair(
        first=one.number, second=two.number, outcome=Outcome.APART, kind=None, reasons=tuple(_apart(one, two))
    )
    ours, theirs = groups.get(id(one.figure)), groups.get(id(two.figure))
    if ours is None or theirs is None or ours is not theirs:
        is_other = one.incident is not two.incident
        joins = _joins(one, two, trace) if is_other else ()
        return dataclasses.replace(made, reasons=(*made.reasons, *joins, *_parts(one, two)))
    together = (_same_incident(one), *_joins(one, two, trace))
    verdicts = trace.verdicts.get(pair_of(one.figure, two.figure), [])
    if not verdicts:
        standing = [*_of(one, one.standing), *_of(two, two.standing)] or [reason("pair.not_held")]
        return dataclasses.replace(
            made, outcome=Outcome.ASIDE, reasons=(*together, *_parts(one, two), *standing)
        )
    outcome, kind = _outcome(verdicts)
    told = [*_of(one, one.standing), *_of(two, two.standing)]
    copied = [one_reason for one_reason in told if one_reason.code == "aside.copy"]
    return dataclasses.replace(made, outcome=outcome, kind=kind, reasons=(*together, *verdicts, *copied))


def _of(one: ExplainedFigure, reasons: Sequence[Reason]) -> list[Reason]:
    """Reasons of one figure, for telling them of a pair."""
    return [Reason(made.code, (*made.words, ("figure", str(one.number)))) for made in reasons]


def _apart(one: ExplainedFigure, two: ExplainedFigure) -> Iterator[Reason]:
    """What the keys of two figures differ in: measure, scope, incident, victims."""
    a, b = one.figure, two.figure
    if a.measure is not b.measure:
        yield reason("pair.measure", a=a.measure, b=b.measure)
    if a.scope is not b.scope:
        yield reason("pair.scope", a=says_of(a), b=says_of(b))
    if one.incident is not None and two.incident is not None and one.incident is not two.incident:
        yield reason("pair.incident", a=one.incident.label, b=two.incident.label)
    if one.victims != two.victims:
        yield reason("pair.victims", a=one.victims, b=two.victims)


def _same_incident(one: ExplainedFigure) -> Reason:
    return reason("pair.same_incident", a=one.incident.label if one.incident else "the story")


def _joins(one: ExplainedFigure, two: ExplainedFigure, trace: StoryTrace) -> Iterator[Reason]:
    """What fits or parts the incidents of two articles, as far as they were held against each other."""
    if one.article.id == two.article.id or one.figure.measure is not two.figure.measure:
        return
    a = incident_key(one.article.id, one.figure.incident)
    b = incident_key(two.article.id, two.figure.incident)
    found = trace.joins.get((a, b)) or trace.joins.get((b, a))
    if found is not None:
        yield found


def _parts(one: ExplainedFigure, two: ExplainedFigure) -> Iterator[Reason]:
    if one.total == two.number or two.total == one.number:
        yield reason("pair.part")


_KINDS = {kind.value: kind for kind in ConflictKind}


def _outcome(verdicts: Sequence[Reason]) -> tuple[Outcome, ConflictKind | None]:
    """What the codes of a comparison come to: the family of a code is the kind of conflict."""
    families = [verdict.code.partition(".")[0] for verdict in verdicts]
    kind = next((_KINDS[family] for family in families if family in _KINDS), None)
    if kind is None:
        return (Outcome.AGREED, None) if "agree" in families else (Outcome.ASIDE, None)
    if kind is ConflictKind.UPDATE or "untold" in families:
        return Outcome.UPDATED if kind is ConflictKind.UPDATE else Outcome.ASIDE, kind
    return Outcome.CONFLICTING, kind

"""What a server's admins have put right in a story, applied to what analysis takes in and to what it gives out.

A figure is named by its words and the sentence they stand in, never by where a rule found it: other rules, a reload
and a reprint of the same sentence change nothing, and an outlet that writes a new sentence is heard again. What is
corrected is left out before figures are compared, so that a wrong count opens no dispute; an article that gives it
twice, as in its headline, gives it nowhere, and sentences that state it go with it. The stance: rather one sentence
too few than the wrong count in another section.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from digests.types import (
    Citation,
    Claim,
    Correction,
    CorrectionKind,
    Facts,
    Figure,
    FigureGroup,
    Findings,
    Reaction,
    Span,
    Status,
    StoryArticle,
    Target,
)

# Kinds that take a figure out of the comparison.
_LEFT_OUT = (CorrectionKind.SUPPRESS, CorrectionKind.OUTDATED)


@dataclass(frozen=True, slots=True)
class _Hit:
    """Where the words of a correction stand in an article of the story."""

    correction: Correction
    item: StoryArticle
    span: Span
    words: str
    # The same count once more in the same article: its headline, a repetition.
    is_repeated: bool = False


def find_target(text: str, target: Target) -> Span | None:
    """Where a target's words stand in a text: inside of their sentence, wherever that is now; else `None`."""
    start = text.find(target.sentence) if target.sentence else -1
    if start < 0:
        return None
    span = Span(start=start + target.offset, end=start + target.offset + len(target.words))
    return span if text[span.start : span.end] == target.words else None


def correct(
    items: Sequence[StoryArticle],
    corrections: Sequence[Correction],
    analyse: Callable[[Sequence[StoryArticle]], Findings],
) -> Findings:
    """The findings of a story as one server's admins have corrected it.

    Args:
        items: The story's articles with their facts.
        corrections: What is in force for this story; those whose words stand nowhere in it do nothing.
        analyse: Makes findings of articles.
    """
    hits = [hit for item in items for hit in _hits(item, corrections)]
    out = [hit for hit in hits if hit.correction.kind in _LEFT_OUT]
    kept = [_without(item, [hit.span for hit in out if hit.item is item]) for item in items]
    findings = _drop_sentences(
        analyse(kept), [h for h in out if h.correction.kind is CorrectionKind.SUPPRESS]
    )
    for hit in hits:
        if hit.is_repeated:
            continue
        if hit.correction.kind is CorrectionKind.OUTDATED:
            findings = _left_behind(findings, hit)
        elif hit.correction.kind is CorrectionKind.PIN:
            findings = _pinned(findings, hit)
    return replace(findings, corrected=count_kinds(dict.fromkeys(hit.correction for hit in hits)))


def count_kinds(
    corrections: Mapping[Correction, None] | Sequence[Correction],
) -> tuple[tuple[CorrectionKind, int], ...]:
    """How many corrections there are of each kind, in the order of the kinds."""
    counts = Counter(correction.kind for correction in corrections)
    return tuple((kind, counts[kind]) for kind in CorrectionKind if counts[kind])


def _hits(item: StoryArticle, corrections: Sequence[Correction]) -> list[_Hit]:
    """Corrections whose words are read as a figure in this article. A reprint of the sentence counts as well."""
    found: list[_Hit] = []
    for correction in corrections:
        for target in correction.targets:
            span = find_target(item.article.text, target)
            read = [figure for figure in item.facts.figures if span is not None and _is_at(figure, span)]
            if span is not None and read:
                found.append(_Hit(correction, item, span, target.words))
                found += [
                    _Hit(correction, item, figure.evidence.span, figure.words, is_repeated=True)
                    for figure in item.facts.figures
                    if figure not in read and any(_is_same(figure, other) for other in read)
                ]
    return found


def _is_same(figure: Figure, other: Figure) -> bool:
    """Whether two figures of one article give the same count of the same people."""
    return (figure.measure, figure.bounds, figure.group) == (
        other.measure,
        other.bounds,
        other.group,
    ) and not figure.bounds.is_vague


def _is_at(figure: Figure, span: Span) -> bool:
    return figure.evidence.span.meets(span)


def _without(item: StoryArticle, spans: Sequence[Span]) -> StoryArticle:
    """The article without the figures at these places; parts of a total that goes stand alone."""
    if not spans:
        return item
    figures = item.facts.figures
    kept = [i for i, figure in enumerate(figures) if not any(_is_at(figure, span) for span in spans)]
    places = {old: new for new, old in enumerate(kept)}
    moved = tuple(
        replace(
            figures[i], part_of=None if figures[i].part_of is None else places.get(figures[i].part_of or 0)
        )
        for i in kept
    )
    facts: Facts = replace(item.facts, figures=moved)
    return replace(item, facts=facts)


def _drop_sentences(findings: Findings, hits: Sequence[_Hit]) -> Findings:
    """Without the key facts, happenings and statements that state a suppressed count themselves."""

    def states(text: str, citations: Sequence[Citation]) -> bool:
        return any(
            citation.article_id == hit.item.article.id
            and citation.span.meets(hit.span)
            and _holds(text, hit.words)
            for hit in hits
            for citation in citations
        )

    def without_statements(reaction: Reaction) -> Reaction:
        kept = tuple(one for one in reaction.statements if not states(one.words, one.citations))
        return replace(reaction, statements=kept)

    if not hits:
        return findings
    return replace(
        findings,
        key_facts=tuple(fact for fact in findings.key_facts if not states(fact.text, fact.support)),
        timeline=tuple(entry for entry in findings.timeline if not states(entry.text, entry.citations)),
        reactions=tuple(one for one in map(without_statements, findings.reactions) if one.statements),
    )


def _holds(text: str, words: str) -> bool:
    """Whether words stand in a text, whole, in any case."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def _figure_at(hit: _Hit) -> Figure:
    return next(figure for figure in hit.item.facts.figures if _is_at(figure, hit.span))


def _left_behind(findings: Findings, hit: _Hit) -> Findings:
    """An outdated count stands under the one that counts the same, as an earlier one; alone it is not shown."""
    figure, article = _figure_at(hit), hit.item.article
    span = figure.evidence.span
    claim = Claim(
        figure=figure,
        citation=Citation(article_id=article.id, span=span, text=article.text[span.start : span.end]),
        outlet=article.outlet,
        published=article.published,
    )

    def takes(group: FigureGroup) -> bool:
        same = group.measure is figure.measure and group.latest.figure.group == figure.group
        return same and group.status is not Status.CONFLICTING and not group.bounds.meets(figure.bounds)

    index = next((i for i, group in enumerate(findings.figure_groups) if takes(group)), None)
    if index is None:
        return findings
    group = findings.figure_groups[index]
    return _with_group(findings, index, replace(group, claims=(claim, *group.claims), status=Status.UPDATED))


def _pinned(findings: Findings, hit: _Hit) -> Findings:
    """The pinned count stands first in its group, whatever else is said of it."""
    for index, group in enumerate(findings.figure_groups):
        for claim in group.claims:
            if claim.citation.article_id == hit.item.article.id and _is_at(claim.figure, hit.span):
                return _with_group(findings, index, replace(group, latest=claim, bounds=claim.figure.bounds))
    return findings


def _with_group(findings: Findings, index: int, group: FigureGroup) -> Findings:
    groups = findings.figure_groups
    return replace(findings, figure_groups=(*groups[:index], group, *groups[index + 1 :]))

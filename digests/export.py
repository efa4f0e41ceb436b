"""Values to the public JSON of the command line. Keys and forms are promises: they change with a version bump only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence

from digests.analysis.edits import ArticleEdit
from digests.analysis.explanation import ExplainedFigure, Explanation, tell
from digests.export_facts import Json, export_bounds, export_day, export_figure, export_span
from digests.extract.counts.victims import named_victims
from digests.trace import Reason
from digests.types import (
    Article,
    Chronicle,
    Citation,
    Claim,
    Conflict,
    ConflictKind,
    FigureGroup,
    Findings,
    Incident,
    KeyFact,
    Reaction,
    Statement,
    Story,
    TimelineEntry,
)

# --------------------------------------------------------------------------- sitrep digest


def export_digest(
    stories: Sequence[tuple[Story, Sequence[Article], Findings]],
    *,
    generated: dt.datetime,
    edits: Mapping[str, Sequence[ArticleEdit]] | None = None,
    chronicles: Mapping[str, Chronicle] | None = None,
) -> Json:
    """The whole of `sitrep digest --format json`, stories in the order given.

    Args:
        stories: Each with its articles and findings.
        generated: When.
        edits: By article id.
        chronicles: By story id; a story without one shows its own timeline.
    """
    return {
        "generated": generated.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "stories": [
            export_story(
                story,
                articles,
                findings,
                edits=edits or {},
                chronicle=(chronicles or {}).get(story.id)
                or Chronicle(entries=findings.timeline, story_ids=(story.id,)),
            )
            for story, articles, findings in stories
        ],
    }


def export_story(
    story: Story,
    articles: Sequence[Article],
    findings: Findings,
    *,
    edits: Mapping[str, Sequence[ArticleEdit]],
    chronicle: Chronicle,
) -> Json:
    ids = {article.id: article.external_id for article in (*articles, *chronicle.articles)}
    exporter = _StoryExporter(ids)
    copies = dict(story.copies)
    return {
        "id": story.id,
        "title": story.title,
        "first_published": _time(story.first_published),
        "last_published": _time(story.last_published),
        "articles": [
            {
                **_source(article),
                "copy_of": ids.get(copies.get(article.id, "")),
                "versions": [_export_edit(edit) for edit in edits.get(article.id, ())],
            }
            for article in articles
        ],
        "voices": story.voices,
        "key_facts": [exporter.key_fact(fact) for fact in findings.key_facts],
        "incidents": [export_incident(incident) for incident in findings.incidents],
        "figures": [exporter.group(group) for group in findings.figure_groups],
        "conflicts": [exporter.conflict(conflict) for conflict in findings.conflicts],
        "timeline": [exporter.entry(entry) for entry in chronicle.entries],
        "affair": _export_affair(chronicle),
        "reactions": [exporter.reaction(reaction) for reaction in findings.reactions],
    }


def export_timeline(
    story: Story, articles: Sequence[Article], chronicle: Chronicle, *, generated: dt.datetime
) -> Json:
    """The whole of `sitrep timeline --format json`; `articles` are those that its entries cite."""
    exporter = _StoryExporter({article.id: article.external_id for article in articles})
    return {
        "generated": generated.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "story": {"id": story.id, "title": story.title},
        "stories": list(chronicle.story_ids),
        "articles": [_source(article) for article in articles],
        "timeline": [exporter.entry(entry) for entry in chronicle.entries],
    }


def _export_affair(chronicle: Chronicle) -> Json | None:
    """The other stories that a timeline tells, and which of their articles it cites; `None` for a story alone."""
    if len(chronicle.story_ids) < 2:
        return None
    return {
        "stories": list(chronicle.story_ids[1:]),
        "articles": [_source(article) for article in chronicle.articles],
    }


def _source(article: Article) -> Json:
    """An article as lists name it."""
    return {
        "id": article.external_id,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "published": _time(article.published),
    }


def _export_edit(edit: ArticleEdit) -> Json:
    """An earlier version of an article: when it was seen, its headline, the figures that its successor changed."""
    return {
        "seen": _time(edit.version.seen_at),
        "replaced": _time(edit.version.replaced_at),
        "title": edit.version.title,
        "text": edit.version.text,
        "figures": [
            {
                "measure": figure.measure,
                "victims": figure.victims,
                "before": list(figure.before),
                "after": list(figure.after),
            }
            for figure in edit.figures
        ],
    }


def export_incident(incident: Incident) -> Json:
    return {
        "id": incident.id,
        "label": incident.label,
        "kind": incident.kind,
        "first": export_day(incident.first),
        "last": export_day(incident.last),
        "place": incident.place,
        "actor": incident.actor,
        "background": incident.is_background,
    }


def export_stories(stories: Sequence[tuple[Story, Sequence[Article]]]) -> Json:
    """`sitrep stories --format json`: the stories with their articles, nothing analysed."""
    return {
        "stories": [
            {
                "id": story.id,
                "title": story.title,
                "first_published": _time(story.first_published),
                "last_published": _time(story.last_published),
                "voices": story.voices,
                "articles": [_source(article) for article in articles],
            }
            for story, articles in stories
        ]
    }


# --------------------------------------------------------------------------- sitrep explain


def export_explanations(
    explanations: Sequence[tuple[Explanation, Collection[int] | None]], *, generated: dt.datetime
) -> Json:
    """The whole of `sitrep explain --format json`; with each story the numbers of the figures that are told."""
    return {
        "generated": _time(generated),
        "stories": [_explanation(explanation, only) for explanation, only in explanations],
    }


def _explanation(explanation: Explanation, only: Collection[int] | None) -> Json:
    figures, pairs = explanation.figures, explanation.pairs
    if only is not None:
        figures = tuple(figure for figure in figures if figure.number in only)
        pairs = tuple(pair for pair in pairs if pair.first in only or pair.second in only)
    return {
        "id": explanation.story.id,
        "title": explanation.story.title,
        "figures": [_explained(figure) for figure in figures],
        "comparisons": [
            {
                "figures": [pair.first, pair.second],
                "outcome": pair.outcome,
                "kind": pair.kind,
                "reasons": _reasons(pair.reasons),
            }
            for pair in pairs
        ],
        "dropped": explanation.dropped,
    }


def _explained(explained: ExplainedFigure) -> Json:
    article, reasons = explained.article, explained.reasons
    span = explained.figure.evidence.span
    return {
        "number": explained.number,
        "article": article.external_id,
        "outlet": article.outlet,
        **export_figure(explained.figure),
        "parts_of": explained.total,
        "text": article.text[span.start : span.end],
        "sentence_text": explained.sentence,
        "compared_as": explained.victims,
        "incident": export_incident(explained.incident) if explained.incident else None,
        "reasons": {
            "claimant": _reasons(reasons.claimant),
            "incident": _reasons(reasons.incident),
            "scope": _reasons(reasons.scope),
            "part": _reasons(reasons.part),
            "comparison": _reasons(explained.standing),
        },
    }


def _reasons(reasons: Sequence[Reason]) -> list[Json]:
    return [{"code": made.code, "text": tell(made), "words": dict(made.words)} for made in reasons]


class _StoryExporter:
    """Exports what cites articles; knows the public id of each of the story's articles."""

    def __init__(self, ids: dict[str, str]) -> None:
        self._ids = ids

    def citation(self, citation: Citation) -> Json:
        return {
            "article": self._ids.get(citation.article_id, citation.article_id),
            "span": export_span(citation.span),
            "text": citation.text,
        }

    def citations(self, citations: Sequence[Citation]) -> list[Json]:
        return [self.citation(citation) for citation in citations]

    def key_fact(self, fact: KeyFact) -> Json:
        return {"text": fact.text, "support": self.citations(fact.support), "score": round(fact.score, 3)}

    def group(self, group: FigureGroup) -> Json:
        return {
            "incident": group.incident_id,
            "measure": group.measure,
            "victims": group.victims,
            "scope": group.scope,
            "status": group.status,
            **export_bounds(group.bounds),
            "parts_of": group.part_of,
            "claims": [self.claim(claim) for claim in group.claims],
        }

    def claim(self, claim: Claim) -> Json:
        figure = claim.figure
        return {
            **export_bounds(figure.bounds),
            "words": figure.words,
            "victims": named_victims(figure.victims),
            "claimant": figure.claimant.name if figure.claimant else None,
            "outlet": claim.outlet,
            "citation": self.citation(claim.citation),
        }

    def conflict(self, conflict: Conflict) -> Json:
        return {
            "incident": conflict.incident_id,
            "about": conflict.about,
            "kind": conflict.kind,
            "note": conflict.note,
            "sides": [
                {
                    "says": side.says if conflict.kind is ConflictKind.ACCOUNT else _ungrouped(side.says),
                    "claimants": list(side.claimants),
                    "citations": self.citations(side.citations),
                    "aside": side.is_aside,
                }
                for side in conflict.sides
            ],
            "settled": conflict.is_settled,
        }

    def entry(self, entry: TimelineEntry) -> Json:
        return {
            "first": export_day(entry.first),
            "last": export_day(entry.last),
            "precision": entry.precision,
            "time": entry.time,
            "text": entry.text,
            "planned": entry.is_planned,
            "background": entry.is_background,
            "citations": self.citations(entry.citations),
        }

    def reaction(self, reaction: Reaction) -> Json:
        return {
            "actor": reaction.actor,
            "role": reaction.role,
            "affiliation": reaction.affiliation,
            "country": reaction.country,
            "kind": reaction.kind,
            "statements": [self.statement(statement) for statement in reaction.statements],
        }

    def statement(self, statement: Statement) -> Json:
        return {
            "words": statement.words,
            "direct": statement.is_direct,
            "cue": statement.cue,
            "date": export_day(statement.day),
            "citations": self.citations(statement.citations),
        }


def _ungrouped(words: str) -> str:
    """Numbers as a program reads them: "more than 1,400" is "more than 1400"."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", words)


def _time(time: dt.datetime | None) -> str | None:
    """A day where only the day is known (midnight UTC stands for that), else day and time in UTC."""
    if time is None:
        return None
    utc = time.astimezone(dt.UTC)
    if utc.time() == dt.time(0):
        return utc.date().isoformat()
    return utc.isoformat(timespec="seconds").replace("+00:00", "Z")

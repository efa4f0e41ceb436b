"""The facts of one article to the public JSON of `sitrep extract`. Keys and forms are promises, as in `digests.export`.

Apart from it because that command needs neither stories nor what is found in them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from digests.extract.counts.victims import named_victims
from digests.types import (
    Article,
    Bounds,
    DateMention,
    Facts,
    Figure,
    IncidentMention,
    PlaceMention,
    Quote,
    Span,
    Speaker,
)

Json = dict[str, Any]


def export_extract(article: Article, facts: Facts) -> Json:
    """One line of `sitrep extract`: an article with its facts, spans counting in `text`."""
    return {
        "id": article.external_id,
        "title": article.title,
        "outlet": article.outlet,
        "published": export_day(article.published_on),
        "published_from": article.published_from,
        "text": article.text,
        "figures": [export_figure(figure) for figure in facts.figures],
        "dates": [export_date(mention) for mention in facts.dates],
        "quotes": [export_quote(quote, article.text) for quote in facts.quotes],
        "places": [export_place(place) for place in facts.places],
    }


def export_figure(figure: Figure) -> Json:
    claimant = figure.claimant
    return {
        "measure": figure.measure,
        **export_bounds(figure.bounds),
        "words": figure.words,
        "victims": named_victims(figure.victims),
        "group": figure.group,
        "scope": figure.scope,
        "parts_of": figure.part_of,
        "claimant": {"name": claimant.name, "span": export_span(claimant.span)} if claimant else None,
        "incident": _mention(figure.incident),
        "as_of": export_day(figure.as_of),
        "span": export_span(figure.evidence.span),
        "sentence": export_span(figure.evidence.sentence),
        "rule": figure.evidence.rule,
    }


def export_date(mention: DateMention) -> Json:
    return {
        "words": mention.words,
        "span": export_span(mention.evidence.span),
        "type": mention.type,
        "value": mention.value,
        "first": export_day(mention.first),
        "last": export_day(mention.last),
        "precision": mention.precision,
        "relative": mention.is_relative,
        "planned": mention.is_planned,
    }


def export_quote(quote: Quote, text: str) -> Json:
    return {
        "words": quote.words,
        "span": export_span(quote.evidence.span),
        "kind": quote.kind,
        "speaker": _speaker(quote.speaker, text) if quote.speaker else None,
        "cue": {"words": quote.cue.words, "span": export_span(quote.cue.span)} if quote.cue else None,
    }


def export_place(place: PlaceMention) -> Json:
    return {
        "name": place.name,
        "span": export_span(place.evidence.span),
        "canonical": place.canonical,
        "country": place.country,
    }


def _speaker(speaker: Speaker, text: str) -> Json:
    return {
        "name": speaker.name,
        # Exactly what stands at `span`, a relative pronoun included ("the mayor, who").
        "words": text[speaker.span.start : speaker.span.end],
        "span": export_span(speaker.span),
        "role": speaker.role,
        "affiliation": speaker.affiliation,
        "country": speaker.country,
        "kind": speaker.kind,
    }


def _mention(mention: IncidentMention) -> Json:
    return {
        "kind": mention.kind or None,
        "actor": mention.actor,
        "place": mention.place,
        "first": export_day(mention.first),
        "last": export_day(mention.last),
        "background": mention.is_background,
    }


def export_bounds(bounds: Bounds) -> Json:
    return {"low": bounds.low, "high": bounds.high, "approximate": bounds.approximate}


def export_span(span: Span) -> list[int]:
    return [span.start, span.end]


def export_day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None

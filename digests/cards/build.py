"""A story with its findings to a card: title, sections, numbered sources. No Discord in it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from digests.cards.desk import Desk
from digests.cards.sections import build_sections
from digests.stories.copies import count_voices
from digests.stories.titles import choose_title
from digests.tongues import ENGLISH, Tongue
from digests.types import Article, Card, Completeness, Findings, Line, SourceRef, Story

# What no reader sees: where in an article the words of a line stand, and how the store calls a source. An outlet that
# mends a comma elsewhere in its text changes no card.
_HIDDEN = {Line: "evidence", SourceRef: "article_id"}


def build_card(
    story: Story, findings: Findings, articles: Sequence[Article], *, tongue: Tongue = ENGLISH
) -> Card:
    """The card of a story.

    Args:
        story: Its title and copies; where the title is empty the articles' headlines give one.
        findings: What analysis says about it.
        articles: Its articles, in any order; the card numbers them oldest first.
        tongue: The language of labels, marks and dates. Words of articles stay as they are; who says something "via"
            an outlet is written in English, for a reader of the card to take apart.

    Returns:
        Sections in the reader's order, those with nothing to say left out. The fingerprint changes with what a reader
        would see, not with when articles were fetched.
    """
    ordered = sorted(articles, key=_age)
    days = sorted(day for article in ordered if (day := _day(article)))
    first = story.first_published.date() if story.first_published else next(iter(days), None)
    last = story.last_published.date() if story.last_published else next(reversed(days), None)
    desk = Desk(
        numbers={article.id: number for number, article in enumerate(ordered)},
        year=last.year if last else None,
        tongue=tongue,
    )
    card = Card(
        story_id=story.id,
        title=story.title or choose_title(ordered),
        first=first,
        last=last,
        as_of=max((article.published for article in ordered if article.published), default=None),
        completeness=replace(_completeness(story, ordered), corrected=findings.corrected),
        sections=build_sections(findings, desk),
        sources=tuple(
            SourceRef(
                article_id=article.id,
                outlet=article.outlet,
                # Without a headline, how it begins: a reader tells it from the others.
                title=article.title or choose_title((article,)) or None,
                url=article.url,
                published=article.published,
            )
            for article in ordered
        ),
        fingerprint="",
    )
    return _with_fingerprint(card)


def _completeness(story: Story, articles: Sequence[Article]) -> Completeness:
    outlets = {(article.outlet or f"? {article.id}").casefold() for article in articles}
    return Completeness(
        articles=len(articles),
        outlets=len(outlets),
        voices=story.voices or count_voices(articles, dict(story.copies)),
        copies=len(story.copies),
    )


def _with_fingerprint(card: Card) -> Card:
    """The card with the hash of what it shows; keys are sorted, so equal cards hash alike."""
    text = json.dumps(card, default=_shown, sort_keys=True, ensure_ascii=False)
    return replace(card, fingerprint=hashlib.sha256(text.encode()).hexdigest()[:16])


def _shown(value: Any) -> object:
    """What a part of a card shows, for JSON: the fields of a value, anything else as it is written."""
    if not is_dataclass(value):
        return str(value)
    hidden = _HIDDEN.get(type(value))
    return {field.name: getattr(value, field.name) for field in fields(value) if field.name != hidden}


def _age(article: Article) -> tuple[bool, float, str]:
    return article.published is None, article.published.timestamp() if article.published else 0.0, article.id


def _day(article: Article) -> dt.date | None:
    return article.published_on or (article.published.date() if article.published else None)

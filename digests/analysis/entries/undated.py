"""What was done on a day that its sentence does not name: `undated_acts`.

Three places give an act its day: the head of a report and all of a live page have that of the page; a report of the
day on which its news happened has it in the paragraphs below, too ("police have detained the owner"); and a sentence
goes on from the dated one before it ("The two spoke on Saturday night. In a joint statement they promised ...").
Stance: only an act has a day so, a state may be old; where another day stands between, nothing is dated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digests.analysis.days.clauses import role
from digests.analysis.days.hours import settle_hours
from digests.text.document import fold
from digests.text.sentences import split_sentences
from digests.types import DateMention, Precision, Span, StoryArticle

# Characters of a sentence that is read as one; longer ones are lists.
MAX_SENTENCE = 900
# Sentences, the headline among them, and characters in which a report tells its news.
_LEAD_SENTENCES, LEAD = 4, 2000
# Characters of a page in which acts without a day are sought, and of the opening that says which day its news is of.
_REACH, _OPENING = 20_000, 400
# What a sentence names by itself, and takes no other day for.
_NAMED = (Precision.DAY, Precision.TIME, Precision.MONTH, Precision.QUARTER, Precision.YEAR, Precision.DECADE)


class Act(NamedTuple):
    """A sentence that names no day, and the day that it has all the same."""

    span: Span
    day: dt.date


class _Page(NamedTuple):
    """An article as it is read for acts: `live` where it is written on through a day, `fresh` where its news is of the
    day it appeared."""

    item: StoryArticle
    folded: str
    day: dt.date
    live: bool
    fresh: bool


def undated_acts(item: StoryArticle) -> Iterator[Act]:
    """The acts of an article that have a day without naming it, in order of its text."""
    day = item.article.published_on
    if day is None:
        return
    folded = fold(item.article.text[:_REACH])
    page = _Page(item, folded, day, _is_live(item, folded), _is_fresh(item, day))
    dated = _by_sentence(item)
    taken = [m.evidence.sentence for m in item.facts.dates if m.precision in _NAMED]
    before: Span | None = None
    for number, span in enumerate(split_sentences(item.article.text, 0, len(folded))):
        goes_on = False
        if span.end - span.start <= MAX_SENTENCE and not any(span.meets(other) for other in taken):
            day = _day_of(page, number, span)
            if day is None:
                day = _gone_on(page, dated, before, span)
                goes_on = day is not None
            if day is not None:
                yield Act(span, day)
        before = before if goes_on else span


def is_quoted(text: str, offset: int) -> bool:
    """Whether an offset stands between quotation marks of its line."""
    line = fold(text[text.rfind("\n", 0, offset) + 1 : offset])
    return line.count('"') % 2 == 1


def _by_sentence(item: StoryArticle) -> dict[tuple[int, int], list[DateMention]]:
    """The days that are named, by their sentences."""
    found: dict[tuple[int, int], list[DateMention]] = {}
    for mention in item.facts.dates:
        if mention.names_day:
            sentence = mention.evidence.sentence
            found.setdefault((sentence.start, sentence.end), []).append(mention)
    return {sentence: settle_hours(mentions, item) for sentence, mentions in found.items()}


def _is_live(item: StoryArticle, folded: str) -> bool:
    title = fold(item.article.title or "")
    return role("live").search(title) is not None or role("live_page").search(folded) is not None


def _is_fresh(item: StoryArticle, day: dt.date) -> bool:
    """Whether the first day that an opening tells of is that of the page."""
    first = next(
        (m.first for m in item.facts.dates if m.names_day and m.evidence.span.start < _OPENING),
        None,
    )
    return first == day


def _day_of(page: _Page, number: int, span: Span) -> dt.date | None:
    """The day of the page, for what it tells as done by then."""
    sentence = page.folded[span.start : span.end]
    is_head = number < _LEAD_SENTENCES and span.end < LEAD
    act = role("act").search(sentence) if is_head or page.live else None
    if act is None and (page.live or page.fresh):
        act = role("done").search(sentence)
        if act is not None and role("relative").search(sentence[: act.start()]):
            # "The army, which has launched attacks" says who it is.
            return None
    if act is None and page.live:
        act = role("post").search(sentence)
    if act is None or role("own").search(sentence) or role("lasting").search(sentence):
        return None
    if is_quoted(page.item.article.text, span.start + act.start()):
        return None
    return _heading_day(page.item, span.start) or page.day


def _gone_on(
    page: _Page, dated: dict[tuple[int, int], list[DateMention]], before: Span | None, span: Span
) -> dt.date | None:
    """The day of the sentence before, where this one tells what was done next."""
    mentions = dated.get((before.start, before.end)) if before is not None else None
    if before is None or not mentions or any(m.is_planned or m.first is None for m in mentions):
        return None
    sentence, between = page.folded[span.start : span.end], page.folded[before.end : span.start]
    opening = role("same_day").match(sentence)
    if "\n" in between and not (opening or role("pronoun").match(sentence)):
        return None
    act = opening or role("deed").search(sentence)
    if act is None or role("own").search(sentence):
        return None
    if act.start() and role("not_next").search(sentence):
        return None
    if is_quoted(page.item.article.text, span.start + act.start()):
        return None
    return _told_day(page, before, mentions)


def _told_day(page: _Page, before: Span, mentions: Sequence[DateMention]) -> dt.date | None:
    """The one day that a sentence tells of; `None` where it tells of several, or only comes back to it."""
    told = {
        mention.first
        for mention in mentions
        if not role("aside").search(
            page.folded[max(before.start, mention.evidence.span.start - 60) : mention.evidence.span.start]
        )
    }
    day = told.pop() if len(told) == 1 else None
    return day if day is not None and day <= page.day else None


def _heading_day(item: StoryArticle, offset: int) -> dt.date | None:
    """The day that stands on a line of its own over an offset, as on pages that are written on for days."""
    text = item.article.text
    above = [
        mention.first
        for mention in item.facts.dates
        if mention.evidence.span.end <= offset
        and mention.precision is Precision.DAY
        and text[mention.evidence.span.start - 1 : mention.evidence.span.start] in ("\n", "")
        and text[mention.evidence.span.end : mention.evidence.span.end + 1] in ("\n", ":")
    ]
    return above[-1] if above else None

"""Dated sentences of an article, and whether two of them tell the same happening.

A telling is a sentence, or the clause of a sentence with several dates, that tells something of a day.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from digests.extract.likeness import actors_fit, kinds_fit, places_fit
from digests.rules import load_rules
from digests.rules.gazetteer import NameKind, find_names
from digests.text.document import fold
from digests.text.similarity import background_weight, find_words, stem, stop_words
from digests.types import DateMention, IncidentMention, Precision, Span, StoryArticle, TimexType

# Words that a telling has at least; fewer are a label.
_MIN_WORDS = 5
# Characters of a sentence that is read as one; longer ones are lists.
_MAX_SENTENCE = 900
# Share of the smaller telling's weight that both must have, and the least weight of what they share.
_SAME_SHARE = 0.42
_SAME_WEIGHT = 7.0
_SAME_TERMS = 3
# How alike two tellings of one incident are at least.
_INCIDENT_SHARE = 0.6
# Characters between a comma and a date that opens the main clause.
_LEAD_IN = 14
# A clause shorter than this tells nothing alone.
_MIN_CLAUSE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What an article says of a day: `span` are its words, `terms` the stems that tell, `names` those with a capital.

    `age_days` counts from the day to the publication (negative for what is ahead).
    """

    item: StoryArticle
    span: Span
    text: str
    first: dt.date
    last: dt.date
    precision: Precision
    time: str | None
    is_planned: bool
    is_quoted: bool
    is_fresh: bool
    other_days: bool
    age_days: int
    terms: frozenset[str]
    names: frozenset[str]
    incidents: tuple[IncidentMention, ...]


class Weights:
    """How much each term tells: rare in the language, and rare in this story's tellings."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self._counts = Counter(term for telling in tellings for term in telling.terms)
        self._total = len(tellings)
        self._known: dict[str, float] = {}

    def of(self, term: str) -> float:
        if term not in self._known:
            rarity = math.log((self._total + 1) / (self._counts[term] + 0.5)) / math.log(self._total + 2)
            general = 4.0 if term.startswith("@") else background_weight(term)
            self._known[term] = general * math.sqrt(max(0.05, rarity))
        return self._known[term]

    def weigh(self, terms: Iterable[str]) -> float:
        return sum(self.of(term) for term in sorted(terms))


def same_happening(first: Telling, second: Telling, weights: Weights) -> float:
    """How alike two tellings of one day are, 0 (not the same) to 1."""
    common = first.terms & second.terms
    if first.item.article.id == second.item.article.id and first.span == second.span:
        return 1.0
    if any(_one_incident(a, b) for a in first.incidents for b in second.incidents):
        return _INCIDENT_SHARE
    if len(common) < _SAME_TERMS:
        return 0.0
    weight = weights.weigh(common)
    smaller = min(weights.weigh(first.terms), weights.weigh(second.terms))
    if weight < _SAME_WEIGHT or not smaller:
        return 0.0
    share = weight / smaller
    return share if share >= _SAME_SHARE else 0.0


def _one_incident(first: IncidentMention, second: IncidentMention) -> bool:
    """Whether two mentions that share a day are one incident: kinds that fit, and the same doer or the same place."""
    if not kinds_fit(first.kind, second.kind):
        return False
    doers = actors_fit(first.actor, second.actor)
    places = places_fit((first.place, first.country), (second.place, second.country))
    return places is not False if doers else doers is None and places is True


def tellings_of(item: StoryArticle, *, days: Collection[dt.date] | None = None) -> Iterator[Telling]:
    """The tellings of one article in order of its text; with `days`, only of these days."""
    text = item.article.text
    per_sentence: dict[tuple[int, int], list[DateMention]] = {}
    for mention in item.facts.dates:
        if mention.first is not None and mention.last is not None:
            sentence = mention.evidence.sentence
            per_sentence.setdefault((sentence.start, sentence.end), []).append(mention)
    for (start, end), mentions in per_sentence.items():
        told = [m for m in mentions if _counts(m, item)]
        if days is not None:
            told = [m for m in told if m.first in days and m.first == m.last]
        if not told or end - start > _MAX_SENTENCE:
            continue
        folded = fold(text[start:end])
        if _role("furniture").search(folded) or not _is_sentence(folded, start, mentions):
            continue
        yield from _read_sentence(item, Span(start=start, end=end), folded, told)


def _read_sentence(
    item: StoryArticle, sentence: Span, folded: str, mentions: list[DateMention]
) -> Iterator[Telling]:
    text = item.article.text
    several = len({(m.first, m.last) for m in mentions}) > 1
    done: set[tuple[dt.date, dt.date]] = set()
    for mention in _most_exact(mentions):
        if mention.first is None or mention.last is None or mention.precision is None:
            continue
        key = (mention.first, mention.last)
        if key in done or not _tells(mention, text):
            continue
        done.add(key)
        span = _clause(sentence, folded, mention) if several else sentence
        words = text[span.start : span.end]
        terms, names = _terms(fold(words))
        published = item.article.published_on
        age = (published - mention.first).days if published else 9999
        yield Telling(
            item=item,
            span=span,
            text=words,
            first=mention.first,
            last=mention.last,
            precision=Precision.DAY if mention.precision is Precision.TIME else mention.precision,
            time=_clock(mention),
            is_planned=mention.is_planned,
            is_quoted=_is_quoted(text, mention.evidence.span.start),
            is_fresh=0 <= age <= 1,
            other_days=several,
            age_days=age,
            terms=terms,
            names=names,
            incidents=_incidents(item, span, mention),
        )


def _incidents(item: StoryArticle, span: Span, mention: DateMention) -> tuple[IncidentMention, ...]:
    """The incidents of that day which the words name; none where the day is that of a statement about them."""
    before = fold(
        item.article.text[max(span.start, mention.evidence.span.start - 60) : mention.evidence.span.start]
    )
    if _role("speech").search(before) or mention.first is None or mention.last is None:
        return ()
    return tuple(
        incident
        for incident in item.facts.incidents
        if incident.span is not None
        and span.covers(incident.span)
        and incident.first is not None
        and incident.first <= mention.last
        and mention.first <= (incident.last or incident.first)
    )


def _most_exact(mentions: list[DateMention]) -> list[DateMention]:
    """Those with a time of the clock first, so that a day keeps its time; else in order of the text."""
    return sorted(mentions, key=lambda m: (_clock(m) is None, m.evidence.span.start))


def _clock(mention: DateMention) -> str | None:
    found = re.search(r"T(\d\d:\d\d)", mention.value)
    return found[1] if found and found[1] != "24:00" else None


@functools.cache
def _role(role: str) -> re.Pattern[str]:
    return next(rule.pattern for rule in load_rules("timeline").rules if rule.yields["role"] == role)


def _counts(mention: DateMention, item: StoryArticle) -> bool:
    """Whether a mention may date an entry: a day always; a month or a year that is not the running one."""
    if mention.type not in (TimexType.DATE, TimexType.TIME) or mention.first is None or mention.last is None:
        return False
    if mention.precision in (Precision.DAY, Precision.TIME):
        return True
    if mention.precision not in (Precision.MONTH, Precision.YEAR):
        return False
    published = item.article.published_on
    return published is None or not mention.first <= published <= mention.last


def _tells(mention: DateMention, text: str) -> bool:
    """Whether the words around a month or a year let it date something ("in May", but not "until May")."""
    if mention.precision in (Precision.DAY, Precision.TIME):
        return True
    before = fold(
        text[
            max(
                mention.evidence.sentence.start, mention.evidence.span.start - 90
            ) : mention.evidence.span.start
        ]
    )
    return not _role("bound").search(before) and not _role("stretch").search(before)


def _is_sentence(folded: str, start: int, mentions: Sequence[DateMention]) -> bool:
    """Whether enough words stand beside the dates: "Posted 3 March 2021, 9:30" tells nothing."""
    rest = folded
    for mention in mentions:
        span = mention.evidence.span
        rest = rest[: span.start - start] + " " * (span.end - span.start) + rest[span.end - start :]
    return sum(word.isalpha() for word in rest.replace(",", " ").replace(".", " ").split()) >= _MIN_WORDS


def _is_quoted(text: str, offset: int) -> bool:
    """Whether an offset stands between quotation marks of its line."""
    line = fold(text[text.rfind("\n", 0, offset) + 1 : offset])
    return line.count('"') % 2 == 1


def _clause(sentence: Span, folded: str, mention: DateMention) -> Span:
    """The part of a sentence that a date belongs to; the whole where the part would be too short to tell anything."""
    at = mention.evidence.span.start - sentence.start
    end_at = mention.evidence.span.end - sentence.start
    cuts = [
        found.end() if found.group().strip() else found.start() + 1
        for found in _role("clause").finditer(folded)
    ]
    left = max((cut for cut in cuts if cut <= at), default=0)
    right = min((cut for cut in cuts if cut >= end_at), default=len(folded))
    part = folded[left:right].strip(" ,;:–-")
    if len(part) < _MIN_CLAUSE or len(part.split()) < _MIN_WORDS:
        return sentence
    start = left + folded[left:right].index(part)
    opening = _role("opening").match(part)
    if opening:
        # "In response to a fire, Tuesday's march was called off": what comes first leads in, and goes.
        comma = part.rfind(", ", 0, max(0, at - start))
        leads_in = comma > 0 and at - start - comma <= _LEAD_IN
        skip = comma + 2 if leads_in else opening.end()
        if len(part) - skip >= _MIN_CLAUSE:
            start, part = start + skip, part[skip:]
    return Span(start=sentence.start + start, end=sentence.start + start + len(part))


def _terms(folded: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems that tell, with a country, its people and its capital as one ("@PK"), and the names among them."""
    stops = stop_words()
    places = {
        match.span.start: (match.span.end, f"@{match.name.country}")
        for match in find_names(folded)
        if match.name.kind in (NameKind.COUNTRY, NameKind.DEMONYM, NameKind.CAPITAL)
    }
    terms = {term for _, term in places.values()}
    names = set(terms)
    covered = 0
    calendar = _calendar_words()
    for word, at in find_words(folded):
        covered = max(covered, places[at][0]) if at in places else covered
        plain = word.lower().removesuffix("'s")
        if at < covered or len(word) < 3 or plain in stops or plain in calendar or plain.isdigit():
            continue
        root = stem(word)
        terms.add(root)
        if word[0].isupper() and at:
            names.add(root)
    return frozenset(terms), frozenset(names)


@functools.cache
def _calendar_words() -> frozenset[str]:
    words = load_rules("dates").words
    return frozenset(words["weekday"]) | frozenset(words["month"]) | frozenset(words["part"])

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

from digests.extract.likeness import actors_fit, has_doer, kinds_fit, places_fit
from digests.rules import load_rules
from digests.rules.gazetteer import NameKind, find_names
from digests.text.document import fold
from digests.text.similarity import background_weight, find_words, stem, stop_words
from digests.types import ActorKind, DateMention, IncidentMention, Precision, Span, StoryArticle, TimexType

# Words that a telling has at least; fewer are a label.
_MIN_WORDS = 5
# Characters of a sentence that is read as one; longer ones are lists.
_MAX_SENTENCE = 900
# Share of the smaller telling's weight that both must have, and the least weight of what they share.
_SAME_SHARE = 0.42
_SAME_WEIGHT = 7.0
_SAME_TERMS = 3
# Two terms do for tellings of few words that share nearly all of them ("talks broke down", "the talks collapsed").
_SHORT_SHARE, _SHORT_TERMS, _SHORT_WORDS, _SHORT_WEIGHT = 0.48, 2, 5, 5.5
# The same for two plans of one day.
_PLAN_SHARE, _PLAN_TERMS = 0.5, 2
# For a plan and what came of it: the share of the plan, and the terms of a plan that one shared term is enough for.
_CAME_SHARE, _CAME_TERMS = 0.33, 4
# How alike two tellings of one incident are at least.
_INCIDENT_SHARE = 0.6
# Characters between a comma and a date that opens the main clause.
_LEAD_IN = 14
# Characters before a date in which a verb of saying makes it the day of the words.
_SPEECH_REACH = 40
# Share of a sentence in quotation marks from which it tells what somebody said and nothing else.
_MOST_QUOTED = 0.4
_OF_OFFICE = frozenset({ActorKind.OFFICIAL, ActorKind.INTERNATIONAL, ActorKind.ARMED_GROUP})
# Rules of dates that only mean something on the day of the paper.
_DEICTIC = ("dates.deictic", "dates.distance.ago")
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
    mention: DateMention
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
        self._whole: dict[frozenset[str], float] = {}

    def of(self, term: str) -> float:
        if term not in self._known:
            rarity = math.log((self._total + 1) / (self._counts[term] + 0.5)) / math.log(self._total + 2)
            self._known[term] = self.general(term) * math.sqrt(max(0.05, rarity))
        return self._known[term]

    @staticmethod
    def general(term: str) -> float:
        """How much a term tells in news at large."""
        return 4.0 if term.startswith("@") else background_weight(term)

    def weigh(self, terms: Iterable[str]) -> float:
        """What some terms weigh together, in whatever order they come."""
        return math.fsum(map(self.of, terms))

    def of_telling(self, telling: Telling) -> float:
        """What all terms of a telling weigh: it is held against many others."""
        if telling.terms not in self._whole:
            self._whole[telling.terms] = self.weigh(telling.terms)
        return self._whole[telling.terms]


def same_happening(first: Telling, second: Telling, weights: Weights) -> float:
    """How alike two tellings of one day are, 0 (not the same) to 1."""
    common = first.terms & second.terms
    if first.item.article.id == second.item.article.id and first.span == second.span:
        return 1.0
    if any(_one_incident(a, b) for a in first.incidents for b in second.incidents):
        return _INCIDENT_SHARE
    if not common:
        return 0.0
    weight = weights.weigh(common)
    smaller = min(weights.of_telling(first), weights.of_telling(second))
    if first.is_planned and second.is_planned and smaller and weight >= _PLAN_SHARE * smaller:
        # What is ahead is told in few words: "a public inquiry is to open", "the inquiry opens in the capital".
        return weight / smaller if len(common) >= _PLAN_TERMS else 0.0
    if first.is_planned != second.is_planned and smaller:
        return _came_about(*((first, second) if first.is_planned else (second, first)), weights)
    share = weight / smaller if smaller else 0.0
    if len(common) >= _SAME_TERMS and weight >= _SAME_WEIGHT:
        return share if share >= _SAME_SHARE else 0.0
    is_short = min(len(first.terms), len(second.terms)) <= _SHORT_WORDS and len(common) >= _SHORT_TERMS
    return share if is_short and weight >= _SHORT_WEIGHT and share >= _SHORT_SHARE else 0.0


def _came_about(plan: Telling, told: Telling, weights: Weights) -> float:
    """How surely a telling is what came of a plan: "a funeral is to be held", "they came to the funeral"."""
    common = plan.terms & told.terms
    if len(common) < _PLAN_TERMS and len(plan.terms) > _CAME_TERMS:
        return 0.0
    share = weights.weigh(common) / weights.of_telling(plan)
    return share if share >= _CAME_SHARE else 0.0


def _one_incident(first: IncidentMention, second: IncidentMention) -> bool:
    """Whether two mentions that share a day are one incident: kinds that fit, and the same doer or the same place.

    Of what nobody does ("derailment") a story has one on a day, unless the places speak against it.
    """
    if not kinds_fit(first.kind, second.kind):
        return False
    doers = actors_fit(first.actor, second.actor)
    places = places_fit((first.place, first.country), (second.place, second.country))
    if not has_doer(first.kind) and not has_doer(second.kind):
        return places is not False and doers is not False
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
            told = [m for m in told if m.first in days and m.precision in (Precision.DAY, Precision.TIME)]
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
    spoken = [m for m in mentions if several and _is_of_speech(m, text)]
    whole: DateMention | None = None
    for mention, time in _main_mentions(
        [m for m in mentions if m not in spoken] or mentions, sentence, folded
    ):
        if (
            mention.first is None
            or mention.last is None
            or mention.precision is None
            or not _tells(mention, text)
        ):
            continue
        span = _clause(sentence, folded, mention, mentions) if several else sentence
        if span == sentence:
            # A sentence that does not fall apart stands under one day, unless it tells one thing after the other.
            if whole is not None and not _goes_on(folded, sentence, whole, mention):
                continue
            whole = mention
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
            time=time,
            is_planned=mention.is_planned,
            is_quoted=_is_said(item, span, words, mention),
            is_fresh=0 <= age <= 1,
            other_days=several,
            mention=mention,
            age_days=age,
            terms=terms,
            names=names,
            incidents=_incidents(item, span, mention),
        )


def _main_mentions(
    mentions: Sequence[DateMention], sentence: Span, folded: str
) -> list[tuple[DateMention, str | None]]:
    """The first mention of each day or stretch, in order of the text, with the time of the clock that goes with it.

    Another mention's time goes with it only where no other clause lies between ("on Tuesday, a day after the number
    that they had given at noon" has none).
    """
    found: dict[tuple[dt.date | None, dt.date | None], list[DateMention]] = {}
    for mention in sorted(mentions, key=lambda m: m.evidence.span.start):
        found.setdefault((mention.first, mention.last), []).append(mention)
    main: list[tuple[DateMention, str | None]] = []
    for first, *others in found.values():
        time = _clock(first)
        for other in others:
            between = folded[
                first.evidence.span.end - sentence.start : other.evidence.span.start - sentence.start
            ]
            if time is None and not _role("apart").search(between):
                time = _clock(other)
        main.append((first, time))
    return main


def _is_of_speech(mention: DateMention, text: str) -> bool:
    """Whether a date right behind a verb of saying is that of the words ("it fell on Monday, he said on Tuesday")."""
    told = mention.evidence
    before = fold(text[max(told.sentence.start, told.span.start - _SPEECH_REACH) : told.span.start])
    return _role("saying").search(before) is not None


def is_other(telling: Telling) -> bool:
    """Whether it says that it is not the first of its kind ("a second bomb")."""
    return _role("another").search(fold(telling.text)) is not None


def is_deictic(telling: Telling) -> bool:
    """Whether its day counts from the day of the paper ("yesterday")."""
    return telling.mention.evidence.rule.startswith(_DEICTIC)


def is_aside(telling: Telling) -> bool:
    """Whether its day only says which event is spoken of ("in Friday's attack"), or is that of somebody's words."""
    text, told = telling.item.article.text, telling.mention.evidence
    if _is_of_speech(telling.mention, text) or "'s" in fold(text[told.span.end - 2 : told.span.end + 2]):
        return True
    before = fold(text[max(told.sentence.start, told.span.start - _SPEECH_REACH) : told.span.start])
    return _role("aside").search(before) is not None


def _goes_on(folded: str, sentence: Span, first: DateMention, second: DateMention) -> bool:
    """Whether a second happening is told behind the first ("was stopped on Monday and went on on Tuesday")."""
    ends = sorted((m.evidence.span.start, m.evidence.span.end) for m in (first, second))
    between = folded[ends[0][1] - sentence.start : ends[1][0] - sentence.start]
    return _role("goes_on").search(between) is not None


def _is_said(item: StoryArticle, span: Span, words: str, mention: DateMention) -> bool:
    """Whether a date stands in somebody's own words."""
    return (
        _is_quoted(item.article.text, mention.evidence.span.start)
        or _role("own").search(fold(words)) is not None
        or _is_remark(item, span, words)
    )


def _is_remark(item: StoryArticle, span: Span, words: str) -> bool:
    """Whether words are mostly somebody's own who holds no office ("We ran," said a baker who was there that night)."""
    parts = fold(words).split('"')
    inside = sum(len(part) for part in parts[1::2]) if len(parts) % 2 else 0
    if inside < _MOST_QUOTED * len(words):
        return False
    speakers = [
        quote.speaker for quote in item.facts.quotes if quote.speaker and span.meets(quote.evidence.span)
    ]
    return bool(speakers) and all(speaker.kind not in _OF_OFFICE for speaker in speakers)


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
    """Whether the words before a date let it date something ("in May", but not "until May")."""
    start = mention.evidence.span.start
    before = fold(text[max(mention.evidence.sentence.start, start - 90) : start])
    if mention.precision in (Precision.DAY, Precision.TIME):
        return not _role("end").search(before) and not _role("stamp").search(before)
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


def _clause(sentence: Span, folded: str, mention: DateMention, mentions: Sequence[DateMention]) -> Span:
    """The part of a sentence that a date belongs to; the whole where the part would be too short to tell anything.

    It is cut off only on the sides where another day stands.
    """
    at = mention.evidence.span.start - sentence.start
    end_at = mention.evidence.span.end - sentence.start
    others = [
        (m.evidence.span.start - sentence.start, m.evidence.span.end - sentence.start)
        for m in mentions
        if (m.first, m.last) != (mention.first, mention.last)
    ]
    before = max((end for _, end in others if end <= at), default=None)
    behind = min((start for start, _ in others if start >= end_at), default=None)
    cuts = [
        found.end() if found.group().strip() else found.start() + 1
        for found in _role("clause").finditer(folded)
    ]
    left = max((cut for cut in cuts if before is not None and cut <= at), default=0)
    right = min((cut for cut in cuts if behind is not None and cut >= end_at), default=len(folded))
    if before is not None and (joint := _last_joint(folded, before, at)):
        left = max(left, joint[1])
    if behind is not None and (joint := _last_joint(folded, end_at, behind)):
        right = min(right, joint[0])
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


def _last_joint(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Where two dated clauses are joined ("fell on Friday, and two more died on Saturday"), the last one between."""
    found = None
    for joint in _role("joint").finditer(folded, start, end):
        found = joint.span()
    return found


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
    calendar, unsure = _calendar_words(), load_rules("dates").words["unsure"]
    for word, at in find_words(folded):
        covered = max(covered, places[at][0]) if at in places else covered
        plain = word.lower().removesuffix("'s")
        if at < covered or len(word) < 3 or plain in stops or plain.isdigit():
            continue
        if plain in calendar and not (plain in unsure and word.islower()):
            # "They march in March".
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

"""Dated sentences of an article: `tellings_of`.

A telling is a sentence, or the clause of a sentence with several dates, that tells something of a day.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from digests.analysis.days.clauses import MIN_WORDS, clause_of, role
from digests.analysis.days.hours import settle_hours
from digests.analysis.days.terms import telling_terms
from digests.analysis.entries.marks import DEICTIC, SPEECH_REACH, is_of_speech
from digests.analysis.entries.undated import LEAD, MAX_SENTENCE, is_quoted, undated_acts
from digests.extract.pages.issuers import Issuer, find_issuer
from digests.rules import load_rules
from digests.text.document import fold
from digests.text.heads import head_length, stamp_length
from digests.types import (
    ActorKind,
    DateMention,
    Evidence,
    IncidentMention,
    Precision,
    Span,
    StoryArticle,
    TimexType,
)

# Characters of a dateline.
_LONGEST_DATELINE = 120
# Terms that a telling has at least without what it counts its time from.
_FEWEST_TERMS = 4
# The rule that reads an hour without its day.
_HOUR_ALONE = "dates.clock.alone"
# Words besides its day that a sentence has which is whole but short.
_FEWEST = 3
# Share of a sentence in quotation marks from which it tells what somebody said and nothing else.
_MOST_QUOTED = 0.4
_OF_OFFICE = frozenset({ActorKind.OFFICIAL, ActorKind.INTERNATIONAL, ActorKind.ARMED_GROUP})
# Rules of dates that count from the day last spoken of.
_COUNTED_ON = ("dates.distance.later", "dates.distance.day_before")


# What a line ends with that is a sentence.
_ENDS = re.compile(r"[.!?:;…\"')\]]\s*$")


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


def tellings_of(item: StoryArticle, *, days: Collection[dt.date] | None = None) -> Iterator[Telling]:
    """The tellings of one article in order of its text; with `days`, only of these days."""
    yield from _dated(item, days)
    if days is None:
        for act in undated_acts(item):
            yield _on_page_day(item, act.span, act.day)


def _dated(item: StoryArticle, days: Collection[dt.date] | None) -> Iterator[Telling]:
    """The sentences that name their day."""
    text = item.article.text
    per_sentence: dict[tuple[int, int], list[DateMention]] = {}
    for mention in item.facts.dates:
        if mention.first is not None and mention.last is not None:
            sentence = mention.evidence.sentence
            per_sentence.setdefault((sentence.start, sentence.end), []).append(mention)
    for (start, end), mentions in per_sentence.items():
        mentions = settle_hours(mentions, item)
        counted = [m for m in mentions if _counts(m, item)]
        if all(m.evidence.rule == _HOUR_ALONE and _is_of_stretch(m, text) for m in counted):
            # "The decree bans gatherings from 10 p.m. to 5 a.m." is of no day.
            continue
        told = _behind_dateline(counted, item)
        if days is not None:
            told = [m for m in told if m.first in days and m.names_day]
        if not told or end - start > MAX_SENTENCE:
            continue
        folded = fold(text[start:end])
        if role("furniture").search(folded) or not _is_sentence(folded, start, mentions):
            continue
        if folded.endswith("?") and '"' not in folded:
            # A page asks its reader.
            continue
        yield from _read_sentence(item, Span(start=start, end=end), folded, told)


# A dateline, from its place to the mark behind it; the day that it gives is the report's.
_DATELINE = re.compile(
    r"\(?[A-Z][\w .,'/()-]{2,60}?[,(] ?(?P<day>[\w ,.]{4,24}?)[.)]{0,2}(?: ?\([^()\n]{2,40}\))? ?[-–]{1,2} "
)


def _behind_dateline(mentions: list[DateMention], item: StoryArticle) -> list[DateMention]:
    """The mentions of a sentence without the one of its dateline, where it tells of another day."""
    if len(mentions) < 2:
        return mentions
    start = mentions[0].evidence.sentence.start
    found = _DATELINE.match(fold(item.article.text[start : start + _LONGEST_DATELINE]))
    if found is None:
        return mentions
    return [m for m in mentions if m.evidence.span.start - start >= found.end()] or mentions


def _read_sentence(
    item: StoryArticle, sentence: Span, folded: str, mentions: list[DateMention]
) -> Iterator[Telling]:
    text = item.article.text
    several = len({(m.first, m.last) for m in mentions}) > 1
    spoken = [m for m in mentions if several and is_of_speech(m, text)]
    whole: DateMention | None = None
    told = [m for m in _without_names(_told(mentions, spoken, text), text) if _tells(m, text)]
    main = _main_mentions(told, sentence, folded)
    if len(main) > 1:
        # Told once, a sentence stands under its day, not its month ("last month's fire, it said on Friday"),
        # and not under that of what it puts in: "Bell, who takes office in May, met both on Friday".
        main.sort(
            key=lambda pair: (
                not pair[0].names_day,
                _is_put_in(folded, pair[0].evidence.span.start - sentence.start),
            )
        )
    for mention, time in main:
        if mention.first is None or mention.last is None or mention.precision is None:
            continue
        # Where the day is that of the words, they are the whole sentence.
        is_cut = several and (mention not in spoken or len(told) > 1)
        span = clause_of(sentence, folded, mention, mentions) if is_cut else sentence
        if span == sentence:
            # A sentence that does not fall apart stands under one day, unless it tells one thing after the other.
            if whole is not None and not _goes_on(folded, sentence, whole, mention):
                continue
            whole = mention
        if span == sentence and (
            came_of := role("came_of").match(folded[: mention.evidence.span.start - span.start])
        ):
            # "Has been charged over a fire on Sunday": the fire was on Sunday.
            span = Span(start=span.start + came_of.end(), end=span.end)
        head = fold(text[span.start : span.end])
        if mention.evidence.span.start < span.start + stamp_length(head):
            # The day on which a reader wrote a comment.
            continue
        span = _behind_head(span, head)
        words = text[span.start : span.end]
        terms, names = _own_terms(fold(words), mention.evidence.span.end - span.start)
        published = item.article.published_on
        age = (published - mention.first).days if published else 9999
        yield Telling(
            item=item,
            span=span,
            text=words,
            first=mention.first,
            last=mention.first if mention.precision is Precision.TIME else mention.last,
            precision=Precision.DAY if mention.precision is Precision.TIME else mention.precision,
            time=time,
            is_planned=mention.is_planned and not _is_now(mention, head, age),
            is_quoted=_is_said(item, span, words, mention),
            is_fresh=0 <= age <= 1,
            other_days=several,
            mention=mention,
            age_days=age,
            terms=terms,
            names=names,
            incidents=_incidents(item, span, mention),
        )


def _own_terms(folded: str, at: int) -> tuple[frozenset[str], frozenset[str]]:
    """The terms of a telling whose day ends at `at`, without those of what it only counts its time from ("..., a day
    after a quake killed nine")."""
    back = role("back").search(folded, max(0, at))
    if back is not None:
        terms, names = telling_terms(folded[: back.start()])
        if len(terms) >= _FEWEST_TERMS:
            return terms, names
    return telling_terms(folded)


def _is_now(mention: DateMention, folded: str, age: int) -> bool:
    """Whether what is told of today goes on: "crews are today clearing the quay" is no plan."""
    is_today = age == 0 and mention.evidence.rule.startswith(DEICTIC)
    return is_today and role("now").search(folded) is not None


def _behind_head(span: Span, folded: str) -> Span:
    """A sentence without what stands in front of it and is no part of what it says."""
    return Span(start=span.start + head_length(folded, opens=span.start < LEAD), end=span.end)


def _told(mentions: list[DateMention], spoken: list[DateMention], text: str) -> list[DateMention]:
    """The mentions that date what is told: not those of words, nor what counts from these ("said on Saturday that the
    flood came a day later")."""
    first = min((m.evidence.span.start for m in spoken), default=None)
    told = [
        m
        for m in mentions
        if m not in spoken
        and not (
            first is not None and m.evidence.rule.startswith(_COUNTED_ON) and m.evidence.span.start > first
        )
    ]
    if any(m.names_day for m in spoken):
        if not any(m.names_day for m in told):
            # "The guild, founded in June, told a court on Tuesday": the day dates more than the month.
            return spoken
        if all(_is_by_the_way(m, text) for m in told):
            return spoken
    return told or spoken or mentions


def _is_by_the_way(mention: DateMention, text: str) -> bool:
    """Whether a day only says of what is told how things are by now: "has risen to 60 since Monday", "crews have put
    out a fire that broke out on Monday"."""
    told = mention.evidence
    start = max(told.sentence.start, told.span.start - SPEECH_REACH)
    before = fold(text[start : told.span.start])
    if role("since").search(before):
        return True
    found = role("aside").search(before)
    return (
        found is not None
        and role("by_now").search(fold(text[told.sentence.start : start + found.start()])) is not None
    )


def _without_names(mentions: list[DateMention], text: str) -> list[DateMention]:
    """The mentions without those that only name an event, where another day is told ("the search for those of the
    flood of 7 June ended on Sunday")."""
    names, told = [], False
    for mention in mentions:
        start = mention.evidence.span.start
        before = fold(text[max(mention.evidence.sentence.start, start - SPEECH_REACH) : start])
        if role("name").search(before):
            names.append(mention)
        else:
            told = told or (mention.names_day and role("aside").search(before) is None)
    return [m for m in mentions if m not in names] if told else mentions


def _on_page_day(item: StoryArticle, span: Span, day: dt.date) -> Telling:
    """A sentence that names no day as a telling of one."""
    span = _behind_head(span, fold(item.article.text[span.start : span.end]))
    words = item.article.text[span.start : span.end]
    terms, names = telling_terms(fold(words))
    evidence = Evidence(
        article_id=item.article.id,
        span=Span(start=span.start, end=span.start),
        sentence=span,
        rule="timeline.act",
    )
    mention = DateMention(
        words="", type=TimexType.DATE, value=day.isoformat(), first=day, last=day, precision=Precision.DAY,
        is_relative=True, is_planned=False, evidence=evidence,
    )  # fmt: skip
    return Telling(
        item=item,
        span=span,
        text=words,
        first=day,
        last=day,
        precision=Precision.DAY,
        time=None,
        is_planned=False,
        is_quoted=False,
        is_fresh=True,
        other_days=False,
        mention=mention,
        age_days=0,
        terms=terms,
        names=names,
        incidents=(),
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
        time = _hour(first, sentence, folded)
        for other in others:
            between = folded[
                first.evidence.span.end - sentence.start : other.evidence.span.start - sentence.start
            ]
            if time is None and not role("apart").search(between):
                time = _hour(other, sentence, folded)
        main.append((first, time))
    return main


# What opens a clause about the noun before it, up to the day in it, and what closes it.
_PUT_IN = re.compile(r", (?:who|whose|which|where) [^,;:]*$")
_CLOSED = re.compile(r"[^,;:]*, (?!and |but |or )\w+ \w+ \w+")


def _is_put_in(folded: str, at: int) -> bool:
    """Whether a day stands in a clause between two commas that only says more of a noun."""
    return _PUT_IN.search(folded, 0, at) is not None and _CLOSED.match(folded, at) is not None


def _goes_on(folded: str, sentence: Span, first: DateMention, second: DateMention) -> bool:
    """Whether a second happening is told behind the first ("was stopped on Monday and went on on Tuesday")."""
    ends = sorted((m.evidence.span.start, m.evidence.span.end) for m in (first, second))
    between = folded[ends[0][1] - sentence.start : ends[1][0] - sentence.start]
    return role("goes_on").search(between) is not None


def _is_said(item: StoryArticle, span: Span, words: str, mention: DateMention) -> bool:
    """Whether a date stands in somebody's own words; those of a body in its own statement tell what happened."""
    text = item.article.text
    if is_quoted(text, mention.evidence.span.start):
        return True
    is_own = role("own").search(fold(words)) is not None
    return (is_own and _issuer(text) is None) or _is_remark(item, span, words)


@functools.lru_cache(maxsize=8)
def _issuer(text: str) -> Issuer | None:
    return find_issuer(text)


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
    if role("speech").search(before) or mention.first is None or mention.last is None:
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


def _hour(mention: DateMention, sentence: Span, folded: str) -> str | None:
    """The time of the clock at which something was done; a curfew "from 8 p.m. to 5 a.m." was imposed at neither."""
    start, end = (at - sentence.start for at in (mention.evidence.span.start, mention.evidence.span.end))
    return None if _bounds_stretch(folded[:start], folded[end:]) else _clock(mention)


def _is_of_stretch(mention: DateMention, text: str) -> bool:
    span, sentence = mention.evidence.span, mention.evidence.sentence
    return _bounds_stretch(fold(text[sentence.start : span.start]), fold(text[span.end : sentence.end]))


def _bounds_stretch(before: str, behind: str) -> bool:
    """Whether an hour between these words is the first or the last of a stretch."""
    is_first = role("hours_from").search(before) and role("hours_to").match(behind)
    return bool(is_first or role("hours_to").search(before))


def _clock(mention: DateMention) -> str | None:
    found = re.search(r"T(\d\d:\d\d)", mention.value)
    return found[1] if found and found[1] != "24:00" else None


def _counts(mention: DateMention, item: StoryArticle) -> bool:
    """Whether a mention may date an entry: a day always; a month or a year that is not the running one."""
    if mention.type not in (TimexType.DATE, TimexType.TIME) or mention.first is None or mention.last is None:
        return False
    if mention.names_day:
        return True
    if mention.precision not in (Precision.MONTH, Precision.YEAR):
        return False
    published = item.article.published_on
    return published is None or not mention.first <= published <= mention.last


def _tells(mention: DateMention, text: str) -> bool:
    """Whether the words before a date let it date something ("in May", but not "until May")."""
    start = mention.evidence.span.start
    before = fold(text[max(mention.evidence.sentence.start, start - 90) : start])
    if mention.names_day:
        is_end = role("end").search(before) is not None
        if is_end and "T" in mention.value and role("before_hour").search(before):
            # "Before dawn on Tuesday" is on Tuesday.
            is_end = False
        return not is_end and not role("stamp").search(before)
    if _is_attribute(mention, before, text):
        return False
    return not role("bound").search(before) and not role("stretch").search(before)


def _is_attribute(mention: DateMention, before: str, text: str) -> bool:
    """Whether a month or a year is but a part of a name or of whom or what is spoken of: "a 2003 murder case", "who won
    the title in 2001"."""
    if role("article").search(before) and re.match(r" [a-z]", text[mention.evidence.span.end :][:2]):
        return True
    return mention.precision is Precision.YEAR and role("of_whom").search(before) is not None


def _is_sentence(folded: str, start: int, mentions: Sequence[DateMention]) -> bool:
    """Whether enough words stand beside the dates: "Posted 3 March 2021, 9:30" tells nothing."""
    rest = folded
    for mention in mentions:
        span = mention.evidence.span
        rest = rest[: span.start - start] + " " * (span.end - span.start) + rest[span.end - start :]
    words = rest.replace(",", " ").replace(".", " ").lower().split()
    plain = [word for word in words if word.isalpha()]
    if not _ENDS.search(folded) and _verbs().isdisjoint(words) and not any(w.endswith("ed") for w in words):
        # A caption or a heading: "Divers at work in the harbour on Thursday".
        return False
    # "Vaccination began on Thursday." is a whole sentence, "Published on Thursday." is none.
    is_short = len(plain) >= _FEWEST and rest.rstrip().endswith(".") and plain[0] not in _before_verbs()
    return len(plain) >= MIN_WORDS or (is_short and not _deeds().isdisjoint(plain[1:]))


@functools.cache
def _verbs() -> frozenset[str]:
    """Plain words that make a sentence of a line without a full stop: auxiliaries, and what was done."""
    words = load_rules("tense").words
    return frozenset().union(*(words[name] for name in ("past", "future", "present", "has", "was", "is")))


@functools.cache
def _past_verbs() -> frozenset[str]:
    return frozenset(load_rules("tense").words["past"]) - frozenset(load_rules("tense").words["was"])


@functools.cache
def _deeds() -> frozenset[str]:
    """Verbs that make a sentence of few words: what was done."""
    words = load_rules("timeline").words
    return _past_verbs().union(words["deed"], words["deed_past"])


@functools.cache
def _before_verbs() -> frozenset[str]:
    """Words that open a sentence which leans on the one before: pronouns, and participles of the page."""
    return _past_verbs() | frozenset(load_rules("quotes").words["subject_pronouns"])

"""What happened, as one article tells it: every mention of an incident with its doer, day and place.

Mentions of one incident within the article are joined (`joining`), and each carries what the article knows of it
altogether. `incident_at` answers which incident the words at one place speak of.
"""

from __future__ import annotations

import bisect
import dataclasses
import datetime as dt
import functools
import itertools
import re
from collections.abc import Sequence
from typing import TypeVar

from digests.extract.joining.clusters import settle
from digests.extract.joining.mainincidents import is_background, is_retold, main_cluster
from digests.extract.joining.mentions import join_tellings
from digests.extract.joining.newness import LEAD, lead_day
from digests.extract.joining.reasons import incident_reasons
from digests.extract.tellings.governing import aside_clause, compared_clause, govern, is_aside
from digests.extract.tellings.likeness import goes_on_for_months, has_doer
from digests.extract.tellings.reading import read_triggers
from digests.extract.tellings.settling import settle_tolls
from digests.extract.tellings.triggers import Promise, Words, all_openers, lexicon, promise_of, tokens
from digests.extract.tellings.views import Telling, make_view
from digests.rules.gazetteer import find_names
from digests.text.document import Document, plain_words
from digests.trace import ArticleTrace, Reason, note
from digests.types import DateMention, IncidentMention, PlaceMention, Precision, Span

_T = TypeVar("_T")
# What is known of an incident of which words of casualties alone tell.
_CASUALTIES_ALONE = "deaths"
# Characters between two sentences of one paragraph.
_SAME_PARAGRAPH = 2
# Mentions of one sentence that are weighed against each other.
_MOST_HERE = 16
# Characters in which a sentence's first word stands.
_OPENING = 20
# Tokens between "protests" and "over", and from there to somebody's death.
_GATHERING_REACH, _OCCASION_REACH = 6, 6
# Words of a sentence in which its first verb stands.
_TENSE_WITHIN = 12
# Characters of the longest sentence that is read as one; longer ones are lists or text without full stops.
_LONGEST = 1200
# A place and perhaps a day and an agency before a dash, at the very start.
_DATELINE = re.compile(
    r"\s*[A-Z][^\n.;:!?]{2,80}?(?:\.[^\n.;:!?]{0,20}){0,2} ?(?:--|–| - )\s*(?:\[[A-Z ]{2,30}\]\s*)*"
)

# The same inside a text, behind a headline and a byline: the place in capitals.
_LATER_DATELINE = re.compile(r"[A-Z][A-Z'.-]{2,}[^\n;:!?]{0,60}?(?:--|–| - )\s*(?:\[[A-Z ]{2,30}\]\s*)*")
# Sentences at the top of an article in which it may stand.
_DATELINE_AMONG = 8
# What is told by its year alone covers at least so many days less one.
_A_YEAR = dt.timedelta(days=364)
# The year by which days without one are told apart: a leap year that no news speaks of.
_SOME_YEAR = 4
_YEARLESS = re.compile(r"XXXX-(?P<month>\d\d)-(?P<day>\d\d)")


def find_incidents(
    document: Document,
    dates: Sequence[DateMention],
    places: Sequence[PlaceMention],
    trace: ArticleTrace | None = None,
) -> tuple[IncidentMention, ...]:
    """The incidents that an article mentions, mention by mention in order of the text.

    Mentions of one incident carry equal values but for `span` and `sentence`; no mention gives an empty tuple.
    """
    line = _dateline_end(document)
    dates = [date for date in dates if date.evidence.span.start >= line]
    places = [place for place in places if place.evidence.span.start >= line]
    tellings = _read(document, dates if document.published else _in_some_year(dates), places)
    if not tellings:
        return ()
    clusters = join_tellings(tellings, document.published, is_traced=trace is not None)
    main = main_cluster(clusters, document.published)
    for cluster in clusters:
        settle(cluster)
    if main.days is None and not goes_on_for_months(main.kind) and not is_retold(document, main):
        # An outbreak is not of the day on which somebody counts its dead.
        main.days = _day_of_news(document, main.kind, dates)
    mentions: list[tuple[int, IncidentMention]] = []
    for cluster in clusters:
        place = cluster.place()
        days = cluster.days if cluster.days and cluster.days[0].year != _SOME_YEAR else None
        actor = cluster.actor if has_doer(cluster.kind) else None
        background = cluster is not main and is_background(cluster, main, document.published)
        if trace is not None:
            trace.mentions |= incident_reasons(document, cluster, is_background=background)
        for telling in cluster.tellings:
            mentions.append(
                (
                    telling.span.start,
                    IncidentMention(
                        kind=cluster.kind,
                        actor=actor,
                        against=cluster.against if actor else None,
                        place=place.name if place else None,
                        country=place.country if place else None,
                        first=days[0] if days else None,
                        last=days[1] if days else None,
                        is_background=background,
                        span=telling.span,
                        sentence=document.sentences[telling.sentence],
                    ),
                )
            )
    return tuple(mention for _, mention in sorted(mentions, key=lambda pair: pair[0]))


def _day_of_news(
    document: Document, kind: str, dates: Sequence[DateMention]
) -> tuple[dt.date, dt.date] | None:
    """The day that the lead gives an article's main incident; deaths alone are not of the day of the report."""
    if kind != _CASUALTIES_ALONE:
        return lead_day(document, dates)
    top = document.sentences[:_DATELINE_AMONG]
    lines = [Span(start=span.start, end=_behind_dateline(document, span).start) for span in top]
    told = [date for date in dates if not any(line.covers(date.evidence.span) for line in lines)]
    return lead_day(document, told, but_of_talk=True)


def _in_some_year(dates: Sequence[DateMention]) -> Sequence[DateMention]:
    """Days of an undated article that name no year ("Jan. 24"), in one and the same: they part what happened on others.

    As they are where the article names a day with its year too.
    """
    if any(date.first is not None for date in dates):
        return dates
    told: list[DateMention] = []
    for date in dates:
        found = _YEARLESS.match(date.value)
        if found is not None:
            day = dt.date(_SOME_YEAR, int(found["month"]), int(found["day"]))
            date = dataclasses.replace(date, first=day, last=day, precision=Precision.DAY)
        told.append(date)
    return told


def _dateline_end(document: Document) -> int:
    """Where the text proper begins after a dateline ("LAGOS, 10 Jan 24 (Agency) --"); 0 without one.

    The dateline's place and day are the report's, not the incident's.
    """
    match = _DATELINE.match(document.folded)
    return match.end() if match else 0


def _behind_dateline(document: Document, span: Span) -> Span:
    """A sentence without the dateline that it begins with: nobody named there does anything."""
    match = _LATER_DATELINE.match(document.folded, span.start, span.end)
    return Span(start=match.end(), end=span.end) if match else span


def incident_at(
    document: Document,
    span: Span,
    incidents: Sequence[IncidentMention],
    why: list[Reason] | None = None,
) -> IncidentMention:
    """The incident that the words at a span speak of.

    In this order: the trigger that governs them in their sentence, the one sentence before, the article's main
    incident. Without any incident a mention of the empty kind. `why` takes the reasons.
    """
    if not incidents:
        note(why, "incident.none")
        return IncidentMention(kind="")
    index = document.sentence_index(span.start)
    sentence = document.sentences[index]
    around = _piece_at(sentence, span.start)
    here = [
        mention
        for mention in _nearest(mentions_in(incidents, around), span.start)
        if not _is_of_setting(document, span, mention)
    ]
    is_alone = _is_aside(document, span, around, here) if here else None
    if is_alone:
        note(why, "incident.none")
        return IncidentMention(kind="")
    if here and is_alone is None:
        if _is_protested(document, span, around):
            note(why, "incident.none")
            return IncidentMention(kind="")
        return _governing(document, span, around, here, why)
    if index and (
        sentence.start - document.sentences[index - 1].end < _SAME_PARAGRAPH or _goes_on(document, sentence)
    ):
        before = mentions_in(incidents, document.sentences[index - 1])
        if before and not _turns_back(document, index, before):
            note(why, "incident.before")
            return _carried(document, incidents, index, before, why)
    main = main_incident(incidents)
    if _is_of_a_year(main) and (
        main.span is None or span.start < main.span.start or not _is_alone(incidents, main)
    ):
        # A comment that tells of crashes of 1998 and 2016 counts the dead of the news without naming it.
        note(why, "incident.none")
        return IncidentMention(kind="")
    note(why, "incident.main")
    return main


def _is_of_setting(document: Document, span: Span, mention: IncidentMention) -> bool:
    """Whether an older incident is only told of the place behind a count: "Nine people fell ill in the province, where
    floods in June had damaged wells"."""
    if not mention.is_background or mention.span is None or mention.span.start <= span.end:
        return False
    between = document.folded[span.end : mention.span.start]
    return any(f", {word} " in between for word in lexicon().words["settings"])


def _is_protested(document: Document, span: Span, sentence: Span) -> bool:
    """Whether somebody's death is what people protest at, no toll of that: "protests over the death of a driver"."""
    words = lexicon().words
    if words["single_deaths"].isdisjoint(document.low[span.start : span.end].split()):
        return False
    told = tokens(document.folded, sentence.start, sentence.end)
    at = _at(told, span)
    leads = range(at - 1, max(0, at - _OCCASION_REACH), -1)
    lead = next((k for k in leads if told.lows[k] in words["protest_leads"]), None)
    if lead is None or "," in told.lows[lead:at]:
        return False
    return not words["gatherings"].isdisjoint(told.lows[max(0, lead - _GATHERING_REACH) : lead])


def _is_aside(document: Document, span: Span, sentence: Span, here: Sequence[IncidentMention]) -> bool | None:
    """Whether nothing told beside words in a comparison is what they speak of (`governing.is_aside`)."""
    words = tokens(document.folded, sentence.start, sentence.end)
    if aside_clause(words.lows) is None:
        return None
    return is_aside(words.lows, _spots(words, here), _at(words, span))


def _is_of_a_year(mention: IncidentMention) -> bool:
    """Whether all that is told of its day is a year."""
    return mention.first is not None and mention.last is not None and mention.last - mention.first >= _A_YEAR


def _is_alone(incidents: Sequence[IncidentMention], mention: IncidentMention) -> bool:
    """Whether nothing else is told that happened in another year."""
    return all(one.first == mention.first for one in incidents)


def _carried(
    document: Document,
    incidents: Sequence[IncidentMention],
    index: int,
    before: Sequence[IncidentMention],
    why: list[Reason] | None,
) -> IncidentMention:
    """The incident that sentence `index` goes on with from the one before it: the one whose casualties were told last,
    else the news."""
    sentence = document.sentences[index - 1]
    fresh = [mention for mention in before if not mention.is_background]
    if len(fresh) == 1 and fresh[0] is next(m for m in incidents if _key(m) == _key(fresh[0])):
        # "The raid came a day after gunmen killed five. Three people died.": in the raid.
        return fresh[0]
    if len(before) > 1 and not _stands_now(document, index):
        words, tolls = tokens(document.folded, sentence.start, sentence.end), lexicon().words["tolls"]
        last = next((at for at in range(len(words.lows) - 1, -1, -1) if words.lows[at] in tolls), None)
        if last is not None:
            toll = words.span_of(last, last)
            return _governing(document, toll, sentence, before, why)
    return next(iter(fresh), before[-1])


def _turns_back(document: Document, index: int, before: Sequence[IncidentMention]) -> bool:
    """Whether a sentence behind older things goes on with the news: "It was the deadliest quake since 2015, when 9,000
    people died. Crews have freed six people." It tells how things stand now, or those stood in a comparison alone."""
    if not all(mention.is_background for mention in before) or _counts_again(document, index):
        return False
    if _stands_now(document, index):
        return True
    sentence = document.sentences[index - 1]
    told = tokens(document.folded, sentence.start, sentence.end)
    clause = compared_clause(told.lows)
    if clause is None:
        return False
    start = told.starts[clause[0]]
    return all(mention.span is not None and mention.span.start > start for mention in before)


def _counts_again(document: Document, index: int) -> bool:
    """Whether a sentence takes up the count before it: "that toll"."""
    nouns = lexicon().words["counts_again"]
    return any(one == "that" and two in nouns for one, two in itertools.pairwise(document.plain[index]))


def _stands_now(document: Document, index: int) -> bool:
    """Whether a sentence tells how things stand: "Some 40 people have been freed"."""
    words, opening = lexicon().words, document.plain[index][:_TENSE_WITHIN]
    return words["going_on"].isdisjoint(opening[:1]) and not words["standing_now"].isdisjoint(opening)


def _goes_on(document: Document, sentence: Span) -> bool:
    """Whether a sentence goes on with what was told right before ("It killed 600 people"), be it a paragraph later."""
    opening = tokens(document.folded, sentence.start, min(sentence.end, sentence.start + _OPENING))
    return not lexicon().words["going_on"].isdisjoint(opening.lows[:1])


def mentions_in(incidents: Sequence[IncidentMention], span: Span) -> Sequence[IncidentMention]:
    """The mentions whose words lie in a span; mentions stand in order of the text."""
    low = bisect.bisect_left(incidents, span.start, key=_start)
    return incidents[low : bisect.bisect_left(incidents, span.end, lo=low, key=_start)]


def _piece_at(sentence: Span, at: int) -> Span:
    """The sentence, or of text without full stops a stretch of it, the same for all words near by."""
    if sentence.end - sentence.start <= 2 * _LONGEST:
        return sentence
    start = sentence.start + (at - sentence.start) // _LONGEST * _LONGEST
    return Span(
        start=max(sentence.start, start - _LONGEST // 2), end=min(sentence.end, start + 3 * _LONGEST // 2)
    )


def _nearest(here: Sequence[IncidentMention], at: int) -> Sequence[IncidentMention]:
    """The mentions around an offset, so that a sentence with hundreds of them (no text for people) stays cheap."""
    if len(here) <= _MOST_HERE:
        return here
    middle = bisect.bisect_left(here, at, key=_start)
    return here[max(0, middle - _MOST_HERE // 2) : middle + _MOST_HERE // 2]


def _start(mention: IncidentMention) -> int:
    return mention.span.start if mention.span is not None else -1


def main_incident(incidents: Sequence[IncidentMention]) -> IncidentMention:
    """The incident that an article is about: its first one that is no background."""
    return next((m for m in incidents if not m.is_background), incidents[0])


def _governing(
    document: Document,
    span: Span,
    sentence: Span,
    here: Sequence[IncidentMention],
    why: list[Reason] | None,
) -> IncidentMention:
    if len(here) == 1 and why is None:
        # Whatever the words say, there is nothing to choose from.
        return here[0]
    words = tokens(document.folded, sentence.start, sentence.end)
    inside = [m for m in here if m.span is not None and span.covers(m.span)]
    own = next((m for m in inside if m.kind == _CASUALTIES_ALONE), inside[0] if len(inside) == 1 else None)
    if own is not None:
        note(why, "incident.itself", trigger=_words(document, own))
        return own
    spots, at = _spots(words, here), _at(words, span)
    chosen, code = govern(words.lows, spots, at) if spots else (0, "incident.left")
    if why is not None:
        note(why, code, trigger=_words(document, here[chosen]))
        for other in here:
            if _key(other) != _key(here[chosen]):
                note(why, "incident.other", trigger=_words(document, other), kind=other.kind)
    return here[chosen]


def _spots(words: Words, here: Sequence[IncidentMention]) -> list[tuple[int, int]]:
    """The first and last token of each mention of a sentence."""
    starts = words.starts
    return [
        (bisect.bisect_left(starts, m.span.start), max(0, bisect.bisect_left(starts, m.span.end) - 1))
        for m in here
        if m.span is not None
    ]


def _at(words: Words, span: Span) -> int:
    """The token at which a span begins."""
    return max(0, bisect.bisect_right(words.starts, span.start) - 1)


def _words(document: Document, mention: IncidentMention) -> str:
    return document.words(mention.span) if mention.span is not None else mention.kind


def _key(mention: IncidentMention) -> tuple[object, ...]:
    return (mention.kind, mention.actor, mention.place, mention.first, mention.last, mention.is_background)


def _read(document: Document, dates: Sequence[DateMention], places: Sequence[PlaceMention]) -> list[Telling]:
    """All tellings of an article, tolls only where they stand for an incident of their own."""
    names = find_names(document.folded)
    name_starts = [name.span.start for name in names]
    date_starts = [date.evidence.span.start for date in dates]
    place_starts = [place.evidence.span.start for place in places]
    found: list[Telling] = []
    is_walkout = _is_walkout(document)
    openers = all_openers()
    for index, words in enumerate(document.plain):
        if openers.isdisjoint(words):
            # Most sentences end here.
            continue
        pieces = _pieces(document.folded, document.sentences[index])
        for span in pieces:
            promise = promise_of(words if len(pieces) == 1 else plain_words(document.letters, span))
            if promise is Promise.NOTHING:
                continue
            here_dates, here_places = _between(dates, date_starts, span), _between(places, place_starts, span)
            if promise is Promise.TOLL and not (here_dates or here_places or index < LEAD):
                continue
            told = _behind_dateline(document, span) if index < _DATELINE_AMONG else span
            view = make_view(
                document,
                index,
                span,
                names=_between(names, name_starts, told),
                dates=here_dates,
                places=here_places,
                is_walkout=is_walkout,
            )
            if view.triggers:
                opens = index < LEAD and not found
                found.extend(settle_tolls(view, read_triggers(view), opens=opens))
    return found


def _is_walkout(document: Document) -> bool:
    """Whether a text's bare "strike" is that of workers."""
    if "strik" not in document.low:
        return False
    phrases, pattern = _walkout_words()
    # The interpreter's own search rules out most texts; a pattern for all phrases stops at every letter.
    for phrase in phrases:
        if phrase in document.low:
            return pattern.search(document.low) is not None
    return False


@functools.cache
def _walkout_words() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """The phrases of walkouts in lower case, and one pattern for all of them as whole words."""
    ordered = tuple(sorted(phrase.lower() for phrase in lexicon().words["walkout"]))
    return ordered, re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b")


def _pieces(folded: str, sentence: Span) -> Sequence[Span]:
    """A sentence whole, but text without full stops in pieces, so that reading stays linear."""
    if sentence.end - sentence.start <= _LONGEST:
        return (sentence,)
    pieces: list[Span] = []
    start = sentence.start
    while sentence.end - start > _LONGEST:
        cut = folded.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        pieces.append(Span(start=start, end=cut))
        start = cut
    return [*pieces, Span(start=start, end=sentence.end)]


def _between(items: Sequence[_T], starts: Sequence[int], span: Span) -> Sequence[_T]:
    return items[bisect.bisect_left(starts, span.start) : bisect.bisect_left(starts, span.end)]

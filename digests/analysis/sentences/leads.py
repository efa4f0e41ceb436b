"""What a story is news of: its main incident, the last toll of it, and the sentence to lead with."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from digests.analysis.disputes.asides import detail_of
from digests.analysis.sentences.candidates import Candidate, acts, stands_alone
from digests.analysis.sentences.support import Sentences
from digests.analysis.sentences.told import Told
from digests.extract.tellings.likeness import kinds_fit
from digests.extract.tellings.triggers import lexicon
from digests.rules import pattern_yielding
from digests.text.document import fold
from digests.types import Figure, Measure, Scope, Span, StoryArticle

# Sentences that open a report: the first fact, what happened, comes from them.
_OPENING_SENTENCES = 4
# Characters in which a report says what it is about.
_OPENING_CHARACTERS = 600
# Share of the reports that tell of an incident of the story's kind in their opening, at the least.
_TOLD_BY = 0.4
_HARM = frozenset({Measure.KILLED, Measure.INJURED, Measure.MISSING})
# What when and where add to a lead each, and how many: all the dead of the last report, some other count, a part alone.
_FULL_PART = 0.08
_WHOLE_TOLL, _PART_COST = 0.16, 0.15
# What a toll takes off that a later one has left behind, and such a one that is still true: "at least four", of six.
_OLD_TOLL_COST, _LEAST_COST = 0.27, 0.1
# What it takes off to tell of no count at all where people died.
_UNCOUNTED_COST = 0.08
_ALONE_COST, _NAMELESS_COST = 0.1, 0.15
# What it adds to say all that the headlines say, and that a report is of the first day: later ones tell what followed.
_HEADED, _FIRST_DAY = 0.3, 0.1
# What it adds to tell of an incident itself, and of one of the story's kind; what it takes off to come back to one.
_DEED, _OF_KIND, _COMES_BACK = 0.1, 0.15, 0.25


def main_kind(articles: Sequence[StoryArticle]) -> str | None:
    """The kind of incident that most articles tell of in their opening, by this or a like name; `None` where few tell
    of any: a report on a patch or on an election that speaks of an attack once is no news of an attack.

    What has no name of its own ("the tragedy", "the case") is told by whatever fits, where it counts people.
    """
    kinds: Counter[str] = Counter()
    openings: list[set[str]] = []
    for item in articles:
        told = [i for i in item.facts.incidents if i.span is not None and not i.is_background]
        opening = {i.kind for i in told if i.span is not None and i.span.start < _OPENING_CHARACTERS}
        openings.append(opening)
        kinds.update(opening)
    best = min(kinds, key=lambda kind: (-kinds[kind], kind), default=None)
    if best is None:
        return None
    telling = sum(
        any(kinds_fit(kind, best) is True for kind in opening)
        or (any(_is_named_so(kind, best) for kind in opening) and _counts_people(item))
        for item, opening in zip(articles, openings, strict=True)
    )
    return best if telling >= _TOLD_BY * len(articles) else None


def _is_named_so(kind: str, best: str) -> bool:
    """Whether a kind is a name of the story's own: of a disaster or of deaths whatever fits them."""
    fit = kinds_fit(kind, best)
    return fit is True or (fit is None and best in lexicon().words["vague_kinds"])


def _counts_people(item: StoryArticle) -> bool:
    """Whether the opening of a report counts several people hurt or dead in its news."""
    return any(
        figure.evidence.span.start < _OPENING_CHARACTERS
        and figure.measure in _HARM
        and not figure.incident.is_background
        and (figure.bounds.low or 0) > 1
        for figure in item.facts.figures
    )


def last_toll(articles: Sequence[StoryArticle], kind: str) -> int:
    """The least number of people killed by the newest report that gives one, where it first does; 0 where none does.

    Further down stand the counts of those who hold another one.
    """
    for item in sorted(articles, key=lambda item: item.article.published_on or dt.date.min, reverse=True):
        counts = [figure for figure in item.facts.figures if detail_of(item, figure) is None]
        tolls = [(figure.evidence.sentence.start, toll) for figure in counts if (toll := _toll(figure, kind))]
        if tolls:
            first = min(start for start, _ in tolls)
            return max(toll for start, toll in tolls if start == first)
    return 0


def _toll(figure: Figure, kind: str) -> int:
    """The people whom a figure says to be dead in the story's main incident."""
    is_main = _is_named_so(figure.incident.kind, kind) and not figure.incident.is_background
    is_toll = is_main and figure.measure is Measure.KILLED and figure.part_of is None
    return (figure.bounds.low or 0) if is_toll and figure.scope is not Scope.TOTAL else 0


def choose_lead(
    candidates: Sequence[Candidate], kind: str | None, toll: int, sentences: Sentences
) -> Candidate | None:
    """The sentence that says best what happened: it opens a report and tells of the main incident itself, with where,
    when and how many; `None` where no opening tells of that incident. A toll that has grown since takes some off.

    What was done about it, however new, follows: a reader asks first what it is about.
    """
    openings = [c for c in candidates if c.told.position < _OPENING_SENTENCES]
    is_named = kind is not None and kind not in lexicon().words["vague_kinds"]
    told = [c for c in openings if any(_deeds(c.told))] if is_named else openings
    days = [day for c in openings if (day := c.told.item.article.published_on)]
    first = min(days, default=None)

    def rate(candidate: Candidate) -> tuple[float, int, str]:
        told = candidate.told
        value = candidate.score - candidate.gain + _fullness(told) + _toll_worth(told, kind, toll)
        value -= (_ALONE_COST if len(candidate.voices) < 2 else 0.0) + (0.0 if told.names else _NAMELESS_COST)
        value += _HEADED * sentences.headed(told) + _telling(told, sentences.news(told).end)
        value += _OF_KIND if is_named and kind and _is_of_kind(told, kind) else 0.0
        if first is not None and told.item.article.published_on == first:
            value += _FIRST_DAY
        return -value, told.position, told.item.article.id

    return min(told, key=rate, default=None)


def _deeds(told: Told) -> list[Span]:
    """The words of a sentence for what happened, background aside."""
    spans = (i.span for i in told.item.facts.incidents if i.span is not None and not i.is_background)
    return [span for span in spans if told.span.covers(span)]


def _telling(told: Told, news_end: int) -> float:
    """What it adds that a sentence tells of an incident itself, or takes off that it only comes back to one: behind
    an act ("was arrested over the raid"), as something known ("the quake struck at dawn"), as somebody tells it, or
    behind its news, which ends there (in characters of the sentence)."""
    deeds = _deeds(told)
    if not deeds:
        return 0.0
    folded = fold(told.text)
    if pattern_yielding("key_facts", "toll").search(folded):
        return 0.0
    harm = [figure.evidence.span for figure in told.figures if figure.measure in _HARM]
    first = min(span.start for span in (*deeds, *harm)) - told.span.start
    before = folded[:first]
    if first > news_end or pattern_yielding("key_facts", "known").search(before):
        return -_COMES_BACK
    is_behind_act = any(rule.pattern.search(before) for rule in acts())
    return (
        -_COMES_BACK
        if is_behind_act and not pattern_yielding("key_facts", "object").search(before)
        else _DEED
    )


def _is_of_kind(told: Told, kind: str) -> bool:
    return any(
        incident.span is not None
        and told.span.covers(incident.span)
        and not incident.is_background
        and kinds_fit(incident.kind, kind) is True
        for incident in told.item.facts.incidents
    )


def _fullness(told: Told) -> float:
    """What a sentence says beside what happened: when and where."""
    facts = told.item.facts
    days = {i.first for i in facts.incidents if i.first and i.span is not None and told.span.covers(i.span)}
    when = any(
        told.span.covers(m.evidence.span) and (m.first in days or (not days and m.first)) for m in facts.dates
    )
    where = any(told.span.covers(place.evidence.span) for place in facts.places)
    return _FULL_PART * (when + where)


def _toll_worth(told: Told, kind: str | None, toll: int) -> float:
    """What the count of a sentence adds to it as a lead, or takes off: all of the dead, some count, a part of them."""
    if kind is not None and is_outdated(told, kind, toll):
        is_least = any(_toll(figure, kind) and figure.bounds.high is None for figure in told.figures)
        return -_LEAST_COST if is_least else -_OLD_TOLL_COST
    if kind is not None and any(_toll(figure, kind) for figure in told.figures):
        return _WHOLE_TOLL
    if told.figures and all(figure.part_of is not None for figure in told.figures):
        return -_PART_COST
    if told.figures:
        return _FULL_PART
    return -_UNCOUNTED_COST if toll else 0.0


def is_of_past(told: Told) -> bool:
    """Whether all the incidents of a sentence are background."""
    incidents = [i for i in told.item.facts.incidents if i.span is not None and told.span.covers(i.span)]
    return bool(incidents) and all(incident.is_background for incident in incidents)


def tells_of_it(told: Told) -> bool:
    """Whether a sentence says how many, when, what or how of the news, or what was done or said against it, and not of
    something long before."""
    incidents = [i for i in told.item.facts.incidents if i.span is not None and told.span.covers(i.span)]
    if any(incident.is_background for incident in incidents):
        return False
    facts = told.item.facts
    spans = [date.evidence.span for date in facts.dates] + [
        account.evidence.span for account in facts.accounts
    ]
    if told.figures or incidents or any(told.span.covers(span) for span in spans):
        return True
    folded = fold(told.text)
    return any(rule.pattern.search(folded) for rule in acts())


def counts(told: Told) -> bool:
    """Whether a sentence holds a number that is nobody's age."""
    if not told.numbers:
        return False
    ages = {age for found in pattern_yielding("key_facts", "age").findall(fold(told.text)) for age in found}
    return not told.numbers <= ages


def is_outdated(told: Told, kind: str, toll: int) -> bool:
    """Whether a sentence gives no toll but such as a later one has left behind; "19, after 11 at first" is later, and
    "12 in one district and seven in the other" are as many.
    """
    tolls = [count for figure in told.figures if (count := _toll(figure, kind))]
    return bool(tolls) and max(tolls) < toll != sum(tolls)


def newest_telling(candidate: Candidate, kind: str, toll: int) -> Told:
    """The sentence of a fact that is shown: its own, unless another report opens with it and with the last toll.

    "The toll rose to 19 on Tuesday" gives way to "the toll rose to 23 on Wednesday", which tells the same.
    """
    if not is_outdated(candidate.told, kind, toll):
        return candidate.told
    newer = [
        told
        for retelling in candidate.retellings.values()
        if (told := retelling.told).position < _OPENING_SENTENCES
        and any(_toll(figure, kind) == toll for figure in told.figures)
        and stands_alone(told)
    ]
    return min(newer, key=lambda told: (told.position, told.item.article.id), default=candidate.told)


def raised_counts(told: Told, kind: str, toll: int) -> tuple[int, ...]:
    """The offsets behind the counts of the dead in a sentence that a later toll has left behind."""
    if not is_outdated(told, kind, toll):
        return ()
    spans = {figure.evidence.span for figure in told.figures if _toll(figure, kind)}
    return tuple(sorted(span.end - told.span.start for span in spans if told.span.covers(span)))

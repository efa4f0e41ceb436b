"""What a story is news of: its main incident, the last toll of it, and the sentence to lead with."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from digests.analysis.asides import detail_of
from digests.analysis.candidates import Candidate, acts
from digests.analysis.support import Told
from digests.extract.likeness import kinds_fit
from digests.text.document import fold
from digests.types import Figure, Measure, Scope, StoryArticle

# Sentences that open a report: the first fact, what happened, comes from them.
_OPENING_SENTENCES = 4
# Characters in which a report says what it is about.
_OPENING_CHARACTERS = 600
# What each of how many, when and where adds to a lead.
_FULL_PART = 0.08
_OLD_TOLL_COST, _ALONE_COST, _NAMELESS_COST = 0.35, 0.1, 0.15


def main_kind(articles: Sequence[StoryArticle]) -> str | None:
    """The kind of incident that most articles tell of in their opening; `None` where none tells of any."""
    kinds: Counter[str] = Counter()
    for item in articles:
        told = [i for i in item.facts.incidents if i.span is not None and not i.is_background]
        opening = {i.kind for i in told if i.span is not None and i.span.start < _OPENING_CHARACTERS}
        kinds.update(opening)
    return min(kinds, key=lambda kind: (-kinds[kind], kind), default=None)


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
    is_main = kinds_fit(figure.incident.kind, kind) is True and not figure.incident.is_background
    is_toll = is_main and figure.measure is Measure.KILLED and figure.part_of is None
    return (figure.bounds.low or 0) if is_toll and figure.scope is not Scope.TOTAL else 0


def choose_lead(candidates: Sequence[Candidate], kind: str | None, toll: int) -> Candidate | None:
    """The sentence that says best what happened: it opens a report, tells of the main incident, with where, when and
    how many; `None` where no opening tells of that incident. A toll that has grown since takes some off."""
    openings = [c for c in candidates if c.told.position < _OPENING_SENTENCES]
    told = [c for c in openings if _is_of_kind(c.told, kind)] if kind else openings

    def rate(candidate: Candidate) -> tuple[float, int, str]:
        told = candidate.told
        is_old = kind is not None and is_outdated(told, kind, toll)
        value = candidate.score - candidate.gain + _fullness(told) - (_OLD_TOLL_COST if is_old else 0.0)
        value -= (_ALONE_COST if len(candidate.voices) < 2 else 0.0) + (0.0 if told.names else _NAMELESS_COST)
        return -value, told.position, told.item.article.id

    return min(told, key=rate, default=None)


def _is_of_kind(told: Told, kind: str) -> bool:
    return any(
        incident.span is not None
        and told.span.covers(incident.span)
        and not incident.is_background
        and kinds_fit(incident.kind, kind) is True
        for incident in told.item.facts.incidents
    )


def _fullness(told: Told) -> float:
    """What a sentence says beside what happened: how many, when, where."""
    facts = told.item.facts
    days = {i.first for i in facts.incidents if i.first and i.span is not None and told.span.covers(i.span)}
    when = any(
        told.span.covers(m.evidence.span) and (m.first in days or (not days and m.first)) for m in facts.dates
    )
    where = any(told.span.covers(place.evidence.span) for place in facts.places)
    return _FULL_PART * (bool(told.figures) + when + where)


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


def is_outdated(told: Told, kind: str, toll: int) -> bool:
    """Whether a sentence gives no toll but such as a later one has left behind; "19, after 11 at first" is later."""
    tolls = [count for figure in told.figures if (count := _toll(figure, kind))]
    return bool(tolls) and max(tolls) < toll

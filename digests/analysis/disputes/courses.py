"""The course of things where two voices tell it against each other: which statements of a story contradict which.

Statements meet over the whole story, in one article or in two, but for those on what came before the news and for
articles whose main incidents are two. Who tells both has told neither.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digests.analysis.disputes.contradiction import Clause, clauses_of, contradict
from digests.analysis.disputes.exclusion import Said
from digests.analysis.disputes.ties import are_one
from digests.analysis.incidents import IncidentMap
from digests.extract.incidents import main_incident
from digests.types import AccountMention, Aspect, Evidence, IncidentMention, Quote, Span, StoryArticle

# The rule of what is told of the course of things.
COURSE = "courses.told"
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Telling:
    """A clause of a statement, as an account with its voice, and the incident that its article is about."""

    clause: Clause
    said: Said
    incident_id: str | None


def find_courses(
    articles: Sequence[StoryArticle],
    incidents: IncidentMap,
    voice_of: Callable[[AccountMention, StoryArticle], str],
) -> list[tuple[str, list[Said], list[Said]]]:
    """What is told and what is told against it, with the id of the incident: "" where the story has none."""
    told = [
        telling
        for item in sorted(articles, key=lambda item: item.article.id)
        for telling in _tellings(item, incidents, voice_of)
    ]
    turning = [one for one in told if one.clause.key]
    plain = [one for one in told if not one.clause.key]
    # A long story holds thousands of clauses: only those that share a form with what is turned round can meet it.
    holding: dict[str, list[int]] = {}
    for index, one in enumerate(plain):
        for form in one.clause.values:
            holding.setdefault(form, []).append(index)
    pairs = [
        (one, plain[index])
        for one in turning
        for index in sorted({index for form in one.clause.key for index in holding.get(form, ())})
        if _may_meet(one, plain[index])
    ]
    contrary = [one for one in plain if one.clause.has_contrary]
    pairs += [(one, other) for one, other in itertools.combinations(contrary, 2) if _may_meet(one, other)]
    found: list[tuple[str, list[Said], list[Said]]] = []
    for against, told_so in _sides([pair for pair in pairs if contradict(pair[0].clause, pair[1].clause)]):
        sides = [[one.said for one in side] for side in (against, told_so)]
        if {one.voice for one in sides[0]}.isdisjoint(one.voice for one in sides[1]):
            known = [one.incident_id for one in (*against, *told_so) if one.incident_id]
            first = known[0] if known else next((one.id for one in incidents.incidents), "")
            found.append((first, sides[0], sides[1]))
    return found


def _tellings(
    item: StoryArticle, incidents: IncidentMap, voice_of: Callable[[AccountMention, StoryArticle], str]
) -> list[_Telling]:
    mentions = item.facts.incidents
    aside = {mention.sentence for mention in mentions if mention.is_background}
    incident = main_incident(mentions) if mentions else IncidentMention(kind="")
    return [
        _Telling(clause, Said(account, item, voice_of(account, item)), incidents.main_of(item.article.id))
        for quote in item.facts.quotes
        if quote.speaker is not None and quote.evidence.sentence not in aside
        for clause in clauses_of(item.article.text, quote)
        for account in [_account(item, quote, clause.span, incident)]
    ]


def _account(item: StoryArticle, quote: Quote, span: Span, incident: IncidentMention) -> AccountMention:
    return AccountMention(
        aspect=Aspect.COURSE,
        answer=item.article.text[span.start : span.end],
        normal="",
        claimant=quote.speaker,
        incident=incident,
        evidence=Evidence(
            article_id=item.article.id, span=span, sentence=quote.evidence.sentence, rule=COURSE
        ),
    )


def _may_meet(one: _Telling, other: _Telling) -> bool:
    """Whether two clauses are two voices' and may be of one incident."""
    if one.said.voice == other.said.voice or not _are_near(one.said.item, other.said.item):
        return False
    is_open = one.incident_id is None or other.incident_id is None
    return (
        is_open
        or one.incident_id == other.incident_id
        or are_one(one.said.account.incident, other.said.account.incident)
    )


def _are_near(one: StoryArticle, other: StoryArticle) -> bool:
    """Whether two articles are of one week: a trial a year later tells of another course."""
    ours, theirs = one.article.published, other.article.published
    return ours is None or theirs is None or abs(ours - theirs) <= _WEEK


def _sides(pairs: Sequence[tuple[_Telling, _Telling]]) -> list[tuple[list[_Telling], list[_Telling]]]:
    """The pairs joined where they have a clause in common, each as its two sides."""
    found: list[tuple[list[_Telling], list[_Telling]]] = []
    for one, other in pairs:
        near = next(
            (sides for sides in found if any(t in side for side in sides for t in (one, other))), None
        )
        if near is None:
            found.append(([one], [other]))
            continue
        first, second = near if one in near[0] or other in near[1] else (near[1], near[0])
        if one not in first:
            first.append(one)
        if other not in second:
            second.append(other)
    return found

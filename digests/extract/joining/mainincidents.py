"""Which incident an article is about, and which of the others are background or known before it was written.

Hides what marks a thing as older than the article: its day, its doer, words that take it as known, a court.

Stance: told first and no old news; words of casualties alone are no incident that an article is about.
"""

from __future__ import annotations

import datetime as dt
import functools
import re

from digests.extract.joining.clusters import Cluster
from digests.extract.joining.newness import LEAD, OLD_NEWS, is_past
from digests.extract.tellings.courts import is_tried
from digests.extract.tellings.likeness import actors_fit
from digests.extract.tellings.triggers import Form, lexicon
from digests.extract.tellings.views import Telling
from digests.text.document import Document

# Characters from a word of casualties to the verb that says that the toll went up.
_RISE_REACH = 140
# Characters from "the toll" to the incident that it is of.
_TOLL_REACH = 60
# Characters behind a trigger in which the next word stands, and before it in which somebody is charged with it.
_CASE_REACH, _CHARGE_REACH = 16, 30
# The same on both sides in which a court is told of.
_COURT_REACH = 200
_MARKS = ".,;:!?'\""


def main_cluster(clusters: list[Cluster], published: dt.date | None) -> Cluster:
    """The incident the article is about: told first, no old news; words of casualties alone are none."""
    fresh = [c for c in clusters if not c.is_other and not _is_old(c, published)] or clusters
    lead = [c for c in fresh if c.tellings[0].sentence < LEAD]
    solid = [c for c in lead if c.kind not in lexicon().words["weak_kinds"]] or lead or fresh
    return max(solid, key=lambda c: (_weight(c), -c.tellings[0].span.start))


def _is_old(cluster: Cluster, published: dt.date | None) -> bool:
    return published is not None and is_past(cluster.days, published)


def _weight(cluster: Cluster) -> float:
    early = sum(1.0 for t in cluster.tellings if t.sentence < LEAD)
    return early + (1.0 if cluster.tellings[0].sentence <= 1 else 0.0)


def is_background(cluster: Cluster, main: Cluster, published: dt.date | None) -> bool:
    if cluster.days is not None:
        if published is not None and cluster.days[1] < published - OLD_NEWS:
            return True
        if main.days is not None and cluster.days[1] < main.days[0]:
            return True
    different = actors_fit(cluster.actor, main.actor) is False
    return cluster.is_other or different


def is_retold(document: Document, cluster: Cluster) -> bool:
    """Whether an article's first words of an incident take it as known ("the ferry that sank"): older than its lead."""
    first = cluster.tellings[0]
    if first.is_definite or first.is_occasion or first.is_late:
        return True
    sentence = document.sentences[first.sentence]
    told = document.folded[first.span.start : min(sentence.end, first.span.start + _RISE_REACH)].casefold()
    if first.form is Form.TOLL and _tells_of_a_move(told):
        # "The number of people killed in the flood rose to 31, police said on Friday."
        return True
    if _is_of_a_toll(document, first, told) or _is_named_by(first, told):
        return True
    if any(_is_before_the_law(document, telling) for telling in cluster.tellings if telling.sentence < LEAD):
        return True
    if _is_followed_up(document, first):
        return True
    before = document.folded[max(0, first.span.start - 8) : first.span.start].casefold().split()
    return bool(before) and before[-1] in lexicon().words["demonstratives"] | {"which", "who"}


def _is_followed_up(document: Document, telling: Telling) -> bool:
    """Whether a sentence tells what somebody did about an incident: "The UN on Saturday condemned a strike", "visited
    the site of a blast"; the day is that of what was done."""
    sentence = document.sentences[telling.sentence]
    before = f"{document.folded[sentence.start : telling.span.start].casefold()} "
    return any(f" {phrase} " in before for phrase in lexicon().words["followed_up"])


def _is_of_a_toll(document: Document, telling: Telling, told: str) -> bool:
    """Whether an incident is named for its toll: "the number of people killed in a blast rose to 21", "raising the toll
    from a landslide to 27"."""
    if telling.form is not Form.NOUN:
        return False
    start = max(document.sentences[telling.sentence].start, telling.span.start - _TOLL_REACH)
    if _leads_to_toll().search(document.folded, start, telling.span.start):
        return True
    before = document.folded[start : telling.span.start].casefold().split()
    return _tells_of_a_move(told) and not lexicon().words["toll_heads"].isdisjoint(before)


def _is_named_by(telling: Telling, told: str) -> bool:
    """Whether a thing is named by what it did: "nine bodies from a ferry that sank"."""
    behind = told.split()[1:3]
    words = lexicon().words
    return (
        telling.form is Form.THING and behind[:1] in (["that"], ["which"]) and behind[-1] in words["hitting"]
    )


def _is_before_the_law(document: Document, telling: Telling) -> bool:
    """Whether a court or an inquiry deals with it already: "murder trial", "a man accused of the shooting"."""
    words, span, sentence = lexicon().words, telling.span, document.sentences[telling.sentence]
    behind = document.folded[span.end : min(sentence.end, span.end + _CASE_REACH)].casefold().split()
    before = document.folded[max(sentence.start, span.start - _CHARGE_REACH) : span.start]
    is_case = bool(behind) and behind[0].strip(_MARKS) in words["cases"]
    if is_case or not words["charges"].isdisjoint(before.casefold().split()):
        return True
    start, end = max(sentence.start, span.start - _COURT_REACH), min(sentence.end, span.end + _COURT_REACH)
    told = document.folded[start:end].casefold()
    return " in court " in told or is_tried(told.split())


@functools.cache
def _leads_to_toll() -> re.Pattern[str]:
    """A toll in front of what it is of; asked up to there."""
    return re.compile(r"\btoll (?:from|of|in) (?:[\w'.-]+ ){0,5}$")


def _tells_of_a_move(told: str) -> bool:
    """Whether words in small letters say where a toll has come to: it is older than they are."""
    return any(phrase in told for phrase in lexicon().words["rising"]) or bool(_reaching().search(told))


@functools.cache
def _reaching() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, lexicon().words["reaching"]))
    return re.compile(rf"\b(?:{verbs}) (?:[a-z]+ (?:[a-z]+ )?)?\d")

"""Which of the candidates become key facts: what several tell first, then what holds most of what everybody speaks of.

Theory: outlets with a style of their own share few sentences and yet many words: each tells of the curfew, the fake
tickets, the second arrest. A word that several voices use is a piece of the story; a sentence is worth the pieces that
the facts before it have not told (coverage of concepts, as in extractive summaries since Gillick and Favre 2009).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from digests.analysis.sentences.candidates import Candidate
from digests.analysis.sentences.leads import counts, is_of_past, is_outdated, tells_of_it
from digests.analysis.sentences.support import Sentences
from digests.analysis.sentences.told import Told

# Facts given; those that several voices tell come first and may be so many.
_MOST_FACTS, _MOST_SUPPORTED = 15, 13
# Likeness (share of the shorter sentence) from which two sentences are one fact, and the same of what they say beside
# the names; the latter, where one sentence of another report holds what both say.
_SAME_FACT, _SAME_ACT, _PART_OF_ONE = 0.45, 0.3, 0.1
# Likeness from which the sentences that open two reports are one fact: both say what the story is about. Some set a
# line in front of it.
_SAME_OPENING, _LAST_OPENING = 0.35, 1
# How hard a sentence is marked down for what others have told already, and the score below which it is no key fact.
_NOVELTY_POWER = 1.5
_LOWEST_SCORE = 0.05
# The same of an opening that no other report tells and no incident is told of: below it stood colour.
_LOWEST_OPENING = 0.1
# Sentences at the head of an article in which a single report's facts stand.
_ALONE_SENTENCES = 40
# The same where no incident is told of, as in politics, courts and sports: the openings say what it is about, and the
# sentences below them what was done, dated or counted.
_OPENING_SENTENCES, _NEWS_SENTENCES = 3, 10
# Those among them in which it need not be what others speak of, where the reports have anything in common.
_NEAR_SENTENCES = 6
# Words, names aside, that a first line shares with other reports which have no such sentence.
_LEAD_WORDS = 2
# What a sentence's own score and what it covers weigh; what of a word a name is, which a lead has told mostly.
_OWN_WORTH, _COVER_WORTH, _NAME = 0.7, 0.6, 0.6
# How much more an act or an account counts behind the lead than among what several tell: a regression over the
# sentences of forty stories gave them most of all signs.
_GAIN_WORTH = 3.0
# What is left of a sentence about something before the event, and of one that counts a part of the victims alone.
_PAST, _PART = 0.5, 0.5
# How length and place in the article lessen what a sentence covers.
_LENGTH_POWER, _FEWEST_COUNTED = 0.5, 8
_PLACE_POWER = 0.3
# What is left of what a sentence covers however it is worded, and where it says neither when nor how many.
_LEAST_WORDING, _UNTOLD = 0.05, 0.7


class Coverage:
    """The words that several voices of a story use, each worth more the rarer it is and the more voices use it."""

    def __init__(self, sentences: Sentences, voices: Mapping[str, str]) -> None:
        """Args:
        voices: The voice of each article, by its id.
        """
        telling: dict[str, set[str]] = {}
        for told in sentences.all:
            voice = voices[told.item.article.id]
            for term in told.terms:
                telling.setdefault(term, set()).add(voice)
        others = max(1, len(set(voices.values())) - 1)
        self._worth = {
            term: sentences.rarity(term) * (len(heard) - 1) / others
            for term, heard in telling.items()
            if len(heard) > 1
        }

    def touches(self, told: Told, *, words: int = 1) -> bool:
        """Whether a sentence says anything, names aside, that other voices speak of; so many words of it."""
        return sum(self._worth.get(term, 0.0) > 0 for term in told.terms - told.names) >= words

    def of(self, told: Told, known: Collection[str]) -> float:
        """What a sentence tells of the story that is not known yet, a short one's for a little more."""
        worths = (
            self._worth[term] * (_NAME if term in told.names else 1.0)
            for term in told.terms
            if term in self._worth and term not in known
        )
        return math.fsum(worths) / math.pow(max(_FEWEST_COUNTED, told.words), _LENGTH_POWER)


def may_lead(
    candidate: Candidate, weighed: Sequence[Candidate], sentences: Sentences, coverage: Coverage
) -> bool:
    """Whether a sentence may open a card where no incident is told of: several voices tell it, or the others speak of
    the same in other words and say nothing against it."""
    if len(candidate.voices) > 1:
        return True
    is_shared = coverage.touches(candidate.told, words=_LEAD_WORDS)
    return is_shared and not _is_contested(candidate, weighed, sentences)


def choose_facts(
    weighed: Sequence[Candidate],
    lead: Candidate | None,
    sentences: Sentences,
    coverage: Coverage,
    *,
    toll: int,
    kind: str | None,
) -> list[Candidate]:
    """The lead, the facts that several voices tell, then those that cover most of the rest; the scores fall.

    Args:
        toll: The last number of people killed in the main incident: what is behind it does not follow.
        kind: Of the main incident, where there is one.
    """
    chosen = _supported([c for c in weighed if len(c.voices) > 1], lead, sentences)
    near = _NEAR_SENTENCES if chosen else 0
    known = set[str]().union(*(c.told.terms for c in chosen))
    left = [
        c
        for c in weighed
        if _may_follow(c, kind, toll, coverage, near)
        and not any(_is_same(c, other, sentences) for other in chosen)
        and (kind is not None or not _is_contested(c, weighed, sentences))
    ]
    most = max((coverage.of(c.told, ()) for c in left), default=0.0) or 1.0
    least = chosen[-1].score if chosen else 1.0
    while left and len(chosen) < _MOST_FACTS:
        rated = [(_worth(c, known, sentences, coverage, most), c) for c in left]
        value, best = min(rated, key=lambda rc: (-rc[0], rc[1].told.position, rc[1].told.item.article.id))
        if value < (_LOWEST_SCORE if kind is not None else _LOWEST_OPENING):
            break
        least = min(least, value / (_COVER_WORTH + _OWN_WORTH))
        chosen.append(replace(best, score=least))
        known |= best.told.terms
        left = [c for c in left if c.told is not best.told and not _is_same(c, best, sentences)]
    return chosen


def _worth(
    candidate: Candidate, known: Collection[str], sentences: Sentences, coverage: Coverage, most: float
) -> float:
    """What a sentence adds to the facts before it: of its own score, and of what several voices speak of."""
    told = candidate.told
    score = min(1.0, candidate.score + (_GAIN_WORTH - 1) * candidate.gain)
    own = score * math.pow(sentences.novelty(told, known), _NOVELTY_POWER)
    wording = max(_LEAST_WORDING, 1 - candidate.cost) / math.pow(1 + 0.15 * told.position, _PLACE_POWER)
    if len(candidate.voices) < 2 and not tells_of_it(told) and not (known and counts(told)):
        # What nobody dates or counts has to be what others speak of.
        own, wording = 0.0, wording * _UNTOLD
    if is_of_past(told):
        own, wording = own * _PAST, wording * _PAST
    if told.figures and all(figure.part_of is not None for figure in told.figures):
        own *= _PART
    covered: float = wording * coverage.of(told, known) / most
    return _OWN_WORTH * own + _COVER_WORTH * covered


def _may_follow(candidate: Candidate, kind: str | None, toll: int, coverage: Coverage, near: int) -> bool:
    """Whether a sentence may follow what several tell: it is not out of date, nor far down in a single report."""
    told = candidate.told
    if kind is None:
        if told.position < _OPENING_SENTENCES:
            return True
        if told.position >= _NEWS_SENTENCES or not (tells_of_it(told) or counts(told)):
            return False
        return told.position < near or coverage.touches(told)
    if is_outdated(told, kind, toll):
        return False
    return len(candidate.voices) > 1 or told.position < _ALONE_SENTENCES


def _is_contested(candidate: Candidate, weighed: Sequence[Candidate], sentences: Sentences) -> bool:
    """Whether another report says much the same and yet something else: it denies it, or counts others."""
    return any(
        other.told.item is not candidate.told.item and sentences.contradicts(candidate.told, other.told)
        for other in weighed
    )


def _supported(
    candidates: Sequence[Candidate],
    lead: Candidate | None,
    sentences: Sentences,
) -> list[Candidate]:
    """The lead and then the best candidates in turn, each scored down by how much of it the ones before have told.

    The scores fall.
    """
    chosen: list[Candidate] = []
    told = set[str]()
    left = list(candidates)
    while (left or (lead and not chosen)) and len(chosen) < _MOST_SUPPORTED:
        left = [c for c in left if not chosen or not _is_same(c, chosen[-1], sentences)]
        rated = [replace(c, score=c.score * sentences.novelty(c.told, told) ** _NOVELTY_POWER) for c in left]
        best = min(rated, key=lambda c: (-c.score, c.told.position, c.told.item.article.id), default=None)
        if lead is not None and not chosen:
            best = replace(lead, score=max(lead.score, best.score if best else 0.0))
        if best is None or best.score < _LOWEST_SCORE:
            break
        left = [c for c in left if c.told != best.told]
        chosen.append(best)
        told |= best.told.terms
    return chosen


def _is_same(candidate: Candidate, other: Candidate, sentences: Sentences) -> bool:
    """Whether two sentences tell one fact: their words say so, or they rest on the same sentences.

    One sentence may tell what two others tell apart ("the union won the vote, and the premier conceded").
    """
    return _tells_same(candidate, other, sentences) and not sentences.is_other_news(
        candidate.told, other.told
    )


def _tells_same(candidate: Candidate, other: Candidate, sentences: Sentences) -> bool:
    likeness = sentences.likeness(candidate.told, other.told)
    is_opening = max(candidate.told.position, other.told.position) <= _LAST_OPENING
    adds = candidate.gain > other.gain or not candidate.told.numbers <= other.told.numbers
    is_other = candidate.told.item is not other.told.item
    if is_opening and is_other and likeness >= _SAME_OPENING and not adds:
        return True
    acts = sentences.likeness_of_acts(candidate.told, other.told)
    if likeness >= _SAME_FACT and acts >= _SAME_ACT:
        return True
    if acts < _PART_OF_ONE:
        return False
    mine = {(r.told.item.article.id, r.told.position) for r in candidate.retellings.values()}
    theirs = {(r.told.item.article.id, r.told.position) for r in other.retellings.values()}
    theirs.add((other.told.item.article.id, other.told.position))
    return len(mine & theirs) * 2 > len(mine)

"""Which sentences of a story's articles tell the same: the ground under key facts.

Stance: a false "three outlets say so" is worse than a missed one. Two sentences tell the same where most of what the
shorter one says stands in the longer one, at least two telling words among it, and where neither the numbers of dead
and injured nor a denial speaks against it.

Theory: in one story everybody names the same countries and people, so a word counts by how rare it is in general
*and* by how few sentences of this story hold it. Names of a country, its people and its capital are one word.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digests.analysis.days.clauses import role
from digests.analysis.sentences.terms import read_terms, read_words
from digests.analysis.sentences.told import Told, read_sentences
from digests.rules import pattern_yielding
from digests.text.document import fold
from digests.text.similarity import background_weight
from digests.types import Bounds, Figure, Measure, Span, StoryArticle

# Share of the shorter sentence's weight that the longer one must hold, and of the supported one's in any case: a
# bare "fire in Port Alder" does not support "man charged over fire in Port Alder".
_SHORTER_AT = 0.5
_OWN_AT = 0.3
# The same where they share one statement among others.
_OWN_CLAUSE_AT = 0.2
# Words below which a sentence is a scrap of a headline and supports nothing.
_FEWEST_WORDS = 5
# Weight from which a shared word tells something (a rare word in a few of the story's sentences), and how many.
_TELLING_WEIGHT = 2.5
# Weight from which a shared word leads to a sentence at all; as many are needed.
_COUNTED_WEIGHT = 1.0
# What summing in another order may change.
_ROUNDING = 1e-9
_TELLING_WORDS = 2
# Share of the shorter sentence's names, and of the weight of the other words, that both must hold: the same people
# doing something else is another fact.
_NAMES_AT = 0.5
_ACTS_AT = 0.33
# A country is named in every tenth report or so, like the everyday words of a newsroom.
_COUNTRY_WEIGHT = 3.0
# Two long sentences may share one statement among others: telling words within so many words of each other in both,
# of so much weight together. It counts as so much likeness.
_CLAUSE_WORDS = 8
_CLAUSE_WEIGHT = 13.0
_CLAUSE_SHARE = 0.4
# Sentences from which it tells how few of them hold a word: in three lines every word that two share is common.
_FEW_SENTENCES = 40
# Articles of one story that are read: enough for a card, bounded for an affair.
_MAX_ARTICLES = 150
# Terms from which a sentence's news can be told from another's, and the share of them below which it is other news.
_FEWEST_OF_NEWS, _OTHER_NEWS = 3, 0.3
# Likeness from which sentences tell the same all the same, though a day in one of them is another.
_RETOLD = 0.7
_WEEK = 7
# Counts that go up and down while an event goes on.
_CHANGING = frozenset({Measure.MISSING, Measure.RESCUED, Measure.DETAINED, Measure.DISPLACED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Retelling:
    """The sentence of another article that tells the same, and how much of it (0 to 1)."""

    told: Told
    share: float


class News(NamedTuple):
    """What of a sentence is its news: the characters that it takes, its terms, the figures in it and the days on which
    it was done, not said."""

    end: int
    terms: frozenset[str]
    figures: tuple[Figure, ...]
    days: frozenset[dt.date]


class Sentences:
    """All sentences of a story, indexed by their words.

    Args:
        articles: The story's articles, oldest first; beyond a bound the first and the last ones are read.
    """

    def __init__(self, articles: Sequence[StoryArticle]) -> None:
        if len(articles) > _MAX_ARTICLES:
            articles = [*articles[: _MAX_ARTICLES // 2], *articles[-_MAX_ARTICLES // 2 :]]
        self.all: tuple[Told, ...] = tuple(told for item in articles for told in read_sentences(item))
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, told in enumerate(self.all):
            for term in told.places:
                self._with[term].append(number)
        # The last words of names whose first word nobody writes small: "Hanna Toll", but not "Interior Ministry".
        small = {term for told in self.all for term in told.small}
        self._people = {last for told in self.all for first, last in told.full_names if first not in small}
        self._weights = {term: self._weigh_term(term) for term in self._with}
        self._sizes = [self.weigh(told.terms) for told in self.all]
        self._act_sizes = [self.weigh(told.terms - told.names) for told in self.all]
        self._headlines = _headlines(articles)
        self._news: dict[int, News] = {}
        self._number_of = {id(told): number for number, told in enumerate(self.all)}

    def _weigh_term(self, term: str) -> float:
        """How much a word tells in this story."""
        among = max(len(self.all), _FEW_SENTENCES)
        rarity = math.log((among + 1) / (len(self._with[term]) + 0.5)) / math.log(among + 2)
        return _plain_weight(term) * math.sqrt(max(0.0, rarity))

    def weigh(self, terms: Iterable[str]) -> float:
        """How much words of the story tell together; summed exactly, so that their order does not matter."""
        return math.fsum(map(self._weights.__getitem__, terms))

    def likeness(self, first: Told, second: Told) -> float:
        """Share of the shorter sentence that the longer one tells too, 0 to 1.

        Words count by how rare they are in general: in a list of facts a second sentence on the main event is one
        too many, although all the story speaks of it.
        """
        smaller = min(_plain_sum(first.terms), _plain_sum(second.terms))
        return _plain_sum(first.terms & second.terms) / smaller if smaller else 0.0

    def likeness_of_acts(self, first: Told, second: Told) -> float:
        """The same of what they say beside the names; 1 where one of them says nothing else."""
        mine, theirs = first.terms - first.names, second.terms - second.names
        smaller = min(_plain_sum(mine), _plain_sum(theirs))
        return _plain_sum((mine & theirs) - first.names - second.names) / smaller if smaller else 1.0

    def novelty(self, told: Told, known: Collection[str]) -> float:
        """Share of a sentence's words, by how rare they are in general, that are not known yet: 0 to 1."""
        whole = _plain_sum(told.terms)
        return _plain_sum(told.terms.difference(known)) / whole if whole else 0.0

    def news(self, told: Told) -> News:
        """What a sentence tells before it says what that belongs to: "The bloc suspended Alder" of "..., a day after
        soldiers took power there"."""
        if id(told) not in self._news:
            folded = fold(told.text)
            tie = pattern_yielding("key_facts", "tie_back").search(folded)
            end = tie.start() if tie else len(folded)
            terms = told.terms
            if tie:
                words = len(read_words(folded, Span(start=0, end=end))[0])
                terms = frozenset(term for term, place in told.places.items() if place < words)
            figures = tuple(f for f in told.figures if f.evidence.span.start - told.span.start < end)
            self._news[id(told)] = News(end, terms, figures, _days(told, folded, end))
        return self._news[id(told)]

    def is_other_news(self, told: Told, other: Told) -> bool:
        """Whether a sentence's news is not in another one, which only tells what it belongs to, or was done on another
        day."""
        news = self.news(told)
        if len(news.terms) < _FEWEST_OF_NEWS or any(_alike(figure, other.figures) for figure in news.figures):
            return False
        if _are_other_days(news.days, self.news(other).days) and self.likeness(told, other) < _RETOLD:
            return True
        return _plain_sum(news.terms & other.terms) < _OTHER_NEWS * _plain_sum(news.terms)

    def rarity(self, term: str) -> float:
        """How much a word tells anywhere: by how rare it is in general."""
        return _plain_weight(term)

    def headed(self, told: Told) -> float:
        """How much of what the headlines say a sentence says, 0 to 1: a word counts as often as it stands in one."""
        whole = math.fsum(self._headlines.values())
        said = math.fsum(self._headlines.get(term, 0.0) for term in sorted(told.terms))
        return said / whole if whole else 0.0

    def retellings(self, told: Told) -> dict[str, Retelling]:
        """Article id to the sentence of that article that tells the same best; only other articles.

        Args:
            told: One of `all`.
        """
        best: dict[str, Retelling] = {}
        mine = self._number_of[id(told)]
        for number in self._candidates(mine):
            other = self.all[number]
            if other.item.article.id == told.item.article.id:
                continue
            share = self._share(mine, number)
            known = best.get(other.item.article.id)
            if share and (known is None or share > known.share):
                best[other.item.article.id] = Retelling(told=other, share=share)
        return best

    def _candidates(self, mine: int) -> list[int]:
        """The sentences that may hold enough of one, in order.

        Its commonest words, as many as together are too few, lead to nothing that the others do not lead to: their
        long lists are not walked.
        """
        told, wanted = self.all[mine], _OWN_CLAUSE_AT * self._sizes[mine] - _ROUNDING
        left, shared = 0.0, dict[int, float]()
        for term in sorted(told.terms, key=lambda term: (-len(self._with[term]), term)):
            weight = self._weights[term]
            if left + weight < wanted:
                left += weight
                continue
            for number in self._with[term]:
                shared[number] = shared.get(number, 0.0) + weight
        telling = {term for term in told.terms if self._weights[term] >= _COUNTED_WEIGHT}
        return [
            number
            for number in sorted(number for number, weight in shared.items() if weight + left >= wanted)
            if len(telling & self.all[number].terms) >= _TELLING_WORDS
        ]

    def _share(self, mine: int, theirs: int) -> float:
        """How much of the shorter of two sentences both tell, 0 to 1; 0 where they do not tell the same."""
        told, other = self.all[mine], self.all[theirs]
        size, other_size = self._sizes[mine], self._sizes[theirs]
        if told.denies != other.denies or other.words < _FEWEST_WORDS:
            return 0.0
        common = (told.terms & other.terms) - self._namesakes(told, other) - (told.credited & other.credited)
        weight, smaller = self.weigh(common), min(size, other_size)
        if weight < _OWN_CLAUSE_AT * size or not _numbers_agree(told, other):
            return 0.0
        if weight >= _OWN_AT * size and weight >= _SHORTER_AT * smaller:
            shorter = told if size <= other_size else other
            if self._is_whole(common, mine, theirs) and len(common & shorter.names) >= _NAMES_AT * len(
                shorter.names
            ):
                return weight / smaller
        return _CLAUSE_SHARE if self._shares_clause(common, told, other) else 0.0

    def contradicts(self, told: Told, other: Told) -> bool:
        """Whether two sentences tell of the same and one of them denies it, or counts otherwise.

        Names alone are not the same: "the mayor appealed" says nothing against "the mayor was sentenced".
        """
        if told.denies == other.denies and not _numbers_differ(told, other):
            return False
        mine, theirs = self._number_of[id(told)], self._number_of[id(other)]
        common = (told.terms & other.terms) - self._namesakes(told, other)
        smaller = min(self._sizes[mine], self._sizes[theirs])
        return self.weigh(common) >= _SHORTER_AT * smaller and self._is_whole(common, mine, theirs)

    def _namesakes(self, told: Told, other: Told) -> frozenset[str]:
        """Words that are a person's name in one sentence alone ("Hanna Toll" and "the toll rose")."""
        crossed = (told.capitals & other.small) | (told.small & other.capitals)
        return (crossed & self._people) - (told.capitals & other.capitals)

    def _is_whole(self, common: frozenset[str], mine: int, theirs: int) -> bool:
        """Whether enough telling words are shared, and not the names alone."""
        acts = common - self.all[mine].names - self.all[theirs].names
        fewest = min(self._act_sizes[mine], self._act_sizes[theirs])
        telling = sum(self._weights[term] >= _TELLING_WEIGHT for term in common)
        return telling >= _TELLING_WORDS and bool(acts) and self.weigh(acts) >= _ACTS_AT * fewest

    def _shares_clause(self, common: frozenset[str], told: Told, other: Told) -> bool:
        """Whether two long sentences share one statement: telling words that stand close together in both."""
        names = told.names | other.names
        telling = {t for t in common if t not in names and self._weights[t] >= _TELLING_WEIGHT}
        if len(telling) < _TELLING_WORDS or self.weigh(common) < _CLAUSE_WEIGHT - _ROUNDING:
            return False
        ordered = sorted(common, key=lambda term: (told.places[term], term))
        for first in ordered:
            near = [
                term
                for term in ordered
                if 0 <= told.places[term] - told.places[first] <= _CLAUSE_WORDS
                and abs(other.places[term] - other.places[first]) <= _CLAUSE_WORDS
            ]
            acts = [term for term in near if term in telling]
            if len(acts) >= _TELLING_WORDS and len(near) > len(acts) and self.weigh(near) >= _CLAUSE_WEIGHT:
                return True
        return False


def _headlines(articles: Sequence[StoryArticle]) -> dict[str, float]:
    """The words of headlines with what each weighs there."""
    worths: dict[str, float] = defaultdict(float)
    for item in articles:
        if item.copy_of is None and item.article.title:
            folded = fold(item.article.title)
            span = Span(start=0, end=len(folded))
            for term in read_terms(folded, span, read_words(folded, span)[0]).places:
                worths[term] += _plain_weight(term)
    return dict(worths)


def _plain_weight(term: str) -> float:
    return _COUNTRY_WEIGHT if term.startswith("@") else background_weight(term)


def _plain_sum(terms: Iterable[str]) -> float:
    return math.fsum(map(_plain_weight, terms))


def _days(told: Told, folded: str, end: int) -> frozenset[dt.date]:
    """The days in a sentence's news but for those of words: "sank on Monday", not "said on Monday"."""
    found = set[dt.date]()
    for mention in told.item.facts.dates:
        at = mention.evidence.span.start - told.span.start
        is_in = 0 <= at < end and mention.names_day
        if is_in and mention.first is not None and not role("saying").search(folded[:at]):
            found.add(mention.first)
    return frozenset(found)


def _are_other_days(mine: Collection[dt.date], theirs: Collection[dt.date]) -> bool:
    """Whether two sentences were done on other days; whole weeks apart may be one weekday that was put wrongly."""
    return bool(mine) and bool(theirs) and all((a - b).days % _WEEK for a in mine for b in theirs)


def _numbers_agree(told: Told, other: Told) -> bool:
    """Whether the other sentence holds what this one counts, and other numbers, if any, are not all other.

    A count of people needs its like in the other sentence or else in its article; who is still missing may change.
    """
    if told.numbers and other.numbers and told.numbers.isdisjoint(other.numbers):
        return False
    for figure in told.figures:
        same = _alike(figure, other.figures) or _alike(figure, other.item.facts.figures)
        if not any(_bears_out(f.bounds, figure.bounds) for f in same):
            if (
                figure.measure in _CHANGING
                and told.item.article.published_on != other.item.article.published_on
            ):
                continue
            return False
    return True


def _numbers_differ(told: Told, other: Told) -> bool:
    """Whether two sentences give other numbers, or count the same people otherwise."""
    if told.numbers and other.numbers and told.numbers.isdisjoint(other.numbers):
        return True
    return any(
        not any(figure.bounds.meets(f.bounds) for f in same)
        for figure in told.figures
        if (same := _alike(figure, other.figures))
    )


def _bears_out(said: Bounds, claim: Bounds) -> bool:
    """Whether who counts `said` also says `claim`: 19 dead are at least 14, but "at least 19" are not 23."""
    if not said.meets(claim):
        return False
    if said.is_vague or claim.is_vague or said.approximate or claim.approximate or said.low == claim.low:
        return True
    return claim.high is None or (said.high is not None and said.high <= claim.high)


def _alike(figure: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """The figures that count the same people the same way."""
    return [f for f in figures if f.measure == figure.measure and f.group == figure.group]

"""What two articles tell alike: how well a day fits an undated one by what the others tell of the same days.

Theory: a weekday comes back every week, and what happened on it does not. Where an undated article tells on "Saturday"
what another tells of the 18th, its Saturday is the 18th.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterable

from digests.analysis.days.signs import WEEKDAY
from digests.analysis.days.terms import telling_terms
from digests.extract.times.tense import Tense, tense_at
from digests.text.document import fold
from digests.text.similarity import background_weight
from digests.types import StoryArticle

# Share of the smaller sentence that two have in common, the least weight of that, and the terms.
_SHARE, _WEIGHT, _TERMS = 0.3, 6.0, 2
# How much one sentence that is wholly told again adds to a day.
_ECHO = 6.0
# Sentences of a day that are compared.
_MOST = 40
# Characters of a sentence that is read as one.
_MAX_SENTENCE = 900


class Echoes:
    """The dated sentences of a story's dated articles."""

    def __init__(self, items: Iterable[StoryArticle]) -> None:
        self._told: dict[dt.date, list[frozenset[str]]] = {}
        self._counts: Counter[str] = Counter()
        self._total = 0
        self._read: dict[str, list[tuple[int, bool, frozenset[str]]]] = {}
        for item in items:
            self.add(item)

    def add(self, item: StoryArticle) -> None:
        """Takes in an article whose day is known."""
        text = item.article.text
        for mention in item.facts.dates:
            if mention.first is None or not mention.names_day:
                continue
            sentence = mention.evidence.sentence
            told = self._told.setdefault(mention.first, [])
            if sentence.end - sentence.start <= _MAX_SENTENCE and len(told) < _MOST:
                terms, _ = telling_terms(fold(text[sentence.start : sentence.end]))
                told.append(terms)
                self._counts.update(terms)
                self._total += 1

    def of(self, item: StoryArticle) -> Callable[[dt.date], float] | None:
        """By what factor a day fits an undated article better for what others tell of its weekdays."""
        told = self._weekdays_of(item)
        if not told:
            return None
        known: dict[tuple[int, dt.date], float] = {}

        def factor(day: dt.date) -> float:
            score = 1.0
            for number, (weekday, is_ahead, terms) in enumerate(told):
                gap = (weekday - day.isoweekday()) % 7 if is_ahead else -((day.isoweekday() - weekday) % 7)
                meant = day + dt.timedelta(days=gap)
                if (number, meant) not in known:
                    known[number, meant] = max(
                        (self._share(terms, o) for o in self._told.get(meant, ())), default=0.0
                    )
                score *= 1.0 + _ECHO * known[number, meant]
            return score

        return factor

    def days_told(self, item: StoryArticle, before: dt.date) -> set[dt.date]:
        """The days before one of which the others tell what an undated article tells of that weekday."""
        told = self._weekdays_of(item)
        return {
            day
            for day in self._told
            if day < before
            for weekday, is_ahead, terms in told
            if weekday == day.isoweekday() and not is_ahead
            if any(self._share(terms, others) for others in self._told[day])
        }

    def _weekdays_of(self, item: StoryArticle) -> list[tuple[int, bool, frozenset[str]]]:
        if item.article.id not in self._read:
            self._read[item.article.id] = _weekday_sentences(item)
        return self._read[item.article.id]

    def _share(self, first: frozenset[str], second: frozenset[str]) -> float:
        common = first & second
        if len(common) < _TERMS:
            return 0.0
        weight = math.fsum(map(self._weight, common))
        smaller = min(math.fsum(map(self._weight, first)), math.fsum(map(self._weight, second)))
        share = weight / smaller if smaller else 0.0
        return share if weight >= _WEIGHT and share >= _SHARE else 0.0

    def _weight(self, term: str) -> float:
        rarity = math.log((self._total + 1) / (self._counts[term] + 0.5)) / math.log(self._total + 2)
        return (4.0 if term.startswith("@") else background_weight(term)) * math.sqrt(max(0.05, rarity))


def _weekday_sentences(item: StoryArticle) -> list[tuple[int, bool, frozenset[str]]]:
    """The sentences of an article that name a weekday: its number, whether it is ahead, and the words that tell."""
    text = item.article.text
    folded = fold(text)
    told: list[tuple[int, bool, frozenset[str]]] = []
    for mention in item.facts.dates:
        found, sentence = WEEKDAY.match(mention.value), mention.evidence.sentence
        if found is None or sentence.end - sentence.start > _MAX_SENTENCE:
            continue
        is_ahead = tense_at(folded, sentence, mention.evidence.span) is Tense.FUTURE
        terms, _ = telling_terms(folded[sentence.start : sentence.end])
        told.append((int(found[1]), is_ahead, terms))
    return told

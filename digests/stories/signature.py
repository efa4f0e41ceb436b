"""What clustering knows of an article: its words by weight, which of them are names, where its opening is set, and
what it is about.

Stance: a word is a name by how the text writes it, not by a list; a place is one that the gazetteer knows. A number
to call and a notice of rights tell of the newsroom, not of the news, and are the rarest words of a page.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from digests.rules import load_rules
from digests.rules.gazetteer import NameKind, find_names, look_up
from digests.stories.cases import find_people, is_case
from digests.stories.happening import Happening, find_happening
from digests.stories.particulars import find_particulars
from digests.text.document import fold
from digests.text.similarity import background_weight, find_words, telling_stems
from digests.types import Article, Facts

# Terms kept of an article: the most frequent and rarest. Long reports have several hundred; beyond about a hundred
# they add noise and memory (measured: no gain from 80 to all).
_MAX_TERMS = 100
# Words of headline and opening that count twice: a newsroom says there what it is about.
_LEAD_WORDS = 60
# Characters of a text whose places count as where it is set: a first paragraph or two.
_OPENING = 500
# What a sentence begins behind; a capital there tells nothing.
_ENDS = '.?!:\n"'
# Letters of a word whose capital tells about a headline, and the share of such words from which it is in title case.
_LONG_WORD, _TITLE_CASE_AT = 4, 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What clustering knows of an article: enough to compare it without its text.

    `terms` are (stem, count) of headline and text, `lead` those of headline and opening, `names` the stems that are
    written as names, `places` the countries ("PE") and cities ("PE/Lima") that headline and opening name, `people`
    who is named in full; all in order. `happening` is what the article is about, `is_case` whether it is a matter of
    the police, `particulars` what then tells it from the next one (`digests.stories.particulars`).
    """

    article_id: str
    day: dt.date | None
    terms: tuple[tuple[str, int], ...]
    lead: tuple[tuple[str, int], ...]
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    happening: Happening | None = None
    people: tuple[str, ...] = ()
    is_case: bool = False
    particulars: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Values that JSON can hold, for the store; `from_json` gives the same signature back."""
        return {
            "article_id": self.article_id,
            "day": self.day.isoformat() if self.day else None,
            "terms": self.terms,
            "lead": self.lead,
            "names": self.names,
            "places": self.places,
            "happening": self.happening.to_json() if self.happening else None,
            "people": self.people,
            "is_case": self.is_case,
            "particulars": self.particulars,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Signature:
        """Raises KeyError, TypeError or ValueError for anything that `to_json` did not write."""
        return cls(
            article_id=str(data["article_id"]),
            day=dt.date.fromisoformat(data["day"]) if data["day"] else None,
            terms=tuple((str(term), int(count)) for term, count in data["terms"]),
            lead=tuple((str(term), int(count)) for term, count in data["lead"]),
            names=tuple(str(term) for term in data.get("names", ())),
            places=tuple(str(place) for place in data.get("places", ())),
            happening=Happening.from_json(data["happening"]) if data.get("happening") else None,
            people=tuple(str(name) for name in data.get("people", ())),
            is_case=bool(data.get("is_case", False)),
            particulars=tuple(str(one) for one in data.get("particulars", ())),
        )


def make_signature(article: Article, facts: Facts) -> Signature:
    """The signature of an article. An empty text gives one that is like nothing."""
    title = article.title or ""
    folded = _blank(fold(article.text if article.text.startswith(title) else f"{title}\n{article.text}"))
    found = find_words(folded)
    stems = list(telling_stems([word for word, _ in found]))
    words = list(filter(None, stems))
    counts = Counter(words)
    kept = list(counts)
    if len(kept) > _MAX_TERMS:
        said = sorted((-count * background_weight(term), term) for term, count in counts.items())
        kept = [term for _, term in said[:_MAX_TERMS]]
    places = tuple(sorted(_opening_places(title, facts)))
    of_police = is_case(words[:_LEAD_WORDS])
    names = _names(folded, 0 if _in_sentence_case(title) else len(title), found, stems)
    return Signature(
        article_id=article.id,
        day=article.published_on or (article.published.date() if article.published else None),
        terms=tuple([(term, counts[term]) for term in sorted(kept)]),
        lead=tuple(sorted(Counter(words[:_LEAD_WORDS]).items())),
        names=tuple(sorted(names.intersection(kept))),
        places=places,
        happening=find_happening(article, facts, places),
        people=find_people(folded, found, names, _place_words(facts)),
        is_case=of_police,
        particulars=find_particulars(folded) if of_police else (),
    )


def _place_words(facts: Facts) -> set[str]:
    return {word for mention in facts.places for word in mention.name.lower().split()}


def _blank(folded: str) -> str:
    """The text with blanks for what stands under many reports of an outlet: how to reach whom, and whose it is."""
    for rule in load_rules("similarity").rules:
        may_match = any(part in folded for part in rule.yields.get("holds", ("",)))
        if rule.yields["role"] == "furniture" and may_match:
            folded = rule.pattern.sub(lambda match: " " * len(match[0]), folded)
    return folded


def _names(folded: str, start: int, found: Iterable[tuple[str, int]], stems: Iterable[str]) -> set[str]:
    """Stems that are written with a capital inside a sentence, and nowhere without one.

    Args:
        folded: Headline and text.
        start: Where capitals begin to tell.
        found: The words with their offsets.
        stems: The stem of each, "" for those that tell nothing.
    """
    lower, upper = set(), set()
    for (word, at), term in zip(found, stems, strict=True):
        if not term:
            continue
        if not word[0].isupper():
            lower.add(term)
        elif term not in upper and at > start and folded[max(0, at - 2) : at].rstrip(" ")[-1:] not in _ENDS:
            upper.add(term)
    return upper - lower


def _in_sentence_case(title: str) -> bool:
    """Whether capitals in a headline mark names."""
    words = [word for word in title.split() if len(word) >= _LONG_WORD and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) <= _TITLE_CASE_AT * len(words)


def _opening_places(title: str, facts: Facts) -> set[str]:
    """Countries and cities named in the headline or the opening."""
    names = [match.name for match in find_names(fold(title))]
    for mention in facts.places:
        if mention.evidence.span.start < _OPENING and (name := look_up(mention.canonical)) is not None:
            names.append(name)
    cities = {f"{name.country}/{name.canonical}" for name in names if name.kind is NameKind.CITY}
    return cities | {name.country for name in names}

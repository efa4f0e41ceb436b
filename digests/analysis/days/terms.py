"""The words by which a sentence is told from others: `telling_terms`."""

from __future__ import annotations

import functools

from digests.rules import load_rules
from digests.rules.gazetteer import STATE_KINDS, find_names
from digests.text.similarity import find_words, stem, stop_words


def telling_terms(folded: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems that tell, with a country, its people and its capital as one ("@PK"), and the names among them."""
    stops = stop_words()
    places = {
        match.span.start: (match.span.end, f"@{match.name.country}")
        for match in find_names(folded)
        if match.name.kind in STATE_KINDS
    }
    terms = {term for _, term in places.values()}
    names = set(terms)
    covered = 0
    calendar, unsure = _calendar_words(), load_rules("dates").words["unsure"]
    for word, at in find_words(folded):
        covered = max(covered, places[at][0]) if at in places else covered
        plain = word.lower().removesuffix("'s")
        if at < covered or len(word) < 3 or plain in stops or plain.isdigit():
            continue
        if plain in calendar and not (plain in unsure and word.islower()):
            # "They march in March".
            continue
        root = stem(word)
        terms.add(root)
        if word[0].isupper() and at:
            names.add(root)
    return frozenset(terms), frozenset(names)


@functools.cache
def _calendar_words() -> frozenset[str]:
    words = load_rules("dates").words
    return frozenset(words["weekday"]) | frozenset(words["month"]) | frozenset(words["part"])

"""A story as its articles tell it: headline, days, copies, voices, and the words by which it is filtered.

Stance: a story is told anew with each report that joins it, so what one article adds to it is worked out once and
remembered; only the fresh ones are held against the others.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from digests.stories.copies import count_voices, find_copies
from digests.stories.titles import choose_title
from digests.text.document import fold
from digests.text.similarity import just_words, stem, stop_words
from digests.types import Article, Story

# Articles of a story that are all compared with each other when one arrives; beyond that, only those around it.
_COMPARED = 40
# Words that tell what a story is about, for filters.
_KEYWORDS = 12
# Headlines whose words are remembered.
_REMEMBERED = 8192


def describe_story(
    story_id: str,
    articles: Sequence[Article],
    *,
    known_copies: Mapping[str, str] | None = None,
    fresh: Collection[str] | None = None,
) -> Story:
    """A story from its articles, in any order: its title, days, copies and voices.

    Args:
        story_id: Passed through.
        articles: All of them.
        known_copies: Copy to original, as found before, among those that are not `fresh`.
        fresh: Ids of the articles that are new or changed; none given: all are.
    """
    ordered = sorted(articles, key=lambda a: (a.published.isoformat() if a.published else "9999", a.id))
    known = dict(known_copies or {})
    compared = ordered if fresh is None else _to_compare(ordered, fresh)
    found = known | find_copies(compared, known=known, fresh=fresh)
    # What was an original may repeat a text that came now.
    copies = {copy: found.get(original, original) for copy, original in found.items()}
    days = [article.published for article in ordered if article.published]
    return Story(
        id=story_id,
        title=choose_title(ordered),
        article_ids=tuple(article.id for article in ordered),
        first_published=min(days, default=None),
        last_published=max(days, default=None),
        keywords=find_keywords(ordered),
        voices=count_voices(ordered, copies),
        copies=tuple(sorted(copies.items())),
    )


def _to_compare(ordered: Sequence[Article], fresh: Collection[str]) -> list[Article]:
    """The articles among which copies are looked for: the fresh ones and, in a large story, those around them.

    A text is reprinted within days; comparing each arrival with a whole affair of months would cost more every day.
    """
    if len(ordered) <= _COMPARED:
        return list(ordered)
    places = [place for place, article in enumerate(ordered) if article.id in fresh]
    wanted: set[int] = set()
    for place in places:
        wanted.update(range(max(0, place - _COMPARED // 2), min(len(ordered), place + _COMPARED // 2 + 1)))
    return [ordered[place] for place in sorted(wanted)]


def find_keywords(articles: Sequence[Article]) -> tuple[str, ...]:
    """The words that most of the headlines share, the most frequent first, each as it is first written."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for article in articles:
        headline = _read(article.title or "")
        for term, word in headline.telling:
            written.setdefault(term, word)
        counts.update(headline.terms & written.keys())
    ranked = sorted(counts, key=lambda term: (-counts[term], term))[:_KEYWORDS]
    return tuple(written[term] for term in ranked)


class _Headline(NamedTuple):
    """The stems of a headline, and those of its words that tell something, each as it is first written."""

    terms: frozenset[str]
    telling: tuple[tuple[str, str], ...]


@functools.lru_cache(maxsize=_REMEMBERED)
def _read(title: str) -> _Headline:
    stops = stop_words()
    words = just_words(fold(title))
    telling: dict[str, str] = {}
    for word in words:
        if len(word) > 2 and word.lower() not in stops:
            telling.setdefault(stem(word), word)
    return _Headline(frozenset(map(stem, words)), tuple(telling.items()))

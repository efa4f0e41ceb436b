"""The headline of a story: an outlet's own words, the ones that say most with least colour.

Stance: never write a headline. A dull one that tells beats a sharp one that judges; opinion, live pages and
questions come last and are taken only where there is nothing else.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from collections.abc import Mapping, Sequence

from digests.rules import load_rules
from digests.text.document import fold
from digests.text.heads import head_length
from digests.text.numbers import may_begin_amount
from digests.text.sentences import split_sentences
from digests.text.similarity import find_terms, just_words, normalise, stop_words, weigh
from digests.types import Article

# What a mark costs, in likeness (0 to 1) to what the story's headlines and openings say; harm done gains.
_COST = {"opinion": 1.0, "live": 0.8, "question": 0.6, "feature": 0.5, "label": 0.3, "harm": -0.25}
_COLOUR_COST = 0.12
_EXCLAMATION_COST = 0.3
_QUOTED_COST = 0.06
# Somebody's words in front make a headline a scene; it seldom says first what happened.
_SPOKEN_FIRST_COST = 0.1
_ALL_CAPITALS_COST = 0.1
# A headline shorter than this many words says too little, one longer is a sentence.
_FEW_WORDS, _MANY_WORDS = 6, 18
_LENGTH_COST = 0.05
# A count in a headline may have been left behind by later reports: what each day before the last one costs, and how
# many days count.
_STALE_COST, _STALE_MOST = 0.1, 2
# Words of a text that tell what it is about.
_OPENING_WORDS = 60
_OPENING = 4_000
_TITLE_OF_TEXT_LIMIT = 150
# Characters in which the opening sentence is looked for.
_MOST_OPENING = 1_000
# Headlines whose words are remembered, and openings with them; one of these takes nine kilobytes.
_REMEMBERED, _REMEMBERED_OPENINGS = 8192, 2048
_QUOTED = re.compile(r"['\"]\w")


def choose_title(articles: Sequence[Article]) -> str:
    """The best headline among the articles of one story.

    Without any headline, the best of the sentences that open their texts, a long one cut at a word; "" for no
    articles.
    """
    ordered = sorted(articles, key=_age)
    titled = [(article, title) for article in ordered if (title := _plain(article.title))]
    titled = titled or [(article, _opening(article.text[:_OPENING])) for article in ordered]
    if len(titled) < 2:
        return titled[0][1] if titled else ""
    about = _centre(ordered)
    newest = max((article.published for article in ordered if article.published), default=None)

    def rate(pair: tuple[Article, str]) -> float:
        article, title = pair
        cost = _staleness(article, newest) if _has_number(title) else 0.0
        return score_title(title, about) - cost

    return max(titled, key=rate)[1]


def _staleness(article: Article, newest: dt.datetime | None) -> float:
    """What a count in an article's headline costs for its age; one of no known day may be a day behind."""
    if newest is None:
        return 0.0
    days = (newest - article.published).days if article.published else 1
    return _STALE_COST * min(days, _STALE_MOST)


# What is remembered here is asked again with each report that joins a story.
@functools.lru_cache(maxsize=_REMEMBERED)
def _has_number(title: str) -> bool:
    """Whether a headline counts something: "14 dead", "Nine hurt"."""
    stops = stop_words()
    return any(
        may_begin_amount(word.lower()) and word.lower() not in stops for word in just_words(fold(title))
    )


def score_title(title: str, about: Mapping[str, float]) -> float:
    """How well a headline tells what a story is about, less what its wording costs; above 1 is impossible.

    Args:
        title: The headline.
        about: The story as a vector of length 1.
    """
    terms, cost = _wording(title)
    told = sum([about.get(term, 0.0) for term in terms])
    return told / math.sqrt(max(4, len(terms))) - cost


@functools.lru_cache(maxsize=_REMEMBERED)
def _wording(title: str) -> tuple[tuple[str, ...], float]:
    """The stems of a headline, each once, in order, and what its wording costs."""
    folded = fold(title)
    words = just_words(folded)
    cost = sum(_COST[mark] for mark in _marks(folded))
    cost += _COLOUR_COST * len(_colour().findall(folded))
    cost += _SPOKEN_FIRST_COST * folded.lstrip().startswith(("'", '"'))
    cost += _EXCLAMATION_COST * ("!" in folded) + _QUOTED_COST * bool(_QUOTED.search(folded))
    cost += _ALL_CAPITALS_COST * folded.isupper()
    cost += _LENGTH_COST * (max(0, _FEW_WORDS - len(words)) + max(0, len(words) - _MANY_WORDS))
    return tuple(sorted(set(find_terms(folded)))), cost


def _age(article: Article) -> tuple[bool, float, str]:
    return article.published is None, article.published.timestamp() if article.published else 0.0, article.id


def _marks(folded: str) -> list[str]:
    return [str(rule.yields["mark"]) for rule in load_rules("titles").rules if rule.pattern.search(folded)]


@functools.cache
def _colour() -> re.Pattern[str]:
    return re.compile(rf"\b{load_rules('titles').alternation('colour')}\b", re.IGNORECASE)


def _centre(articles: Sequence[Article]) -> dict[str, float]:
    """What headlines and openings have in common, as a vector of length 1."""
    total: dict[str, float] = {}
    for article in articles:
        for term, value in _opening_vector(article.title or "", article.text[:_OPENING]).items():
            total[term] = total.get(term, 0.0) + value
    return normalise(total)


@functools.lru_cache(maxsize=_REMEMBERED_OPENINGS)
def _opening_vector(title: str, opening: str) -> Mapping[str, float]:
    return weigh(find_terms(fold(f"{title}\n{opening}"), most=_OPENING_WORDS))


def _plain(title: str | None) -> str:
    """One line, single spaces, without a full stop at the end."""
    return " ".join((title or "").split()).removesuffix(".")


@functools.lru_cache(maxsize=_REMEMBERED_OPENINGS)
def _opening(text: str) -> str:
    """The first sentence of a text behind its dateline, with the next where it is a short one; cut at a word."""
    paragraph = text.strip().partition("\n\n")[0][:_MOST_OPENING]
    folded = fold(paragraph)
    words = ""
    for span in split_sentences(folded, head_length(folded, opens=True), len(folded)):
        words = f"{words} {' '.join(paragraph[span.start : span.end].split())}".strip()
        if len(words.split()) >= _FEW_WORDS:
            break
    words = words or " ".join(paragraph.split())
    if len(words) <= _TITLE_OF_TEXT_LIMIT:
        return words.removesuffix(".")
    kept = words[:_TITLE_OF_TEXT_LIMIT].split(" ")[:-1]
    # "The church that has …" breaks off harder than "The church …".
    while len(kept) > _FEW_WORDS and not kept[-1][:1].isupper() and kept[-1].lower() in stop_words():
        kept.pop()
    return " ".join(kept).rstrip(" ,;:–-") + " …"

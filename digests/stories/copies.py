"""Near copies and independent voices: which texts repeat another one, and how many origins a story has.

Stance: calling two reports copies hides a source, missing a copy counts one source twice. The second is what peers
get wrong daily, the first is worse; so a text is a copy only where most of its own sentences stand in the other.

Theory: an agency text is cut, re-headed, re-ordered and lightly edited, sentence by sentence. So sentences are
matched, not the text as a whole: a sentence is repeated as far as its words stand in one sentence of the other text
in the same order. Content words alone do not do: two reports of one fire share most of them. Quoted speech counts
little, for every report of a press conference carries it. A credit to the same agency lowers the bar a little;
alone it joins nothing, since an agency sends many texts on one event. Bulletins of one form on two events (two
earthquakes, two verdicts) share nearly all words but the names and numbers: those must agree too.

MinHash over shingles was tried first: with two words in five changed only a fifth of the three-word shingles are
left, as few as two independent reports share. Candidates come from an index over rare words instead.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digests.rules import load_rules
from digests.text.document import fold
from digests.text.sentences import split_sentences
from digests.text.similarity import (
    Remembered,
    background_weight,
    just_words,
    shared_in_order,
    stem,
    stop_words,
)
from digests.types import Article, Span

# Share of a text's words that the other one repeats in order, from which it is a copy, by the words of the text.
# Independent reports of one event reach .6 in a single sentence, .5 in a hundred words, .4 beyond; a copy with two
# words in five changed still has .5.
_COPY_AT = ((60, 0.62), (120, 0.53), (1_000_000, 0.46))
# A text so many times longer than the one it repeats has much of its own.
_MUCH_LONGER = 1.5
# How much lower where both texts credit the same agency.
_CREDIT = 0.04
# Share of a sentence's words that must stand in one sentence of the other text for it to count at all.
_SENTENCE_AT = 0.34
# The same for its content words, and how many sentences that share most of them are compared word by word.
_TERMS_AT = 0.25
_COMPARED = 3
# Share of a text's names and numbers that the other one must have too, and how many it must have for that to count.
# Bulletins of one form on two events share a sixth by chance; with two words in five changed, half are left.
_NAMES_AT = 0.3
_FEWEST_NAMES = 3
# Sentences with fewer words say too little to be told apart.
_FEWEST_IN_SENTENCE = 6
# Weight of words inside quotation marks.
_QUOTED_WEIGHT = 0.25
# Content words that a text must have to be compared at all.
_FEWEST_WORDS = 15
# Rarest words by which a text finds its candidates, the fewest shared, and the most texts a word may point to.
_INDEX_TERMS = 100
_FEWEST_SHARED = 6
_MAX_POSTINGS = 200
_MAX_CANDIDATES = 20
_MAX_SENTENCES = 200
# Texts that are kept as they were read, one of 700 words takes twenty kilobytes; and those of them whose words can be
# looked up, which takes half as much again.
_KEPT, _KEPT_OPEN = 2048, 256
# What summing in another order may change.
_ROUNDING = 1e-9
_QUOTED = re.compile(r"\"[^\"]{1,2000}(?:\"|$)")


class _Sentence(NamedTuple):
    words: tuple[str, ...]
    # Each content word once.
    terms: tuple[str, ...]
    # Words, those inside quotation marks counting less.
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class _Text:
    sentences: tuple[_Sentence, ...]
    rare: tuple[str, ...]
    agencies: frozenset[str]
    words: int
    weight: float
    # Proper names and numbers: what a form has in the places that are filled in.
    names: frozenset[str]


def find_copies(
    articles: Sequence[Article],
    *,
    known: Mapping[str, str] | None = None,
    fresh: Collection[str] | None = None,
) -> dict[str, str]:
    """Article id of each copy to the id of its original, in order of time and id.

    The original is the earliest text, among equals the smallest id. Only where the earlier text is a mere part of
    a longer one with much of its own is the shorter the copy, whatever its time.

    Args:
        articles: In any order.
        known: Copies that were found before, among those that are not `fresh`.
        fresh: Ids to compare with the others, which are not compared with each other again; none given: all.
    """
    original: dict[str, str] = dict(known or {})
    ordered = sorted(articles, key=_age)
    # Most stories are one article's.
    texts = {article.id: _read(_body(article)) for article in ordered} if len(ordered) > 1 else {}
    postings: dict[str, list[str]] = defaultdict(list)
    for article_id, later in texts.items():
        for mate in _candidates(later, postings):
            if fresh is not None and article_id not in fresh and mate not in fresh:
                continue
            if _root(original, article_id) == _root(original, mate):
                continue  # they repeat one text already
            earlier = texts[mate]
            if _is_copy(later, earlier):
                _note(original, article_id, mate)
            elif _is_copy(earlier, later):
                longer = later.words > _MUCH_LONGER * earlier.words
                _note(original, *((mate, article_id) if longer else (article_id, mate)))
        for term in later.rare:
            if len(postings[term]) < _MAX_POSTINGS:
                postings[term].append(article_id)
    return {article.id: _root(original, article.id) for article in ordered if article.id in original}


def voices_of(articles: Sequence[Article], copies: Mapping[str, str]) -> dict[str, str]:
    """Article id to the name of its voice: one per outlet, and a copy speaks with its original's voice.

    An article without an outlet is a voice of its own.
    """
    known = {article.id: article for article in articles}
    voices: dict[str, str] = {}
    for article in articles:
        origin = known.get(copies.get(article.id, article.id), article)
        outlet = re.sub(r"^the\s+|\W+", "", (origin.outlet or "").casefold())
        voices[article.id] = f"outlet {outlet}" if outlet else f"article {origin.id}"
    return voices


def count_voices(articles: Sequence[Article], copies: Mapping[str, str]) -> int:
    """Independent origins among articles: outlets, without those that only reprint."""
    return len(set(voices_of(articles, copies).values()))


def _age(article: Article) -> tuple[bool, float, str]:
    if article.published is None:
        return True, 0.0, article.id
    return False, article.published.timestamp(), article.id


def _body(article: Article) -> str:
    """The text without the headline in front of it: a copy is re-headed as a rule."""
    headline = f"{article.title}\n"
    return article.text.removeprefix(headline) if article.title else article.text


# A story is looked at again with each report that joins it.
@functools.lru_cache(maxsize=_KEPT)
def _read(text: str) -> _Text:
    folded = fold(text)
    quoted = [(m.start(), m.end()) for m in _QUOTED.finditer(folded)]
    sentences: list[_Sentence] = []
    told: list[str] = []
    names: set[str] = set()
    for span in _sentences(folded):
        written = just_words(folded[span.start : span.end])
        terms = list(filter(None, map(_content_stems.__getitem__, written)))
        # The first word of a sentence is written large whatever it is.
        names.update(filter(None, map(_written_names.__getitem__, written[1:])))
        told += terms
        if len(written) >= _FEWEST_IN_SENTENCE:
            weight = len(written) * (1 - _spoken_share(span, quoted) * (1 - _QUOTED_WEIGHT))
            sentences.append(_Sentence(tuple(map(stem, written)), tuple(dict.fromkeys(terms)), weight))
    rarest = sorted([(-background_weight(term), -count, term) for term, count in Counter(told).items()])
    return _Text(
        sentences=tuple(sentences),
        rare=tuple([term for _, _, term in rarest[:_INDEX_TERMS]]),
        agencies=_agencies(folded),
        words=sum(len(sentence.words) for sentence in sentences),
        weight=sum(sentence.weight for sentence in sentences),
        names=frozenset(names),
    )


def _content_stem(word: str) -> str:
    """The stem of a content word, "" for a stop word or a single letter."""
    return "" if len(word) < 2 or word.lower() in stop_words() else stem(word)


_content_stems = Remembered(_content_stem)
# A word that is a name or a number by how it is written; "" for others.
_written_names = Remembered(lambda word: word if word[0].isupper() or word[0].isdigit() else "")


def _spoken_share(span: Span, quoted: Sequence[tuple[int, int]]) -> float:
    """How much of a sentence stands between quotation marks."""
    if not quoted:
        return 0.0
    inside = sum(max(0, min(span.end, end) - max(span.start, start)) for start, end in quoted)
    return inside / (span.end - span.start)


def _agencies(folded: str) -> frozenset[str]:
    """The agencies that a text credits."""
    return frozenset(
        found["agency"].casefold()
        for rule in load_rules("credits").rules
        if rule.yields["holds"] in folded
        for found in rule.pattern.finditer(folded)
    )


@functools.lru_cache(maxsize=_KEPT_OPEN)
def _holding(text: _Text) -> Mapping[str, bytes]:
    """Content word to the sentences that hold it, by number, one byte each."""
    holding: dict[str, bytes] = {}
    for number, sentence in enumerate(text.sentences):
        here = bytes((number,))
        for term in sentence.terms:
            before = holding.get(term)
            holding[term] = here if before is None else before + here
    return holding


def _sentences(folded: str) -> Iterator[Span]:
    """The sentences of a text up to a limit, none across lines."""
    offset, left = 0, _MAX_SENTENCES
    for line in folded.split("\n"):
        if line:
            found = split_sentences(folded, offset, offset + len(line))[:left]
            yield from found
            left -= len(found)
        if left <= 0:
            return
        offset += len(line) + 1


def _candidates(text: _Text, postings: Mapping[str, Sequence[str]]) -> list[str]:
    """Earlier texts that share enough rare words, those that share most first."""
    if text.words < _FEWEST_WORDS:
        return []
    shared = Counter(mate for term in text.rare for mate in postings.get(term, ()))
    fewest = min(_FEWEST_SHARED, len(text.rare) // 3)
    near = [mate for mate, count in shared.items() if count >= fewest]
    return sorted(near, key=lambda mate: (-shared[mate], mate))[:_MAX_CANDIDATES]


def _is_copy(text: _Text, other: _Text) -> bool:
    """Whether most of a text, by weight of its sentences, stands in the other one, sentence by sentence in order.

    What a sentence can have at most is known from the words that both hold; words are compared in order only while
    the sum can still suffice. Most pairs of independent reports are told apart without it.
    """
    if len(text.names) >= _FEWEST_NAMES and len(text.names & other.names) < _NAMES_AT * len(text.names):
        return False  # the same form, filled in with another event
    if not text.weight:
        return False
    limit = next(limit for words, limit in _COPY_AT if text.words < words)
    needed = (limit - _CREDIT * bool(text.agencies & other.agencies)) * text.weight - _ROUNDING
    holding = _holding(other)
    possible = text.weight
    nearest: list[tuple[float, list[int]]] = []
    for sentence in text.sentences:
        most, numbers = _nearest(sentence, holding)
        possible -= sentence.weight * (1 - most)
        if possible < needed:
            return False
        nearest.append((most, numbers))
    found = 0.0
    for sentence, (most, numbers) in zip(text.sentences, nearest, strict=True):
        if possible < needed:
            return False
        if numbers:
            best = _best(sentence, [other.sentences[number] for number in numbers])
            found += sentence.weight * best
            possible -= sentence.weight * (most - best)
    return found >= needed


def _nearest(sentence: _Sentence, holding: Mapping[str, bytes]) -> tuple[float, list[int]]:
    """The sentences of a text that share most content words with one of another text, the nearest first.

    In front the share of the sentence's words that they can hold at most; 0 where none shares enough.
    """
    shared: dict[int, int] = {}
    for numbers in filter(None, map(holding.get, sentence.terms)):
        for number in numbers:
            shared[number] = shared.get(number, 0) + 1
    least = _TERMS_AT * len(sentence.terms)
    near = sorted([(-count, number) for number, count in shared.items() if count >= least])[:_COMPARED]
    if not near:
        return 0.0, []
    most = 1 - (len(sentence.terms) + near[0][0]) / len(sentence.words)
    return (most, [number for _, number in near]) if most >= _SENTENCE_AT else (0.0, [])


def _best(sentence: _Sentence, candidates: Sequence[_Sentence]) -> float:
    """Share of a sentence's words that one of others holds in order; 0 where it is too small."""
    best = max(shared_in_order(sentence.words, candidate.words) for candidate in candidates)
    return best / len(sentence.words) if best >= _SENTENCE_AT * len(sentence.words) else 0.0


def _note(original: dict[str, str], copy: str, source: str) -> None:
    """Put a copy, with all that repeats it, under its source's original."""
    first, second = _root(original, copy), _root(original, source)
    if first != second:
        original[first] = second


def _root(original: Mapping[str, str], article_id: str) -> str:
    while article_id in original:
        article_id = original[article_id]
    return article_id

"""One sentence of an article as key facts are made of it: what it says, whom it names, and how a reader gets it.

Stance: it is shown in its own words. Only what ties it to the sentence before is taken away: a word that links ("But"),
and a pronoun for whoever spoke there, for which the name stands in brackets; a wrong name is worse than none.
"""

from __future__ import annotations

import bisect
import operator
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digests.analysis.sentences.terms import Word, read_terms, read_words
from digests.rules import pattern_yielding
from digests.text.document import Document, fold, make_document
from digests.text.heads import head_length
from digests.text.similarity import find_words
from digests.types import Figure, Span, Speaker, StoryArticle

# Sentences of one article that are read.
_MAX_SENTENCES = 80
# A dateline opens one of the first sentences.
_DATELINE_SENTENCES = 8
# Characters of a name in brackets with what its bearer is.
_LONGEST_NAME = 70
# What may stand right before a whole sentence.
_BEFORE_SENTENCE = frozenset({"", " ", "\n", '"', "'", "(", "[", "–", "-"})
_END = operator.itemgetter(1)


class Naming(NamedTuple):
    """A pronoun by which a sentence names who speaks, and the name behind it; offsets in the sentence."""

    start: int
    end: int
    name: str


@dataclass(slots=True, kw_only=True, eq=False)
class Told:
    """One sentence of one article: its words as a set, what is quoted in it, the figures it states.

    `position` counts sentences from 0, `places` says which word of the sentence a term first is; `capitals` and `small`
    are the terms by how they are written, `full_names` pairs of words in names; `quoted` is the share of its characters
    in quotation marks. `is_linked`: a word that ties it to the sentence before ("But") stood in front and is left out.
    `is_whole` is false for the rest of a sentence cut in two ("€90bn", ".45 of a mile").
    """

    item: StoryArticle
    span: Span
    position: int
    text: str
    terms: frozenset[str]
    places: Mapping[str, int]
    names: frozenset[str]
    capitals: frozenset[str]
    small: frozenset[str]
    full_names: frozenset[tuple[str, str]]
    words: int
    quoted: float
    denies: bool
    is_linked: bool
    named: Naming | None
    is_whole: bool
    figures: tuple[Figure, ...]
    numbers: frozenset[str]
    # The terms of whoever is given as having said it, which tell nothing of what is said.
    credited: frozenset[str]

    @property
    def readable(self) -> str:
        """The sentence as a reader gets it who has not read the one before."""
        text = self.text
        if self.named is not None:
            text = f"{text[: self.named.start]}[{self.named.name}]{text[self.named.end :]}"
        return text[:1].upper() + text[1:]

    def readable_at(self, offset: int) -> int:
        """Where an offset of `text` lies in `readable`."""
        if self.named is None or offset < self.named.end:
            return offset
        return offset + len(self.named.name) + len("[]") - (self.named.end - self.named.start)


def read_sentences(item: StoryArticle) -> list[Told]:
    """The first sentences of an article, in order."""
    article = item.article
    document = make_document(article.id, article.text, published=article.published_on, title=article.title)
    marked = document.folded.replace("''", ' "')  # as old wires set quotation marks
    quoted = [span for paragraph in document.paragraphs for span in _quoted(marked, paragraph)]
    figures: dict[int, list[Figure]] = defaultdict(list)
    for figure in item.facts.figures:
        figures[document.sentence_index(figure.evidence.span.start)].append(figure)
    speakers: dict[int, list[Span]] = defaultdict(list)
    for quote in item.facts.quotes:
        if quote.speaker is not None:
            speakers[document.sentence_index(quote.speaker.span.start)].append(quote.speaker.span)
    return [
        _told(item, document, span, position, quoted, figures.get(position, ()), speakers.get(position, ()))
        for position, span in enumerate(document.sentences[:_MAX_SENTENCES])
    ]


def _quoted(folded: str, paragraph: Span) -> list[tuple[int, int]]:
    """What stands between quotation marks; an unpaired one to the end or from the start."""
    marks: list[int] = []
    at = folded.find('"', paragraph.start, paragraph.end)
    while at >= 0:
        marks.append(at)
        at = folded.find('"', at + 1, paragraph.end)
    if len(marks) % 2 and marks[-1] == paragraph.end - 1:
        marks.insert(0, paragraph.start)
    elif len(marks) % 2:
        marks.append(paragraph.end)
    return list(zip(marks[::2], marks[1::2], strict=True))


def _told(
    item: StoryArticle,
    document: Document,
    span: Span,
    position: int,
    quoted: Sequence[tuple[int, int]],
    figures: Sequence[Figure],
    speakers: Sequence[Span],
) -> Told:
    cut = head_length(document.folded[span.start : span.end], opens=position < _DATELINE_SENTENCES)
    link = pattern_yielding("key_facts", "link").match(document.folded, span.start + cut, span.end)
    span = Span(start=link.end() if link else span.start + cut, end=span.end)
    words, count, denies = read_words(document.folded, span)
    terms = read_terms(document.folded, span, words)
    counted = tuple(figure for figure in figures if span.covers(figure.evidence.span))
    return Told(
        item=item,
        span=span,
        position=position,
        text=document.words(span),
        terms=frozenset(terms.places),
        places=terms.places,
        names=frozenset(terms.names & terms.places.keys()),
        capitals=frozenset(terms.capitals),
        small=frozenset(terms.small),
        full_names=frozenset(terms.full_names),
        words=count,
        quoted=_quoted_share(span, quoted),
        denies=denies,
        is_linked=link is not None,
        named=_naming(item, document, span, position),
        is_whole=document.folded[max(0, span.start - 1) : span.start] in _BEFORE_SENTENCE,
        figures=counted,
        numbers=_numbers([term for term in terms.places if term[0].isdigit()], counted),
        credited=_credited(terms.places, words, speakers),
    )


def _credited(places: Mapping[str, int], words: Sequence[Word], speakers: Sequence[Span]) -> frozenset[str]:
    """The terms that stand only in the phrase of a speaker."""
    if not speakers:
        return frozenset()
    spans = [(word[1], word[2]) for word in words]
    return frozenset(
        term
        for term, index in places.items()
        if any(span.start <= spans[index][0] and spans[index][1] <= span.end for span in speakers)
    )


def _quoted_share(span: Span, quoted: Sequence[tuple[int, int]]) -> float:
    """How much of a sentence stands in quotation marks, 0 to 1; `quoted` are those of the text, in order."""
    inside = 0
    for start, end in quoted[bisect.bisect_right(quoted, span.start, key=_END) :]:
        if start >= span.end:
            break
        inside += min(span.end, end) - max(span.start, start)
    return inside / (span.end - span.start)


def _naming(item: StoryArticle, document: Document, span: Span, position: int) -> Naming | None:
    """Who speaks in a sentence that says "he", "she" or "it" for somebody whom the sentence before names.

    Only where nobody else can be meant: at its head, behind a few words that lead in, or at its end (", he said").
    """
    folded = document.folded
    found = (
        pattern_yielding("key_facts", "speaking").search(folded[span.start : span.end]) if position else None
    )
    if found is None:
        return None
    start, end = found.span(1)
    before = document.sentences[position - 1]
    for quote in item.facts.quotes:
        speaker = quote.speaker
        if speaker is not None and speaker.span == Span(start=span.start + start, end=span.start + end):
            name = _spelt(speaker.name, folded[before.start : before.end])
            return Naming(start, end, _introduced(name, speaker)) if name else None
    return None


def _introduced(name: str, speaker: Speaker) -> str:
    """A name with what its bearer is, as far as the article says it in few words."""
    parts = [name]
    for part in (speaker.role, speaker.affiliation):
        if part and part not in name and len(", ".join((*parts, part))) <= _LONGEST_NAME:
            parts.append(part)
    return ", ".join(parts) if speaker.role else name


def _spelt(name: str, before: str) -> str | None:
    """A name as a sentence may begin with it, with the article that it had; `None` where that sentence has it not."""
    words = name.split()
    if not name[:1].isupper() or re.search(rf"\b{re.escape(fold(words[-1]))}\b", before) is None:
        return None
    with_article = rf"\bthe {re.escape(fold(name))}\b( (?!said|says)(?-i:[a-z]+)(?=,| (?:said|says)\b))?"
    known = re.search(with_article, before, re.IGNORECASE)
    return f"The {name}{known[1] or ''}" if known else name


def _numbers(numbers: Collection[str], figures: Sequence[Figure]) -> frozenset[str]:
    """The numbers of a sentence but for years, which tell when and not what, and counts of people, which are compared
    as such."""
    if not numbers:
        return frozenset()
    counted = {word for figure in figures for word, _ in find_words(figure.words)}
    return frozenset(n for n in numbers if n not in counted and not (len(n) == 4 and n[:2] in ("19", "20")))

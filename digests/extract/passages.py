"""Passages: sentences as tokens, joined where a quotation runs on, with each quotation as one token.

What the attribution rules read. A quotation of three sentences with "she said" behind it is one passage, so that
the clause around it is seen whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digests.extract.lexicon import load_lexicon
from digests.extract.marks import Marked
from digests.text.document import Document
from digests.types import Span

_MARKS = {ord(mark): " " for mark in ".,;:!?()[]\"'–"}
# Tokens of a passage that are read together; longer ones are no sentences.
_LONGEST = 250
# The token that stands for a whole quotation; no token of a text reads so.
QUOTED = "<quoted>"
# Characters behind a quotation in which its verb of saying has to begin.
_TAIL = 60
_WORD = re.compile(r"[^\W_]+")
# A word with what may stand inside it (apostrophe, hyphen, the stops of "U.S", the marks of "1,200"), or one mark.
_TOKEN = re.compile(r"[^\W_]+(?:['&/.-](?=[^\W_])[^\W_]+|[,:](?=\d)\d+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Passage:
    """The tokens of a passage in parallel lists: as written, in lower case, start, end, and the quotation.

    `marked[i]` is the quotation that token `i` stands for, else `None`.
    """

    span: Span
    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    marked: list[Marked | None]

    def __len__(self) -> int:
        return len(self.words)

    def span_of(self, first: int, last: int) -> Span:
        """The characters from token `first` to token `last`, both included."""
        return Span(start=self.starts[first], end=self.ends[last])


def cut_passages(document: Document, marked: Sequence[Marked]) -> list[Span]:
    """The sentences, those joined whose border falls into a quotation or between one and its verb of saying."""
    spans: list[Span] = []
    position = 0
    reach = -1
    for sentence in document.sentences:
        while position < len(marked) and marked[position].outer.start < sentence.start:
            reach = max(reach, marked[position].outer.end)
            position += 1
        if spans and (sentence.start < reach or _goes_on(document, spans[-1], sentence, reach)):
            spans[-1] = Span(start=spans[-1].start, end=max(sentence.end, spans[-1].end))
        else:
            spans.append(sentence)
    return spans


def _goes_on(document: Document, before: Span, sentence: Span, reach: int) -> bool:
    """Whether a sentence is but the tail of a quotation: "Why?" she asked."""
    folded = document.folded
    if reach < before.end or "\n" in folded[before.end : sentence.start]:
        return False
    last = folded[before.end - 2 : before.end - 1]
    if last in ",-–":
        return True
    if last not in "?!…":
        return False
    lemma = load_lexicon().lemma
    tail = folded[sentence.start : min(sentence.end, sentence.start + _TAIL)].partition('"')[0]
    words = _WORD.findall(tail)[:7]
    return any(word in lemma for word in words)


def read_passage(document: Document, span: Span, marked: Sequence[Marked]) -> Passage:
    """Tokenise one passage; `marked` are the quotations inside it, in order."""
    folded = document.folded
    spans: list[tuple[int, int]] = []
    which: list[Marked | None] = []
    position = span.start
    for mark in marked:
        spans += [token.span() for token in _TOKEN.finditer(folded, position, mark.outer.start)]
        which += [None] * (len(spans) - len(which))
        spans.append((mark.outer.start, mark.outer.end))
        which.append(mark)
        position = mark.outer.end
    spans += [token.span() for token in _TOKEN.finditer(folded, position, span.end)]
    which += [None] * (len(spans) - len(which))
    words = [folded[start:end] for start, end in spans]
    if marked:
        words = [word if mark is None else QUOTED for word, mark in zip(words, which, strict=True)]
    return Passage(
        span=span,
        words=words,
        lows=[word.lower() for word in words],
        starts=[start for start, _ in spans],
        ends=[end for _, end in spans],
        marked=which,
    )


def pieces(passage: Passage) -> Iterator[Passage]:
    """A passage in pieces that bound the work on one; almost always itself."""
    if len(passage) <= _LONGEST:
        yield passage
        return
    for first in range(0, len(passage), _LONGEST):
        last = min(first + _LONGEST, len(passage))
        yield Passage(
            span=passage.span_of(first, last - 1),
            words=passage.words[first:last],
            lows=passage.lows[first:last],
            starts=passage.starts[first:last],
            ends=passage.ends[first:last],
            marked=passage.marked[first:last],
        )


def may_attribute(folded: str) -> bool:
    """Whether a sentence holds a word that any rule of attribution starts from; a cheap test before the rest."""
    lexicon = load_lexicon()
    words = folded.lower().translate(_MARKS).split()
    return not lexicon.starts.isdisjoint(words)

"""Passages: sentences as tokens, joined where a quotation runs on, with each quotation as one token.

What the attribution rules read. A quotation of three sentences with "she said" behind it is one passage, so that
the clause around it is seen whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests.extract.marks import Marked
from digests.text.document import Document
from digests.types import Span

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['&/.-][^\W_]+)*|[^\w\s]")
# The token that stands for a whole quotation.
QUOTED = "<quoted>"


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
    """The sentences, those joined whose border falls into a quotation."""
    spans: list[Span] = []
    position = 0
    reach = -1
    for sentence in document.sentences:
        while position < len(marked) and marked[position].outer.start < sentence.start:
            reach = max(reach, marked[position].outer.end)
            position += 1
        if spans and sentence.start < reach:
            spans[-1] = Span(start=spans[-1].start, end=max(sentence.end, spans[-1].end))
        else:
            spans.append(sentence)
    return spans


def read_passage(document: Document, span: Span, marked: Sequence[Marked]) -> Passage:
    """Tokenise one passage; `marked` are the quotations inside it, in order."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    which: list[Marked | None] = []
    position = span.start
    folded = document.folded
    for mark in [*marked, None]:
        stop = mark.outer.start if mark else span.end
        for token in _TOKEN.finditer(folded, position, stop):
            words.append(token.group())
            starts.append(token.start())
            ends.append(token.end())
            which.append(None)
        if mark:
            words.append(QUOTED)
            starts.append(mark.outer.start)
            ends.append(mark.outer.end)
            which.append(mark)
            position = mark.outer.end
    return Passage(
        span=span, words=words, lows=[word.lower() for word in words], starts=starts, ends=ends, marked=which
    )

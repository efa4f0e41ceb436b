"""Passages: sentences as tokens, joined where a quotation runs on, with each quotation as one token.

What the attribution rules read. A quotation of three sentences with "she said" behind it is one passage, so that
the clause around it is seen whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digests.extract.lexicon import load_lexicon
from digests.extract.marks import Marked
from digests.text.document import Document, lower_case
from digests.types import Span

# Tokens of a passage that are read together; longer ones are no sentences.
_LONGEST = 250
# Such pieces of one passage that are read: scraped tables without a full stop have four, what is longer is no text.
_MOST_PIECES = 12
# The token that stands for a whole quotation; no token of a text reads so.
QUOTED = "<quoted>"
# An acronym that is a pronoun in small letters keeps its capitals among the tokens.
_ACRONYM = "WHO"
# Characters behind a quotation in which its verb of saying has to begin.
_TAIL = 60
_WORD = re.compile(r"[^\W_]+")
# A word with what may stand inside it (apostrophe, hyphen, the stops of "U.S", the marks of "1,200"), or one mark.
_TOKEN = re.compile(r"[^\W_]+(?:['&/.-](?=[^\W_])[^\W_]+|[,:](?=\d)\d+)*|[^\w\s]")
# The same for plain text, whose letters are ranges: twice as fast.
_PLAIN_TOKEN = re.compile(_TOKEN.pattern.replace(r"[^\W_]", "[A-Za-z0-9]"), re.ASCII)


class Passage:
    """The tokens of a passage in parallel lists: as written, in lower case, start, end, and the quotation.

    `marked[i]` is the quotation that token `i` stands for, else `None`. Offsets are worked out when first asked
    for: most passages hold nothing that needs them.
    """

    __slots__ = ("_ends", "_folded", "_starts", "has_quotation", "lows", "marked", "span", "words")

    def __init__(
        self, folded: str, span: Span, words: list[str], lows: list[str], marked: list[Marked | None]
    ) -> None:
        self._folded = folded
        self._starts: list[int] = []
        self._ends: list[int] = []
        self.span = span
        self.words = words
        self.lows = lows
        self.marked = marked
        self.has_quotation = QUOTED in lows

    def __len__(self) -> int:
        return len(self.words)

    @property
    def starts(self) -> list[int]:
        if not self._starts:
            self._locate()
        return self._starts

    @property
    def ends(self) -> list[int]:
        if not self._ends:
            self._locate()
        return self._ends

    def span_of(self, first: int, last: int) -> Span:
        """The characters from token `first` to token `last`, both included."""
        return Span(start=self.starts[first], end=self.ends[last])

    def part(self, first: int, end: int) -> Passage:
        """The tokens from `first` up to `end` as a passage of their own."""
        part = Passage(
            self._folded,
            self.span_of(first, end - 1),
            self.words[first:end],
            self.lows[first:end],
            self.marked[first:end],
        )
        part._starts, part._ends = self.starts[first:end], self.ends[first:end]
        return part

    def _locate(self) -> None:
        # Between two tokens stands nothing that a token holds, so that each is the next find of its word.
        find, position = self._folded.find, self.span.start
        starts, ends = self._starts, self._ends
        if not self.has_quotation:
            for word in self.words:
                start = find(word, position)
                position = start + len(word)
                starts.append(start)
                ends.append(position)
            return
        for word, mark in zip(self.words, self.marked, strict=True):
            if mark is None:
                start = find(word, position)
                position = start + len(word)
            else:
                start, position = mark.outer.start, mark.outer.end
            starts.append(start)
            ends.append(position)


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
    """Tokenise one passage; `marked` are the quotations inside, in order."""
    folded = document.folded
    # Few passages of a text with an accent in it hold one themselves.
    find = (_PLAIN_TOKEN if folded[span.start : span.end].isascii() else _TOKEN).findall
    words: list[str] = []
    which: list[Marked | None] = []
    position = span.start
    for mark in marked:
        words += find(folded, position, mark.outer.start)
        which += [None] * (len(words) - len(which))
        words.append(QUOTED)
        which.append(mark)
        position = mark.outer.end
    words += find(folded, position, span.end)
    which += [None] * (len(words) - len(which))
    # One call for all tokens, which hold no blanks.
    lows = lower_case(" ".join(words)).split(" ")
    if _ACRONYM in words and any(word.islower() for word in words):
        # The body and no pronoun: "WHO chief Ida Dahl said".
        lows = [_ACRONYM if word == _ACRONYM else low for word, low in zip(words, lows, strict=True)]
    return Passage(folded, span, words, lows, which)


def pieces(passage: Passage) -> Iterator[Passage]:
    """A passage in pieces that bound the work on one; almost always itself."""
    if len(passage) <= _LONGEST:
        yield passage
        return
    for first in range(0, min(len(passage), _MOST_PIECES * _LONGEST), _LONGEST):
        yield passage.part(first, min(first + _LONGEST, len(passage)))

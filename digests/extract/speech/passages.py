"""Passages: sentences as tokens, joined where a quotation runs on, with each quotation as one token.

What the attribution rules read. A quotation of three sentences with "she said" behind it is one passage, so that
the clause around it is seen whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digests.extract.speech.lexicon import load_lexicon
from digests.extract.speech.marks import Marked
from digests.text.cuts import Located, cut_pattern, offsets
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
# A word with what may stand inside it (apostrophe, hyphen, the stops of "U.S" and "U.S.-led", the marks of "1,200"),
# or one mark.
_WORDS_AND_MARKS = r"{sign}+(?:(?:\.-|['&/.-])(?={sign}){sign}+|[,:](?=\d)\d+)*|[^\w\s]"
_TOKEN = cut_pattern(_WORDS_AND_MARKS.format(sign=r"[^\W_]"))
# The same for plain text, whose letters are ranges: twice as fast.
_PLAIN_TOKEN = cut_pattern(_WORDS_AND_MARKS.format(sign="[A-Za-z0-9]"), re.ASCII)


class Passage(Located):
    """The tokens of a passage in parallel lists: as written, in lower case, start, end, and the quotation.

    `marked[i]` is the quotation that token `i` stands for, else `None`.
    """

    __slots__ = ("_cuts", "has_quotation", "lows", "marked", "span", "words")

    def __init__(
        self,
        span: Span,
        words: list[str],
        lows: list[str],
        marked: list[Marked | None],
        cuts: Sequence[tuple[int, Sequence[str]]],
    ) -> None:
        """`cuts` are the stretches around the quotations, each with its offset, cut into words and what is between."""
        super().__init__()
        self._cuts = cuts
        self.span = span
        self.words = words
        self.lows = lows
        self.marked = marked
        self.has_quotation = QUOTED in lows

    def __len__(self) -> int:
        return len(self.words)

    def part(self, first: int, end: int) -> Passage:
        """The tokens from `first` up to `end` as a passage of their own."""
        part = Passage(
            self.span_of(first, end - 1),
            self.words[first:end],
            self.lows[first:end],
            self.marked[first:end],
            (),
        )
        part._offsets = self.starts[first:end], self.ends[first:end]
        return part

    def _locate(self) -> tuple[list[int], list[int]]:
        at, parts = self._cuts[0]
        starts, ends = offsets(parts, at)
        if not self.has_quotation:
            return starts, ends
        quotations = (mark.outer for mark in self.marked if mark is not None)
        for outer, (at, parts) in zip(quotations, self._cuts[1:], strict=True):
            behind = offsets(parts, at)
            starts += [outer.start, *behind[0]]
            ends += [outer.end, *behind[1]]
        return starts, ends


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
    split = (_PLAIN_TOKEN if folded[span.start : span.end].isascii() else _TOKEN).split
    parts: list[str] = split(folded[span.start : marked[0].outer.start if marked else span.end])
    cuts = [(span.start, parts)]
    words = parts[1::2]
    which: list[Marked | None] = [None] * len(words)
    for number, mark in enumerate(marked, start=1):
        end = marked[number].outer.start if number < len(marked) else span.end
        parts = split(folded[mark.outer.end : end])
        cuts.append((mark.outer.end, parts))
        words += [QUOTED, *parts[1::2]]
        which += [mark, *[None] * (len(parts) // 2)]
    # One call for all tokens, which hold no blanks.
    lows = lower_case(" ".join(words)).split(" ")
    if _ACRONYM in words and any(word.islower() for word in words):
        # The body and no pronoun: "WHO chief Ida Dahl said".
        lows = [_ACRONYM if word == _ACRONYM else low for word, low in zip(words, lows, strict=True)]
    if folded.find("--", span.start, span.end) >= 0:
        # A dash as a typewriter has it: two marks that part as one does.
        pairs = zip(lows, [*lows[1:], ""], ["", *lows], strict=False)
        lows = ["–" if low == "-" and "-" in (after, before) else low for low, after, before in pairs]
    return Passage(span, words, lows, which, cuts)


def pieces(passage: Passage) -> Iterator[Passage]:
    """A passage in pieces that bound the work on one; almost always itself."""
    if len(passage) <= _LONGEST:
        yield passage
        return
    for first in range(0, min(len(passage), _MOST_PIECES * _LONGEST), _LONGEST):
        yield passage.part(first, min(first + _LONGEST, len(passage)))

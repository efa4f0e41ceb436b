"""A cleaned text with its paragraphs and sentences: what every extractor reads.

`folded` has the same length as `text` (each odd quote, dash and space replaced by its plain form, one character
for one), so that patterns need one spelling and every offset holds in both; `low` is that in lower case.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.text.sentences import split_sentences
from digests.types import Span

_FOLD = {ord(c): "'" for c in "‘’‚‛′`´ʼ"}
_FOLD |= {ord(c): '"' for c in "“”„‟″«»"}
_FOLD |= {ord(c): "-" for c in "‐‑‒−"}
# A spaced dash is punctuation, not a hyphen: en dash and em dash keep a form of their own.
_FOLD |= {ord(c): "–" for c in "–—―"}
_FOLD |= {
    ord(c): " " for c in "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
}
_ODD = tuple((chr(number), plain) for number, plain in _FOLD.items())
# Bytes to themselves where they are plain small letters, else to blanks.
_LETTERS = bytes(code if chr(code) in string.ascii_lowercase else ord(" ") for code in range(256))
# What stands in front of the lines of a list.
_BULLETS = frozenset("•▪◦‣●■►▸")
# Characters of the narrowest column that wires cut their lines at.
_NARROWEST = 45
# A dash does so where its line tells a number; else it may stand in front of who signs.
_DASHES = frozenset("-–*")
_DASHED = re.compile(r"[-–*] (?=.{0,80}\d)")
_RUN = re.compile("[a-z]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def fold(text: str) -> str:
    """Plain quotes, dashes and spaces; the same length, so offsets hold."""
    if text.isascii() and "`" not in text and "\t" not in text:
        return text
    # Looking for each of fifty characters takes a fifth of the time of looking at each character of the text.
    for odd, plain in _ODD:
        if odd in text:
            text = text.replace(odd, plain)
    try:
        text.encode()
    except UnicodeEncodeError:
        # A lone surrogate cannot be encoded, and the sentence splitter encodes.
        text = _SURROGATE.sub("\ufffd", text)
    return text


def only_letters(low: str) -> str:
    """A text in lower case with a blank for each character that is no plain letter; offsets hold.

    As bytes, since that costs a tenth of a search for words.
    """
    return low.encode("latin-1", "replace").translate(_LETTERS).decode("ascii")


def plain_words(letters: str, span: Span) -> Sequence[str]:
    """The runs of plain letters of a stretch, given all letters of the text (`only_letters`)."""
    return letters[span.start : span.end].split()


def longest_word(phrase: str) -> str:
    """The longest run of plain letters of a phrase in small letters: it stands where the phrase does."""
    return str(max(_RUN.findall(phrase), key=len))


def all_words(folded: str) -> frozenset[str]:
    """The plain words of a folded text: what the needs of rules (`digests.rules.needs`) are held against."""
    return frozenset(only_letters(lower_case(folded)).split())


def lower_case(folded: str) -> str:
    """A text in lower case with its offsets kept; the few letters that would grow stay as they are."""
    low = folded.lower()
    return low if len(low) == len(folded) else "".join(c if len(c.lower()) > 1 else c.lower() for c in folded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as the extractors see it.

    `sentences` are spans in order, none empty, none crossing a paragraph; `paragraphs` are the spans of the
    non-blank blocks. `letters` are the plain letters of `low` with blanks between, `plain` the runs of them in each
    sentence, only to be read: what the cheap tests in front of a reading look at. `published` is the outlet's day.
    """

    article_id: str
    text: str
    folded: str
    low: str
    letters: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    plain: tuple[Sequence[str], ...]
    published: dt.date | None = None
    title: str | None = None
    outlet: str | None = None
    _starts: tuple[int, ...] = field(default=(), repr=False)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds an offset, or the nearest one before it (the first for offset 0)."""
        index = self.sentence_index(offset)
        return self.sentences[index]

    def sentence_index(self, offset: int) -> int:
        return max(0, bisect.bisect_right(self._starts, offset) - 1)

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end]


def make_document(
    article_id: str,
    text: str,
    *,
    published: dt.date | None = None,
    title: str | None = None,
    outlet: str | None = None,
) -> Document:
    """Segment a text. An empty text gives a document without sentences."""
    folded = fold(text)
    low = lower_case(folded)
    letters = only_letters(low)
    paragraphs = tuple(_paragraphs(folded))
    sentences = tuple(
        sentence
        for paragraph in paragraphs
        for sentence in split_sentences(folded, paragraph.start, paragraph.end)
    )
    return Document(
        article_id=article_id,
        text=text,
        folded=folded,
        low=low,
        letters=letters,
        paragraphs=paragraphs,
        sentences=sentences,
        plain=tuple([plain_words(letters, sentence) for sentence in sentences]),
        published=published,
        title=title,
        outlet=outlet,
        _starts=tuple(s.start for s in sentences),
    )


def _paragraphs(text: str) -> list[Span]:
    """Blocks between line breaks. A line that breaks in the middle of a sentence (hard-wrapped wire copy) goes on."""
    spans: list[Span] = []
    offset = 0
    wrapped = is_hard_wrapped(text)
    for line in text.split("\n"):
        stripped = line.strip()
        head = stripped[:1]
        if (head in _BULLETS and len(stripped) > 1) or (head in _DASHES and _DASHED.match(stripped)):
            # "• Nine dead": the mark of a list is no word of its line.
            stripped = stripped[1:].lstrip()
        if stripped:
            # Most lines begin with their first word.
            start = offset if line[0] == stripped[0] else offset + line.rindex(stripped)
            end = start + len(stripped)
            if spans and wrapped and not _is_blank_between(text[spans[-1].end : start]):
                spans[-1] = Span(start=spans[-1].start, end=end)
            else:
                spans.append(Span(start=start, end=end))
        offset += len(line) + 1
    return spans


def _is_blank_between(gap: str) -> bool:
    return "\n\n" in gap.replace(" ", "").replace("\r", "")


def is_hard_wrapped(text: str) -> bool:
    """Whether lines were cut at a column: many lines, few blank ones between, most of like length.

    Wire archives (upper-case bulletins of the 1980s and 90s) come so.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 4:
        return False
    longest = max(map(len, lines))
    # No column is so narrow: short lines are a table or a list.
    return _NARROWEST <= longest <= 100 and sum(len(line) > 0.7 * longest for line in lines) >= 0.6 * len(
        lines
    )

"""Who said what: quotations and attributed statements with their speaker and cue.

Quotation marks first (`marks`), then the clauses around them (`attributions`), then who the speaker is
(`speakers`). Stance: a quotation without a speaker is shown as such; a wrong speaker is the worst error.
"""

from __future__ import annotations

from dataclasses import dataclass

from digests.extract.attributions import Attribution, find_attributions
from digests.extract.marks import Marked, find_marked
from digests.extract.passages import QUOTED, Passage, cut_passages, read_passage
from digests.extract.speakers import SpeakerBook
from digests.text.document import Document
from digests.types import Cue, Evidence, Quote, QuoteKind, Span

# A quotation of fewer words than this that no verb of saying points to is a scare quote.
_SCARE_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Said:
    """One attribution in characters, before its speaker is resolved."""

    kind: QuoteKind
    content: Span
    source: Span | None
    cue: Span | None
    rule: str


def find_quotes(document: Document) -> tuple[Quote, ...]:
    """Quotations and attributed statements of a document, in order of the text; empty for an empty text."""
    marked = find_marked(document)
    said: list[_Said] = []
    position = 0
    carry: _Said | None = None
    for span in cut_passages(document, marked):
        while position < len(marked) and marked[position].outer.end <= span.start:
            position += 1
        inside = []
        while position < len(marked) and marked[position].outer.start < span.end:
            inside.append(marked[position])
            position += 1
        passage = read_passage(document, span, inside)
        found = _read(document, passage, find_attributions(passage), carry)
        for one in found:
            if one.source is not None and one.rule.split(".")[1] != "thought":
                carry = one
        said += found
    book = SpeakerBook(document)
    return tuple(_quote(document, one, book) for one in sorted(said, key=lambda s: (s.content.start, s.content.end)))


def _read(document: Document, passage: Passage, attributions: list[Attribution], carry: _Said | None) -> list[_Said]:
    said: list[_Said] = []
    claimed: set[int] = set()
    for one in attributions:
        first, last = one.content
        quoted = [i for i in range(first, last + 1) if passage.lows[i] == QUOTED]
        source = passage.span_of(*one.source) if one.source else None
        cue = passage.span_of(*one.cue)
        family = "thought" if one.is_thought else "said"
        rule = f"quotes.{family}.{one.frame}"
        words = last - first + 1
        if quoted and words - len(quoted) <= 1 + len(quoted):
            for index in quoted:
                if index not in claimed:
                    claimed.add(index)
                    said.append(_Said(QuoteKind.DIRECT, _inner(passage, index), source, cue, rule))
            continue
        claimed.update(quoted)
        kind = QuoteKind.MIXED if quoted else QuoteKind.INDIRECT
        said.append(_Said(kind, passage.span_of(first, last), source, cue, rule))
    for index, mark in enumerate(passage.marked):
        if mark is None or index in claimed:
            continue
        owner = _owner(document, passage, index, said, carry)
        if owner is not None:
            said.append(_Said(QuoteKind.DIRECT, mark.inner, owner.source, owner.cue, "quotes.said.continued"))
        elif len(document.folded[mark.inner.start : mark.inner.end].split()) >= _SCARE_WORDS and not mark.is_single:
            said.append(_Said(QuoteKind.DIRECT, mark.inner, None, None, "quotes.said.unattributed"))
    return said


def _inner(passage: Passage, index: int) -> Span:
    mark = passage.marked[index]
    assert mark is not None
    return mark.inner


def _owner(document: Document, passage: Passage, index: int, said: list[_Said], carry: _Said | None) -> _Said | None:
    """The attribution that a quotation without a cue of its own goes with."""
    mark = passage.marked[index]
    assert mark is not None
    here = [one for one in said if one.rule.startswith("quotes.said") and one.source is not None]
    if here:
        return min(here, key=lambda one: abs(one.content.start - mark.inner.start))
    if len(passage) <= 3 and carry is not None:
        return carry
    return None


def _quote(document: Document, one: _Said, book: SpeakerBook) -> Quote:
    return Quote(
        words=document.text[one.content.start : one.content.end],
        kind=one.kind,
        speaker=book.resolve(one.source) if one.source else None,
        cue=Cue(words=document.text[one.cue.start : one.cue.end], span=one.cue) if one.cue else None,
        evidence=Evidence(
            article_id=document.article_id,
            span=one.content,
            sentence=document.sentence_at(one.content.start),
            rule=one.rule,
        ),
    )

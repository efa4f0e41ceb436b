"""Who said what: quotations and attributed statements with their speaker and cue.

Quotation marks first (`marks`), then the clauses around them (`attributions`), then who the speaker is
(`speakers`). Stance: a quotation without a speaker is shown as such; a wrong speaker is the worst error.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digests.extract.speakers.book import SpeakerBook
from digests.extract.speech.attributions import Reader
from digests.extract.speech.cues import say_cues
from digests.extract.speech.lexicon import load_lexicon
from digests.extract.speech.marks import Marked, find_marked
from digests.extract.speech.passages import (
    QUOTED,
    Passage,
    cut_passages,
    pieces,
    read_passage,
)
from digests.extract.speech.settling import Attribution
from digests.extract.speech.subjects import Subjects
from digests.text.document import Document
from digests.types import Cue, Evidence, Quote, QuoteKind, Span

# A quotation of fewer words than this that no verb of saying points to is a scare quote or a title.
_SCARE_WORDS = 5
# A quotation of so many words is one even where nobody can be named for it.
_CERTAIN_WORDS = 12
# Letters from which a word of a title has a capital.
_SHORT_WORD = 5
# Tokens between a subject and the quotation that its unknown verb leads to.
_BEFORE = 14
# Frames that take a stance: what follows in the next sentence is seldom said by their subject.
_SOURCE = ".according"
_STANCES = (".judge", ".call", ".to", ".urge")
# Frames that tell what somebody says.
_TELLS = (".say", ".tell", ".that")
# Tokens of a passage that is nothing but a quotation, with a full stop outside.
_ALONE = 2
# Tokens of a sentence that only tells what somebody does before speaking.
_ACTING = 24
# Tokens of a headline from its start to the colon behind whose words it gives.
_HEADED = 5
# Tokens of a line that only says whose the quotation above it is, and what it begins with.
_SIGNATURE = 14
_DASHES = frozenset("-–")
# Frames that add nothing inside what somebody else says.
_ASIDE = frozenset({"call", "urge", "to"})
# Marks that may stand beside quotations without making them a part of somebody's clause.
_LINKS = frozenset(",.;:–-()")
# What may stand in front of a quotation that is no part of the clause before it.
_APART = _LINKS | {"!", "?", ".", "…", "and", "but", QUOTED}
# Tokens between a quotation and the verb whose subject speaks it ("..., the mayor of Bern retorted").
_NEAR = 9
# Characters from the end of a question to its answer.
_ANSWER = 40
# Attributions in front of an answer among which its question is.
_LOOKED_BACK = 4


class _Said(NamedTuple):
    """One attribution in characters, before its speaker is resolved."""

    kind: QuoteKind
    content: Span
    source: Span | None
    cue: Span | None
    rule: str


def find_quotes(document: Document) -> tuple[Quote, ...]:
    """Quotations and attributed statements of a document, in order of the text; empty for an empty text.

    `evidence.rule` is `quotes.said.*` for what somebody said and `quotes.thought.*` for what somebody thinks,
    wants or does about something in the writer's words.
    """
    marked = find_marked(document)
    said: list[_Said] = []
    position = 0
    carry = _Carry()
    reader = Reader()
    sentences = document.sentences
    may_open = say_cues().may_open
    # The sentence that the passage begins with.
    number = 0
    for span in cut_passages(document, marked):
        while position < len(marked) and marked[position].outer.end <= span.start:
            position += 1
        inside = []
        while position < len(marked) and marked[position].outer.start < span.end:
            inside.append(marked[position])
            position += 1
        first, number = number, number + 1
        while number < len(sentences) and sentences[number].start < span.end:
            number += 1
        is_signed = document.folded[span.start] in _DASHES and carry.free is not None
        is_idle = not inside and not is_signed and document.folded[span.end - 1] != ":"
        if is_idle and not any(map(may_open, document.plain[first:number])):
            # No words that any rule of attribution starts from.
            continue
        for passage in pieces(read_passage(document, span, inside)):
            reader.open(passage)
            if is_signed and (signed := _Reading(document, passage, carry, reader).signature()):
                said = [one for one in said if one is not carry.free] + [signed]
                continue
            attributions = reader.find_attributions()
            if attributions or passage.has_quotation or passage.lows[-1] == ":":
                said += _Reading(document, passage, carry, reader).read(attributions)
    said += _run_on(marked, said)
    book = SpeakerBook(document)
    answers = _answers(document, said)
    for one in sorted(
        (s for s in said if s.source), key=lambda s: (s.source.start, s.source.end) if s.source else (0, 0)
    ):
        if one.source is not None:
            is_tail = one.kind is QuoteKind.INDIRECT and one.content.start < one.source.start
            book.resolve(one.source, is_tail=is_tail, asked=answers.get(one.source))
    return tuple(
        _quote(document, one, book) for one in sorted(said, key=lambda s: (s.content.start, s.content.end))
    )


def _run_on(marked: Sequence[Marked], said: list[_Said]) -> list[_Said]:
    """The earlier lines of quotations that run over several and have their speaker behind the last; `said` loses
    what stood there without one."""
    if not any(mark.runs for mark in marked):
        return []
    told = {one.content.start: one for one in said if one.kind is QuoteKind.DIRECT}
    added: list[_Said] = []
    owner: _Said | None = None
    for mark, later in zip(reversed(marked[:-1]), reversed(marked[1:]), strict=True):
        owner = (told.get(later.inner.start) or owner) if later.runs else None
        own = told.get(mark.inner.start)
        if owner is None or owner.source is None or (own is not None and own.source is not None):
            continue
        if own is not None:
            said.remove(own)
        added.append(owner._replace(content=mark.inner, cue=None, rule="quotes.said.paragraph"))
    return added


@dataclass(slots=True)
class _Carry:
    """The last attribution in front of a passage, for a quotation that has no cue of its own."""

    last: _Said | None = None
    # Where the passage of `last` ended.
    end: int = 0
    # That passage promised a quotation ("... said:"), or was one.
    is_open: bool = False
    is_direct: bool = False
    # Its speaker opens that passage, and says there what is told in other words.
    leads: bool = False
    # The quotation without a speaker that ended the paragraph before.
    free: _Said | None = None


class _Reading:
    """Reads one passage: its attributions, then the quotations that none of them took."""

    def __init__(self, document: Document, passage: Passage, carry: _Carry, reader: Reader) -> None:
        self.document = document
        self.passage = passage
        self.carry = carry
        self.reader = reader
        self.said: list[_Said] = []
        self.claimed: set[int] = set()

    def read(self, attributions: Sequence[Attribution]) -> list[_Said]:
        """What is said in the passage that the reader has open, given its attributions."""
        passage = self.passage
        for one in attributions:
            self.take(one)
        if passage.has_quotation:
            free = [i for i, mark in enumerate(passage.marked) if mark is not None and i not in self.claimed]
            for index in free:
                self.take_free(index, self.reader)
        speech = self.said and [
            one for one in self.said if one.source is not None and one.rule.startswith("quotes.said")
        ]
        promised = self.reader.promise() if passage.lows[-1] == ":" else None
        if promised is not None:
            self.carry.last = self.promised(*promised)
            self.carry.end = passage.span.end
            self.carry.is_open = True
        elif speech:
            # "Reed said of it, according to a report": the next quotation is Reed's.
            quoted = [one for one in speech if one.kind is QuoteKind.DIRECT]
            told = quoted if quoted and speech[-1].rule.endswith(_SOURCE) else speech
            self.carry.last = next((o for o in reversed(told) if not o.rule.endswith(_STANCES)), told[-1])
            self.carry.end = passage.span.end
            self.carry.is_open = passage.lows[-1] == ":"
            self.carry.is_direct = self.carry.last.kind is QuoteKind.DIRECT
            self.carry.leads = self.leads(self.carry.last)
        return self.said

    def take(self, one: Attribution) -> None:
        """Turn an attribution into what is said: a quotation, a clause with one in it, or a clause."""
        passage = self.passage
        first, last = one.content
        quoted: list[int] = []
        if passage.has_quotation:
            quoted = [i for i in range(first, last + 1) if passage.marked[i] is not None]
        if one.is_nested and (one.is_thought or one.frame in _ASIDE):
            return
        source = passage.span_of(*one.source) if one.source else None
        if source is None:
            # A sentence without a subject ("Adding that ...") goes on with the speaker before it.
            if self.carry.last is None:
                return
            source = self.carry.last.source
        cue = passage.span_of(*one.cue)
        rule = f"quotes.{'thought' if one.is_thought else 'said'}.{one.frame}"
        if (
            quoted
            and {passage.lows[i] for i in range(first, last + 1) if passage.marked[i] is None} <= _links()
        ):
            for index in quoted:
                if index not in self.claimed:
                    self.claimed.add(index)
                    if self.is_title(index):
                        continue
                    self.said.append(_Said(QuoteKind.DIRECT, self.inner(index), source, cue, rule))
            return
        self.claimed.update(quoted)
        kind = QuoteKind.MIXED if quoted else QuoteKind.INDIRECT
        self.said.append(_Said(kind, passage.span_of(first, last), source, cue, rule))

    def leads(self, one: _Said) -> bool:
        """Whether a speech is all that its passage is about: its speaker opens it."""
        start = one.source.start if one.source else 0
        return one.rule.endswith(_TELLS) and start == self.passage.span.start

    def promised(self, subject: tuple[int, int], verb: int) -> _Said:
        """What a colon at the end of a paragraph leads to, still without its words."""
        source, cue = self.passage.span_of(*subject), self.passage.span_of(verb, verb)
        return _Said(QuoteKind.DIRECT, cue, source, cue, "quotes.said.say")

    def inner(self, index: int) -> Span:
        mark = self.passage.marked[index]
        if mark is None:
            raise ValueError(f"token {index} is no quotation")
        return mark.inner

    def take_free(self, index: int, phrases: Subjects) -> None:
        """Find the speaker of a quotation that no verb of saying took."""
        if self.is_title(index):
            return
        inner = self.inner(index)
        if self.is_subheading(index):
            return
        near = self.neighbour(index, phrases) or self.inverted(index, phrases)
        if near is not None:
            first, last, verb = near
            source, cue = self.passage.span_of(first, last), self.passage.span_of(verb, verb)
            self.said.append(_Said(QuoteKind.DIRECT, inner, source, cue, "quotes.said.beside"))
            return
        before = self.in_front(index, phrases)
        if before is not None:
            source = self.passage.span_of(*before)
            self.said.append(_Said(QuoteKind.DIRECT, inner, source, None, "quotes.said.beside"))
            return
        acting = self.acting() if index == 0 else None
        if acting is not None:
            self.said.append(_Said(QuoteKind.DIRECT, inner, acting, None, "quotes.said.acted"))
            return
        owner = self.owner(index)
        if owner is not None:
            one, rule = owner
            self.said.append(_Said(QuoteKind.DIRECT, inner, one.source, one.cue, rule))
        elif self.words(inner) >= _CERTAIN_WORDS and not self.is_single(index):
            self.carry.free = _Said(QuoteKind.DIRECT, inner, None, None, "quotes.said.unattributed")
            self.said.append(self.carry.free)

    def signature(self) -> _Said | None:
        """The quotation of the paragraph before with who stands under it: "- Ana Bell, mayor"."""
        free = self.carry.free
        if free is None or len(self.passage) > _SIGNATURE or len(self.passage) < 2:
            return None
        between = self.document.folded[free.content.end : self.passage.span.start]
        last = self.reader.phrase_after(1) if self.reader.is_name(1) else None
        if last is None or not any(c.isspace() for c in between) or any(c.isalnum() for c in between):
            return None
        ends = self.passage.lows[last + 1 : last + 2] in ([], ["."], [","])
        return (
            free._replace(source=self.passage.span_of(1, last), rule="quotes.said.signed") if ends else None
        )

    def words(self, span: Span) -> int:
        return len(self.document.folded[span.start : span.end].split())

    def asks(self, one: _Said) -> bool:
        """Whether a quotation is a question."""
        return "?" in self.document.folded[one.content.end - 1 : one.content.end + 1]

    def is_single(self, index: int) -> bool:
        mark = self.passage.marked[index]
        return mark is not None and mark.is_single

    def is_title(self, index: int) -> bool:
        """Whether a quotation names a show or a book: capitals throughout, behind whose it is or what it is."""
        before = self.passage.lows[index - 1] if index else ""
        if not (before.endswith("'s") or before in load_lexicon().words["works"]):
            return False
        inner = self.inner(index)
        words = self.document.folded[inner.start : inner.end].rstrip(".,").split()
        return words[0][:1].isupper() and all(
            not word[0].islower() or len(word) < _SHORT_WORD for word in words
        )

    def is_subheading(self, index: int) -> bool:
        """Whether a paragraph is but a piece in single marks, where the speech of the article has double ones."""
        is_all = len(self.passage) <= _ALONE and self.is_single(index)
        last = self.carry.last
        if not is_all or last is None or last.kind is QuoteKind.INDIRECT:
            return False
        start = self.passage.span.start
        return self.document.folded[start - 1 : start] == "\n" and '"' in self.document.folded[:start]

    def follows_cue(self, index: int, here: list[_Said]) -> bool:
        """Whether a verb of saying or its subject ends right in front of a quotation: "...," she said, "..."."""
        before = self.passage.lows[index - 1] if index else ""
        if before not in {",", ":"} or index < 2:
            return False
        end = self.passage.ends[index - 2]
        return any(
            one.cue is not None and end in {one.cue.end, one.source.end if one.source else -1} for one in here
        )

    def neighbour(self, index: int, phrases: Subjects) -> tuple[int, int, int] | None:
        """The subject and the place of an unknown verb right behind a quotation: "...," he shot back."""
        inner = self.inner(index)
        tail = self.document.folded[inner.end - 1 : inner.end + 1]
        start = index + 1
        if index and phrases.lows[index - 1] not in _APART:
            # "Though the group is "sure of it," she may leave"
            return None
        if not any(c in ",?!-–" for c in tail) or start > phrases.last:
            return None
        if not (
            phrases.lows[start] in phrases.pronouns
            or phrases.is_name(start)
            or phrases.lows[start] in phrases.determiners
        ):
            return None
        last = phrases.phrase_after(start)
        if last is None or last - start > _NEAR:
            return None
        for at in range(start + 1, min(last + 2, phrases.last + 1)):
            low = phrases.lows[at]
            if low in phrases.finite or low.endswith("ed") or low in phrases.lemma:
                return (start, at - 1, at)
        return None

    def inverted(self, index: int, phrases: Subjects) -> tuple[int, int, int] | None:
        """A name behind an unknown verb that a quotation leads to: "...?" reacted Tom Reed."""
        verb = index + 1
        inner = self.inner(index)
        tail = self.document.folded[inner.end - 1 : inner.end + 1]
        if verb >= phrases.last or not any(c in ",?!" for c in tail):
            return None
        low, written = phrases.lows[verb], phrases.written[verb]
        if not (low.endswith("ed") and written.islower() and phrases.is_name(verb + 1)):
            return None
        last = phrases.phrase_after(verb + 1)
        ends = last is not None and (last == phrases.last or phrases.lows[last + 1] in {".", ",", ";"})
        return (verb + 1, last, verb) if last is not None and ends else None

    def in_front(self, index: int, phrases: Subjects) -> tuple[int, int] | None:
        """Who stands before the colon or the comma that a quotation follows: "he shot back, ..."."""
        if index < 2 or phrases.lows[index - 1] not in {":", ","}:
            return None
        if phrases.lows[index - 1] == "," and (self.said or self.words(self.inner(index)) < _SCARE_WORDS):
            return None
        headed = self.headed(phrases)
        if headed is not None and headed[1] < index - 2:
            return headed
        subject = phrases.main_subject(index - 1) or phrases.phrase_before(phrases.skip_time_back(index - 2))
        if subject is None or not phrases.can_speak(subject, strictly=True):
            subject = self.heads_line(index, phrases)
        if subject and index - subject[1] > _BEFORE:
            return None
        return subject if subject and phrases.can_speak(subject, strictly=True) else None

    def headed(self, phrases: Subjects) -> tuple[int, int] | None:
        """Whom a headline names in front of its colon: "Reyes: Bell Would Close Mines, 'I Fear for Us'"."""
        colon = next((i for i in range(1, min(_HEADED, phrases.last)) if phrases.lows[i] == ":"), None)
        if colon is None or not all(phrases.is_name(i) for i in range(colon)):
            return None
        return (0, colon - 1) if phrases.can_speak((0, colon - 1)) else None

    def acting(self) -> Span | None:
        """Who nods or agrees in the sentence in front of a quotation: "Ida Dahl agreed. "We ..."."""
        number = self.document.sentence_index(self.passage.span.start)
        before = self.document.sentences[number - 1] if number else None
        if before is None or "\n" in self.document.folded[before.end : self.passage.span.start]:
            return None
        if load_lexicon().words["acting_verbs"].isdisjoint(self.document.plain[number - 1]):
            return None
        sentence = read_passage(self.document, before, ())
        if '"' in sentence.words or len(sentence) > _ACTING:
            return None
        self.reader.open(sentence)
        verb = next(
            (i for i, low in enumerate(sentence.lows) if low in load_lexicon().words["acting_verbs"]), 0
        )
        subject = self.reader.subject_before(verb - 1) if verb else None
        speaks = subject is not None and self.reader.can_speak(subject, strictly=True)
        self.reader.open(self.passage)
        return sentence.span_of(*subject) if subject is not None and speaks else None

    def heads_line(self, index: int, phrases: Subjects) -> tuple[int, int] | None:
        """The name that opens a line without a verb in front of a colon: "Ana Bell, the mayor, on X: ..."."""
        last = phrases.phrase_after(0) if phrases.lows[index - 1] == ":" and phrases.is_name(0) else None
        if last is None or phrases.lows[last + 1] not in {",", *phrases.words["where_words"]}:
            return None
        between = phrases.lows[last + 1 : index - 1]
        return None if any(low in phrases.finite or low in phrases.lemma for low in between) else (0, last)

    def owner(self, index: int) -> tuple[_Said, str] | None:
        """The attribution that a quotation without a cue of its own goes with."""
        inner = self.inner(index)
        between = self.document.folded[self.carry.end : self.passage.span.start]
        last = self.carry.last
        opens = index == 0 and self.carry.is_direct and not between.strip(" ")
        if opens and last is not None and self.words(inner) >= _SCARE_WORDS:
            return last, "quotes.said.goes_on"
        here = [one for one in self.said if one.rule.startswith("quotes.said") and one.source is not None]
        if here and self.words(inner) < _SCARE_WORDS and not self.follows_cue(index, here):
            return None
        if here:
            return min(here, key=lambda one: abs(one.content.start - inner.start)), "quotes.said.continued"
        if (
            self.carry.last is None
            or index > 1
            or (len(self.passage) > 3 and self.words(inner) < _SCARE_WORDS)
        ):
            return None
        if "\n" not in between:
            return self.carry.last, "quotes.said.goes_on"
        mark = self.passage.marked[index]
        if mark is None or between.strip():
            return None
        if not (mark.continues or self.carry.is_open or self.carry.is_direct):
            # "Reed said that critics were wrong." and a paragraph that is nothing but a quotation.
            is_all = len(self.passage) <= _ALONE and self.words(inner) >= _CERTAIN_WORDS
            return (self.carry.last, "quotes.said.after") if is_all and self.carry.leads else None
        if not (mark.continues or inner_ends(self.document.folded, inner)):
            return None
        if not mark.continues and not self.carry.is_open and self.asks(self.carry.last):
            # Who asked and closed the quotation is answered.
            return None
        return self.carry.last, "quotes.said.paragraph"


def _answers(document: Document, said: Sequence[_Said]) -> dict[Span, Span]:
    """The pronouns that answer a question told right before, each with the words for whoever was asked.

    "The mayor asked Reed whether it was safe. "No," he answered": he is Reed. Nobody is named in an empty span.
    """
    words = load_lexicon().words
    found: dict[Span, Span] = {}
    for index, one in enumerate(said):
        if one.cue is None or one.source is None:
            continue
        if document.low[one.cue.start : one.cue.end] not in words["answering"]:
            continue
        if document.words(one.source).lower() not in words["personal_pronouns"]:
            continue
        for other in said[max(0, index - _LOOKED_BACK) : index]:
            cue = other.cue
            is_near = 0 <= one.content.start - other.content.end <= _ANSWER
            if cue is None or not is_near or document.low[cue.start : cue.end] not in words["asking"]:
                continue
            hearer = document.folded[cue.end : other.content.start]
            start = cue.end + len(hearer) - len(hearer.lstrip())
            end = cue.end + len(hearer.rstrip(" ,:"))
            found[one.source] = Span(start=start, end=max(start, end))
    return found


@functools.cache
def _links() -> frozenset[str]:
    """Tokens that may stand beside quotations without making them a part of somebody's clause."""
    return _LINKS | load_lexicon().words["quotation_links"]


def inner_ends(folded: str, inner: Span) -> bool:
    """Whether a quotation is closed like a sentence: a heading in quotation marks is not."""
    return any(c in ".?!," for c in folded[inner.end - 1 : inner.end + 1])


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

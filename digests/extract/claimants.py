"""Who claims a figure: the speaker of the words around it, or nobody when the writer says so.

Stance: a wrong claimant is worse than none. A pronoun that cannot be tied to a name leaves the figure without one;
a sentence goes on with the claimant of the one before only where its words say that it goes on.
"""

from __future__ import annotations

import bisect
import dataclasses
import itertools
from collections.abc import Sequence

from digests.extract.counting import lexicon
from digests.extract.speakers import SpeakerBook
from digests.rules.gazetteer import NameKind, find_names
from digests.text.document import Document
from digests.text.numbers import read_amount
from digests.text.tokens import Token, tokenize
from digests.types import Quote, Span, Speaker

# Characters in front of a pronoun in which the country is named that it stands for ("attacks on Chad, which it said").
_PRONOUN_REACH = 240
# Quotes that begin after one that still goes on.
_NESTING = 12
# Tokens between a toll and the verb that sets it; tokens of who sets it.
_SETTER_REACH = 8
_LONGEST_SETTER = 8
# Chunk tags of verbs, helpers, negations and joints of clauses: none stands in a name.
_CLAUSE_TAGS = frozenset("BHMxsrVIPGYU")
# Characters at the head of a sentence in which its speaker is named, and at its tail.
_HEAD_REACH = 160
_TAIL_REACH = 120
# Tokens behind a rejected count in which it stands who gave it.
_GIVER_REACH = 14


class Claimants:
    """Answers who says the words at a span. Spans have to be asked for in order of the text."""

    def __init__(self, document: Document, quotes: Sequence[Quote]) -> None:
        self._document = document
        # Who thinks, mourns or wants something about a count in the writer's words does not claim it.
        self._quotes = [
            quote
            for quote in sorted(quotes, key=lambda quote: quote.evidence.span.start)
            if quote.speaker is not None and not quote.evidence.rule.startswith("quotes.thought")
        ]
        self._starts = [quote.evidence.span.start for quote in self._quotes]
        self._book = SpeakerBook(document)
        self._last: Speaker | None = None
        self._last_sentence: Span | None = None
        self._is_carried = False

    def of(self, span: Span, sentence: Span, *, is_toll: bool = False) -> Speaker | None:
        """The speaker whose words cover the span, the closest around it first; None for the writer.

        `is_toll`: the figure is a toll, which somebody may have "put at" its number.
        """
        speaker = self._covering(span)
        if speaker is None and is_toll:
            speaker = self._setter(span, sentence)
        if speaker is None and not self._has_quote(sentence):
            speaker = self._teller(span, sentence)
        carried = speaker is None and self._goes_on(sentence)
        if carried:
            speaker = self._last
        if speaker is not None:
            speaker = self._resolved(speaker)
        if speaker is not None and self._is_outlet(speaker):
            speaker = None
        if speaker is not None or sentence != self._last_sentence:
            self._last, self._last_sentence, self._is_carried = speaker, sentence, carried
        return speaker

    def _covering(self, span: Span) -> Speaker | None:
        last = bisect.bisect_left(self._starts, span.end)
        near = self._quotes[max(0, last - _NESTING) : last]
        covering = [quote for quote in near if quote.evidence.span.meets(span)]
        if not covering:
            return None
        quote = min(covering, key=lambda quote: quote.evidence.span.end - quote.evidence.span.start)
        if quote.cue is not None and quote.cue.words.lower() in lexicon().rejects:
            # "She rejected a figure of 21 dead that the governor gave": his count, not hers.
            return self._giver(span, quote.evidence.sentence)
        return quote.speaker

    def _giver(self, span: Span, sentence: Span) -> Speaker | None:
        """Who gave a count that somebody else rejects: "that the governor gave", "given by the governor"."""
        words = lexicon()
        tokens = tokenize(self._document.folded, span.end, sentence.end)
        for at, token in enumerate(tokens[:_GIVER_REACH]):
            if token.word not in words.gives:
                continue
            last = at
            if tokens[at + 1 : at + 2] and tokens[at + 1].word == "by":
                first, last = at + 2, min(at + 2 + _LONGEST_SETTER, len(tokens))
                breaks = [i for i in range(first, last) if not _is_name_word(tokens[i])]
                last = breaks[0] if breaks else last
            else:
                last = self._without_helpers(tokens, at)
                first = last
                while (
                    first
                    and _is_name_word(tokens[first - 1])
                    and tokens[first - 1].word not in words.relatives
                ):
                    first -= 1
            if 0 < last - first <= _LONGEST_SETTER:
                return self._book.resolve(Span(start=tokens[first].start, end=tokens[last - 1].end))
        return None

    def _without_helpers(self, tokens: Sequence[Token], at: int) -> int:
        """The index behind the last word in front of a verb that is no part of it: "the ministry [has]" put."""
        while at and tokens[at - 1].word in lexicon().helpers:
            at -= 1
        return at

    def _is_outlet(self, speaker: Speaker) -> bool:
        """The outlet's own count is the writer's."""
        outlet = self._document.outlet
        return outlet is not None and speaker.name.casefold() == outlet.casefold()

    def _setter(self, span: Span, sentence: Span) -> Speaker | None:
        """Who put a toll at its number: the words in front of the verb, up to a joint."""
        words = lexicon()
        tokens = tokenize(self._document.folded, sentence.start, span.start)
        for at in range(len(tokens) - 1, max(len(tokens) - _SETTER_REACH, 0), -1):
            if tokens[at].word not in words.puts_toll:
                continue
            last = self._without_helpers(tokens, at)
            first = last
            while first and _is_name_word(tokens[first - 1]):
                first -= 1
            if not 0 < last - first <= _LONGEST_SETTER or tokens[first].word in words.pronouns:
                return None
            return self._book.resolve(Span(start=tokens[first].start, end=tokens[last - 1].end))
        return None

    def _has_quote(self, sentence: Span) -> bool:
        at = bisect.bisect_left(self._starts, sentence.end)
        return at > 0 and self._quotes[at - 1].evidence.span.end > sentence.start

    def _teller(self, span: Span, sentence: Span) -> Speaker | None:
        """Who opens a sentence with what it says ("Police said 12 ...", "The governor told the agency four ...") or
        closes it (", police said"): only where no quote was found in it."""
        words = lexicon()
        if not any(
            self._document.folded.find(cue, sentence.start, sentence.end) >= 0 for cue in words.tell_cues
        ):
            return None
        head = tokenize(self._document.folded, sentence.start, min(span.start, sentence.start + _HEAD_REACH))
        for at, token in enumerate(head[: _LONGEST_SETTER + 1]):
            if token.word in words.tells and at:
                first = at - len(list(itertools.takewhile(_is_name_word, reversed(head[:at]))))
                is_name = read_amount(head, 0) is None and not any(
                    self._is_clause_word(word) for word in head[:at]
                )
                if first == 0 and is_name and head[0].word not in words.pronouns:
                    return self._book.resolve(Span(start=head[0].start, end=head[at - 1].end))
                break
            if not _is_name_word(token):
                break
        comma = self._document.folded.rfind(", ", max(span.end, sentence.end - _TAIL_REACH), sentence.end)
        if comma < 0:
            return None
        tail = tokenize(self._document.folded, comma + 1, sentence.end)
        at = next((i for i, token in enumerate(tail) if token.word in words.tells), 0)
        if not 0 < at <= _LONGEST_SETTER or tail[0].word in words.pronouns:
            return None
        if not all(_is_name_word(token) and not self._is_clause_word(token) for token in tail[:at]):
            return None
        return self._book.resolve(Span(start=tail[0].start, end=tail[at - 1].end))

    def _is_clause_word(self, token: Token) -> bool:
        """Whether a word makes a clause of what stands before a verb of telling ("though no injuries have been")."""
        found = lexicon().phrases.at([token], 0)
        return found is not None and found[0][0] in _CLAUSE_TAGS

    def _goes_on(self, sentence: Span) -> bool:
        """Whether a sentence without a speaker goes on with the report of the sentence right before it."""
        document, previous = self._document, self._last_sentence
        if self._last is None or previous is None:
            return False
        if sentence == previous:
            return self._is_carried
        between = document.sentence_index(sentence.start) - document.sentence_index(previous.start)
        if between != 1:
            return False
        words = document.folded[sentence.start : sentence.end].lower().replace(",", " ").split()
        cues = lexicon()
        opening = " ".join(words[:3])
        return not cues.reportedly.isdisjoint(words) or any(
            opening.startswith(phrase) for phrase in cues.report_goes_on
        )

    def _resolved(self, speaker: Speaker) -> Speaker | None:
        """A pronoun stands for the last country named in front of it; None where there is none.

        In a relative clause ("attacks on Chad, which it said killed two") that holds whatever the pronoun was
        taken for: the noun right in front of the clause is what it goes back to.
        """
        words = speaker.words.lower()
        is_open = speaker.name.lower() in lexicon().pronouns
        sentence = self._document.sentence_at(speaker.span.start)
        start = max(sentence.start, speaker.span.start - _PRONOUN_REACH)
        before = self._document.folded[start : speaker.span.start]
        is_relative = words in lexicon().pronoun_thing and before.rstrip().lower().endswith(
            lexicon().relatives
        )
        if not is_open and not is_relative:
            return speaker
        countries = [match for match in find_names(before) if match.name.kind is NameKind.COUNTRY]
        if not countries or words not in lexicon().pronoun_thing:
            return None if is_open else speaker
        name = countries[-1].name
        return dataclasses.replace(speaker, name=name.canonical, country=name.country)


def _is_name_word(token: Token) -> bool:
    """Whether a word may stand in a claimant's name: no mark, no joint."""
    return token.word[0].isalpha() and token.word not in lexicon().claim_breaks

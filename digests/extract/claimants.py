"""Who claims a figure: the speaker of the words around it, or nobody when the writer says so.

Stance: a wrong claimant is worse than none. A pronoun that cannot be tied to a name leaves the figure without one;
a sentence goes on with the claimant of the one before only where its words say that it goes on.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from digests.extract.chunks import lexicon
from digests.rules.gazetteer import NameKind, find_names
from digests.text.document import Document
from digests.types import Quote, Span, Speaker

# Characters in front of a pronoun in which the country is named that it stands for ("attacks on Chad, which it said").
_PRONOUN_REACH = 240


class Claimants:
    """Answers who says the words at a span. Spans have to be asked for in order of the text."""

    def __init__(self, document: Document, quotes: Sequence[Quote]) -> None:
        self._document = document
        self._quotes = [quote for quote in quotes if quote.speaker is not None]
        self._last: Speaker | None = None
        self._last_sentence: Span | None = None
        self._is_carried = False

    def of(self, span: Span, sentence: Span) -> Speaker | None:
        """The speaker whose words cover the span, the closest around it first; None for the writer."""
        speaker = self._covering(span)
        carried = speaker is None and self._goes_on(sentence)
        if carried:
            speaker = self._last
        if speaker is not None:
            speaker = self._resolved(speaker)
        if speaker is not None or sentence != self._last_sentence:
            self._last, self._last_sentence, self._is_carried = speaker, sentence, carried
        return speaker

    def _covering(self, span: Span) -> Speaker | None:
        covering = [quote for quote in self._quotes if quote.evidence.span.meets(span)]
        # Words about a figure that somebody says beat words inside them that somebody thinks.
        covering = [
            quote for quote in covering if not quote.evidence.rule.startswith("quotes.thought")
        ] or covering
        if not covering:
            return None
        return min(covering, key=lambda quote: quote.evidence.span.end - quote.evidence.span.start).speaker

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

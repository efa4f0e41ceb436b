"""Whom the words for a claimant name: "it", "the group", "the statement", the outlet itself.

Stance: a pronoun that nothing ties to a name is nobody.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests.extract.claims.cues import claim_rules
from digests.extract.counts.lexicon import lexicon
from digests.extract.speakers.book import SpeakerBook
from digests.extract.speakers.profiles import read_phrase
from digests.extract.speech.lexicon import load_lexicon
from digests.extract.tellings.likeness import is_city
from digests.rules.gazetteer import NameKind, find_names
from digests.rules.given_names import is_given_name
from digests.text.document import Document, fold
from digests.types import ActorKind, Quote, Span, Speaker

# Characters in front of a pronoun in which the country is named that it stands for ("attacks on Chad, which it said").
_PRONOUN_REACH = 240
# Characters in which "the group" was named in full before.
_TAKEN_UP_REACH = 600
# Characters in front of "the agency" in which it is named in full.
_IN_FULL_REACH = 2000
# Sentences in front of "the bulletin" in which it stands who put it out.
_ISSUED_REACH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who gave the last count, nobody at first, and the sentence that it stands in."""

    speaker: Speaker | None = None
    sentence: Span | None = None


class ClaimNames:
    """Finds the names behind the words for claimants in one document; `quotes` in order of the text."""

    def __init__(self, document: Document, quotes: Sequence[Quote], book: SpeakerBook) -> None:
        self.document = document
        self.quotes = quotes
        self.starts = [quote.evidence.span.start for quote in quotes]
        self.book = book

    def is_outlet(self, speaker: Speaker) -> bool:
        """The outlet's own count is the writer's."""
        outlet = self.document.outlet
        return outlet is not None and speaker.name.casefold() == outlet.casefold()

    def behind(self, speaker: Speaker, told: Told) -> Speaker | None:
        """The name behind a pronoun or "the group"; None for a pronoun that nothing ties to a name.

        `told` is who gave the count before.
        """
        known = self._taken_up(speaker) or self._named_in_full(speaker)
        if known is None:
            form = claim_rules().subject_form.get(speaker.words.lower())
            known = self.book.stand_for(form, speaker.span) if form else speaker
        known = self._country_for(known) or self.who_told_last(speaker, told)
        is_agency = known is not None and known.kind is ActorKind.MEDIA
        if known is not None and known.role is None and is_city(known.name) and not is_agency:
            # "... the port of Brume, authorities said": a town says nothing; the agency SANA does.
            known = None
        return known

    def who_told_last(self, speaker: Speaker, told: Told) -> Speaker | None:
        """Whom a pronoun that the text leaves open stands for: who gave the counts right before, if that fits.

        "The league raised its count to 17. Twenty others were hurt, it said": only a quotation makes a speaker known.
        So too the body that opens the sentence before: "The Norte Front has a list. It names 46 dead".
        """
        document = self.document
        index = document.sentence_index(speaker.span.start)
        if not index:
            return None
        sentence, before = document.sentences[index], document.sentences[index - 1]
        if "\n" in document.folded[before.end : sentence.start]:
            return None
        last = told.speaker if told.sentence in (before, sentence) else None
        group = None
        if last is None:
            group = self._opening_group(before)
            opening = self.book.openings.find(before) if group is None else None
            span = opening.span if opening is not None else group
            last = self.book.resolve(span) if span is not None else None
            last = (self._taken_up(last) or last) if last is not None else None
        if last is None or last.span.end > speaker.span.start:
            return None
        profile = read_phrase(last.words, fold(last.words))
        words = claim_rules().subject_form.get(speaker.words.lower(), speaker.words.lower())
        if words in lexicon().he_she:
            return last if profile.is_person else None
        if words in lexicon().pronoun_thing:
            return last if profile.is_body or group is not None or last.country is not None else None
        return last if words in lexicon().they and not profile.is_person else None

    def _opening_group(self, sentence: Span) -> Span | None:
        """The group without a name that opens a sentence: "The group put out its own version"."""
        folded = self.document.folded
        words = folded[sentence.start : sentence.end].split(" ", 2)
        if len(words) < 3 or words[0] != "The" or words[1] not in claim_rules().taken_up:
            return None
        return Span(start=sentence.start, end=sentence.start + len(words[0]) + 1 + len(words[1]))

    def _taken_up(self, speaker: Speaker) -> Speaker | None:
        """Whom "the group" takes up: the last body that spoke by its name; of "the statement" whoever made one."""
        first, _, rest = speaker.words.lower().partition(" ")
        if first not in load_lexicon().words["definite_words"]:
            return None
        if rest in claim_rules().issued:
            return self._who_issued(rest, speaker.span)
        if rest not in claim_rules().taken_up:
            return None
        for quote in reversed(self.quotes[: bisect.bisect_left(self.starts, speaker.span.start)]):
            other = quote.speaker
            if other is None or other.span.start < speaker.span.start - _TAKEN_UP_REACH:
                return None
            is_body = other.role is None and len(other.name.split()) > 1
            if is_given_name(other.name.split()[0]) or other.kind is ActorKind.OFFICIAL:
                # Neither a person nor a ministry is "the party", but for the one of that name.
                is_body = is_body and other.name.lower().endswith(f" {rest}")
            if is_body and other.name.split()[-1][:1].isupper() and other.span.end <= speaker.span.start:
                return other
        return None

    def _named_in_full(self, speaker: Speaker) -> Speaker | None:
        """The one body in front of "the agency" that its words are short for: "the national disaster agency"."""
        first, _, head = speaker.words.partition(" ")
        words = load_lexicon().words
        if first.lower() not in words["definite_words"] or not head.isalpha() or not head.islower():
            return None
        if not read_phrase(speaker.words, fold(speaker.words)).is_body:
            return None
        before = self.document.folded[max(0, speaker.span.start - _IN_FULL_REACH) : speaker.span.start]
        fuller = {
            match[1]
            for match in re.finditer(rf"\b[Tt]he ((?:[a-z-]+ ){{1,3}}{head})\b", before)
            if words["prepositions"].isdisjoint(match[1].split())
            and words["articles"].isdisjoint(match[1].split())
        }
        return dataclasses.replace(speaker, name=f"the {fuller.pop()}") if len(fuller) == 1 else None

    def _who_issued(self, paper: str, at: Span) -> Speaker | None:
        """Who speaks by a paper that is taken up again: who said so "in a communique", else who "issued a bulletin"."""
        document = self.document
        is_any = paper.startswith(claim_rules().same)
        for quote in reversed(self.quotes[: bisect.bisect_left(self.starts, at.start)]):
            other, sentence = quote.speaker, quote.evidence.sentence
            words = document.low[sentence.start : min(sentence.end, at.start)]
            if (
                other is None
                or sentence.end > at.start
                or other.words.lower().split()[-1] in claim_rules().issued
            ):
                continue
            if f" {paper}" in words or is_any:
                return other
        index = document.sentence_index(at.start)
        for sentence in reversed(document.sentences[max(0, index - _ISSUED_REACH) : index]):
            if f" {paper}" in document.low[sentence.start : sentence.end]:
                opening = self.book.openings.find(sentence)
                return self.book.resolve(opening.span) if opening is not None else None
        return None

    def _country_for(self, speaker: Speaker) -> Speaker | None:
        """A pronoun stands for the last country named in front of it; None where there is none.

        In a relative clause ("attacks on Chad, which it said killed two") that holds whatever the pronoun was
        taken for: the noun right in front of the clause is what it goes back to.
        """
        words = speaker.words.lower()
        shown = speaker.name.lower()
        # The WHO is a body, and known as one.
        is_open = speaker.country is None and (
            shown in lexicon().pronouns or shown in claim_rules().subject_form
        )
        sentence = self.document.sentence_at(speaker.span.start)
        start = max(sentence.start, speaker.span.start - _PRONOUN_REACH)
        before = self.document.folded[start : speaker.span.start]
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

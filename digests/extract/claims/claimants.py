"""Who claims a figure: the speaker of the words around it, or nobody when the writer says so.

Stance: a wrong claimant is worse than none. A pronoun that cannot be tied to a name leaves the figure without one;
a sentence goes on with the claimant of the one before only where its words say that it goes on.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Sequence

from digests.extract.claims.cues import ClaimCue, ClaimReader, claim_rules
from digests.extract.claims.names import ClaimNames, Told
from digests.extract.counts.chunks import Chunk
from digests.extract.counts.lexicon import lexicon
from digests.extract.pages.issuers import find_issuer
from digests.extract.pages.papers import find_signer
from digests.extract.speakers.book import SpeakerBook
from digests.extract.speech.lexicon import load_lexicon
from digests.text.document import Document
from digests.text.numberwords import number_words
from digests.text.tokens import tokenize
from digests.trace import Reason, reason
from digests.types import Quote, QuoteKind, Span, Speaker

# Quotes that begin after one that still goes on.
_NESTING = 12
# Tokens of who gives a count.
_LONGEST_GIVER = 8
# Tokens behind a rejected count in which it stands who gave it.
_GIVER_REACH = 14
# Cues by which the speaker of a quotation hands on what somebody else said.
_OF_OTHERS = frozenset({"claims.cited", "claims.reported_as"})
# By which a count of the sentence before is confirmed.
_CONFIRMS = "claims.confirms_it"
_NOBODY = (reason("claimant.nobody"),)
# Characters behind a count in which it is taken back.
_BACK_REACH = 60
# The frame of quotes that take a stance on something.
_STANCE = ".judge"
# Frames of quotes that call for something: what happened before stands in them in the writer's words.
_CALLS = (".call", ".urge", ".to", ".particle")


class Claimants:
    """Answers who says the words at a span. Spans have to be asked for in order of the text.

    `reasons` are those of the last answer.
    """

    def __init__(self, document: Document, quotes: Sequence[Quote]) -> None:
        self._document = document
        # Who thinks, mourns or wants something about a count in the writer's words does not claim it.
        self._quotes = [
            quote
            for quote in sorted(quotes, key=lambda quote: quote.evidence.span.start)
            if quote.speaker is not None and not quote.evidence.rule.startswith("quotes.thought")
        ]
        self._starts = [quote.evidence.span.start for quote in self._quotes]
        self._ends = [quote.evidence.span.end for quote in self._quotes]
        self._book = SpeakerBook(document)
        self._reader = ClaimReader(document)
        self._names = ClaimNames(document, self._quotes, self._book)
        self._told = Told()
        # Where the cue of the last claimant ends, behind its count.
        self._last_cue_end = 0
        self._is_carried = False
        self.reasons: tuple[Reason, ...] = ()

    def of(
        self,
        span: Span,
        sentence: Span,
        *,
        chunk: Chunk,
        total: Speaker | None = None,
        is_running: bool = False,
    ) -> Speaker | None:
        """The speaker whose words cover the span, the closest around it first; None for the writer.

        `chunk` is what is counted, `total` who claims the total in the same sentence that it is a part of,
        `is_running` whether it is a count of months or years, which no report on one day goes on with.
        """
        self.reasons = ()
        is_back = self._is_taken_back(span, sentence) or self._is_official(span, sentence)
        quote = None if is_back else self._covering(span)
        cue = None if is_back else self._nearest_cue(span, sentence, quote)
        speaker: Speaker | None = None
        cue_end = 0
        if cue is not None:
            speaker, cue_end = self._book.resolve(cue.who), cue.cue.end
            self._because("claimant.cue", rule=cue.rule, cue=cue.cue, who=cue.who)
        elif quote is not None:
            speaker, cue_end = self._speaker_of(quote, span)
        carried = speaker is None and not is_running and self._goes_on(span, sentence, chunk)
        if carried:
            speaker = self._told.speaker
        if speaker is None and total is not None and not is_back:
            speaker = total
            self._because("claimant.of_total", who=total.name)
        if speaker is None and quote is None and not is_back:
            speaker = self._who_confirms(sentence)
        is_ours = speaker is not None and f"{speaker.words.lower()} ".startswith(claim_rules().ours)
        if is_ours or (speaker is None and quote is None and not is_back):
            speaker = self._issuer() or speaker
        if speaker is not None and speaker.words.lower() in claim_rules().nobody:
            speaker = None
        if speaker is not None:
            speaker = self._resolved(speaker)
        if speaker is not None and self._names.is_outlet(speaker):
            self._because("claimant.outlet", name=speaker.name)
            speaker = None
        if not self.reasons:
            self.reasons = _NOBODY
        if speaker is not None or sentence != self._told.sentence:
            self._told, self._is_carried = Told(speaker=speaker, sentence=sentence), carried
            self._last_cue_end = cue_end if cue_end > span.end else 0
        return speaker

    def _resolved(self, speaker: Speaker) -> Speaker | None:
        """The name behind the words for a claimant, with the reason where they are another's or nobody's."""
        known = self._names.behind(speaker, self._told)
        if known is None:
            self._because("claimant.unresolved", who=speaker.words)
        elif known.name.casefold() != speaker.words.casefold() and (
            speaker.words.lower() in load_lexicon().words["personal_pronouns"] or known is not speaker
        ):
            self._because("claimant.stands_for", who=speaker.words, name=known.name)
        return known

    def _is_taken_back(self, span: Span, sentence: Span) -> bool:
        """ "An earlier report of 12 dead was wrong, the brigade said": who says so does not claim the count."""
        found = claim_rules().taken_back.search(
            self._document.folded, span.end, min(sentence.end, span.end + _BACK_REACH)
        )
        if found is None or "," in self._document.folded[span.end : found.start()]:
            return False
        self._because("claimant.aside", cue=Span(start=found.start(), end=found.end()))
        return True

    def _is_official(self, span: Span, sentence: Span) -> bool:
        """ "At least 30 died, far more than the official toll of 13, the group said": the 13 are not the group's."""
        found = claim_rules().official.search(self._document.folded, sentence.start, span.end)
        if found is None or found.end() + 1 < span.start or found.start() < span.start - _BACK_REACH:
            return False
        self._because("claimant.aside", cue=Span(start=found.start(), end=found.end()))
        return True

    def _who_confirms(self, sentence: Span) -> Speaker | None:
        """Who confirms a count in the next sentence: "The morgue took in 41 bodies. Its head confirmed the number"."""
        document = self._document
        index = document.sentence_index(sentence.start) + 1
        if index >= len(document.sentences) or not claim_rules().confirms.intersection(document.plain[index]):
            return None
        following = document.sentences[index]
        if "\n" in document.folded[sentence.end : following.start]:
            return None
        cues = self._reader.cues(following, is_told=False)
        cue = next((cue for cue in cues if cue.rule == _CONFIRMS), None)
        if cue is None:
            return None
        self._because("claimant.cue", rule=cue.rule, cue=cue.cue, who=cue.who)
        return self._book.resolve(cue.who)

    def _issuer(self) -> Speaker | None:
        """Who issues the page as its own statement, and so claims what nobody else in it does."""
        if self._issued_by is not None:
            self._because("claimant.issuer", who=self._issued_by.name)
        return self._issued_by

    @functools.cached_property
    def _issued_by(self) -> Speaker | None:
        issuer = find_issuer(self._document.text) if self._document.outlet is None else None
        who = issuer.span if issuer is not None else find_signer(self._document)
        return self._book.resolve(who) if who is not None else None

    def _because(self, code: str, **words: object) -> None:
        """Note a reason; spans stand for the words there."""
        told = {name: self._document.words(w) if isinstance(w, Span) else w for name, w in words.items()}
        self.reasons = (*self.reasons, reason(code, **told))

    # ------------------------------------------------------------------ quotations

    def _covering(self, span: Span) -> Quote | None:
        """The closest quotation around a span in which a count may be claimed."""
        last = bisect.bisect_left(self._starts, span.end)
        near = range(max(0, last - _NESTING), last)
        starts, ends, begin = self._starts, self._ends, span.start
        covering = [at for at in near if ends[at] > begin]
        if not covering:
            return None
        covering.sort(key=lambda at: ends[at] - starts[at])
        known = (at for at in covering if self._is_known(self._quotes[at]))
        # "The nurse said they had admitted 19": of two speakers the one who is known.
        quote = self._quotes[next(known, covering[0])]
        if quote.cue is None:
            return quote
        if ";" in self._document.folded[quote.cue.span.end : quote.evidence.span.start]:
            # "..., a clerk said; crews had found nine bodies"
            return None
        if quote.words.lower().startswith(claim_rules().said_things):
            self._because("claimant.aside", cue=quote.cue.span)
            return None
        if self._tells_nothing(quote):
            self._because("claimant.aside", cue=quote.cue.span)
            return None
        is_call = quote.evidence.rule.endswith(_CALLS)
        if is_call and quote.cue.words.lower().startswith(claim_rules().no_claim):
            self._because("claimant.aside", cue=quote.cue.span)
            return None
        if is_call or (quote.evidence.rule.endswith(_STANCE) and quote.kind is not QuoteKind.DIRECT):
            before = self._document.folded[quote.cue.span.end : max(quote.cue.span.end, span.start)]
            if claim_rules().aside.search(before):
                # "called for calm after a riot in which five were killed"
                self._because("claimant.aside", cue=quote.cue.span)
                return None
        return quote

    def _tells_nothing(self, quote: Quote) -> bool:
        """Whether the verb of an indirect quotation gives no count: a stance on what others tell, or no verb at all.

        "The league condemned the killing of nine pilgrims", "the eight alleged smugglers".
        """
        if quote.kind is QuoteKind.DIRECT or quote.cue is None or quote.speaker is None:
            return False
        rules, verb = claim_rules(), quote.cue.words.lower()
        if verb.startswith(rules.no_speech):
            return True
        if quote.evidence.rule.endswith(_STANCE) and verb.startswith(rules.no_telling):
            return True
        last = quote.speaker.words.lower().rpartition(" ")[2]
        return last in rules.leads_noun or (last in number_words() and verb.endswith("ed"))

    def _is_known(self, quote: Quote) -> bool:
        """Whether a quotation's speaker is no pronoun that the text leaves open."""
        return quote.speaker is not None and quote.speaker.name.lower() not in lexicon().pronouns

    def _speaker_of(self, quote: Quote, span: Span) -> tuple[Speaker | None, int]:
        """Who speaks a quotation around a count, and where its cue ends."""
        cue = quote.cue
        if cue is not None and cue.words.lower() in lexicon().rejects:
            # "She rejected a figure of 21 dead that the governor gave": his count, not hers.
            self._because("claimant.rejected", cue=cue.words)
            return self._giver(span, quote.evidence.sentence), 0
        speaker = quote.speaker
        self._because(
            "claimant.quote" if cue is not None else "claimant.beside",
            rule=quote.evidence.rule,
            cue=cue.words if cue is not None else None,
            who=speaker.words if speaker is not None else None,
        )
        return speaker, cue.span.end if cue is not None else 0

    def _giver(self, span: Span, sentence: Span) -> Speaker | None:
        """Who gave a count that somebody else rejects: "that the governor gave", "given by the governor"."""
        words = lexicon()
        tokens = tokenize(self._document.folded, span.end, sentence.end)
        lows = tokens.lows
        for at, low in enumerate(lows[:_GIVER_REACH]):
            if low not in words.gives:
                continue
            last = at
            if lows[at + 1 : at + 2] == ["by"]:
                first, last = at + 2, min(at + 2 + _LONGEST_GIVER, len(lows))
                breaks = [i for i in range(first, last) if not _is_name_word(lows[i])]
                last = breaks[0] if breaks else last
            else:
                while last and lows[last - 1] in words.helpers:
                    last -= 1
                first = last
                while first and _is_name_word(lows[first - 1]) and lows[first - 1] not in words.relatives:
                    first -= 1
            if 0 < last - first <= _LONGEST_GIVER:
                who = Span(start=tokens.starts[first], end=tokens.ends[last - 1])
                self._because("claimant.giver", cue=low, who=who)
                return self._book.resolve(who)
        return None

    # ------------------------------------------------------------------ other cues

    def _nearest_cue(self, span: Span, sentence: Span, quote: Quote | None) -> ClaimCue | None:
        """The cue of `rules/claims.toml` that gives a count, where it stands closer than the quotation's own."""
        stretch = sentence
        if quote is not None and quote.kind is QuoteKind.DIRECT:
            stretch = quote.evidence.span
        best: ClaimCue | None = None
        cited: list[ClaimCue] = []
        is_told = quote is not None and quote.cue is not None and quote.kind is not QuoteKind.DIRECT
        for cue in self._reader.cues(stretch, is_told=is_told and self._tells(quote)):
            if not cue.reach.start <= span.start < cue.reach.end:
                continue
            if cue.cue.meets(span) and cue.who.start < span.end:
                # The verb that counts is no verb of telling; "are confirmed dead by the clinic" is both.
                continue
            if not self._is_within(cue, quote) or not self._is_somebody(cue):
                continue
            if quote is not None and self._document.words(cue.who).lower().startswith(
                claim_rules().own_people
            ):
                # "The league says its volunteers have counted nine": the league's.
                continue
            if cue.rule in _OF_OTHERS:
                cited.append(cue)
            if best is None or _distance(cue, span) < _distance(best, span):
                best = cue
        # "The radio, quoting a nurse, put the number at 23": hers.
        inside = (one for one in cited if best is not None and best.who.end <= one.cue.start < best.cue.start)
        return next(inside, best)

    def _tells(self, quote: Quote | None) -> bool:
        """Whether a quotation's verb is one that cues of telling hold too: it is not to be read twice."""
        cue = quote.cue if quote is not None else None
        return cue is not None and not claim_rules().tells.isdisjoint(cue.words.lower().split())

    def _is_within(self, cue: ClaimCue, quote: Quote | None) -> bool:
        """Whether a cue stands closer to a count than the cue of the quotation around it."""
        if quote is None or cue.rule in _OF_OTHERS:
            return True
        if quote.speaker is not None and quote.speaker.span.start <= cue.cue.start < quote.speaker.span.end:
            # "according to a count by the clinic"
            return True
        if not quote.evidence.span.covers(cue.cue):
            return False
        own = quote.cue.span if quote.cue is not None else None
        return own is None or not own.meets(cue.cue)

    def _is_somebody(self, cue: ClaimCue) -> bool:
        """Whether a cue's claimant is named, or a pronoun that the text ties to a name."""
        words = self._document.words(cue.who).lower()
        if words not in load_lexicon().words["personal_pronouns"]:
            return True
        speaker = self._book.resolve(cue.who)
        return (
            speaker.name.lower() not in lexicon().pronouns
            or self._names.who_told_last(speaker, self._told) is not None
        )

    # ------------------------------------------------------------------ what goes on

    def _goes_on(self, span: Span, sentence: Span, chunk: Chunk) -> bool:
        """Whether a count without a speaker goes on with the report right before it."""
        document, last, previous = self._document, self._told.speaker, self._told.sentence
        if last is None or previous is None or last.words.lower().split()[-1] in claim_rules().kin:
            # "Twelve persons reported missing by relatives are being traced. Nineteen remain in hospital."
            return False
        if sentence == previous:
            between = document.folded[self._last_cue_end : span.start]
            is_clause = bool(self._last_cue_end) and claim_rules().goes_on.match(between) is not None
            if self._is_carried or is_clause:
                self._because("claimant.same_report", who=last.name)
                return True
            return False
        if document.sentence_index(sentence.start) - document.sentence_index(previous.start) != 1:
            return False
        if self._has_speaker(sentence, span):
            return False
        words = document.folded[sentence.start : sentence.end].lower().replace(",", " ").split()
        cues = lexicon()
        opening = " ".join(words[:3])
        cue = next((phrase for phrase in cues.report_goes_on if opening.startswith(phrase)), None)
        cue = cue or next((word for word in words if word in cues.reportedly), None)
        cue = cue or self._reads_on(span, sentence, chunk)
        if cue is not None:
            self._because("claimant.goes_on", cue=cue, who=last.name)
        return cue is not None

    def _has_speaker(self, sentence: Span, count: Span) -> bool:
        """Whether a sentence tells in front of a count who says it: "Most had burns, said a nurse at the clinic, which
        took in eight"."""
        first = bisect.bisect_left(self._starts, sentence.start)
        return any(
            quote.cue is not None and sentence.start <= quote.cue.span.start < count.start
            for quote in self._quotes[first : first + 2]
        )

    def _reads_on(self, span: Span, sentence: Span, chunk: Chunk) -> str | None:
        """The count by which a sentence reads on from the toll before it in its paragraph, where it opens with it.

        "Fifteen are still missing.", "The other three were not found.", "That brings the number of dead to three.";
        not "Two nurses died in the clinic.", which is a report of its own.
        """
        document, rules = self._document, claim_rules()
        assert self._told.sentence is not None
        start = min(span.start, chunk.start)
        is_here = "\n" not in document.folded[self._told.sentence.end : sentence.start]
        if not is_here or rules.reads_on.match(document.folded[sentence.start : start]) is None:
            return None
        is_bare = chunk.tag != "N" or chunk.is_others or chunk.is_partitive or chunk.is_subset
        if not is_bare and rules.stands.match(document.folded[chunk.end : sentence.end]) is None:
            return None
        return document.words(Span(start=start, end=chunk.end))


def _distance(cue: ClaimCue, span: Span) -> int:
    """Characters between a cue and a count."""
    return span.start - cue.cue.end if cue.cue.end <= span.start else cue.cue.start - span.end


def _is_name_word(low: str) -> bool:
    """Whether a word may stand in a claimant's name: no mark, no joint."""
    return low[0].isalpha() and low not in lexicon().claim_breaks

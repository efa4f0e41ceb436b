"""Clauses around a verb of saying: where what is said begins, and whether a thing follows and no clause.

Between the verb and what is said may stand a hearer, a day, a place, a document ("told reporters in Rome on Monday
that"). Stance: a content that begins too early only blurs a window, one cut too late loses its subject.
"""

from __future__ import annotations

from digests.extract.speech.passages import QUOTED
from digests.extract.speech.phrases import BREAKS, people_words
from digests.extract.speech.subjects import Subjects

_CLAUSE_ENDS = frozenset(";?!")
# Frames of verbs by which somebody else speaks.
_TOLD = frozenset({"say", "tell"})
_DASHES = frozenset("-–")
# Tokens of a dateline with its agency in brackets, at most.
_DATELINE = 12
# Tokens of "in a letter to the council", at most.
_FRAME = 8
# Tokens of a fronted clause, at most.
_LONGEST_FRONT = 60
# Tokens of what stands between two commas in front of what is said, at most: "in Doha, Qatar, that".
_INSERTED = 16
# Tokens of a hearer behind its "of", at most: "told the opening of the annual assembly in Bern that".
_HEARER = 10


class Clauses(Subjects):
    """What stands behind the verbs of one passage."""

    def clause_start(self, at: int) -> int:
        """Where the clause that ends at a token begins: behind a semicolon, else with the passage."""
        while at > 0 and self.lows[at - 1] not in _CLAUSE_ENDS:
            if at < _DATELINE and self.lows[at - 1] in _DASHES and self.lows[at - 2] == ")":
                # Behind a dateline and its agency, as in "BERN (Tidewire) - The road was open, police said."
                break
            at -= 1
        return at

    def front(self) -> tuple[int, tuple[int, int]] | None:
        """The comma that ends a fronted clause and the subject behind it: "After he left, Reed said".

        `None` where the sentence opens with no conjunction and no participle of a verb of saying.
        """
        lows = self.lows
        is_participle = lows[0] in self.lemma and lows[0].endswith("ing")
        if not (is_participle or lows[0] in self.words["fronting"]):
            return None
        for comma in range(2, min(self.last - 1, _LONGEST_FRONT)):
            subject = self._subject_behind(comma) if lows[comma] == "," else None
            if subject is not None:
                return comma, subject
        return None

    def _subject_behind(self, comma: int) -> tuple[int, int] | None:
        """The subject that a main clause begins with behind a comma, up to its verb."""
        first = comma + 1
        last = self.phrase_after(first)
        if last is None or self.lows[first] in self.relatives:
            return None
        for verb in range(first + 1, min(last + 3, self.last + 1)):
            if self.lows[verb] in self.auxiliaries or self._looks_finite(verb):
                end = verb - 1
                while end > first and self.is_adverb(end):
                    end -= 1
                return (first, end)
        return None

    def leads_to_words(self, at: int) -> bool:
        """Whether a quotation, "that", a colon or the end of the clause follows, over adverbs and time words."""
        lows = self.lows
        while at <= self.last and (self.is_adverb(at) or lows[at] in self.time_words):
            at += 1
        if at > self.last or lows[at] in BREAKS or lows[at] in {QUOTED, "that"}:
            return True
        if lows[at] not in self.words["modifier_starts"]:
            return False
        return QUOTED in lows[at : at + 12] or self._is_framed_clause(at)

    def _is_framed_clause(self, at: int) -> bool:
        """Whether a day or a document and then "that" stand at a token: "added on Tuesday that", "in a letter that".

        Not where what follows "that" is told of the document: "in a letter that was found".
        """
        end = next(
            (i for i in range(at + 1, min(self.last - 1, at + _FRAME)) if self.lows[i] == "that"), None
        )
        if end is None or self.lows[end + 1] in self.finite or self.lows[end + 1] in self.auxiliaries:
            return False
        between = self.lows[at + 1 : end]
        if any(low in BREAKS or low.endswith("ing") or low in self.conjunctions for low in between):
            # "laughed on Tuesday after hearing a ruling that"
            return False
        return self.lows[end - 1] in self.time_words or self.lows[end - 1] in self.words["document_nouns"]

    def takes_object(self, at: int) -> bool:
        """Whether a thing follows and no clause: "added a title", "continued to walk", "wrote a book"."""
        lows = self.lows
        while at <= self.last and (self.is_adverb(at) or lows[at] in self.time_words):
            at += 1
        if at > self.last or lows[at] in BREAKS or lows[at] in {QUOTED, "that"}:
            return False
        if lows[at] == "to":
            return not self._is_hearer(at + 1) and QUOTED not in lows[at : at + 10]
        if lows[at] in self.prepositions or lows[at] in self.conjunctions:
            return False
        return QUOTED not in lows[at : at + 12] and self.is_object(at)

    def _is_hearer(self, at: int) -> bool:
        """Whether somebody stands behind "to", and no verb: "wrote to parents", "said to the court"."""
        if at > self.last:
            return False
        low = self.lows[at]
        return (
            low in people_words()
            or low in self.determiners
            or low in self.words["object_pronouns"]
            or self.is_name(at)
        )

    def is_object(self, at: int) -> bool:
        """Whether the noun phrase at a token ends the clause: then it is an object and no clause."""
        lows = self.lows
        for index in range(at, min(self.last + 1, at + 14)):
            if lows[index] in self.finite or lows[index].endswith("ed"):
                return False
            if lows[index] in BREAKS:
                return True
        return True

    def is_relative(self, edge: int) -> bool:
        """Whether a speaker stands in a relative clause: "the raid, which the army said was over"."""
        return edge > 0 and self.lows[edge - 1] in self.words["clause_relatives"]

    def skip_forward(self, at: int, *, tell: bool) -> int:
        """The first token of what is said: over hearers, time words, "in a statement", "that", comma and colon."""
        lows = self.lows
        if tell:
            begin, at = at, self.skip_hearer(at)
            if begin < at <= self.last and lows[at] in self.words["told_starts"]:
                # "warned residents not to leave", "told them about the river"
                return at
        while at <= self.last:
            low = lows[at]
            if low in {"that", ":"} or (low == "," and at < self.last and lows[at + 1] == QUOTED):
                while at < self.last and lows[at + 1] == "that":
                    at += 1
                if low == "that" and lows[at + 1 : at + 2] and lows[at + 1] in self.auxiliaries:
                    # "said that was not enough"
                    return at
                return at + 1
            if low == "," and (behind := self._over_insertion(at)) is not None:
                at = behind
                continue
            if low in self.words["modifier_starts"] and at < self.last:
                end = self.modifier_end(at)
                if end is not None:
                    at = end + 1
                    continue
            if low == "not" or (low in self.words["lengths_of_time"] and lows[at + 1 : at + 2] == ["of"]):
                # "promised not to name the source", "said weeks of rain had loosened the slope"
                break
            if low in self.time_words or self.is_adverb(at):
                at += 1
                continue
            if low.isdigit() and self.lows[at - 1] in self.time_words:
                # "announced in January 2010 he would"
                at += 1
                continue
            break
        return at

    def _over_insertion(self, comma: int) -> int | None:
        """The "that" or the quotation behind what a comma opens: "in Doha, Qatar, that", "in May, when it broke, "I"".

        `None` where the comma ends the clause.
        """
        lows, opened = self.lows, self.lows[comma + 1 : comma + 2]
        is_clause = bool(opened) and opened[0] in self.words["fronting"]
        for at in range(comma + 1, min(self.last, comma + _INSERTED) + 1):
            low = lows[at]
            if low == "that":
                is_closed = lows[at - 1] == "," or self._names_region(comma + 1, at - 1)
                is_verb = lows[at + 1 : at + 2] and lows[at + 1] in self.auxiliaries
                return at if is_closed and at > comma + 1 and not is_verb else None
            if low == QUOTED:
                return at if is_clause and lows[at - 1] == "," else None
            if low in BREAKS and low != ",":
                return None
            if self._tells(at):
                return None
            if low in self.finite and not is_clause:
                return None
        return None

    def _tells(self, at: int) -> bool:
        """Whether a verb stands at a token by which somebody speaks."""
        low = self.lows[at]
        return low in self.lemma and bool(self.lexicon.frames[self.lemma[low]] & _TOLD)

    def _names_region(self, first: int, last: int) -> bool:
        """Whether tokens are a name and at most a day behind it: "Qatar on Monday"."""
        last = self.skip_time_back(last)
        return first <= last and self._are_names(first, last)

    def modifier_end(self, at: int) -> int | None:
        """The last token of "in a statement", "to reporters in Rome", "on Monday", else `None`."""
        lows = self.lows
        if lows[at + 1] in self.words["amount_leads"]:
            # "said at least 19 people were hurt"
            return None
        for index in range(at + 1, min(self.last + 1, at + 14)):
            if lows[index] in {":", QUOTED, "that"}:
                return index - 1
            if lows[at] in self.words["fronting"] and self._tells(index):
                # "Bell said as a man yelled: "Go!""
                return None
            if lows[index] in BREAKS:
                return index - 1
            if lows[index] in self.finite and lows[index - 1] not in self.relatives:
                # "said on Saturday it had summoned the envoy over "hostile steps"": a clause has begun.
                break
        for index in range(at + 1, min(self.last + 1, at + 5)):
            is_time = lows[index] in self.time_words
            if is_time and index < self.last and lows[index + 1] in self.words["document_nouns"]:
                # "in its evening bulletin"
                continue
            if is_time or lows[index] in self.words["document_nouns"]:
                return self._issued(index)
            if lows[index] in self.words["platforms"] and index == at + 1:
                return index
        return self.last if self.last - at < 6 else None

    def _issued(self, at: int) -> int:
        """Over "published on Friday" behind a document."""
        if at < self.last and self.lows[at + 1] in self.words["issue_participles"]:
            at += 1
            while at < self.last and (
                self.lows[at + 1] in self.time_words or self.lows[at + 1] in self.words["day_leads"]
            ):
                at += 1
        return at

    def manner_end(self, at: int) -> int | None:
        """The token behind "in the strongest possible terms"; `None` where no such words stand."""
        if self.lows[at] != "in":
            return None
        end = next(
            (i for i in range(at + 2, min(self.last, at + 6)) if self.lows[i] in self.words["manner_ends"]),
            None,
        )
        return end + 1 if end is not None else None

    def skip_hearer(self, at: int) -> int:
        """Over whom somebody tells: "told reporters in Rome that", "told the BBC"."""
        lows = self.lows
        if at <= self.last and lows[at] in self.words["object_pronouns"]:
            return at + 1
        if self.words["told_things"] & set(lows[at : at + 3]):
            return self.last + 1
        noun = at + 1 if lows[at : at + 1] and lows[at] in self.determiners else at
        if noun < self.last and lows[noun] in self.words["hearers"] and lows[noun + 1] in self.determiners:
            # "told this station the envoy had been threatened"
            return noun + 1
        ends, parts = self.words["hearer_ends"], self.words["hearer_parts"]
        for index in range(at, min(self.last + 1, at + 16)):
            low = lows[index]
            if low == QUOTED and index < self.last and lows[index + 1] in ends:
                continue
            if low == "of" and (told := self._told_of(at, index)) is not None:
                return told
            if low in ends or low in {QUOTED, ":", ",", "–"}:
                return index
            if index > at and self.is_name(index - 1) and self._opens_told(index):
                # "told Reuters his staff were leaving"
                return index
            if index > at and low in self.words["clause_starters"] and low not in parts:
                return index
        last = self.phrase_after(at)
        return at if last is None else last + 1

    def _opens_told(self, at: int) -> bool:
        """Whether an article or "his" behind a hearer's name begins what is told."""
        return self.lows[at] in self.phrase_openers and self._opens_phrase(at)

    def _told_of(self, first: int, at: int) -> int | None:
        """Where what is told begins where "of" at a token goes on with a noun phrase; `None` where it is told "of" it.

        "told the opening of the assembly that": behind "that"; "warned the number of cases would rise": the phrase.
        """
        if first == at or self.is_name(at - 1):
            return None
        if self.lows[at - 1] in self.words["lengths_of_time"] and first < at - 1:
            # "told reporters hours of shelling had cut the road"
            return at - 1
        is_hearer = self.lows[at - 1] in self.words["hearers"] or self.lows[at - 1] in people_words()
        for index in range(at + 1, min(self.last + 1, at + _HEARER)):
            low = self.lows[index]
            if low == "that":
                # "told the council of fears that"
                return index if self.lows[at + 1] in self.determiners else None
            if low in self.finite or low in self.auxiliaries:
                return first if self.lows[first] in self.words["articles"] and not is_hearer else None
            if low in BREAKS or low == QUOTED or low in self.relatives:
                return None
        return None

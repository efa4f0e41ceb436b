"""Noun phrases around a verb, without a tagger: where they begin and end, and which of them can speak.

A walk from either side stops at punctuation, verbs, pronouns and conjunctions, and hops over time words and brackets.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from digests.extract.speech.lexicon import is_adverb, load_lexicon
from digests.extract.speech.passages import QUOTED, Passage
from digests.rules import load_rules

BREAKS = frozenset(",;:–()[]?!…*|/")
_SENTENCE_ENDS = frozenset(".?!…")
# What a clause that goes on elsewhere would end with.
_JOINS = frozenset({"and", "but"})
# Tokens that a noun phrase may hold, at most.
_LONGEST = 18
# An apposition behind a name, in tokens.
_APPOSITION = 26
# Digits of an hour with its minutes, and tokens of a while in front of a subject ("Two days later").
_CLOCK, _WHILE = 4, 4
# Tokens from an article to the noun of a document: "a rare joint statement".
_DOCUMENT = 4


@functools.cache
def people_words() -> frozenset[str]:
    """Head words of everybody and everything that speaks: the last word of each entry of `roles.toml`.

    Its lists of words that only stand beside those ("oil", "western", "missing") are named by `no_heads`.
    """
    rules = load_rules("roles")
    beside = {"no_heads", *rules.words["no_heads"]}
    entries = [entry for name, words in rules.words.items() if name not in beside for entry in words]
    small = {word for name in ("prepositions", "determiners") for word in load_rules("quotes").words[name]}
    return frozenset(entry.split()[-1] for entry in entries) - small


class _Edges(NamedTuple):
    """The words at the edges of noun phrases.

    `breaks` stand in none, `clause_words` join what is no part of one, `openers` begin one ("the", "their"),
    `source_openers` begin a phrase that names a source ("according to"), `relative_stops` end no relative clause.
    """

    breaks: frozenset[str]
    clause_words: frozenset[str]
    openers: frozenset[str]
    source_openers: frozenset[str]
    relative_stops: frozenset[str]


@functools.cache
def _edges() -> _Edges:
    words = load_lexicon().words
    return _Edges(
        BREAKS | words["personal_pronouns"] | words["finite_verbs"] | words["clock"] | {QUOTED, "-"},
        words["conjunctions"] | (words["prepositions"] - words["noun_prepositions"]),
        words["owners"] | words["articles"],
        frozenset(phrase.split()[0] for phrase in words["source_phrases"]),
        BREAKS | words["reporting_verbs"] | {QUOTED},
    )


class Phrases:
    """Noun phrases of one passage at a time; token ranges have both ends included."""

    passage: Passage
    lows: list[str]
    written: list[str]
    # The last token in front of the marks that end the passage.
    last: int

    def __init__(self) -> None:
        self.lexicon = load_lexicon()
        self.lemma = self.lexicon.lemma
        words = self.lexicon.words
        self.words = words
        self.pronouns = words["personal_pronouns"]
        self.relatives = words["relative_pronouns"]
        self.finite = words["finite_verbs"]
        self.conjunctions = words["conjunctions"]
        self.prepositions = words["prepositions"]
        self.determiners = words["determiners"]
        self.auxiliaries = words["auxiliaries"]
        self.time_words = words["time_words"]
        self.adverbs = words["adverbs"]
        edges = _edges()
        self.phrase_breaks, self.clause_words = edges.breaks, edges.clause_words
        self.phrase_openers, self.source_openers = edges.openers, edges.source_openers
        self.relative_stops = edges.relative_stops

    def open(self, passage: Passage) -> None:
        """Turn to a passage."""
        self.passage = passage
        self.lows = passage.lows
        self.written = passage.words
        last = len(passage) - 1
        while last > 0 and self.lows[last] in _SENTENCE_ENDS:
            last -= 1
        self.last = last
        if not self.words["parts_of_names"].isdisjoint(self.lows):
            self.lows = [
                low if low not in self.words["parts_of_names"] else self._part_of_name(at)
                for at, low in enumerate(self.lows)
            ]

    def _part_of_name(self, at: int) -> str:
        """A word that is a verb or a day elsewhere, marked where it stands in a name.

        "The governor of Rio do Vale", "Rose Dahl said", "USA Today reports".
        """
        low, written = self.lows[at], self.written
        before = at > 0 and written[at - 1][0].isupper() and self.lows[at - 1] not in self.words["articles"]
        behind = at < self.last and written[at + 1][0].isupper()
        if low == "do":
            return "de" if before and behind and written[at].islower() else low
        if not written[at][0].isupper() or written[at].isupper():
            return low
        if low in self.words["joins_of_names"]:
            # Words behind it have capitals in a headline.
            is_joint = before and behind and not self.written[min(at + 2, self.last)][0].isupper()
            return f"{low}'" if is_joint else low
        if low in self.time_words or low in self.words["ends_of_names"]:
            is_inside = before and at < self.last and not self.written[at + 1][0].isupper()
            return f"{low}'" if is_inside and at > 0 and not self.lows[at - 1].endswith(".") else low
        # Words in front of it have capitals in a headline: "Mayor Will Meet Envoy".
        return f"{low}'" if behind and at > 0 and not before else low

    # ------------------------------------------------------------------ words

    def is_adverb(self, at: int) -> bool:
        low = self.lows[at]
        return low in self.adverbs or (
            low.endswith("ly")
            and len(low) > 4
            and low not in self.words["nouns_in_ly"]
            and (not self.written[at][0].isupper() or (at == 0 and is_adverb(low)))
        )

    def is_name(self, at: int) -> bool:
        """Whether a token is written like a name."""
        return self.written[at][0].isupper() and self.lows[at] not in self.determiners

    def is_nominal(self, at: int) -> bool:
        """Whether a token may be a part of a noun phrase, as far as its word tells."""
        low = self.lows[at]
        return not (
            low in self.conjunctions
            or low in self.prepositions
            or low in self.finite
            or low in self.pronouns
            or low in BREAKS
            or low == QUOTED
            or self.is_adverb(at)
        )

    def is_finite(self, at: int) -> bool:
        """Whether a verb of the lexicon is used as one, as far as its neighbours tell."""
        low = self.lows[at]
        if at == 0 or self.written[at][0].isupper():
            return False
        if low in self.words["noun_like"] or low == self.lemma[low] or low.endswith("ing"):
            return False
        before = self.lows[at - 1]
        if before == "that" and low.endswith("ed"):
            # "A film that showed"
            return True
        return not (before in self.determiners or before in self.prepositions or before.endswith("'s"))

    def trim(self, first: int, last: int) -> tuple[int, int] | None:
        """A range without punctuation at its ends; `None` where no word is left."""
        lows = self.lows
        while first <= last and (lows[first] in BREAKS or lows[first] == "."):
            first += 1
        while last >= first and (
            lows[last] in BREAKS or lows[last] == "." or (lows[last] in _JOINS and last > first)
        ):
            last -= 1
        return (first, last) if first <= last else None

    def can_speak(self, phrase: tuple[int, int], *, strictly: bool = False) -> bool:
        """Whether a noun phrase may be somebody who says something.

        A bare singular ("subtle", "super") is none. `strictly` asks for a person, a body or a document: for verbs
        that things do as well ("the tax encouraged people").
        """
        if self.lows[phrase[1]] == "of":
            # "put the number of injured at 64 and said": the number says nothing.
            return False
        first, last = phrase
        low = self.lows[last]
        if low in self.pronouns:
            return True
        if first == last and low in self.words["days"]:
            # "said Tuesday that"
            return False
        if first == last and low in self.words["things"]:
            # "Something told her to leave"
            return False
        if self.lows[first] == "no" and first < last:
            # "No group claimed the attack"
            return False
        if first and self.lows[first - 1] in self.words["degree_leads"] and first == last:
            # "asked how many had died"
            return False
        if low in self.relatives:
            back = last - 2 if self.lows[last - 1] in BREAKS else last - 1
            return first < last and self.can_speak((first, back), strictly=strictly)
        if first == last and self.written[last].islower() and not self._stands_bare(last):
            return False
        speaks = self.head_speaks(phrase)
        if strictly:
            inside = range(first + 1, last + 1)
            head = next((i - 1 for i in inside if self.lows[i] in self.prepositions), last)
            return speaks or self.is_name(head) or low in self.words["subject_pronouns"]
        names = any(
            self.is_name(i) and (i > 0 or last == 0 or not self._common(i)) for i in range(first, last + 1)
        )
        if names or speaks or self.lows[first] in self.determiners or self.lows[first][0].isdigit():
            return True
        return low.endswith("s") or low in self.words["subject_pronouns"]

    def _stands_bare(self, at: int) -> bool:
        """Whether a lower-case noun needs no article: a plural, "police", "some"."""
        low = self.lows[at]
        return low.endswith("s") or low in self.words["bare_nouns"] or low in self.words["subject_pronouns"]

    def _common(self, at: int) -> bool:
        """Whether a capital at the start of a sentence says nothing: a word of the lists."""
        low = self.lows[at]
        return low in self.determiners or low in self.words["subject_pronouns"] or low.endswith("ing")

    def head_speaks(self, phrase: tuple[int, int]) -> bool:
        """Whether the head of a phrase is a person, a body or a document."""
        people, documents = people_words(), self.words["document_nouns"]
        further = self.words["further_speakers"]
        first, last = phrase
        for index in range(first, last + 1):
            low = self.lows[index]
            if low in people or low in documents or low in further or low in self.words["bare_nouns"]:
                return True
            if low.endswith("s") and low[:-1] in people and index == last:
                return True
            if low in self.prepositions and index > first:
                return False
        return False

    # ------------------------------------------------------------------ in front of a verb

    def skip_time_back(self, at: int) -> int:
        """Over "on Tuesday", "early on Thursday", "in a statement" in front of a verb."""
        lows = self.lows
        while at > 0:
            start = at
            while start > 0 and (lows[start] in self.time_words or lows[start].isdigit()):
                start -= 1
            if start < at:
                while start > 0 and lows[start] in self.words["day_leads"]:
                    start -= 1
                at = start
                continue
            if lows[at] in self.words["document_nouns"]:
                back = next((b for b in range(at - 1, max(0, at - 5), -1) if lows[b] == "in"), None)
                if back is not None and back > 0:
                    at = back - 1
                    continue
            break
        return at

    def phrase_before(self, at: int) -> tuple[int, int] | None:
        """The noun phrase that ends with a token."""
        lows, openers = self.lows, self.phrase_openers
        if at < 0:
            return None
        low = lows[at]
        if low in self.pronouns:
            return (at, at)
        if low in self.relatives:
            return self._antecedent(at)
        if low in self.phrase_breaks or low in self.conjunctions:
            return None
        first = at
        limit = max(-1, at - _LONGEST)
        while first - 1 > limit:
            low = lows[first - 1]
            if low in self.phrase_breaks:
                break
            if low in self.words["joiners"]:
                if first < 2 or not self.is_nominal(first - 2):
                    break
            elif (
                low in self.clause_words
                or (low in self.lemma and self._is_verb(first - 1))
                or (lows[first] in openers and self._opens_phrase(first))
            ):
                break
            first -= 1
        return self._trim_phrase(first, at)

    def _opens_phrase(self, at: int) -> bool:
        """Whether an article or a word like "their" begins a phrase of its own: "In parliament the Farmers' Party"."""
        if at == 0:
            return False
        before = self.lows[at - 1]
        if self.passage.starts[at] == self.passage.ends[at - 1] or self.lows[at + 1 : at + 2] == ["."]:
            # Half a word, or an initial.
            return False
        return before not in self.prepositions and before not in self.words["before_articles"]

    def _is_verb(self, at: int) -> bool:
        """Whether a form in the lexicon of saying is a verb here, over which no noun phrase reaches back."""
        return self.lows[at] not in self.prepositions and self.is_finite(at)

    def _antecedent(self, at: int) -> tuple[int, int] | None:
        """Whom "who" or "which" stands for, with the pronoun itself as the last token."""
        if at == 0:
            return None
        back = at - 2 if self.lows[at - 1] in {",", "–"} else at - 1
        if back == at - 1 and self.lows[back] in self.words["bare_antecedents"]:
            # "Reed had support from those who said"
            return (back, at)
        antecedent = self.phrase_before(back) if back >= 0 else None
        if antecedent is None or self.lows[antecedent[1]] in self.pronouns:
            return None
        first = self._people_start(*antecedent) if self.lows[at] == "who" else antecedent[0]
        for index in range(antecedent[1] - 1, first, -1):
            if self.lows[index].endswith("ing") and self.lows[index - 1] in self.prepositions:
                # "blamed aides for chastising women who": whom the verb in between speaks of.
                return (index + 1, at)
            if self.lows[index] in self.words["articles"] and self._hangs_on_deed(first, index):
                # "Troops had opened fire on a patrol that": the patrol.
                return (index, at)
        return (first, at)

    def _hangs_on_deed(self, first: int, at: int) -> bool:
        """Whether the article at a token opens what the verb at the start of a phrase has behind its preposition."""
        is_deed = self.lows[first].endswith("ed") and self.written[first].islower()
        return is_deed and self.lows[at - 1] in self.prepositions and first > 0

    def _people_start(self, first: int, last: int) -> int:
        """Where those begin who "who" stands for: "opposition from some experts who say" is of the experts."""
        people = people_words()
        for at in range(first + 1, last):
            low = self.lows[at]
            if low in people or self.is_name(at):
                return first
            if low in self.prepositions:
                head = self.lows[at - 1]
                is_name = self.is_name(at - 1) and (at > 1 or not head.endswith("s"))
                return at + 1 if self.lows[last] in people and head not in people and not is_name else first
        return first

    def _trim_phrase(self, first: int, last: int) -> tuple[int, int] | None:
        """A noun phrase without what merely stands in front: "In Rome on Monday the mayor" is "the mayor"."""
        lows = self.lows
        while first <= last and (
            (lows[first] in self.conjunctions or self.is_adverb(first) or lows[first] in {".", "'", "-"})
            and lows[first] not in self.words["whole_words"]
            and not self._titles(first)
        ):
            first += 1
        if first < last:
            first = self._behind_time(first, last)
        if first > last:
            return None
        if (
            first < last
            and lows[first].endswith("ing")
            and lows[first] in self.lemma
            and self.written[first].islower()
        ):
            return None
        is_source = (
            lows[first] in self.source_openers
            and " ".join(lows[first : first + 2]) in self.words["source_phrases"]
        )
        if is_source and first + 1 < last:
            # "according to records, which say": the records.
            return self._trim_phrase(first + 2, last)
        if lows[first] not in self.prepositions:
            return (first, last)
        for index in range(last, first, -1):
            if (
                lows[index - 1] in self.time_words
                and lows[index] not in self.time_words
                and self.is_nominal(index)
            ):
                return self._trim_phrase(index, last)
        return self._trim_phrase(first + 1, last) if first < last and first == 0 else None

    def _behind_time(self, first: int, last: int) -> int:
        """Behind the hour or the while that opens a sentence: "12:40 Ana Bell", "Hours earlier Ana Bell"."""
        if first == 0 and self.lows[0][0].isdigit() and self.is_name(1):
            digits = self.lows[0].replace(":", "").replace(".", "")
            is_hour = digits.isdigit() and (len(digits) == _CLOCK or ":" in self.lows[0])
            return 1 if is_hour else first
        if self.words["while_ends"].isdisjoint(self.lows[first + 1 : first + _WHILE]):
            # Nearly always.
            return first
        for at in range(first + 1, min(first + _WHILE, last)):
            if self.lows[at] in self.words["while_ends"] and self.lows[at - 1] in self.words["while_units"]:
                return at + 1
        return first

    def _titles(self, at: int) -> bool:
        """Whether an adverb in capitals is a part of the office behind it: "First Minister"."""
        behind = self.lows[at + 1 : at + 2]
        if not behind or behind[0] in self.words["titles"]:
            # "However Dr Bell said"
            return False
        return self.is_adverb(at) and self.is_name(at) and self._is_office(at + 1)

    def _is_office(self, at: int) -> bool:
        return self.is_name(at) and self.lows[at] in people_words()

    def phrase_after(self, at: int, *, whole: bool = False) -> int | None:
        """The last token of the noun phrase that begins at a token; `None` where none begins.

        `whole` takes in what else may belong to a document or a body ("data provided by", "reports on").
        """
        lows = self.lows
        if at > self.last or lows[at] in BREAKS or lows[at] == QUOTED:
            return None
        if lows[at] in self.pronouns:
            return at
        if lows[at] in self.prepositions or lows[at] in self.conjunctions:
            return None
        last = at
        while last < self.last and last - at < _LONGEST and self._belongs(last + 1, whole=whole):
            last += 1
        return last

    def _belongs(self, at: int, *, whole: bool) -> bool:
        """Whether a token goes on with the noun phrase in front of it."""
        low, lows = self.lows[at], self.lows
        if low == ".":
            return self._abbreviates(at - 1)
        if low in BREAKS or low == QUOTED or low in self.finite or low in self.pronouns:
            return False
        if low in self.phrase_openers and self._opens_phrase(at):
            return False
        following = at + 1
        if low in self.words["body_joiners"]:
            return following <= self.last and self.is_name(following)
        if low in self.conjunctions:
            return False
        if self.is_adverb(at):
            # "a newly uncovered letter"
            return lows[at - 1] in self.words["articles"] and at < self.last and self.is_nominal(at + 1)
        if low in self.time_words:
            return self._is_given_name(at)
        if low in self.prepositions:
            if low in self.words["name_links"]:
                return True
            if following > self.last:
                return False
            if not (low in self.words["place_links"] or (whole and low in self.words["body_links"])):
                return False
            if lows[following] in self.time_words or lows[following] in self.words["document_nouns"]:
                return False
            if low in self.words["place_links"] and self._is_document(following):
                # "Mayor Ana Bell in a telephone interview"
                return False
            return self.is_name(following) or lows[following] in self.words["articles"]
        return not (low.endswith("ing") and low in self.lemma)

    def _is_given_name(self, at: int) -> bool:
        """Whether a month's name is somebody's: "police chief Jan Dvorak", but not "said on Jan 4"."""
        return (
            self.lows[at] in self.words["given_months"]
            and at < self.last
            and self.is_name(at)
            and self.is_name(at + 1)
            and self.lows[at + 1] not in self.time_words
        )

    def _is_document(self, at: int) -> bool:
        """Whether a phrase that begins with its article is a letter, a speech or the like: "a telephone interview"."""
        if self.lows[at] not in self.words["articles"]:
            return False
        behind = self.lows[at + 1 : at + _DOCUMENT]
        return not self.words["document_nouns"].isdisjoint(behind)

    def _abbreviates(self, at: int) -> bool:
        """Whether a full stop behind a token ends no sentence: "Mr", an initial, "U.S"."""
        low = self.lows[at]
        return low in self.words["titles"] or len(low) == 1 or "." in low

    def after_apposition(self, last: int) -> int:
        """The first token behind a speaker's apposition ("X, the mayor of Y, ..."), else behind the speaker."""
        lows = self.lows
        position = last + 1
        if position > self.last or lows[position] != ",":
            return position
        first = position + 1
        for index in range(first, min(self.last, position + _APPOSITION)):
            if lows[index] == ",":
                begins = lows[first] in self.words["apposition_starts"]
                plain = not self.written[first][0].isupper() and lows[first] not in self.pronouns
                return index + 1 if begins or plain else first
        return first

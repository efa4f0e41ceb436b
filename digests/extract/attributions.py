"""Attributions: which words of a passage somebody says, with the words of the speaker and the cue.

The verb decides (`rules/quotes.toml`): what may follow it, whether it may stand behind what is said, whether it
is speech or thought. Subjects are found by walking from the verb to the edge of its noun phrase; no tagger.

Stance: a wrong speaker is worse than none. Where the walk finds no plausible subject the attribution is dropped.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from digests.extract.passages import QUOTED, Passage
from digests.rules import load_rules

_BREAKS = frozenset(",;:–()[]?!…")
_VOWELS = frozenset("aeiou")
# Tokens that a subject may be away from its verb, at most.
_REACH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The word lists of `quotes.toml` as sets, and every form of every verb with its lemma."""

    lemma: dict[str, str]
    frames: dict[str, frozenset[str]]
    particles: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    source_phrases: tuple[tuple[str, ...], ...]


@functools.cache
def load_lexicon() -> Lexicon:
    """Read the family `quotes` once. Raises RulesError."""
    rules = load_rules("quotes")
    frames: dict[str, set[str]] = {}
    for frame in ("say", "tell", "that", "call", "judge", "to", "urge", "thought"):
        for verb in rules.words[frame]:
            if " " not in verb:
                frames.setdefault(verb, set()).add(frame)
    particles: dict[str, set[str]] = {}
    for phrase in rules.words["particle"]:
        verb, _, rest = phrase.partition(" ")
        if rest:
            particles.setdefault(verb, set()).add(rest)
            frames.setdefault(verb, set())
    irregular = {form: str(lemma) for form, lemma in rules.meaning["forms"].items()}
    lemma: dict[str, str] = {}
    for verb in frames:
        for form in (verb, *_inflect(verb)):
            lemma.setdefault(form, verb)
    lemma |= {form: verb for form, verb in irregular.items() if verb in frames}
    return Lexicon(
        lemma=lemma,
        frames={verb: frozenset(kinds) for verb, kinds in frames.items()},
        particles={verb: frozenset(rest) for verb, rest in particles.items()},
        words={name: frozenset(entries) for name, entries in rules.words.items()},
        source_phrases=tuple(tuple(phrase.split()) for phrase in rules.words["source_phrases"]),
    )


def _inflect(verb: str) -> tuple[str, str, str]:
    """Regular third person, past and -ing form."""
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return third, verb + "ed", verb + "ing"


@dataclass(slots=True, kw_only=True)
class Attribution:
    """Token ranges (both ends included) of one attribution inside a passage.

    `source` is `None` where the verb takes its subject from the attribution before it ("..., adding that").
    """

    frame: str
    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: tuple[int, int]
    is_thought: bool = False
    # The content stands behind the cue.
    is_forward: bool = True
    # The antecedent and not the pronoun itself stands in `source` ("the mayor, who said").
    is_relative: bool = False
    inherits: bool = False
    # Tokens of the speaker's apposition, for role and affiliation ("said X, the director of Y").
    apposition: tuple[int, int] | None = field(default=None)


def find_attributions(passage: Passage) -> list[Attribution]:
    """All attributions of a passage, by the place of their cue."""
    reader = _Reader(passage)
    found: list[Attribution] = []
    for index, low in enumerate(passage.lows):
        if low in reader.lexicon.lemma:
            one = reader.read_verb(index)
        elif low in reader.source_starts:
            one = reader.read_phrase(index)
        else:
            continue
        if one is not None:
            found.append(one)
    return _settle(passage, found)


class _Reader:
    """Reads attributions around the cues of one passage."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.lexicon = load_lexicon()
        self.words = self.lexicon.words
        self.source_starts = {phrase[0] for phrase in self.lexicon.source_phrases}
        last = len(passage) - 1
        while last > 0 and passage.lows[last] in {".", "?", "!", "…"}:
            last -= 1
        self.last = last

    # ------------------------------------------------------------------ phrases

    def read_phrase(self, at: int) -> Attribution | None:
        """ "according to X": X is the speaker, the rest of the sentence is what is said."""
        lows = self.passage.lows
        for phrase in self.lexicon.source_phrases:
            if tuple(lows[at : at + len(phrase)]) != phrase:
                continue
            end = at + len(phrase)
            last = self.phrase_after(end, stop_at_verb=True)
            if last is None:
                return None
            after = last + 1
            content: tuple[int, int] | None = None
            forward = False
            if at > 1:
                first = self.clause_start(at - 1)
                content = self.trim(first, at - 1)
            elif after <= self.last:
                skip = self.after_apposition(last)
                content = self.trim(skip, self.last)
                forward = True
            if content is None:
                return None
            return Attribution(
                frame="according", cue=(at, end - 1), source=(end, last), content=content, is_forward=forward
            )
        return None

    def clause_start(self, at: int) -> int:
        """Where the clause that ends at a token begins: behind a semicolon, else with the passage."""
        lows = self.passage.lows
        while at > 0 and lows[at - 1] not in {";", "?", "!"}:
            at -= 1
        return at

    # ------------------------------------------------------------------ verbs

    def read_verb(self, at: int) -> Attribution | None:
        lows, words = self.passage.lows, self.words
        low = lows[at]
        lemma = self.lexicon.lemma[low]
        frames = self.lexicon.frames[lemma]
        is_ing = low.endswith("ing") and low != lemma
        before = at - 1
        auxiliaries: list[str] = []
        while before >= 0 and (lows[before] in words["auxiliaries"] or self.is_adverb(before) or lows[before] == "to"):
            if not self.is_adverb(before):
                auxiliaries.append(lows[before])
            before -= 1
        if not self.may_be_verb(at, lemma, auxiliaries):
            return None
        is_past = low.endswith("ed") or low in {"said", "told", "written", "known", "seen", "shown", "found", "held"}
        passive = bool(auxiliaries) and auxiliaries[0] in words["passive_auxiliaries"] and is_past
        if passive:
            return None
        cue_end, frame = self.frame_of(at, lemma, frames)
        if frame is None:
            return None
        thought = lemma in words["thought"]
        # Behind what is said: "...", said the mayor
        if not auxiliaries and not is_ing and frame == "say":
            inverted = self.inverted(at, cue_end)
            if inverted is not None:
                return inverted
        subject: tuple[int, int] | None = None
        inherits = False
        relative = False
        if is_ing and not any(a in words["passive_auxiliaries"] for a in auxiliaries):
            inherits = True
        elif "to" in auxiliaries[:1] or (auxiliaries and auxiliaries[-1] == "to"):
            inherits = True
        else:
            subject = self.subject_before(before)
            if subject is None:
                if lows[before] in {"and", "but", "or", "then"} or (lows[before] == "," and before > 0):
                    inherits = True
                else:
                    return None
            else:
                relative = lows[subject[1]] in {"who", "which", "that"}
        return self.with_content(at, cue_end, frame, subject, thought=thought, inherits=inherits, relative=relative)

    def is_adverb(self, at: int) -> bool:
        low = self.passage.lows[at]
        return low in self.words["adverbs"] or (low.endswith("ly") and len(low) > 4 and not self.passage.words[at][0].isupper())

    def may_be_verb(self, at: int, lemma: str, auxiliaries: list[str]) -> bool:
        """Whether the word at a token is a verb and no noun or adjective ("the report", "alleged bases")."""
        lows, words = self.passage.lows, self.words
        low = lows[at]
        if auxiliaries and auxiliaries[0] in words["modals"]:
            return True
        if at == 0:
            return low.endswith("ing") and low != lemma
        before = lows[at - 1]
        if before in words["determiners"] and before not in {"that", "this", "both", "all", "some", "many", "most", "few", "one", "several", "others", "these", "those"}:
            return False
        if before == "'s" or before.endswith(("'s", "s'")):
            return False
        if low == lemma or (low in words["noun_like"]):
            after = lows[at + 1] if at < self.last else ""
            if before in words["prepositions"] or before in _BREAKS:
                return before == "," and after in words["clause_starters"]
            if before in words["personal_pronouns"] or before in {"who", "which", "that"} or auxiliaries:
                return True
            if after == QUOTED or after in words["clause_starters"] or after == "to" or after in {":"}:
                return True
            return bool(self.lexicon.particles.get(lemma, frozenset()) & {after}) or self.passage.words[at + 1 : at + 2] != [] and self.passage.words[at + 1][0].isupper()
        if low.endswith("ing"):
            return before not in words["prepositions"] or before in {"by", "for", "in", "after", "before", "without", "despite", "of"}
        if before in words["prepositions"] and before not in {"out"}:
            return False
        return True

    def frame_of(self, at: int, lemma: str, frames: frozenset[str]) -> tuple[int, str | None]:
        """Which frame the words behind the verb fit, and the last token of the cue."""
        lows, words = self.passage.lows, self.words
        for rest in sorted(self.lexicon.particles.get(lemma, frozenset()), key=len, reverse=True):
            parts = rest.split()
            if lows[at + 1 : at + 1 + len(parts)] == parts:
                return at + len(parts), "particle"
        after = lows[at + 1] if at < self.last else ""
        if "say" in frames and "judge" not in frames and "to" not in frames:
            return at, "say"
        if after == QUOTED or after == "that" or after == ":" or after == ",":
            if frames & {"say", "tell", "that"}:
                return at, "say" if "say" in frames else "that"
            if after == QUOTED and frames & {"judge", "call"}:
                return at, "judge"
            if after == "that" and frames & {"judge", "call"}:
                return at, "judge"
        if "to" in frames and after == "to":
            return at, "to"
        if "tell" in frames and after not in {"", "."}:
            return at, "tell"
        if "urge" in frames and "to" in lows[at + 2 : at + 12]:
            return at, "urge"
        if "call" in frames and after:
            return at, "call"
        if frames & {"say", "that"} and after in words["clause_starters"] and not self.is_object(at + 1):
            return at, "that"
        if "judge" in frames and after and after not in words["prepositions"]:
            return at, "judge"
        if "say" in frames:
            return at, "say"
        return at, None

    def is_object(self, at: int) -> bool:
        """Whether the noun phrase at a token ends the clause: then it is an object and no clause."""
        lows, words = self.passage.lows, self.words
        for index in range(at, min(self.last + 1, at + 14)):
            if lows[index] in words["finite_verbs"] or lows[index].endswith("ed"):
                return False
            if lows[index] in _BREAKS:
                return True
        return True

    # ------------------------------------------------------------------ subjects

    def subject_before(self, at: int) -> tuple[int, int] | None:
        """The noun phrase that ends at or before a token, over time words, brackets and appositions."""
        passage, lows, words = self.passage, self.passage.lows, self.words
        limit = max(0, at - _REACH)
        at = self.skip_time_back(at)
        if at < 0:
            return None
        hops = 0
        while at > limit and hops < 5 and lows[at] in {",", ")", "–"}:
            hops += 1
            if lows[at] == ")":
                while at > limit and lows[at] != "(":
                    at -= 1
                at = self.skip_time_back(at - 1)
                continue
            mark = lows[at]
            comma = at - 1
            while comma > limit and lows[comma] != mark:
                if lows[comma] == QUOTED or lows[comma] == ";":
                    return None
                comma -= 1
            if lows[comma] != mark or comma == 0 or comma == at - 1:
                return None
            first = lows[comma + 1]
            if first in {"and", "but", "or", "so", "then"} or (
                first in words["personal_pronouns"] and first not in {"one"}
            ):
                return None
            phrase = self.phrase_before(comma - 1)
            if phrase is None:
                return None
            # "X, director of A, B and C, said": the phrase is still a part of the apposition.
            start = phrase[0]
            if start > 1 and lows[start - 1] == "," and not passage.words[start][0].isupper() and lows[start] not in words["determiners"]:
                at = start - 1
                continue
            if start > 2 and lows[start - 1] == "," and hops < 4:
                earlier = self.phrase_before(start - 2)
                if earlier and passage.words[earlier[1]][0].isupper() and (earlier[0] == 0 or lows[earlier[0] - 1] in _BREAKS | {"and", "but"}) and not passage.words[start][0].isupper():
                    return earlier
            return phrase
        return self.phrase_before(at)

    def skip_time_back(self, at: int) -> int:
        """Over "on Tuesday", "early on Thursday", "in a statement" in front of a verb."""
        lows, words = self.passage.lows, self.words
        moved = True
        while moved and at > 0:
            moved = False
            start = at
            while start > 0 and (lows[start] in words["time_words"] or lows[start].isdigit()):
                start -= 1
            if start < at:
                if lows[start] in {"on", "in", "at", "the", "this"}:
                    start -= 1
                    if start > 0 and lows[start] in {"on", "in", "at"}:
                        start -= 1
                    while start > 0 and lows[start] in {"early", "late", "later", "earlier"}:
                        start -= 1
                at = start
                moved = True
            for back in range(at, max(0, at - 5), -1):
                if lows[back] == "in" and lows[at] in words["document_nouns"] and back < at:
                    at = back - 1
                    moved = True
                    break
        return at

    def phrase_before(self, at: int) -> tuple[int, int] | None:
        """The noun phrase that ends with a token."""
        passage, lows, words = self.passage, self.passage.lows, self.words
        if at < 0:
            return None
        low = lows[at]
        if low in words["personal_pronouns"]:
            return (at, at)
        if low in {"who", "which", "that"}:
            if at == 0:
                return None
            back = at - 2 if lows[at - 1] in {",", "–"} else at - 1
            antecedent = self.phrase_before(back) if back >= 0 else None
            if antecedent is None or lows[antecedent[1]] in words["personal_pronouns"]:
                return None
            return (antecedent[0], at)
        if low in _BREAKS or low == QUOTED or low in words["conjunctions"] or low in words["finite_verbs"]:
            return None
        first = at
        limit = max(-1, at - 18)
        while first - 1 > limit:
            low = lows[first - 1]
            if low == QUOTED or low in _BREAKS:
                break
            if low in words["personal_pronouns"] or low in words["finite_verbs"]:
                break
            if low in {"and", "or", "&"}:
                if first - 2 < 0 or not self.is_nominal(first - 2):
                    break
            elif low in words["conjunctions"]:
                break
            elif low in words["prepositions"] and low not in words["noun_prepositions"]:
                break
            elif low in self.lexicon.lemma and self.is_finite(first - 1):
                break
            first -= 1
        return self.trim_phrase(first, at)

    def is_nominal(self, at: int) -> bool:
        low = self.passage.lows[at]
        words = self.words
        return not (
            low in words["conjunctions"] or low in words["prepositions"] or low in words["finite_verbs"]
            or low in words["personal_pronouns"] or low in _BREAKS or low == QUOTED or self.is_adverb(at)
        )

    def is_finite(self, at: int) -> bool:
        """Whether a verb of the lexicon is used as one, as far as its neighbours tell."""
        lows, words = self.passage.lows, self.words
        low = lows[at]
        if self.passage.words[at][0].isupper() and at > 0:
            return False
        if low in words["noun_like"] or low == self.lexicon.lemma[low] or low.endswith("ing"):
            return False
        before = lows[at - 1] if at else ""
        return not (before in words["determiners"] or before in words["prepositions"] or before.endswith("'s") or at == 0)

    def trim_phrase(self, first: int, last: int) -> tuple[int, int] | None:
        """A noun phrase without what merely stands in front of it: "In Rome on Monday the mayor" is "the mayor"."""
        lows, words = self.passage.lows, self.words
        while first <= last and (
            lows[first] in words["conjunctions"] or self.is_adverb(first) or lows[first] in {".", "'", "*", "-"}
        ) and lows[first] not in {"both", "all"}:
            first += 1
        if first > last:
            return None
        if lows[first] in words["prepositions"]:
            for index in range(last, first, -1):
                if lows[index - 1] in words["time_words"] and lows[index] not in words["time_words"] and self.is_nominal(index):
                    return self.trim_phrase(index, last)
            return self.trim_phrase(first + 1, last) if first < last and first == 0 else None
        return (first, last)

    def phrase_after(self, at: int, *, stop_at_verb: bool = False) -> int | None:
        """The last token of the noun phrase that begins at a token; `None` where none begins."""
        passage, lows, words = self.passage, self.passage.lows, self.words
        if at > self.last or lows[at] in _BREAKS or lows[at] == QUOTED:
            return None
        if lows[at] in words["personal_pronouns"]:
            return at
        if lows[at] in words["prepositions"] or (lows[at] in words["conjunctions"] and lows[at] not in {"what", "who"}):
            return None
        last = at
        while last < self.last and last - at < 18:
            low = lows[last + 1]
            if low in _BREAKS or low == QUOTED or low == ".":
                break
            if low in words["finite_verbs"] or low in words["personal_pronouns"]:
                break
            if low in {"and", "&"}:
                if last + 2 > self.last or not passage.words[last + 2][0].isupper():
                    break
            elif low in words["conjunctions"] or (low in words["prepositions"] and low not in {"of", "for", "at", "from", "with", "in", "to", "by", "on"}):
                break
            elif low in {"in", "on", "at", "to", "from", "with", "by"} and (
                last + 2 > self.last or lows[last + 2] in words["time_words"] or not passage.words[last + 2][0].isupper() and lows[last + 2] not in {"the", "a"}
            ):
                break
            elif low in {"on", "to", "with", "by"} and not stop_at_verb:
                break
            elif low in words["time_words"] or self.is_adverb(last + 1):
                break
            elif low.endswith("ing") and low in self.lexicon.lemma:
                break
            last += 1
        return last

    def after_apposition(self, last: int) -> int:
        """The first token behind a speaker's apposition: "X, the mayor of Y, ..."."""
        lows = self.passage.lows
        position = last + 1
        if position <= self.last and lows[position] == ",":
            for index in range(position + 1, min(self.last, position + 24)):
                if lows[index] == ",":
                    first = lows[position + 1]
                    if first in {"a", "an", "the", "who", "which", "whose", "his", "her", "chief", "director", "former"} or (
                        not self.passage.words[position + 1][0].isupper() and first not in self.words["personal_pronouns"]
                    ):
                        return index + 1
                    break
            return position + 1
        return position

    # ------------------------------------------------------------------ content

    def inverted(self, at: int, cue_end: int) -> Attribution | None:
        """Speech behind which the verb stands before its subject: "...", said the mayor."""
        lows, words = self.passage.lows, self.words
        if at == 0 or lows[at - 1] not in {QUOTED, ",", "–", "?", "!"}:
            return None
        start = at + 1
        last = self.phrase_after(start)
        if last is None or (lows[start] in words["personal_pronouns"] and lows[at - 1] == ","):
            return None
        if lows[start] in words["clause_starters"] and lows[at - 1] != QUOTED and not (
            last == self.last or lows[last + 1] in _BREAKS
        ):
            return None
        if not (self.passage.words[start][0].isupper() or lows[start] in words["determiners"] or lows[at - 1] == QUOTED):
            return None
        content = self.trim(self.clause_start(at - 1), at - 1)
        if content is None:
            return None
        return Attribution(frame="say", cue=(at, cue_end), source=(start, last), content=content, is_forward=False)

    def with_content(
        self, at: int, cue_end: int, frame: str, subject: tuple[int, int] | None, *, thought: bool, inherits: bool, relative: bool
    ) -> Attribution | None:
        """The attribution with what is said, behind the verb or in front of its subject."""
        lows = self.passage.lows
        made = Attribution(
            frame=frame, cue=(at, cue_end), source=subject, content=(0, 0), is_thought=thought, inherits=inherits, is_relative=relative
        )
        start = self.skip_forward(cue_end + 1, tell=frame == "tell")
        edge = subject[0] if subject else at
        behind = self.trim(start, self.last) if start <= self.last and lows[start] not in {",", "–", ")"} else None
        if behind is not None and edge > 0 and lows[edge - 1] in {"which", "what", "that", "whom"}:
            end = next((i - 1 for i in range(start, behind[1] + 1) if lows[i] == ","), behind[1])
            behind = self.trim(start, end)
        if behind is None or (frame in {"say", "tell"} and start > cue_end + 1 and lows[start - 1] == "," and edge > 1 and lows[edge - 1] in {",", QUOTED}):
            if frame not in {"say", "tell", "that"} or edge < 1 or inherits:
                return None
            if lows[edge - 1] not in {",", QUOTED, "–", "?", "!", "as"}:
                return None
            content = self.trim(self.clause_start(edge - 1), edge - 1)
            if content is None:
                return None
            made.content, made.is_forward = content, False
            return made
        made.content = behind
        return made

    def skip_forward(self, at: int, *, tell: bool) -> int:
        """The first token of what is said: over hearers, time words, "in a statement", "that" and the comma or colon."""
        lows, words = self.passage.lows, self.words
        if tell:
            at = self.skip_hearer(at)
        moved = True
        while moved and at <= self.last:
            moved = False
            if lows[at] in words["time_words"] or self.is_adverb(at):
                at += 1
                moved = True
            elif lows[at] in {"in", "on", "at", "during", "to", "of", "from", "after", "about", "by", "through", "via", "late", "early", "with"} and at < self.last:
                end = self.modifier_end(at)
                if end is not None:
                    at = end + 1
                    moved = True
            elif lows[at] in {"that", ":"} or (lows[at] == "," and at < self.last and lows[at + 1] == QUOTED):
                return at + 1
        return at

    def modifier_end(self, at: int) -> int | None:
        """The last token of "in a statement", "to reporters in Rome", "on Monday", else `None`."""
        lows, words = self.passage.lows, self.words
        for index in range(at + 1, min(self.last + 1, at + 14)):
            if lows[index] in {":", QUOTED, "that"}:
                return index - 1
            if lows[index] in _BREAKS:
                return index - 1
        for index in range(at + 1, min(self.last + 1, at + 5)):
            if lows[index] in words["document_nouns"] or lows[index] in words["time_words"]:
                return index
        return self.last if self.last - at < 6 else None

    def skip_hearer(self, at: int) -> int:
        """Over whom somebody tells: "told reporters in Rome that", "told the BBC"."""
        lows, words = self.passage.lows, self.words
        if at <= self.last and (lows[at] in words["personal_pronouns"] or lows[at] in {"him", "her", "them", "me", "us"}):
            return at + 1
        for index in range(at, min(self.last + 1, at + 16)):
            low = lows[index]
            if low in {"that", QUOTED, ":", "to", "about", ",", "how", "what", "why", "–"}:
                return index
            if index > at and low in words["clause_starters"] and low not in {"in", "at", "the", "a", "his", "her", "their", "more", "one", "two"}:
                return index
        last = self.phrase_after(at)
        return at if last is None else last + 1

    def trim(self, first: int, last: int) -> tuple[int, int] | None:
        """A range without punctuation at its ends; `None` where no word is left."""
        lows = self.passage.lows
        edges = _BREAKS | {"."}
        while first <= last and lows[first] in edges:
            first += 1
        while last >= first and lows[last] in edges:
            last -= 1
        return (first, last) if first <= last else None


def _settle(passage: Passage, found: list[Attribution]) -> list[Attribution]:
    """Give inherited subjects to participles, and end a content where the next speaker begins."""
    lows = passage.lows
    settled: list[Attribution] = []
    for one in found:
        if one.source is None:
            earlier = next((a for a in reversed(settled) if a.source is not None and a.cue[0] < one.cue[0]), None)
            if earlier is None:
                continue
            one.source = earlier.source
        settled.append(one)
    for index, one in enumerate(settled):
        if not one.is_forward:
            continue
        for later in settled[index + 1 :]:
            begin = later.cue[0] if later.inherits else (later.source or later.cue)[0]
            if not one.content[0] < begin <= one.content[1]:
                continue
            edge = begin - 1
            if later.inherits:
                stop = edge if lows[edge] == "," or lows[edge] in {"and", "but"} else None
            else:
                stop = edge if lows[edge] in {";", "but", "while"} else None
                if lows[edge] in {"and", ","} and later.frame == "say" and lows[edge - 1] in {",", QUOTED}:
                    stop = edge
            if stop is not None and stop > one.content[0]:
                last = stop - 1
                while last > one.content[0] and lows[last] in _BREAKS:
                    last -= 1
                one.content = (one.content[0], last)
                break
    return settled

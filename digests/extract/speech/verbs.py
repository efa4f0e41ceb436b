"""Verbs of saying in a passage: whether a word is one, and which of its frames the words behind it fit.

Many are nouns as well ("claims", "report"), and many take things ("promised compensation"). Stance: a word that may
be something else is no verb of saying.
"""

from __future__ import annotations

from digests.extract.speech.clauses import Clauses
from digests.extract.speech.passages import QUOTED
from digests.extract.speech.phrases import BREAKS
from digests.rules.gazetteer import look_up

# Frames behind whose cue a hearer, a time or a place may stand before what is said.
SAYING = frozenset({"say", "tell", "that"})
# Frames whose cue may stand behind what is said.
POSTPOSED = frozenset({"say", "tell", "that"})
# Letters of a word that has a capital in a headline, and the share of such words that have one there.
_LONG_WORD, _HEADLINE_SHARE = 4, 0.8
# Tokens behind "call" in which a telephone number stands, and its characters at least.
_CALLED, _NUMBER = 14, 8
# Tokens behind "extended" in which "condolences" stands.
_CONVEYED = 6
# Tokens behind "admitted to" in which it stands where the sick were taken.
_WARD_REACH = 5


class Verbs(Clauses):
    """The verbs of saying of one passage."""

    def counts_nobody(self, at: int) -> bool:
        """Whether "most" or "all" as a subject is a part of something else: "the most detailed", "of all reported"."""
        if at < 1 or self.lows[at] not in self.words["floating"]:
            return False
        before = self.lows[at - 1]
        return before in self.determiners or before in self.prepositions or before in self.conjunctions

    def is_denied(self, subject: tuple[int, int]) -> bool:
        """Whether a subject is told to have said nothing: "neither the army nor the militia claimed", "no group"."""
        first = subject[0]
        return not self.words["denied_subjects"].isdisjoint(self.lows[max(0, first - 1) : first + 1])

    def is_object_of_verb(self, phrase: tuple[int, int]) -> bool:
        """Whether a noun phrase stands behind a verb or a preposition of its clause, and is no subject."""
        before = phrase[0] - 1
        if before < 1 or self.is_name(phrase[1]) or self.lows[phrase[1]] in self.pronouns:
            return False
        low = self.lows[before]
        if low in self.prepositions:
            return low not in self.conjunctions
        return (low in self.lemma and self.is_finite(before)) or low in self.words["object_verbs"]

    def goes_on_to(self, at: int) -> bool:
        """Whether an infinitive tells what was said ("went on to praise") and not what for ("came to praise")."""
        to = next((i for i in range(at - 1, max(0, at - 4), -1) if self.lows[i] == "to"), None)
        return to is not None and self.lows[to - 1] in self.words["leads_to_saying"]

    def floats(self, at: int) -> bool:
        """Whether a word only counts the subject in front of it: "who have both endorsed", "they all praised"."""
        if at < 1 or self.lows[at] not in self.words["floating"]:
            return False
        before = self.lows[at - 1]
        return before in self.auxiliaries or before in self.relatives or before in self.pronouns

    def is_silent(self, at: int, lemma: str, auxiliaries: list[str]) -> bool:
        """Whether nothing is said: "did not comment on", "declined to say" and the verb behind it.

        Such a clause is kept as what somebody does about something, like a thought.
        """
        lows, silences = self.lows, self.words["silences"]
        if lemma in self.words["silent_verbs"] and lows[at + 1 : at + 2] == ["to"]:
            return lows[min(at + 2, self.last)] in silences
        if not auxiliaries or lemma in self.lexicon.thought:
            return False
        if auxiliaries[0] == "to":
            back = next((b for b in range(at - 1, 0, -1) if lows[b] == "to"), 0)
            return back > 0 and self.lemma.get(lows[back - 1]) in self.words["silent_verbs"]
        # "has not endorsed": who shows "endorsed" alone turns it round.
        return not self.words["negations"].isdisjoint(auxiliaries)

    def may_be_verb(self, at: int, lemma: str, auxiliaries: list[str], subject: int) -> bool:
        """Whether the word at a token is a verb and no noun or adjective ("the report", "alleged bases")."""
        lows = self.lows
        low = lows[at]
        if at == 0:
            return (low.endswith("ing") and low != lemma) or QUOTED in lows
        if self.written[at][0].isupper() and self._is_part_of_name(at):
            return False
        if low.endswith("ing") and lows[at - 1] in self.words["compound_leads"]:
            # "a non-life threatening injury", "a more promising start"
            return False
        if auxiliaries and auxiliaries[0] in self.words["modals"]:
            return True
        before = lows[at - 1]
        if before in self.words["mid_adverbs"] and at > 1 and lows[at - 2] in self.auxiliaries:
            # "has since appealed"
            return True
        if before in self.determiners and before not in self.words["lone_determiners"]:
            return False
        if before.endswith(("'s", "s'")) and lows[subject] not in self.pronouns:
            return False
        if low.endswith("ing") and low != lemma:
            if low in self.words["nouns_in_ing"] and before in self.prepositions:
                # "three days of mourning"
                return False
            return before not in self.prepositions or before in self.words["gerund_leads"]
        if low == lemma or low in self.words["noun_like"]:
            return self._noun_or_verb(at, lemma, bool(auxiliaries), subject)
        if not auxiliaries and at < self.last and lows[at + 1] in self.words["found_states"]:
            return False
        if not auxiliaries and lows[at + 1 : at + 2] == ["to"] and self._is_told_of(at, lemma):
            return False
        return before not in self.prepositions

    def _is_told_of(self, at: int, lemma: str) -> bool:
        """Whether a participle with "to" behind it tells more of whoever stands before: "two people admitted to
        hospital", "the strain said to have killed 42"; not "the minister admitted to reporters"."""
        behind = self.lows[at + 2 : at + 2 + _WARD_REACH]
        if lemma in self.words["own_acts"]:
            return not self.words["wards"].isdisjoint(behind)
        return self.lows[at] in self.words["said_of"] and not self.auxiliaries.isdisjoint(behind[:1])

    def _is_part_of_name(self, at: int) -> bool:
        """Whether a form with a capital is a piece of a name: "the Reporting Project", "the United States".

        In a headline, where all words have capitals, only where the words make a name of a place.
        """
        if look_up(f"{self.written[at - 1]} {self.written[at]}") is not None:
            return True
        before = self.lows[at - 1]
        if before in BREAKS or before == QUOTED or before == ".":
            return False
        longer = [word for word in self.written if len(word) >= _LONG_WORD and word[0].isalpha()]
        capitals = sum(word[0].isupper() for word in longer)
        return capitals < _HEADLINE_SHARE * len(longer)

    def _noun_or_verb(self, at: int, lemma: str, has_auxiliary: bool, subject: int) -> bool:
        """A form that may be a noun as well ("claims", "report") is a verb with a subject that fits its number."""
        lows = self.lows
        low, before = lows[at], lows[subject] if subject >= 0 else ""
        after = lows[at + 1] if at < self.last else ""
        if after == QUOTED and low in self.words["works"] and before in self.words["bare_nouns"]:
            # "the television show "Dawn""
            return False
        if after in self.finite and not has_auxiliary:
            return False
        if before.endswith("ed") and before in self.lemma and at > 1:
            # "dismissed reports that": what was dismissed.
            return False
        if has_auxiliary or before in self.pronouns or before in self.relatives:
            return before not in self.words["third_persons"] or low != lemma or has_auxiliary
        if before in self.prepositions or before in BREAKS:
            return before == "," and after in self.words["clause_starters"]
        is_singular = not (
            before.endswith("s")
            or before in self.words["bare_nouns"]
            or before in self.words["lone_determiners"]
        )
        if low == lemma and is_singular and low not in self.words["same_past"]:
            if before in self.words["joiners"] and after in self.words["clause_starters"]:
                return True
            is_said = lemma == "say" or after in self.words["clause_starters"]
            return is_said and self._is_of_several(subject)
        if (
            low == lemma
            and low not in self.words["noun_like"]
            and not is_singular
            and after
            and after not in BREAKS
        ):
            # "Both men deny murder"
            return True
        if low != lemma and before.endswith("s") and not self.written[subject][0].isupper():
            return False
        if (
            after == QUOTED
            or after in self.words["clause_starters"]
            or after in {"to", ":", ".", ","}
            or not after
        ):
            return True
        if any(rest[0] == after for rest in self.lexicon.particles.get(lemma, ())):
            return True
        return at < self.last and self.written[at + 1][0].isupper()

    def _is_of_several(self, at: int) -> bool:
        """Whether a word ends what is told of several: "Campaigners trying to save a pool", "Residents of Enga"."""
        phrase = self.phrase_before(at)
        if phrase is None:
            return False
        behind = next(
            (
                i
                for i in range(phrase[0] + 1, at)
                if self.lows[i].endswith("ing") or self.lows[i] in self.prepositions
            ),
            None,
        )
        if behind is None:
            return False
        head = self.lows[behind - 1]
        is_plural = head.endswith("s") or head in self.words["bare_nouns"]
        return is_plural and self.head_speaks(phrase)

    def _rings(self, at: int) -> bool:
        """Whether somebody is called up, not called something: "called Ana Bell, a 33-year-old nurse, and".

        A number tells it too: "call the desk on 555-0143".
        """
        behind = self.lows[at + 1 : at + _CALLED]
        if behind and behind[0].isdigit():
            # "called 911"
            return True
        if any(len(low) >= _NUMBER and low.replace("-", "").isdigit() for low in behind):
            return True
        last = self.phrase_after(at + 1) if self.is_name(at + 1) else None
        if last is None or last + 2 > self.last or self.lows[last + 1] != ",":
            return False
        return self.lows[last + 2] in self.words["articles"] or self.lows[last + 2] in self.relatives

    def _asks_to(self, at: int) -> bool:
        """Whether somebody is asked to do something behind a verb: "advised Danes to leave", no "sale to Altaro"."""
        link = next((i for i in range(at + 2, min(at + 12, self.last)) if self.lows[i] == "to"), None)
        return (
            link is not None
            and self.written[link + 1].islower()
            and self.lows[link + 1] not in self.determiners
        )

    def _day_end(self, at: int) -> int:
        """The token behind a weekday that stands right behind a verb, "on Tuesday", "late on Monday"; else `at`."""
        end = at
        while end < self.last and (self.lows[end] == "on" or self.lows[end] in self.words["day_grades"]):
            end += 1
        if self.lows[end : end + 1] == [] or self.lows[end] not in self.words["days"]:
            return at
        while end <= self.last and self.lows[end] in self.time_words:
            end += 1
        return end

    def frame_of(self, at: int, lemma: str) -> tuple[int, str | None]:
        """The last token of the cue, and which frame the words behind the verb fit."""
        lows = self.lows
        frames = self.lexicon.frames[lemma]
        after = lows[at + 1] if at < self.last else ""
        if (
            after == "to"
            and lemma in self.words["put_to"]
            and self.words["hearers"].isdisjoint(lows[at + 2 : at + 5])
        ):
            # "Suspect added to the 'most wanted' list"
            return at, None
        day_end = self._day_end(at + 1)
        for rest in self.lexicon.particles.get(lemma, ()):
            if day_end > at + 1:
                # "called on Tuesday for": what stands behind the day.
                if tuple(lows[day_end : day_end + len(rest)]) == rest:
                    return day_end + len(rest) - 1, "particle"
                continue
            if rest[0] == after and tuple(lows[at + 1 : at + 1 + len(rest)]) == rest:
                if lemma in self.words["shooting"] and not self.leads_to_words(at + 1 + len(rest)):
                    # "The guards fired back at the boat"
                    return at, None
                return at + len(rest), "particle"
        if "convey" in frames:
            is_told = not self.words["conveyed"].isdisjoint(lows[at + 1 : at + 1 + _CONVEYED])
            return at, "judge" if is_told else None
        is_quoting = lemma in self.words["quoting"] and "to" not in frames and not self.leads_to_words(at + 1)
        if is_quoting and not ("urge" in frames and self._asks_to(at)):
            return at, "judge" if "judge" in frames and self.takes_object(at + 1) else None
        if (
            after in self.words["lone_objects"]
            and at + 2 <= self.last
            and lows[at + 2] in self.words["clause_ends"]
        ):
            # "denied this and said that": nothing is told yet.
            return at, "judge" if "judge" in frames else None
        if "judge" in frames and lows[at + 1 : at + 3] == ["that", ","]:
            # "denied that, saying"
            return at, "judge"
        if frames == {"say"} and (lemma == "say" or not self.takes_object(at + 1)):
            return at, "say"
        if after in {"", "."} and frames & POSTPOSED:
            return at, "say" if "say" in frames else "that"
        if after in {QUOTED, "that", ":", ","}:
            if frames & {"say", "tell", "that"}:
                return at, "say" if "say" in frames else "that"
            if after in {QUOTED, "that"} and frames & {"judge", "call"}:
                return at, "judge"
        if "to" in frames and after == "to":
            return at, "to"
        if "tell" in frames and after:
            is_thing = "judge" in frames and self.takes_object(at + 1)
            if is_thing and self.words["hearer_marks"].isdisjoint(lows[at + 1 : at + 12]):
                # "promised compensation": a thing and no hearer.
                return at, "judge"
            return at, "tell"
        if "urge" in frames and "to" in lows[at + 2 : at + 12]:
            urged = lows[at + 1 : lows.index("to", at + 2)]
            # "Pushed a child out of the way to take a bullet": nobody is asked to.
            return at, "urge" if self.words["moved_away"].isdisjoint(urged) else None
        if "call" in frames and after:
            return at, None if self._rings(at) else "call"
        if frames & {"say", "that"} and after in self.words["clause_starters"] and not self.is_object(at + 1):
            return at, "that"
        if "judge" in frames and after and (after not in self.prepositions or self.manner_end(at + 1)):
            return at, "judge"
        return at, "say" if "say" in frames and not self.takes_object(at + 1) else None

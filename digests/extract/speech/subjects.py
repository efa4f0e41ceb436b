"""The subject of a verb of saying: the phrase in front of it, over relative clauses, participles, lists, appositions.

Stance: where the walk back from the verb ends on something that cannot speak, there is no subject.
"""

from __future__ import annotations

from digests.extract.speech.passages import QUOTED
from digests.extract.speech.phrases import BREAKS, Phrases, people_words
from digests.rules.gazetteer import look_up
from digests.text.numbers import may_begin_amount

# Tokens that a subject may be away from its verb, at most.
_REACH = 45
# An apposition behind a name, in tokens.
_APPOSITION = 26
# Tokens from a participle behind somebody to the end of what it tells, at most.
_IN_PARTICIPLE = 10
# Tokens between "who" and the phrase that ends its clause.
_IN_RELATIVE = 10
# Tokens from the verb of a clause to the object that another clause is joined to, at most.
_IN_CLAUSE = 12


class Subjects(Phrases):
    """The subjects of the verbs of one passage; token ranges have both ends included."""

    def subject_before(self, at: int) -> tuple[int, int] | None:
        """The noun phrase that ends at or before a token, over time words, brackets and appositions."""
        lows = self.lows
        if lows[at] == QUOTED:
            return self.titled(at)
        limit = max(0, at - _REACH)
        at = self._before_region(self.skip_time_back(at))
        for _ in range(5):
            if at <= limit or lows[at] not in {",", ")", "–", "-"}:
                break
            if lows[at] == ")":
                while at > limit and lows[at] != "(":
                    at -= 1
                at = self.skip_time_back(at - 1)
                continue
            if lows[at] == lows[at - 1] == "–":
                # A dash of two marks.
                at -= 1
            comma = self._opening(at, limit)
            if comma is None:
                return None
            if lows[comma + 1] in self.prepositions and lows[comma - 1] == ",":
                at = comma - 1
                continue
            back = comma - 1
            if lows[back] == lows[comma] == "–":
                back -= 1
            if lows[back].isdigit() and lows[back - 1] == "," and back > limit + 1:
                # "X, 51, a farmer, said": an age.
                back -= 2
            if lows[back] == ")" and back > limit + 2:
                # "The Northern Front (NF), a coalition of rebels, said": the initials.
                back = next((b - 1 for b in range(back, limit, -1) if lows[b] == "("), back)
            phrase = self.phrase_before(self.skip_time_back(back))
            if phrase is None:
                return None
            start = phrase[0]
            if start > 2 and lows[start - 1] in self.prepositions and lows[start - 2] == ",":
                # "X, during a visit to Y, Z, said": the phrase is a part of what stands between.
                at = start - 3
                continue
            if start > 1 and lows[start - 1] == "," and not self.is_name(start):
                # "X, director of A, B and C, said": the phrase is still a part of the apposition.
                earlier = self.phrase_before(start - 2)
                if earlier and self.is_name(earlier[1]) and self._begins_clause(earlier[0]):
                    return earlier
                if lows[start] not in self.determiners:
                    at = start - 1
                    continue
            over = self._over_relative(phrase)
            is_open = lows[phrase[1]] in self.words["object_pronouns"]
            if over is not None and not self.is_name(over[1]):
                is_open = True
            if is_open and self._are_names(comma + 1, at - 1):
                # "The company that runs the line, Northrail, said", "one of them, Ana Bell, said"
                return (over or phrase)[0], at - 1
            return over or self._of_own_clause(phrase)
        phrase = self.phrase_before(at)
        if phrase is None or (phrase[0] > 1 and lows[phrase[0] - 1] in self.prepositions):
            phrase = self._over_participle(at) or phrase
        over = self._over_relative(phrase or (at, at))
        phrase = over or (self._of_own_clause(phrase) if phrase else None)
        is_one = phrase is not None and not self._stands_bare(phrase[0])
        if (
            phrase
            and is_one
            and phrase[0] > 1
            and lows[phrase[0] - 1] == ","
            and lows[phrase[0]] in people_words()
            and lows[phrase[0]] not in self.words["titles"]
            and not (
                phrase[0] < phrase[1] and self.written[phrase[0]].istitle() and self.is_name(phrase[0] + 1)
            )
        ):
            # "Ana Bell, spokeswoman for the ministry said": the second comma was forgotten.
            earlier = self.phrase_before(phrase[0] - 2)
            if (
                earlier
                and self.is_name(earlier[1])
                and (self._begins_clause(earlier[0]) or lows[earlier[0] - 1] == QUOTED)
            ):
                return earlier
        if phrase and phrase[0] > 1 and lows[phrase[0] - 1] in {",", "and"}:
            return self._over_list(phrase)
        return phrase

    def titled(self, quoted: int) -> tuple[int, int] | None:
        """Whose apposition ends with a quotation: "Hall, who calls it "a mess," said", "Bell, host of "Dawn," said"."""
        lows = self.lows
        comma = next(
            (at for at in range(quoted - 1, max(0, quoted - _APPOSITION), -1) if lows[at] in BREAKS), 0
        )
        opened = lows[comma + 1]
        if lows[comma] != "," or comma + 1 == quoted:
            return None
        if not (opened in self.words["apposition_starts"] or opened in people_words()):
            return None
        phrase = self.phrase_before(comma - 1)
        if phrase is None or not (self._begins_clause(phrase[0]) and self.can_speak(phrase)):
            return None
        # "In Lund, the group "Dawn" said"
        return None if look_up(" ".join(self.written[phrase[0] : phrase[1] + 1])) is not None else phrase

    def _over_list(self, phrase: tuple[int, int]) -> tuple[int, int]:
        """A subject with what its list has in front: "Britain, France and Chad said", "Reed, Bell, and Hale said"."""
        lows, (first, last) = self.lows, phrase
        comma = first - 2 if lows[first - 1] == "and" else first - 1
        joint = lows.index("and", first, last) if "and" in lows[first:last] else first - 1
        if comma < 1 or lows[comma] != "," or lows[joint] != "and":
            return phrase
        is_plain = self._is_group(first)
        if not (is_plain or self.is_name(first) or lows[first] == "the"):
            return phrase
        if not self.prepositions.isdisjoint(lows[first:joint]):
            # "Ana Bell, Chief Officer at Lund Fire and Rescue says"
            return phrase
        while lows[comma] == ",":
            member = self.phrase_before(comma - 1)
            if member is None or not self._is_member(*member, is_plain=is_plain):
                break
            if not self._begins_clause(member[0]) and lows[member[0] - 1] != QUOTED:
                return phrase
            first, comma = member[0], member[0] - 1
            if comma < 1:
                break
        return (first, last)

    def _is_group(self, at: int) -> bool:
        """Whether a token is a plural of people, as far as its word tells: "doctors", "officials"."""
        return self.lows[at].endswith("s") and self.lows[at] in people_words()

    def _is_member(self, first: int, last: int, *, is_plain: bool) -> bool:
        """Whether a phrase may be one of a list of speakers: a name, "the leaders of France", "doctors" among such."""
        if is_plain:
            return first == last and self._is_group(first)
        links = self.words["place_links"] | self.words["name_links"]
        link = next((at for at in range(last - 1, first, -1) if self.lows[at] in links), None)
        if link is not None and self._is_group(link - 1):
            first = link + 1
        elif self.lows[first] == "the" and first < last:
            first += 1
        return self.lows[first] not in self.time_words and all(
            self.is_name(at) or self.lows[at] == "of" for at in range(first, last + 1)
        )

    def _are_names(self, first: int, last: int) -> bool:
        """Whether all tokens of a range are written like names."""
        return all(self.is_name(at) for at in range(first, last + 1))

    def _of_own_clause(self, phrase: tuple[int, int]) -> tuple[int, int]:
        """A subject without the object of the clause in front: "The fire razed the market and traders said"."""
        first, last = phrase
        joint = next((at for at in range(last - 1, first, -1) if self.lows[at] == "and"), None)
        if joint is None or not (self._holds_clause(first, joint) or self._is_object(first)):
            return phrase
        own = (joint + 1, last)
        return own if self.can_speak(own, strictly=True) else phrase

    def _holds_clause(self, first: int, joint: int) -> bool:
        """Whether a verb with its object stands among tokens: "Police arrested three men", not "two armed men"."""
        for at in range(first, joint - 1):
            low = self.lows[at]
            if not (low.endswith("ed") or low in self.words["past_verbs"]) or not self.written[at].islower():
                continue
            if low in self.words["naming_participles"]:
                # "a man called Reed and his wife"
                continue
            behind, before = self.lows[at + 1], self.lows[at - 1]
            has_object = behind in self.determiners or may_begin_amount(behind) or self.is_name(at + 1)
            if not has_object or behind in self.time_words:
                continue
            if before in self.auxiliaries or (at > first and before not in self.determiners):
                return True
        return False

    def _is_object(self, first: int) -> bool:
        """Whether the phrase that begins at a token stands behind the verb of its clause, and no verb of saying."""
        for at in range(first - 1, max(-1, first - _IN_CLAUSE), -1):
            low = self.lows[at]
            if low in BREAKS or low in self.conjunctions or low in self.words["agents"]:
                return False
            if low in self.lemma and "say" in self.lexicon.frames[self.lemma[low]]:
                # "He said France and Chad"
                return False
            is_participle = low in self.words["naming_participles"] or not self.written[at].islower()
            if low in self.finite or (
                (low in self.words["past_verbs"] or low.endswith("ed")) and not is_participle
            ):
                return True
        return False

    def _over_relative(self, phrase: tuple[int, int]) -> tuple[int, int] | None:
        """Whom "who" goes back to where a phrase only ends its clause: "The rebels who raided a post said"."""
        lows, first, stops = self.lows, phrase[0], self.relative_stops
        relatives = self.words["subject_relatives"]
        for at in range(first - 1, max(0, first - _IN_RELATIVE), -1):
            if lows[at] in self.words["place_relatives"] and at > 1:
                # "Residents of the village where the bus crashed told", "a fire in which nine people died said"
                last = at - 2 if lows[at - 1] in self.prepositions else at - 1
                if last < at - 1 or lows[at] == "where":
                    antecedent = self.phrase_before(last)
                    if antecedent and not self._begins_clause(antecedent[0]):
                        # "A lawyer for a man whose shop burned in a fire in which two died said"
                        antecedent = self._over_relative(antecedent)
                    speaks = antecedent and self.can_speak(antecedent, strictly=True)
                    return antecedent if speaks else None
            if lows[at] in stops:
                return None
            if lows[at] == "where":
                # "The organisers of a festival where four died said"
                ends_clause = lows[phrase[1]].endswith("ed") or lows[phrase[1]] in self.words["past_verbs"]
                antecedent = (
                    self.phrase_before(at - 1) if ends_clause and not self.is_name(phrase[1]) else None
                )
                return antecedent if antecedent and self.head_speaks(antecedent) else None
            if lows[at] in relatives:
                has_verb = at < first - 1 or lows[first].endswith("ed")
                antecedent = self.phrase_before(at - 1) if has_verb and self._subject_relative(at) else None
                speaks = antecedent and self.can_speak(antecedent, strictly=lows[at] != "who")
                return antecedent if speaks else None
        return None

    def _over_participle(self, last: int) -> tuple[int, int] | None:
        """Of whom a participle tells more: "Witnesses quoted by the radio said", "a group based in Lund said"."""
        lows = self.lows
        for at in range(last - 1, max(0, last - _IN_PARTICIPLE), -1):
            if lows[at] in self.words["speaker_participles"] and lows[at + 1] in self.prepositions:
                antecedent = self.phrase_before(at - 1)
                return antecedent if antecedent and self.can_speak(antecedent) else None
            if lows[at] in BREAKS or lows[at] in self.conjunctions or lows[at] in self.finite:
                return None
        return None

    def _subject_relative(self, at: int) -> bool:
        """Whether a relative pronoun is the subject of its clause and no conjunction: its verb stands behind it.

        "Whose" has a noun in between: "A resident whose house was hit said".
        """
        if self.lows[at] in self.words["person_relatives"]:
            return True
        behind = self.lows[at + 1]
        is_verb = behind in self.finite or behind in self.words["past_verbs"] or behind.endswith(("ed", "s"))
        is_verb = is_verb and behind not in self.pronouns and behind not in self.determiners
        return is_verb and self.lows[at - 1] not in self.lemma and self.is_nominal(at - 1)

    def _begins_clause(self, at: int) -> bool:
        return at == 0 or self.lows[at - 1] in BREAKS or self.lows[at - 1] in self.words["coordinators"]

    def _opening(self, at: int, limit: int) -> int | None:
        """The comma or dash that opens the apposition closed at a token; `None` where there is no apposition."""
        lows = self.lows
        mark = lows[at]
        comma = at - 1
        while comma > limit and lows[comma] != mark:
            if lows[comma] == ";" or (lows[comma] == QUOTED and lows[comma - 1] in BREAKS):
                return None
            if lows[comma] == ")":
                while comma > limit and lows[comma] != "(":
                    comma -= 1
            comma -= 1
        if comma <= 0 or lows[comma] != mark or comma == at - 1:
            return None
        if mark == "," and not self.words["speaking"].isdisjoint(lows[limit:comma]):
            last = max(i for i in range(limit, comma) if lows[i] in self.words["speaking"])
            is_open = lows[last - 1] == "," and self.finite.isdisjoint(lows[last:comma])
            comma = last - 1 if is_open and last > 1 else comma
        first = lows[comma + 1]
        if first in self.words["coordinators"] or (first in self.pronouns and first not in self.relatives):
            return None
        return comma

    def _before_region(self, at: int) -> int:
        """The token of the town where a region stands behind it as the last one: "Police in Lagos, Nigeria say"."""
        comma = self._before_capitals(at)
        if comma < 1 or comma == at or self.lows[comma] != ",":
            return at
        town = self._before_capitals(comma - 1)
        is_town = 0 < town < comma - 1 and self.lows[town] in self.words["place_links"]
        if not is_town or not self.is_nominal(town - 1) or self.lows[town - 1] in self.time_words:
            return at
        phrase = self.phrase_before(town - 1)
        if phrase is None or not self._begins_clause(phrase[0]):
            # "After talks in Lagos, Nigeria said"
            return at
        return comma - 1 if look_up(" ".join(self.written[comma + 1 : at + 1])) is not None else at

    def _before_capitals(self, at: int) -> int:
        """The token in front of the run of words with capitals that ends at a token."""
        while at >= 0 and self.written[at][0].isupper():
            at -= 1
        return at

    def main_subject(self, at: int) -> tuple[int, int] | None:
        """The subject of the first finite verb in front of a token: who a participle behind it speaks of."""
        for index in range(1, at):
            if not self._looks_finite(index):
                continue
            before = index - 1
            while before >= 0 and (self.is_adverb(before) or self.lows[before] in self.auxiliaries):
                before -= 1
            subject = self.subject_before(before) if before >= 0 else None
            if subject is not None and self.lows[subject[1]] not in self.words["empty_subjects"]:
                return None if self._in_relative(index, at) else subject
        return None

    def _in_relative(self, verb: int, at: int) -> bool:
        """Whether a token stands in an open relative clause: "They held a woman, who wept and cried".

        Without the comma where its auxiliary is that clause's: "fired at a clerk who had run and had yelled".
        """
        lows = self.lows
        opened = next((i for i in range(at - 1, verb, -1) if lows[i] == "who"), None)
        if opened is None or "," in lows[opened:at]:
            return False
        own = lows[at - 1] if lows[at - 1] in self.auxiliaries else None
        return lows[opened - 1] == "," or (own is not None and lows[opened + 1] == own)

    def _looks_finite(self, at: int) -> bool:
        low = self.lows[at]
        if self.lows[at - 1] in self.prepositions or self.lows[at - 1] in self.determiners:
            return False
        if low in self.finite:
            return True
        if self.written[at][0].isupper():
            return False
        return self.is_finite(at) if low in self.lemma else low.endswith("ed")

    # ------------------------------------------------------------------ behind a verb

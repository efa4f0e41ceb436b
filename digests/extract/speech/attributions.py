"""Attributions: which words of a passage somebody says, with the words of the speaker and the cue.

The verb decides (`rules/quotes.toml`): what may follow it, whether it may stand behind what is said, whether it
is speech or thought. Stance: a wrong speaker is worse than none; where the walk to the subject finds nothing that
can speak, the attribution is dropped.
"""

from __future__ import annotations

import itertools

from digests.extract.speech.cues import say_cues
from digests.extract.speech.passages import QUOTED
from digests.extract.speech.phrases import BREAKS, people_words
from digests.extract.speech.settling import Attribution, Settling
from digests.extract.speech.verbs import POSTPOSED, SAYING

# Tokens behind which a verb may stand before its subject.
_SPEECH_ENDS = frozenset({QUOTED, ","})
# Frames that may be open and say something all the same: "may say that".
_CLAUSES = frozenset({"say", "that"})
# What somebody is told to be or to have done, behind "said".
_HEARSAY = (["to", "be"], ["to", "have"])
# What follows "quoted the minister as".
_AS_SAYING = (["saying"], ["telling"])
# Tokens in which the other half of a form is looked for.
_WINDOW = 12
# Tokens from a comma to "after" ("..., less than two weeks after"), and of what is said in front of it.
_REMINDER, _LEAST_SAID = 7, 3
# Tokens from the noun of a document to the end of its phrase: "a message to supporters on Tuesday".
_DOCUMENT = 8
# Tokens behind "claimed" in which "lives" may stand.
_LIVES_REACH = 7
# Tokens in front of a colon in which its verb is looked for: "told the council in a letter on Friday:".
_PROMISE = 20


class Reader(Settling):
    """Reads attributions around the cues of one passage."""

    def __init__(self) -> None:
        super().__init__()
        self.next_words = say_cues().next_words
        self.noun_leads = say_cues().noun_leads

    def find_attributions(self) -> list[Attribution]:
        """All attributions of the passage, by the place of their cue."""
        lemma = self.lemma
        found: list[Attribution] = []
        starts, phrases = self.lexicon.starts, self.lexicon.source_phrases
        # Two words of a passage of thirty begin anything: the others are passed over without a step for each.
        for index in itertools.compress(itertools.count(), map(starts.__contains__, self.lows)):
            low = self.lows[index]
            one = self.read_phrase(index) if low in phrases else None
            if one is None and low in lemma and self._may_say(index, low):
                one = self.read_verb(index)
            if one is not None:
                found.append(one)
        return self.settle(found) if found else found

    def _may_say(self, at: int, low: str) -> bool:
        """Whether what stands around a form leaves it open that something is said: a look that spares reading half."""
        if not at:
            return True
        before = self.lows[at - 1]
        if before in self.noun_leads and before not in self.words["mid_adverbs"]:
            return False
        needed = self.next_words.get(low)
        if needed is None:
            return True
        follower = self.lows[at + 1] if at < self.last else ""
        # Behind speech its speaker may follow: "...", found the judge.
        return follower in needed or before in _SPEECH_ENDS

    def promise(self) -> tuple[tuple[int, int], int] | None:
        """Who is to speak in the next paragraph and the verb that says so: "She told the council:"."""
        if self.lows[0] in self.lemma and self.lows[0].endswith("ed") and self.last >= 2:
            # A paragraph that is but "Added Bell:".
            last = self.phrase_after(1)
            if last == self.last - 1 and self.can_speak((1, last), strictly=True):
                return (1, last), 0
        for at in range(self.last - 1, max(0, self.last - _PROMISE), -1):
            low = self.lows[at]
            if low in self.words["document_nouns"] and (issuer := self.issuer(at)):
                # "The club issued the following statement:" and its text below.
                return issuer, issuer[1] + 1
            lemma = self.lemma.get(low)
            if lemma is None or lemma in self.lexicon.thought:
                continue
            if not self.lexicon.frames[lemma] & SAYING and lemma not in self.words["promising"]:
                continue
            before = at - 1
            while before > 0 and (self.lows[before] in self.auxiliaries or self.is_adverb(before)):
                before -= 1
            if before > 1 and self.lows[before] in self.words["goes_on_words"]:
                # Over "went on to".
                while before > 0 and self.lows[before] in self.words["goes_on_words"]:
                    before -= 1
            subject = self.subject_before(before)
            if subject is not None and self.can_speak(subject, strictly=True):
                return subject, at
        return None

    # ------------------------------------------------------------------ phrases

    def read_phrase(self, word: int) -> Attribution | None:
        """ "according to X": X is the speaker, the rest of the sentence is what is said."""
        for phrase, place in self.lexicon.source_phrases[self.lows[word]]:
            at = word - place
            end = at + len(phrase)
            if at < 0 or tuple(self.lows[at:end]) != phrase:
                continue
            pointed = end + 1 if end < self.last and self.lows[end] in self.words["pointing"] else end
            last = self.phrase_after(pointed, whole=True)
            if last is None:
                return None
            if last < self.last and self.lows[last + 1] in self.words["clause_pronouns"]:
                close = next((i for i in range(last, self.last) if self.lows[i] == ","), None)
                behind = close + 1 if close else self.last + 1
            else:
                behind = self.after_apposition(last)
            content = self.trim(self.clause_start(at - 1), at - 1) if at > 1 else None
            forward = content is None or self._leads_in(at, content)
            if forward:
                content = self.trim(behind, self.last)
            elif (
                content is not None
                and self.lows[at - 1] == self.lows[behind - 1] == ","
                and not self._holds_verb(*content)
            ):
                # "The toll, according to the ministry, rose to 40."
                tail = self.trim(behind, self.last)
                content = (content[0], tail[1]) if tail else content
            if content is None:
                return None
            return Attribution(
                frame="according", cue=(at, end - 1), source=(end, last), content=content, is_forward=forward
            )
        return None

    def _leads_in(self, at: int, content: tuple[int, int]) -> bool:
        """Whether a comma in front of a token ends but a conjunction: "and, according to police, two fled"."""
        return self.lows[at - 1] == "," and self.lows[max(content[0], at - 2)] in self.words["coordinators"]

    # ------------------------------------------------------------------ verbs

    def read_verb(self, at: int) -> Attribution | None:
        """The attribution whose cue is the verb at a token; `None` where it is none."""
        lows = self.lows
        low = lows[at]
        lemma = self.lemma[low]
        is_ing = low.endswith("ing") and low != lemma
        before = at - 1
        auxiliaries: list[str] = []
        floating = self.words["floating"]
        while before >= 0 and (
            lows[before] in self.auxiliaries
            or lows[before] == "to"
            or self.is_adverb(before)
            or (lows[before] in floating and self.floats(before))
            or (lows[before] in self.words["mid_adverbs"] and lows[before - 1] in self.auxiliaries)
        ):
            if lows[before] in self.auxiliaries or lows[before] == "to":
                auxiliaries.append(lows[before])
            before -= 1
        if not self.may_be_verb(at, lemma, auxiliaries, before):
            return None
        is_passive = bool(auxiliaries) and auxiliaries[0] in self.words["passive_auxiliaries"]
        if is_passive and lemma == "quote":
            return self.was_quoted(at, before)
        if is_passive and not is_ing:
            return None
        if lows[at + 1 : at + 4] == ["not", "to", "be"]:
            # "A guard who asked not to be named"
            return None
        if low == "said" and not auxiliaries and lows[at + 1 : at + 3] in _HEARSAY:
            # "A man said to have been armed": nobody says who says so.
            return None
        if lemma == "claim" and self._takes_lives(at):
            return None
        if lemma == "quote" and not is_passive:
            return self.quoted_as_saying(at)
        cue_end, frame = self.frame_of(at, lemma)
        behind_quote = lows[at - 1] in _SPEECH_ENDS and not auxiliaries and not is_ing and at > 0
        inverts = lemma != "tell" and self.lexicon.frames[lemma] & POSTPOSED
        if behind_quote and inverts and frame not in {"particle", "to"} and not self._ends_title(at - 1):
            made = Attribution(frame="say", cue=(at, at), source=None, content=(0, 0))
            if self.invert(made):
                return made
        if at == 0 and not is_ing:
            return self.opening_verb(at)
        if frame is None:
            ends = at == self.last or lows[at + 1] in BREAKS
            return self.of_claim(at, before) if ends and "judge" in self.lexicon.frames[lemma] else None
        if lemma in self.words["own_acts"] and self._is_behind(cue_end, "reflexives"):
            # "admitted herself to a clinic" is an act, and no words.
            return None
        made = Attribution(
            frame=frame,
            cue=(at, cue_end),
            source=None,
            content=(0, 0),
            is_thought=lemma in self.lexicon.thought or self.is_silent(at, lemma, auxiliaries),
        )
        if "to" in auxiliaries:
            made.inherits = True
            made.is_thought = made.is_thought or not (self.passage.has_quotation or self.goes_on_to(at))
        elif is_ing and not is_passive and before > 0 and lows[before] in self.words["begin_words"]:
            # "..., as prosecutors on Saturday began questioning": who began does it.
            made.source = self.subject_before(before - 1)
            if made.source is None or not self.can_speak(made.source, strictly=True):
                return None
        elif (
            is_ing and not is_passive and before > 0 and lows[before] == "for" and not self._goes_for(before)
        ):
            made.source, made.is_held_against = self.blamed(before), True
            if made.source is None:
                return None
        elif is_ing and not is_passive:
            made.source = self.participle_subject(at, before)
            made.inherits = made.source is None
        else:
            subject = self.subject_before(before) if before >= 0 else None
            if subject is None:
                if before < 1 or lows[before] not in self.words["joining"]:
                    return None
                made.inherits = True
            elif "call" in self.lexicon.frames[lemma] and not auxiliaries and self.is_object_of_verb(subject):
                # "set up a website called", "closed the loophole known as": what has the name speaks no word.
                return None
            elif (
                self.counts_nobody(subject[1])
                or self.is_denied(subject)
                or not self.can_speak(subject, strictly=frame not in {"say", "tell"})
            ):
                return None
            if subject is not None and self.is_open(made, subject, auxiliaries):
                return None
            made.source = subject
            if subject is not None and (claim := self.claim_before(subject)) is not None:
                return self.about_claim(made, *claim)
        return self.with_content(made)

    def _ends_title(self, at: int) -> bool:
        """Whether a token is a quotation inside an apposition, whose subject speaks."""
        return self.lows[at] == QUOTED and self.titled(at) is not None

    def _goes_for(self, at: int) -> bool:
        """Whether the subject of a clause did what "for" leads to: "apologised for calling", "was praised for"."""
        before = self.skip_time_back(at - 1)
        return self.lows[before] in self.lemma or self.is_adverb(before)

    def blamed(self, at: int) -> tuple[int, int] | None:
        """Who said what somebody else blames or thanks him for: "The mayor chided Reed for saying it was safe".

        `at` is the place of "for"; `None` where no person stands right in front of it.
        """
        phrase = self.phrase_before(at - 1)
        if phrase is None or self.written[at][0].isupper():
            return None
        if "by" in self.lows[max(0, phrase[0] - 1) : phrase[1]]:
            # "Reed was attacked by the mayor for saying": the subject of the clause.
            return self.main_subject(at)
        is_somebody = self.is_name(phrase[1]) or self.lows[phrase[1]] in people_words()
        return phrase if is_somebody and self.can_speak(phrase, strictly=True) else None

    def claim_before(self, subject: tuple[int, int]) -> tuple[int, tuple[int, int]] | None:
        """The comma and the subject of "..., a charge Norway denies", where the phrase in front of a verb is both."""
        first, last = subject
        nouns = self.words["claim_nouns"]
        if first > 1 and self.lows[first - 1] in nouns:
            # "a charge the ministry denies"
            comma = first - 3
        elif last > first + 1 and self.lows[first + 1] in nouns:
            comma, first = first - 1, first + 2
        else:
            return None
        if comma < 1 or self.lows[comma] != "," or self.lows[comma + 1] not in self.words["articles"]:
            return None
        return comma, (first, last)

    def of_claim(self, at: int, before: int) -> Attribution | None:
        """A verb that takes its object from in front of it: "..., a charge the ministry has rejected"."""
        subject = self.subject_before(before) if before > 0 else None
        claim = self.claim_before(subject) if subject is not None else None
        made = Attribution(frame="judge", cue=(at, at), source=None, content=(0, 0))
        return self.about_claim(made, *claim) if claim is not None else None

    def about_claim(self, made: Attribution, comma: int, subject: tuple[int, int]) -> Attribution | None:
        """A verb behind "a charge Norway": what it calls the charge, else the clause that it is about."""
        made.source, made.is_apart = subject, True
        if not self.can_speak(subject):
            return None
        if QUOTED in self.lows[made.cue[1] + 1 :]:
            return self.with_content(made)
        named = self.trim(made.cue[1] + 1, self.last) if made.frame == "call" else None
        content = named or self.trim(self.clause_start(comma - 1), comma - 1)
        if content is None:
            return None
        if named is not None:
            # "..., a claim Norway described as a fairy tale": what it is called.
            made.content = named
            return made
        made.frame, made.content, made.is_forward = "judge", content, False
        return made

    def is_open(self, made: Attribution, subject: tuple[int, int], auxiliaries: list[str]) -> bool:
        """Whether a stance or a thought is only spoken of: "if he agreed", "hoped that she would urge", "how he saw".

        By the public set one in five of them is somebody's own, where other verbs of saying are at four in five.
        """
        before = subject[0] - 1
        while before > 0 and self.is_adverb(before):
            before -= 1
        if before == 0 and self.lows[0] == "what" and self._is_behind(made.cue[1], "passive_auxiliaries"):
            # "What the army said was a raid left nine dead": it is the writer who tells.
            return True
        if made.frame == "say" and not made.is_thought:
            return False
        low = self.lows[before] if before >= 0 else ""
        if low in self.words["leaves_open"] or (low == "what" and made.is_thought):
            return True
        if (
            before > 0
            and low in self.lemma
            and self.is_finite(before)
            and self.lexicon.frames[self.lemma[low]] & SAYING
        ):
            # "The guards said they welcomed it": the guards' own words have it all.
            return True
        is_stance = made.frame not in _CLAUSES and not made.is_thought
        return is_stance and not self.words["open_modals"].isdisjoint(auxiliaries)

    def _takes_lives(self, at: int) -> bool:
        """ "The fire claimed at least 20 lives": who takes lives says nothing; "claimed 20 lives were lost" does.

        Nor does "a bombing claimed by the front".
        """
        behind = self.lows[at + 1 : at + _LIVES_REACH + 2]
        if behind[:1] == ["by"]:
            return True
        lives = next((i for i, low in enumerate(behind[:_LIVES_REACH]) if low in self.words["lives"]), None)
        return lives is not None and self.auxiliaries.isdisjoint(behind[lives + 1 : lives + 2])

    def _is_behind(self, at: int, name: str) -> bool:
        """Whether a word of a list stands right behind a token."""
        return at < self.last and self.lows[at + 1] in self.words[name]

    def issuer(self, last: int) -> tuple[int, int] | None:
        """Who speaks by a document that ends with a token: "The union issued a statement to members on Friday"."""
        lows, documents = self.lows, self.words["document_nouns"]
        for at in range(last, max(0, last - _DOCUMENT), -1):
            if (
                lows[at] in BREAKS
                or lows[at] == QUOTED
                or lows[at] in self.finite
                or lows[at] in self.relatives
            ):
                return None
            if lows[at] in documents:
                phrase = self.phrase_before(at)
                verb = phrase[0] - 1 if phrase else 0
                if verb > 1 and lows[verb] == "following":
                    verb -= 2
                if verb > 1 and lows[verb] in self.words["particles_of_issue"]:
                    verb -= 1
                if verb > 0 and lows[verb] in self.words["issuing_verbs"]:
                    before = verb - 1
                    while before > 0 and (
                        lows[before] in self.auxiliaries or lows[before] in self.time_words
                    ):
                        before -= 1
                    return self.subject_before(before)
                return None
        return None

    def participle_subject(self, at: int, before: int) -> tuple[int, int] | None:
        """The noun phrase right in front of a participle: "with the mayor saying that"; `None` to inherit."""
        if before < 0 or not self.is_nominal(before):
            return None
        if before != at - 1:
            return self._led_by_with(at, before)
        issuer = self.issuer(before)
        if issuer is not None:
            return issuer
        if self.lows[before].endswith("ed") and self.written[before].islower():
            # "The army delayed announcing it": the verb in between is no part of the subject.
            doer = self.phrase_before(before - 1)
            if doer is not None and self.head_speaks(doer):
                return doer
        phrase = self.phrase_before(before)
        if phrase is None:
            return self._led_by_with(at, before)
        return phrase if phrase and self.can_speak(phrase, strictly=True) else None

    def _led_by_with(self, at: int, before: int) -> tuple[int, int] | None:
        """Of whom a participle tells behind "with", over adverbs: ", with the mayor reportedly calling it"."""
        if not all(self.is_adverb(i) for i in range(before + 1, at)):
            return None
        start = next((i + 1 for i in range(before, max(0, at - _WINDOW), -1) if self.lows[i] == "with"), None)
        if start is None or start > before or start < 2 or self.lows[start - 2] not in BREAKS:
            return None
        # "Reed came second, with 22 percent saying they would not": nobody else says it.
        speaks = self.can_speak((start, before), strictly=True) or self.lows[start][0].isdigit()
        return (start, before) if speaks else None

    # ------------------------------------------------------------------ content

    def quoted_as_saying(self, at: int) -> Attribution | None:
        """ "The agency quoted X as saying": X is the speaker."""
        last = self.phrase_after(at + 1)
        if last is None:
            return None
        end = last + 1
        if self.lows[end : end + 1] == [","]:
            # "quoted the port's head, Ana Bell, as saying"
            end = next((i for i in range(end, min(end + _WINDOW, self.last)) if self.lows[i] == "as"), end)
        agency = self.subject_before(at - 1) if at else None
        return self._as_saying(end, (at + 1, last), agency[0] if agency else at)

    def was_quoted(self, at: int, before: int) -> Attribution | None:
        """ "X was quoted by the agency as saying": X is the speaker."""
        end = next((i for i in range(at + 1, min(at + _WINDOW, self.last)) if self.lows[i] == "as"), None)
        subject = self.subject_before(before) if end is not None and before >= 0 else None
        if end is None or subject is None or not self.can_speak(subject, strictly=True):
            return None
        return self._as_saying(end, subject, subject[0])

    def _as_saying(self, at: int, source: tuple[int, int], edge: int) -> Attribution | None:
        """What stands behind "as saying" at a token, or in front of the clause that begins at `edge`."""
        if self.lows[at : at + 1] != ["as"] or self.lows[at + 1 : at + 2] not in _AS_SAYING:
            return None
        cue = (at + 1, at + 1)
        is_told = self.lows[at + 1] == "telling"
        content = None
        if at + 1 < self.last and self.lows[at + 2] != "by":
            content = self.trim(self.skip_forward(at + 2, tell=is_told), self.last)
        if content is not None:
            return Attribution(frame="say", cue=cue, source=source, content=content)
        # "...," Bell was quoted as saying; "...," the agency quoted Bell as saying.
        quoted = next((i for i in (edge - 1, edge - 2) if i >= 0 and self.lows[i] == QUOTED), None)
        if quoted is None:
            return None
        return Attribution(frame="say", cue=cue, source=source, content=(quoted, quoted), is_forward=False)

    def opening_verb(self, at: int) -> Attribution | None:
        """A sentence that opens with its verb: Said the mayor, "..."."""
        low = self.lows[at]
        if low.endswith("ing") or low in self.prepositions:
            return None
        last = self.phrase_after(at + 1)
        quoted = next((i for i in range(at, self.last + 1) if self.lows[i] == QUOTED), None)
        if (
            last is None
            or quoted is None
            or quoted < last
            or not self.can_speak((at + 1, last), strictly=True)
            or any(
                low in self.lemma and "say" in self.lexicon.frames[self.lemma[low]]
                for low in self.lows[last + 1 : quoted]
            )
        ):
            return None
        return Attribution(frame="say", cue=(at, at), source=(at + 1, last), content=(quoted, quoted))

    def invert(self, made: Attribution) -> bool:
        """Speech behind which the verb stands before its subject: "...", said the mayor. Fills `made`."""
        lows = self.lows
        at = made.cue[0]
        start = made.cue[1] + 1
        before = lows[at - 1] if at else ""
        if before not in {QUOTED, ",", "–", "?", "!"} or start > self.last:
            return False
        last = self.phrase_after(start)
        if last is None or (lows[start] in self.pronouns and before != QUOTED):
            return False
        named = self.is_name(start) or lows[start] in self.determiners
        if before != QUOTED and not named:
            return False
        follows = lows[last + 1] if last < self.last else "."
        if before != QUOTED and not (
            (
                follows in BREAKS
                or follows == "."
                or follows in self.time_words
                or follows in self.words["where_words"]
                or follows in self.words["person_relatives"]
            )
            and self.can_speak((start, last), strictly=True)
        ):
            return False
        content = self.trim(self.clause_start(at - 1), at - 1)
        if content is None:
            return False
        if before != QUOTED and not self._holds_verb(*content):
            # "The governor of the coast, Ida Dahl, declared an emergency": nothing is said in front.
            return False
        made.source, made.content, made.is_forward = (start, last), content, False
        return True

    def _holds_verb(self, first: int, last: int) -> bool:
        """Whether a verb stands among the tokens, as far as their words tell."""
        return any(
            self.lows[i] == QUOTED or self.lows[i] in self.auxiliaries or (i > 0 and self._looks_finite(i))
            for i in range(first, last + 1)
        )

    def with_content(self, made: Attribution) -> Attribution | None:
        """The attribution with what is said, behind the verb or in front of its subject."""
        passage, lows = self.passage, self.lows
        at, cue_end = made.cue
        edge = made.source[0] if made.source else at
        postposed = made.frame in POSTPOSED and not made.inherits and edge > 0
        start = cue_end + 1
        if lows[start : start + 2] == [",", "that"] and not (edge and lows[edge - 1] in _SPEECH_ENDS):
            # "He added, that there was no doubt"
            start += 1
        if made.frame == "particle" and lows[start : start + 2] in ([",", QUOTED], [":", QUOTED]):
            # "Hale shot back, "That is a lie.""
            start += 1
        if made.frame in SAYING:
            start = self.skip_forward(start, tell=made.frame == "tell")
        ahead = lows[start] if start <= self.last else ""
        if ahead == "that" and lows[at] in self.words["noun_like"]:
            # "in states that have cases", not "said that would take a year".
            return None
        follows = lows[start - 1] in {"that", ":"} or ahead == QUOTED
        if (
            postposed
            and lows[edge - 1] == QUOTED
            and passage.marked[edge - 1]
            and (not follows or lows[start - 1] == ",")
        ):
            opens = edge == 1 or lows[edge - 2] in BREAKS or lows[edge - 2] == "."
            if opens or ahead not in self.words["clause_starters"]:
                return self.backward(made, edge)
        if postposed and made.frame == "tell" and ahead == "of" and lows[edge - 2 : edge] == [QUOTED, ","]:
            # "...", the minister told the upper house of parliament.
            return self.backward(made, edge)
        is_told = bool(ahead) and ahead not in {",", "–", ")", "("} and not self._only_points(made, start)
        behind = self.trim(start, self.last) if is_told else None
        if (
            behind is not None
            and made.source
            and lows[made.source[1]] in self.relatives
            and lows[made.source[1] - 1] == ","
        ):
            # "Lisbon, which urged restraint, has ...": the relative clause ends with its comma.
            close = next((i for i in range(start, behind[1]) if self._closes_relative(i)), None)
            behind = self.trim(start, close - (lows[close] == ",")) if close and close > start else behind
        if behind is not None and "after" in lows[behind[0] : behind[1]]:
            behind = self._before_background(*behind)
        if behind is not None and ahead in self.finite and not self.is_relative(edge):
            return None
        if made.frame == "call" and ahead in self.prepositions and not self.is_relative(edge):
            # "A man described as a guard", "rang off and called into a show": nothing is given a name.
            return None
        if behind is None:
            if not postposed or lows[edge - 1] not in {",", QUOTED, "–", "?", "!", "as", "("}:
                return None
            return self.around(made, edge, start)
        if self.is_relative(edge):
            end = next((i - 1 for i in range(start, behind[1] + 1) if lows[i] in {",", "–"}), behind[1])
            behind = self.trim(start, end)
            if behind is None:
                return None
        made.content = behind
        return made

    def _closes_relative(self, at: int) -> bool:
        """Whether a comma stands at a token, or a quotation that holds it: "who calls it "a mess," said"."""
        if self.lows[at] == QUOTED:
            return self.lows[at + 1] in self.finite or self.lows[at + 1] in self.lemma
        return self.lows[at] == ","

    def _before_background(self, first: int, last: int) -> tuple[int, int]:
        """What is said without the writer's reminder behind it: "would ask the court to rule, a day after a clash"."""
        for at in range(first + _LEAST_SAID, last - 1):
            if self.lows[at] != "after" or self.lows[at - 1] not in self.words["while_units"]:
                continue
            comma = next(
                (i for i in range(at - 1, max(first, at - _REMINDER), -1) if self.lows[i] == ","), None
            )
            if comma is not None and QUOTED not in self.lows[comma:last]:
                return (first, comma - 1)
        return (first, last)

    def _only_points(self, made: Attribution, start: int) -> bool:
        """Whether what stands behind the verb tells nothing: "said of the loss", "announced it himself"."""
        ahead, behind = self.lows[start : start + 1], self.lows[start + 1 : start + 2]
        if ahead == ["of"]:
            return made.frame == "say" and self.lemma[self.lows[made.cue[0]]] == "say"
        if ahead == ["as"]:
            return behind == ["much"]
        return ahead == ["it"] and bool(behind) and behind[0] in self.words["reflexives"]

    def around(self, made: Attribution, edge: int, start: int) -> Attribution | None:
        """What is said stands in front of the speaker and may go on behind: "The deal, he said, is off"."""
        if self.backward(made, edge) is None:
            return None
        lows = self.lows
        if start < self.last and lows[start] in {",", "–"} and edge - made.content[0] <= 9:
            first = lows[start + 1]
            goes_on = (
                first not in self.conjunctions
                and not first.endswith("ing")
                and first not in self.lexicon.source_phrases
            )
            if goes_on and QUOTED not in lows[made.content[0] : edge]:
                tail = self.trim(start, self.last)
                if tail:
                    made.content = (made.content[0], tail[1])
        return made

    def backward(self, made: Attribution, edge: int) -> Attribution | None:
        """What is said stands in front of the speaker."""
        content = self.trim(self.clause_start(edge - 1), edge - 1)
        if content is None:
            return None
        made.content, made.is_forward = content, False
        return made

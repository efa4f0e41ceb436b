"""The attributions of one passage beside each other: whose a participle is, where one ends and the next begins.

Stance: where two of them reach for the same words, the inner one is marked as nested and may be dropped.
"""

from __future__ import annotations

from dataclasses import dataclass

from digests.extract.speech.passages import QUOTED
from digests.extract.speech.phrases import BREAKS
from digests.extract.speech.verbs import Verbs

# Frames that leave the word to somebody: what stands inside is said by them.
_SPEECH = frozenset({"say", "tell", "that", "according"})
# Frames of stances that somebody else passes on: "Bell urged both to talk, her office said".
_PASSED_ON = frozenset({"call", "urge"})
# Attributions of one passage that are held against each other, to either side.
_WINDOW = 12
# Tokens from the start of a sentence in which a fronted clause has its verb of saying.
_FRONT = 24


@dataclass(slots=True, kw_only=True)
class Attribution:
    """Token ranges (both ends included) of one attribution inside a passage.

    `inherits` where the verb takes its subject from the clause before it ("..., adding that"); `is_forward` where
    what is said stands behind the cue.
    """

    frame: str
    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: tuple[int, int]
    is_thought: bool = False
    is_forward: bool = True
    inherits: bool = False
    is_nested: bool = False
    # Said of a claim that somebody else makes in front of it: "..., a charge Norway denies".
    is_apart: bool = False
    # Told of somebody who is blamed or thanked for it: nobody goes on with it.
    is_held_against: bool = False


class Settling(Verbs):
    """Brings the attributions of the open passage into line."""

    def settle(self, found: list[Attribution]) -> list[Attribution]:
        """Give participles their subject, end a content where the next speaker begins, mark nested ones."""
        front = self.front() if found[0].cue[0] < _FRONT else None
        if front is not None:
            self._end_with_front(found, *front)
        if len(found) == 1 and found[0].source is not None:
            return found
        settled: list[Attribution] = []
        for one in found:
            if one.source is None:
                told = (a for a in reversed(settled) if not a.is_held_against and a.cue[0] < one.cue[0])
                earlier = next(told, None)
                if earlier and not self._leads_on(earlier, one):
                    earlier = None
                one.source = earlier.source if earlier else self.main_subject(one.cue[0])
                if earlier is not None and earlier.is_forward:
                    one.source = self._caller(earlier, one) or self._told_by(earlier, one) or one.source
                if one.source is None and one.cue[0] > 0:
                    continue
            settled.append(one)
        for index, one in enumerate(settled):
            over = next(
                (
                    other
                    for other in settled[index + 1 : index + _WINDOW]
                    if not other.is_forward
                    and other.content[0] <= one.cue[0]
                    and one.content[0] <= other.content[1]
                ),
                None,
            )
            if (
                over is not None
                and one.is_forward
                and over.cue[0] > one.cue[0]
                and over.content[1] < one.content[1]
            ):
                # "The pilot reported a fire, the director said, and": the inner one ends with the outer.
                one.content = (one.content[0], over.content[1])
            if one.is_forward:
                self._end_before(one, settled[index + 1 : index + _WINDOW])
        for index, one in enumerate(settled):
            one.is_nested = not one.is_apart and any(
                other is not one
                and other.frame in _SPEECH
                and not other.is_thought
                and other.content[0] <= one.cue[0] <= other.content[1]
                and not (one.content[0] <= other.cue[0] <= one.content[1])
                and not self._is_passed_on(one, other)
                for other in settled[max(0, index - _WINDOW) : index + _WINDOW]
            )
        return settled

    def _is_passed_on(self, one: Attribution, other: Attribution) -> bool:
        """Whether somebody's words are but passed on by whoever stands behind: "Bell called it a crime, her office
        said"."""
        opens = one.source is not None and one.source[0] == other.content[0]
        if not opens or other.is_forward or one.is_thought or one.frame not in _PASSED_ON:
            return False
        # Who ordered a driver to stop, police said, did so and says nothing of it.
        return self.lemma[self.lows[one.cue[0]]] not in self.words["orders"]

    def _end_with_front(self, found: list[Attribution], comma: int, subject: tuple[int, int]) -> None:
        """Let nothing that is said in a fronted clause reach into the main clause behind its comma.

        A participle that opens the sentence speaks for the subject of the main clause: "Calling it late, Reed said".
        """
        for one in found:
            if one.cue[0] >= comma or not one.content[0] < comma <= one.content[1]:
                continue
            main = self.trim(comma + 1, self.last)
            if one.content[0] < one.cue[0] and main is not None:
                # "As the mayor said, the dam held."
                one.content, one.is_forward = main, True
                continue
            one.content = (one.content[0], comma - 1)
            if one.source is None and one.cue[0] == 0 and self.can_speak(subject):
                one.source = subject

    def _leads_on(self, earlier: Attribution, one: Attribution) -> bool:
        """Whether a verb without a subject goes on with the speaker before it, and not with what that one said.

        "The pilot, he said, turned back and asked for help": it is the pilot who asked.
        """
        if earlier.is_forward or self.lows[one.cue[0] - 1] not in self.words["coordinators"]:
            return True
        return QUOTED in self.lows[earlier.content[0] : earlier.content[1] + 1]

    def _caller(self, earlier: Attribution, one: Attribution) -> tuple[int, int] | None:
        """Whose words a participle gives behind a told call: "told reporters that Dahl rang, saying "I did it"".

        `None` where what is told is no call, or its subject is not found.
        """
        last = one.cue[0] - 1
        if not self.lows[one.cue[0]].endswith("ing") or self.lows[last] != ",":
            return None
        for at in range(last, max(earlier.cue[1], last - _WINDOW) + 1, -1):
            if self.lows[at] in self.words["contact_verbs"]:
                subject = self.subject_before(at - 1)
                return (
                    subject if subject and subject[0] > earlier.cue[1] and self.can_speak(subject) else None
                )
        return None

    def _told_by(self, earlier: Attribution, one: Attribution) -> tuple[int, int] | None:
        """Who told somebody by what a paper says: "records, which say he held the guard and told her to run"."""
        first = earlier.content[0]
        if one.frame != "tell" or earlier.source is None or first >= one.cue[0]:
            return None
        if self.words["document_nouns"].isdisjoint(self.lows[earlier.source[0] : earlier.source[1] + 1]):
            return None
        last = self.phrase_after(first)
        return (first, last) if last is not None and self.can_speak((first, last), strictly=True) else None

    def _both_participles(self, one: Attribution, other: Attribution) -> bool:
        """Whether two of one kind stand side by side: "the mayor saying it was late and the guide calling it safe"."""
        ends = (self.lows[each.cue[0]].endswith("ing") and each.source is not None for each in (one, other))
        return all(ends) and other.source is not None and other.source[1] == other.cue[0] - 1

    def _end_before(self, one: Attribution, later: list[Attribution]) -> None:
        """Cut a content at the clause in which the next attribution begins."""
        lows = self.lows
        for other in later:
            begin = other.cue[0] if other.inherits or not other.source else other.source[0]
            edge = begin - 1
            if not one.content[0] < begin <= one.content[1] or edge <= one.content[0]:
                continue
            if other.is_apart:
                comma = next(i for i in range(begin, one.content[0], -1) if lows[i] == ",")
                one.content = (one.content[0], max(one.content[0], comma - 1))
                return
            if not other.inherits and other.is_forward and ";" in lows[one.content[0] : edge]:
                # "Police said three had died; on Friday the army said five had"
                semicolon = edge - lows[edge : one.content[0] : -1].index(";")
                one.content = (one.content[0], max(one.content[0], semicolon - 1))
                return
            if other.inherits:
                cuts = lows[edge] in {",", "and", "but"}
            else:
                speaks = other.frame == "say" and other.is_forward and lows[other.content[0]] == QUOTED
                cuts = (
                    lows[edge] in {";", "but", "while"}
                    or (lows[edge] == "and" and self._both_participles(one, other))
                    or (speaks and lows[edge] == ",")
                    or (
                        lows[edge] in {"and", ","}
                        and other.frame == "say"
                        and lows[edge - 1] in {",", QUOTED}
                    )
                )
            if cuts:
                last = edge - 1
                while last > one.content[0] and lows[last] in BREAKS:
                    last -= 1
                one.content = (one.content[0], last)
                return

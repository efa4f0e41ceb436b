"""Cues in a sentence that give a count to somebody, beyond the quotations: labels, tallies, agents, what is cited.

The cues are the rules of `rules/claims.toml`; each has a claimant, whose phrase is found by the walks that read
speakers, and a stretch of the sentence whose counts it gives. Stance: where the walk finds nobody who can speak, the
cue gives nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from digests.extract.counts.lexicon import lexicon
from digests.extract.speakers.profiles import read_phrase
from digests.extract.speech.clauses import Clauses
from digests.extract.speech.lexicon import load_lexicon
from digests.extract.speech.passages import read_passage
from digests.extract.tellings.triggers import Form, find_triggers, tokens
from digests.rules import Rule, load_rules
from digests.rules.gazetteer import look_up
from digests.text.document import Document, fold, plain_words
from digests.types import ActorKind, Span

# A sentence longer than this is a list or text without full stops; nobody tells it.
_LONGEST = 1200
# Tags of victims as a body and of tolls (`rules/casualties.toml`).
_HEADINGS = frozenset("ED")
# What a body's figures are cited with.
_ACCORDING = "according to"
# Characters between a verb of counting and what it counts.
_NEAR = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCue:
    """A cue with the phrase of its claimant and the stretch whose counts it gives."""

    rule: str
    cue: Span
    who: Span
    reach: Span


@dataclass(frozen=True, slots=True)
class _CueRule:
    """A rule, whether its verb is one of telling, and words of which its sentence holds one besides its cue."""

    rule: Rule
    tells: bool
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Cues:
    rules: tuple[_CueRule, ...]
    # What a sentence must hold one of for a rule to match, with the numbers of the rules.
    words: Mapping[str, frozenset[int]]
    marks: Mapping[str, frozenset[int]]
    tells: frozenset[str]
    joints: re.Pattern[str]
    aside: re.Pattern[str]
    goes_on: re.Pattern[str]
    # What stands in front of and behind a count that reads on from the report before.
    reads_on: re.Pattern[str]
    stands: re.Pattern[str]
    taken_up: frozenset[str]
    # What a body puts out ("the statement"), and whose people may give a count ("its volunteers").
    issued: frozenset[str]
    no_claimant: frozenset[str]
    own_people: tuple[str, ...]
    # "the same source"
    same: str
    confirms: frozenset[str]
    shows: frozenset[str]
    # What stands in front of a document and is nobody ("the latest", "an official").
    of_document: frozenset[str]
    nobody: frozenset[str]
    kin: frozenset[str]
    # A pronoun as an object, and the form that speakers are looked up by.
    subject_form: Mapping[str, str]
    no_claim: tuple[str, ...]
    # Beginnings of verbs that take a stance on something told by others, and of those that tell nothing at all.
    no_telling: tuple[str, ...]
    no_speech: tuple[str, ...]
    # Last words of what leads to a noun ("the reported shots").
    leads_noun: frozenset[str]
    said_things: tuple[str, ...]
    # How a body that issues a page speaks of itself.
    ours: tuple[str, ...]
    taken_back: re.Pattern[str]
    # What another's count is measured against: "more than the official toll of".
    official: re.Pattern[str]


@functools.cache
def claim_rules() -> _Cues:
    """`rules/claims.toml`, compiled once."""
    rules = load_rules("claims")

    def words_in(names: Iterable[str]) -> frozenset[str]:
        return frozenset(entry.split()[0] for name in names for entry in rules.words[name])

    entries = tuple(
        _CueRule(rule, bool(rule.yields.get("tells")), frozenset(rule.yields.get("beside", ())))
        for rule in rules.rules
        if "who" in rule.yields
    )
    words: dict[str, frozenset[int]] = {}
    marks: dict[str, frozenset[int]] = {}
    patterns = {rule.id: rule.pattern for rule in rules.rules if "who" not in rule.yields}
    for number, entry in enumerate(entries):
        for word in words_in(entry.rule.yields.get("needs", ())):
            words[word] = words.get(word, frozenset()) | {number}
        for mark in entry.rule.yields.get("marks", ()):
            marks[mark] = marks.get(mark, frozenset()) | {number}
    return _Cues(
        rules=entries,
        words=words,
        marks=marks,
        tells=words_in(["tells"]),
        joints=re.compile(rf"\b{rules.alternation('joint')}\b|;", re.IGNORECASE),
        aside=re.compile(rf"\b{rules.alternation('aside')}\b", re.IGNORECASE),
        goes_on=patterns["claims.goes_on"],
        reads_on=patterns["claims.reads_on"],
        stands=patterns["claims.stands"],
        taken_up=frozenset(rules.words["taken_up"]),
        no_claimant=frozenset(rules.words["no_claimant"]),
        issued=frozenset(rules.words["issued"]),
        own_people=tuple(f"{word} " for word in sorted(load_lexicon().words["owners"] | {"our", "my"})),
        confirms=frozenset(rules.words["confirms"]),
        same=rules.words["same"][0],
        shows=frozenset(rules.words["shows"]),
        of_document=frozenset(rules.words["document_filler"]) | load_lexicon().words["articles"],
        nobody=frozenset(rules.words["nobody"]),
        kin=frozenset(rules.words["kin"]),
        subject_form=rules.meaning["subject_form"],
        no_claim=rules.words["no_claim"],
        no_telling=rules.words["no_telling"],
        no_speech=rules.words["no_speech"],
        leads_noun=frozenset(rules.words["leads_noun"]),
        said_things=rules.words["said_things"],
        ours=tuple(f"{word} " for word in rules.words["ours"]),
        official=patterns["claims.than_official"],
        taken_back=re.compile(rf"\b{rules.alternation('taken_back')}\b", re.IGNORECASE),
    )


class ClaimReader:
    """Finds the cues of stretches; each is read once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._clauses = Clauses()
        self._read: dict[tuple[int, int, bool], tuple[ClaimCue, ...]] = {}

    def cues(self, stretch: Span, *, is_told: bool) -> tuple[ClaimCue, ...]:
        """All cues of a sentence, or of a quotation inside one, in order of the text.

        `is_told`: a quotation with a verb of its own is known there; its verb is not read again.
        """
        key = (stretch.start, stretch.end, is_told)
        if key not in self._read:
            self._read[key] = tuple(self._find(stretch, is_told))
        return self._read[key]

    def _find(self, stretch: Span, is_told: bool) -> list[ClaimCue]:
        if stretch.end - stretch.start > _LONGEST:
            return []
        rules = claim_rules()
        folded = self._document.folded[stretch.start : stretch.end]
        listed = plain_words(self._document.letters, stretch)
        held = frozenset(listed)
        may_match: set[int] = set()
        for word in rules.words.keys() & held:
            may_match |= rules.words[word]
        for mark, numbers in rules.marks.items():
            if mark in folded:
                may_match |= numbers
        if not may_match:
            return []
        reads_tells = not is_told or sum(word in rules.tells for word in listed) > 1
        found: list[ClaimCue] = []
        is_open = False
        for number in sorted(may_match):
            entry = rules.rules[number]
            if (entry.tells and not reads_tells) or (entry.beside and entry.beside.isdisjoint(held)):
                continue
            if not entry.rule.needs.are_met_by(held):
                continue
            for match in entry.rule.pattern.finditer(folded):
                if not is_open:
                    self._clauses.open(read_passage(self._document, stretch, ()))
                    is_open = True
                one = self._cue(stretch, folded, entry.rule, match)
                if one is not None:
                    found.append(one)
        return sorted(found, key=lambda one: (one.cue.start, one.rule))

    def _cue(self, stretch: Span, folded: str, rule: Rule, match: re.Match[str]) -> ClaimCue | None:
        start = stretch.start
        group = "cue" if "cue" in rule.pattern.groupindex else 0
        cue = Span(start=start + match.start(group), end=start + match.end(group))
        who = self._who(str(rule.yields["who"]), cue, match, start)
        if who is None:
            return None
        if not self._may_claim(who, rule.yields):
            return None
        reach = self._reach(str(rule.yields["reach"]), stretch, folded, cue, who)
        return ClaimCue(rule=rule.id, cue=cue, who=who, reach=reach)

    # ------------------------------------------------------------------ whose

    def _who(self, side: str, cue: Span, match: re.Match[str], start: int) -> Span | None:
        clauses, passage = self._clauses, self._clauses.passage
        starts, ends = passage.starts, passage.ends
        if side == "group":
            return Span(
                start=start + match.start("who"), end=start + match.start("who") + len(match["who"].rstrip())
            )
        if side == "object":
            at = next((i for i, begin in enumerate(starts) if begin >= cue.end), len(starts))
            last = clauses.phrase_after(at, whole=True) if at < len(starts) else None
            return Span(start=starts[at], end=ends[self._before_verb(at, last)]) if last is not None else None
        if side == "phrase":
            behind = start + match.end("who")
            at = next((i for i, begin in enumerate(starts) if begin >= behind), len(starts)) - 1
            phrase = clauses.phrase_before(at)
            is_whole = phrase is not None and starts[phrase[0]] == start + match.start("who")
            return Span(start=start + match.start("who"), end=ends[at]) if is_whole else None
        at = next((i for i, end in enumerate(ends) if end > cue.start), 0)
        if side == "main":
            phrase = clauses.main_subject(at)
            return Span(start=starts[phrase[0]], end=ends[phrase[1]]) if phrase else None
        if side == "owner":
            phrase = clauses.phrase_before(at)
            return Span(start=starts[self._owner(*phrase)], end=cue.start) if phrase else None
        if side == "body":
            # "The latest health ministry figures": without what it says of the figures.
            phrase = clauses.phrase_before(at)
            first = phrase[0] if phrase else at
            opening = (
                start + match.start() + len(_ACCORDING) if match[0].lower().startswith(_ACCORDING) else 0
            )
            while first < at and starts[first] < opening:
                # "killed 61 people according to the ministry's figures"
                first += 1
            while first < at and clauses.lows[first] in claim_rules().of_document:
                first += 1
            return Span(start=starts[first], end=cue.start) if first < at else None
        return self._subject(at)

    def _owner(self, first: int, last: int) -> int:
        """The first token of whose it is: "no proof of the army's claim" is the army's."""
        clauses = self._clauses
        for at in range(last, first + 1, -1):
            inner = (
                clauses.lows[at] in clauses.words["articles"] and clauses.lows[at - 1] in clauses.prepositions
            )
            if inner and not clauses.head_speaks((at - 2, at - 2)):
                return at
        return first

    def _before_verb(self, first: int, last: int) -> int:
        """The last token of a phrase in front of the verb that it is the subject of ("the clinic showed")."""
        clauses = self._clauses
        for at in range(first + 1, last + 1):
            is_past = clauses.lows[at].endswith("ed") and clauses.written[at].islower()
            if (
                is_past
                or clauses.lows[at] in claim_rules().shows
                or (clauses.lows[at] in clauses.lemma and clauses.is_finite(at))
            ):
                return at - 1
        return last

    def _subject(self, at: int) -> Span | None:
        """Who stands in front of a verb at a token; `None` behind a negation, a modal or nobody who can speak."""
        clauses, passage = self._clauses, self._clauses.passage
        before = at - 1
        while before >= 0 and (
            clauses.is_adverb(before)
            or clauses.lows[before] in clauses.words["have_auxiliaries"]
            or (clauses.lows[before] in clauses.prepositions and clauses.is_adverb(before + 1))
        ):
            if clauses.lows[before] in clauses.words["negations"]:
                return None
            before -= 1
        if (
            before < 0
            or clauses.lows[before] in clauses.auxiliaries
            or clauses.lows[before] in lexicon().rejects
            or clauses.lows[before] in claim_rules().leads_noun
        ):
            # "She dismissed claims that ...": no verb, and not hers; "some of the reported shots": no verb either.
            return None
        subject = clauses.subject_before(before)
        if subject is None or not clauses.can_speak(subject):
            return None
        return Span(start=passage.starts[subject[0]], end=passage.ends[subject[1]])

    def _may_claim(self, who: Span, yields: Mapping[str, Any]) -> bool:
        """Whether a phrase is somebody who may claim a count, as strictly as the rule asks."""
        lows = self._document.low[who.start : who.end].split()
        if not claim_rules().no_claimant.isdisjoint(lows if "marks" in yields else lows[-1:]):
            return False
        if not yields.get("strict") and not yields.get("named"):
            return True
        clauses = self._clauses
        at = next((i for i, begin in enumerate(clauses.passage.starts) if begin >= who.start), 0)
        if clauses.lows[at] in clauses.time_words or clauses.lows[at][0].isdigit():
            return False
        if clauses.lows[at] in clauses.pronouns:
            # Whom it stands for is looked up when a count asks.
            return clauses.lows[at] in clauses.words["third_persons"]
        words = self._document.words(who)
        if self._names_happening(words) or _is_body(words):
            return False
        if yields.get("named") and (clauses.is_name(at) or clauses.lows[at] in clauses.words["articles"]):
            return clauses.is_name(at) or self._speaks(who, words, is_known=False)
        return look_up(words) is None and self._speaks(who, words, is_known="known" in yields)

    def _speaks(self, who: Span, words: str, *, is_known: bool) -> bool:
        """Whether a phrase is known to speak: a role or a body, and where `is_known` not by its noun alone."""
        profile = read_phrase(words, self._document.folded[who.start : who.end])
        if profile.role is not None or profile.kind is not ActorKind.OTHER:
            return True
        is_definite = words.lower().startswith("the ")
        return (is_definite or not is_known) and self._has_speaking_head(who)

    def _names_happening(self, words: str) -> bool:
        """Whether a phrase names what happened, and where: "Mine blast in Orlo: toll at 27" is said by nobody."""
        lows = tokens(fold(words), 0, len(words)).lows
        behind = (lows[one.last + 1 :] for one in find_triggers(lows) if one.form is Form.NOUN)
        return any(not rest or rest[0] in self._clauses.prepositions for rest in behind)

    def _has_speaking_head(self, who: Span) -> bool:
        clauses, passage = self._clauses, self._clauses.passage
        inside = [i for i, begin in enumerate(passage.starts) if who.start <= begin < who.end]
        return bool(inside) and clauses.head_speaks((inside[0], inside[-1]))

    def _is_in_relative(self, who: Span) -> bool:
        clauses = self._clauses
        at = next((i for i, begin in enumerate(clauses.passage.starts) if begin >= who.start), 0)
        return at > 0 and clauses.is_relative(at)

    # ------------------------------------------------------------------ how far

    def _reach(self, kind: str, stretch: Span, folded: str, cue: Span, who: Span) -> Span:
        """The stretch whose counts a cue gives, up to the joints of the clauses around it."""
        if kind == "whole":
            return stretch
        first, last = min(cue.start, who.start), max(cue.end, who.end)
        joints = claim_rules().joints
        behind = joints.search(folded, last - stretch.start)
        end = stretch.start + behind.start() if behind else stretch.end
        if self._is_in_relative(who):
            # "The raid, which the army said was over, killed nine": the clause ends with its comma.
            comma = folded.find(",", last - stretch.start, end - stretch.start)
            end = stretch.start + comma if comma >= 0 else end
        start = stretch.start
        for joint in joints.finditer(folded, 0, first - stretch.start):
            start = stretch.start + joint.end()
        if kind == "near":
            return Span(start=last, end=min(end, last + _NEAR))
        if kind == "behind":
            return Span(start=last, end=end)
        return Span(start=start, end=first if kind == "before" else end)


def _is_body(words: str) -> bool:
    """ "The dead: a forester and nine others", "Death toll: 14": a heading, and nobody who speaks."""
    lows = words.lower().split()
    found = lexicon().phrases.at(lows, 0)
    return found is not None and found[0][0] in _HEADINGS and found[1] == len(lows)

"""What an article says of an incident without a number: its target, means, victims, cause, doer, hour.

A rule of `rules/accounts.toml` finds the stretch of words that may hold answers; the answers in it are named groups
or words of the rule's own table. Stance: an account is only shown when another one contradicts it, so a word that may
be background, negated or of another incident is worth less than silence.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digests.extract.agents import Agent, find_agents
from digests.extract.incidents import incident_at
from digests.extract.likeness import actor_key, has_doer, is_nameless, may_be_state, skeleton
from digests.extract.triggers import Words, tokens
from digests.rules import Rule, load_rules
from digests.rules.gazetteer import GeoMatch, find_names
from digests.text.document import Document, plain_words
from digests.types import AccountMention, Aspect, Evidence, IncidentMention, Quote, Span, Speaker

# Characters before an answer in which a "not" denies it.
_DENIAL_REACH = 24
# Characters before an answer in which it is called what somebody had said before.
_TAKEN_BACK_REACH = 70
# Characters between a subject and its verb.
_AT_VERB = 3
# Characters between a happening and its hour.
_HOUR_REACH = 80
# What only a deed has, not an accident of nature.
_OF_DEEDS = frozenset({Aspect.ACTOR, Aspect.TARGET, Aspect.MEANS, Aspect.VICTIMS})
_MARK = re.compile(r"[.;:–](?!\d)")
_JOINT = re.compile(r"(?: \([^)]{1,12}\))?,?(?: and| or)?(?: the| from the)? ")
# "people" and "nationals" answer only with an adjective.
# By this form "the army", "troops" meet: they may act for any state.
STATE_FORCES = "@state"
# The tables whose answers are words of the pattern itself.
_HOUR = "clock"
_OWN_WORDS = frozenset({_HOUR, "words"})
_DIGIT = re.compile(r"\d")
# The table whose answers may be armed groups as well.
_TARGET = "target"
_NEEDING_ADJECTIVE = frozenset({"people", "citizens", "nationals"})


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer in the text: its span and the form by which equal ones meet."""

    span: Span
    normal: str
    key: str = ""
    is_state: bool = False


# Characters between two targets from which the second stands behind a verb of its own.
_OTHER_CUE = 25


@functools.cache
def _table(name: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """An alternation over a table's words, longest first, and the class of each."""
    entries = {str(word): str(group) for word, group in load_rules("accounts").meaning[name].items()}
    return _any_of(tuple(entries)), entries


def _any_of(entries: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(entries, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)


@functools.cache
def _kept_adjective() -> re.Pattern[str]:
    """Adjectives that belong to an answer, at the end of what stands before it."""
    words = load_rules("accounts").words
    innocent, kept = ("|".join(map(re.escape, words[name])) for name in ("innocent", "kept"))
    return re.compile(rf"(?:(?:{innocent}) (?:[A-Z][\w-]+ )?|(?:non-[\w-]+|{kept}) )$", re.IGNORECASE)


@functools.cache
def _words(name: str) -> re.Pattern[str]:
    return _any_of(load_rules("accounts").words[name])


@dataclass(frozen=True, slots=True)
class _Question:
    """A rule with the aspect that it answers.

    `needs` are plain words of which each of its answers holds one; `None` where none is needed: hours have no words of
    their own, groups and states stand in other lists. `beside` are those of which one stands by its cue. An hour
    (`is_hour`) holds a digit.
    """

    rule: Rule
    aspect: Aspect
    needs: frozenset[str] | None
    beside: frozenset[str] | None
    is_hour: bool

    def may_answer(self, folded: str, sentence: Span, words: Sequence[str]) -> bool:
        """Whether a sentence of these plain words may hold the cue with an answer."""
        if self.needs is not None and self.needs.isdisjoint(words):
            return False
        if self.beside is not None and self.beside.isdisjoint(words):
            return False
        return not self.is_hour or _DIGIT.search(folded, sentence.start, sentence.end) is not None


@functools.cache
def _questions() -> tuple[_Question, ...]:
    """The rules in their order."""
    rules = load_rules("accounts")
    words: dict[str, frozenset[str]] = {
        name: frozenset(re.findall(r"[a-z]+", str(entry).lower())[0] for entry in table)
        for name, table in rules.meaning.items()
        if name != _TARGET
    }
    questions: list[_Question] = []
    for rule in rules.rules:
        table, beside = str(rule.yields["table"]), rule.yields.get("beside")
        aspect = Aspect(str(rule.yields["aspect"]))
        beside = None if beside is None else frozenset(beside)
        questions.append(_Question(rule, aspect, words.get(table), beside, table == _HOUR))
    return tuple(questions)


@functools.cache
def _cues() -> Mapping[str, tuple[int, ...]]:
    """Each word to the numbers of the rules that it calls for: other rules are not tried on a sentence.

    A rule without words of its own is called for by those of its answers.
    """
    cues: dict[str, list[int]] = {}
    for number, question in enumerate(_questions()):
        for word in question.rule.yields.get("words", question.needs):
            cues.setdefault(str(word), []).append(number)
    return {word: tuple(numbers) for word, numbers in cues.items()}


def find_accounts(
    document: Document, quotes: Sequence[Quote], incidents: Sequence[IncidentMention]
) -> tuple[AccountMention, ...]:
    """What is said about aspects of the article's incidents, in order of the text; nothing without an incident.

    Each named group or thing is an account of its own; the claimant is the speaker of the quotation or the
    attributed statement around it, `None` for the writer's own words.
    """
    if not incidents:
        return ()
    found: list[AccountMention] = []
    cues, questions = _cues(), _questions()
    cue_words = cues.keys()
    for sentence, words in zip(document.sentences, document.plain, strict=True):
        if cue_words.isdisjoint(words):
            continue
        numbers = {number for word in cue_words & words for number in cues[word]}
        called = [questions[number] for number in sorted(numbers)]
        asked = [one for one in called if one.may_answer(document.folded, sentence, words)]
        if asked:
            found.extend(_read(document, sentence, asked, quotes, incidents))
    return tuple(sorted(found, key=lambda account: (account.evidence.span.start, account.aspect)))


def _read(
    document: Document,
    sentence: Span,
    questions: Sequence[_Question],
    quotes: Sequence[Quote],
    incidents: Sequence[IncidentMention],
) -> list[AccountMention]:
    """The accounts of one sentence; one answer counts once per aspect."""
    found: list[AccountMention] = []
    taken: set[tuple[Aspect, int]] = set()
    reader = _Reader(document, sentence)
    has_helpers: bool | None = None
    for question in questions:
        rule, aspect = question.rule, question.aspect
        for match in rule.pattern.finditer(document.folded, sentence.start, sentence.end):
            if aspect is Aspect.MEANS:
                # "Rescuers used helicopters": not what the incident was done with. Looked up where it matters only.
                if has_helpers is None:
                    helper = _words("helpers").search(document.folded, sentence.start, sentence.end)
                    has_helpers = helper is not None
                if has_helpers:
                    break
            for answer in reader.answers(question, match):
                if (aspect, answer.span.start) in taken:
                    continue
                taken.add((aspect, answer.span.start))
                told = incidents
                if aspect is Aspect.CAUSE:
                    # "caused by a storm": the storm is what did it, not what it did.
                    told = [m for m in incidents if m.span is None or not m.span.meets(answer.span)]
                incident = incident_at(document, answer.span, told)
                claimant = _claimant(quotes, answer.span)
                if aspect is Aspect.TARGET and _is_of_another(found, answer, claimant):
                    continue
                if not _may_answer(aspect, answer, incident, sentence):
                    continue
                kinds = rule.yields.get("kinds")
                if kinds and incident.kind not in kinds:
                    continue
                if (claimant is None and rule.yields.get("claimed")) or _is_refused(quotes, answer.span):
                    continue
                found.append(
                    AccountMention(
                        aspect=aspect,
                        answer=document.words(answer.span),
                        normal=answer.normal,
                        claimant=claimant,
                        incident=incident,
                        evidence=Evidence(
                            article_id=document.article_id, span=answer.span, sentence=sentence, rule=rule.id
                        ),
                    )
                )
    return found


def _is_of_another(found: Sequence[AccountMention], answer: _Answer, claimant: Speaker | None) -> bool:
    """Whether a sentence's speaker has named a target: "it had hit a depot, and rebels had shelled the market"."""
    return claimant is not None and any(
        one.aspect is Aspect.TARGET
        and one.claimant == claimant
        and one.normal != answer.normal
        and answer.span.start - one.evidence.span.end > _OTHER_CUE
        for one in found
    )


def _may_answer(aspect: Aspect, answer: _Answer, incident: IncidentMention, sentence: Span) -> bool:
    """Whether an answer can speak of an incident: nobody aims an earthquake, nobody aims at himself."""
    if aspect in _OF_DEEDS and not has_doer(incident.kind):
        return False
    if aspect is Aspect.TARGET:
        return not (incident.actor and actor_key(incident.actor) == answer.key)
    if aspect is Aspect.TIME:
        # An hour needs its happening right before it: other hours of the day abound.
        mention = incident.span
        return (
            mention is not None
            and incident.sentence == sentence
            and 0 <= answer.span.start - mention.end < _HOUR_REACH
        )
    return True


def _claimant(quotes: Sequence[Quote], span: Span) -> Speaker | None:
    """The speaker of the innermost statement around a span."""
    around = [q for q in quotes if q.speaker is not None and q.evidence.span.covers(span)]
    return min(around, key=lambda q: q.evidence.span.end - q.evidence.span.start).speaker if around else None


def _is_refused(quotes: Sequence[Quote], span: Span) -> bool:
    """Whether a speaker denies the statement around a span: "the army denied that its drones had killed civilians"."""
    around = [q for q in quotes if q.cue is not None and q.evidence.span.covers(span)]
    inner = min(around, key=lambda q: q.evidence.span.end - q.evidence.span.start, default=None)
    return (
        inner is not None and inner.cue is not None and _words("denials").search(inner.cue.words) is not None
    )


class _Reader:
    """Answers in one sentence; its tokens and agents are read once, when first asked for."""

    def __init__(self, document: Document, sentence: Span) -> None:
        self.document = document
        self.sentence = sentence
        self._named: list[_Answer] | None = None

    def answers(self, question: _Question, match: re.Match[str]) -> list[_Answer]:
        """The answers that stand where a rule's cue says."""
        rule = question.rule
        table = str(rule.yields["table"])
        if table in _OWN_WORDS:
            span = Span(start=match.start("answers"), end=match.end("answers"))
            normal = rule.yields.get("class") or f"{_minutes(self.document.words(span))}"
            answer = _Answer(span, str(normal))
            return [] if self._is_denied(span) else [answer]
        stretch = self._near(rule, match)
        if question.needs is not None and question.needs.isdisjoint(
            plain_words(self.document.letters, stretch)
        ):
            # Beside most cues nothing stands that could be an answer.
            return []
        stretch = self._clause(rule, stretch)
        if table == "agents":
            named = [a for a in self.agents() if stretch.covers(a.span)]
            return named[-1:] if rule.yields["side"] == "before" else named[:1]
        answers = self._listed(stretch, table)
        if table == _TARGET:
            answers = self._groups(stretch) or answers[:2]
        elif rule.yields["side"] == "before":
            slack = int(rule.yields.get("slack", _AT_VERB))
            answers = [a for a in answers if self._reaches(a, match.start(), slack)]
        return [a for a in answers if not self._is_denied(a.span)]

    def _reaches(self, answer: _Answer, verb: int, slack: int) -> bool:
        """Whether an answer stands right before a verb, but for an insert ("nine clerks, two of them boys, were")."""
        gap = self.document.folded[answer.span.end : verb].rstrip()
        return verb - answer.span.end <= slack or (gap[:1] == "," and len(gap) > 1 and gap[-1] == ",")

    def _near(self, rule: Rule, match: re.Match[str]) -> Span:
        """The words beside a cue, within the rule's reach and the sentence."""
        reach = int(rule.yields["reach"])
        if rule.yields["side"] == "before":
            return Span(start=max(self.sentence.start, match.start() - reach), end=match.start())
        return Span(start=match.end(), end=min(self.sentence.end, match.end() + reach))

    def _clause(self, rule: Rule, near: Span) -> Span:
        """What of the words beside a cue may hold answers: behind it, those of the same clause."""
        if rule.yields["side"] == "before":
            return near
        end = near.end
        for pattern in (_MARK, _words("stops")):
            stop = pattern.search(self.document.folded, near.start, end)
            end = stop.start() if stop else end
        return Span(start=near.start, end=end)

    def _listed(self, stretch: Span, table: str) -> list[_Answer]:
        """Words of a table inside a stretch, with an adjective before them ("killer drones")."""
        folded = self.document.folded
        pattern, classes = _table(table)
        found: list[_Answer] = []
        for match in pattern.finditer(folded, stretch.start, stretch.end):
            word = match.group().casefold()
            start, normal = match.start(), classes[word]
            if table in ("means", "victims", "wave"):
                kept = _kept_adjective().search(folded, max(stretch.start, start - 30), start)
                start = kept.start() if kept else start
            if word in _NEEDING_ADJECTIVE and start == match.start():
                continue
            found.append(_Answer(Span(start=start, end=match.end()), normal))
        return found

    def named(self) -> list[_Answer]:
        """States and named groups of the sentence, in order; "gunmen" are nobody."""
        return [answer for answer in self.agents() if answer.normal != STATE_FORCES]

    def agents(self) -> list[_Answer]:
        """The same with "the army", "police", which may be any state's."""
        if self._named is None:
            folded, sentence = self.document.folded, self.sentence
            words = tokens(folded, sentence.start, sentence.end)
            names = find_names(folded)
            low = bisect.bisect_left(names, sentence.start, key=_start)
            agents = find_agents(
                words, names[low : bisect.bisect_left(names, sentence.end, lo=low, key=_start)]
            )
            self._named = [
                _answer_of(words, agent)
                for agent in agents
                if agent.is_state or not is_nameless(agent.name) or may_be_state(agent.name)
            ]
        return self._named

    def _groups(self, stretch: Span) -> list[_Answer]:
        """The first armed group of a stretch and those joined to it by "and" or a comma."""
        groups = [a for a in self.named() if not a.is_state and stretch.covers(a.span)]
        found: list[_Answer] = []
        at = stretch.start
        for group in groups:
            gap = self.document.folded[at : group.span.start]
            if (found and not _JOINT.fullmatch(gap)) or "," in gap.rstrip(" ,"):
                break
            found.append(group)
            at = group.span.end
        return found

    def _is_denied(self, span: Span) -> bool:
        folded, first = self.document.folded, self.sentence.start
        back = max(first, span.start - _TAKEN_BACK_REACH)
        if _words("taken_back").search(folded, back, span.start):
            # "He corrected an earlier statement that it was a rifle."
            return True
        start = max(first, span.start - _DENIAL_REACH)
        return _words("denials").search(folded, start, span.start) is not None


def _start(name: GeoMatch) -> int:
    return name.span.start


def _answer_of(words: Words, agent: Agent) -> _Answer:
    key = actor_key(agent.name)
    start = words.starts[agent.first]
    if not agent.is_state and may_be_state(agent.name):
        return _Answer(Span(start=start, end=start + len(agent.name)), STATE_FORCES, key=key)
    if agent.is_state:
        return _Answer(Span(start=start, end=words.ends[agent.last]), key, key=key, is_state=True)
    return _Answer(Span(start=start, end=start + len(agent.name)), " ".join(skeleton(key)), key=key)


def _minutes(clock: str) -> int:
    """A clock time as minutes after midnight: "4.30am" is 270."""
    digits = re.findall(r"\d+", clock)
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    plain = clock.casefold().replace(".", "").replace(" ", "")
    if plain.endswith("pm") and hour < 12:
        hour += 12
    if plain.endswith("am") and hour == 12:
        hour = 0
    return hour * 60 + minute

"""The answers that stand in one sentence beside the cue of a rule: words of its table, named groups, an hour."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digests.extract.counts.victims import plural_of
from digests.extract.tellings.agents import Agent, find_agents
from digests.extract.tellings.likeness import (
    STATE_FORCES,
    actor_key,
    is_nameless,
    is_state,
    may_be_state,
    skeleton,
)
from digests.extract.tellings.triggers import Words, tokens
from digests.rules import Rule, load_rules
from digests.rules.alternation import alternation
from digests.rules.gazetteer import GeoMatch, find_names
from digests.text.document import Document, plain_words
from digests.types import Span

# Characters before an answer in which a "not" denies it.
_DENIAL_REACH = 24
# Characters in front of a subject in which a "none of" stands.
_NONE_REACH = 30
# The same in which "nor" and an article may stand.
_JOINED_REACH = 12
# Characters before an answer in which it is called what somebody had said before.
_TAKEN_BACK_REACH = 70
# Characters between a subject and its verb.
_AT_VERB = 3
_MARK = re.compile(r"[.;:–](?!\d)")
_JOINT = re.compile(r"(?: \([^)]{1,12}\))?,?(?: and| or)?(?: the| from the)? ")
# Characters of a second subject behind an answer.
_SECOND = 40
# A name with a comma, in front of the land that it lies in.
_TOWN = re.compile(r"\b[A-Z][\w'-]*, $")
# Characters in front of an agent in which a word of place stands ("at the 1st Medical Brigade").
_WHERE_REACH = 30
# The tables whose answers are words of the pattern itself.
HOUR = "clock"
# The table of answers in any words, whose form is theirs.
OPEN_WORDS = "open"
_OWN_WORDS = frozenset({HOUR, OPEN_WORDS, "words"})
# The table of realms, and what they are where no state is named.
REALM, OWN_REALM, NOBODYS_REALM = "realm", "@own", "@nobody"
# The table whose answers may be armed groups as well.
TARGET = "target"
# The class of targets that fighters are.
MILITARY = "military site"
# That of those which people of peace are in, where they have none of their own.
CIVIL = "homes"
# "people" and "nationals" answer only with an adjective.
NEEDING_ADJECTIVE = frozenset({"people", "citizens", "nationals"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in the text: its span and the form by which equal ones meet. `is_denied`: a "no" stands before it."""

    span: Span
    normal: str
    key: str = ""
    is_state: bool = False
    is_denied: bool = False


@functools.cache
def _table(name: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """An alternation over a table's words, longest first, and the class of each."""
    entries = {str(word): str(group) for word, group in load_rules("accounts").meaning[name].items()}
    if name == TARGET:
        words = load_rules("accounts").words
        pairs = [
            *itertools.product(words["fighting"], words["fighting_sites"]),
            *itertools.product(words["arms_of_sites"], words["arms_sites"]),
            *itertools.product(words["led"], words["leading"]),
        ]
        entries = dict.fromkeys(words["civil_sites"], CIVIL) | entries
        entries = dict.fromkeys(words["armed_sites"], MILITARY) | entries
        entries |= {f"{who} {site}": MILITARY for who, site in pairs}
        # "mosques", "military bases"
        entries = {plural_of(word): group for word, group in entries.items()} | entries
    return _any_of(tuple(entries)), entries


def _any_of(entries: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(entries, space=' ')}(?!\w)", re.IGNORECASE)


@functools.cache
def _kept_adjective() -> re.Pattern[str]:
    """Adjectives that belong to an answer, at the end of what stands before it."""
    words = load_rules("accounts").words
    innocent, kept = ("|".join(map(re.escape, words[name])) for name in ("innocent", "kept"))
    return re.compile(rf"(?:(?:{innocent}) (?:[A-Z][\w-]+ )?|(?:non-[\w-]+|{kept}) )$", re.IGNORECASE)


@functools.cache
def _nobody() -> re.Pattern[str]:
    """A "none of" at the end of what stands before a subject."""
    words = "|".join(map(re.escape, load_rules("accounts").words["nobody_of"]))
    return re.compile(rf"\b(?:{words})(?: (?:of|that|the|any|its|those|these)){{0,2}} $", re.IGNORECASE)


@functools.cache
def _where() -> re.Pattern[str]:
    """A word of place with what may follow it, at the end of what stands before a name."""
    words, leads = (
        "|".join(map(re.escape, load_rules("accounts").words[name])) for name in ("where", "determiners")
    )
    return re.compile(rf"\b(?:{words})(?: (?:{leads}))?(?: \w+)? $", re.IGNORECASE)


@functools.cache
def account_word_set(name: str) -> frozenset[str]:
    """A list of words as a set."""
    return frozenset(load_rules("accounts").words[name])


@functools.cache
def account_words(name: str) -> re.Pattern[str]:
    return _any_of(load_rules("accounts").words[name])


class AnswerReader:
    """Answers in one sentence; its tokens and agents are read once, when first asked for."""

    def __init__(self, document: Document, sentence: Span) -> None:
        self.document = document
        self.sentence = sentence
        self._named: list[Answer] | None = None

    def answers(self, rule: Rule, match: re.Match[str], needs: frozenset[str] | None) -> list[Answer]:
        """The answers that stand where a rule's cue says."""
        table = str(rule.yields["table"])
        if table == REALM:
            return self._told(self._realm(match), cue=match.start())
        if table in _OWN_WORDS:
            span = Span(start=match.start("answers"), end=match.end("answers"))
            if table == OPEN_WORDS:
                return self._told([Answer(span, OPEN_WORDS)])
            normal = rule.yields.get("class") or f"{_minutes(self.document.words(span))}"
            answer = Answer(span, str(normal), is_denied=bool(rule.yields.get("denied")))
            return self._told([answer], cue=match.start())
        stretch = self._near(rule, match)
        if needs is not None and needs.isdisjoint(plain_words(self.document.letters, stretch)):
            # Beside most cues nothing stands that could be an answer.
            return []
        stretch = self._clause(rule, stretch)
        if table == "agents":
            named = [a for a in self.agents() if stretch.covers(a.span)]
            if rule.yields["side"] == "after":
                return named[:1]
            return [a for a in named if self.may_act(a, match.start()) and self._acts(a, match.start())][-1:]
        answers = self._listed(stretch, table)
        if table == TARGET:
            answers = self._groups(stretch) or answers[:2]
        elif rule.yields["side"] == "before":
            slack = int(rule.yields.get("slack", _AT_VERB))
            answers = [a for a in answers if self._reaches(a, match.start(), slack)]
        return self._told(answers)

    def _acts(self, agent: Answer, verb: int) -> bool:
        """Whether the verb is not taken back: "has not claimed it", "neither the army nor the militia claimed it"."""
        taken_back = account_words("undenied")
        if taken_back.search(self.document.folded, agent.span.end, verb):
            return False
        before = self._before(agent.span, _JOINED_REACH).split()
        return taken_back.search(" ".join(before[-2:])) is None

    def may_act(self, agent: Answer, verb: int) -> bool:
        """Whether an agent can be who does what the verb says: no place ("in Ruritania"), and nobody else between."""
        before = self._before(agent.span, _WHERE_REACH)
        if _where().search(before):
            return False
        if (
            agent.is_state
            and self.document.folded[agent.span.end : agent.span.end + 1] == ","
            and _TOWN.search(before)
        ):
            # "hit a market in Kelm, Ruritania, on Saturday, killing nine"
            return False
        return account_words("other_subjects").search(self.document.folded, agent.span.end, verb) is None

    def _realm(self, match: re.Match[str]) -> list[Answer]:
        """Whose waters or land a match names: a state's, nobody's, or those of whoever speaks (`OWN_REALM`)."""
        span = Span(start=match.start("answers"), end=match.end("answers"))
        whose = match["realm"].removesuffix("'s").removesuffix("'").removeprefix("the ")
        if whose.lower() in account_word_set("nobodys"):
            return [Answer(span, NOBODYS_REALM)]
        if whose.islower():
            return [Answer(span, OWN_REALM)]
        return [Answer(span, actor_key(whose))] if is_state(whose) else []

    def _reaches(self, answer: Answer, verb: int, slack: int) -> bool:
        """Whether an answer stands right before a verb, but for an insert ("nine clerks, two of them boys, were")."""
        gap = self.document.folded[answer.span.end : verb].rstrip()
        if gap.startswith(" and ") and len(gap) <= _SECOND and "," not in gap:
            # "Homes and a shop in the old town were hit."
            return True
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
        for pattern in (_MARK, account_words("stops")):
            stop = pattern.search(self.document.folded, near.start, end)
            end = stop.start() if stop else end
        return Span(start=near.start, end=end)

    def _listed(self, stretch: Span, table: str) -> list[Answer]:
        """Words of a table inside a stretch, with an adjective before them ("killer drones")."""
        folded = self.document.folded
        pattern, classes = _table(table)
        found: list[Answer] = []
        for match in pattern.finditer(folded, stretch.start, stretch.end):
            word = match.group().casefold()
            start, normal = match.start(), classes[word]
            if table in ("means", "victims", "wave"):
                kept = _kept_adjective().search(folded, max(stretch.start, start - 30), start)
                start = kept.start() if kept else start
            if word in NEEDING_ADJECTIVE and start == match.start():
                continue
            found.append(Answer(Span(start=start, end=match.end()), normal))
        return found

    def named(self) -> list[Answer]:
        """States and named groups of the sentence, in order; "gunmen" are nobody."""
        return [answer for answer in self.agents() if answer.normal != STATE_FORCES]

    def agents(self) -> list[Answer]:
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

    def _groups(self, stretch: Span) -> list[Answer]:
        """The first armed group of a stretch and those joined to it by "and" or a comma."""
        groups = [a for a in self.named() if not a.is_state and stretch.covers(a.span)]
        found: list[Answer] = []
        at = stretch.start
        for group in groups:
            gap = self.document.folded[at : group.span.start]
            if gap.endswith((" that ", " which ")):
                # "Aimed at a camera that rebels had put up."
                break
            if (found and not _JOINT.fullmatch(gap)) or "," in gap.rstrip(" ,"):
                break
            # "A Highland Front training camp" is shown as it stands.
            site = _table(TARGET)[0].match(self.document.folded, group.span.end + 1, stretch.end)
            found.append(replace(group, span=Span(start=group.span.start, end=site.end())) if site else group)
            at = group.span.end
        return found

    def _told(self, answers: Sequence[Answer], *, cue: int | None = None) -> list[Answer]:
        """The answers that are given, and those that a plain "no" denies; what others had said before is none.

        `cue`: where a cue that holds its answer begins, whose subject may be "none of them".
        """
        found: list[Answer] = []
        for answer in answers:
            before = self._before(answer.span, _TAKEN_BACK_REACH)
            if account_words("taken_back").search(before):
                # "He corrected an earlier statement that it was a rifle."
                continue
            reach = _DENIAL_REACH
            if cue is not None and _nobody().search(self._before(Span(start=cue, end=cue), _NONE_REACH)):
                reach = max(reach, answer.span.start - cue + _NONE_REACH)
            near = self._before(answer.span, reach)
            if account_words("left_open").search(near):
                # "Did not know if the army had done it."
                continue
            if account_words("denials").search(near) is None:
                found.append(answer)
            elif account_words("refusals").search(near) and not account_words("half_denials").search(near):
                found.append(replace(answer, is_denied=True))
        return found

    def _before(self, span: Span, reach: int) -> str:
        """The words of the sentence in front of an answer."""
        return self.document.folded[max(self.sentence.start, span.start - reach) : span.start]


def _start(name: GeoMatch) -> int:
    return name.span.start


def _answer_of(words: Words, agent: Agent) -> Answer:
    key = actor_key(agent.name)
    start = words.starts[agent.first]
    if not agent.is_state and may_be_state(agent.name):
        return Answer(Span(start=start, end=start + len(agent.name)), STATE_FORCES, key=key)
    if agent.is_state:
        return Answer(Span(start=start, end=words.ends[agent.last]), key, key=key, is_state=True)
    return Answer(Span(start=start, end=start + len(agent.name)), " ".join(skeleton(key)), key=key)


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

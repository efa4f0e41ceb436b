"""What an article says of an incident without a number: its target, means, victims, cause, doer, hour.

A rule of `rules/accounts.toml` finds the stretch of words that may hold answers; the answers in it are named groups
or words of the rule's own table. Stance: an account is only shown when another one contradicts it, so a word that may
be background, negated or of another incident is worth less than silence.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digests.extract.aspects.answers import (
    HOUR,
    OPEN_WORDS,
    OWN_REALM,
    TARGET,
    Answer,
    AnswerReader,
    account_word_set,
    account_words,
)
from digests.extract.aspects.causes import find_causes, is_cause, normal_cause
from digests.extract.aspects.charges import find_charges
from digests.extract.aspects.denials import find_denials, is_called_untrue, names_none
from digests.extract.aspects.identities import find_identities
from digests.extract.aspects.telling import find_tellings
from digests.extract.incidents import incident_at, mentions_in
from digests.extract.tellings.likeness import actor_key, has_doer, is_among, is_state
from digests.rules import Rule, load_rules
from digests.rules.gazetteer import country_names
from digests.text.document import Document
from digests.types import AccountMention, Aspect, Evidence, IncidentMention, Quote, Span, Speaker

# Characters between a happening and its hour.
_HOUR_REACH = 80
# Sentences of a page that may be a statement on what others tell of, though it names no incident itself.
_STATEMENT = 16
# What only a deed has, not an accident of nature.
_OF_DEEDS = frozenset({Aspect.ACTOR, Aspect.TARGET, Aspect.MEANS, Aspect.VICTIMS})
# The rules that read who the dead were from a deed, not from who they were said to be.
_BY_DEED = frozenset({"accounts.victims.killed", "accounts.victims.passive"})
# Characters in front of a verb of denial in which a "not" takes it back.
_UNDENIED_REACH = 14
# Characters in front of a cue in which a "never" or a "does not" stands.
_HABIT_REACH = 22
_DIGIT = re.compile(r"\d")
# Characters between two targets from which the second stands behind a verb of its own.
_OTHER_CUE = 25


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

    def may_answer(self, folded: str, sentence: Span, words: frozenset[str]) -> bool:
        """Whether a sentence of these plain words may hold the cue with an answer."""
        if self.needs is not None and self.needs.isdisjoint(words):
            return False
        if self.beside is not None and self.beside.isdisjoint(words):
            return False
        if not self.rule.needs.are_met_by(words):
            return False
        return not self.is_hour or _DIGIT.search(folded, sentence.start, sentence.end) is not None


@functools.cache
def _questions() -> tuple[_Question, ...]:
    """The rules in their order."""
    rules = load_rules("accounts")
    words: dict[str, frozenset[str]] = {
        name: frozenset(re.findall(r"[a-z]+", str(entry).lower())[0] for entry in table)
        for name, table in rules.meaning.items()
        if name != TARGET
    }
    questions: list[_Question] = []
    for rule in rules.rules:
        table, beside = str(rule.yields["table"]), rule.yields.get("beside")
        aspect = Aspect(str(rule.yields["aspect"]))
        beside = None if beside is None else frozenset(beside)
        questions.append(_Question(rule, aspect, words.get(table), beside, table == HOUR))
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
    """What is said about aspects of the article's incidents, in order of the text.

    Each named group or thing is an account of its own; the claimant is the speaker of the quotation or the
    attributed statement around it, `None` for the writer's own words. What a speaker denies is kept as denied.
    A short page without an incident may be a statement on that of its story: its accounts are of an incident of
    the empty kind, and none without a claimant.
    """
    if not incidents:
        if len(document.sentences) > _STATEMENT or not quotes:
            return ()
        incidents = (IncidentMention(kind=""),)
    found: list[AccountMention] = []
    cues, questions = _cues(), _questions()
    cue_words = cues.keys()
    for sentence, words in zip(document.sentences, document.plain, strict=True):
        if cue_words.isdisjoint(words):
            continue
        held = frozenset(words)
        numbers = {number for word in cue_words & held for number in cues[word]}
        called = [questions[number] for number in sorted(numbers)]
        asked = [one for one in called if one.may_answer(document.folded, sentence, held)]
        if asked:
            found.extend(_read(document, sentence, asked, quotes, incidents))
    found += find_causes(document, quotes, incidents, found)
    found += find_charges(document, quotes, incidents, found)
    found += find_denials(document, quotes, incidents, found)
    found += find_tellings(document, quotes, incidents, found)
    found += find_identities(document, quotes, incidents, found)
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
    reader = AnswerReader(document, sentence)
    for question in questions:
        aspect = question.aspect
        matches = list(question.rule.pattern.finditer(document.folded, sentence.start, sentence.end))
        for match in matches:
            if aspect is Aspect.MEANS and _tells_of_help(document, _said_around(quotes, match, sentence)):
                continue
            said = _said_around(quotes, match, sentence)
            for answer in reader.answers(question.rule, match, question.needs):
                if (aspect, answer.span.start) in taken:
                    continue
                if aspect is Aspect.TARGET and not said.covers(answer.span):
                    # "Strikes hit the town, said a charity that runs a clinic."
                    continue
                taken.add((aspect, answer.span.start))
                account = _account(document, sentence, question, match, answer, quotes, incidents)
                if account is None or (aspect is Aspect.TARGET and _is_of_another(found, account)):
                    continue
                found.append(account)
    return found


def _said_around(quotes: Sequence[Quote], match: re.Match[str], sentence: Span) -> Span:
    """What is said around a cue, without its speaker; the sentence where nobody speaks."""
    inner = _innermost(quotes, Span(start=match.start(), end=match.end()))
    return inner.evidence.span if inner is not None else sentence


def _tells_of_help(document: Document, said: Span) -> bool:
    """Whether words speak of those who help: "Rescuers used helicopters" is not what the deed was done with."""
    return account_words("helpers").search(document.folded, said.start, said.end) is not None


def _account(
    document: Document,
    sentence: Span,
    question: _Question,
    match: re.Match[str],
    answer: Answer,
    quotes: Sequence[Quote],
    incidents: Sequence[IncidentMention],
) -> AccountMention | None:
    """What an answer tells of the incident that it speaks of; `None` where it can tell nothing of it."""
    rule, aspect = question.rule, question.aspect
    incident = _incident_of(document, question, match, answer, incidents)
    if incident is None:
        return None
    claimant = _claimant(quotes, answer.span)
    kinds = tuple(rule.yields.get("kinds", ()))
    is_unnamed = names_none(incidents)
    if kinds and not (is_unnamed or is_among(incident.kind, kinds)):
        return None
    if not _may_answer(aspect, answer, incident, sentence, is_kind=bool(kinds) or is_unnamed):
        return None
    normal: str | None = answer.normal
    if normal == OWN_REALM:
        normal = _own_realm(claimant)
    elif normal == OPEN_WORDS:
        words = document.words(answer.span)
        normal = normal_cause(words, incident.kind) if is_cause(document, answer.span) else None
    is_unclaimed = claimant is None and (rule.yields.get("claimed") or answer.is_denied or is_unnamed)
    if normal is None or is_unclaimed:
        return None
    refusal = _refusal_around(quotes, answer.span)
    refused = refusal.evidence.span.start if refusal is not None else None
    if refusal is not None and _is_undenied(document, refusal):
        # "Has not ruled out that soldiers did it."
        return None
    if refused is not None and (
        rule.id in _BY_DEED
        or (aspect is Aspect.MEANS and rule.yields["side"] == "before")
        or account_words("refusals").search(document.folded, refused, answer.span.start)
    ):
        # "Denied that its drones had hit nobody": who knows what. Who denies "killing farmers" denies the deed.
        return None
    around = _innermost(quotes, answer.span)
    is_untrue = around is not None and is_called_untrue(document, around.evidence.span)
    is_denied = refused is not None or answer.is_denied or is_untrue
    span = answer.span
    if is_denied and question.rule.yields.get("deed"):
        # "No air strike on a school" tells more than "no school".
        span = Span(start=match.start(), end=answer.span.end)
    is_general = document.words(answer.span).lower() in account_word_set("general_targets")
    if is_denied and aspect is Aspect.TARGET and (is_general or _is_habit(document, match)):
        return None
    return AccountMention(
        aspect=aspect,
        answer=document.words(span),
        normal=normal,
        claimant=claimant,
        incident=incident,
        evidence=Evidence(article_id=document.article_id, span=answer.span, sentence=sentence, rule=rule.id),
        is_denied=is_denied,
    )


def _is_habit(document: Document, match: re.Match[str]) -> bool:
    """Whether a cue speaks of what somebody never does: "it does not target hospitals" admits that one was hit."""
    before = document.folded[max(0, match.start() - _HABIT_REACH) : match.start()]
    return account_words("habits").search(before) is not None


def _incident_of(
    document: Document,
    question: _Question,
    match: re.Match[str],
    answer: Answer,
    incidents: Sequence[IncidentMention],
) -> IncidentMention | None:
    """The incident that an answer speaks of, of the kinds that its rule names where there are any; what the rule's
    cue names itself ("attacks on") before all others of the sentence. `None` where the cue names a deed that is none
    of the article's incidents ("years of attacks on civilians")."""
    told = incidents
    if question.aspect is Aspect.TARGET:
        own = mentions_in(incidents, Span(start=match.start(), end=match.end()))
        if own:
            return own[0]
        if question.rule.yields.get("deed"):
            return None
    if question.aspect is Aspect.CAUSE:
        # "caused by a storm": the storm is what did it, not what it did.
        told = [m for m in incidents if m.span is None or not m.span.meets(answer.span)] or incidents
    if kinds := tuple(question.rule.yields.get("kinds", ())):
        told = [m for m in told if is_among(m.kind, kinds)] or told
    return incident_at(document, answer.span, told)


def _is_of_another(found: Sequence[AccountMention], target: AccountMention) -> bool:
    """Whether a sentence's speaker has named a target: "it had hit a depot, and rebels had shelled the market"."""
    return target.claimant is not None and any(
        one.aspect is Aspect.TARGET
        and one.claimant == target.claimant
        and one.normal != target.normal
        and target.evidence.span.start - one.evidence.span.end > _OTHER_CUE
        for one in found
    )


def _own_realm(claimant: Speaker | None) -> str | None:
    """The state in whose waters "our waters" are; `None` where nobody says whose."""
    if claimant is None:
        return None
    if is_state(claimant.name):
        return actor_key(claimant.name)
    return actor_key(country_names()[claimant.country]) if claimant.country in country_names() else None


def _may_answer(
    aspect: Aspect, answer: Answer, incident: IncidentMention, sentence: Span, *, is_kind: bool
) -> bool:
    """Whether an answer can speak of an incident: nobody aims an earthquake, nobody aims at himself.

    `is_kind`: the incident is of a kind that the rule names.
    """
    is_deed = has_doer(incident.kind) or (
        aspect is Aspect.ACTOR and incident.kind in account_word_set("contested")
    )
    if aspect in _OF_DEEDS and not is_kind and not is_deed:
        return False
    if aspect is Aspect.CAUSE and incident.kind in account_word_set("causeless"):
        return False
    if aspect is Aspect.TARGET:
        return not (incident.actor and actor_key(incident.actor) == answer.key)
    if aspect is Aspect.MEANS:
        rules = load_rules("accounts")
        only = rules.meaning["only_means"].get(incident.kind)
        return only is None or answer.normal in rules.words[str(only)]
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
    inner = _innermost([quote for quote in quotes if quote.speaker is not None], span)
    return inner.speaker if inner is not None else None


def _refusal_around(quotes: Sequence[Quote], span: Span) -> Quote | None:
    """The statement around a span that a speaker denies ("denied that its drones had killed civilians"), if any."""
    inner = _innermost([quote for quote in quotes if quote.cue is not None], span)
    if inner is None or inner.cue is None or account_words("denials").search(inner.cue.words) is None:
        return None
    return inner


def _is_undenied(document: Document, refusal: Quote) -> bool:
    """Whether a "not" stands before the verb of a denial ("has not ruled out")."""
    assert refusal.cue is not None
    start = refusal.cue.span.start
    return (
        account_words("undenied").search(document.folded, max(0, start - _UNDENIED_REACH), start) is not None
    )


def _innermost(quotes: Sequence[Quote], span: Span) -> Quote | None:
    around = [quote for quote in quotes if quote.evidence.span.covers(span)]
    return min(around, key=lambda q: q.evidence.span.end - q.evidence.span.start, default=None)

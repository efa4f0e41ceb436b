"""A sentence that may become a key fact, with all that speaks for it and against it.

Stance: a sentence is weighed by who else tells it, by where it stands and by whom it names; opinion, mood and what only
a bystander saw take something off, and what cannot be read without its neighbours is no candidate at all.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from digests.analysis.sentences.support import Retelling, Sentences
from digests.analysis.sentences.told import Told
from digests.rules import Rule, load_rules
from digests.text.document import fold
from digests.types import ActorKind, Aspect, Span, StoryArticle

# Marks behind a sentence's stop.
_CLOSING = "\"”’') "
# Words of a sentence that stands alone well.
_FEWEST_WORDS, _MOST_WORDS = 7, 56
# The same of one that counts people, or tells of an act: "Six guards have been suspended."
_FEWEST_TELLING = 5
_COMFORTABLE_WORDS = 32
# Share of a sentence in quotation marks from which it is somebody's words.
_MOST_QUOTED = 0.4
# What the parts of a score weigh; they sum to 1 before what wording costs.
_SUPPORT, _OPENING, _NAMED = 0.5, 0.25, 0.25
# Likeness of a retelling that counts as full support, voices beyond which more say little more, names that make a
# sentence say who and where.
_FULL_SHARE, _MANY_VOICES, _MANY_NAMES = 0.6, 6, 5
_LONG_COST, _QUOTED_COST = 0.008, 0.25
_WITNESS_COST, _BACKGROUND_COST, _OLD_COST = 0.25, 0.2, 0.2
# What is said not to be so, by nobody: often one party's word on its own page.
_BARE_DENIAL_COST = 0.2
# Sentences at the head of a page in which it sums itself up, the words of such a line, and the share of them that is
# written small.
_SUMMARY_SENTENCES, _SUMMARY_WORDS, _SUMMARY_SMALL = 10, 6, 0.4
# Days before a report from which a day in it is history.
_OLD_DAYS = 300
# What it adds that a sentence says why, how or at whom, and more where reports say it differently.
_ACCOUNT_GAIN, _DISPUTED_GAIN = 0.08, 0.12
_ACCOUNTS = frozenset({Aspect.CAUSE, Aspect.MEANS, Aspect.TARGET, Aspect.ACTOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence with what supports it.

    `score` is its worth from 0 to 1; `gain` is what of it is for accounts and acts, which are news beside what
    happened; `cost` is what its wording took off.
    """

    told: Told
    retellings: Mapping[str, Retelling]
    voices: frozenset[str]
    score: float
    gain: float
    cost: float


def disputed_aspects(articles: Sequence[StoryArticle]) -> frozenset[Aspect]:
    """Of what the reports give more than one account: who did it, of one thing that happened."""
    answers: dict[tuple[Aspect, str, str | None], set[str]] = {}
    for item in articles:
        for account in item.facts.accounts:
            told = account.incident
            of = (told.kind, told.place) if account.aspect is Aspect.ACTOR else ("", None)
            answers.setdefault((account.aspect, *of), set()).add(f"{account.is_denied} {account.normal}")
    return frozenset(key[0] for key, normals in answers.items() if len(normals) > 1)


def _gain(told: Told, disputed: Collection[Aspect]) -> float:
    """What it adds to a sentence that it says why, how or at whom, or what was done about it."""
    folded = fold(told.text)
    return _account_gain(told, disputed) + sum(
        float(rule.yields["gain"]) for rule in acts() if rule.pattern.search(folded)
    )


@functools.cache
def acts() -> tuple[Rule, ...]:
    """The rules for what somebody in charge did about it, or says against it."""
    return tuple(rule for rule in load_rules("key_facts").rules if "gain" in rule.yields)


def _account_gain(told: Told, disputed: Collection[Aspect]) -> float:
    aspects = {
        account.aspect
        for account in told.item.facts.accounts
        if account.aspect in _ACCOUNTS
        and not account.incident.is_background
        and told.span.covers(account.evidence.span)
    }
    if not aspects:
        return 0.0
    return _ACCOUNT_GAIN + (0.0 if aspects.isdisjoint(disputed) else _DISPUTED_GAIN)


def weigh(
    told: Told, sentences: Sentences, voices: Mapping[str, str], disputed: Collection[Aspect]
) -> Candidate:
    """A sentence with what supports it."""
    retellings = sentences.retellings(told)
    own = voices[told.item.article.id]
    telling = frozenset(voices[article_id] for article_id in retellings) | {own}
    everyone = len(set(voices.values()))
    shares = [
        max(r.share for i, r in retellings.items() if voices[i] == voice) for voice in sorted(telling - {own})
    ]
    support = sum(min(1.0, share / _FULL_SHARE) for share in shares) / max(1, min(everyone, _MANY_VOICES) - 1)
    places = [told.position, *(retelling.told.position for retelling in retellings.values())]
    opening = sum(1 / (1 + 0.15 * place) for place in places) / len(places)
    named = min(len(told.names), _MANY_NAMES) / _MANY_NAMES
    score = _SUPPORT * min(1.0, support) + _OPENING * opening + _NAMED * named
    cost = _wording_cost(told)
    score -= cost
    gain = min(_gain(told, disputed), max(0.0, 1.0 - score))
    return Candidate(
        told=told,
        retellings=retellings,
        voices=telling,
        score=max(0.0, min(1.0, score + gain)),
        gain=gain,
        cost=cost,
    )


def stands_alone(told: Told) -> bool:
    """Whether a reader understands a sentence without the ones around it, and it states something."""
    fewest = _FEWEST_TELLING if told.words < _FEWEST_WORDS and _is_telling(told) else _FEWEST_WORDS
    if not fewest <= told.words <= _MOST_WORDS or told.quoted > _MOST_QUOTED:
        return False
    if (
        not told.is_linked
        and not told.text[:1].isupper()
        and not told.text[:1].isdigit()
        and told.text[:1] not in "\"“‘'"
    ):
        return False
    if told.text.rstrip(".") == (told.item.article.title or "").rstrip("."):
        return False
    if not told.is_whole:
        return False
    if not _is_closed(told.text) and not _is_point(told):
        return False
    folded = fold(told.readable)
    barring = (rule for rule in load_rules("key_facts").rules if not rule.yields)  # the others cost, or cut
    return not any(rule.pattern.search(folded) for rule in barring)


def _is_telling(told: Told) -> bool:
    folded = fold(told.text)
    return bool(told.figures) or any(rule.pattern.search(folded) for rule in acts())


def _is_closed(text: str) -> bool:
    """Whether a sentence ends with its stop; a headline may end with somebody's words, and has none."""
    bare = text.rstrip(_CLOSING)
    return bare[-1:] in ".!,…" or (bare != text and text[-1:] == ")")


def _is_point(told: Told) -> bool:
    """Whether a sentence is a point of a list, which ends without a stop: one with a mark in front, or one of several
    such lines at the head of a page."""
    text, start = fold(told.item.article.text), told.span.start
    line_start = text.rfind("\n", 0, start) + 1
    line = text[line_start : told.span.end + 1]
    if not line_start or not line.endswith("\n"):
        return False
    if any(rule.pattern.match(line) for rule in load_rules("key_facts").rules if rule.yields.get("point")):
        return True
    return line_start == start and told.position < _SUMMARY_SENTENCES and _stands_in_summary(text, told.span)


def _stands_in_summary(text: str, line: Span) -> bool:
    """Whether the line above or below is a whole line without a stop, too: a page sums itself up in several.

    Headlines stand alone, and links have a capital at each word.
    """
    above = text[: line.start].rstrip().rpartition("\n")[2]
    below = text[line.end :].lstrip().partition("\n")[0]
    title = text.partition("\n")[0]
    return _is_summing(text[line.start : line.end]) and any(
        near != title and _is_summing(near) for near in (above, below)
    )


def _is_summing(line: str) -> bool:
    words = [word for word in line.split() if word[:1].isalpha()]
    small = sum(word[0].islower() for word in words)
    return len(words) >= _SUMMARY_WORDS and small >= _SUMMARY_SMALL * len(words) and line[-1] not in ".?!:;,"


def _wording_cost(told: Told) -> float:
    """What opinion, mood, length and quotation take off a score."""
    folded = fold(told.text)
    priced = (rule for rule in load_rules("key_facts").rules if "cost" in rule.yields)
    wording = sum(float(rule.yields["cost"]) for rule in priced if rule.pattern.search(folded))
    facts = told.item.facts
    # What a bystander saw, and what happened long before, are no core of the story.
    if any(
        quote.speaker is not None
        and quote.speaker.kind is ActorKind.WITNESS
        and told.span.meets(quote.evidence.span)
        for quote in facts.quotes
    ):
        wording += _WITNESS_COST
    incidents = [i for i in facts.incidents if i.span is not None and told.span.covers(i.span)]
    if incidents and all(incident.is_background for incident in incidents):
        wording += _BACKGROUND_COST
    if told.denies and not any(
        quote.speaker and told.span.meets(quote.evidence.span) for quote in facts.quotes
    ):
        wording += _BARE_DENIAL_COST
    published = told.item.article.published_on
    days = [m.last for m in facts.dates if m.last is not None and told.span.covers(m.evidence.span)]
    if published and any((published - day).days > _OLD_DAYS for day in days):
        wording += _OLD_COST
    return wording + _LONG_COST * max(0, told.words - _COMFORTABLE_WORDS) + _QUOTED_COST * told.quoted

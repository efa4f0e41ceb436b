"""What several independent articles of a story tell: whole sentences as written, the most supported first.

Stance: better few facts than a doubtful one. A sentence is a key fact where at least two independent voices tell it,
and where it stands on its own: it is no quotation, no question, no opinion and leans on no sentence before it. Where
outlets tell different sides of an event few sentences meet; then what stands high in a single report follows, with that
report alone behind it, but nothing that a later toll has left behind.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from digests.analysis.asides import detail_of
from digests.analysis.support import Retelling, Sentences, Told
from digests.extract.likeness import kinds_fit
from digests.rules import Rule, load_rules
from digests.stories.copies import voices_of
from digests.text.document import fold
from digests.types import ActorKind, Aspect, Citation, Figure, KeyFact, Measure, Scope, StoryArticle

# Facts given, the most supported first; a card shows fewer.
_MOST_FACTS = 12
# Facts up to which those of a single report follow; where in it they may stand, and what they must reach.
_FEWEST_FACTS = 12
_ALONE_SENTENCES, _ALONE_SCORE = 12, 0.15
# Facts of a story with a single voice: its opening.
_MOST_OF_ONE = 5
# Words of a sentence that stands alone well.
_FEWEST_WORDS, _MOST_WORDS = 7, 48
_COMFORTABLE_WORDS = 32
# Share of a sentence in quotation marks from which it is somebody's words.
_MOST_QUOTED = 0.4
# Likeness (share of the shorter sentence) from which two sentences are one fact.
_SAME_FACT = 0.45
# Sentences that open a report: the first fact, what happened, comes from them.
_OPENING_SENTENCES = 4
# Characters in which a report says what it is about.
_OPENING_CHARACTERS = 600
# What each of how many, when and where adds to a lead.
_FULL_PART = 0.08
# How hard a sentence is marked down for what others have told already, and the score below which it is no key fact.
_NOVELTY_POWER = 1.5
_LOWEST_SCORE = 0.05
# Sentences tried for support; in a long affair the openings come first.
_MOST_TRIED = 400
# What the parts of a score weigh; they sum to 1 before what wording costs.
_SUPPORT, _OPENING, _NAMED = 0.5, 0.25, 0.25
# Likeness of a retelling that counts as full support, voices beyond which more say little more, names that make a
# sentence say who and where.
_FULL_SHARE, _MANY_VOICES, _MANY_NAMES = 0.6, 6, 5
_LONG_COST, _QUOTED_COST = 0.008, 0.25
_WITNESS_COST, _BACKGROUND_COST, _OLD_TOLL_COST, _ALONE_COST = 0.25, 0.1, 0.35, 0.1
_NAMELESS_COST = 0.15
# What it adds that a sentence says why, how or at whom, and more where reports say it differently.
_ACCOUNT_GAIN, _DISPUTED_GAIN = 0.08, 0.12
_ACCOUNTS = frozenset({Aspect.CAUSE, Aspect.MEANS, Aspect.TARGET, Aspect.ACTOR})
# The rule that reads an hour without its day.
_HOUR_ALONE = "dates.clock.alone"


@dataclass(frozen=True, slots=True)
class _Candidate:
    told: Told
    retellings: Mapping[str, Retelling]
    voices: frozenset[str]
    score: float
    # What of the score is for accounts and acts: they are news beside what happened.
    gain: float


def find_key_facts(articles: Sequence[StoryArticle]) -> tuple[KeyFact, ...]:
    """The facts of a story, best first, each about something else; at most twelve.

    Where all articles speak with one voice, the sentences that open the earliest one, each supported by itself.
    """
    originals = [item for item in articles if item.copy_of is None] or list(articles)
    voices = voices_of(
        [item.article for item in articles], {i.article.id: i.copy_of for i in articles if i.copy_of}
    )
    sentences = Sentences(articles)
    if len({voices[item.article.id] for item in originals}) < 2:
        return _opening(sentences, originals)
    own = sorted(
        (told for told in sentences.all if told.item.copy_of is None),
        key=lambda told: (told.position, told.item.article.id),
    )
    tried = list(itertools.islice(filter(_stands_alone, own), _MOST_TRIED))
    kind = _main_kind(originals)
    toll = _last_toll(originals, kind) if kind else 0
    disputed = _disputed(originals)
    weighed = [_weigh(told, sentences, voices, disputed) for told in tried]
    candidates = [c for c in weighed if len(c.voices) > 1]
    # What happened stands first even where no two reports agree on it ("three killed", "five killed").
    lead = _choose_lead(weighed if kind else candidates, kind, toll)
    chosen = _choose(candidates, lead, sentences, _MOST_FACTS)
    alone = [c for c in weighed if _may_stand_alone(c, kind, toll)]
    return tuple(_fact(c) for c in _follow(chosen, alone, sentences))


def _main_kind(articles: Sequence[StoryArticle]) -> str | None:
    """The kind of incident that most articles tell of in their opening; `None` where none tells of any."""
    kinds: Counter[str] = Counter()
    for item in articles:
        told = [i for i in item.facts.incidents if i.span is not None and not i.is_background]
        opening = {i.kind for i in told if i.span is not None and i.span.start < _OPENING_CHARACTERS}
        kinds.update(opening)
    return min(kinds, key=lambda kind: (-kinds[kind], kind), default=None)


def _last_toll(articles: Sequence[StoryArticle], kind: str) -> int:
    """The least number of people killed by the newest report that gives one, where it first does; 0 where none does.

    Further down stand the counts of those who hold another one.
    """
    for item in sorted(articles, key=lambda item: item.article.published_on or dt.date.min, reverse=True):
        counts = [figure for figure in item.facts.figures if detail_of(item, figure) is None]
        tolls = [(figure.evidence.sentence.start, toll) for figure in counts if (toll := _toll(figure, kind))]
        if tolls:
            first = min(start for start, _ in tolls)
            return max(toll for start, toll in tolls if start == first)
    return 0


def _toll(figure: Figure, kind: str) -> int:
    """The people whom a figure says to be dead in the story's main incident."""
    is_main = kinds_fit(figure.incident.kind, kind) is True and not figure.incident.is_background
    is_toll = is_main and figure.measure is Measure.KILLED and figure.part_of is None
    return (figure.bounds.low or 0) if is_toll and figure.scope is not Scope.TOTAL else 0


def _choose_lead(candidates: Sequence[_Candidate], kind: str | None, toll: int) -> _Candidate | None:
    """The sentence that says best what happened: it opens a report, tells of the main incident, with where, when and
    how many; `None` where no opening tells of that incident. A toll that has grown since takes some off."""
    openings = [c for c in candidates if c.told.position < _OPENING_SENTENCES]
    told = [c for c in openings if _is_of_kind(c.told, kind)] if kind else openings

    def rate(candidate: _Candidate) -> tuple[float, int, str]:
        told = candidate.told
        is_old = kind is not None and _is_outdated(told, kind, toll)
        value = candidate.score - candidate.gain + _fullness(told) - (_OLD_TOLL_COST if is_old else 0.0)
        value -= (_ALONE_COST if len(candidate.voices) < 2 else 0.0) + (0.0 if told.names else _NAMELESS_COST)
        return -value, told.position, told.item.article.id

    return min(told, key=rate, default=None)


def _is_of_kind(told: Told, kind: str) -> bool:
    return any(
        incident.span is not None
        and told.span.covers(incident.span)
        and not incident.is_background
        and kinds_fit(incident.kind, kind) is True
        for incident in told.item.facts.incidents
    )


def _fullness(told: Told) -> float:
    """What a sentence says beside what happened: how many, when, where."""
    facts = told.item.facts
    days = {i.first for i in facts.incidents if i.first and i.span is not None and told.span.covers(i.span)}
    when = any(
        told.span.covers(m.evidence.span) and (m.first in days or (not days and m.first)) for m in facts.dates
    )
    where = any(told.span.covers(place.evidence.span) for place in facts.places)
    return _FULL_PART * (bool(told.figures) + when + where)


def _disputed(articles: Sequence[StoryArticle]) -> frozenset[Aspect]:
    """Of what the reports give more than one account."""
    answers: dict[Aspect, set[str]] = {}
    for item in articles:
        for account in item.facts.accounts:
            answers.setdefault(account.aspect, set()).add(account.normal)
    return frozenset(aspect for aspect, normals in answers.items() if len(normals) > 1)


def _gain(told: Told, disputed: Collection[Aspect]) -> float:
    """What it adds to a sentence that it says why, how or at whom, or what was done about it."""
    folded = fold(told.text)
    return _account_gain(told, disputed) + sum(
        float(rule.yields["gain"]) for rule in _acts() if rule.pattern.search(folded)
    )


@functools.cache
def _acts() -> tuple[Rule, ...]:
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


def _weigh(
    told: Told, sentences: Sentences, voices: Mapping[str, str], disputed: Collection[Aspect]
) -> _Candidate:
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
    score -= _wording_cost(told)
    gain = min(_gain(told, disputed), max(0.0, 1.0 - score))
    return _Candidate(told, retellings, telling, max(0.0, min(1.0, score + gain)), gain)


def _may_stand_alone(candidate: _Candidate, kind: str | None, toll: int) -> bool:
    """Whether a sentence of one report may follow what several tell: it stands high in it and is not out of date."""
    told = candidate.told
    if len(candidate.voices) > 1 or candidate.score < _ALONE_SCORE or told.position >= _ALONE_SENTENCES:
        return False
    return kind is not None and _tells_of_it(told) and not _is_outdated(told, kind, toll)


def _tells_of_it(told: Told) -> bool:
    """Whether a sentence says how many, when, what or how of the news, or what was done or said against it, and not of
    something long before."""
    incidents = [i for i in told.item.facts.incidents if i.span is not None and told.span.covers(i.span)]
    if any(incident.is_background for incident in incidents):
        return False
    facts = told.item.facts
    spans = [date.evidence.span for date in facts.dates] + [
        account.evidence.span for account in facts.accounts
    ]
    if told.figures or incidents or any(told.span.covers(span) for span in spans):
        return True
    folded = fold(told.text)
    return any(rule.pattern.search(folded) for rule in _acts())


def _is_outdated(told: Told, kind: str, toll: int) -> bool:
    """Whether a sentence gives no toll but such as a later one has left behind; "19, after 11 at first" is later."""
    tolls = [count for figure in told.figures if (count := _toll(figure, kind))]
    return bool(tolls) and max(tolls) < toll


def _follow(chosen: list[_Candidate], alone: Sequence[_Candidate], sentences: Sentences) -> list[_Candidate]:
    """The chosen facts, up to a few followed by the best that single reports tell besides; the scores fall."""
    left = [c for c in alone if not any(_is_same(c, known, sentences) for known in chosen)]
    least = chosen[-1].score if chosen else 1.0
    known = set().union(*(c.told.terms for c in chosen))
    added = _choose(left, None, sentences, _FEWEST_FACTS - len(chosen), known)
    return chosen + [replace(c, score=min(c.score, least)) for c in added]


def _choose(
    candidates: Sequence[_Candidate],
    lead: _Candidate | None,
    sentences: Sentences,
    most: int,
    known: Collection[str] = (),
) -> list[_Candidate]:
    """The lead and then the best candidates in turn, each scored down by how much of it the ones before have told.

    The scores fall. `known` are terms that facts before these have told.
    """
    chosen: list[_Candidate] = []
    told = set(known)
    left = list(candidates)
    while (left or (lead and not chosen)) and len(chosen) < most:
        left = [c for c in left if not chosen or not _is_same(c, chosen[-1], sentences)]
        rated = [replace(c, score=c.score * sentences.novelty(c.told, told) ** _NOVELTY_POWER) for c in left]
        best = min(rated, key=lambda c: (-c.score, c.told.position, c.told.item.article.id), default=None)
        if lead is not None and not chosen:
            best = replace(lead, score=max(lead.score, best.score if best else 0.0))
        if best is None or best.score < _LOWEST_SCORE:
            break
        left = [c for c in left if c.told != best.told]
        chosen.append(best)
        told |= best.told.terms
    return chosen


def _is_same(candidate: _Candidate, other: _Candidate, sentences: Sentences) -> bool:
    """Whether two sentences tell one fact: their words say so, or they rest on the same sentences."""
    if sentences.likeness(candidate.told, other.told) >= _SAME_FACT:
        return True
    mine = {(r.told.item.article.id, r.told.position) for r in candidate.retellings.values()}
    theirs = {(r.told.item.article.id, r.told.position) for r in other.retellings.values()}
    theirs.add((other.told.item.article.id, other.told.position))
    return len(mine & theirs) * 2 > len(mine)


def _opening(sentences: Sentences, originals: Sequence[StoryArticle]) -> tuple[KeyFact, ...]:
    """The first sentences of the earliest article that stand alone, each supported by itself alone."""
    if not originals:
        return ()
    first = originals[0].article.id
    alone = [told for told in sentences.all if told.item.article.id == first and _stands_alone(told)][
        :_MOST_OF_ONE
    ]
    return tuple(
        KeyFact(
            text=told.text,
            score=round(0.5 / (1 + 0.15 * told.position), 3),
            support=(_cite(told),),
            days=_days(told),
        )
        for told in alone
    )


def _stands_alone(told: Told) -> bool:
    """Whether a reader understands a sentence without the ones around it, and it states something."""
    if not _FEWEST_WORDS <= told.words <= _MOST_WORDS or told.quoted > _MOST_QUOTED:
        return False
    if not told.text[:1].isupper() and not told.text[:1].isdigit() and told.text[:1] not in "\"“‘'":
        return False
    if told.text.rstrip(".") == (told.item.article.title or "").rstrip("."):
        return False
    if not told.is_whole:
        return False
    if told.text[-1:] not in ".\"”’'!)":
        return False
    folded = fold(told.text)
    barring = (rule for rule in load_rules("key_facts").rules if not rule.yields)  # the others cost, or cut
    return not any(rule.pattern.search(folded) for rule in barring)


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
    return wording + _LONG_COST * max(0, told.words - _COMFORTABLE_WORDS) + _QUOTED_COST * told.quoted


def _fact(candidate: _Candidate) -> KeyFact:
    others = [candidate.retellings[article_id].told for article_id in sorted(candidate.retellings)]
    return KeyFact(
        text=candidate.told.text,
        score=round(candidate.score, 3),
        support=tuple(_cite(told) for told in (candidate.told, *others)),
        days=_days(candidate.told),
    )


def _days(told: Told) -> tuple[tuple[int, dt.date], ...]:
    """The days that a sentence names only from where it was written ("on Tuesday"), by the offset behind the words.

    An hour names none: the day stands in the sentence, or the news is of it.
    """
    return tuple(
        (mention.evidence.span.end - told.span.start, mention.first)
        for mention in told.item.facts.dates
        if mention.is_relative
        and mention.first
        and mention.first == mention.last
        and told.span.covers(mention.evidence.span)
        and mention.evidence.rule != _HOUR_ALONE
    )


def _cite(told: Told) -> Citation:
    return Citation(article_id=told.item.article.id, span=told.span, text=told.text)

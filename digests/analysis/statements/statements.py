"""One statement once: which wordings of one actor are one statement, and which of them is shown.

Stance: a statement told twice costs a line, two statements taken for one hide one of them. What is too plain to be
shown for itself may be the paraphrase of a quotation, and costs nothing but a link.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from digests.analysis.statements.gists import Gist, find_gists
from digests.analysis.statements.wording import (
    differ_in_place,
    find_words,
    name_lands,
    one_wording,
    plain_words,
    quoted_pieces,
    telling,
    weigh_stems,
)
from digests.extract.speech.lexicon import base_form, load_lexicon
from digests.rules import load_rules
from digests.types import Citation, Quote, QuoteKind, Speaker, Statement

# Share of the shorter statement's words that stand in the longer one, from which both are one statement.
_SAME = 0.8
# The same, of the weight of the stems that tell, for what was said on one day: where one is a paraphrase, where they
# share but two stems, for two quotations (two translations) or a stance beside what is none, and for two clauses behind
# one verb of stance. Read on 4,152 pairs of wordings of one actor in two pages of the public sets.
_LOOSE = 0.58
_FEW = 0.65
_QUOTATIONS = 0.7
_STANCE = 0.5
# Words below which only equal statements are one.
_COMPARABLE = 4
# Words by which a denial is longer than what it denies.
_ADDED = 3
# Stems from which two wordings of other person and tense are compared.
_FEWEST_TELLING = 2
# Shared stems from which, and words over which, one word in place of another makes no other statement.
_MANY, _SHORT = 6, 14
# Days between the day on which something was said and that of a report which gives none.
_NEAR_DAYS = 1
# Words of a statement that one stem may carry: "I am an innocent man", "he was innocent".
_ONE_STEM = 6
# Frames of verbs behind which somebody is asked to do something.
_ASKING = (".urge", ".particle")


@dataclass(frozen=True, slots=True)
class Told:
    """One quote of one article as a candidate for a statement."""

    quote: Quote
    speaker: Speaker
    citation: Citation
    day: dt.date | None
    words: tuple[str, ...]
    # The stems that tell, without the words by which direct and reported speech differ ("we are", "it was").
    telling: frozenset[str]
    # Those of what somebody is asked to do; empty where nobody is asked for anything.
    asked: frozenset[str]
    # What it comes to, however it is worded.
    gists: frozenset[Gist] = frozenset()
    # The longest piece in quotation marks inside a clause.
    own: tuple[str, ...] = ()
    # By stem, how many other actors of the story use it; those that nobody else uses are left out.
    others: Mapping[str, int] = field(default_factory=dict[str, int])
    order: int = 0
    # Too plain to be shown for itself; it may carry what another outlet gives in the speaker's own words.
    is_weak: bool = False
    # Of what is weak: a whole fact, shown beside something that is a statement.
    is_fact: bool = False


def make_told(
    quote: Quote,
    speaker: Speaker,
    citation: Citation,
    day: dt.date | None,
    *,
    is_weak: bool,
    is_fact: bool = False,
) -> Told:
    """A candidate with what it is compared by."""
    pieces = map(name_lands, quoted_pieces(quote.words))
    own = max((one_wording(find_words(piece)) for piece in pieces), key=len, default=())
    cue = quote.cue.words if quote.cue else ""
    words = one_wording(find_words(name_lands(quote.words)))
    return Told(
        quote,
        speaker,
        citation,
        day,
        words,
        telling(words),
        _asked(quote, words),
        gists=find_gists(cue, quote.words),
        own=own,
        is_weak=is_weak,
        is_fact=is_fact,
    )


def count_in_story(told: Sequence[Told], actors: Sequence[str]) -> list[Told]:
    """The candidates of one story with what they are made of counted: a word that many actors use is the story's own.

    Args:
        told: All candidates of the story.
        actors: The key of each one's actor.
    """
    users: defaultdict[str, set[str]] = defaultdict(set)
    for one, actor in zip(told, actors, strict=True):
        for stem in one.telling:
            users[stem].add(actor)
    others = {stem: len(keys) - 1 for stem, keys in users.items() if len(keys) > 1}
    return [replace(one, others=others) for one in told]


def _holds(words: tuple[str, ...], piece: tuple[str, ...]) -> bool:
    """Whether words hold a quoted piece that is long enough to tell, word by word."""
    return len(piece) >= _COMPARABLE and f" {' '.join(piece)} " in f" {' '.join(words)} "


def same_statement(one: Told, other: Told) -> bool:
    """Whether two statements of one actor are one: most words of the shorter stand in the longer."""
    return same_words(one, other) or (
        _comes_to_one(one, other) and not _are_opposed(_stance(one), _stance(other))
    )


def same_words(one: Told, other: Told) -> bool:
    """Whether two statements share most of what they are told in, whatever they come to."""
    if _are_opposed(_stance(one), _stance(other)):
        return False
    if one.words == other.words:
        return True
    first, second = plain_words(one.words), plain_words(other.words)
    is_denied = [_denies(one), _denies(other)]
    if is_denied[0] != is_denied[1] and abs(len(first) - len(second)) <= _ADDED:
        # "We accept it", "we do not accept it"; what is much longer may deny something else besides.
        return False
    smaller = min(len(first), len(second))
    if is_denied[0] == is_denied[1] and (_holds(one.words, other.own) or _holds(other.words, one.own)):
        return True
    shared = one.telling & other.telling
    is_short = len(shared) < _MANY and min(len(one.words), len(other.words)) <= _SHORT
    if is_short and differ_in_place(one.words, other.words, _events()):
        return False
    is_near = _share(one.telling, other.telling, one.others) >= _LOOSE
    if is_near and smaller >= _COMPARABLE and len(first & second) >= _SAME * smaller:
        return True
    if is_denied[0] != is_denied[1]:
        return False
    if one.asked and other.asked and one.asked.isdisjoint(other.asked):
        # "urged Chad to open the border", "urged Chad to free its prisoners"
        return False
    if (
        min(len(one.asked), len(other.asked)) >= _FEWEST_TELLING
        and _share(one.asked, other.asked, one.others) >= _SAME
    ):
        # "We call on both sides to show restraint", "called on Chile and Peru to show restraint"
        return True
    first_stems = one.telling | _verb_in(one, other)
    second_stems = other.telling | _verb_in(other, one)
    return _share(first_stems, second_stems, one.others) >= _limit(one, other, first_stems, second_stems)


def _comes_to_one(one: Told, other: Told) -> bool:
    """Whether two wordings of one day have one gist, and speak of nothing that parts them."""
    if not _is_near(one, other):
        return False
    shared = one.gists & other.gists
    if any(gist.is_alone for gist in shared):
        return True
    first, second = one.telling - _events(), other.telling - _events()
    return bool(shared) and (not first or not second or not first.isdisjoint(second))


@functools.cache
def _events() -> frozenset[str]:
    """Stems of words for what happened: they tell no object from another."""
    return telling(load_rules("gists").words["events"])


def _is_near(one: Told, other: Told) -> bool:
    """Whether both may have been said on one day: outlets date by the day of the words or by that of their report."""
    if one.day is None or other.day is None:
        return one.day is other.day
    return abs((one.day - other.day).days) <= _NEAR_DAYS


def _limit(one: Told, other: Told, first: frozenset[str], second: frozenset[str]) -> float:
    """The share of telling stems from which two wordings are one; above 1 where there are too few."""
    smaller = min(len(first), len(second))
    if smaller == 0:
        return 2.0
    directs = [each.quote.kind is QuoteKind.DIRECT for each in (one, other)]
    is_day = _is_near(one, other)
    if is_day and not any(directs) and _stance(one) and _stance(one) == _stance(other):
        return _STANCE if _one_object(one, other) else _SAME
    if smaller < _FEWEST_TELLING:
        is_short = max(len(one.words), len(other.words)) <= _ONE_STEM
        return 1.0 if is_short and is_day and any(directs) else 2.0
    shared = len(first & second)
    if shared < _FEWEST_TELLING:
        return 2.0
    if not is_day:
        return _SAME
    if all(directs) or _is_judging(one) != _is_judging(other):
        return _QUOTATIONS
    return _FEW if shared == _FEWEST_TELLING else _LOOSE


def _is_judging(one: Told) -> bool:
    """Whether the verb itself is for or against something: "thanked residents"."""
    lists = load_rules("reactions").words
    return _stance(one) in lists["approving"] or _stance(one) in lists["opposing"]


def _one_object(one: Told, other: Told) -> bool:
    """Whether what two verbs of stance speak of first is spoken of in both: "thanked the crew", "thanked the army"."""
    firsts = [
        next((telling((word,)) for word in each.words if telling((word,))), frozenset())
        for each in (one, other)
    ]
    return bool(firsts[0] & other.telling) or bool(firsts[1] & one.telling)


def _verb(one: Told) -> str:
    """The verb of saying in its base form; empty where there is none."""
    return base_form(one.quote.cue.words) if one.quote.cue else ""


def _are_opposed(one: str, other: str) -> bool:
    """Whether of two verbs of stance one is for something and the other against it."""
    lists = load_rules("reactions").words
    approving, opposing = lists["approving"], lists["opposing"]
    return (one in approving and other in opposing) or (one in opposing and other in approving)


def _share(one: frozenset[str], other: frozenset[str], others: Mapping[str, int]) -> float:
    """Share of the lighter set's weight that stands in the other; 0 where one is empty."""
    lighter = min(weigh_stems(one, others), weigh_stems(other, others))
    return weigh_stems(one & other, others) / lighter if lighter else 0.0


def _stance(one: Told) -> str:
    """The verb that takes a stance in its base form; empty where none does."""
    frame = one.quote.evidence.rule.rpartition(".")[2]
    return _verb(one) if frame in load_lexicon().words["stance_frames"] else ""


def _verb_in(one: Told, other: Told) -> frozenset[str]:
    """The writer's verb where the other gives it as words: "apologised for the delay", "I am sorry for the delay"."""
    verb = telling((_stance(one),))
    return verb if verb <= other.telling else frozenset()


def _denies(one: Told) -> bool:
    """Whether a wording says no, in its own words or by its verb: "ruled out talks", "there will be no talks"."""
    has_no = not _negations().isdisjoint(plain_words(one.words))
    return has_no != (_verb(one) in load_rules("reactions").words["denying"])


@functools.cache
def _negations() -> frozenset[str]:
    return load_lexicon().words["negations"].union(load_rules("reactions").words["denials"])


def _asked(quote: Quote, words: Sequence[str]) -> frozenset[str]:
    """What stands behind "to" where somebody is asked: "called on Chile to open the border"."""
    start = 0
    if quote.kind is QuoteKind.DIRECT or not quote.evidence.rule.endswith(_ASKING):
        start = next((at for at, word in enumerate(words) if _asks(word, words[at + 1 : at + 2])), len(words))
    link = next((at for at in range(start, len(words)) if words[at] == "to"), len(words))
    return telling(words[link + 1 :])


def _asks(word: str, behind: Sequence[str]) -> bool:
    """Whether a word is a verb that asks somebody for something: "urge", "call on"."""
    lexicon = load_lexicon()
    lemma = lexicon.lemma.get(word)
    if lemma is None:
        return False
    return "urge" in lexicon.frames[lemma] or any(
        list(rest) == list(behind) for rest in lexicon.particles.get(lemma, ())
    )


def make_statements(told: Sequence[Told]) -> tuple[Statement, ...]:
    """The statements of one actor, direct words first, then the newest; the fullest direct wording is shown."""
    groups: list[list[Told]] = []
    for one in told:
        group = next((g for g in groups if any(same_statement(one, o) for o in g)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    statements = [
        (_statement(group), min(one.order for one in group), all(one.is_weak for one in group))
        for group in groups
        if any(one.is_fact or not one.is_weak for one in group)
    ]
    statements.sort(
        key=lambda pair: (
            not pair[0].is_direct,
            pair[2],
            -(pair[0].day.toordinal() if pair[0].day else 0),
            pair[1],
        )
    )
    return tuple(statement for statement, *_ in statements)


def _statement(group: Sequence[Told]) -> Statement:
    shown = max(
        [one for one in group if not one.is_weak] or [one for one in group if one.is_fact],
        key=lambda one: (
            one.quote.kind is QuoteKind.DIRECT,
            one.quote.kind is QuoteKind.MIXED,
            len(one.words),
            -one.order,
        ),
    )
    days = [one.day for one in group if one.day is not None]
    cue = shown.quote.cue or next((one.quote.cue for one in group if one.quote.cue), None)
    return Statement(
        words=shown.quote.words,
        is_direct=shown.quote.kind is QuoteKind.DIRECT,
        cue=cue.words if cue else None,
        day=min(days) if days else None,
        # Words like those that are shown come first, whoever paraphrased them before.
        citations=tuple(
            one.citation for one in sorted(group, key=lambda one: one.quote.kind is not shown.quote.kind)
        ),
    )

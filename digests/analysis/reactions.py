"""Reactions: what each actor said about a story, one statement once, with every article that carries it.

Stance: quotations and clear statements of identified actors. What a vague speaker ("analysts", "critics"), an
outlet or the writer says is left out, and so is what somebody passes on as a fact in the writer's words: that is
a key fact or a figure, unless it judges, demands, promises, denies, blames or feels (`rules/reactions.toml`).
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.analysis.actors import Actor, join_actors
from digests.analysis.coordination import is_joined, members
from digests.extract.lexicon import load_lexicon
from digests.extract.roles import find_entries, is_body, plain
from digests.rules import load_rules
from digests.rules.gazetteer import look_up
from digests.text.document import fold
from digests.text.similarity import stem, stop_words
from digests.types import (
    ActorKind,
    Citation,
    DateMention,
    Precision,
    Quote,
    QuoteKind,
    Reaction,
    Span,
    Speaker,
    Statement,
    StoryArticle,
)

# Order of kinds on a card: who is answerable first.
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            ActorKind.OFFICIAL,
            ActorKind.INTERNATIONAL,
            ActorKind.ARMED_GROUP,
            ActorKind.ANALYST,
            ActorKind.WITNESS,
            ActorKind.UNNAMED,
            ActorKind.OTHER,
            ActorKind.MEDIA,
        )
    )
}
# Share of the shorter statement's words that stand in the longer one, from which both are one statement.
_SAME = 0.8
# Words below which only equal statements are one, and below which a quotation is no statement.
_COMPARABLE = 4
_SHORTEST = 3
# Words by which a denial is longer than what it denies.
_ADDED = 3
# Stems from which two wordings of other person and tense are compared.
_FEWEST_TELLING = 2
# Days before the article after which a dated statement is history.
_RECENT_DAYS = 14
# Characters between a verb of saying and the date that it belongs to ("said in a statement on Thursday").
_NEAR = 45
# Characters before a date that opens its sentence ("In 2019", "Last month").
_OPENING = 3
_QUOTED = re.compile(r"\"[^\"]{1,400}\"?|(?<!\w)'[^'\"]{1,300}'")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True, slots=True)
class _Told:
    """One quote of one article as a candidate for a statement."""

    quote: Quote
    speaker: Speaker
    citation: Citation
    day: dt.date | None
    words: tuple[str, ...]
    # The stems that tell, without the words by which direct and reported speech differ ("we are", "it was").
    telling: frozenset[str]
    order: int
    # Too plain to be shown for itself; it may carry what another outlet gives in the speaker's own words.
    is_weak: bool = False


def gather_reactions(articles: Sequence[StoryArticle]) -> tuple[Reaction, ...]:
    """The reactions of one story: by kind of actor and country, each with its statements: direct words first,
    then the newest.

    Args:
        articles: With their facts, oldest first; copies may be among them and are cited like the others.
    """
    told = [one for article in articles for one in _candidates(article)]
    told = [_numbered(one, order) for order, one in enumerate(told)]
    # Whoever speaks in the story helps to tell who is who, also where nothing of it is shown.
    others = [
        quote.speaker
        for article in articles
        for quote in article.facts.quotes
        if quote.speaker is not None
        and quote.speaker.name.lower() not in _lists()["pronouns"]
        and not is_joined(quote.speaker)
    ]
    actors = join_actors([*(one.speaker for one in told), *others])[: len(told)]
    groups: dict[str, list[tuple[_Told, Actor]]] = {}
    for one, actor in zip(told, actors, strict=True):
        groups.setdefault(actor.key, []).append((one, actor))
    _absorb_vague(groups)
    reactions = [
        Reaction(
            actor=members[0][1].name,
            role=members[0][1].role,
            affiliation=members[0][1].affiliation,
            country=members[0][1].country,
            kind=members[0][1].kind,
            statements=_statements([one for one, _ in members]),
        )
        for members in groups.values()
        if not all(one.is_weak for one, _ in members)
    ]
    return tuple(sorted(reactions, key=_reaction_order))


def _reaction_order(reaction: Reaction) -> tuple[int, str, int, str]:
    latest = max((s.day.toordinal() for s in reaction.statements if s.day), default=0)
    return (_RANK[reaction.kind], reaction.country or "~", -latest, reaction.actor)


# --------------------------------------------------------------------------- what counts


def _candidates(article: StoryArticle) -> list[_Told]:
    """The quotes of one article that may be reactions."""
    found: list[_Told] = []
    tolls = [figure.evidence.span for figure in article.facts.figures]
    for quote in article.facts.quotes:
        speaker = quote.speaker
        if speaker is None or not quote.evidence.rule.startswith("quotes.said"):
            continue
        words = tuple(word.lower() for word in _WORD.findall(quote.words.replace("’", "'")))
        joined = members(speaker, article.article.text) if is_joined(speaker) else ()
        speakers = [one for one in joined or (speaker,) if _is_identified(one, quote)]
        if not speakers:
            continue
        day, is_history = _day_of(article, quote)
        if is_history:
            continue
        span = quote.evidence.span
        citation = Citation(
            article_id=article.article.id, span=span, text=article.article.text[span.start : span.end]
        )
        is_weak = not _says_something(quote, words, tolls)
        found += [
            _Told(quote, one, citation, day, words, _telling(words), 0, is_weak=is_weak) for one in speakers
        ]
    return found


def _numbered(one: _Told, order: int) -> _Told:
    return replace(one, order=order)


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    roles, quotes = load_rules("roles").words, load_rules("quotes").words
    return {
        "vague": frozenset(roles["vague_heads"]),
        "bare": frozenset(roles["bare_heads"]),
        "nothing": frozenset(load_rules("reactions").words["nothing"]),
        "silence": frozenset(load_rules("reactions").words["silence"]),
        "some": frozenset(quotes["vague_determiners"]),
        "telling": frozenset(load_rules("reactions").words["telling_verbs"]),
        "toll": frozenset(roles["toll_words"]),
        "pronouns": frozenset((*quotes["subject_pronouns"], *quotes["personal_pronouns"])),
        "no_stances": frozenset(quotes["no_stances"]),
        "joins": frozenset(quotes["coordinators"]),
        "documents": frozenset(quotes["document_nouns"]),
        "stances": frozenset(quotes["stance_frames"]),
        "negations": frozenset(quotes["negations"]),
    }


def _is_identified(speaker: Speaker, quote: Quote) -> bool:
    """Whether a reader learns from the speaker's name who speaks."""
    lists = _lists()
    tokens = speaker.name.replace("’", "'").split()
    if not tokens or speaker.kind is ActorKind.MEDIA or speaker.name.lower() in lists["pronouns"]:
        return False
    lows = {token.lower() for token in tokens}
    if tokens[0].lower() == "the" and len(tokens) == 2 and tokens[1] in lists["bare"]:
        return False
    if lows & lists["joins"] or (tokens[0][0].islower() and lows & lists["documents"]):
        return False
    is_direct = quote.kind is QuoteKind.DIRECT
    is_known = speaker.kind is ActorKind.INTERNATIONAL or look_up(speaker.name) is not None
    if not is_known and (tokens[-1].lower() in lists["vague"] or tokens[0].lower() in lists["some"]):
        return False
    if speaker.kind is ActorKind.UNNAMED:
        return is_direct
    if speaker.kind is ActorKind.WITNESS:
        return quote.kind is not QuoteKind.INDIRECT
    if speaker.role and speaker.role.split()[-1].lower() in lists["vague"]:
        return False
    if speaker.role and tokens[-1][0].islower():
        # A phrase and no name ("the town's clerk"): its words count, a paraphrase of them does not.
        return is_direct and speaker.kind is not ActorKind.OTHER
    if any(token[0].isupper() for token in tokens):
        if speaker.kind is not ActorKind.OTHER or speaker.role:
            return True
        if quote.kind is QuoteKind.INDIRECT:
            return _is_full_name(tokens) and (_takes_stance(quote) or _verb(quote) in lists["telling"])
        return len(tokens) > 1 or is_direct
    if speaker.kind is ActorKind.OFFICIAL and speaker.role is None:
        return True
    return is_direct and speaker.kind is not ActorKind.OTHER


def _is_full_name(tokens: Sequence[str]) -> bool:
    """Whether a speaker whom no list knows has the name of a person or body: capitals, or a known noun of a body."""
    if len(tokens) < 2 or not tokens[0][0].isupper() or not tokens[-1][0].isupper():
        return False
    return all(token[0].isupper() for token in tokens) or any(
        is_body(entry) for entry in find_entries([plain(token) for token in tokens])
    )


def _says_something(quote: Quote, words: Sequence[str], tolls: Sequence[Span]) -> bool:
    """Whether the words are a statement and no count of victims, fragment or furniture."""
    if quote.kind is QuoteKind.DIRECT:
        return len(words) >= _SHORTEST
    if quote.kind is QuoteKind.MIXED and _quoted_words(quote.words) >= _SHORTEST:
        return True
    verb = _verb(quote)
    if _frame(quote) in _lists()["stances"]:
        is_silence = words[0] in _lists()["nothing"] and not _lists()["silence"].isdisjoint(words[1:4])
        return _takes_stance(quote) and not is_silence and (len(words) > 1 or _frame(quote) != "call")
    if _lists()["toll"] & set(words) or any(span.meets(quote.evidence.span) for span in tolls):
        return False
    if verb in _lists()["telling"]:
        return len(words) > 1
    is_judge = quote.speaker is not None and quote.speaker.kind is ActorKind.ANALYST
    return len(words) >= _COMPARABLE and (is_judge or _is_telling(quote.words))


def _frame(quote: Quote) -> str:
    return quote.evidence.rule.rpartition(".")[2]


def _takes_stance(quote: Quote) -> bool:
    """Whether the verb itself is the reaction: "condemned the raid", "urged both sides to talk"."""
    return _frame(quote) in _lists()["stances"] and _verb(quote) not in _lists()["no_stances"]


def _verb(quote: Quote) -> str:
    """The verb of saying in its base form; empty where none was found."""
    cue = quote.cue.words.split()[0].lower() if quote.cue else ""
    return load_lexicon().lemma.get(cue, cue)


def _quoted_words(words: str) -> int:
    """Words that stand in quotation marks inside a clause."""
    return sum(len(_WORD.findall(piece)) for piece in _QUOTED.findall(fold(words)))


def _is_telling(words: str) -> bool:
    """Whether a clause in the writer's words holds a judgement, a demand, a promise, a denial or a feeling."""
    folded = fold(words)
    return any(rule.pattern.search(folded) for rule in load_rules("reactions").rules)


def _day_of(article: StoryArticle, quote: Quote) -> tuple[dt.date | None, bool]:
    """The day on which it was said, and whether the sentence puts that long before the article."""
    published = article.article.published_on
    sentence, content = quote.evidence.sentence, quote.evidence.span
    cue = quote.cue.span.start if quote.cue else content.start
    beside = [
        d
        for d in article.facts.dates
        if d.first is not None and not content.covers(d.evidence.span) and _dates_the_saying(d, cue, sentence)
    ]
    if not beside:
        return published, False
    nearest = min(beside, key=lambda d: abs(d.evidence.span.start - cue))
    if published is not None and nearest.last is not None:
        if (published - nearest.last).days > _RECENT_DAYS:
            return nearest.first, True
        if nearest.last > published:
            return published, False
    return (_whole_day(nearest) or published), False


def _dates_the_saying(mention: DateMention, cue: int, sentence: Span) -> bool:
    """Whether a date stands where it tells when something was said: by the verb, or first in the sentence."""
    start = mention.evidence.span.start
    if 0 <= start - sentence.start <= _OPENING:
        return mention.precision in {Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.YEAR}
    return abs(start - cue) <= _NEAR and mention.precision in {Precision.DAY, Precision.TIME}


def _whole_day(mention: DateMention) -> dt.date | None:
    return mention.first if mention.first == mention.last else None


# --------------------------------------------------------------------------- one statement once


def _same_statement(one: _Told, other: _Told) -> bool:
    """Whether two statements of one actor are one: most words of the shorter stand in the longer."""
    if one.words == other.words:
        return True
    first, second = set(one.words), set(other.words)
    is_denied = [not _lists()["negations"].isdisjoint(words) for words in (first, second)]
    if is_denied[0] != is_denied[1] and abs(len(first) - len(second)) <= _ADDED:
        # "We accept it", "we do not accept it"; what is much longer may deny something else besides.
        return False
    smaller = min(len(first), len(second))
    if smaller >= _COMPARABLE and len(first & second) >= _SAME * smaller:
        return True
    # "We are deeply worried", "it was deeply worried": person and tense apart, but not what is denied.
    smaller = min(len(one.telling), len(other.telling))
    return (
        smaller >= _FEWEST_TELLING
        and is_denied[0] == is_denied[1]
        and len(one.telling & other.telling) >= _SAME * smaller
    )


def _telling(words: Sequence[str]) -> frozenset[str]:
    """The stems of the words that are no everyday ones."""
    stops = stop_words()
    return frozenset(
        stem(word) for word in words if word.removesuffix("'s") not in stops and word not in stops
    )


def _statements(told: Sequence[_Told]) -> tuple[Statement, ...]:
    """The statements of one actor, direct words first, then the newest; the fullest direct wording is shown."""
    groups: list[list[_Told]] = []
    for one in told:
        group = next((g for g in groups if any(_same_statement(one, o) for o in g)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    shown = [group for group in groups if not all(one.is_weak for one in group)]
    statements = [(_statement(group), min(one.order for one in group)) for group in shown]
    statements.sort(
        key=lambda pair: (
            not pair[0].is_direct,
            -(pair[0].day.toordinal() if pair[0].day else 0),
            pair[1],
        )
    )
    return tuple(statement for statement, _ in statements)


def _statement(group: Sequence[_Told]) -> Statement:
    shown = max(
        (one for one in group if not one.is_weak),
        key=lambda one: (one.quote.kind is QuoteKind.DIRECT, len(one.words), -one.order),
    )
    days = [one.day for one in group if one.day is not None]
    cue = shown.quote.cue or next((one.quote.cue for one in group if one.quote.cue), None)
    return Statement(
        words=shown.quote.words,
        is_direct=shown.quote.kind is QuoteKind.DIRECT,
        cue=cue.words if cue else None,
        day=min(days) if days else None,
        citations=tuple(one.citation for one in group),
    )


def _absorb_vague(groups: dict[str, list[tuple[_Told, Actor]]]) -> None:
    """Give what "a security expert" said to the named actor who said the same, and drop the vague one."""
    named = {
        key: members
        for key, members in groups.items()
        if any(word[0].isupper() for word in members[0][1].name.split())
    }
    for key in [key for key in groups if key not in named]:
        rest: list[tuple[_Told, Actor]] = []
        for one, actor in groups[key]:
            owner = next(
                (
                    members
                    for members in named.values()
                    if any(_same_statement(one, other) for other, _ in members)
                ),
                None,
            )
            if owner is None:
                rest.append((one, actor))
            else:
                owner.append((one, owner[0][1]))
        groups[key] = rest

"""Reactions: what each actor said about a story, one statement once, with every article that carries it.

Stance: quotations and clear statements of identified actors. What a vague speaker ("analysts", "critics"), an
outlet or the writer says is left out, and so is what a body passes on as a fact in the writer's words: that is
a key fact or a figure, unless it judges, demands, promises, denies, blames or feels (`rules/reactions.toml`). A
person by name and office gives an account: whole facts, but no counts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from digests.analysis.actors.actors import Actor, join_actors
from digests.analysis.actors.coordination import is_joined, members
from digests.analysis.actors.names import name_speakers
from digests.analysis.actors.people import fold_name
from digests.analysis.statements.statements import (
    Told,
    count_in_story,
    make_statements,
    make_told,
    same_statement,
    same_words,
)
from digests.analysis.statements.wording import find_words
from digests.analysis.statements.worth import (
    is_identified,
    is_past,
    is_person,
    pronouns,
    says_something,
    takes_stance,
    tells_fact,
    tells_something,
)
from digests.extract.pages.issuers import Issuer, find_issuer
from digests.extract.speakers.profiles import read_phrase
from digests.extract.speakers.roles import find_entries, is_body, plain
from digests.extract.speech.lexicon import load_lexicon
from digests.rules import load_rules
from digests.rules.gazetteer import look_up
from digests.rules.given_names import is_given_name
from digests.text.document import fold
from digests.types import (
    ActorKind,
    Citation,
    DateMention,
    Evidence,
    Precision,
    Quote,
    QuoteKind,
    Reaction,
    Span,
    Speaker,
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
# Days before the article after which a dated statement is history.
_RECENT_DAYS = 14
# Dates of so long a time that what was said in one that is over is history.
_WHOLE = frozenset({Precision.MONTH, Precision.YEAR})
# Characters between a verb of saying and the date that it belongs to ("said in a statement on Thursday").
_NEAR = 45
# Sentences of a statement in its issuer's own person that are taken.
_MOST_ISSUED = 6
# Words of a stance on what was told before ("rejected that version"), and characters to the sentence that explains it.
_POINTING = 3
_NEXT_SENTENCE = 2
# Characters between a verb and what is said in which its hearer stands ("told reporters that").
_HEARER = 60
# Words from a speaker to a verb in the infinitive that is its own: "went on late on Monday to say".
_LONGEST_INFINITIVE = 6
# Characters in front of a pronoun in which the noun of its relative clause stands.
_RELATIVE = 60
# Characters of a sentence's head that may say that it is about something else.
_HEAD = 32
# Characters before a date that opens its sentence ("In 2019", "Last month").
_OPENING = 3


def gather_reactions(articles: Sequence[StoryArticle]) -> tuple[Reaction, ...]:
    """The reactions of one story: by kind of actor and country, each with its statements: direct words first,
    then the newest.

    Args:
        articles: With their facts, oldest first; copies may be among them and are cited like the others.
    """
    known = _known_names(articles)
    told = [one for article in articles for one in _candidates(article, known)]
    told = [_numbered(one, order) for order, one in enumerate(told)]
    # Whoever speaks in the story helps to tell who is who, also where nothing of it is shown.
    others = [
        quote.speaker
        for article in articles
        for quote in article.facts.quotes
        if quote.speaker is not None
        and quote.speaker.name.lower() not in pronouns()
        and not is_joined(quote.speaker)
    ]
    actors = join_actors([*(one.speaker for one in told), *others])[: len(told)]
    told = count_in_story(told, [actor.key for actor in actors])
    groups: dict[str, list[tuple[Told, Actor]]] = {}
    for one, actor in zip(told, actors, strict=True):
        groups.setdefault(actor.key, []).append((one, actor))
    _absorb_vague(groups)
    _absorb_bodies(groups)
    reactions = [
        Reaction(
            actor=members[0][1].name,
            role=members[0][1].role,
            affiliation=members[0][1].affiliation,
            country=members[0][1].country,
            kind=members[0][1].kind,
            statements=make_statements([one for one, _ in members]),
        )
        for members in groups.values()
        if not all(one.is_weak for one, _ in members) or _is_told_by_one(members)
    ]
    return tuple(sorted(reactions, key=_reaction_order))


def _is_told_by_one(members: Sequence[tuple[Told, Actor]]) -> bool:
    """Whether facts are all that a person by name and office tells: they are an account of what happened."""
    return any(
        one.is_fact and is_person(who.name, who.role or who.affiliation, who.kind) for one, who in members
    )


def _reaction_order(reaction: Reaction) -> tuple[int, str, int, str]:
    latest = max((s.day.toordinal() for s in reaction.statements if s.day), default=0)
    return (_RANK[reaction.kind], reaction.country or "~", -latest, reaction.actor)


# --------------------------------------------------------------------------- what counts


def _candidates(article: StoryArticle, known: frozenset[str]) -> list[Told]:
    """The quotes of one article that may be reactions."""
    found: list[Told] = []
    tolls = [figure.evidence.span for figure in article.facts.figures]
    stance: Quote | None = None
    issuer = find_issuer(article.article.text)
    named = name_speakers(article.article, article.facts.quotes, issuer)
    for quote in (*_issued(article, issuer), *_joined(article.article.text, named)):
        speaker = quote.speaker
        if speaker is None or not _is_said(article, quote) or _only_frames(article, quote):
            continue
        if _is_elsewhere(article.article.text, quote):
            continue
        words = find_words(quote.words)
        is_backed = stance is not None and _goes_on(stance, quote)
        if len(words) <= _POINTING and takes_stance(quote):
            stance = quote
        joined = members(speaker, article.article.text) if is_joined(speaker) else ()
        speakers = [one for one in joined or (speaker,) if is_identified(one, quote, known)]
        if not speakers or _is_label(article, quote) or _is_misread(article.article.text, quote):
            continue
        day, is_history = _day_of(article, quote)
        if is_history:
            continue
        citation = _cite(article, quote)
        is_cut = _is_headlined(article, quote) or _has_gap(article, quote)
        is_weak = is_cut or not says_something(quote, words, tolls, is_backed=is_backed)
        is_fact = is_weak and not is_cut and tells_fact(quote, words, tolls)
        found += [make_told(quote, one, citation, day, is_weak=is_weak, is_fact=is_fact) for one in speakers]
    return found


def _joined(text: str, quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes with one made of each two that are one sentence around its verb: ""The gate," she said, "is shut"."

    The evidence is the whole of it, the verb included.
    """
    found: list[Quote] = []
    for quote in quotes:
        last = found[-1] if found else None
        if last is not None and _is_split(text, last, quote):
            span = Span(start=last.evidence.span.start, end=quote.evidence.span.end)
            words = f"{last.words.rstrip(' ,')}, {quote.words}"
            found[-1] = replace(last, words=words, evidence=replace(last.evidence, span=span))
        else:
            found.append(quote)
    return found


def _is_split(text: str, first: Quote, second: Quote) -> bool:
    """Whether a verb of saying with its speaker stands inside one quoted sentence: a comma, and then a small letter."""
    if first.kind is not QuoteKind.DIRECT or second.kind is not QuoteKind.DIRECT or first.cue is None:
        return False
    if second.cue is None or first.cue.span != second.cue.span or not second.words[:1].islower():
        return False
    if not first.evidence.span.end <= first.cue.span.start < second.evidence.span.start:
        return False
    return "," in text[first.evidence.span.end - 1 : first.evidence.span.end + 2]


def _issued(article: StoryArticle, issuer: Issuer | None) -> list[Quote]:
    """What the issuer of a page that is a statement says: in its own person, and where it denies, demands or judges."""
    if issuer is None:
        return []
    text = article.article.text
    profile = read_phrase(issuer.name, fold(issuer.name))
    speaker = Speaker(
        name=issuer.name, words=issuer.name, span=issuer.span, role=None, affiliation=None,
        country=profile.country, kind=profile.kind,
    )  # fmt: skip
    taken = [quote.evidence.sentence for quote in article.facts.quotes if quote.speaker is not None]
    told = [
        span
        for span in issuer.told
        if not any(span.meets(other) for other in taken) and tells_something(text[span.start : span.end])
    ]
    return [
        Quote(
            words=text[span.start : span.end],
            kind=QuoteKind.DIRECT,
            speaker=speaker,
            cue=None,
            evidence=Evidence(
                article_id=article.article.id, span=span, sentence=span, rule="quotes.said.issued"
            ),
        )
        for span in (*issuer.said[:_MOST_ISSUED], *told[:_MOST_ISSUED])
    ]


def _is_said(article: StoryArticle, quote: Quote) -> bool:
    """Whether words were said, and are not only thought or still to come: "hoped that", "will question the mayor".

    What stands in quotation marks was said, whatever verb leads to it.
    """
    if quote.kind is QuoteKind.DIRECT:
        return True
    if not quote.evidence.rule.startswith("quotes.said") or quote.speaker is None or quote.cue is None:
        return quote.evidence.rule.startswith("quotes.said")
    between = article.article.text[quote.speaker.span.end : quote.cue.span.start]
    return not takes_stance(quote) or is_past(between)


def _is_elsewhere(text: str, quote: Quote) -> bool:
    """Whether a sentence says at its head that it is about something else: "In an unrelated case, a court"."""
    start = quote.evidence.sentence.start
    return text[start : start + _HEAD].lower().startswith(tuple(load_rules("reactions").words["elsewhere"]))


def _only_frames(article: StoryArticle, quote: Quote) -> bool:
    """Whether a paper is only where somebody's words stand: ""I am glad," she said, according to the report"."""
    if quote.kind is not QuoteKind.MIXED or not quote.evidence.rule.endswith(".according"):
        return False
    return any(
        other.kind is QuoteKind.DIRECT
        and other.cue is not None
        and quote.evidence.span.meets(other.evidence.span)
        and quote.evidence.span.meets(other.cue.span)
        for other in article.facts.quotes
    )


def _goes_on(stance: Quote, quote: Quote) -> bool:
    """Whether a quote follows a short stance of its speaker: "rejected that. No bolt broke, he said"."""
    if stance.speaker is None or quote.speaker is None or stance.speaker.name != quote.speaker.name:
        return False
    gap = quote.evidence.sentence.start - stance.evidence.sentence.end
    return gap <= _NEXT_SENTENCE and stance.evidence.span.start < quote.evidence.span.start


def _is_label(article: StoryArticle, quote: Quote) -> bool:
    """Whether the speaker of a headline is what it is about: "Ferry disaster: 'We had no warning'", "Chile: 'Stop'"."""
    speaker = quote.speaker
    if quote.evidence.rule.endswith(".issued"):
        return False
    if speaker is None or quote.cue is not None or speaker.role:
        return False
    if speaker.kind is not ActorKind.OTHER and look_up(speaker.name) is None:
        return False
    text = article.article.text
    start, end = quote.evidence.span.start, quote.evidence.span.end
    line = text[text.rfind("\n", 0, start) + 1 : end]
    return (
        "\n" not in text[:start].strip() or line.strip() == (article.article.title or "")[: len(line.strip())]
    )


def _is_misread(text: str, quote: Quote) -> bool:
    """Whether a paraphrase can be none of its speaker's: the verb is another one's object ("pulled out of talks to
    direct the film"), or what is said begins with the speaker's own name ("the mayor wrote the mayor told a friend").
    """
    if quote.kind is QuoteKind.DIRECT or quote.cue is None or quote.speaker is None:
        return False
    between = text[quote.speaker.span.end : quote.cue.span.start].split()
    if between[-1:] == ["to"] and len(between) > _LONGEST_INFINITIVE:
        return True
    if between[-1:] == ["and"] and any(
        word in between for word in load_rules("reactions").words["takes_over"]
    ):
        return True
    name = quote.speaker.name.split()[-1:]
    return name == quote.words.split(maxsplit=1)[:1] and name[0][:1].isupper()


def _is_headlined(article: StoryArticle, quote: Quote) -> bool:
    """Whether a paraphrase is a headline's, which leaves words out: "Arden mourns its dead as ferry is raised"."""
    title = article.article.title or ""
    is_inside = quote.evidence.span.end <= len(title) and article.article.text.startswith(title)
    return is_inside and quote.kind is QuoteKind.INDIRECT


def _has_gap(article: StoryArticle, quote: Quote) -> bool:
    """Whether a paraphrase lacks what a relative clause is about: "the dose he said was safe", "which she said"."""
    speaker = quote.speaker
    if quote.kind is not QuoteKind.INDIRECT or speaker is None or speaker.words not in pronouns():
        return False
    before = article.article.text[max(0, speaker.span.start - _RELATIVE) : speaker.span.start]
    noun = re.search(r"(?:^|\s)([a-z]+) $", before)
    lists = load_lexicon().words
    if noun is None or speaker.span.end > quote.evidence.span.start:
        return False
    rules = load_rules("reactions").words
    if noun[1] in lists["clause_relatives"]:
        return noun[1] not in rules["lasting_relatives"]
    is_lead = any(noun[1] in lists[name] for name in rules["gap_leads"]) or noun[1] in load_lexicon().lemma
    return not is_lead and not re.search(
        rf"(?:^|[.!?,:;\"]\s+)[A-Z]\w*(?: [\w'-]+){{0,5}} {noun[1]} $", before
    )


def _cite(article: StoryArticle, quote: Quote) -> Citation:
    """The words of a quotation; a paraphrase with the verb in front of it ("condemned the raid")."""
    span, cue = quote.evidence.span, quote.cue
    if quote.kind is not QuoteKind.DIRECT and cue is not None and 0 <= span.start - cue.span.end <= _HEARER:
        span = Span(start=cue.span.start, end=span.end)
    return Citation(
        article_id=article.article.id, span=span, text=article.article.text[span.start : span.end]
    )


def _known_names(articles: Sequence[StoryArticle]) -> frozenset[str]:
    """The folded names that some article of the story says something of: an office, or what kind of body it is."""
    names: set[str] = set()
    for article in articles:
        for quote in article.facts.quotes:
            speaker = quote.speaker
            if speaker is None or speaker.kind is ActorKind.MEDIA or not speaker.name[:1].isupper():
                continue
            words = [plain(word) for word in speaker.words.split()]
            is_told = speaker.role or any(is_body(entry) for entry in find_entries(words))
            if is_told or (len(words) == 1 and _is_written_inside(speaker.name, article.article.text)):
                names.add(fold_name(speaker.name))
                if speaker.role and len(speaker.name.split()) > 1:
                    # Another page may have but the surname.
                    names.add(fold_name(speaker.name.split()[-1]))
            elif speaker.role is None and not is_given_name(words[0]):
                # "Selvo Power" is "Selvo" elsewhere.
                names.update(fold_name(word) for word in speaker.name.split()[:1] if len(words) > 1)
    return frozenset(names)


def _is_written_inside(name: str, text: str) -> bool:
    """Whether a single word has its capital inside a sentence too, and so is a name: "the refiner Alderoil"."""
    return re.search(rf"[a-z] {re.escape(name)}\b", text) is not None


def _numbered(one: Told, order: int) -> Told:
    return replace(one, order=order)


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
        if nearest.precision in _WHOLE and nearest.last < published:
            # "Last month the envoy had warned": before what the page is about.
            return nearest.first, True
        if nearest.last > published:
            return published, False
    return (_whole_day(nearest) or published), False


def _dates_the_saying(mention: DateMention, cue: int, sentence: Span) -> bool:
    """Whether a date stands where it tells when something was said: by the verb, or first in the sentence."""
    start = mention.evidence.span.start
    if 0 <= start - sentence.start <= _OPENING:
        return mention.precision in {Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.YEAR}
    # "he said." and a sentence on: "On Sunday the agency had warned" dates no words.
    told = mention.evidence.sentence
    return abs(start - cue) <= _NEAR and mention.names_day and told.start <= cue < told.end


def _whole_day(mention: DateMention) -> dt.date | None:
    return mention.first if mention.first == mention.last else None


# --------------------------------------------------------------------------- who else said it


def _absorb_vague(groups: dict[str, list[tuple[Told, Actor]]]) -> None:
    """Give what "a security expert" said to the named actor who said the same, and drop the vague one.

    In the same words: that both come to one thing ("we will respond") makes nobody the unnamed source.
    """
    named = {
        key: members
        for key, members in groups.items()
        if any(word[0].isupper() for word in members[0][1].name.split())
    }
    for key in [key for key in groups if key not in named]:
        _hand_over(groups, key, list(named.values()), same=same_words)


def _absorb_bodies(groups: dict[str, list[tuple[Told, Actor]]]) -> None:
    """Give what a state or a body said to the person or institution of its that said the same.

    Twice, because what was taken in may bring another wording: "condemned the raid" brings "condemns raid".
    """
    for key in [*groups] * 2:
        told = groups[key]
        body = told[0][1] if told else None
        if body is None or body.role is not None:
            continue
        owners = [
            others
            for other, others in groups.items()
            if other != key and others and _speaks_for(others[0][1], body, key, other)
        ]
        _hand_over(groups, key, owners)


def _hand_over(
    groups: dict[str, list[tuple[Told, Actor]]],
    key: str,
    owners: Sequence[list[tuple[Told, Actor]]],
    same: Callable[[Told, Told], bool] = same_statement,
) -> None:
    """Give each statement under a key to the first of some others who said the same; the rest stays."""
    rest: list[tuple[Told, Actor]] = []
    for one, actor in groups[key]:
        owner = next((said for said in owners if any(same(one, other) for other, _ in said)), None)
        if owner is None:
            rest.append((one, actor))
        else:
            owner.append((one, owner[0][1]))
    groups[key] = rest


def _is_name_of(body: str, affiliation: str) -> bool:
    """Whether an affiliation is a body, which may have in front what it is: "rail operator Selvo"."""
    return body in affiliation or body.endswith(f" {affiliation}")


def _speaks_for(actor: Actor, body: Actor, body_key: str, key: str) -> bool:
    """Whether an actor is a person, or of a state an institution, that speaks for a body."""
    if actor.role is None and not (body_key.startswith("country:") and key.startswith("body:")):
        return False
    if actor.affiliation and _is_name_of(fold_name(body.name), fold_name(actor.affiliation)):
        return True
    is_state = body.kind in {ActorKind.OFFICIAL, ActorKind.INTERNATIONAL}
    return is_state and actor.kind is body.kind and body.country is not None and actor.country == body.country

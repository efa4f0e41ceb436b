"""What several independent articles of a story tell: whole sentences as written, the most supported first.

Stance: better few facts than a doubtful one. A sentence is a key fact where at least two independent voices tell it,
and where it stands on its own: it is no quotation, no question, no opinion and leans on no sentence before it, but for
whoever spoke there, whose name then stands in brackets. Where outlets tell different sides of an event few sentences
meet; then follow those that hold most of what several speak of, with one report alone behind each, but nothing that a
later toll has left behind.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace

from digests.analysis.sentences.candidates import Candidate, disputed_aspects, stands_alone, weigh
from digests.analysis.sentences.choosing import Coverage, choose_facts, may_lead
from digests.analysis.sentences.leads import (
    choose_lead,
    is_outdated,
    last_toll,
    main_kind,
    newest_telling,
    raised_counts,
)
from digests.analysis.sentences.support import Sentences
from digests.analysis.sentences.told import Told
from digests.stories.copies import voices_of
from digests.types import Citation, KeyFact, StoryArticle

# Facts of a story with a single voice: its opening.
_MOST_OF_ONE = 5
# Sentences of one report of which it is asked whether its copies have kept them.
_MOST_OPENING = 40
# Sentences tried for support; in a long affair the openings come first.
_MOST_TRIED = 400
# The rule that reads an hour without its day.
_HOUR_ALONE = "dates.clock.alone"


def find_key_facts(articles: Sequence[StoryArticle]) -> tuple[KeyFact, ...]:
    """The facts of a story, best first, each about something else; at most fifteen.

    Of one report alone, and its copies, the sentences that open it; those that the copies have kept come first.
    """
    originals = [item for item in articles if item.copy_of is None] or list(articles)
    voices = voices_of(
        [item.article for item in articles], {i.article.id: i.copy_of for i in articles if i.copy_of}
    )
    sentences = Sentences(articles)
    is_one = False
    if len({voices[item.article.id] for item in originals}) < 2:
        if len(originals) < 2:
            return _opening(sentences, originals[0].article.id) if originals else ()
        # Several reports of one outlet: what it tells again and again is its story, though nobody else says so.
        voices = {item.article.id: item.article.id for item in articles}
        is_one = True
    own = sorted(
        (told for told in sentences.all if told.item.copy_of is None),
        key=lambda told: (told.position, told.item.article.id),
    )
    tried = list(itertools.islice(filter(stands_alone, own), _MOST_TRIED))
    kind = main_kind(originals)
    toll = last_toll(originals, kind) if kind else 0
    disputed = disputed_aspects(originals)
    weighed = [weigh(told, sentences, voices, disputed) for told in tried]
    # What happened stands first even where no two reports agree on it ("three killed", "five killed").
    coverage = Coverage(sentences, voices)
    told = weighed if kind else [c for c in weighed if may_lead(c, weighed, sentences, coverage)]
    lead = choose_lead(told, kind, toll, sentences)
    chosen = choose_facts(weighed, lead, sentences, coverage, toll=toll, kind=kind)
    facts = (_fact(c, kind, toll) for c in chosen)
    return tuple(replace(fact, support=fact.support[:1]) if is_one else fact for fact in facts)


def _opening(sentences: Sentences, first: str) -> tuple[KeyFact, ...]:
    """The first sentences of an article that stand alone, in their order.

    What a copy has left out may be a page's own furniture, so sentences that copies repeat go first.
    """
    alone = [told for told in sentences.all if told.item.article.id == first and stands_alone(told)]
    kept = [told for told in alone[:_MOST_OPENING] if sentences.retellings(told)]
    chosen = kept[:_MOST_OF_ONE] if len(kept) >= _MOST_OF_ONE else alone[:_MOST_OF_ONE]
    return tuple(
        KeyFact(
            text=told.readable,
            score=round(0.5 / (1 + 0.15 * told.position), 3),
            support=(_cite(told),),
            days=_days(told),
        )
        for told in chosen
    )


def _fact(candidate: Candidate, kind: str | None, toll: int) -> KeyFact:
    """A candidate as a fact, in the words of whichever of its sentences gives the last toll.

    Where that is not its own, those that give an earlier toll stand not behind it.
    """
    told = newest_telling(candidate, kind, toll) if kind else candidate.told
    others = [candidate.retellings[article_id].told for article_id in sorted(candidate.retellings)]
    if kind and told is not candidate.told:
        others = [other for other in others if other is not told and not is_outdated(other, kind, toll)]
    support = [told, *others]
    return KeyFact(
        text=told.readable,
        score=round(candidate.score, 3),
        support=tuple(map(_cite, support)),
        days=_days(told),
        raised=tuple(map(told.readable_at, raised_counts(told, kind, toll))) if kind else (),
    )


def _days(told: Told) -> tuple[tuple[int, dt.date], ...]:
    """The days that a sentence names only from where it was written ("on Tuesday"), by the offset behind the words.

    An hour names none: the day stands in the sentence, or the news is of it.
    """
    return tuple(
        (told.readable_at(mention.evidence.span.end - told.span.start), mention.first)
        for mention in told.item.facts.dates
        if mention.is_relative
        and mention.first
        and mention.first == mention.last
        and told.span.covers(mention.evidence.span)
        and mention.evidence.rule != _HOUR_ALONE
    )


def _cite(told: Told) -> Citation:
    return Citation(article_id=told.item.article.id, span=told.span, text=told.text)

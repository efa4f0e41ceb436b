"""Whether a page that names no incident speaks of its story's: a statement that leans on what other pages told.

"The governor said the boat had been carrying twice as many as it was licensed for" names no sinking. It came into the
story of one, and what it tells of can be no other.

Stance: such a page must share more with the reports of the incident than the story, in its own sentence or by a name,
and tell what may be told of an incident of that kind.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from digests.analysis.disputes.marks import names_in
from digests.extract.aspects.causes import OPEN, may_befall
from digests.extract.aspects.denials import may_be_done
from digests.extract.aspects.hints import may_explain, traits_of
from digests.extract.incidents import main_incident
from digests.extract.tellings.likeness import has_doer
from digests.extract.tellings.triggers import lexicon
from digests.rules import load_rules
from digests.text.document import fold
from digests.text.similarity import find_terms
from digests.types import AccountMention, Aspect, Incident, StoryArticle

# Characters of a report in which it tells what happened.
_OPENING = 1200
# Characters in which it names what was struck.
_LEAD = 300
# Telling words that a statement shares with a report.
_SHARED = 2


def is_leaning(item: StoryArticle, account: AccountMention) -> bool:
    """Whether an account is of a page that names no incident itself."""
    return not account.incident.kind and not item.facts.incidents


def leans_on(
    item: StoryArticle, account: AccountMention, incident: Incident, reports: Sequence[StoryArticle]
) -> bool:
    """Whether an account of a page that names no incident is of that of its story.

    Args:
        reports: The articles that hold the incident as theirs.
    """
    kinds = {incident.kind, *(main_incident(report.facts.incidents).kind for report in reports)}
    if incident.is_background or not any(_may_be_told(account, kind) for kind in kinds):
        return False
    text, sentence = item.article.text, account.evidence.sentence
    said = text[sentence.start : sentence.end]
    terms, names = _terms_in(said), names_in(text)
    scenes = _scenes_of(_terms_in(text[:_OPENING]))
    return any(
        len(terms & _terms_in(report.article.text[:_OPENING])) >= _SHARED
        or not scenes.isdisjoint(_scenes_of(_terms_in(report.article.text[:_LEAD])))
        or not names.isdisjoint(names_in(report.article.text))
        for report in reports
    )


def _may_be_told(account: AccountMention, kind: str) -> bool:
    """Whether what an account answers is a question of an incident of this kind."""
    match account.aspect:
        case Aspect.CAUSE:
            normal = account.normal
            return may_befall(kind) and (normal.startswith(OPEN) or may_explain(normal, traits_of(kind)))
        case Aspect.ACTOR | Aspect.VICTIMS:
            return may_be_done(kind)
        case Aspect.TARGET | Aspect.MEANS:
            return has_doer(kind)
        case _:
            return True


def _scenes_of(terms: frozenset[str]) -> frozenset[str]:
    """What of some stems an incident may befall, by one name for each thing."""
    return frozenset(_scenes()[term] for term in terms & _scenes().keys())


@functools.cache
def _scenes() -> dict[str, str]:
    """The stems of the things that an incident may befall ("dam", "ferry"), and what else they are called."""
    rules = load_rules("causes")
    alike = {str(thing): str(name) for thing, name in rules.meaning["alike"].items()}
    things = (*lexicon().words["buildings"], *rules.words["scene"], *alike)
    return {
        stem: alike.get(thing, thing)
        for thing in things
        if " " not in thing and thing not in ("it", "they")
        for stem in find_terms(thing)
    }


@functools.lru_cache(maxsize=1024)
def _terms_in(text: str) -> frozenset[str]:
    return frozenset(find_terms(fold(text)))

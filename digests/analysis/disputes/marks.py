"""Which reports of a story share no particulars: two shootings of one town, told on one weekend.

The particulars of a report are what only its own happening has: names (of streets, wards, victims, detectives), hours
and house numbers. Two reports of one happening share some; two of two happenings in one town share the town, its
hospital and its police at most.

Stance: only where both reports are rich in particulars does their sharing none tell anything.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests.rules import load_rules
from digests.rules.gazetteer import STATE_KINDS, find_names
from digests.text.document import fold
from digests.types import AccountMention, Span, StoryArticle

# Characters of a report in which its particulars stand; what follows is background and furniture.
_OPENING = 2500
# Particulars that a report must hold for its sharing none of another one's to count. Over the public pages of shootings
# that came into stories of two to six: pairs of one happening share one and more, but for pages that are lists.
_FEW = 3
# In a name of several words each is one: "Bench Warmer Too".
_NAME = re.compile(r"(?<=[a-z,;:'\"] )[A-Z][\w-]+(?: [A-Z][\w-]+)*")
_SITE = re.compile(
    r"\b(?:in|near|at|outside|around) (?:the )?(?:[a-z]+ (?:of )?){0,3}(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+)*)"
)
# Letters of a word of a name that tell no place by themselves: "Al", "St".
_SHORT = 3
_WORD = re.compile(r"[\w'-]+")
_NUMBER = re.compile(r"\b\d{3,5}(?=(?:-| )block\b)|\b(?:1[0-2]|0?[1-9])[:.][0-5]\d\b")


def find_apart(articles: Sequence[StoryArticle]) -> dict[str, tuple[str, ...]]:
    """The ids of the reports that share nothing with a report, by its id; those that share with all are left out."""
    marks = {item.article.id: _marks_in(item.article.text[:_OPENING]) for item in articles}
    rich = [(article, found) for article, found in marks.items() if found.count >= _FEW]
    apart: dict[str, set[str]] = {}
    for at, (one, ours) in enumerate(rich):
        for other, theirs in rich[at + 1 :]:
            if _are_apart(ours, theirs):
                apart.setdefault(one, set()).add(other)
                apart.setdefault(other, set()).add(one)
    return {article: tuple(sorted(others)) for article, others in apart.items()}


def are_of_other_places(
    one: StoryArticle, ours: AccountMention, other: StoryArticle, theirs: AccountMention
) -> bool:
    """Whether two answers of two reports each stand in front of a place of which the other report knows nothing.

    "It hit a house in Kelm"; "it destroyed a depot near Orsk": two strikes of one day, in one war.
    """
    if one.article.id == other.article.id:
        return False
    a, b = _sites_behind(one.article.text, ours), _sites_behind(other.article.text, theirs)
    return (
        bool(a and b)
        and not any(name in other.article.text for name in a)
        and not any(name in one.article.text for name in b)
    )


def _sites_behind(text: str, account: AccountMention) -> frozenset[str]:
    """The words of names behind a preposition of place behind an answer, but those of lands, of who speaks and of
    what many reports hold."""
    start = account.evidence.span.start
    folded = fold(text[start : account.evidence.sentence.end])
    left_out = [match.span for match in find_names(folded) if match.name.kind in STATE_KINDS]
    if account.claimant is not None and account.claimant.span.start >= start:
        speaker = account.claimant.span
        left_out.append(Span(start=speaker.start - start, end=speaker.end - start))
    return frozenset(
        word.group().removesuffix("'s")
        for match in _SITE.finditer(folded)
        for word in _WORD.finditer(folded, *match.span("name"))
        if len(word.group()) > _SHORT
        and word.group().casefold() not in _common()
        and not any(span.start <= word.start() < span.end for span in left_out)
    )


@dataclass(frozen=True, slots=True)
class _Marks:
    """The words of the names of a report and its hours and house numbers."""

    names: frozenset[str]
    numbers: frozenset[str]

    @property
    def count(self) -> int:
        return len(self.names) + len(self.numbers)


def _are_apart(ours: _Marks, theirs: _Marks) -> bool:
    """Whether two reports share nothing, or one name alone while each has hours or numbers of its own."""
    if not ours.numbers.isdisjoint(theirs.numbers):
        return False
    shared = len(ours.names & theirs.names)
    return shared == 0 or (shared == 1 and bool(ours.numbers and theirs.numbers))


def names_in(text: str) -> frozenset[str]:
    """The words of a report's names that only its own happening has, and the places below a land that it names."""
    places = {match.name.canonical for match in find_names(fold(text)) if match.name.kind not in STATE_KINDS}
    return _marks_in(text).names | places


@functools.lru_cache(maxsize=1024)
def _marks_in(text: str) -> _Marks:
    folded = fold(text)
    common = _common()
    places = [match.span for match in find_names(folded)]
    words = {
        word.group().removesuffix("'s")
        for match in _NAME.finditer(folded)
        for word in _WORD.finditer(folded, *match.span())
        if not any(span.start <= word.start() < span.end for span in places)
    }
    names = frozenset(word for word in words if word.casefold() not in common)
    return _Marks(names, frozenset(_NUMBER.findall(folded)))


@functools.cache
def _common() -> frozenset[str]:
    """Words with a capital that many reports of one town hold."""
    dates = load_rules("dates")
    return frozenset(
        (*load_rules("comparison").words["unmarked"], *dates.words["weekday"], *dates.meaning["month"])
    )

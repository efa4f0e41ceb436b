"""What an outlet changed in its own article: the figures that an edit replaced or took out.

Stance: an edit that only adds is no change of a figure. Figures of one article are held against each other by measure
and victims alone; which of several "killed" an edit meant cannot be known, so they are compared as sets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from digests.types import ArticleVersion, Facts, Figure, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureEdit:
    """Counts that stood in the text before and no longer do (`before`), and those in their place (may be none)."""

    measure: Measure
    victims: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleEdit:
    """An earlier version of an article, and what its successor changed in its figures."""

    version: ArticleVersion
    figures: tuple[FigureEdit, ...]


def find_edits(versions: Sequence[ArticleVersion], current: Facts) -> tuple[ArticleEdit, ...]:
    """Each earlier version, oldest first, held against the one that replaced it; the last against `current`."""
    successors = [*(version.facts for version in versions[1:]), current]
    return tuple(
        ArticleEdit(version=version, figures=compare_figures(version.facts, after))
        for version, after in zip(versions, successors, strict=True)
    )


def compare_figures(before: Facts, after: Facts) -> tuple[FigureEdit, ...]:
    """The counts that are gone or different, by measure and victims in the order of the earlier text."""
    old, new = _by_subject(before), _by_subject(after)
    edits = []
    for key, figures in old.items():
        measure, victims = key
        gone = _without(figures, new[key])
        if gone:
            edits.append(
                FigureEdit(measure=measure, victims=victims, before=gone, after=_without(new[key], figures))
            )
    return tuple(edits)


def _by_subject(facts: Facts) -> defaultdict[tuple[Measure, str], list[Figure]]:
    found: defaultdict[tuple[Measure, str], list[Figure]] = defaultdict(list)
    for figure in facts.figures:
        found[figure.measure, figure.group].append(figure)
    return found


def _without(figures: Sequence[Figure], others: Sequence[Figure]) -> tuple[str, ...]:
    """The words of those whose bounds none of the others has, each once."""
    known = {other.bounds for other in others}
    return tuple(dict.fromkeys(figure.words for figure in figures if figure.bounds not in known))

"""What a card has told already: a line that says it again in the same words takes the place of another.

Stance: only lines of the card give way; every statement and every day stays behind its button.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from digests.analysis.days.terms import telling_terms
from digests.text.document import fold
from digests.text.similarity import background_weight
from digests.types import Citation, KeyFact, Reaction, Statement, TimelineEntry

# Share of the shorter line's words, by how rare they are, that two lines of one day on one happening have in common,
# and the same of the words beside the names: as for key facts (`digests.analysis.sentences.choosing`).
_SAME_LINE, _SAME_ACT = 0.38, 0.28


def untold(reactions: Sequence[Reaction], facts: Sequence[KeyFact]) -> list[Reaction]:
    """The reactions without the paraphrases that a key fact above shows in its own sentence, or another paraphrase in
    its words; all of them where nothing else is left.

    Args:
        reactions: Those with statements are given back.
        facts: Those that the card shows.
    """
    said = [reaction for reaction in reactions if reaction.statements]
    shown = [citation for fact in facts for citation in fact.support[:1]]
    left = [
        replace(reaction, statements=kept)
        for reaction in said
        if (kept := tuple(s for s in reaction.statements if not _is_told(s, shown)))
    ]
    paraphrased = [r.statements[0].citations[0] for r in left if _is_cited_paraphrase(r.statements[0])]
    left = [
        reaction
        for reaction in left
        if not (
            _is_cited_paraphrase(reaction.statements[0])
            and _lies_in(reaction.statements[0].citations[0], paraphrased)
        )
    ]
    return left or said


def _is_cited_paraphrase(statement: Statement) -> bool:
    return not statement.is_direct and bool(statement.citations)


def _is_told(statement: Statement, shown: Sequence[Citation]) -> bool:
    return not statement.is_direct and any(
        _holds(other, citation) for citation in statement.citations for other in shown
    )


def _holds(whole: Citation, part: Citation) -> bool:
    is_inside = whole.span.covers(part.span) and part.span.start < part.span.end
    return whole.article_id == part.article_id and is_inside


def _lies_in(citation: Citation, others: Sequence[Citation]) -> bool:
    """Whether words are a part of others."""
    return any(_holds(other, citation) and other.span != citation.span for other in others)


def without_repeats(entries: Iterable[tuple[int, TimelineEntry]]) -> list[tuple[int, TimelineEntry]]:
    """Entries, best first, without those that tell of their day what one before them tells."""
    kept: list[tuple[int, TimelineEntry, frozenset[str], frozenset[str]]] = []
    for place, entry in entries:
        terms, names = telling_terms(fold(entry.text))
        if not any(
            entry.first == other.first
            and entry.last == other.last
            and entry.is_planned == other.is_planned
            and _is_same(terms, names, others, other_names)
            for _, other, others, other_names in kept
        ):
            kept.append((place, entry, terms, names))
    return [(place, entry) for place, entry, _, _ in kept]


def _is_same(
    terms: frozenset[str], names: frozenset[str], others: frozenset[str], other_names: frozenset[str]
) -> bool:
    if _share(terms, others) < _SAME_LINE:
        return False
    return _share(terms - names, others - other_names) >= _SAME_ACT


def _share(terms: frozenset[str], others: frozenset[str]) -> float:
    """Share of the lesser words that both have; 1 where one of them has none."""
    least = min(_weigh(terms), _weigh(others))
    return _weigh(terms & others) / least if least else 1.0


def _weigh(terms: frozenset[str]) -> float:
    return math.fsum(background_weight(term) for term in terms)

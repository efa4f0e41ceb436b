"""Why a story's figures are what they are, as plain text: one block a figure, then what came of every two.

A pair that counts different things needs no words: such pairs are told only where somebody asks for one figure.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator, Sequence

from digests.analysis.disputes.agreement import says_of
from digests.analysis.explanation import ExplainedFigure, ExplainedPair, Explanation, Outcome, tell
from digests.cards.wording import CONFLICT_LABELS, MEASURE_LABELS, time_words
from digests.trace import Reason

# Columns of a label ("claimant").
_LABEL = 12
_NARROWEST = 40


def render_explanation(
    explanation: Explanation, *, width: int = 100, only: Collection[int] | None = None
) -> str:
    """A story's figures and comparisons with their reasons, as lines of about `width` columns.

    `only`: the numbers of the figures that are told, with all comparisons of each; all figures by default, and the
    comparisons of what counts alike.
    """
    width = max(width, _NARROWEST)
    lines = [f"{_plain(explanation.story.title)}  (story {explanation.story.id})"]
    figures = {figure.number: figure for figure in explanation.figures}
    for number, figure in figures.items():
        if only is None or number in only:
            lines += ["", *_figure_lines(figure, width)]
    pairs = [pair for pair in explanation.pairs if _is_told(pair, figures, only)]
    if pairs:
        lines += ["", "COMPARISONS"]
    for pair in pairs:
        lines += _pair_lines(pair, figures, width)
    left = len(explanation.pairs) - len(pairs) + explanation.dropped
    if left and only is None:
        lines += ["", f"{left} more pairs count different things, or are too many to tell."]
    if not figures:
        lines += ["", "No figure was read in this story."]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def chosen_figures(explanation: Explanation, numbers: Collection[int], words: str | None) -> frozenset[int]:
    """The numbers of the figures that somebody asks for: by number, and by words of the figure or its sentence."""
    wanted = (words or "").casefold()
    return frozenset(
        figure.number
        for figure in explanation.figures
        if (not numbers or figure.number in numbers)
        and (not wanted or any(wanted in part.casefold() for part in _searched(figure)))
    )


def _searched(figure: ExplainedFigure) -> Iterator[str]:
    yield _plain(figure.sentence)
    yield figure.victims
    yield figure.figure.measure
    if figure.figure.claimant is not None:
        yield figure.figure.claimant.name
    if figure.incident is not None:
        yield figure.incident.label


def _is_told(pair: ExplainedPair, figures: dict[int, ExplainedFigure], only: Collection[int] | None) -> bool:
    if only is not None:
        return pair.first in only or pair.second in only
    one, two = figures[pair.first].figure, figures[pair.second].figure
    return one.measure is two.measure


def _figure_lines(explained: ExplainedFigure, width: int) -> Iterator[str]:
    figure, article = explained.figure, explained.article
    span = figure.evidence.span
    where = [article.outlet, article.title or article.external_id]
    when = time_words(article.published, year=None) if article.published is not None else "undated"
    head = f"{MEASURE_LABELS[figure.measure]}: {says_of(figure)}"
    yield f"[{explained.number}] {head}"
    told = [
        ("words", f"“{_plain(article.text[span.start : span.end])}”"),
        ("sentence", _plain(explained.sentence)),
        ("source", ", ".join([*(_plain(part) for part in where if part), when])),
        ("number", f"“{_plain(figure.words)}” is {_bounds(explained)}; read by {figure.evidence.rule}"),
        ("victims", _victims(explained)),
    ]
    if explained.total is not None:
        told.append(("part of", "; ".join([f"[{explained.total}]", *_tell_all(explained.reasons.part)])))
    claimant = figure.claimant.name if figure.claimant is not None else "nobody"
    told.append(("claimant", "; ".join([_plain(claimant), *_tell_all(explained.reasons.claimant)])))
    label = explained.incident.label if explained.incident is not None else "none"
    told.append(("incident", "; ".join([_plain(label), *_tell_all(explained.reasons.incident)])))
    told.append(("scope", "; ".join([figure.scope, *_tell_all(explained.reasons.scope)])))
    if explained.standing:
        told.append(("compared", "; ".join(_tell_all(explained.standing))))
    for name, words in told:
        yield from _labelled(name, words, width)


def _bounds(explained: ExplainedFigure) -> str:
    low, high = explained.figure.bounds.low, explained.figure.bounds.high
    about = ", roughly" if explained.figure.bounds.approximate else ""
    if low is None:
        return "no number" if high is None else f"{high:,} or fewer{about}"
    if high is None:
        return f"{low:,} or more{about}"
    return f"{low:,}{about}" if low == high else f"{low:,} to {high:,}{about}"


def _victims(explained: ExplainedFigure) -> str:
    written = explained.figure.victims
    group = explained.victims
    return f"{_plain(written)} (compared as {group})" if written and written != group else group


def _pair_lines(pair: ExplainedPair, figures: dict[int, ExplainedFigure], width: int) -> Iterator[str]:
    one, two = figures[pair.first].figure, figures[pair.second].figure
    outcome = _OUTCOMES[pair.outcome]
    if pair.kind is not None and pair.outcome is not Outcome.UPDATED:
        outcome += f" ({CONFLICT_LABELS[pair.kind]})"
    head = f"[{pair.first}] {says_of(one)} and [{pair.second}] {says_of(two)}: {outcome}"
    if pair.outcome is Outcome.APART:
        # Most pairs: a line each.
        head = f"{head}, for {'; '.join(_tell_all(pair.reasons))}"
        yield from textwrap.wrap(head, width, initial_indent="  ", subsequent_indent="      ")
        return
    yield from textwrap.wrap(head, width, initial_indent="  ", subsequent_indent="      ")
    for words in _tell_all(pair.reasons):
        yield from textwrap.wrap(words, width, initial_indent="      - ", subsequent_indent="        ")


_OUTCOMES: dict[Outcome, str] = {
    Outcome.AGREED: "they agree",
    Outcome.UPDATED: "one brings the other up to date",
    Outcome.CONFLICTING: "they conflict",
    Outcome.ASIDE: "not held against each other",
    Outcome.APART: "counted apart",
}


def _tell_all(reasons: Sequence[Reason]) -> list[str]:
    return [_plain(tell(made)) for made in reasons]


def _labelled(name: str, words: str, width: int) -> list[str]:
    first = f"    {name:<{_LABEL}}"
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=" " * len(first))


def _plain(text: str) -> str:
    """Words on one line."""
    return " ".join(text.split())

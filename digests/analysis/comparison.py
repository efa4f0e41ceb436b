"""Whether counts of one thing agree: intervals that meet, softened where their words are soft.

Stance: a false "sources disagree" is worse than a missed one. Estimates, round lower bounds and vague amounts
conflict only where they are far apart; nothing is ever averaged.
"""

from __future__ import annotations

from collections.abc import Sequence

from digests.text.numbers import Hedge, read_amount
from digests.text.tokens import tokenize
from digests.types import Bounds, Figure

# How far an estimate may lie off: "about 12" and 11 agree, "about 12" and 20 do not.
_ESTIMATE_SHARE = 0.2
# A lower bound that is a multiple of this and at least `_ROUND_FROM` is a round number, not a count.
_ROUND = 10
_ROUND_FROM = 20


def soften(bounds: Bounds) -> Bounds:
    """The interval with its estimates widened, for comparing only."""
    if not bounds.approximate:
        return bounds
    low, high = bounds.low, bounds.high
    if low is not None and high is None:
        # "dozens", "hundreds": the word begins somewhere below twice its unit
        return Bounds(low=low // 2, high=None)
    slack = max(1, round(_ESTIMATE_SHARE * max(low or 0, high or 0)))
    return Bounds(
        low=None if low is None else max(0, low - slack), high=None if high is None else high + slack
    )


def agree(a: Bounds, b: Bounds) -> bool:
    """Whether two counts can both be meant: they meet, and neither says a higher least number than the other.

    "At least 7" and "at least 9" can both be true, but a reader who is told 7 should know of the 9.
    """
    if a.is_vague or b.is_vague:
        return True
    if not soften(a).meets(soften(b)):
        return False
    if a.high is None and b.high is None and a.low is not None and b.low is not None:
        if a.approximate or b.approximate or a.low == b.low:
            return True
        return is_round_floor(min(a.low, b.low))
    return True


def is_round_floor(low: int) -> bool:
    """Whether a least number is a round one ("more than 100"), which a later exact count leaves standing."""
    return low >= _ROUND_FROM and (low % _ROUND == 0 or (low - 1) % _ROUND == 0)


def narrow_all(bounds: Sequence[Bounds]) -> Bounds | None:
    """What all intervals allow; vague ones say nothing; `None` where they do not meet."""
    firm = [one for one in bounds if not one.is_vague]
    if not firm:
        return bounds[0] if bounds else None
    exact = [one for one in firm if not one.approximate] or firm
    narrowed: Bounds | None = exact[0]
    for one in exact[1:]:
        narrowed = narrowed.narrow(one) if narrowed is not None else None
    return narrowed


def size(bounds: Bounds) -> int:
    """The number that an interval names, for ordering; 0 for a vague one."""
    return bounds.low if bounds.low is not None else bounds.high or 0


def says_of(figure: Figure) -> str:
    """A figure in digits with its hedge: "at least 9", "more than 90", "about 12", "several"."""
    low, high, about = figure.bounds.low, figure.bounds.high, figure.bounds.approximate
    if low is None and high is None:
        return figure.words
    if low == high:
        return f"about {low:,}" if about else f"{low:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    amount = read_amount(tokenize(figure.words, 0, len(figure.words)), 0)
    hedge = amount.hedge if amount is not None else Hedge.EXACT
    if high is not None:
        return f"fewer than {high + 1:,}" if hedge is Hedge.LESS_THAN else f"up to {high:,}"
    assert low is not None
    if about:
        return figure.words
    return f"more than {low - 1:,}" if hedge is Hedge.MORE_THAN else f"at least {low:,}"

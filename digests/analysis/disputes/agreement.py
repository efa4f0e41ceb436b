"""Whether two counts agree as numbers: intervals that meet, softened where their words are soft.

Hides what a hedge is worth: how far an estimate or a round least number may lie off. Nothing here knows who counted,
when or whom.

Stance: a false "sources disagree" is worse than a missed one. Estimates, round lower bounds and vague amounts
conflict only where they are far apart; nothing is ever averaged.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from digests.text.numbers import Amount, read_amount
from digests.text.numberwords import Hedge
from digests.text.tokens import tokenize
from digests.types import Bounds, Figure

# How far an estimate may lie off: "about 12" and 11 agree, "about 12" and 20 do not.
_ESTIMATE_SHARE = 0.2
# A lower bound that is a multiple of this and at least `_ROUND_FROM` is a round number, not a count.
_ROUND = 10
_ROUND_FROM = 20
# How far above a round least number another one may lie: "more than 100" beside 113, not beside 174.
_NEAR_ROUND = 1.5
# A least number that many times another one of no other source only came later: "at least 1", then "at least 5".
_FAR_FLOOR = 2
# "More than a dozen" is as round as "more than ten".
_DOZEN = 12


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


def agree(a: Figure, b: Figure) -> bool:
    """Whether two counts can both be meant: they meet, and neither says a higher least number than the other.

    "At least 7" and "at least 9" can both be true, but a reader who is told 7 should know of the 9. A round least
    number ("more than 100") stands beside a nearer one.
    """
    return agreement(a, b)[0]


def agreement(a: Figure, b: Figure) -> tuple[bool, str]:
    """Whether two counts agree, and why: a code of `rules/reasons.toml`."""
    one, two = a.bounds, b.bounds
    if one.is_vague or two.is_vague:
        return True, "agree.vague"
    if not soften(one).meets(soften(two)):
        if _is_just_over(a, b) or _is_just_over(b, a):
            return True, "agree.just_over"
        return False, "differ.apart"
    if one.high is None and two.high is None and one.low != two.low:
        if one.approximate or two.approximate:
            return True, "agree.estimate"
        if _is_just_over(a, b) or _is_just_over(b, a):
            return True, "agree.just_over"
        low, high = sorted((a, b), key=lambda figure: figure.bounds.low or 0)
        if _is_round_floor(low) and size(high.bounds) <= _NEAR_ROUND * size(low.bounds):
            return True, "agree.round"
        if size(high.bounds) >= _FAR_FLOOR * size(low.bounds) and None in (a.claimant, b.claimant):
            return True, "agree.floors"
        return False, "differ.floors"
    if one == two:
        return True, "agree.same"
    return True, "agree.meet" if one.meets(two) else "agree.estimate"


def _is_just_over(more: Figure, exact: Figure) -> bool:
    """ "more than 70" beside 70 or "at least 70": the same count, told by two people."""
    low, number = more.bounds.low, exact.bounds.low
    is_next = low is not None and low - 1 == number and hedge_of(more) is Hedge.MORE_THAN
    return is_next and number is not None and _is_even(number)


def _is_even(number: int) -> bool:
    """Whether a number is one that people round to: a ten or a dozen."""
    return number % _ROUND == 0 or number % _DOZEN == 0


def _is_round_floor(figure: Figure) -> bool:
    low = figure.bounds.low or 0
    if hedge_of(figure) is Hedge.MORE_THAN:
        return _is_even(low - 1)
    return low >= _ROUND_FROM and low % _ROUND == 0


def hedge_of(figure: Figure) -> Hedge:
    """What the figure's words do to its number; "the toll passed 100" is more than 100 by its verb."""
    amount = _amount_of(figure.words)
    if amount is None:
        return Hedge.EXACT
    if amount.bounds.low is not None and figure.bounds.low == amount.bounds.low + 1:
        return Hedge.MORE_THAN
    return amount.hedge


@functools.lru_cache(maxsize=4096)
def _amount_of(words: str) -> Amount | None:
    return read_amount(tokenize(words, 0, len(words)), 0)


def read_count(words: str) -> int:
    """The number that words begin with; 0 for none."""
    tokens = tokenize(words, 0, len(words))
    amount = read_amount(tokens, 0) if tokens.lows else None
    return size(amount.bounds) if amount is not None else 0


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
    hedge = hedge_of(figure)
    if high is not None:
        return f"fewer than {high + 1:,}" if hedge is Hedge.LESS_THAN else f"up to {high:,}"
    assert low is not None
    if about:
        return figure.words
    return f"more than {low - 1:,}" if hedge is Hedge.MORE_THAN else f"at least {low:,}"

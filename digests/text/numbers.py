"""Amounts in words and digits as intervals: "at least seven", "between 10 and 15", "dozens", "around a dozen".

Stance: a string of digits that may be a year, a price, a share or a measure is no amount of people; amounts over
`LARGEST` are no count of victims and are not read.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.text.numberwords import ONES, Hedge, NumberLexicon, load_numbers
from digests.text.tokens import Tokens, tokenize
from digests.types import Bounds

# People. The worst disasters and wars on record stay below it for any one figure in the news; above it are
# populations and money.
LARGEST = 10_000_000

# Digits between the marks of thousands.
_GROUP = 3
# Tokens within which the number stands that a hedge begins ("in the region of a hundred").
_HEDGE_REACH = 8

# Thousands grouped by threes, or by twos before the last three as in India.
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,9}")


# Not frozen, and no tuple: they are made by the way, and both would double what making and reading one costs.
@dataclass(slots=True)
class Amount:
    """An amount over `tokens[first:last]`; `is_word` where no digits stand in it. Only to be read."""

    bounds: Bounds
    first: int
    last: int
    is_word: bool = True
    hedge: Hedge = Hedge.EXACT


def may_begin_amount(word: str) -> bool:
    """Whether an amount may begin with this word: a cheap test before `read_amount`."""
    lexicon = load_numbers()
    if word in lexicon.first_words or word[:1].isdigit():
        return True
    return word.startswith(lexicon.tens) and _unit(word, lexicon) is not None


def read_amount(tokens: Tokens, index: int) -> Amount | None:
    """The amount that begins at a token, hedge and all, or None.

    "nearly 40", "between 10 and 15", "10 to 15", "dozens", "tens of thousands", "more than two dozen",
    "several". A hedge without a number behind it is none.
    """
    lexicon, lows = load_numbers(), tokens.lows
    if index >= len(lows):
        return None
    following = lows[index + 1] if index + 1 < len(lows) else ""
    if following not in lexicon.after_number and not (index and lows[index - 1] in lexicon.money):
        # A number by itself, as most are.
        alone = _alone(lows[index])
        if alone is not None and not _is_thousand(tokens, index):
            last = _behind_repeated(lows, index + 1, alone)
            return Amount(alone, index, last, not lows[index][0].isdigit())
    at, hedge = index, Hedge.EXACT
    if not lows[index][0].isdigit():
        # No phrase begins with a digit.
        if not _may_begin(lows, index, lexicon):
            return None
        if not _has_number(lows[index : index + _HEDGE_REACH], lexicon):
            return _vague(lows, index, lexicon)
        at, hedge = _hedges(tokens, index, lexicon)
    core = _core(tokens, at, lexicon)
    if core is None:
        return _vague(lows, index, lexicon)
    core.last = _behind_repeated(lows, core.last, core.bounds)
    trailing = lexicon.after.at(lows, core.last)
    if trailing is not None:
        core.last = trailing[1]
        hedge = trailing[0] if hedge is Hedge.EXACT else hedge
    if core.last < len(lows) and lows[core.last] in lexicon.percent:
        return None
    if at and lows[at - 1] in lexicon.money:
        return None
    bounds = _hedged(core.bounds, hedge)
    if bounds is None:
        return None
    return Amount(bounds=bounds, first=index, last=core.last, is_word=core.is_word, hedge=hedge)


def _behind_repeated(lows: Sequence[str], at: int, bounds: Bounds) -> int:
    """The index behind the digits that say a number in words once more: "thirty-two (32) villagers"."""
    if lows[at : at + 1] != ["("] or lows[at + 2 : at + 3] != [")"]:
        return at
    return at + 3 if lows[at + 1].replace(",", "") == str(bounds.low) and bounds.low == bounds.high else at


@functools.lru_cache(maxsize=4096)
def _alone(word: str) -> Bounds | None:
    """What a word counts where neither a hedge before it nor a word behind it changes that; None for no number."""
    lexicon = load_numbers()
    if word[0].isdigit():
        value = (
            int(word.replace(",", ""))
            if _DIGITS.fullmatch(word) and (word == "0" or word[0] != "0")
            else None
        )
    elif any(
        word in table.first_words
        for table in (lexicon.hedges, lexicon.amounts, lexicon.between, lexicon.vague)
    ):
        value = None
    else:
        value = _unit(word, lexicon)
    return _exact(value) if value is not None and value <= LARGEST else None


def _hedges(tokens: Tokens, at: int, lexicon: NumberLexicon) -> tuple[int, Hedge]:
    """Where the number behind up to three hedges begins, and the first hedge that changes anything."""
    lows = tokens.lows
    first = Hedge.EXACT
    for _ in range(3):
        hedged = lexicon.hedges.at(lows, at)
        if hedged is None:
            break
        hedge, after = hedged
        if _core(tokens, after, lexicon) is None and lexicon.hedges.at(lows, after) is None:
            break
        if hedge is Hedge.AT_MOST and at and lows[at - 1] in lexicon.goes_up:
            # "The count had gone up to 36"
            hedge = Hedge.EXACT
        # "Perhaps as many as 30": a bound says more than a doubt in front of it.
        first, at = (
            hedge if first in (Hedge.EXACT, Hedge.ABOUT) and hedge is not Hedge.EXACT else first,
            after,
        )
    return at, first


def _may_begin(lows: Sequence[str], index: int, lexicon: NumberLexicon) -> bool:
    """Whether an amount in words may begin at a token, seen from its first words: "a dozen" may, "a man" may not."""
    word = lows[index]
    if lexicon.starts.at(lows, index) is not None:
        return True
    return word.startswith(lexicon.tens) and _unit(word, lexicon) is not None


def _has_number(lows: Sequence[str], lexicon: NumberLexicon) -> bool:
    """Whether a number stands among some words."""
    if not lexicon.number_words.isdisjoint(lows):
        return True
    tens = lexicon.tens
    return any(low[0].isdigit() or low.startswith(tens) for low in lows)


def _vague(lows: Sequence[str], index: int, lexicon: NumberLexicon) -> Amount | None:
    vague = lexicon.vague.at(lows, index)
    if vague is None or (index and lows[index - 1] in lexicon.no_amount_after):
        return None
    return Amount(bounds=Bounds(low=None, high=None), first=index, last=vague[1])


def _hedged(bounds: Bounds, hedge: Hedge) -> Bounds | None:
    """The interval that a hedge makes of a number; None over the sane limit."""
    low, high = bounds.low, bounds.high
    if max(low or 0, high or 0) > LARGEST:
        return None
    if low is None or high is None or low != high:
        # A hedge in front of a range or of an open amount ("nearly hundreds") changes nothing but its firmness.
        return replace(bounds, approximate=bounds.approximate or hedge is Hedge.ABOUT)
    match hedge:
        case Hedge.AT_LEAST:
            return Bounds(low=low, high=None)
        case Hedge.MORE_THAN:
            return Bounds(low=low + 1, high=None)
        case Hedge.AT_MOST:
            return Bounds(low=None, high=high)
        case Hedge.LESS_THAN:
            return Bounds(low=None, high=max(high - 1, 0))
        case Hedge.ABOUT:
            return Bounds(low=low, high=high, approximate=True)
    return bounds


def _core(tokens: Tokens, index: int, lexicon: NumberLexicon) -> Amount | None:
    """A number, a range or a plural scale that begins exactly here."""
    lows = tokens.lows
    if index >= len(lows):
        return None
    if not lows[index][0].isdigit():
        # No phrase begins with a digit.
        named = lexicon.amounts.at(lows, index)
        if named is not None:
            return Amount(bounds=_exact(named[0]), first=index, last=named[1])
        between = lexicon.between.at(lows, index)
        if between is not None:
            return _range(tokens, index, between[1], lexicon.range_and, lexicon)
        plural = _plural_scale(lows, index, lexicon)
        if plural is not None:
            return plural
    low = _number(tokens, index, lexicon)
    return _up_to(tokens, index, index, low, lexicon.range_to, lexicon) or low


def _range(
    tokens: Tokens, first: int, at: int, joints: frozenset[str], lexicon: NumberLexicon
) -> Amount | None:
    return _up_to(tokens, first, at, _number(tokens, at, lexicon), joints, lexicon)


def _up_to(
    tokens: Tokens,
    first: int,
    at: int,
    low: Amount | None,
    joints: frozenset[str],
    lexicon: NumberLexicon,
) -> Amount | None:
    """The range whose lower number begins at `at`."""
    lows = tokens.lows
    if low is None or low.last >= len(lows) or lows[low.last] not in joints:
        return None
    high = _number(tokens, low.last + 1, lexicon)
    if high is None or high.bounds.low is None or low.bounds.low is None or high.bounds.low <= low.bounds.low:
        return None
    least = low.bounds.low
    scale = lexicon.scale.get(lows[high.last - 1], 1)
    if scale > 1 and least < scale and low.last == at + 1:
        # "one to two million": the scale belongs to both
        least *= scale
    bounds = Bounds(low=least, high=high.bounds.low)
    return Amount(bounds=bounds, first=first, last=high.last, is_word=low.is_word and high.is_word)


def _plural_scale(lows: Sequence[str], index: int, lexicon: NumberLexicon) -> Amount | None:
    """ "dozens", "hundreds of thousands", "tens of thousands"; "several hundred" and "a few dozen" too."""
    word = lows[index]
    vague = lexicon.vague.at(lows, index)
    if vague is not None and vague[1] < len(lows) and lows[vague[1]] in lexicon.scale:
        low = 2 * lexicon.scale[lows[vague[1]]]
        return Amount(bounds=Bounds(low=low, high=None, approximate=True), first=index, last=vague[1] + 1)
    low = lexicon.plural_scale.get(word, 20 if word == "tens" else 0)
    if not low:
        return None
    last = index + 1
    if last + 1 < len(lows) and lows[last] in lexicon.of and lows[last + 1] in lexicon.plural_scale:
        low *= lexicon.plural_scale[lows[last + 1]] // 2
        last += 2
    elif word == "tens":
        return None
    return Amount(bounds=Bounds(low=low, high=None, approximate=True), first=index, last=last)


@functools.lru_cache(maxsize=1024)
def _exact(value: int) -> Bounds:
    """Exactly so many; the same few numbers come again and again."""
    return Bounds(low=value, high=value)


def _number(tokens: Tokens, index: int, lexicon: NumberLexicon) -> Amount | None:
    """One exact number: "1,200", "twelve", "twenty-five", "two dozen", "a hundred and five", "1.5 million"."""
    lows = tokens.lows
    if index >= len(lows):
        return None
    word = lows[index]
    if word[0].isdigit():
        return _digits(tokens, index, lexicon)
    at = index
    if word in ONES and at + 1 < len(lows) and lows[at + 1] in lexicon.scale:
        total, at = lexicon.scale[lows[at + 1]], at + 2
    else:
        unit = _unit(word, lexicon)
        if unit is None:
            return None
        total, at = unit, at + 1
    return _scaled(lows, index, at, total, lexicon)


def _scaled(lows: Sequence[str], first: int, at: int, total: int, lexicon: NumberLexicon) -> Amount:
    """Goes on over scales and units: "hundred", "thousand", "and five"."""
    done = 0
    for _ in range(6):
        if at >= len(lows):
            break
        word = lows[at]
        if word in lexicon.scale:
            scale = lexicon.scale[word]
            total = max(total, 1) * scale
            if scale >= 1000:
                done, total = done + total, 0
            at += 1
            continue
        joint = 1 if word == "and" and (done or total >= 100) else 0
        unit = _unit(lows[at + joint], lexicon) if at + joint < len(lows) else None
        if unit is None or (total % 100 and not (total % 10 == 0 and unit < 10 and not joint)):
            break
        if not total and not done:
            break
        # "one hundred and two soldiers" adds up; "a hundred and two dozen more" is rare enough to be read the same way.
        total, at = total + unit, at + joint + 1
    value = done + total
    return Amount(bounds=_exact(value), first=first, last=at)


def _unit(word: str, lexicon: NumberLexicon) -> int | None:
    """ "twelve", "twenty-five"."""
    if word in lexicon.unit:
        return lexicon.unit[word]
    if "-" in word:
        ten, _, one = word.partition("-")
        if lexicon.unit.get(ten, 0) >= 20 and 0 < lexicon.unit.get(one, 0) < 10:
            return lexicon.unit[ten] + lexicon.unit[one]
        return None
    if not word.startswith(lexicon.tens):
        return None
    # "thirtythree": a hyphen lost at a line's end
    for length in (5, 6, 7):
        ten, one = word[:length], word[length:]
        if lexicon.unit.get(ten, 0) >= 20 and 0 < lexicon.unit.get(one, 0) < 10:
            return lexicon.unit[ten] + lexicon.unit[one]
    return None


def _digits(tokens: Tokens, index: int, lexicon: NumberLexicon) -> Amount | None:
    lows = tokens.lows
    word = lows[index]
    scaled = index + 1 < len(lows) and lows[index + 1] in lexicon.scale
    last = index + 1
    if "." in word:
        if not scaled:
            return None
        try:
            value = round(float(word) * lexicon.scale[lows[index + 1]])
        except ValueError:
            return None
        last += 1
    elif _DIGITS.fullmatch(word) and (word == "0" or word[0] != "0"):
        value = int(word.replace(",", ""))
        if _is_thousand(tokens, index):
            value, last = value * 1000 + int(lows[last]), last + 1
            scaled = last < len(lows) and lows[last] in lexicon.scale
        if scaled:
            value *= lexicon.scale[lows[last]]
            last += 1
    else:
        return None
    if last + 1 < len(lows) and lows[last] == "+" and tokens.starts[last] == tokens.ends[last - 1]:
        return Amount(bounds=Bounds(low=value, high=None), first=index, last=last + 1, is_word=False)
    return Amount(bounds=_exact(value), first=index, last=last, is_word=False)


def _is_thousand(tokens: Tokens, index: int) -> bool:
    """Whether a blank parts the thousands of a number at a token: "1 200 people", "12 500"; not "3 June 200"."""
    lows = tokens.lows
    if index + 1 >= len(lows) or tokens.starts[index + 1] - tokens.ends[index] != 1:
        return False
    rest = lows[index + 1]
    if len(rest) != _GROUP or not rest.isdigit() or len(lows[index]) > _GROUP or lows[index][0] == "0":
        return False
    if not lows[index].isdigit() or (index and lows[index - 1] in load_numbers().numbered):
        return False
    return index + 2 == len(lows) or not lows[index + 2][0].isdigit()


def read_bounds(text: str) -> Bounds | None:
    """The first amount that a text begins with ("at least 12 people" is 12..), or None."""
    amount = read_amount(tokenize(text, 0, len(text)), 0)
    return amount.bounds if amount is not None else None

"""Numbers that count nobody: days, years, ages, times of day, numbers of pages and rooms.

Stance: in front of a noun for people a number that looks like a year is a count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digests.extract.counts.crowdnouns import YEAR_OLD
from digests.extract.counts.lexicon import Lexicon
from digests.extract.counts.victims import is_person, is_plural
from digests.text.numbers import may_begin_amount, read_amount
from digests.text.tokens import Tokens

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# "ages 19 and 22", "aged 5 to 12", "pages 6 and 7"
# Tokens that a list of ages has at most: "ages 31, 33, 48, 52 and 70".
_AGES = 20
# Digits without a comma that are a code, and no count.
_CODE = 5
_JOINTS = frozenset({"and", "to", "-", ",", "or"})


def behind_uncounted(tokens: Tokens, at: int, words: Lexicon) -> int:
    """The index after a day, a year, an age, a time of day or a label's number that begins here; 0 for none."""
    lows = tokens.lows
    word = lows[at]
    following = lows[at + 1] if at + 1 < len(lows) else ""
    if word in words.months and (following[:1].isdigit() or word != "may"):
        return _behind_month(lows, at)
    if word[0].isdigit():
        return at + 1 if _is_negative(tokens, at) else _behind_digits(lows, at, following, words)
    return _behind_age(tokens, at, following, words) if word in words.ages else 0


def _behind_month(lows: Sequence[str], at: int) -> int:
    """ "March 4, 2019", "Feb. 21"."""
    last = at + 1
    if lows[last : last + 1] == ["."] and last + 1 < len(lows) and lows[last + 1][0].isdigit():
        last += 1
    while last < len(lows) and last < at + 5:
        inner = lows[last]
        if not (inner[0].isdigit() and len(inner) <= 4 and not _counts(lows, last)):
            if inner == "," and last + 1 < len(lows) and _YEAR.fullmatch(lows[last + 1]):
                last += 2
            break
        last += 1
    return last


def _behind_digits(lows: Sequence[str], at: int, following: str, words: Lexicon) -> int:
    word = lows[at]
    if following in words.months and len(word) <= 4:
        year = at + 2
        has_year = year < len(lows) and lows[year].isdigit() and not _leads_to_noun(lows, year + 1)
        return year + 1 if has_year else year
    if following in words.clock:
        return at + 2
    if following == ":" and at + 2 < len(lows) and lows[at + 2][0].isdigit():
        return at + 3
    if is_year(lows, at):
        return at + 1
    if len(word) > 1 and not word[-1].isdigit() and not YEAR_OLD.fullmatch(word):
        return at + 1
    if _is_mere_number(lows, at):
        return at + 1
    if following in words.age_old:
        # "32 year-old Ana Bell"
        return at + 2
    if at and lows[at - 1] in words.labels and not _is_counted(lows, at + 1):
        return at + 1
    if at > 2 and lows[at - 1] in _JOINTS and lows[at - 3] in words.labels and lows[at - 2][0].isdigit():
        # "pages 6 and 7"
        return at + 1
    if following == "-" and at + 2 < len(lows) and lows[at + 2] in words.age_units:
        # "4- years old"
        return _behind_units(lows, at + 2, words)
    return 0


def _is_mere_number(lows: Sequence[str], at: int) -> bool:
    """ "1 / 13", a postal code ("32348"): news counts with commas from ten thousand on."""
    if at and lows[at - 1] == "/":
        return True
    return lows[at].isdigit() and len(lows[at]) >= _CODE and not _leads_to_noun(lows, at + 1)


def _behind_age(tokens: Tokens, at: int, following: str, words: Lexicon) -> int:
    """ "ages 19 and 22", "a girl aged four died"."""
    lows = tokens.lows
    if following[:1].isdigit():
        last = _behind_units(lows, at + 2, words)
        while last < at + _AGES and (step := _next_age(lows, last)):
            last = _behind_units(lows, last + step, words)
        return last
    last = _behind_age_word(tokens, at + 1, words)
    while last and last + 1 < len(lows) and last < at + 10 and lows[last] in _JOINTS:
        # "aged two, five and nine"
        after = _behind_age_word(tokens, last + 1, words)
        if not after:
            break
        last = after
    return last


def _next_age(lows: Sequence[str], at: int) -> int:
    """Tokens up to behind the age that a joint leads to (", 27", ", and 60"); 0 where none does."""
    joints = 1 if _JOINTS.isdisjoint(lows[at + 1 : at + 2]) else 2
    is_age = lows[at : at + 1] and lows[at] in _JOINTS and lows[at + joints : at + joints + 1]
    return joints + 1 if is_age and lows[at + joints][0].isdigit() else 0


def _behind_age_word(tokens: Tokens, at: int, words: Lexicon) -> int:
    """The index behind an age in words that begins here; 0 for none, or where it counts people."""
    is_number = at < len(tokens.lows) and may_begin_amount(tokens.lows[at])
    amount = read_amount(tokens, at) if is_number else None
    if amount is None:
        return 0
    is_bound = tokens.lows[at] in words.age_bounds
    if not is_bound and (amount.bounds.low is None or amount.bounds.low != amount.bounds.high):
        return 0
    if _leads_to_noun(tokens.lows, amount.last):
        return 0
    return _behind_units(tokens.lows, amount.last, words)


def _behind_units(lows: Sequence[str], at: int, words: Lexicon) -> int:
    while at < len(lows) and lows[at] in words.age_units:
        at += 1
    return at


def is_year(lows: Sequence[str], at: int) -> bool:
    """Whether a token is a year and no count ("the 2013 killing", not "2013 people")."""
    return _YEAR.fullmatch(lows[at]) is not None and not _leads_to_noun(lows, at + 1)


def is_day(lows: Sequence[str], at: int, words: Lexicon) -> bool:
    """Whether a number is a day of the month behind it ("the 5 October arrest")."""
    month = lows[at + 1] if at + 1 < len(lows) else ""
    return lows[at].isdigit() and len(lows[at]) < 3 and month in words.months


def _is_negative(tokens: Tokens, at: int) -> bool:
    """Whether a minus stands at a number ("-5 degrees"); a hyphen that opens a line is a bullet."""
    lows = tokens.lows
    if at < 2 or lows[at - 1] != "-":
        return False
    return tokens.ends[at - 1] == tokens.starts[at] and tokens.ends[at - 2] < tokens.starts[at - 1]


def _counts(lows: Sequence[str], at: int) -> bool:
    """ "In March 40 people", not "on March 4 two people": whether a number behind a month counts somebody."""
    if at + 1 < len(lows) and may_begin_amount(lows[at + 1]):
        return False
    return _leads_to_noun(lows, at + 1)


def _is_counted(lows: Sequence[str], at: int) -> bool:
    """ "By the end of the week 96 patients": a noun for people in the plural stands right here."""
    return at < len(lows) and is_person(lows[at]) and is_plural(lows[at])


def _leads_to_noun(lows: Sequence[str], at: int) -> bool:
    """Whether a noun for people stands here or one word on."""
    for low in lows[at : at + 2]:
        if is_person(low):
            return True
        if not low[0].isalpha():
            return False
    return False

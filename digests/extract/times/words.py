"""What the readers of time expressions share: the moment a text speaks from, a reading, and words as numbers.

Meanings of words stand in `dates.toml`.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from digests.extract.times.tense import Tense
from digests.rules import load_rules
from digests.types import TimexType

# Named groups of a rule's match, and "words": all of it.
Groups = Mapping[str, "str | None"]


class Moment(NamedTuple):
    """What a time expression is read against. A tuple, because every expression makes one.

    `spoken` is the day that the text last spoke of, `year` a year written out in the same sentence, `quarter` the
    quarter last spoken of ("1989-Q3"); `day_first` says how the page writes 03/04. `before` are the words in
    front of the expression. `is_late` where the time last spoken of was an evening or a night. `spoken_year` is the
    year last spoken of, where no day was named behind it, `spoken_month` the first day of a month in the same way.
    """

    published: dt.date | None = None
    tense: Tense | None = None
    spoken: dt.date | None = None
    year: int | None = None
    quarter: str | None = None
    day_first: bool | None = None
    before: str = ""
    is_late: bool = False
    spoken_year: int | None = None
    spoken_month: dt.date | None = None


class Reading(NamedTuple):
    type: TimexType
    value: str
    is_relative: bool = True


# How one kind of rule is read; `None` where its words turn out not to name a time.
Reader = Callable[[Groups, Moment], Reading | None]


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """A list of `dates.toml`."""
    return frozenset(load_rules("dates").words[name])


@functools.cache
def meaning(name: str) -> Mapping[str, Any]:
    return load_rules("dates").meaning[name]


def as_date(value: str, *, relative: bool = True) -> Reading:
    kind = (
        TimexType.TIME
        if "T" in value and value[:4] != "PAST" and not value.endswith("_REF")
        else TimexType.DATE
    )
    return Reading(type=kind, value=value, is_relative=relative)


def as_duration(value: str) -> Reading:
    return Reading(type=TimexType.DURATION, value=value)


def month_number(word: str) -> int:
    return int(meaning("month")[word[:3].lower()])


def season_code(word: str) -> str:
    """The two letters of TIMEX3 for a season: "SU" of "summer" and "summertime"."""
    return str(meaning("season")[word.lower().removesuffix("time")])


def weekday_number(word: str) -> int:
    return int(meaning("weekday")[word[:3].lower()])


# The same few words name nearly all numbers, units and steps.
@functools.lru_cache(maxsize=1024)
def number_of(words: str | None) -> float | None:
    """The number that words name; `None` for a vague one ("several")."""
    plain = (words or "a").lower().replace("-", " ").strip()
    if re.fullmatch(r"\d+(?:[.,]\d+)?", plain):
        return float(plain.replace(",", "."))
    if plain.startswith("half") or plain == "a half":
        return 0.5
    total, group = 0, 0
    seen = False
    for word in plain.split():
        value = meaning("number").get(word)
        if value is None:
            continue
        seen = True
        if value >= 100:
            group = max(group, 1) * value
        elif word in ("a", "an") and len(plain.split()) > 1:
            continue
        else:
            group += value
    total += group
    if not seen or (plain.startswith("a ") and not total):
        return None
    return float(total) if total else None


def year_of(groups: Groups) -> int | None:
    spoken = groups.get("spoken")
    if spoken:
        words = spoken.lower().replace("-", " ")
        if words.startswith("two thousand"):
            return 2000 + int(
                number_of(words.removeprefix("two thousand").replace("and", "").strip() or "zero") or 0
            )
        return 1900 + int(number_of(words.removeprefix("nineteen").strip()) or 0)
    written = groups.get("year")
    if not written:
        return None
    digits = written.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    return _century_of(int(digits))


def _century_of(number: int) -> int:
    """The year of two digits: 70 to 99 are the last century's."""
    return number + (1900 if number >= 70 else 2000)


@functools.lru_cache(maxsize=256)
def unit_code(word: str) -> str:
    plain = word.lower()
    table = meaning("unit")
    return str(table.get(plain) or table.get(plain.removesuffix("s"), "D"))


def part_code(word: str | None) -> str:
    return str(meaning("part").get((word or "").lower().removesuffix("s"), "")) if word else ""


def clock_code(words: str) -> str | None:
    """ "4.30am" to "T04:30"; `None` for an hour that no clock shows."""
    plain = words.lower().replace(".m", "m").replace("m.", "m")
    found = re.match(r"(\d{1,2})[:.](\d{2})|(\d{2})(\d{2})(?!\d)|(\d)(\d{2})(?!\d)|(\d{1,2})", plain)
    if found:
        digits = [group for group in found.groups() if group]
        hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    else:
        number = number_of(plain.split()[0])
        if number is None:
            return None
        hour, minute = int(number), 0
    if re.search(r"p\.?m", plain) and hour < 12:
        hour += 12
    elif re.search(r"a\.?m", plain) and hour == 12:
        hour = 0
    return f"T{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


@functools.lru_cache(maxsize=256)
def step_of(step: str | None) -> int:
    """-1, 0 or 1 for the words before a unit."""
    steps = meaning("step")
    return next((int(steps[word]) for word in (step or "").lower().split() if word in steps), 0)

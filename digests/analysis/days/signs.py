"""What an article's own words say about the day on which it appeared, and how well a day fits them.

Theory: news is told on its day or the day after. So the weekday of the opening is the day of the page or the one
before, the other weekdays that are told of as past lie few days behind it and seldom before the story's main event,
and a weekday that heads the page is its day. A toll rises. Measured on fifty undated pages of made stories (24 right
before, 50 of 56 now) and on neighbouring articles of three topics of Timeline17 whose days were hidden: of their
relative dates .67 and .84 are right on the two halves of the texts, .49 and .65 of all (the first was .69 and .44).
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digests.analysis.days.clauses import role
from digests.extract.times.tense import Tense, tense_at
from digests.extract.times.values import is_evening
from digests.rules import Rule, load_rules
from digests.text.document import fold
from digests.types import DateMention, Measure, StoryArticle

# Characters of a text that say how old its news is, and in which its first count of the dead stands.
OPENING, _TOLL_OPENING = 700, 1200
# Characters in which "last week" is the week of the news.
_HEAD = 350
# How often the last weekday that a text tells of is the day it appeared, and the day before: two thirds and a third of
# sixty such reports of Timeline17.
_SAME_DAY, _NEXT_DAY = 0.65, 0.35
# The same for the first weekday of the opening, by days: the news itself. Half of what Timeline17 has of magazines.
_LEAD = (0.5, 0.27, 0.08, 0.05, 0.05, 0.03, 0.02)
# What a day counts on which no article appeared, in articles: between the story's days, behind the last of them, and on
# the story's main day and the next.
_EMPTY_DAY, _LATE_DAY, _MAIN_DAY = 0.4, 0.3, 1.0
# How much of that is left a week later.
_LATE_WEEK = 0.3
# How much "yesterday" or "today" adds where it makes the day fit the story's main event.
_CUE = 4.0
# How much is left of a day that a sign speaks against: the main event came later, a count of the dead is out of order,
# the main event named by its weekday is a week old, a weekday is from before it, a weekday is "today".
_BEFORE_EVENT, _OFF_TOLL, _WEEK_LATE, _OLD_WEEKDAY, _TODAY = 0.05, 0.6, 0.05, 0.3, 0.2
# The same where a day that is to come is that day or lies behind it.
_AHEAD_PASSED = 0.01
# The same for a weekday of whose evening the opening tells.
_EVENING = 0.3
# The same where a day that no word says is to come lies behind it: "open until 25 December" reads like that.
_AHEAD_AFTER_ALL = 0.02
# How much "last week" adds where it makes the day fit the main event, and what is left of a day that looks back on a
# weekend and does not follow one.
_LAST_WEEK, _NO_WEEKEND = 6.0, 0.3
_AFTER_WEEKEND = (7, 1, 2)
# From so many days on, "two days after" counts them.
_COUNTED = 2
# Days by which who counts in weeks is off.
_OFF = 2
_WEEK = 7
# Days before the story began in which what it tells may have happened.
_BEFORE = dt.timedelta(days=3)
# Counts of the dead farther apart than this, or lower, are of different things.
_TOLL_RATIO, _LEAST_TOLL = 5, 2
# Characters before a weekday in which a word makes it that of what went before.
_EVENT_REACH = 80
# A weekday of no known week: 1 is Monday.
WEEKDAY = re.compile(r"XXXX-WXX-(\d)")
_MONTH_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)(?:$|T)")
# What stands in a dateline in front of its weekday and behind it.
_PLACE = re.compile(r"[A-Z][\w .'-]{1,30}(?:, [A-Z][\w .'-]{1,30})?, ?")
_BEHIND = re.compile(r"\. [A-Z]|\.?$|\.?\n| ?[-–]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The signs of an article's day; weekdays as numbers, 1 is Monday.

    `lead` are the weekdays of the first sentence that tells of any in the opening, `late` those of the opening of whose
    evening or night it tells, `told` all that are not ahead, `to_come` those that are, `headed` the one of a dateline
    or a heading; `ages` how many days old the main event is by the opening's words, `bound` those of them that count to
    a weekday ("on Friday, nine days after"); `is_week_old` and `is_weekend` where the opening tells of last week or
    looks back on a weekend, `years` after how many it looks back on the event; `written` and `ahead` the days without a
    year, as month and day, that are past or to come;
    `toll` the largest count of the dead in the opening.
    """

    lead: frozenset[int]
    late: frozenset[int]
    told: frozenset[int]
    headed: int | None
    to_come: frozenset[int]
    ages: frozenset[int]
    bound: frozenset[tuple[int, int]]
    is_week_old: bool
    is_weekend: bool
    years: int
    written: tuple[tuple[int, int], ...]
    ahead: tuple[tuple[int, int], ...]
    toll: int | None

    def is_before_counted(self, age: int, event: dt.date) -> bool:
        """Whether what is told on a weekday so many days after the event was still ahead at that age."""
        return any(age < days and _later(event.isoweekday(), days) == weekday for days, weekday in self.bound)

    def counts_to(self, age: int, day: dt.date) -> bool:
        """Whether nothing says that so many days are counted to another day."""
        ends = {weekday for days, weekday in self.bound if days == age}
        return not ends or day.isoweekday() in ends


def read_signs(item: StoryArticle) -> Signs:
    """The signs of an article whose facts were read without a day."""
    text = item.article.text
    folded = fold(text)
    told: list[tuple[int, int]] = []  # start of the sentence, weekday
    headed: int | None = None
    to_come: set[int] = set()
    late: set[int] = set()
    news: list[tuple[int, int]] = []  # those of `told` that are no day of which the news comes
    last: list[tuple[int, int]] = []  # those of `told` that are of the week before ("last Tuesday")
    days: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for mention in item.facts.dates:
        span, sentence = mention.evidence.span, mention.evidence.sentence
        weekday, written = WEEKDAY.match(mention.value), _MONTH_DAY.match(mention.value)
        if weekday is None and written is None:
            continue
        is_ahead = tense_at(folded, sentence, span) is Tense.FUTURE
        if written is not None:
            days[is_ahead].append((int(written[1]), int(written[2])))
        elif weekday is not None:
            if headed is None and (_is_heading(text, mention) or _is_of_page(folded, mention)):
                headed = int(weekday[1])
            elif is_ahead:
                to_come.add(int(weekday[1]))
            else:
                told.append((sentence.start, int(weekday[1])))
                if mention.words.lower().startswith("last "):
                    last.append(told[-1])
                is_late = is_evening(mention.value) or mention.words[:4].lower() == "late"
                if span.start < OPENING and is_late:
                    late.add(int(weekday[1]))
                if not _is_past_event(folded, mention):
                    news.append(told[-1])
    opening = folded[:OPENING]
    lead = _first(news)
    told = [one for one in told if one not in last] or told
    weekdays, ages = frozenset(number for _, number in told), _read_ages(opening)
    if not lead and len(weekdays) == 1:
        # Who counts the days since the one weekday that is told names the day of the news.
        lead = frozenset(_later(number, age) for number in weekdays for age in ages if age >= _COUNTED)
        lead = lead if len(lead) < _WEEK else frozenset()
    else:
        # "Said on Thursday, two days after": counted from a weekday that is told, not from the main event.
        ages = frozenset(age for age in ages if not any(_later(n, age) in lead for n in weekdays if age % 7))
    return Signs(
        lead=lead,
        late=frozenset(late),
        told=weekdays | lead,
        headed=headed,
        to_come=frozenset(to_come) - weekdays,
        ages=ages,
        bound=frozenset(_bound_ages(opening)),
        is_week_old=role("week").search(opening, 0, _HEAD) is not None,
        is_weekend=role("weekend").search(opening) is not None,
        years=_read_years(opening[:_HEAD]),
        written=tuple(days[False]),
        ahead=tuple(days[True]),
        toll=largest_toll(item),
    )


@functools.cache
def _age_rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("timeline").rules if rule.yields["role"] == "age")


def _first(told: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The weekdays of the first sentence of the opening that tells of any."""
    first = min((start for start, _ in told), default=0)
    return frozenset(number for start, number in told if start == first < OPENING)


def _is_past_event(folded: str, mention: DateMention) -> bool:
    """Whether a day is that of what went before the news ("61 have died since the storm came on Wednesday")."""
    told = mention.evidence
    before = folded[max(told.sentence.start, told.span.start - _EVENT_REACH) : told.span.start]
    return role("before_news").search(before) is not None


def _later(weekday: int, days: int) -> int:
    """The weekday so many days after another."""
    return (weekday - 1 + days) % 7 + 1


def _read_ages(opening: str) -> frozenset[int]:
    """How many days old the news is: "yesterday", "two days on", "for a third day"."""
    meaning = load_rules("timeline").meaning
    ages: set[int] = set()
    for rule in _age_rules():
        for found in rule.pattern.finditer(opening):
            groups = {name: word.lower() for name, word in found.groupdict().items() if word}
            if (age := rule.yields.get("age")) is not None:
                ages.add(int(age))
            for name, word in groups.items():
                if name == "over":
                    continue
                if name == "weeks":
                    ages.update(_days_of_weeks(word, is_over="over" in groups))
                    continue
                nth = meaning["nth"].get(word) if name in ("nth", "of") else meaning["days"].get(word)
                ages.add(int(nth) if nth is not None else int(word))
    return frozenset(ages)


def _days_of_weeks(word: str, *, is_over: bool) -> range:
    """The days that somebody means who counts in weeks: a few off, or up to the next week for "more than two"."""
    full = _WEEK * int(load_rules("timeline").meaning["days"].get(word.lower(), 0) or word)
    return range(full, full + _WEEK) if is_over else range(full - _OFF, full + _OFF + 1)


def _read_years(head: str) -> int:
    """After how many years an article looks back ("A year on", "on the second anniversary"); 0 where it does not."""
    found = role("year").search(head)
    if found is None:
        return 0
    meaning, groups = load_rules("timeline").meaning, found.groupdict()
    if word := groups.get("years"):
        return int(meaning["days"].get(word.lower()) or word)
    # A second day is one day old, a second anniversary two years.
    return int(meaning["nth"].get((groups.get("nth") or "").lower(), 0)) + 1


# A weekday right before the days that are counted to it ("on Friday, nine days after").
_TO_WEEKDAY = re.compile(
    r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?: (?:morning|afternoon|evening|night))?, ?$"
)


def _bound_ages(opening: str) -> Iterator[tuple[int, int]]:
    """The days that are counted to a weekday, with it."""
    meaning = load_rules("timeline").meaning["days"]
    weekdays = load_rules("dates").meaning["weekday"]
    for rule in _age_rules():
        for found in rule.pattern.finditer(opening):
            groups = found.groupdict()
            words = groups.get("days") or groups.get("week")
            before = _TO_WEEKDAY.search(opening, max(0, found.start() - 25), found.start())
            if before and (weeks := groups.get("weeks")):
                number = weekdays[before[1][:3].lower()]
                for days in _days_of_weeks(weeks, is_over=groups.get("over") is not None):
                    yield days, number
            elif words and before:
                yield int(meaning.get(words.lower(), 0) or words), weekdays[before[1][:3].lower()]


def _is_of_page(folded: str, mention: DateMention) -> bool:
    """Whether the words before a weekday make it that of the page ("our live coverage on Friday")."""
    told = mention.evidence
    before = folded[max(told.sentence.start, told.span.start - _EVENT_REACH) : told.span.start]
    return role("of_page").search(before) is not None


def _is_heading(text: str, mention: DateMention) -> bool:
    """Whether a weekday alone makes a line of the opening ("Tuesday"), or stands in a dateline ("ALMA, Thursday.")."""
    span = mention.evidence.span
    if span.start > OPENING:
        return False
    start = text.rfind("\n", 0, span.start) + 1
    before, behind = text[start : span.start], text[span.end : span.end + 3]
    if not before.strip():
        return behind[:1] in ("\n", "")
    return _PLACE.fullmatch(fold(before)) is not None and _BEHIND.match(fold(behind)) is not None


def largest_toll(item: StoryArticle) -> int | None:
    """The largest count of the dead that an article's opening states of its news."""
    return (
        max(
            (
                figure.bounds.low or 0
                for figure in item.facts.figures
                if figure.measure is Measure.KILLED
                and figure.evidence.span.start < _TOLL_OPENING
                and not figure.incident.is_background
            ),
            default=0,
        )
        or None
    )


def rate(
    day: dt.date,
    signs: Signs,
    *,
    days: Counter[dt.date],
    event: dt.date | None,
    tolls: Sequence[tuple[dt.date, int]],
) -> float:
    """How well a day fits; 0 where it cannot be. No probability: only order and shares matter.

    Args:
        days: How many articles of the story appeared on each day.
        event: The day of the story's main event, where it is known.
        tolls: The counts of the dead of the dated articles, with their days.
    """
    number = day.isoweekday()
    gaps = [(number - told) % 7 for told in signs.told]
    gap = min(gaps, default=0)
    known = [*days] if event is None else [*days, event]
    # Who counts the days since the main event need name no weekday but the event's own.
    age = (day - event).days if event is not None else 0
    is_counted = age >= _COUNTED and age in signs.ages and signs.counts_to(age, day)
    # Who says "today" or "yesterday" of the news tells by its weekday of something older.
    is_older = gap > 1 and not signs.lead and bool(signs.ages & {0, 1})
    if (gap > 1 and not is_counted and not is_older) if signs.headed is None else number != signs.headed:
        return 0.0
    score = _SAME_DAY if gap == 0 else _NEXT_DAY
    if gap == 0 and number in signs.late:
        # What befell in the evening stands in the papers of the next day.
        score *= _EVENING
    is_main = event is not None and 0 <= (day - event).days <= 1
    behind = (day - max(known, default=day)).days
    late = _LATE_DAY * _LATE_WEEK ** (0 if signs.is_week_old else behind // 7)
    empty = _MAIN_DAY if is_main else _EMPTY_DAY if behind <= 0 else late
    score *= max(days[day], empty)
    lead = signs.lead - {event.isoweekday()} if event is not None and is_counted else signs.lead
    if lead:
        score *= max(_LEAD[(number - weekday) % 7] for weekday in lead)
    for told in signs.told - signs.lead:
        score *= math.sqrt(_LEAD[(number - told) % 7])
    if number in signs.to_come:
        # What will be on Friday is not told on a Friday.
        score *= _TODAY
    if 0 in signs.ages and gaps and gap == 0:
        # Who says "today" does not name the day.
        score *= _TODAY
    if event is not None:
        is_cue = age in signs.ages and (day > event or number not in signs.told) and signs.counts_to(age, day)
        score *= _CUE if is_cue else 1.0
        score *= _BEFORE_EVENT if day < event or signs.is_before_counted(age, event) else 1.0
        is_late = (day - event).days > 6 and event.isoweekday() in signs.told and not is_cue
        score *= _WEEK_LATE if is_late else 1.0
        if signs.is_week_old:
            score *= _LAST_WEEK if _weeks_between(event, day) == 1 else 1.0
    if signs.is_weekend:
        score *= 1.0 if number in _AFTER_WEEKEND else _NO_WEEKEND
    if any(_near(day, *ahead) <= day for ahead in signs.ahead):
        score *= _AHEAD_PASSED
    if any(_near(day, *written) > day for written in signs.written):
        score *= _AHEAD_AFTER_ALL
    start = event or min(known, default=day)
    score *= _OLD_WEEKDAY ** sum(day - dt.timedelta(days=old) < start for old in gaps)
    score *= _OLD_WEEKDAY ** sum(day - dt.timedelta(days=old) < start - _BEFORE for old in gaps)
    return score * _by_toll(day, signs.toll, tolls)


def _weeks_between(event: dt.date, day: dt.date) -> int:
    """How many weeks ago an event was on a day; on a Sunday the week that ends is the last one."""
    day += dt.timedelta(days=day.weekday() == 6)
    return (day - dt.timedelta(days=day.weekday()) - event + dt.timedelta(days=event.weekday())).days // 7


def told_days(day: dt.date, signs: Signs) -> frozenset[dt.date]:
    """The days that the weekdays of a text mean where it appeared on a day."""
    return frozenset(day - dt.timedelta(days=(day.isoweekday() - told) % 7) for told in signs.told)


def _by_toll(day: dt.date, toll: int | None, tolls: Sequence[tuple[dt.date, int]]) -> float:
    """A toll rises: who counts fewer than others wrote earlier, who counts more wrote later."""
    score = 1.0
    for other, count in tolls:
        if (
            toll is None
            or min(toll, count) < _LEAST_TOLL
            or max(toll, count) > min(toll, count) * _TOLL_RATIO
        ):
            continue
        if (toll < count and day > other) or (toll > count and day < other):
            score *= _OFF_TOLL
    return score


def _near(near: dt.date, month: int, day: int) -> dt.date:
    """A month and day in the year that is nearest to a day; that day itself where there is no such date."""
    found = [near]
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            found.append(dt.date(year, month, day))
        except ValueError:
            continue
    return min(found[1:], key=lambda one: abs((one - near).days), default=near)


def is_written(mention: DateMention) -> bool:
    """Whether a mention gives one whole day by itself."""
    return mention.first is not None and mention.names_day and not mention.is_relative

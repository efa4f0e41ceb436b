"""Values in a reader's words: counts with their hedges, measures, kinds of conflict, days.

Stance: what the text says is what the card says. A hedge is never dropped, a count never averaged, a weekday never
shown without its day.
"""

from __future__ import annotations

import datetime as dt
import functools
import re

from digests.rules import load_rules
from digests.tongues import ENGLISH, Tongue, phrase
from digests.tongues.conflicts import say_figure
from digests.types import ActorKind, Aspect, Bounds, ConflictKind, Measure, Precision, SectionKind

MEASURE_LABELS: dict[Measure, str] = {
    Measure.KILLED: phrase("Killed"),
    Measure.INJURED: phrase("Injured"),
    Measure.MISSING: phrase("Missing"),
    Measure.DETAINED: phrase("Detained"),
    Measure.DISPLACED: phrase("Displaced"),
    Measure.ABDUCTED: phrase("Abducted"),
    Measure.RESCUED: phrase("Rescued"),
    Measure.CASUALTIES: phrase("Killed or injured"),
}
ASPECT_LABELS: dict[Aspect, str] = {
    Aspect.ACTOR: phrase("Who did it"),
    Aspect.TARGET: phrase("Target"),
    Aspect.MEANS: phrase("Means"),
    Aspect.PLACE: phrase("Place"),
    Aspect.TIME: phrase("Time"),
    Aspect.VICTIMS: phrase("Victims"),
    Aspect.CAUSE: phrase("Cause"),
    Aspect.COURSE: phrase("What happened"),
}
CONFLICT_LABELS: dict[ConflictKind, str] = {
    ConflictKind.DISPUTE: phrase("dispute"),
    ConflictKind.UPDATE: phrase("update"),
    ConflictKind.SCOPE: phrase("not the same count"),
    ConflictKind.DEFINITION: phrase("not counted alike"),
    ConflictKind.PRECISION: phrase("one is rounded"),
    ConflictKind.CORRECTION: phrase("correction"),
    ConflictKind.ACCOUNT: phrase("accounts differ"),
}
ACTOR_LABELS: dict[ActorKind, str] = {
    ActorKind.OFFICIAL: phrase("Officials"),
    ActorKind.INTERNATIONAL: phrase("International"),
    ActorKind.ANALYST: phrase("Analyst"),
    ActorKind.WITNESS: phrase("Witness"),
    ActorKind.ARMED_GROUP: phrase("Armed group"),
    ActorKind.MEDIA: phrase("Media"),
    ActorKind.UNNAMED: phrase("Unnamed"),
    ActorKind.OTHER: phrase("Others"),
}
SECTION_TITLES: dict[SectionKind, str] = {
    SectionKind.KEY_FACTS: phrase("What happened"),
    SectionKind.FIGURES: phrase("Figures"),
    SectionKind.CONFLICTS: phrase("Conflicting"),
    SectionKind.REACTIONS: phrase("Reactions"),
    SectionKind.TIMELINE: phrase("Timeline"),
}
_ABOUT = {str(member): label for table in (MEASURE_LABELS, ASPECT_LABELS) for member, label in table.items()}
# A number may stand half inside a quotation; the mark says nothing about the count.
_QUOTE_MARKS = re.compile('["“”„‟]')


def bounds_words(bounds: Bounds, written: str = "", tongue: Tongue = ENGLISH) -> str:
    """A count in words: "31", "at least 31", "up to 12", "20 to 30", "about 40", else as `written` ("several").

    `written` are the words of the text, with the hedge; a hedge that says something else than these forms is kept.
    """
    plain = " ".join(_QUOTE_MARKS.sub("", written).split())
    if plain and (bounds.is_vague or _keeps().match(plain)):
        return say_figure(tongue, plain.lower() if plain.isupper() else plain[0].lower() + plain[1:])
    low, high = bounds.low, bounds.high
    if low is not None and high is not None and low != high:
        words = tongue.say("{first} to {last}", first=tongue.number(low), last=tongue.number(high))
        return tongue.say("about {count}", count=words) if bounds.approximate else words
    number = low if low is not None else high
    if number is None:
        return tongue.say("an unstated number")
    words = tongue.number(number)
    if bounds.approximate:
        words = tongue.say("about {count}", count=words)
    if low == high:
        return words
    return tongue.say("at least {count}" if high is None else "up to {count}", count=words)


@functools.cache
def _keeps() -> re.Pattern[str]:
    return re.compile(rf"{load_rules('cards').alternation('kept_hedge')}\b", re.IGNORECASE)


def names_nobody(victims: str | None) -> bool:
    """Whether the counted are just people, so that the label says enough."""
    return not victims or victims.strip().lower() in load_rules("cards").words["anybody"]


def about_label(about: str, tongue: Tongue = ENGLISH) -> str:
    """The label of a measure or an aspect."""
    label = _ABOUT.get(about)
    return tongue.say(label) if label else about.replace("_", " ").capitalize()


def day_words(day: dt.date, *, year: int | None, tongue: Tongue = ENGLISH) -> str:
    """ "3 Jun", with its year where that is not `year`."""
    month = tongue.months_short[day.month - 1]
    if day.year == year:
        return tongue.say("{day} {month}", day=day.day, month=month)
    return tongue.say("{day} {month} {year}", day=day.day, month=month, year=day.year)


def time_words(moment: dt.datetime, *, year: int | None, tongue: Tongue = ENGLISH) -> str:
    """ "4 Jun 21:10" in UTC; midnight exactly is a day without a time."""
    utc = moment.astimezone(dt.UTC)
    day = day_words(utc.date(), year=year, tongue=tongue)
    return day if (utc.hour, utc.minute, utc.second) == (0, 0, 0) else f"{day} {utc:%H:%M}"


def span_words(
    first: dt.date,
    last: dt.date,
    precision: Precision,
    *,
    time: str | None = None,
    year: int | None = None,
    tongue: Tongue = ENGLISH,
) -> str:
    """When something happened, as exactly as it is known: "3 Jun 04:50", "3–5 Jun", "Mar 2023", "2000"."""
    short = tongue.months_short
    match precision:
        case Precision.DECADE:
            return tongue.say("{year}s", year=first.year // 10 * 10)
        case Precision.YEAR:
            return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
        case Precision.QUARTER:
            return tongue.say("Q{number} {year}", number=(first.month + 2) // 3, year=first.year)
        case Precision.MONTH:
            return tongue.say("{month} {year}", month=short[first.month - 1], year=first.year)
    if first == last:
        words = day_words(first, year=year, tongue=tongue)
        return f"{words} {time}" if time else words
    if (first.year, first.month) == (last.year, last.month):
        days = {"first": first.day, "last": last.day, "month": short[last.month - 1]}
        if last.year == year:
            return tongue.say("{first}–{last} {month}", **days)
        return tongue.say("{first}–{last} {month} {year}", **days, year=last.year)
    start = day_words(first, year=last.year, tongue=tongue)
    return f"{start} – {day_words(last, year=year, tongue=tongue)}"


def long_days(first: dt.date | None, last: dt.date | None) -> str:
    """The days of a story, with months in full and the year: "3 to 5 June 2025"; "" where unknown."""
    first, last = first or last, last or first
    if first is None or last is None:
        return ""
    end = f"{last.day} {ENGLISH.months[last.month - 1]} {last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {ENGLISH.months[first.month - 1]} {first.year} to {end}"
    if first.month != last.month:
        return f"{first.day} {ENGLISH.months[first.month - 1]} to {end}"
    return f"{first.day} to {end}"


def count_words(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 outlet", "3 outlets"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"

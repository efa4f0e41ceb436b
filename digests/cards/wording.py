"""Values in a reader's words: counts with their hedges, measures, kinds of conflict, days.

Stance: what the text says is what the card says. A hedge is never dropped, a count never averaged, a weekday never
shown without its day.
"""

from __future__ import annotations

import datetime as dt
import functools
import re

from digests.rules import load_rules
from digests.types import ActorKind, Aspect, Bounds, ConflictKind, Measure, Precision, SectionKind

MEASURE_LABELS: dict[str, str] = {
    Measure.KILLED: "Killed",
    Measure.INJURED: "Injured",
    Measure.MISSING: "Missing",
    Measure.DETAINED: "Detained",
    Measure.DISPLACED: "Displaced",
    Measure.ABDUCTED: "Abducted",
    Measure.RESCUED: "Rescued",
    Measure.CASUALTIES: "Killed or injured",
}
ASPECT_LABELS: dict[str, str] = {
    Aspect.ACTOR: "Who did it",
    Aspect.TARGET: "Target",
    Aspect.MEANS: "Means",
    Aspect.PLACE: "Place",
    Aspect.TIME: "Time",
    Aspect.VICTIMS: "Victims",
    Aspect.CAUSE: "Cause",
}
CONFLICT_LABELS: dict[ConflictKind, str] = {
    ConflictKind.DISPUTE: "dispute",
    ConflictKind.UPDATE: "update",
    ConflictKind.SCOPE: "not the same count",
    ConflictKind.DEFINITION: "not counted alike",
    ConflictKind.PRECISION: "one is rounded",
    ConflictKind.CORRECTION: "correction",
    ConflictKind.ACCOUNT: "accounts differ",
}
ACTOR_LABELS: dict[ActorKind, str] = {
    ActorKind.OFFICIAL: "Officials",
    ActorKind.INTERNATIONAL: "International",
    ActorKind.ANALYST: "Analyst",
    ActorKind.WITNESS: "Witness",
    ActorKind.ARMED_GROUP: "Armed group",
    ActorKind.MEDIA: "Media",
    ActorKind.UNNAMED: "Unnamed",
    ActorKind.OTHER: "Others",
}
SECTION_TITLES: dict[SectionKind, str] = {
    SectionKind.KEY_FACTS: "What happened",
    SectionKind.FIGURES: "Figures",
    SectionKind.CONFLICTS: "Conflicting",
    SectionKind.REACTIONS: "Reactions",
    SectionKind.TIMELINE: "Timeline",
}
# A number may stand half inside a quotation; the mark says nothing about the count.
_QUOTE_MARKS = re.compile('["“”„‟]')
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def bounds_words(bounds: Bounds, written: str = "") -> str:
    """A count in words: "31", "at least 31", "up to 12", "20 to 30", "about 40", else as `written` ("several").

    `written` are the words of the text, with the hedge; a hedge that says something else than these forms is kept.
    """
    plain = " ".join(_QUOTE_MARKS.sub("", written).split())
    if plain and (bounds.is_vague or _keeps().match(plain)):
        return plain[0].lower() + plain[1:]
    about = "about " if bounds.approximate else ""
    if bounds.low is not None and bounds.high is not None:
        if bounds.low == bounds.high:
            return f"{about}{bounds.low:,}"
        return f"{about}{bounds.low:,} to {bounds.high:,}"
    if bounds.low is not None:
        return f"at least {about}{bounds.low:,}"
    if bounds.high is not None:
        return f"up to {about}{bounds.high:,}"
    return "an unstated number"


@functools.cache
def _keeps() -> re.Pattern[str]:
    return re.compile(rf"{load_rules('cards').alternation('kept_hedge')}\b", re.IGNORECASE)


def names_nobody(victims: str | None) -> bool:
    """Whether the counted are just people, so that the label says enough."""
    return not victims or victims.strip().lower() in load_rules("cards").words["anybody"]


def about_label(about: str) -> str:
    """The label of a measure or an aspect."""
    return MEASURE_LABELS.get(about) or ASPECT_LABELS.get(about) or about.replace("_", " ").capitalize()


def day_words(day: dt.date, *, year: int | None) -> str:
    """ "3 Jun", with its year where that is not `year`."""
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return words if day.year == year else f"{words} {day.year}"


def time_words(moment: dt.datetime, *, year: int | None) -> str:
    """ "4 Jun 21:10" in UTC; midnight exactly is a day without a time."""
    utc = moment.astimezone(dt.UTC)
    day = day_words(utc.date(), year=year)
    return day if (utc.hour, utc.minute, utc.second) == (0, 0, 0) else f"{day} {utc:%H:%M}"


def span_words(
    first: dt.date, last: dt.date, precision: Precision, *, time: str | None = None, year: int | None = None
) -> str:
    """When something happened, as exactly as it is known: "3 Jun 04:50", "3–5 Jun", "Mar 2023", "2000"."""
    match precision:
        case Precision.DECADE:
            return f"{first.year // 10 * 10}s"
        case Precision.YEAR:
            return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
        case Precision.QUARTER:
            return f"Q{(first.month + 2) // 3} {first.year}"
        case Precision.MONTH:
            return f"{_MONTHS[first.month - 1]} {first.year}"
    if first == last:
        words = day_words(first, year=year)
        return f"{words} {time}" if time else words
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last, year=year)}"
    return f"{day_words(first, year=last.year)} – {day_words(last, year=year)}"


def long_days(first: dt.date | None, last: dt.date | None) -> str:
    """The days of a story, with months in full and the year: "3 to 5 June 2025"; "" where unknown."""
    first, last = first or last, last or first
    if first is None or last is None:
        return ""
    end = f"{last.day} {_MONTH_NAMES[last.month - 1]} {last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {_MONTH_NAMES[first.month - 1]} {first.year} to {end}"
    if first.month != last.month:
        return f"{first.day} {_MONTH_NAMES[first.month - 1]} to {end}"
    return f"{first.day} to {end}"


def count_words(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 outlet", "3 outlets"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"

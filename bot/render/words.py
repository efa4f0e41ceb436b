"""The bot's own words for the engine's closed sets: one label for every member, held complete by a test.

What a card calls the same everywhere has its words in the engine (`MEASURE_LABELS`, `SECTION_TITLES`); here stands what
is said as a heading of its own, and in the language of whoever asks.
"""

from __future__ import annotations

import datetime as dt

from bot.render.markup import escape
from bot.tongue import phrase, say, tongue
from digests import ActorKind, Bounds, ConflictKind, Precision, Status, about_label, country_names, say_figure
from digests import bounds_words as counted_words

STATUSES = {
    Status.SINGLE: phrase("one voice so far"),
    Status.AGREED: phrase("agreed"),
    Status.UPDATED: phrase("updated"),
    Status.CONFLICTING: phrase("conflicting"),
}

CONFLICTS = {
    ConflictKind.DISPUTE: phrase("Dispute"),
    ConflictKind.UPDATE: phrase("Update"),
    ConflictKind.SCOPE: phrase("Different scope"),
    ConflictKind.DEFINITION: phrase("Different definition"),
    ConflictKind.PRECISION: phrase("Different precision"),
    ConflictKind.CORRECTION: phrase("Correction"),
    ConflictKind.ACCOUNT: phrase("Accounts differ"),
}

ACTORS = {
    ActorKind.OFFICIAL: phrase("Governments and officials"),
    ActorKind.INTERNATIONAL: phrase("International bodies"),
    ActorKind.ARMED_GROUP: phrase("Armed groups"),
    ActorKind.ANALYST: phrase("Analysts"),
    ActorKind.WITNESS: phrase("Witnesses"),
    ActorKind.MEDIA: phrase("Media"),
    ActorKind.UNNAMED: phrase("Unnamed"),
    ActorKind.OTHER: phrase("Others"),
}


def about_words(about: str) -> str:
    """What a conflict is about: a measure, an aspect, or the engine's own word."""
    return about_label(about, tongue())


def named_countries() -> dict[str, str]:
    """Every country by its code, as this task's language calls it."""
    return {code: tongue().country(code, name) for code, name in country_names().items()}


def bounds_words(bounds: Bounds) -> str:
    """An interval in words, hedge kept: "at least 7", "up to 12", "3 to 5", "about 40", "several"."""
    return say("several") if bounds.is_vague else counted_words(bounds, tongue=tongue())


def says_words(says: str) -> str:
    """What one side of a conflict says, escaped: a count of the engine is translated, words of a text are not."""
    return escape(say_figure(tongue(), says))


def days_words(first: dt.date | None, last: dt.date | None) -> str:
    """A span of days in plain words: "18 January 2024", "16 to 18 January 2024"; empty when unknown."""
    first, last = first or last, last or first
    if first is None or last is None:
        return ""
    months = tongue().months
    end = say("{day} {month} {year}", day=last.day, month=months[last.month - 1], year=last.year)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return say(
            "{first} to {last} {month} {year}",
            first=first.day,
            last=last.day,
            month=months[last.month - 1],
            year=last.year,
        )
    if first.year == last.year:
        start = say("{day} {month}", day=first.day, month=months[first.month - 1])
    else:
        start = say("{day} {month} {year}", day=first.day, month=months[first.month - 1], year=first.year)
    return say("{first} to {last}", first=start, last=end)


def coarse_words(first: dt.date, last: dt.date, precision: Precision) -> str:
    """A date that is not one day: "January 2024", "2023", "the 2010s", or its span of days."""
    if precision is Precision.MONTH and (first.year, first.month) == (last.year, last.month):
        return say("{month} {year}", month=tongue().months_alone[first.month - 1], year=first.year)
    if precision is Precision.YEAR and first.year == last.year:
        return str(first.year)
    if precision is Precision.DECADE:
        return say("the {year}s", year=first.year // 10 * 10)
    if precision is Precision.QUARTER and first.year == last.year:
        return say("quarter {number} of {year}", number=(first.month - 1) // 3 + 1, year=first.year)
    return days_words(first, last)

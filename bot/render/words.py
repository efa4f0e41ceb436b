"""The bot's own words for the engine's closed sets: one label for every member, held complete by a test."""

from __future__ import annotations

import datetime as dt

from bot.render.markup import escape
from bot.tongue import phrase, say, tongue
from digests import (
    ActorKind,
    Aspect,
    Bounds,
    ConflictKind,
    Measure,
    Precision,
    SectionKind,
    Status,
    country_names,
    say_figure,
)

MEASURES = {
    Measure.KILLED: phrase("Killed"),
    Measure.INJURED: phrase("Injured"),
    Measure.MISSING: phrase("Missing"),
    Measure.DETAINED: phrase("Detained"),
    Measure.DISPLACED: phrase("Displaced"),
    Measure.ABDUCTED: phrase("Abducted"),
    Measure.RESCUED: phrase("Rescued"),
    Measure.CASUALTIES: phrase("Casualties"),
}

STATUSES = {
    Status.SINGLE: phrase("one voice so far"),
    Status.AGREED: phrase("agreed"),
    Status.UPDATED: phrase("updated"),
    Status.CONFLICTING: phrase("conflicting"),
}

ASPECTS = {
    Aspect.ACTOR: phrase("Who did it"),
    Aspect.TARGET: phrase("Target"),
    Aspect.MEANS: phrase("Means"),
    Aspect.PLACE: phrase("Place"),
    Aspect.TIME: phrase("Time"),
    Aspect.VICTIMS: phrase("Who the victims were"),
    Aspect.CAUSE: phrase("Cause"),
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

SECTIONS = {
    SectionKind.KEY_FACTS: phrase("What happened"),
    SectionKind.FIGURES: phrase("Figures"),
    SectionKind.CONFLICTS: phrase("Conflicting"),
    SectionKind.REACTIONS: phrase("Reactions"),
    SectionKind.TIMELINE: phrase("Timeline"),
}


def about_words(about: str) -> str:
    """What a conflict is about: a measure, an aspect, or the engine's own word."""
    for table in (MEASURES, ASPECTS):
        for member, label in table.items():
            if member.value == about:
                return say(label)
    return about.replace("_", " ").capitalize()


def named_countries() -> dict[str, str]:
    """Every country by its code, as this task's language calls it."""
    return {code: tongue().country(code, name) for code, name in country_names().items()}


def bounds_words(bounds: Bounds) -> str:
    """An interval in words, hedge kept: "at least 7", "up to 12", "3 to 5", "about 40", "not said exactly"."""
    if bounds.is_vague:
        return say("several")
    number, low, high = tongue().number, bounds.low, bounds.high
    if low is not None and high is not None:
        words = number(low) if low == high else say("{first} to {last}", first=number(low), last=number(high))
    elif low is not None:
        words = say("at least {count}", count=number(low))
    else:
        words = say("up to {count}", count=number(high or 0))
    return say("about {count}", count=words) if bounds.approximate else words


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

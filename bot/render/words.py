"""The bot's own words for the engine's closed sets: one label for every member, held complete by a test."""

from __future__ import annotations

import datetime as dt

from digests import (
    ActorKind,
    Aspect,
    Bounds,
    ConflictKind,
    Measure,
    Precision,
    SectionKind,
    Status,
)

MEASURES = {
    Measure.KILLED: "Killed",
    Measure.INJURED: "Injured",
    Measure.MISSING: "Missing",
    Measure.DETAINED: "Detained",
    Measure.DISPLACED: "Displaced",
    Measure.ABDUCTED: "Abducted",
    Measure.RESCUED: "Rescued",
    Measure.CASUALTIES: "Casualties",
}

STATUSES = {
    Status.SINGLE: "one voice so far",
    Status.AGREED: "agreed",
    Status.UPDATED: "updated",
    Status.CONFLICTING: "conflicting",
}

ASPECTS = {
    Aspect.ACTOR: "Who did it",
    Aspect.TARGET: "Target",
    Aspect.MEANS: "Means",
    Aspect.PLACE: "Place",
    Aspect.TIME: "Time",
    Aspect.VICTIMS: "Who the victims were",
    Aspect.CAUSE: "Cause",
}

CONFLICTS = {
    ConflictKind.DISPUTE: "Dispute",
    ConflictKind.UPDATE: "Update",
    ConflictKind.SCOPE: "Different scope",
    ConflictKind.DEFINITION: "Different definition",
    ConflictKind.PRECISION: "Different precision",
    ConflictKind.CORRECTION: "Correction",
    ConflictKind.ACCOUNT: "Accounts differ",
}

ACTORS = {
    ActorKind.OFFICIAL: "Governments and officials",
    ActorKind.INTERNATIONAL: "International bodies",
    ActorKind.ARMED_GROUP: "Armed groups",
    ActorKind.ANALYST: "Analysts",
    ActorKind.WITNESS: "Witnesses",
    ActorKind.MEDIA: "Media",
    ActorKind.UNNAMED: "Unnamed",
    ActorKind.OTHER: "Others",
}

SECTIONS = {
    SectionKind.KEY_FACTS: "What happened",
    SectionKind.FIGURES: "Figures",
    SectionKind.CONFLICTS: "Conflicting",
    SectionKind.REACTIONS: "Reactions",
    SectionKind.TIMELINE: "Timeline",
}

#: How a date is written when it covers more than a day and no timestamp can say so.
_COARSE = {Precision.MONTH: "%B %Y", Precision.YEAR: "%Y"}


def about_words(about: str) -> str:
    """What a conflict is about: a measure, an aspect, or the engine's own word."""
    for table in (MEASURES, ASPECTS):
        for member, label in table.items():
            if member.value == about:
                return label
    return about.replace("_", " ").capitalize()


def bounds_words(bounds: Bounds) -> str:
    """An interval in words, hedge kept: "at least 7", "up to 12", "3 to 5", "about 40", "not said exactly"."""
    if bounds.is_vague:
        return "several"
    low, high = bounds.low, bounds.high
    if low is not None and low == high:
        words = f"{low:,}"
    elif high is None:
        words = f"at least {low:,}"
    elif low is None:
        words = f"up to {high:,}"
    else:
        words = f"{low:,} to {high:,}"
    return f"about {words}" if bounds.approximate else words


def days_words(first: dt.date | None, last: dt.date | None) -> str:
    """A span of days in plain words: "18 January 2024", "16 to 18 January 2024"; empty when unknown."""
    if first is None or last is None:
        day = first or last
        return f"{day.day} {day:%B %Y}" if day else ""
    if first == last:
        return f"{first.day} {first:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {last:%B %Y}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {last.day} {last:%B %Y}"
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"


def coarse_words(first: dt.date, last: dt.date, precision: Precision) -> str:
    """A date that is not one day: "January 2024", "2023", "the 2010s", or its span of days."""
    if precision in _COARSE and (first.year, first.month) == (last.year, last.month):
        return first.strftime(_COARSE[precision])
    if precision is Precision.YEAR and first.year == last.year:
        return str(first.year)
    if precision is Precision.DECADE:
        return f"the {first.year // 10 * 10}s"
    if precision is Precision.QUARTER and first.year == last.year:
        return f"quarter {(first.month - 1) // 3 + 1} of {first.year}"
    return days_words(first, last)

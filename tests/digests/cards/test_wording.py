"""Counts keep their hedges, days their months; every enum has its words."""

import datetime as dt
from enum import StrEnum

import pytest

from digests.cards import wording
from digests.cards.wording import (
    about_label,
    bounds_words,
    day_words,
    long_days,
    names_nobody,
    span_words,
    time_words,
)
from digests.types import ActorKind, Aspect, Bounds, ConflictKind, Measure, Precision, SectionKind


@pytest.mark.parametrize(
    ("enum", "labels"),
    [
        (Measure, wording.MEASURE_LABELS),
        (Aspect, wording.ASPECT_LABELS),
        (ConflictKind, wording.CONFLICT_LABELS),
        (ActorKind, wording.ACTOR_LABELS),
        (SectionKind, wording.SECTION_TITLES),
    ],
)
def test_every_member_has_a_label(enum: type[StrEnum], labels: dict[str, str]) -> None:
    """A new measure without a word for it fails here."""
    assert set(labels) == set(enum)


@pytest.mark.parametrize("precision", Precision)
def test_every_precision_has_words(precision: Precision) -> None:
    """A span of any precision can be written."""
    assert span_words(dt.date(2025, 6, 3), dt.date(2025, 6, 3), precision, year=2025)


@pytest.mark.parametrize(
    ("low", "high", "approximate", "written", "expected"),
    [
        (31, 31, False, "", "31"),
        (7, 7, False, "seven", "7"),
        (31, None, False, "at least 31", "at least 31"),
        (31, None, False, "more than 30", "more than 30"),
        (None, 12, False, "up to a dozen", "up to 12"),
        (None, 11, False, "fewer than 12", "fewer than 12"),
        (40, 40, True, "some forty", "about 40"),
        (20, 30, False, "20 to 30", "20 to 30"),
        (24, None, True, "Dozens", "dozens"),
        (None, None, False, "several", "several"),
        (None, None, False, "A number  of", "a number of"),
        (11001, None, False, "MORE THAN 11,000", "more than 11,000"),
        (1200, 1200, False, "1,200", "1,200"),
        (None, None, False, "", "an unstated number"),
    ],
)
def test_counts_keep_their_hedge(
    low: int | None, high: int | None, approximate: bool, written: str, expected: str
) -> None:
    """What the text says is what the card says."""
    assert bounds_words(Bounds(low=low, high=high, approximate=approximate), written) == expected


@pytest.mark.parametrize(
    ("first", "last", "precision", "time", "expected"),
    [
        ("2025-06-03", "2025-06-03", Precision.DAY, None, "3 Jun"),
        ("2025-06-03", "2025-06-03", Precision.TIME, "04:50", "3 Jun 04:50"),
        ("2025-06-03", "2025-06-05", Precision.DAY, None, "3–5 Jun"),
        ("2025-05-30", "2025-06-05", Precision.WEEK, None, "30 May – 5 Jun"),
        ("2024-12-30", "2025-01-02", Precision.DAY, None, "30 Dec 2024 – 2 Jan"),
        ("2019-03-01", "2019-03-31", Precision.MONTH, None, "Mar 2019"),
        ("2019-01-01", "2019-12-31", Precision.YEAR, None, "2019"),
        ("2019-04-01", "2019-06-30", Precision.QUARTER, None, "Q2 2019"),
        ("1990-01-01", "1999-12-31", Precision.DECADE, None, "1990s"),
        ("2019-06-03", "2019-06-03", Precision.DAY, None, "3 Jun 2019"),
    ],
)
def test_days_are_as_exact_as_they_are_known(
    first: str, last: str, precision: Precision, time: str | None, expected: str
) -> None:
    """The year stands where it is not the story's."""
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert span_words(*days, precision, time=time, year=2025) == expected


def test_midnight_is_a_day_without_a_time() -> None:
    """A date of publication does not pretend to be a time."""
    assert time_words(dt.datetime(2025, 6, 3, tzinfo=dt.UTC), year=2025) == "3 Jun"
    assert time_words(dt.datetime(2025, 6, 3, 9, 5, tzinfo=dt.UTC), year=2025) == "3 Jun 09:05"
    assert day_words(dt.date(2025, 6, 3), year=None) == "3 Jun 2025"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2025-06-03", "2025-06-05", "3 to 5 June 2025"),
        ("2025-06-03", "2025-06-03", "3 June 2025"),
        ("2025-05-30", "2025-06-02", "30 May to 2 June 2025"),
        ("2024-12-30", "2025-01-02", "30 December 2024 to 2 January 2025"),
        (None, None, ""),
    ],
)
def test_storys_days_in_full(first: str | None, last: str | None, expected: str) -> None:
    """The heading spells months out."""
    days = [dt.date.fromisoformat(day) if day else None for day in (first, last)]
    assert long_days(*days) == expected


def test_labels_of_conflicts() -> None:
    """Measures and aspects share a field."""
    assert [about_label(a) for a in ("killed", "means", "on_board")] == ["Killed", "Means", "On board"]


@pytest.mark.parametrize(("victims", "expected"), [("people", True), (None, True), ("children", False)])
def test_people_need_no_naming(victims: str | None, expected: bool) -> None:
    """The label says that people are counted."""
    assert names_nobody(victims) == expected

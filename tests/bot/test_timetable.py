"""Times, days, zones and words as admins type them."""

from __future__ import annotations

import pytest

from bot.config import WEEKDAYS
from bot.errors import Refusal
from bot.render.subscriptions import days_words
from bot.timetable import find_zone, parse_days, parse_times, parse_words, suggest_zones
from bot.tongue import say, speaking
from digests import LANGUAGES

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("08:00, 18:30", ("08:00", "18:30")),
        ("18:30 8:00", ("08:00", "18:30")),
        ("7.05;07:05", ("07:05",)),
        ("23:59", ("23:59",)),
        ("00:00", ("00:00",)),
    ],
)
def test_times(typed: str, expected: tuple[str, ...]) -> None:
    """In order of the day, each once, whatever stands between."""
    assert expected == parse_times(typed)


@pytest.mark.parametrize("typed", ["", "24:00", "8", "8pm", "08:60", "-1:00", "08:00-09:00"])
def test_what_is_no_time(typed: str) -> None:
    """Refused with the form."""
    with pytest.raises(Refusal, match="08:00, 18:30"):
        parse_times(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mon-fri", WEEK[:5]),
        ("Monday - Friday", WEEK[:5]),
        ("sat, sun", WEEK[5:]),
        ("sun, sat", WEEK[5:]),
        ("fri-mon", ("mon", "fri", "sat", "sun")),
        ("weekdays", WEEK[:5]),
        ("daily", WEEK),
        ("mon wed mon", ("mon", "wed")),
    ],
)
def test_days(typed: str, expected: tuple[str, ...]) -> None:
    """In order of the week; a range may go over Sunday."""
    assert expected == parse_days(typed)


@pytest.mark.parametrize("typed", ["", "someday", "mon-tue-wed", "8", "mon-"])
def test_what_is_no_day(typed: str) -> None:
    """Refused with the form."""
    with pytest.raises(Refusal, match="mon-fri"):
        parse_days(typed)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (WEEK, "every day"),
        (WEEK[:5], "mon-fri"),
        (WEEK[5:], "sat, sun"),
        (("mon", "wed"), "mon, wed"),
        (("tue",), "tue"),
    ],
)
def test_days_in_words(days: tuple[str, ...], expected: str) -> None:
    """As short as it is clear."""
    assert expected == days_words(days)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/BERLIN", "Europe/Berlin"),
        ("america/new york", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_zones(typed: str, expected: str) -> None:
    """By name, in any case."""
    assert expected == find_zone(typed)


@pytest.mark.parametrize(
    "typed", ["", "Atlantis", "../../etc/passwd", "/etc/localtime", "Europe/", "CET+9:99", "x" * 5000]
)
def test_what_is_no_zone(typed: str) -> None:
    """Refused; a path is no name, and what is shown of it is short."""
    with pytest.raises(Refusal, match="is not a time zone") as refused:
        find_zone(typed)
    assert len(refused.value.sentence) < 300


def test_zones_are_suggested_by_their_city() -> None:
    """Those that begin with what is typed come first; something is shown before anything is."""
    assert "America/New_York" == suggest_zones("new_y")[0]
    assert "Europe/Rome" == suggest_zones("rom")[0]
    assert "UTC" in suggest_zones("")
    assert 25 == len(suggest_zones("a"))


def test_words() -> None:
    """Phrases between commas, cleaned, each once."""
    assert ("ferry", "Port Alder") == parse_words(" ferry,Port  Alder;ferry,,")
    assert () == parse_words(" , ")
    for typed in (",".join(f"w{n}" for n in range(21)), "x" * 61):
        with pytest.raises(Refusal, match="At most 20"):
            parse_words(typed)


@pytest.mark.parametrize(
    ("code", "typed", "expected"),
    [
        ("de", "Mo-Fr", ("mon", "tue", "wed", "thu", "fri")),
        ("de", "Samstag, So", ("sat", "sun")),
        ("de", "mon, sun", ("mon", "sun")),
        ("fr", "lun-mer", ("mon", "tue", "wed")),
        ("es-419", "sáb, domingo", ("sat", "sun")),
        ("uk", "пн-вт", ("mon", "tue")),
        ("ar", "الأحد", ("sun",)),
    ],
)
def test_days_in_the_language_that_is_spoken(code: str, typed: str, expected: tuple[str, ...]) -> None:
    """As the bot itself writes them there, and in English everywhere."""
    with speaking(code):
        assert expected == parse_days(typed)


def test_what_the_bot_says_of_days_can_be_typed() -> None:
    """The examples of each language are days in it."""
    for code in LANGUAGES:
        with speaking(code):
            said = say("mon-fri, or sat, sun")
            assert WEEKDAYS[:5] == parse_days(said.split()[0].rstrip(","))

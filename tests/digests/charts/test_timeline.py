"""The picture of a timeline: days in order, planned entries hollow, background apart."""

from __future__ import annotations

import datetime as dt

import pytest

from digests.charts.canvas import THEMES
from digests.charts.timeline import describe_timeline, draw_timeline
from digests.tongues import LANGUAGES, tongue_of
from digests.types import Precision, TimelineEntry
from tests.digests.cards.ferry import FINDINGS, STORY, cite
from tests.digests.charts.reading import has_colour, open_png, overlapping, written


def entry(
    day: int, text: str, *, planned: bool = False, background: bool = False, voices: int = 1, year: int = 2025
) -> TimelineEntry:
    when = dt.date(year, 6, day)
    return TimelineEntry(
        first=when,
        last=when,
        precision=Precision.DAY,
        time=None,
        text=text,
        is_planned=planned,
        is_background=background,
        citations=(cite("a1"),),
        voices=voices,
    )


LONG = "divers of the coastguard search the hull of the ferry for those who are still missing"
MANY = (
    *(entry(1, f"Another ferry sank {n} years ago", background=True, year=2010 + n) for n in range(5)),
    *(entry(n, f"Day {n}: {LONG}" + " and more" * n, voices=n % 4) for n in range(2, 25)),
    *(entry(n, f"The inquiry of day {n} opens in the harbour hall", planned=True) for n in range(25, 29)),
)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("found", [FINDINGS.timeline, MANY], ids=["ferry", "many"])
def test_picture_is_a_png_of_its_size(found: tuple[TimelineEntry, ...], theme: str) -> None:
    png = draw_timeline(STORY, found, theme=theme)
    assert png is not None
    assert open_png(png).size == (800, 450)
    assert len(png) < 200_000
    assert draw_timeline(STORY, found, theme=theme) == png
    assert has_colour(png, THEMES[theme].paper)


@pytest.mark.parametrize("count", [0, 1])
def test_one_day_is_no_timeline(count: int) -> None:
    found = (entry(3, "Ferry sinks"),) * count
    assert draw_timeline(STORY, found) is None
    assert describe_timeline(STORY, found) == ""


def test_parts_stand_in_order_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Background above, then what happened, then what is planned; each with its day."""
    found = (
        entry(1, "An older ferry sinks", background=True, year=2019),
        entry(3, "Ferry sends a distress call"),
        entry(4, "Search is suspended"),
        entry(9, "Inquiry opens", planned=True),
    )
    with written(monkeypatch) as texts:
        draw_timeline(STORY, found)
    shown = [text for text, _ in texts]
    days = ["1 Jun 2019", "3 Jun", "4 Jun", "9 Jun"]
    assert [text for text in shown if text in days] == days
    assert shown[-3:] == ["background", "happened", "planned"]
    assert describe_timeline(STORY, found) == (
        "Timeline, 2025. Ferry sinks off Port Alder. Before: 1 Jun 2019: An older ferry sinks. "
        "Then: 3 Jun: Ferry sends a distress call; 4 Jun: Search is suspended. Planned: 9 Jun: Inquiry opens."
    )


def test_most_told_entries_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What several outlets tell is shown before what one tells; the rest is counted."""
    found = (*(entry(n, f"Small matter {n}") for n in range(1, 20)), entry(20, "The turn", voices=3))
    with written(monkeypatch) as texts:
        draw_timeline(STORY, found)
    shown = [text for text, _ in texts]
    assert "The turn" in shown
    assert "13 more in the text" in shown


def test_dateline_is_left_out() -> None:
    """The place and agency that a report opens with are no part of what happened."""
    found = (entry(3, "PORT ALDER (Coast Wire) — Ferry sinks"), entry(4, "UN envoy arrives"))
    assert "3 Jun: Ferry sinks; 4 Jun: UN envoy arrives" in describe_timeline(STORY, found)


def test_no_words_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long sentences are wrapped and cut; all stays inside the picture."""
    with written(monkeypatch) as texts:
        draw_timeline(STORY, MANY)
    assert overlapping(texts) == []
    assert all(box[0] >= 0 and box[2] <= 800 and box[3] <= 450 for _, box in texts)


def test_description_is_short() -> None:
    """What is longer than an attachment may carry ends behind a whole entry."""
    words = describe_timeline(STORY, tuple(entry(n, f"{LONG} {LONG} {LONG}") for n in range(1, 9)))
    assert 500 < len(words) <= 1_000
    assert words.endswith("missing …")


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_our_words_are_in_the_reader_s_language(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """In the picture, where they fit too, and in its description; what articles say stays."""
    drawn = []
    for tongue in (tongue_of(code), tongue_of("en")):
        with written(monkeypatch) as texts:
            assert draw_timeline(STORY, MANY, tongue=tongue)
        drawn.append([text for text, _ in texts])
        assert [] == overlapping(texts)
    ours = ("What happened when · 2025", "background", "happened", "planned", drawn[1][-1])
    assert drawn[1][-1].endswith("more in the text")
    assert set(ours) <= set(drawn[1])
    assert set(ours).isdisjoint(drawn[0])
    said = describe_timeline(STORY, MANY, tongue=tongue_of(code))
    assert [] == [words for words in ("Timeline", "Before:", "Then:", "Planned:") if words in said]

"""Text is cut at words, never in the middle of a name, and never wider than its room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.charts.canvas import Canvas, Shape, fit_text, text_width, wrap_text
from tests.digests.charts.reading import open_png

LONG = "The regional governor of the northern river districts said that the search goes on"


def test_short_text_stays() -> None:
    assert fit_text("health ministry", 16, 300) == "health ministry"


def test_long_text_ends_at_a_word() -> None:
    """The cut text is the beginning of the whole, with a mark, and fits."""
    short = fit_text(LONG, 16, 200)
    assert short.endswith("…")
    assert LONG.startswith(short[:-1] + " ")
    assert text_width(short, 16) <= 200


def test_no_room_gives_nothing() -> None:
    assert fit_text("governor", 16, 4) == ""


def test_lines_hold_the_whole_text_where_they_can() -> None:
    """Wrapping loses no word while there are lines left."""
    lines = wrap_text(LONG, 16, 330, 3)
    assert " ".join(lines) == LONG
    assert all(text_width(line, 16) <= 330 for line in lines)


def test_last_line_says_that_it_is_cut() -> None:
    lines = wrap_text(LONG, 16, 200, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")


@given(st.text(max_size=300), st.floats(min_value=1, max_value=700))
def test_text_always_fits(text: str, room: float) -> None:
    """Whatever the words are, they stay inside their room."""
    assert text_width(fit_text(text, 16, room), 16) <= room
    assert all(text_width(line, 16) <= room for line in wrap_text(text, 16, room, 2))


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("shape", Shape)
def test_marks_are_drawn_in_their_colour(theme: str, shape: Shape) -> None:
    """A full mark has its colour in the middle, a hollow one the paper's."""
    canvas = Canvas(theme)
    colour = canvas.theme.sides[1]
    canvas.shape(100, 100, shape, colour=colour, radius=8)
    canvas.shape(200, 100, shape, colour=colour, radius=8, hollow=True)
    image = open_png(canvas.finish())
    assert image.size == (800, 450)
    assert image.getpixel((100, 100)) == colour
    assert image.getpixel((200, 100)) == canvas.theme.paper

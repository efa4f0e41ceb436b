"""Every text of a picture can be drawn in the font that is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from digests.charts.letters import drawable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Coast Wire", "Coast Wire", id="ascii"),
        pytest.param("Ana Möller, Erdoğan", "Ana Moller, Erdogan", id="accents"),
        pytest.param("Łódź Øresund Weiß", "Lodz Oresund Weiss", id="letters of their own"),
        pytest.param("Береговая Щука", "Beregovaya Shchuka", id="cyrillic"),
        pytest.param("Αθήνα", "Athina", id="greek"),
        pytest.param("10–12 dead — “so far”…", "10-12 dead - “so far”…", id="dashes and quotes"),
        pytest.param("two\nlines\u00a0here", "two lines here", id="spaces"),
        pytest.param("العربية", "", id="no latin form"),
        pytest.param("Zürich 東京", "Zurich", id="partly"),
        pytest.param("ﬁre №5", "fire No. 5", id="compatibility forms"),
    ],
)
def test_letters_are_ones_that_the_font_has(text: str, expected: str) -> None:
    """Names keep their reading; what cannot be written is left out, never drawn as a box."""
    assert drawable(text) == expected


@given(st.text(max_size=80))
def test_no_text_draws_a_box(text: str) -> None:
    """Whatever an article says, each letter that remains has a shape in the font."""
    font = ImageFont.load_default(20)
    missing = bytes(font.getmask("\uffff"))
    for char in drawable(text):
        assert char == " " or bytes(font.getmask(char)) != missing, repr(char)

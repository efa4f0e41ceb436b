"""Every text of a picture can be drawn in one of the two fonts that are there."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.charts import letters
from digests.charts.canvas import _font, _wide_font, text_width
from digests.charts.letters import drawable, is_joined, is_wide
from digests.charts.words import drawn_tongue
from digests.tongues import ENGLISH, LANGUAGES, tongue_of

#: A text whose letters are joined, and "killed: 12" in it.
ARABIC = "القتلى: 12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Coast Wire", "Coast Wire", id="ascii"),
        pytest.param("Ana Möller, Erdoğan", "Ana Möller, Erdoğan", id="accents"),
        pytest.param("Ana Mo\u0308ller", "Ana Möller", id="accents apart"),
        pytest.param("Łódź Øresund Weiß", "Łódź Øresund Weiß", id="letters of their own"),
        pytest.param("Береговая Щука", "Береговая Щука", id="cyrillic"),
        pytest.param("Αθήνα", "Αθήνα", id="greek"),
        pytest.param(ARABIC, ARABIC, id="arabic"),
        pytest.param("10–12 dead — “so far”…", "10-12 dead - “so far”…", id="dashes and quotes"),
        pytest.param("10–12 Tote in Köln", "10–12 Tote in Köln", id="dashes in the other font"),
        pytest.param("two\nlines\u00a0here", "two lines here", id="spaces"),
        pytest.param("東京", "", id="in no font"),
        pytest.param("Zürich 東京", "Zürich", id="partly"),
        pytest.param("ﬁre №5", "fire No. 5", id="compatibility forms"),
    ],
)
def test_letters_are_ones_that_the_fonts_have(text: str, expected: str) -> None:
    """Names keep their reading; what cannot be written is left out, never drawn as a box."""
    assert drawable(text) == expected
    assert drawable(expected) == expected


def is_box(char: str, text: str) -> bool:
    font = _font(text, 20.0)
    return bytes(font.getmask(char)) == bytes(font.getmask("\uffff"))


@given(st.text(max_size=80))
def test_no_text_draws_a_box(text: str) -> None:
    """Whatever an article says, each letter that remains has a shape in its font."""
    plain = drawable(text)
    for char in plain:
        assert char == " " or not is_box(char, plain), repr(char)


def test_every_letter_of_the_other_font_is_there() -> None:
    """What the tables say that it has, and every letter of every language that the bot speaks."""
    for first, last in (*letters._WIDE_LETTERS, *letters._WIDE_MARKS):
        for number in range(first, last + 1):
            if unicodedata.category(chr(number)) != "Cn":
                assert not is_box(chr(number), f"é{chr(number)}"), hex(number)
    for code in LANGUAGES:
        for said in tongue_of(code).texts.values():
            assert len(drawable(said)) >= len(said) - said.count("\n") - 20, said


def test_joined_letters_take_their_shapes() -> None:
    """Side by side they are narrower than each alone: they run into each other."""
    word = "محافظ"
    assert is_joined(word)
    assert is_wide(word)
    assert text_width(word, 20.0) < sum(_wide_font(20.0, True).getlength(char) for char in word) / 2


def test_where_letters_cannot_be_joined_a_picture_is_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without libraqm: no letters that stand apart, and no empty labels."""
    assert tongue_of("ar") is drawn_tongue(tongue_of("ar"))
    monkeypatch.setattr(letters, "_joins", lambda: False)
    drawable.cache_clear()
    assert ENGLISH is drawn_tongue(tongue_of("ar"))
    assert tongue_of("uk") is drawn_tongue(tongue_of("uk"))
    assert ": 12" == drawable(ARABIC)
    drawable.cache_clear()

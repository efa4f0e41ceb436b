"""Odd characters and markup to plain text, in time linear in the input."""

import functools
import time
import unicodedata

import pytest

from digests.text.clean import MAX_CHARACTERS, _is_settled, clean_text, html_to_text, normalise

NFC = functools.partial(unicodedata.normalize, "NFC")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("har\u00adbour", "harbour"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("cafe\u0301", "café"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a   b \n\n\n\n c", "a b\n\nc"),
        ("", ""),
    ],
)
def test_normalise_keeps_only_what_shows(raw: str, expected: str) -> None:
    """Spaces fold, invisible characters go, letters are composed."""
    assert expected == normalise(raw)


@pytest.mark.parametrize("base", ["a", "E", "я"])
def test_settled_characters_are_what_normalising_leaves(base: str) -> None:
    """No character that passes the cheap test is changed, dropped or composed with the one in front of it."""
    settled = [chr(n) for n in range(0x21, 0x2100) if _is_settled(chr(n))]
    changed = [c for c in settled if normalise(base + c) != base + c or NFC(base + c) != base + c]
    assert (True, []) == (len(settled) > 500, changed)


def test_normalise_cuts_at_the_limit() -> None:
    """A text longer than any article is cut, not refused."""
    assert MAX_CHARACTERS == len(normalise("x" * (MAX_CHARACTERS + 10)))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One.</p><p>Two <b>bold</b>.</p>", "One.\n\nTwo bold."),
        ("<h1>Head</h1>Text<br>more", "Head\n\nText\n\nmore"),
        ("<p>Fish &amp; chips &#8211; hot</p>", "Fish & chips – hot"),
        ("<script>if (a<b) x()</script><p>Kept</p><style>p{}</style>", "Kept"),
        ("<p>A<!-- <p>hidden</p> -->B</p>", "AB"),
        ("<figure><img><figcaption>A pier.</figcaption></figure><p>Body</p>", "Body"),
        ("<p title='a > b'>Quoted</p>", "Quoted"),
        ("5 < 6 and <notclosed", "5 < 6 and <notclosed"),
        ("<nav>Menu</nav><p>Text</p><form>Mail</form>", "Text"),
        ("<p>Cut <!-- never closed", "Cut"),
    ],
)
def test_html_keeps_paragraphs_alone(markup: str, expected: str) -> None:
    """Blocks become paragraphs; scripts, comments, menus, forms and captions go."""
    assert expected == html_to_text(markup)


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<a '", "<!--", "</", "<script>", '<p title="', "&", "<a href='x\"", "<!["]
)
def test_broken_markup_costs_no_more_than_its_length(piece: str) -> None:
    """Hostile repetition is read in well under a second."""
    start = time.perf_counter()
    html_to_text(piece * (200_000 // len(piece)))
    assert time.perf_counter() - start < 15


@pytest.mark.parametrize("tail", ["", " ", '"', "' x", "<p>"])
def test_a_tag_that_never_ends_is_given_up_at_once(tail: str) -> None:
    """However its letters might be cut into attributes, they are read once; the words around it stay."""
    assert html_to_text(f"<p>Before</p><t{'&' * 1_700}{tail}").startswith("Before\n\n<t")


def test_clean_text_gives_title_and_body() -> None:
    """A scraped page keeps its headline and paragraphs, in order."""
    page = "Menu\n\nFerry sinks off Southport\n\nShare\n\nA ferry sank on Monday.\n\nLeave a Reply\n"
    assert "Ferry sinks off Southport\n\nA ferry sank on Monday." == clean_text(page)

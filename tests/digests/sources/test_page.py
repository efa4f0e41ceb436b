"""Pages: main text and metadata, whatever the markup is like."""

from __future__ import annotations

import datetime as dt
import json
import time

import pytest

from digests.sources.page import parse_page, read_page

BODY = "".join(
    f"<p>The river rose {n} metres above its banks near Lindmere, and families were told to leave their homes.</p>"
    for n in (2, 3, 4)
)


def page(head: str = "", body: str = BODY) -> str:
    return f"<html><head>{head}</head><body><header>Sign in</header><article>{body}</article></body></html>"


LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "no article"},
        {
            "@type": ["NewsArticle"],
            "headline": "River rises",
            "datePublished": "2026-06-09T10:00:00+02:00",
            "author": [{"@type": "Person", "name": "Ana Reyes"}, {"name": "https://a.example/ana"}],
            "publisher": {"name": "Lindmere Wire"},
        },
    ],
}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(
            f'<script type="application/ld+json">{json.dumps(LD)}</script>',
            (
                "River rises",
                "Lindmere Wire",
                dt.datetime(2026, 6, 9, 8, tzinfo=dt.UTC),
                ("Ana Reyes",),
            ),
            id="json-ld in a graph",
        ),
        pytest.param(
            '<meta property="og:title" content="River rises"><meta property="og:site_name" content="Lindmere Wire">'
            '<meta property="article:published_time" content="2026-06-09"><meta name="author" content="Ana Reyes">',
            ("River rises", "Lindmere Wire", dt.date(2026, 6, 9), ("Ana Reyes",)),
            id="open graph",
        ),
        pytest.param(
            "<title>River rises above its banks today | Lindmere Wire</title>",
            ("River rises above its banks today", None, None, ()),
            id="title with its site",
        ),
        pytest.param(
            "<title>River rises | All the news | Lindmere</title>",
            ("River rises | All the news", None, None, ()),
            id="title with its section",
        ),
        pytest.param("<title>River rises</title>", ("River rises", None, None, ()), id="title alone"),
        pytest.param(
            '<script type="application/ld+json">{broken</script><title>River rises</title>',
            ("River rises", None, None, ()),
            id="broken json-ld",
        ),
    ],
)
def test_metadata(head: str, expected: tuple[object, ...]) -> None:
    """What publishers write for machines, in the order in which it is trusted."""
    found = read_page(page(head))
    assert (found.title, found.outlet, found.published, found.authors) == expected


def test_main_text_without_furniture() -> None:
    """The paragraphs, each on its own, and nothing of the header."""
    text = read_page(page()).text
    assert text.count("The river rose") == 3
    assert "Sign in" not in text


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "   ",
        "<",
        "<html></html>",
        "no markup at all",
        "<p>short</p>",
        "<!--" * 10_000,
        "<div>" * 5_000,
        "\x00\x01",
        "<html><body><script>alert(1)</script></body></html>",
    ],
)
def test_odd_markup_never_raises(markup: str) -> None:
    """Any string gives a page, maybe without text, and never a script's words."""
    assert "alert" not in read_page(markup).text


def test_a_tag_of_thousands_of_attributes_is_not_parsed() -> None:
    """100,000 of them cost the parser minutes; a long inline picture is no such tag."""
    started = time.monotonic()
    assert read_page("<p " + " ".join(f'a{n}="1"' for n in range(100_000)) + ">x</p>").text == ""
    assert time.monotonic() - started < 15
    picture = f'<img src="data:image/png;base64,{"A" * 50_000}==">'
    assert "The river rose" in read_page(page(body=picture + BODY)).text


def test_short_pages_fall_back_to_their_paragraphs() -> None:
    """A note of one sentence is still an article."""
    assert read_page("<html><body><p>A bridge fell.</p></body></html>").text == "A bridge fell."


def test_bytes_are_decoded_as_the_server_says() -> None:
    """The header's charset goes first, what the page declares comes next."""
    body = page(body="<p>Zoë Alström said the river rose three metres above its banks on Tuesday.</p>")
    for charset in ("latin-1", "utf-8"):
        found = parse_page(body.encode(charset), content_type=f"text/html; charset={charset}")
        assert "Zoë Alström" in found["text"]


def test_a_page_without_text_is_an_error() -> None:
    """The feed's teaser is kept then."""
    with pytest.raises(ValueError, match="no article text"):
        parse_page(b"<html><body></body></html>", content_type="text/html")

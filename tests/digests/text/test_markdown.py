"""Markdown as text."""

import pytest

from digests.extract.header import read_article
from digests.text.markdown import strip_marks
from digests.types import RawArticle


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("# Quay falls\n\nIt **fell** at *dawn*.", "Quay falls\n\nIt fell at dawn."),
        ("## Why ##\n\n- two storms\n> a letter", "Why\n\ntwo storms\na letter"),
        ("Quay falls\n==========\n\nIt fell.", "Quay falls\n\nIt fell."),
        ("See [the map](https://quay.example/a_b), _now_.", "See the map, now."),
        ("![A quay](https://quay.example/q.png)\nIt fell.", "\nIt fell."),
        ("*By Ana Reyes*", "By Ana Reyes"),
        (
            "Tug #4 cost 3 * 4 * 5 coins; a_b_c [1] (x) stays.",
            "Tug #4 cost 3 * 4 * 5 coins; a_b_c [1] (x) stays.",
        ),
        ("- it was a dash\n- twice", "- it was a dash\n- twice"),
    ],
)
def test_marks_go_and_words_stay(text: str, plain: str) -> None:
    """Headings, emphasis, links and lists lose their marks; plain text keeps its own."""
    assert plain == strip_marks(text)


def test_a_markdown_page_is_read_like_any_other() -> None:
    """Title, byline and day stand behind marks, and none of the marks is text."""
    body = (
        "# Old quay falls into the sea\n\nHarbour News, 10 June 2021\n\n*By Ana Reyes*\n\nThe **old quay** fell on "
        "Thursday, [police](https://police.example) said.\n\nNobody was hurt when it fell.\n\n---\n\n0 Comments"
    )
    article = read_article(
        RawArticle(source_id="s", external_id="x", body=body), article_id="x", retrieved=None
    )
    assert ("Old quay falls into the sea", "Harbour News", "2021-06-10", ("Ana Reyes",)) == (
        article.title,
        article.outlet,
        str(article.published_on),
        article.authors,
    )
    assert article.text.endswith(
        "The old quay fell on Thursday, police said.\n\nNobody was hurt when it fell."
    )


def test_front_matter_is_read_as_a_page_says_it() -> None:
    """Title, writer, outlet and day of the block of keys; other keys go."""
    body = (
        '---\ntitle: "Old quay falls into the sea"\nlayout: post\ndate: 2021-06-10T09:00:00Z\nauthor: Ana Reyes\n'
        "source: Harbour News\n---\n\nThe old quay fell on Thursday, police said.\n\nNobody was hurt when it fell.\n"
    )
    article = read_article(
        RawArticle(source_id="s", external_id="x", body=body), article_id="x", retrieved=None
    )
    assert ("Old quay falls into the sea", "Harbour News", "2021-06-10", ("Ana Reyes",)) == (
        article.title,
        article.outlet,
        str(article.published_on),
        article.authors,
    )
    assert "layout" not in article.text
    assert "Harbour" not in article.text

"""A story is what its articles tell together, whatever their order and however they came in."""

from __future__ import annotations

import dataclasses
import datetime as dt

from digests.stories.description import describe_story, find_keywords
from digests.types import Article
from tests.digests.engine_case import DAM, STRIKE


def make_article(number: int, title: str | None, text: str) -> Article:
    return Article(
        id=f"a{number}",
        source_id="s",
        external_id=f"e{number}",
        text=text,
        title=title,
        outlet=f"Outlet {number}",
        published=dt.datetime(2026, 6, number, tzinfo=dt.UTC),
    )


def test_a_story_is_described_by_its_articles() -> None:
    """Days, order, voices and copies; the order of the input does not matter."""
    dam = DAM.format(count=7)
    told = [
        make_article(2, "Dam bursts", dam),
        make_article(1, "Dam bursts", dam),
        make_article(3, None, STRIKE),
    ]
    story = describe_story("s1", told)
    assert story == describe_story("s1", told[::-1])
    assert story.article_ids == ("a1", "a2", "a3")
    assert story.copies == (("a2", "a1"),)
    assert story.voices == 2
    assert story.first_published == told[1].published
    assert story.last_published == told[2].published


def test_copies_are_found_step_by_step() -> None:
    """Only what is new is compared: a reprint of an old text, and an older text that arrives late."""
    dam, strike = DAM.format(count=7), STRIKE.format(count=7)
    told = [make_article(3, "A", dam), make_article(4, "B", dam), make_article(2, "C", strike)]
    before = describe_story("s1", told)
    assert before.copies == (("a4", "a3"),)
    late = make_article(1, "D", dam)
    after = describe_story("s1", [*told, late], known_copies=dict(before.copies), fresh={"a1"})
    assert after.copies == (("a3", "a1"), ("a4", "a1"))
    assert after == describe_story("s1", [*told, late])


def test_a_large_story_compares_what_is_near() -> None:
    """Three hundred articles: a reprint of the day is found, what was known stays."""
    told = [
        dataclasses.replace(
            make_article(1, f"T{n}", f"Report {n}. " + STRIKE.format(count=n)),
            id=f"a{n:03}",
            published=dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=n),
        )
        for n in range(300)
    ]
    new = dataclasses.replace(told[299], id="b", published=told[299].published)
    story = describe_story("s1", [*told, new], known_copies={"a001": "a000"}, fresh={"b"})
    assert dict(story.copies)["a001"] == "a000"
    assert "b" in dict(story.copies)


def test_keywords_are_the_words_that_headlines_share() -> None:
    """As they are first written; small words say nothing."""
    titles = ["Orlen dam bursts after rain", "The Orlen dam and the flood", "Dams in the rain"]
    articles = [make_article(n, title, "") for n, title in enumerate(titles, start=1)]
    assert find_keywords(articles)[:3] == ("dam", "Orlen", "rain")
    assert find_keywords([make_article(1, None, "text")]) == ()

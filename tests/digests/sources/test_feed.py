"""Entries as articles: identity that stays, times that can be, addresses that can be shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from digests.sources import ReadFailure
from digests.sources.feed import (
    canonical_address,
    find_identities,
    make_articles,
    plausible_time,
    publisher_address,
    use_page,
)
from digests.types import RawArticle

NOW = dt.datetime(2026, 6, 10, tzinfo=dt.UTC)
ENTRY = {
    "id": "w-1",
    "link": "https://wire.example/1",
    "title": "Bridge falls",
    "content": "<p>A bridge fell.</p>",
    "is_html": True,
    "published": 1780999200,
    "authors": ["Ana Reyes"],
    "outlet": None,
}


def entry(**changes: Any) -> dict[str, Any]:
    return {**ENTRY, **changes}


def articles(*entries: dict[str, Any]) -> list[RawArticle]:
    made = make_articles(entries, source_id="s", outlet="Lindmere Wire", now=NOW)
    return [item for item in made if isinstance(item, RawArticle)]


def test_an_entry_becomes_an_article() -> None:
    """All that the feed says, under the source's name."""
    (article,) = articles(entry())
    assert article == RawArticle(
        source_id="s",
        external_id=find_identities([ENTRY])[0],
        body="<p>A bridge fell.</p>",
        is_html=True,
        is_entry=True,
        url="https://wire.example/1",
        title="Bridge falls",
        outlet="Lindmere Wire",
        published=dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC),
        authors=("Ana Reyes",),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            {}, {"title": "x", "published": 1, "content": "y", "link": "https://b.example"}, id="own id"
        ),
        pytest.param({"id": None}, {"id": None, "title": "x", "published": 1, "content": "y"}, id="address"),
        pytest.param(
            {"id": None}, {"id": None, "link": "http://www.wire.example/1/"}, id="other form of the address"
        ),
        pytest.param(
            {"id": None},
            {"id": None, "link": "https://wire.example/1?utm_source=rss&fbclid=1#top"},
            id="tracking",
        ),
        pytest.param(
            {"id": None, "link": None},
            {"id": None, "link": None, "published": 1, "authors": []},
            id="words alone",
        ),
    ],
)
def test_identity_stays(before: dict[str, Any], after: dict[str, Any]) -> None:
    """What a feed may change without making a new article of it."""
    assert find_identities([entry(**before)]) == find_identities([entry(**after)])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({}, {"id": "w-2"}, id="own id"),
        pytest.param({"id": None}, {"id": None, "link": "https://wire.example/1?page=2"}, id="address"),
        pytest.param({"id": None, "link": None}, {"id": None, "link": None, "title": "Other"}, id="words"),
    ],
)
def test_different_entries_stay_apart(first: dict[str, Any], second: dict[str, Any]) -> None:
    """A missed article is worse than one that comes twice."""
    assert find_identities([entry(**first)]) != find_identities([entry(**second)])


@pytest.mark.parametrize(
    "shared", [{"id": "same"}, {"id": None}, {"id": "same", "link": "https://wire.example/"}]
)
def test_a_shared_id_or_address_identifies_nothing(shared: dict[str, Any]) -> None:
    """One id for all, none at all, one address for all: all 200 are kept."""
    entries = [
        entry(**{"link": f"https://wire.example/{n}", "title": f"Title {n}", **shared}) for n in range(200)
    ]
    assert len(articles(*entries)) == 200


def test_the_same_entry_twice_is_one_article() -> None:
    """Some feeds repeat themselves."""
    assert len(articles(entry(), entry())) == 1


def test_ids_of_any_length_are_bounded() -> None:
    """A key of 200 kB would be carried by every row."""
    assert [len(identity) for identity in find_identities([entry(id="x" * 200_000)])] == [16]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1780999200, dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)),
        ("2026-06-09T12:00:00+02:00", dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)),
        ("2026-06-09", dt.datetime(2026, 6, 9, tzinfo=dt.UTC)),
        (int(NOW.timestamp()) + 86_400, dt.datetime(2026, 6, 11, tzinfo=dt.UTC)),
        (int(NOW.timestamp()) + 86_401, None),
        (631_152_000, dt.datetime(1990, 1, 1, tzinfo=dt.UTC)),
        (631_151_999, None),
        (0, None),
        (-(10**12), None),
        (10**18, None),
        (float("nan"), None),
        (float("inf"), None),
        ("9999-12-31T23:59:59-12:00", None),
        ("soon", None),
        (None, None),
        (True, None),
    ],
)
def test_impossible_times_are_no_times(value: object, expected: dt.datetime | None) -> None:
    """Nothing is sorted into the future or to 1970."""
    assert plausible_time(value, now=NOW) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("HTTPS://Wire.Example/A?b=1&a=2#c", "https://wire.example/A?b=1&a=2"),
        ("https://wire.example/?utm_medium=rss", "https://wire.example/"),
        ("https://wire.example/?q=a%20b&utm_medium=rss", "https://wire.example/?q=a+b"),
        ("https://wire.example/?q=a%20b", "https://wire.example/?q=a%20b"),
        ("javascript:alert(1)", None),
        ("https://me:pw@wire.example/", None),
        ("https://[broken/", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses(link: object, expected: str | None) -> None:
    """What is stored and shown as a link."""
    assert canonical_address(link) == expected


def test_a_headline_alone_is_an_article() -> None:
    """Headlines carry figures; an entry with nothing at all is named."""
    (article,) = articles(entry(content="", title="Nine hurt as bridge falls"))
    assert (article.body, article.is_html) == ("Nine hurt as bridge falls", False)
    (failure,) = make_articles([entry(content="", title=None)], source_id="s", outlet=None, now=NOW)
    assert failure == ReadFailure(where="https://wire.example/1", reason="an entry without title and text")


def test_a_long_text_is_named() -> None:
    """Over the limit: the entry's name and size, the others go on."""
    made = list(
        make_articles([entry(content="x" * 200_001), entry(id="w-2")], source_id="s", outlet=None, now=NOW)
    )
    assert isinstance(made[0], ReadFailure)
    assert made[0].reason == "text of 200,001 characters; the limit is 200,000"
    assert isinstance(made[1], RawArticle)


def test_hostile_text_is_clean_before_it_goes_on() -> None:
    """No control character, no lone surrogate, no title of 20,000 characters."""
    (article,) = articles(entry(title="a\x00b\ud800" + "c" * 20_000, content="x\x07y\udfff"))
    assert article.title is not None
    assert len(article.title) == 300
    assert article.title.startswith("a b\ufffdc")
    assert article.body == "x y\ufffd"


def test_a_page_replaces_a_teaser_only_when_it_says_more() -> None:
    """A consent page of three words must not take the place of the feed's text."""
    (article,) = articles(entry())
    page = {
        "text": "A bridge fell in Lindmere on Tuesday.",
        "title": "T",
        "url": None,
        "published": "2020-01-01",
        "authors": ["B"],
    }
    full = use_page(article, page)
    assert (full.body, full.is_html, full.title, full.authors) == (
        page["text"],
        False,
        "Bridge falls",
        ("Ana Reyes",),
    )
    assert full.published == article.published
    assert use_page(article, {**page, "text": "Accept cookies"}).body == article.body
    assert full.url == article.url
    assert use_page(article, {**page, "url": "https://wire.example/1"}).url == "https://wire.example/1"


@pytest.mark.parametrize(
    ("arrived", "stated", "expected"),
    [
        ("https://round-up.example/go/1", "https://wire.example/a?utm_source=x", "https://wire.example/a"),
        ("https://wire.example/a", None, "https://wire.example/a"),
        ("https://wire.example/a", "https://wire.example/b", "https://wire.example/b"),
        ("https://round-up.example/1", "https://news.round-up.example/1", None),
        ("https://m.round-up.example/1", None, None),
        ("https://round-up.example/1", "https://wire.example/", None),
        ("https://round-up.example/1", "javascript:alert(1)", None),
    ],
)
def test_the_publisher_behind_a_link(arrived: str, stated: str | None, expected: str | None) -> None:
    """Another site that the page names or that redirects lead to; a front page names no article."""
    linked = "https://www.round-up.example/go/1"
    assert expected == publisher_address(linked, arrived=arrived, stated=stated)

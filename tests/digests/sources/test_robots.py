"""robots.txt as RFC 9309 has it: groups, the longest rule, wildcards, broken files."""

from __future__ import annotations

import time

import pytest

from digests.sources.robots import ALL_ALLOWED, ALL_REFUSED, parse_robots

TEXT = """\ufeff# for everyone
User-agent: *
Disallow: /private/
Allow: /private/press
Disallow: /*.pdf$
Disallow: /search?*q=
Disallow: /caf%C3%A9
Crawl-delay: 1

User-agent: OtherBot
User-agent: ThirdBot
Disallow: /

User-Agent: Sitrep/2.0 # us
Disallow: /internal
Crawl-delay: 600
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", True),
        ("", True),
        ("/news/a", True),
        ("/private/", False),
        ("/private/x", False),
        ("/private", True),
        ("/private/press", True),
        ("/private/press/2", True),
        ("/a/b.pdf", False),
        ("/a/b.pdf?x=1", True),
        ("/search?lang=en&q=dam", False),
        ("/search?lang=en", True),
        ("/café", False),
        ("/caf%C3%A9/x", False),
        ("/robots.txt", True),
    ],
)
def test_the_longest_rule_decides(path: str, expected: bool) -> None:
    """A program that no group names goes by the rules for all."""
    assert parse_robots(TEXT, agent="reader").allows(path) is expected


def test_a_group_that_names_us_is_the_only_one() -> None:
    """The rules for all do not count beside it; a pause has an upper bound."""
    robots = parse_robots(TEXT, agent="sitrep")
    assert (robots.allows("/private/x"), robots.allows("/internal/x")) == (True, False)
    assert robots.delay_seconds == 2.0
    assert parse_robots(TEXT, agent="reader").delay_seconds == 1.0


@pytest.mark.parametrize("agent", ["OtherBot", "thirdbot"])
def test_several_names_share_their_rules(agent: str) -> None:
    """User-agent lines one after the other begin one group."""
    assert not parse_robots(TEXT, agent=agent).allows("/news")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("<html>not found</html>", True),
        ("Disallow: /", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /\nAllow: /", True),
        ("User-agent: *\nDisallow: /n*s", False),
        ("User-agent: *\nDisallow: /n*s$", False),
        ("User-agent: *\nDisallow: /news$\n", False),
        ("User-agent: *\nDisallow: /new$\n", True),
        ("User-agent: *\nDisallow: /n*ws*s$", True),
        ("User-agent: *\r\nDisallow: *news\r\n", False),
        ("User-agent: *\nSitemap: /x\nDisallow: /news", False),
        ("User-agent: *\nDisallow: news", True),
        ("\x00\xff: :\nUser-agent *\n" + "a" * 100_000, True),
        ("User-agent: *\nDisallow: /news\nCrawl-delay: 1e999\n", False),
    ],
)
def test_odd_files(text: str, expected: bool) -> None:
    """Broken lines are passed over; nothing raises."""
    assert parse_robots(text, agent="sitrep").allows("/news") is expected


def test_all_or_nothing() -> None:
    """The two rules for a site without a file and one that cannot be asked."""
    assert ALL_ALLOWED.allows("/x")
    assert not ALL_REFUSED.allows("/x")


def test_matching_takes_linear_time() -> None:
    """A thousand stars against a long path: found part by part, never tried in all ways."""
    robots = parse_robots("User-agent: *\nDisallow: /" + "a*" * 400 + "b$\n", agent="sitrep")
    started = time.process_time()
    assert robots.allows("/" + "a" * 20_000)
    assert time.process_time() - started < 10

"""From a site to its feed: what pages name, the usual paths, and what no page may lead to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from digests.errors import SourceInvalid, SourceUnavailable
from digests.sources.links import parse_links
from tests.digests.engine_case import engine_at
from tests.digests.sources.loopback import Loopback, answer, canary_listening, serving

FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Coast Wire</title>'
    b"<item><guid>1</guid><title>Ferry runs aground</title></item></channel></rss>"
)
EMPTY = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Nothing</title></channel></rss>'


def page(head: str = "", body: str = "Welcome to the Coast Wire.") -> bytes:
    return f"<!doctype html><html><head><title>Coast Wire</title>{head}</head><body>{body}</body></html>".encode()


def link(href: str, kind: str = "application/rss+xml", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}">'


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (page(link("/feed")), ["https://a.example/feed"]),
        (page(link("news/rss.php?x=1&amp;y=2")), ["https://a.example/news/rss.php?x=1&y=2"]),
        (page(link("https://feeds.b.example/a")), ["https://feeds.b.example/a"]),
        (
            page(link("/feed", "Application/Atom+XML; charset=utf-8", "Alternate nofollow")),
            ["https://a.example/feed"],
        ),
        (page(link("/feed.json", "application/feed+json")), ["https://a.example/feed.json"]),
        (page(link("/style.css", "text/css", "stylesheet") + link("/de", "text/html")), []),
        (
            page(link("/comments/feed/") + link("/feed/")),
            ["https://a.example/feed/", "https://a.example/comments/feed/"],
        ),
        (
            page(body='<a href="/about">x</a><a href="/world/rss.xml">RSS</a>'),
            ["https://a.example/world/rss.xml"],
        ),
        (page(link("/b"), '<a href="/rss">RSS</a>'), ["https://a.example/b", "https://a.example/rss"]),
        (page(link("/b") + link("/b#top")), ["https://a.example/b"]),
        (
            page(link("javascript:alert(1)") + link("file:///etc/passwd") + link("http://me:pw@b.example/")),
            [],
        ),
        (page('<base href="http://127.0.0.1/">' + link("/feed")), ["https://a.example/feed"]),
        (page('<meta http-equiv="refresh" content="0; url=http://10.0.0.1/rss">'), []),
        (page(link("x" * 5_000) + link("http://[::1")), []),
        (b"", []),
        (b"\x00\xff<", []),
        (b"%PDF-1.7", []),
    ],
)
def test_links_of_a_page(markup: bytes, expected: list[str]) -> None:
    """Named feeds before links, those of comments last; only web addresses, whatever the page claims."""
    assert expected == parse_links(markup, url="https://a.example/")["feeds"]


@asynccontextmanager
async def site(tmp_path: Any, replies: dict[str, bytes]) -> AsyncIterator[tuple[Loopback, Any]]:
    async with serving() as server:
        server.replies |= replies
        async with engine_at(tmp_path, allow=(server.host_port,), total_seconds=5) as engine:
            yield server, engine


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        pytest.param({"/": answer(FEED)}, "/", id="the feed itself"),
        pytest.param({"/": answer(page(link("/a.xml"))), "/a.xml": answer(FEED)}, "/a.xml", id="named"),
        pytest.param({"/": answer(page()), "/rss.xml": answer(FEED)}, "/rss.xml", id="usual path"),
        pytest.param(
            {
                "/": answer(page(link("/dead") + link("/empty") + link("/b"))),
                "/empty": answer(EMPTY),
                "/b": answer(FEED),
            },
            "/b",
            id="the first that has entries",
        ),
        pytest.param(
            {
                "/": answer(b"", status="302 Found", headers={"Location": "/en/"}),
                "/en/": answer(page(link("x"))),
            }
            | {"/en/x": answer(FEED)},
            "/en/x",
            id="relative to where the page is",
        ),
    ],
)
async def test_a_site_leads_to_its_feed(tmp_path: Any, replies: dict[str, bytes], expected: str) -> None:
    """The preview says where the feed is, what it is called and what it would load."""
    async with site(tmp_path, replies) as (server, engine):
        preview = await engine.preview_source(server.url("/"))
        assert (preview.location, preview.title, preview.result.new) == (
            server.url(expected),
            "Coast Wire",
            1,
        )


LOGIN = page(body="<form><input name=p type=password></form>")
CAPTCHA = page('<script src="/cdn-cgi/challenge-platform/h/b.js"></script>', "One moment")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (page(), "not a feed: a web page"),
        (LOGIN, "not a feed: a page that asks to sign in"),
        (CAPTCHA, "not a feed: a page that wants to see a human (captcha)"),
        (b"%PDF-1.7 x", "not a feed: a PDF file"),
        (b"\x89PNG\r\n", "not a feed: a picture"),
        (b"PK\x03\x04x", "not a feed: an archive"),
    ],
)
async def test_what_is_no_feed_is_named(tmp_path: Any, body: bytes, expected: str) -> None:
    """An admin reads what stands there instead; the guesses have an end."""
    async with site(tmp_path, {"/": answer(body)}) as (server, engine):
        with pytest.raises(SourceInvalid) as caught:
            await engine.preview_source(server.url("/"))
        advice = "and its site names no feed; the address of the feed itself is needed"
        assert caught.value.problem == f"{expected}, {advice}"
        assert len(server.requests) <= 14


async def test_no_page_leads_inside(tmp_path: Any) -> None:
    """Named feeds, links, redirects of usual paths, refreshes, bases: the canary hears nothing."""
    async with canary_listening() as canary:
        canary.replies |= {path: answer(FEED) for path in ("/", "/feed", "/rss")}
        inside = [
            canary.url("/feed"),
            f"http://localhost:{canary.port}/feed",
            f"http://[::ffff:127.0.0.1]:{canary.port}/feed",
            f"http://2130706433:{canary.port}/feed",
        ]
        head = "".join(map(link, inside)) + f'<base href="{canary.url("/")}">'
        head += f'<meta http-equiv="refresh" content="0;url={canary.url("/feed")}">'
        moved = answer(b"", status="301 Moved", headers={"Location": canary.url("/feed")})
        replies = {
            "/": answer(page(head, f'<a href="{canary.url("/rss")}">RSS</a>')),
            "/feed": moved,
            "/rss": moved,
        }
        async with site(tmp_path, replies) as (server, engine):
            with pytest.raises(SourceInvalid):
                await engine.preview_source(server.url("/"))
        assert canary.hits == 0


async def test_a_dead_address_is_no_site(tmp_path: Any) -> None:
    """Nothing is guessed where nothing answers."""
    async with site(tmp_path, {"/feed": answer(FEED)}) as (server, engine):
        with pytest.raises(SourceUnavailable):
            await engine.preview_source(server.url("/"))
        assert len(server.requests) == 1

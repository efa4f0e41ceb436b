"""Which feeds a page names; runs in the worker process, like every parser of bytes from outside."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html  # type: ignore[import-untyped]

from digests.sources.stated import web_address

_FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/xml",
        "text/xml",
    }
)
# Last parts of paths that lead to feeds, and a part of those that lead to what readers wrote.
_FEED_ENDS = (
    "/rss",
    "/feed",
    "/feeds",
    "/atom",
    ".rss",
    ".rdf",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "index.xml",
)
_NOT_NEWS = "/comments/"


def parse_links(body: bytes, *, url: str) -> dict[str, Any]:
    """The feeds that a page names, in the page's own order: `link` elements first, then links that look like feeds.

    Those of comments last; http(s) only; empty for what is no page.
    """
    try:
        tree = html.document_fromstring(body)
    except Exception:  # the parser's own errors are many and undocumented
        return {"feeds": []}
    linked = [
        element.get("href")
        for element in tree.iter("link")
        if "alternate" in (element.get("rel") or "").lower().split()
        and (element.get("type") or "").split(";")[0].strip().lower() in _FEED_TYPES
    ]
    named = [
        href
        for href in (element.get("href") for element in tree.iter("a"))
        if href and _path(href).endswith(_FEED_ENDS)
    ]
    addresses = [_absolute(url, href) for href in (*linked, *named)]
    found = [address for address in dict.fromkeys(addresses) if address]
    return {"feeds": sorted(found, key=lambda address: _NOT_NEWS in _path(address))}


def _path(address: str) -> str:
    try:
        return urlsplit(address[:2000]).path.rstrip("/").lower()
    except ValueError:
        return ""


def _absolute(base: str, href: str | None) -> str | None:
    if not href or len(href) > 2000:
        return None
    try:
        return web_address(urljoin(base, href.strip()).partition("#")[0])
    except ValueError:
        return None

"""Lists of feeds as OPML, the format that feed readers exchange.

Read with defusedxml: a list is a file from outside, and XML can be an attack (entities, external files). Written by
hand: the format is two nested elements.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from defusedxml import DefusedXmlException, ElementTree  # type: ignore[import-untyped]

from digests.logins import without_login
from digests.sources import tidy_line
from digests.sources.stated import web_address

# Bytes of a list, feeds that are taken from one, and characters of a feed's name.
MAX_BYTES = 1_000_000
MAX_FEEDS = 500
_MAX_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """The feeds of a list, each address once, and what could not be taken: (what, why)."""

    feeds: tuple[Outline, ...]
    refused: tuple[tuple[str, str], ...] = ()


def parse_opml(data: bytes) -> FeedList:
    """The feeds of an OPML list, folders flattened, in order.

    Raises:
        ValueError: It is too large, no OPML, or XML that declares entities; says which.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(f"the list is larger than {MAX_BYTES // 10**6} MB; cut it into several")
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as exc:
        raise ValueError("the list declares a document type or entities, which OPML does not need") from exc
    except (ElementTree.ParseError, LookupError, RecursionError, ValueError) as exc:
        raise ValueError(f"the list is not XML: {exc}") from exc
    if root.tag != "opml":
        raise ValueError(f"expected OPML, found XML that begins with <{str(root.tag)[:40]}>")
    found: dict[str, Outline] = {}
    refused: list[tuple[str, str]] = []
    for node in root.iter("outline"):
        given = node.get("xmlUrl") or node.get("xmlurl")
        if not given:
            continue
        # Some readers call a feed by its address.
        name = tidy_line(without_login(node.get("title") or node.get("text") or ""), limit=_MAX_NAME)
        url = web_address(given)
        if url is None:
            refused.append((name or "a feed without a name", _problem(given)))
        elif len(found) >= MAX_FEEDS and url not in found:
            refused.append((name or url, f"the list has more than {MAX_FEEDS} feeds"))
        else:
            found.setdefault(url, Outline(name=name or url, url=url))
    return FeedList(feeds=tuple(found.values()), refused=tuple(refused))


def _problem(given: str) -> str:
    """Why an address is not taken; without the address, which may hold a password."""
    scheme, mark, rest = given.strip().partition(":")
    if mark and scheme.isalnum() and scheme.lower() not in ("http", "https"):
        return f"only http and https addresses are read, not {scheme[:20].lower()}"
    if "@" in rest.lstrip("/").partition("/")[0]:
        return "an address with a user name or password is not taken"
    return "expected an http or https address"


def render_opml(feeds: Iterable[Outline], *, title: str) -> str:
    """An OPML 2.0 list of feeds, in the given order."""
    # Loads the standard library's HTTP client, which nothing else here needs: a twentieth of a command's start.
    from xml.sax.saxutils import escape, quoteattr

    lines = [
        f'    <outline type="rss" text={name} title={name} xmlUrl={url}/>'
        for name, url in ((quoteattr(feed.name), quoteattr(feed.url)) for feed in feeds)
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<opml version="2.0">',
            f"  <head><title>{escape(title)}</title></head>",
            "  <body>",
            *lines,
            "  </body>",
            "</opml>",
            "",
        ]
    )

"""Bytes of a feed to plain entries; runs in the worker process alone.

Plain RSS through a reader of our own, other RSS and Atom through feedparser, which is given the bytes as a stream:
handed a body that looks like a path or an address, it would open that. JSON Feed through a third one, since feedparser
gives nothing for it.
"""

from __future__ import annotations

import calendar
import io
import json
import re
import time
import warnings
from typing import Any
from urllib.parse import urljoin

from digests.sources.plain_rss import PlainEntry, read_plain

# Entries of one feed that are read, and characters of their parts.
MAX_ENTRIES = 500
_MAX_CONTENT = 400_000
_MAX_LINE = 2_000
_MAX_ID = 4_000
_MAX_AUTHORS = 20

_MARKUP = re.compile(r"<[A-Za-z!/][^<>]{0,2000}>|&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|\w{2,12});")
_HTML_TYPES = ("text/html", "application/xhtml+xml")

# Where entries begin and end, in every encoding that keeps ASCII.
_ENTRY_START = re.compile(rb"<(?:item|entry)[\s>]")
_ENTRY_END = re.compile(rb"</(?:item|entry)\s*>")
# What stands in pages that ask for a password, and in those that ask whether a human is there.
_PASSWORD = re.compile(rb"<input[^>]{0,500}type\s{0,5}=\s{0,5}[\"']?password", re.IGNORECASE)
_CHALLENGES = (
    b"cf-chl",
    b"challenge-platform",
    b"g-recaptcha",
    b"recaptcha/api",
    b"h-captcha",
    b"hcaptcha.com",
    b"captcha-delivery",
    b"px-captcha",
    b"awswafcaptcha",
    b"_incapsula_",
)
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9A-Fa-f]{1,5000})|([0-9]{1,5000}));")

Entry = dict[str, Any]


class Unreadable(ValueError):
    """The bytes are no feed, or not one that is read; the message says why, `wall` what stands in front of a page."""

    def __init__(self, problem: str, *, wall: str | None = None) -> None:
        super().__init__(problem)
        self.wall = wall


def parse_feed(body: bytes, *, content_type: str, url: str) -> dict[str, Any]:
    """The feed's `title` and its `entries`, newest as the feed has them, at most `MAX_ENTRIES`.

    An entry: id, link, title, content, is_html, published (seconds since 1970), authors, outlet; each may be null.

    Raises:
        Unreadable: It is not a feed; says what it looks like.
    """
    if b"<!ENTITY" in body.replace(b"\x00", b"").upper():
        # No real feed declares entities (0 of 192); attacks do.
        raise Unreadable("declares XML entities, which no feed needs; it is not read")
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1000]
    if start.startswith((b"{", b"[")):
        return _parse_json(body, url)
    return _parse_xml(body, content_type, url)


def _parse_xml(body: bytes, content_type: str, url: str) -> dict[str, Any]:
    body = _without_impossible_references(_first_entries(body))
    plain = read_plain(body, content_type)
    if plain is not None:
        title, found = plain
        return {"title": _line(title), "entries": [_plain_entry(entry, url) for entry in found[:MAX_ENTRIES]]}
    return _parse_oddities(body, content_type, url)


def _plain_entry(entry: PlainEntry, base: str) -> Entry:
    from feedparser.datetimes import _parse_date  # the one reading of dates for both roads

    author = _line(entry["author"])
    return {
        "id": _line(entry["id"], _MAX_ID),
        "link": _join(base, entry["link"]),
        "title": _plain(entry["title"]),
        "content": entry["content"][:_MAX_CONTENT],
        "is_html": entry["is_html"],
        "published": _seconds(_parse_date(entry["date"])),
        "authors": [author] if author else [],
        "outlet": None,
    }


def _parse_oddities(body: bytes, content_type: str, url: str) -> dict[str, Any]:
    """Everything that is not plain RSS, which feedparser understands."""
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = feedparser.parse(
            io.BytesIO(body),
            # Without an address of its own: ids must not change when the feed moves. Links are joined below.
            response_headers={"content-type": content_type or "application/xml"},
            # Markup becomes plain text here; cleaning it before costs time and adds ways to hang.
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        entries = [_read_entry(entry, url) for entry in parsed.entries[:MAX_ENTRIES]]
        if not entries and not parsed.get("version"):
            raise Unreadable(f"not a feed: {describe_content(body)}")
        feed = parsed.get("feed", {})
        return {"title": _line(feed.get("title")), "entries": entries}


def _first_entries(body: bytes) -> bytes:
    """A feed without what stands between its first `MAX_ENTRIES` and its end: parsing costs by the entry."""
    starts = [match.start() for match in _ENTRY_START.finditer(body)]
    if len(starts) <= MAX_ENTRIES:
        return body
    ends = [match.end() for match in _ENTRY_END.finditer(body, starts[-1])]
    return body[: starts[MAX_ENTRIES]] + (body[ends[-1] :] if ends else b"")


def _without_impossible_references(body: bytes) -> bytes:
    """Character references that name no character become U+FFFD: the parser raises at one and loses the feed."""

    def replace(match: re.Match[bytes]) -> bytes:
        digits = match.group(1) or match.group(2)
        number = int(digits[:20], 16 if match.group(1) else 10)
        is_possible = len(digits) <= 20 and 0 < number < 0x110000 and not 0xD800 <= number < 0xE000
        return match.group() if is_possible else b"&#xFFFD;"

    return _REFERENCE.sub(replace, body) if b"&#" in body else body


def _read_entry(entry: Any, base: str) -> Entry:
    content, is_html = _content(entry)
    link = entry.get("link") or next(
        (item.get("href") for item in entry.get("links", ()) if item.get("href")), None
    )
    source = entry.get("source")
    names = [author.get("name") for author in entry.get("authors", ()) if isinstance(author, dict)]
    return {
        "id": _line(entry.get("id"), _MAX_ID),
        "link": _join(base, link),
        "title": _plain(entry.get("title")),
        "content": content,
        "is_html": is_html,
        "published": _seconds(entry.get("published_parsed")) or _seconds(entry.get("updated_parsed")),
        "authors": [_line(name) for name in names[:_MAX_AUTHORS] if _line(name)],
        "outlet": _line(source.get("title")) if isinstance(source, dict) else None,
    }


def _content(entry: Any) -> tuple[str, bool]:
    """The longest text that an entry carries, and whether it is markup."""
    found = [(str(item.get("value") or ""), item.get("type")) for item in entry.get("content", ())]
    detail = entry.get("summary_detail") or {}
    found.append((str(entry.get("summary") or ""), detail.get("type")))
    text, kind = max(found, key=lambda item: len(item[0]))
    text = text[:_MAX_CONTENT]
    return text, kind in _HTML_TYPES or bool(_MARKUP.search(text[:20_000]))


def _parse_json(body: bytes, url: str) -> dict[str, Any]:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org)."""
    try:
        data = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        raise Unreadable("not a feed: JSON that is broken") from None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise Unreadable("not a feed: JSON of another kind")
    entries = [_read_item(item, url) for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    return {"title": _line(data.get("title")), "entries": entries}


def _read_item(item: dict[str, Any], base: str) -> Entry:
    markup, text = item.get("content_html"), item.get("content_text")
    is_html = isinstance(markup, str) and bool(markup.strip())
    content = markup if is_html else text if isinstance(text, str) else item.get("summary")
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [author.get("name") for author in authors or () if isinstance(author, dict)]
    identity = item.get("id")
    return {
        "id": _line(str(identity), _MAX_ID) if isinstance(identity, str | int | float) else None,
        "link": _join(base, item.get("url") or item.get("external_url")),
        "title": _plain(item.get("title")),
        "content": content[:_MAX_CONTENT] if isinstance(content, str) else "",
        "is_html": is_html,
        "published": item.get("date_published") or item.get("date_modified"),
        "authors": [_line(name) for name in names[:_MAX_AUTHORS] if _line(name)],
        "outlet": None,
    }


def describe_content(body: bytes) -> str:
    """What some bytes look like, in words, for the message that they are no feed."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000]
    lower = start.lower()
    if not start:
        return "an empty answer"
    if start.startswith(b"%PDF"):
        return "a PDF file"
    if start.startswith((b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF")):
        return "a picture"
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        return "an archive"
    if b"<html" in lower or b"<!doctype html" in lower or lower.startswith((b"<head", b"<body")):
        return _describe_page(body[:500_000])
    if lower.startswith((b"<?xml", b"<")):
        return "XML of another kind"
    if b"\x00" in start:
        return "binary data"
    return "plain text"


def _describe_page(body: bytes) -> str:
    lower = body.lower()
    if any(mark in lower for mark in _CHALLENGES):
        return "a page that wants to see a human (captcha)"
    return "a page that asks to sign in" if _PASSWORD.search(body) else "a web page"


def _seconds(moment: Any) -> int | None:
    if not isinstance(moment, time.struct_time | tuple):
        return None
    try:
        return calendar.timegm(moment)
    except (ValueError, OverflowError, TypeError):
        return None


def _join(base: str, link: Any) -> str | None:
    if not isinstance(link, str) or not link.strip() or len(link) > _MAX_LINE:
        return None
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return None


def _plain(title: Any) -> str | None:
    """A title without the markup that some feeds put in it."""
    line = _line(title)
    if line and _MARKUP.search(line):
        from digests.text.clean import html_to_text

        line = " ".join(html_to_text(line).split()) or None
    return line


def _line(value: Any, limit: int = _MAX_LINE) -> str | None:
    return value[:limit].strip() or None if isinstance(value, str) else None

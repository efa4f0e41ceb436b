"""Inputs that no honest server sends: made by hand, and damaged copies of good ones from a seed."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.digests.sources.test_feed_parser import ATOM, JSON_FEED, RSS

RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/">
<title>Coast Wire</title></channel><item rdf:about="https://a.example/1"><title>Ferry aground</title>
<link>https://a.example/1</link><dc:date>2026-06-09T10:00:00Z</dc:date><description>Six hurt.</description></item>
</rdf:RDF>"""
PAGE = """<!doctype html><html><head><title>Ferry aground</title><meta charset="utf-8">
<link rel="alternate" type="application/rss+xml" href="/feed"><meta property="og:site_name" content="Coast Wire">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry", "datePublished": "2026-06-09"}</script>
</head><body><article><h1>Ferry aground</h1><p>A ferry ran aground off Lindmere on Tuesday. Six people were hurt, the
harbour office said, and forty waited for hours in the cold.</p></article></body></html>"""
# Good inputs that are damaged; the key is the job of the worker that reads them.
GOOD: tuple[tuple[str, bytes], ...] = (
    ("feed", RSS.encode()),
    ("feed", ATOM.encode()),
    ("feed", RDF.encode()),
    ("feed", json.dumps(JSON_FEED).encode()),
    ("feed", RSS.encode("utf-16")),
    ("page", PAGE.encode()),
    ("links", PAGE.encode()),
    ("markup", PAGE.encode()),
)
CHARSETS = (
    "undefined", "punycode", "idna", "rot13", "base64", "zip", "utf-7", "utf-32", "utf-16-le", "latin-1\x00",
    "x" * 5000, "unicode_escape", "raw_unicode_escape", "mbcs", "", "ascii", "cp65001", "../../etc/passwd", "hz",
    "shift_jis",
)  # fmt: skip
DATES = (
    "0000-00-00", "9999-99-99", "Mon, 31 Feb 2026 25:61:61 GMT", "-1", "99999999999999999999", "1e400", "NaN", "inf",
    "Tue, 09 Jun 99999 10:00:00 GMT", "2026-06-09T10:00:00+99:99", "\x00", "now", "٢٠٢٦-٠٦-٠٩",
    "0001-01-01", "1969-12-31",
)  # fmt: skip
TEXTS = (
    "\x00\x01\x02", "\ud800", "\u202e@everyone", "a" + "\u0301" * 500, "\ufffe\uffff", "<" * 5000, "&" * 5000,
    "]]>" * 500, "<![CDATA[" * 500, "&lt;" * 5000, "<script>x</script>" * 200, "\u2028\u2029", "<!--" * 3000,
    "<b>" * 3000, "🧑‍🚀" * 2000,
)  # fmt: skip
TOKENS = (
    "<rss>",
    "<item>",
    "<feed>",
    "<entry>",
    "<a b='c' ",
    "&#65;",
    "&amp;",
    "<![CDATA[",
    "<!--",
    "<?x ",
    '{"a":',
    "[",
)
REFERENCES = (
    "&#xD800;",
    "&#x110000;",
    "&#99999999999;",
    "&#" + "9" * 5000 + ";",
    "&#x0;",
    "&bogus;",
    "&#;",
    "&#x;",
)


@dataclass(frozen=True)
class Input:
    """Bytes for a job of the worker, and the `Content-Type` that a server sends along."""

    name: str
    job: str
    body: bytes
    content_type: str = "application/xml"


def item(
    title: str = "T", date: str = "", text: str = "x", guid: str = "1", link: str = "https://a.example/1"
) -> str:
    return (
        f"<item><guid>{guid}</guid><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>"
        f"<description>{text}</description></item>"
    )


def rss(*items: str, head: str = "<?xml version='1.0'?>") -> bytes:
    channel = f"<channel><title>T</title>{''.join(items)}</channel>"
    return f"{head}<rss version='2.0'>{channel}</rss>".encode("utf-8", "surrogatepass")


def made(*, scale: int = 1) -> Iterator[Input]:
    """Inputs by hand; `scale` makes the long ones longer (20: as long as a server may send)."""
    for name in CHARSETS:
        yield Input(
            f"declared {name[:20]}", "feed", rss(item(), head=f"<?xml version='1.0' encoding='{name}'?>")
        )
        yield Input(f"sent {name[:20]}", "feed", rss(item()), f"text/xml; charset={name}")
        yield Input(f"page {name[:20]}", "page", PAGE.encode(), f"text/html; charset={name}")
    for n, date in enumerate(DATES):
        yield Input(f"date {n}", "feed", rss(item(date=date)))
        yield Input(
            f"json date {n}", "feed", json.dumps({"items": [{"id": 1, "date_published": date}]}).encode()
        )
    for n, text in enumerate(TEXTS):
        for field in ("title", "text", "guid", "link"):
            yield Input(f"text {n} as {field}", "feed", rss(item(**{field: text})))
        yield Input(f"page text {n}", "page", PAGE.replace("Lindmere", text).encode("utf-8", "surrogatepass"))
    for reference in REFERENCES:
        yield Input(f"reference {reference[:12]}", "feed", rss(item(title=reference, text=reference)) + b"<")
    for token in TOKENS:
        yield Input(f"repeated {token[:6]}", "feed", token.encode() * 1000 * scale)
        yield Input(f"repeated in an item {token[:6]}", "feed", rss(item(text=token * 500 * scale)))
        yield Input(f"repeated in a page {token[:6]}", "page", b"<html><body>" + token.encode() * 500 * scale)
    yield from _odd_json()
    yield from _not_feeds()
    yield Input(
        "many attributes", "feed", b"<rss " + b" ".join(b'a%d="1"' % n for n in range(2000 * scale)) + b"/>"
    )
    yield Input("many items", "feed", rss(*(item(guid=str(n), link="") for n in range(1000 * scale))))
    yield Input("one id for all", "feed", rss(*(item(link="", title=f"T {n}") for n in range(200))))
    yield Input("long id", "feed", rss(item(guid="x" * 20_000 * scale)))
    for cut in range(0, len(RSS), 4):
        yield Input(f"cut at {cut}", "feed", RSS.encode()[:cut])
        yield Input(f"page cut at {cut}", "page", PAGE.encode()[:cut])


def _odd_json() -> Iterator[Input]:
    values: tuple[object, ...] = (None, True, -1, 1e308, "x", [], {}, [[]], {"a": {}}, 10**30)
    for n, value in enumerate(values):
        for key in (
            "id",
            "url",
            "title",
            "content_html",
            "content_text",
            "date_published",
            "authors",
            "author",
        ):
            body = {"title": value, "items": [{"id": "a", "content_text": "x", key: value}, value]}
            yield Input(f"json {key} {n}", "feed", json.dumps(body).encode())
        yield Input(f"json items {n}", "feed", json.dumps({"items": value}).encode())
    yield Input("json nested", "feed", b'{"items":' + b"[" * 100_000)
    yield Input("json NaN", "feed", b'{"items": [{"id": NaN, "date_published": Infinity}]}')
    yield Input("json long number", "feed", b'{"items": [{"id": ' + b"9" * 5000 + b"}]}")


def _not_feeds() -> Iterator[Input]:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for name, head in (
        ("entities", entities),
        ("outside", outside),
        ("spaced", entities.replace("<!E", "  <!E")),
    ):
        yield Input(name, "feed", rss(item(text="&b;&a;"), head=head))
        yield Input(f"{name} in UTF-16", "feed", rss(item(text="&a;"), head=head).decode().encode("utf-16"))
    bodies = (
        b"",
        b"\x00" * 1000,
        b"%PDF-1.7",
        gzip.compress(RSS.encode()),
        b"/etc/passwd",
        b"http://127.0.0.1/",
        b"{",
        b"[",
    )
    for n, body in enumerate(bodies):
        for job in ("feed", "page", "links", "markup"):
            yield Input(f"no feed {n} as {job}", job, body)


def mutants(seed: int, count: int) -> Iterator[Input]:
    """Good inputs with up to eight wounds each: bytes changed, cut out, doubled, swapped, tokens put in."""
    dice = random.Random(seed)
    for number in range(count):
        job, good = dice.choice(GOOD)
        body = bytearray(good)
        for _ in range(dice.randint(1, 8)):
            _wound(body, dice)
        kind = dice.choice(
            ("application/xml", "text/xml; charset=utf-8", "text/html", "", "application/json")
        )
        yield Input(f"seed {seed} mutant {number}", job, bytes(body), kind)


def _wound(body: bytearray, dice: random.Random) -> None:
    at, length = dice.randrange(len(body) + 1), dice.randint(1, 40)
    match dice.randrange(6):
        case 0:
            body[at : at + 1] = bytes([dice.randrange(256)])
        case 1:
            del body[at : at + length]
        case 2:
            body[at:at] = body[at : at + length] * dice.randint(1, 20)
        case 3:
            body[at:at] = dice.choice((*TOKENS, *REFERENCES, *TEXTS[:8])).encode("utf-8", "surrogatepass")
        case 4:
            del body[dice.randrange(len(body) + 1) :]
        case _:
            other = dice.randrange(len(body) + 1)
            body[at : at + length], body[other : other + length] = (
                body[other : other + length],
                body[at : at + length],
            )
    if not body:
        body += b"<"

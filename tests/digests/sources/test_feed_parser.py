"""Feed bytes to entries: three formats, hostile documents, and what is no feed at all."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from digests.sources.feed_parser import MAX_ENTRIES, parse_feed

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Lindmere Wire</title><link>https://wire.example/</link>
<item><title>Bridge falls &amp;amp; river rises</title><guid isPermaLink="false">w-1</guid><link>/news/1</link>
<pubDate>Tue, 09 Jun 2026 10:00:00 GMT</pubDate><dc:creator>Ana Reyes</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>A bridge fell.</p><p>No one was hurt.</p>]]>
</content:encoded>
</item>
<item><title>Second</title><link>https://wire.example/2</link><description>Plain words only.</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Lindmere Wire</title>
<entry><title type="html">A &lt;b&gt;bridge&lt;/b&gt; falls</title><id>tag:wire.example,2026:1</id>
<link rel="alternate" href="https://wire.example/1"/><updated>2026-06-09T10:00:00Z</updated>
<source><title>Other Paper</title></source><content type="html">&lt;p&gt;A bridge fell.&lt;/p&gt;</content>
</entry></feed>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Lindmere Wire",
    "items": [
        {
            "id": 7,
            "url": "https://wire.example/1",
            "title": "Bridge falls",
            "content_html": "<p>A bridge fell.</p>",
            "date_published": "2026-06-09T12:00:00+02:00",
            "authors": [{"name": "Ana Reyes"}],
        },
        {"id": "b", "external_url": "https://wire.example/2", "content_text": "Plain words."},
        "odd",
    ],
}


def parse(body: str | bytes, content_type: str = "application/xml") -> dict[str, object]:
    data = body if isinstance(body, bytes) else body.encode()
    return parse_feed(data, content_type=content_type, url="https://wire.example/feed")


def test_rss() -> None:
    """The longest text counts, links are joined, times are seconds."""
    assert parse(RSS) == {
        "title": "Lindmere Wire",
        "entries": [
            {
                "id": "w-1",
                "link": "https://wire.example/news/1",
                "title": "Bridge falls & river rises",
                "content": "<p>A bridge fell.</p><p>No one was hurt.</p>",
                "is_html": True,
                "published": 1780999200,
                "authors": ["Ana Reyes"],
                "outlet": None,
            },
            {
                "id": None,
                "link": "https://wire.example/2",
                "title": "Second",
                "content": "Plain words only.",
                "is_html": True,
                "published": None,
                "authors": [],
                "outlet": None,
            },
        ],
    }


def test_atom() -> None:
    """A title's markup goes, the publisher of a collected entry is kept."""
    (entry,) = parse(ATOM)["entries"]  # type: ignore[misc]
    assert entry == {
        "id": "tag:wire.example,2026:1",
        "link": "https://wire.example/1",
        "title": "A bridge falls",
        "content": "<p>A bridge fell.</p>",
        "is_html": True,
        "published": 1780999200,
        "authors": [],
        "outlet": "Other Paper",
    }


def test_json_feed() -> None:
    """The format that the XML parser does not know; an odd item is passed over."""
    found = parse(json.dumps(JSON_FEED), "application/feed+json")
    assert found["title"] == "Lindmere Wire"
    assert [(e["id"], e["link"], e["content"], e["is_html"]) for e in found["entries"]] == [  # type: ignore[attr-defined]
        ("7", "https://wire.example/1", "<p>A bridge fell.</p>", True),
        ("b", "https://wire.example/2", "Plain words.", False),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(encoding: str) -> None:
    """The declared encoding holds."""
    text = RSS.replace('encoding="utf-8"', f'encoding="{encoding}"').replace("Lindmere", "Zoë")
    assert parse(text.encode(encoding))["title"] == "Zoë Wire"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "not a feed: an empty answer"),
        (b"<!DOCTYPE html><html><body>News</body></html>", "not a feed: a web page"),
        (b'<html><form><input type="password"></form></html>', "not a feed: a page that asks to sign in"),
        (b"%PDF-1.7 \x00\x01", "not a feed: a PDF file"),
        (b"<?xml version='1.0'?><opml><body/></opml>", "not a feed: XML of another kind"),
        (b"just words", "not a feed: plain text"),
        (b"\x00\x01\x02", "not a feed: binary data"),
        (b'{"a": 1}', "not a feed: JSON of another kind"),
        (b"[1, 2]", "not a feed: JSON of another kind"),
        (b'{"items": [', "not a feed: JSON that is broken"),
        (b"{" * 200_000, "not a feed: JSON that is broken"),
    ],
)
def test_other_things_are_named(body: bytes, expected: str) -> None:
    """An admin reads what came in place of a feed."""
    with pytest.raises(ValueError, match=f"^{expected}$"):
        parse(body)


ENTITY = (
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{path}">]>'
    '<rss version="2.0"><channel><title>&x;</title></channel></rss>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
def test_entities_are_refused(tmp_path: Path, encoding: str) -> None:
    """No declaration of entities is read, in any encoding; the file it names stays closed."""
    (tmp_path / "secret").write_text("canary")
    body = ENTITY.format(path=tmp_path / "secret").encode(encoding)
    with watched("secret") as opened, pytest.raises(ValueError, match="declares XML entities"):
        parse(body)
    assert opened == []


def test_laughs_are_refused_at_once() -> None:
    """A billion of them, in lower case too."""
    declared = "".join(f'<!entity l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    started = time.monotonic()
    with pytest.raises(ValueError, match="declares XML entities"):
        parse(
            f'<!DOCTYPE rss [<!ENTITY l0 "lol">{declared}]><rss><channel><title>&l9;</title></channel></rss>'
        )
    assert time.monotonic() - started < 5


@contextmanager
def watched(name: str) -> Iterator[list[str]]:
    """Files whose name holds `name` that are opened, and connections that are made."""
    seen: list[str] = []
    watching = True

    def hook(event: str, args: tuple[object, ...]) -> None:
        if watching and event == "open" and name in str(args[0]):
            seen.append(str(args[0]))
        if watching and event == "socket.connect":
            seen.append(str(args[1]))

    sys.addaudithook(hook)
    yield seen
    watching = False


def test_the_watch_sees(tmp_path: Path) -> None:
    """Otherwise the tests around it would prove nothing."""
    (tmp_path / "canary").touch()
    with watched("canary") as opened:
        (tmp_path / "canary").read_bytes()
    assert opened == [str(tmp_path / "canary")]


@pytest.mark.parametrize("form", ["{path}", "file://{path}", "http://127.0.0.1:9/{path}", "{path}\n"])
def test_a_body_that_is_a_path_is_not_opened(tmp_path: Path, form: str) -> None:
    """feedparser would open a string that looks like a path or an address."""
    path = tmp_path / "canary.rss"
    path.write_text(RSS)
    body = form.format(path=path).encode()
    with watched("canary") as opened, pytest.raises(ValueError, match="not a feed"):
        parse(body)
    assert opened == []


def test_at_most_five_hundred_entries() -> None:
    """The first ones of a feed are its newest."""
    items = "".join(f"<item><title>{n}</title></item>" for n in range(100_000))
    started = time.monotonic()
    found = parse(f"<rss version='2.0'><channel>{items}<title>After</title></channel></rss>")
    assert [e["title"] for e in found["entries"]] == [str(n) for n in range(MAX_ENTRIES)]  # type: ignore[attr-defined]
    assert found["title"] == "After"
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "reference", ["&#xD800;", "&#x110000;", "&#99999999999;", "&#0;", "&#" + "9" * 4999 + ";", "&#xffffffff;"]
)
def test_impossible_references_cost_one_character(reference: str) -> None:
    """The parser would raise and lose the feed."""
    found = parse(
        f"<rss version='2.0'><channel><item><title>a{reference}b&#233;</title><broken></item></channel></rss>"
    )
    assert [e["title"] for e in found["entries"]] == ["a\ufffdbé"]  # type: ignore[attr-defined]

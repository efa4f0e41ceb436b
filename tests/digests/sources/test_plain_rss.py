"""Plain RSS by our own reader: what it reads is what feedparser reads, and the rest is left to that."""

from __future__ import annotations

import random

import pytest

from digests.sources.feed_parser import _parse_oddities, parse_feed
from digests.sources.plain_rss import read_plain

SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "media": "http://search.yahoo.com/mrss/",
        "slash": "http://purl.org/rss/1.0/modules/slash/",
        "atom": "http://www.w3.org/2005/Atom",
    }.items()
)
TEXTS = (
    "A dam burst",
    "Fish &amp; chips",
    "A &lt;b&gt;bold&lt;/b&gt; move",
    "<![CDATA[Ana & Bo's <i>day</i>]]>",
    "Café “quoted”",
    "CafÃ© twice encoded",
    " spaced \n out ",
    "&#8217;s",
    "5 &lt; 6",
    "<![CDATA[]]>",
    "",
    "&amp;nbsp;x",
    "\x85odd",
    "<b>raw</b>",
    "text <!-- c --> more",
)
LINKS = (
    "https://a.example/x",
    "http://a.example/?a=1&amp;b=2",
    "/relative",
    " https://a.example/s ",
    "javascript:x",
    "",
)
GUIDS = (
    "<guid>https://a.example/{n}</guid>",
    '<guid isPermaLink="false">id-{n}</guid>',
    '<guid isPermaLink="False">x{n}</guid>',
    "",
    "<guid/>",
    "<guid>one for all</guid>",
)
DATES = (
    "Tue, 09 Jun 2026 10:00:00 GMT",
    "Tue, 9 Jun 2026 10:00 +0200",
    "2026-06-09T10:00:00Z",
    "2026-06-09",
    "Tuesday",
    "",
)
NAMES = ("Ana Reyes", "a@b.example (Ana Reyes)", "Ana Reyes, Bo Lund", "", "<![CDATA[Ana & Bo]]>")
OTHERS = (
    "<category>News</category>",
    '<media:content url="u"><media:credit>Photo Wire</media:credit></media:content>',
    "<slash:comments>3</slash:comments>",
    '<enclosure url="https://a.example/i.jpg" type="image/jpeg" length="1"/>',
    '<media:content url="u"><media:title>A picture</media:title></media:content>',
    "<dc:date>2026-06-01</dc:date>",
    '<source url="https://b.example/">Other Wire</source>',
    "<dc:title>Another</dc:title>",
    "<summary>Another</summary>",
    "stray text",
)
TYPES = (
    "application/rss+xml",
    "text/xml",
    "text/xml; charset=UTF-8",
    "text/xml; charset=iso-8859-1",
    "text/html",
    "",
)


def made_feed(source: random.Random) -> tuple[bytes, str]:
    """A feed with its content type; each of its parts is now and then an odd one."""
    oddity = source.choice((0.0, 0.05, 0.3))

    def pick(values: tuple[str, ...]) -> str:
        return source.choice(values) if source.random() < oddity else values[0]

    items = ""
    for n in range(source.randint(0, 4)):
        parts = [
            f"<title>{pick(TEXTS)}</title>",
            f"<link>{pick(LINKS)}</link>",
            pick(GUIDS).format(n=n),
            f"<pubDate>{pick(DATES)}</pubDate>",
            f"<description>{pick(TEXTS)}</description>",
            f"<content:encoded>{pick(TEXTS)} and more</content:encoded>",
            f"<dc:creator>{pick(NAMES)}</dc:creator>",
            pick(OTHERS),
        ]
        items += f"<item>{''.join(source.sample(parts, source.randint(3, len(parts))))}</item>"
    head = source.choice(("", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>'))
    channel = f"<title>{pick(TEXTS)}</title><link>https://a.example/</link>{items}"
    body = f'{head}<rss version="2.0" {SPACES}><channel>{channel}</channel></rss>'.encode()
    if source.random() < 0.1:
        at = source.randrange(len(body))
        body = body[:at] + bytes([source.randrange(256)]) + body[at + 1 :]
    return body, source.choice(TYPES)


def test_both_readers_read_the_same() -> None:
    """Whatever our own reader takes, to the last field."""
    source = random.Random(20260612)
    taken = 0
    for number in range(600):
        body, content_type = made_feed(source)
        if read_plain(body, content_type) is not None:
            taken += 1
            ours = parse_feed(body, content_type=content_type, url="https://a.example/feed")
            assert ours == _parse_oddities(body, content_type, "https://a.example/feed"), f"feed {number}"
    assert taken > 200


PLAIN = b'<rss version="2.0"><channel><title>Wire</title><item><link>https://a.example/1</link></item></channel></rss>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<rss", b"<!DOCTYPE rss><rss"),
        (b"<rss", b'<?xml version="1.0" encoding="iso-8859-1"?><rss'),
        (b"<item>", b'<item xml:base="https://b.example/">'),
        (b"Wire", b"W\xefre"),
        (b"Wire", b"W&nbsp;re"),
        (b"<title>", b"<title>Two</title><title>"),
        (b"<link>", b"<link>https://a.example/2</link><link>"),
        (b"<item>", b"<item><id>1</id>"),
        (b'"2.0"', b'"0.91"'),
        (b"</rss>", b""),
        (PLAIN, b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title></feed>'),
        (PLAIN, b""),
    ],
)
def test_what_is_out_of_the_ordinary_is_left_alone(old: bytes, new: bytes) -> None:
    """The feed itself is read; with one thing odd about it, it is not."""
    assert read_plain(PLAIN, "text/xml") is not None
    assert read_plain(PLAIN.replace(old, new, 1), "text/xml") is None

"""Lists of feeds: read with distrust, written so that every reader takes them."""

from __future__ import annotations

import pytest

from digests.sources.opml import MAX_BYTES, MAX_FEEDS, Outline, parse_opml, render_opml


def opml(body: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<opml version="2.0"><body>{body}</body></opml>'.encode()


def outline(url: str, name: str = "Wire") -> str:
    return f'<outline type="rss" text="{name}" xmlUrl="{url}"/>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (outline("https://a.example/f"), [("Wire", "https://a.example/f")]),
        (
            f'<outline text="Folder">{outline("https://a.example/f")}</outline>',
            [("Wire", "https://a.example/f")],
        ),
        (outline("https://a.example/f") * 3, [("Wire", "https://a.example/f")]),
        ('<outline xmlUrl="https://a.example/f"/>', [("https://a.example/f", "https://a.example/f")]),
        ('<outline title="T" text="x" xmlUrl="https://a.example/f"/>', [("T", "https://a.example/f")]),
        (
            '<outline text="A&#10;B &amp; C" xmlUrl="https://a.example/?a=1&amp;b=2"/>',
            [("A B & C", "https://a.example/?a=1&b=2")],
        ),
        ('<outline text="Only a page" htmlUrl="https://a.example/"/>', []),
        ("", []),
    ],
)
def test_feeds_of_a_list(body: str, expected: list[tuple[str, str]]) -> None:
    """Folders are flattened, an address comes once, the name is one line."""
    assert expected == [(feed.name, feed.url) for feed in parse_opml(opml(body)).feeds]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("file:///etc/passwd", "only http and https addresses are read, not file"),
        ("ftp://a.example/feed", "only http and https addresses are read, not ftp"),
        ("javascript:x", "only http and https addresses are read, not javascript"),
        ("http://me:pw@a.example/", "an address with a user name or password is not taken"),
        ("x", "expected an http or https address"),
        ("//a.example", "expected an http or https address"),
    ],
)
def test_what_is_no_address_is_named(url: str, expected: str) -> None:
    """The rest of the list is taken; a password is not repeated."""
    found = parse_opml(opml(outline(url, "Odd") + outline("https://a.example/f")))
    assert [feed.name for feed in found.feeds] == ["Wire"]
    assert found.refused == (("Odd", expected),)


def test_long_lists_have_an_end() -> None:
    """The first five hundred are taken, the others named."""
    found = parse_opml(
        opml("".join(outline(f"https://a.example/{n}", f"F{n}") for n in range(MAX_FEEDS + 2)))
    )
    assert (len(found.feeds), len(found.refused)) == (MAX_FEEDS, 2)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (opml(outline("https://a.example/", "&b;"), BOMB), "document type or entities"),
        (opml(outline("https://a.example/", "&a;"), OUTSIDE), "document type or entities"),
        (opml("", '<!DOCTYPE opml SYSTEM "http://127.0.0.1/x.dtd">'), "document type or entities"),
        (b"<opml><body>", "is not XML"),
        (b"", "is not XML"),
        (b"\xff\xfe\x00", "is not XML"),
        (b"<?xml version='1.0' encoding='undefined'?><opml/>", "is not XML"),
        (b"<rss/>", "expected OPML, found XML that begins with <rss>"),
        (b"<" + b"x" * MAX_BYTES, "larger than 1 MB; cut it into several"),
    ],
)
def test_hostile_and_broken_lists(data: bytes, expected: str) -> None:
    """Entities, files from outside, broken XML: a sentence, and nothing is read."""
    with pytest.raises(ValueError, match=expected):
        parse_opml(data)


def test_deep_nesting_is_no_crash() -> None:
    """A hundred thousand folders in each other."""
    deep = "<outline>" * 100_000 + outline("https://a.example/f") + "</outline>" * 100_000
    try:
        assert len(parse_opml(opml(deep)).feeds) == 1
    except ValueError:
        pass  # larger than is read


def test_a_written_list_reads_the_same() -> None:
    """Whatever stands in a name."""
    feeds = (
        Outline(name='Q&A "daily" <b>', url="https://a.example/?a=1&b=2"),
        Outline(name="Ärzteblatt 'x'", url="https://b.example/"),
    )
    assert parse_opml(render_opml(feeds, title="a & b").encode()).feeds == feeds

"""The fetcher: what it never connects to, what it never sends, and where it stops reading."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from digests.config import FetchConfig
from digests.errors import SourceGone, SourceInvalid, SourceRateLimited, SourceUnavailable
from digests.sources.fetch import FEED_TYPES, PAGE_TYPES, Answer, Fetcher
from tests.digests.sources.loopback import answer, canary_listening, serving


@asynccontextmanager
async def fetching(*allowed: str, **limits: Any) -> AsyncIterator[Fetcher]:
    fetcher = Fetcher(FetchConfig(allow_hosts=allowed, **limits))
    try:
        yield fetcher
    finally:
        await fetcher.close()


async def get(fetcher: Fetcher, url: str, *, max_bytes: int = 100_000, **options: Any) -> Answer:
    return await fetcher.fetch(url, source_id="s", max_bytes=max_bytes, tell_why=True, **options)


# Ways to write this machine, its network, or an address that another parser would read as such (RELIABILITY S1).
TRICKS = [
    *(
        f"http://{host}:{{port}}/"
        for host in (
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "127.255.255.254",
            "127.0.0.1.",
            "2130706433",
            "017700000001",
            "0x7f000001",
            "0x7F000001",
            "0x7f.0.0.1",
            "0x7f.0x0.0x0.0x1",
            "0177.0.0.1",
            "0177.0.0.01",
            "00000177.1",
            "0",
            "0.0.0.0",
            "0x0",
            "localhost",
            "LOCALHOST.",
            "LocalHost",
            "localhost.localdomain",
            "ip6-localhost",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[0000::0001]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[0:0:0:0:0:ffff:127.0.0.1]",
            "[::127.0.0.1]",
            "[::7f00:1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[::1%25lo]",
            "[fe80::1%25lo]",
            "[fec0::1]",
            "[fd00::1]",
            "[ff02::1]",
            "①②⑦.⓪.⓪.①",
            "１２７.0.0.1",
            "127。0。0。1",
            "127．0．0．1",
            "127｡0｡0｡1",
            "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
            "127%2e0%2e0%2e1",
            "127.0.0.1%00.a.example",
            "127.0.0.1%20",
            "loc\tal\nhost",
            "loc\u00adalhost",
            "\u200blocalhost",
            "a.example@127.0.0.1",
            "a.example:80@127.0.0.1",
            "a.example%40127.0.0.1",
        )
    ),
    "http://127.0.0.1:{port}\\@a.example/",
    "http://127.0.0.1:{port}#@a.example/",
    "http://127.0.0.1:{port}?@a.example/",
    "http:\\\\127.0.0.1:{port}/",
    "http:/127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "http:////127.0.0.1:{port}/",
    " http://127.0.0.1:{port}/",
    "hTTp://127.0.0.1:{port}/",
    "http://10.0.0.1:{port}/",
    "http://192.168.0.1:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/machine",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/_x",
    "ftp://127.0.0.1:{port}/",
    "unix:///run/docker.sock",
    "jar:http://127.0.0.1:{port}/!/",
]


@pytest.mark.parametrize("trick", TRICKS)
async def test_no_spelling_reaches_this_machine(trick: str) -> None:
    """However loopback is written, the canary hears nothing."""
    async with canary_listening() as canary, fetching(total_seconds=5) as fetcher:
        canary.replies["/"] = answer(b"secret")
        with pytest.raises(SourceUnavailable):
            await get(fetcher, trick.format(port=canary.port))
        assert canary.hits == 0


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
async def test_no_redirect_reaches_this_machine(status: str) -> None:
    """The allowed server sends us on to the canary in every spelling: each hop is checked on its own."""
    async with (
        serving() as allowed,
        canary_listening() as canary,
        fetching(allowed.host_port, total_seconds=1, connect_seconds=0.5) as fetcher,
    ):
        canary.replies["/"] = answer(b"secret")
        for number, trick in enumerate(TRICKS):
            # As bytes: a server sends what it likes, also what no header may hold.
            target = trick.format(port=canary.port).replace("\n", "").encode()
            allowed.replies[f"/{number}"] = b"HTTP/1.1 %s\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n" % (
                status.encode(),
                target,
            )
            with pytest.raises(SourceUnavailable):
                await get(fetcher, allowed.url(f"/{number}"))
        assert canary.hits == 0


async def test_an_allowed_name_does_not_open_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """`localhost:8080` allows that port alone; the next host of a redirect is not covered by it."""
    async with serving() as allowed, canary_listening() as canary:
        async with fetching(f"localhost:{allowed.port}") as fetcher:
            allowed.replies["/"] = answer(b"ours")
            allowed.replies["/go"] = answer(
                b"", status="302 Found", headers={"Location": f"http://localhost:{canary.port}/"}
            )
            assert (await get(fetcher, f"http://localhost:{allowed.port}/")).body == b"ours"
            with pytest.raises(SourceUnavailable, match="private"):
                await get(fetcher, f"http://localhost:{allowed.port}/go")
        assert canary.hits == 0


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["10.0.0.1", "127.0.0.1"], ["::ffff:127.0.0.1"]])
async def test_rebinding_is_refused(monkeypatch: pytest.MonkeyPatch, answers: list[str]) -> None:
    """A public name that resolves to this machine, alone or among others, at the first visit or at the twentieth."""
    real = socket.getaddrinfo
    canary_port = 0

    def lying(host: Any, *args: Any, **options: Any) -> Any:
        if host != "rebind.example":
            return real(host, *args, **options)
        family = [socket.AF_INET6 if ":" in a else socket.AF_INET for a in answers]
        return [
            (kind, socket.SOCK_STREAM, 6, "", (a, canary_port, 0, 0) if ":" in a else (a, canary_port))
            for kind, a in zip(family, answers, strict=True)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", lying)
    async with canary_listening() as canary, fetching(total_seconds=1, connect_seconds=0.5) as fetcher:
        canary_port = canary.port
        canary.replies["/"] = answer(b"secret")
        for _ in range(20):
            with pytest.raises(SourceUnavailable):
                await get(fetcher, f"http://rebind.example:{canary.port}/")
        assert canary.hits == 0


async def test_a_name_that_changes_sides_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that led to an allowed server leads elsewhere at the next connection: the new address is checked."""
    real = socket.getaddrinfo
    target = ("127.0.0.1", 0)

    def turning(host: Any, *args: Any, **options: Any) -> Any:
        if host != "turn.example":
            return real(host, *args, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", target)]

    monkeypatch.setattr(socket, "getaddrinfo", turning)
    async with serving() as allowed, canary_listening() as canary:
        canary.replies["/"] = answer(b"secret")
        allowed.replies["/"] = answer(b"ours")
        target = ("127.0.0.1", allowed.port)
        name = f"http://turn.example:{allowed.port}/"
        async with fetching(allowed.host_port, total_seconds=1, connect_seconds=0.5) as fetcher:
            assert (await get(fetcher, name)).body == b"ours"
        target = ("127.0.0.1", canary.port)
        async with fetching(allowed.host_port, total_seconds=1, connect_seconds=0.5) as fetcher:
            with pytest.raises(SourceUnavailable):
                await get(fetcher, name)
        assert canary.hits == 0


async def test_nothing_of_the_environment_is_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """No proxy, no .netrc, no cookie that a server set before."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    async with (
        serving() as server,
        canary_listening() as proxy,
        fetching(server.host_port, proxy.host_port, f"localhost:{server.port}") as fetcher,
    ):
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "SOCKS_PROXY"):
            monkeypatch.setenv(name, f"http://{proxy.host_port}")
        server.replies["/"] = answer(b"x", headers={"Set-Cookie": "id=1"})
        # An address has no cookies, a name has.
        by_name = f"http://localhost:{server.port}/"
        for url in (server.url("/"), server.url("/"), by_name, by_name):
            await get(fetcher, url)
        sent = "".join(server.requests).lower()
        assert proxy.hits == 0
        assert "cookie:" not in sent
        assert "authorization:" not in sent
        assert "user-agent: sitrep/" in sent
        assert "referer:" not in sent


async def test_credentials_are_refused_and_not_repeated(caplog: pytest.LogCaptureFixture) -> None:
    """Neither asked for with them, nor on the way of a redirect, nor named in log or error."""
    caplog.set_level("DEBUG")
    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/go"] = answer(
            b"", status="302 Found", headers={"Location": f"http://ana:hunter2@{server.host_port}/secret"}
        )
        for url in (f"http://ana:hunter2@{server.host_port}/secret", server.url("/go")):
            with pytest.raises(SourceUnavailable) as caught:
                await get(fetcher, url)
            assert "hunter2" not in str(caught.value)
        assert [request.split(" ")[1] for request in server.requests] == ["/go"]
    assert "hunter2" not in caplog.text


async def test_unchanged_is_a_result() -> None:
    """ETag and date go back to the server as they came; 304 is no error."""

    async def reply(request: str, writer: asyncio.StreamWriter) -> None:
        known = (
            'If-None-Match: W/"7"' in request
            and "If-Modified-Since: Tue, 09 Jun 2026 10:00:00 GMT" in request
        )
        headers = {
            "ETag": 'W/"7"',
            "Last-Modified": "Tue, 09 Jun 2026 10:00:00 GMT",
            "Content-Type": "text/xml",
        }
        writer.write(answer(b"", status="304 Not Modified") if known else answer(b"body", headers=headers))

    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/"] = reply
        first = await get(fetcher, server.url("/"))
        assert (first.body, first.content_type, first.is_unchanged) == (b"body", "text/xml", False)
        second = await get(fetcher, server.url("/"), etag=first.etag, last_modified=first.last_modified)
        assert (second.body, second.is_unchanged) == (b"", True)


async def test_five_redirects_are_followed_and_no_more() -> None:
    """A loop ends, and says so."""
    async with serving() as server, fetching(server.host_port) as fetcher:
        for n in range(6):
            server.replies[f"/{n}"] = answer(b"", status="302 Found", headers={"Location": f"/{n + 1}"})
        server.replies["/6"] = answer(b"end")
        assert (await get(fetcher, server.url("/1"))).body == b"end"
        with pytest.raises(SourceUnavailable, match="more than 5 redirects"):
            await get(fetcher, server.url("/0"))


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        (["301 Moved", "308 Moved"], "/2"),
        (["301 Moved", "302 Found"], "/1"),
        (["302 Found", "301 Moved"], None),
    ],
)
async def test_a_move_for_good_is_told_from_a_detour(chain: list[str], expected: str | None) -> None:
    """Only permanent redirects from the start on say where the address is now."""
    async with serving() as server, fetching(server.host_port) as fetcher:
        for number, status in enumerate(chain):
            server.replies[f"/{number}"] = answer(b"", status=status, headers={"Location": f"/{number + 1}"})
        server.replies["/2"] = answer(b"end")
        got = await get(fetcher, server.url("/0"))
        assert got.body == b"end"
        assert got.moved_to == (server.url(expected) if expected else None)


@pytest.mark.parametrize(
    ("status", "value", "expected"),
    [
        ("429 Slow down", "120", 120),
        ("429 Slow down", "99999999", 86_400),
        ("429 Slow down", "whenever", None),
        ("429 Slow down", "", None),
        ("503 Busy", "60", 60),
    ],
)
async def test_fewer_requests_are_a_state_of_their_own(status: str, value: str, expected: int | None) -> None:
    """With the time that the server names; a host that named one is not asked again, whatever the path."""
    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/"] = answer(b"", status=status, headers={"Retry-After": value})
        server.replies["/other"] = answer(b"other")
        with pytest.raises(SourceRateLimited) as caught:
            await get(fetcher, server.url("/"))
        assert caught.value.retry_seconds == expected
        if expected is None:
            assert (await get(fetcher, server.url("/other"))).body == b"other"
        else:
            with pytest.raises(SourceRateLimited):
                await get(fetcher, server.url("/other"))
            assert len(server.requests) == 1


async def test_busy_and_gone_are_failures_of_their_kind() -> None:
    """503 without a time is a failure like others; 410 is a kind of its own."""
    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/busy"] = answer(b"", status="503 Busy")
        server.replies["/gone"] = answer(b"", status="410 Gone")
        with pytest.raises(SourceUnavailable) as busy:
            await get(fetcher, server.url("/busy"))
        assert not isinstance(busy.value, SourceRateLimited)
        with pytest.raises(SourceGone):
            await get(fetcher, server.url("/gone"))


async def test_how_long_an_answer_holds_is_passed_on() -> None:
    """Cache-Control of a whole answer and of "unchanged"."""
    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/"] = answer(b"x", headers={"Cache-Control": "max-age=600"})
        assert (await get(fetcher, server.url("/"))).fresh_seconds == 600
        server.replies["/"] = answer(b"", status="304 Same", headers={"Cache-Control": "max-age=300"})
        assert (await get(fetcher, server.url("/"), etag='"1"')).fresh_seconds == 300


async def test_two_requests_at_once_per_host() -> None:
    """Ten at once: a host sees two, and waiting for a place is not counted as its slowness."""
    under_way = most = 0
    two_here = asyncio.Event()

    async def reply(_: str, writer: asyncio.StreamWriter) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        if under_way == 2:
            two_here.set()
        await two_here.wait()
        under_way -= 1
        writer.write(answer(b"x"))

    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/"] = reply
        async with asyncio.timeout(20):
            await asyncio.gather(*(get(fetcher, server.url("/")) for _ in range(10)))
        assert most == 2
        assert len(server.requests) == 10


async def test_a_mark_that_is_too_long_is_not_kept() -> None:
    """It would be stored, and sent back with each check."""
    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/"] = answer(b"x", headers={"ETag": '"' + "a" * 600 + '"', "Last-Modified": "now"})
        got = await get(fetcher, server.url("/"))
        assert (got.etag, got.last_modified) == (None, "now")


ROBOTS = b"User-agent: *\nDisallow: /closed\n"


def paths(server: Any) -> list[str]:
    return [request.split(" ")[1] for request in server.requests]


async def test_pages_are_read_where_robots_txt_lets_us() -> None:
    """Asked for once for many pages; what it closes is not asked for, not even by a redirect. Feeds do not ask."""
    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies |= {
            "/robots.txt": answer(ROBOTS),
            "/open": answer(b"page"),
            "/closed": answer(b"page"),
            "/go": answer(b"", status="302 Found", headers={"Location": "/closed"}),
        }
        pages = [get(fetcher, server.url("/open"), obey_robots=True) for _ in range(5)]
        assert {page.body for page in await asyncio.gather(*pages)} == {b"page"}
        for path in ("/closed", "/go"):
            with pytest.raises(SourceUnavailable, match=r"robots\.txt"):
                await get(fetcher, server.url(path), obey_robots=True)
        assert sorted(paths(server)) == ["/go", *["/open"] * 5, "/robots.txt"]
        assert (await get(fetcher, server.url("/closed"))).body == b"page"


@pytest.mark.parametrize(
    ("reply", "is_read"),
    [
        (answer(b"", status="404 Not Found"), True),
        (answer(b"", status="403 Forbidden"), True),
        (answer(b"x" * 600_000), True),
        (answer(b"<html>"), True),
        (answer(b"", status="500 Error"), False),
        (answer(b"", status="429 Slow down"), False),
        (answer(b"", status="302 Found", headers={"Location": "/robots.txt"}), True),
        (answer(b"", status="302 Found", headers={"Location": "http://10.0.0.1/robots.txt"}), False),
        (answer(b"", status="302 Found", headers={"Location": "/rules"}), True),
    ],
)
async def test_missing_and_broken_rules(reply: bytes, is_read: bool) -> None:
    """No file: all is open. A file that cannot be had: nothing is read until it can (RFC 9309)."""
    async with serving() as server, fetching(server.host_port, total_seconds=2) as fetcher:
        server.replies |= {"/robots.txt": reply, "/page": answer(b"page"), "/rules": answer(ROBOTS)}
        if is_read:
            assert (await get(fetcher, server.url("/page"), obey_robots=True)).body == b"page"
        else:
            with pytest.raises(SourceUnavailable):
                await get(fetcher, server.url("/page"), obey_robots=True)
            assert "/page" not in paths(server)


def gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(256)), packer.flush()])


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param(b"x" * 200_000, {}, id="plain"),
        pytest.param(gzip.compress(b"x" * 200_000), {"Content-Encoding": "gzip"}, id="packed"),
        pytest.param(gzip_bomb(), {"Content-Encoding": "gzip"}, id="gzip bomb of 256 MB"),
        pytest.param(
            zlib.compress(bytes(1 << 26)), {"Content-Encoding": "deflate"}, id="deflate bomb of 64 MB"
        ),
    ],
)
async def test_too_large_is_refused_without_unpacking(body: bytes, headers: dict[str, str]) -> None:
    """What counts is the unpacked size, and memory never holds more than the limit and a little."""
    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/"] = answer(body, headers=headers)
        tracemalloc.start()
        started = time.monotonic()
        with pytest.raises(SourceInvalid, match="larger than 100,000 bytes"):
            await get(fetcher, server.url("/"))
        took, peak = time.monotonic() - started, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 32_000_000
        assert took < 20


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (FEED_TYPES, "2 MiB, which is all that is read (fetch.max_bytes in config.toml)"),
        (PAGE_TYPES, "max_page_bytes"),
    ],
)
async def test_who_reads_too_little_is_told_which_setting_it_is(accept: str, expected: str) -> None:
    """In units that people know."""
    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/"] = answer(b"x" * 2_100_000)
        with pytest.raises(SourceInvalid) as caught:
            await get(fetcher, server.url("/"), max_bytes=2**21, accept=accept)
        assert expected in caught.value.problem


async def endless(_: str, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        await writer.drain()


async def dripping(_: str, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def silent(_: str, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(5)


async def short(_: str, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
    writer.close()


async def reset(_: str, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def endless_headers(_: str, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-A: " + b"a" * 60_000 + b"\r\n")
        await writer.drain()


@pytest.mark.parametrize("reply", [endless, dripping, silent, short, reset, endless_headers])
async def test_bad_servers_end_in_time(reply: Any) -> None:
    """Endless, dripping, silent, short, broken: each is a named failure before the deadline."""
    async with serving() as server, fetching(server.host_port, total_seconds=0.5) as fetcher:
        server.replies["/"] = reply
        started = time.monotonic()
        with pytest.raises((SourceUnavailable, SourceInvalid)):
            await get(fetcher, server.url("/"))
        assert time.monotonic() - started < 20


async def test_broken_packing_is_a_failure() -> None:
    """A body that is not what its header says."""
    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/"] = answer(b"not gzip at all", headers={"Content-Encoding": "gzip"})
        with pytest.raises(SourceUnavailable):
            await get(fetcher, server.url("/"))


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("404 Not Found", "the server knows no such address (404)"),
        ("410 Gone", "the server says that the feed is gone for good (410)"),
        ("418 Teapot", "the server answered oddly (418)"),
        ("503 Unavailable", "the server cannot answer now (503)"),
        ("302 Found", "the server redirects without saying where (302)"),
        ("304 Not Modified", "the server says that nothing has changed, though it was not asked that (304)"),
    ],
)
async def test_statuses_in_words(status: str, expected: str) -> None:
    """An admin reads a sentence, with the number for whoever looks it up."""
    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/"] = answer(b"", status=status)
        with pytest.raises(SourceUnavailable) as caught:
            await get(fetcher, server.url("/"))
        assert caught.value.problem == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:1/", "the address could not be read: connection refused"),
        ("http://nothing.invalid/", "the address could not be read: there is no server of this name"),
        ("http://xn--\u00e4/", "the address could not be read: there is no server of this name"),
        (f"http://{'a' * 64}.example/", "the address could not be read: there is no server of this name"),
    ],
)
async def test_the_operator_is_told_why(url: str, expected: str) -> None:
    """For a configured source the reason is said in the words of an admin, not of a library."""
    async with fetching("127.0.0.1:1") as fetcher:
        with pytest.raises(SourceUnavailable) as caught:
            await fetcher.fetch(url, source_id="s", max_bytes=1000, tell_why=True)
        assert caught.value.problem == expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (answer(b"plain", headers={"Content-Encoding": "gzip"}), "what the server sent cannot be unpacked"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "the server broke off in the middle of its answer",
        ),
        (b"", "the server broke off without an answer"),
        (b"\x00\x01 hello\r\n\r\n", "what answers there speaks no HTTP"),
    ],
)
async def test_what_broke_is_told_in_plain_words(reply: bytes, expected: str) -> None:
    """Nothing of the library's parser, no line breaks."""

    async def send(_: str, writer: asyncio.StreamWriter) -> None:
        writer.write(reply)
        await writer.drain()
        writer.close()

    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/"] = send
        with pytest.raises(SourceUnavailable) as caught:
            await fetcher.fetch(server.url("/"), source_id="s", max_bytes=1000, tell_why=True)
        assert caught.value.problem == f"the address could not be read: {expected}"


async def test_a_server_that_sends_the_feed_with_not_modified_is_asked_plainly() -> None:
    """What it sends must not stand before the next answer, nor stop the feed for good."""
    async with serving() as server, fetching(server.host_port) as fetcher:

        async def send(request: str, writer: asyncio.StreamWriter) -> None:
            is_conditional = "if-none-match" in request.lower()
            writer.write(answer(b"<rss/>", status="304 Not Modified" if is_conditional else "200 OK"))
            await writer.drain()

        server.replies["/"] = send
        for _ in range(2):
            got = await fetcher.fetch(server.url("/"), source_id="s", max_bytes=1000, etag='"1"')
            assert (got.is_unchanged, got.body) in ((False, b"<rss/>"), (True, b""))


async def test_a_wait_is_told_with_its_length() -> None:
    """As long as the server said, at most a day."""
    async with serving() as server, fetching(server.host_port) as fetcher:
        server.replies["/"] = answer(b"", status="429 Slow down", headers={"Retry-After": "7200"})
        with pytest.raises(SourceRateLimited) as caught:
            await get(fetcher, server.url("/"))
        told = "the server asks for fewer requests (429); it wants to be left alone for 2 hours"
        assert caught.value.problem == told


async def test_strangers_are_not_told_what_is_inside() -> None:
    """A closed port, an open one, a refused address and an unknown name sound alike."""

    async def problem(fetcher: Fetcher, url: str) -> str:
        with pytest.raises(SourceUnavailable) as caught:
            await fetcher.fetch(url, source_id="s", max_bytes=1000)
        return caught.value.problem

    async with canary_listening() as canary, fetching(total_seconds=3) as fetcher:
        urls = [
            canary.url("/"),
            "http://127.0.0.1:1/",
            "http://10.0.0.1/",
            "http://nothing.invalid/",
            "ftp://a.example",
        ]
        assert {await problem(fetcher, url) for url in urls} == {"the address could not be read"}

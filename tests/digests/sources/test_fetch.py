"""The fetcher: what it never connects to, what it never sends, and where it stops reading."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import socket
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from digests.config import FetchConfig
from digests.errors import SourceInvalid, SourceUnavailable
from digests.sources.fetch import Answer, Fetcher, check_address, is_public
from tests.digests.sources.loopback import answer, serving

# IANA's special-purpose address registries (and the multicast ones) as networks that are not the public internet.
SPECIAL = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/128",
    "::1/128",
    "::/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
)
PUBLIC = (
    "1.1.1.1",
    "8.8.8.8",
    "93.184.215.14",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
    "::ffff:8.8.8.8",
)


def edges() -> Iterator[Any]:
    """First, last, one before and one after of every special block, with what must be said of each."""
    networks = [ipaddress.ip_network(block) for block in SPECIAL]
    for network in networks:
        kind = type(network.network_address)
        first, last = int(network.network_address), int(network.broadcast_address)
        for number in (first - 1, first, last, last + 1):
            if not 0 <= number < 2**network.max_prefixlen:
                continue
            address = kind(number)
            special = any(address in other for other in networks if other.version == network.version)
            outside = address.version == 6 and address not in ipaddress.ip_network("2000::/3")
            yield pytest.param(str(address), not special and not outside, id=f"{network}-{address}")


@pytest.mark.parametrize(("address", "expected"), list(edges()))
def test_every_special_block_at_its_edges(address: str, expected: bool) -> None:
    """The deny table against the registries: first, last, before, after."""
    assert is_public(address) is expected


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_is_reachable(address: str) -> None:
    """A guard that refuses everything would pass the other tests."""
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "fe80::1%eth0",
        "2606:4700::1%1",
        "localhost",
        "",
        "127.1",
    ],
)
def test_mapped_scoped_and_other_forms_are_not_public(address: str) -> None:
    """Forms that Python's own `is_global` gets wrong."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://example.com/",
        "data:text/plain,x",
        "http://",
        "http:///x",
        "//example.com/x",
        "http://me:pw@example.com/",
        "http://me@example.com/",
        "javascript:alert(1)",
    ],
)
def test_other_schemes_and_credentials_are_refused(url: str) -> None:
    """Only http and https, and never a password."""
    with pytest.raises(ValueError):
        check_address(url)


@asynccontextmanager
async def fetching(*allowed: str, **limits: Any) -> AsyncIterator[Fetcher]:
    fetcher = Fetcher(FetchConfig(allow_hosts=allowed, **limits))
    try:
        yield fetcher
    finally:
        await fetcher.close()


async def get(fetcher: Fetcher, url: str, *, max_bytes: int = 100_000, **options: Any) -> Answer:
    return await fetcher.fetch(url, source_id="s", max_bytes=max_bytes, tell_why=True, **options)


TRICKS = [
    "http://127.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127%2e0%2e0%2e1:{port}/",
    "http://a.example@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@a.example/",
    "http://127.0.0.1:{port}#@a.example/",
    "http:\\\\127.0.0.1:{port}/",
    "http://169.254.169.254/latest/meta-data/",
]


@pytest.mark.parametrize("trick", TRICKS)
async def test_no_spelling_reaches_this_machine(trick: str) -> None:
    """However loopback is written, the canary hears nothing."""
    async with serving() as canary, fetching(total_seconds=5) as fetcher:
        canary.replies["/"] = answer(b"secret")
        with pytest.raises(SourceUnavailable):
            await get(fetcher, trick.format(port=canary.port))
        assert canary.requests == []


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
@pytest.mark.parametrize("trick", TRICKS[:4] + TRICKS[8:11])
async def test_no_redirect_reaches_this_machine(status: str, trick: str) -> None:
    """The allowed server sends us on to the canary: each hop is checked on its own."""
    async with (
        serving() as allowed,
        serving() as canary,
        fetching(allowed.host_port, total_seconds=5) as fetcher,
    ):
        canary.replies["/"] = answer(b"secret")
        allowed.replies["/go"] = answer(
            b"", status=status, headers={"Location": trick.format(port=canary.port)}
        )
        with pytest.raises(SourceUnavailable):
            await get(fetcher, allowed.url("/go"))
        assert len(allowed.requests) == 1
        assert canary.requests == []


async def test_an_allowed_name_does_not_open_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """`localhost:8080` allows that port alone; the next host of a redirect is not covered by it."""
    async with serving() as allowed, serving() as canary:
        async with fetching(f"localhost:{allowed.port}") as fetcher:
            allowed.replies["/"] = answer(b"ours")
            allowed.replies["/go"] = answer(
                b"", status="302 Found", headers={"Location": f"http://localhost:{canary.port}/"}
            )
            assert (await get(fetcher, f"http://localhost:{allowed.port}/")).body == b"ours"
            with pytest.raises(SourceUnavailable, match="private"):
                await get(fetcher, f"http://localhost:{allowed.port}/go")
        assert canary.requests == []


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["10.0.0.1", "127.0.0.1"], ["::ffff:127.0.0.1"]])
async def test_rebinding_is_refused(monkeypatch: pytest.MonkeyPatch, answers: list[str]) -> None:
    """A public name that resolves to this machine, alone or among others."""
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
    async with serving() as canary, fetching(total_seconds=1, connect_seconds=0.5) as fetcher:
        canary_port = canary.port
        canary.replies["/"] = answer(b"secret")
        with pytest.raises(SourceUnavailable):
            await get(fetcher, f"http://rebind.example:{canary.port}/")
        assert canary.requests == []


async def test_nothing_of_the_environment_is_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """No proxy, no .netrc, no cookie that a server set before."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    async with (
        serving() as server,
        serving() as proxy,
        fetching(server.host_port, proxy.host_port) as fetcher,
    ):
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://{proxy.host_port}")
        server.replies["/"] = answer(b"x", headers={"Set-Cookie": "id=1"})
        await get(fetcher, server.url("/"))
        await get(fetcher, server.url("/"))
        sent = "".join(server.requests).lower()
        assert proxy.requests == []
        assert "cookie:" not in sent
        assert "authorization:" not in sent
        assert "user-agent: sitrep/" in sent


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
        assert took < 5


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
        assert time.monotonic() - started < 2


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
        ("429 Too Many Requests", "the server asks for fewer requests (429)"),
        ("503 Unavailable", "the server cannot answer now (503)"),
        ("302 Found", "the server answered oddly (302)"),
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
    ],
)
async def test_the_operator_is_told_why(url: str, expected: str) -> None:
    """For a configured source the reason is said in the words of an admin, not of a library."""
    async with fetching("127.0.0.1:1") as fetcher:
        with pytest.raises(SourceUnavailable) as caught:
            await fetcher.fetch(url, source_id="s", max_bytes=1000, tell_why=True)
        assert caught.value.problem == expected


async def test_strangers_are_not_told_what_is_inside() -> None:
    """A closed port, an open one, a refused address and an unknown name sound alike."""

    async def problem(fetcher: Fetcher, url: str) -> str:
        with pytest.raises(SourceUnavailable) as caught:
            await fetcher.fetch(url, source_id="s", max_bytes=1000)
        return caught.value.problem

    async with serving() as canary, fetching(total_seconds=3) as fetcher:
        urls = [
            canary.url("/"),
            "http://127.0.0.1:1/",
            "http://10.0.0.1/",
            "http://nothing.invalid/",
            "ftp://a.example",
        ]
        assert {await problem(fetcher, url) for url in urls} == {"the address could not be read"}

"""The one module that opens connections: every guard stands here, for feeds, pages and whatever comes.

Stance: an address that someone typed in must never reach inside this machine or its network. The check is made on
the very address that is about to be connected (`socket_factory`), so no spelling of a URL, no redirect and no
changing DNS answer gets round it (RELIABILITY section 4). Proxies, cookies, `.netrc` and credentials in addresses
are not used. Servers are treated as guests should: few requests at once, none while they ask us to wait, and pages
only where robots.txt lets us.
"""

from __future__ import annotations

import asyncio
import contextvars
import datetime as dt
import logging
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from yarl import URL

from digests.clock import Clock, utc_now
from digests.config import FetchConfig
from digests.errors import SourceGone, SourceInvalid, SourceRateLimited, SourceUnavailable
from digests.health import span_words
from digests.sources.addresses import RefusedAddress, check_address, is_public
from digests.sources.headers import fresh_seconds, retry_seconds
from digests.sources.hosts import Hosts
from digests.sources.robots import ALL_ALLOWED, ALL_REFUSED, Robots, parse_robots
from digests.sources.robots import MAX_BYTES as MAX_ROBOTS

# Where it is used: it takes longer to load than all the rest, and most commands open no connection.
if TYPE_CHECKING:
    import aiohttp

log = logging.getLogger(__name__)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_CONDITIONAL = frozenset({"If-None-Match", "If-Modified-Since"})
_CHUNK = 64 * 1024
# Seconds of silence after which a connection is given up.
_SILENCE_SECONDS = 10
# How long the rules of a site hold (RFC 9309, 2.4: at most a day), and how long after a failure they are asked again.
_ROBOTS_SECONDS = 24 * 3600
_ROBOTS_RETRY_SECONDS = 600
_MAX_SITES = 1_000

FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/json;q=0.8, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5"
)
PAGE_TYPES = "text/html, application/xhtml+xml, */*;q=0.5"

# The host and port of the request that this task makes: what the operator's exceptions are compared with.
_current: contextvars.ContextVar[str] = contextvars.ContextVar("current_host", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server sent. `body` is unpacked and within the limit; `is_unchanged`: 304, no body.

    `moved_to`: where it is now, when the server says that the address it was asked for has changed for good.
    `fresh_seconds`: how long the answer holds, as the server says.
    """

    url: str
    body: bytes = b""
    content_type: str = ""
    is_unchanged: bool = False
    etag: str | None = None
    last_modified: str | None = None
    fresh_seconds: int = 0
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """One hop: the body was read for status 200 alone."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class _TooLarge(Exception):
    """More came than is read."""


class Fetcher:
    """Fetches addresses within the limits of the configuration; one pool of connections."""

    def __init__(self, config: FetchConfig, *, clock: Clock = utc_now) -> None:
        self._config = config
        self._clock = clock
        self._allowed = frozenset(config.allow_hosts)
        self._session: aiohttp.ClientSession | None = None
        self._hosts = Hosts()
        # Site to its rules and until when they hold, by the monotonic clock.
        self._sites: dict[str, tuple[asyncio.Task[Robots], float]] = {}

    async def fetch(
        self,
        url: str,
        *,
        source_id: str,
        max_bytes: int,
        accept: str = FEED_TYPES,
        etag: str | None = None,
        last_modified: str | None = None,
        tell_why: bool = False,
        obey_robots: bool = False,
    ) -> Answer:
        """Fetch one address, following redirects, each checked again.

        Args:
            url: An http(s) address without credentials.
            source_id: Named in errors and in the log.
            max_bytes: Refused when the unpacked body is larger.
            etag: With `last_modified`, of the last answer: the server may say that nothing changed.
            tell_why: Say in the error why nothing arrived. Only for what the operator configured: to anyone else
                a closed port, an open one and a refused address must look alike.
            obey_robots: Ask the site's robots.txt first, and keep the pause that it asks for. For pages: a feed is
                there to be read by programs.

        Raises:
            SourceRateLimited: The host asks us to wait, now or a while ago.
            SourceGone: It says that the address is gone for good.
            SourceUnavailable: Nothing usable arrived in time.
            SourceInvalid: What arrived is too large.
        """
        import aiohttp

        headers = {"Accept": accept}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        try:
            address = check_address(url)
            robots = await self._robots_of(address) if obey_robots else None
            pause = robots.delay_seconds if robots else 0.0
            # Waiting for a place at a busy host is not the host's fault: the deadline begins after it.
            async with self._hosts.turn(_host_port(address), pause=pause):
                async with asyncio.timeout(self._config.total_seconds):
                    try:
                        return await self._follow(address, headers, source_id, max_bytes, obey_robots)
                    except aiohttp.ClientResponseError:
                        if _CONDITIONAL.isdisjoint(headers):
                            raise
                        # Some send the feed along with "not modified"; asked plainly, they answer.
                        plain = {"Accept": accept}
                        return await self._follow(address, plain, source_id, max_bytes, obey_robots)
        except _TooLarge as exc:
            setting = "max_page_bytes" if accept == PAGE_TYPES else "max_bytes"
            raise SourceInvalid(source_id, too_large_words(max_bytes, setting)) from exc
        except TimeoutError as exc:
            raise _unreachable(source_id, "no complete answer in time", tell_why, exc) from exc
        except (aiohttp.ClientError, OSError, ValueError) as exc:
            raise _unreachable(source_id, _reason(exc), tell_why, exc) from exc

    async def close(self) -> None:
        """Close all connections."""
        for task, _ in self._sites.values():
            task.cancel()
        await asyncio.gather(*(task for task, _ in self._sites.values()), return_exceptions=True)
        self._sites.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _follow(
        self, asked: URL, headers: dict[str, str], source_id: str, max_bytes: int, obey_robots: bool
    ) -> Answer:
        address, moved_to = asked, asked
        for _ in range(self._config.max_redirects + 1):
            if obey_robots and not (await self._robots_of(address)).allows(address.raw_path_qs):
                raise SourceUnavailable(
                    source_id, "the site's robots.txt asks programs not to read this page"
                )
            reply = await self._hop(address, headers, source_id, max_bytes)
            target = reply.headers.get("Location")
            if reply.status not in _REDIRECTS or not target:
                return self._make_answer(
                    reply,
                    address,
                    source_id,
                    moved_to if moved_to != asked else None,
                    is_conditional=not _CONDITIONAL.isdisjoint(headers),
                )
            following = check_address(str(address.join(URL(target))))
            if reply.status in _FOR_GOOD and moved_to == address:
                moved_to = following
            address = following
        raise ValueError(f"more than {self._config.max_redirects} redirects")

    async def _hop(self, address: URL, headers: dict[str, str], source_id: str, max_bytes: int) -> _Reply:
        """One request, unless the host wants to be left alone."""
        left = self._hosts.closed_seconds(_host_port(address))
        if left:
            words = f"the server asks for fewer requests; {_wait_words(left)}"
            raise SourceRateLimited(source_id, words, retry_seconds=left)
        # In a context of its own: an exception for one host must not serve the next.
        return await asyncio.get_running_loop().create_task(
            self._request(address, headers, max_bytes), context=_context_for(_host_port(address))
        )

    async def _request(self, address: URL, headers: dict[str, str], max_bytes: int) -> _Reply:
        async with self._open_session().get(address, headers=headers, allow_redirects=False) as response:
            body = await _read_body(response, max_bytes) if response.status == 200 else b""
            return _Reply(status=response.status, headers=response.headers, body=body)

    def _make_answer(
        self, reply: _Reply, address: URL, source_id: str, moved_to: URL | None, *, is_conditional: bool
    ) -> Answer:
        """What the last hop gave. Raises SourceUnavailable, or a narrower one, when that is nothing."""
        if reply.status != 200 and not (reply.status == 304 and is_conditional):
            self._refuse(reply, address, source_id)
        return Answer(
            url=str(address),
            body=reply.body,
            content_type=_header(reply, "Content-Type") or "",
            is_unchanged=reply.status == 304,
            etag=_header(reply, "ETag"),
            last_modified=_header(reply, "Last-Modified"),
            fresh_seconds=fresh_seconds(reply.headers, now=self._clock()),
            moved_to=str(moved_to) if moved_to else None,
        )

    def _refuse(self, reply: _Reply, address: URL, source_id: str) -> NoReturn:
        words = _status_words(reply.status)
        wait = retry_seconds(reply.headers, now=self._clock())
        if reply.status == 429 or (reply.status == 503 and wait):
            if wait:
                self._hosts.close_for(_host_port(address), wait)
                words += f"; {_wait_words(wait)}"
            raise SourceRateLimited(source_id, words, retry_seconds=wait)
        if reply.status == 410:
            raise SourceGone(source_id, words)
        raise SourceUnavailable(source_id, words)

    async def _robots_of(self, address: URL) -> Robots:
        """The rules of an address's site; asked for once by all who want them, and kept for a day."""
        site, now = str(address.origin()), asyncio.get_running_loop().time()
        task, until = self._sites.get(site, (None, 0.0))
        if task is None or now >= until:
            task = asyncio.create_task(self._read_robots(address))
            self._sites.pop(site, None)
            self._sites[site] = task, now + _ROBOTS_SECONDS
            while len(self._sites) > _MAX_SITES:
                del self._sites[next(iter(self._sites))]
        robots = await asyncio.shield(task)
        if robots is ALL_REFUSED:
            self._sites[site] = task, min(until or now + _ROBOTS_SECONDS, now + _ROBOTS_RETRY_SECONDS)
        return robots

    async def _read_robots(self, address: URL) -> Robots:
        """RFC 9309, 2.3.1: without a file all is allowed; while it cannot be had, nothing is."""
        import aiohttp

        target = address.origin() / "robots.txt"
        try:
            async with asyncio.timeout(self._config.total_seconds):
                for _ in range(self._config.max_redirects + 1):
                    reply = await self._hop(target, {"Accept": "text/plain"}, "robots.txt", MAX_ROBOTS)
                    if reply.status not in _REDIRECTS or "Location" not in reply.headers:
                        break
                    target = check_address(str(target.join(URL(reply.headers["Location"]))))
        except _TooLarge:
            return ALL_ALLOWED  # no rules file has that size
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError, SourceUnavailable) as exc:
            log.info("no robots.txt site=%s error=%s", address.host, type(exc).__name__)
            return ALL_REFUSED
        if reply.status == 200:
            agent = self._config.user_agent.split("/")[0].strip()
            return parse_robots(reply.body.decode("utf-8", "replace"), agent=agent)
        return ALL_REFUSED if reply.status == 429 or reply.status >= 500 else ALL_ALLOWED

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            import aiohttp

            connector = aiohttp.TCPConnector(
                socket_factory=self._make_socket,
                limit=self._config.at_once,
                ttl_dns_cache=60,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
                timeout=aiohttp.ClientTimeout(
                    total=self._config.total_seconds,
                    connect=self._config.connect_seconds,
                    sock_read=_SILENCE_SECONDS,
                ),
                headers={"User-Agent": self._config.user_agent},
                max_line_size=16 * 1024,
                max_field_size=16 * 1024,
            )
        return self._session

    def _make_socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        """A socket for an address that may be connected. Raises RefusedAddress for any other."""
        family, kind, protocol, _, address = info
        host, port = str(address[0]), address[1]
        if not is_public(host) and not self._is_allowed(host, port):
            log.info("refused address=%s port=%s", host, port)
            raise RefusedAddress("the address is private; fetch.allow_hosts may name it")
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    def _is_allowed(self, host: str, port: object) -> bool:
        """The operator named this very address, or the host and port of this very request."""
        current = _current.get()
        written = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        return written in self._allowed or (current in self._allowed and current.endswith(f":{port}"))


async def _read_body(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """Read piece by piece: a small packed body may unpack to gigabytes."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > max_bytes:
            raise _TooLarge
    return bytes(body)


def _context_for(host_port: str) -> contextvars.Context:
    context = contextvars.copy_context()
    context.run(_current.set, host_port)
    return context


def _host_port(address: URL) -> str:
    return f"{address.host}:{address.port}".lower()


def _header(reply: _Reply, name: str) -> str | None:
    """A header that is short enough to keep and send back."""
    value = reply.headers.get(name)
    return value if value and len(value) <= 500 and value.isprintable() else None


def _size_words(size: int) -> str:
    return f"{size / 2**20:.3g} MiB" if size >= 2**20 else f"{size:,} bytes"


def too_large_words(most: int, setting: str) -> str:
    """That something is larger than the bytes that a setting lets in."""
    return f"larger than {_size_words(most)}, which is all that is read (fetch.{setting} in config.toml)"


def _wait_words(seconds: int) -> str:
    return f"it wants to be left alone for {span_words(dt.timedelta(seconds=seconds))}"


def _status_words(status: int) -> str:
    words = {
        401: "asks for a password",
        403: "refuses to answer us",
        404: "knows no such address",
        204: "sends nothing",
        304: "says that nothing has changed, though it was not asked that",
        410: "says that the feed is gone for good",
        429: "asks for fewer requests",
    }
    other = "redirects without saying where" if status in _REDIRECTS else "answered oddly"
    return f"the server {words.get(status, 'cannot answer now' if status >= 500 else other)} ({status})"


def _reason(exc: Exception) -> str:
    import aiohttp

    if isinstance(exc, UnicodeError):
        # A part of the name is too long, empty or falsely marked: the codec tells that in words of its own.
        return "there is no server of this name"
    if isinstance(exc, ValueError) and not isinstance(exc, aiohttp.ClientError):
        return str(exc) or "the address cannot be fetched"
    cause = exc.__cause__ or exc.__context__ or exc
    if isinstance(cause, RefusedAddress):
        return str(cause)
    if isinstance(exc, aiohttp.ClientConnectorDNSError):
        return "there is no server of this name"
    # Of what came: the library tells in the words of its parser.
    if isinstance(cause, aiohttp.http_exceptions.ContentEncodingError):
        return "what the server sent cannot be unpacked"
    if isinstance(exc, aiohttp.ClientPayloadError):
        return "the server broke off in the middle of its answer"
    if isinstance(exc, aiohttp.ServerDisconnectedError):
        return "the server broke off without an answer"
    if isinstance(exc, aiohttp.ClientResponseError):
        return "what answers there speaks no HTTP"
    if isinstance(exc, aiohttp.ClientConnectorError) and exc.os_error.errno:
        # The library's own words name its pools and flags; the system's are what an admin knows.
        return os.strerror(exc.os_error.errno).lower()
    return str(exc) or type(exc).__name__


def _unreachable(source_id: str, why: str, tell_why: bool, exc: BaseException) -> SourceUnavailable:
    log.info("unreachable source=%s error=%s why=%s", source_id, type(exc).__name__, why)
    problem = "the address could not be read"
    return SourceUnavailable(source_id, f"{problem}: {why}" if tell_why else problem)

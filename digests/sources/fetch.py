"""The one module that opens connections: every guard stands here, for feeds, pages and whatever comes.

Stance: an address that someone typed in must never reach inside this machine or its network. The check is made on
the very address that is about to be connected (`socket_factory`), so no spelling of a URL, no redirect and no
changing DNS answer gets round it (RELIABILITY section 4). Proxies, cookies, `.netrc` and credentials in addresses
are not used.
"""

from __future__ import annotations

import asyncio
import contextvars
import ipaddress
import logging
import os
import socket
from dataclasses import dataclass

import aiohttp
from yarl import URL

from digests.config import FetchConfig
from digests.errors import SourceInvalid, SourceUnavailable

log = logging.getLogger(__name__)

# IANA's special-purpose registries, and the address that clouds use for their metadata service (168.63.129.16).
_DENIED_IPV4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
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
    )
)
# IPv6 is refused but for the part that is handed out to the world, without the special blocks inside it.
_GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")
_DENIED_IPV6 = tuple(
    ipaddress.IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 64 * 1024
# Seconds of silence after which a connection is given up.
_SILENCE_SECONDS = 10
_PER_HOST = 4

FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/json;q=0.8, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5"
)
PAGE_TYPES = "text/html, application/xhtml+xml, */*;q=0.5"

# The host and port of the request that this task makes: what the operator's exceptions are compared with.
_current: contextvars.ContextVar[str] = contextvars.ContextVar("current_host", default="")


class RefusedAddress(OSError):
    """The address is inside this machine or network, or of no public use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server sent. `body` is unpacked and within the limit; `is_unchanged`: 304, no body."""

    url: str
    body: bytes = b""
    content_type: str = ""
    is_unchanged: bool = False
    etag: str | None = None
    last_modified: str | None = None


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet. Anything that is no address is not public."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is None:
            return (
                ip.scope_id is None and ip in _GLOBAL_IPV6 and not any(ip in block for block in _DENIED_IPV6)
            )
        ip = ip.ipv4_mapped
    return not any(ip in block for block in _DENIED_IPV4)


def check_address(url: str) -> URL:
    """The parsed address that will be fetched. Raises ValueError for what is never fetched, saying why."""
    parsed = URL(url)
    if parsed.scheme not in ("http", "https"):
        raise ValueError("only http and https addresses are fetched")
    if not parsed.host:
        raise ValueError("the address has no host")
    if parsed.user is not None or parsed.password is not None:
        raise ValueError("an address with a user name or password is not fetched")
    return parsed.with_fragment(None)


class Fetcher:
    """Fetches addresses within the limits of the configuration; one pool of connections."""

    def __init__(self, config: FetchConfig) -> None:
        self._config = config
        self._allowed = frozenset(config.allow_hosts)
        self._session: aiohttp.ClientSession | None = None

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
    ) -> Answer:
        """Fetch one address, following redirects, each checked again.

        Args:
            url: An http(s) address without credentials.
            source_id: Named in errors and in the log.
            max_bytes: Refused when the unpacked body is larger.
            etag: With `last_modified`, of the last answer: the server may say that nothing changed.
            tell_why: Say in the error why nothing arrived. Only for what the operator configured: to anyone else
                a closed port, an open one and a refused address must look alike.

        Raises:
            SourceUnavailable: Nothing usable arrived in time.
            SourceInvalid: What arrived is too large.
        """
        headers = {"Accept": accept}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        try:
            async with asyncio.timeout(self._config.total_seconds):
                return await self._follow(url, headers, source_id, max_bytes)
        except TimeoutError as exc:
            raise _unreachable(source_id, "no complete answer in time", tell_why, exc) from exc
        except (aiohttp.ClientError, OSError, ValueError) as exc:
            raise _unreachable(source_id, _reason(exc), tell_why, exc) from exc

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _follow(self, url: str, headers: dict[str, str], source_id: str, max_bytes: int) -> Answer:
        address = check_address(url)
        for _ in range(self._config.max_redirects + 1):
            # Each hop in a context of its own: an exception for one host must not serve the next.
            hop = asyncio.get_running_loop().create_task(
                self._hop(address, headers, source_id, max_bytes),
                context=_context_for(f"{address.host}:{address.port}".lower()),
            )
            answer = await hop
            if isinstance(answer, Answer):
                return answer
            address = check_address(str(address.join(URL(answer))))
        raise ValueError(f"more than {self._config.max_redirects} redirects")

    async def _hop(
        self, address: URL, headers: dict[str, str], source_id: str, max_bytes: int
    ) -> Answer | str:
        """One request: its answer, or where it is sent on to."""
        async with self._open_session().get(address, headers=headers, allow_redirects=False) as response:
            if response.status in _REDIRECTS and response.headers.get("Location"):
                return response.headers["Location"]
            etag = _header(response, "ETag")
            last_modified = _header(response, "Last-Modified")
            if response.status == 304:
                return Answer(url=str(address), is_unchanged=True, etag=etag, last_modified=last_modified)
            if response.status != 200:
                raise SourceUnavailable(source_id, _status_words(response.status))
            return Answer(
                url=str(address),
                body=await _read_body(response, source_id, max_bytes),
                content_type=_header(response, "Content-Type") or "",
                etag=etag,
                last_modified=last_modified,
            )

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                socket_factory=self._make_socket,
                limit=self._config.at_once,
                limit_per_host=_PER_HOST,
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


async def _read_body(response: aiohttp.ClientResponse, source_id: str, max_bytes: int) -> bytes:
    """Read piece by piece: a small packed body may unpack to gigabytes."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > max_bytes:
            raise SourceInvalid(source_id, f"larger than {max_bytes:,} bytes")
    return bytes(body)


def _context_for(host_port: str) -> contextvars.Context:
    context = contextvars.copy_context()
    context.run(_current.set, host_port)
    return context


def _header(response: aiohttp.ClientResponse, name: str) -> str | None:
    """A header that is short enough to keep and send back."""
    value = response.headers.get(name)
    return value if value and len(value) <= 500 and value.isprintable() else None


def _status_words(status: int) -> str:
    words = {
        401: "asks for a password",
        403: "refuses to answer us",
        404: "knows no such address",
        410: "says that the feed is gone for good",
        429: "asks for fewer requests",
    }
    return f"the server {words.get(status, 'cannot answer now' if status >= 500 else 'answered oddly')} ({status})"


def _reason(exc: Exception) -> str:
    if isinstance(exc, ValueError) and not isinstance(exc, aiohttp.ClientError):
        return str(exc) or "the address cannot be fetched"
    cause = exc.__cause__ or exc.__context__ or exc
    if isinstance(cause, RefusedAddress):
        return str(cause)
    if isinstance(exc, aiohttp.ClientConnectorDNSError):
        return "there is no server of this name"
    if isinstance(exc, aiohttp.ClientConnectorError) and exc.os_error.errno:
        # The library's own words name its pools and flags; the system's are what an admin knows.
        return os.strerror(exc.os_error.errno).lower()
    return str(exc) or type(exc).__name__


def _unreachable(source_id: str, why: str, tell_why: bool, exc: BaseException) -> SourceUnavailable:
    log.info("unreachable source=%s error=%s why=%s", source_id, type(exc).__name__, why)
    problem = "the address could not be read"
    return SourceUnavailable(source_id, f"{problem}: {why}" if tell_why else problem)

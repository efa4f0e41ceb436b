"""Feeds on the network as articles: RSS, Atom, JSON Feed.

An entry's identity is what stays when its title, date or address change: the id that the feed gives it, where each
entry has one of its own; else its address without tracking; else its words. It is kept as a short hash.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from digests.errors import SourceInvalid, SourceWalled
from digests.health import WALLS
from digests.sources import MAX_TEXT, Fetched, Item, ReadFailure, Request, Tools, tidy_line, tidy_text
from digests.sources.fetch import PAGE_TYPES, Answer, Fetcher
from digests.sources.stated import parse_moment, web_address
from digests.sources.worker import Worker, WorkerFailed
from digests.types import RawArticle

# Publication times outside of these are mistakes of the feed's software: no date is better than a wrong one.
_FIRST_DAY = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
_MOST_AHEAD = dt.timedelta(hours=24)

# Query parameters that say where a reader came from, not what they read.
_TRACKING = frozenset(
    {
        "fbclid",
        "gclid",
        "dclid",
        "msclkid",
        "yclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "cmpid",
        "ocid",
        "ito",
        "ref_src",
    }
    | {
        "cmp",
        "taid",
        "guccounter",
        "at_medium",
        "at_campaign",
        "at_custom1",
        "_ga",
        "wt.mc_id",
        "smid",
        "xtor",
    }
)
_TRACKING_PREFIXES = ("utm_", "at_", "pk_", "mtm_", "hsa_", "traffic_source", "ns_")


class FeedReader:
    """A feed as a source."""

    def __init__(self, fetcher: Fetcher, worker: Worker, max_bytes: int) -> None:
        self._fetcher = fetcher
        self._worker = worker
        self._max_bytes = max_bytes

    async def fetch(self, request: Request) -> Fetched:
        """Read a feed. Raises SourceUnavailable (nothing arrived) or SourceInvalid (it is not a feed)."""
        source = request.source
        answer = await self._fetcher.fetch(
            source.location,
            source_id=source.id,
            max_bytes=self._max_bytes,
            etag=request.etag,
            last_modified=request.last_modified,
            tell_why=request.is_configured,
        )
        if answer.is_unchanged:
            return Fetched(is_unchanged=True, **_answered(answer))
        parsed = await self._parse(source.id, answer)
        return Fetched(
            items=tuple(
                make_articles(parsed["entries"], source_id=source.id, outlet=source.name, now=request.now)
            ),
            title=tidy_line(parsed.get("title")),
            **_answered(answer),
        )

    async def _parse(self, source_id: str, answer: Answer) -> dict[str, Any]:
        try:
            return await self._worker.run(
                "feed", answer.body, content_type=answer.content_type, url=answer.url
            )
        except WorkerFailed as exc:
            raise SourceInvalid(source_id, str(exc)) from exc


def _answered(answer: Answer) -> dict[str, Any]:
    """What an answer says about the next one."""
    return {
        "etag": answer.etag,
        "last_modified": answer.last_modified,
        "fresh_seconds": answer.fresh_seconds,
        "moved_to": answer.moved_to,
    }


def make_articles(
    entries: Sequence[Mapping[str, Any]], *, source_id: str, outlet: str | None, now: dt.datetime
) -> Iterator[Item]:
    """Articles from the plain entries of `feed_parser`, in the feed's order; each identity comes once."""
    seen: set[str] = set()
    for entry, identity in zip(entries, find_identities(entries), strict=True):
        if identity in seen:
            continue
        seen.add(identity)
        title = tidy_line(entry.get("title"))
        body = tidy_text(entry.get("content") or "")
        if len(body) > MAX_TEXT:
            yield ReadFailure(
                where=title or identity, reason=f"text of {len(body):,} characters; the limit is {MAX_TEXT:,}"
            )
            continue
        if not body.strip() and not title:
            where = canonical_address(entry.get("link")) or identity
            yield ReadFailure(where=where, reason="an entry without title and text")
            continue
        yield RawArticle(
            source_id=source_id,
            external_id=identity,
            # Headlines carry figures of their own; a feed of headlines alone is worth reading.
            body=body if body.strip() else title or "",
            is_html=bool(entry.get("is_html")) and bool(body.strip()),
            is_entry=True,
            url=canonical_address(entry.get("link")),
            title=title,
            outlet=tidy_line(entry.get("outlet")) or outlet,
            published=plausible_time(entry.get("published"), now=now),
            authors=tuple(name for name in map(tidy_line, entry.get("authors") or ()) if name),
        )


def find_identities(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """Sixteen hex digits for each entry, which stay when the feed changes the rest of it.

    An id that several entries share (one for all, a constant) says nothing; so does an address. In an id that is an
    address, what does not name the article (scheme, `www.`, tracking) does not count.
    """
    given_ids = [_stable_id(entry.get("id")) for entry in entries]
    ids = Counter(given_ids)
    links = Counter(canonical_address(entry.get("link")) for entry in entries)
    identities = []
    for entry, given in zip(entries, given_ids, strict=True):
        link = canonical_address(entry.get("link"))
        if given and ids[given] == 1:
            identity = f"id {given}"
        elif link and links[link] == 1:
            identity = f"link {_without_scheme(link)}"
        else:
            identity = (
                f"words {given or ''} {link or ''} {entry.get('title') or ''} {entry.get('content') or ''}"
            )
        identities.append(hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:16])
    return identities


def canonical_address(link: object) -> str | None:
    """An http(s) address without fragment and tracking parameters; `None` for anything else."""
    address = web_address(link)
    if address is None:
        return None
    try:
        parts = urlsplit(address)
        query = [
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
            if name.lower() not in _TRACKING and not name.lower().startswith(_TRACKING_PREFIXES)
        ]
        # Untouched where nothing is to be taken out: some servers are particular about escapes.
        kept = parts.query if len(query) == parts.query.count("&") + 1 else urlencode(query)
        return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, kept if query else "", ""))
    except ValueError:
        return None


def _stable_id(given: str | None) -> str | None:
    """An entry's id without what changes with the server's settings; a fragment may be what tells two apart."""
    address = canonical_address(given)
    if given is None or address is None:
        return given
    _, mark, fragment = given.strip().partition("#")
    return _without_scheme(address) + mark + fragment


def _without_scheme(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


def plausible_time(value: object, *, now: dt.datetime) -> dt.datetime | None:
    """Seconds since 1970 or ISO text as a time; `None` outside of 1990 to a day from now."""
    moment: dt.datetime | dt.date | None
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            moment = dt.datetime.fromtimestamp(value, dt.UTC)
        except (ValueError, OverflowError, OSError):
            return None
    else:
        moment = parse_moment(value)
    if moment is None:
        return None
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)
    return moment if _FIRST_DAY <= moment <= now + _MOST_AHEAD else None


async def fetch_page(tools: Tools, source_id: str, url: str) -> dict[str, Any]:
    """The page behind an entry as `page.parse_page` reads it; its `url` only where that is another publisher's.

    Raises:
        SourceUnavailable: Nothing arrived.
        SourceInvalid: What arrived is no page with an article; SourceWalled where it stands in front of one.
    """
    answer = await tools.fetcher.fetch(
        url, source_id=source_id, max_bytes=tools.config.max_page_bytes, accept=PAGE_TYPES, obey_robots=True
    )
    try:
        page = await tools.worker.run("page", answer.body, content_type=answer.content_type)
        return {**page, "url": publisher_address(url, arrived=answer.url, stated=page["url"])}
    except WorkerFailed as exc:
        if exc.wall in WALLS:
            raise SourceWalled(source_id, str(exc), wall=exc.wall) from exc
        raise SourceInvalid(source_id, str(exc)) from exc


def publisher_address(linked: str, *, arrived: str, stated: str | None) -> str | None:
    """Where an article stands at its own publisher, when an entry links to somebody who only passes it on.

    Args:
        linked: The entry's address.
        arrived: Where that led in the end.
        stated: Which address the page names as its own.

    Returns:
        The one that the page names, else where redirects led; `None` when that is the linked site too, or its
        front page: nothing better than what the entry says.
    """
    for address in map(canonical_address, (stated, arrived)):
        if address is None or urlsplit(address).path.strip("/") == "":
            continue
        return None if _is_same_site(address, linked) else address
    return None


def _is_same_site(one: str, other: str) -> bool:
    """Hosts that are equal, or one a part of the other: `m.wire.example` and `wire.example`."""
    hosts = [f".{(urlsplit(address).hostname or '').removeprefix('www.')}" for address in (one, other)]
    return hosts[0].endswith(hosts[1]) or hosts[1].endswith(hosts[0])


def use_page(article: RawArticle, page: Mapping[str, Any]) -> RawArticle:
    """An entry with its page's text where that says more, and what only the page knows; the feed's data stay."""
    text = tidy_text(page["text"])
    has_more = len(article.body) < len(text) <= MAX_TEXT
    return dataclasses.replace(
        article,
        body=text if has_more else article.body,
        is_html=article.is_html and not has_more,
        url=page["url"] or article.url,
        title=article.title or tidy_line(page["title"]),
        published=article.published or parse_moment(page["published"]),
        authors=article.authors or tuple(name for name in map(tidy_line, page["authors"]) if name),
    )

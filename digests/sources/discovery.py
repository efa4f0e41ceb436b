"""From the address of a site to its feed: what the page names, then the paths where feeds usually stand.

Stance: every candidate goes through the one fetcher with all its guards, and counts only when it parses as a feed
with entries; the first that does is taken. Nothing on a page is obeyed: no refresh, no script, no base outside it.
"""

from __future__ import annotations

import dataclasses
from urllib.parse import urljoin

from digests.errors import SourceError, SourceInvalid, SourceRateLimited
from digests.sources import Fetched, Request, Tools
from digests.sources.feed import FeedReader
from digests.sources.fetch import PAGE_TYPES
from digests.sources.worker import WorkerFailed

# Candidates that are tried for one site: those of the page first.
_MAX_NAMED = 6
_MAX_TRIES = 12
_WELL_KNOWN = (
    "/feed",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/feeds/posts/default",
)


async def find_feed(tools: Tools, request: Request) -> tuple[str, Fetched]:
    """The feed at an address, or the one of the site there: where it is, and what it gives.

    Raises:
        SourceUnavailable: The address itself gives nothing.
        SourceInvalid: What is there is no feed, and leads to none.
    """
    reader = FeedReader(tools.fetcher, tools.worker, tools.config.max_bytes)
    try:
        return request.source.location, await reader.fetch(request)
    except SourceInvalid as exc:
        failure = exc
    candidates = await _candidates(tools, request)
    if not candidates:
        raise failure
    for address in candidates:
        source = dataclasses.replace(request.source, location=address)
        try:
            fetched = await reader.fetch(dataclasses.replace(request, source=source))
        except SourceRateLimited:
            break  # the host wants to be left alone: no more guesses
        except SourceError:
            continue
        if fetched.items:
            return address, fetched
    problem = f"{failure.problem}, and its site names no feed; the address of the feed itself is needed"
    raise SourceInvalid(request.source.id, problem) from failure


async def _candidates(tools: Tools, request: Request) -> list[str]:
    """Addresses to try for a site, each once; none where the address does not lead to a page."""
    source = request.source
    try:
        answer = await tools.fetcher.fetch(
            source.location,
            source_id=source.id,
            max_bytes=tools.config.max_page_bytes,
            accept=PAGE_TYPES,
            tell_why=request.is_configured,
        )
        named = (await tools.worker.run("links", answer.body, url=answer.url))["feeds"]
    except (SourceError, WorkerFailed):
        return []
    usual = [urljoin(answer.url, path) for path in _WELL_KNOWN]
    found = dict.fromkeys([*named[:_MAX_NAMED], *usual])
    return [address for address in found if address not in (source.location, answer.url)][:_MAX_TRIES]

"""Feeds on the network as articles."""

from __future__ import annotations

from digests.errors import SourceUnavailable
from digests.sources import Fetched, Request
from digests.sources.fetch import Fetcher


class FeedReader:
    """A feed as a source."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    async def fetch(self, request: Request) -> Fetched:
        """Read a feed. Raises SourceUnavailable or SourceInvalid."""
        raise SourceUnavailable(request.source.id, "feeds are not read yet")

"""The one module that opens connections."""

from __future__ import annotations

from digests.config import FetchConfig


class Fetcher:
    """Fetches addresses within the limits of the configuration."""

    def __init__(self, config: FetchConfig) -> None:
        self._config = config

    async def close(self) -> None:
        """Close what is open."""

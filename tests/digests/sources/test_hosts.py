"""What is remembered of each host: how long it wants to be left alone, and who waits for it."""

from __future__ import annotations

import pytest

from digests.sources import hosts as module
from digests.sources.hosts import Hosts


def test_the_longest_wish_holds() -> None:
    """A later, shorter one does not cut it off (RELIABILITY L4)."""
    hosts = Hosts()
    hosts.close_for("wire.example:443", 3600)
    hosts.close_for("wire.example:443", 5)
    assert hosts.closed_seconds("wire.example:443") > 3000


async def test_a_host_that_is_being_asked_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others push out the oldest that nobody waits for; its wish stays in memory while its turn lasts."""
    monkeypatch.setattr(module, "_KEPT", 2)
    hosts = Hosts()
    async with hosts.turn("wire.example:443"):
        hosts.close_for("wire.example:443", 3600)
        for number in range(4):
            hosts.close_for(f"{number}.example:443", 3600)
        assert hosts.closed_seconds("wire.example:443") > 3000
        assert hosts.closed_seconds("0.example:443") == 0

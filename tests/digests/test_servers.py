"""What servers set up for themselves: kept, numbered, and never shown to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from digests.errors import NotFound
from digests.servers import Servers
from digests.store.actions import remove_old_actions
from digests.store.connection import Database, open_database
from digests.store.grants import GrantKind

NOW = dt.datetime(2026, 6, 12, 9, tzinfo=dt.UTC)
HERE, THERE = "1001", "1002"


class MovingClock:
    """Time that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(tmp_path / "a.db")
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
async def servers(database: Database, clock: MovingClock) -> Servers:
    return Servers(database, clock)


async def test_subscriptions_are_numbered_by_server(servers: Servers) -> None:
    """Each server counts for itself; a number that was removed does not come back, and the limit is a server's."""
    assert [1, 2] == [await servers.add_subscription(HERE, f'{{"n":{n}}}', limit=2) for n in (1, 2)]
    assert await servers.add_subscription(HERE, "{}", limit=2) is None
    assert 1 == await servers.add_subscription(THERE, "{}", limit=2)
    await servers.remove_subscription(HERE, 2)
    assert 3 == await servers.add_subscription(HERE, "{}", limit=2)
    assert [(1, '{"n":1}'), (3, "{}")] == [
        (one.number, one.settings) for one in await servers.subscriptions(HERE)
    ]


async def test_a_number_of_another_server_leads_nowhere(servers: Servers) -> None:
    """Changing, pausing, resuming and removing need the server that it belongs to."""
    number = await servers.add_subscription(HERE, "{}", limit=5)
    assert number is not None
    for change in (
        servers.change_subscription(THERE, number, '{"stolen":1}'),
        servers.pause_subscription(THERE, number),
        servers.resume_subscription(THERE, number),
        servers.remove_subscription(THERE, number),
    ):
        with pytest.raises(NotFound):
            await change
    (kept,) = await servers.subscriptions(HERE)
    assert ("{}", None) == (kept.settings, kept.paused_at)
    assert () == await servers.subscriptions(THERE)


async def test_what_is_paused_is_not_active(servers: Servers) -> None:
    """With the reason that the bot met, until it is resumed."""
    await servers.add_subscription(HERE, "{}", limit=5)
    await servers.add_subscription(THERE, "{}", limit=5)
    await servers.pause_subscription(HERE, 1, "the channel is gone")
    assert [THERE] == [one.server for one in await servers.active_subscriptions()]
    (paused,) = await servers.subscriptions(HERE)
    assert (NOW, "the channel is gone") == (paused.paused_at, paused.pause_reason)
    await servers.resume_subscription(HERE, 1)
    assert [HERE, THERE] == [one.server for one in await servers.active_subscriptions()]


async def test_grants_are_known_at_once_and_after_a_restart(database: Database, servers: Servers) -> None:
    """A role or a member, in their own server alone; twice is once."""
    assert await servers.grant(HERE, GrantKind.MEMBER, "7")
    assert await servers.grant(HERE, GrantKind.ROLE, "50")
    assert not await servers.grant(HERE, GrantKind.ROLE, "50")
    later = Servers(database, lambda: NOW)
    await later.load()
    for one in (servers, later):
        assert one.is_granted(HERE, "7", ())
        assert one.is_granted(HERE, "8", ("49", "50"))
        assert not one.is_granted(HERE, "50", ("7",))
        assert not one.is_granted(THERE, "7", ("50",))
        assert [(GrantKind.ROLE, "50"), (GrantKind.MEMBER, "7")] == [
            (g.kind, g.target) for g in one.grants(HERE)
        ]
        assert () == one.grants(THERE)
    assert await servers.revoke(HERE, GrantKind.ROLE, "50")
    assert not await servers.revoke(HERE, GrantKind.ROLE, "50")
    assert not servers.is_granted(HERE, "8", ("50",))


async def test_the_log_is_a_servers_own_and_a_year_long(
    database: Database, servers: Servers, clock: MovingClock
) -> None:
    """Newest first, by whom, not older than a year, and old entries go."""
    await servers.record(HERE, "7", "sources.add", {"source": "coast"})
    clock.now += dt.timedelta(hours=1)
    await servers.record(HERE, None, "subscriptions.pause", {})
    await servers.record(THERE, "7", "sources.remove", {"source": "hills"})
    log = await servers.log(HERE, limit=10)
    assert [(None, "subscriptions.pause"), ("7", "sources.add")] == [(one.actor, one.action) for one in log]
    assert (("source", "coast"),) == log[1].details
    assert ["sources.add"] == [one.action for one in await servers.log(HERE, limit=10, actor="7")]
    assert 1 == len(await servers.log(HERE, limit=1))
    clock.now = NOW + dt.timedelta(days=365)
    assert ["subscriptions.pause"] == [one.action for one in await servers.log(HERE, limit=10)]
    assert 1 == await database.write(remove_old_actions, clock.now)

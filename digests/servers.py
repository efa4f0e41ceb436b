"""What servers set up from within the chat: digests for their channels, who may administer, the log of changes.

`engine.servers` answers for one server at a time: each question names it, and nothing of another one comes back. Ids
of servers, members, roles and channels are opaque here.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from digests.clock import Clock
from digests.store import actions, grants, subscriptions
from digests.store import servers as stored
from digests.store.actions import Action
from digests.store.connection import Database
from digests.store.grants import Grant, GrantKind
from digests.store.subscriptions import StoredSubscription

# How long the data of a server is kept after the bot has left it, in case that it is invited again.
FORGOTTEN_AFTER = dt.timedelta(days=30)


class Servers:
    """Subscriptions, grants and the log. Grants are held in memory: every admin command asks for them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._grants: dict[str, frozenset[Grant]] = {}

    async def load(self) -> None:
        """Learn the grants; the engine calls it when it opens."""
        found: defaultdict[str, set[Grant]] = defaultdict(set)
        for grant in await self._database.read(grants.load_grants):
            found[grant.server].add(grant)
        self._grants = {server: frozenset(some) for server, some in found.items()}

    # ------------------------------------------------------------------ subscriptions

    async def add_subscription(self, server: str, settings: str, *, limit: int) -> int | None:
        """Keep a new subscription and return its number; `None` when the server has `limit` of them."""
        return await self._database.write(subscriptions.add_subscription, server, settings, limit)

    async def subscriptions(self, server: str) -> tuple[StoredSubscription, ...]:
        """Those of one server, by number."""
        return await self._database.read(subscriptions.load_subscriptions, server)

    async def active_subscriptions(self) -> tuple[StoredSubscription, ...]:
        """What is to be posted: not paused, in servers where the bot is."""
        return await self._database.read(subscriptions.load_active)

    async def change_subscription(self, server: str, number: int, settings: str) -> None:
        """Raises NotFound."""
        await self._database.write(subscriptions.change_subscription, server, number, settings)

    async def pause_subscription(self, server: str, number: int, reason: str | None = None) -> None:
        """`reason` is what the bot met; none when an admin wants it. Raises NotFound."""
        await self._database.write(subscriptions.pause_subscription, server, number, self._clock(), reason)

    async def resume_subscription(self, server: str, number: int) -> None:
        """Raises NotFound."""
        await self._database.write(subscriptions.resume_subscription, server, number)

    async def remove_subscription(self, server: str, number: int) -> None:
        """Raises NotFound."""
        await self._database.write(subscriptions.remove_subscription, server, number)

    # ------------------------------------------------------------------ access

    def grants(self, server: str) -> tuple[Grant, ...]:
        """Who may administer beside the platform's own admins, roles first."""
        found = self._grants.get(server, frozenset())
        return tuple(sorted(found, key=lambda grant: (grant.kind is not GrantKind.ROLE, grant.target)))

    def is_granted(self, server: str, member: str, roles: Collection[str]) -> bool:
        """Whether a member, or one of their roles, was granted access; from memory."""
        return any(
            grant.target in roles if grant.kind is GrantKind.ROLE else grant.target == member
            for grant in self._grants.get(server, frozenset())
        )

    async def grant(self, server: str, kind: GrantKind, target: str) -> bool:
        """`False` when it was granted already."""
        is_new = await self._database.write(grants.save_grant, Grant(server=server, kind=kind, target=target))
        await self.load()
        return is_new

    async def revoke(self, server: str, kind: GrantKind, target: str) -> bool:
        """`False` when nothing was granted."""
        was_there = await self._database.write(
            grants.remove_grant, Grant(server=server, kind=kind, target=target)
        )
        await self.load()
        return was_there

    # ------------------------------------------------------------------ log

    async def record(self, server: str, actor: str | None, action: str, details: Mapping[str, str]) -> None:
        """Write down who changed what; `actor` is `None` for the bot itself."""
        await self._database.write(actions.save_action, server, actor, action, details, self._clock())

    async def log(self, server: str, *, limit: int, actor: str | None = None) -> tuple[Action, ...]:
        """What was changed in a server within the last year, newest first."""
        return await self._database.read(actions.load_actions, server, self._clock(), limit, actor)

    async def tidy(self) -> None:
        """Forget what has had its time; the bot calls it now and then."""
        await self._database.write(actions.remove_old_actions, self._clock())

    # ------------------------------------------------------------------ coming and going

    async def are_in(self, servers: Collection[str]) -> None:
        """The bot is in exactly these servers: it has left every other one of which something is kept."""
        known = await self._database.read(stored.load_known)
        await self._database.write(stored.mark_present, servers)
        gone = [server for server in known if server not in set(servers)]
        await self._database.write(stored.mark_left, gone, self._clock())

    async def joined(self, server: str) -> None:
        """The bot was invited, maybe again: what was set up before is in force again."""
        await self._database.write(stored.mark_present, (server,))

    async def left(self, server: str, channels: Collection[str]) -> None:
        """The bot was thrown out; what its `channels` showed last is of use to nobody."""
        await self._database.write(stored.mark_left, (server,), self._clock())
        await self._database.write(stored.forget_channels, channels)

    async def to_forget(self) -> tuple[str, ...]:
        """The servers that the bot left long enough ago."""
        return await self._database.read(stored.load_left_before, self._clock() - FORGOTTEN_AFTER)

"""Gateway sessions: what outlives a connection, and who gets which event (Discord topic "Gateway", intents)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from bot.sandbox.connection import Connection

__all__ = ["Intent", "Session"]

#: Events kept for a RESUME.
REPLAY_MAX = 500


class Intent:
    """Intent bits that decide who gets an event."""

    GUILDS = 1 << 0
    MEMBERS = 1 << 1
    PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15

    PRIVILEGED = MEMBERS | PRESENCES | MESSAGE_CONTENT


_NEEDED: dict[str, int] = {
    "GUILD_CREATE": Intent.GUILDS,
    "GUILD_DELETE": Intent.GUILDS,
    "CHANNEL_CREATE": Intent.GUILDS,
    "CHANNEL_UPDATE": Intent.GUILDS,
    "CHANNEL_DELETE": Intent.GUILDS,
    "THREAD_CREATE": Intent.GUILDS,
    "THREAD_UPDATE": Intent.GUILDS,
    "THREAD_DELETE": Intent.GUILDS,
    "GUILD_ROLE_CREATE": Intent.GUILDS,
    "GUILD_ROLE_UPDATE": Intent.GUILDS,
    "GUILD_ROLE_DELETE": Intent.GUILDS,
}


@dataclass(slots=True, kw_only=True)
class Session:
    """What a RESUME comes back to."""

    id: str
    intents: int
    shard: tuple[int, int]
    sequence: int = 0
    history: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REPLAY_MAX))
    connection: Connection | None = None

    @property
    def is_live(self) -> bool:
        """Whether a connection is attached."""
        return self.connection is not None and not self.connection.is_closed

    def wants(self, event: str, guild_id: int | None) -> bool:
        """Whether shard and intents let an event through."""
        number, count = self.shard
        if (number != 0) if guild_id is None else ((guild_id >> 22) % count != number):
            return False
        if event.startswith("MESSAGE_"):
            needed = Intent.DIRECT_MESSAGES if guild_id is None else Intent.GUILD_MESSAGES
        else:
            needed = _NEEDED.get(event, 0)
        return not needed or bool(self.intents & needed)

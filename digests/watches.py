"""Alerts of channels and follows of members: `engine.watches` keeps who wants to be told of what, and what was told.

What is worth telling is decided in `digests.analysis.moves`; who posts is the bot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from hashlib import sha256

from digests.analysis.moves import find_moves, moves_key, take_stock
from digests.clock import Clock
from digests.store import watches as stored
from digests.store.articles import load_hashes
from digests.store.connection import Database
from digests.store.deliveries import NewPart
from digests.types import Findings, Move, Told, Watch, Watched, WatchKind

# Channels of one server with alerts, and stories that one member follows.
MOST_CHANNELS, MOST_FOLLOWS = 10, 25
# Letters by which a text is known again: enough for the thousands of one story.
_KEY = 10


class Watches:
    """Watches and their state. Every change is on disk when it returns."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def all(self) -> tuple[Watch, ...]:
        """Every watch, paused ones too, in order of making."""
        return await self._database.read(stored.load_watches)

    async def active(self) -> tuple[Watch, ...]:
        """Those that are told of moves: not paused, and not of a server that the bot has left."""
        return await self._database.read(stored.load_active)

    async def alerts(self, owner: str) -> tuple[Watch, ...]:
        """The channels of one server in which stories are followed live."""
        return tuple(one for one in await self.all() if one.kind is WatchKind.ALERTS and one.owner == owner)

    async def follows(self, reader: str) -> tuple[Watch, ...]:
        """What one member follows, in every server."""
        return tuple(
            one for one in await self.all() if one.kind is WatchKind.FOLLOW and one.made_by == reader
        )

    async def add(
        self,
        kind: WatchKind,
        *,
        owner: str | None,
        channel: str,
        by: str,
        cooldown_minutes: int,
        story_id: str | None = None,
        words: str | None = None,
        language: str | None = None,
    ) -> Watch | None:
        """Begin to tell someone; `None` when the server or the member has too many already."""
        watch = Watch(
            kind=kind,
            owner=owner,
            channel=channel,
            made_by=by,
            made_at=self._clock(),
            cooldown_minutes=cooldown_minutes,
            story_id=story_id,
            words=words,
            language=language,
        )
        most = MOST_FOLLOWS if kind is WatchKind.FOLLOW else MOST_CHANNELS
        return await self._database.record(stored.add_watch, watch, most)

    async def change(self, watch: Watch) -> None:
        """Another channel or cooldown. Raises NotFound."""
        await self._database.record(stored.change_watch, watch)

    async def remove(self, watch_id: int) -> None:
        """Raises NotFound."""
        await self._database.record(stored.remove_watch, watch_id)

    async def pause(self, watch_id: int, reason: str) -> None:
        """Tell nothing until it is resumed; `reason` is said to whoever made it. Raises NotFound."""
        await self._database.record(stored.pause_watch, watch_id, reason)

    async def resume(self, watch_id: int) -> None:
        """Raises NotFound."""
        await self._database.record(stored.pause_watch, watch_id, None)

    async def watched(self, watch_id: int) -> dict[str, Watched]:
        """What was told by a watch, by story."""
        return await self._database.read(stored.load_watched, watch_id)

    async def keep(
        self,
        watched: Watched,
        *,
        slot: tuple[str, dt.date, str, str] | None = None,
        parts: Sequence[NewPart] = (),
    ) -> bool:
        """Keep what is told now, together with its message (subscription, day, at, destination), or not at all.

        `False` when the ledger has this message already.
        """
        return await self._database.record(
            stored.save_watched, watched, slot=slot, parts=parts, now=self._clock()
        )

    async def texts(self, article_ids: Sequence[str]) -> dict[str, str]:
        """A name of each article as it is written now: another one when its outlet changes it."""
        found = await self._database.read(load_hashes, article_ids)
        return {
            article_id: sha256(f"{article_id}\n{digest}".encode()).hexdigest()[:_KEY]
            for article_id, digest in found.items()
        }

    def moves(self, told: Told, findings: Findings, texts: Mapping[str, str]) -> tuple[Move, ...]:
        """What is material in a story and was not told yet; `texts` are those of its articles."""
        known = set(told.known)
        return find_moves(told, findings, {one for one, text in texts.items() if text not in known})

    def stock(self, findings: Findings, texts: Mapping[str, str], told: Told | None = None) -> Told:
        """The state from which on only what is new is told."""
        return take_stock(findings, texts.values(), told)

    def key(self, moves: Sequence[Move]) -> str:
        """A name of moves that is the same in every process."""
        return moves_key(moves)

"""A bot that posts digests hour by hour while it is killed again and again, and what must hold afterwards.

One storm has a double, a store and a random source of its own, so that several can run side by side. Time is the
bot's fixed clock: an hour is over when its digests are posted, however often that was broken off.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from bot.sandbox import Channel, LoopbackDiscord
from bot.sandbox.control import CREATE_MESSAGE
from bot.sandbox.faults import Fault, FaultKind
from tests.bot.driver import BotProcess
from tests.bot.e2e.articles import STORIES
from tests.bot.e2e.deadly import POINTS
from tests.bot.e2e.ledger import Part, is_sound, read_parts
from tests.bot.waiting import eventually

__all__ = ["READ_AT", "SUBSCRIPTIONS", "Storm", "digest_config"]

#: When the storm begins. The articles were read long after it, so that every digest finds all stories new.
START = dt.datetime(2026, 3, 1, 0, 0, 30, tzinfo=dt.UTC)
READ_AT = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
#: Digests by name: channel, stories at most, style.
SUBSCRIPTIONS = {"cards": ("news", 3, "card"), "short": ("wire", 3, "brief"), "top": ("news", 1, "card")}
#: Longest that a process may take to die or to finish, on a busy machine.
PATIENCE_S = 30.0
#: Longer than the nonces of Discord are surely remembered.
LONG = dt.timedelta(minutes=5)
#: How long a request hangs before it takes effect, whoever is still waiting for it.
HANG_S = 0.3
#: Kills in one hour at most; then a process is left alone to finish it.
PER_HOUR = 4
#: Seconds between two looks into the ledger: each opens the file.
LOOK_S = 0.02
#: Requests of one process from its start to its last message, about.
REQUESTS = 16


def digest_config(channels: dict[str, Channel]) -> str:
    """Settings with a digest on the hour for every subscription."""
    times = ", ".join(f'"{hour:02}:00"' for hour in range(24))
    digests = "".join(
        f'[[digests]]\nid = "{name}"\nchannel = "{channels[where].id}"\ntimes = [{times}]\n'
        f'size = {size}\nstyle = "{style}"\n'
        for name, (where, size, style) in SUBSCRIPTIONS.items()
    )
    return f"refresh_minutes = 1440\n[discord]\ntick_seconds = 1\n{digests}"


Way = Callable[[], Awaitable[None]]


class Storm:
    """Kill, start, kill; `ways` counts how it was killed. The folder holds a store that was read at `READ_AT`."""

    def __init__(
        self, double: LoopbackDiscord, folder: Path, *, seed: int = 0, points: Sequence[str] = POINTS
    ) -> None:
        self.double = double
        self.random = random.Random(seed)
        self.points = points
        guild = double.add_guild("Newsroom")
        self.channels = {name: double.add_channel(guild, name) for name in ("news", "wire")}
        #: The channel of each digest.
        self.places = {name: where for name, (where, _, _) in SUBSCRIPTIONS.items()}
        self.bot = BotProcess(double, folder, config=digest_config(self.channels))
        self.hour = START
        self.downtime = dt.timedelta()
        self.kills = 0
        self.ways: Counter[str] = Counter()

    async def run(self, kills: int) -> None:
        """Hour by hour, until it was killed so often; the last hour is finished too.

        The first life of an hour dies at a named point, which it surely passes; later ones from outside.
        """
        points = self._points()
        while self.kills < kills:
            for life in range(self.random.randint(2, PER_HOUR)):
                if self.kills == kills or self.is_posted():
                    break
                outside = self.random.choice((self._die_after_request, self._die_while_posting))
                await self.kill_once(outside if life else partial(self._die_at_point, next(points)))
            if not self.is_posted():
                await self.finish_hour()
            await self.next_hour()

    def _points(self) -> Iterator[str]:
        """The named points in any order, again and again."""
        while True:
            yield from self.random.sample(self.points, len(self.points))

    async def kill_once(self, way: Way) -> None:
        """One life that ends with SIGKILL, in calm or rough weather, and how long nobody noticed."""
        if self.random.random() < 0.4:
            self._disturb()
        try:
            await way()
        finally:
            await self.bot.kill()
            self.double.faults.clear()
        self.kills += 1
        if self.random.random() < 0.3:
            self.ways["and stayed away"] += 1
            await self.stay_away()

    async def next_hour(self) -> None:
        """The clock goes on."""
        self.hour += dt.timedelta(hours=1)
        self.downtime = dt.timedelta()

    async def finish_hour(self) -> None:
        """A life that is left alone until every digest of the hour is posted."""
        await self.spawn()
        await self.until_posted()
        await self.bot.kill()

    def due(self, _moment: dt.datetime) -> tuple[str, ...]:
        """The digests of an hour."""
        return tuple(SUBSCRIPTIONS)

    def digests(self) -> list[Part]:
        """The ledger without what is no digest."""
        return read_parts(self.bot.database)

    def check(self) -> None:
        """Each digest of each hour stands in its channel once, whole and in order, and nothing else does."""
        parts = self.digests()
        hours = int((self.hour - START) / dt.timedelta(hours=1))
        due = [
            (name, f"{moment:%Y-%m-%d}", f"{moment:%H:%M}")
            for moment in (START + dt.timedelta(hours=number) for number in range(hours))
            for name in self.due(moment)
        ]
        assert sorted(due) == sorted({part.slot for part in parts}), "a digest is missing, or one too many"
        assert {"sent"} == {part.state for part in parts}
        for name, channel in self.channels.items():
            self._check_channel(channel, [part for part in parts if self.places[part.subscription] == name])
        cards = Counter(part.slot for part in parts if part.subscription == "cards")
        assert {len(STORIES)} == set(cards.values()), "a digest of several messages was expected"
        assert is_sound(self.bot.database)

    def _check_channel(self, channel: Channel, parts: list[Part]) -> None:
        messages = self.double.messages(channel)
        for part in parts:
            found = [str(view.id) for view in messages if part.mark and part.mark in view.text]
            assert [part.reference] == found, f"{part} stands in {len(found)} messages"
        assert len(parts) == len(messages), f"#{channel.name} holds messages of no digest"
        for slot in {part.slot for part in parts}:
            numbers = [int(part.reference or 0) for part in parts if part.slot == slot]
            assert sorted(numbers) == numbers, f"{slot} was posted out of order"

    # Ways to die

    async def _die_at_point(self, point: str) -> None:
        await self.spawn(point, self.random.randint(1, 2))
        await self.until(self.is_over, "death at a point")
        # What an earlier life has done is not passed again; then it is killed at rest.
        self.ways[point if not self.bot.is_running else "at rest"] += 1

    async def _die_after_request(self) -> None:
        self.ways["after a request"] += 1
        seen = len(self.double.calls) + self.random.randint(4, REQUESTS)
        await self.spawn()
        await self.until(lambda: len(self.double.calls) >= seen or self.is_over(), "requests")
        await asyncio.sleep(self.random.uniform(0.0, 0.03))

    async def _die_while_posting(self) -> None:
        after = self.random.random() < 0.5
        self.ways[f"while posting, {'after' if after else 'before'} it was taken"] += 1
        fault = Fault(
            kind=FaultKind.HANG,
            route=CREATE_MESSAGE,
            seconds=0.3,
            after=after,
            skip=self.random.randint(0, 4),
        )
        self.double.faults.add(fault)
        await self.spawn()
        await self.until(lambda: fault.hits or self.is_over(), "a hanging post")

    def _disturb(self) -> None:
        """Discord or the line to it is not well either."""
        kind, status, after = self.random.choice(
            (
                (FaultKind.RESET, 0, True),
                (FaultKind.RESET, 0, False),
                (FaultKind.STATUS, 500, True),
                (FaultKind.STATUS, 503, True),
                (FaultKind.RATE_LIMIT, 429, False),
            )
        )
        self.ways[f"with {kind.value} {status or ''}{' after it was taken' if after else ''}"] += 1
        self.double.faults.add(
            Fault(kind=kind, route=CREATE_MESSAGE, status=status, after=after, skip=self.random.randint(0, 4))
        )

    async def stay_away(self) -> None:
        """Longer than nonces are remembered; what was on its way has arrived by then."""
        calls = self.double.calls
        await self.until(lambda: all(call.status or call.fault for call in calls[-3:]), "open requests")
        await asyncio.sleep(HANG_S)
        self.double.forget_nonces()
        self.downtime += LONG

    # Lives and waits

    async def spawn(self, point: str = "", count: int = 0) -> None:
        self.bot.now = (self.hour + self.downtime).isoformat()
        run = ("run", "--config", str(self.bot.config_path))
        deadly = ("-m", "tests.bot.e2e.deadly", point, str(count)) if point else ("-m", "bot")
        self.bot.command = (sys.executable, *deadly, *run)
        await self.bot.spawn()

    async def until_posted(self) -> None:
        await self.until(self.is_over, "digests to be posted")
        assert self.bot.is_running, self.bot.log[-2000:]

    async def until(self, look: Callable[[], object], what: str) -> None:
        await eventually(look, within=PATIENCE_S, what=what, step=LOOK_S)

    def is_over(self) -> bool:
        return not self.bot.is_running or self.is_posted()

    def is_posted(self) -> bool:
        at = (f"{self.hour:%Y-%m-%d}", f"{self.hour:%H:%M}")
        parts = [part for part in self.digests() if part.slot[1:] == at]
        names = {part.subscription for part in parts}
        return names >= set(self.due(self.hour)) and all(part.state in ("sent", None) for part in parts)

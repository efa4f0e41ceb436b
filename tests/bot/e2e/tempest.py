"""A storm over everything that is posted unprompted: also a digest that an admin set up, live cards and alerts.

In every third hour a figure moves, which is told in the channel with alerts; an hour is over when that is done too.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

from bot.sandbox import LoopbackDiscord, View
from tests.bot.e2e.articles import STORIES, mill_report
from tests.bot.e2e.deadly import ALERT_POINTS, POINTS
from tests.bot.e2e.ledger import Part, read_parts
from tests.bot.e2e.stores import load_into
from tests.bot.e2e.storm import READ_AT, START, Storm

__all__ = ["ALL_POINTS", "Tempest"]

ALL_POINTS = (*POINTS, *ALERT_POINTS)
#: A server's own digest has twelve times at most.
EVEN = ", ".join(f"{hour:02}:00" for hour in range(0, 24, 2))
MOVES_EVERY = 3
#: What is known of the mill at the beginning.
FIRST_TOLL = 8
#: Later than what is known of it: a count from before would be no news.
FIRST_NEWS = dt.datetime(2026, 3, 6, tzinfo=dt.UTC)
#: Slots of the ledger that are live cards and alerts.
WATCH = "watch-"


class Tempest(Storm):
    """As a storm; the first hour is posted in peace, while an admin sets things up."""

    def __init__(
        self, double: LoopbackDiscord, folder: Path, *, seed: int = 0, points: tuple[str, ...] = ALL_POINTS
    ) -> None:
        super().__init__(double, folder, seed=seed, points=points)
        (guild,) = double.world.guilds.values()
        self.channels["desk"] = double.add_channel(guild, "desk")
        self.live = double.add_channel(guild, "live")
        self.admin = double.add_user("admin", guild, can="manage_guild")
        self.own = f"{guild.id}-1"
        self.places[self.own] = "desk"
        #: What stands in the store, and what is surely told.
        self.toll = self.told = FIRST_TOLL

    async def run(self, kills: int) -> None:
        await self.set_up()
        await super().run(kills)

    async def set_up(self) -> None:
        """A digest and alerts from within Discord."""
        await self.spawn()
        await self.double.ready()
        await self.admin.slash(
            "subscriptions add", channel=self.channels["desk"], at=EVEN, zone="UTC", style="brief"
        )
        await self.admin.slash("alerts", channel=self.live, cooldown=0)
        await self.until(lambda: self.is_posted() and len(self.cards()) == len(STORIES), "the first hour")
        await self.bot.kill()
        await self.next_hour()

    async def next_hour(self) -> None:
        await super().next_hour()
        self.told = self.toll
        if self.hour.hour % MOVES_EVERY == 0:
            self.toll += 1
            line = json.dumps(mill_report(self.toll, FIRST_NEWS + self.toll * dt.timedelta(minutes=40)))
            await load_into(self.bot.database, [line], name="more", now=READ_AT)

    def due(self, moment: dt.datetime) -> tuple[str, ...]:
        is_own = moment > START and moment.hour % 2 == 0
        return (*super().due(moment), self.own) if is_own else super().due(moment)

    def digests(self) -> list[Part]:
        return [part for part in super().digests() if not part.subscription.startswith(WATCH)]

    def is_posted(self) -> bool:
        return super().is_posted() and self.is_told()

    def check(self) -> None:
        """And each move was told once, in order; each story has one live card, which shows the last."""
        super().check()
        told = [int(found[1]) for text in self.alerts() if (found := re.search(r"→ \*\*(\d+)\*\*", text))]
        assert list(range(FIRST_TOLL + 1, self.told + 1)) == told, "an alert is missing, or one too many"
        assert len(STORIES) == len(self.cards())
        parts = [part for part in read_parts(self.bot.database) if part.subscription.startswith(WATCH)]
        assert {"sent"} == {part.state for part in parts}
        assert len(parts) == len(self.double.messages(self.live)) == len(STORIES) + len(told)
        assert any(f"**{self.told} workers**" in card.text for card in self.cards())

    def alerts(self) -> list[str]:
        return [view.text for view in self.double.messages(self.live) if "→" in view.text]

    def cards(self) -> list[View]:
        return [view for view in self.double.messages(self.live) if "independent voices" in view.text]

    def is_told(self) -> bool:
        """The last toll was told, and its card shows it."""
        if self.toll == FIRST_TOLL:
            return True
        told = any(f"→ **{self.toll}**" in text for text in self.alerts())
        return told and any(f"**{self.toll} workers**" in card.text for card in self.cards())

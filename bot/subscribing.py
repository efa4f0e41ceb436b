"""The digests that are posted: those of the configuration file and those that servers keep, as one kind of value.

A server's own has the id `<server>-<number>`, shows the server's own stories beside the common ones, and is stored as
JSON without what its place in the store says already.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.config import BotConfig, Subscription
from bot.schedule import LAST_SETTING, MAX_LOOK_AHEAD, slots_between
from digests import ConfigError, Engine, StoredSubscription, check_settings

log = logging.getLogger(__name__)

#: Subscriptions of one server: as many as autocomplete can show.
MAX_SUBSCRIPTIONS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A server's subscription as its admins see it: its number there, and since when and why it is paused."""

    number: int
    subscription: Subscription
    paused_at: dt.datetime | None = None
    pause_reason: str | None = None


def make_subscription(server: str, number: int, settings: dict[str, Any]) -> Subscription:
    """The value of a server's settings. Raises ConfigError for what cannot be one."""
    data = {**settings, "id": f"{server}-{number}", "server": server}
    return check_settings(Subscription, data, where=f"subscription {number}")


def to_settings(subscription: Subscription) -> dict[str, Any]:
    """What `make_subscription` takes."""
    data = subscription.model_dump(mode="json", exclude={"id", "server"})
    hours = subscription.quiet_hours
    return {
        **data,
        "times": [f"{time:%H:%M}" for time in subscription.times],
        "quiet_hours": [f"{time:%H:%M}" for time in hours] if hours else None,
    }


def to_json(subscription: Subscription) -> str:
    return json.dumps(to_settings(subscription), ensure_ascii=False, sort_keys=True)


def read_kept(stored: StoredSubscription) -> Kept | None:
    """`None`, and a line in the log, for one that this program cannot read."""
    try:
        value = make_subscription(stored.server, stored.number, json.loads(stored.settings))
    except (ValueError, ConfigError) as exc:
        log.error("subscription left out server=%s number=%s: %s", stored.server, stored.number, exc)
        return None
    return Kept(
        number=stored.number,
        subscription=value,
        paused_at=stored.paused_at,
        pause_reason=stored.pause_reason,
    )


async def kept_in(engine: Engine, server: str) -> tuple[Kept, ...]:
    """A server's own subscriptions, paused ones too, by number."""
    found = map(read_kept, await engine.servers.subscriptions(server))
    return tuple(kept for kept in found if kept is not None)


async def active_kept(engine: Engine) -> tuple[Kept, ...]:
    """What servers want posted, in all servers where the bot is."""
    found = map(read_kept, await engine.servers.active_subscriptions())
    return tuple(kept for kept in found if kept is not None)


def find_twin(wanted: Subscription, others: Sequence[Kept], now: dt.datetime) -> Kept | None:
    """The first other digest that would post the same stories to the same channel at the same moment, paused or not."""

    def moments(one: Subscription) -> set[dt.datetime]:
        return {slot.instant for slot in slots_between(one, now, now + MAX_LOOK_AHEAD)}

    def shows(one: Subscription) -> tuple[object, ...]:
        return one.channel, *map(frozenset, (one.stories, one.topics, one.without))

    alike = [
        kept
        for kept in others
        if kept.subscription.id != wanted.id and shows(kept.subscription) == shows(wanted)
    ]
    return next((kept for kept in alike if moments(kept.subscription) & moments(wanted)), None)


async def all_active(engine: Engine, config: BotConfig) -> tuple[Subscription, ...]:
    """Everything that is posted on a schedule: the configured digests, then the servers' own."""
    return (*config.digests, *(kept.subscription for kept in await active_kept(engine)))


async def begin_now(engine: Engine, subscription: Subscription) -> None:
    """From now on: what was due before is neither posted nor counted as missed."""
    await engine.set_setting(LAST_SETTING.format(subscription=subscription.id), engine.now().isoformat())

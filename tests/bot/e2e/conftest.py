"""A newsroom on a loopback Discord, for one test or for a whole module, and what must hold after every test in it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.sandbox import Channel, Guild, LoopbackDiscord, Player
from tests.bot.e2e.checks import assert_nobody_pinged


@dataclass
class Newsroom:
    """One server with two channels, a reader without rights and an admin; another server with its own admin."""

    double: LoopbackDiscord
    guild: Guild
    news: Channel
    alerts: Channel
    reader: Player
    admin: Player
    stranger: Player
    # Things that a test leaves for the next one of its module.
    kept: dict[str, object] = field(default_factory=dict)


def make_newsroom(double: LoopbackDiscord) -> Newsroom:
    """Build it in a double that no bot has logged in to."""
    guild, elsewhere = double.add_guild("Newsroom"), double.add_guild("Elsewhere")
    double.add_channel(elsewhere, "general")
    return Newsroom(
        double=double,
        guild=guild,
        news=double.add_channel(guild, "news"),
        alerts=double.add_channel(guild, "alerts"),
        reader=double.add_user("reader", guild),
        admin=double.add_user("admin", guild, can="manage_guild"),
        stranger=double.add_user("stranger", elsewhere, can="manage_guild"),
    )


@pytest.fixture
def newsroom(discord_double: LoopbackDiscord) -> Newsroom:
    """A newsroom of the test's own; afterwards every message the bot sent is looked through for pings."""
    return make_newsroom(discord_double)


@pytest.fixture(autouse=True)
def _no_pings(request: pytest.FixtureRequest):
    """Nothing that was said in this test could have notified anyone."""
    double = request.getfixturevalue("newsroom").double if "newsroom" in request.fixturenames else None
    yield
    if double is not None:
        assert_nobody_pinged(double)

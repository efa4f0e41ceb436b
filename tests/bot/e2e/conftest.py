"""A newsroom on a loopback Discord, for one test or for a whole module, and what must hold after every test in it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.sandbox import Channel, Guild, LoopbackDiscord, Player
from tests.bot.e2e.articles import write_jsonl
from tests.bot.e2e.checks import assert_nobody_pinged
from tests.bot.e2e.stores import load_into
from tests.bot.e2e.storm import READ_AT


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


@pytest.fixture(scope="session")
def loaded_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the three stories, to be copied; read long after the hours in which digests are posted."""
    folder = tmp_path_factory.mktemp("store")
    lines, store = write_jsonl(folder / "articles.jsonl"), folder / "sitrep.db"
    with lines.open(encoding="utf-8") as file:
        asyncio.run(load_into(store, file, name="articles", now=READ_AT))
    with closing(sqlite3.connect(store)) as connection:
        # One file that can be copied.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store

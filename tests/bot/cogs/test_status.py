"""/status: what is wrong with the bot itself is told to those who run it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.refusals import MOST
from bot.sandbox import LoopbackDiscord
from tests.bot.cogs.newsdesk import Desk, open_desk


@pytest.fixture
async def desk(discord_double: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(discord_double, tmp_path) as made:
        yield made


async def test_all_is_well(desk: Desk) -> None:
    """Nothing is said of what is not wrong."""
    text = (await desk.admin.slash("status")).text
    assert "damaged" not in text
    assert "Refused" not in text


async def test_refused_requests_are_told(desk: Desk) -> None:
    """How many in ten minutes, and from when on nothing is posted."""
    desk.bot.refusals.note(403)
    assert "**Refused by Discord:** 1 request in ten minutes" in (await desk.admin.slash("status")).text
    for _ in range(MOST):
        desk.bot.refusals.note(403)
    text = (await desk.admin.slash("status")).text
    assert "101 requests in ten minutes · nothing is posted until there are fewer" in text


async def test_a_damaged_store_is_told(desk: Desk, tmp_path: Path) -> None:
    """Members are answered from it, admins are told what is to be done, nothing is read."""
    with contextlib.closing(sqlite3.connect(tmp_path / "desk.db")) as db:
        db.execute("UPDATE articles SET url = 'https://elsewhere.example/'")
        db.commit()
    assert await desk.engine.scrub()
    answer = await desk.admin.slash("status")
    assert "damaged: nothing new is read until a backup is put back" in answer.text
    assert "The store cannot be used right now" in (await desk.admin.slash("sources reload")).text
    assert (await desk.reader.slash("digest")).text

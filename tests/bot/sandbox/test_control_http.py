"""The double as a process of its own, driven through `/control`, with the real library in this process."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from tests.bot.conftest import led_to
from tests.bot.driver import ROOT
from tests.bot.sandbox.sample_bot import SampleBot


class Remote:
    """A double in another process."""

    def __init__(self, told: dict[str, str], session: aiohttp.ClientSession) -> None:
        self.told = told
        self._session = session

    async def post(self, action: str, **body: Any) -> Any:
        """Do something."""
        async with self._session.post(f"{self.told['control']}/{action}", json=body) as response:
            return await response.json()

    async def get(self, action: str, **query: str) -> Any:
        """Read something."""
        async with self._session.get(f"{self.told['control']}/{action}", params=query) as response:
            return await response.json()


@pytest.fixture
async def remote() -> AsyncIterator[Remote]:
    """Started by the command line, ended by SIGTERM with exit code 0."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.sandbox",
        "--port",
        "0",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            yield Remote(json.loads(await process.stdout.readline()), session)
    finally:
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(60):
            assert await process.wait() == 0


async def test_everything_over_http(remote):
    """World, command, autocomplete, button, menu, form, faults, gateway, record."""
    await remote.post("guild", name="Elsewhere")
    await remote.post("channel", guild="Elsewhere", name="lobby", kind="announcement")
    await remote.post("user", name="visitor", guild="Elsewhere", locale="de")
    with led_to(SimpleNamespace(api_url=remote.told["api"], gateway_url=remote.told["gateway"])):
        bot = SampleBot(shard_count=1)
        task = asyncio.create_task(bot.start(remote.told["token"]))
        assert (await remote.post("ready"))["sessions"] == 1
        hello = await remote.post("slash", user="reader", name="hello", options={"name": "you"})
        assert (hello["kind"], hello["text"]) == ("message", "hello you in en-US")
        there = {"user": "visitor", "channel": "lobby", "name": "hello", "options": {"name": "you"}}
        assert (await remote.post("slash", **there))["text"] == "hello you in de"
        listed = await remote.post("complete", user="reader", name="digest", option="story", typed="fl")
        assert listed["choices"] == [{"name": "Flood in Exampletown", "value": "Flood in Exampletown"}]
        digest = await remote.post("slash", user="reader", name="digest")
        clicked = await remote.post("click", user="reader", answer=digest["id"], button="Conflicts")
        assert clicked["ephemeral"]
        chosen = await remote.post("select", user="reader", answer=digest["id"], values=["Killed"])
        assert chosen["text"] == "measure k"
        form = await remote.post("slash", user="reader", name="form")
        sent = await remote.post("submit", user="reader", answer=form["id"], values={"What is wrong": "all"})
        assert sent["text"] == "noted: all"
        assert (await remote.post("fault", kind="status", route="POST *", status=503))["arranged"] == 1
        await remote.post("gateway", do="abort")
        refused = await remote.post("slash", user="nobody", name="hello")
        assert refused["error"].startswith("LookupError")
        assert "unknown action" in (await remote.post("nonsense"))["error"]
        await bot.close()
        await asyncio.gather(task, return_exceptions=True)
    assert (await remote.get("messages", channel="news"))[0]["text"] == "hello you in en-US"
    assert (await remote.get("problems")) == []
    assert (await remote.get("state"))["identifies"] == 1
    assert {command["name"] for command in await remote.get("commands")} >= {"hello", "digest"}
    assert (await remote.get("calls", after="2"))[0]["number"] == 3
    assert (await remote.post("clock", advance_s=60))["now"] > 0
    assert (await remote.post("nonces", window_s=60))["window_s"] == 60

"""The gateway with the real library: resume and replay, invalid sessions, close codes, heartbeats, shards."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest

from bot.sandbox import LoopbackDiscord, Settings
from bot.sandbox.connection import Op
from tests.bot.waiting import eventually


async def _resumed(town, count=1):
    await town.discord.until(lambda: town.discord.gateway.resumes >= count, what="RESUME")


async def _down(town):
    await town.discord.until(lambda: not town.discord.gateway.live(), what="no connection")


async def test_resume_replays_what_was_missed(town, bot):
    """A command used while the socket is down is answered after the RESUME."""
    gateway = town.discord.gateway
    gateway.refuse_connections = True
    gateway.abort()
    await _down(town)
    answer = await town.reader.slash("hello", name="you", wait=False)
    gateway.refuse_connections = False
    await answer.until("hello you in fr")
    assert gateway.resumes == 1
    assert len(gateway.identifies) == 1


@pytest.mark.parametrize(
    "disturb", ["abort", "close 1001", "close 4000", "close 1000", "reconnect", "invalid"]
)
async def test_disturbances_end_in_resume(town, bot, disturb):
    """TCP abort, close codes, operation 7, operation 9 with `true`: the session goes on."""
    gateway = town.discord.gateway
    if disturb == "abort":
        gateway.abort()
    elif disturb == "reconnect":
        await town.discord.reconnect()
    elif disturb == "invalid":
        await town.discord.invalidate(resumable=True)
    else:
        await gateway.close(int(disturb.split()[1]))
    await _resumed(town)
    assert (await town.reader.slash("hello", name="you")).text == "hello you in fr"
    assert len(gateway.identifies) == 1


async def test_forgotten_session_identifies_anew(town, bot):
    """A RESUME that fails (operation 9 with `false`) leads to a new IDENTIFY."""
    gateway = town.discord.gateway
    gateway.forget_sessions()
    gateway.abort()
    await town.discord.until(lambda: len(gateway.identifies) == 2, what="second IDENTIFY")
    await town.discord.ready()
    assert gateway.resumes == 0
    assert (await town.reader.slash("hello", name="you")).text == "hello you in fr"


async def test_invalidated_session_identifies_anew(town, bot):
    """Operation 9 with `false` on an open connection."""
    await town.discord.invalidate(resumable=False)
    await town.discord.until(lambda: len(town.discord.gateway.identifies) == 2, what="second IDENTIFY")


async def test_4004_is_final(town, bot):
    """The library gives up: the token is no good any more."""
    await town.discord.gateway.close(4004)
    _, task = town.running[0]
    with pytest.raises(discord.ConnectionClosed) as caught:
        await asyncio.wait_for(task, 30)
    assert caught.value.code == 4004


async def test_heartbeat_on_request(town, bot):
    """Operation 1 from the server is answered at once."""
    (connection,) = town.discord.gateway.live()
    before = connection.beats
    await town.discord.ask_heartbeat()
    await eventually(lambda: connection.beats > before)


async def test_withheld_acks_end_in_resume(town, start):
    """No heartbeat is confirmed: the library closes and resumes."""
    town.discord.settings.heartbeat_interval_ms = 100
    await start(shard_count=1, heartbeat_timeout=0.5)
    town.discord.gateway.withhold_acks = True
    await _resumed(town)
    town.discord.gateway.withhold_acks = False


async def test_intents_decide_who_hears_messages(town, start):
    """Without the intent no message arrives; with it, only with content that may be read."""
    quiet = await start(shard_count=1)
    await town.reader.say("hello all")
    await town.reader.slash("hello", name="you")
    assert quiet.seen == []
    await quiet.close()
    hearing = await start(shard_count=1, intents=discord.Intents(guilds=True, guild_messages=True))
    await town.reader.say("secret")
    await town.reader.say(f"<@{hearing.user.id}> open")
    await eventually(lambda: len(hearing.seen) == 2)
    assert hearing.seen == ["", f"<@{hearing.user.id}> open"]


async def _first_frames(
    double: LoopbackDiscord, *frames: object, count: int = 2, query: str = "v=10&encoding=json"
) -> list[object]:
    """Send frames bare, without compression, and collect what comes until a close: operations, then the close code.

    So many are waited for with patience; what comes right behind them is collected too.
    """
    seen: list[object] = []
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{double.gateway_url}?{query}") as socket,
    ):
        for frame in frames:
            await (socket.send_str(frame) if isinstance(frame, str) else socket.send_json(frame))
        for _ in range(200):
            try:
                message = await socket.receive(timeout=30 if len(seen) < count else 0.1)
            except TimeoutError:
                break
            if message.type is not aiohttp.WSMsgType.TEXT:
                seen.append(socket.close_code)
                break
            seen.append(message.json()["op"])
    return seen


def _identify(**changed: object) -> dict[str, object]:
    return {"op": Op.IDENTIFY, "d": {"token": "loopback-token", "intents": 1, "properties": {}, **changed}}


@pytest.mark.parametrize(
    ("frames", "seen"),
    [
        ([_identify(token="no")], [Op.HELLO, 4004]),
        ([_identify(intents=1 << 15)], [Op.HELLO, 4014]),
        ([_identify(shard=[2, 2])], [Op.HELLO, 4010]),
        ([_identify(), _identify()], [Op.HELLO, Op.DISPATCH, 4005]),
        ([{"op": 99}], [Op.HELLO, 4001]),
        (["no json"], [Op.HELLO, 4002]),
        (["x" * 4097], [Op.HELLO, 4002]),
        ([{"op": Op.PRESENCE, "d": {}}], [Op.HELLO, 4003]),
        ([{"op": Op.HEARTBEAT, "d": None}] * 6, [Op.HELLO, *[Op.HEARTBEAT_ACK] * 5, 4008]),
        (
            [{"op": Op.RESUME, "d": {"token": "loopback-token", "session_id": "no", "seq": 1}}],
            [Op.HELLO, Op.INVALID_SESSION],
        ),
    ],
)
async def test_close_codes(frames, seen):
    """What a client does wrong ends the connection with Discord's code."""
    async with LoopbackDiscord(settings=Settings(sends_per_minute=5)) as double:
        assert await _first_frames(double, *frames, count=len(seen)) == seen


async def test_version_is_checked():
    """4012 for anything but version 10."""
    async with LoopbackDiscord() as double:
        assert await _first_frames(double, query="v=9") == [4012]


async def test_identifies_are_limited():
    """A second IDENTIFY inside five seconds is an invalid session; past the daily count the token is gone."""
    async with LoopbackDiscord(settings=Settings(session_starts_per_day=2)) as double:
        assert await _first_frames(double, _identify()) == [Op.HELLO, Op.DISPATCH]
        assert await _first_frames(double, _identify()) == [Op.HELLO, Op.INVALID_SESSION]
        double.clock.advance(6)
        assert await _first_frames(double, _identify()) == [Op.HELLO, Op.DISPATCH]
        double.clock.advance(6)
        assert await _first_frames(double, _identify()) == [Op.HELLO, 4004]


async def test_replay_has_an_end():
    """Behind the kept events, or ahead of the session, a RESUME is refused."""
    async with LoopbackDiscord() as double:
        await _first_frames(double, _identify())
        (session,) = double.gateway.sessions.values()
        for _ in range(501):
            await double.gateway.emit("TYPING_START", {})
        resume = {"op": Op.RESUME, "d": {"token": double.token, "session_id": session.id, "seq": 1}}
        assert await _first_frames(double, resume) == [Op.HELLO, Op.INVALID_SESSION]
        resume["d"] = {"token": double.token, "session_id": session.id, "seq": session.sequence + 1}
        assert await _first_frames(double, resume) == [Op.HELLO, 4007]

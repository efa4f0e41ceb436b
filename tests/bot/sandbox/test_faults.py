"""Faults of REST: what the real library waits for, retries, raises, and what must not happen twice."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import discord
import pytest

from bot.sandbox import CREATE_MESSAGE
from tests.bot.waiting import eventually

POSTS = ("POST", "/channels/{channel_id}/messages")


@pytest.mark.parametrize("scope", ["user", "global", "shared"])
async def test_429_is_waited_out(town, bot, scope):
    """The library waits as long as it is told, then the message is there once."""
    town.discord.rate_limit(CREATE_MESSAGE, scope=scope, retry_after_s=0.1)
    started = time.monotonic()
    await town.room(bot).send("x")
    assert time.monotonic() - started >= 0.1
    assert [call.status for call in town.discord.record.find(*POSTS)] == [429, 200]
    assert len(town.discord.messages(town.news)) == 1
    assert town.discord.limits.invalid_count == (0 if scope == "shared" else 1)


async def test_cloudflare_is_raised_at_once(town, bot):
    """A 429 without Via is a ban; the library does not retry."""
    town.discord.cloudflare(CREATE_MESSAGE)
    with pytest.raises(discord.HTTPException) as caught:
        await town.room(bot).send("x")
    assert caught.value.status == 429
    assert town.discord.messages(town.news) == []


async def test_bucket_is_obeyed(town, bot):
    """Seven sends at once against three in 0.3 s: the library spaces them by the headers, without one 429."""
    town.discord.limits.set(*POSTS, limit=3, per_s=0.3)
    await asyncio.gather(*(town.room(bot).send(f"m{number}") for number in range(7)))
    assert {call.status for call in town.discord.record.find(*POSTS)} == {200}
    assert len(town.discord.messages(town.news)) == 7


async def test_global_limit(town, bot):
    """More requests in a second than the whole bot may make: 429 of scope global, waited out."""
    town.discord.limits.global_per_second = 3
    await asyncio.gather(*(bot.fetch_channel(town.news.id) for _ in range(5)))
    assert any(call.status == 429 for call in town.discord.calls)


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_5xx_is_retried(town, bot, status, quick_library):
    """500, 502, 504: tried again, stored once."""
    town.discord.fail(CREATE_MESSAGE, status=status)
    await town.room(bot).send("x")
    assert len(town.discord.messages(town.news)) == 1


async def test_503_is_raised(town, bot):
    """The library does not retry it."""
    town.discord.fail(CREATE_MESSAGE, status=503)
    with pytest.raises(discord.DiscordServerError):
        await town.room(bot).send("x")


async def test_500_after_storing_is_one_message(town, bot, quick_library):
    """The message was stored, the answer was 500; the retry brings the same nonce and finds the first."""
    fault = town.discord.fail(CREATE_MESSAGE, status=500, after=True)
    message = await town.room(bot).send("x", nonce="slot-7")
    assert fault.hits == 1
    assert [view.id for view in town.discord.messages(town.news)] == [message.id]


async def test_lost_reply_and_the_same_nonce_give_one_message(town, bot):
    """The connection ends after handling: the library raises; sending again with the nonce doubles nothing."""
    town.discord.reset(CREATE_MESSAGE, after=True)
    with pytest.raises(aiohttp.ClientError):
        await town.room(bot).send("x", nonce="slot-7")
    assert len(town.discord.messages(town.news)) == 1
    message = await town.room(bot).send("x", nonce="slot-7")
    assert [view.id for view in town.discord.messages(town.news)] == [message.id]


async def test_nonce_is_forgotten_after_its_window(town, bot):
    """Past the window the same nonce posts again; another channel never shares it."""
    await town.room(bot).send("x", nonce="slot-7")
    town.discord.clock.advance(town.discord.world.nonce_window_s + 1)
    await town.room(bot).send("x", nonce="slot-7")
    assert len(town.discord.messages(town.news)) == 2
    town.discord.forget_nonces()
    await town.room(bot).send("x", nonce="slot-7")
    assert len(town.discord.messages(town.news)) == 3


async def test_nonce_of_a_deleted_message(town, bot):
    """10008: posted, then removed by a moderator."""
    await town.room(bot).send("x", nonce="slot-7")
    await town.discord.delete_message(town.discord.messages(town.news)[0])
    with pytest.raises(discord.NotFound) as caught:
        await town.room(bot).send("x", nonce="slot-7")
    assert caught.value.code == 10008


async def test_reset_before_handling(town, bot):
    """Nothing was stored, and the library does not retry."""
    town.discord.reset(CREATE_MESSAGE)
    with pytest.raises(aiohttp.ClientError):
        await town.room(bot).send("x")
    assert town.discord.messages(town.news) == []


@pytest.mark.parametrize("after", [False, True])
async def test_hang(town, bot, after):
    """No answer: a deadline of our own ends it; with `after` the message is there all the same."""
    fault = town.discord.hang(CREATE_MESSAGE, seconds=5, after=after)
    sending = asyncio.create_task(town.room(bot).send("x"))
    await eventually(lambda: town.discord.messages(town.news) if after else fault.hits)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(sending, 0.05)
    assert len(town.discord.messages(town.news)) == int(after)


@pytest.mark.parametrize("code", [10003, 50001, 50013, 160005])
async def test_refusals_by_number(town, bot, code):
    """Scripted errors reach the library with their code."""
    town.discord.refuse(CREATE_MESSAGE, code)
    with pytest.raises(discord.HTTPException) as caught:
        await town.room(bot).send("x")
    assert caught.value.code == code


async def test_ban_after_too_many_invalid_requests(town, bot):
    """401, 403 and 429 count; past the limit nothing is answered but the proxy's 429."""
    town.discord.limits.invalid_max = 1
    await town.discord.deny(town.news, "send_messages")
    for expected in (403, 403, 429):
        with pytest.raises(discord.HTTPException) as caught:
            await town.room(bot).send("x")
        assert caught.value.status == expected


async def test_faults_can_be_aimed(town, bot):
    """`skip` spares the first requests, a pattern picks the route."""
    town.discord.fail(CREATE_MESSAGE, status=503, skip=1)
    await town.room(bot).send("first")
    await bot.fetch_channel(town.news.id)
    with pytest.raises(discord.DiscordServerError):
        await town.room(bot).send("second")
    await town.room(bot).send("third")
    assert [view.text for view in town.discord.messages(town.news)] == ["first", "third"]

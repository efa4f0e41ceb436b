"""The parser's process: answers, dies, is killed, and the next job goes on."""

from __future__ import annotations

import asyncio
import json
import os
import random
from collections import Counter

import pytest

from digests.sources import worker as module
from digests.sources.worker import Worker, WorkerFailed
from tests.digests.sources.test_feed_parser import ATOM as ATOM_FILE
from tests.digests.sources.test_feed_parser import JSON_FEED as JSON_FILE
from tests.digests.sources.test_feed_parser import RSS as RSS_FILE

RSS = b"<rss version='2.0'><channel><title>T</title><item><title>A</title></item></channel></rss>"


async def feed(worker: Worker, body: bytes = RSS) -> object:
    return (await worker.run("feed", body, content_type="application/xml", url="https://a.example/"))["title"]


async def test_one_process_serves_many_jobs() -> None:
    """Starting it costs a fraction of a second, a job a millisecond."""
    worker = Worker(10)
    try:
        assert [await feed(worker) for _ in range(3)] == ["T"] * 3
        assert worker._process is not None
        pid = worker._process.pid
        assert list(await asyncio.gather(*(feed(worker) for _ in range(20)))) == ["T"] * 20
        assert worker._process.pid == pid
    finally:
        await worker.close()


async def test_a_failed_job_names_its_reason_and_the_next_goes_on() -> None:
    """What a parser raises stays with its feed."""
    worker = Worker(10)
    try:
        with pytest.raises(WorkerFailed, match="not a feed: a web page"):
            await feed(worker, b"<html></html>")
        # feedparser raises AttributeError, TypeError and others for such bytes; whatever it is, it is named.
        with pytest.raises(WorkerFailed):
            await feed(worker, b"<?xml version='1.0' encoding='undefined'?><a>\xff&#xD800;")
        assert await feed(worker) == "T"
    finally:
        await worker.close()


async def test_a_job_that_takes_too_long_is_killed() -> None:
    """80,000 attributes cost the parser 47 seconds; the deadline ends it, and the event loop never waits."""
    worker = Worker(10)
    try:
        assert await feed(worker) == "T"
        worker._deadline = 1
        hostile = b"<rss " + b" ".join(b'a%d="1"' % n for n in range(80_000)) + b"></rss>"
        rounds = asyncio.create_task(count_rounds())
        with pytest.raises(WorkerFailed, match="takes longer than 1 seconds to parse"):
            await feed(worker, hostile)
        rounds.cancel()
        # A loop that waited for the parser would have stood still until it was killed.
        assert await rounds > 2
        assert worker._process is None
        worker._deadline = 10
        assert await feed(worker) == "T"
    finally:
        await worker.close()


async def count_rounds() -> int:
    """How often the event loop comes round to a task that always wants to go on, until it is cancelled."""
    rounds = 0
    try:
        while True:
            await asyncio.sleep(0.01)
            rounds += 1
    except asyncio.CancelledError:
        return rounds


async def test_a_dead_process_is_replaced() -> None:
    """Killed from outside, say by a lack of memory."""
    worker = Worker(10)
    try:
        await feed(worker)
        assert worker._process is not None
        worker._process.kill()
        await worker._process.wait()
        assert await feed(worker) == "T"
    finally:
        await worker.close()


async def test_a_cancelled_job_leaves_no_answer_behind() -> None:
    """The next feed must not get the answer of the one before."""
    worker = Worker(10)
    try:
        await feed(worker)
        job = asyncio.create_task(feed(worker, RSS.replace(b"T", b"Other")))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        assert await feed(worker) == "T"
    finally:
        await worker.close()


async def test_the_process_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads hostile bytes; a token in its environment would be one bug away from them."""
    monkeypatch.setenv("DISCORD_TOKEN", "canary-token")
    worker = Worker(10)
    try:
        await feed(worker)
        assert worker._process is not None
        with open(f"/proc/{worker._process.pid}/environ", "rb") as file:  # noqa: ASYNC230, PTH123
            assert b"canary-token" not in file.read()
    finally:
        await worker.close()


async def test_close_ends_the_process() -> None:
    """Nothing is left behind when the engine closes."""
    worker = Worker(10)
    await feed(worker)
    assert worker._process is not None
    pid = worker._process.pid
    await worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    await worker.close()


ODD = (
    b"&#xD800;",
    b"&#99999999999;",
    b"]]>",
    b"<!--",
    b"<![CDATA[",
    b"\x00",
    b"\xff",
    b"<?xml",
    b"<",
    b'"',
    b"&",
)


def damage(body: bytes, chance: random.Random) -> bytes:
    """A copy that is cut, doubled, flipped or has something odd put in."""
    copy = bytearray(body)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(copy))
        match chance.randrange(4):
            case 0:
                del copy[at : at + chance.randrange(40)]
            case 1:
                copy[at:at] = chance.choice(ODD)
            case 2:
                copy[at] = chance.randrange(256)
            case _:
                copy[at:at] = copy[at : at + chance.randrange(200)]
    return bytes(copy)


async def test_damaged_feeds_give_entries_or_a_named_failure() -> None:
    """600 damaged copies with a fixed seed: nothing else comes out, and one process does them all."""
    chance = random.Random(20260609)
    seeds = (RSS_FILE.encode(), ATOM_FILE.encode(), json.dumps(JSON_FILE).encode())
    worker = Worker(10)
    outcomes: Counter[str] = Counter()
    try:
        await feed(worker)
        assert worker._process is not None
        pid = worker._process.pid
        for number in range(600):
            body = damage(seeds[number % 3], chance)
            try:
                found = await worker.run("feed", body, content_type="", url="https://a.example/")
                outcomes["entries" if found["entries"] else "empty"] += 1
            except WorkerFailed:
                outcomes["failed"] += 1
        assert worker._process.pid == pid
    finally:
        await worker.close()
    assert outcomes.total() == 600
    assert outcomes["entries"] > 250


def test_jobs_are_named() -> None:
    """The child runs what stands in its table and nothing else."""
    assert sorted(module._jobs()) == ["feed", "links", "markup", "page"]

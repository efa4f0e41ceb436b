"""What hostile servers cost: `python -m tests.bench.hostile`, over loopback.

Two parts. Bombs: small answers that unpack to a gigabyte, and one that never ends, through the fetcher as it is
configured by default; the time until each is refused and how much memory it took. Then the hostile set of the tests,
through whole rounds of the engine (fetching, the parser's process, the store) with good feeds among it: the longest
that the event loop was late by the clock, and how much of it this process itself was at work for, in any thread: the
rest is other processes', on a busy machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import resource
import tempfile
import time
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

from digests.config import EngineConfig, FetchConfig, SourceConfig, StoreConfig
from digests.engine import open_engine
from digests.errors import SourceInvalid
from digests.preparation import warm_up
from digests.sources.fetch import Fetcher
from tests.digests.sources.hostile import made, mutants
from tests.digests.sources.loopback import Loopback, Reply, answer, serving

GIGABYTE, PIECE = 1 << 30, 1 << 20
MUTANTS = 300
LOOK_SECONDS = 0.005
GOOD = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Good</title>'
    b"<item><guid>%d</guid><title>Good news</title></item></channel></rss>"
)


def packed(window: int) -> bytes:
    """A gigabyte of nothing: 31 for gzip, 15 for deflate."""
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    return b"".join([*(packer.compress(bytes(PIECE)) for _ in range(GIGABYTE // PIECE)), packer.flush()])


async def endless(_: str, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        await writer.drain()


def memory() -> float:
    """The most that this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def bombs() -> None:
    bodies: dict[str, bytes | Reply] = {
        "gzip, 1 GiB": answer(packed(31), headers={"Content-Encoding": "gzip"}),
        "deflate, 1 GiB": answer(packed(15), headers={"Content-Encoding": "deflate"}),
        "gzip in gzip, 1 GiB": answer(gzip.compress(packed(31)), headers={"Content-Encoding": "gzip, gzip"}),
        "without end": endless,
    }
    print(f"{'bomb':<24} {'seconds':>8} {'MiB more':>9}")
    async with serving() as server:
        fetcher = Fetcher(FetchConfig(allow_hosts=(server.host_port,)))
        server.replies |= {f"/{n}": body for n, body in enumerate(bodies.values())}
        server.replies["/good"] = answer(b"x" * 4_000_000)
        await fetcher.fetch(server.url("/good"), source_id="good", max_bytes=FetchConfig().max_bytes)
        for n, name in enumerate(bodies):
            before, start = memory(), time.perf_counter()
            try:
                found = await fetcher.fetch(
                    server.url(f"/{n}"), source_id=name, max_bytes=FetchConfig().max_bytes
                )
                verdict = f"left packed: {len(found.body):,} bytes"
            except SourceInvalid:
                verdict = "refused"
            print(f"{name:<24} {time.perf_counter() - start:>8.2f} {memory() - before:>9.1f}  {verdict}")
        await fetcher.close()


class Lateness:
    """The longest that the loop was late, in seconds: by the clock, and for what this process did meanwhile."""

    def __init__(self) -> None:
        self.clock = self.own = 0.0
        self.looks = 0

    async def watch(self) -> None:
        while True:
            clock, processor = time.perf_counter(), time.process_time()
            await asyncio.sleep(LOOK_SECONDS)
            late = time.perf_counter() - clock - LOOK_SECONDS
            self.clock = max(self.clock, late)
            self.own = max(self.own, min(late, time.process_time() - processor))
            self.looks += 1


@contextlib.asynccontextmanager
async def watched() -> AsyncIterator[Lateness]:
    late = Lateness()
    task = asyncio.create_task(late.watch())
    try:
        yield late
    finally:
        task.cancel()


async def rounds() -> None:
    bodies = [one.body for one in made() if one.job == "feed"]
    bodies += [one.body for one in mutants(11, MUTANTS) if one.job == "feed"]
    async with serving() as server:
        with tempfile.TemporaryDirectory() as folder:
            await read_all(server, bodies, Path(folder))


async def read_all(server: Loopback, bodies: list[bytes], folder: Path) -> None:
    for n, body in enumerate(bodies):
        server.replies[f"/h{n}"] = answer(body, headers={"Content-Type": "application/xml"})
        server.replies[f"/g{n}"] = answer(GOOD % n)
    config = EngineConfig(
        store=StoreConfig(path=folder / "a.db"),
        fetch=FetchConfig(allow_hosts=(server.host_port,)),
        sources=tuple(
            SourceConfig(id=f"{kind}{n}", kind="feed", url=server.url(f"/{kind}{n}"))
            for n in range(len(bodies))
            for kind in "gh"
        ),
    )
    async with open_engine(config, prepare=False) as engine:
        for name in ("first", "same again"):
            async with watched() as late:
                report = await engine.refresh(force=True)
            lost = [row.source_id for row in report.results if row.source_id.startswith("g") and row.error]
            print(
                f"{name}: {len(bodies)} hostile feeds among as many good ones, {len(lost)} of these lost; the loop was "
                f"late by at most {1000 * late.clock:.0f} ms ({1000 * late.own:.0f} ms at work), "
                f"{late.looks:,} looks"
            )


async def main() -> None:
    await bombs()
    warm_up()
    await rounds()


if __name__ == "__main__":
    asyncio.run(main())

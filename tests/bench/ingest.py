"""How fast feeds are taken in: `python -m tests.bench.ingest [FEEDS]` (default 200, of 50 entries), over loopback.

Three visits: the first; one where every server says that nothing changed (304); one where each sends the same again,
which must be parsed to be known. Ours extracts, clusters and indexes what it reads. With SITREP_BENCH_READER naming
the Python of an environment that has lemon24/reader (`pip install reader sgmllib3k`), its `update_feeds()` makes the
same visits in the same run. Counts processor seconds with those of child processes, not those of the server.

Of an entry of 190 dense words on its first visit extraction takes two fifths, clustering and story titles and copies
a third, parsing, store and search index together less than a tenth: there reader, which does none of the former, is ten
times as fast. A visit without news takes a quarter (304) or a fifth (the same again) of reader's time.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import html
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from digests.config import EngineConfig, FetchConfig, SourceConfig, StoreConfig
from digests.engine import Engine, open_engine
from tests.bench.corpus import made_stories

ENTRIES = 50
# Characters of an entry's text: real feeds carry a teaser or the first paragraphs.
TEXT = 1_000
TABLES = ("articles", "facts", "stories", "article_versions")

# Runs in reader's own environment: feeds' addresses on standard input, a line of seconds for each visit.
READER = """
import os, resource, sys
from reader import make_reader
r = make_reader(sys.argv[1])
for line in sys.stdin.read().split():
    r.add_feed(line)
def spent():
    return sum(getattr(resource.getrusage(w), f) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
               for f in ("ru_utime", "ru_stime"))
for visit in range(3):
    if visit == 2:
        for feed in r.get_feeds():
            r._storage.set_feed_stale(feed.url, True)
    start = spent()
    done = list(r.update_feeds_iter(scheduled=False))
    print(spent() - start, r.get_entry_counts().total, sum(1 for one in done if one.value), flush=True)
"""


def made_feeds(count: int) -> list[bytes]:
    """RSS feeds of `ENTRIES` made articles each."""
    rows = list(made_stories(count * ENTRIES))
    feeds = []
    for number in range(count):
        items = "".join(
            f"<item><guid>{row['id']}</guid><title>{html.escape(row['title'])}</title>"
            f"<link>https://wire{number}.example/{row['id']}</link><pubDate>{row['published']}T10:00:00Z</pubDate>"
            f"<description>{html.escape(paragraphs(row['text'][:TEXT]))}</description></item>"
            for row in rows[number * ENTRIES : (number + 1) * ENTRIES]
        )
        channel = f"<title>Wire {number}</title><link>https://wire{number}.example/</link>{items}"
        feeds.append(f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}</channel></rss>'.encode())
    return feeds


def paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))


async def serve(count: int) -> None:
    """The server's process: `/N` is a feed, with an ETag that it knows again; ends with its standard input."""
    feeds = made_feeds(count)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                body = feeds[int(head.split(b" ")[1].strip(b"/"))]
                tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                is_known = f"if-none-match: {tag}" in head.decode("latin-1").lower()
                status, sent = ("304 Not Modified", b"") if is_known else ("200 OK", body)
                lines = (f"HTTP/1.1 {status}", "Content-Type: application/rss+xml", f"ETag: {tag}")
                writer.write("\r\n".join([*lines, f"Content-Length: {len(sent)}", "", ""]).encode() + sent)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


@contextlib.contextmanager
def serving(count: int) -> Iterator[int]:
    """The server in a process of its own; yields its port."""
    command = [sys.executable, "-m", "tests.bench.ingest", "serve", str(count)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        try:
            yield int(child.stdout.readline())
        finally:
            child.kill()


def spent() -> float:
    """Processor seconds of this process so far, without what its worker still runs."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def worker_seconds(engine: Engine) -> float:
    """Processor seconds of the parser's process, from the system's own account of it."""
    process = engine._tools.worker._process
    if process is None:
        return 0.0
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def visit_ours(urls: list[str], port: int, folder: Path) -> list[float]:
    """Seconds of the three visits; says what was written where nothing should be."""
    config = EngineConfig(
        store=StoreConfig(path=folder / "ours.db"),
        fetch=FetchConfig(allow_hosts=(f"127.0.0.1:{port}",)),
        sources=tuple(SourceConfig(id=f"s{n}", kind="feed", url=url) for n, url in enumerate(urls)),
    )
    seconds = []
    async with open_engine(config, prepare=False) as engine:
        for visit in range(3):
            before = contents(config.store.path)
            start = spent() + worker_seconds(engine)
            report = await engine.refresh(force=visit == 2)
            seconds.append(spent() + worker_seconds(engine) - start)
            odd = [(row.error, row.failures[:1]) for row in report.results if row.error or row.failed]
            assert not odd, odd[:3]
            if visit:
                assert contents(config.store.path) == before, "a visit without news wrote something"
            else:
                print(f"ours: {sum(row.new for row in report.results):,} articles")
    return seconds


def contents(path: Path) -> list[str]:
    """A hash of each table that news would change."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        return [
            hashlib.sha256(
                repr(db.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()).encode()
            ).hexdigest()
            for name in TABLES
        ]


def visit_reader(urls: list[str], python: str, folder: Path) -> list[float]:
    """The same by lemon24/reader, in its own environment."""
    command = [python, "-c", READER, str(folder / "reader.db")]
    result = subprocess.run(command, input="\n".join(urls), capture_output=True, text=True, check=True)
    lines = [line.split() for line in result.stdout.splitlines()]
    print(
        f"reader: {int(lines[0][1]):,} entries; feeds with news by visit: {', '.join(line[2] for line in lines)}"
    )
    return [float(line[0]) for line in lines]


def main(count: int) -> None:
    with serving(count) as port, tempfile.TemporaryDirectory() as scratch:
        urls = [f"http://127.0.0.1:{port}/{n}" for n in range(count)]
        found = {"ours": asyncio.run(visit_ours(urls, port, Path(scratch)))}
        python = os.environ.get("SITREP_BENCH_READER")
        if python:
            found["reader"] = visit_reader(urls, python, Path(scratch))
        else:
            print("reader: not measured, SITREP_BENCH_READER names no Python that has it")
    print(f"{'processor seconds':<20} {'first':>8} {'304':>8} {'same again':>12}")
    for name, seconds in found.items():
        print(f"{name:<20} {seconds[0]:>8.2f} {seconds[1]:>8.2f} {seconds[2]:>12.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(int(sys.argv[2])))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)

"""How fast feeds are taken in: `python -m tests.bench.ingest [FEEDS] [KIND...]`, over loopback.

By default 200 feeds of 50 entries, one after another of each kind: `teaser` (a headline and some 35 words, as the
feeds of broadcasters and agencies carry), `opening` (190 words of plain text) and `long` (600 words of HTML with
links, a picture and a footer, as outlets that put all of an article into its feed). The ten reports of a story stand in
ten feeds, in any order.

Three visits: the first; one where every server says that nothing changed (304); one where each sends the same again,
which must be parsed to be known. Ours extracts, clusters and indexes what it reads. With SITREP_BENCH_READER naming
the Python of an environment that has lemon24/reader (`pip install reader sgmllib3k`), its `update_feeds()` makes the
same visits in the same run. Counts processor seconds with those of child processes, not those of the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import html
import os
import random
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
# Words of an entry by its kind.
KINDS = {"teaser": 35, "opening": 190, "long": 600}
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


def made_feeds(count: int, kind: str) -> list[bytes]:
    """RSS feeds of `ENTRIES` made articles each."""
    rows = list(made_stories(count * ENTRIES, words=KINDS[kind]))
    random.Random(7).shuffle(rows)
    feeds = []
    for number in range(count):
        site = f"https://wire{number}.example"
        items = "".join(
            f"<item><guid>{row['id']}</guid><title>{html.escape(row['title'])}</title>"
            f"<link>{site}/{row['id']}</link><pubDate>{row['published']}T10:00:00Z</pubDate>"
            f"{content(row, kind, site)}</item>"
            for row in rows[number * ENTRIES : (number + 1) * ENTRIES]
        )
        channel = f"<title>Wire {number}</title><link>{site}/</link>{items}"
        head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        feeds.append(f'<?xml version="1.0"?>{head}<channel>{channel}</channel></rss>'.encode())
    return feeds


def content(row: dict[str, str], kind: str, site: str) -> str:
    """An entry's elements of text, cut to the words of its kind."""
    words = row["text"].split(" ")[: KINDS[kind]]
    parts = " ".join(words).split("\n\n")
    if kind != "long":
        return f"<description>{html.escape(' '.join(parts) if kind == 'teaser' else paragraphs(parts))}</description>"
    picture = (
        f'<figure class="wp-block-image size-large"><img src="{site}/media/{row["id"]}-1024x683.jpg" alt="" '
        f'width="1024" height="683" loading="lazy"/><figcaption>The square on Monday. Photo: Wire</figcaption></figure>'
    )
    linked = [
        f'{part} <a href="{site}/more/{place}" rel="noopener">Read more</a>'
        for place, part in enumerate(parts)
    ]
    footer = f'<p>The post <a href="{site}/{row["id"]}">{html.escape(row["title"])}</a> appeared first on Wire.</p>'
    body = picture + "".join(f"<p>{part}</p>" for part in [*parts[:-2], *linked[-2:]]) + footer
    teaser = html.escape(" ".join(words[: KINDS["teaser"]]))
    return f"<description>{teaser}</description><content:encoded><![CDATA[{body}]]></content:encoded>"


def paragraphs(parts: list[str]) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in parts)


async def serve(count: int, kind: str) -> None:
    """The server's process: `/N` is a feed, with an ETag that it knows again; ends with its standard input."""
    feeds = made_feeds(count, kind)

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
def serving(count: int, kind: str) -> Iterator[int]:
    """The server in a process of its own; yields its port."""
    command = [sys.executable, "-m", "tests.bench.ingest", "serve", str(count), kind]
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


def main(count: int, kind: str) -> None:
    with serving(count, kind) as port, tempfile.TemporaryDirectory() as scratch:
        urls = [f"http://127.0.0.1:{port}/{n}" for n in range(count)]
        found = {"ours": asyncio.run(visit_ours(urls, port, Path(scratch)))}
        python = os.environ.get("SITREP_BENCH_READER")
        if python:
            found["reader"] = visit_reader(urls, python, Path(scratch))
        else:
            print("reader: not measured, SITREP_BENCH_READER names no Python that has it")
    title = f"{kind}: processor s"
    print(f"{title:<24} {'first':>8} {'304':>8} {'same again':>12} {'ms an entry, first':>20}")
    for name, seconds in found.items():
        each = 1000 * seconds[0] / (count * ENTRIES)
        print(f"{name:<24} {seconds[0]:>8.2f} {seconds[1]:>8.2f} {seconds[2]:>12.2f} {each:>20.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(int(sys.argv[2]), sys.argv[3]))
    else:
        for wanted in sys.argv[2:] or KINDS:
            main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, wanted)

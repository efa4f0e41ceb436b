"""The hostile set through the parser's process: a result or a named failure each time, and the next one goes on."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from digests.config import SourceConfig
from digests.sources import MAX_TEXT, MAX_TITLE, ReadFailure
from digests.sources.feed import make_articles, use_page
from digests.sources.page import page_of
from digests.sources.worker import Worker, WorkerFailed
from digests.store.facts import dump_raw, load_raw
from digests.types import RawArticle
from tests.digests.engine_case import NOW, engine_at
from tests.digests.sources.hostile import Input, made, mutants
from tests.digests.sources.loopback import answer, serving

SEED = 20260612
GOOD = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Good</title>'
    b"<item><guid>%d</guid><title>Good news</title></item></channel></rss>"
)


async def run(inputs: Iterable[Input], *, seconds: float) -> tuple[int, int, int]:
    """Everything through one worker: how many inputs there were, were read, and ended the process."""
    worker = Worker(seconds)
    total = read = killed = 0
    try:
        for one in inputs:
            total += 1
            try:
                answer = await worker.run(one.job, one.body, **options_of(one))
            except WorkerFailed:
                killed += worker._process is None
                continue
            read += 1
            check(one, answer)
    finally:
        await worker.close()
    return total, read, killed


def options_of(one: Input) -> dict[str, str]:
    url = {"url": "https://a.example/feed"}
    return {
        "feed": {"content_type": one.content_type, **url},
        "page": {"content_type": one.content_type},
    }.get(one.job, url if one.job == "links" else {})


def check(one: Input, answer: dict[str, Any]) -> None:
    """What comes out of any input can be stored and shown."""
    if one.job == "links":
        assert all(link.startswith(("http://", "https://")) for link in answer["feeds"]), one.name
    elif one.job == "markup":
        assert isinstance(page_of(answer).text, str), one.name
    elif one.job == "page":
        entry = RawArticle(source_id="s", external_id="e", body="teaser")
        check_article(one, use_page(entry, {**answer, "url": None}))
    else:
        for item in make_articles(answer["entries"], source_id="s", outlet="Wire", now=NOW):
            if isinstance(item, ReadFailure):
                assert item.where, one.name
                assert item.reason, one.name
            else:
                check_article(one, item)


def check_article(one: Input, article: RawArticle) -> None:
    assert re.fullmatch("[0-9a-f]{16}|e", article.external_id), one.name
    assert article.body, one.name
    assert len(article.body) <= MAX_TEXT, one.name
    assert len(article.title or "") <= MAX_TITLE, one.name
    assert article.url is None or article.url.startswith(("http://", "https://")), one.name
    if isinstance(article.published, dt.datetime):
        assert article.published <= NOW + dt.timedelta(days=1), one.name
    for text in (article.body, article.title or "", article.outlet or "", *article.authors):
        odd = [c for c in text if unicodedata.category(c) == "Cs" or (c < " " and c not in "\t\n\r\x0c")]
        assert not odd, one.name
    assert load_raw(dump_raw(article)) == article, one.name


async def test_made_inputs() -> None:
    """Encodings, dates, texts, references, repetition, JSON of all kinds, what is no feed: 0 escapes."""
    total, read, killed = await run(made(), seconds=30)
    assert total > 500
    # Coverage is not paid for safety: what is merely odd is read.
    assert read > total / 2
    assert killed == 0


async def test_some_mutants() -> None:
    """The beginning of the long run."""
    total, read, killed = await run(mutants(SEED, 600), seconds=30)
    assert (total, killed) == (600, 0)
    assert read > 300


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
async def test_many_mutants(part: int) -> None:
    """30,000 in all; a failure names its seed and number."""
    total, read, killed = await run(mutants(SEED + 1 + part, 3_000), seconds=30)
    assert (total, killed) == (3_000, 0)
    assert read > 1_500


@pytest.mark.long
async def test_long_inputs() -> None:
    """Twenty times as long: refused or read within the deadline, the process killed where it must be."""
    total, _, killed = await run(made(scale=20), seconds=10)
    assert total > 500
    assert killed < 20


async def test_neighbours_of_hostile_feeds_are_read(tmp_path: Path) -> None:
    """Forty hostile feeds among good ones, all the way into the store: every row is there, no good article is lost."""
    hostile = [one for one in made() if one.job == "feed"][::14][:40]
    async with serving() as server:
        for n, one in enumerate(hostile):
            server.replies[f"/h{n}"] = answer(one.body, headers={"Content-Type": "application/xml"})
            server.replies[f"/g{n}"] = answer(GOOD % n)
        sources = tuple(
            SourceConfig(id=f"{kind}{n}", kind="feed", url=server.url(f"/{kind}{n}"))
            for n in range(len(hostile))
            for kind in "gh"
        )
        async with engine_at(tmp_path, sources=sources, allow=(server.host_port,)) as engine:
            async with asyncio.timeout(120):
                report = await engine.refresh()
            rows = {row.source_id: row for row in report.results}
            assert len(rows) == 2 * len(hostile)
            assert {rows[f"g{n}"].new for n in range(len(hostile))} == {1}
            again = await engine.refresh()
            assert sum(row.new + row.changed for row in again.results) == 0

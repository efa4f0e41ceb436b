"""Pages of files in the killable process: one that never ends costs itself and nothing else."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from digests.config import SourceConfig
from digests.sources.folder import read_path, stamp_of
from digests.sources.page import read_page
from digests.sources.pages import pages_apart, pages_through
from digests.sources.worker import Worker
from digests.types import RawArticle
from tests.digests.engine_case import DAM, engine_at

PAGE = (
    '<html><head><title>Dam bursts</title><meta property="og:site_name" content="Coast Wire">'
    '<meta name="author" content="Ana Reyes"><meta property="article:published_time" content="{day}"></head>'
    f"<body><article><p>{DAM}</p></article></body></html>"
)
# The parser needs some twenty seconds for it: each tag is closed and opened again by the next.
ENDLESS = "<html><body>" + "<b><p>x" * 500_000


@pytest.mark.parametrize("day", ["2026-06-09", "2026-06-09T10:00:00+02:00", "", "soon"])
def test_a_page_is_the_same_in_either_process(day: str) -> None:
    """Text, title, outlet, author, and a day or a time."""
    markup = PAGE.replace("{day}", day)
    with pages_apart(10) as pages:
        assert pages(markup) == read_page(markup)
        assert pages("") == read_page("")


def test_odd_characters_are_no_trouble() -> None:
    """Lone surrogates cannot be sent to another process as they are."""
    with pages_apart(10) as pages:
        assert "dam" in pages(PAGE.replace("burst", "\ud800\x00burst")).text


async def test_a_page_that_never_ends_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    """Killed at the deadline; before and after it all is well, and the event loop goes round meanwhile."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("a.html", "c.html"):
        (inbox / name).write_text(PAGE.replace("{day}", "2026-06-09").replace("Tuesday", name))
    (inbox / "b.html").write_text(ENDLESS)
    source = SourceConfig(id="inbox", kind="folder", path=inbox)
    async with engine_at(tmp_path, sources=(source,), parse_seconds=2) as engine:
        refreshing = asyncio.create_task(engine.refresh())
        rounds = 0
        while not refreshing.done():
            await asyncio.sleep(0.05)
            rounds += 1
        (row,) = refreshing.result().results
        assert (row.new, row.failed) == (2, 1)
        assert row.failures == (("b.html", "page that takes longer than 2 seconds to parse"),)
        assert rounds > 5


async def test_pages_are_not_read_on_the_loop() -> None:
    """It would wait for itself for ever."""
    worker = Worker(10)
    with pytest.raises(RuntimeError, match="in a thread"):
        pages_through(worker)("<p>x</p>")
    assert worker._process is None


async def test_an_untouched_folder_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not one file is opened, and the report still counts them; what is touched, added or gone is noticed."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(3):
        (inbox / f"{number}.html").write_text(
            PAGE.replace("{day}", "2026-06-09").replace("night", f"night {number}")
        )
    source = SourceConfig(id="inbox", kind="folder", path=inbox)
    reads: list[Path] = []

    def counted(path: Path, **options: object) -> object:
        reads.append(path)
        return read_path(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("digests.sources.folder.read_path", counted)
    async with engine_at(tmp_path, sources=(source,)) as engine:

        async def counts() -> tuple[int, int, int, int, int]:
            (row,) = (await engine.refresh()).results
            return row.new, row.changed, row.unchanged, row.failed, len(reads)

        assert await counts() == (3, 0, 0, 0, 1)
        assert await counts() == (0, 0, 3, 0, 1)
        (inbox / "1.html").write_text(PAGE.replace("night of rain", "week of rain"))
        assert await counts() == (0, 1, 2, 0, 2)
        (inbox / "2.html").unlink()
        assert await counts() == (0, 0, 2, 0, 3)
        assert await counts() == (0, 0, 2, 0, 3)
        (inbox / "broken.json").write_text("{")
        # What cannot be read is named each time, not only once.
        assert [await counts() for _ in range(2)] == [(0, 0, 2, 1, 4), (0, 0, 2, 1, 5)]
        await engine.refresh(force=True)
        assert len(reads) == 6


def test_a_stamp_tells_what_was_touched(tmp_path: Path) -> None:
    """Names, sizes and times count; what is no article does not."""
    (tmp_path / "a.txt").write_text("one")
    first = stamp_of(tmp_path)
    (tmp_path / "picture.png").write_bytes(b"x")
    assert stamp_of(tmp_path) == first
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert stamp_of(tmp_path) != first
    assert stamp_of(tmp_path / "b.txt") != stamp_of(tmp_path)


def test_articles_of_json_go_the_same_way(tmp_path: Path) -> None:
    """`html` in JSON is a page like any other."""
    (tmp_path / "a.json").write_text('{"id": "a", "html": "<p>The ferry sank off Lindmere.</p>"}')
    asked: list[str] = []

    def pages(markup: str) -> object:
        asked.append(markup)
        return read_page(markup)

    (item,) = read_path(tmp_path, pages=pages)  # type: ignore[arg-type]
    assert isinstance(item, RawArticle)
    assert asked == ["<p>The ferry sank off Lindmere.</p>"]

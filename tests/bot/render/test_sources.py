"""What admins read about sources: how an import went, and what was read in vain."""

from __future__ import annotations

import pytest

from bot.render.sources import MAX_LISTED, render_import, render_preview, result_block
from digests import ImportReport, Preview, Source, SourceKind, SourceResult


def source(number: int) -> Source:
    """A feed that was just added."""
    return Source(
        id=f"feed-{number}",
        kind=SourceKind.FEED,
        name=f"Feed {number}",
        location=f"https://example.org/{number}",
    )


@pytest.mark.parametrize(("added", "more"), [(2, []), (MAX_LISTED, []), (MAX_LISTED + 3, ["-# 3 more"])])
def test_only_so_many_are_named_and_the_rest_is_counted(added: int, more: list[str]) -> None:
    """All are named up to the limit, with no line for none more."""
    page = render_import(ImportReport(added=tuple(map(source, range(added))), known=0, refused=()))
    _, heading_and_names = page.blocks
    lines = heading_and_names.splitlines()
    assert min(added, MAX_LISTED) == sum(line.startswith("- Feed") for line in lines)
    assert more == [line for line in lines if "more" in line]


def test_what_tells_nothing_is_noted() -> None:
    """Entries in another language: with the report of a load, and before a feed is saved."""
    note = "3 of its entries: seems to be written in Spanish; only English is read"
    read = SourceResult(
        source_id="onda",
        name="Onda",
        new=3,
        notes=(("https://onda.example/rss", note), ("b.txt", "title: left out")),
    )
    assert result_block(read).splitlines()[1:] == [f"-# {note}", "-# b.txt: title: left out"]
    page = render_preview("https://onda.example/rss", Preview(result=read, title="Onda", titles=("Hola",)))
    assert f"-# {note}" in page.blocks[0]

"""What admins read about sources: how an import went."""

from __future__ import annotations

import pytest

from bot.render.sources import MAX_LISTED, render_import
from digests import ImportReport, Source, SourceKind


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

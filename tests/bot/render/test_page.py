"""Pages: fit, spread, survive the ledger."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.limits import V2_COMPONENTS, V2_TEXT, fits_v2, length
from bot.render.page import Accent, Page, paginate


def test_a_page_survives_the_ledger() -> None:
    """What was frozen is what is posted, links and all."""
    page = Page(
        blocks=("a", "„b“"), footer="f", accent=Accent.DISPUTED, story="s1", links=(("1. Title", "s2"),)
    )
    assert page == Page.from_json(page.to_json())


@pytest.mark.parametrize("text", ["{}", '{"blocks": 1, "footer": "", "accent": 5793266}', "[]"])
def test_other_json_is_no_page(text: str) -> None:
    """A damaged payload is a ValueError and nothing else."""
    with pytest.raises(ValueError, match="not a page"):
        Page.from_json(text)


def test_pages_are_numbered_and_keep_their_order() -> None:
    """The heading stands on each; the footer says which page it is."""
    pages = paginate("## Head", [f"block {number}" for number in range(5)], footer="small", per_page=2)
    assert [3, 3, 2] == [len(page.blocks) for page in pages]
    assert "small · page 2 of 3" == pages[1].footer
    assert ["block 4"] == list(pages[2].blocks[1:])


def test_a_block_that_does_not_fit_loses_lines_and_says_so() -> None:
    """Whole lines go, from the end; none is cut."""
    lines = [f"line {number} " + "x" * 90 for number in range(60)]
    (page,) = paginate("## Head", ["\n".join(lines)])
    assert page.fits
    shown = page.blocks[1].split("\n")
    assert lines[: len(shown) - 1] == shown[:-1]
    assert f"-# {60 - len(shown) + 1} more lines left out here" == shown[-1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="aé中\U0001f600\n ", max_size=3_000), max_size=30), st.text(max_size=200))
def test_every_page_fits_a_message(blocks: list[str], footer: str) -> None:
    """Whatever scripts and lengths: characters, bytes and components are inside Discord's limits."""
    for page in paginate("## Head", blocks, footer=footer):
        assert fits_v2(page.texts)
        assert sum(map(length, page.texts)) <= V2_TEXT
        # A container, its texts and dividing lines, and two rows of five buttons.
        assert 1 + 2 * len(page.texts) + 12 <= V2_COMPONENTS

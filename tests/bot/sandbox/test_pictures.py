"""The README's pictures are made from the running bot: each kind of answer fits, on a screen's and a phone's width."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: no pictures are taken")

from PIL import Image

from tests.bot.sandbox.browser import programs
from tools.make_pictures import PAGE, QUESTIONS, README, photograph_page, take

pytestmark = pytest.mark.skipif(
    programs() is None, reason="Chromium and chromedriver are not installed: no pictures are taken"
)
PICTURES = Path(__file__).parents[3] / "docs" / "pictures"


@pytest.mark.parametrize("width", [pytest.param(720, marks=pytest.mark.long), 390])
def test_each_answer_has_its_picture(tmp_path: Path, width: int) -> None:
    """Something is on each, and nothing is wider than the page."""
    made = list(take(QUESTIONS, tmp_path, width=width))
    assert [name for name, *_ in QUESTIONS] == [path.stem for path in made]
    for path in made:
        with Image.open(path) as image:
            assert image.width <= width
            assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 8, path.stem


def test_the_page_has_its_picture(tmp_path: Path) -> None:
    """With the digest on it."""
    with Image.open(photograph_page(tmp_path)) as image:
        assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 8


def test_the_readme_shows_them() -> None:
    """Each of its pictures is there."""
    text = (PICTURES.parents[1] / "README.md").read_text(encoding="utf-8")
    for name in (*README, PAGE):
        assert f"docs/pictures/{name}.png" in text, name
        assert (PICTURES / f"{name}.png").exists(), name

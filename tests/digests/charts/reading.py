"""What tests ask of a picture: its size, its colours, and the words that were put on it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import Image

from digests.charts.canvas import Canvas, Colour, text_width

# Left, top, right, bottom in pixels.
Box = tuple[float, float, float, float]


def open_png(png: bytes) -> Image.Image:
    """A picture with its colours in place of their numbers in the palette."""
    image = Image.open(io.BytesIO(png))
    assert "PNG" == image.format
    return image.convert("RGB")


def has_colour(png: bytes, colour: Colour) -> bool:
    """Whether more than a few pixels are exactly of this colour."""
    counted = open_png(png).getcolors(800 * 450)
    assert counted is not None
    return any(found == colour and count > 10 for count, found in counted)


@contextmanager
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, Box]]]:
    """Every text that is drawn in the block, with the box it takes."""
    found: list[tuple[str, Box]] = []
    draw = Canvas.text

    def keep(
        self: Canvas, x: float, y: float, text: str, *, size: float, colour: Colour, anchor: str = "lm"
    ) -> None:
        width = text_width(text, size)
        left = {"l": x, "m": x - width / 2, "r": x - width}[anchor[0]]
        if text:
            found.append((text, (left, y - size * 0.4, left + width, y + size * 0.4)))
        draw(self, x, y, text, size=size, colour=colour, anchor=anchor)

    with monkeypatch.context() as patch:
        patch.setattr(Canvas, "text", keep)
        yield found


def overlapping(texts: list[tuple[str, Box]]) -> list[tuple[str, str]]:
    """Pairs of texts that stand on each other."""
    return [
        (one, other)
        for index, (one, a) in enumerate(texts)
        for other, b in texts[index + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]

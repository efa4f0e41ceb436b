"""A sheet of 800x450 to draw on, in Pillow: drawn at twice the size and scaled down, so that edges are smooth.

All lengths here are pixels of the finished picture. Text is written in the font inside Pillow where that has its
letters, else in the one beside this file (`digests.charts.letters`).
"""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from digests.charts.letters import drawable, is_joined, is_wide

WIDTH, HEIGHT = 800, 450
# Drawn larger by this; at 2 the edges are as clean as those of vector renderers.
_SCALE = 2
# The other font's letters are larger than those of the first at the same size.
_WIDE_SIZE = 0.9
# A flat picture packs well at any level; 4 is a sixth smaller than 1 for half a millisecond, 6 only 3 % more for 1.4.
_COMPRESSION = 4
# Between two shades of a colour, of 255: finer ones nobody sees, and Pillow takes them for each other.
_SHADE = 10

Colour = tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colours. `sides` tell those apart who disagree: blue, orange and violet stay apart for colour-blind readers."""

    paper: Colour
    ink: Colour
    soft: Colour
    faint: Colour
    sides: tuple[Colour, Colour, Colour]


THEMES = {
    "dark": Theme(
        paper=(43, 45, 49),
        ink=(242, 243, 245),
        soft=(181, 186, 193),
        faint=(78, 80, 88),
        sides=((94, 170, 255), (245, 166, 60), (201, 150, 240)),
    ),
    "light": Theme(
        paper=(255, 255, 255),
        ink=(30, 31, 34),
        soft=(92, 96, 104),
        faint=(212, 215, 220),
        sides=((20, 99, 200), (176, 84, 0), (120, 60, 175)),
    ),
}


class Shape(StrEnum):
    CIRCLE = "circle"
    DIAMOND = "diamond"
    SQUARE = "square"


def _font(text: str, size: float) -> ImageFont.FreeTypeFont:
    """The font of a drawable text."""
    return _wide_font(size, is_joined(text)) if is_wide(text) else _plain_font(size)


@functools.cache
def _plain_font(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size * _SCALE)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return font


@functools.cache
def _wide_font(size: float, joins: bool) -> ImageFont.FreeTypeFont:
    layout = ImageFont.Layout.RAQM if joins else ImageFont.Layout.BASIC
    return ImageFont.truetype(io.BytesIO(_wide_file()), size * _WIDE_SIZE * _SCALE, layout_engine=layout)


@functools.cache
def _wide_file() -> bytes:
    return resources.files(__package__).joinpath("wide.ttf").read_bytes()


def text_width(text: str, size: float) -> float:
    """The width of `text`, as it will be drawn."""
    plain = drawable(text)
    return _font(plain, size).getlength(plain) / _SCALE


def fit_text(text: str, size: float, room: float) -> str:
    """`text` in drawable letters, cut at a word and ended by "…" where it is wider than `room`.

    "" when not even one word fits; a single long word is cut inside.
    """
    plain = drawable(_head(text, size, room))
    if text_width(plain, size) <= room:
        return plain
    words = plain.split(" ")
    for count in range(min(len(words) - 1, _words_in(words, size, room)), 0, -1):
        short = " ".join(words[:count]).rstrip(" ,;:-(“‘'\"") + "…"
        if text_width(short, size) <= room:
            return short
    first = words[0]
    for count in range(len(first) - 1, 2, -1):
        if text_width(first[:count] + "…", size) <= room:
            return first[:count] + "…"
    return ""


def wrap_text(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """`text` on at most `lines` lines, broken at words; the last one is cut like `fit_text` does."""
    words = drawable(_head(text, size, room * lines)).split(" ")
    found: list[str] = []
    while words and len(found) < lines - 1:
        count = max(1, _words_in(words, size, room))
        found.append(fit_text(" ".join(words[:count]), size, room))
        words = words[count:]
    if words:
        found.append(fit_text(" ".join(words), size, room))
    return tuple(found)


def _head(text: str, size: float, room: float) -> str:
    """As much of `text` as can matter: no letter but i and l is narrower than a fifth of its size."""
    return text[: int(room / size * 5) + 40]


def _words_in(words: Sequence[str], size: float, room: float) -> int:
    """How many words fit side by side."""
    used, space = 0.0, _word_width(" ", size)
    for count, word in enumerate(words):
        used += _word_width(word, size) + (space if count else 0)
        if used > room:
            return count
    return len(words)


@functools.lru_cache(maxsize=4_096)
def _word_width(word: str, size: float) -> float:
    return _font(word, size).getlength(word) / _SCALE


class Canvas:
    """One picture in the making."""

    def __init__(self, theme: str) -> None:
        self.theme = THEMES[theme]
        self._image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), self.theme.paper)
        self._draw = ImageDraw.Draw(self._image)

    def text(self, x: float, y: float, text: str, *, size: float, colour: Colour, anchor: str = "lm") -> None:
        """One line; `anchor` as in Pillow: l, m, r by a, m, s ("lm": `x` is its left, `y` its middle)."""
        plain = drawable(text)
        font = _font(plain, size)
        self._draw.text((x * _SCALE, y * _SCALE), plain, font=font, fill=colour, anchor=anchor)

    def line(self, points: Sequence[Point], *, colour: Colour, width: float = 1) -> None:
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.line(scaled, fill=colour, width=round(width * _SCALE))

    def dashes(self, start: Point, end: Point, *, colour: Colour, width: float = 1, dash: float = 4) -> None:
        """A dashed line, upright or level."""
        (x0, y0), (x1, y1) = start, end
        length = max(abs(x1 - x0), abs(y1 - y0))
        steps = int(length // (2 * dash)) + 1
        for step in range(steps):
            near, far = step * 2 * dash / length, min(1.0, (step * 2 + 1) * dash / length)
            if near < 1:
                self.line(
                    [
                        (x0 + (x1 - x0) * near, y0 + (y1 - y0) * near),
                        (x0 + (x1 - x0) * far, y0 + (y1 - y0) * far),
                    ],
                    colour=colour,
                    width=width,
                )

    def box(self, left: float, top: float, right: float, bottom: float, *, fill: Colour) -> None:
        self._draw.rounded_rectangle(
            (left * _SCALE, top * _SCALE, right * _SCALE, bottom * _SCALE), radius=6 * _SCALE, fill=fill
        )

    def polygon(self, points: Sequence[Point], *, fill: Colour) -> None:
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=fill)

    def shape(
        self, x: float, y: float, shape: Shape, *, colour: Colour, radius: float = 6, hollow: bool = False
    ) -> None:
        """A mark with its middle at (x, y); `hollow` leaves only its edge."""
        fill = self.theme.paper if hollow else colour
        width = round(2.2 * _SCALE)
        x, y, r = x * _SCALE, y * _SCALE, radius * _SCALE
        if shape is Shape.CIRCLE:
            self._draw.ellipse((x - r, y - r, x + r, y + r), fill=fill, outline=colour, width=width)
        elif shape is Shape.SQUARE:
            r *= 0.88
            self._draw.rectangle((x - r, y - r, x + r, y + r), fill=fill, outline=colour, width=width)
        else:
            r *= 1.25
            corners = [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
            self._draw.polygon(corners, fill=fill)
            self._draw.line([*corners, corners[0], corners[1]], fill=colour, width=width, joint="curve")

    def finish(self) -> bytes:
        """The picture as PNG; the same drawing gives the same bytes."""
        file = io.BytesIO()
        flat = self._image.reduce(_SCALE).quantize(palette=_palette(self.theme), dither=Image.Dither.NONE)
        flat.save(file, "PNG", compress_level=_COMPRESSION)
        return file.getvalue()


@functools.cache
def _palette(theme: Theme) -> Image.Image:
    """Every colour of a theme in its shades down to the paper, which edges have: a picture needs no others.

    With 256 colours it packs into a third of the bytes in half of the time.
    """
    shades = [theme.paper]
    for colour in (theme.ink, theme.soft, theme.faint, *theme.sides):
        steps = max(1, max(abs(c - p) for c, p in zip(colour, theme.paper, strict=True)) // _SHADE)
        shades += [_mix(theme.paper, colour, step / steps) for step in range(1, steps + 1)]
    picture = Image.new("P", (1, 1))
    picture.putpalette([value for shade in shades for value in shade])
    return picture


def _mix(paper: Colour, colour: Colour, share: float) -> Colour:
    red, green, blue = (round(p + (c - p) * share) for c, p in zip(colour, paper, strict=True))
    return red, green, blue
